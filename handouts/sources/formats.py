"""The formats that can be read: a row each, recognised by content, its reader imported on use.

To add one, write a module with `read(content, origin)` and add its row.
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol

from handouts.errors import SourceError
from handouts.sources.content import Content
from handouts.sources.reading import Origin, Reading
from handouts.values import frozen

Outcome = Reading | SourceError
"""An article that was read, or why one of several could not be."""


class Reader(Protocol):
    """A module's function that reads the articles of a source, one after the other."""

    def __call__(self, content: Content, origin: Origin) -> Iterator[Outcome]:
        """Yield each article; raise `SourceError` when the whole source is unusable."""


@frozen
class Format:
    """A row: how a format is called and recognised, and what docs/sources.md says of it.

    `detect` gives a confidence from 0 to 1 for the beginning of a file; the suffix of the file's
    name adds a little to it.
    """

    name: str
    label: str
    module: str
    suffix: str
    detect: Callable[[str], float]
    kept: str
    left_out: str

    def read(self, content: Content, origin: Origin) -> Iterator[Outcome]:
        """Read the articles with this format's reader."""
        reader: Reader = import_module(f"handouts.sources.{self.module}").read_all
        return reader(content, origin)


# ---- recognising -------------------------------------------------------------------------------

_PAGE = re.compile(
    r"^\[[^\]\n]+\]\([^)\n]*\) *(?:→|>|»)|^(?:URL of this page|Direcci[oó]n de esta p[aá]gina):",
    re.MULTILINE,
)
_MARKS = re.compile(r"^#{1,3} \S|^> ?\[!\w+\]", re.MULTILINE)


def _markdown(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if _MARKS.search(head) else 0.2


def _encyclopedia_text(head: str) -> float:
    return 0.9 if _PAGE.search(head) else 0.3


FORMATS = (
    Format(
        name="markdown",
        label="Markdown with front matter",
        module="markdown",
        suffix=".md",
        detect=_markdown,
        kept="everything that CommonMark, tables, definition lists and alerts say",
        left_out="images, thematic breaks, links with other schemes",
    ),
    Format(
        name="encyclopedia-text",
        label="MedlinePlus encyclopedia page as text",
        module="encyclopedia_text",
        suffix=".txt",
        detect=_encyclopedia_text,
        kept="title, sections, lists, references, review, notices",
        left_out="page chrome",
    ),
)

_SUFFIX_WEIGHT = 0.2


def recognise(content: Content) -> Format:
    """Find the format that a source is most likely in."""
    return max(
        FORMATS,
        key=lambda row: row.detect(content.head) + _SUFFIX_WEIGHT * (row.suffix == content.suffix),
    )
