"""The tree of HTML: parsing that loads nothing, what elements are, and their words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from handouts.errors import Place, SourceError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LIMIT = 8_000_000
"""Longest HTML, in bytes: beyond 10 MB of one text the parser loses words without saying so."""

DEPTH = 100
"""Deepest nesting of elements."""

_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.IGNORECASE)

BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"),
        *("hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol"),
        *("optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "ul", "xmp"),
    )
)

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

INVISIBLE = str.maketrans(dict.fromkeys("\u200b\ufeff\u00ad"))
"""Characters that only say where a word may break."""

SPACES = re.compile(r"[ \t\n\r\f\xa0]+")


def parse(text: str, file: str) -> "HtmlElement":
    """Parse a page or a piece of one; the root is `html`, without children for blank text.

    Nothing is loaded, and no entities but HTML's own are known.

    Raises:
        SourceError: It is too long, nested too deeply, or declares entities.
    """
    from lxml.etree import ParserError  # noqa: PLC0415  (heavy, only for HTML)
    from lxml.html import Element, HTMLParser, document_fromstring  # noqa: PLC0415  (the same)

    content = text.encode("utf-8", "replace")
    place = Place(file)
    if len(content) > LIMIT:
        raise SourceError(f"the HTML is larger than {LIMIT // 1_000_000} MB", place=place)
    if declared := _DECLARATION.search(text):
        line = text.count("\n", 0, declared.start()) + 1
        raise SourceError("the HTML declares entities of its own", place=Place(file, line))
    parser = HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = document_fromstring(content, parser=parser)
    except ParserError:  # nothing in it
        return Element("html")
    _check_depth(root, place)
    return root


def _check_depth(root: "HtmlElement", place: Place) -> None:
    from lxml.etree import iterwalk  # noqa: PLC0415  (heavy, only for HTML)

    depth = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            what = f"the HTML is nested more than {DEPTH} elements deep"
            raise SourceError(what, place=place)


# ---- elements ----------------------------------------------------------------------------------


def tag_of(element: "HtmlElement") -> str:
    """Give an element's name without its namespace, or "" for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def has_blocks(element: "HtmlElement") -> bool:
    """Tell whether a block stands anywhere inside an element."""
    return len(element) > 0 and any(
        tag_of(part) in BLOCK_TAGS for part in element.iterdescendants()
    )


def inside(element: "HtmlElement") -> "Iterator[HtmlElement | str]":
    """Yield an element's own words and children, with the words behind each."""
    if element.text:
        yield element.text
    yield from siblings(element)


def siblings(elements: "Iterable[HtmlElement]") -> "Iterator[HtmlElement | str]":
    """Yield elements, with the words behind each."""
    for element in elements:
        yield element
        if element.tail:
            yield element.tail


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


def words(element: "HtmlElement", *, keep_lines: bool = False) -> str:
    """Give all words of an element, white space folded, blocks and line breaks parted by a space."""
    found = "".join(_words(element))
    if keep_lines:
        return found.translate(INVISIBLE)
    return " ".join(SPACES.sub(" ", found.translate(INVISIBLE)).split(" ")).strip()


def _words(element: "HtmlElement") -> Iterator[str]:
    tag = tag_of(element)
    if not tag or tag in CODE:
        return
    gap = "\n" if tag in BLOCK_TAGS or tag in DROPPED or tag == "br" else ""
    yield gap + (element.text or "")
    for part in element:
        yield from _words(part)
        yield part.tail or ""
    yield gap
