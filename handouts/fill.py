"""An article with its blanks filled; text in a condition that is not met vanishes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from handouts.article import Article, Fact, Section
from handouts.blanks import Filling
from handouts.characters import control
from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Heading,
    Inline,
    Inlines,
    Item,
    NumberedList,
    Paragraph,
    Row,
    Steps,
    Table,
    Terms,
    Text,
    table_of,
)
from handouts.errors import Place, UsageError
from handouts.values import replace


def fill(article: Article, values: Mapping[str, str], path: Path) -> Article:
    """Fill the blanks of an article that says that it has some.

    Args:
        article: Without `blanks` it is given back as it is, and `{{x}}` is printed as typed.
        values: Name -> words; of a list, a line an item. Empty words leave out what depends on them.
        path: The article's file, to say where in it something stands.

    Raises:
        UsageError: There is no such blank, or its value holds what must not be printed.
        SourceError: A blank that would be printed has no value; a condition has no end; there is a
            blank that the article does not name, or one of a kind that is not known.
    """
    _check(article, values)
    if not article.blanks:
        return article
    filler = _Filler(article.blanks, values, lambda words: place_of(words, path))
    filled = replace(
        article,
        title=filler.words(article.title),
        summary=filler.blocks(article.summary),
        sections=tuple(filler.sections(article.sections)),
        alternative_names=tuple(filler.words(name) for name in article.alternative_names),
        references=tuple(filler.inlines(entry) for entry in article.references),
        glance=tuple(
            Fact(label=one.label, words=filler.words(one.words)) for one in article.glance
        ),
        blanks=(),
    )
    filler.finish()
    return filled


def _check(article: Article, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if name not in article.blanks:
            there = f"There is: {', '.join(article.blanks)}." if article.blanks else ""
            raise UsageError(f"{article.id!r} has no blank {name!r}", hint=there)
        for found in control(value):
            what = f"the value of {name!r} holds a character that must not be printed"
            raise UsageError(f"{what}, {found.name}", hint="Delete it.")


def place_of(words: str, path: Path) -> Place:
    """Find the tag that has these words in it, else the words themselves, in an article's file."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    found = re.search(rf"\{{\{{[^{{}}\n]*{re.escape(words)}", text)
    at = found.start() if found else text.find(words)
    return Place(str(path), text.count("\n", 0, at) + 1 if at >= 0 else None)


class _Filler(Filling):
    """Goes through an article's blocks in their order."""

    def inlines(self, content: Inlines) -> Inlines:
        """Give what is left of inline content."""
        before = self.shown
        kept: list[Inline] = []
        for part in content:
            if isinstance(part, Text):
                words = self.words(part.text)
                kept += [Text(words)] if words else []
            elif inner := self.inlines(part.content):
                kept.append(replace(part, content=inner))
        left = tuple(kept)
        return left if left == content and before else _trimmed(left)

    def sections(self, sections: tuple[Section, ...]) -> Iterator[Section]:
        """Yield the sections that are left."""
        for section in sections:
            title = self.words(section.title).strip()
            blocks = self.blocks(section.blocks)
            if title:
                yield replace(section, title=title, blocks=blocks)
            elif blocks:
                what = f"a condition takes the title of {section.title!r}, and leaves its text"
                raise self.wrong(section.title, what, "End it below the section.")

    def blocks(self, blocks: Blocks) -> Blocks:
        """Give the blocks that are left; a list stands behind the paragraph that asks for it."""
        kept: list[Block] = []
        for block in blocks:
            kept += self.block(block)
            kept += [BulletList(one.items) for one in self.taken()]
        return tuple(kept)

    def block(self, block: Block) -> Iterator[Block]:  # noqa: C901  (one branch a kind of block)
        """Yield what is left of a block."""
        match block:
            case Paragraph(content) | Heading(content=content):
                if left := self.inlines(content):
                    yield replace(block, content=left)
            case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
                if some := tuple(self.items(items)):
                    yield replace(block, items=some)
            case Terms(rows):
                pairs = [(self.inlines(term), self.blocks(item)) for term, item in rows]
                if some_rows := tuple(pair for pair in pairs if any(pair)):
                    yield Terms(some_rows)
            case Table(head, rows):
                yield from self.table(head, rows)
            case Callout(title=title, blocks=inner):
                box = replace(block, title=self.inlines(title), blocks=self.blocks(inner))
                if box.title or box.blocks:
                    yield box
            case _:
                if self.shown:
                    yield block

    def items(self, items: tuple[Item, ...]) -> Iterator[Item]:
        """Yield the items that are left, and those of lists that stand in them."""
        for item in items:
            kept: list[Block] = []
            beside: list[Item] = []
            for block in item:
                kept += self.block(block)
                for one in self.taken():
                    if one.nested and kept:
                        kept.append(BulletList(one.items))
                    else:
                        beside += one.items
            if kept:
                yield tuple(kept)
            yield from beside

    def table(self, head: tuple[Row, ...], rows: tuple[Row, ...]) -> Iterator[Block]:
        heads = tuple(row for row in map(self.row, head) if row)
        body = tuple(row for row in map(self.row, rows) if row)
        if heads or body:
            yield table_of(heads, body)

    def row(self, row: Row) -> Row:
        """Give a row, or () when nothing is left of it; a single cell stays, as an empty one."""
        cells = tuple(Cell(self.blocks(cell.blocks), cell.header, cell.icon) for cell in row)
        emptied = any(cell.blocks for cell in row) and not any(cell.blocks for cell in cells)
        return () if emptied or not self.shown else cells


def _trimmed(content: Inlines) -> Inlines:
    """Take away spaces at both ends, which tags leave there."""
    match content:
        case (Text(words), *rest) if words != words.lstrip():
            return _trimmed((*([Text(words.lstrip())] if words.strip() else []), *rest))
        case (*rest, Text(words)) if words != words.rstrip():
            return _trimmed((*rest, *([Text(words.rstrip())] if words.strip() else [])))
    return content
