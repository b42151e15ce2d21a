"""Random documents, as articles and templates make them.

A document is made from one number, which is all that Hypothesis has to draw: to draw each word
would take it ten times as long as laying them all out, and a failure is told in one line.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    Item,
    Link,
    NumberedList,
    Paragraph,
    Row,
    Section,
    Steps,
    Strip,
    StripCell,
    Strong,
    Table,
    Terms,
    Text,
    text,
)

T = TypeVar("T")
WORDS = (
    "a",
    "of",
    "the",
    "it",
    "is",
    "clinic",
    "doctor",
    "medicine",
    "operation",
    "café",
    "38",
    "mg",
)


def leaflet(number: int) -> Blocks:
    """The blocks under a title: a lead with other names beside it, a strip, sections."""
    return _Maker(number).leaflet()


def callouts(number: int) -> tuple[Callout, ...]:
    """Some boxes."""
    return _Maker(number).some(_Maker.callout, 12)


class _Maker:
    """Makes parts of a document, each call another one."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)  # noqa: S311 (no secret)

    def upto(self, most: int, least: int = 1) -> int:
        """A number, small ones more often than large ones."""
        return least + round((most - least) * self.random.random() ** 2)

    def some(self, make: Callable[["_Maker"], T], most: int, least: int = 1) -> tuple[T, ...]:
        return tuple([make(self) for _ in range(self.upto(most, least))])

    # ---- words ---------------------------------------------------------------------------------

    def words(self, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.upto(most))) + "."

    def inlines(self, most: int) -> Inlines:
        """Plain words, now and then with bold, medium or linked ones in the middle."""
        if self.random.random() < 0.7:
            return text(self.words(most))
        inner = text(self.words(4))
        marks: Sequence[Inline] = (
            Strong(inner),
            Emphasis(inner),
            Link("https://sample.example/", inner),
        )
        before, after = Text(f"{self.words(most)} "), Text(f" {self.words(most)}")
        return (before, self.random.choice(marks), after)

    def paragraph(self, most: int) -> Paragraph:
        return Paragraph(self.inlines(most))

    def item(self, words: int = 15) -> Item:
        return (self.paragraph(words),)

    # ---- blocks --------------------------------------------------------------------------------

    def nested_item(self) -> Item:
        return (*self.item(), BulletList(self.some(_Maker.item, 3)))

    def table(self) -> Table:
        width = self.upto(4)

        def row(maker: _Maker) -> Row:
            return tuple([Cell(maker.item(8)) for _ in range(width)])

        head = tuple([Cell(self.item(2), header=True) for _ in range(width)])
        return Table((head,) * self.upto(1, 0), self.some(row, 20))

    def callout(self) -> Callout:
        kind = self.random.choice(("note", "action", "emergency"))
        inner = (BulletList(self.some(_Maker.item, 4)),)
        return Callout(kind, text(self.words(8)), self.random.choice((inner, self.item(40))))

    def block(self) -> Block:
        made: Sequence[Callable[[], Block]] = (
            lambda: self.paragraph(90),
            lambda: BulletList(self.some(_Maker.item, 14)),
            lambda: BulletList(self.some(_Maker.nested_item, 4)),
            lambda: Steps(self.some(lambda maker: maker.item(30), 8)),
            lambda: NumberedList(self.some(_Maker.item, 12)),
            lambda: Checklist(self.some(_Maker.item, 6)),
            lambda: Terms(self.some(lambda maker: (text(maker.words(3)), maker.item(25)), 5)),
            lambda: Heading(3, text(self.words(6))),
            self.table,
            self.callout,
        )
        return self.random.choice(made)()

    def section(self) -> Section:
        """A section with a head; the last block is no sub-heading."""
        blocks = (*self.some(_Maker.block, 7, least=0), self.paragraph(60))
        return Section(Heading(2, text(self.words(5))), blocks)

    def leaflet(self) -> Blocks:
        names = tuple([Paragraph(text(self.words(4)), "side") for _ in range(self.upto(4, 0))])
        opening = Section(None, (Paragraph(text(self.words(40)), "lead"),), names)
        cells = [
            StripCell("clock", text(self.words(2)), text(self.words(9)))
            for _ in range(self.upto(5, 3))
        ]
        strip = (Strip(tuple(cells)),) * self.upto(1, 0)
        return (opening, *strip, *self.some(_Maker.section, 7, least=2))
