"""Plain Word markup, written for the library that makes HTML of it.

Names of bookmarks carry what HTML would lose: `title`, and `n7` in item 7 of a list.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from handouts.errors import Place, SourceError
from handouts.sources.docx_html import to_html
from handouts.sources.docx_styles import ListMark
from handouts.sources.reading import Guess, Notes
from handouts.values import frozen, replace

TITLE, GAP = "title", "gap"

_SIGNS = "•·▪◦●○‣∙■□➢►✓✔✗✘☐☑☒\uf000-\uf0ff*–—-"
_TYPED_LINE = re.compile(rf"[^\S\n]*(?:[{_SIGNS}]\s|o\t|[1-9]\d?[.)]\s)")
_DEEPEST = 12
"""Tables inside each other that are read."""


_MOST_PIECES = 50_000
"""A text with more is no leaflet, and the converter needs 10 KB for each."""


@frozen
class Bit:
    """Words of one look; `symbol` is markup that stands for them."""

    words: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    raised: str = ""
    href: str = ""
    symbol: str = ""

    def with_symbol(self, font: str, code: str) -> "Bit":
        """Make it a sign of a symbol font."""
        return replace(
            self, symbol=f"<w:sym w:font={quoteattr(font)} w:char={quoteattr(code.upper())}/>"
        )


class Writer:
    """Writes paragraphs and tables, and converts them."""

    def __init__(self, file: str, notes: Notes) -> None:
        self.file, self.notes = file, notes
        self._out: list[str] = []
        self._links: dict[str, str] = {}
        self._depths: list[int] = []
        self._last = self._pieces = self._shown = 0
        self._tables: list[int] = []
        self._bold: list[bool] = []

    # ---- paragraphs ----------------------------------------------------------------------------

    def title(self, bits: list[Bit]) -> None:
        """Write a paragraph that has the style of a title."""
        self.end_lists()
        self._write(bits, "", TITLE)

    def paragraph(self, bits: list[Bit], level: int, mark: ListMark | None) -> None:
        """Write a paragraph, a heading (`level` from 1) or an item of a list."""
        if level:
            self.end_lists()
            plain = [replace(bit, bold=False, underlined=False) for bit in bits]
            self._write(plain, f'<w:pStyle w:val="Heading{min(level, 6)}"/>')
        elif mark is not None:
            self._item(bits, mark)
        else:
            if any(bit.words.strip() for bit in bits):
                self.end_lists()
            for part in _parted(bits):
                self._write(part, "")

    def end_lists(self) -> None:
        """Say that the next item begins a new list."""
        self._depths.clear()
        self._last = 0

    def _item(self, bits: list[Bit], mark: ListMark) -> None:
        while self._depths and self._depths[-1] > mark.depth:
            self._depths.pop()
        if not self._depths or self._depths[-1] < mark.depth:
            self._depths.append(mark.depth)
        depth = len(self._depths) - 1
        if depth == 0:
            if mark.number and self._last and mark.number != self._last + 1:
                self._write([], "", GAP)
            self._last = mark.number
        key = 1 if mark.kind == "bullet" else 2
        style = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'
        self._write(bits, style, f"n{mark.number}" if mark.kind == "number" else "")

    def _write(self, bits: list[Bit], style: str, name: str = "") -> None:
        self._bold += [bit.bold for bit in bits if bit.words.strip()]
        self._shown += sum(bool(bit.words.strip() or bit.symbol) for bit in bits)
        mark = f'<w:bookmarkStart w:name="{name}"/>' if name else ""
        merged = list(_merged(bits))
        self._pieces += 1 + sum(1 + bit.words.count("\n") for bit in merged)
        if self._pieces > _MOST_PIECES:
            what = f"the text has more than {_MOST_PIECES} paragraphs, runs and line breaks"
            raise SourceError(what, place=Place(self.file), hint="Give a part of it.")
        runs = "".join([self._run(bit) for bit in merged])
        self._out.append(f"<w:p><w:pPr>{style}</w:pPr>{mark}{runs}</w:p>")

    def _run(self, bit: Bit) -> str:
        marks = "".join(
            name
            for name, is_on in (
                ("<w:b/>", bit.bold),
                ("<w:i/>", bit.italic),
                ("<w:strike/>", bit.struck),
                ('<w:u w:val="single"/>', bit.underlined),
                ('<w:vertAlign w:val="subscript"/>', bit.raised == "subscript"),
                ('<w:vertAlign w:val="superscript"/>', bit.raised == "superscript"),
            )
            if is_on
        )
        words = "<w:br/>".join(
            [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in bit.words.split("\n")]
        )
        run = f"<w:r><w:rPr>{marks}</w:rPr>{bit.symbol or words}</w:r>"
        if not bit.href:
            return run
        key = self._links.setdefault(bit.href, f"r{len(self._links)}")
        return f'<w:hyperlink r:id="{key}">{run}</w:hyperlink>'

    # ---- tables --------------------------------------------------------------------------------

    @contextmanager
    def table(self) -> Iterator[None]:
        """Write a table round what is written meanwhile."""
        if len(self._tables) >= _DEEPEST:
            what = f"tables stand more than {_DEEPEST} deep inside each other"
            raise SourceError(what, place=Place(self.file))
        self._tables.append(0)
        self._out.append("<w:tbl>")
        yield
        self._out.append("</w:tbl>")
        self._tables.pop()

    @contextmanager
    def row(self, *, header: bool) -> Iterator[None]:
        """Write a row; a first row that is all bold is the table's head."""
        self._tables[-1] += 1
        at, outer = len(self._out), self._bold
        self._bold = []
        self._out.append("<w:tr>")
        yield
        if not header and self._tables[-1] == 1 and len(self._bold) > 1 and all(self._bold):
            header = True
            self.notes.guessed.append(Guess(0, "a first row in bold type", 0.8, "table head"))
        if header:
            self._out[at] = "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        self._out.append("</w:tr>")
        self._bold = outer

    @contextmanager
    def cell(self, *, wide: int, merge: str | None) -> Iterator[None]:
        """Write a cell, `wide` columns wide.

        Args:
            wide: How many columns.
            merge: What it says of the cell above: None, `restart`, or that it goes on; one that
                shows something of its own does not.
        """
        at, shown = len(self._out), self._shown
        self._out.append("")
        yield
        merged = merge == "restart" or (merge is not None and self._shown == shown)
        high = f"<w:vMerge w:val={quoteattr(merge or '')}/>" if merged else ""
        self._out[at] = f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{high}</w:tcPr>'
        self._out.append("</w:tc>")

    def html(self) -> str:
        """Convert what was written."""
        return to_html("".join(self._out), self._links, self.notes)


def _merged(bits: list[Bit]) -> Iterator[Bit]:
    """Put words of the same look together: Word parts them at every correction."""
    for look, group in groupby(bits, lambda bit: replace(bit, words="")):
        run = list(group)
        if look.symbol:
            yield from run
        else:
            yield replace(look, words="".join([bit.words for bit in run]))


def _parted(bits: list[Bit]) -> Iterator[list[Bit]]:
    """Part a paragraph at line breaks before typed marks of lists."""
    whole, at = "".join([bit.words for bit in bits]), 0
    if "\n" not in whole:
        yield bits
        return
    part: list[Bit] = []
    for bit in bits:
        first, *lines = bit.words.split("\n")
        at += len(first)
        part.append(replace(bit, words=first))
        for line in lines:
            if _TYPED_LINE.match(whole, at + 1):
                yield part
                part = [replace(bit, words=line)]
            else:
                part[-1] = replace(part[-1], words=f"{part[-1].words}\n{line}")
            at += 1 + len(line)
    yield part
