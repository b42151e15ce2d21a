"""What every finished leaflet must look like, read from its pages (docs/design.md)."""

import io
import re
import statistics
from functools import cache, partial
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from drawn import Shown, joined_lines, lines, shown
from leaflets import SEED, library, make, make_feature, write_article, write_clinic
from PIL import Image, ImageChops, ImageStat

from handouts.colour import contrast, grey
from handouts.make import Made
from handouts.pdf.readback import Node, links, tree, unmarked
from handouts.units import MM, PAPERS

EDGE = 18.0
MARGIN = 20 * MM

MAKES = {
    **{
        f"{article} {clinic}": partial(make, article, clinic)
        for number, article in enumerate(library().articles)
        for clinic in (("riverbend",) if number % 2 else ("riverbend", "northgate"))
    },
    "in Spanish": partial(make, "bone-marrow-biopsy", language="es"),
    "in black": partial(make, "bone-marrow-biopsy", ink="black"),
    "in the source's order": partial(make, "headache", order="source", heads="source"),
    "with marked words": partial(make_feature, "marks"),
    "with a long title": partial(make_feature, "long-title"),
}
if SEED.is_file():
    MAKES |= {
        f"the seed, {order}": partial(make, SEED, order=order) for order in ("reader", "source")
    }

every_leaflet = pytest.mark.parametrize("name", MAKES)
library_leaflets = pytest.mark.parametrize(
    "name", [f"{name} riverbend" for name in library().articles]
)


@cache
def leaflet(name: str) -> Made:
    return MAKES[name]()


@cache
def text_of(name: str) -> tuple[Shown, ...]:
    return shown(leaflet(name).rendering.content)


@cache
def lines_of(name: str) -> tuple[Shown, ...]:
    return joined_lines(text_of(name))


@cache
def pictures(name: str, dots: int = 72) -> tuple[Image.Image, ...]:
    return tuple(_pictures(leaflet(name), dots))


def _pictures(made: Made, dots: int = 72) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(made.rendering.content)
    return [page.render(scale=dots / 72).to_pil().convert("RGB") for page in document]


def _reader(made: Made) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made.rendering.content))


def _words(name: str, page: int) -> str:
    """The words on a page, spaces folded."""
    said = " ".join([line.text for line in lines_of(name) if line.page == page])
    return " ".join(said.split())


def _text_pages(name: str) -> int:
    """The number of pages without the one for notes."""
    pages = leaflet(name).rendering.pages
    notes = leaflet(name).leaflet.document.notes
    title = "Su visita" if leaflet(name).article.language == "es" else "Your visit"
    return pages - (bool(notes) and _words(name, pages).startswith(title))


# ---- type --------------------------------------------------------------------------------------------


@every_leaflet
def test_no_text_is_smaller_than_the_floor(name: str) -> None:
    assert min(piece.size for piece in text_of(name)) >= 9.495


@every_leaflet
def test_small_text_is_black_or_bold_white_on_a_solid_ground(name: str) -> None:
    for piece in text_of(name):
        if piece.colour == "#ffffff":
            assert piece.size >= 11.5
            assert piece.font.endswith("-Bold")
        elif piece.size < 15:
            assert piece.colour == "#000000"


@every_leaflet
def test_body_text_is_thirteen_points_or_twelve_in_cells_and_long_lists(name: str) -> None:
    tagged = [piece for piece in text_of(name) if not piece.artifact]
    at_most = max(tagged, key=lambda piece: sum(one.size == piece.size for one in tagged)).size
    assert at_most in (12.0, 13.0, 9.5)


@library_leaflets
def test_lines_are_not_too_long_to_read(name: str) -> None:
    """In the main column; the line at the foot of the notes page stands alone across it."""
    body = [len(line.text.strip()) for line in lines_of(name) if line.size == 13 and line.x > 150]
    assert statistics.quantiles(body, n=10)[-1] <= 68
    assert max(body) <= 70


@every_leaflet
def test_all_fonts_are_embedded_subsets_of_our_own(name: str) -> None:
    for page in _reader(leaflet(name)).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()["/DescendantFonts"][0].get_object()
            assert re.fullmatch(r"/[A-Z]{6}\+Source(Sans3|Serif4)-\w+", font["/BaseFont"])
            assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) > 1000


