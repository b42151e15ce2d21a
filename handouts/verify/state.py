"""The graphics state of a content stream (ISO 32000-1, 8.4 and 9.3)."""

import math

from handouts.verify.faces import Face
from handouts.verify.paint import BLACK, Paint, Space, device

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Multiply: `one` applies first."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        *(a * p + b * r, a * q + b * s),
        *(c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Transform a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scale(matrix: Matrix) -> float:
    """Give the factor by which a matrix enlarges, the mean of both directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


class State:
    """What `q` saves and `Q` brings back; text parameters are a part of it."""

    __slots__ = (
        *("ctm", "face", "fill", "fill_space", "leading", "pen", "rise", "size", "stretch"),
        *("stroke", "stroke_space", "tracking", "visible", "word"),
    )

    def __init__(self, ctm: Matrix) -> None:
        self.ctm = ctm
        self.fill: Paint = BLACK
        self.stroke: Paint = BLACK
        self.fill_space: Space = device
        self.stroke_space: Space = device
        self.pen = 1.0
        self.face: Face | None = None
        self.size = self.leading = self.rise = self.tracking = self.word = 0.0
        self.stretch = 1.0
        self.visible = True

    def copy(self) -> "State":
        """Give an equal state that can change by itself."""
        other = State(self.ctm)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other
