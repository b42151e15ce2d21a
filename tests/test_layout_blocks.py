"""What each kind of block looks like on the page."""

import re
from typing import get_args

import pytest
from layouts import Seen, document, elements, laid_out, seen, setter

from handouts.document import (
    Blank,
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Columns,
    Document,
    Ended,
    Figure,
    NumberedList,
    Paragraph,
    Section,
    Steps,
    Sticker,
    Strip,
    StripCell,
    Strong,
    Sub,
    Sup,
    Table,
    Terms,
    Text,
    paragraph,
    text,
)
from handouts.errors import LayoutError
from handouts.layout.boxes import Part
from handouts.layout.pages import Layout, lay_out
from handouts.layout.shapes import horizontal
from handouts.marks import FigurePathMark, ShapeMark
from handouts.values import fields


def _of(layout: Layout, words: str) -> Seen:
    return next(line for line in seen(layout) if line.words.strip() == words)


def _shapes(layout: Layout) -> list[ShapeMark]:
    return [mark for page in layout.pages for mark in page.marks if isinstance(mark, ShapeMark)]


def _main(*some: Block) -> Layout:
    """The blocks in the main column."""
    return laid_out(Section(None, some))


# ---- paragraphs ------------------------------------------------------------------------------------


def test_words_at_the_end_of_a_line_are_flush_right_and_keep_the_text_away() -> None:
    used = setter()
    right = used.full.left + used.full.width
    layout = _main(Ended(paragraph("Some words. " * 20), "4 pages"), paragraph("Next. " * 90))
    end = _of(layout, "4 pages")
    said = [line for line in seen(layout) if "Some" in line.words]
    assert end.x + end.width == pytest.approx(right, abs=0.01)
    assert end.y == said[0].y
    assert max(line.x + line.width for line in said) < end.x
    assert max(line.x + line.width for line in seen(layout) if "Next" in line.words) > end.x


# ---- boxes -------------------------------------------------------------------------------------------

TALL = Callout("emergency", text("Call at once"), (paragraph("Words to read. " * 700),))


def test_the_three_kinds_of_box_are_told_apart_by_form() -> None:
    forms = {}
    for kind in ("note", "action", "emergency"):
        layout = _main(Callout(kind, text("Title"), (paragraph("Text."),)))
        marks = [mark for mark in _shapes(layout) if mark.y > 100]
        forms[kind] = frozenset((mark.fill, mark.stroke, mark.width) for mark in marks)
    assert forms["note"] == {("", "line", 0.75)}
    assert {("tint", "", 1.0), ("", "rule", 1.25)} < forms["action"]
    assert {("alarm", "", 1.0), ("", "alarm", 2.5)} < forms["emergency"]


def test_the_title_of_a_note_runs_in_with_a_full_stop_of_its_own() -> None:
    for title, shown in (("Good to know", "Good to know. Text."), ("Why?", "Why? Text.")):
        layout = _main(Callout("note", text(title), (paragraph("Text."),)))
        assert _of(layout, shown)


def test_a_box_taller_than_a_page_flows_without_its_frame_and_is_told() -> None:
    used = setter()
    layout = lay_out(_document(TALL), used, "never")
    assert used.warnings == ["a box is taller than a page, so it is set without its frame"]
    assert len(layout.pages) > 1
    assert all(mark.stroke != "alarm" for mark in _shapes(layout))
    (aside,) = elements(layout.root, "Aside")
    head = _of(layout, "Call at once")
    assert head.within(aside)
    colours = {
        mark.colour for page in layout.pages for mark in page.marks if hasattr(mark, "setting")
    }
    assert "white" not in colours


def _document(*some: Block) -> Document:
    return document(Section(None, some))


@pytest.mark.parametrize(
    "block",
    [
        Columns(((TALL,), (paragraph("x"),))),
        Table((), ((Cell((paragraph("Words to read. " * 900),)),),)),
        Strip((StripCell("", text("x"), text("word " * 900)),)),
    ],
    ids=["side by side", "a row", "a strip"],
)
def test_what_cannot_be_parted_and_fits_no_page_is_refused(block: Block) -> None:
    with pytest.raises(
        LayoutError,
        match=r"a block under “(Sample|Call at once)” is \d+ points high, a page has 696",
    ) as caught:
        laid_out(block)
    assert caught.value.exit_code == 7


