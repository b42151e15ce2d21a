"""Each packet of the folder beside the repository ends as its row in SOURCES.md there says.

What is compared here does not go through the product's own check: pypdf and PDFium read both files.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pytest
from packets import document, images, job, joined, leaflet, opened, shared
from pypdf import PdfReader

from handouts.errors import PacketError
from handouts.packet.joining import join
from handouts.packet.parts import Joined


class Facts(NamedTuple):
    """What must be in a file, as pypdf counts it."""

    outline: int = 0
    destinations: int = 0
    fields: int = 0
    widgets: int = 0
    files: int = 0
    layers: int = 0
    tagged: bool = False


PLAIN = Facts()
TAKEN = {
    "real/pdflatex-outline.pdf": Facts(outline=9, destinations=15),
    "real/libreoffice-form.pdf": Facts(fields=8, widgets=9),
    "real/habibi-rotated.pdf": PLAIN,
    "real/crazyones-pdfa.pdf": PLAIN,
    "real/with-attachment.pdf": Facts(files=1),
    "real/annotated_pdf.pdf": PLAIN,
    "real/outlines.pdf": Facts(outline=9, destinations=9),
    "real/page-labels-num-tree.pdf": PLAIN,
    "real/minimal-hybrid-xref-mswordstyle.pdf": PLAIN,
    "real/minimal-pdf-ua-and-a.pdf": Facts(tagged=True),
    "real/visibility_expressions.pdf": Facts(layers=3),
    "real/rotation.pdf": PLAIN,
    "real/two-different-pages.pdf": Facts(tagged=True),
    "real/r4-owner-password.pdf": PLAIN,
    "real/form_dd0293.pdf": Facts(fields=119, widgets=102, tagged=True),
    "made/plain.pdf": Facts(outline=3),
    "made/form-a.pdf": Facts(outline=2, fields=3, widgets=3),
    "made/form-b-same-names.pdf": Facts(outline=2, fields=3, widgets=3),
    "made/mixed-size-rotate.pdf": Facts(outline=6),
    "made/outline-labels-dests.pdf": Facts(outline=4, destinations=1),
    "made/tagged.pdf": Facts(outline=3, tagged=True),
    "made/attachments.pdf": Facts(outline=2, files=2),
    "made/linearised.pdf": Facts(outline=4),
    "made/enc-owner-aes256.pdf": Facts(outline=3),
    "made/ocg-default-off.pdf": Facts(outline=2, layers=1),
}
RESTRICTED = ("made/enc-owner-aes256.pdf", "real/form_dd0293.pdf")
REFUSED = {
    "real/r3-user-password.pdf": "needs a password",
    "real/outlines-with-loop.pdf": "damaged: its outline",
    "real/minimal-two-fields-signed-twice.pdf": "is signed",
    "real/minimal-badxref.pdf": "is damaged",
    "real/xfa_issue14315.pdf": "dynamic XFA",
    "made/enc-user-aes256.pdf": "needs a password",
    "made/signed-approval.pdf": "is signed",
    "made/dmg-bad-startxref.pdf": "is damaged",
    "made/dmg-html-error-page.pdf": "not a PDF",
    "made/dmg-zero-bytes.pdf": "not a PDF",
}


def test_each_of_the_thirty_five_packets_has_an_expectation() -> None:
    assert len(TAKEN) + len(REFUSED) == 35


@pytest.mark.parametrize("name", REFUSED)
def test_a_packet_that_cannot_take_pages_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(PacketError, match=REFUSED[name]) as refused:
        joined(shared(name), leaflet(), restricted=True)
    assert "--beside" in refused.value.hint


@pytest.mark.parametrize("name", RESTRICTED)
def test_permissions_that_forbid_assembly_refuse_unless_somebody_entitled_allows_it(
    name: str,
) -> None:
    with pytest.raises(PacketError, match="permissions forbid"):
        joined(shared(name), leaflet())


@pytest.mark.parametrize("name", TAKEN)
def test_a_packet_comes_out_as_it_went_in(name: str) -> None:
    packet = shared(name)
    result = _attached(name)
    before, after = _reader(packet), _reader(result.content)
    pages = len(before.pages)
    assert _facts(before) == TAKEN[name]._replace(tagged=False)
    assert _facts(after, pages) == _facts(before)
    assert [_page(page) for page in after.pages[:pages]] == [_page(page) for page in before.pages]
    assert images(result.content, range(pages)) == images(packet)


@pytest.mark.parametrize("name", TAKEN)
def test_the_leaflet_follows_upright_and_whole(name: str) -> None:
    part = leaflet()
    result = _attached(name)
    pages = range(len(_reader(shared(name)).pages), len(_reader(result.content).pages))
    assert images(result.content, pages) == images(part.content)
    assert result.tags == ("joined" if TAKEN[name].tagged else "dropped")
    outline = [str(entry.title) for entry, _ in _entries(_reader(result.content).outline, 0)]
    assert part.title in outline
    labels = _reader(result.content).page_labels
    assert labels[pages.start :] == [f"L-{number + 1}" for number in range(len(pages))]


@pytest.mark.parametrize("name", [name for name, facts in TAKEN.items() if not facts.fields])
def test_labels_stay(name: str) -> None:
    before = _reader(shared(name)).page_labels
    assert _reader(_attached(name).content).page_labels[: len(before)] == before


# ---- what single rows of the table ask ------------------------------------------------------------


@pytest.mark.parametrize("name", ["real/r4-owner-password.pdf", *RESTRICTED])
def test_an_encrypted_packet_stays_encrypted_with_the_same_permissions(name: str) -> None:
    before, after = opened(shared(name)), opened(_attached(name).content)
    assert after.is_encrypted
    assert after.allow == before.allow
    assert after.encryption.bits == before.encryption.bits


def test_the_claim_of_an_archival_packet_is_dropped_and_told() -> None:
    result = _attached("real/crazyones-pdfa.pdf")
    assert result.claims == ()
    pdf = opened(result.content)
    assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
    assert any("PDF/A" in warning for warning in result.warnings)


def test_usage_rights_are_dropped_and_told_and_the_static_form_stays() -> None:
    result = _attached("real/form_dd0293.pdf")
    pdf = opened(result.content)
    assert "/Perms" not in pdf.Root
    assert "/XFA" in pdf.Root.AcroForm
    assert any("usage rights" in warning for warning in result.warnings)
    assert any("static XFA" in warning for warning in result.warnings)


def test_a_claim_that_is_not_true_is_not_passed_on() -> None:
    assert _attached("real/form_dd0293.pdf").claims == ()


def test_an_accessible_packet_stays_accessible() -> None:
    assert _attached("real/minimal-pdf-ua-and-a.pdf").claims == ("PDF/UA-1",)


def test_a_hidden_layer_stays_hidden() -> None:
    pdf = opened(_attached("made/ocg-default-off.pdf").content)
    layers = pdf.Root.OCProperties
    assert [layer.objgen for layer in layers.D.OFF] == [layers.OCGs[0].objgen]


def test_fields_of_the_same_names_are_renamed_and_counted() -> None:
    other = document(shared("made/form-b-same-names.pdf"))
    result = joined(shared("made/form-a.pdf"), other)
    fields = _reader(result.content).get_fields() or {}
    assert len(fields) == 6
    assert result.renamed_fields == 3
    assert any("3" in warning and "renamed" in warning for warning in result.warnings)


def test_an_outline_that_loops_is_refused_soon() -> None:
    with pytest.raises(PacketError):
        join(job(shared("real/outlines-with-loop.pdf"), leaflet()))


def test_the_files_themselves_are_not_changed() -> None:
    digests = {name: hashlib.sha256(shared(name)).hexdigest() for name in TAKEN}
    for name in TAKEN:
        _attached(name)
    assert digests == {name: hashlib.sha256(shared(name)).hexdigest() for name in TAKEN}


def test_names_of_both_kinds_lead_to_the_same_pages() -> None:
    name = "made/outline-labels-dests.pdf"
    files = [opened(one) for one in (shared(name), _attached(name).content)]
    before, after = (_destinations(pdf) for pdf in files)
    assert len(before) == 3
    assert after == before


def _destinations(pdf: Any) -> dict[str, int]:  # noqa: ANN401 (pikepdf's objects)
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = {str(name): to for name, to in pdf.Root.Dests.items()}
    found |= dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())
    places = {
        name: to.D if isinstance(to, pikepdf.Dictionary) else to for name, to in found.items()
    }
    return {name: pages[place[0].objgen] for name, place in places.items()}


# ---- reading with pypdf ---------------------------------------------------------------------------


def _attached(name: str) -> Joined:
    return joined(shared(name), leaflet(), restricted=name in RESTRICTED)


def _reader(content: bytes) -> PdfReader:
    """Read with pypdf; it is given a plain copy of what is encrypted, since it cannot decrypt AES."""
    pdf = opened(content)
    if pdf.is_encrypted:
        out = io.BytesIO()
        pdf.save(out, encryption=False)
        content = out.getvalue()
    return PdfReader(io.BytesIO(content))


def _facts(reader: PdfReader, pages: int | None = None) -> Facts:
    """Count what a file has; with `pages`, without what leaflets bring."""
    brought = [] if pages is None else list(reader.pages[pages:])
    own = {page.indirect_reference.idnum for page in brought if page.indirect_reference}
    entries = [entry for entry, _ in _entries(reader.outline, 0)]
    root: Any = reader.root_object
    widgets = [
        note
        for page in reader.pages
        for note in _notes(page)
        if note.get_object().get("/Subtype") == "/Widget"
    ]
    return Facts(
        outline=sum(entry.page is None or entry.page.idnum not in own for entry in entries),
        destinations=len(reader.named_destinations),
        fields=len(reader.get_fields() or {}),
        widgets=len(widgets),
        files=len(reader.attachments),
        layers=len(root.get("/OCProperties", {}).get("/OCGs", ())),
    )


def _entries(outline: Any, level: int) -> Iterator[tuple[Any, int]]:  # noqa: ANN401 (pypdf's lists)
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, level + 1)
        else:
            yield entry, level


def _page(page: Any) -> tuple[object, ...]:  # noqa: ANN401 (pypdf's page)
    content = page.get_contents()
    return (
        *(str(box) for box in (page.mediabox, page.cropbox)),
        page.rotation,
        page.user_unit,
        b"" if content is None else content.get_data(),
        len(_notes(page)),
    )


def _notes(page: Any) -> Any:  # noqa: ANN401 (as above)
    return page["/Annots"].get_object() if "/Annots" in page else ()
