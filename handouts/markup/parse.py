"""Markup -> documents, and what fills a slot alone."""

from types import MappingProxyType

from handouts.document import Document, Footer
from handouts.markup.blocks import blocks_of_all, read_blocks
from handouts.markup.heads import Heads, settle
from handouts.markup.nodes import Node, Vocabulary, nodes
from handouts.markup.ready import NOTHING, Filling, Ready

_FREE: Vocabulary = MappingProxyType({})


def parse(
    markup: str,
    *,
    name: str = "markup",
    vocabulary: Vocabulary = _FREE,
    heads: Heads = "free",
    ready: Ready = NOTHING,
) -> Document:
    """Turn a template's output into a document.

    Args:
        markup: One `<leaflet>` element; `<?at FILE:LINE?>` instructions in it say where the
            element that follows was written.
        name: What to call the markup in messages.
        vocabulary: The names that there are, of text roles, icons, slots and pictures.
        heads: `ordered` refuses heads that leave out a level; `free` takes them as they are.
        ready: What goes into the places that the markup keeps.

    Raises:
        MarkupError: Anything that `docs/templates.md` does not describe; file and line are named.
    """
    root, all_heads = nodes(markup, name, vocabulary, ready)
    if root.tag != "leaflet":
        raise root.wrong(f"the outermost element is <{root.tag}>, it must be <leaflet>")
    title, language = root.take("title"), root.language()
    root.done()
    kids = root.elements()
    footer = [kid for kid in kids if kid.tag == "footer"]
    if len(footer) != 1:
        raise root.wrong("a <leaflet> needs one <footer>")
    notes = [kid for kid in kids if kid.tag == "notes"]
    settle(root, all_heads, heads)
    return Document(
        title=title,
        language=language,
        blocks=blocks_of_all([kid for kid in kids if kid.tag not in ("footer", "notes")]),
        notes=tuple([block for kid in notes for block in read_blocks(kid)]),
        footer=_footer(footer[0]),
    )


def parse_filling(markup: str, *, name: str = "markup", vocabulary: Vocabulary = _FREE) -> Filling:
    """Parse what fills a slot; its heads are taken as they are.

    Raises:
        MarkupError: Anything that `docs/templates.md` does not describe.
    """
    root, heads = nodes(f"<side>{markup}</side>", name, vocabulary)
    settle(root, heads, "free")
    return Filling(read_blocks(root), tuple([head.tag for head in heads]))


def _footer(node: Node) -> Footer:
    made = Footer(title=node.take("title"), about=node.take("about"), page=node.take("page"))
    node.empty()
    return made
