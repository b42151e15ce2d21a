"""The rules that content must keep so that a file may claim what it claims.

They are checked before anything is drawn, and all that is wrong is said at once.
`docs/conformance/` says which clause is kept by which code and shown by which test.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from handouts.errors import ConformanceError
from handouts.marks import (
    FigurePathMark,
    ImageMark,
    Imprint,
    OwnMark,
    Page,
    TextMark,
    unmoved_marks,
)
from handouts.pdf.claims import CLAIMS, Claims
from handouts.pdf.links import link_element
from handouts.pdf.metadata import Metadata
from handouts.pdf.rules import (
    CONTROL,
    LANGUAGE,
    element_violations,
    heading_violations,
    place,
    walk,
)
from handouts.structure import StructureElement

__all__ = ["CLAIMS", "Claims", "check", "violations"]

_SCHEMES = ("https:", "http:", "tel:", "mailto:")
_SNIPPET = 30


def check(
    pages: Sequence[Page], root: StructureElement, metadata: Metadata, claims: Claims
) -> None:
    """Refuse content that would break what the file claims.

    Raises:
        ConformanceError: Some rule is broken; the message lists every violation.
    """
    _refuse(violations(pages, root, metadata), claims)


def _refuse(found: Sequence[str], claims: Claims) -> None:
    if found:
        listed = "".join([f"\n  - {violation}" for violation in found])
        raise ConformanceError(
            f"the leaflet would not be {claims.label}:{listed}",
            hint="Correct the article, clinic file or template that these came from.",
        )


def violations(
    pages: Sequence[Page], root: StructureElement, metadata: Metadata
) -> tuple[str, ...]:
    """List what breaks a rule of PDF/UA or PDF/A, each with its place.

    Source: ISO 14289-1, clause 7; ISO 19005-2, 6.7 and 6.8.
    """
    elements = walk(root)
    return (
        *_metadata(metadata),
        *heading_violations(elements),
        *_bookmarks(pages, frozenset(elements)),
        *_content([tuple(unmoved_marks(page)) for page in pages], elements),
    )


def check_imprints(imprints: Sequence[Imprint], metadata: Metadata, claims: Claims) -> None:
    """Check imprints that come onto a plate whose own content was checked.

    Raises:
        ConformanceError: Some rule is broken; the message lists every violation.
    """
    found = (*_metadata(metadata), *(one for imprint in imprints for one in _imprint(imprint)))
    _refuse(found, claims)


@lru_cache(maxsize=256)
def _imprint(imprint: Imprint) -> tuple[str, ...]:
    return tuple(_content(imprint.parts, walk(imprint.root)))


def _content(
    parts: Sequence[Sequence[OwnMark]], elements: Sequence[StructureElement]
) -> Iterator[str]:
    """Check elements, and the marks of pages or of an imprint's parts."""
    yield from element_violations(elements)
    there = frozenset(elements)
    for number, marks in enumerate(parts, 1):
        yield from _marks(marks, f"page {number}", there)
    yield from _idle_links([mark for marks in parts for mark in marks], elements)


# ---- the file ------------------------------------------------------------------------------------


def _metadata(metadata: Metadata) -> Iterator[str]:
    if not metadata.title.strip():
        yield "metadata: the title is empty (ISO 14289-1, 7.1)"
    if not LANGUAGE.fullmatch(metadata.language):
        yield f"metadata: {metadata.language!r} is no language tag (ISO 14289-1, 7.2)"
    if metadata.created.tzinfo is None:
        yield "metadata: the creation date has no time zone"
    if CONTROL.search("".join(_SAID(metadata))):
        for name, said in zip(_SAYING, _SAID(metadata), strict=True):
            if CONTROL.search(said):
                yield f"metadata: the {name} holds a control character (ISO 16684-1, 7)"


_SAYING = ("title", "author", "subject", "identifier", "keywords", "edition")
_SAID = attrgetter(*_SAYING)


# ---- marks ---------------------------------------------------------------------------------------


def _bookmarks(pages: Sequence[Page], elements: frozenset[StructureElement]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        for bookmark in page.bookmarks:
            if bookmark.element.real not in elements:
                yield f"page {number}: bookmark {bookmark.title!r} leads to no element"


def _marks(
    marks: Sequence[OwnMark], where: str, elements: frozenset[StructureElement]
) -> Iterator[str]:
    for mark in marks:
        match mark:
            case TextMark():
                yield from _text(mark, where, elements)
            case ImageMark(element=element) | FigurePathMark(element=element):
                yield from _picture(element, where, elements)


def _text(mark: TextMark, where: str, elements: frozenset[StructureElement]) -> Iterator[str]:
    runs = len(mark.texts)
    if not len(mark.elements) == len(mark.hrefs) == runs:
        yield f"{where}: {_snippet(mark)} has {runs} runs, but not as many elements and links"
        return
    for element in mark.elements:
        if element is None or element in elements:
            continue
        if element.real not in elements:
            yield f"{where}: {_snippet(mark)} is not in the structure tree (ISO 14289-1, 7.1)"
    for run, href in enumerate(mark.hrefs):
        if href and mark.elements[run] is not None:
            yield from _link(mark, run, where)


def _link(mark: TextMark, run: int, where: str) -> Iterator[str]:
    href, owner = mark.hrefs[run], link_element(mark.elements[run])
    if owner is None:
        yield f"{where}: link to {href} is in no Link element (ISO 14289-1, 7.18.5)"
    if not href.lower().startswith(_SCHEMES):
        yield f"{where}: link to {href} must start with {', '.join(_SCHEMES)}"
    words = [
        text
        for text, element in zip(mark.texts, mark.elements, strict=True)
        if link_element(element) is owner
    ]
    if not "".join(words).strip():
        yield f"{where}: link to {href} has no words (ISO 14289-1, 7.18.5)"


def _picture(
    element: StructureElement | None, where: str, elements: frozenset[StructureElement]
) -> Iterator[str]:
    if element is None:
        return
    if element.real not in elements:
        yield f"{where}: a picture is not in the structure tree (ISO 14289-1, 7.1)"
    if element.real.tag != "Figure":
        yield f"{where}: a picture is tagged {element.real.tag}, not Figure (ISO 14289-1, 7.3)"


def _idle_links(marks: Sequence[OwnMark], elements: Iterable[StructureElement]) -> Iterator[str]:
    """A Link holds an annotation (ISO 14289-1, 7.18.5)."""
    live = {
        link_element(element)
        for mark in marks
        if isinstance(mark, TextMark) and any(mark.hrefs)
        for element, href in zip(mark.elements, mark.hrefs, strict=False)
        if href
    }
    for element in elements:
        if element.tag == "Link" and element not in live:
            yield f"{place(element)}: has no target (ISO 14289-1, 7.18.5)"


def _snippet(mark: TextMark) -> str:
    words = "".join(mark.texts)
    return repr(words if len(words) <= _SNIPPET else f"{words[:_SNIPPET]}...")
