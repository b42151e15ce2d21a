from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import LayoutError
from handouts.layout.boxes import Box, gap, natural_height, stack
from handouts.layout.paginate import Frames, Placed, paginate, sunk

HEIGHT = 100.0
PAGES = Frames(HEIGHT)


@st.composite
def boxes(draw: st.DrawFn) -> list[Box]:
    """Boxes of a flow; none is higher than a page."""
    heights = draw(st.lists(st.integers(0, 60), max_size=40))
    return [
        Box(
            float(height),
            (),
            before=draw(st.sampled_from([0.0, 5.0, 10.0])),
            after=draw(st.sampled_from([0.0, 5.0, 12.0])),
            hugs=draw(st.booleans()),
            keep=draw(st.sampled_from([False, False, True])),
            leans=draw(st.booleans()),
            opens=draw(st.booleans()),
        )
        for height in heights
    ]


def _bottom(placed: Placed) -> float:
    return placed.depth + placed.box.height


def _broken(pages: list[list[Placed]]) -> list[tuple[Box, Box]]:
    """The box above and the box below each page break."""
    return [(above[-1].box, below[0].box) for above, below in pairwise(pages)]


@given(boxes())
def test_every_box_stands_once_and_in_order(flow: list[Box]) -> None:
    placed = [one.box for page in paginate(flow, PAGES) for one in page]
    assert list(map(id, placed)) == list(map(id, flow))


@given(boxes())
def test_no_box_stands_outside_its_page(flow: list[Box]) -> None:
    for page in paginate(flow, PAGES):
        assert page[0].depth == 0.0
        assert _bottom(page[-1]) <= HEIGHT + 0.01


@given(boxes())
def test_the_white_between_two_boxes_is_what_they_ask_for(flow: list[Box]) -> None:
    for page in paginate(flow, PAGES):
        for above, below in pairwise(page):
            assert below.depth == pytest.approx(_bottom(above) + gap(above.box, below.box))


@given(boxes())
def test_boxes_that_keep_together_are_parted_only_if_no_page_holds_them(flow: list[Box]) -> None:
    for above, below in _broken(paginate(flow, PAGES)):
        if above.keep:
            chain = _chain(flow, next(n for n, box in enumerate(flow) if box is below))
            assert natural_height(chain) > HEIGHT


def _chain(flow: list[Box], index: int) -> list[Box]:
    """All the boxes that are kept with the box before this one."""
    first, last = index, index
    while first and flow[first - 1].keep:
        first -= 1
    while last < len(flow) - 1 and flow[last].keep:
        last += 1
    return flow[first : last + 1]


@given(boxes())
def test_calm_breaks_cost_no_page(flow: list[Box]) -> None:
    plain = [Box(box.height, (), box.before, box.after, box.hugs, box.keep) for box in flow]
    assert len(paginate(flow, PAGES)) == len(paginate(plain, PAGES))


def test_a_page_rather_opens_with_a_section_than_breaks_one() -> None:
    flow = [Box(90.0, ()), Box(8.0, (), opens=True), Box(20.0, ()), Box(20.0, ())]
    assert [len(page) for page in paginate(flow, PAGES)] == [1, 3]


def test_a_section_does_not_move_when_too_much_white_would_be_left() -> None:
    flow = [Box(50.0, ()), Box(40.0, (), opens=True), Box(20.0, ()), Box(20.0, ())]
    assert [len(page) for page in paginate(flow, PAGES)] == [2, 2]


def test_a_section_does_not_leave_the_head_that_keeps_it() -> None:
    flow = [Box(90.0, (), keep=True), Box(8.0, (), opens=True), Box(20.0, ())]
    assert [len(page) for page in paginate(flow, PAGES)] == [2, 1]


def test_a_page_rather_parts_no_pair_than_is_full() -> None:
    flow = [Box(20.0, ()) for _ in range(8)]
    flow[4].leans = True
    assert [len(page) for page in paginate(flow, PAGES)] == [4, 4]


def test_a_pair_is_parted_where_holding_it_costs_a_page() -> None:
    flow = [Box(20.0, ()) for _ in range(10)]
    flow[4].leans = True
    assert [len(page) for page in paginate(flow, PAGES)] == [5, 5]


