"""The title and the source of an HTML page."""

from typing import TYPE_CHECKING

from handouts.errors import Place, SourceError
from handouts.sources.html import BlockReader
from handouts.sources.html_inline import heading_words
from handouts.sources.html_page import Page
from handouts.sources.html_sections import first_heading
from handouts.sources.html_tree import words
from handouts.sources.page_head import PageHead, parted_title, source_at, source_name
from handouts.sources.reading import Guess, Notes
from handouts.strings import fold
from handouts.values import replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEHIND = "the site's name behind the title"
_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ")
_BUTTONS = ("Return to top", "Back to top", "Volver al comienzo", "Volver arriba")


def read_head(page: Page, reader: BlockReader, file: str, notes: Notes) -> PageHead:
    """Find the title and the source; a heading that is the title leaves the page's content.

    Raises:
        SourceError: There is no title.
    """
    title = _title(page, reader, notes)
    if not title:
        hint = "Write it in the page's <h1> or <title>."
        raise SourceError("the article has no title", place=Place(file), hint=hint)
    head = PageHead(title=title, of_encyclopedia=page.of_encyclopedia)
    if page.url:
        head = replace(head, source=source_at(page.url))
    return replace(head, source=replace(head.source, name=source_name(head)))


def _title(page: Page, reader: BlockReader, notes: Notes) -> str:
    """Give the title: the `h1`, else a first heading that begins as the page's name, or that."""
    heading, sure = page.heading, 1.0
    name, site = _parted_name(page.name)
    if heading is None:
        first = first_heading(page.main)
        if first is not None and fold(words(first)).startswith(fold(name)):
            heading, sure = first, 0.7
    if heading is None:
        if site:
            notes.drop(1, site, _BEHIND)
        notes.guessed.append(Guess(1, name, 0.8, "title"))
        return name
    line = heading.sourceline or 1
    title, behind = parted_title(page_heading(heading, reader, notes))
    if heading.getparent() is not None:
        heading.drop_tree()
    if behind:
        notes.drop(line, behind, _BEHIND)
    notes.guessed.append(Guess(line, title, sure, "title"))
    return title


def _parted_name(whole: str) -> tuple[str, str]:
    """Part the page's name from a site's name behind the last bar or dash, in capitals at least."""
    name, site = parted_title(whole)
    for sign in _SIGNS:
        before, _, last = name.rpartition(sign)
        if not site and before and last[:1].isupper():
            return before.strip(), last.strip()
    return name, site


def page_heading(heading: "HtmlElement", reader: BlockReader, notes: Notes) -> str:
    """Give a heading's words, without the button that old pages have in it."""
    title = heading_words(heading, reader.context)
    for button in _BUTTONS:
        if title.endswith(button) and title != button:
            notes.drop(heading.sourceline or 1, button, "page chrome: buttons")
            return title.removesuffix(button).strip()
    return title
