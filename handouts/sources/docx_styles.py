"""What a Word document's styles and numberings say of a paragraph: heading, list, bold type."""

import re
from collections.abc import Iterator
from typing import Literal

from handouts.sources.docx_labels import Label, of_bullet, of_number
from handouts.sources.safe_xml import Element
from handouts.values import frozen

_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (bullet|number)(?: ([2-5]))?")
_DEEPEST = 5
"""Levels of lists that are read; those below are put beside it."""

_LONGEST_CHAIN = 20
"""Styles that are based on each other."""

_HEIGHT = re.compile(r"(-?)0*[1-9]")
"""How much higher a run stands than its line, which is not 0."""

_OFF = ("0", "false", "off", "none")


@frozen(kw_only=False)
class ListMark:
    """A paragraph's place in a list: which list, how deep (from 0), its kind and number.

    Its `label` says what is to be printed before it, and what of it is not.
    """

    list: str
    depth: int
    kind: Literal["bullet", "number"]
    number: int = 0
    label: Label = Label()


def is_on(properties: Element | None, name: str) -> bool | None:
    """Tell whether a property such as `b` is on; None when nothing is said."""
    found = properties.child(name) if properties is not None else None
    return None if found is None else found.get("val").lower() not in _OFF


def said(properties: Element | None, *path: str) -> str:
    """Give the value at the end of a path of elements, or ""."""
    for name in path:
        properties = properties.child(name) if properties is not None else None
    return properties.get("val") if properties is not None else ""


def font_of(properties: Element | None) -> str:
    """Give the font that a run or a level of a list names, or ""."""
    about = properties.child("rPr") if properties is not None else None
    fonts = about.child("rFonts") if about is not None else None
    return (fonts.get("ascii") or fonts.get("hAnsi")) if fonts is not None else ""


