"""Tables where there is no grid: every word is there, and no cell can be taken for another's."""

from itertools import takewhile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import document, elements, seen, setter
from test_plain_text import said as in_text
from test_text_setting import read_line

from handouts.document import (
    BulletList,
    Cell,
    Heading,
    Row,
    RuledLines,
    Section,
    Table,
    paragraph,
    table_words,
    text,
    texts,
)
from handouts.layout.boxes import Box, LinePart
from handouts.layout.flow import lay_out_blocks
from handouts.layout.pages import Layout, lay_out
from handouts.marks import ShapeMark, own_marks
from handouts.structure import StructureElement

EDITIONS = ("standard", "comfort", "large-print", "trifold", "one-sheet")
IN_LINES, RUN_IN = "large-print", "one-sheet"


def row(*cells: str, header: bool = False) -> Row:
    return tuple([Cell((paragraph(words),) if words else (), header=header) for words in cells])


def table(*rows: tuple[str, ...], heads: int = 1) -> Table:
    head = tuple([row(*cells, header=True) for cells in rows[:heads]])
    return Table(head, tuple([row(*cells) for cells in rows[heads:]]))


def laid_out(block: Table, edition: str) -> Layout:
    whole = document(Section(Heading(2, text("Doses")), (block,)))
    return lay_out(whole, setter(edition=edition), "never")


def lines_of(block: Table, edition: str) -> list[str]:
    """What a table's paragraphs say, from the top."""
    if edition == "text":
        return in_text(block).splitlines()
    layout = laid_out(block, edition)
    shown = seen(layout)
    return [
        "".join([line.words for line in shown if line.within(own)]).replace("\u00a0", " ").strip()
        for shape in elements(layout.root, "L")
        for own in elements(shape, "P")
    ]


# ---- any table -------------------------------------------------------------------------------------


def any_table(number: int) -> Table:
    """A table of 1 to 6 columns and up to two rows of heads; some cells are empty, no word comes twice."""
    random = Random(number)  # noqa: S311  (no secret)
    columns, heads, rows = random.randint(1, 6), random.randint(0, 2), random.randint(1, 4)
    full = random.choice((0.5, 0.8, 1.0))

    def made(kind: str, count: int) -> tuple[Row, ...]:
        return tuple(
            [
                row(
                    *[
                        f"{kind}{line}{column}{random.choice(('', '?'))}"
                        if random.random() < full
                        else ""
                        for column in range(columns)
                    ],
                    header=kind == "h",
                )
                for line in range(count)
            ]
        )

    return Table(made("h", heads), made("b", rows))


tables = st.integers(min_value=0, max_value=2**32).map(any_table)


def words_of(cell: Cell) -> str:
    return " ".join(texts(cell.blocks))


@given(tables)
@settings(deadline=None, max_examples=60)
def test_every_word_of_a_table_is_there_however_it_is_set(block: Table) -> None:
    wanted = set(" ".join(texts((block,))).split())
    for edition in EDITIONS:
        there = " ".join([line.words for line in seen(laid_out(block, edition))])
        assert wanted <= {word.rstrip(":,") for word in there.replace("\u00a0", " ").split()}
    assert wanted <= {word.rstrip(":;,") for word in in_text(block).split()}


@given(tables)
@settings(deadline=None, max_examples=150)
def test_a_cell_in_words_stands_behind_the_heads_of_its_column_or_in_its_place(
    block: Table,
) -> None:
    for edition, between in ((RUN_IN, " · "), (IN_LINES, " · "), ("text", "; ")):
        named = table_words(block, 2 if edition == IN_LINES else 3).named
        pieces = [line.split(between) for line in lines_of(block, edition)]
        for cells in block.rows:
            for number, words in enumerate(map(words_of, cells)):
                if number and words:
                    heads = [words_of(head[number]) for head in block.head if named]
                    place = None if named or edition == IN_LINES else number - 1
                    check(words, place, [head for head in heads if head], pieces)


def check(words: str, column: int | None, heads: list[str], pieces: list[list[str]]) -> None:
    """A cell stands behind its heads; where no cell has heads, it is in the place of its column."""
    (line,) = [line for line in pieces if any(piece.split()[-1] == words for piece in line)]
    (place,) = [at for at, piece in enumerate(line) if piece.split()[-1] == words]
    said = [word.rstrip(":,") for word in line[place].split()[:-1]]
    assert said[len(said) - len(heads) :] == heads
    assert not heads or line[place].removesuffix(words).rstrip()[-1] in ":?"
    assert column in (None, place)


@given(tables)
@settings(deadline=None, max_examples=60)
def test_no_line_of_a_table_opens_or_ends_with_a_colon_or_asks_with_one(block: Table) -> None:
    for edition in (RUN_IN, IN_LINES, "text"):
        for line in lines_of(block, edition):
            assert line
            assert line[0] not in ":·;"
            assert line[-1] not in ":·;"
            assert "?:" not in line


