"""What the user wants of a packet, and what was made of it."""

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path

from handouts.clinic import Clinic
from handouts.make import Made
from handouts.packet.parts import Joined, Part
from handouts.values import field, frozen

LIMIT = 500_000_000
"""Largest packet, in bytes."""


@frozen
class AttachWish:
    """What the user asks for.

    `articles` are ids, files of articles, PDFs, and bundles; `codes` are written `SYSTEM:CODE`.
    `position` is `end`, `start` or `after:N`; `notices` is a folder of PDFs that come last.
    `values` are the words for blanks, each for the articles that have a blank of its name.
    """

    packet: Path
    articles: tuple[str, ...]
    codes: tuple[str, ...] = ()
    clinic: str
    edition: str = ""
    language: str = ""
    cover: bool = False
    contents: bool = False
    duplex: bool = False
    notices: Path | None = None
    position: str = "end"
    beside: bool = False
    restricted: bool = False
    template: Path | None = None
    created: datetime.datetime
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@frozen
class Placed:
    """A part of the result: what was made for it (no leaflet: None), and its pages from 1."""

    part: Part
    made: Made | None
    note: str
    first: int
    pages: int


@frozen
class Attached:
    """A finished packet, or leaflets beside one.

    `packet_sha256` and `packet_pages` (0 beside a packet) are of the packet as it was given.
    `named` is what was asked for, bundles opened: ids, and files, which were read.
    """

    content: bytes
    joined: Joined | None
    placed: tuple[Placed, ...]
    clinic: Clinic
    packet_sha256: str
    packet_pages: int
    pages: int
    beside: bool
    created: datetime.datetime
    warnings: tuple[str, ...]
    named: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the file (hex)."""
        return hashlib.sha256(self.content).hexdigest()
