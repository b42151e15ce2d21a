"""Is everything large enough, and are lines short enough?  Section 11, 1 and 3."""

from collections import Counter
from collections.abc import Iterator

from handouts.units import MM
from handouts.verify.finding import Finding
from handouts.verify.printed import Block, Printed, TextLine

_SLACK = 0.01
_TEXT = ("P", "LBody", "LI", "TD", "TH", "Lbl")
_USUAL = 0.9
"""The part of all lines that must be of the usual length."""


def text_size(printed: Printed) -> Iterator[Finding]:
    """Find type that is too small; of raised and lowered letters the line they are in counts."""
    least = printed.limits.text
    for line in printed.lines:
        small = [run.size for run in line.runs if run.text.strip() and not run.rise]
        if small and min(small) < least - _SLACK:
            yield _at(
                line,
                f"“{_short(line.text)}” is set in {min(small):g} pt",
                f"Set it in {least:g} pt or more.",
            )


def x_height(printed: Printed) -> Iterator[Finding]:
    """Find small letters that are too low, as the embedded fonts draw them."""
    least = printed.limits.x_height
    for line in printed.lines:
        heights = [
            run.face.x_height * run.size
            for run in line.runs
            if not run.rise and run.face.x_height and run.text.upper() != run.text
        ]
        if heights and min(heights) < least - _SLACK:
            yield _at(
                line,
                f"the small letters of “{_short(line.text)}” are {min(heights) / MM:.2f} mm high",
                f"Set it larger, so that they are {least / MM:.1f} mm.",
            )


def body_size(printed: Printed) -> Iterator[Finding]:
    """Find out in which size most of the text is set."""
    size, least = _body_size(printed), printed.limits.body
    if size and size < least - _SLACK:
        yield Finding(
            what=f"most of the text is set in {size:g} pt",
            todo=f"Set running text in {least:g} pt or more.",
        )


def line_length(printed: Printed) -> Iterator[Finding]:
    """Find lines that are too long to find the way back from; a lone line has no way back."""
    limits = printed.limits
    size = max(_body_size(printed), limits.body)
    lines = [
        line
        for block in _running_text(printed)
        if len(block.lines) > 1 and limits.body - _SLACK <= block.size <= size + _SLACK
        for line in block.lines
    ]
    for line in lines:
        if len(line.text) > limits.line:
            yield _at(
                line,
                f"the line “{_short(line.text)}” has {len(line.text)} characters",
                f"Make the column narrower, or the type larger: {limits.line} at most.",
            )
    lengths = sorted(len(line.text) for line in lines)
    usual = lengths[int(_USUAL * (len(lengths) - 1))] if lengths else 0
    if usual > limits.usual_line:
        yield Finding(
            what=f"one line of ten has {usual} characters or more",
            todo=f"Make the column narrower: nine of ten should have {limits.usual_line} at most.",
        )


def _body_size(printed: Printed) -> float:
    """The size of most letters of running text, 0 when there is none."""
    letters: Counter[float] = Counter()
    for block in _running_text(printed):
        for line in block.lines:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _running_text(printed: Printed) -> Iterator[Block]:
    """Yield the text of sections: not what stands about the leaflet (its source and all below), nor the page for notes."""
    about = printed.words.furniture["about_leaflet"] if printed.words else ""
    counts = False
    for block in printed.blocks:
        if block.element.tag == "H2":
            counts = block.text != about
            if block.text in printed.notes:
                return
        elif printed.cites(block):
            counts = False
        elif block.element.tag in _TEXT and counts:
            yield block


def _at(line: TextLine, what: str, todo: str) -> Finding:
    return Finding(page=line.page, x=line.first.x, y=line.first.y, what=what, todo=todo)


def _short(text: str) -> str:
    limit = 40
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"
