"""The values of a packet: what is joined to it, where, what was found in it, and what came out."""

import datetime
from typing import Literal

from handouts.values import frozen

Kind = Literal["cover", "contents", "leaflet", "document", "notice"]
"""What a part is; a document is a PDF of the clinic's own in place of an article."""


@frozen
class Part:
    """What is added: its bytes, and for a leaflet its UUID.

    `title` stands in the outline when the part has none of its own; `language` is a BCP 47 tag, or
    "" when nobody knows it.
    """

    kind: Kind
    title: str
    content: bytes
    identifier: str = ""
    language: str = ""


@frozen(kw_only=False)
class PageSize:
    """A page as it comes out of the printer, in points; the same upright and on its side."""

    width: float
    height: float

    @property
    def paper(self) -> tuple[int, int]:
        """Which paper it wants: short and long edge in whole points."""
        short, long = sorted((self.width, self.height))
        return round(short), round(long)


@frozen
class Look:
    """What a PDF is, without any of its words.

    `leaflets` are the UUIDs of leaflets that it already holds; `claims` names the standards that
    it says it keeps.
    """

    pages: tuple[PageSize, ...]
    tagged: bool
    encrypted: bool
    claims: tuple[str, ...]
    leaflets: tuple[str, ...]
    warnings: tuple[str, ...]


@frozen(kw_only=False)
class Leaf:
    """One page of the result.

    `part` is the number of an added part (from 0), `PACKET` for a page of the packet itself, or
    `BLANK` for an empty page that looks like the page before it; `page` counts from 0 in there.
    """

    part: int
    page: int


PACKET, BLANK = -1, -2


@frozen
class Job:
    """One join: the packet, the parts in the order of the command, and where each page goes.

    `base` is "" for a packet that others made, else what kind of part of ours stands in its place;
    `restricted` says that somebody entitled lets pages be added though the packet's permissions
    do not.
    """

    packet: bytes
    parts: tuple[Part, ...]
    leaves: tuple[Leaf, ...]
    created: datetime.datetime
    base: Literal["", Kind] = ""
    restricted: bool = False


@frozen
class AddedTags:
    """Where parts' elements stand in the joined tree, all by number.

    `tops` are those below the root, `inside` those below the packet's Document, which is the
    packet's own element number `document` below the root (-1: there are none inside).
    """

    tops: tuple[int, ...] = ()
    document: int = -1
    inside: tuple[int, ...] = ()


@frozen
class Joined:
    """The joined file, and what a person should know of it.

    `tags` says what became of the structure: both sides' are there, the parts' were dropped since
    the packet has none, or there were none; `added` says where the parts' tags stand.
    """

    content: bytes
    tags: Literal["joined", "dropped", "none"]
    claims: tuple[str, ...]
    encrypted: bool
    claims_dropped: bool
    added: AddedTags
    renamed_fields: int
    warnings: tuple[str, ...]
