"""Reading articles: a table of formats, found by content, behind two functions.

`read_articles` gives every article of a source; `read_source` the only one, for `make`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from handouts.characters import control
from handouts.errors import Place, SourceError, UsageError
from handouts.records import strings
from handouts.sources.content import Content
from handouts.sources.formats import FORMATS, Format, Outcome, recognise
from handouts.sources.reading import Origin, Reading, Report
from handouts.values import replace

__all__ = [
    "FORMATS",
    "Content",
    "Format",
    "Origin",
    "Outcome",
    "Reading",
    "Report",
    "read_articles",
    "read_source",
]

_FOREIGN = tuple(
    (name, re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:" + start + rb")", re.IGNORECASE))
    for name, start in (
        ("a PDF", rb"%PDF-"),
        ("a PNG image", rb"\x89PNG"),
        ("a JPEG image", rb"\xff\xd8\xff"),
        ("a GIF image", rb"GIF8[79]a"),
        ("a Word document or another ZIP file", rb"PK\x03\x04"),
        ("an old Word document", rb"\xd0\xcf\x11\xe0"),
        ("an RTF document", rb"\{\\rtf"),
        ("an XML file", rb"<\?xml"),
        ("a JSON file", rb"\{\s*\"|\[\s*[{\"]"),
    )
)
"""What else people hand in, by the first bytes."""

_WEB = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_OF_TEXT = (".md", ".txt")
"""Formats that any bytes might be taken for; the others are known by their first bytes."""


# ---- reading -----------------------------------------------------------------------------------


def read_source(
    source: Path | bytes,
    *,
    format: str | None = None,  # noqa: A002  (the word people use)
    language: str | None = None,
    id: str | None = None,  # noqa: A002  (the article's attribute)
) -> Reading:
    """Read the article of a source.

    Args:
        source: A file's path, or its content.
        format: Name of a row of `FORMATS`; without it, the content decides.
        language: Language of a text that does not name its own; one that does must agree.
        id: Id of the article, when neither the text nor the file's name shall give it; of several
            articles, the one to take.

    Raises:
        SourceError: The file cannot be read, is of another kind, holds characters that must not
            be printed, no article, or several.
        UsageError: There is no such format.
    """
    content = Content(source)
    found = read_articles(content, format=format, origin=_origin(content, language, id))
    first = next(found, None)
    if first is None:
        raise SourceError("there is no article in it", place=Place(content.file))
    if isinstance(first, SourceError):
        raise first
    if next(found, None) is not None:
        hint = "Take them into a library with handouts import"
        raise SourceError("it holds several articles", place=Place(content.file), hint=hint)
    return first


def read_articles(
    content: Content,
    *,
    origin: Origin,
    format: str | None = None,  # noqa: A002  (the word people use)
) -> Iterator[Outcome]:
    """Read every article of a source; those that cannot be read are told, the others kept.

    Raises:
        SourceError: The source as a whole cannot be read.
        UsageError: There is no such format.
    """
    row = _named(format) if format else recognise(content)
    if row.suffix in _OF_TEXT:
        _refuse_foreign(content)
    for outcome in row.read(content, origin):
        yield outcome if isinstance(outcome, SourceError) else _checked(outcome, content.file)


def _origin(content: Content, language: str | None, id: str | None) -> Origin:  # noqa: A002
    return Origin(file=content.file, stem=content.stem, language=language or "", id=id or "")


def _refuse_foreign(content: Content) -> None:
    for name, start in _FOREIGN:
        if start.match(content.start):
            hint = "Give the text itself, as Markdown or plain text."
            place = Place(content.file)
            raise SourceError(f"this is {name}, which cannot be read", place=place, hint=hint)


def _named(name: str) -> Format:
    named = {row.name: row for row in FORMATS}
    if name not in named:
        raise UsageError(f"there is no format {name!r}", hint=f"There is: {', '.join(named)}.")
    return named[name]


def _checked(reading: Reading, file: str) -> Outcome:
    """Refuse an article without text, and characters that came in through escapes."""
    article = replace(reading.article, title=" ".join(reading.article.title.split()))
    reading = replace(reading, article=article)
    if not article.title:
        return SourceError("the article has no title", place=Place(file), hint="Give it one.")
    if any(not fact.label.strip() or not fact.words.strip() for fact in article.glance):
        hint = "Write a label and a few words for each, or delete it."
        return SourceError("a fact at a glance is empty", place=Place(file), hint=hint)
    if not any(words.strip() for _, words in article.body()):
        hint = "Write at least one paragraph below the title."
        return SourceError("the article has no text", place=Place(file), hint=hint)
    if (url := article.source.url) and not _WEB.fullmatch(url):
        what, hint = f"the source's address {url!r} is no web address", "Begin it with https://."
        return SourceError(what, place=Place(file), hint=hint)
    for found in control(" ".join(strings(article))):
        what = f"the article holds a character that must not be printed, {found.name}"
        hint = "It is written as an escape, such as &#8238; or \\u202e: delete it."
        return SourceError(what, place=Place(file), hint=hint)
    return reading
