"""Text that spills over its pages by little is set with less white, and needs a page less."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import laid_out, seen

from handouts.document import paragraph
from handouts.layout.boxes import Box, gap
from handouts.layout.paginate import Frames, Placed, depth_of, paginate
from handouts.layout.tightening import fewest_frames

HEIGHT = 100.0
PAGES = Frames(HEIGHT)


@st.composite
def boxes(draw: st.DrawFn) -> list[Box]:
    """Boxes of a flow; none is higher than a page."""
    heights = draw(st.lists(st.integers(5, 30), max_size=40))
    return [
        Box(
            float(height),
            (),
            before=draw(st.sampled_from([0.0, 5.0, 10.0])),
            after=draw(st.sampled_from([0.0, 5.0, 12.0])),
            hugs=draw(st.booleans()),
            keep=draw(st.sampled_from([False, False, True])),
            opens=draw(st.booleans()),
        )
        for height in heights
    ]


def _whites(pages: list[list[Placed]]) -> list[float]:
    return [
        below.depth - above.depth - above.box.height
        for page in pages
        for above, below in pairwise(page)
    ]


@given(boxes())
def test_every_box_stands_once_in_order_and_on_its_page(flow: list[Box]) -> None:
    pages = fewest_frames(flow, PAGES)
    assert [one.box.parts for page in pages for one in page] == [box.parts for box in flow]
    assert [one.box.height for page in pages for one in page] == [box.height for box in flow]
    assert all(depth_of(page) <= HEIGHT + 0.01 for page in pages)


@given(boxes())
def test_white_is_taken_only_where_that_saves_a_page_and_from_all_alike(flow: list[Box]) -> None:
    loose, pages = paginate(flow, PAGES), fewest_frames(flow, PAGES)
    if len(pages) == len(loose):
        assert _places(pages) == _places(loose)
        return
    assert len(pages) < len(loose)
    asked, white = _asked(pages, flow), _whites(pages)
    assert any(
        white == pytest.approx([part * one for one in asked], abs=0.01)
        for part in (0.95, 0.9, 0.85)
    )


def _places(pages: list[list[Placed]]) -> list[list[tuple[int, float]]]:
    return [[(id(one.box), one.depth) for one in page] for page in pages]


def _asked(pages: list[list[Placed]], flow: list[Box]) -> list[float]:
    """The white that boxes of one page ask for between them."""
    found: list[float] = []
    start = 0
    for page in pages:
        found += [gap(*pair) for pair in pairwise(flow[start : start + len(page)])]
        start += len(page)
    return found


def _flow(spill: float) -> list[Box]:
    """Ten boxes, nine whites of 4 points: 100 points and the spill."""
    return [Box(6.4, (), after=4.0) for _ in range(9)] + [Box(6.4 + spill, ())]


@pytest.mark.parametrize(("spill", "white"), [(0.0, 4.0), (1.0, 3.8), (3.0, 3.6), (5.0, 3.4)])
def test_no_more_white_is_taken_than_the_page_needs(spill: float, white: float) -> None:
    (page,) = fewest_frames(_flow(spill), PAGES)
    assert _whites([page]) == pytest.approx([white] * 9)


def test_what_spills_by_more_keeps_its_white() -> None:
    pages = fewest_frames(_flow(6.0), PAGES)
    assert len(pages) == 2
    assert _whites(pages) == pytest.approx([4.0] * 8)


def test_a_head_stays_nearer_to_its_text_than_to_what_is_above() -> None:
    above, head, text = (
        Box(40.0, (), after=8.0),
        Box(20.0, (), before=20.0, after=4.0, hugs=True),
        Box(35.0, ()),
    )
    (page,) = fewest_frames([above, head, text], Frames(116.0))
    assert _whites([page]) == pytest.approx([17.0, 3.4])


def test_a_leaflet_that_spills_by_a_line_has_its_lines_nearer_on_one_page() -> None:
    most = next(number for number in range(20, 60) if _pitch(number + 1)[0] > 1)
    loose, (count, tight) = _pitch(5)[1], _pitch(most)
    assert count == 1
    assert 0.9 * loose < tight < loose
    assert _pitch(most + 1)[1] == pytest.approx(loose)


def _pitch(number: int) -> tuple[int, float]:
    """The pages that so many paragraphs of a line need, and how far the first are apart."""
    layout = laid_out(*[paragraph("A line.")] * number)
    first, second = [line for line in seen(layout) if line.words == "A line."][:2]
    return len(layout.pages), first.y - second.y
