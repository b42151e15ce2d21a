"""Markdown into nodes: CommonMark with tables and definition lists, without HTML.

This is the only module that knows the parser.
Most of a leaflet is plain words in paragraphs and items of one line; rules of ours spare the parser
its search for signs in them, and give what it would give.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from handouts.errors import Place, SourceError
from handouts.sources.markdown_inline import Node

_SIGN = re.compile(r"[\n\\`*_<&]|\]\(")
"""What inline content has that is no plain words; a picture is a link behind a `!`."""

_SIGN_OR_BRACKET = re.compile(rf"{_SIGN.pattern}|\[")
"""The same where a bracket may name a link's target that is defined somewhere."""

_DEEPEST = 18
"""Levels of nesting that the parser certainly reads; it would drop deeper text silently."""


class _Parser(MarkdownIt):
    """The library's parser, with links as they are written."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  (its name in the library)
        """Take every link: the reader judges them, and reports those it leaves out."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (its name in the library)
        """Keep a link as it is written."""
        return url


def plain_parser() -> MarkdownIt:
    """Make a parser without rules of ours; the text that it gets has normal line ends."""
    parser = _Parser("commonmark", {"html": False}).enable("table").use(deflist_plugin)
    parser.block.ruler.at("reference", _reference)
    parser.inline.ruler.at("link", partial(_whole, link, 0))
    parser.inline.ruler.at("image", partial(_whole, image, 1))
    return parser.disable(("normalize", "html_block", "html_inline", "text_join"))


@cache
def quick_parser() -> MarkdownIt:
    """Give the parser with quick rules for what is most frequent, made once."""
    parser = plain_parser()
    parser.block.ruler.before("table", "one_line", _one_line)
    parser.block.ruler.before("table", "one_line_items", _one_line_items)
    parser.core.ruler.at("inline", _inline)
    return parser


def parsed(
    body: str, place: Callable[[int], Place]
) -> tuple[Sequence[Node], Sequence[Mapping[str, Any]]]:
    """Parse a body into nodes, and give its definitions of link targets.

    Args:
        body: Markdown with normal line ends.
        place: Gives the place of a line, counted from 0.

    Raises:
        SourceError: Lists or quotes stand too deep inside each other.
    """
    found: dict[str, Any] = {}
    tokens = quick_parser().parse(body, found)
    for token in tokens:
        if token.level > _DEEPEST:
            hint = "Write fewer lists or quotes inside each other."
            where = place(token.map[0] if token.map else 0)
            raise SourceError("the text is nested too deeply", place=where, hint=hint)
    references = [*found.get("references", {}).values(), *found.get("duplicate_refs", ())]
    return cast("Sequence[Node]", _tree(tokens)), references


def _tree(tokens: Sequence[Token]) -> list[Token]:
    """Put tokens into each other, so that each is a node.

    What stands between two that open and close becomes the children of the first; inline parts are
    the children of their block.
    """
    top: list[Token] = []
    inside = [top]
    for token in tokens:
        if token.nesting < 0:
            inside.pop()
            continue
        children = _tree(token.children) if token.children else []
        if token.type == "inline":
            inside[-1] += children
            continue
        inside[-1].append(token)
        token.children = children
        if token.nesting:
            token.type = token.type.removesuffix("_open")
            inside.append(children)
    return top


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (as the library calls it)
    """Read the definition of a link's target; that of a footnote, `[^1]: Words`, is text."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


def _whole(
    rule: Callable[[StateInline, bool], bool],
    before: int,
    state: StateInline,
    silent: bool,  # noqa: FBT001  (as the library calls it)
) -> bool:
    """Read a link or picture; not one as `[a](words][b]`, of which the library drops the words."""
    start = state.pos
    if state.env.get("references") and rule(state, True):  # noqa: FBT003  (only to see its end)
        end, state.pos = state.pos, start
        behind = state.md.helpers.parseLinkLabel(state, start + before, not before) + 1
        if state.src[behind : behind + 1] == "(" and end > behind and state.src[end - 1] == "]":
            return False
    return rule(state, silent)


# ---- quick rules -------------------------------------------------------------------------------


def _inline(state: StateCore) -> None:
    """Parse inline content; plain words are one text."""
    parser = state.md
    sign = _SIGN_OR_BRACKET if state.env.get("references") else _SIGN
    for token in state.tokens:
        if token.type != "inline" or not token.content:
            continue
        if sign.search(token.content):
            token.children = parser.inline.parse(token.content, parser, state.env, [])
        else:
            token.children = [Token("text", "", 0, content=token.content)]


def _one_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (as the library calls it)
    """Read a paragraph of one line that begins with a letter, as no other block does."""
    first = state.src[state.bMarks[start] + state.tShift[start]]
    if silent or not first.isalpha() or state.is_code_block(start):
        return False
    if not _ends(state, start + 1):
        return False
    last, state.lineMax = state.lineMax, start + 1
    paragraph(state, start, end, silent)
    state.lineMax = last
    return True


_ITEM = re.compile(r"- ([^\W\d_](?:[^\n]*\S)?) *$", re.MULTILINE)


def _one_line_items(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (the same)
    """Read a list, of the text itself, whose items have one line each that begins with a letter."""
    if silent or state.level or state.parentType != "root":
        return False
    items: list[str] = []
    while start + len(items) < end and (
        found := _ITEM.match(state.src, state.bMarks[start + len(items)])
    ):
        items.append(found[1])
    stop = start + len(items)
    below = state.skipEmptyLines(stop)
    if stop == start or (stop == below < end) or not _is_apart(state, below, end):
        return False
    state.push("bullet_list_open", "ul", 1).map = [start, below]
    opening = len(state.tokens) - 1
    for line, words in enumerate(items, start):
        _item(state, words, line, line + 1 if line < stop - 1 else below)
    state.push("bullet_list_close", "ul", -1).markup = state.tokens[opening].markup = "-"
    state.line = below
    return True


def _is_apart(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether a line surely belongs to no list above it, nor makes terms of its items."""
    if line >= end:
        return True
    first = state.src[state.bMarks[line]]
    return first == "#" or first.isalpha()


def _item(state: StateBlock, words: str, line: int, below: int) -> None:
    """Push an item that has one line of words; `below` is the line that follows it."""
    item = state.push("list_item_open", "li", 1)
    opened = state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = words, []
    closed = state.push("paragraph_close", "p", -1)
    opened.hidden = closed.hidden = True
    item.map, opened.map, inline.map = [line, below], [line, line + 1], [line, line + 1]
    item.markup = state.push("list_item_close", "li", -1).markup = "-"


def _ends(state: StateBlock, line: int) -> bool:
    """Tell whether a paragraph surely ends above a line, and is no term, heading or table.

    These have their marks in the line below, of the same indent, or a term's below a blank one.
    """
    if line >= state.lineMax:
        return True
    if state.isEmpty(line):
        below = state.bMarks[line + 1] + state.tShift[line + 1]
        return state.src[below : below + 1] not in ("~", ":")
    if not 0 <= state.sCount[line] < state.blkIndent:
        return False
    rules = state.md.block.ruler.getRules("paragraph")
    return any(rule(state, line, state.lineMax, True) for rule in rules)  # noqa: FBT003  (the same)