@every_leaflet
def test_every_character_has_its_glyph_and_its_meaning(name: str) -> None:
    assert all("\ufffd" not in piece.text for piece in text_of(name))
    assert not any(unmarked(leaflet(name).rendering.content))


# ---- places ------------------------------------------------------------------------------------------


@every_leaflet
def test_no_ink_comes_near_an_edge(name: str) -> None:
    for picture in pictures(name):
        inner = (EDGE, EDGE, picture.width - EDGE, picture.height - EDGE)
        rim = picture.copy()
        rim.paste("white", tuple(map(round, inner)))
        assert rim.getextrema() == ((255, 255),) * 3


@every_leaflet
def test_no_text_stands_in_the_zone_of_filing_holes(name: str) -> None:
    width = PAPERS[leaflet(name).clinic.paper].width
    assert min(piece.x for piece in text_of(name)) >= MARGIN - 0.01
    assert max(piece.right for piece in text_of(name)) <= width - MARGIN + 0.01


@every_leaflet
def test_the_paper_is_the_clinics(name: str) -> None:
    box = _reader(leaflet(name)).pages[0].mediabox
    paper = PAPERS[leaflet(name).clinic.paper]
    assert (float(box.width), float(box.height)) == (paper.width, paper.height)


@every_leaflet
def test_a_page_spends_little_toner(name: str) -> None:
    means = [ImageStat.Stat(picture.convert("L")).mean[0] for picture in pictures(name)]
    assert 1 - statistics.mean(means) / 255 <= 0.08


# ---- what a reader must find -------------------------------------------------------------------------


@every_leaflet
def test_the_phone_is_on_the_first_page_as_a_link(name: str) -> None:
    made = leaflet(name)
    assert made.clinic.phone in _words(name, 1).replace("\u00a0", " ")
    assert (1, made.clinic.phone_href) in {
        (link.page, link.uri) for link in links(made.rendering.content)
    }


@every_leaflet
def test_every_page_says_which_leaflet_and_which_page_it_is(name: str) -> None:
    made = leaflet(name)
    number = made.article.number or made.article.id
    for page in range(1, made.rendering.pages + 1):
        foot = [line for line in lines_of(name) if line.page == page and line.artifact]
        said = " ".join(" ".join([line.text for line in foot if line.y < 46]).split())
        assert number in said
        assert re.search(r"versi(on|ón) \w+, (English|Español)", said)
        assert re.search(rf"(Page|Página) {page} (of|de) {made.rendering.pages}$", said)


@library_leaflets
def test_source_and_review_stand_on_the_last_page_of_text(name: str) -> None:
    said = _words(name, _text_pages(name))
    assert "About this leaflet" in said
    assert "Source" in said
    assert "reviewed November 1, 2026" in said


@library_leaflets
def test_the_code_leads_a_phones_camera_to_the_article(name: str) -> None:
    article = leaflet(name).article
    found = [
        (code.text, code.orientation)
        for picture in pictures(name, 150)
        for code in zxingcpp.read_barcodes(picture.convert("L"))
    ]
    assert found == [(article.qr_url, 0)]


@every_leaflet
def test_bookmarks_are_the_title_and_the_heads_of_sections_and_boxes(name: str) -> None:
    entries = _reader(leaflet(name)).outline
    (title,) = [entry.title for entry in entries if not isinstance(entry, list)]
    (inner,) = [part for part in entries if isinstance(part, list)]
    below = [entry.title for entry in inner if not isinstance(entry, list)]
    heads = _heads(tree(leaflet(name).rendering.content))
    assert title == leaflet(name).article.title
    assert [head.split() for head in below] == [head.split() for head in heads]


def _heads(node: Node) -> list[str]:
    """The heads of sections, and of boxes that are sections of their own."""
    if node.tag == "H2":
        return ["".join([kid for kid in node.kids if isinstance(kid, str)])]
    kids = [kid for kid in node.kids if isinstance(kid, Node)]
    return [head for kid in kids for head in _heads(kid)]


# ---- colour ------------------------------------------------------------------------------------------

BRANDS = (("#FFD100",), ("#FFFFFF",), ("#00FF00",), ("#7A1FA2", "#F7C6D9"), ("#000000",))
BODY = """A lead.

## Risks

> [!ACTION] Tell us
> - [ ] You feel ill.

1. Sit down.

> [!EMERGENCY] Call at once
> You cannot breathe.
"""


