"""The foot of every page: a hairline, the leaflet's title and number, and `Page n of N`."""

from handouts.document import Footer, text
from handouts.layout.boxes import LinePart, TextBlock
from handouts.layout.setter import Column, Setter
from handouts.layout.shapes import horizontal
from handouts.marks import Mark, ShapeMark
from handouts.theme import TypeRole
from handouts.values import replace

_BETWEEN, _BEFORE_COUNT = 8.0, 12.0
"""White between the title and what is said of it, and before the page's number."""


class Feet:
    """Draws the foot of each page of a leaflet: artifacts, each at most one line.

    What is said of the leaflet moves below the title when there is no room beside it; an edition
    may say it elsewhere.  What pages have in common is set once.
    """

    def __init__(self, footer: Footer, setter: Setter, total: int) -> None:
        self._footer, self._setter, self._total = footer, setter, total
        self._form, role = setter.theme.parts.footer, setter.role("footer")
        self._bold = replace(role, face=role.strong)
        about = footer.about if self._form == "whole" else ""
        self._about = _line(about, role, setter.full.width, setter)
        self._whole = _line(footer.title, self._bold, setter.full.width, setter)

    def marks(self, number: int, shift: float) -> list[Mark]:
        """Draw the foot of the page of this number, moved to the right."""
        if self._form == "none":
            return []
        setter, page = self._setter, self._setter.theme.page
        column = Column(setter.full.left + shift, setter.full.width)
        said = self._footer.page.replace("{page}", str(number))
        right = _line(said.replace("{pages}", str(self._total)), self._bold, column.width, setter)
        room = column.width - _width(right) - _BEFORE_COUNT
        left, about = self._whole, self._about
        if _width(left) > room:
            left = _line(self._footer.title, self._bold, room, setter)
        after = _width(left) + _BETWEEN
        beside = after + _width(about) <= room
        rule = ShapeMark(
            x=column.left,
            y=page.footer_rule,
            path=horizontal(column.width),
            stroke=setter.theme.boxes.hairline_colour,
            width=page.footer_pen,
        )
        lines = (
            (left, 0.0, page.footer_baseline),
            (about, after, page.footer_baseline)
            if beside
            else (about, 0.0, page.footer_identifiers),
            (right, column.width - _width(right), page.footer_baseline),
        )
        return [
            rule,
            *[
                LinePart(column.left + indent, y, block, 0).mark(y)
                for block, indent, y in lines
                if block.setting.lines
            ],
        ]


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
