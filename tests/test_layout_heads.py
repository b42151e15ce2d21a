"""Titles, heads, leads, and what stands at the side."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import Seen, document, elements, laid_out, seen, setter

from handouts.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Section,
    Sup,
    Terms,
    Text,
    paragraph,
    text,
)
from handouts.errors import LayoutError
from handouts.layout.pages import Layout, lay_out
from handouts.values import replace

SHORT = st.lists(
    st.sampled_from(("a", "of", "the", "blood", "heart", "test")), min_size=1, max_size=20
)
WORDS = st.lists(st.sampled_from(("in", "medicine", "hospital", "blood", "operations")), min_size=1)


def _titled(title: str, *rest: Block) -> Layout:
    made = document(*rest)
    blocks = (Heading(1, text(title)), *made.blocks[1:])
    return lay_out(replace(made, blocks=blocks), setter(), "never")


def _lines(layout: Layout, tag: str) -> list[Seen]:
    (element,) = elements(layout.root, tag)
    return [line for line in seen(layout) if line.within(element)]


# ---- titles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "size"),
    [(1, 35.0), (4, 35.0), (5, 30.0), (6, 30.0), (7, 26.0), (40, 26.0)],
)
def test_a_title_of_more_than_two_lines_is_set_in_smaller_steps(words: int, size: float) -> None:
    lines = _lines(_titled("operation " * words), "H1")
    assert {line.size for line in lines} == {size}
    assert len(lines) <= 2 or size == 26.0


def test_a_title_without_a_place_to_break_is_cut_and_not_lost() -> None:
    lines = _lines(_titled("x" * 200), "H1")
    assert "".join(line.words for line in lines) == "x" * 200


def _ends_in_company(lines: list[Seen]) -> bool:
    """Whether the last line has two words, if there is a line above it that can spare one."""
    return len(lines) < 2 or len(lines[-1].words.split()) > 1 or len(lines[-2].words.split()) < 2


@given(WORDS)
def test_a_title_has_no_last_line_of_one_word(words: list[str]) -> None:
    assert _ends_in_company(_lines(_titled(" ".join(words)), "H1"))


@given(WORDS)
def test_a_lead_has_no_last_line_of_one_word(words: list[str]) -> None:
    layout = laid_out(Section(None, (Paragraph(text(" ".join(words)), "lead"),)))
    assert _ends_in_company(_lines(layout, "P"))


@given(SHORT)
def test_a_head_has_no_last_line_of_one_word(words: list[str]) -> None:
    head = Heading(2, text(" ".join(words)))
    assert _ends_in_company(_lines(laid_out(Section(head, (paragraph("Text."),))), "H2"))


# ---- heads at the side -------------------------------------------------------------------------------


def test_a_head_stands_beside_the_first_line_of_its_text() -> None:
    layout = laid_out(Section(Heading(2, text("What are the risks?")), (paragraph("Few."),)))
    heads, (words,) = _lines(layout, "H2"), _lines(layout, "P")
    assert heads[0].y == pytest.approx(words.y, abs=0.01)
    assert heads[0].x == setter().side.left
    assert words.x == setter().main.left


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("word", ["Contraindications", "Complicaciones", "Recommendations"])
def test_a_head_is_not_cut_in_two_where_its_column_is_too_narrow(word: str, paper: str) -> None:
    made = document(Section(Heading(2, text(f"{word} at home")), (paragraph("Text."),)))
    lines = [line.words for line in _lines(lay_out(made, setter(paper), "never"), "H2")]
    assert word in " ".join(lines).split()


def test_a_head_that_is_too_wide_stands_above_its_text() -> None:
    layout = laid_out(Section(Heading(2, text("Electroencephalography")), (paragraph("Text."),)))
    (head,), (words,) = _lines(layout, "H2"), _lines(layout, "P")
    assert head.words == "Electroencephalography"
    assert head.y > words.y + words.size


def test_a_term_that_is_too_wide_runs_in() -> None:
    rows = tuple(
        [(text(term), (paragraph("A test."),)) for term in ("Scan", "Electroencephalography")]
    )
    lines = [line.words for line in seen(laid_out(Terms(rows)))]
    assert "Electroencephalography: A test." in lines


@pytest.mark.parametrize("count", [12, 60, 200])
def test_however_much_stands_at_the_side_it_all_fits(count: int) -> None:
    names = tuple([Paragraph(text(f"Name {number}"), "side") for number in range(count)])
    layout = laid_out(Section(None, (Paragraph(text("Lead."), "lead"),), names))
    lines = [line for line in seen(layout) if line.words.startswith("Name")]
    assert [line.words for line in lines] == [f"Name {number}" for number in range(count)]
    assert min(line.y for line in lines) >= setter().theme.page.bottom


# ---- names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (Paragraph(text("x"), "nope"), "no text role 'nope'.*body"),
        (Paragraph(text("x"), icon="nope"), "no icon 'nope'.*phone"),
    ],
)
def test_an_unknown_name_is_told_with_those_that_there_are(block: Block, message: str) -> None:
    with pytest.raises(LayoutError, match=re.compile(message, re.DOTALL)):
        laid_out(block)


# ---- bookmarks ---------------------------------------------------------------------------------------


def test_bookmarks_lead_to_the_title_and_to_each_head_where_it_stands() -> None:
    head = Section(Heading(2, text("Risks")), (Heading(3, text("Smaller")), paragraph("Few.")))
    layout = laid_out(head)
    marks = [mark for page in layout.pages for mark in page.bookmarks]
    assert [(mark.level, mark.title) for mark in marks] == [
        (1, "Sample"),
        (2, "Risks"),
        (3, "Smaller"),
    ]
    for mark in marks:
        first = next(line for line in seen(layout) if line.within(mark.element))
        assert 0 < mark.y - first.y < 40


def test_a_raised_number_stays_raised_in_a_bookmark() -> None:
    layout = laid_out(Heading(2, (Text("10"), Sup(text("9")))))
    marks = [mark for page in layout.pages for mark in page.bookmarks]
    assert marks[-1].title == "10⁹"


def test_a_document_is_laid_out_the_same_way_twice() -> None:
    def once(made: Document) -> list[object]:
        return [
            (line.page, line.x, line.y, line.words) for line in seen(lay_out(made, setter(), "odd"))
        ]

    made = document(Section(Heading(2, text("Risks")), (paragraph("Few. " * 400),)))
    assert once(made) == once(made)
