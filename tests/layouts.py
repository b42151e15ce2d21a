"""Laying out small documents, and reading the lines that a page shows from its marks."""

from collections.abc import Iterator, Mapping
from typing import Literal

from leaflets import CREATED, ROOT
from test_text_setting import read

from handouts.colour import roles
from handouts.document import Block, Blocks, Document, Footer, Heading, text
from handouts.layout.pages import Layout, NotesPolicy, lay_out
from handouts.layout.setter import Setter
from handouts.marks import Image, TextMark, own_marks
from handouts.pdf.write import Metadata, write
from handouts.structure import StructureElement
from handouts.text.faces import bundled_faces
from handouts.theme import load_theme
from handouts.units import PAPERS
from handouts.values import frozen

FOOTER = Footer(
    title="Sample", about="Leaflet S-1, version 2, English", page="Page {page} of {pages}"
)
TITLE = Heading(1, text("Sample"))


@frozen
class Seen:
    """A line on a page (from 1): its left edge, baseline and width, its size, words and elements.

    `elements` are those that the line's runs belong to; an artifact has none.
    """

    page: int
    x: float
    y: float
    width: float
    size: float
    words: str
    elements: tuple[StructureElement, ...]

    def within(self, element: StructureElement) -> bool:
        """Whether the line belongs to an element or to one below it."""
        return any(element in _upwards(own) for own in self.elements)


def setter(
    paper: Literal["letter", "a4"] = "letter",
    images: Mapping[str, Image] | None = None,
    edition: str = "standard",
) -> Setter:
    """An edition on a paper."""
    return Setter(
        theme=load_theme(edition, "colour"),
        sheet=PAPERS[paper],
        paper=PAPERS[paper],
        faces=bundled_faces(ROOT / "fonts"),
        language="en",
        images=images or {},
    )


def document(*blocks: Block, notes: Blocks = (), footer: Footer = FOOTER) -> Document:
    """A document with a title above the blocks."""
    return Document(
        title="Sample", language="en", blocks=(TITLE, *blocks), notes=notes, footer=footer
    )


def laid_out(*blocks: Block, notes: Blocks = (), policy: NotesPolicy = "never") -> Layout:
    """Lay out blocks under a title."""
    return lay_out(document(*blocks, notes=notes), setter(), policy)


def pdf_of(layout: Layout) -> bytes:
    """Write a layout as a file."""
    metadata = Metadata(
        title="Sample",
        author="Hillside Clinic",
        subject="Sample",
        language="en",
        identifier="5c1f7a52-9d1e-5b7e-8d0a-2f5f3a3f1a11",
        created=CREATED,
    )
    palette = roles(("#00788A",)).palette()
    return write(layout.pages, layout.root, palette=palette, metadata=metadata, claims="ua1")


def seen(layout: Layout) -> tuple[Seen, ...]:
    """Give every line, page by page, in drawing order."""
    return tuple(
        [
            line
            for number, page in enumerate(layout.pages, 1)
            for mark in own_marks(page)
            if isinstance(mark, TextMark)
            for line in _lines(mark, number)
        ]
    )


def _lines(mark: TextMark, page: int) -> Iterator[Seen]:
    for index, line in enumerate(mark.setting.lines[mark.first : mark.last]):
        owners = [mark.elements[segment.run] for segment in line.segments]
        yield Seen(
            page=page,
            x=mark.x,
            y=mark.y - index * mark.setting.leading,
            width=line.width,
            size=mark.setting.size,
            words="".join([read(segment) for segment in line.segments]),
            elements=tuple([owner.real for owner in owners if owner is not None]),
        )


def _upwards(element: StructureElement | None) -> Iterator[StructureElement]:
    while element is not None:
        yield element
        element = element.parent


def elements(root: StructureElement, *tags: str) -> Iterator[StructureElement]:
    """Yield the elements of these types, in reading order."""
    if root.tag in tags:
        yield root
    for kid in root.kids:
        yield from elements(kid, *tags)


def pages_of(element: StructureElement, lines: tuple[Seen, ...]) -> list[int]:
    """The page of each line of an element."""
    return [line.page for line in lines if line.within(element)]
