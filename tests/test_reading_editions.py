"""Editions for people who read better with larger or blacker type: large-print, comfort, bw.

Everything is read back from finished files; docs/design.md has the reasons.
"""

import io
import re
import statistics
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pypdfium2
import pytest
from drawn import Shown, joined_lines, shown
from leaflets import library, make, make_feature, write_article, write_clinic
from PIL import Image
from pypdf import PdfReader
from verapdf import check

from handouts import strings
from handouts.icons import ICONS
from handouts.make import Made
from handouts.theme import load_theme
from handouts.units import LABELS, MM, PAPERS

EDITIONS = ("large-print", "comfort", "bw")
PAPER_NAMES = tuple(PAPERS)
CLINICS = library().clinics
MARGIN = 20 * MM
LABEL = re.compile(r"Patient label|Etiqueta")

every_leaflet = pytest.mark.parametrize(
    ("edition", "article"), list(product(EDITIONS, library().articles))
)
every_edition = pytest.mark.parametrize("edition", EDITIONS)
large_print = pytest.mark.parametrize("article", library().articles)


@cache
def leaflets(edition: str, article: str) -> tuple[Made, ...]:
    """A leaflet for both clinics on both papers."""
    return tuple(
        [
            make(article, clinic, language="en", edition=edition, paper=paper)
            for clinic, paper in product(CLINICS, PAPER_NAMES)
        ]
    )


@cache
def texts(edition: str, article: str) -> tuple[tuple[Shown, ...], ...]:
    return tuple([shown(made.rendering.content) for made in leaflets(edition, article)])


def words_of(pieces: tuple[Shown, ...], page: int = 0) -> str:
    """The words of a page, or of all, spaces folded."""
    lines = joined_lines(pieces)
    return " ".join(" ".join([one.text for one in lines if page in (0, one.page)]).split())


def picture(made: Made, page: int, dots: int = 72) -> Image.Image:
    document = pypdfium2.PdfDocument(made.rendering.content)
    return document[page - 1].render(scale=dots / 72).to_pil().convert("RGB")


# ---- all three -----------------------------------------------------------------------------------


@every_leaflet
def test_no_text_is_below_the_editions_floor(edition: str, article: str) -> None:
    floor = load_theme(edition, "colour").floor
    assert floor >= 9.5
    for pieces in texts(edition, article):
        assert min(piece.size for piece in pieces) >= floor - 0.005


@every_edition
@pytest.mark.parametrize("ink", ["colour", "black"])
def test_sub_and_superscripts_are_not_below_it_either(edition: str, ink: str) -> None:
    pieces = shown(make_feature("marks", edition=edition, ink=ink).rendering.content)
    assert min(piece.size for piece in pieces) >= load_theme(edition, "colour").floor - 0.005
    assert any("2" in piece.text for piece in pieces)


@every_leaflet
def test_nothing_of_the_article_is_lost_or_doubled(edition: str, article: str) -> None:
    for made in leaflets(edition, article):
        fidelity = made.leaflet.fidelity
        assert (fidelity.lost, fidelity.doubled) == ((), ())
        assert fidelity.placed > 0


@every_leaflet
def test_text_keeps_clear_of_filing_holes(edition: str, article: str) -> None:
    for pieces, (_, paper) in zip(
        texts(edition, article), product(CLINICS, PAPER_NAMES), strict=True
    ):
        assert min(piece.x for piece in pieces) >= MARGIN - 0.01
        assert max(piece.right for piece in pieces) <= PAPERS[paper].width - MARGIN + 0.01


@every_leaflet
def test_the_phone_is_on_page_1_and_each_page_has_its_number(edition: str, article: str) -> None:
    for made, pieces in zip(leaflets(edition, article), texts(edition, article), strict=True):
        assert made.clinic.phone in words_of(pieces, 1)
        for page in range(1, made.rendering.pages + 1):
            assert re.search(
                rf"(Page|Página) {page} (of|de) {made.rendering.pages}$", words_of(pieces, page)
            )


