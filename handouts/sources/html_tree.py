"""The tree of HTML: parsing that loads nothing, what elements are, and their words."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from handouts.errors import Place, SourceError
from handouts.sources.html_end_tags import BLOCK_TAGS, settled
from handouts.sources.html_math import settle_formulas

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LIMIT = 8_000_000
"""Longest HTML, in bytes: beyond 10 MB of one text the parser loses words without saying so."""

DEPTH = 100
"""Deepest nesting of elements."""

_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.IGNORECASE)

DROPPED: Mapping[str, str] = {
    **dict.fromkeys(("script", "style", "template", "link", "meta", "base"), "page code"),
    **dict.fromkeys(("noscript", "iframe", "frame", "frameset", "noframes"), "page chrome"),
    **dict.fromkeys(
        ("img", "image", "picture", "svg", "canvas"), "images have rights of their own"
    ),
    **dict.fromkeys(("video", "audio", "object", "embed", "applet", "map"), "films and sounds"),
    **dict.fromkeys(("button", "input", "select", "textarea", "form"), "a form's parts"),
    **dict.fromkeys(("del", "s", "strike"), "struck out"),
    "head": "the page's own data",
}
"""Elements that are left out, and why."""

CODE = ("script", "style", "template")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FORM_OF_TEXT = 3
"""A form with so many paragraphs is a page with a form round it."""

_INVISIBLE = "\u200b\ufeff\u00ad"
"""Characters that only say where a word may break."""

EDGES = " \t\n\r\f\xa0"
"""White space of HTML."""

SPACES = re.compile(r"(?:[\t\n\r\f\xa0]| (?=[ \t\n\r\f\xa0]))[ \t\n\r\f\xa0]*")
"""White space that is not yet a single space."""


def parse(text: str, file: str) -> "HtmlElement":
    """Parse a page or a piece of one; the root is `html`, without children for blank text.

    Nothing is loaded, and no entities but HTML's own are known.

    Raises:
        SourceError: It is too long, nested too deeply, or declares entities.
    """
    from lxml.etree import ParserError  # noqa: PLC0415  (heavy, only for HTML)
    from lxml.html import Element, document_fromstring  # noqa: PLC0415  (the same)

    content = text.encode("utf-8", "replace")
    place = Place(file)
    if len(content) > LIMIT:
        raise SourceError(f"the HTML is larger than {LIMIT // 1_000_000} MB", place=place)
    if declared := _DECLARATION.search(text):
        line = text.count("\n", 0, declared.start()) + 1
        raise SourceError("the HTML declares entities of its own", place=Place(file, line))
    try:
        written = settled(text).encode("utf-8", "replace")
        root: HtmlElement = document_fromstring(written, parser=_parser())
    except ParserError:  # nothing in it
        return Element("html")
    if _too_deep()(root):
        raise SourceError(f"the HTML is nested more than {DEPTH} elements deep", place=place)
    settle_formulas(root, dropped_reason)
    return root


@cache
def _parser() -> Any:  # noqa: ANN401  (lxml says nothing of its types)
    """Give the parser; its elements are made without asking Python which class each one has."""
    from lxml.etree import ElementDefaultClassLookup, HTMLParser  # noqa: PLC0415  (heavy)
    from lxml.html import HtmlElement  # noqa: PLC0415  (the same)

    parser = HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    return parser


@cache
def _too_deep() -> Any:  # noqa: ANN401  (lxml says nothing of its types)
    from lxml.etree import XPath  # noqa: PLC0415  (heavy, only for HTML)

    return XPath(f"boolean({'/*' * (DEPTH + 1)})")


# ---- elements ----------------------------------------------------------------------------------


def tag_of(element: "HtmlElement") -> str:
    """Give an element's name without its namespace, or "" for what is none."""
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def has_blocks(element: "HtmlElement") -> bool:
    """Tell whether a block stands anywhere inside an element."""
    return len(element) > 0 and any(
        tag_of(part) in BLOCK_TAGS for part in element.iterdescendants()
    )


def inside(element: "HtmlElement") -> "list[HtmlElement | str]":
    """Give an element's own words and children, with the words behind each."""
    own = element.text
    nodes: list[HtmlElement | str] = [own] if own else []
    return nodes + siblings(element) if len(element) else nodes


def siblings(elements: "Iterable[HtmlElement]") -> "list[HtmlElement | str]":
    """Give elements, with the words behind each."""
    nodes: list[HtmlElement | str] = []
    for element in elements:
        nodes.append(element)
        if tail := element.tail:
            nodes.append(tail)
    return nodes


def dropped_reason(element: "HtmlElement") -> str:
    """Say why an element is left out, or ""."""
    tag = tag_of(element)
    if tag == "form" and _is_page(element):
        return ""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return "hidden on the page"
    return DROPPED.get(tag, "")


def _is_page(form: "HtmlElement") -> bool:
    found = [tag_of(part) for part in form.iterdescendants()]
    return "h1" in found or "h2" in found or found.count("p") >= _FORM_OF_TEXT


def words(element: "HtmlElement") -> str:
    """Give all words of an element, white space folded, blocks and line breaks parted by a space."""
    found: list[str] = []
    _gather(element, found)
    return with_single_spaces(visible("".join(found)).strip())


def with_single_spaces(words: str) -> str:
    """Fold runs of white space, no-break spaces too, to single spaces."""
    if words.isprintable() and "  " not in words:  # no other white space is printable
        return words
    return SPACES.sub(" ", words)


def visible(written: str) -> str:
    """Take out the characters that only say where a word may break."""
    if not written.isascii():
        for sign in _INVISIBLE:  # much quicker than a table for `translate`
            written = written.replace(sign, "")
    return written


def _gather(element: "HtmlElement", found: list[str]) -> None:
    """Add an element's words to those that were found, with line ends round blocks."""
    tag = tag_of(element)
    if not tag or tag in CODE:
        return
    gap = "\n" if tag in BLOCK_TAGS or tag in DROPPED or tag == "br" else ""
    found.append(gap + (element.text or ""))
    for part in element:
        _gather(part, found)
        found.append(part.tail or "")
    found.append(gap)
