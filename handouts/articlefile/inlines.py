"""Inline content as Markdown that reads back as the same content."""

import re
import unicodedata

from handouts.document import Emphasis, Inline, Inlines, Link, Span, Strong, Sub, Sup, Text

_SIGN = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it marks nothing
    r"|<(?! )"
    r"|&(?=[#A-Za-z])"
    r"|\{(?=\.)"
)
_IN_WORD = re.compile(r"(?<!\\)_")
_SPACE = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
"""Spaces that end lines, or that are lost when a file is edited."""
_ENDS = re.compile(r"^\s+|\s+$")
_LINE_START = re.compile(r"(?:#{1,6}|[-+:]|-+|=+|~+)(?=\s|$)|>|~{3}")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_NEIGHBOURS = frozenset("([{\"'“‘«—–-/.,;:!?…)]}”’»")
"""Punctuation beside which a star is a mark when the letter on its other side is a letter."""
_IN_BRACKETS = re.compile(r"[<>\\&]")


def line_source(content: Inlines) -> str:
    """Write what stands at the start of a line: a paragraph, a term."""
    source = inline_source(content)
    if not content or not isinstance(content[0], Text):
        return source
    if _LINE_START.match(source):
        return f"\\{source}"
    return _NUMBER.sub(r"\1\\", source, count=1) if _NUMBER.match(source) else source


def inline_source(content: Inlines) -> str:
    """Write what stands behind a mark: a heading, a box's title, a cell."""
    return _ENDS.sub(lambda spaces: _references(spaces[0]), _joined(content))


def _references(characters: str) -> str:
    return "".join([f"&#{ord(character)};" for character in characters])


def _escaped(text: str) -> str:
    r"""Write characters: marks with `\`, what cannot be seen or would be composed as `&#160;`."""
    source = _SIGN.sub(r"\\\g<0>", text)
    if not unicodedata.is_normalized("NFC", text):
        source = _IN_WORD.sub(r"\\_", source)  # its neighbours will be no letters
        source = "".join([one if one.isascii() else _references(one) for one in source])
    return _SPACE.sub(lambda space: _references(space[0]), source)


# ---- marks -------------------------------------------------------------------------------------


def _joined(
    content: Inlines, before: str = "", after: str = "", inside: frozenset[str] = frozenset()
) -> str:
    """Write sibling parts; `before` and `after` are the characters round them."""
    source = ""
    for number, part in enumerate(content):
        behind = content[number + 1] if number + 1 < len(content) else None
        following = after if behind is None else _first(behind)
        source += _part(part, source[-1:] or before, following, inside)
        if source.endswith("!") and behind is not None:
            source = f"{source[:-1]}\\!"  # or a link behind it would be a picture
    return source


def _first(part: Inline) -> str:
    match part:
        case Text(text):
            return _escaped(text)[:1]
        case Emphasis() | Strong():
            return "*"
        case _:
            return "["


def _part(part: Inline, before: str, after: str, inside: frozenset[str]) -> str:
    match part:
        case Text(text):
            return _escaped(text)
        case Emphasis(content):
            return _starred(content, "*", before, after, inside)
        case Strong(content):
            return _starred(content, "**", before, after, inside)
        case Link(href, content):
            return f"[{_joined(content, '[', ']', inside)}]({_destination(href)})"
        case Sub(content):
            return _bracketed(content, ".sub", inside)
        case Sup(content):
            return _bracketed(content, ".sup", inside)
        case Span(language, content):
            return _bracketed(content, f"lang={language}", inside)


def _starred(content: Inlines, stars: str, before: str, after: str, inside: frozenset[str]) -> str:
    """Mark with stars where they surely open and close, else with brackets."""
    within = _joined(content, "*", "*", inside | {stars})
    if within and stars not in inside and _opens(before, within[0]) and _opens(after, within[-1]):
        return f"{stars}{within}{stars}"
    return _bracketed(content, ".em" if stars == "*" else ".strong", inside)


def _opens(outside: str, within: str) -> bool:
    """Tell whether stars between these two characters are a mark, on this side only.

    Source: CommonMark 0.31, 6.2, left- and right-flanking delimiter runs.
    """
    if outside in ("", " "):
        return not within.isspace() and within not in "*_"
    return outside in _NEIGHBOURS and within.isalnum()


def _bracketed(content: Inlines, mark: str, inside: frozenset[str]) -> str:
    within = _joined(content, "[", "]", inside)
    return f"[{within}]{{{mark}}}" if within else ""


def _destination(href: str) -> str:
    """Write a link's target between angle brackets, when it has spaces or round ones."""
    source = _SPACE.sub(lambda space: _references(space[0]), _IN_BRACKETS.sub(r"\\\g<0>", href))
    if not unicodedata.is_normalized("NFC", href):
        source = "".join([one if one.isascii() else _references(one) for one in source])
    return f"<{source}>" if re.search(r"[\s()]", source) or not source else source
