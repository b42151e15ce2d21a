"""Tighter white: text that spills over its pages by little is set so that it needs one page less."""

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from handouts.layout.boxes import Box, gap
from handouts.layout.paginate import Frames, Placed, paginate

_PARTS = (0.95, 0.9, 0.85)
"""Parts of the white between boxes that may be left, the first that saves a page being taken.

All white gets less alike, so that what stands nearer still stands nearer (docs/decisions/0026)."""


def fewest_frames(
    boxes: Sequence[Box], frames: Frames, *, whole: bool = False
) -> list[list[Placed]]:
    """Distribute boxes over frames, with somewhat less white between them where that saves a frame.

    The arguments and errors are those of `paginate`.
    """
    filled = paginate(boxes, frames, whole=whole)
    room = sum([frames.height(frame) for frame in range(len(filled) - 1)])
    solid = sum([box.height + (box.lintel.height if box.lintel else 0.0) for box in boxes])
    if solid > room:
        return filled
    white = sum([gap(above, below) for above, below in pairwise(boxes)])
    for part in _PARTS:
        if solid + white * part <= room:
            tighter = paginate(_tightened(boxes, part), frames, whole=whole)
            if len(tighter) < len(filled):
                return tighter
    return filled


def _tightened(boxes: Sequence[Box], part: float) -> list[Box]:
    """The boxes with only a part of the white above and below them."""
    return [
        dataclasses.replace(box, before=box.before * part, after=box.after * part) for box in boxes
    ]