@every_leaflet
def test_notes_take_one_page(edition: str, article: str) -> None:
    for made, pieces in zip(leaflets(edition, article), texts(edition, article), strict=True):
        with_label = {piece.page for piece in pieces if LABEL.match(piece.text)}
        assert with_label <= {made.rendering.pages}
        assert made.rendering.pages % 2 == 0


# ---- hard content ----------------------------------------------------------------------------------

TITLE = (
    "Recovering at home after minimally invasive removal of a benign tumor of the adrenal gland and"
    " of the lymph nodes beside it"
)
LONG = "You may feel tired for some days, and that is a usual part of healing at home. " * 95
ITEMS = "\n".join([f"- condition number {number} of the long list" for number in range(1, 401)])
NESTED = "- one\n  - two\n    - three\n      - four has H[2]{.sub}O\n  - five\n- six\n"
HARD = {
    "a long title": (TITLE, "A lead.\n\n## Risks\n\nFew.\n"),
    "a list of 400": ("Sample", f"A lead.\n\n## Causes\n\nMany:\n\n{ITEMS}\n"),
    "a paragraph of pages": ("Sample", f"A lead.\n\n## Risks\n\n{LONG}\n"),
    "nested lists": ("Sample", f"A lead.\n\n## Risks\n\n{NESTED}"),
    "one section": ("Sample", "## Risks\n\nFew.\n"),
}
NAME = "The Hillside and Riverbank Clinic for Disorders of Blood, Marrow and Lymph Nodes"


@cache
def hard(edition: str, name: str, folder: Path) -> tuple[Made, ...]:
    title, body = HARD[name]
    article = write_article(folder, body, title=title)
    more = 'after_hours = "(503) 555-0188"\nemergency = "Call 911 or go to the emergency room."'
    clinic = write_clinic(folder, more=more)
    clinic.write_text(clinic.read_text().replace("Hillside Clinic", NAME))
    return tuple([make(article, clinic, edition=edition, paper=paper) for paper in PAPER_NAMES])


@every_edition
@pytest.mark.parametrize("name", HARD)
def test_hard_content_is_set_whole_and_in_its_sizes(
    edition: str, name: str, tmp_path: Path
) -> None:
    files = []
    for made, paper in zip(hard(edition, name, tmp_path), PAPER_NAMES, strict=True):
        pieces = shown(made.rendering.content)
        assert made.leaflet.fidelity.dropped == ()
        assert min(piece.size for piece in pieces) >= load_theme(edition, "colour").floor - 0.005
        assert max(piece.right for piece in pieces) <= PAPERS[paper].width - MARGIN + 0.01
        assert min(piece.y for piece in pieces) >= 18
        assert NAME in words_of(pieces, 1)
        files.append(tmp_path / f"{paper}.pdf")
        files[-1].write_bytes(made.rendering.content)
    assert check(("ua1", "2a"), files) == []


@every_edition
def test_a_long_title_is_set_in_its_smaller_sizes(edition: str, tmp_path: Path) -> None:
    role = load_theme(edition, "colour").type["title"]
    pieces = shown(hard(edition, "a long title", tmp_path)[0].rendering.content)
    title = [piece for piece in joined_lines(pieces) if piece.tag == "H1"]
    assert {piece.size for piece in title} <= {size for size, _ in role.steps}
    assert len(title[-1].text.split()) > 1


# ---- large print -----------------------------------------------------------------------------------


@large_print
def test_large_print_has_no_italics(article: str) -> None:
    for pieces in texts("large-print", article):
        assert not [piece.font for piece in pieces if "Italic" in piece.font]


@pytest.mark.parametrize("role", load_theme("large-print", "colour").type)
def test_in_large_print_emphasis_shows_by_weight(role: str) -> None:
    look = load_theme("large-print", "colour").type[role]
    heads = {"serif", "bold"}
    assert look.size >= 16
    assert all(size >= 16 for size, _ in look.steps)
    assert look.emphasis != "italic"
    assert look.face in heads or look.emphasis != look.face


