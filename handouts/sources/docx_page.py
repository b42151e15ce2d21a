"""The HTML that a Word document becomes: its title found, its headings told from bold paragraphs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handouts.document import (
    Block,
    Blocks,
    Inlines,
    Paragraph,
    Table,
    Text,
    plain,
)
from handouts.sources.docx_signs import bullet
from handouts.sources.docx_write import GAP, TITLE
from handouts.sources.headings import looks_like_title
from handouts.sources.html_tree import tag_of, words
from handouts.sources.pieces import Piece
from handouts.sources.reading import Guess, Notes
from handouts.sources.typed_lists import with_lists
from handouts.values import replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TYPE = ("strong", "b", "u", "em")
_SURE, _LESS_SURE = 0.7, 0.4
_NEAR = 5
"""A title in bold type stands among so many paragraphs from the beginning."""

SECTION, BELOW = "h2", "h5"
_TYPED = "•·▪◦●*–-"
_MEANT = "✓✔✗✘☐☑☒□"
_OTHER_SIGNS = f"○‣∙■➢►{_MEANT}"


def settle_names(root: "HtmlElement") -> None:
    """Take the marks out that the names of bookmarks are, and number lists as Word does."""
    for anchor in root.xpath("//a[@id]"):
        name, parent = anchor.get("id"), anchor.getparent()
        if name == GAP:
            parent.drop_tree()
        elif name == TITLE:
            parent.set("class", TITLE)
            anchor.drop_tag()
        else:
            item = next(one for one in anchor.iterancestors() if tag_of(one) == "li")
            listed = item.getparent()
            if tag_of(listed) == "ol" and listed[0] is item and name != "n1":
                listed.set("start", name[1:])
            anchor.drop_tag()
    for heading in root.xpath(
        "//table//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
    ):
        heading.tag = "p"


def find_title(
    root: "HtmlElement", own: str, given: str, notes: Notes
) -> "tuple[HtmlElement | None, str]":
    """Find the title: the paragraph that it is, or none and its words.

    Args:
        root: The text.
        own: The title that the document's properties say.
        given: The title that the caller says.
        notes: How sure it is is reported here.
    """
    styled = root.find_class(TITLE)
    first = next((one for one in root.iter() if tag_of(one) in _LEVELS), None)
    found, sure = (styled[0], 1.0) if styled else (None, 1.0)
    if found is None and first is not None and tag_of(first) == "h1":
        found, sure = first, 1.0 if len(root.xpath("//h1")) == 1 else _SURE
    if found is None and (own or given):
        said = own or given
        same = next((one for one in _top(root) if words(one) == said), None)
        notes.guessed.append(Guess(0, said, 0.9 if same is not None else 0.6, "title"))
        return same, said
    if found is None:
        lines = list(_top(root))
        found = next((one for one in lines if is_bold_title(one)), None)
        near = found is not None and found in lines[:_NEAR]
        sure = 0.6 if near else _LESS_SURE
    if found is not None:
        notes.guessed.append(Guess(0, words(found), sure, "title"))
    return found, ""


def _top(root: "HtmlElement") -> "Iterator[HtmlElement]":
    for body in root.iter("body"):
        yield from body


def is_bold_title(element: "HtmlElement") -> bool:
    """Tell whether a paragraph is in bold or underlined type as a whole, and looks like a title."""
    shown = words(element)
    if tag_of(element) != "p" or not shown:
        return False
    inner, strong = element, False
    while len(inner) == 1 and tag_of(inner[0]) in _TYPE and words(inner[0]) == shown:
        inner = inner[0]
        strong = strong or tag_of(inner) in ("strong", "b", "u")
    title = shown.removesuffix(":").rstrip()
    return strong and bool(title) and looks_like_title(Piece(0, "text", title))


def settle_headings(body: "HtmlElement", notes: Notes) -> "set[HtmlElement]":
    """Name headings of sections `SECTION` and those below `BELOW`; give those that are guessed.

    A single heading above all others is one of them, since Word has no title without its style.
    """
    found = [one for one in body.iter() if tag_of(one) in _LEVELS]
    bold = [one for one in body if is_bold_title(one) and _has_body(one)]
    for one in bold if found else ():
        one.tag = BELOW
        notes.guessed.append(Guess(0, words(one), _SURE, "sub-heading"))
    levels = sorted({tag_of(one) for one in found})
    top = levels[:1]
    if len(levels) > 1 and tag_of(found[0]) == top[0]:
        single = sum(tag_of(one) == top[0] for one in found) == 1
        top = levels[: 2 if single else 1]
    for one in found or bold:
        one.tag = SECTION if not found or tag_of(one) in top else BELOW
    return set() if found else set(bold)


def _has_body(element: "HtmlElement") -> bool:
    follower = element.getnext()
    return follower is not None and not is_bold_title(follower) and tag_of(follower) not in _LEVELS


# ---- typed lists -------------------------------------------------------------------------------


def with_typed_lists(found: Blocks, notes: Notes) -> Blocks:
    """Make lists of paragraphs with typed signs, Word's own signs and those in tables too."""
    signed = tuple(_with_signs(found, notes))
    made = with_lists(signed, notes, 0)
    return tuple([_in_cells(block, notes) for block in made])


def _in_cells(block: Block, notes: Notes) -> Block:
    if not isinstance(block, Table):
        return block
    head, rows = (
        tuple(
            tuple(replace(cell, blocks=with_typed_lists(cell.blocks, notes)) for cell in row)
            for row in part
        )
        for part in (block.head, block.rows)
    )
    return Table(head, rows)


def _with_signs(found: Blocks, notes: Notes) -> Iterator[Block]:
    """Give paragraphs that begin with a sign of a symbol font, or a typed `o`, a common sign.

    A sign that says something stays behind it; like an `o`, it is no bullet by itself.
    """
    for index, block in enumerate(found):
        sign = _sign(block)
        beside = (*found[max(0, index - 1) : index], *found[index + 1 :][:1])
        is_bullet = sign not in ("o", *_MEANT) or any(map(_sign, beside))
        if isinstance(block, Paragraph) and sign and is_bullet:
            yield Paragraph(_signed(block.content, _common(sign, notes)))
        else:
            yield block


def _common(sign: str, notes: Notes) -> str:
    if bullet("", sign) is None:
        notes.warnings.append(f"a sign of a symbol font is taken for a bullet: {sign!r}")
    return "◦" if sign == "o" else f"• {sign}" if sign in _MEANT else "•"


def _sign(block: Block) -> str:
    """Give the sign that a paragraph begins with, or ""."""
    shown = plain(block.content) if isinstance(block, Paragraph) else ""
    if len(shown) > 2 and shown[1] == " ":  # noqa: PLR2004  (a sign, a space, a word)
        known = shown[0] in (*_TYPED, *_OTHER_SIGNS, "o") or "\uf000" <= shown[0] <= "\uf0ff"
        return shown[0] if known else ""
    return ""


def _signed(content: Inlines, sign: str) -> Inlines:
    match content:
        case (Text(said), *rest):
            return (Text(sign + said[1:]), *rest)
    return content
