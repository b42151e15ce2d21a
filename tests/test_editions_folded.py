"""Tri-fold and booklet: read back from the files, they stand where the folds want them."""

import io
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import command
import drawn
import pytest
import verapdf
from leaflets import articles, library, make, write_article, write_clinic
from pypdf import PdfReader

from handouts.errors import LayoutError, Place
from handouts.make import Made
from handouts.pdf.claims import CLAIMS
from handouts.pdf.readback import Node, artifacts, logical_text, tree
from handouts.theme import load_theme
from handouts.verify import verify_bytes

FOLDED = ("trifold", "booklet")
TRIFOLD, BOOKLET = load_theme("trifold", "colour"), load_theme("booklet", "colour")
SIDES = (TRIFOLD.fold.outside, TRIFOLD.fold.inside)
ARTICLES = tuple(library().articles)
BIOPSY = "bone-marrow-biopsy"
LONG_TITLE = (
    "Getting ready for your scan of the heart and of the large vessels "
    "with contrast medicine if you have kidney problems too"
)
LONG_NAME = "Riverbend Center for Blood Disorders and Cancer of Clackamas County"
PaperName = Literal["letter", "a4"]
PAPER_NAMES: tuple[PaperName, ...] = ("letter", "a4")


def panel_lines(made: Made, paper: str) -> dict[str, list[drawn.Shown]]:
    """Each panel's lines, from top to bottom, by the place on the sheet where they begin."""
    found: dict[str, list[drawn.Shown]] = {}
    for line in drawn.lines(made.rendering.content):
        left = 0.0
        for name, width in SIDES[line.page - 1][paper]:
            if left <= line.x < left + width:
                found.setdefault(name, []).append(line)
            left += width
    return {name: sorted(lines, key=lambda one: -one.y) for name, lines in found.items()}


def words(lines: list[drawn.Shown]) -> str:
    return command.fold(" ".join([line.text for line in lines]))


@pytest.mark.parametrize(("edition", "count"), [("trifold", 155), ("booklet", 140)])
def test_a_paragraph_on_several_pages_is_read_from_its_beginning(
    edition: str, count: int, tmp_path: Path
) -> None:
    said = " ".join([f"On day {day} rest for an hour." for day in range(count)])
    path = write_article(tmp_path, f"Rest well.\n\n## Rest\n\n{said} [Help](https://a.example).\n")
    made = make(path, write_clinic(tmp_path), edition=edition)
    assert f"{said} Help." in command.fold(logical_text(made.rendering.content))
    sides = {line.page for line in drawn.lines(made.rendering.content) if "On day" in line.text}
    assert sides == {1, 2}, "it goes on where the sheet is turned"


# ---- tri-fold ----------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_each_panel_has_the_words_that_belong_on_it(paper: PaperName) -> None:
    panels = panel_lines(make(BIOPSY, edition="trifold", paper=paper), paper)
    assert list(panels) == [*[name for side in SIDES for name, _ in side[paper]]]
    for name, said in {
        "cover": ("About your test", "Bone marrow biopsy", "so it can be studied.", "Where"),
        "1": ("Bone marrow biopsy Marrow is", "Why do I need this test?", "How do I get ready?"),
        "2": ("What will happen?", "bone marrow aspiration"),
        "3": ("What are the risks?", "What do the results mean?"),
        "4": ("What else can it help find?", "Low counts with no known cause"),
        "back": ("Call us", "(503) 555-0142", "Call 911", "My visit", "riverbend.example/bmb"),
    }.items():
        assert command.in_order(words(panels[name]), *said), name


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("article", [BIOPSY, "headache"])
def test_no_text_of_a_panel_comes_near_a_fold_or_an_edge(article: str, paper: PaperName) -> None:
    fold, page = TRIFOLD.fold, TRIFOLD.page
    made = make(article, edition="trifold", paper=paper)
    height = float(PdfReader(io.BytesIO(made.rendering.content)).pages[0].mediabox.height)
    panels = panel_lines(made, paper)
    for side in SIDES:
        left = 0.0
        for number, (name, width) in enumerate(side[paper]):
            before, behind = (fold.margin if number == end else fold.fold_margin for end in (0, 2))
            for line in panels[name]:
                assert line.x >= left + before - 0.01, line
                assert line.right <= left + width - behind + 0.01, line
                assert page.bottom - 1 <= line.y <= height - page.top, line
            left += width


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_panel_of_text_opens_with_a_head(language: str) -> None:
    panels = panel_lines(make(BIOPSY, edition="trifold", language=language), "letter")
    for name in ("1", "2", "3", "4"):
        assert panels[name][0].font.startswith("SourceSerif"), panels[name][0]


