"""Callouts and blocks side by side: three kinds of box told apart by form, not by hue."""

from handouts.document import (
    QR,
    Block,
    Callout,
    Columns,
    Figure,
    Item,
    Paragraph,
    Sticker,
    Strong,
    Text,
    plain,
    title_words,
)
from handouts.layout.boxes import (
    Box,
    LinePart,
    Part,
    TextBlock,
    natural_height,
    raised,
    stack,
)
from handouts.layout.forms import sticker_width
from handouts.layout.paragraphs import icon_part, keep_together, uncut
from handouts.layout.setter import CAP_HEIGHT, Column, Lay, Setter
from handouts.layout.shapes import horizontal, rounded, rounded_band
from handouts.marks import Bookmark, ShapeMark
from handouts.structure import StructureElement
from handouts.theme import TypeRole
from handouts.values import frozen, replace


@frozen(kw_only=False)
class _Form:
    """What tells one kind of box from another; a row of `_FORMS`."""

    border: str
    band: str
    icon: str
    label: str
    default_icon: str


_FORMS = {
    "action": _Form("rule", "tint", "ink", "text", "clipboard-check"),
    "emergency": _Form("alarm", "alarm", "white", "white", "triangle-alert"),
}


@frozen(kw_only=False)
class _Panel:
    """A box before its frame is drawn: its content, and the height that it needs by itself."""

    head: list[Part]
    bookmark: Bookmark
    band: float
    content: list[Box]
    form: _Form
    height: float


