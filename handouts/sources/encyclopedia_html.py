"""Encyclopedia articles as HTML, whole pages or their `<article>`, and clinics' own pages.

Everything on the page is in the article or in the report.
"""

import re
from collections.abc import Iterable, Iterator

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Inlines,
    NumberedList,
    Paragraph,
    Steps,
    plain,
    text,
    texts,
)
from handouts.sources.back_matter import BACK, LEFT_OUT, LINKS
from handouts.sources.content import Content
from handouts.sources.encyclopedia import Part, guess_language, make_article
from handouts.sources.formats import Outcome
from handouts.sources.html import BlockReader
from handouts.sources.html_foot import Behind
from handouts.sources.html_head import page_heading, read_head
from handouts.sources.html_inline import Context
from handouts.sources.html_page import Page, page_text, read_page
from handouts.sources.html_sections import Stretch, stretches
from handouts.sources.html_tree import words
from handouts.sources.identity import file_language
from handouts.sources.page_chrome import FRONT, INSIDE, OPENING, match
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.typed_lists import with_lists
from handouts.strings import Strings, fold, load
from handouts.values import replace

FORMAT = "encyclopedia-html"

_ID_ROLES = {
    "section-Alt": "alternative_names",
    "section-Ref": "references",
    "section-tnails": "images",
    "section-mtp": "related",
}
_ENCODED_TWICE = re.compile(r"&amp;(amp|lt|gt|quot|nbsp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LEADS = ("definition", "definicion")
_LONG = 40
"""A paragraph of fewer characters may well stand there twice."""


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a page."""
    yield read(page_text(content), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read a page.

    Raises:
        SourceError: It cannot be parsed, there is no title, or no id can be made.
    """
    notes = Notes()
    text, twice = _ENCODED_TWICE.subn(r"&\1;", text)
    if twice:
        notes.warnings.append("names of characters such as &amp;lt; were decoded twice")
    page = read_page(text, origin.file)
    language = origin.language or file_language(origin) or _language(page, notes)
    origin = replace(origin, language=language)
    reader = BlockReader(Context(notes, base=page.url))
    head = read_head(page, reader, origin.file, notes)
    sections = _Sections(page, load(language), reader, notes)
    summary, parts = sections.read()
    for around in page.around:
        sections.behind.add_around(around)
    foot = sections.behind.read()
    notes.warnings += page.translations
    article = make_article(head, foot, parts, summary=summary, origin=origin, notes=notes)
    return Reading(article=article, report=notes.report(FORMAT))


def _language(page: Page, notes: Notes) -> str:
    """Give the language that the page says, unless its words are plainly those of another."""
    said = page.language.partition("-")[0].lower()
    guessed = guess_language(words(page.main), notes)
    if not said or said == guessed:
        return guessed
    if guessed == "en":
        notes.guessed.pop()
        return said
    what = f"the page says that its language is {said!r}, but its words are {guessed!r}"
    notes.warnings.append(what)
    return guessed


class _Sections:
    """Reads the content of a page, section by section; `behind` gets what is none of it."""

    def __init__(self, page: Page, known: Strings, reader: BlockReader, notes: Notes) -> None:
        self.page, self.known, self.reader, self.notes = page, known, reader, notes
        self.behind = Behind(notes)

    def read(self) -> tuple[Blocks, tuple[Part, ...]]:
        """Read the lead and the sections; old pages call the lead "Definition"."""
        lead, *rest = stretches(self.page.main)
        summary = self._body(lead)
        parts = [part for stretch in rest for part in self._part(stretch)]
        old = next((part for part in parts if fold(part.title) in _LEADS), None)
        if not summary and old is not None:
            self.notes.drop(old.line, old.title, "the title of the lead")
            summary = old.blocks
            parts.remove(old)
        return summary, tuple(parts)

    def _part(self, stretch: Stretch) -> Iterator[Part]:
        line, heading = stretch.line, stretch.heading
        title = page_heading(heading, self.reader, self.notes) if heading is not None else ""
        role = self.known.role_of(title) or _role_by_id(stretch)
        if role == LINKS and not self.page.of_encyclopedia:
            role = ""
        if match(OPENING, title):
            self._put_behind(line, (title, *texts(tuple(self.reader.flow(stretch.nodes)))))
        elif role in LEFT_OUT:
            self._leave_out(stretch, title, LEFT_OUT[role])
        else:
            self.notes.guessed.append(Guess(line, title, stretch.sure, "section"))
            found = self._body(stretch)
            if role in BACK:
                yield Part(title=title, role=role, line=line, entries=tuple(_entries(found)))
            else:
                yield Part(title=title, role=role, line=line, blocks=found)

    def _body(self, stretch: Stretch) -> Blocks:
        """Read the blocks of a section, up to what opens the page's foot."""
        found = tuple(self.reader.flow(stretch.nodes))
        kept: list[Block] = []
        for index, block in enumerate(found):
            shown = plain(block.content) if isinstance(block, Paragraph) else ""
            if match(OPENING, shown):
                self._put_behind(stretch.line, texts(found[index:]))
                break
            if chrome := match(INSIDE, shown) or match(FRONT, shown):
                self.notes.drop(stretch.line, shown, chrome[0].reason)
            else:
                kept.append(block)
        self._tell_repeated(tuple(kept), stretch.line)
        if self.page.of_encyclopedia:
            return tuple(kept)
        return with_lists(tuple(kept), self.notes, stretch.line)

    def _put_behind(self, line: int, found: Iterable[str]) -> None:
        for shown in found:
            self.behind.add(line, shown)

    def _leave_out(self, stretch: Stretch, title: str, reason: str) -> None:
        shown = [node if isinstance(node, str) else words(node) for node in stretch.nodes]
        whole = " ".join(" ".join((title, *shown)).split())
        self.notes.drop(stretch.line, whole, reason)

    def _tell_repeated(self, found: Blocks, line: int) -> None:
        seen: set[str] = set()
        for shown in texts(found):
            if len(shown) > _LONG and shown in seen:
                what = f"line {line}: a paragraph stands there twice: {shown[:_LONG]}…"
                self.notes.warnings.append(what)
            seen.add(shown)


def _role_by_id(stretch: Stretch) -> str:
    for node in stretch.nodes:
        if not isinstance(node, str) and (role := _ID_ROLES.get(node.get("id", ""))):
            return role
    return ""


def _entries(found: Blocks) -> Iterator[Inlines]:
    """Yield the paragraphs of blocks, whatever holds them."""
    for block in found:
        match block:
            case Paragraph(content=content):
                yield content
            case BulletList(items) | Steps(items) | NumberedList(items):
                for item in items:
                    yield from _entries(item)
            case _:
                yield from (text(shown) for shown in texts((block,)))
