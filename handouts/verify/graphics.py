"""The graphics half of a content stream: state, colours, marked content, paths (ISO 32000-1, 8)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any, ClassVar

from handouts.verify.drawn import Content, Mark, Shape
from handouts.verify.outlines import Box
from handouts.verify.paint import Paint, Space, device, first_colour, space_of
from handouts.verify.state import UNIT, Matrix, State, at, scale, times

Operands = Sequence[Any]
_NUMBERS = {
    b"w": "pen",
    b"Tc": "tracking",
    b"Tw": "word",
    b"TL": "leading",
    b"Ts": "rise",
}
"""Operators that set one number of the state."""


class Graphics:
    """What operators of a page do to its state, and the marks so far.

    Args:
        page: Number of the page, from 1.
        order: Counts what is drawn.
    """

    def __init__(self, page: int, order: "count[int]") -> None:
        self.page, self.order = page, order
        self.marks: list[Mark] = []
        self.state = State(UNIT)
        self.stream = 0
        self.resources: Any = {}
        self.open: list[tuple[Content | None, bool, str | None]] = [(None, False, None)]
        self._saved: list[State] = []
        self._points: list[tuple[float, float]] = []
        self._starts, self._closed = 0, False

    def apply(self, operator: bytes, operands: Operands) -> None:
        """Do what an operator says; one that draws nothing we look at is passed over."""
        if operator in _NUMBERS:
            setattr(self.state, _NUMBERS[operator], float(operands[0]))
        elif operator in self._GRAPHICS:
            self._GRAPHICS[operator](self, operands)

    # ---- state ---------------------------------------------------------------------------------

    def save(self, _: Operands) -> None:
        """Keep the state."""
        self._saved.append(self.state.copy())

    def restore(self, _: Operands) -> None:
        """Go back to the state that was kept last."""
        if self._saved:
            self.state = self._saved.pop()

    def transform(self, operands: Operands) -> None:
        """Put a matrix before the one that counts."""
        self.state.ctm = times(matrix(operands), self.state.ctm)

    def _device(self, operands: Operands, *, which: str) -> None:
        setattr(self.state, f"{which}_space", device)
        setattr(self.state, which, device(operands))

    def _space(self, operands: Operands, *, which: str) -> None:
        space = space_of(operands[0], self.resources)
        setattr(self.state, f"{which}_space", space)
        setattr(self.state, which, first_colour(space))

    def _colour(self, operands: Operands, *, which: str) -> None:
        space: Space = getattr(self.state, f"{which}_space")
        setattr(self.state, which, _read_colour(space, operands))

    # ---- marked content ------------------------------------------------------------------------

    def _begin(self, operands: Operands) -> None:
        tag, properties = operands[0], operands[1] if len(operands) > 1 else {}
        if isinstance(properties, str):
            properties = self.resources.get("/Properties", {}).get(properties, {})
        content, artifact, _ = self.open[-1]
        if tag == "/Artifact":
            content, artifact = None, True
        elif "/MCID" in properties:
            content, artifact = Content(self.stream, int(properties["/MCID"])), False
        actual = properties.get("/ActualText")
        self.open.append((content, artifact, None if actual is None else str(actual)))

    def _end(self, _: Operands) -> None:
        if len(self.open) > 1:
            self.open.pop()

    # ---- paths ---------------------------------------------------------------------------------

    def _move(self, operands: Operands) -> None:
        self._starts += 1
        self._reach(operands)

    def _reach(self, operands: Operands) -> None:
        """Note the points of a segment; control points of curves count, which our circles touch."""
        values = [float(value) for value in operands]
        for x, y in zip(values[::2], values[1::2], strict=True):
            self._points.append(at(self.state.ctm, x, y))

    def _close(self, _: Operands) -> None:
        self._closed = True

    def _rectangle(self, operands: Operands) -> None:
        x, y, width, height = (float(value) for value in operands)
        self._move((x, y))
        self._reach((x + width, y, x, y + height, x + width, y + height))
        self._closed = True

    def _paint(self, _: Operands, *, how: str) -> None:
        """Paint the path: `how` names what is done with it."""
        fill, stroke = "fill" in how, "stroke" in how
        closed = fill or self._closed or "close" in how
        if self._points and (fill or stroke):
            content, artifact, _actual = self.open[-1]
            self.marks.append(
                Shape(
                    page=self.page,
                    order=next(self.order),
                    box=bounds(self._points),
                    fill=self.state.fill if fill else None,
                    stroke=self.state.stroke if stroke else None,
                    pen=self.state.pen * scale(self.state.ctm),
                    simple=self._starts == 1 and closed,
                    content=content,
                    artifact=artifact,
                )
            )
        self._points, self._starts, self._closed = [], 0, False

    _GRAPHICS: ClassVar[Mapping[bytes, Callable[["Graphics", Operands], None]]] = {
        b"q": save,
        b"Q": restore,
        b"cm": transform,
        b"BMC": _begin,
        b"BDC": _begin,
        b"EMC": _end,
        b"m": _move,
        b"re": _rectangle,
        b"h": _close,
        **dict.fromkeys((b"l", b"c", b"v", b"y"), _reach),
        b"n": partial(_paint, how=""),
        b"S": partial(_paint, how="stroke"),
        b"s": partial(_paint, how="stroke close"),
        **dict.fromkeys((b"f", b"F", b"f*"), partial(_paint, how="fill")),
        **dict.fromkeys((b"B", b"B*", b"b", b"b*"), partial(_paint, how="fill stroke")),
        **dict.fromkeys((b"g", b"rg", b"k"), partial(_device, which="fill")),
        **dict.fromkeys((b"G", b"RG", b"K"), partial(_device, which="stroke")),
        b"cs": partial(_space, which="fill"),
        b"CS": partial(_space, which="stroke"),
        **dict.fromkeys((b"sc", b"scn"), partial(_colour, which="fill")),
        **dict.fromkeys((b"SC", b"SCN"), partial(_colour, which="stroke")),
    }
    """Operator -> what it does."""


def _read_colour(space: Space, operands: Operands) -> Paint:
    """Give the colour of operands, of which a pattern's name may be the last."""
    return space([float(value) for value in operands if not isinstance(value, str)])


def matrix(operands: Operands) -> Matrix:
    """Read a matrix's six numbers."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def bounds(points: Sequence[tuple[float, float]]) -> Box:
    """Give the box around points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)
