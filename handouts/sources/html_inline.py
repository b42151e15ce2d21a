"""The words of HTML: inline content with its marks, white space folded as browsers do."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from handouts.document import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Span,
    Strong,
    Sub,
    Sup,
    Text,
    title_words,
)
from handouts.language_tag import LANGUAGE
from handouts.sources.formula import ON_ONE_LINE
from handouts.sources.html_end_tags import BLOCK_TAGS
from handouts.sources.html_tree import (
    CODE,
    EDGES,
    SPACES,
    dropped_reason,
    inside,
    tag_of,
    visible,
    with_single_spaces,
    words,
)
from handouts.sources.marked_text import href_of
from handouts.sources.reading import Notes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLANKS = re.compile(r"[\t\n\r ]")
_WHOLE = re.compile(r"https?://[a-z0-9.-]+(?:/[\w./~%-]*)?", re.ASCII)
"""Most addresses: nothing is to be completed in them."""


TARGET = "the target of a link; its words are kept"
"""Why the target of a link is left out."""


class Mark(NamedTuple):
    """A mark round words: its name, and a link's target or a language."""

    name: str
    value: str = ""


class Run(NamedTuple):
    """Words with the marks round them, from outside to inside."""

    words: str
    marks: tuple[Mark, ...]


_MARKS: Mapping[str, str] = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite"), "emphasis"),
    "sub": "sub",
    "sup": "sup",
}
_MADE: Mapping[str, Callable[[str, Inlines], Inline]] = {
    "strong": lambda _, content: Strong(content),
    "emphasis": lambda _, content: Emphasis(content),
    "sub": lambda _, content: Sub(content),
    "sup": lambda _, content: Sup(content),
    "link": Link,
    "span": Span,
}


class Context:
    """Where to report, and how to complete links; `line` stands for the elements' own.

    `gap` is written for a line break, and round blocks inside words.
    """

    def __init__(
        self, notes: Notes, line: int | None = None, base: str = "", gap: str = " "
    ) -> None:
        self.notes, self.line, self.base, self.gap = notes, line, base, gap

    def line_of(self, element: "HtmlElement") -> int:
        """Give the line to report for an element."""
        return self.line if self.line is not None else (element.sourceline or 0)

    def href(self, element: "HtmlElement") -> str:
        """Give the target of a link if a leaflet may lead there, or ""."""
        target = _target(element)
        if self.base and target and not target.startswith("#") and not _WHOLE.fullmatch(target):
            try:
                target = urljoin(self.base, target)
            except ValueError:  # an address that is none
                return ""
        return href_of(target)

    def lose_target(self, element: "HtmlElement") -> None:
        """Report the target of a link that the article has not."""
        target = _target(element) if tag_of(element) == "a" else ""
        if target and not target.startswith("#"):
            self.notes.drop(self.line_of(element), target, TARGET)


def drop(element: "HtmlElement", reason: str, context: Context) -> None:
    """Report an element that is left out, by its words; a picture by what it shows."""
    if tag_of(element) in CODE:
        return
    shown = words(element)
    for part in (element, *element.iterdescendants()):
        if label := part.get("alt") or (not shown and (part.get("title") or part.get("src"))):
            shown = f"{shown} {label}".strip()
    if shown:
        context.notes.drop(context.line_of(element), " ".join(shown.split()), reason)


def _target(element: "HtmlElement") -> str:
    return _BLANKS.sub("", element.get("href", ""))


# ---- marks -------------------------------------------------------------------------------------


def inlines(
    element: "HtmlElement", notes: Notes, *, line: int | None = None, base: str = ""
) -> Inlines:
    """Make inline content of everything inside an element; blocks in it are parted by a space."""
    context = Context(notes, line, base)
    return folded(runs(inside(element), context))


def heading_words(heading: "HtmlElement", context: Context) -> str:
    """Give a heading's words as a title has them; a link in it loses its target."""
    for link in heading.iter("a"):
        if context.href(link):
            context.lose_target(link)
    return title_words(folded(runs(inside(heading), context)))


def runs(
    nodes: "Iterable[HtmlElement | str]", context: Context, marks: tuple[Mark, ...] = ()
) -> Iterator[Run]:
    """Yield the words of nodes with their marks, white space as it is written.

    Args:
        nodes: Elements, and the words between them.
        context: Where to report.
        marks: Those round all of it.
    """
    for node in nodes:
        if isinstance(node, str):
            yield Run(node, marks)
        else:
            yield from _element(node, marks, context)


