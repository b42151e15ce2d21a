"""What a theme is made of: frozen classes whose fields are the keys of `themes/<edition>.toml`.

All lengths are points.
"""

from typing import Literal

from handouts.values import frozen


@frozen
class PageGeometry:
    """Margins and the fixed marks of a page.

    `top` and `bottom` are the margins of the text; `footer_*` are heights above the paper's edge:
    of the hairline, of the footer's baseline, and of the line kept for patient identifiers.
    """

    left: float
    right: float
    top: float
    bottom: float
    footer_rule: float
    footer_baseline: float
    footer_identifiers: float
    footer_pen: float
    """thickness of the footer's hairline"""
    inner: float = 0.0
    """what an inner margin has more than the outer one, where pages are folded into a booklet"""


@frozen
class Grid:
    """The two columns on one paper: the side column's width, and the gutter between them."""

    side: float
    gutter: float


Face = Literal["regular", "medium", "semibold", "bold", "italic", "serif"]
Colour = Literal["text", "white", "ink", "fill", "rule", "line", "tint", "accent", "alarm"]


@frozen
class TypeRole:
    """How a role of text is set.

    `face` names a face of the font set, `strong` and `emphasis` the faces of marked words in it;
    `tracking` is added after each glyph; `steps` are smaller (size, leading) pairs for a title of
    more than `lines` lines or with a word too long for its line, for a paragraph with such a word,
    and for words of the header that have no room; `last_words` avoids a one-word last line; `space`
    is the white above and below a paragraph in this role (below 0: the theme's `space.paragraph`);
    `strong_scale` is the size of strong words as a multiple of the role's.
    """

    face: Face
    size: float
    leading: float
    strong: Face = "bold"
    emphasis: Face = "medium"
    colour: Colour = "text"
    tracking: float = 0.0
    steps: tuple[tuple[float, float], ...] = ()
    lines: int = 2
    last_words: bool = False
    space: float = -1.0
    strong_scale: float = 1.0


@frozen
class Spacing:
    """Extra white between blocks."""

    paragraph: float
    """between paragraphs"""
    list: float
    """before and after a list"""
    lead_in: float
    """between a paragraph and the list that it opens"""
    item: float
    """between bulleted items"""
    fine_item: float
    """between items of fine print and of long lists"""
    step: float
    """between steps"""
    term: float
    """between term rows"""
    check: float
    """between checklist items"""
    subhead_before: float
    """before a sub-heading"""
    subhead_after: float
    """after a sub-heading"""
    box: float
    """before and after a callout"""
    section_head: float
    """from a section's hairline to its text"""
    head_after: float
    """from a section's head to the text below it"""
    head_box: float
    """from a section's head to a box, a strip, a table or steps below it"""
    section_box: float
    """from a section's hairline to a box or a table"""
    section_foot: float
    """from a section's text to the next hairline"""
    title_before: float
    """before the title"""
    title_after: float
    """after the title"""
    lead_foot: float
    """after the lead"""
    strip_foot: float
    """after the strip"""


@frozen
class ListShape:
    """Bullets, discs and boxes: radii, indents, strokes."""

    bullet_radius: float
    small_bullet_radius: float
    bullet_indent: float
    disc: Literal["filled", "outlined"]
    disc_radius: float
    disc_stroke: float
    step_indent: float
    step_height: float
    number_indent: float
    check_size: float
    check_stroke: float
    check_indent: float
    long_list: int
    """lists of at least so many items are set in the role `cell`"""
    pair_items: int
    """lists of at least so many short items run in two columns ..."""
    pair_characters: int
    """... when each has at most so many characters"""
    pair_limit: int
    """... and there are at most so many"""
    term_width: float
    term_gap: float


@frozen
class BoxShape:
    """Callouts, strips, tables: rules, insets, icons."""

    action_rule: float
    action_radius: float
    emergency_rule: float
    band: float
    """height of a callout's header band"""
    band_rule: float
    inset: float
    inset_top: float
    inset_bottom: float
    icon: float
    icon_stroke: float
    small_icon: float
    line_icon: float
    """the icon before a paragraph"""
    column_gap: float
    strip_rule: float
    strip_line: float
    strip_inset_top: float
    strip_inset_bottom: float
    strip_inset: float
    strip_icon: float
    strip_gap: float
    """from a strip cell's label to its words, and from the icon of a row to its label"""
    strip_term: float
    """width of the labels of facts that stand one below the other; 0 runs them in"""
    table_rule: float
    table_line: float
    table_inset: float
    table_head: float
    """width of the column of row heads"""
    hairline: float
    hairline_colour: Literal["line", "rule"]
    """the pale colour, or the one that people with low vision see"""


@frozen
class HeaderShape:
    """The head of page 1: logo box, phone, and the bar below them."""

    logo_width: float
    logo_height: float
    logo_clear: float
    """white that a logo keeps on each side, as a part of its height"""
    bar: float
    bar_top: float
    """from the text's top to the bar's upper edge; a higher header has it lower"""
    accent: float
    """length of the bar's first part, which is in the accent"""


@frozen
class SlotShape:
    """A place for the clinic's words: its fixed heights, the space round it, where it stands.

    The smallest of `heights` that holds the words is taken: pages can be shared by all clinics
    whose words take the same one.  Framed boxes one below the other take one each.  The header's
    bar stands lower by what it is higher than the first one.  Words that all clinics have alike
    need no heights, and are as high as they are.
    `place` is `flow`, `column` (it flows in the columns when it holds one box only), `foot` (of its
    page) or `over` (it takes no room: it stands `x` from the left text edge and `y` below where the
    text is, `width` wide).
    """

    heights: tuple[float, ...] = ()
    before: float = 0.0
    after: float = 0.0
    place: Literal["flow", "column", "foot", "over"] = "flow"
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0


@frozen
class FormShape:
    """Things to write on: fields, ruled lines, the label box.

    The box for a label is larger than the label, whose size the clinic chooses, by
    `sticker_margin` on each side.
    """

    field_pitch: float
    field_rule: float
    field_gap: float
    field_least: float
    """the least length of a field's rule; a longer label breaks"""
    line_pitch: float
    line_rule: float
    lines: int
    """ruled lines where the template gives no number"""
    sticker_margin: float
    sticker_rule: float
    sticker_dash: tuple[float, ...]
    sticker_radius: float
    sticker_inset: float


@frozen
class CodeShape:
    """The QR code: module size between two limits, aimed at a size with its quiet zone."""

    size: float
    smallest_module: float
    quiet: int
    column: float
    """width of its column where it stands beside boxes"""
