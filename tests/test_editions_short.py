"""Editions for little paper, `one-sheet` and `summary`, and `--max-pages`: they fit, or say why not."""

import io
import re
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from command import make as run
from command import told
from layouts import document, seen, setter
from leaflets import SEED, articles, make, write_article, write_clinic
from pypdf import PdfReader
from verapdf import check

from handouts.document import (
    Block,
    Callout,
    Cell,
    Columns,
    Figure,
    Heading,
    Section,
    Slot,
    Table,
    paragraph,
    text,
    texts,
)
from handouts.errors import LayoutError, RightsError
from handouts.layout.pages import Layout, lay_out
from handouts.make import Made
from handouts.marks import ShapeMark, own_marks
from handouts.pdf.claims import CLAIMS
from handouts.values import replace

ALL = [
    {"article": name, "language": language, "clinic": clinic, "paper": paper}
    for name, language in articles()
    for clinic, paper in product(("northgate", "riverbend"), ("a4", "letter"))
]
FACTS = """
[glance]
Where = "At the clinic"
"How long" = "An hour"
Results = "In a week"
"""
PROSE = "You can eat and drink as you like before the test, and go home soon after it. "


@cache
def built_in(edition: str) -> tuple[Made, ...]:
    return tuple([make(**wish, edition=edition) for wish in ALL])


def reader(made: Made) -> PdfReader:
    return PdfReader(io.BytesIO(made.rendering.content))


