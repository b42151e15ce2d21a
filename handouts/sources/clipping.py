"""Pages that were clipped as Markdown: block quotes, callouts, pictures, levels of headings.

The text keeps its lines, so that all that follows can name them.
"""

import re
from collections.abc import Iterator

from handouts.sources.back_matter import BACK
from handouts.sources.marked_text import plain_text
from handouts.sources.page_chrome import END, FRONT, match
from handouts.sources.pieces import marked_heading
from handouts.sources.reading import Notes
from handouts.strings import Strings

_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_MOSTLY = 0.6
"""When so large a share of the lines is quoted, the quote is the page."""

_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]? *")
_TARGET = r"\( ?<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?: {1,2}\"[^\"\n]*\")? ?\)"
_PICTURE = re.compile(
    rf"\[!\[(?P<linked>[^\[\]]*)\]{_TARGET}\]{_TARGET}"
    rf"|!\[(?P<alt>[^\[\]]*)\]{_TARGET}(?:[ \t]*\[(?P=alt)\]{_TARGET})?"
    r"|!\[\[[^\[\]\n]*\]\]"
)
_TITLED = re.compile(r"\]\( ?<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>? {1,2}\"([^\"\n]*)\" ?\)")
_ANGLES = re.compile(r"\]\(<([^<>\s]*)>\)")
_BARE = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_UNDERSCORES = re.compile(r"(?<![\w\\_])(__?)(?=[^\s_])([^_\n]*[^\s_])\1(?![\w_])")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+)==")
_PLUS = re.compile(r"^([ \t]*)\+(?=[ \t]+\S)")


def is_clipping(text: str) -> bool:
    """Tell whether text has Markdown's marks: headings, pictures, or a quote round it all."""
    lines = text.split("\n")
    return _is_quoted(lines) or any(marked_heading(line.strip()) for line in lines) or "![" in text


def without_markdown(text: str, words: Strings, notes: Notes) -> str:
    """Give the text as the other forms have it; what is left out is reported with its line."""
    lines = text.split("\n")
    if _is_quoted(lines):
        lines = list(_unquoted(lines, notes))
    return "\n".join(_relevelled([_line(at, line, notes) for at, line in _numbered(lines)], words))


def _numbered(lines: list[str]) -> Iterator[tuple[int, str]]:
    yield from enumerate(lines, 1)


# ---- quotes ------------------------------------------------------------------------------------


def _is_quoted(lines: list[str]) -> bool:
    written = [line for line in lines if line.strip()]
    quoted = sum(bool(_QUOTE.match(line)) for line in written)
    return quoted > 1 and quoted >= _MOSTLY * len(written)


def _unquoted(lines: list[str], notes: Notes) -> Iterator[str]:
    """Take the quote's marks away; what stands round the quote is the reader's own note."""
    quoted = [at for at, line in _numbered(lines) if _QUOTE.match(line)]
    for at, line in _numbered(lines):
        mark = _QUOTE.match(line)
        rest = line[mark.end() :] if mark else line
        if callout := _CALLOUT.match(rest):
            notes.drop(at, callout[1], "the kind of a callout")
            rest = rest[callout.end() :]
        if quoted[0] <= at <= quoted[-1]:
            yield rest
            continue
        if line.strip():
            notes.drop(at, line.strip(), "stands outside the quoted page")
        yield ""


# ---- marks in a line ---------------------------------------------------------------------------


def _line(at: int, line: str, notes: Notes) -> str:
    def picture(found: re.Match[str]) -> str:
        notes.drop(at, found[0], "images have rights of their own")
        return ""

    def titled(found: re.Match[str]) -> str:
        if found[2].strip():
            notes.drop(at, found[2], "the title of a link")
        return f"]({found[1]})"

    def wiki(found: re.Match[str]) -> str:
        if found[2]:
            notes.drop(at, found[1], "the target of a link; its words are kept")
        return found[2] or found[1]

    line = _PICTURE.sub(picture, line)
    line = _TITLED.sub(titled, line)
    line = _ANGLES.sub(r"](\1)", line)
    line = _BARE.sub(r"[](\1)", line)
    line = _WIKI.sub(wiki, line)
    line = _HIGHLIGHT.sub(r"\1", line)
    line = _UNDERSCORES.sub(
        lambda found: "*" * len(found[1]) + found[2] + "*" * len(found[1]), line
    )
    line = _PLUS.sub(r"\1-", line)
    return line.rstrip().removesuffix("\\")


# ---- levels ------------------------------------------------------------------------------------


def _relevelled(lines: list[str], words: Strings) -> Iterator[str]:
    """Give headings the levels that the page had: its title 1, sections 2, parts of them 3."""
    found = {at: mark for at, line in _numbered(lines) if (mark := marked_heading(line.strip()))}
    title = _title_line(lines, words)
    own = {at: level for at, (level, shown) in found.items() if not _is_back(shown, words)}
    highest = min((level for at, level in own.items() if at != title), default=2)
    for at, line in _numbered(lines):
        if at not in found:
            yield line
        elif at == title:
            yield f"# {found[at][1]}"
        else:
            yield ("### " if own.get(at, highest) > highest else "## ") + found[at][1]


def _title_line(lines: list[str], words: Strings) -> int:
    """Find the heading that is the title: it stands before all text, and is no known section."""
    for at, line in _numbered(lines):
        if not line.strip() or match(FRONT, line.strip()):
            continue
        mark = marked_heading(line.strip())
        is_title = mark and not words.role_of(plain_text(mark[1])) and not match(END, mark[1])
        return at if is_title else 0
    return 0


def _is_back(title: str, words: Strings) -> bool:
    shown = plain_text(title).strip()
    return words.role_of(shown) in BACK or match(END, shown) is not None