def test_a_head_that_stands_again_on_the_next_panel_is_read_once(tmp_path: Path) -> None:
    said = " ".join([f"This is sentence {n} of a long story." for n in range(110)])
    article = write_article(tmp_path, f"## The story\n\n{said}\n")
    made = make(article, edition="trifold")
    assert made.made_as == "trifold"
    opening = [lines[0] for name, lines in panel_lines(made, "letter").items() if name in "12"]
    assert [(line.text.strip(), line.tag) for line in opening] == [
        ("The story", "H2"),
        ("The story", "Artifact"),
    ]
    assert logical_text(made.rendering.content).count("The story") == 1


def test_a_long_summary_begins_on_the_cover_and_goes_on_inside(tmp_path: Path) -> None:
    lead = "Asthma makes it hard to breathe. " + "It often begins in childhood, at night. " * 6
    made = make(write_article(tmp_path, f"{lead}\n\n## Causes\n\nDust.\n"), edition="trifold")
    panels = panel_lines(made, "letter")
    assert "Asthma makes it hard" in words(panels["cover"])
    assert words(panels["1"]).startswith("Sample leaflet It often begins")
    assert made.leaflet.fidelity.dropped == ()


def test_a_short_summary_stands_on_the_cover_alone(tmp_path: Path) -> None:
    made = make(
        write_article(tmp_path, "Asthma is common.\n\n## Causes\n\nDust.\n"), edition="trifold"
    )
    panels = panel_lines(made, "letter")
    assert "Asthma is common." in words(panels["cover"])
    assert words(panels["1"]).startswith("What causes it?")


def test_what_the_cover_leaves_of_the_summary_stands_under_no_head_that_may_be_wrong(
    tmp_path: Path,
) -> None:
    lead = "Stop your tablets five days before. " * 6 + "Bring your yellow book."
    body = f"{lead}\n\n## Description {{description}}\n\nThe airways swell.\n"
    made = make(write_article(tmp_path, body), edition="trifold")
    assert words(panel_lines(made, "letter")["1"]) == (
        "Sample leaflet Bring your yellow book. What is it? The airways swell."
    )


def test_a_cover_without_facts_has_room_for_a_longer_summary(tmp_path: Path) -> None:
    lead = f"Stop your tablets {'some days ' * 12}before. Bring your yellow book."
    plain = write_article(tmp_path, f"{lead}\n\n## Diet\n\nEat.\n")
    strip = '[glance]\nWhere = "Here"\nWhen = "Now"\nHow = "Well"\n'
    facts = write_article(tmp_path, f"{lead}\n\n## Diet\n\nEat.\n", name="facts")
    front = facts.read_text(encoding="utf-8").replace("\n+++\n", f"\n{strip}+++\n", 1)
    facts.write_text(front, encoding="utf-8")
    whole, parted = (
        words(panel_lines(make(one, edition="trifold"), "letter")["cover"])
        for one in (plain, facts)
    )
    assert "Bring your yellow book." in whole
    assert "Bring your yellow book." not in parted


