"""Markdown as clinicians write it: with front matter in YAML or none, and with blanks.

Sections begin at the highest level of heading below the title, be it `#`, `##` or `###`.
Blanks `{{name}}` stay in the text, and the article names them: they must be filled before it is
printed.
"""

from collections.abc import Iterator, Sequence

from handouts.article import Article
from handouts.blanks import names
from handouts.document import title_words
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.markdown import assembled
from handouts.sources.markdown_blocks import BlockReader
from handouts.sources.markdown_inline import Node
from handouts.sources.markdown_sections import AsParagraph, Part, RoleOf, check_title, section_start
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.yaml_front_matter import split_yaml
from handouts.strings import fold
from handouts.values import replace

FORMAT = "clinician-markdown"


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a source."""
    yield read(content.text(), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read an article in Markdown that was not written for this library.

    Raises:
        SourceError: The front matter is wrong; there is no title; the body holds something that
            cannot be kept.
    """
    notes = Notes()
    file = split_yaml(text, origin, notes)
    if origin.title:
        if file.front.title and fold(file.front.title) != fold(origin.title):
            notes.drop(1, file.front.title, "another title was asked for")
        file = file._replace(front=replace(file.front, title=origin.title))
    article = with_blanks(assembled(file, origin, notes, _parts_of), notes)
    return Reading(article=article, report=notes.report(FORMAT))


def with_blanks(article: Article, notes: Notes) -> Article:
    """Name the blanks of an article, and report them."""
    blanks = names(article)
    notes.guessed += [Guess(1, name, 1.0, "blank") for name in blanks]
    return replace(article, blanks=blanks)


# ---- sections ----------------------------------------------------------------------------------


def _parts_of(
    nodes: Sequence[Node], title: str, role_of: RoleOf, reader: BlockReader
) -> tuple[str, list[Part]]:
    """Part the body at its highest headings below the title."""
    headings = [node for node in nodes if node.type == "heading"]
    title, of_title = _title(headings, title, reader)
    rest = [node for node in headings if node is not of_title]
    subtitle = _subtitle(nodes, rest)
    top = min((node.tag for node in rest if node is not subtitle), default="")
    parts = [Part()]
    for node in nodes:
        if node is of_title:
            continue
        if node is subtitle:
            reader.notes.guessed.append(
                Guess(reader.line(node), _words(node, reader), 0.7, "subtitle")
            )
            parts[-1].nodes.append(AsParagraph(node))
        elif node.type == "heading" and node.tag == top:
            parts.append(section_start(node, role_of, reader))
        else:
            parts[-1].nodes.append(node)
    if top not in ("", "h2"):
        what = f"sections begin at {'#' * int(top[1])}"
        reader.notes.guessed.append(Guess(parts[1].line, what, 0.9, "level"))
    return title, parts


def _title(headings: list[Node], known: str, reader: BlockReader) -> tuple[str, Node | None]:
    """Find the heading that is the title, if one is: the first `#`, when it is the only one.

    Of several `#`, the first is the title when nothing else says one; the others are sections.
    """
    tops = [node for node in headings if node.tag == "h1"]
    first = tops[0] if len(tops) == 1 or headings[:1] == tops[:1] != [] else None
    words = _words(first, reader) if first else ""
    if first and words and (not known or fold(known) == fold(words)):
        return known or words, first
    if first and len(tops) == 1:
        reader.notes.drop(reader.line(first), words, "the title is another one")
        return known, first
    check_title(known, reader)
    return known, None


def _subtitle(nodes: Sequence[Node], rest: list[Node]) -> Node | None:
    """Find a heading that has all the others below it, and no text of its own: a subtitle."""
    if len(rest) < 3 or any(node.tag <= rest[0].tag for node in rest[1:]):  # noqa: PLR2004  (two sections)
        return None
    following = nodes[list(nodes).index(rest[0]) + 1]
    return rest[0] if following is rest[1] else None


def _words(node: Node, reader: BlockReader) -> str:
    return title_words(reader.text(node))
