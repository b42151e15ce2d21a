"""Articles in Markdown: TOML front matter, and a CommonMark body.

The body may have tables, definition lists, task lists and alerts (`> [!NOTE] Title`).
HTML is no part of it: `<b>` is printed as typed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from handouts.article import Article, Section
from handouts.document import (
    Blocks,
    BulletList,
    Checklist,
    Inlines,
    Item,
    Paragraph,
    Steps,
    texts,
)
from handouts.document import text as inline_text
from handouts.sources.back_matter import LIFTED
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.front_matter import FrontMatter, Split, split
from handouts.sources.identity import article_id, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.markdown_blocks import BlockReader
from handouts.sources.markdown_inline import Node
from handouts.sources.markdown_sections import (
    Part,
    RoleOf,
    parts_of,
    role_finder,
    without_pictured,
)
from handouts.sources.reading import Guess, Notes, Origin, Reading

FORMAT = "markdown"

Parting = Callable[[Sequence[Node], str, RoleOf, BlockReader], tuple[str, list[Part]]]
"""What parts the nodes of a body into sections, and finds the title."""


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
    article = assembled(split(text, origin, notes), origin, notes, parts_of)
    return Reading(article=article, report=notes.report(FORMAT))


def assembled(file: Split, origin: Origin, notes: Notes, parting: Parting) -> Article:
    """Make the article of front matter and body.

    Raises:
        SourceError: There is no title, or two; the body holds something that cannot be kept.
    """
    from handouts.sources.markdown_parser import parsed  # noqa: PLC0415  (a slow import)

    front = file.front
    reader = BlockReader(file.body.split("\n"), file=origin.file, above=file.line, notes=notes)
    nodes, references = parsed(file.body, reader.place)
    known = front.title or origin.title
    title, parts = parting(without_pictured(nodes), known, role_finder(front.language), reader)
    article = _article(front, title, parts, reader, front.id or article_id(origin, title))
    _report_unused(references, reader)
    return article


def _report_unused(references: Sequence[Mapping[str, Any]], reader: BlockReader) -> None:
    """Report definitions `[name]: target` that no link uses: Markdown does not show them."""
    for reference in references:
        if reference["href"] not in reader.hrefs:
            reader.leave_out(reference["map"][0], "the target of a link that is not there")


# ---- the article -------------------------------------------------------------------------------


def _article(
    front: FrontMatter, title: str, parts: list[Part], reader: BlockReader, name: str
) -> Article:
    (_, lead), *rest = [(part, reader.blocks(part.nodes)) for part in parts]
    sections = tuple(
        _section(part, blocks, reader) for part, blocks in rest if part.role not in LIFTED
    )
    named = [blocks for part, blocks in rest if part.role == "alternative_names"]
    cited = [blocks for part, blocks in rest if part.role == "references"]
    return front.article(
        id=name,
        kind=front.kind or _kind(title, sections, reader.notes),
        title=title,
        summary=lead,
        sections=sections,
        names=tuple(
            alias for blocks in named for words in texts(blocks) for alias in other_names(words)
        ),
        references=tuple(entry for blocks in cited for entry in _entries(blocks)),
    )


def _section(part: Part, blocks: Blocks, reader: BlockReader) -> Section:
    if not blocks:
        reader.notes.warnings.append(f"line {part.line}: the section {part.title!r} is empty")
    return Section(title=part.title, role=part.role, level=part.level, blocks=blocks)


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
