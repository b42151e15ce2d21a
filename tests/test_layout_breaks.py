"""Where pages break: each kind of block is pushed down line by line over the end of a page."""

from collections.abc import Iterator
from itertools import groupby, product

import blocks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Seen, elements, laid_out, pages_of, seen, setter

from handouts.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Columns,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Section,
    Steps,
    Table,
    Terms,
    paragraph,
    text,
)
from handouts.layout.pages import Layout
from handouts.structure import StructureElement

LINE = "word " * 12
"""Somewhat more than a line of the main column, less than two."""


def lines_of_text(count: int) -> Paragraph:
    """A paragraph of so many lines in the main column."""
    return paragraph(" ".join(["m" * 28] * count))


def _items(count: int, lines: int = 1) -> tuple[Item, ...]:
    return tuple([(paragraph(LINE * lines if lines > 1 else "An item."),) for _ in range(count)])


def pushed_down(*some: Block) -> Iterator[Layout]:
    """The blocks in a section of their own, below more and more lines."""
    for count in range(8, 40):
        above = Section(None, (lines_of_text(count),))
        layout = laid_out(above, Section(Heading(2, text("Head")), some))
        yield layout


def _crosses(layouts: list[Layout]) -> bool:
    """Whether the blocks did meet the end of the page."""
    return len({len(layout.pages) for layout in layouts}) > 1


def _wholes(layout: Layout, *tags: str) -> Iterator[set[int]]:
    """The pages of each element of these types."""
    lines = seen(layout)
    for element in elements(layout.root, *tags):
        yield set(pages_of(element, lines))