@pytest.mark.parametrize("colours", BRANDS, ids=" ".join)
def test_text_is_legible_in_every_brand_in_colour_and_in_grey(
    colours: tuple[str, ...], tmp_path: Path
) -> None:
    made = make(write_article(tmp_path, BODY), write_clinic(tmp_path, colours=colours))
    pieces = shown(made.rendering.content)
    for piece in pieces:
        if piece.colour != "#ffffff":
            assert contrast(piece.colour, "#ffffff") >= 9
            assert contrast(grey(piece.colour), "#ffffff") >= 9
    numeral = next(piece for piece in pieces if piece.text == "1" and piece.colour == "#ffffff")
    picture = _pictures(made)[numeral.page - 1]
    disc = picture.getpixel((round(numeral.x) - 3, round(picture.height - numeral.y) - 4))
    ground = "#{:02x}{:02x}{:02x}".format(*disc)
    assert contrast(ground, "#ffffff") >= 5.5
    assert contrast(grey(ground), "#ffffff") >= 5.5


@pytest.mark.parametrize("article", library().articles)
def test_black_ink_is_black_ink(article: str) -> None:
    made = make(article, "riverbend", ink="black")
    for picture in _pictures(made):
        red, green, blue = picture.split()
        assert ImageChops.difference(red, green).getbbox() is None
        assert ImageChops.difference(red, blue).getbbox() is None


def _has_alarm(made: Made) -> bool:
    """Whether something is in the red that stands for emergencies."""
    return any(
        red > 140 and green < 50 and blue < 60
        for picture in _pictures(made)
        for _, (red, green, blue) in picture.getcolors(maxcolors=1 << 20) or ()
    )


@pytest.mark.parametrize(
    ("article", "clinic", "there"),
    [
        ("Few.", "", False),
        ("Few.", 'emergency = "Call 911."', True),
        ("> [!EMERGENCY] Call\n> Now.", "", True),
        ("> [!ACTION] Call\n> Us.", "", False),
    ],
)
def test_only_an_emergency_is_red_and_only_where_words_for_it_are(
    article: str, clinic: str, *, there: bool, tmp_path: Path
) -> None:
    written = write_article(tmp_path, f"Lead.\n\n## Risks\n\n{article}\n")
    assert _has_alarm(make(written, write_clinic(tmp_path, more=clinic))) == there


# ---- logos -------------------------------------------------------------------------------------------


def _clinic_with_logo(folder: Path, size: tuple[int, int], **options: Any) -> Made:  # noqa: ANN401 (Pillow's)
    Image.new("RGB", size, (0, 90, 200)).save(folder / "logo.png", **options)
    clinic = write_clinic(folder, brand='logo = "logo.png"\nlogo_alt = "Hillside"')
    return make(write_article(folder, "Lead.\n\n## Risks\n\nFew.\n"), clinic)


@pytest.mark.parametrize(("width", "height"), [(2000, 200), (200, 2000), (750, 200), (600, 600)])
def test_a_logo_of_any_shape_stays_in_its_box(width: int, height: int, tmp_path: Path) -> None:
    picture = _pictures(_clinic_with_logo(tmp_path, (width, height)))[0]
    blue = Image.new("RGB", picture.size, (0, 90, 200))
    mask = ImageChops.difference(picture, blue).convert("L").point(lambda level: 255 * (level < 8))
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    assert left == pytest.approx(MARGIN, abs=1.5)
    assert 40 - 1.5 <= top < bottom <= 80 + 1.5
    assert right - left <= 151.5
    scale = min(150 / width, 40 / height)
    assert right - left == pytest.approx(width * scale, abs=2)
    assert bottom - top == pytest.approx(height * scale, abs=2)


def test_a_logo_that_would_look_coarse_in_print_is_told(tmp_path: Path) -> None:
    made = _clinic_with_logo(tmp_path, (300, 80))
    assert [warning for warning in made.warnings if "logo" in warning] == [
        "the logo logo.png prints at 144 dpi; 300 look sharp"
    ]


def test_without_a_logo_the_clinics_name_stands_in_its_place(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "Lead.\n"), write_clinic(tmp_path))
    first = lines(made.rendering.content)[0]
    assert (first.page, first.text.strip(), first.tag) == (1, "Hillside Clinic", "P")
    assert first.x == pytest.approx(MARGIN, abs=0.01)
