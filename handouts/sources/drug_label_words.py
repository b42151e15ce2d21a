"""The words of drug labels: content with its style codes, line breaks, and typed bullets."""

import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.document import Inlines
from handouts.sources.html_inline import TARGET, Mark, Run, folded
from handouts.sources.marked_text import href_of
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element
from handouts.values import frozen

INLINE = ("content", "sub", "sup", "br", "linkHtml", "footnote", "footnoteRef")

PICTURE = "pictures are left out: whose they are is not known"
"""Why a picture is left out."""

_BREAK = "\v"
"""Stands for `<br/>`: XML cannot hold this character."""

_STYLES: Mapping[str, str] = {
    "bold": "strong",
    "italics": "emphasis",
    "italic": "emphasis",
    "emphasis": "emphasis",
}
_WIDE = re.compile(r"\s{3,}")
_BULLET = re.compile(r"[•■▪●◦◆]")
_GAP = re.compile(r"\v[^\S\v]{0,9}\v")
_LOOK_BACK = 12


class Context:
    """Where to report, and what the label's pictures show, by their names.

    `styles` are style codes that an article has no place for, `told` the pictures that were reported.
    """

    def __init__(self, notes: Notes, pictures: Mapping[str, str]) -> None:
        self.notes, self.pictures = notes, pictures
        self.styles: set[str] = set()
        self.told: set[str] = set()

    def drop_picture(self, element: Element) -> None:
        """Report a picture that the text refers to."""
        name = element.get("referencedObject")
        self.told.add(name)
        shown = self.pictures.get(name, "")
        self.notes.drop(element.line, shown or "a picture", PICTURE)


@frozen(kw_only=False)
class Piece:
    """A stretch of words: a paragraph's, or an item's with a bullet typed before it."""

    content: Inlines
    typed: bool = False


# ---- reading -----------------------------------------------------------------------------------


def pieces(nodes: Iterable[Element | str], context: Context) -> list[Piece]:
    """Cut words at typed bullets and at empty lines; a single line break is a space."""
    runs = list(_runs(nodes, (), context))
    cuts = [(0, 0, False), *_cuts("".join([run.words for run in runs]))]
    ends = [start for start, _, _ in cuts[1:]]
    stretches = _sliced(runs, [skip for _, skip, _ in cuts], [*ends, None])
    found = [
        Piece(_folded(stretch), typed)
        for stretch, (_, _, typed) in zip(stretches, cuts, strict=True)
    ]
    return [piece for piece in found if piece.content]


def content(nodes: Iterable[Element | str], context: Context) -> Inlines:
    """Make inline content of nodes; line breaks are spaces."""
    return _folded(_runs(nodes, (), context))


def _folded(runs: Iterable[Run]) -> Inlines:
    return folded(Run(run.words.replace(_BREAK, " "), run.marks) for run in runs)


def shown(element: Element, skip: Iterable[Element] = ()) -> str:
    """Give the words in an element, some of its elements passed over."""
    left_out = {id(one) for one in skip}
    return " ".join("".join(_shown(element, left_out)).split())


def _shown(element: Element, left_out: set[int]) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield part
        elif id(part) not in left_out:
            gap = "" if part.tag in ("content", "sub", "sup", "linkHtml") else " "
            yield gap
            yield from _shown(part, left_out)
            yield gap


# ---- marks -------------------------------------------------------------------------------------


def _runs(
    nodes: Iterable[Element | str], marks: tuple[Mark, ...], context: Context
) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield Run(_WIDE.sub("  ", node), marks)
        else:
            yield from _element(node, marks, context)


def _element(element: Element, marks: tuple[Mark, ...], context: Context) -> Iterator[Run]:
    match element.tag:
        case "br":
            yield Run(_BREAK, marks)
        case "renderMultiMedia":
            context.drop_picture(element)
            yield from _runs(element.content, marks, context)
        case "footnoteRef":
            named = element.get("IDREF") or "a note"
            context.notes.drop(element.line, named, "a second mark of the same note")
        case "footnote":  # it stays where it was: a leaflet has no foot for notes
            yield Run(" (", marks)
            yield from _runs(element.content, marks, context)
            yield Run(")", marks)
        case "content" | "sub" | "sup" | "linkHtml":
            yield from _runs(element.content, _marked(element, marks, context), context)
        case _:
            yield Run(" ", marks)
            yield from _runs(element.content, marks, context)
            yield Run(" ", marks)


def _marked(element: Element, marks: tuple[Mark, ...], context: Context) -> tuple[Mark, ...]:
    """Add an element's marks to those round it; the same mark twice is one."""
    added = [Mark(element.tag)] if element.tag in ("sub", "sup") else []
    for style in element.get("styleCode").split():
        if named := _STYLES.get(style.casefold()):
            added.append(Mark(named))
        else:
            context.styles.add(style)
    target = element.get("href")
    if (href := href_of(target)) and not any(mark.name == "link" for mark in marks):
        added.append(Mark("link", href))
    elif target and not target.startswith("#"):
        context.notes.drop(element.line, target, TARGET)
    return (*marks, *(mark for mark in added if mark not in marks))


# ---- cuts --------------------------------------------------------------------------------------


def _cuts(text: str) -> list[tuple[int, int, bool]]:
    """Give where to cut: where words end, where they go on, and whether a bullet stands there.

    Marks in the middle of a sentence are no bullets, unless the words begin with one.
    """
    bullets = [found.start() for found in _BULLET.finditer(text)]
    opens = bool(bullets) and not text[: bullets[0]].strip()
    cuts = [(at, at + 1, True) for at in bullets if opens or _stands_apart(text, at)]
    cuts += [(found.start(), found.end(), False) for found in _GAP.finditer(text)]
    return sorted(cuts)


def _stands_apart(text: str, at: int) -> bool:
    """Tell whether a bullet stands at the beginning, on a new line, or behind a colon or a gap."""
    before = text[max(0, at - _LOOK_BACK) : at]
    words = before.rstrip()
    gap = before[len(words) :]
    return words.endswith(":") or _BREAK in gap or len(gap) > 1


def _sliced(runs: list[Run], starts: list[int], ends: list[int | None]) -> Iterator[list[Run]]:
    """Yield the runs between each start and end, counted in characters, in one pass."""
    at = index = 0
    for start, end in zip(starts, ends, strict=True):
        stretch: list[Run] = []
        while index < len(runs) and (end is None or at < end):
            words = runs[index].words
            stop = len(words) if end is None else min(len(words), end - at)
            if start < at + stop:
                stretch.append(Run(words[max(0, start - at) : stop], runs[index].marks))
            if end is not None and at + len(words) > end:
                break
            at += len(words)
            index += 1
        yield stretch
