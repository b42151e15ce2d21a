"""Paragraphs and headings: one box a line, held together where a break would look wrong."""

from collections.abc import Iterable

from handouts.document import Ended, Heading, Inlines, Paragraph, plain, text, title_words
from handouts.errors import LayoutError
from handouts.icons import ICONS
from handouts.layout.boxes import Box, LinePart, TextBlock
from handouts.layout.setter import Column, Setter, first_baseline
from handouts.marks import Bookmark, ShapeMark
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.values import replace

_BEFORE_END = 10.0
"""White before words at the right end of a line, at least."""

_FEWEST = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""


def line_boxes(
    block: TextBlock, role: TypeRole, column: Column, white: tuple[float, float]
) -> list[Box]:
    """One box a line; fewer than two lines are never left alone on a page."""
    base = first_baseline(role)
    lines = block.setting.lines
    count = len(lines)
    boxes = [
        Box(
            role.leading,
            (LinePart(column.line_start(line.width), -base, block, number),),
            baseline=base,
        )
        for number, line in enumerate(lines)
    ]
    for line in range(count - 1):
        boxes[line].keep = line < _FEWEST - 1 or line >= count - _FEWEST
    if boxes:
        boxes[0].before, boxes[-1].after = white
    return boxes


def paragraph(
    block: Paragraph | Ended, setter: Setter, column: Column, parent: StructureElement
) -> list[Box]:
    """Lay out a paragraph in its role."""
    if isinstance(block, Ended):
        return _ended(block, setter, column, parent)
    if not block.content:
        return []
    role = setter.role(block.role)
    white = setter.theme.space.paragraph if role.space < 0 else role.space
    icon = setter.theme.boxes.line_icon
    indent = icon + 10 if block.icon else 0.0
    inner = column.inset(indent) if indent else column
    role = uncut(block.content, role, setter, inner.width) if role.steps else role
    boxes = words(block.content, role, setter, inner, parent.add("P"), white=(white, white))
    if block.icon and boxes:
        part = icon_part(block.icon, icon, (column.left, -role.leading / 2))
        boxes[0].parts = [part, *boxes[0].parts]
    return boxes