def test_lines_of_large_print_hold_58_to_62_characters() -> None:
    full = [
        len(line.text.strip())
        for article in library().articles
        for pieces in texts("large-print", article)
        for line in joined_lines(pieces)
        if line.size == 19 and line.tag == "P" and line.x < MARGIN + 1 and line.right > 520
    ]
    assert len(full) > 50
    assert 56 <= statistics.median(full) <= 62
    assert statistics.quantiles(full, n=20)[-1] <= 64


@large_print
def test_large_print_says_so_and_offers_the_other_forms(article: str) -> None:
    for made, pieces in zip(
        leaflets("large-print", article), texts("large-print", article), strict=True
    ):
        assert re.search("Large print|Letra grande", words_of(pieces, 1))
        last = words_of(pieces, made.rendering.pages)
        if LABEL.search(last):
            assert re.search("another language, audio|otro idioma, en audio", last)
            assert "large print" not in last


@large_print
def test_references_are_one_line_that_says_where_they_are(article: str) -> None:
    made = leaflets("large-print", article)[0]
    assert {one.where for one in made.leaflet.fidelity.dropped} <= {"references"}
    said = words_of(texts("large-print", article)[0])
    assert re.search("For the list of references, see|lista de referencias está en", said)


def test_the_phone_of_the_header_shrinks_when_it_is_long(tmp_path: Path) -> None:
    article = write_article(tmp_path, "A lead.\n")
    sizes = []
    for phone in ("(503) 555-0100", "+44 (0)20 7946 0958 extension 12345"):
        clinic = write_clinic(tmp_path)
        clinic.write_text(clinic.read_text().replace("(503) 555-0100", phone))
        pieces = shown(make(article, clinic, edition="large-print").rendering.content)
        sizes.append(next(piece.size for piece in pieces if phone[-5:] in piece.text))
    assert sizes[0] == 28
    assert 16 <= sizes[1] < 28


def test_the_bar_of_large_print_begins_in_the_accent() -> None:
    made = make("headache", "riverbend", edition="large-print")
    page = picture(made, 1, 144)
    y = round(2 * (40 + load_theme("large-print", "colour").header.bar_top + 2))
    before, after = (page.getpixel((round(2 * (MARGIN + x)), y)) for x in (120, 132))
    assert before != after
    assert before[0] > 200  # the second colour of this clinic is an orange
    assert after[0] < 50


def test_white_below_a_head_is_more_than_the_white_between_lines() -> None:
    (made, *_), (pieces, *_) = (
        leaflets("large-print", "bone-marrow-biopsy"),
        texts("large-print", "bone-marrow-biopsy"),
    )
    lines = [line for line in joined_lines(pieces) if not line.artifact]
    for above, below in pairwise(lines):
        if above.tag == "H2" and above.size == 25 and above.page == below.page:
            assert above.y - below.y >= 33
    assert made.rendering.pages == 6


# ---- the label -------------------------------------------------------------------------------------


def dashed(content: bytes) -> list[tuple[float, float]]:
    """Widths and heights of the dashed boxes of a file, from its content streams."""
    found = []
    for page in PdfReader(io.BytesIO(content)).pages:
        stream = page.get_contents().get_data().decode("latin-1")
        for part in re.findall(r"\[4 3\] 0 d(.*?)\bS\b", stream, re.DOTALL):
            numbers = re.findall(r"(-?[\d.]+) (-?[\d.]+) (?:m|l|c)\b", part)
            xs, ys = zip(*[(float(x), float(y)) for x, y in numbers], strict=True)
            found.append((max(xs) - min(xs), max(ys) - min(ys)))
    return found


@pytest.mark.parametrize("edition", ["standard", *EDITIONS])
@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_box_has_the_clinics_label_with_room_round_it_and_says_its_size(
    edition: str, name: str, language: str, tmp_path: Path
) -> None:
    clinic, label = write_clinic(tmp_path, more=f'label = "{name}"'), LABELS[name]
    for paper in PAPER_NAMES:
        made = make(
            "bone-marrow-biopsy",
            clinic,
            edition=edition,
            paper=paper,
            language=language,
            notes="always",
        )
        ((width, height),) = dashed(made.rendering.content)
        assert width == pytest.approx((label.width + 4) * MM, abs=0.1)
        assert height == pytest.approx((label.height + 4) * MM, abs=0.1)
        said = words_of(shown(made.rendering.content), made.rendering.pages)
        assert f"({label.width:g} × {label.height:g} mm)" in said
        assert re.search("another language|otro idioma", said)