def test_boxes_side_by_side_are_equally_high_and_wide() -> None:
    one = Callout("action", text("One"), (paragraph("Short."),))
    two = Callout("emergency", text("Two"), (paragraph("Longer. " * 30),))
    layout = laid_out(Columns(((one,), (two,))))
    frames = [
        mark.path
        for mark in _shapes(layout)
        if mark.stroke in ("rule", "alarm") and " c " in mark.path
    ]
    tops = {_of(layout, "One").y, _of(layout, "Two").y}
    assert len(tops) == 1
    assert len(frames) == 2


def test_a_long_phone_number_in_a_narrow_box_is_smaller_and_whole() -> None:
    number = "+44\u00a0(0)20\u00a07946\u00a00958\u00a0ext.\u00a012"
    box = Callout("action", text("Call us"), (Paragraph(text(number), "call"),))
    layout = laid_out(Columns(((box,), (box,))))
    (line, _) = [line for line in seen(layout) if "7946" in line.words]
    assert line.words.split() == number.split()
    assert line.size < setter().role("call").size


@pytest.mark.parametrize("edition", ["standard", "comfort", "one-sheet", "summary"])
def test_a_lone_box_is_as_wide_as_text_is(edition: str) -> None:
    used = setter(edition=edition)
    box = Callout("action", text("Call us"), (paragraph("Monday to Friday, at any time. " * 9),))
    layout = lay_out(document(Columns(((box,),))), used, "never")
    (frame,) = [mark for mark in _shapes(layout) if mark.stroke == "rule" and " c " in mark.path]
    rule = next(
        mark for mark in _shapes(layout) if mark.stroke == "rule" and " c " not in mark.path
    )
    assert rule.x == pytest.approx(used.main.left)
    assert rule.path == horizontal(used.main.width)
    assert frame.x == pytest.approx(used.main.left, abs=2)


def test_more_than_three_boxes_on_a_page_are_told() -> None:
    used = setter()
    boxes = [Callout("action", text("Do"), (paragraph("Text."),))] * 4
    lay_out(_document(*boxes), used, "never")
    assert used.warnings == ["page 1 has 4 boxes; readers notice up to 3"]


# ---- lists -------------------------------------------------------------------------------------------


def _items(*words: str) -> tuple[tuple[Block, ...], ...]:
    return tuple([(paragraph(said),) for said in words])


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (("One", "Two", "Three"), 1),
        (("One", "Two", "Three", "Four"), 2),
        (("One", "Two", "Three", "A longer item that needs a whole line to itself"), 1),
        (tuple("abcdefghi"), 1),
    ],
    ids=["three", "four short", "one long", "nine"],
)
def test_a_few_short_items_run_in_two_columns(words: tuple[str, ...], columns: int) -> None:
    layout = _main(BulletList(_items(*words)))
    assert len({_of(layout, word).x for word in words}) == columns


def test_two_columns_are_read_down_the_first_and_then_the_second() -> None:
    layout = _main(BulletList(_items("One", "Two", "Three", "Four")))
    one, two, three, four = (_of(layout, word) for word in ("One", "Two", "Three", "Four"))
    assert (one.x, three.x) == (two.x, four.x)
    assert (one.y, two.y) == (three.y, four.y)
    assert [line.words for line in seen(layout)][1:5] == ["One", "Two", "Three", "Four"]


def test_a_list_of_nine_items_is_set_smaller() -> None:
    sizes = {
        count: _of(
            _main(BulletList(_items("First", *["Another item of the list"] * count))), "First"
        ).size
        for count in (7, 8)
    }
    assert sizes == {7: 13.0, 8: 12.0}


LISTS = (BulletList, NumberedList, Steps, Checklist)
Nesting = BulletList | NumberedList | Steps | Checklist


def _nesting(count: int, outside: type[Nesting], inside: type[Nesting]) -> Layout:
    """So many items, the first with a list of two."""
    within = inside(((paragraph("Inner one."),), (paragraph("Inner two."),)))
    rest = tuple([(paragraph(f"Item {number}."),) for number in range(2, count + 1)])
    return _main(outside(((paragraph("Parent:"), within), *rest)))


