"""A page's content stream: display-list marks become operators (ISO 32000-1, 8 and 9)."""

from collections.abc import Sequence
from itertools import groupby

from handouts.marks import (
    COLOURS,
    Face,
    FigurePathMark,
    ImageMark,
    ImprintMark,
    Line,
    Mark,
    OwnMark,
    Segment,
    ShapeMark,
    TextMark,
    by_leaf,
)
from handouts.pdf.images import image_name
from handouts.pdf.syntax import number, numbers
from handouts.pdf.tagging import MarkedContent
from handouts.structure import StructureElement

PALETTE = "Pal"
"""Resource name of the palette."""

_ARTIFACT, _END = "/Artifact BMC", "EMC"
_UNSET = StructureElement("")


def page_content(
    marks: Sequence[Mark], marked: MarkedContent, leaves: tuple[tuple[int, int], ...] = ()
) -> list[bytes]:
    """Give the operators of a page's marks; `marked` learns whose content they are.

    They are parted where an imprint stands, whose operators go between two parts.
    """
    drawing = _Drawing(marked)
    parts: list[bytes] = []
    for marked.leaf, own in by_leaf(marks, leaves):
        for (are_shapes, element), group in groupby(own, _kind):
            if are_shapes:
                drawing.operators.append(drawing.begin(element))
            for mark in group:
                if isinstance(mark, ImprintMark):
                    parts.append(drawing.parted(mark.x, mark.y))
                else:
                    drawing.draw(mark)
            if are_shapes:
                drawing.operators.append(_END)
    return [*parts, drawing.written()]


def _kind(mark: Mark) -> tuple[bool, StructureElement | None]:
    """Shapes that follow each other share one sequence if they are decoration, or of one element."""
    return (True, mark.element) if isinstance(mark, ShapeMark) else (False, None)


