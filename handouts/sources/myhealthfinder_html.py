"""What is odd in MyHealthfinder's HTML: counted links, and headings that are only bold."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handouts.sources.html_inline import Context, heading_words
from handouts.sources.html_tree import tag_of, words
from handouts.sources.reading import Guess, Notes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OUTLINK = re.compile(r"(?:https?:)?(?://[^/]+)?/+api/outlink/[^/]+/(https?)/(\S+)", re.IGNORECASE)
_COUNTING = re.compile(r"[?&](_label_|_hash_)=([^&#]*)")
_BOLD = ("strong", "b")
_SLANTED = ("em", "i", "span", "u")
_LONGEST = 120
"""A heading has so many characters at most."""


def unwrap(target: str) -> str:
    """Give the address that a counted link leads to: `.../api/outlink/NAME/https/host/path?...`."""
    found = _OUTLINK.search(target)
    if not found:
        return target
    address = f"{found[1].lower()}://{found[2]}"
    address, _, fragment = address.partition("#")
    for name, value in _COUNTING.findall(address):
        if name == "_hash_" and not fragment:
            fragment = unquote(value).lstrip("#")
    address = _COUNTING.sub(lambda part: "\0" if part[0][0] == "?" else "", address)
    address = address.replace("\0&", "?").replace("\0", "")
    return f"{address}#{fragment}" if fragment else address


def unwrap_links(root: "HtmlElement") -> None:
    """Let every link lead where it leads in the end."""
    for link in root.iter("a"):
        if target := link.get("href"):
            link.set("href", unwrap(target))


def lift_headings(root: "HtmlElement", notes: Notes) -> None:
    """Make headings of bold words that open a paragraph and have its first line for themselves."""
    for paragraph in list(root.iter("p")):
        opening = _opening(paragraph)
        if opening is None or not _is_heading(paragraph, opening):
            continue
        said = heading_words(opening, Context(notes, 0))
        after = opening.getnext()
        notes.guessed.append(Guess(0, said, 0.9 if after is not None else 0.8, "sub-heading"))
        heading = paragraph.makeelement("h3")
        heading.text = said
        paragraph.addprevious(heading)
        if after is not None:
            paragraph.text = after.tail
            paragraph.remove(after)
        opening.tail = None
        paragraph.remove(opening)


def _opening(paragraph: "HtmlElement") -> "HtmlElement | None":
    """Give the bold element that opens a paragraph and stands alone on its line."""
    first = paragraph[0] if len(paragraph) else None
    if first is None or _said(paragraph.text) or _said(first.tail) or not _is_bold(first):
        return None
    after = first.getnext()
    return first if after is None or tag_of(after) == "br" else None


def _is_heading(paragraph: "HtmlElement", opening: "HtmlElement") -> bool:
    """Tell headings from sentences in bold: links and labels are none, nor what ends a text."""
    said = words(opening)
    if not said or len(said) > _LONGEST or said.endswith((":", ",", ";")):
        return False
    if opening.find(".//a") is not None:
        return False
    return opening.getnext() is not None or paragraph.getnext() is not None


def _is_bold(element: "HtmlElement") -> bool:
    """Whether all words of an element are bold."""
    while tag_of(element) in _SLANTED:
        if len(element) != 1 or _said(element.text) or _said(element[0].tail):
            return False
        element = element[0]
    return tag_of(element) in _BOLD


def _said(text: str | None) -> bool:
    return bool(text and text.strip())
