"""The document tree -> XML; article text is escaped, so it is never interpreted."""

from collections.abc import Iterable
from typing import assert_never

from handouts.document import (
    Blank,
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Columns,
    Document,
    Emphasis,
    Ended,
    Figure,
    Header,
    Heading,
    Inline,
    Inlines,
    Item,
    Link,
    NumberedList,
    Panel,
    Paragraph,
    Row,
    Rule,
    RuledLines,
    Section,
    Slot,
    Span,
    Steps,
    Sticker,
    Strip,
    StripCell,
    Strong,
    Sub,
    Sup,
    Table,
    Terms,
    Text,
)


def _escape(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _attribute(name: str, value: str | int, default: str | int | None = None) -> str:
    if value == default:
        return ""
    return f' {name}="{_escape(str(value)).replace(chr(34), "&quot;")}"'


def dump_inlines(content: Inlines) -> str:
    """Write inline content as markup."""
    return "".join([_dump_inline(part) for part in content])


def _dump_inline(part: Inline) -> str:
    match part:
        case Text():
            return _escape(part.text)
        case Strong():
            return f"<strong>{dump_inlines(part.content)}</strong>"
        case Emphasis():
            return f"<em>{dump_inlines(part.content)}</em>"
        case Sub():
            return f"<sub>{dump_inlines(part.content)}</sub>"
        case Sup():
            return f"<sup>{dump_inlines(part.content)}</sup>"
        case Link():
            return f"<a{_attribute('href', part.href)}>{dump_inlines(part.content)}</a>"
        case Span():
            return f"<span{_attribute('lang', part.language)}>{dump_inlines(part.content)}</span>"
        case _:
            assert_never(part)


def dump_blocks(blocks: Iterable[Block]) -> str:
    """Write blocks as markup, one after the other."""
    return "".join([_dump_block(block) for block in blocks])


def _dump_block(block: Block) -> str:  # noqa: C901, PLR0912  (one line a kind of block)
    match block:
        case Heading(level, content):
            return f"<h{level}>{dump_inlines(content)}</h{level}>"
        case Paragraph():
            return _dump_paragraph(block)
        case Ended(paragraph, end):
            return _dump_paragraph(paragraph, end)
        case BulletList(items):
            return f"<ul>{_dump_items(items)}</ul>"
        case Checklist(items):
            return f'<ul class="checklist">{_dump_items(items)}</ul>'
        case NumberedList(items, start, role):
            opening = _attribute("class", role, "body") + _attribute("start", start, 1)
            return f"<ol{opening}>{_dump_items(items)}</ol>"
        case Steps(items, start):
            return f'<ol class="steps"{_attribute("start", start, 1)}>{_dump_items(items)}</ol>'
        case Terms(rows):
            return f"<dl>{''.join([_dump_term(*row) for row in rows])}</dl>"
        case Table(head, rows):
            return f"<table>{_dump_rows('thead', head)}{_dump_rows('tbody', rows)}</table>"
        case Figure(source, alt):
            return f"<img{_attribute('src', source)}{_attribute('alt', alt)}/>"
        case Callout():
            return _dump_callout(block)
        case Columns(columns):
            inner = "".join([f"<column>{_dump_flow(column)}</column>" for column in columns])
            return f"<columns>{inner}</columns>"
        case Strip(cells):
            return f"<strip>{''.join([_dump_strip_cell(cell) for cell in cells])}</strip>"
        case Section():
            return _dump_section(block)
        case Slot(name, blocks):
            return f"<slot{_attribute('name', name)}>{_dump_flow(blocks)}</slot>"
        case Header(slot, own):
            return f"<header>{dump_blocks((slot, *own))}</header>"
        case Panel(name, blocks):
            return f"<panel{_attribute('name', name, '')}>{_dump_flow(blocks)}</panel>"
        case Blank(label):
            return f"<blank>{dump_inlines(label)}</blank>"
        case Sticker(label):
            return f"<sticker>{dump_inlines(label)}</sticker>"
        case RuledLines(count):
            return f'<lines count="{count}"/>'
        case Rule():
            return "<hr/>"
        case _:
            assert_never(block)


def _dump_paragraph(block: Paragraph, end: str = "") -> str:
    opening = _attribute("class", block.role, "body") + _attribute("icon", block.icon, "")
    return f"<p{opening}{_attribute('end', end, '')}>{dump_inlines(block.content)}</p>"


def _dump_flow(blocks: Item) -> str:
    """The content of an element that may hold bare text: a lone body paragraph is written bare."""
    lone = blocks[0] if len(blocks) == 1 else None
    if isinstance(lone, Paragraph) and lone.content and (lone.role, lone.icon) == ("body", ""):
        return dump_inlines(lone.content)
    return dump_blocks(blocks)


def _dump_items(items: tuple[Item, ...]) -> str:
    return "".join([f"<li>{_dump_flow(item)}</li>" for item in items])


def _dump_term(term: Inlines, said: Item) -> str:
    return f"<dt>{dump_inlines(term)}</dt><dd>{_dump_flow(said)}</dd>"


def _dump_rows(tag: str, rows: tuple[Row, ...]) -> str:
    if not rows:
        return ""
    inner = "".join([f"<tr>{''.join(map(_dump_cell, row))}</tr>" for row in rows])
    return f"<{tag}>{inner}</{tag}>"


def _dump_cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    return f"<{tag}{_attribute('icon', cell.icon, '')}>{_dump_flow(cell.blocks)}</{tag}>"


def _dump_callout(box: Callout) -> str:
    opening = _attribute("class", box.kind) + _attribute("icon", box.icon, "")
    title = f"<h{box.level}>{dump_inlines(box.title)}</h{box.level}>"
    return f"<aside{opening}>{title}{dump_blocks(box.blocks)}</aside>"


def _dump_strip_cell(cell: StripCell) -> str:
    words = f"<dt>{dump_inlines(cell.label)}</dt><dd>{dump_inlines(cell.content)}</dd>"
    return f"<cell{_attribute('icon', cell.icon, '')}>{words}</cell>"


def _dump_section(section: Section) -> str:
    heading = _dump_block(section.heading) if section.heading else ""
    side = f"<side>{dump_blocks(section.side)}</side>" if section.side else ""
    place = _attribute("place", section.place, "flow")
    return f"<section{place}>{heading}{side}{dump_blocks(section.blocks)}</section>"


def dump(document: Document) -> str:
    """Write a whole document as markup."""
    footer = document.footer
    opening = _attribute("title", document.title) + _attribute("lang", document.language)
    closing = "".join(
        [_attribute(name, getattr(footer, name)) for name in ("title", "about", "page")]
    )
    notes = f"<notes>{dump_blocks(document.notes)}</notes>" if document.notes else ""
    body = dump_blocks(document.blocks)
    return f"<leaflet{opening}>{body}{notes}<footer{closing}/></leaflet>"