@pytest.mark.parametrize("inside", LISTS)
def test_a_list_in_a_long_list_is_no_larger_than_it(inside: type[Nesting]) -> None:
    layout = _nesting(9, BulletList, inside)
    sizes = {
        _of(layout, words).size for words in ("Parent:", "Inner one.", "Inner two.", "Item 2.")
    }
    assert sizes == {setter().role("cell").size}


@pytest.mark.parametrize("count", [3, 9])
@pytest.mark.parametrize("outside", LISTS)
@pytest.mark.parametrize("inside", [BulletList, NumberedList])
def test_a_list_in_a_list_is_nearer_to_its_item_than_to_the_next(
    count: int, outside: type[Nesting], inside: type[Nesting]
) -> None:
    layout = _nesting(count, outside, inside)
    words = ("Parent:", "Inner one.", "Inner two.", "Item 2.", "Item 3.")
    parent, first, last, following, after = (_of(layout, line).y for line in words)
    assert parent - first < last - following
    assert first - last <= last - following
    assert last - following > 0
    assert parent - first <= following - after + 0.01


@pytest.mark.parametrize("kind", [BulletList, NumberedList, Steps, Checklist])
def test_an_item_without_words_still_takes_a_line(kind: type[BulletList]) -> None:
    empty = _main(kind(((), *_items("After."))))
    full = _main(kind(_items("Before.", "After.")))
    assert _of(empty, "After.").y == pytest.approx(_of(full, "After.").y, abs=5)


def test_terms_and_labels_without_words_are_set_without_them() -> None:
    layout = _main(Terms((((), ()), (text("Term"), ()))), Blank(()), Sticker(()))
    assert _of(layout, "Term")


@pytest.mark.parametrize("count", [9, 10, 99, 100])
@pytest.mark.parametrize("role", ["body", "fine"])
def test_numbers_of_a_list_stand_clear_of_its_words(count: int, role: str) -> None:
    items = tuple([(Paragraph(text("Words"), role),)] * count)
    layout = _main(NumberedList(items, role=role))
    number, words = _of(layout, str(count)), _of(layout, "Words")
    assert words.x - number.x - number.width > 3


@pytest.mark.parametrize("start", [1, 10, 100])
def test_the_numeral_of_a_step_stands_inside_its_disc(start: int) -> None:
    layout = _main(Steps(_items("Words"), start=start))
    numeral, words = _of(layout, str(start)), _of(layout, "Words")
    (disc,) = [mark for mark in _shapes(layout) if mark.fill == "fill"]
    points = [float(number) for number in re.findall(r"-?[\d.]+", disc.path)]
    left, right = disc.x + min(points[::2]), disc.x + max(points[::2])
    assert left + 1 < numeral.x
    assert numeral.x + numeral.width < right - 1
    assert right < words.x


@pytest.mark.parametrize(
    ("block", "label"),
    [(BulletList(_items("a")), "•"), (Checklist(_items("a")), "☐")],
    ids=["bullet", "box"],
)
def test_drawn_labels_say_the_character_they_stand_for(block: Block, label: str) -> None:
    (element,) = elements(_main(block).root, "Lbl")
    assert element.actual_text == label


# ---- tables ------------------------------------------------------------------------------------------

RESULTS = Table(
    (),
    (
        (
            Cell((paragraph("Normal"),), header=True, icon="circle-check"),
            Cell((paragraph("Fine."),)),
        ),
        (Cell((paragraph("Not normal"),), header=True), Cell((paragraph("Call us."),))),
    ),
)


def test_the_cells_of_a_row_stand_on_one_baseline() -> None:
    layout = _main(RESULTS)
    assert _of(layout, "Normal").y == pytest.approx(_of(layout, "Fine.").y)
    cells = (Cell((paragraph("a"),), header=True), Cell((paragraph("b"),)), Cell((paragraph("c"),)))
    layout = _main(Table((), (cells,)))
    large, small, _ = (_of(layout, words) for words in "abc")
    assert large.size > small.size
    assert large.y == pytest.approx(small.y)


def test_heads_of_rows_and_of_columns_have_their_scope() -> None:
    head = Cell((paragraph("Head"),), header=True)
    table = Table(((head, head),), ((head, Cell((paragraph("b"),))),))
    scopes = [element.attributes[0][2] for element in elements(_main(table).root, "TH")]
    assert scopes == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize("columns", [1, 2, 5])
