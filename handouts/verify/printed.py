"""A file as it is printed and read aloud: its marks, its tags, and what it says about itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from handouts.strings import Strings
from handouts.values import frozen
from handouts.verify.drawn import Content, Mark, Picture, Run, Shape, inside
from handouts.verify.faces import Face
from handouts.verify.limits import Limits
from handouts.verify.outlines import Box
from handouts.verify.tags import Element, Tree

_EXACT = 0.01
_TOUCHING = 0.3
"""Runs of a line are so many ems apart at most."""


@frozen
class Facts:
    """What a file says about itself; "" for what it does not say.

    `about` is its subject: our leaflets' number, version and language.
    `claims` are the standards that its metadata names, as `PDF/UA-1`.
    """

    title: str
    shown_title: bool
    about: str
    language: str
    edition: str
    marked: bool
    tree: bool
    claims: tuple[str, ...]
    intent: bool
    xmp_title: str


@frozen(eq=False)
class TextLine:
    """Runs that go on where the one before ended; `block` is the element whose line it is, if any."""

    runs: tuple[Run, ...]
    block: Element | None

    @property
    def first(self) -> Run:
        """Its first run."""
        return self.runs[0]

    @property
    def page(self) -> int:
        """Its page."""
        return self.first.page

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return max([run.right for run in self.runs])

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max([run.size for run in self.runs])

    @property
    def text(self) -> str:
        """Its words."""
        return "".join([run.text for run in self.runs]).strip()


@frozen(eq=False)
class Block:
    """An element's text in reading order: its lines, on one page or more."""

    element: Element
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Its words, with a space for each line's end."""
        return " ".join(" ".join([line.text for line in self.lines]).split())

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max([line.size for line in self.lines])


@frozen(eq=False)
class Printed:
    """A whole file.

    `pages` are widths and heights, `links` are page and target, `faces` all fonts that a page names;
    `grounds` are the filled outlines, which other marks may stand on;
    `owners` leads from a content item to its element, `words` are those of its language, if we have
    them.
    """

    pages: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    grounds: tuple[Shape, ...]
    lines: tuple[TextLine, ...]
    blocks: tuple[Block, ...]
    tree: Tree
    owners: Mapping[Content, Element]
    links: tuple[tuple[int, str], ...]
    faces: tuple[Face, ...]
    facts: Facts
    limits: Limits
    words: Strings | None

    @property
    def runs(self) -> Iterator[Run]:
        """The text, blanks left out."""
        return (mark for mark in self.marks if isinstance(mark, Run) and mark.text.strip())

    @property
    def shapes(self) -> Iterator[Shape]:
        """The painted paths."""
        return (mark for mark in self.marks if isinstance(mark, Shape))

    @property
    def pictures(self) -> Iterator[Picture]:
        """The raster images."""
        return (mark for mark in self.marks if isinstance(mark, Picture))

    @property
    def notes(self) -> frozenset[str]:
        """The heads of pages and sections to write on."""
        return frozenset(self.words.notes.values()) if self.words else frozenset()

    def cites(self, block: Block) -> bool:
        """Whether a paragraph names the source, if there is one, and the date of its review."""
        return bool(self.words and _review(self.words).match(block.text))

    def owner(self, mark: Mark) -> Element | None:
        """Give the element whose content a mark is."""
        return self.owners.get(mark.content) if mark.content else None

    def ground(self, mark: Mark) -> str:
        """Give the colour that a mark stands on: of the last filled outline around it, else white.

        A line on the outline's edge is not inside: it has white on its other side.
        """
        box = mark.ink_box if isinstance(mark, Shape) else _middle(mark.box)
        below = [
            shape.fill.colour
            for shape in self.grounds
            if shape.order < mark.order
            and shape.page == mark.page
            and shape.fill
            and inside(box, shape.box, _EXACT)
        ]
        return below[-1] if below else "#FFFFFF"


def _review(words: Strings) -> re.Pattern[str]:
    reviewed = re.escape(words.furniture["source_reviewed"]).replace(r"\{date\}", r"\D*\d[^.]*")
    unknown = re.escape(words.furniture["source_review_unknown"])
    source = re.escape(words.furniture["source"])
    return re.compile(rf"(?:(?:.*[.·]\s)?{source}\b.*)?(?:{reviewed}|{unknown})", re.IGNORECASE)


def _middle(box: Box) -> Box:
    left, bottom, right, top = box
    x, y = (left + right) / 2, (bottom + top) / 2
    return x, y, x, y


# ---- lines and blocks --------------------------------------------------------------------------


def text_lines(marks: Iterable[Mark], owners: Mapping[Content, Element]) -> tuple[TextLine, ...]:
    """Join runs to lines, in the order they are drawn."""
    joined: list[tuple[list[Run], Element | None]] = []
    for run in marks:
        if not isinstance(run, Run):
            continue
        owner = owners.get(run.content) if run.content else None
        block = owner.block if owner else None
        if joined and joined[-1][1] is block and _goes_on(joined[-1][0][-1], run):
            joined[-1][0].append(run)
        else:
            joined.append(([run], block))
    found = [TextLine(runs=tuple(runs), block=block) for runs, block in joined]
    return tuple([line for line in found if line.text])


def _goes_on(last: Run, run: Run) -> bool:
    same = last.page == run.page and abs(last.y - run.y) < 0.1 and last.artifact == run.artifact  # noqa: PLR2004  (rounding)
    return same and abs(last.end - run.x) < _TOUCHING * max(last.size, run.size)


def text_blocks(lines: Iterable[TextLine], tree: Tree) -> tuple[Block, ...]:
    """Gather the lines of each element with text of its own, in reading order."""
    places = {content: index for index, (content, _) in enumerate(tree.items)}
    tagged = [line for line in lines if line.block and line.first.content in places]
    tagged.sort(key=lambda line: places[line.first.content] if line.first.content else 0)
    return tuple(
        [
            Block(element=element, lines=tuple(own))
            for element, own in groupby(tagged, attrgetter("block"))
        ]
    )
