"""The words of a Word document's paragraphs: what Word shows, with its marks and links.

What is left out (deleted words, pictures, text boxes, hidden words) is reported with its words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from handouts.sources.docx_fields import Fields, address, without_result
from handouts.sources.docx_formula import FormulaReader
from handouts.sources.docx_package import Relation
from handouts.sources.docx_signs import meaning, readable
from handouts.sources.docx_styles import Styles, font_of, is_on, said
from handouts.sources.docx_words import chosen, drop_drawing, words_of
from handouts.sources.docx_write import Bit
from handouts.sources.formula import FORMULA_END, ON_ONE_LINE
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element
from handouts.values import replace

WRAPPERS = (
    *("ins", "moveTo", "customXml", "smartTag", "sdtContent", "bdo", "dir", "ruby", "rubyBase"),
    *("AlternateContent", "rt", "subDoc", "hyperlink", "fldSimple", "oMath", "oMathPara"),
)
"""Elements that are only put round others."""

_DELETED = ("del", "moveFrom", "delText")
_DRAWN = ("drawing", "pict", "object")
_TRACKED = "tracked changes are not settled: inserted words are kept, deleted words left out"
_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("tab", "ptab"), "\t"),
    **dict.fromkeys(("br", "cr"), "\n"),
    "noBreakHyphen": "\u2011",
    "softHyphen": "",
}


class RunReader:
    """Reads runs; `paragraph` is what their paragraph says of itself.

    `languages` counts the letters of each language.
    """

    def __init__(self, styles: Styles, relations: Mapping[str, Relation], notes: Notes) -> None:
        self.styles, self.relations, self.notes = styles, relations, notes
        self.languages: Counter[str] = Counter()
        self.paragraph: Element | None = None
        self.fields = Fields(notes)

    # ---- words ---------------------------------------------------------------------------------

    def inlines(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield the words of a paragraph with their marks and links."""
        bits = list(self._inlines(element, href))
        for bit, behind in zip_longest(bits, bits[1:]):
            if bit.words != FORMULA_END:
                yield bit
            elif behind and behind.words[:1].isalnum():
                yield replace(bit, words=" ")

    def _inlines(self, element: Element, href: str) -> Iterator[Bit]:
        for part in chosen(element):
            match part.tag:
                case "r":
                    yield from self.run(part, href)
                case "hyperlink":
                    yield from self._inlines(part, self._target(part) or href)
                case "fldSimple":
                    yield from self._simple_field(part, href)
                case "oMath" | "oMathPara":
                    yield from self._formula(part, href)
                case "sdt":
                    found: list[Bit] = []
                    self.field(part, lambda inner: found.extend(self._inlines(inner, href)))  # noqa: B023  (called at once)
                    yield from found
                case tag if tag in WRAPPERS:
                    self.tell(part)
                    yield from self._inlines(part, href)
                case _:
                    self.leave_out(part)

    def _simple_field(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield the words of a field that is one element."""
        said = element.get("instr")
        found = list(self._inlines(element, address(said) or href))
        if not any(bit.words.strip() or bit.symbol for bit in found):
            found += without_result(said, None, self._bit("", None, href), self.notes)
        yield from found

    def _formula(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield a formula on one line, and tell of it."""
        formula = FormulaReader(self.leave_out).read(element)
        if not formula.parts:
            return
        self.notes.warnings.append(ON_ONE_LINE.format(formula))
        if formula.apart:
            yield from self._words(" ", None, href)
        for part in formula.parts:
            for bit in self._words(part.words, None, href):
                yield replace(bit, raised=part.raised)
        if formula.apart:
            yield self._bit(FORMULA_END, None, href)

    def run(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield the words of a run."""
        about = element.child("rPr")
        if self.styles.in_type("vanish", self.paragraph, about):
            self.drop(element, "hidden in Word")
            return
        yield from self._parts(element, about, href)

    def _parts(self, element: Element, about: Element | None, href: str) -> Iterator[Bit]:
        font = font_of(element)
        for part in chosen(element):
            match part.tag:
                case "t":
                    self._count(part.characters(), about)
                    yield from self._words(readable(font, part.characters()), about, href)
                case tag if tag in _SIGNS:
                    yield from self._words(_sign(part), about, href)
                case "sym" if _CODE.fullmatch(part.get("char")):
                    yield from self._symbol(part, about, href)
                case "fldChar" | "instrText":
                    yield from self.fields.read(part, self._bit("", about, href))
                case "r":  # in a ruby
                    yield from self.run(part, href)
                case tag if tag in WRAPPERS:
                    yield from self._parts(part, about, href)
                case _:
                    self.leave_out(part)

    def _symbol(self, element: Element, about: Element | None, href: str) -> Iterator[Bit]:
        """Yield a sign of a symbol font; one that is not known is left to the converter."""
        font, code = element.get("font"), element.get("char")
        if said := meaning(font, int(code, 16)):
            yield from self._words(said, about, href)
        elif not self.fields.takes(f"U+{code}"):
            yield self._bit("", about, href).with_symbol(font, code)

    def _words(self, words: str, about: Element | None, href: str) -> Iterator[Bit]:
        """Yield words, unless they stand in the instruction of a field."""
        if not self.fields.takes(words):
            yield self._bit(words, about, href)

    def _bit(self, words: str, about: Element | None, href: str) -> Bit:
        """Make words with the marks that a run has, its own or by its style."""
        struck = is_on(about, "strike") or is_on(about, "dstrike")
        underline = said(about, "u")
        return Bit(
            words=words,
            bold=self.styles.in_type("b", self.paragraph, about),
            italic=self.styles.in_type("i", self.paragraph, about),
            struck=bool(struck),
            underlined=underline not in ("", "none") and not href,
            raised=self.styles.raised(about),
            href=href or self.fields.href,
        )

    def _count(self, words: str, about: Element | None) -> None:
        """Count letters by their language, so that the document's can be told."""
        key = "bidi" if is_on(about, "rtl") else "val"
        for properties in (about, self.styles.defaults):
            lang = properties.child("lang") if properties is not None else None
            if lang is not None and lang.get(key):
                self.languages[lang.get(key)] += len(words)
                return

    def field(self, element: Element, read: Callable[[Element], None]) -> None:
        """Read what is in a field of a form; the prompt of an empty one is left out."""
        about = element.child("sdtPr")
        if about is not None and is_on(about, "showingPlcHdr"):
            self.drop(element, "the prompt of an empty field")
            return
        if (gallery := said(about, "docPartObj", "docPartGallery")) == "Table of Contents":
            self.drop(element, f"the {gallery.lower()}")
            return
        for content in element.children("sdtContent"):
            read(content)

    # ---- links ---------------------------------------------------------------------------------

    def _target(self, element: Element) -> str:
        relation = self.relations.get(element.get("id"))
        if relation is None or not relation.outside:
            return ""
        anchor = element.get("anchor")
        return f"{relation.target}#{anchor}" if anchor else relation.target

    # ---- what is left out ----------------------------------------------------------------------

    def leave_out(self, element: Element) -> None:
        """Report an element that is not read, if it has words or shows something."""
        if element.tag in _DRAWN:
            drop_drawing(element, self.notes)
        elif element.tag in _DELETED:
            self.tell(element)
            self.drop(element, "deleted in tracked changes")
        else:
            self.drop(element, f"in a part of Word's that is not read ({element.tag})")

    def drop(self, element: Element, reason: str) -> None:
        """Report an element that is left out, if it has words."""
        if shown := words_of(element):
            self.notes.drop(0, shown, reason)

    def tell(self, element: Element) -> None:
        """Warn once of tracked changes."""
        tracked = element.tag in (*_DELETED, "ins", "moveTo")
        if tracked and _TRACKED not in self.notes.warnings and words_of(element):
            self.notes.warnings.append(_TRACKED)


def _sign(element: Element) -> str:
    """Give the character that an element is; where a page or column ends, a space."""
    return " " if element.get("type") in ("page", "column") else _SIGNS[element.tag]
