"""A whole HTML page: what of it is the article, what stands round it, where it comes from."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handouts.errors import SourceError
from handouts.sources.content import Content
from handouts.sources.html import parse
from handouts.sources.html_tree import tag_of, words
from handouts.values import frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta\b[^>]*charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WESTERN = (b"iso-8859-1", b"iso-8859-15", b"latin1", b"windows-1252", b"us-ascii", b"ascii")
_SHARED_URL = re.compile(
    r"https://medlineplus\.gov/(?:spanish/)?ency/(?:article|patientinstructions)/\d+\.htm"
)
_OF_ENCYCLOPEDIA = ("ency_summary", "d-article", "section-version", "section-Alt", "section-Ref")
_CITE = ("ency-citation", "citation-how-to")
_CHROME = frozenset(
    (
        *("page-actions", "share-buttons", "section-button", "sm-live-area", "side"),
        *("side-section", "breadcrumb", "breadcrumbs", "js-disabled-message", "skipnav"),
        *("skip-link", "skiplinks", "cookie-banner", "navbar", "menu", "sidebar", "pagination"),
    )
)
_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
_OF_CLASS = "*[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
_MAIN = (
    f"//article//{_OF_CLASS.format('main')} | //article//{_OF_CLASS.format('main-single')}",
    "//*[@id='d-article']",
    "//main | //article | //*[@role='main']",
    "//*[@id='content' or @id='main' or @id='main-content' or @id='contenido']",
    f"//{_OF_CLASS.format('content')}",
)
_MOSTLY = 0.5
"""What holds less than this share of the page's words is not the article."""


@frozen(kw_only=False, eq=False)
class Around:
    """An element that stands round the article, and why it is left out."""

    element: "HtmlElement"
    reason: str


@frozen(eq=False)
class Page:
    """A page taken apart: `main` holds the article's text, `around` everything else."""

    main: "HtmlElement"
    around: tuple[Around, ...]
    heading: "HtmlElement | None"
    name: str
    url: str
    language: str
    of_encyclopedia: bool
    translations: tuple[str, ...]


def page_text(content: Content) -> str:
    """Give a page's text: UTF-8, or the Western encoding that it says it has.

    Raises:
        SourceError: It is in another encoding, empty, or holds characters that must not be printed.
    """
    try:
        return content.text()
    except SourceError:
        said = _CHARSET.search(content.start)
        if said is None or said[1].lower() not in _WESTERN:
            raise
    again = Content(content.data().decode("cp1252", "replace").encode())
    again.file = content.file
    return again.text()


def read_page(text: str, file: str) -> Page:
    """Take a page apart.

    Raises:
        SourceError: It cannot be parsed.
    """
    root = parse(text, file)
    own = _own_data(root)
    of_encyclopedia = any(root.xpath(f"boolean(//*[@id='{name}'])") for name in _OF_ENCYCLOPEDIA)
    url = _url(root)
    around = _pruned(root)
    main = _main(root)
    heading = next((part for part in (*main.iter(), *root.iter()) if _is_title(part)), None)
    for part in (heading, main):
        if part is not None and part.getparent() is not None:
            part.drop_tree()
    if main is not root:
        around.append(Around(root, "stands outside the article"))
    return Page(
        main=main,
        around=tuple(around),
        heading=heading,
        name=own.get("name", ""),
        url=url,
        language=root.get("lang", ""),
        of_encyclopedia=of_encyclopedia,
        translations=tuple(_translations(root)),
    )


def _own_data(root: "HtmlElement") -> dict[str, str]:
    found = root.xpath("//head//title | //title")
    return {"name": words(found[0])} if found else {}


def _is_title(element: "HtmlElement") -> bool:
    return tag_of(element) == "h1" and bool(words(element))


def _url(root: "HtmlElement") -> str:
    """Find the page's address: as it says it itself, else as its buttons share it."""
    for path in (
        "//link[@rel='canonical']/@href",
        "//meta[@property='og:url']/@content",
        "//html/@itemid",
        "//base/@href",
    ):
        for url in root.xpath(path):
            if re.match(r"https?://\S+$|//\S+$", url.strip()):
                return str(url.strip())
    for href in root.xpath("//a/@href"):
        if found := _SHARED_URL.search(unquote(href)):
            return found[0]
    return ""


def _translations(root: "HtmlElement") -> Iterator[str]:
    here = root.get("lang", "").partition("-")[0]
    for link in root.xpath("//link[@rel='alternate'][@hreflang][@href]"):
        language, href = link.get("hreflang"), link.get("href")
        if language not in ("x-default", here) and href.startswith(("https:", "http:")):
            yield f"translation: {language} {href}"


# ---- what stands round the article -------------------------------------------------------------


def _pruned(root: "HtmlElement") -> list[Around]:
    """Take the page's working out of the tree: menus, buttons, banners, the side column."""
    found = [(part, reason) for part in root.iter() if (reason := _chrome_reason(part))]
    chrome = {part for part, _ in found}
    gone = [
        Around(part, reason)
        for part, reason in found
        if not any(above in chrome for above in part.iterancestors())
    ]
    for part in gone:
        part.element.drop_tree()
    return gone


def _chrome_reason(element: "HtmlElement") -> str:
    tag, names = tag_of(element), (*element.get("class", "").split(), element.get("id", ""))
    if tag in ("html", "body", "main", "article", "h1"):
        return ""
    if any(name in _CITE for name in names):
        return "page chrome: how to cite"
    if _CHROME.intersection(names) or element.get("role") in _ROLES or _is_frame(element, tag):
        return "" if element.xpath("boolean(.//h1)") else "page chrome"
    return ""


def _is_frame(element: "HtmlElement", tag: str) -> bool:
    if tag == "nav":
        return True
    inside = any(tag_of(above) in ("main", "article") for above in element.iterancestors())
    return tag in ("header", "footer", "aside") and not inside


def _main(root: "HtmlElement") -> "HtmlElement":
    """Find the element that holds the article: the first likely one with most of the words."""
    bodies = root.xpath("//body")
    body = bodies[0] if bodies else root
    total = len(words(body))
    for path in _MAIN:
        found = root.xpath(path)
        best = max(found, key=lambda element: len(words(element)), default=None)
        if best is not None and len(words(best)) >= _MOSTLY * total:
            return best
    return body
