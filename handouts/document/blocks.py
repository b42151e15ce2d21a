"""Blocks, one closed union: those that articles have, and those that only pages have."""

from typing import Literal

from handouts.document.inline import Inlines
from handouts.values import frozen

# ---- blocks of articles ------------------------------------------------------------------------


@frozen(kw_only=False)
class Heading:
    """A heading; level 1 is the title, 2 a section, 3 a sub-heading."""

    level: int
    content: Inlines


@frozen(kw_only=False)
class Paragraph:
    """A paragraph; `role` names its style in the theme (`body`, `lead`, ...), `icon` stands before it."""

    content: Inlines
    role: str = "body"
    icon: str = ""


Item = tuple["Block", ...]


@frozen(kw_only=False)
class BulletList:
    """Items without an order."""

    items: tuple[Item, ...]


@frozen(kw_only=False)
class NumberedList:
    """Items with numbers that are no sequence of actions, such as references."""

    items: tuple[Item, ...]
    start: int = 1
    role: str = "body"


@frozen(kw_only=False)
class Steps:
    """A true sequence of actions."""

    items: tuple[Item, ...]
    start: int = 1


@frozen(kw_only=False)
class Checklist:
    """Items that a reader ticks off with a pen."""

    items: tuple[Item, ...]


@frozen(kw_only=False)
class Terms:
    """Pairs of a term and what is said about it."""

    rows: tuple[tuple[Inlines, Item], ...]


@frozen(kw_only=False)
class Cell:
    """A table's cell; `header` makes it a row's or a column's head, `icon` stands before its text."""

    blocks: Item
    header: bool = False
    icon: str = ""


Row = tuple[Cell, ...]


@frozen(kw_only=False)
class Table:
    """A table: head rows, body rows, all of the same number of cells."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]


QR = "qr:"
"""What a picture's source begins with when it is a QR code; the rest is the URL."""


SWATCH, CLEAR = "swatch:", "clear:"
"""What the sources of a brand proof's pictures begin with: a role's colour; a logo and its white."""


@frozen(kw_only=False)
class Figure:
    """A picture: `source` names an asset (`logo`, `qr:URL`); `alt` says what it shows."""

    source: str
    alt: str


CalloutKind = Literal["note", "action", "emergency"]


@frozen(kw_only=False)
class Callout:
    """A box that stands out; the three kinds are told apart by form, not by colour alone."""

    kind: CalloutKind
    title: Inlines
    blocks: Item
    icon: str = ""
    level: int = 3


# ---- blocks of pages ---------------------------------------------------------------------------


@frozen(kw_only=False)
class Columns:
    """Blocks side by side, read column by column."""

    columns: tuple[Item, ...]


@frozen(kw_only=False)
class Ended:
    """A paragraph with a word or two at the right end of its first line, such as a number of pages."""

    paragraph: Paragraph
    end: str


@frozen(kw_only=False)
class StripCell:
    """A cell of a strip: an icon's name, a label, a few words."""

    icon: str
    label: Inlines
    content: Inlines


@frozen(kw_only=False)
class Strip:
    """A full-width row of three or four short facts."""

    cells: tuple[StripCell, ...]


Place = Literal["flow", "foot", "spare"]


@frozen(kw_only=False)
class Section:
    """A head that hangs in the side column, blocks beside it; without a head it has no hairline.

    `side` holds short blocks under the head; `place="foot"` pushes it to the foot of its page;
    `spare` leaves it out of a panel that has no room for it.
    """

    heading: Heading | None
    blocks: Item
    side: Item = ()
    place: Place = "flow"


@frozen(kw_only=False)
class Slot:
    """Words of the clinic in a place whose size the theme fixes, so that articles' pages can be shared.

    `number` says which of the template's slots it is, where that can be filled anew.
    """

    name: str
    blocks: Item
    number: int = -1


@frozen(kw_only=False)
class Header:
    """The head of page 1: the clinic's words in their slot, the leaflet's own above those at the right."""

    slot: Slot
    own: tuple[Paragraph, ...]


@frozen(kw_only=False)
class Panel:
    """What stands alone on a page; where it has a name, the theme's fold says which panel that is."""

    name: str
    blocks: Item


@frozen(kw_only=False)
class Blank:
    """A label with a rule to write on."""

    label: Inlines


@frozen(kw_only=False)
class RuledLines:
    """Empty lines to write on; a count of 0 leaves their number to the theme."""

    count: int


@frozen(kw_only=False)
class Sticker:
    """A dashed box for an adhesive label; the clinic chooses its size."""

    label: Inlines


@frozen(kw_only=False)
class Rule:
    """A hairline between blocks."""


Block = (
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | Steps
    | Checklist
    | Terms
    | Table
    | Figure
    | Callout
    | Columns
    | Ended
    | Strip
    | Section
    | Slot
    | Header
    | Panel
    | Blank
    | RuledLines
    | Sticker
    | Rule
)
Blocks = tuple[Block, ...]


@frozen
class Footer:
    """The foot of every page: a bold title, a line about the leaflet, `Page {n} of {total}`."""

    title: str
    about: str
    page: str


@frozen
class Document:
    """A whole leaflet: flowing blocks, filler blocks for an empty back page, and the footer.

    `language` is a BCP 47 tag.
    """

    title: str
    language: str
    blocks: Blocks
    notes: Blocks
    footer: Footer
