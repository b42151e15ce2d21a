"""What every block needs to be laid out: the theme, the faces, the page's columns, the pictures."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from handouts.document import Blocks, Inlines, Slot
from handouts.errors import LayoutError
from handouts.layout.boxes import Box, LinePart, TextBlock
from handouts.layout.inline import marked_runs
from handouts.marks import Image, Imprint
from handouts.structure import StructureElement
from handouts.text.binding import bind
from handouts.text.faces import FaceSet
from handouts.text.setting import set_text, widest_word
from handouts.text.style import TextStyle
from handouts.theme import Theme, TypeRole
from handouts.units import LABELS, Label, Paper
from handouts.values import frozen

CAP_HEIGHT = 0.66
"""Height of capitals in Source Sans and Source Serif, in em: text is centred on it in its line."""

_HEAD_AGAIN = 3
"""Lines of a head for which there is room where it opens a panel again."""


class Column(NamedTuple):
    """A column of text: its left edge on the page, its width, and whether lines are flush right."""

    left: float
    width: float
    flush_right: bool = False

    def inset(self, left: float, right: float = 0.0) -> "Column":
        """The column within this one, so far from its edges."""
        return Column(self.left + left, self.width - left - right, self.flush_right)

    def line_start(self, width: float) -> float:
        """Where a line of a width begins."""
        return self.left + (self.width - width if self.flush_right else 0.0)


@frozen(kw_only=False)
class Site:
    """Where a slot stands: its name, its column, and whether a box of the leaflet's own is round it.

    `above` is the height of the leaflet's own words that stand above the clinic's at the right of the
    header, and `beside` their width, where it counts.
    """

    name: str
    column: Column
    boxed: bool = False
    above: float = 0.0
    beside: float = 0.0


@frozen(eq=False)
class SetSlot:
    """The words of a slot, set for a site.

    `boxes` is what the flow sees of them: boxes whose only part is an imprint's, of which the header
    has one at each side. With the same `form`, other words leave everything round them as it is.
    """

    imprints: tuple[Imprint, ...]
    boxes: tuple[Box, ...]
    form: tuple[object, ...]
    warnings: tuple[str, ...] = ()


@frozen(kw_only=False, eq=False)
class FilledSlot:
    """A slot that was met: which of the document's it is, its site, and its words as they are set."""

    slot: Slot
    site: Site
    words: SetSlot


class Setter:
    """The theme on one paper, with the faces and pictures it draws on.

    `sheet` is the paper in the printer, `paper` a page of it, which is smaller where it is folded.
    `images` are the decoded pictures by the name that a Figure's source gives them; `label` is the
    one that the notes page has room for.
    `keeps` says whether the words of slots may be kept for other leaflets.
    `warnings` gathers what a person should know of the result, `slots` the slots that were met.
    """

    def __init__(
        self,
        *,
        theme: Theme,
        sheet: Paper,
        paper: Paper,
        faces: FaceSet,
        language: str,
        images: Mapping[str, Image],
        label: Label = LABELS["90x50"],
        keeps: bool = False,
    ) -> None:
        self.theme, self.sheet, self.paper = theme, sheet, paper
        self.faces, self.language, self.images, self.label = faces, language, images, label
        self.keeps = keeps
        self.warnings: list[str] = []
        self.slots: list[FilledSlot] = []

    @cached_property
    def full(self) -> Column:
        """The whole text width."""
        page = self.theme.page
        return Column(page.left, self.paper.width - page.left - page.right)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in which sections flow."""
        count, gap = self.theme.flow.columns, self.theme.flow.gap
        width = (self.full.width - gap * (count - 1)) / count
        return tuple([Column(self.full.left + n * (width + gap), width) for n in range(count)])

    @property
    def side(self) -> Column:
        """The column in which heads hang."""
        return Column(self.full.left, self.theme.grid[self.paper.name].side)

    @property
    def main(self) -> Column:
        """The column of a section's text."""
        return self.text_of(self.columns[0])

    def hangs_heads(self, column: Column) -> bool:
        """Whether section heads hang at the side of this column's text."""
        return self.theme.flow.heads == "beside" and column == self.full

    def text_of(self, column: Column) -> Column:
        """The part of a column in which a section's text stands, beside its head."""
        return self.beside(column) if self.hangs_heads(column) else column

    def beside(self, column: Column) -> Column:
        """The part of a column beside what hangs at its side."""
        grid = self.theme.grid[self.paper.name]
        return column.inset(grid.side + grid.gutter)

    @property
    def body_height(self) -> float:
        """The height that text may fill on a page."""
        return self.paper.height - self.theme.page.top - self.theme.page.bottom

    @property
    def whole_height(self) -> float:
        """The height that text may have which is not to break: panels open with a head again."""
        if self.theme.fold.kind != "panels":
            return self.body_height
        again = _HEAD_AGAIN * self.role("head").leading + self.theme.space.head_after
        return self.body_height - again

    def role(self, name: str) -> TypeRole:
        """How a role of text is set.

        Raises:
            LayoutError: The theme has no such role.
        """
        role = self.theme.type.get(name)
        if role is None:
            there = ", ".join(sorted(self.theme.type))
            raise LayoutError(f"the theme has no text role {name!r}", hint=f"It has: {there}")
        return role

    def text(
        self, content: Inlines, role: TypeRole, element: StructureElement | None, width: float
    ) -> TextBlock:
        """Set inline content to a width, in a role, as the content of an element."""
        marked = marked_runs(content, role, self.language, element, floor=self.theme.floor)
        style = TextStyle(role.size, role.leading, role.tracking, role.last_words)
        return TextBlock(
            set_text(marked.runs, style, width, self.faces),
            role.colour,
            marked.elements,
            marked.hrefs,
            tuple([run.text for run in marked.runs]),
        )

    def word_width(self, words: str, role: TypeRole, *, bound: bool = True) -> float:
        """The width of the widest word in a role: a column that is narrower would cut it.

        Words that are bound to each other are one, unless `bound` says otherwise.
        """
        said = bind(words, self.language) if bound else " ".join(words.split())
        return widest_word(said, role.face, role.size, self.faces)


Lay = Callable[[Blocks, Column, StructureElement], list[Box]]
"""Lays out blocks in a column under an element: what containers call for their content."""


def first_baseline(role: TypeRole) -> float:
    """From the top of a line's box down to its baseline: capitals stand in its middle."""
    return (role.leading + CAP_HEIGHT * role.size) / 2


def line_parts(block: TextBlock, role: TypeRole, x: float, y: float = 0.0) -> list[LinePart]:
    """All lines of a block as parts of one box; the top of the first line is at `y`."""
    base = y - first_baseline(role)
    return [
        LinePart(x, base - number * role.leading, block, number)
        for number in range(len(block.setting.lines))
    ]