class Styles:
    """The styles of a document by their ids, each with those that it is based on."""

    def __init__(self, root: Element) -> None:
        self._styles = {style.get("styleId"): style for style in root.children("style")}
        self._default = next(
            (
                style.get("styleId")
                for style in root.children("style")
                if style.get("type") == "paragraph" and style.get("default") in ("1", "true")
            ),
            "",
        )
        defaults = root.child("docDefaults")
        run = defaults.child("rPrDefault") if defaults is not None else None
        self.defaults = run.child("rPr") if run is not None else None

    def chain(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield a style and those that it is based on, with their names in lower case."""
        for _ in range(_LONGEST_CHAIN):
            if name not in self._styles:
                return
            style = self._styles[name]
            yield said(style, "name").lower(), style
            name = said(style, "basedOn")

    def names(self, paragraph: Element | None) -> Iterator[str]:
        """Yield the names of a paragraph's styles; of a style that is not there, its id."""
        style = said(paragraph, "pStyle")
        known = [name for name, _ in self.chain(style or self._default)]
        yield from known or [re.sub(r"(?<=[a-z])(?=\d)", " ", style.lower())]

    def level(self, paragraph: Element | None) -> int:
        """Give the level of a heading, from 1, or 0."""
        for name in self.names(paragraph):
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        chain = self.chain(said(paragraph, "pStyle"))
        for properties in (paragraph, *(style.child("pPr") for _, style in chain)):
            outline = said(properties, "outlineLvl")
            if re.fullmatch(r"[0-9]", outline):
                return (int(outline) + 1) % 10
        return 0

    def in_type(self, kind: str, paragraph: Element | None, run: Element | None) -> bool:
        """Tell whether a run is in bold (`b`) or italic (`i`) type, or hidden (`vanish`)."""
        own = is_on(run, kind)
        if own is not None:
            return own
        by_run = said(run, "rStyle")
        if by_run.lower() == {"b": "strong", "i": "emphasis"}.get(kind):
            return True
        for name in (by_run, said(paragraph, "pStyle") or self._default):
            for _, style in self.chain(name):
                stated = is_on(style.child("rPr"), kind)
                if stated is not None:
                    return stated
        return False

    def raised(self, run: Element | None) -> str:
        """Tell whether a run is a "superscript" or "subscript", by its kind or by its height."""
        chain = self.chain(said(run, "rStyle"))
        for properties in (run, *(style.child("rPr") for _, style in chain)):
            kind = said(properties, "vertAlign")
            if kind in ("superscript", "subscript"):
                return kind
            if height := _HEIGHT.match(said(properties, "position")):
                return "subscript" if height[1] else "superscript"
            if kind:
                return ""
        return ""

    def numbering(self, paragraph: Element | None) -> tuple[str, str]:
        """Give the number of a paragraph's list and its level, its own or its style's."""
        chain = self.chain(said(paragraph, "pStyle"))
        number = level = ""
        for properties in (paragraph, *(style.child("pPr") for _, style in chain)):
            number = number or said(properties, "numPr", "numId")
            level = level or said(properties, "numPr", "ilvl")
        return number, level


class Numbering:
    """The lists of a document, and where each is in its counting."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._kinds = {one.get("abstractNumId"): one for one in root.children("abstractNum")}
        self._lists = {one.get("numId"): one for one in root.children("num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._known: dict[tuple[str, int], tuple[str, Element | None]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def mark(self, paragraph: Element | None) -> ListMark | None:
        """Give the place of the next paragraph in its list, or None."""
        number, level = self._styles.numbering(paragraph)
        if number == "0":
            return None
        if number not in self._lists:
            return self._by_style(paragraph)
        depth = int(level) if re.fullmatch(r"[0-8]", level) else 0
        return self._marked(number, depth)

    def _by_style(self, paragraph: Element | None) -> ListMark | None:
        """Mark a paragraph by the name of its style alone; its numbers are not known."""
        for name in self._styles.names(paragraph):
            if found := _LIST.fullmatch(name):
                depth = int(found[2] or 1) - 1
                if found[1] == "bullet":
                    return ListMark(name[:11], depth, "bullet")
                return ListMark(name[:11], depth, "number", self._count("", name[:11], depth, 1))
        return None

    def _marked(self, number: str, depth: int) -> ListMark | None:
        abstract = said(self._lists[number], "abstractNumId")
        key = (number, depth)
        if key not in self._known:
            self._known[key] = self._level(number, abstract, depth)
        override, level = self._known[key]
        form = (said(level, "numFmt") or "decimal") if level is not None else "bullet"
        kept, written = min(depth, _DEEPEST - 1), said(level, "lvlText")
        if form == "none" and not written:
            return None
        if form == "bullet":
            return ListMark(number, kept, "bullet", label=of_bullet(written, font_of(level)))
        first = override or said(level, "start") or "1"
        start = int(first) if re.fullmatch(r"\d{1,4}", first) else 1
        count = self._count(number if override else "", abstract, depth, start)
        forms = {
            int(one.get("ilvl")): said(one, "numFmt")
            for one in self._levels(abstract)
            if re.fullmatch(r"[0-8]", one.get("ilvl"))
        }
        label = of_number(written, depth, forms | {depth: form}, self._counts[abstract])
        if form == "none" and not label.words:
            return None
        return ListMark(number, kept, "bullet" if label.words else "number", count, label)

    def _level(self, number: str, abstract: str, depth: int) -> tuple[str, Element | None]:
        """Give where a list's own counting begins, if it says so, and the form of a level."""
        override = ""
        for one in self._lists[number].children("lvlOverride"):
            if one.get("ilvl") == str(depth):
                override = said(one, "startOverride")
                if (own := one.child("lvl")) is not None:
                    return override, own
        levels = self._levels(abstract)
        return override, next((one for one in levels if one.get("ilvl") == str(depth)), None)

    def _levels(self, abstract: str) -> tuple[Element, ...]:
        """Give the levels of a kind of list, which may be those of a style's list."""
        kind = self._kinds.get(abstract)
        levels = tuple(kind.children("lvl")) if kind is not None else ()
        if levels or not (link := said(kind, "numStyleLink")):
            return levels
        for _, style in self._styles.chain(link):
            linked = self._lists.get(said(style.child("pPr"), "numPr", "numId"))
            other = self._kinds.get(said(linked, "abstractNumId"))
            if other is not None:
                return tuple(other.children("lvl"))
        return ()

    def _count(self, restarting: str, abstract: str, depth: int, start: int) -> int:
        """Count on; a list that restarts does so once, and every level below another item."""
        counts = self._counts.setdefault(abstract, {})
        if restarting and (restarting, depth) not in self._restarted:
            self._restarted.add((restarting, depth))
            counts.pop(depth, None)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return counts[depth]
