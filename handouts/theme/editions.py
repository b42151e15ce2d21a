"""What an edition does with a leaflet beyond its measures: flow, parts, fit, fold, policy."""

from collections.abc import Mapping
from typing import Literal

from handouts.values import frozen


@frozen
class Flow:
    """How text runs over a page."""

    columns: int
    """columns in which sections flow; what is no section goes across all of them"""
    gap: float
    """white between the columns"""
    heads: Literal["beside", "above"]
    """where section heads stand: in the side column, or above their text"""
    tables: Literal["grid", "lines", "run-in"]
    """tables as such, as lines that open with the row's head, or with a whole row in a line"""
    strip: Literal["row", "rows"]
    """facts at a glance side by side, or one below the other"""
    boxes: Literal["beside", "stacked"]
    """columns of boxes side by side, or one below the other where there is no room"""
    opening_rule: bool
    """whether a section that opens a page or a column has its hairline"""


@frozen
class Parts:
    """Which parts a leaflet has, and in what form; templates read it as `shows`."""

    label: bool
    """print the edition's name in the header: the key of `[editions]` in the words of a language"""
    phone: Literal["header", "below", "box"]
    """the phone in the header, on a line of its own below the opening, or only in the box that says
    whom to call"""
    prompt: bool
    """the question above the phone in the header"""
    kicker: bool
    """the line above the title that says what kind of leaflet it is"""
    other_names: Literal["side", "line", "none"]
    """other names in the side column, on a line above the lead, or nowhere"""
    summary: Literal["whole", "lead"]
    """the whole summary below the title, or its lead only: the rest flows below the facts"""
    references: Literal["whole", "short"]
    """references in full, or where to find them"""
    about: Literal["whole", "compact", "narrow"]
    """the part about the leaflet with its head and a line for each thing, run together, or for narrow
    pages: the QR code beside the address, the rest below it over the whole width"""
    code: bool
    """the QR code"""
    footer: Literal["whole", "short", "none"]
    """with number, version and language; with the title only, the rest standing in the part about
    the leaflet; or no footer at all"""
    sticker: bool
    """the box for an adhesive label on the notes page"""
    offer: Literal["large_print", "other_forms"]
    """the forms in which one can ask for the leaflet: with large print, or the others only"""
    notes: Literal["page", "pages"]
    """all notes on one page, or a page for each kind, as many as there is room for"""
    lines: int
    """ruled lines that fill such a page"""


@frozen
class Fit:
    """How long a leaflet may get, and what is tried to keep it so."""

    pages: int
    """pages that it may have; 0 means as many as it needs"""
    sizes: tuple[tuple[float, float], ...]
    """(size, leading) of the body, tried in turn until it fits; empty: the theme's own only"""
    sections: int
    """sections of the article that an abridged edition shows at most, if there is room for them"""
    fallback: str
    """the edition that is made when it does not fit; "" means none"""


Panel = tuple[str, float]


@frozen
class Fold:
    """How finished pages are imposed on sheets.

    `none` prints them as they are; `booklet` puts two on each side of a sheet, to be folded and
    stapled; `panels` puts them side by side on the two sides of one sheet, to be folded twice.
    """

    kind: Literal["none", "booklet", "panels"]
    outside: Mapping[str, tuple[Panel, ...]]
    """paper's name -> (panel, width) from left to right; a panel is a number or a name"""
    inside: Mapping[str, tuple[Panel, ...]]
    margin: float
    """of a panel's text from the sheet's edge"""
    fold_margin: float
    """of a panel's text from a fold"""
    tick: float
    """length of the marks that show where to fold"""
    tick_edge: float
    """their distance from the sheet's edge"""


@frozen
class Policy:
    """What an edition does with an article unless somebody says otherwise."""

    order: Literal["reader", "source"]
    heads: Literal["reader", "source"]
    fine_print: Mapping[str, str]
    """kind of article -> role of its fine print; `default` for the rest"""
    abridged: bool
    """whether it leaves parts of the article out: text that may not be edited needs a licence"""