class _Drawing:
    """The operators so far, and the graphics state that they leave: it is set only when it changes."""

    __slots__ = ("face", "fill", "leading", "marked", "operators", "size", "stroke", "tracking")

    def __init__(self, marked: MarkedContent) -> None:
        self.marked = marked
        self.operators: list[str] = []
        self.fill = self.stroke = ""
        self.face: Face | None = None
        self.size = self.leading = self.tracking = 0.0

    def written(self) -> bytes:
        """Give the operators as bytes: text is shown with codes of two bytes each, all else is ASCII."""
        return "\n".join(self.operators).encode("latin-1")

    def parted(self, x: float, y: float) -> bytes:
        """Give the operators up to an imprint, which begins at a place, with no tracking."""
        self.operators.append(f"q {_at(x, y)}{' 0 Tc' if self.tracking else ''}")
        part = self.written()
        self.operators = ["Q"]
        return part

    def draw(self, mark: OwnMark) -> None:
        """Append a mark's operators."""
        match mark:
            case TextMark():
                self._text(mark)
            case ShapeMark():
                self._shape(mark)
            case ImageMark(element=element):
                self._figure(element, mark, _image(mark))
            case FigurePathMark(element=element):
                self._set_fill(mark.fill)
                self._figure(element, mark, f"q {_at(mark.x, mark.y, mark.scale)} {mark.path} f Q")

    def begin(self, element: StructureElement | None) -> str:
        """Open the marked-content sequence of an element, or of an artifact."""
        if element is None:
            return _ARTIFACT
        owner, identifier = self.marked.add(element)
        return f"/{owner.tag} <</MCID {identifier}>> BDC"

    # ---- text ----------------------------------------------------------------------------------

    def _text(self, mark: TextMark) -> None:
        """Write one text object; a marked-content sequence lasts while the element stays the same."""
        self._set_fill(mark.colour)
        self._set_spacing(mark)
        self.operators.append("BT")
        owner: StructureElement | None = _UNSET
        for index, line in enumerate(mark.setting.lines[mark.first : mark.last]):
            y = mark.y - index * mark.setting.leading
            self._start_line(mark, index, y)
            for segment in line.segments:
                element = mark.elements[segment.run]
                if element is not owner:
                    self._change_owner(owner, element)
                    owner = element
                self._segment(segment, mark, line, y)
        self.operators.append("ET" if owner is _UNSET else "EMC ET")

    def _set_spacing(self, mark: TextMark) -> None:
        setting = mark.setting
        if setting.tracking != self.tracking:
            self.tracking = setting.tracking
            self.operators.append(f"{number(self.tracking)} Tc")
        if setting.leading != self.leading and mark.last - mark.first > 1:
            self.leading = setting.leading
            self.operators.append(f"{number(self.leading)} TL")

    def _start_line(self, mark: TextMark, index: int, y: float) -> None:
        """Go to a line's start: by the leading from a line that did so, else by its coordinates."""
        line = mark.first + index
        if mark.setting.lines[line].placed:
            return
        if index == 0:
            self.operators.append(f"{numbers(mark.x, y)} Td")
        elif mark.setting.lines[line - 1].placed:
            self.operators.append(f"{_matrix(mark.x, y)} Tm")
        else:
            self.operators.append("T*")

    def _change_owner(
        self, owner: StructureElement | None, element: StructureElement | None
    ) -> None:
        if owner is not _UNSET:
            self.operators.append(_END)
        self.operators.append(self.begin(element))

    def _segment(self, segment: Segment, mark: TextMark, line: Line, y: float) -> None:
        size = mark.setting.size * segment.scale
        if segment.face is not self.face or size != self.size:
            self.face, self.size = segment.face, size
            self.operators.append(f"/{segment.face.name} {number(size)} Tf")
        if line.placed:
            self.operators.append(f"{_matrix(mark.x + segment.x, y)} Tm")
        self.operators.append(segment.operators)

    # ---- shapes and pictures -------------------------------------------------------------------

    def _shape(self, mark: ShapeMark) -> None:
        """Paint a path; its colours stay set, the rest of its graphics state does not."""
        if mark.fill:
            self._set_fill(mark.fill)
        if mark.stroke:
            self._set_stroke(mark.stroke)
        style = f"{_pen(mark)} " if mark.stroke else ""
        at = _at(mark.x, mark.y, mark.scale)
        self.operators.append(f"q {at} {style}{mark.path} {_paint(mark)} Q")

    def _figure(
        self, element: StructureElement | None, mark: ImageMark | FigurePathMark, painting: str
    ) -> None:
        if element is not None:
            box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
            self.marked.bound(element.real, box)
        self.operators += (self.begin(element), painting, _END)

    # ---- colours -------------------------------------------------------------------------------

    def _set_fill(self, role: str) -> None:
        if role != self.fill:
            self.fill = role
            self.operators.append(_colour(role, "g", "cs", "sc"))

    def _set_stroke(self, role: str) -> None:
        if role != self.stroke:
            self.stroke = role
            self.operators.append(_colour(role, "G", "CS", "SC"))


def _colour(role: str, grey: str, space: str, component: str) -> str:
    """Set a colour by its role; text is pure black, so that no printer mixes it from inks."""
    if role == "text":
        return f"0 {grey}"
    return f"/{PALETTE} {space} {COLOURS.index(role)} {component}"


def _image(mark: ImageMark) -> str:
    box = numbers(mark.width, 0, 0, mark.height, mark.x, mark.y)
    return f"q {box} cm /{image_name(mark.image)} Do Q"


def _pen(mark: ShapeMark) -> str:
    """Line width, dashes, ends and joins, in the path's own units."""
    parts = [f"{number(mark.width)} w"]
    if mark.dash:
        parts.append(f"[{numbers(*mark.dash)}] 0 d")
    if mark.round:
        parts.append("1 J 1 j")
    return " ".join(parts)


def _paint(mark: ShapeMark) -> str:
    """Choose the path-painting operator."""
    if mark.stroke:
        return "B" if mark.fill else "S"
    return "f" if mark.fill else "n"


def _matrix(x: float, y: float, scale: float = 1.0) -> str:
    factor = number(scale, 4)
    return f"{factor} 0 0 {factor} {numbers(x, y)}"


def _at(x: float, y: float, scale: float = 1.0) -> str:
    return f"{_matrix(x, y, scale)} cm"
