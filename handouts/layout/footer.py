"""The foot of every page: a hairline, the leaflet's title and number, and `Page n of N`."""

from collections.abc import Iterable

from handouts.document import Footer, text
from handouts.layout.boxes import LinePart, TextBlock
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import horizontal
from handouts.marks import Mark, ShapeMark
from handouts.theme import TypeRole
from handouts.values import replace

_BETWEEN, _BEFORE_COUNT = 8.0, 12.0
"""White between the title and what is said of it, and before the page's number."""


def footer_marks(
    footer: Footer, setter: Setter, number: int, total: int, shift: float = 0.0
) -> Iterable[Mark]:
    """Draw the foot of page `number` of `total`: artifacts, each at most one line.

    What is said of the leaflet moves below the title when there is no room beside it; an edition
    may say it elsewhere.  All is moved to the right by `shift`.
    """
    form = setter.theme.parts.footer
    if form == "none":
        return
    page, role = setter.theme.page, setter.role("footer")
    column = Column(setter.full.left + shift, setter.full.width)
    bold = replace(role, face=role.strong)
    count = footer.page.replace("{page}", str(number)).replace("{pages}", str(total))
    right = _line(count, bold, column.width, setter)
    room = column.width - _width(right) - _BEFORE_COUNT
    left = _line(footer.title, bold, room, setter)
    about = _line(footer.about if form == "whole" else "", role, column.width, setter)
    after = _width(left) + _BETWEEN
    beside = after + _width(about) <= room
    yield ShapeMark(
        x=column.left,
        y=page.footer_rule,
        path=horizontal(column.width),
        stroke=setter.theme.boxes.hairline_colour,
        width=page.footer_pen,
    )
    for block, indent, y in (
        (left, 0.0, page.footer_baseline),
        (about, after, page.footer_baseline) if beside else (about, 0.0, page.footer_identifiers),
        (right, column.width - _width(right), page.footer_baseline),
    ):
        if block.setting.lines:
            yield LinePart(column.left + indent, y, block, 0).mark(0.0)


def is_whole(footer: Footer, setter: Setter) -> bool:
    """Whether what is said of the leaflet is printed whole; the title is, on page 1."""
    role = setter.role("footer")
    if setter.theme.parts.footer != "whole":
        return True
    return len(setter.text(text(footer.about), role, None, setter.full.width).setting.lines) <= 1


def _line(words: str, role: TypeRole, room: float, setter: Setter) -> TextBlock:
    """Set words on one line, cut at a word when there is no room for all of them."""
    whole = kept = words.split()
    while True:
        line = " ".join(kept) if kept is whole else f"{' '.join(kept)} …"
        block = setter.text(text(line), role, None, room)
        if len(block.setting.lines) <= 1 or len(kept) == 1:
            return block
        kept = kept[:-1]


def _width(block: TextBlock) -> float:
    """The width of the line, 0 when it has no words."""
    return block.setting.lines[0].width if block.setting.lines else 0.0