def callout(
    block: Callout, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out a callout; one that no page can hold loses its frame and flows."""
    if block.kind == "note":
        return _note(block, setter, column, _aside(parent), lay)
    panel = _panel(block, setter, column, _aside(parent), lay)
    if panel.height > setter.body_height:
        setter.warnings.append("a box is taller than a page, so it is set without its frame")
        return _unframed(panel, setter, column)
    return [_framed(panel, setter, column, panel.height)]


def _aside(parent: StructureElement) -> StructureElement:
    """The box's element; an Aside may not hold another one (ISO 32005)."""
    above: StructureElement | None = parent
    while above is not None and above.tag != "Aside":
        above = above.parent
    return parent.add("Sect" if above else "Aside")


def _panel(
    block: Callout, setter: Setter, column: Column, element: StructureElement, lay: Lay
) -> _Panel:
    shape = setter.theme.boxes
    label = element.add(f"H{block.level}")
    head, band = _head(block, setter, column, label)
    bookmark = Bookmark(block.level, title_words(block.title), label, 0.0)
    content = lay(block.blocks, column.inset(shape.inset, shape.inset), element)
    height = band + shape.inset_top + natural_height(content) + shape.inset_bottom
    return _Panel(head, bookmark, band, content, _FORMS[block.kind], height)


def _head(
    block: Callout, setter: Setter, column: Column, label: StructureElement
) -> tuple[list[Part], float]:
    """The icon and the label in the band, and the band's height."""
    shape, form = setter.theme.boxes, _FORMS[block.kind]
    role = replace(setter.role("callout_head"), colour=form.label)
    left = column.left + shape.inset + shape.icon + 8
    width = column.left + column.width - left - shape.inset
    role = uncut(block.title, role, setter, width)
    text = setter.text(block.title, role, label, width)
    band = shape.band + max(0, len(text.setting.lines) - 1) * role.leading
    icon = icon_part(
        block.icon or form.default_icon,
        shape.icon,
        (column.left + shape.inset, -band / 2),
        colour=form.icon,
        pen=shape.icon_stroke,
    )
    return [icon, *_centred(text, role, left, -band / 2)], band


def _centred(block: TextBlock, role: TypeRole, x: float, middle: float) -> list[Part]:
    """The lines of a text whose capitals stand round a height."""
    lines = range(len(block.setting.lines))
    base = middle + (len(lines) - 1) * role.leading / 2 - CAP_HEIGHT / 2 * role.size
    return [LinePart(x, base - line * role.leading, block, line) for line in lines]


def _framed(panel: _Panel, setter: Setter, column: Column, height: float) -> Box:
    """The panel with its frame drawn at a height, which may be more than it needs."""
    shape, form = setter.theme.boxes, panel.form
    heavy = form is _FORMS["emergency"]
    pen = shape.emergency_rule if heavy else shape.action_rule
    left, width, half = column.left, column.width, pen / 2
    radius = shape.action_radius
    band = rounded_band(width - pen, panel.band - half, radius - half, 0.0)
    frame = rounded(width - pen, height - pen, radius - half)
    parts: list[Part] = [ShapeMark(left + half, -panel.band, band, fill=form.band)]
    if not heavy:
        rule = horizontal(width)
        parts.append(ShapeMark(left, -panel.band, rule, stroke="rule", width=shape.band_rule))
    parts.append(ShapeMark(left + half, half - height, frame, stroke=form.border, width=pen))
    parts += panel.head
    content = stack(panel.content)
    parts += raised(content.parts, -panel.band - shape.inset_top)
    space = setter.theme.space.box
    marks = [panel.bookmark, *content.bookmarks]
    return Box(height, parts, space, space, frames=1, bookmarks=marks)


def _unframed(panel: _Panel, setter: Setter, column: Column) -> list[Box]:
    """The callout's head above its content, which may then break over pages."""
    parts = [
        replace(part, block=replace(part.block, colour="text"))
        if isinstance(part, LinePart)
        else replace(part, stroke="ink")
        for part in panel.head
        if isinstance(part, LinePart | ShapeMark)
    ]
    rule = ShapeMark(column.left, 0.0, horizontal(column.width), stroke="rule", width=1.0)
    opening = Box(panel.band, [rule, *parts], setter.theme.space.box, keep=True)
    opening.bookmarks = [panel.bookmark]
    return [opening, *panel.content]


def _note(
    block: Callout, setter: Setter, column: Column, element: StructureElement, lay: Lay
) -> list[Box]:
    """A note: a hairline, and its title run in before its first words."""
    blocks = _run_in(block)
    boxes = lay(blocks, column, element)
    shape = setter.theme.boxes
    rule = ShapeMark(
        column.left,
        0.0,
        horizontal(column.width),
        stroke=shape.hairline_colour,
        width=shape.hairline,
    )
    opening = Box(setter.theme.space.section_head - 2, [rule], setter.theme.space.box, keep=True)
    if boxes:
        boxes[0].before = 0.0
        boxes[-1].after = max(boxes[-1].after, setter.theme.space.box)
    keep_together(boxes, 2)
    return [opening, *boxes]


def _run_in(block: Callout) -> Item:
    """The title in bold before the first words, with a full stop if it has no mark of its own."""
    if not block.title:
        return block.blocks
    marked = plain(block.title).rstrip()[-1:] in _MARKS
    title = block.title if marked else (*block.title, Text("."))
    match block.blocks:
        case (Paragraph(content, role), *rest):
            return (Paragraph((Strong(title), Text(" "), *content), role), *rest)
        case rest:
            return (Paragraph((Strong(title),)), *rest)


_MARKS = (".", ":", "!", "?", "…")


# ---- side by side ------------------------------------------------------------------------------


def columns(
    block: Columns, setter: Setter, column: Column, parent: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out blocks side by side in equal columns, or stacked; boxes side by side share one height.

    A lone box is as wide as text is, so that its lines are not too long to read.
    """
    if len(block.columns) == 1 and _is_box(block.columns[0]):
        column = _measure(setter, column)
    places = _places(block.columns, setter, column)
    if _stacked(block, places, setter):
        return [box for blocks in block.columns for box in lay(blocks, column, parent)]
    made = [
        _panel_or_boxes(blocks, setter, place, parent, lay)
        for blocks, place in zip(block.columns, places, strict=True)
    ]
    height = max([one.height for one in made])
    parts: list[Part] = []
    bookmarks: list[Bookmark] = []
    frames = 0
    for one, place in zip(made, places, strict=True):
        box = _framed(one, setter, place, height) if isinstance(one, _Panel) else one
        parts += box.parts
        bookmarks += box.bookmarks
        frames += box.frames
    space = setter.theme.space.box
    return [Box(height, parts, space, space, frames=frames, bookmarks=bookmarks)]


def _is_box(blocks: Item) -> bool:
    """Whether a column holds one framed box only."""
    return len(blocks) == 1 and isinstance(blocks[0], Callout) and blocks[0].kind != "note"


def _measure(setter: Setter, column: Column) -> Column:
    """The part of a column that is as wide as lines of text."""
    place = setter.text_of(column)
    return Column(place.left, min(place.width, setter.main.width))


_LEAST_BESIDE_LABEL = 140.0
"""The least width that is left beside the box for a label."""


def _stacked(block: Columns, places: list[Column], setter: Setter) -> bool:
    """Whether the columns stand one below the other: by the theme, or for want of room."""
    if any(_is_sticker(blocks) for blocks in block.columns):
        return min([place.width for place in places]) < _LEAST_BESIDE_LABEL
    return setter.theme.flow.boxes == "stacked"


def _is_sticker(blocks: Item) -> bool:
    """Whether a column holds a label's box only."""
    return len(blocks) == 1 and isinstance(blocks[0], Sticker)


def _places(columns: tuple[Item, ...], setter: Setter, column: Column) -> list[Column]:
    """Equal columns; one with a label's box only, or with a code, is as wide as that needs."""
    gap = setter.theme.boxes.column_gap
    fixed = [_own_width(blocks, setter) for blocks in columns]
    room = column.width - gap * (len(columns) - 1) - sum(fixed)
    share = room / max(1, fixed.count(0.0))
    places, left = [], column.left
    for width in fixed:
        places.append(Column(left, width or share))
        left += (width or share) + gap
    return places


def _own_width(blocks: Item, setter: Setter) -> float:
    """The width of a column whose content has one; 0 when it takes what there is."""
    match blocks:
        case (Sticker(),):
            return sticker_width(setter)
        case (Figure(source=source), *_) if source.startswith(QR):
            return setter.theme.code.column
        case _:
            return 0.0


def _panel_or_boxes(
    blocks: tuple[Block, ...],
    setter: Setter,
    column: Column,
    parent: StructureElement,
    lay: Lay,
) -> _Panel | Box:
    """A lone framed callout as a panel that can grow; anything else as one box."""
    match blocks:
        case (Callout() as block,) if _is_box(blocks):
            return _panel(block, setter, column, _aside(parent), lay)
        case _:
            return stack(lay(blocks, column, parent))
