"""The words of a Word document's paragraphs: what Word shows, with its marks and links.

What is left out (deleted words, pictures, text boxes, hidden words) is reported with its words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from handouts.sources.docx_package import Relation
from handouts.sources.docx_styles import Styles, is_on, said
from handouts.sources.docx_words import chosen, drop_drawing, words_of
from handouts.sources.docx_write import Bit
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element

WRAPPERS = (
    *("ins", "moveTo", "customXml", "smartTag", "sdtContent", "bdo", "dir", "ruby", "rubyBase"),
    *("AlternateContent", "rt", "subDoc", "hyperlink", "fldSimple", "oMath", "oMathPara"),
)
"""Elements that are only put round others."""

_DELETED = ("del", "moveFrom", "delText")
_DRAWN = ("drawing", "pict", "object")
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]*)\"|([^\\\s]\S*))")
_TRACKED = "tracked changes are not settled: inserted words are kept, deleted words left out"
_FORMULA = "a formula is kept as plain words: {}"
_LONGEST = 2000
"""Characters of a field's instruction that count."""

_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("tab", "ptab"), "\t"),
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
        self._fields: list[tuple[str, str]] = []

    # ---- words ---------------------------------------------------------------------------------

    def inlines(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield the words of a paragraph with their marks and links."""
        for part in chosen(element):
            match part.tag:
                case "r":
                    yield from self.run(part, href)
                case "hyperlink":
                    yield from self.inlines(part, self._target(part) or href)
                case "fldSimple":
                    yield from self.inlines(part, _address(part.get("instr")) or href)
                case "oMath" | "oMathPara":
                    self.notes.warnings.append(_FORMULA.format(words_of(part)))
                    yield self._bit(words_of(part), None, href)
                case "sdt":
                    found: list[Bit] = []
                    self.field(part, lambda inner: found.extend(self.inlines(inner, href)))  # noqa: B023  (called at once)
                    yield from found
                case tag if tag in WRAPPERS:
                    self.tell(part)
                    yield from self.inlines(part, href)
                case _:
                    self.leave_out(part)

    def run(self, element: Element, href: str) -> Iterator[Bit]:
        """Yield the words of a run."""
        about = element.child("rPr")
        if self.styles.in_type("vanish", self.paragraph, about):
            self.drop(element, "hidden in Word")
            return
        yield from self._parts(element, about, href)

    def _parts(self, element: Element, about: Element | None, href: str) -> Iterator[Bit]:
        for part in chosen(element):
            match part.tag:
                case "t":
                    self._count(part.characters(), about)
                    yield self._bit(part.characters(), about, href)
                case tag if tag in _SIGNS:
                    yield self._bit(_SIGNS[tag], about, href)
                case "br" | "cr":
                    page = part.get("type") in ("page", "column")
                    yield self._bit(" " if page else "\n", about, href)
                case "sym" if _CODE.fullmatch(part.get("char")):
                    bit = self._bit("", about, href)
                    yield bit.with_symbol(part.get("font"), part.get("char"))
                case "fldChar" | "instrText":
                    self._field(part)
                case tag if tag in WRAPPERS:
                    yield from self._parts(part, about, href)
                case _:
                    self.leave_out(part)

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
            raised=said(about, "vertAlign"),
            href=href or (self._fields[-1][1] if self._fields else ""),
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

    def _field(self, element: Element) -> None:
        """Follow a field: its instruction may be a link, its result is the words."""
        match element.get("fldCharType"):
            case "begin":
                self._fields.append(("", self._fields[-1][1] if self._fields else ""))
            case "separate" if self._fields:
                instruction, outer = self._fields.pop()
                self._fields.append(("", _address(instruction) or outer))
            case "end" if self._fields:
                self._fields.pop()
        if element.tag == "instrText" and self._fields:
            instruction, to = self._fields.pop()
            self._fields.append((instruction[:_LONGEST] + element.characters(), to))

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


def _address(instruction: str) -> str:
    """Give the target of a field that is a link, or ""."""
    found = _LINK.match(instruction)
    return (found[1] or found[2] or "") if found else ""
