import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import synthetic
import verapdf

from handouts.errors import ConformanceError
from handouts.marks import Page, ShapeMark
from handouts.pdf.claims import CLAIMS, Claims
from handouts.pdf.readback import artifacts, links, logical_text, outline_text, tree, unmarked
from handouts.pdf.write import write
from handouts.structure import StructureElement

Written = Callable[[str], bytes]


def _write(pages: list[Page], root: StructureElement, claims: str = "ua1") -> bytes:
    return write(pages, root, palette=synthetic.PALETTE, metadata=synthetic.METADATA, claims=claims)


def _reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def _operators(content: bytes, page: int = 0) -> str:
    return _reader(content).pages[page].get_contents().get_data().decode()


# ---- conformance ---------------------------------------------------------------------------------


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_every_mark_and_tag_conforms_to_all_that_is_claimed(
    claims: Claims, written: Written, tmp_path: Path
) -> None:
    files = {
        "everything": written(claims.name),
        "one page": _write(*synthetic.simple(1), claims.name),
        "many pages": _write(*synthetic.simple(40), claims.name),
    }
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    assert verapdf.check(claims.flavours, sorted(tmp_path.iterdir())) == []


def test_the_validator_does_find_what_is_wrong(written: Written, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(written("ua1").replace(b'pdfuaid:part="1"', b'pdfuaid:part="7"'))
    failures = verapdf.check(("ua1", "2a"), [broken])
    assert [failure.split()[0] for failure in failures] == ["ua1"]


@pytest.mark.parametrize("claims", CLAIMS)
def test_every_font_is_an_embedded_subset(claims: str, written: Written) -> None:
    for page in _reader(written(claims)).pages:
        fonts = page["/Resources"]["/Font"].values()
        assert len(fonts) == 3
        for font in fonts:
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert re.fullmatch(r"/[A-Z]{6}\+SourceSans3-\w+", descendant["/BaseFont"])
            assert descendant["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\0\1\0\0"


# ---- structure -----------------------------------------------------------------------------------

OUTLINE = """\
Document lang='en-US'
  Figure BBox='72 740 92 750' Placement='Block' alt='Riverbend Clinic'
  H1
    "Blood test"
  Sect
    H2
      "WHY IT IS DONE"
    P
      "Please"
      Link
        "call the"
        Strong
          "clinic"
        OBJR uri='tel:+15035550142'
        OBJR uri='tel:+15035550142'
      "if you (or yours) feel ill,"
      Span lang='es'
        "gracias."
    L ListNumbering='Decimal'
      LI
        Lbl
          "1."
        LBody
          P
            "Eat nothing."
      LI
        Lbl
          "2."
        LBody
          P
            "Drink water."
    L ListNumbering='Disc'
      LI
        Lbl actual='•'
        LBody
          P
            "Eat nothing."
      LI
        Lbl actual='•'
        LBody
          P
            "Drink water."
    Table
      TR
        TH Scope='Column'
          P
            "Day"
        TH Scope='Column'
          P
            "Dose"
      TR
        TH Scope='Row'
          P
            "Monday"
        TD
          P
            "5 mg"
      TR
        TH Scope='Row'
          P
            "Sunday"
        TD
  Sect
    H2
      "How"
    P
      "Line 1 of four. Line 2 of four."
      "Line 3 of four. Line 4 of four."
    Aside
      H3
        "Call at once"
      P
        "Naïve café —"
        Em
          "≥ 38 °C"
  Figure BBox='72 500 81 509' Placement='Block' alt='QR code that leads to riverbend.example'
  Figure BBox='200 500 240 540' Placement='Block' alt='A hand'"""


@pytest.mark.parametrize("claims", CLAIMS)
def test_the_tree_holds_all_content_in_reading_order(claims: str, written: Written) -> None:
    assert outline_text(tree(written(claims))) == OUTLINE


def test_the_text_reads_as_it_was_written(written: Written) -> None:
    lines = logical_text(written("ua1")).splitlines()
    assert lines[3] == "Please call the clinic if you (or yours) feel ill, gracias."
    assert lines[4:8] == ["1. Eat nothing.", "2. Drink water.", "• Eat nothing.", "• Drink water."]


def test_page_furniture_is_an_artifact_and_nothing_is_unmarked(written: Written) -> None:
    assert artifacts(written("ua1")) == ("Page 1 of 2", "Page 2 of 2")
    assert unmarked(written("ua1")) == ("", "")


def test_the_order_of_kids_is_that_of_their_places_not_of_drawing() -> None:
    root = StructureElement("Document")
    title, body = root.add("H1"), root.add("P")
    before, link, after = body.place(), body.add("Link"), body.place()
    runs = [(0, "See "), (1, "us"), (2, " today.")]
    drawn_backwards = synthetic.text(
        600, [runs[::-1]], [before, link, after], hrefs=["", "https://riverbend.example", ""]
    )
    content = _write([synthetic.page(drawn_backwards, synthetic.words(700, "Visit", title))], root)
    assert logical_text(content) == "Visit\nSee us today."


def test_a_paragraph_over_two_pages_is_one_element(written: Written) -> None:
    paragraph = tree(written("ua1")).kids[3].kids[1]
    assert (paragraph.tag, len(paragraph.kids)) == ("P", 2)
    assert paragraph.kids[1].startswith("Line 3")


def test_an_element_without_content_is_left_out_but_an_empty_cell_stays(written: Written) -> None:
    shown = outline_text(tree(written("ua1")))
    assert len(re.findall(r"^  P$", shown, re.MULTILINE)) == 0
    assert shown.count("TD") == 2


def test_a_link_over_two_lines_has_two_annotations_with_all_its_words(written: Written) -> None:
    first, second = links(written("ua1"))
    assert first.uri == second.uri == "tel:+15035550142"
    assert first.words == second.words == "call the clinic"
    assert first.box[1] > second.box[1]
    assert second.box[0] == 72


def test_a_link_is_printed_without_border_and_underline(written: Written) -> None:
    annotation = _reader(written("ua1")).pages[0]["/Annots"][0].get_object()
    assert annotation["/Border"] == [0, 0, 0]
    assert annotation["/F"] == 4


def test_a_link_is_described_with_plain_spaces() -> None:
    root = StructureElement("Document")
    title = root.add("H1")
    said = [[(0, "(503)\u00a0555-0142")]]
    mark = synthetic.text(600, said, [title.add("Link")], hrefs=["tel:+15035550142"])
    assert links(_write([synthetic.page(mark)], root))[0].words == "(503) 555-0142"


def test_a_link_target_is_ascii() -> None:
    root = StructureElement("Document")
    title = root.add("H1")
    mark = synthetic.text(
        600, [[(0, "Café")]], [title.add("Link")], hrefs=["https://riverbend.example/café"]
    )
    assert links(_write([synthetic.page(mark)], root))[0].uri.endswith("/caf%C3%A9")


# ---- content streams -----------------------------------------------------------------------------


def test_text_is_pure_black_and_other_colours_come_from_the_palette(written: Written) -> None:
    operators = _operators(written("ua1"))
    assert "\n0 g\n" in operators
    assert "/Pal cs 0 sc" not in operators
    assert "/Pal cs 2 sc" in operators


def test_another_palette_changes_no_page() -> None:
    pages, root = synthetic.leaflet()
    red = dict.fromkeys(synthetic.PALETTE, "#ff0000")
    one, two = (
        write(pages, root, palette=palette, metadata=synthetic.METADATA, claims="ua1")
        for palette in (synthetic.PALETTE, red)
    )
    assert one != two
    assert [_operators(one, page) for page in (0, 1)] == [_operators(two, page) for page in (0, 1)]


def test_a_font_is_chosen_only_when_it_changes() -> None:
    root = StructureElement("Document")
    marks = [synthetic.words(700, "Title", root.add("H1"))]
    marks += [synthetic.words(600 - 20 * row, "Text.", root.add("P")) for row in range(5)]
    operators = _operators(_write([synthetic.page(*marks)], root))
    assert operators.count(" Tf") == 1
    assert operators.count("0 g") == 1


def test_tracking_ends_with_its_text(written: Written) -> None:
    assert re.findall(r"(\S+) Tc", _operators(written("ua1"))) == ["0.5", "0"]


def test_decorative_shapes_that_follow_each_other_share_one_artifact() -> None:
    root = StructureElement("Document")
    title = synthetic.words(700, "Title", root.add("H1"))
    shapes = [ShapeMark(x=0, y=y, path="0 0 9 9 re", fill="tint") for y in (10, 20, 30)]
    operators = _operators(_write([synthetic.page(*shapes, title, *shapes)], root))
    assert operators.count("/Artifact BMC") == 2
    assert operators.count("re f Q") == 6


def test_every_text_object_closes_the_sequences_that_it_opens(written: Written) -> None:
    for text_object in re.findall(r"\bBT\b(.*?)\bET\b", _operators(written("ua1")), re.DOTALL):
        opened = text_object.count("BDC") + text_object.count("BMC")
        assert opened == text_object.count("EMC") > 0


def test_an_image_drawn_twice_is_embedded_once(written: Written) -> None:
    reader = _reader(written("ua1"))
    images = [page["/Resources"]["/XObject"].items() for page in reader.pages]
    assert images[0] == images[1]
    spaces = {image.get_object()["/ColorSpace"] for _, image in images[0]}
    assert (len(images[0]), spaces) == (2, {"/DeviceRGB", "/DeviceGray"})


def test_no_stream_is_ascii85(written: Written) -> None:
    assert b"ASCII85" not in written("ua1")


# ---- the file ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "duplex"), [(1, None), (2, "/DuplexFlipLongEdge"), (3, None)])
def test_two_sided_printing_is_proposed_only_for_an_even_number_of_pages(
    count: int, duplex: str | None
) -> None:
    preferences = _reader(_write(*synthetic.simple(count))).root_object["/ViewerPreferences"]
    assert preferences.get("/Duplex") == duplex
    assert preferences["/PrintScaling"] == "/None"
    assert preferences["/DisplayDocTitle"].value is True


@pytest.mark.parametrize("claims", CLAIMS)
def test_bookmarks_nest_by_level_and_count_what_is_below(claims: str, written: Written) -> None:
    outline = _reader(written(claims)).root_object["/Outlines"]
    title = outline["/First"]
    why = title["/First"]
    how = why["/Next"]
    assert [outline["/Count"], title["/Count"], how["/Count"]] == [4, 3, 1]
    assert [why["/Title"], how["/First"]["/Title"]] == ["Why it is done", "Call at once"]
    assert ("/SD" in why["/A"]) == (claims == "ua2")


def test_metadata_names_the_leaflet_and_what_it_claims(written: Written) -> None:
    metadata = _reader(written("ua1")).xmp_metadata
    assert metadata.dc_title == {"x-default": "Blood test"}
    assert metadata.dc_creator == ["Riverbend Clinic"]
    assert metadata.dc_description == {"x-default": "What happens & why"}
    assert metadata.dc_language == ["en-US"]
    assert metadata.dc_identifier == f"urn:uuid:{synthetic.METADATA.identifier}"
    assert metadata.pdf_keywords == "blood, test"
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in written("ua1")
    assert b'pdfuaid:part="2" pdfuaid:rev="2024"' in written("ua2")


def test_the_information_dictionary_agrees_and_pdfa4_has_none(written: Written) -> None:
    information = _reader(written("ua1")).metadata
    assert (information.title, information.author) == ("Blood test", "Riverbend Clinic")
    assert information.creation_date == synthetic.METADATA.created
    assert _reader(written("ua2")).metadata is None


def test_the_version_is_that_of_the_claims(written: Written) -> None:
    assert written("ua1").startswith(b"%PDF-1.7")
    assert written("ua2").startswith(b"%PDF-2.0")


def test_unknown_claims_are_refused_by_name() -> None:
    with pytest.raises(ConformanceError, match="'ua3' is no set of claims"):
        _write(*synthetic.simple(), claims="ua3")


# ---- determinism ---------------------------------------------------------------------------------


def test_the_same_pages_give_the_same_bytes_again() -> None:
    pages, root = synthetic.leaflet()
    kids = list(root.kids)
    assert _write(pages, root) == _write(pages, root)
    assert root.kids == kids


@pytest.mark.parametrize("claims", CLAIMS)
def test_another_process_with_another_hash_seed_gives_the_same_bytes(
    claims: str, written: Written
) -> None:
    digests = set()
    for seed in ("0", "1"):
        path = os.pathsep.join(sys.path)
        finished = subprocess.run(
            [sys.executable, synthetic.__file__, claims],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
            text=True,
        )
        digests.add(finished.stdout)
    assert digests == {hashlib.sha256(written(claims)).hexdigest()}


def test_what_was_written_before_does_not_matter(written: Written) -> None:
    before = _write(*synthetic.simple(3))
    written("ua2")
    assert _write(*synthetic.simple(3)) == before