def test_what_sinks_stands_at_the_foot_with_all_that_follows() -> None:
    sinking = Box(10.0, (), before=5.0)
    sinking.sinks = True
    (page,) = paginate([Box(20.0, ()), sinking, Box(15.0, (), before=2.0)], PAGES)
    first, second, third = sunk(page, HEIGHT)
    assert (first.depth, second.depth, third.depth) == (0.0, 73.0, 85.0)


def test_those_that_sink_share_the_white_and_take_what_stands_above_them_along() -> None:
    lintel = Box(4.0, ())
    title, foot = Box(20.0, (), sinks=True), Box(10.0, (), sinks=True, lintel=lintel)
    (page,) = paginate([Box(6.0, ()), title, foot], PAGES)
    assert [one.depth for one in sunk(page, HEIGHT)] == [0.0, 36.0, 86.0, 90.0]


def test_sections_stay_whole_if_asked_but_for_one_that_no_page_holds() -> None:
    flow = [Box(20.0, ()) for _ in range(11)]
    for start in (0, 1, 4):
        flow[start].opens = True
    pages = [[flow.index(one.box) for one in page] for page in paginate(flow, PAGES, whole=True)]
    assert pages == [[0, 1, 2, 3], [4, 5, 6, 7, 8], [9, 10]]


def test_what_sinks_and_opens_a_page_stays_at_its_top() -> None:
    sinking = Box(10.0, (), sinks=True)
    (page,) = paginate([sinking, Box(15.0, (), before=2.0)], PAGES)
    assert [one.depth for one in sunk(page, HEIGHT)] == [0.0, 12.0]


def test_what_sinks_stays_whole_where_that_costs_no_page() -> None:
    foot = [Box(20.0, ()) for _ in range(4)]
    foot[0].sinks = foot[0].opens = True
    flow = [Box(20.0, ()) for _ in range(3)]
    assert [len(page) for page in paginate([*flow, *foot], PAGES)] == [3, 4]


@given(boxes(), st.lists(st.integers(0, 90), min_size=1, max_size=3))
def test_low_frames_come_first_and_none_is_overfull(flow: list[Box], low: list[int]) -> None:
    frames = Frames(HEIGHT, tuple(map(float, low)))
    filled = paginate(flow, frames)
    assert [one.box for frame in filled for one in frame] == flow
    for number, frame in enumerate(filled):
        assert not frame or _bottom(frame[-1]) <= frames.height(number) + 0.01


def test_a_lintel_stands_between_boxes_but_never_opens_a_page() -> None:
    lintel = Box(5.0, ())
    flow = [Box(40.0, (), lintel=lintel) for _ in range(3)]
    first, second = paginate(flow, PAGES)
    assert [(one.box is lintel, one.depth) for one in first] == [
        (False, 0.0),
        (True, 40.0),
        (False, 45.0),
    ]
    assert [one.depth for one in second] == [0.0]


@given(st.lists(st.integers(1, 30), min_size=2, max_size=30))
def test_a_head_is_repeated_on_every_page_that_breaks_inside_its_table(heights: list[int]) -> None:
    head = Box(20.0, ())
    rows = [Box(float(height), (), repeat=head) for height in heights]
    pages = paginate([Box(20.0, ()), *rows], PAGES)
    for page in pages[1:]:
        assert page[0].box is head
        assert page[1].depth == 20.0
        assert _bottom(page[-1]) <= HEIGHT


@pytest.mark.parametrize("before", [0, 1])
def test_a_box_higher_than_a_page_is_refused_with_both_heights(before: int) -> None:
    flow = [Box(10.0, ())] * before + [Box(130.0, ())]
    with pytest.raises(LayoutError, match="130 points high, a page has 100"):
        paginate(flow, PAGES)


def test_a_head_is_not_repeated_where_only_its_box_has_room() -> None:
    head = Box(10.0, ())
    first, *rest = paginate([Box(50.0, ()), Box(95.0, (), repeat=head)], PAGES)
    assert [one.box for page in rest for one in page] == [rest[0][0].box]
    assert (rest[0][0].box.height, rest[0][0].depth) == (95.0, 0.0)
    assert len(first) == 1


def test_without_boxes_there_is_no_page() -> None:
    assert paginate([], PAGES) == []


@given(boxes())
def test_boxes_stacked_into_one_take_the_height_that_they_have_on_a_page(flow: list[Box]) -> None:
    assert stack(flow).height == pytest.approx(natural_height(flow))
