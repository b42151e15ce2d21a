"""Does a screen reader hear what an eye sees, in the same order?  Section 11, 9, and PDF/UA-1."""

from collections.abc import Iterator
from itertools import pairwise

from handouts.verify.drawn import Mark
from handouts.verify.finding import Finding
from handouts.verify.outlines import Box
from handouts.verify.printed import Printed
from handouts.verify.tags import Element

_SLACK = 2.0
_DRAWN = ("Lbl", "Figure", "Formula")
"""Elements whose content may be a path: a bullet, a box to tick, a code."""


def tagged(printed: Printed) -> Iterator[Finding]:
    """Look for what every tagged file has."""
    facts = printed.facts
    for there, what in (
        (facts.tree and facts.marked, "the file has no tags"),
        (facts.language, "the file does not say its language"),
        (facts.title, "the file has no title"),
        (facts.shown_title, "a viewer would show the file's name, not its title"),
    ):
        if not there:
            yield Finding(what=what, todo="Make the leaflet with handouts.")


def unmarked(printed: Printed) -> Iterator[Finding]:
    """Find marks that are neither content nor decoration."""
    for mark in printed.marks:
        if not mark.artifact and printed.owner(mark) is None:
            yield _at(mark, "something is drawn that is neither tagged nor an artifact", "Tag it.")


def alternatives(printed: Printed) -> Iterator[Finding]:
    """Find figures without a description: the logo and the QR code are figures."""
    places = _boxes(printed)
    for element in printed.tree.elements:
        if element.tag == "Figure" and not element.alt.strip():
            page, box = places.get(element, (0, (0.0, 0.0, 0.0, 0.0)))
            yield Finding(
                page=page,
                x=box[0],
                y=box[1],
                what="a figure has no alternative text",
                todo="Describe it, or make it decoration.",
            )


def decoration(printed: Printed) -> Iterator[Finding]:
    """Find rules, bars and icons that are read aloud, and pictures that are no figures."""
    drawn: tuple[Mark, ...] = (*printed.shapes, *printed.pictures)
    for mark in drawn:
        owner = printed.owner(mark)
        if owner is not None and not owner.within(*_DRAWN):
            yield _at(
                mark,
                f"a shape or picture belongs to the {owner.tag} of a text",
                "Make it an artifact; a picture that means something is a Figure.",
            )


def reading_order(printed: Printed) -> Iterator[Finding]:
    """Find elements that are read after what stands below or right of them."""
    right_to_left = printed.words is not None and printed.words.direction == "rtl"
    places = [(element, *place) for element, place in _boxes(printed).items()]
    for (_, page, box), (element, next_page, next_box) in pairwise(places):
        panel, next_panel = _panel(printed, page, box), _panel(printed, next_page, next_box)
        if printed.limits.panels > 1 and (page, panel) != (next_page, next_panel):
            continue
        if next_page < page or (
            next_page == page and _goes_back(box, next_box, right_to_left=right_to_left)
        ):
            yield Finding(
                page=next_page,
                x=next_box[0],
                y=next_box[1],
                what=f"this {element.tag} is read after what stands below it",
                todo="Let the order of the tags be that of the page.",
            )


def _goes_back(box: Box, following: Box, *, right_to_left: bool) -> bool:
    """Whether what follows stands above, and not in a column further on."""
    if right_to_left:
        box = (-box[2], box[1], -box[0], box[3])
        following = (-following[2], following[1], -following[0], following[3])
    rises = following[1] > box[3] - _SLACK
    return rises and following[0] < box[2] - _SLACK


def _panel(printed: Printed, page: int, box: Box) -> int:
    width, _ = printed.pages[page - 1]
    return int(box[0] // (width / printed.limits.panels))


def _boxes(printed: Printed) -> dict[Element, tuple[int, Box]]:
    """Where each element with content of its own begins, in reading order."""
    marks: dict[object, list[Mark]] = {}
    for mark in printed.marks:
        if mark.content:
            marks.setdefault(mark.content, []).append(mark)
    found: dict[Element, tuple[int, Box]] = {}
    for content, element in printed.tree.items:
        block = element.block
        for mark in marks.get(content, ()):
            page, box = found.setdefault(block, (mark.page, mark.box))
            if page == mark.page:
                found[block] = (page, _around(box, mark.box))
    return found


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _at(mark: Mark, what: str, todo: str) -> Finding:
    return Finding(page=mark.page, x=mark.box[0], y=mark.box[1], what=what, todo=todo)