# ---- which cell is whose ---------------------------------------------------------------------------

HOLE = table(
    ("Sugar", "Breakfast", "Supper"), ("100–149", "", "1 unit"), ("150–199", "2 units", "")
)


@pytest.mark.parametrize("edition", [RUN_IN, "summary", "text"])
def test_beside_an_empty_cell_the_others_say_whose_they_are(edition: str) -> None:
    heads, *rows = lines_of(HOLE, edition)
    assert heads in ("Sugar: Breakfast · Supper", "Sugar: Breakfast; Supper")
    assert rows == ["100–149: Supper: 1 unit", "150–199: Breakfast: 2 units"]


@pytest.mark.parametrize("edition", [RUN_IN, IN_LINES, "text"])
def test_a_row_without_a_head_is_no_part_of_the_row_above(edition: str) -> None:
    block = table(("Sugar", "Breakfast"), ("150–199", "2 units"), ("", "call us"))
    assert lines_of(block, edition)[-1] == "– Breakfast: call us"


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (RUN_IN, ["100–149: – · 1 unit"]),
        (IN_LINES, ["100–149: –", "1 unit"]),
        ("text", ["100–149: –; 1 unit"]),
    ],
)
def test_without_heads_a_dash_keeps_the_place_of_an_empty_cell(
    edition: str, said: list[str]
) -> None:
    block = table(("100–149", "", "1 unit"), heads=0)
    assert lines_of(block, edition) == said


@pytest.mark.parametrize("edition", [RUN_IN, IN_LINES, "text"])
def test_empty_rows_are_left_out_and_a_row_with_a_head_only_has_no_colon(edition: str) -> None:
    block = table(("Medicine", "Dose"), ("For the heart", ""), ("", ""), ("Digoxin", "1 tablet"))
    said = ["Medicine: Dose", "For the heart", "Digoxin: 1 tablet"]
    assert lines_of(block, edition) == said


# ---- heads -----------------------------------------------------------------------------------------


def test_in_lines_the_head_of_the_first_column_is_there_with_its_unit() -> None:
    block = table(("Blood sugar (mg/dL)", "Breakfast", "Supper"), ("150–199", "2 units", "1 unit"))
    assert lines_of(block, IN_LINES) == [
        "Blood sugar (mg/dL): Breakfast · Supper",
        "150–199: Breakfast: 2 units",
        "Supper: 1 unit",
    ]


TWO = table(
    ("Only Monday", "Rapid", "", "Slow"),
    ("Sugar", "Breakfast", "Supper", ""),
    ("100–149", "3 units", "1 unit", "9 units"),
    heads=2,
)


@pytest.mark.parametrize("edition", [RUN_IN, "text"])
def test_of_two_rows_of_heads_each_cell_has_both_and_one_may_reach_over_columns(
    edition: str,
) -> None:
    heads, cells = [line.replace(";", " ·") for line in lines_of(TWO, edition)]
    assert heads == "Only Monday, Sugar: Rapid, Breakfast · Rapid, Supper · Slow"
    assert cells == "100–149: Rapid, Breakfast: 3 units · Rapid, Supper: 1 unit · Slow: 9 units"


@pytest.mark.parametrize("edition", [RUN_IN, IN_LINES, "text"])
def test_a_table_of_one_column_is_its_head_and_its_cells(edition: str) -> None:
    block = table(("Safe to eat",), ("bread",), ("apples",))
    assert lines_of(block, edition) == ["Safe to eat", "bread", "apples"]


def test_of_a_table_of_one_column_only_the_head_is_bold() -> None:
    layout = laid_out(table(("Safe to eat",), ("bread",), ("apples",)), IN_LINES)
    (bold,) = elements(layout.root, "Strong")
    assert [line.words for line in seen(layout) if line.within(bold)] == ["Safe to eat"]


@pytest.mark.parametrize("edition", [RUN_IN, IN_LINES, "text"])
def test_heads_that_all_stand_with_cells_are_not_said_once_more(edition: str) -> None:
    block = table(("", "Yes", "No"), ("Monday", "Rest", "Run"))
    said = " · ".join(lines_of(block, edition)).replace(";", " ·")
    assert said == "Monday: Yes: Rest · No: Run"


@pytest.mark.parametrize("edition", [RUN_IN, IN_LINES])
def test_the_heads_stay_with_the_first_row(edition: str) -> None:
    used, root = setter(edition=edition), StructureElement("Document")
    block = table(
        ("When", "Do " * 40, "Do not"), ("Monday", "Rest", "Run"), ("Friday", "Walk", "Lift")
    )
    boxes = lay_out_blocks((block,), used, used.columns[0], root)
    heads = [*takewhile(lambda box: "Monday" not in _words(box), boxes)]
    assert len(heads) > 1
    assert all(box.keep for box in heads)


def _words(box: Box) -> str:
    lines = [part for part in box.parts if isinstance(part, LinePart)]
    return "".join([read_line(part.block.setting.lines[part.line]) for part in lines])


