"""Word documents of clinicians (DOCX): headings, lists, tables and links as Word shows them.

Deleted and hidden words, text boxes, pictures, comments, notes, headers and footers are reported.
"""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from handouts.article import Article, Rights, Section
from handouts.document import (
    Blocks,
    BulletList,
    Inlines,
    Paragraph,
    Steps,
    text,
    texts,
)
from handouts.errors import Place, SourceError
from handouts.language_tag import LANGUAGE
from handouts.sources.clinician_markdown import with_blanks
from handouts.sources.content import Content
from handouts.sources.docx_package import Package, open_package
from handouts.sources.docx_page import (
    SECTION,
    find_title,
    settle_headings,
    settle_names,
    with_typed_lists,
)
from handouts.sources.docx_runs import RunReader
from handouts.sources.docx_styles import Numbering, Styles
from handouts.sources.docx_text import TextReader
from handouts.sources.docx_words import properties, report_beside
from handouts.sources.docx_write import Writer
from handouts.sources.encyclopedia import guess_language
from handouts.sources.formats import Outcome
from handouts.sources.html import BlockReader, parse
from handouts.sources.html_inline import Context, heading_words
from handouts.sources.html_sections import Stretch, stretches
from handouts.sources.html_tree import inside, words
from handouts.sources.identity import article_id, file_language, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.markdown_sections import role_finder
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.strings import fold
from handouts.values import field, frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FORMAT = "docx"

_OWN_DATA = "the document's own data: {}"
_GUESSED, _KNOWN = 0.7, 0.95


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a document."""
    yield read(content, origin)


def read(content: Content, origin: Origin) -> Reading:
    """Read a document.

    Raises:
        SourceError: It is damaged, no Word document, made to harm, or has no title.
    """
    notes = Notes()
    package = open_package(content)
    html, said = _converted(package, notes)
    root = parse(html, origin.file)
    report_beside(package, notes)
    settle_names(root)
    language = origin.language or file_language(origin) or _language(root, said, notes)
    own = properties(package, notes)
    reader = BlockReader(Context(notes, line=0))
    title = _title(root, own, origin, reader)
    parts = _Parts(reader, language)
    for body in root.iter("body"):
        parts.read(body)
    article = with_blanks(_article(title, language, parts, origin, own), notes)
    return Reading(article=article, report=notes.report(FORMAT))


def _converted(package: Package, notes: Notes) -> tuple[str, str]:
    """Give the text as HTML, and the language that most of it says it is in."""
    styles = Styles(package.read_beside("word/styles.xml", notes))
    numbering = Numbering(package.read_beside("word/numbering.xml", notes), styles)
    writer = Writer(package.file, notes)
    runs = RunReader(styles, package.relations(notes), notes)
    reader = TextReader(runs, numbering, writer)
    for body in package.read(package.main).children("body"):
        reader.container(body)
    most = next((name for name, _ in runs.languages.most_common(1)), "")
    return unicodedata.normalize("NFC", writer.html()), most


def _language(root: "HtmlElement", said: str, notes: Notes) -> str:
    """Give the language that the document says, unless its words are plainly Spanish."""
    known = said if LANGUAGE.fullmatch(said) else ""
    guessed = guess_language(words(root), notes)
    if not known:
        return guessed
    if guessed in ("en", known.partition("-")[0]):
        notes.guessed.pop()
        return known
    what = f"the document says that its language is {said!r}, but its words are {guessed!r}"
    notes.warnings.append(what)
    return guessed


# ---- the title ---------------------------------------------------------------------------------


def _title(root: "HtmlElement", own: dict[str, str], origin: Origin, reader: BlockReader) -> str:
    """Find the title, take it out of the text, and report the properties that are not used."""
    notes = reader.context.notes
    found, title = find_title(root, own.get("title", ""), origin.title, notes)
    if found is not None:
        title = heading_words(found, reader.context)
        found.drop_tree()
    if not title:
        hint = "Give its first line the style Title."
        raise SourceError("the article has no title", place=Place(origin.file), hint=hint)
    for name, value in own.items():
        if name != "creator" and fold(value) != fold(title):
            notes.drop(0, value, _OWN_DATA.format(name))
    return title


# ---- the sections ------------------------------------------------------------------------------


@frozen(kw_only=False, eq=False)
class _Parts:
    """The sections of the text, and what else is told apart from them."""

    reader: BlockReader
    language: str
    summary: list[Blocks] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    references: list[Inlines] = field(default_factory=list)

    def read(self, body: "HtmlElement") -> None:
        """Part the text at its headings, and read each section."""
        guessed = settle_headings(body, self.reader.context.notes)
        is_parted = any(True for _ in body.iter(SECTION))
        lead, *rest = stretches(body) if is_parted else [Stretch(None, list(inside(body)))]
        self.summary.append(self._blocks(lead))
        for stretch in rest:
            self._section(stretch, guessed)

    def _blocks(self, stretch: Stretch) -> Blocks:
        found = tuple(self.reader.flow(stretch.nodes))
        return with_typed_lists(found, self.reader.context.notes)

    def _section(self, stretch: Stretch, guessed: "set[HtmlElement]") -> None:
        notes = self.reader.context.notes
        heading = stretch.heading
        title = heading_words(heading, self.reader.context) if heading is not None else ""
        role = role_finder(self.language)(title.removesuffix(":"))
        sure = (_KNOWN if role else _GUESSED) if stretch.heading in guessed else stretch.sure
        notes.guessed.append(Guess(0, title, sure, "section"))
        found = self._blocks(stretch)
        if role == "references":
            self.references.extend(_entries(found))
        elif role == "alternative_names":
            self.names.extend(one for shown in texts(found) for one in other_names(shown))
        else:
            if not found:
                notes.warnings.append(f"the section {title!r} is empty")
            self.sections.append(Section(title=title, role=role, blocks=found))


def _entries(found: Blocks) -> Iterator[Inlines]:
    """Yield each reference: a list's item or a paragraph."""
    for block in found:
        match block:
            case Paragraph(content=content):
                yield content
            case BulletList(items) | Steps(items):
                for item in items:
                    yield from _entries(item)
            case _:
                yield from (text(shown) for shown in texts((block,)))


# ---- the article -------------------------------------------------------------------------------


def _article(
    title: str, language: str, parts: _Parts, origin: Origin, own: dict[str, str]
) -> Article:
    notes = parts.reader.context.notes
    kind, sure = guess_kind(title, [section.role for section in parts.sections])
    notes.guessed.append(Guess(0, kind, sure, "kind"))
    return Article(
        id=article_id(origin, title),
        kind=kind,
        title=title,
        language=language,
        summary=tuple(block for found in parts.summary for block in found),
        sections=tuple(parts.sections),
        alternative_names=tuple(parts.names),
        references=tuple(parts.references),
        rights=_rights(own, notes),
    )


def _rights(own: dict[str, str], notes: Notes) -> Rights:
    """Say that nobody is known to hold the text; its author, if it names one, may be asked."""
    if author := own.get("creator"):
        notes.warnings.append(f"the document's author is {author}: ask who holds its text")
    return Rights(status="unknown", may_edit=True)
