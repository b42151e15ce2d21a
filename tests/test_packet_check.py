"""The check before release finds whatever a join could have done wrong."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from packets import (
    add_form,
    add_labels,
    add_layer,
    add_outline,
    add_page,
    add_tags,
    document,
    job,
    leaflet,
    opened,
    tagged_packet,
    written,
)
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from handouts.errors import PacketError
from handouts.packet.check import check
from handouts.packet.joining import join
from handouts.packet.parts import Job, Joined
from handouts.packet.sameness import Sameness
from handouts.packet.second_reader import second_reader
from handouts.values import replace


def _packet() -> bytes:
    """A packet with everything that the check looks at."""
    pdf = pikepdf.new()
    for number in range(3):
        add_page(pdf, (612, 792), f"Sheet {number}")
    add_tags(pdf, RoleMap=Dictionary(Heading=Name.H1))
    add_form(pdf, ["name", "ward"])
    add_layer(pdf, "Hidden", off=True)
    add_labels(pdf, [(0, Dictionary(S=Name.r))])
    add_outline(pdf, [0, 1, 2])
    pdf.attachments["a.txt"] = b"attached"
    pdf.docinfo["/Title"] = "Papers"
    tree = pikepdf.NameTree.new(pdf)
    tree["there"] = Array([pdf.pages[1].obj, Name.Fit])
    pdf.Root.Names.Dests = tree.obj
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    return written(pdf)


@pytest.fixture(scope="module")
def done() -> tuple[Job, Joined]:
    """A join that is right."""
    planned = job(_packet(), leaflet())
    return planned, join(planned)


def test_a_join_that_is_right_passes(done: tuple[Job, Joined]) -> None:
    assert check(*done) == 0


def _lose_a_page(pdf: Any) -> None:  # noqa: ANN401 (pikepdf's objects)
    del pdf.pages[-1]


def _swap_pages(pdf: Any) -> None:  # noqa: ANN401 (as above)
    first = pdf.pages[0]
    del pdf.pages[0]
    pdf.pages.insert(1, first)


def _change_content(pdf: Any) -> None:  # noqa: ANN401 (as above)
    page = pdf.pages[1].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"Sheet", b"Shoot"))


def _change_a_font(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.pages[1].obj.Resources.Font.F1.BaseFont = Name.Courier


def _turn_a_page(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.pages[2].obj.Rotate = 90


def _crop_a_page(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.pages[2].obj.CropBox = Array([0, 0, 100, 100])


def _change_a_value(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.Root.AcroForm.Fields[1].V = String("else")


def _lose_a_field(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.AcroForm.Fields[1]


def _lose_the_form(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.AcroForm


def _show_a_layer(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.OCProperties.D.OFF


def _lose_labels(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.PageLabels


def _rename_an_entry(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.Root.Outlines.First.First.Title = String("else")


def _rename_the_last_entry(pdf: Any) -> None:  # noqa: ANN401 (as above)
    entry = pdf.Root.Outlines.First
    while "Part" in str(entry.Next.Title):
        entry = entry.Next
    entry.Title = String("else")


def _lose_an_entry(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.Root.Outlines.First = pdf.Root.Outlines.First.Next


def _lead_elsewhere(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pikepdf.NameTree(pdf.Root.Names.Dests)["there"] = Array([pdf.pages[0].obj, Name.Fit])


def _change_an_attachment(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.attachments["a.txt"] = b"else"


def _change_the_title(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.docinfo["/Title"] = "else"


def _lose_the_action(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.OpenAction


def _lose_tags(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.StructTreeRoot.K[0]


def _lose_a_role(pdf: Any) -> None:  # noqa: ANN401 (as above)
    del pdf.Root.StructTreeRoot.RoleMap.Heading


def _bind_to_the_packet(pdf: Any) -> None:  # noqa: ANN401 (as above)
    """What a plain merge does: the leaflet's keys lead to the packet's elements."""
    pdf.pages[3].obj.StructParents = 0


def _bind_to_nothing(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.pages[3].obj.StructParents = 999


def _bind_a_link_to_another_element(pdf: Any) -> None:  # noqa: ANN401 (as above)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    key = next(
        int(note.StructParent)
        for page in list(pdf.pages)[3:]
        for note in page.obj.get("/Annots", ())
    )
    parents[key] = pdf.Root.StructTreeRoot.K[0]


_FAULTS = [
    (_lose_a_page, "pages"),
    (_swap_pages, "pages"),
    (_change_content, "content"),
    (_change_a_font, "content"),
    (_turn_a_page, "content"),
    (_crop_a_page, "content"),
    (_change_a_value, "content|form"),
    (_lose_a_field, "form"),
    (_lose_the_form, "form"),
    (_show_a_layer, "layers"),
    (_lose_labels, "labels"),
    (_rename_an_entry, "outline"),
    (_lose_an_entry, "outline"),
    (_rename_the_last_entry, "outline"),
    (_lead_elsewhere, "names"),
    (_change_an_attachment, "catalog|names"),
    (_change_the_title, "catalog"),
    (_lose_the_action, "catalog"),
    (_lose_tags, "tags"),
    (_lose_a_role, "tags"),
    (_bind_to_the_packet, "binding"),
    (_bind_to_nothing, "binding"),
    (_bind_a_link_to_another_element, "binding"),
]


@pytest.mark.parametrize(("fault", "words"), _FAULTS, ids=[fault.__name__ for fault, _ in _FAULTS])
def test_a_fault_is_found_and_named_without_a_word_of_the_packet(
    fault: Callable[[Any], None], words: str, done: tuple[Job, Joined]
) -> None:
    planned, right = done
    pdf = opened(right.content)
    fault(pdf)
    with pytest.raises(PacketError, match=words) as found:
        check(planned, replace(right, content=written(pdf)))
    assert "Nothing was written" in found.value.hint
    assert not any(word in str(found.value) for word in ("Sheet", "Papers", "ward", "Hidden"))


def test_a_file_that_lost_its_encryption_is_found() -> None:
    packet = written(opened(_packet()), encryption=pikepdf.Encryption(owner="o", user="", R=4))
    planned = job(packet, leaflet(), restricted=True)
    right = join(planned)
    check(planned, right)
    plain = written(opened(right.content), encryption=False)
    with pytest.raises(PacketError, match="encryption"):
        check(planned, replace(right, content=plain))


def test_a_font_of_the_packets_form_that_a_part_replaced_is_found() -> None:
    def form(font: Name) -> bytes:
        pdf = opened(tagged_packet(1))
        add_form(pdf, ["name"])
        table = Dictionary(Helv=pdf.make_indirect(Dictionary(Type=Name.Font, BaseFont=font)))
        pdf.Root.AcroForm.DR = Dictionary(Font=table)
        return written(pdf)

    planned = job(form(Name.Helvetica), document(form(Name.Courier)))
    right = join(planned)
    check(planned, right)
    pdf = opened(right.content)
    pdf.Root.AcroForm.DR.Font.Helv.BaseFont = Name.Courier
    with pytest.raises(PacketError, match="form"):
        check(planned, replace(right, content=written(pdf)))


@pytest.mark.parametrize("strength", [4, 6])
def test_a_file_with_another_owners_password_is_found(strength: int) -> None:
    def locked(content: bytes, owner: str) -> bytes:
        made = pikepdf.Encryption(owner=owner, user="", R=strength)
        return written(opened(content), encryption=made)

    planned = job(locked(_packet(), "theirs"), leaflet(), restricted=True)
    right = join(planned)
    check(planned, right)
    with pytest.raises(PacketError, match="encryption"):
        check(planned, replace(right, content=locked(right.content, "another")))


@pytest.mark.parametrize(("fault", "words"), _FAULTS, ids=[fault.__name__ for fault, _ in _FAULTS])
def test_the_first_reader_finds_faults_by_itself(
    fault: Callable[[Any], None],
    words: str,
    done: tuple[Job, Joined],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("handouts.packet.check.second_look", lambda *_arguments: ())
    planned, right = done
    pdf = opened(right.content)
    fault(pdf)
    with pytest.raises(PacketError, match=words):
        check(planned, replace(right, content=written(pdf)))


def test_the_second_reader_finds_faults_by_itself(
    done: tuple[Job, Joined], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.packet.check._Comparison.faults", lambda _self: ())
    planned, right = done
    check(planned, right)
    for fault in (_lose_a_page, _change_content, _crop_a_page, _lose_labels, _change_an_attachment):
        pdf = opened(right.content)
        fault(pdf)
        with pytest.raises(PacketError, match="second reader"):
            check(planned, replace(right, content=written(pdf)))


def test_an_element_that_is_lost_beside_a_part_in_the_middle_is_found() -> None:
    planned = job(tagged_packet(3), leaflet(), before=1)
    right = join(planned)
    check(planned, right)
    assert right.added.inside == (2,)
    pdf = opened(right.content)
    del pdf.Root.StructTreeRoot.K.K[0]
    with pytest.raises(PacketError, match="tags"):
        check(planned, replace(right, content=written(pdf)))


def test_what_was_loose_in_the_packet_already_is_counted_and_no_fault() -> None:
    pdf = opened(tagged_packet(3))
    pdf.pages[1].obj.StructParents = 77
    planned = job(written(pdf), leaflet())
    assert check(planned, join(planned)) == 1


# ---- the second reader ---------------------------------------------------------------------------


def _in_streams(pdf: Any) -> bytes:  # noqa: ANN401 (as above)
    return written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def test_the_second_reader_gives_what_pypdf_gives() -> None:
    content = _in_streams(opened(_packet()))
    one, other = second_reader(content), PdfReader(io.BytesIO(content))
    assert len(one.xref_objStm) > 20
    for number in one.xref_objStm:
        found = [str(reader.get_object(number)) for reader in (one, other)]
        assert found[0].replace(str(id(one)), "") == found[1].replace(str(id(other)), "")


def test_the_second_reader_leaves_tags_alone() -> None:
    reader = second_reader(_in_streams(opened(tagged_packet(3))))
    assert "Sheet 3" in reader.pages[2].extract_text()
    kinds = [one.get("/Type") for one in reader.resolved_objects.values() if isinstance(one, dict)]
    assert "/Page" in kinds
    assert "/StructElem" not in kinds


@pytest.mark.parametrize("fault", [b"/First 1 ", b"/First /A", b"/Fast 100"])
def test_an_object_stream_that_is_none_is_left_to_pypdf(fault: bytes) -> None:
    content = _in_streams(opened(tagged_packet(1)))
    broken = re.sub(rb"/First \d+", lambda found: fault.ljust(len(found[0])), content)
    assert broken != content
    one, other = (
        _said(read, broken) for read in (second_reader, lambda file: PdfReader(io.BytesIO(file)))
    )
    assert one == other


def _said(read: Callable[[bytes], PdfReader], content: bytes) -> str:
    try:
        return str(len(read(content).pages))
    except Exception as failure:  # noqa: BLE001 (pypdf raises anything)
        return type(failure).__name__


# ---- comparing two files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (b"<< /A 1 /B (x) >>", b"<< /B (x) /A 1 >>", True),
        (b"<< /A 1 >>", b"<< /A 1 /B null >>", True),
        (b"<< /A 1 >>", b"<< /A 2 >>", False),
        (b"<< /A [ 1 (3 0 R) ] >>", b"<< /A [ 1 (4 0 R) ] >>", False),
        (b"<< /A (\\(3 0 R) >>", b"<< /A (\\(3 0 R) >>", True),
        (b"<< /A /B >>", b"<< /A (B) >>", False),
        (b"[ 1 2 ]", b"[ 1 2 3 ]", False),
        (b"<< /A << /B [ 1 ] >> >>", b"<< /A << /B [ 2 ] >> >>", False),
    ],
)
def test_objects_are_the_same_when_they_say_the_same(
    one: bytes, other: bytes, *, same: bool
) -> None:
    files = [pikepdf.new() for _ in range(2)]
    for pdf, content in zip(files, (one, other), strict=True):
        pdf.Root.Thing = pdf.make_indirect(pikepdf.Object.parse(content))
    comparison = Sameness(*files, decoded=False)
    assert comparison.same(*(pdf.Root.Thing for pdf in files)) is same


def test_circles_end_and_what_hangs_on_them_is_compared() -> None:
    files = [pikepdf.new() for _ in range(2)]
    for number, pdf in enumerate(files):
        first = pdf.make_indirect(Dictionary(N=1))
        first.Next = pdf.make_indirect(
            Dictionary(N=2, Back=first, Deep=pdf.make_indirect(Dictionary()))
        )
        pdf.Root.Thing = first
        first.Next.Deep.Value = number
    assert not Sameness(*files, decoded=False).same(*(pdf.Root.Thing for pdf in files))
    files[1].Root.Thing.Next.Deep.Value = 0
    assert Sameness(*files, decoded=False).same(*(pdf.Root.Thing for pdf in files))


def test_two_objects_are_not_the_same_as_one() -> None:
    files = [pikepdf.new() for _ in range(2)]
    for pdf in files:
        shared = pdf.make_indirect(Dictionary(A=1))
        pdf.Root.Thing = Array([shared, shared])
    files[1].Root.Thing = Array([files[1].make_indirect(Dictionary(A=1)) for _ in range(2)])
    assert not Sameness(*files, decoded=False).same(*(pdf.Root.Thing for pdf in files))