# ---- tables as lines, boxes that stack, what keeps together ----------------------------------------


def lines_in(folder: Path, body: str, clinic: str = "") -> list[Shown]:
    """The lines of a small article in large print, on pages of their own order."""
    made = make(
        write_article(folder, body), write_clinic(folder, more=clinic), edition="large-print"
    )
    return [line for line in joined_lines(shown(made.rendering.content)) if not line.artifact]


def test_a_table_of_two_columns_says_its_heads_once(tmp_path: Path) -> None:
    table = "| Activity | When |\n|---|---|\n| Work | After a week |\n| Sports | After a month |\n"
    said = [line.text.strip() for line in lines_in(tmp_path, f"Lead.\n\n## Risks\n\n{table}")]
    start = said.index("Activity: When")
    assert said[start : start + 3] == [
        "Activity: When",
        "Work: After a week",
        "Sports: After a month",
    ]


def test_in_a_wider_table_each_cell_has_its_columns_head_and_rows_stand_apart(
    tmp_path: Path,
) -> None:
    table = (
        "| Day | Do | Do not |\n|---|---|---|\n| Monday | Rest | Run |\n| Friday | Walk | Lift |\n"
    )
    rows = {
        line.text.strip(): line.y for line in lines_in(tmp_path, f"Lead.\n\n## Risks\n\n{table}")
    }
    within = rows["Monday: Do: Rest"] - rows["Do not: Run"]
    between = rows["Do not: Run"] - rows["Friday: Do: Walk"]
    assert 27 <= within < between


def test_a_row_of_a_table_stays_on_one_page(tmp_path: Path) -> None:
    row = "| {0} | Do {0}. Rest at home. | Do not {0}. |\n"
    table = "| Day | Yes | No |\n|---|---|---|\n" + "".join([row.format(n) for n in range(40)])
    lines = lines_in(tmp_path, f"Lead.\n\n## Risks\n\n{table}")
    for number in range(40):
        pages = {line.page for line in lines if re.search(rf"(Do|not) {number}\.", line.text)}
        assert len(pages) == 1


EMERGENCY = 'emergency = "Call 911 or go to the emergency room."\nhours = "Monday to Friday"'


@pytest.mark.parametrize("count", range(2, 24))
def test_boxes_for_calls_stack_closely_on_one_page(count: int, tmp_path: Path) -> None:
    body = "Lead.\n\n## Risks\n\n" + "Few people bleed after this test at all.\n\n" * count
    lines = lines_in(tmp_path, body, EMERGENCY)
    hours = next(line for line in lines if "Monday to Friday" in line.text)
    head = next(line for line in lines if line.text.strip() == "Emergency")
    assert hours.page == head.page
    assert hours.y - head.y < 80  # the rest of its line, 16 of inset, 16 of white, half a band


@pytest.mark.parametrize("count", range(9, 24))
def test_a_sub_head_keeps_three_lines_of_its_text(count: int, tmp_path: Path) -> None:
    body = "Lead.\n\n## Risks\n\n" + "- Few bleed.\n" * count
    body += "\n### Pain\n\n" + "It may hurt for some days after the test. " * 6
    lines = lines_in(tmp_path, body)
    start = next(n for n, line in enumerate(lines) if line.text.strip() == "Pain")
    assert len({line.page for line in lines[start : start + 4]}) == 1


def test_every_fact_at_a_glance_has_an_icon_that_there_is() -> None:
    for language in strings.languages():
        assert set(strings.load(language).glance.values()) <= set(ICONS)
    assert len(set(strings.load("en").glance.values())) >= 15
