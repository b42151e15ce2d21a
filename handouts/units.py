"""Lengths and paper: points inside, what people write outside.

The origin of a page is its bottom left corner, as in PDF.
"""

import re

from handouts.values import frozen

MM = 72 / 25.4
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
_UNITS = {"pt": 1.0, "mm": MM, "cm": 10 * MM, "in": 72.0}


def points(length: str) -> float:
    """Turn a length as people write it (`20mm`, `0.5in`, `13pt`) into points.

    Raises:
        ValueError: The text is no length with a unit.
    """
    match = _LENGTH.fullmatch(length.strip())
    if not match:
        message = f"{length!r} is no length; write a number and a unit, such as 20mm, 0.5in or 13pt"
        raise ValueError(message)
    return float(match[1]) * _UNITS[match[2]]


@frozen(kw_only=False)
class Paper:
    """A sheet: its name as people write it, width and height in points."""

    name: str
    width: float
    height: float


@frozen(kw_only=False)
class Label:
    """An adhesive label: its name as people write it, width and height in mm."""

    name: str
    width: float
    height: float


PAPERS = {
    paper.name: paper for paper in (Paper("letter", 612.0, 792.0), Paper("a4", 595.28, 841.89))
}

LABELS = {
    label.name: label
    for label in (
        Label("90x50", 90.0, 50.0),
        Label("avery-5163", 101.6, 50.8),
        Label("avery-5160", 66.7, 25.4),
    )
}
"""Labels of patients that clinics print, by name; the first is the usual one."""
