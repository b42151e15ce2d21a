"""Nodes -> the document tree; one small function a kind of block."""

from collections.abc import Callable
from types import MappingProxyType

from handouts.document import (
    CLEAR,
    QR,
    SWATCH,
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Columns,
    Document,
    Ended,
    Figure,
    Footer,
    Heading,
    Inlines,
    Item,
    NumberedList,
    Panel,
    Paragraph,
    Row,
    Rule,
    RuledLines,
    Section,
    Slot,
    Steps,
    Sticker,
    Strip,
    StripCell,
    Table,
    Terms,
)
from handouts.markup.heads import Heads, settle
from handouts.markup.inlines import INLINE, read_inlines
from handouts.markup.nodes import Node, Vocabulary, nodes

_FREE: Vocabulary = MappingProxyType({})


def _blocks(node: Node) -> Blocks:
    """The blocks of an element; bare text between them makes paragraphs of its own."""
    node.done()
    made: list[Block] = []
    loose = Node("p", {}, node.place, node.vocabulary)
    for kid in node.kids:
        if isinstance(kid, str) or kid.tag in INLINE:
            loose.kids.append(kid)
            continue
        made += _loose(loose)
        loose.kids = []
        made.append(_block(kid))
    return (*made, *_loose(loose))


def _loose(node: Node) -> tuple[Paragraph, ...]:
    content = read_inlines(node)
    return (Paragraph(content),) if content else ()


def _block(node: Node) -> Block:
    make = _BLOCKS.get(node.tag)
    if make is None:
        raise node.wrong(
            f"<{node.tag}> is no element of the markup", "docs/templates.md lists them all"
        )
    return make(node)


def _heading(node: Node) -> Heading:
    return Heading(int(node.tag[1]), read_inlines(node))


def _paragraph(node: Node) -> Paragraph | Ended:
    role, icon = node.known("text role", "class", "body"), node.known("icon", "icon", "")
    end, made = node.take("end", ""), Paragraph(read_inlines(node), role, icon)
    return Ended(made, end) if end else made


def _items(node: Node) -> tuple[Item, ...]:
    node.done()
    return tuple([_blocks(item) for item in _some(node, "li")])


def _some(node: Node, tag: str) -> list[Node]:
    """The child elements, of which there must be one at least."""
    kids = node.only(tag)
    if not kids:
        raise node.wrong(f"<{node.tag}> needs at least one <{tag}>")
    return kids


def _unordered(node: Node) -> BulletList | Checklist:
    kind = node.choice("class", ("bullets", "checklist"), "bullets")
    return Checklist(_items(node)) if kind == "checklist" else BulletList(_items(node))


def _ordered(node: Node) -> NumberedList | Steps:
    start = node.number("start", "1")
    if node.attributes.get("class") == "steps":
        node.take("class")
        return Steps(_items(node), start)
    role = node.known("text role", "class", "body")
    return NumberedList(_items(node), start, role)


def _terms(node: Node) -> Terms:
    node.done()
    kids = node.elements()
    if (
        not kids
        or len(kids) % 2
        or any(kid.tag != ("dt", "dd")[i % 2] for i, kid in enumerate(kids))
    ):
        raise node.wrong("<dl> must hold <dt> and <dd> in turn")
    return Terms(
        tuple(
            [
                (read_inlines(term), _blocks(said))
                for term, said in zip(kids[::2], kids[1::2], strict=True)
            ]
        )
    )


def _table(node: Node) -> Table:
    node.done()
    head: list[Row] = []
    rows: list[Row] = []
    for part in node.elements():
        into = {"thead": head, "tbody": rows}.get(part.tag)
        if into is None:
            raise part.wrong(f"<{part.tag}> cannot stand in <table>, only <thead> and <tbody>")
        part.done()
        into.extend(_row(row) for row in part.only("tr"))
    if len({len(row) for row in (*head, *rows)}) != 1 or not rows or not rows[0]:
        raise node.wrong("a <table> needs rows with equally many cells")
    return Table(tuple(head), tuple(rows))


def _row(node: Node) -> Row:
    node.done()
    cells = []
    for cell in node.elements():
        if cell.tag not in ("th", "td"):
            raise cell.wrong(f"<{cell.tag}> cannot stand in <tr>, only <th> and <td>")
        icon = cell.known("icon", "icon", "")
        cells.append(Cell(_blocks(cell), cell.tag == "th", icon))
    return tuple(cells)


