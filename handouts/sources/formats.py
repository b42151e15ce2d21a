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
_CLIPPED = re.compile(
    r"^(?:> ?)*(?:#{1,6} +)?(?:Review Date|[UÚ]ltima revisi[oó]n) \d"
    r"|^(?:> ?)*#{4,6} +(?:References|Alternative Names|Referencias|Nombres alternativos) *$",
    re.MULTILINE,
)
_QUOTED_HEADING = re.compile(r"^> ?(?:\[![\w-]+\][+-]? *)?#{1,6} \S", re.MULTILINE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PIECE = re.compile(
    r"\s*<(?:article|main|section|div|header|p|h[1-6]|ul|ol|table)(?:\s[^<>]*)?>", re.IGNORECASE
)
_MARKS = re.compile(r"^#{1,3} \S|^> ?\[!\w+\]", re.MULTILINE)


def _markdown(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if _MARKS.search(head) else 0.2


def _encyclopedia_text(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 0.3
    of_page = _PAGE.search(head) or _CLIPPED.search(head) or _is_quoted_page(head)
    return 0.9 if of_page else 0.3


def _is_quoted_page(head: str) -> bool:
    """Tell whether most of the text is quoted, and its headings are, too."""
    lines = [line for line in head.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return quoted > len(lines) / 2 and bool(_QUOTED_HEADING.search(head))


def _encyclopedia_html(head: str) -> float:
    if _HTML.match(head):
        return 0.9
    return 0.7 if _HTML_PIECE.match(head) else 0.0


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
        kept="title, sections, lists (also without marks), references, review, notices",
        left_out="page chrome, images, related topics, targets of relative links",
    ),
    Format(
        name="encyclopedia-html",
        label="MedlinePlus encyclopedia page, or a clinic's own page, as HTML",
        module="encyclopedia_html",
        suffix=".html",
        detect=_encyclopedia_html,
        kept="title, sections, nested lists, tables, emphasis, links, references, review, notices",
        left_out="page chrome, images, related topics, scripts and forms",
    ),
)

_SUFFIX_WEIGHT = 0.2


def recognise(content: Content) -> Format:
    """Find the format that a source is most likely in."""
    return max(
        FORMATS,
        key=lambda row: row.detect(content.head) + _SUFFIX_WEIGHT * (row.suffix == content.suffix),
    )