def test_words_of_a_table_that_can_fit_are_not_cut(columns: int) -> None:
    row = tuple([Cell((paragraph("medicines for the heart"),)) for _ in range(columns)])
    words = [word for line in seen(_main(Table((), (row,)))) for word in line.words.split()]
    assert words.count("medicines") == columns


def test_a_column_of_numbers_is_flush_right_and_as_wide_as_it_must_be() -> None:
    rows = [
        (Cell((paragraph(number),)), Cell((paragraph("drops"),))) for number in ("5", "10", "100")
    ]
    layout = _main(Table((), tuple(rows)))
    numbers = [_of(layout, number) for number in ("5", "10", "100")]
    ends = {round(line.x + line.width, 2) for line in numbers}
    assert len(ends) == 1
    assert max(ends) < setter().main.left + 40


# ---- strips, pictures, words -------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "rows"), [(3, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_more_than_four_facts_make_rows(count: int, rows: int) -> None:
    cells = tuple([StripCell("clock", text(f"Label {n}"), text("Words")) for n in range(count)])
    layout = laid_out(Strip(cells))
    assert len({round(_of(layout, f"Label {n}").y, 2) for n in range(count)}) == rows


@pytest.mark.parametrize(
    ("count", "word", "rows"),
    [(4, 1, 1), (4, 2, 2), (4, 4, 4), (3, 1, 1), (3, 2, 3)],
    ids=["four", "two of two", "stacked", "three", "stacked, with none alone in its row"],
)
def test_no_word_of_a_strip_is_cut(count: int, word: int, rows: int) -> None:
    long = "encephalograph" * word
    cells = [StripCell("clock", text(f"Label {n}"), text("Words")) for n in range(count - 1)]
    layout = laid_out(Strip((*cells, StripCell("clock", text("Last"), text(f"by {long} now")))))
    lines = seen(layout)
    assert any(long in line.words for line in lines)
    tops = {round(line.y, 2) for line in lines if line.words.startswith(("Label", "Last"))}
    assert len(tops) == rows


def test_a_long_label_in_large_print_is_not_cut() -> None:
    cells = [StripCell("clock", text(label), text("Words")) for label in ("One", "Electrography")]
    for label, beside in (("One", True), ("Electroencephalography", False)):
        rows = (StripCell("clock", text(label), text("Words")), *cells)
        lines = seen(lay_out(document(Strip(rows)), setter(edition="large-print"), "never"))
        assert any(label in line.words for line in lines)
        assert any(line.words.strip() == label for line in lines) is beside


@pytest.mark.parametrize(("letters", "told"), [(20, 0), (99, 1)])
def test_a_fact_whose_word_is_cut_is_told(letters: int, told: int) -> None:
    used = setter(edition="trifold")
    lay_out(document(Strip((StripCell("", text("Where"), text("n" * letters)),))), used, "never")
    assert used.warnings == ["a word at a glance is wider than its line: it is cut in two"] * told


def test_a_code_is_a_figure_with_its_quiet_zone() -> None:
    layout = _main(Figure("qr:https://sample.example", "QR code"))
    (mark,) = [mark for mark in layout.pages[0].marks if isinstance(mark, FigurePathMark)]
    assert mark.element.alt == "QR code"
    assert mark.width == mark.height >= 24 * 72 / 25.4
    assert mark.x < setter().main.left


def test_an_address_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(LayoutError, match="too long for a QR code"):
        laid_out(Figure("qr:https://" + "x" * 80, "QR code"))


def test_raised_and_lowered_words_are_smaller_and_part_of_the_same_line() -> None:
    content = (Text("H"), Sub(text("2")), Text("O, 10"), Sup(text("3")), Strong(text(" now")))
    line = _of(_main(Paragraph(content)), "H2O, 103 now")
    assert line.size == 13.0


@pytest.mark.parametrize("kind", get_args(Part), ids=lambda kind: kind.__name__)
def test_every_part_begins_with_its_place_by_which_it_is_moved(kind: type) -> None:
    assert [one.name for one in fields(kind)][:2] == ["x", "y"]
