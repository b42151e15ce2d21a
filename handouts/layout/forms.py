"""Things to write on: fields, ruled lines, the box for an adhesive label."""

from handouts.document import Blank, RuledLines, Sticker
from handouts.layout.boxes import Box, LinePart, Part
from handouts.layout.setter import Column, Setter, line_parts
from handouts.layout.shapes import horizontal, rounded
from handouts.marks import ShapeMark
from handouts.structure import StructureElement
from handouts.units import MM


def blank(block: Blank, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """A label, and a rule from its end to the end of the column; a long label breaks."""
    form, role = setter.theme.forms, setter.role("field")
    room = column.width - form.field_gap - form.field_least
    text = setter.text(block.label, role, parent.add("P"), room)
    lines = len(text.setting.lines)
    height = form.field_pitch + max(0, lines - 1) * role.leading
    base = 6 - height
    parts: list[Part] = [
        LinePart(column.left, base + (lines - 1 - line) * role.leading, text, line)
        for line in range(lines)
    ]
    indent = text.setting.lines[-1].width + form.field_gap if lines else 0.0
    rule = horizontal(column.width - indent)
    left = column.left + indent
    parts.append(ShapeMark(left, base - 3, rule, stroke="rule", width=form.field_rule))
    return [Box(height, parts)]


def ruled_lines(block: RuledLines, setter: Setter, column: Column) -> list[Box]:
    """Empty lines; the first stands beside the head's first baseline."""
    form = setter.theme.forms
    count = block.count or form.lines
    rules = [
        ShapeMark(
            column.left,
            -number * form.line_pitch,
            horizontal(column.width),
            stroke="line",
            width=form.line_rule,
        )
        for number in range(1, count + 1)
    ]
    return [Box(count * form.line_pitch + 12, rules)]


def sticker(block: Sticker, setter: Setter, column: Column, parent: StructureElement) -> list[Box]:
    """A dashed box somewhat larger than the label, which is named in its corner."""
    form, role = setter.theme.forms, setter.role("note_label")
    width = min(sticker_width(setter), column.width)
    height = setter.label.height * MM + 2 * form.sticker_margin
    frame = ShapeMark(
        column.left,
        -height,
        rounded(width, height, form.sticker_radius),
        stroke="rule",
        width=form.sticker_rule,
        dash=form.sticker_dash,
    )
    inner = column.inset(form.sticker_inset, form.sticker_inset)
    text = setter.text(block.label, role, parent.add("P"), inner.width)
    lines = line_parts(text, role, inner.left, -form.sticker_inset + 2)
    space = setter.theme.space.box
    return [Box(height, [frame, *lines], space, space)]


def sticker_width(setter: Setter) -> float:
    """The width of the box for a label."""
    return setter.label.width * MM + 2 * setter.theme.forms.sticker_margin
