r"""Inline marks of plain-text forms: `*emphasis*`, `**strong**`, `[text](target)`, `\[`."""

import re
from collections.abc import Iterable, Iterator

from handouts.document import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Text,
    plain,
    text,
)

_MARK = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|>~-])"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)\)"
    r"|\*\*(?<![\w*]\*\*)(?=\S)(?P<strong>(?:(?!\*\*).)+\*?)(?<=\S)\*\*(?![\w*])"
    r"|\*(?<![\w*]\*)(?=[^\s*])(?P<emphasis>[^*]*[^\s*])\*(?![\w*])"
)
"""Each way begins with its sign, so that plain words are passed over quickly."""


_LEADS = re.compile(r"https?://[^\s/]|(?:tel|mailto):", re.IGNORECASE)
"""An address of the web with its host, or another scheme of `LINK_SCHEMES`."""


def inlines(text: str) -> Inlines:
    """Turn a line of marked text into inline content; a link that leads nowhere becomes its text."""
    parts: list[Inline | str] = []
    at = 0
    for mark in _MARK.finditer(text):
        parts.append(text[at : mark.start()])
        at = mark.end()
        if (escaped := mark["escaped"]) is not None:
            parts.append(escaped)
        elif (words := mark["strong"]) is not None:
            parts.append(Strong(inlines(words)))
        elif (words := mark["emphasis"]) is not None:
            parts.append(Emphasis(inlines(words)))
        elif href := href_of(mark["target"]):
            parts.append(Link(href, inlines(mark["label"]) or (Text(href),)))
        else:
            parts += inlines(mark["label"])
    parts.append(text[at:])
    return merged(parts)


def plain_text(text: str) -> str:
    """Give the characters of marked text, marks left out."""
    return plain(inlines(text))


def href_of(target: str) -> str:
    """Give a link's target if a leaflet may lead there (https, http, tel, mailto), or ""."""
    if target.startswith("//"):
        target = f"https:{target}"
    return target if _LEADS.match(target) else ""


def targets(text: str) -> Iterator[str]:
    """Yield the target of each link in marked text, those in emphasis too."""
    for mark in _MARK.finditer(text):
        if mark["target"] is not None:
            yield mark["target"]
        elif (words := mark["strong"] or mark["emphasis"]) is not None:
            yield from targets(words)


def merged(parts: Iterable[Inline | str]) -> Inlines:
    """Make inline content of words and marked parts; neighbouring words become one text."""
    content: list[Inline] = []
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
        elif isinstance(part, Text):
            words += part.text
        else:
            content += (*text(words), part)
            words = ""
    return (*content, *text(words))
