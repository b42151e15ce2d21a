"""Articles in Markdown: TOML front matter, and a CommonMark body.

The body may have tables, definition lists, task lists and alerts (`> [!NOTE] Title`).
HTML is no part of it: `<b>` is printed as typed.
This is the only module that knows the Markdown parser.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

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
from handouts.errors import SourceError
from handouts.sources.back_matter import LIFTED
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.front_matter import FrontMatter, Split, split
from handouts.sources.identity import article_id, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.markdown_blocks import BlockReader
from handouts.sources.markdown_inline import Node
from handouts.sources.markdown_sections import Part, RoleOf, parts_of, role_finder
from handouts.sources.reading import Guess, Notes, Origin, Reading

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

FORMAT = "markdown"

_SIGN = re.compile(r"[\n\\`*_\[<&]")
"""What inline content of Markdown begins with; a picture's `!` stands before a bracket."""

_DEEPEST = 18
"""Levels of nesting that the parser certainly reads; it would drop deeper text silently."""


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
    front = file.front
    reader = BlockReader(file.body.split("\n"), file=origin.file, above=file.line, notes=notes)
    nodes, references = _parsed(file.body, reader)
    known = front.title or origin.title
    title, parts = parting(nodes, known, role_finder(front.language), reader)
    article = _article(front, title, parts, reader, front.id or article_id(origin, title))
    _report_unused(references, reader)
    return article


# ---- the tree ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  (a slow import, for Markdown only)
    from markdown_it.token import Token  # noqa: PLC0415  (the same)
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415  (the same)

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  (its name in the library)
            """Take every link: the reader judges them, and reports those it leaves out."""
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802  (its name in the library)
            """Keep a link as it is written."""
            return url

    def inline(state: "StateCore") -> None:
        """Parse inline content; words without a sign that begins something are one text."""
        for token in state.tokens:
            if token.type != "inline" or not token.content:
                continue
            if _SIGN.search(token.content):
                token.children = parser.inline.parse(token.content, parser, state.env, [])
            else:
                token.children = [Token("text", "", 0, content=token.content)]

    parser = Parser("commonmark", {"html": False}).enable("table").use(deflist_plugin)
    parser.core.ruler.at("inline", inline)
    # line ends are normal when the text comes here, and there is no HTML
    return parser.disable(("normalize", "html_block", "html_inline", "text_join"))


def _parsed(body: str, reader: BlockReader) -> tuple[Sequence[Node], Sequence[Mapping[str, Any]]]:
    """Parse the body into nodes, and give its definitions of link targets."""
    found: dict[str, Any] = {}
    tokens = _parser().parse(body, found)
    for token in tokens:
        if token.level > _DEEPEST:
            place = reader.place(token.map[0] if token.map else 0)
            hint = "Write fewer lists or quotes inside each other."
            raise SourceError("the text is nested too deeply", place=place, hint=hint)
    references = [*found.get("references", {}).values(), *found.get("duplicate_refs", ())]
    return cast("Sequence[Node]", _tree(tokens)), references


def _tree(tokens: "Sequence[Token]") -> "list[Token]":
    """Put tokens into each other, so that each is a node.

    What stands between two that open and close becomes the children of the first; inline parts are
    the children of their block.
    """
    top: list[Token] = []
    inside = [top]
    for token in tokens:
        if token.nesting < 0:
            inside.pop()
            continue
        children = _tree(token.children) if token.children else []
        if token.type == "inline":
            inside[-1] += children
            continue
        inside[-1].append(token)
        token.children = children
        if token.nesting:
            token.type = token.type.removesuffix("_open")
            inside.append(children)
    return top


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
