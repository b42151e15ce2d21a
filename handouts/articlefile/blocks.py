"""Blocks as lines of Markdown that read back as the same blocks."""

from collections.abc import Callable, Sequence

from handouts.articlefile.inlines import inline_source, line_source
from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Heading,
    Inlines,
    Item,
    NumberedList,
    Paragraph,
    Row,
    Steps,
    Table,
    Terms,
)
from handouts.errors import SourceError

Lines = list[str]


def block_lines(blocks: Blocks) -> Lines:
    """Write blocks, a blank line between two of them."""
    return _lines(blocks, [])


def _inner_lines(blocks: Blocks) -> Lines:
    """Write what stands behind a mark; behind a list's mark, a term would be taken for an outer one."""
    return _lines(blocks, ["{.terms}"] if blocks and isinstance(blocks[0], Terms) else [])


def _lines(blocks: Blocks, lines: Lines) -> Lines:
    before: Block | None = None
    mark = ""
    for block in blocks:
        chunk, mark = _block(block, before, mark)
        lines += ["", *chunk] if lines else chunk
        before = block
    return lines


def heading_source(content: Inlines) -> str:
    """Write a heading's words; a `#` at their end would be taken off."""
    source = inline_source(content)
    return f"{source[:-1]}\\#" if source.endswith("#") else source


def _block(block: Block, before: Block | None, mark: str) -> tuple[Lines, str]:  # noqa: C901  (one branch a kind of block)
    """Write a block, and give the mark of a list: two lists with one mark would be one list."""
    match block:
        case Paragraph(content):
            return [line_source(content)], ""
        case Heading(content=content):
            return [f"### {heading_source(content)}"], ""
        case BulletList(items):
            return _bullets(items, _other(mark, "-*"))
        case Checklist(items):
            return _checklist(items, _other(mark, "-*"))
        case Steps(items, start):
            return _numbered(items, start, _other(mark, ".)"))
        case NumberedList(items, start):
            lines, mark = _numbered(items, start, ".")
            return ["{.numbered}", "", *lines], mark
        case Terms(rows):
            apart = ["{.terms}", ""] if isinstance(before, Terms) else []
            return [*apart, *_terms(rows)], ""
        case Table():
            return _table(block)
        case Callout(kind, title, inner):
            first = f"[!{kind.upper()}] {inline_source(title)}".rstrip(" ")
            rest = ["", *block_lines(inner)] if inner else []
            return [f"> {line}".rstrip(" ") for line in (first, *rest)], ""
        case _:
            name = type(block).__name__
            raise SourceError(f"an article cannot hold a {name}")


# ---- lists -------------------------------------------------------------------------------------


def _other(mark: str, marks: str) -> str:
    """Give the first of two marks, or the second when the list above has the first."""
    return marks[1] if mark == marks[0] else marks[0]


def _bullets(items: Sequence[Item], mark: str, box: str = "") -> tuple[Lines, str]:
    return _items(items, lambda _: f"{mark} ", box), mark


def _checklist(items: Sequence[Item], mark: str) -> tuple[Lines, str]:
    if all(item and isinstance(item[0], Paragraph) for item in items):
        return _bullets(items, mark, "[ ] ")
    lines, mark = _bullets(items, "-")
    return ["{.checklist}", "", *lines], mark


def _numbered(items: Sequence[Item], start: int, mark: str) -> tuple[Lines, str]:
    return _items(items, lambda index: f"{start + index}{mark} "), mark


def _items(items: Sequence[Item], label: Callable[[int], str], box: str = "") -> Lines:
    tight = all(_is_tight(item) for item in items)
    lines: Lines = []
    for index, item in enumerate(items):
        if lines and not tight:
            lines.append("")
        inner = _tight_lines(item) if _is_tight(item) else _inner_lines(item)
        if box:
            inner[0] = f"{box}{_in_box(item)}"
        lines += _indented(label(index), inner)
    return lines


def _in_box(item: Item) -> str:
    """Write an item's first paragraph behind its box, where no line begins."""
    return inline_source(item[0].content) if isinstance(item[0], Paragraph) else ""


def _is_tight(item: Item) -> bool:
    """Tell whether an item is a line, perhaps with bullets below it."""
    match item:
        case (Paragraph(),) | (Paragraph(), BulletList()):
            return True
    return False


def _tight_lines(item: Item) -> Lines:
    return [line for block in item for line in block_lines((block,))]


def _indented(label: str, lines: Lines) -> Lines:
    """Put a label before the first line, and indent the others below it."""
    first, *rest = lines or [""]
    space = " " * len(label)
    return [f"{label}{first}".rstrip(" "), *(f"{space}{line}" if line else "" for line in rest)]


def _terms(rows: Sequence[tuple[Inlines, Item]]) -> Lines:
    lines: Lines = []
    for term, item in rows:
        lines += ["", line_source(term)] if lines else [line_source(term)]
        for number, block in enumerate(item):
            if number and not (
                isinstance(block, Paragraph) and isinstance(item[number - 1], Paragraph)
            ):
                lines.append("")
            lines += _indented(": ", _inner_lines((block,)))
        if not item:
            lines.append(": {.empty}")
    return lines


# ---- tables ------------------------------------------------------------------------------------


def _table(table: Table) -> tuple[Lines, str]:
    """Write a table with bars, or, when its cells hold more than a line, as a list of lists."""
    head = len(table.head)
    rows = (*table.head, *table.rows)
    if all(_is_line(cell) for row in rows for cell in row):
        mark = [] if head == 1 else [f"{{.table head={head}}}", ""]
        first, *rest = [_bars(row, header=number < head) for number, row in enumerate(rows)]
        return [*mark, first, f"|{'---|' * len(rows[0])}", *rest], ""
    lines: Lines = [f"{{.table head={head}}}", ""]
    for number, row in enumerate(rows):
        cells = [_cell_lines(cell, header=number < head) for cell in row]
        inner = [line for cell in cells for line in _indented("- ", cell)]
        lines += _indented("- ", inner)
    return lines, "-"


def _is_line(cell: Cell) -> bool:
    match cell.blocks:
        case () | (Paragraph(),):
            return True
    return False


def _mark(cell: Cell, *, header: bool) -> str:
    if cell.header == header:
        return ""
    return "{.head}" if cell.header else "{.cell}"


def _bars(row: Row, *, header: bool) -> str:
    cells = []
    for cell in row:
        match cell.blocks:
            case (Paragraph(content),):
                words = inline_source(content).replace("|", "&#124;")
            case _:
                words = ""
        mark = _mark(cell, header=header)
        cells.append("".join([f" {one}" for one in (words, mark) if one]))
    return f"|{' |'.join(cells)} |"


def _cell_lines(cell: Cell, *, header: bool) -> Lines:
    inner = _inner_lines(cell.blocks) or ["{.empty}"]
    mark = _mark(cell, header=header)
    return [mark, "", *inner] if mark else inner
