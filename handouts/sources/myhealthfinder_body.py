"""The text of a MyHealthfinder article: its lead and sections, read from HTML in JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handouts.article import Section
from handouts.document import Blocks
from handouts.sources.html import parse
from handouts.sources.html_inline import Context, heading_words
from handouts.sources.html_tree import tag_of, words
from handouts.sources.json_text import blocks_of, head_of, report_rest
from handouts.sources.myhealthfinder_html import lift_headings, unwrap_links
from handouts.sources.reading import Joined, Notes
from handouts.sources.safe_json import Json
from handouts.strings import Strings
from handouts.values import replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_REASONS = {"description": "a teaser of the section"}


class Body:
    """The lead and the sections while they are read.

    Args:
        titles: Known section titles.
        base: The page's address, to complete links with.
        notes: Where it is reported.
    """

    def __init__(self, titles: Strings, base: str, notes: Notes) -> None:
        self.summary: Blocks = ()
        self.sections: list[Section] = []
        self._titles, self._base, self._notes = titles, base, notes

    def read(self, section: Json) -> None:
        """Read a section; a title opens one, and so does each `h2` of one without a title."""
        title = head_of(section.get("Title"), self._notes)
        root = parse(section.get("Content").text(), section.file)
        unwrap_links(root)
        lift_headings(root, self._notes)
        self._open(title)
        for head, group in _groups(root, whole=bool(title)):
            heading = heading_words(head, Context(self._notes, 0)) if head is not None else ""
            self._open(heading)
            self._add(blocks_of(group, self._notes, self._base), titled=bool(title or heading))
        report_rest(section, ("Title", "Content"), _REASONS, self._notes)

    def _open(self, title: str) -> None:
        if title:
            self.sections.append(Section(title=title, role=self._titles.role_of(title)))

    def _add(self, blocks: Blocks, *, titled: bool) -> None:
        """Add blocks: without a title, to the lead or to the section above."""
        if not self.sections:
            self.summary += blocks
        elif blocks:
            last = self.sections[-1]
            self.sections[-1] = replace(last, blocks=(*last.blocks, *blocks))
            if not titled:
                what = f"text without a title, added to {last.title!r}"
                self._notes.joined.append(Joined(0, what))


def _groups(
    root: "HtmlElement", *, whole: bool
) -> "Iterator[tuple[HtmlElement | None, list[HtmlElement]]]":
    """Part the text of a section without a title at its `h2`, which are titles themselves."""
    body = root.find("body")
    if body is None:
        return
    if whole:
        yield None, [body]
        return
    while len(body) == 1 and tag_of(body[0]) == "div" and not (body.text or "").strip():
        body = body[0]
    heading: HtmlElement | None = None
    group: list[HtmlElement] = []
    first = body.makeelement("span")
    first.text = body.text
    for part in (first, *body):
        if tag_of(part) == "h2" and words(part):
            yield heading, group
            heading, group = part, []
            rest = body.makeelement("span")
            rest.text = part.tail
            group.append(rest)
        else:
            group.append(part)
    yield heading, group