@pytest.mark.parametrize("letters", range(10, 20))
def test_no_line_of_other_names_begins_with_the_dot_between_them(
    tmp_path: Path, letters: int
) -> None:
    names = ", ".join([f'"{"n" * letters} {number}"' for number in range(6)])
    article = write_article(tmp_path, "Lead.\n", more=f"synonyms = [{names}]")
    made = make(article, edition="trifold")
    lines = [line.text.strip() for line in panel_lines(made, "letter")["cover"]]
    assert any("·" in line for line in lines)
    assert not any(line.startswith("·") for line in lines)


def test_fields_for_the_visit_give_way_to_the_clinics_words(tmp_path: Path) -> None:
    article = write_article(tmp_path, "Short.\n\n## Causes\n\nDust.\n")
    notices = "".join(
        [f'"Notice {n} of the holder, who wants it printed whole. ",' for n in range(9)]
    )
    full = write_article(tmp_path, "Short.\n\n## Causes\n\nDust.\n", name="full")
    full.write_text(
        full.read_text(encoding="utf-8").replace(
            'status = "own"', f'status = "own"\nnotices = [{notices}]'
        ),
        encoding="utf-8",
    )
    roomy, crowded = (make(one, edition="trifold") for one in (article, full))
    assert (roomy.made_as, crowded.made_as) == ("trifold", "trifold")
    assert "My visit" in logical_text(roomy.rendering.content)
    said = logical_text(crowded.rendering.content)
    assert "My visit" not in said
    assert "Notice 8 of the holder" in said
    assert crowded.leaflet.fidelity.dropped == ()


def test_panels_without_text_are_for_notes_and_are_read_before_the_back(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "Short.\n\n## Causes\n\nDust.\n"), edition="trifold")
    panels = panel_lines(made, "letter")
    assert [words(panels[name]) for name in ("2", "3", "4")] == [
        "My notes",
        "From your care team",
        "My questions",
    ]
    read = command.fold(logical_text(made.rendering.content))
    assert command.in_order(read, "Dust.", "My notes", "My questions", "Call us")
    without = make(
        write_article(tmp_path, "Short.\n\n## Causes\n\nDust.\n"), edition="trifold", notes="never"
    )
    assert "My questions" not in logical_text(without.rendering.content)


# ---- booklet -----------------------------------------------------------------------------------


