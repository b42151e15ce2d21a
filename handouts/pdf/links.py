"""Link annotations (ISO 32000-1, 12.5.6.5): one for each line that a link stands on."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from handouts.marks import Mark, Segment, TextMark
from handouts.pdf.syntax import numbers, text_string, uri_string
from handouts.pdf.tagging import Box
from handouts.structure import StructureElement

_ABOVE, _BELOW = 0.85, 0.25
"""How far a link reaches above and below its baseline, in ems."""


class LinkPiece(NamedTuple):
    """A link's words on one line: its element, target, all its words, and its box in points."""

    element: StructureElement
    href: str
    words: str
    box: Box


def link_element(element: StructureElement | None) -> StructureElement | None:
    """Find the Link that an element is, or stands in."""
    while element is not None and element.tag != "Link":
        element = element.parent
    return element


def link_pieces(marks: Sequence[Mark]) -> Iterator[LinkPiece]:
    """Yield the links of marks, in their order."""
    for mark in marks:
        if isinstance(mark, TextMark) and any(mark.hrefs):
            yield from _pieces(mark)


def spoken(piece: LinkPiece) -> bytes:
    """Write what an annotation says and where it leads; its spaces need not hold words together."""
    words = " ".join(piece.words.split())
    return b"/Contents%b/A<</S/URI/URI%b>>" % (text_string(words), uri_string(piece.href))


def annotation(box: Box, said: bytes, key: int) -> bytes:
    """Write an annotation in its box; `said` is `spoken`, `key` its key in the parent tree."""
    return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4%b/StructParent %d>>" % (
        numbers(*box).encode(),
        said,
        key,
    )


def _pieces(mark: TextMark) -> Iterator[LinkPiece]:
    owners = [
        link_element(element) if href else None
        for element, href in zip(mark.elements, mark.hrefs, strict=True)
    ]
    y = mark.y
    for line in mark.setting.lines[mark.first : mark.last]:
        for element, segments in groupby(line.segments, lambda segment: owners[segment.run]):
            if element is not None:
                yield _piece(mark, element, list(segments), y)
        y -= mark.setting.leading


def _piece(
    mark: TextMark, element: StructureElement, segments: list[Segment], y: float
) -> LinkPiece:
    runs = [run for run, owner in enumerate(mark.elements) if link_element(owner) is element]
    left = mark.x + min([segment.x for segment in segments])
    right = mark.x + max([segment.x + segment.width for segment in segments])
    size = mark.setting.size
    return LinkPiece(
        element,
        mark.hrefs[segments[0].run],
        "".join([mark.texts[run] for run in runs]).strip(),
        (left, y - _BELOW * size, right, y + _ABOVE * size),
    )
