"""Pages on sheets: which page stands where, so that folded paper reads in order."""

from collections.abc import Sequence

import pytest

from handouts.errors import LayoutError
from handouts.layout.imposition import (
    Leaf,
    flowing_panels,
    impose,
    leaf_paper,
    leaves_of_a_sheet,
)
from handouts.marks import Page, ShapeMark
from handouts.theme import load_theme
from handouts.units import PAPERS

BOOKLET, TRIFOLD = load_theme("booklet", "colour").fold, load_theme("trifold", "colour").fold
PAPER_NAMES = ("letter", "a4")
LETTER = PAPERS["letter"]
INSET = 26.0
"""Where a page's text begins in these leaves, as in the tri-fold."""


def leaf(words: str, name: str = "") -> Leaf:
    """A page with one mark at its text's edge, which says what the page is."""
    return Leaf(name, Page(100.0, 100.0, (ShapeMark(INSET, 0.0, words),), ()))


def numbered(count: int) -> list[Leaf]:
    return [leaf(str(number)) for number in range(1, count + 1)]


def said(side: Page) -> list[tuple[str, float]]:
    """What stands on a side from left to right, without the marks that show where to fold."""
    marks = [mark for mark in side.marks if isinstance(mark, ShapeMark) and not mark.stroke]
    return [(mark.path, mark.x - INSET) for mark in sorted(marks, key=lambda one: one.x)]


def words(side: Page) -> list[str]:
    return [path for path, _ in said(side)]


# ---- booklet -----------------------------------------------------------------------------------


def test_a_booklet_of_eight_pages_is_imposed_as_printers_do() -> None:
    sides = impose(numbered(8), BOOKLET, LETTER)
    assert [words(side) for side in sides] == [["8", "1"], ["2", "7"], ["6", "3"], ["4", "5"]]


@pytest.mark.parametrize("count", range(4, 20, 4))
def test_the_two_pages_of_a_side_add_up_to_one_more_than_all(count: int) -> None:
    for side in impose(numbered(count), BOOKLET, LETTER):
        assert sum([int(page) for page in words(side)]) == count + 1


def _read(sides: Sequence[Page]) -> list[str]:
    """Turn the pages of the stapled sheets: forth through their right halves, and back again."""
    pairs = [words(side) for side in sides]
    fronts, backs = pairs[::2], pairs[1::2]
    opened = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])
    ]
    closed = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])
    ]
    return [*opened, *reversed(closed)]


@pytest.mark.parametrize("count", range(4, 20, 4))
def test_a_folded_booklet_reads_in_order(count: int) -> None:
    read = _read(impose(numbered(count), BOOKLET, LETTER))
    assert read == [str(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 5, 6, 7])
def test_pages_that_are_missing_at_the_end_stay_empty(count: int) -> None:
    sides = impose(numbered(count), BOOKLET, LETTER)
    assert len(sides) == -(-count // 4) * 2
    assert sorted(page for side in sides for page in words(side)) == sorted(
        map(str, range(1, count + 1))
    )


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_the_pages_of_a_booklet_are_half_a_sheet(paper: str) -> None:
    sheet = PAPERS[paper]
    page = leaf_paper(BOOKLET, sheet)
    assert (page.width * 2, page.height) == (sheet.height, sheet.width)
    front = impose(numbered(4), BOOKLET, sheet)[0]
    assert (front.width, front.height) == (sheet.height, sheet.width)
    assert said(front) == [("4", 0.0), ("1", pytest.approx(page.width))]


# ---- panels ------------------------------------------------------------------------------------


def panels() -> list[Leaf]:
    """The pages of a tri-fold in the order in which they are read."""
    return [leaf("cover", "cover"), *numbered(4), leaf("back", "back")]


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_outside_are_flap_back_and_cover_and_inside_the_rest(paper: str) -> None:
    outside, inside = impose(panels(), TRIFOLD, PAPERS[paper])
    assert words(outside) == ["4", "back", "cover"]
    assert words(inside) == ["1", "2", "3"]


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_panels_fill_the_sheet_and_the_one_folded_in_is_the_narrowest(paper: str) -> None:
    outside, inside = TRIFOLD.outside[paper], TRIFOLD.inside[paper]
    for row in (outside, inside):
        assert sum([width for _, width in row]) == pytest.approx(PAPERS[paper].height, abs=0.01)
    assert outside[0][1] == inside[2][1] == min([width for _, width in (*outside, *inside)])
    assert outside[0][1] < outside[1][1] - 2


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_text_is_so_far_from_edges_and_folds_as_the_theme_says(paper: str) -> None:
    sheet = PAPERS[paper]
    text = leaf_paper(TRIFOLD, sheet).width - TRIFOLD.margin - TRIFOLD.fold_margin
    sides = impose(panels(), TRIFOLD, sheet)
    for side, row in zip(sides, (TRIFOLD.outside[paper], TRIFOLD.inside[paper]), strict=True):
        left = 0.0
        for number, ((name, width), (path, at)) in enumerate(zip(row, said(side), strict=True)):
            assert path == name
            before, behind = at + INSET - left, left + width - at - INSET - text
            assert before >= (TRIFOLD.fold_margin, TRIFOLD.margin)[number == 0] - 0.01
            assert behind >= (TRIFOLD.fold_margin, TRIFOLD.margin)[number == 2] - 0.01
            left += width


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_short_marks_show_at_head_and_foot_where_to_fold(paper: str) -> None:
    for side, row in zip(
        impose(panels(), TRIFOLD, PAPERS[paper]),
        (TRIFOLD.outside[paper], TRIFOLD.inside[paper]),
        strict=True,
    ):
        marks = [mark for mark in side.marks if isinstance(mark, ShapeMark) and mark.stroke]
        folds = (row[0][1], row[0][1] + row[1][1])
        assert sorted({mark.x for mark in marks}) == pytest.approx(folds)
        assert {mark.y for mark in marks} == {19.0, PAPERS[paper].width - 19.0 - 8.0}
        assert {mark.element for mark in marks} == {None}


def test_a_panel_without_a_page_stays_empty() -> None:
    outside, inside = impose(panels()[:3], TRIFOLD, LETTER)
    assert (words(outside), words(inside)) == (["cover"], ["1", "2"])


def test_a_page_that_has_no_panel_is_refused() -> None:
    with pytest.raises(LayoutError, match="no panel 'lid'"):
        impose([*panels(), leaf("lid", "lid")], TRIFOLD, LETTER)
    with pytest.raises(LayoutError, match="no panel '5'"):
        impose([*panels(), leaf("5")], TRIFOLD, LETTER)


def test_a_sheet_holds_two_pages_or_four_or_six_panels() -> None:
    plain = load_theme("standard", "colour").fold
    assert [leaves_of_a_sheet(fold) for fold in (plain, BOOKLET, TRIFOLD)] == [2, 4, 6]
    assert [flowing_panels(fold, LETTER) for fold in (plain, BOOKLET, TRIFOLD)] == [0, 0, 4]