# ---- a grid that has no room -----------------------------------------------------------------------


def numbers(edition: str, columns: int) -> list[str]:
    block = table(
        ("Test", *[f"Month {n}" for n in range(columns)]),
        ("Thyrotropin", *["0.40–12.45" for _ in range(columns)]),
    )
    layout = laid_out(block, edition)
    return " ".join([line.words for line in seen(layout)]).replace("\u00a0", " ").split()


@pytest.mark.parametrize("edition", ["standard", "comfort", "booklet"])
@pytest.mark.parametrize("columns", [3, 5, 8, 12])
def test_no_number_of_a_table_is_cut(edition: str, columns: int) -> None:
    assert numbers(edition, columns).count("0.40–12.45") == columns


def test_a_grid_without_room_for_its_words_is_a_list() -> None:
    heads = ("Drug", *[f"Reaction {n}" for n in range(8)])
    layout = laid_out(table(heads, ("Prednisone", *["corticosteroids"] * 8)), "standard")
    assert not list(elements(layout.root, "Table"))
    (shape,) = elements(layout.root, "L")
    said = [line.words for line in seen(layout) if line.within(shape)]
    assert " ".join(said).replace("\u00a0", " ").count("corticosteroids") == len(heads) - 1


@pytest.mark.parametrize(
    ("word", "edition", "told"),
    [("corticosteroids", "standard", 0), ("A" * 99, "standard", 1), ("A" * 99, IN_LINES, 1)],
)
def test_only_words_that_are_cut_even_so_are_told(word: str, edition: str, told: int) -> None:
    used = setter(edition=edition)
    block = table(("Drug", *["Reaction"] * 8), ("Prednisone", *[word] * 8))
    lay_out(document(Section(None, (block,))), used, "never")
    assert used.warnings == ["a word in a table is wider than its line: it is cut in two"] * told


@pytest.mark.parametrize("edition", ["standard", IN_LINES])
@pytest.mark.parametrize("letters", range(20, 60, 2))
def test_a_word_that_is_cut_in_a_list_in_a_cell_is_told(edition: str, letters: int) -> None:
    word = "n" * letters
    item = (paragraph("Take"), BulletList(((BulletList(((paragraph(word),),)),),)))
    cells = (Cell((paragraph("Drug"),)), Cell((BulletList((item,)),)))
    used = setter(edition=edition)
    layout = lay_out(document(Section(None, (Table((), (cells,)),))), used, "never")
    whole = any(line.words.strip() == word for line in seen(layout))
    told = [] if whole else ["a word in a table is wider than its line: it is cut in two"]
    assert used.warnings == told


def test_a_number_and_its_unit_are_parted_before_the_grid_is_given_up() -> None:
    names = ("Blood sugar (mg/dL)", "Breakfast", "Lunch", "Dinner", "Bedtime", "Call?")
    layout = laid_out(
        table(names, ("150–199", "2 units", "12.5 units", "3 units", "12 units", "no")), "comfort"
    )
    (shape,) = elements(layout.root, "Table")
    said = [line.words.strip() for line in seen(layout) if line.within(shape)]
    assert said[said.index("12.5") :][:2] == ["12.5", "units"]


def test_a_head_of_results_that_is_too_long_for_its_column_widens_it() -> None:
    cells = (
        Cell((paragraph("Electroencephalographically"),), header=True),
        Cell((paragraph("Fine."),)),
    )
    shown = [line.words for line in seen(laid_out(Table((), (cells,)), "standard"))]
    assert "Electroencephalographically" in shown


@pytest.mark.parametrize("letters", range(11, 17))
def test_a_list_in_a_cell_is_not_cut_either(letters: int) -> None:
    cells = tuple([Cell((BulletList(((paragraph("n" * letters),),)),)) for _ in range(3)])
    said = [line.words.strip() for line in seen(laid_out(Table((), (cells,)), "standard"))]
    assert [word for line in said for word in line.split()].count("n" * letters) == len(cells)


def test_a_number_stays_with_its_unit_where_other_columns_can_give_way() -> None:
    words = "Take it with some food and much water, then rest for a while. " * 2
    block = table(("Dose", "Day", "Night", "Else"), ("12.5 units", words, words, words))
    assert "12.5 units" in [line.words.strip() for line in seen(laid_out(block, "standard"))]


def test_a_first_cell_without_words_is_not_lost() -> None:
    lines = Table((), ((Cell((RuledLines(3),)), *row("bread", "rice")),))
    rules = [mark for mark in own_marks(laid_out(lines, IN_LINES).pages[0]) if _is_rule(mark)]
    plain = table(("apples", "bread", "rice"), heads=0)
    none = [mark for mark in own_marks(laid_out(plain, IN_LINES).pages[0]) if _is_rule(mark)]
    assert len(rules) == len(none) + 3


def _is_rule(mark: object) -> bool:
    return isinstance(mark, ShapeMark)