def page_numbers(made: Made) -> list[list[int]]:
    """The numbers that the footers of each side say, from left to right."""
    lines = [line for line in drawn.lines(made.rendering.content) if line.text.startswith("Page ")]
    lines.sort(key=lambda line: (line.page, line.x))
    return [
        [int(line.text.split()[1]) for line in side]
        for _, side in groupby(lines, lambda line: line.page)
    ]


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_booklets_pages_stand_as_saddle_stitching_wants_them(
    article: str, paper: PaperName
) -> None:
    made = make(article, edition="booklet", paper=paper)
    count = 2 * made.rendering.pages
    assert count % 4 == 0
    assert page_numbers(made) == [
        pair
        for n in range(0, count // 2, 2)
        for pair in ([count - n, 1 + n], [2 + n, count - 1 - n])
    ]


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_right_hand_pages_of_a_booklet_have_their_wide_margin_at_the_left(paper: PaperName) -> None:
    made = make(BIOPSY, edition="booklet", paper=paper)
    side = PdfReader(io.BytesIO(made.rendering.content)).pages[0]
    half = float(side.mediabox.width) / 2
    for line in drawn.lines(made.rendering.content):
        left, x, right = line.x < half, line.x, line.right
        assert x >= (40.0 if left else half + 45.0) - 0.01
        assert right <= (half - 45.0 if left else 2 * half - 40.0) + 0.01


@pytest.mark.parametrize("article", ARTICLES)
def test_no_patients_label_stands_on_the_back_cover(article: str) -> None:
    made = make(article, edition="booklet", imposed=False)
    last = made.rendering.pages
    labels = [
        line.page for line in drawn.lines(made.rendering.content) if "Patient label" in line.text
    ]
    assert last not in labels


def test_notes_fill_the_last_sheet_of_a_booklet_or_not_as_asked(tmp_path: Path) -> None:
    article = write_article(tmp_path, "Short.\n\n## Causes\n\nDust.\n")
    pages = {
        notes: make(article, edition="booklet", imposed=False, notes=notes).rendering.pages
        for notes in ("odd", "never")
    }
    assert pages == {"odd": 4, "never": 2}


def test_a_booklet_has_more_pages_than_a_stapler_takes_as_standard(tmp_path: Path) -> None:
    items = "".join([f"- item {n}, {'and more ' * 9}\n" for n in range(400)])
    made = make(write_article(tmp_path, f"## List\n\n{items}"), edition="booklet")
    assert made.made_as == "standard"
    (told,) = [warning for warning in made.warnings if warning.startswith("made as")]
    assert "the edition standard: as booklet it needs" in told
    assert told.endswith("pages, it may have 16")


# ---- both --------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", FOLDED)
@pytest.mark.parametrize("article", [BIOPSY, "headache"])
def test_imposed_or_not_a_leaflet_reads_the_same(article: str, edition: str) -> None:
    imposed = make(article, edition=edition).rendering
    single = make(article, edition=edition, imposed=False).rendering
    assert logical_text(imposed.content) == logical_text(single.content)
    assert (single.pages, imposed.pages) in ((6, 2), (8, 4))


@pytest.mark.parametrize("edition", FOLDED)
def test_pages_one_by_one_pass_the_checks_of_design_too(tmp_path: Path, edition: str) -> None:
    article = write_article(tmp_path, "It hurts.\n\n## Risks\n\nOne.\n")
    content = make(article, edition=edition, imposed=False).rendering.content
    assert verify_bytes(content, "leaflet.pdf", design=True).findings == ()


@pytest.mark.parametrize("edition", FOLDED)
def test_the_tags_follow_the_pages_as_they_are_read(edition: str) -> None:
    """A file that is not imposed is drawn in the order in which it is read."""
    content = make(BIOPSY, edition=edition, imposed=False).rendering.content
    tags = ("H1", "H2")
    seen = [line.text for line in drawn.lines(content) if line.tag in tags]
    heads = [_said(node) for node in _nodes(tree(content)) if node.tag in tags]
    assert command.fold(" ".join(seen)) == command.fold(" ".join(heads))
    assert heads[0] == "Bone marrow biopsy"


def _nodes(node: Node) -> list[Node]:
    return [node, *[one for kid in node.kids if isinstance(kid, Node) for one in _nodes(kid)]]


def _said(node: Node) -> str:
    return command.fold(
        " ".join([kid if isinstance(kid, str) else _said(kid) for kid in node.kids])
    )


@pytest.mark.parametrize("edition", FOLDED)
def test_printers_are_asked_to_turn_the_sheets_over_their_short_edge(edition: str) -> None:
    catalog: Any = PdfReader(
        io.BytesIO(make(BIOPSY, edition=edition).rendering.content)
    ).root_object
    assert catalog["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"


@pytest.mark.parametrize("clinic", ["riverbend", "northgate"])
@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("edition", FOLDED)
def test_every_built_in_article_loses_nothing_but_its_references(
    edition: str, paper: PaperName, clinic: str
) -> None:
    for article, language in articles():
        made = make(article, clinic, language=language, edition=edition, paper=paper)
        assert {one.where for one in made.leaflet.fidelity.dropped} <= {"references"}
        assert made.leaflet.fidelity.doubled == ()
        assert made.made_as == edition or any("made as" in one for one in made.warnings)


def test_folded_editions_conform_to_the_newer_standards_if_asked(tmp_path: Path) -> None:
    paths = [tmp_path / f"{edition}.pdf" for edition in FOLDED]
    for edition, path in zip(FOLDED, paths, strict=True):
        path.write_bytes(make(BIOPSY, edition=edition, claims="ua2").rendering.content)
    assert verapdf.check(CLAIMS["ua2"].flavours, paths) == []


@pytest.mark.parametrize("edition", FOLDED)
@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_no_text_is_too_small_or_where_printers_cannot_reach(
    edition: str, paper: PaperName
) -> None:
    made = make(BIOPSY, edition=edition, paper=paper)
    assert made.made_as == edition
    page = PdfReader(io.BytesIO(made.rendering.content)).pages[0].mediabox
    for line in drawn.lines(made.rendering.content):
        assert line.size >= 9.5
        assert 18 <= line.x <= line.right <= float(page.width) - 18
        assert 18 <= line.y <= float(page.height) - 18


@pytest.mark.parametrize("edition", FOLDED)
@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_hard_content_keeps_the_edition_and_every_word(
    edition: str, paper: PaperName, tmp_path: Path
) -> None:
    clinic = write_clinic(tmp_path, more='address = ["1 Long Road", "Salem, OR 97301"]')
    clinic.write_text(
        clinic.read_text(encoding="utf-8").replace("Hillside Clinic", LONG_NAME), encoding="utf-8"
    )
    assert len(LONG_TITLE) == 120
    article = write_article(
        tmp_path, "You may eat.\n\n## Prevention\n\nDrink water.\n", title=LONG_TITLE
    )
    made = make(article, clinic, edition=edition, paper=paper)
    assert made.made_as == edition
    assert made.leaflet.fidelity.dropped == ()
    said = command.fold(logical_text(made.rendering.content))
    assert LONG_TITLE in said
    assert LONG_NAME in said


def test_a_word_that_is_too_long_for_the_cover_makes_its_title_smaller(tmp_path: Path) -> None:
    article = write_article(tmp_path, "## Causes\n\nDust.\n", title="Knee arthroscopy surgery")
    lines = panel_lines(make(article, edition="trifold"), "letter")["cover"]
    (line,) = [one for one in lines if "arthroscopy" in one.text]
    assert line.size == TRIFOLD.type["title"].steps[0][0]


@pytest.mark.parametrize("edition", FOLDED)
@pytest.mark.parametrize("word", ["cholangiopancreatography", "Esophagogastroduodenoscopy"])
def test_no_word_of_a_title_or_a_head_is_cut(tmp_path: Path, word: str, edition: str) -> None:
    article = write_article(tmp_path, f"Lead.\n\n## Before {word}\n\nEat.\n", title=f"Your {word}")
    made = make(article, edition=edition)
    serif = [line for line in drawn.lines(made.rendering.content) if "Serif" in line.font]
    assert len([line for line in serif if word in line.text]) == 2
    assert not [warning for warning in made.warnings if "is cut" in warning]


def test_a_word_that_is_cut_even_in_the_size_of_the_text_is_told(tmp_path: Path) -> None:
    word = "pneumonoultramicroscopicsilicovolcanoconiosis"
    article = write_article(tmp_path, "Lead.\n\n## Diet\n\nEat.\n", title=word)
    made = make(article, edition="trifold")
    lines = [line for line in panel_lines(made, "letter")["cover"] if line.tag == "H1"]
    assert {line.size for line in lines} == {TRIFOLD.type["body"].size}
    assert f"a word of “{word}” is cut: it is wider than its line" in made.warnings


def test_an_article_without_sections_is_read_from_the_cover_on(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It hurts.\n"), edition="trifold")
    assert made.made_as == "trifold"
    spoken = logical_text(made.rendering.content)
    assert spoken.index("It hurts.") < spoken.index("My questions") < spoken.index("Call us")


def test_a_list_of_400_items_is_no_tri_fold_and_that_is_told(tmp_path: Path) -> None:
    items = "".join([f"- item {n}\n" for n in range(400)])
    made = make(write_article(tmp_path, f"## List\n\n{items}"), edition="trifold")
    assert made.made_as == "standard"
    assert made.leaflet.fidelity.dropped == ()
    (told,) = [warning for warning in made.warnings if warning.startswith("made as")]
    assert "in short form" not in told
    assert "as trifold it needs" in told
    assert told.endswith("panels, it may have 6")


def test_what_fits_nowhere_is_told_by_its_pages_rather_than_by_a_full_panel(tmp_path: Path) -> None:
    items = "".join([f"- item {n}\n" for n in range(400)])
    names = ", ".join([f'"Synonym {n} of the thing"' for n in range(40)])
    more = f"synonyms = [{names}]"
    article = write_article(tmp_path, f"## List\n\n{items}", title=LONG_TITLE, more=more)
    with pytest.raises(LayoutError, match=r"the text needs \d+ pages, \d+ more than the 1 it may"):
        make(article, edition="trifold", most_pages=1)


@pytest.mark.parametrize("times", range(29, 35))
def test_a_step_that_leaves_no_room_for_the_head_above_it_goes_on_on_the_next_panel(
    tmp_path: Path, times: int
) -> None:
    step = "Rest your knee on one big pillow. " * times
    body = f"Lead.\n\n## Risks\n\nA short first line.\n\n1. One.\n2. {step}\n"
    made = make(write_article(tmp_path, body), edition="trifold")
    assert made.made_as == "trifold"
    panels = panel_lines(made, "letter")
    assert all(words(panels[name]).startswith("What are the risks?") for name in ("1", "2"))
    assert logical_text(made.rendering.content).count("big pillow.") == times


def test_a_row_that_no_page_of_a_booklet_holds_stands_in_another_edition_and_that_is_told(
    tmp_path: Path,
) -> None:
    cell = "Bend the knee and hold it for a count of ten. " * 34
    table = f"| What | How |\n|---|---|\n| Exercise | {cell} |\n| Rest | At night. |\n"
    made = make(write_article(tmp_path, f"## Causes\n\n{table}"), edition="booklet")
    assert made.made_as == "standard"
    (told,) = [warning for warning in made.warnings if warning.startswith("made as")]
    assert "as booklet a block under “What causes it?” is" in told
    assert "points high, a page has 516" in told


def test_what_no_edition_holds_is_refused_with_the_articles_file(tmp_path: Path) -> None:
    cell = "Bend the knee and hold it for a count of ten. " * 90
    table = f"| What | How |\n|---|---|\n| Exercise | {cell} |\n| Rest | At night. |\n"
    article = write_article(tmp_path, f"## Causes\n\n{table}")
    with pytest.raises(LayoutError, match="a block under “What causes it") as refused:
        make(article, edition="booklet")
    assert refused.value.place == Place(str(article))
    assert "even as standard" in refused.value.what


def test_text_that_is_somewhat_too_long_is_set_somewhat_smaller() -> None:
    made = make("headache", edition="trifold")
    assert made.made_as == "trifold"
    assert "to fit on 6 panels: text in 12.5 points" in made.warnings


def test_the_command_tells_pages_and_sheets_and_gives_single_pages(tmp_path: Path) -> None:
    there = ("--clinic", "riverbend", "-o", f"{tmp_path}/")
    sheets = command.told(BIOPSY, "--edition", "booklet", *there)
    single = command.told(BIOPSY, "--edition", "booklet", "--no-impose", *there)
    folded = command.told(BIOPSY, "--edition", "trifold", *there)
    assert [(one["pages"], one["sheets"]) for one in (sheets, single, folded)] == [
        (4, 2),
        (8, 4),
        (2, 1),
    ]


def test_every_page_of_a_booklet_says_what_it_belongs_to() -> None:
    content = make(BIOPSY, edition="booklet", imposed=False).rendering.content
    for number, foot in enumerate(artifacts(content), 1):
        assert command.in_order(foot, "Bone marrow biopsy", "RB-0421", f"Page {number} of 8")