def _image(node: Node) -> Figure:
    is_drawn = node.attributes.get("src", "").startswith((QR, SWATCH, CLEAR))
    source = node.take("src") if is_drawn else node.known("picture", "src")
    made = Figure(source, node.take("alt"))
    node.empty()
    return made


def _callout(node: Node) -> Callout:
    kind = node.choice("class", ("note", "action", "emergency"))
    icon = node.known("icon", "icon", "")
    node.done()
    kids = node.elements()
    if not kids or kids[0].tag not in ("h2", "h3"):
        raise node.wrong("<aside> must open with its title in <h3> or <h2>")
    title = _heading(kids[0])
    blocks = tuple([_block(kid) for kid in kids[1:]])
    return Callout(kind, title.content, blocks, icon, title.level)  # type: ignore[arg-type]  # choice() checked it


def _columns(node: Node) -> Columns:
    node.done()
    return Columns(tuple([_blocks(column) for column in _some(node, "column")]))


def _strip(node: Node) -> Strip:
    node.done()
    return Strip(tuple([_strip_cell(cell) for cell in _some(node, "cell")]))


def _strip_cell(node: Node) -> StripCell:
    icon = node.known("icon", "icon", "")
    node.done()
    kids = node.elements()
    if [kid.tag for kid in kids] != ["dt", "dd"]:
        raise node.wrong("<cell> must hold one <dt> and one <dd>")
    return StripCell(icon, read_inlines(kids[0]), read_inlines(kids[1]))


def _section(node: Node) -> Section:
    place = node.choice("place", ("flow", "foot", "spare"), "flow")
    node.done()
    kids = node.elements()
    heading = _heading(kids.pop(0)) if kids and kids[0].tag == "h2" else None
    side = _blocks(kids.pop(0)) if kids and kids[0].tag == "side" else ()
    return Section(heading, tuple([_block(kid) for kid in kids]), side, place)  # type: ignore[arg-type]  # choice() checked it


def _slot(node: Node) -> Slot:
    return Slot(node.known("slot", "name"), _blocks(node))


def _panel(node: Node) -> Panel:
    return Panel(node.known("panel", "name", ""), _blocks(node))


def _lines(node: Node) -> RuledLines:
    made = RuledLines(node.number("count", "0"))
    node.empty()
    return made


def _label(node: Node) -> Inlines:
    content = read_inlines(node)
    if not content:
        raise node.wrong(f"<{node.tag}> needs words")
    return content


def _rule(node: Node) -> Rule:
    node.empty()
    return Rule()


_BLOCKS: dict[str, Callable[[Node], Block]] = {
    "h1": _heading,
    "h2": _heading,
    "h3": _heading,
    "p": _paragraph,
    "ul": _unordered,
    "ol": _ordered,
    "dl": _terms,
    "table": _table,
    "img": _image,
    "aside": _callout,
    "columns": _columns,
    "strip": _strip,
    "section": _section,
    "slot": _slot,
    "panel": _panel,
    "blank": lambda node: Blank(_label(node)),
    "lines": _lines,
    "sticker": lambda node: Sticker(_label(node)),
    "hr": _rule,
}

ELEMENTS = frozenset(_BLOCKS) | INLINE
"""Every element that stands for a block or for inline content; docs/templates.md describes each."""


def parse(
    markup: str,
    *,
    name: str = "markup",
    vocabulary: Vocabulary = _FREE,
    heads: Heads = "free",
) -> Document:
    """Turn a template's output into a document.

    Args:
        markup: One `<leaflet>` element; `<?at FILE:LINE?>` instructions in it say where the
            element that follows was written.
        name: What to call the markup in messages.
        vocabulary: The names that there are, of text roles, icons, slots and pictures.
        heads: `ordered` refuses heads that leave out a level; `free` takes them as they are.

    Raises:
        MarkupError: Anything that `docs/templates.md` does not describe; file and line are named.
    """
    root, all_heads = nodes(markup, name, vocabulary)
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
        blocks=tuple([_block(kid) for kid in kids if kid.tag not in ("footer", "notes")]),
        notes=tuple([block for kid in notes for block in _blocks(kid)]),
        footer=_footer(footer[0]),
    )


def _footer(node: Node) -> Footer:
    made = Footer(title=node.take("title"), about=node.take("about"), page=node.take("page"))
    node.empty()
    return made
