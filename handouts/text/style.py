"""What a paragraph is set from: runs of text and a style."""

from typing import Literal, NamedTuple


class Run(NamedTuple):
    """A stretch of text of one kind.

    `face` names a chain of a `FaceSet`, `language` is a BCP 47 tag.
    `scale` multiplies the style's size; `rise` lifts the baseline, as a fraction of that size.
    """

    text: str
    face: str = "regular"
    language: str = "en"
    scale: float = 1.0
    rise: float = 0.0


class TextStyle(NamedTuple):
    """The numbers of a paragraph.

    `size` and `leading` are points, `tracking` points after every glyph.
    `last_words` takes a word down from the line before when the last line has only one.
    """

    size: float
    leading: float
    tracking: float = 0.0
    last_words: bool = False
    direction: Literal["ltr", "rtl"] = "ltr"