def words(content: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", content))


def extracted(made: Made) -> str:
    return "\n".join([page.extract_text() for page in reader(made).pages])


def on_paper(made: Made) -> bool:
    """Whether each word of the document stands on the pages as often as in it.

    A word that is broken at the end of a line counts as a whole.
    """
    content = extracted(made)
    missing = words("\n".join(texts(made.leaflet.document.blocks))) - words(content)
    return all(word in squeezed(content) for word in missing)


def squeezed(content: str) -> str:
    return "".join(content.split())


def sizes(made: Made) -> set[float]:
    """Every size of type that the pages set."""
    found = [
        float(size)
        for page in reader(made).pages
        for size in re.findall(r"/\S+ ([\d.]+) Tf", page.get_contents().get_data().decode("latin1"))  # type: ignore[union-attr]
    ]
    return set(found)


# ---- what there is in the library ---------------------------------------------------------------


def test_one_sheet_has_two_pages_or_is_the_standard_edition_and_says_so() -> None:
    for made in built_in("one-sheet"):
        if made.made_as == "one-sheet":
            assert (made.rendering.pages, made.rendering.sheets) == (2, 1)
        else:
            assert made.made_as == "standard"
            assert any("made as the edition standard" in warning for warning in made.warnings)
        assert made.leaflet.fidelity.dropped == ()
        assert on_paper(made)


def test_the_biopsy_fits_on_one_sheet_on_both_papers_for_both_clinics() -> None:
    made = [one for one in built_in("one-sheet") if one.article.id == "bone-marrow-biopsy"]
    english = [one for one in made if one.article.language == "en"]
    assert [one.made_as for one in english] == ["one-sheet"] * 4


def test_a_summary_is_one_page_with_whole_sections_and_the_way_to_the_rest() -> None:
    for made in built_in("summary"):
        assert (made.made_as, made.rendering.pages) == ("summary", 1)
        assert on_paper(made)
        content = extracted(made)
        assert ("One-page summary" in content) or ("Resumen de una página" in content)
        assert made.article.qr_url.partition("://")[2] in squeezed(content)
        assert made.clinic.phone in content
        assert _sections_are_whole(made)


def _sections_are_whole(made: Made) -> bool:
    """Whether each section of the article is in the summary whole, or not at all."""
    partly = {one.where for one in made.leaflet.fidelity.dropped}
    heads = [
        block
        for block in made.leaflet.document.blocks
        if isinstance(block, Section) and block.heading is not None
    ]
    sections = {section.title: list(texts(section.blocks)) for section in made.article.sections}
    whole = [title for title, body in sections.items() if body and title not in partly]
    return len(heads) == len(whole) > 0


def test_no_text_of_them_is_below_its_floor() -> None:
    for made in (*built_in("one-sheet"), *built_in("summary")):
        assert min(sizes(made)) >= 9.5 * 0.62  # sub- and superscripts
        assert 13.0 in sizes(made) or 12.5 in sizes(made) or 12.0 in sizes(made)


# ---- hard content -------------------------------------------------------------------------------

_LIST = "\n".join([f"- thing number {number} of the list" for number in range(1, 401)])
_WIDE = "| Day | Morning | Noon | Evening | Night |\n|---|---|---|---|---|\n" + "\n".join(
    [f"| Day {n} | {n} pills of it | a rest | a walk of {n} minutes | sleep |" for n in range(1, 9)]
)
_NESTED = "- one\n  - two\n    - three\n      - four, with some more words\n  - five\n- six\n" * 6
HARD = {
    "long-title": ("## Symptoms\n\nIt hurts.\n\n## Causes\n\nA fall.\n", "Long word " * 12),
    "list": (f"Few words.\n\n## Symptoms\n\n{_LIST}\n", "List"),
    "paragraph": (f"## Symptoms\n\n{PROSE * 110}\n\n## Causes\n\nA fall.\n", "Paragraph"),
    "nested": (f"## Symptoms\n\n{_NESTED}\n", "Nested"),
    "one-section": ("## Symptoms\n\nIt hurts.\n", "One section"),
    "no-section": ("Only a few words.\n", "No section"),
    "wide-table": (f"## Symptoms\n\n{_WIDE}\n\n## Causes\n\nA fall.\n", "Wide"),
    "tall-box": (f"## Symptoms\n\n> [!ACTION] Do this\n> {PROSE * 40}\n", "Box"),
}


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("edition", ["one-sheet", "summary"])
def test_hard_content_loses_no_word_and_fits_or_is_told(
    edition: str, paper: str, tmp_path: Path
) -> None:
    paths = []
    clinic = write_clinic(tmp_path)
    for name, (body, title) in HARD.items():
        article = write_article(tmp_path, body, title=title.strip(), name=name)
        made = make(article, clinic, edition=edition, paper=paper)
        fits = made.rendering.pages <= {"one-sheet": 2, "summary": 1}[edition]
        assert fits or (made.made_as != edition and "made as" in " ".join(made.warnings)), name
        assert on_paper(made), name
        assert made.leaflet.abridged or made.leaflet.fidelity.dropped == (), name
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(made.rendering.content)
    assert check(CLAIMS["ua1"].flavours, paths) == []


def test_a_section_that_has_no_room_is_left_out_whole_and_the_next_is_shown(
    tmp_path: Path,
) -> None:
    body = f"A fall.\n\n## Symptoms\n\n{_LIST}\n\n## Treatment\n\nRest.\n"
    made = make(write_article(tmp_path, body), write_clinic(tmp_path), edition="summary")
    content = reader(made).pages[0].extract_text()
    assert "Rest." in content
    assert "thing number" not in content
    assert {one.where for one in made.leaflet.fidelity.dropped} == {"Symptoms"}


# ---- summary ------------------------------------------------------------------------------------


def summary(folder: Path, body: str, **more: Any) -> str:  # noqa: ANN401 (what an article has)
    article = write_article(folder, body, **more)
    made = make(article, write_clinic(folder, more='emergency = "Call 911"'), edition="summary")
    return " ".join(reader(made).pages[0].extract_text().split())


FIVE = """
## Outlook
Soon well.

## Risk Factors
Old age.

## Causes
A fall.

## Treatment
Rest.

## Symptoms
Pain.
"""


def test_sections_are_chosen_by_what_they_are_about_not_by_their_place(tmp_path: Path) -> None:
    content = summary(tmp_path, FIVE)
    assert content.index("Pain.") < content.index("Rest.") < content.index("Soon well.")
    assert "A fall." not in content


def test_a_section_with_an_emergency_box_is_always_in_the_summary_and_last(tmp_path: Path) -> None:
    body = f"{FIVE}\n## Living with It\n> [!EMERGENCY] Act now\n> if you faint.\n"
    content = summary(tmp_path, body)
    assert content.index("Pain.") < content.index("Act now") < content.index("Call us")
    assert "Emergency" not in content


def test_the_clinics_emergency_box_stands_where_the_summary_shows_none_of_the_articles(
    tmp_path: Path,
) -> None:
    assert "Emergency Call 911" in summary(tmp_path, FIVE)


def test_without_an_address_one_can_ask_for_the_full_leaflet(tmp_path: Path) -> None:
    content = summary(tmp_path, FIVE)
    assert "Ask us for the full leaflet." in content
    assert "Full leaflet:" not in content
    long = f'qr_url = "https://sample.example/{"a" * 60}"'
    content = summary(tmp_path, FIVE, more=long)
    assert "Full leaflet: sample.example/aaa" in content


def test_a_summary_has_no_notes_page_even_if_asked() -> None:
    made = make("headache", edition="summary", notes="always")
    assert made.rendering.pages == 1


def test_on_letterhead_a_summary_still_says_what_it_is(tmp_path: Path) -> None:
    clinic = write_clinic(tmp_path, brand="letterhead = true")
    made = make(write_article(tmp_path, FIVE), clinic, edition="summary")
    assert "One-page summary · The full leaflet has more" in extracted(made)


def test_notices_are_in_the_summary_whole() -> None:
    made = make("bone-marrow-biopsy", edition="summary")
    (notice,) = made.article.rights.notices
    assert notice in " ".join(reader(made).pages[0].extract_text().split())


def test_what_a_summary_leaves_out_is_told_in_one_line_and_listed_in_json(tmp_path: Path) -> None:
    ran = run("headache", "--clinic", "riverbend", "--edition", "summary", "-o", tmp_path / "a.pdf")
    lines = [line for line in ran.stderr.splitlines() if "leaves out" in line]
    assert len(lines) == 1
    assert "references" in lines[0]
    assert "not on paper" not in ran.stderr
    report = told(
        "headache", "--clinic", "riverbend", "--edition", "summary", "-o", tmp_path / "a.pdf"
    )
    assert len(report["dropped"]) > 10


LICENSED = """+++
kind = "condition"
title = "Sample leaflet"
language = "en"
[rights]
holder = "The Publisher"
status = "licensed"
may_edit = false
+++
"""


@pytest.mark.parametrize("abridge", [True, False])
def test_text_that_may_not_be_edited_is_abridged_only_with_a_licence_for_it(
    tmp_path: Path, *, abridge: bool
) -> None:
    article = tmp_path / "sample.md"
    article.write_text(LICENSED + FIVE, encoding="utf-8")
    clinic = write_clinic(
        tmp_path,
        brand=(
            '[[licences]]\nholder = "The Publisher"\nreference = "P-1"\n'
            f"abridge = {str(abridge).lower()}\n"
        ),
    )
    if not abridge:
        with pytest.raises(RightsError, match="may not be abridged"):
            make(article, clinic, edition="summary")
        return
    made = make(article, clinic, edition="summary")
    content = reader(made).pages[0].extract_text()
    assert made.made_as == "summary"
    assert "Treatment" in content  # its own heads


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside the repository")
def test_the_seed_article_is_not_abridged_without_a_licence() -> None:
    with pytest.raises(RightsError, match="may not be abridged"):
        make(SEED, edition="summary")


# ---- one sheet ----------------------------------------------------------------------------------


def test_a_sheet_with_one_page_of_text_has_the_notes_page_on_its_back(tmp_path: Path) -> None:
    body, title = HARD["one-section"]
    article = write_article(tmp_path, body, title=title, kind="test", more=FACTS)
    made = make(article, write_clinic(tmp_path), edition="one-sheet")
    assert made.rendering.pages == 2
    assert "Your visit" in reader(made).pages[1].extract_text()


def one_sheet(*blocks: Block) -> Layout:
    return lay_out(document(*blocks), setter(edition="one-sheet"), "never")


def shapes(layout: Layout) -> list[ShapeMark]:
    (page,) = layout.pages
    return [mark for mark in own_marks(page) if isinstance(mark, ShapeMark)]


def sections(*names: str) -> tuple[Section, ...]:
    return tuple([Section(Heading(2, text(name)), (paragraph(PROSE * 8),)) for name in names])


LEFT, RIGHT = 57, 317
"""Where the columns begin, in points."""


@pytest.mark.parametrize(("boxes", "columns"), [(1, {RIGHT}), (2, {LEFT, RIGHT})])
def test_one_phone_box_stands_at_the_end_of_the_columns_two_stand_across(
    boxes: int, columns: set[int]
) -> None:
    box = (Callout("action", text("Call us"), (paragraph("(503) 555-0100"),), level=2),)
    layout = one_sheet(*sections("One", "Two"), Slot("contact", (Columns((box,) * boxes),)))
    bands = [mark for mark in shapes(layout) if mark.fill == "tint"]
    lines = [line for line in seen(layout) if line.words.startswith("You can")]
    assert {int(mark.x) for mark in bands} == columns
    assert len({mark.y for mark in bands}) == 1
    assert {round(line.x) for line in lines} == {LEFT, RIGHT}
    assert min(line.y for line in lines if round(line.x) == RIGHT) > bands[0].y


def test_the_rule_of_what_sinks_to_the_foot_sinks_with_it() -> None:
    about = Section(Heading(2, text("About")), (paragraph("Source."),), place="foot")
    layout = one_sheet(*sections("One", "Two"), paragraph("Across."), about)
    (head,) = [line for line in seen(layout) if line.words == "About"]
    rules = [mark.y for mark in shapes(layout) if mark.stroke == "line" and "498.6" in mark.path]
    assert any(0 < y - head.y < 30 for y in rules)


def test_what_stands_at_the_foot_beside_a_code_has_a_rule_and_needs_no_head() -> None:
    code = Figure("qr:https://sample.example", "QR code")
    about = Section(None, (paragraph("Source."),), side=(code,), place="foot")
    plain = replace(about, side=())
    ruled = [mark for mark in shapes(one_sheet(*sections("One"), about)) if "498.6" in mark.path]
    bare = [mark for mark in shapes(one_sheet(*sections("One"), plain)) if "498.6" in mark.path]
    assert len(ruled) == len(bare) + 1


def test_a_row_of_a_table_is_one_line_in_narrow_columns() -> None:
    head = tuple([Cell((paragraph(name),), header=True) for name in ("When", "mg/dL", "mmol/L")])
    row = tuple([Cell((paragraph(cell),)) for cell in ("Before", "80", "4.4")])
    layout = one_sheet(Section(Heading(2, text("Targets")), (Table((head,), (row,)),)))
    words = [line.words for line in seen(layout)]
    assert "When: mg/dL · mmol/L" in words
    assert "Before: 80 · 4.4" in words


# ---- at most so many pages ----------------------------------------------------------------------


def test_a_leaflet_that_is_short_enough_stays_as_it_is() -> None:
    plain, limited = make("headache"), make("headache", most_pages=4)
    assert limited.rendering.content == plain.rendering.content
    assert limited.warnings == plain.warnings


def test_the_notes_page_is_left_out_where_it_would_break_the_limit() -> None:
    made = make("bone-marrow-biopsy", most_pages=3)
    assert (made.made_as, made.rendering.pages) == ("standard", 3)
    asked = make("bone-marrow-biopsy", most_pages=3, notes="always")
    assert asked.rendering.pages == 3
    assert "no notes page: the leaflet may have 3 pages" in asked.warnings


def test_references_get_short_before_the_edition_changes(tmp_path: Path) -> None:
    entries = "\n".join([f"{n}. Smith J. *A Book of Knees*. Press; {n}." for n in range(1, 90)])
    article = write_article(tmp_path, f"{FIVE}\n## References\n\n{entries}\n")
    made = make(article, write_clinic(tmp_path), most_pages=1)
    assert (made.made_as, made.rendering.pages) == ("standard", 1)
    assert "to fit on one page: references in short form" in made.warnings
    assert {one.where for one in made.leaflet.fidelity.dropped} == {"references"}


def test_a_leaflet_that_is_too_long_becomes_one_sheet_and_says_so(tmp_path: Path) -> None:
    ran = run(
        *("bone-marrow-biopsy", "--clinic", "riverbend", "--max-pages", 2),
        *("-o", tmp_path / "a.pdf"),
    )
    assert "2 pages, for Riverbend" in ran.stderr
    assert "made as the edition one-sheet" in ran.stderr
    report = told("bone-marrow-biopsy", "--clinic", "riverbend", "--max-pages", 2)
    assert (report["edition"], report["made_as"]) == ("standard", "one-sheet")
    assert (report["pages"], report["sheets"], report["dropped"]) == (2, 1, [])


def test_what_does_not_fit_even_so_is_refused_and_says_by_how_much(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    ran = run("bone-marrow-biopsy", "--clinic", "riverbend", "--max-pages", 1, "-o", out)
    assert ran.exit_code == 7
    assert "needs 2 pages, 1 more than the 1 it may have, even as one-sheet" in ran.stderr
    assert not out.exists()


@pytest.mark.parametrize("edition", ["large-print", "comfort"])
def test_a_reader_who_asked_for_larger_text_gets_no_smaller_one(edition: str) -> None:
    with pytest.raises(LayoutError, match="more than the 2 it may have"):
        make("bone-marrow-biopsy", edition=edition, most_pages=2)


def test_an_edition_with_a_limit_of_its_own_falls_back_within_the_users() -> None:
    made = make("knee-arthroscopy", edition="one-sheet", most_pages=4, paper="letter")
    assert made.made_as in ("one-sheet", "standard")
    assert made.rendering.pages <= 4


def test_a_limit_is_a_number_of_pages() -> None:
    assert run("headache", "--clinic", "riverbend", "--max-pages", 0).exit_code == 2
