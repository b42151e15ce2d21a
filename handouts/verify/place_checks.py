"""Does everything stand where printers and filing holes leave room?  Section 11, 4."""

from collections.abc import Iterator

from handouts.units import MM
from handouts.verify.drawn import Mark, Shape, inside
from handouts.verify.finding import Finding
from handouts.verify.limits import EDGE
from handouts.verify.outlines import Box
from handouts.verify.paint import WHITE
from handouts.verify.printed import Printed

_SLACK = 0.1


def edge(printed: Printed) -> Iterator[Finding]:
    """Find ink that is too near to an edge to be printed."""
    for mark in printed.marks:
        width, height = printed.pages[mark.page - 1]
        box = _ink(mark)
        if box and not inside(box, (EDGE, EDGE, width - EDGE, height - EDGE), _SLACK):
            yield Finding(
                page=mark.page,
                x=box[0],
                y=box[1],
                what=f"ink reaches into the {EDGE:g} pt at the edge of the page",
                todo="Move it inwards: most printers leave it out.",
            )


def margins(printed: Printed) -> Iterator[Finding]:
    """Find words where holes are punched."""
    margin = printed.limits.margin
    for line in printed.lines:
        width, _ = printed.pages[line.page - 1]
        left = min([run.box[0] for run in line.runs])
        if left < margin - _SLACK or line.right > width - margin + _SLACK:
            yield Finding(
                page=line.page,
                x=left,
                y=line.first.y,
                what=f"“{line.text}” stands in the {margin / MM:.1f} mm at the side of the page",
                todo="Move it inwards: it is lost where holes are punched or sheets are folded.",
            )


def _ink(mark: Mark) -> Box | None:
    """The box of a mark's ink, None when it has none."""
    if isinstance(mark, Shape):
        seen = any(paint and paint.colour != WHITE.colour for paint in (mark.fill, mark.stroke))
        return mark.ink_box if seen else None
    left, bottom, right, top = mark.box
    return mark.box if left < right and bottom < top else None
