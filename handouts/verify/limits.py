"""What an edition may do, as rows of a table: the numbers of the design, section 11."""

from collections.abc import Mapping
from typing import Literal

from handouts.units import MM
from handouts.values import frozen, replace


@frozen
class Limits:
    """The limits of one edition; sizes and lengths are points.

    Attributes:
        text: The smallest type.
        x_height: The lowest small letters.
        body: The smallest type of running text.
        line: Most characters of a line of running text.
        usual_line: Most characters of nine lines of ten.
        margin: White at the left and right of text.
        panels: Parts of a sheet that are read one after the other.
        footer: What the foot of every page says: title, identifiers and page; title and page, the
            identifiers on the last one; or nothing, the identifiers anywhere.
        closing: Whether source and review stand on the last page of text, or anywhere.
    """

    text: float = 9.5
    x_height: float = 1.5 * MM
    body: float = 12.0
    line: int = 70
    usual_line: int = 68
    margin: float = 20 * MM
    panels: int = 1
    footer: Literal["whole", "short", "none"] = "whole"
    closing: Literal["last", "any"] = "last"


STANDARD = Limits()
_TWO_COLUMNS = replace(STANDARD, line=50, usual_line=50)

EDITIONS: Mapping[str, Limits] = {
    "standard": STANDARD,
    "bw": STANDARD,
    "one-sheet": _TWO_COLUMNS,
    "summary": _TWO_COLUMNS,
    "comfort": replace(STANDARD, body=14.0),
    "large-print": replace(STANDARD, text=16.0, body=18.0, footer="short"),
    "trifold": replace(_TWO_COLUMNS, margin=26.0, panels=3, footer="none", closing="any"),
    "trifold-panels": replace(_TWO_COLUMNS, margin=20.0, footer="none", closing="any"),
    "booklet": replace(STANDARD, margin=40.0),
    "booklet-sheets": replace(STANDARD, margin=40.0, panels=2, footer="none", closing="any"),
}
"""Edition -> its limits; pages one by one and put together on sheets have a row each."""

EDGE = 18.0
"""White at every edge of a page: what printers cannot reach."""

COLOURED_TEXT = 15.0
WHITE_TEXT = 11.5
"""The smallest type in colour; in bold white on a solid ground."""

TEXT_CONTRAST = 9.0
WHITE_CONTRAST = 5.5
SHAPE_CONTRAST = 3.0
"""The least contrast of dark text, of white text, and of what is not text; in colour and in grey."""


def limits_of(edition: str, *, landscape: bool) -> Limits:
    """Give an edition's limits; one that is unknown has those of the standard edition."""
    if edition == "booklet" and landscape:
        edition = "booklet-sheets"
    if edition == "trifold" and not landscape:
        edition = "trifold-panels"
    return EDITIONS.get(edition, STANDARD)
