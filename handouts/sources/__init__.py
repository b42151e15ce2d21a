"""Readers of articles: a table of formats, found by content, behind one function.

A format is one module with a function of the shape of `Reader`, and one row of `FORMATS`.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from handouts.errors import Place, SourceError, UsageError
from handouts.files import decode, read_bytes
from handouts.records import strings
from handouts.sources.reading import Origin, Reading, Report
from handouts.values import frozen

__all__ = ["FORMATS", "Format", "Origin", "Reader", "Reading", "Report", "read_source"]

LIMIT = 20_000_000
"""Largest article, in bytes."""

_HEAD = 4000
"""How many characters a format is recognised by."""


class Reader(Protocol):
    r"""Turns text (NFC, `\n` line ends, no control characters) into an article."""

    def __call__(self, text: str, origin: Origin) -> Reading:
        """Read the text; raises `SourceError` when it is no article."""


@frozen(kw_only=False)
class Format:
    """A row of the table: name, suffix of its files, how sure the text's head makes us, reader.

    The confidence runs from 0 to 1; a file's own suffix adds a little to it.
    """

    name: str
    suffix: str
    detect: Callable[[str], float]
    read: Reader


# ---- the formats -------------------------------------------------------------------------------


def _markdown(text: str, origin: Origin) -> Reading:
    from handouts.sources.markdown import read  # noqa: PLC0415  (imports markdown-it on use)

    return read(text, origin)


def _encyclopedia_text(text: str, origin: Origin) -> Reading:
    from handouts.sources.encyclopedia_text import read  # noqa: PLC0415  (only when used)

    return read(text, origin)


_PAGE = re.compile(
    r"^\[[^\]\n]+\]\([^)\n]*\) *(?:→|>|»)|^(?:URL of this page|Direcci[oó]n de esta p[aá]gina):",
    re.MULTILINE,
)
_MARKS = re.compile(r"^#{1,3} \S|^> ?\[!\w+\]", re.MULTILINE)


def _looks_like_markdown(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if _MARKS.search(head) else 0.2


def _looks_like_encyclopedia_text(head: str) -> float:
    return 0.9 if _PAGE.search(head) else 0.3


FORMATS = (
    Format("markdown", ".md", _looks_like_markdown, _markdown),
    Format("encyclopedia-text", ".txt", _looks_like_encyclopedia_text, _encyclopedia_text),
)

_SUFFIX_WEIGHT = 0.2

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
        ("an HTML page", rb"<!doctype html|<html[\s>]"),
        ("an XML file", rb"<\?xml"),
        ("a JSON file", rb"\{\s*\"|\[\s*[{\"]"),
    )
)
"""What else people hand in, by the first bytes."""


# ---- reading -----------------------------------------------------------------------------------


def read_source(
    source: Path | bytes,
    *,
    format: str | None = None,  # noqa: A002  (the word people use)
    language: str | None = None,
    id: str | None = None,  # noqa: A002  (the article's attribute)
) -> Reading:
    """Read an article from a file or from bytes.

    Args:
        source: A file's path, or its content.
        format: Name of a row of `FORMATS`; without it, the content decides.
        language: Language of a text that does not name its own; one that does must agree.
        id: Id of the article, when neither the text nor the file's name shall give it.

    Raises:
        SourceError: The file cannot be read, is of another kind, holds characters that must not
            be printed, or no article.
        UsageError: There is no such format.
    """
    if isinstance(source, bytes):
        content, origin = source, Origin(file="the text")
        if len(content) > LIMIT:
            raise SourceError(f"the text is larger than {LIMIT // 1_000_000} MB")
    else:
        content = read_bytes(source, limit=LIMIT, error=SourceError)
        origin = Origin(file=str(source), stem=source.stem)
    origin = Origin(file=origin.file, stem=origin.stem, language=language or "", id=id or "")
    text = _text(content, origin.file)
    suffix = "" if isinstance(source, bytes) else source.suffix.lower()
    reading = _format(format, text, suffix).read(text, origin)
    _check_article(reading, origin.file)
    return reading


def _text(content: bytes, file: str) -> str:
    """Decode, and refuse what is no text, or what no leaflet may show."""
    for name, start in _FOREIGN:
        if start.match(content[:_HEAD]):
            hint = "Give the text itself, as Markdown or plain text."
            raise SourceError(f"this is {name}, which cannot be read", place=Place(file), hint=hint)
    text = unicodedata.normalize("NFC", decode(content, file, error=SourceError))
    if not text.strip():
        raise SourceError("the file is empty", place=Place(file))
    _check_characters(text, file)
    return text


def _check_characters(text: str, file: str) -> None:
    from handouts.characters import control  # noqa: PLC0415  (only when an article is read)

    for found in control(text):
        place = Place(file, text.count("\n", 0, found.position) + 1)
        what = f"the text holds a character that must not be printed, {found.name}"
        raise SourceError(what, place=place, hint="Delete it.")


def _check_article(reading: Reading, file: str) -> None:
    """Refuse an article without text, and characters that came in through escapes."""
    article = reading.article
    if not any(words.strip() for _, words in article.body()):
        hint = "Write at least one paragraph below the title."
        raise SourceError("the article has no text", place=Place(file), hint=hint)
    from handouts.characters import control  # noqa: PLC0415  (only when an article is read)

    for found in control("\n".join(strings(article))):
        what = f"the article holds a character that must not be printed, {found.name}"
        hint = "It is written as an escape, such as &#8238; or \\u202e: delete it."
        raise SourceError(what, place=Place(file), hint=hint)


def _format(name: str | None, text: str, suffix: str) -> Format:
    if name is not None:
        named = {row.name: row for row in FORMATS}
        if name not in named:
            raise UsageError(f"there is no format {name!r}", hint=f"There is: {', '.join(named)}.")
        return named[name]
    head = text[:_HEAD]
    return max(FORMATS, key=lambda row: row.detect(head) + _SUFFIX_WEIGHT * (row.suffix == suffix))