def _element(element: "HtmlElement", marks: tuple[Mark, ...], context: Context) -> Iterator[Run]:
    tag = tag_of(element)
    if reason := dropped_reason(element):
        drop(element, reason, context)
    elif tag == "br":
        yield Run(context.gap, marks)
    elif tag == "math":
        yield from _formula(element, marks, context)
    elif tag == "q":
        yield Run("“", marks)
        yield from runs(inside(element), context, marks)
        yield Run("”", marks)
    elif tag:
        gap = (Run(context.gap, marks),) if tag in BLOCK_TAGS else ()
        yield from gap
        yield from runs(inside(element), context, _marked(element, marks, context))
        yield from gap


def _formula(element: "HtmlElement", marks: tuple[Mark, ...], context: Context) -> Iterator[Run]:
    """Yield a formula, which is on one line already, and tell of it."""
    if shown := element.get("alttext"):
        told = ON_ONE_LINE.format(shown)
        context.notes.warnings.append(f"line {context.line_of(element)}: {told}")
    for target in element.get("targets", "").split():
        context.notes.drop(context.line_of(element), target, TARGET)
    yield from runs(inside(element), context, marks)


def _marked(element: "HtmlElement", marks: tuple[Mark, ...], context: Context) -> tuple[Mark, ...]:
    """Add an element's marks to those round it; the same mark twice is one."""
    tag = tag_of(element)
    added = [Mark(_MARKS[tag])] if tag in _MARKS else []
    if tag == "a":
        href = context.href(element)
        if href and not any(mark.name == "link" for mark in marks):
            added.append(Mark("link", href))
        else:
            context.lose_target(element)
    language = element.get("lang", "")
    if LANGUAGE.fullmatch(language):
        added.append(Mark("span", language))
    return (*marks, *[mark for mark in added if mark not in marks])


# ---- white space -------------------------------------------------------------------------------


def folded(found: Iterable[Run]) -> Inlines:
    """Fold white space to single spaces, take it away at both ends, and put marks round words.

    A space at a mark's edge goes outside; a no-break space stays beside a digit (5 mg).
    """
    parts: list[Run] = []
    gap = ""
    for run in found:
        written = visible(run.words)
        inner = written.strip(EDGES)
        if not inner:
            gap += written
            continue
        start = written.index(inner)
        gap += written[:start]
        if gap and parts:
            marks = _shared(parts[-1].marks, run.marks)
            parts.append(Run(_gap(gap, parts[-1].words, inner), marks))
        parts.append(Run(_folded(inner), run.marks))
        gap = written[start + len(inner) :]
    return _nested(parts, 0)


def parted_at_lines(found: Iterable[Run]) -> Iterator[list[Run]]:
    """Part words at line ends."""
    part: list[Run] = []
    for run in found:
        first, *lines = run.words.split("\n")
        part.append(Run(first, run.marks))
        for line in lines:
            yield part
            part = [Run(line, run.marks)]
    yield part


def unmarked(written: str) -> Inlines:
    """Make inline content of words without marks, white space folded."""
    words = visible(written).strip(EDGES)
    return (Text(_folded(words)),) if words else ()


def _folded(words: str) -> str:
    """Fold the white space of words that have none at their ends."""
    if "\xa0" not in words:
        return with_single_spaces(words)
    return SPACES.sub(lambda at: _gap(at[0], words[at.start() - 1], words[at.end()]), words)


def _gap(gap: str, before: str, after: str) -> str:
    return gap if gap == "\xa0" and (before[-1].isdigit() or after[0].isdigit()) else " "


def _shared(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> tuple[Mark, ...]:
    count = 0
    for left, right in zip(before, after, strict=False):
        if left != right:
            break
        count += 1
    return before[:count]


def _nested(parts: list[Run], depth: int) -> Inlines:
    """Put the marks of the given depth round the words that share them."""
    if len(parts) == 1 and len(parts[0].marks) == depth:
        return (Text(parts[0].words),)
    content: list[Inline] = []

    def mark_of(part: Run) -> Mark | None:
        return part.marks[depth] if len(part.marks) > depth else None

    for mark, group in groupby(parts, mark_of):
        inner = list(group)
        if mark is None:
            content.append(Text("".join([part.words for part in inner])))
        else:
            content.append(_MADE[mark.name](mark.value, _nested(inner, depth + 1)))
    return tuple(content)
