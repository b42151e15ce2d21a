"""Articles in Markdown: TOML front matter, and a CommonMark body.

The body may have tables, definition lists, task lists and alerts (`> [!NOTE] Title`).
HTML is no part of it: `<b>` is printed as typed.
This is the only module that knows the Markdown parser.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from handouts.article import Article, Fact, Section
from handouts.document import (
    Blocks,
    BulletList,
    Checklist,
    Inlines,
    Item,
    Paragraph,
    Steps,
    plain,
    texts,
)
from handouts.document import text as inline_text
from handouts.errors import SourceError
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.front_matter import FrontMatter, split
from handouts.sources.identity import article_id, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.markdown_blocks import BlockReader
from handouts.sources.markdown_inline import Node
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.strings import Strings, fold, load

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FORMAT = "markdown"

_ROLE = re.compile(r"(.*?)\s*\{([a-z_]+)\}")
_DEEPEST = 18
"""Levels of nesting that the parser certainly reads; it would drop deeper text silently."""


@dataclass(slots=True)
class _Part:
    """A section while it is gathered; the summary has no title."""

    title: str = ""
    role: str = ""
    line: int = 1
    nodes: list[Node] = field(default_factory=list)


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a source."""
    yield read(content.text(), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read an article in Markdown.

    Raises:
        SourceError: The front matter is wrong or disagrees with the file's name; there is no
            title, or two; the body holds something that cannot be kept.
    """
    notes = Notes()
    front, body, above = split(text, origin, notes)
    reader = BlockReader(body.split("\n"), file=origin.file, above=above, notes=notes)
    nodes, references = _parsed(body, reader)
    title, parts = _parts(nodes, front.title, load(front.language), reader)
    article = _article(front, title, parts, reader, front.id or article_id(origin, title))
    _report_unused(references, reader)
    return Reading(article=article, report=notes.report(FORMAT))


# ---- the tree ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  (a slow import, for Markdown only)
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415  (the same)

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  (its name in the library)
            """Take every link: the reader judges them, and reports those it leaves out."""
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802  (its name in the library)
            """Keep a link as it is written."""
            return url

    parser = Parser("commonmark", {"html": False}).enable("table").disable("text_join")
    return parser.use(deflist_plugin)


def _parsed(body: str, reader: BlockReader) -> tuple[Sequence[Node], Sequence[Mapping[str, Any]]]:
    """Parse the body into nodes, and give its definitions of link targets."""
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415  (a slow import)

    found: dict[str, Any] = {}
    tokens = _parser().parse(body, found)
    for token in tokens:
        if token.level > _DEEPEST:
            place = reader.place(token.map[0] if token.map else 0)
            hint = "Write fewer lists or quotes inside each other."
            raise SourceError("the text is nested too deeply", place=place, hint=hint)
    references = [*found.get("references", {}).values(), *found.get("duplicate_refs", ())]
    return SyntaxTreeNode(tokens).children, references


def _report_unused(references: Sequence[Mapping[str, Any]], reader: BlockReader) -> None:
    """Report definitions `[name]: target` that no link uses: Markdown does not show them."""
    for reference in references:
        if reference["href"] not in reader.hrefs:
            reader.leave_out(reference["map"][0], "the target of a link that is not there")


# ---- sections ----------------------------------------------------------------------------------


def _parts(
    nodes: Sequence[Node], title: str, words: Strings, reader: BlockReader
) -> tuple[str, list[_Part]]:
    """Part the body at its `##` headings, and find the title."""
    parts = [_Part()]
    for node in nodes:
        if node.type == "heading" and node.tag == "h1":
            title = _title(title, plain(reader.text(node)), reader)
        elif node.type == "heading" and node.tag == "h2":
            parts.append(_section_start(node, words, reader))
        else:
            parts[-1].nodes.append(node)
    if not title:
        hint = 'Write title = "..." into the front matter, or # and the title above the text.'
        raise SourceError("the article has no title", place=reader.place(), hint=hint)
    return title, parts


def _title(known: str, found: str, reader: BlockReader) -> str:
    if known and fold(known) != fold(found):
        hint = "Write ## for a section."
        what = f"a second title, {found[:60]!r}"
        raise SourceError(what, place=reader.here, hint=hint)
    return known or found


def _section_start(node: Node, words: Strings, reader: BlockReader) -> _Part:
    title = plain(reader.text(node)).strip()
    if not title:
        raise SourceError("a heading without words", place=reader.here, hint="Delete it.")
    if named := _ROLE.fullmatch(title):
        return _Part(named[1], named[2], reader.line(node))
    return _Part(title, words.role_of(title), reader.line(node))


def _article(
    front: FrontMatter, title: str, parts: list[_Part], reader: BlockReader, name: str
) -> Article:
    (_, lead), *rest = [(part, reader.blocks(part.nodes)) for part in parts]
    back = {"references", "alternative_names"}
    sections = tuple(
        _section(part, blocks, reader) for part, blocks in rest if part.role not in back
    )
    named = [blocks for part, blocks in rest if part.role == "alternative_names"]
    cited = [blocks for part, blocks in rest if part.role == "references"]
    return Article(
        id=name,
        kind=front.kind or _kind(title, sections, reader.notes),
        title=title,
        language=front.language,
        summary=lead,
        sections=sections,
        alternative_names=(
            *front.synonyms,
            *(alias for blocks in named for words in texts(blocks) for alias in other_names(words)),
        ),
        references=tuple(entry for blocks in cited for entry in _entries(blocks)),
        glance=tuple(Fact(label=label, words=words) for label, words in front.glance.items()),
        review=front.review,
        approval=front.approval,
        source=front.source,
        rights=front.rights,
        codes=front.codes,
        version=front.version,
        number=front.number,
        qr_url=front.qr_url,
    )


def _section(part: _Part, blocks: Blocks, reader: BlockReader) -> Section:
    if not blocks:
        reader.notes.warnings.append(f"line {part.line}: the section {part.title!r} is empty")
    return Section(title=part.title, role=part.role, blocks=blocks)


def _kind(title: str, sections: tuple[Section, ...], notes: Notes) -> str:
    kind, sure = guess_kind(title, [section.role for section in sections])
    notes.guessed.append(Guess(1, kind, sure, "kind"))
    return kind


def _entries(blocks: Blocks) -> Iterator[Inlines]:
    """Yield each reference: a list's item or a paragraph."""
    for block in blocks:
        match block:
            case BulletList(items) | Steps(items) | Checklist(items):
                yield from (_entry(item) for item in items)
            case _:
                yield _entry((block,))


def _entry(item: Item) -> Inlines:
    match item:
        case (Paragraph(content),):
            return content
    return inline_text(" ".join(texts(item)))