CALLOUT = (paragraph(LINE * 4), BulletList(_items(8)))
WHOLE: dict[str, tuple[Block, str]] = {
    "an action box": (Callout("action", text("Do this"), CALLOUT), "Aside"),
    "an emergency box": (Callout("emergency", text("Call"), CALLOUT), "Aside"),
    "boxes side by side": (
        Columns(
            (
                (Callout("action", text("One"), (paragraph(LINE),)),),
                (Callout("action", text("Two"), CALLOUT),),
            )
        ),
        "Aside",
    ),
    "a step": (Steps(_items(3, lines=5)), "LI"),
    "a reference": (NumberedList(_items(3, lines=5)), "LI"),
    "a row of a table": (
        Table((), tuple([(Cell((paragraph(LINE * 4),)), Cell(item)) for item in _items(4)])),
        "TR",
    ),
    "a few items in two columns": (BulletList(_items(6)), "L"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_one_thing_never_splits(name: str) -> None:
    block, tag = WHOLE[name]
    layouts = list(pushed_down(block))
    assert _crosses(layouts)
    for layout in layouts:
        assert all(len(pages) == 1 for pages in _wholes(layout, tag))


@pytest.mark.parametrize("lines", range(2, 9))
def test_a_paragraph_leaves_two_lines_or_more_on_each_side_of_a_break(lines: int) -> None:
    layouts = list(pushed_down(lines_of_text(3), lines_of_text(lines)))
    assert _crosses(layouts)
    for layout in layouts:
        shown = seen(layout)
        for element in elements(layout.root, "P"):
            parts = [len(list(group)) for _, group in groupby(pages_of(element, shown))]
            assert len(parts) == 1 or min(parts) >= 2


@settings(max_examples=50)
@given(st.integers(0, 2**32))
def test_so_does_every_paragraph_of_a_random_document(number: int) -> None:
    layout = laid_out(*blocks.leaflet(number))
    shown = seen(layout)
    for element in elements(layout.root, "P"):
        parts = [len(list(group)) for _, group in groupby(pages_of(element, shown))]
        assert len(parts) == 1 or min(parts) >= 2


# ---- heads -------------------------------------------------------------------------------------------


def _below(layout: Layout, head: StructureElement) -> Iterator[Seen]:
    """The lines of content behind a head, in the order in which they are drawn."""
    lines = [line for line in seen(layout) if line.elements]
    last = max(place for place, line in enumerate(lines) if line.within(head))
    yield from lines[last + 1 :]


BELOW_A_HEAD: dict[str, tuple[Block, ...]] = {
    "a paragraph": (lines_of_text(9),),
    "short paragraphs": (*[paragraph("Short.")] * 9,),
    "a list": (BulletList(_items(9)),),
    "steps": (Steps(_items(9)),),
    "check boxes": (Checklist(_items(9)),),
    "terms": (Terms(tuple([(text("Term"), item) for item in _items(9)])),),
    "a table": (Table((), tuple([(Cell(item),) for item in _items(9)])),),
    "a smaller head": (Heading(3, text("Smaller")), lines_of_text(9)),
}


@pytest.mark.parametrize("name", BELOW_A_HEAD)
def test_the_head_of_a_section_keeps_with_three_lines(name: str) -> None:
    layouts = list(pushed_down(*BELOW_A_HEAD[name]))
    assert _crosses(layouts)
    for layout in layouts:
        (head,) = elements(layout.root, "H2")
        (page,) = pages_of(head, seen(layout))
        assert [line.page for line in _below(layout, head)][:3] == [page] * 3


def test_a_head_lets_go_of_long_steps_rather_than_leave_a_page_white() -> None:
    steps = Section(Heading(2, text("Head")), (Steps(_items(8, lines=7)),))
    for count in range(1, 13):
        layout = laid_out(Section(None, (lines_of_text(count),)), steps)
        lowest = min([line.y for line in seen(layout) if line.page == 1 and line.elements])
        assert lowest < setter().paper.height / 2


def test_a_head_keeps_three_short_steps_where_that_costs_no_page() -> None:
    for layout in pushed_down(Steps(_items(4, lines=2)), lines_of_text(12)):
        (head,) = elements(layout.root, "H2")
        (page,) = pages_of(head, seen(layout))
        steps = [pages_of(step, seen(layout)) for step in elements(layout.root, "LI")]
        assert {number for step in steps[:3] for number in step} == {page}


@pytest.mark.parametrize("name", ["short paragraphs", "a list"])
def test_it_does_so_even_where_that_costs_a_page(name: str) -> None:
    block = {"short paragraphs": paragraph("Short."), "a list": BulletList(_items(2))}[name]
    parted = 0
    for count, length in product(range(26, 36), range(20, 28)):
        above = Section(None, (lines_of_text(count),))
        layout = laid_out(above, Section(Heading(2, text("Head")), (block,) * length))
        (head,) = elements(layout.root, "H2")
        (page,) = pages_of(head, seen(layout))
        pages = [line.page for line in _below(layout, head)]
        parted += pages[-1] > page
        assert pages[:3] == [page] * 3
    assert parted > 10


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("name", ["a paragraph", "short paragraphs", "a list", "steps", "a table"])
def test_a_head_in_the_text_is_never_last_on_its_page(name: str, level: int) -> None:
    for count in range(8, 40):
        above = Section(None, (lines_of_text(count),))
        below = BELOW_A_HEAD[name]
        rest = below if level == 2 else (Section(None, (Heading(3, text("Head")), *below)),)
        head2 = Heading(2, text("Page head"))
        layout = laid_out(above, head2, *rest)
        for head in elements(layout.root, f"H{level}"):
            (page,) = pages_of(head, seen(layout))
            assert next(_below(layout, head)).page == page


def test_a_head_stays_with_the_section_below_it() -> None:
    for count in range(8, 40):
        above = Section(None, (lines_of_text(count),))
        layout = laid_out(above, Heading(2, text("Head")), Section(None, (lines_of_text(9),)))
        (head,) = elements(layout.root, "H2")
        assert set(pages_of(head, seen(layout))) == {next(_below(layout, head)).page}


# ---- what stands at the side, what opens a list ------------------------------------------------------


def test_what_hangs_at_the_side_stays_on_the_page_of_its_text() -> None:
    side = tuple([Paragraph(text(f"Name {number}"), "side") for number in range(12)])
    for count in range(8, 40):
        above = Section(None, (lines_of_text(count),))
        layout = laid_out(above, Section(None, (*[paragraph("Short.")] * 9,), side))
        lines = [line for line in seen(layout) if line.words.startswith("Name")]
        assert len({line.page for line in lines}) == 1
        assert min(line.y for line in lines) >= setter().theme.page.bottom


@pytest.mark.parametrize("name", ["a list", "steps", "check boxes", "terms", "a table"])
def test_a_paragraph_that_opens_a_list_stays_with_its_first_item(name: str) -> None:
    for layout in pushed_down(lines_of_text(4), paragraph("Try these:"), *BELOW_A_HEAD[name]):
        lines = [line for line in seen(layout) if line.elements]
        place = next(n for n, line in enumerate(lines) if line.words.startswith("Try"))
        assert lines[place].page == lines[place + 1].page


def test_a_list_leaves_no_item_alone_where_that_costs_no_page() -> None:
    for layout in pushed_down(lines_of_text(3), BulletList(_items(12))):
        (pages,) = [[next(iter(page)) for page in _wholes(layout, "LI")]]
        parts = [len(list(group)) for _, group in groupby(pages)]
        assert min(parts) >= 2


# ---- a table over pages ------------------------------------------------------------------------------

HEAD = (Cell((paragraph("Day"),), header=True), Cell((paragraph("Dose"),), header=True))
LONG = Table(
    (HEAD,), tuple([(Cell((paragraph(str(n)),)), Cell((paragraph("5 mg"),))) for n in range(60)])
)


def test_a_table_over_pages_is_one_element_and_repeats_its_head_as_an_artifact() -> None:
    layout = laid_out(LONG)
    lines = seen(layout)
    (table,) = elements(layout.root, "Table")
    assert len(layout.pages) == 3
    assert len(list(elements(table, "TR"))) == 61
    for page in range(1, 4):
        heads = [line for line in lines if line.page == page and line.words in ("Day", "Dose")]
        assert [bool(line.elements) for line in heads] == [page == 1] * 2
        rows = [line for line in lines if line.page == page and line.within(table)]
        assert max(line.y for line in rows[2 if page == 1 else 0 :]) < min(line.y for line in heads)
