"""What a join does beyond keeping the packet: tags, places, labels, fields, layers, links, claims."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from packets import (
    add_form,
    add_labels,
    add_layer,
    add_outline,
    add_tags,
    document,
    images,
    job,
    joined,
    leaflet,
    opened,
    plain_packet,
    tagged_packet,
    written,
)
from pikepdf import Array, Dictionary, Name, String

from handouts.errors import PacketError
from handouts.packet.binding import loose_pages
from handouts.packet.check import check
from handouts.packet.joining import join
from handouts.packet.labels import read_labels
from handouts.packet.opening import look, open_pdf
from handouts.packet.parts import BLANK, PACKET, Leaf
from handouts.packet.structure_walk import elements, kids
from handouts.pdf.readback import logical_text
from handouts.values import replace

# ---- tags ------------------------------------------------------------------------------------------


def test_what_a_screen_reader_says_is_both_texts_one_after_the_other() -> None:
    part = leaflet()
    result = joined(tagged_packet(2), part)
    assert logical_text(result.content) == (
        f"{logical_text(tagged_packet(2))}\n{logical_text(part.content)}"
    )


def test_several_leaflets_before_a_packet_are_read_before_it_in_their_order() -> None:
    first, second = leaflet(), leaflet("amoxicillin")
    result = joined(tagged_packet(2), first, second, before=0)
    texts = [logical_text(one) for one in (first.content, second.content, tagged_packet(2))]
    assert logical_text(result.content) == "\n".join(texts)


@pytest.mark.parametrize("before", [1, 2, 3])
def test_leaflets_between_two_pages_are_read_there(before: int) -> None:
    first, second = leaflet(), leaflet("amoxicillin")
    packet = tagged_packet(4)
    result = joined(packet, first, second, before=before)
    lines = logical_text(packet).splitlines()
    own = "\n".join(logical_text(one.content) for one in (first, second)).splitlines()
    at = 2 * before
    assert logical_text(result.content).splitlines() == lines[:at] + own + lines[at:]
    assert not any("divided" in warning for warning in result.warnings)
    pdf = opened(result.content)
    kinds = [str(one.S) for one in pdf.Root.StructTreeRoot.K.K]
    assert kinds[at : at + 2] == ["/Part", "/Part"]


def test_a_part_inside_the_packets_document_keeps_its_own_language() -> None:
    pdf = opened(tagged_packet(2))
    pdf.Root.StructTreeRoot.K.Lang = String("fr")
    result = opened(joined(written(pdf), leaflet(), before=1).content)
    assert str(result.Root.StructTreeRoot.K.K[2].Lang) == "en"


def test_cover_first_and_leaflets_between_two_documents_of_a_packet() -> None:
    packet = joined(tagged_packet(2), document(tagged_packet(1))).content
    cover = replace(leaflet("amoxicillin"), kind="cover")
    planned = job(packet, cover, leaflet(), before=2)
    leaves = tuple(sorted(planned.leaves, key=lambda leaf: leaf.part != 0))  # the cover first
    planned = replace(planned, leaves=leaves)
    result = join(planned)
    check(planned, result)
    texts = [logical_text(one) for one in (cover.content, tagged_packet(2), leaflet().content)]
    assert logical_text(result.content) == "\n".join((*texts, logical_text(tagged_packet(1))))


def _across_pages(pdf: Any) -> None:  # noqa: ANN401 (pikepdf's objects)
    """Let one paragraph go on over the page."""
    first, second = pdf.Root.StructTreeRoot.K.K[1], pdf.pages[1].obj
    first.K = Array([1, Dictionary(Type=Name.MCR, Pg=second, MCID=0)])
    pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[1][0] = first
    del pdf.Root.StructTreeRoot.K.K[2]


def _out_of_order(pdf: Any) -> None:  # noqa: ANN401 (as above)
    top = pdf.Root.StructTreeRoot.K
    top.K = Array(list(reversed(list(top.K))))


def _in_no_document(pdf: Any) -> None:  # noqa: ANN401 (as above)
    pdf.Root.StructTreeRoot.K.S = Name.Sect


@pytest.mark.parametrize("change", [_across_pages, _out_of_order, _in_no_document])
def test_tags_that_cannot_be_divided_at_a_page_are_told(change: Callable[[Any], None]) -> None:
    pdf = opened(tagged_packet(3))
    change(pdf)
    packet = written(pdf)
    result = joined(packet, leaflet(), before=1)
    assert any("divided" in warning for warning in result.warnings)
    texts = logical_text(packet), logical_text(leaflet().content)
    assert logical_text(result.content) == "\n".join(texts)


def test_a_next_key_that_is_wrong_does_not_lead_to_other_elements() -> None:
    pdf = opened(tagged_packet(3))
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 0
    result = joined(written(pdf), leaflet())
    assert loose_pages(opened(result.content)) == ()


def test_keys_of_annotations_and_of_forms_in_pages_are_shifted_too() -> None:
    part = leaflet()
    before, pdf = opened(part.content), opened(joined(tagged_packet(3), part).content)
    own = [_keys(page) for page in before.pages]
    shifted = [_keys(page) for page in list(pdf.pages)[3:]]
    assert any(len(keys) > 1 for keys in own)
    assert shifted == [[key + 3 for key in keys] for keys in own]


def test_a_type_that_means_something_else_in_the_packet_gets_another_name() -> None:
    packet = tagged_packet(1, RoleMap=Dictionary(Strong=Name.Quote))
    pdf = opened(joined(packet, leaflet()).content)
    root = pdf.Root.StructTreeRoot
    assert str(root.RoleMap.Strong) == "/Quote"
    used = {str(one.S) for top in kids(root)[1:] for one in elements(top)}
    assert "/Strong.1" in used
    assert "/Strong" not in used
    assert str(root.RoleMap["/Strong.1"]) == "/Span"


def test_a_standard_type_with_another_meaning_is_told_and_no_standard_claimed() -> None:
    packet = tagged_packet(1, RoleMap=Dictionary(P=Name.Span))
    result = joined(packet, leaflet())
    assert any("another meaning" in warning for warning in result.warnings)
    assert result.claims == ()


def test_classes_and_identifiers_that_clash_get_other_names() -> None:
    def made(tag: str) -> bytes:
        pdf = opened(
            tagged_packet(1, ClassMap=Dictionary(C1=Dictionary(O=Name.Layout, X=String(tag))))
        )
        element = pdf.Root.StructTreeRoot.K.K[0]
        element.C, element.ID = Name.C1, String("one")
        element.A = Dictionary(O=Name.Table, Headers=Array([String("one")]))
        tree = pikepdf.NameTree.new(pdf)
        tree["one"] = element
        pdf.Root.StructTreeRoot.IDTree = tree.obj
        return written(pdf)

    pdf = opened(joined(made("a"), document(made("b"))).content)
    first, second = (top.K[0] for top in kids(pdf.Root.StructTreeRoot))
    assert (str(first.C), str(first.ID)) == ("/C1", "one")
    assert (str(second.C[0]), str(second.ID)) == ("/C1.1", "one+")
    assert [str(one) for one in second.A.Headers] == ["one+"]
    assert str(pdf.Root.StructTreeRoot.ClassMap["/C1.1"].X) == "b"
    assert "one+" in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)


def test_a_part_in_another_language_says_so_on_its_own_elements() -> None:
    pdf = opened(tagged_packet(1))
    pdf.Root.Lang = String("fr")
    result = opened(joined(tagged_packet(1), document(written(pdf))).content)
    first, second = kids(result.Root.StructTreeRoot)
    assert "/Lang" not in first
    assert str(second.Lang) == "fr"


def test_tags_of_fields_lead_to_the_fields_that_are_on_the_pages() -> None:
    pdf = opened(tagged_packet(1))
    add_form(pdf, ["name"])
    root, note = pdf.Root.StructTreeRoot, pdf.pages[0].obj.Annots[0]
    kid = Dictionary(Type=Name.OBJR, Obj=note, Pg=pdf.pages[0].obj)
    form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=root.K, K=kid))
    root.K.K.append(form)
    note.StructParent = 1
    pikepdf.NumberTree(root.ParentTree)[1] = form
    result = opened(joined(tagged_packet(2), document(written(pdf))).content)
    assert loose_pages(result) == ()


def test_a_packet_without_tags_takes_none_and_says_so() -> None:
    result = joined(_untagged(2), leaflet())
    pdf = opened(result.content)
    assert result.tags == "dropped"
    assert "/StructTreeRoot" not in pdf.Root
    assert not any("/StructParents" in page.obj for page in pdf.pages)
    assert any("no tags" in warning for warning in result.warnings)


def test_a_part_without_tags_is_told_of_in_a_packet_that_has_some() -> None:
    result = joined(tagged_packet(1), document(_untagged(1)))
    assert any("parts without tags: 1" in warning for warning in result.warnings)


# ---- places, labels, sheets -----------------------------------------------------------------------


@pytest.mark.parametrize(("before", "expected"), [(3, "PPPLLLL"), (0, "LLLLPPP"), (2, "PPLLLLP")])
def test_leaflets_stand_where_they_are_wanted(before: int, expected: str) -> None:
    planned = job(plain_packet(3), leaflet(), before=before)
    assert _shape(planned.leaves) == expected
    packet, part = images(plain_packet(3)), images(leaflet().content)
    found = images(joined(plain_packet(3), leaflet(), before=before).content)
    assert found == [packet.pop(0) if mark == "P" else part.pop(0) for mark in expected]


def test_each_part_begins_on_a_fresh_sheet_and_so_does_what_follows() -> None:
    one = document(plain_packet(1))
    planned = job(plain_packet(3), one, one, before=1, duplex=True)
    assert _shape(planned.leaves) == "P-L-L-PP"


def test_pages_on_another_paper_begin_a_sheet_by_themselves() -> None:
    pdf = opened(plain_packet(2))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 420, 595])
    planned = job(written(pdf), leaflet(), duplex=True)
    assert _shape(planned.leaves) == "PP-LLLL"


def test_paper_that_lies_on_its_side_is_the_same_paper() -> None:
    pdf = opened(plain_packet(2))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 792, 612])
    assert _shape(job(written(pdf), leaflet(), duplex=True).leaves) == "PPLLLL"


def test_a_blank_looks_like_the_page_before_it_and_holds_nothing() -> None:
    pdf = opened(plain_packet(1, (420, 595)))
    pdf.pages[0].obj.Rotate = 90
    result = opened(joined(written(pdf), leaflet(), duplex=True).content)
    blank = result.pages[1].obj
    assert [float(edge) for edge in blank.MediaBox] == [0, 0, 420, 595]
    assert blank.Rotate == 90
    assert blank.Contents.read_bytes() == b""


def test_labels_of_the_packet_move_with_its_pages() -> None:
    pdf = opened(plain_packet(4))
    add_labels(pdf, [(0, Dictionary(S=Name.r)), (2, Dictionary(S=Name.D, P=String("A-"), St=7))])
    part, notice = document(plain_packet(1)), document(plain_packet(1), "notice")
    result = opened(joined(written(pdf), part, notice, before=3, duplex=True).content)
    assert [page.label for page in result.pages] == [
        *("i", "ii", "A-7", "", "L-1", "", "N-1", "", "A-8"),
    ]


def test_pages_without_labels_keep_the_numbers_that_viewers_give_them() -> None:
    result = opened(joined(plain_packet(2), document(plain_packet(1)), before=0).content)
    assert [page.label for page in result.pages] == ["L-1", "1", "2"]
    assert len(read_labels(result)) == 3


def test_a_table_of_labels_that_is_empty_labels_nothing() -> None:
    pdf = opened(plain_packet(2))
    add_labels(pdf, [])
    result = opened(joined(written(pdf), document(plain_packet(1))).content)
    assert [page.label for page in result.pages] == ["1", "2", "L-1"]


# ---- outline, fields, layers, names ----------------------------------------------------------------


def test_the_outline_goes_on_with_the_leaflet_and_its_heads() -> None:
    pdf = opened(plain_packet(2))
    add_outline(pdf, [0, 1])
    result = opened(joined(written(pdf), leaflet()).content)
    with result.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert titles == ["Part 0", leaflet().title]
        assert len(outline.root[1].children) > 2
        target = outline.root[1].action.D[0]
    assert target.objgen == result.pages[2].obj.objgen


def test_an_outline_that_does_not_know_its_last_entry_keeps_all() -> None:
    pdf = opened(plain_packet(2))
    add_outline(pdf, [0, 0, 1])
    del pdf.Root.Outlines.Last
    result = opened(joined(written(pdf), leaflet()).content)
    with result.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Part 0", "Part 2", leaflet().title]


def test_a_form_with_faults_stays_as_it_is() -> None:
    pdf = opened(plain_packet(1))
    add_form(pdf, ["name"])
    pdf.Root.AcroForm.Fields[0].Kids = Array([pdf.make_indirect(Dictionary(T=String("kid")))])
    result = opened(joined(written(pdf), leaflet()).content)
    assert "/Parent" not in result.Root.AcroForm.Fields[0].Kids[0]


def test_a_pdf_of_the_clinic_gets_one_entry_with_its_title() -> None:
    result = opened(joined(plain_packet(1), document(plain_packet(2), title="Parking map")).content)
    with result.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Parking map"]
        assert outline.root[0].destination[0].objgen == result.pages[1].obj.objgen


def test_fields_of_both_sides_stay_and_the_parts_give_way() -> None:
    files = []
    for name in ("name", "ward"):
        pdf = opened(plain_packet(1))
        add_form(pdf, ["name", name] if name != "name" else ["name"])
        files.append(written(pdf))
    result = joined(files[0], document(files[1]))
    fields = opened(result.content)
    names = [str(field.T) for field in fields.Root.AcroForm.Fields]
    assert names[0] == "name"
    assert sorted(names[1:]) == ["name+1", "ward"]
    assert result.renamed_fields == 1


@pytest.mark.parametrize("off", [True, False])
def test_layers_of_a_part_keep_their_state(off: bool) -> None:  # noqa: FBT001 (a case)
    part, packet = opened(plain_packet(1)), opened(plain_packet(1))
    add_layer(part, "theirs", off=off)
    add_layer(packet, "ours", off=not off)
    files = written(packet), written(part)
    result = joined(files[0], document(files[1]))
    assert images(result.content) == [*images(files[0]), *images(files[1])]
    pdf = opened(result.content)
    assert [str(layer.Name) for layer in pdf.Root.OCProperties.OCGs] == ["ours", "theirs"]


def test_links_by_name_within_a_part_still_lead_there() -> None:
    pdf = opened(plain_packet(2))
    tree = pikepdf.NameTree.new(pdf)
    tree["there"] = Array([pdf.pages[1].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=tree.obj)
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=String("there")
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    content = written(pdf)
    result = opened(joined(content, document(content)).content)
    names = pikepdf.NameTree(result.Root.Names.Dests)
    for first in (0, 2):
        name = str(result.pages[first].obj.Annots[0].Dest)
        target = names[name]
        page = (target.D if isinstance(target, Dictionary) else target)[0]
        assert page.objgen == result.pages[first + 1].obj.objgen


def test_what_a_part_attaches_is_not_taken_over() -> None:
    pdf = opened(plain_packet(1))
    pdf.attachments["secret.txt"] = b"x"
    result = opened(joined(plain_packet(1), document(written(pdf))).content)
    assert list(result.attachments) == []


# ---- the whole file --------------------------------------------------------------------------------


def test_the_same_join_gives_the_same_bytes() -> None:
    packet = tagged_packet(2)
    runs = [joined(packet, leaflet()).content for _ in range(2)]
    assert runs[0] == runs[1]


def test_a_leaflet_leaves_its_id_where_it_is_found_again() -> None:
    part = leaflet()
    result = joined(plain_packet(1), part)
    assert look(open_pdf(result.content)).leaflets == (part.identifier,)
    assert look(open_pdf(part.content)).leaflets == (part.identifier,)


def test_a_file_that_is_laid_out_for_the_web_stays_so() -> None:
    pdf = opened(plain_packet(3))
    mode = pikepdf.ObjectStreamMode.generate
    packet = written(pdf, linearize=True, compress_streams=False, object_stream_mode=mode)
    assert opened(joined(packet, leaflet()).content).is_linearized


def test_metadata_other_than_claims_stays() -> None:
    pdf = opened(plain_packet(1))
    with pdf.open_metadata() as about:
        about["pdfaid:part"], about["dc:title"], about["pdfuaid:part"] = "2", "Papers", "1"
    result = opened(joined(written(pdf), leaflet()).content)
    with result.open_metadata() as about:
        assert about["dc:title"] == "Papers"
        assert "pdfaid:part" not in about
        assert "pdfuaid:part" not in about


def _no_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _suspect(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def _no_order_of_notes(pdf: pikepdf.Pdf) -> None:
    page = next(page.obj for page in pdf.pages if "/Annots" in page.obj)
    del page.Tabs


def _no_words_of_links(pdf: pikepdf.Pdf) -> None:
    page = next(page.obj for page in pdf.pages if "/Annots" in page.obj)
    del page.Annots[0].Contents


def _no_font_file(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        if "/DescendantFonts" in font:
            del font.DescendantFonts[0].FontDescriptor.FontFile2


@pytest.mark.parametrize(
    "fault",
    [_no_title, _no_language, _suspect, _no_order_of_notes, _no_words_of_links, _no_font_file],
)
def test_accessibility_is_claimed_of_a_packet_without_faults_only(fault) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 (one of the functions above)
    packet = leaflet("type-2-diabetes").content
    assert joined(packet, leaflet()).claims == ("PDF/UA-1",)
    pdf = opened(packet)
    fault(pdf)
    result = joined(written(pdf), leaflet())
    assert result.claims == ()
    assert any("and is not" in warning for warning in result.warnings)


# ---- printing ----------------------------------------------------------------------------------------


def test_a_packet_that_wants_some_pages_printed_only_is_told_of() -> None:
    pdf = opened(plain_packet(3))
    pdf.Root.ViewerPreferences = Dictionary(NumCopies=2)
    assert not any("print" in one for one in joined(written(pdf), leaflet()).warnings)
    pdf.Root.ViewerPreferences.PrintPageRange = Array([0, 1])
    warnings = joined(written(pdf), leaflet()).warnings
    assert any("say all pages when you print" in one for one in warnings)


# ---- scripts -----------------------------------------------------------------------------------------


def _script() -> Any:  # noqa: ANN401 (as above)
    return Dictionary(S=Name.JavaScript, JS=String("app.beep()"))


def _note(**entries: Any) -> Array:  # noqa: ANN401 (as above)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 1, 1]), **entries)
    return Array([note])


@pytest.mark.parametrize(
    ("owner", "key", "value"),
    [
        ("file", "/OpenAction", _script),
        ("file", "/AA", lambda: Dictionary(WC=_script())),
        ("file", "/Names", lambda: Dictionary(JavaScript=Dictionary(Names=Array([])))),
        ("page", "/AA", lambda: Dictionary(O=_script())),
        ("page", "/Annots", lambda: _note(A=_script())),
        ("page", "/Annots", lambda: _note(AA=Dictionary(K=_script()))),
    ],
)
def test_scripts_are_told_of_wherever_they_are(
    owner: str, key: str, value: Callable[[], Any]
) -> None:
    pdf = opened(plain_packet(1))
    (pdf.Root if owner == "file" else pdf.pages[0].obj)[key] = value()
    assert any("holds scripts" in one for one in look(open_pdf(written(pdf))).warnings)


@pytest.mark.parametrize(
    "value",
    [
        lambda pdf: Array([pdf.pages[0].obj, Name.Fit]),
        lambda pdf: Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])),
    ],
)
def test_a_place_to_open_at_is_no_script(value: Callable[[Any], Any]) -> None:
    pdf = opened(plain_packet(1))
    pdf.Root.OpenAction = value(pdf)
    assert look(open_pdf(written(pdf))).warnings == ()


# ---- refusals ----------------------------------------------------------------------------------------


def _portfolio(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def _dynamic(pdf: pikepdf.Pdf) -> None:
    pdf.Root.NeedsRendering = True


def _certified(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))


def _signed(pdf: pikepdf.Pdf) -> None:
    value = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String("x")))
    kid = pdf.make_indirect(Dictionary(T=String("b"), V=value))
    parent = Dictionary(T=String("a"), FT=Name.Sig, Kids=Array([kid]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(parent)]))


def _signed_outside_of_the_form(pdf: pikepdf.Pdf) -> None:
    value = Dictionary(Type=Name.Sig, Contents=String("x"))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, V=value, Rect=Array([0, 0, 1, 1])
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _trace_of_a_signature(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Other = Dictionary(ByteRange=Array([0, 1, 2, 3]))


def _no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_portfolio, "portfolio"),
        (_dynamic, "dynamic XFA"),
        (_certified, "is signed"),
        (_signed, "is signed"),
        (_signed_outside_of_the_form, "is signed"),
        (_trace_of_a_signature, "is signed"),
        (_no_pages, "no pages"),
    ],
)
def test_what_pages_would_harm_is_refused(change, reason: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 (one of the functions above)
    pdf = opened(plain_packet(1))
    change(pdf)
    with pytest.raises(PacketError, match=reason) as refused:
        open_pdf(written(pdf))
    assert "--beside" in refused.value.hint


@pytest.mark.parametrize("names", ["one", "two"])
def test_fields_that_run_in_a_circle_are_soon_done(names: str) -> None:
    pdf = opened(plain_packet(1))
    field = pdf.make_indirect(Dictionary(T=String(names)))
    below = field if names == "one" else pdf.make_indirect(Dictionary(T=String("below")))
    below.Kids = Array([field, field])
    field.Kids = Array([below, below])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    assert open_pdf(written(pdf)).Root.AcroForm.Fields


def test_a_signature_that_only_its_picture_leads_to_is_found() -> None:
    pdf = opened(plain_packet(1))
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("s"), V=Dictionary(Type=Name.Sig)))
    picture = Dictionary(Subtype=Name.Widget, Parent=field, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(picture)])
    with pytest.raises(PacketError, match="signed"):
        open_pdf(written(pdf))


def test_encryption_for_named_persons_is_refused() -> None:
    content = written(opened(plain_packet(1)), encryption=pikepdf.Encryption(owner="o", R=4))
    with pytest.raises(PacketError, match="named persons"):
        open_pdf(content.replace(b"/Filter /Standard", b"/Filter /Adobe.PK", 1))


def test_usage_rights_are_no_signature() -> None:
    pdf = opened(plain_packet(1))
    pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3])))
    assert any("usage rights" in warning for warning in look(open_pdf(written(pdf))).warnings)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_refused(cut: float) -> None:
    content = leaflet().content
    with pytest.raises(PacketError, match="damaged"):
        open_pdf(content[: int(len(content) * cut)])


def test_an_unsigned_field_for_a_signature_is_none() -> None:
    pdf = opened(plain_packet(1))
    field = pdf.make_indirect(Dictionary(T=String("a"), FT=Name.Sig))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    assert joined(written(pdf), leaflet()).tags == "dropped"


# ---- what the tests share -----------------------------------------------------------------------------


def _untagged(pages: int) -> bytes:
    return plain_packet(pages)


def _shape(leaves: tuple[Leaf, ...]) -> str:
    return "".join(
        ["P" if one.part == PACKET else "-" if one.part == BLANK else "L" for one in leaves]
    )


def _keys(page: pikepdf.Page) -> list[int]:
    notes = [int(note.StructParent) for note in page.obj.get("/Annots", ())]
    return [int(page.obj.StructParents), *notes]


def test_made_packets_are_tagged_as_they_should_be() -> None:
    pdf = opened(plain_packet(2))
    add_tags(pdf)
    assert loose_pages(pdf) == ()
