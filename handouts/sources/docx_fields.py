"""Fields of Word, such as links and lists to choose from: what they show, and what is only told."""

import re
from collections.abc import Callable, Iterator, Mapping

from handouts.sources.docx_signs import meaning
from handouts.sources.docx_write import Bit
from handouts.sources.formula import FORMULA_END, Part, fraction, said
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element
from handouts.values import replace

_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]*)\"|([^\\\s]\S*))")
_KIND = re.compile(r"\s*(\S+)\s*(.*)", re.DOTALL)
_BUTTON = re.compile(r"\S+\s+(.*\S)", re.DOTALL)
_SYMBOL = re.compile(r"\"?(0x[0-9a-f]{1,5}|\d{1,6})\"?(.*)", re.IGNORECASE | re.DOTALL)
_FONT = re.compile(r"\\f\s*(?:\"([^\"]*)\"|(\S+))")
_FRACTION = re.compile(r"\\f\s*\(\s*([^\\(),;]+)[,;]\s*([^\\(),;]+)\)\s*", re.IGNORECASE)
_OFF = ("0", "false", "off")
_LONGEST = 2000
"""Characters of a field's instruction that count."""

_EMPTY = "a field of Word that shows nothing ({})"


class _Field:
    """A field that is open: its instruction, its form, where it leads, whether it shows words."""

    __slots__ = ("form", "href", "instruction", "is_result", "shows")

    def __init__(self, form: Element | None, href: str) -> None:
        self.form, self.href = form, href
        self.instruction, self.is_result, self.shows = "", False, False


class Fields:
    """The fields that are open, each inside the one before."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self._open: list[_Field] = []

    @property
    def href(self) -> str:
        """Where the words here lead."""
        return self._open[-1].href if self._open else ""

    def takes(self, words: str) -> bool:
        """Tell whether words are a part of an instruction, which nobody sees, and keep them there."""
        inner = next((one for one in reversed(self._open) if not one.is_result), None)
        if inner is not None:
            inner.instruction = inner.instruction[:_LONGEST] + words
        elif words.strip():
            for one in self._open:
                one.shows = True
        return inner is not None

    def _instruct(self, element: Element) -> None:
        """Read a piece of an instruction; one of no field is told."""
        if not self.takes(element.characters()) and element.words():
            self.notes.drop(0, element.words(), "the instruction of a field of Word")

    def read(self, element: Element, look: Bit) -> Iterator[Bit]:
        """Follow a field; at its end, yield what it shows when its result is not in the document."""
        match element.get("fldCharType"):
            case _ if element.tag == "instrText":
                self._instruct(element)
            case "begin":
                self._open.append(_Field(element.child("ffData"), self.href))
            case "separate" if self._open:
                self._open[-1].is_result = True
                self._open[-1].href = address(self._open[-1].instruction) or self.href
            case "end" if self._open:
                field = self._open.pop()
                if not field.shows:
                    shown = without_result(field.instruction, field.form, look, self.notes)
                    yield from (bit for bit in shown if not self.takes(bit.words))

    def end_paragraph(self) -> None:
        """Tell instructions that have no end in their paragraph, so that they take no more words."""
        for field in [one for one in self._open if not one.is_result]:
            self._open.remove(field)
            if field.instruction.strip():
                self.notes.drop(0, field.instruction.strip(), "a field of Word that has no end")


def address(instruction: str) -> str:
    """Give the target of a field that is a link, or ""."""
    found = _LINK.match(instruction)
    return (found[1] or found[2] or "") if found else ""


# ---- fields without a result -------------------------------------------------------------------


def without_result(instruction: str, form: Element | None, look: Bit, notes: Notes) -> list[Bit]:
    """Give what Word shows for a field whose result is not stored; what is not known is told.

    Args:
        instruction: The field's kind, and what stands behind it.
        form: What a field of a form holds.
        look: The look of its words.
        notes: Where it is told.
    """
    found = _KIND.match(instruction)
    kind, rest = (found[1].upper(), found[2].strip()) if found else ("", "")
    shown = _SHOWN[kind](rest, look) if kind in _SHOWN else []
    if kind in _FORMS and form is not None:
        shown = [replace(look, words=_FORMS[kind](form, notes))]
    if kind and not any(bit.words or bit.symbol for bit in shown):
        notes.drop(0, instruction.strip(), _EMPTY.format(kind))
    return shown


def _button(rest: str, look: Bit) -> list[Bit]:
    """Give the words that are clicked on."""
    found = _BUTTON.fullmatch(rest)
    return [replace(look, words=found[1])] if found else []


def _symbol(rest: str, look: Bit) -> list[Bit]:
    """Give the character of a number, in the font that is named or in Windows' own table."""
    found = _SYMBOL.match(rest)
    if not found:
        return []
    code, switches = int(found[1], 0 if found[1][:2].lower() == "0x" else 10), found[2]
    named = _FONT.search(switches)
    font = (named[1] or named[2]) if named else ""
    if sign := meaning(font, code):
        return [replace(look, words=sign)]
    if font.lower().startswith(("symbol", "wingdings", "webdings")):
        return [look.with_symbol(font, f"{0xF000 + (code & 0xFF):04X}")]
    unicode = "\\u" in switches or code > 0xFF  # noqa: PLR2004  (a byte)
    sign = chr(code) if unicode else bytes([code]).decode("cp1252", "replace")
    return [replace(look, words=sign)] if sign.isprintable() and sign != "\ufffd" else []


def _equation(rest: str, look: Bit) -> list[Bit]:
    """Give a fraction; other equations are not known."""
    found = _FRACTION.fullmatch(rest)
    if not found:
        return []
    parts = (Part(" "), *fraction(said(found[1]), said(found[2])).parts, Part(FORMULA_END))
    return [replace(look, words=part.words) for part in parts]


def _chosen_entry(form: Element, notes: Notes) -> str:
    """Give the entry of a list that is chosen; the others are told."""
    about = form.child("ddList")
    if about is None:
        return ""
    entries = [one.get("val") for one in about.children("listEntry")]
    numbers = [one.get("val") for one in about.children("result", "default")]
    at = int(numbers[0]) if numbers and re.fullmatch(r"\d{1,3}", numbers[0]) else 0
    others = [entry for number, entry in enumerate(entries) if number != at]
    if others:
        notes.drop(0, "; ".join(others), "what else there was to choose in a list")
    return entries[at] if at < len(entries) else ""


def _box(form: Element, _notes: Notes) -> str:
    """Give a box, ticked or not."""
    about = form.child("checkBox")
    stated = next(about.children("checked", "default"), None) if about is not None else None
    if about is not None and (checked := about.child("checked")) is not None:
        stated = checked
    return "☑" if stated is not None and stated.get("val").lower() not in _OFF else "☐"


_SHOWN: Mapping[str, Callable[[str, Bit], list[Bit]]] = {
    "MACROBUTTON": _button,
    "GOTOBUTTON": _button,
    "SYMBOL": _symbol,
    "EQ": _equation,
}
_FORMS: Mapping[str, Callable[[Element, Notes], str]] = {
    "FORMDROPDOWN": _chosen_entry,
    "FORMCHECKBOX": _box,
}
