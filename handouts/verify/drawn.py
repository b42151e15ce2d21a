"""What stands on a page as an eye sees it: runs of text, painted paths, pictures.

Boxes are (left, bottom, right, top) in points from the page's lower left corner.
"""

from typing import NamedTuple

from handouts.values import frozen
from handouts.verify.faces import Face
from handouts.verify.outlines import Box
from handouts.verify.paint import Paint


class Content(NamedTuple):
    """A marked-content sequence of the structure: the object number of its stream, and its MCID."""

    stream: int
    mcid: int


@frozen(eq=False)
class Run:
    """Text that one operator shows.

    Its baseline starts at x, y; `end` is where the next run would go on; `right` is where its last
    letter ends, without a space after it.
    `order` counts what is drawn on all pages; `content` is None for artifacts and for unmarked text.
    """

    page: int
    order: int
    x: float
    y: float
    end: float
    box: Box
    size: float
    rise: float
    face: Face
    paint: Paint
    text: str
    content: Content | None
    artifact: bool
    missing: bool

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return self.box[2]


@frozen(eq=False)
class Shape:
    """A painted path; `fill` and `stroke` are None when it is not filled, or not stroked.

    `simple` says that it is one closed outline, so that it can be the ground of what is on it.
    """

    page: int
    order: int
    box: Box
    fill: Paint | None
    stroke: Paint | None
    pen: float
    simple: bool
    content: Content | None
    artifact: bool

    @property
    def width(self) -> float:
        """From left to right, its pen left out."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """From bottom to top, its pen left out."""
        return self.box[3] - self.box[1]

    @property
    def ink_box(self) -> Box:
        """Where its ink is, half the pen around the path included."""
        half = self.pen / 2 if self.stroke else 0.0
        left, bottom, right, top = self.box
        return left - half, bottom - half, right + half, top + half


@frozen(eq=False)
class Picture:
    """A raster image."""

    page: int
    order: int
    box: Box
    content: Content | None
    artifact: bool


Mark = Run | Shape | Picture


def inside(inner: Box, outer: Box, slack: float = 1.0) -> bool:
    """Whether one box is within another, but for so many points."""
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
