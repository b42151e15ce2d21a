"""The text of a Word document as plain Word markup: what Word shows, and nothing else.

The converter gets only what it keeps; everything else is reported on the way.
"""

import re
from collections.abc import Iterator

from handouts.sources.docx_runs import WRAPPERS, RunReader
from handouts.sources.docx_styles import ListMark, Numbering, is_on, said
from handouts.sources.docx_words import chosen
from handouts.sources.docx_write import Bit, Writer
from handouts.sources.safe_xml import Element
from handouts.values import replace

_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures")


class TextReader:
    """Reads paragraphs and tables into a writer."""

    def __init__(self, runs: RunReader, numbering: Numbering, writer: Writer) -> None:
        self.runs, self.numbering, self.writer = runs, numbering, writer
        self.styles, self.notes = runs.styles, runs.notes
        self._pending: list[Bit] = []
        self._told: set[tuple[str, str]] = set()

    # ---- blocks --------------------------------------------------------------------------------

    def blocks(self, element: Element) -> None:
        """Read the paragraphs and tables in an element, through what is only put round them."""
        for part in chosen(element):
            match part.tag:
                case "p":
                    self.paragraph(part)
                case "tbl":
                    self.table(part)
                case "sdt":
                    self.runs.field(part, self.blocks)
                case "altChunk":
                    self.notes.warnings.append("another document is put in, which is not read")
                case tag if tag in WRAPPERS and not _has_words_of_its_own(part):
                    self.runs.tell(part)
                    self.blocks(part)
                case _:
                    self.runs.leave_out(part)

    def container(self, element: Element) -> None:
        """Read blocks that stand by themselves, to their end."""
        self.blocks(element)
        if self._pending:
            self.writer.paragraph(self._taken(), 0, None)
        self.writer.end_lists()

    def paragraph(self, element: Element) -> None:
        """Read a paragraph; one whose end is deleted goes on in the next."""
        properties = element.child("pPr")
        if any(_CONTENTS.fullmatch(name) for name in self.styles.names(properties)):
            self.runs.drop(element, "the table of contents")
            return
        self.runs.paragraph = properties
        bits = [*self._taken(), *self.runs.inlines(element, "")]
        self.runs.fields.end_paragraph()
        mark = properties.child("rPr") if properties is not None else None
        if mark is not None and mark.child("del") is not None:
            self._pending = bits
            return
        names = tuple(self.styles.names(properties))
        is_title = "title" in names
        level = self.styles.level(properties)
        listed = self.numbering.mark(properties) if _shows(bits) else None
        if listed is not None:
            self._tell(listed, bits, heading=is_title or bool(level))
            bits = [*_label(listed, bits[0]), *bits]
        if is_title:
            self.writer.title(bits)
            return
        self.writer.paragraph(bits, level, None if level else listed)

    def _taken(self) -> list[Bit]:
        bits, self._pending = self._pending, []
        return bits

    def _tell(self, mark: ListMark, bits: list[Bit], *, heading: bool) -> None:
        """Warn of what a list's labels say and the article does not, once a list."""
        shown = "".join(bit.words for bit in bits)[:40]
        if heading and mark.kind == "number":
            what = "the numbers of headings are left out"
        elif mark.label.otherwise and mark.number == 1:
            what = f"a list counted with letters or in another way is counted 1, 2, 3: {shown}"
        elif mark.label.unknown:
            what = f"the sign before the items of a list is not known: {mark.label.unknown}"
        else:
            return
        if (mark.list, what) not in self._told:
            self._told.add((mark.list, what))
            self.notes.warnings.append(f"{what}: {shown}" if heading else what)

    # ---- tables --------------------------------------------------------------------------------

    def table(self, element: Element) -> None:
        """Read a table, row by row; deleted rows are left out."""
        self.writer.end_lists()
        with self.writer.table():
            for row in self._inside(element, "tr"):
                about = row.child("trPr")
                if about is not None and about.child("del") is not None:
                    self.runs.drop(row, "deleted in tracked changes")
                    continue
                with self.writer.row(header=bool(is_on(about, "tblHeader"))):
                    for cell in self._inside(row, "tc"):
                        self.cell(cell)

    def cell(self, element: Element) -> None:
        """Read a cell."""
        about = element.child("tcPr")
        wide = said(about, "gridSpan")
        merged = about.child("vMerge") if about is not None else None
        with self.writer.cell(
            wide=int(wide) if re.fullmatch(r"[1-9]\d?", wide) else 1,
            merge=None if merged is None else merged.get("val"),
        ):
            self.container(element)

    def _inside(self, element: Element, tag: str) -> Iterator[Element]:
        """Yield rows or cells, through what is only put round them."""
        for part in chosen(element):
            if part.tag == tag:
                yield part
            elif part.tag in (*WRAPPERS, "sdt"):
                self.runs.tell(part)
                yield from self._inside(part, tag)
            else:
                self.runs.leave_out(part)


def _shows(bits: list[Bit]) -> bool:
    return any(bit.words.strip() or bit.symbol for bit in bits)


def _label(mark: ListMark, look: Bit) -> list[Bit]:
    """Give the label of a paragraph as its first words."""
    words = mark.label.words
    return [replace(look, words=f"{words} ", symbol="", href="", raised="")] if words else []


def _has_words_of_its_own(element: Element) -> bool:
    """Tell whether runs stand in a wrapper that is not in a paragraph."""
    return element.tag in ("oMath", "oMathPara") or any(element.children("r", "t"))
