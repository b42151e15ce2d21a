"""The batch's nouns: what is asked for, one leaflet of the plan, and what became of it."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from handouts.values import frozen

Verify = Literal["sample", "all", "none"]


@frozen
class BatchWish:
    """What the user asks for; an empty tuple of ids means all that there are.

    `seconds` is the longest that one leaflet may take; `created` is the time that the files say
    they were made, and the day by which licences and reviews are judged.
    """

    output: Path
    created: datetime.datetime
    library: Path | None = None
    clinics: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    manifest: Path | None = None
    verify: Verify = "sample"
    fresh: bool = False
    prune: bool = False
    workers: int = 1
    seconds: float = 60


@frozen
class Row:
    """One leaflet of the plan; `language` is that of the article's file, `options` are of a Wish."""

    clinic: str
    article: str
    edition: str
    language: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def leaflet(self) -> tuple[str, str, str, str]:
        """What tells this leaflet from all others."""
        return self.clinic, self.article, self.edition, self.language


class Task(NamedTuple):
    """A leaflet to be made: where it goes, and the digest of its inputs.

    It is a named tuple, as `Outcome` is, since these go from process to process by the thousand.
    `known` is the digest of its bytes if it is there; `created` is the time that it says it was
    made if its inputs are the same, and only licence and reviews must be judged again.
    """

    row: Row
    path: str
    key: str
    known: str = ""
    created: datetime.datetime | None = None


_NO_FACTS: Mapping[str, object] = {}
"""The facts of a leaflet that was not made."""


NotMade = Literal["failed", "refused", "expired"]
"""What became of a leaflet that was not made: `refused` by licence or reviews, which an earlier day
would have allowed when it is `expired`."""


class Outcome(NamedTuple):
    """What became of the task whose leaflet goes to `path`.

    `facts` is what the file `sidecar` says; `content` holds the bytes when the worker could not write
    them itself; `code` is the exit code of the error `what`.
    """

    path: str
    state: NotMade | Literal["made"]
    facts: Mapping[str, object] = _NO_FACTS
    sidecar: bytes = b""
    size: int = 0
    mtime: int = 0
    content: bytes = b""
    code: int = 0
    what: str = ""


@frozen
class Progress:
    """How far a run is: leaflets done of all that must be made, and how many of them failed."""

    step: str
    done: int = 0
    total: int = 0
    failed: int = 0


Tell = Callable[[Progress], None]
"""What is called as a run goes on."""
