"""Is everything legible in colour and in a printer's grey?  Section 11, 2 and 5."""

from collections.abc import Iterator

from handouts.colour import ALARM, contrast, grey
from handouts.verify.drawn import Run, Shape
from handouts.verify.finding import Finding
from handouts.verify.limits import (
    COLOURED_TEXT,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    WHITE_CONTRAST,
    WHITE_TEXT,
)
from handouts.verify.paint import BLACK, WHITE, Paint
from handouts.verify.printed import Printed

_DECORATIVE = ("line", "tint", "white")
"""Roles that carry no meaning: hairlines, grounds, and what is left blank."""

_PALE = 1.3
"""The contrast with white, up to which a colour without a role is a ground."""

_HAIRLINE = 0.75
"""A thin line without a role is taken for decoration, in points."""

_BAND = (14.0, 60.0)
"""A filled outline that is at least so high and so wide is a solid header, in points."""

_SLACK = 0.05


def coloured_text(printed: Printed) -> Iterator[Finding]:
    """Find type in colour that is too small for a printer's screen."""
    for run in printed.runs:
        if run.paint.colour == WHITE.colour:
            if run.size < WHITE_TEXT or not run.face.bold:
                yield _at(
                    run,
                    f"white “{run.text.strip()}” is not bold, or is below {WHITE_TEXT:g} pt",
                    f"Set white words bold, in {WHITE_TEXT:g} pt or more.",
                )
        elif run.paint.colour != BLACK.colour and run.size < COLOURED_TEXT:
            yield _at(
                run,
                f"“{run.text.strip()}” is {run.paint.colour} and only {run.size:g} pt",
                f"Set it in black, or in {COLOURED_TEXT:g} pt or more.",
            )


def text_contrast(printed: Printed) -> Iterator[Finding]:
    """Find words that do not stand out from their ground."""
    for run in printed.runs:
        ground = printed.ground(run)
        least = WHITE_CONTRAST if run.paint.colour == WHITE.colour else TEXT_CONTRAST
        ratio = worst(run.paint.colour, ground)
        if ratio < least - _SLACK:
            yield _at(
                run,
                f"“{run.text.strip()}” has a contrast of {ratio:.1f}:1 with its ground {ground}",
                f"Choose colours with {least:g}:1 in colour and in grey.",
            )


def shape_contrast(printed: Printed) -> Iterator[Finding]:
    """Find lines, borders and icons that do not stand out."""
    for shape in printed.shapes:
        owner, ground = printed.owner(shape), printed.ground(shape)
        if owner and owner.within("Figure"):
            continue  # a logo keeps its colours
        for paint in (shape.fill, shape.stroke):
            if paint is None or _decorates(paint, shape):
                continue
            ratio = worst(paint.colour, ground)
            if ratio < SHAPE_CONTRAST - _SLACK:
                yield _at(
                    shape,
                    f"a shape in {paint.colour} has a contrast of {ratio:.1f}:1 with {ground}",
                    f"Choose a colour with {SHAPE_CONTRAST:g}:1 in colour and in grey.",
                )


def solid_header(printed: Printed) -> Iterator[Finding]:
    """Find solid bands that are not an emergency's."""
    for shape in printed.shapes:
        paint = shape.fill
        if paint is None or not shape.simple or (shape.height, shape.width) < _BAND:
            continue
        dark = worst(paint.colour, WHITE.colour) >= SHAPE_CONTRAST
        if shape.width >= _BAND[1] and dark and not _alarms(paint):
            yield _at(
                shape,
                f"a solid band in {paint.colour} is no emergency's",
                "Give it a pale ground: in grey only an emergency may be solid.",
            )


def worst(colour: str, ground: str) -> float:
    """Give the lower contrast, of the colours and of their greys."""
    return min(contrast(colour, ground), contrast(grey(colour), grey(ground)))


def _decorates(paint: Paint, shape: Shape) -> bool:
    """Whether a paint carries no meaning; without a role, hairlines and pale grounds do not."""
    if paint.role:
        return paint.role in _DECORATIVE
    hairline = paint is shape.stroke and shape.pen <= _HAIRLINE
    return hairline or worst(paint.colour, WHITE.colour) <= _PALE


def _alarms(paint: Paint) -> bool:
    return paint.role == "alarm" if paint.role else paint.colour in (ALARM, BLACK.colour)


def _at(mark: Run | Shape, what: str, todo: str) -> Finding:
    return Finding(page=mark.page, x=mark.box[0], y=mark.box[1], what=what, todo=todo)