def _ended(block: Ended, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """Lay out a paragraph with words at the right end of its first line, which are read after it."""
    said, small = text(block.end), setter.role("cell")
    width = setter.text(said, small, None, column.width).setting.lines[0].width
    inner = column.inset(0.0, width + _BEFORE_END)
    role = setter.role(block.paragraph.role)
    boxes = paragraph(block.paragraph, setter, inner, parent) or [Box(role.leading, ())]
    end = setter.text(said, small, parent.add("P"), column.width)
    part = LinePart(column.left + column.width - width, -first_baseline(role), end, 0)
    boxes[0].parts = [*boxes[0].parts, part]
    return boxes


def words(
    content: Inlines,
    role: TypeRole,
    setter: Setter,
    column: Column,
    element: StructureElement,
    *,
    white: tuple[float, float] = (0.0, 0.0),
) -> list[Box]:
    """Lay out inline content as the content of an element, with white above and below."""
    text = setter.text(content, role, element, column.width)
    return line_boxes(text, role, column, white)


def heading(block: Heading, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """Lay out a heading that stands in the text: the title, a page's head, or a sub-heading."""
    element = parent.add(f"H{block.level}")
    boxes = _heading(block, setter, column, element)
    bookmarked(boxes, block.level, block.content, element)
    for box in boxes:
        box.keep = box.hugs = True
    return boxes


def _heading(
    block: Heading, setter: Setter, column: Column, element: StructureElement
) -> list[Box]:
    content, space = block.content, setter.theme.space
    if block.level == 1:
        role, white = _title(content, setter, column), (space.title_before, space.title_after)
        return fitted(content, role, setter, column, element, lines=role.lines, white=white)[1]
    if block.level == 2 and column == setter.full:  # noqa: PLR2004  (a page's head)
        role, white = setter.role("page_head"), (0.0, space.title_after)
    else:
        role, white = setter.role("subhead"), (space.subhead_before, space.subhead_after)
    role = uncut(content, role, setter, column.width)
    return words(content, role, setter, column, element, white=white)


def _title(content: Inlines, setter: Setter, column: Column) -> TypeRole:
    """The title's role, with a smaller step for a word that is too wide even at the last one."""
    role = setter.role("title")
    size, leading = role.steps[-1] if role.steps else (role.size, role.leading)
    last = replace(role, size=size, leading=leading, steps=())
    smaller = uncut(content, last, setter, column.width)
    if smaller is last:
        return role
    return replace(role, steps=(*role.steps, (smaller.size, smaller.leading)))


def uncut(content: Inlines, role: TypeRole, setter: Setter, width: float) -> TypeRole:
    """The role of a head or a phone number, smaller where its widest word would be cut.

    It has the largest of its steps at which none is, else a smaller size, but no smaller than the
    text; a word that is cut even so is told.
    """
    said = plain(content)
    if max(map(len, said.split(" "))) * role.size <= width:  # no letter is wider than its size
        return role
    widest = setter.word_width(said, role)
    if widest <= width:
        return role
    if role.steps:
        (size, leading), *others = role.steps
        smaller = replace(role, size=size, leading=leading, steps=tuple(others))
        return uncut(content, smaller, setter, width)
    least = min(role.size, setter.role("body").size)
    size = max(least, int(_TENTHS * role.size * width / widest) / _TENTHS)
    warning = f"a word of “{said}” is cut: it is wider than its line"
    if widest * size > width * role.size and warning not in setter.warnings:
        setter.warnings.append(warning)
    return replace(
        role,
        size=size,
        leading=round(role.leading * size / role.size, 1),
        colour="text" if size < _LEAST_COLOURED <= role.size else role.colour,
    )


_TENTHS = 10
"""Sizes are whole tenths of a point."""

_LEAST_COLOURED = 15.0
"""The smallest type in colour: a laser's screen makes smaller letters ragged."""


def bookmarked(boxes: list[Box], level: int, content: Inlines, element: StructureElement) -> None:
    """Let an outline entry lead to the first of these boxes."""
    if boxes:
        boxes[0].bookmarks.append(Bookmark(level, title_words(content), element, 0.0))


def fitted(
    content: Inlines,
    role: TypeRole,
    setter: Setter,
    column: Column,
    element: StructureElement,
    *,
    lines: int,
    white: tuple[float, float] = (0.0, 0.0),
) -> tuple[TypeRole, list[Box]]:
    """Lay out the content of a new element in few lines.

    It has the largest size among a role's steps at which it takes no more, and no word is cut; when
    there is none, the last.
    """
    for step in (None, *role.steps):
        if step is not None:
            role = replace(role, size=step[0], leading=step[1])
        element.kids.clear()  # what was too large left its own there
        text = setter.text(content, role, element, column.width)
        count = len(text.setting.lines)
        if count == 1 or (  # a word that is cut takes two lines
            count <= lines and setter.word_width(plain(content), role) <= column.width
        ):
            break
    return role, line_boxes(text, role, column, white)


def icon_part(
    name: str,
    size: float,
    at: tuple[float, float],
    *,
    colour: str = "ink",
    pen: float = 2.0,
) -> ShapeMark:
    """An icon; `at` is its left edge and the height of its middle, `pen` is in 24ths of its size.

    Raises:
        LayoutError: There is no such icon.
    """
    if name not in ICONS:
        raise LayoutError(f"there is no icon {name!r}", hint=f"There is: {', '.join(ICONS)}")
    return ShapeMark(
        at[0],
        at[1] - size / 2,
        ICONS[name],
        stroke=colour,
        width=pen,
        scale=size / 24,
        round=True,
    )


def tell_cut(boxes: Iterable[Box], where: str, setter: Setter) -> None:
    """Tell of words that are wider than their line, since they are cut there."""
    if any(
        isinstance(one, LinePart) and one.block.setting.cut for box in boxes for one in box.parts
    ):
        setter.warnings.append(f"a word {where} is wider than its line: it is cut in two")


_HEAD_KEEPS = 3
"""Lines of its text that a head is never parted from."""


def keep_with_head(boxes: list[Box], setter: Setter, heads: int = 0) -> None:
    """Hold a few lines of what stands below a head on its page; the first boxes are the head's.

    A step is one box of many lines; that the second stands there, too, is no more than wished.
    """
    leading, lines = setter.role("body").leading, 0
    last = min(heads + _HEAD_KEEPS, len(boxes)) - 1
    for number, box in enumerate(boxes[:last]):
        lines += max(1, int(box.height / leading + _ROUNDING)) if number >= heads else 0
        if lines < _HEAD_KEEPS:
            box.keep = True
        else:
            box.leans = True


_ROUNDING = 0.01
"""Lines that sums of floats may be short of."""


def keep_together(boxes: list[Box], lines: int | None = None) -> None:
    """Hold the first so many boxes on one page (all, when None)."""
    last = len(boxes) - 1
    for box in boxes[: last if lines is None else min(lines - 1, last)]:
        box.keep = True
