"""Nodes -> the document tree; one small function a kind of block."""

from collections.abc import Callable, Iterable

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
    Ended,
    Figure,
    Header,
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
from handouts.markup.inlines import INLINE, inlines, read_inlines
from handouts.markup.nodes import BLANKS, Node, PlaceNode


def read_blocks(node: Node) -> Blocks:
    """Give the blocks of an element; bare text between them makes paragraphs of its own."""
    node.done()
    made: list[Block] = []
    loose: list[Node | str] = []
    for kid in node.kids:
        if isinstance(kid, str):
            if loose or kid.strip(BLANKS):  # else it is the white between two blocks
                loose.append(kid)
        elif kid.tag in INLINE:
            loose.append(kid)
        else:
            made += _paragraph_of(loose)
            loose = []
            made += blocks_of(kid)
    return (*made, *_paragraph_of(loose))


def _paragraph_of(loose: list[Node | str]) -> tuple[Paragraph, ...]:
    content = inlines(loose) if loose else ()
    return (Paragraph(content),) if content else ()


def blocks_of(node: Node) -> Blocks:
    """Give what an element stands for among blocks: a block, or those of which it is the place."""
    if node.tag == "blocks" and isinstance(node, PlaceNode) and node.filling:
        return node.filling.blocks
    return (read_block(node),)


def blocks_of_all(nodes: Iterable[Node]) -> Blocks:
    """Give the blocks that elements stand for."""
    return tuple([block for node in nodes for block in blocks_of(node)])


def read_block(node: Node) -> Block:
    """Give the block that an element stands for."""
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
    return tuple([read_blocks(item) for item in _some(node, "li")])


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
                (read_inlines(term), read_blocks(said))
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
        cells.append(Cell(read_blocks(cell), cell.tag == "th", icon))
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
    return Callout(kind, title.content, blocks_of_all(kids[1:]), icon, title.level)  # type: ignore[arg-type]  # choice() checked it


def _columns(node: Node) -> Columns:
    node.done()
    return Columns(tuple([read_blocks(column) for column in _some(node, "column")]))


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
    side = read_blocks(kids.pop(0)) if kids and kids[0].tag == "side" else ()
    return Section(heading, blocks_of_all(kids), side, place)  # type: ignore[arg-type]  # choice() checked it


def _slot(node: Node) -> Slot:
    name = node.known("slot", "name")
    if isinstance(node, PlaceNode) and node.filling and not node.kids:
        number = node.number("number", "")
        node.done()
        return Slot(name, node.filling.blocks, number)
    return Slot(name, read_blocks(node))


def _header(node: Node) -> Header:
    node.done()
    match [read_block(kid) for kid in node.elements()]:
        case [Slot(name="header") as slot, *own] if all(isinstance(one, Paragraph) for one in own):
            return Header(slot, tuple(own))  # type: ignore[arg-type]  # looked at just now
        case _:
            raise node.wrong('<header> must hold <slot name="header">, and then only <p>')


def _panel(node: Node) -> Panel:
    return Panel(node.known("panel", "name", ""), read_blocks(node))


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
    "header": _header,
    "panel": _panel,
    "blank": lambda node: Blank(_label(node)),
    "lines": _lines,
    "sticker": lambda node: Sticker(_label(node)),
    "hr": _rule,
}

ELEMENTS = frozenset(_BLOCKS) | INLINE
"""Every element that stands for a block or for inline content; docs/templates.md describes each."""
