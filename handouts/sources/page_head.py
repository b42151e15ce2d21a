"""The head of an encyclopedia page: breadcrumb, address, title."""

import re

from handouts.article import Source
from handouts.errors import Place, SourceError
from handouts.sources.headings import looks_like_title, may_be_title
from handouts.sources.marked_text import plain_text
from handouts.sources.page_chrome import FRONT, MENU, match
from handouts.sources.pieces import Piece
from handouts.sources.reading import Guess, Notes
from handouts.strings import Strings, fold
from handouts.values import field, frozen, replace

_URL = re.compile(r"(?:https?:)?//[^\s\])>]+")
_NUMBER = re.compile(r"/(\d{3,})\.html?$")
_STEP = re.compile(r" *[→>»] *")
_COLLECTIONS = ("medical encyclopedia", "enciclopedia medica", "health topics", "temas de salud")
_SITE = "MedlinePlus"
_BEHIND = re.compile(
    r"\s*[:|–—-]\s*(MedlinePlus(?: Medical Encyclopedia| enciclopedia m[eé]dica)?(?: Image)?)\s*$",
    re.IGNORECASE,
)
_ENCYCLOPEDIA = f"{_SITE} Medical Encyclopedia"


@frozen(kw_only=False)
class PageHead:
    """What the head says; `length` is the number of its pieces, `own` are those that are the title.

    `of_encyclopedia` says that the page has the encyclopedia's own shape, whatever its address.
    """

    title: str = ""
    source: Source = field(default_factory=Source)
    crumbs: tuple[str, ...] = ()
    length: int = 0
    own: tuple[Piece, ...] = ()
    of_encyclopedia: bool = False

    @property
    def of_page(self) -> bool:
        """Whether something says that the text was taken from a page."""
        return bool(self.crumbs or self.source.url or self.of_encyclopedia)


def read_page_head(found: tuple[Piece, ...], words: Strings, file: str, notes: Notes) -> PageHead:
    """Read the pieces above the article's text.

    Raises:
        SourceError: The article has no title.
    """
    head = PageHead()
    for piece in found:
        row = match(FRONT, piece.text) or (None if head.title else match(MENU, piece.text))
        if row is not None:
            head = _chrome(head, row[0].name, piece)
            notes.drop(piece.line, piece.text, row[0].reason)
        elif not head.title and _is_title(piece, head.crumbs, words):
            title, site = parted_title(plain_text(piece.text))
            if site:
                notes.drop(piece.line, site, "the site's name behind the title")
            head = replace(head, title=title, own=(piece,), of_encyclopedia=bool(site))
            sure = 1.0 if piece.kind == "heading" or fold(head.title) in _last(head) else 0.8
            notes.guessed.append(Guess(piece.line, head.title, sure, "title"))
        else:
            break
        head = replace(head, length=head.length + 1)
    return _finished(head, found, file)


def _chrome(head: PageHead, name: str, piece: Piece) -> PageHead:
    if name == "breadcrumb":
        crumbs = tuple(crumb for crumb in _STEP.split(plain_text(piece.text)) if crumb)
        return replace(head, crumbs=head.crumbs or crumbs)
    url = _URL.search(piece.text)
    if name != "address" or url is None or head.source.url:
        return head
    return replace(head, source=source_at(url[0]))


def source_at(url: str) -> Source:
    """Give the source at an address: of the encyclopedia, with the article's number."""
    address = f"https:{url}" if url.startswith("//") else url
    number = _NUMBER.search(address)
    return Source(url=address, article=number[1] if number else "")


def parted_title(text: str) -> tuple[str, str]:
    """Part a title from the name of the site that stands behind it."""
    site = _BEHIND.search(text)
    return (text[: site.start()].strip(), site[1]) if site and site.start() else (text.strip(), "")


def _is_title(piece: Piece, crumbs: tuple[str, ...], words: Strings) -> bool:
    """Tell whether the first line that is no chrome is the title; a breadcrumb knows it already."""
    if piece.kind == "heading":
        return piece.level == 1 or not crumbs
    if piece.kind == "bullet":
        return False
    if crumbs:
        same = fold(plain_text(piece.text)) == fold(crumbs[-1])
        return same or (len(crumbs) == 1 and looks_like_title(piece))
    return may_be_title(piece) or bool(words.role_of(piece.text))


def _last(head: PageHead) -> tuple[str, ...]:
    return tuple(fold(crumb) for crumb in head.crumbs[-1:])


def _finished(head: PageHead, found: tuple[Piece, ...], file: str) -> PageHead:
    title = head.title or (head.crumbs[-1] if len(head.crumbs) > 1 else "")
    if not title:
        line = found[min(head.length, len(found) - 1)].line if found else 1
        hint = "Write the title alone on the first line."
        raise SourceError("the article has no title", place=Place(file, line), hint=hint)
    return replace(head, title=title, source=replace(head.source, name=source_name(head)))


def source_name(head: PageHead) -> str:
    """Name the source by the breadcrumb, else by the address."""
    of_site = f"//{_SITE.lower()}.gov/" in head.source.url.replace("www.", "")
    collection = head.crumbs[-2] if len(head.crumbs) > 2 else ""  # noqa: PLR2004  (home, collection, title)
    if not collection:
        of_encyclopedia = head.of_encyclopedia or (of_site and "/ency/" in head.source.url)
        return _ENCYCLOPEDIA if of_encyclopedia else _SITE * of_site
    known = of_site or fold(collection) in _COLLECTIONS
    return f"{_SITE} {collection}" if known else collection
