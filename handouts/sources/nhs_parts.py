"""The parts of a page of the NHS website, each by its name: text, boxes, care cards, expanders."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from handouts.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    Heading,
    Inlines,
    text,
    title_words,
)
from handouts.sources.html import parse
from handouts.sources.html_tree import words
from handouts.sources.json_text import blocks_of, head_of, raw_words, report_rest, words_of
from handouts.sources.reading import Notes
from handouts.sources.safe_json import Json
from handouts.values import frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SITE = "https://www.nhs.uk/"
_FIELDS = ("@type", "name", "position", "identifier", "headline", "text", "mainEntity", "subjectOf")


@frozen(kw_only=False)
class _Card:
    """A care card: which box it becomes, and the words that the website says of its rank."""

    kind: CalloutKind
    rank: str


_CARDS: Mapping[str, _Card] = {
    "non-urgent": _Card("action", "Non-urgent advice"),
    "primary": _Card("action", "Non-urgent advice"),
    "urgent": _Card("action", "Urgent advice"),
    "immediate": _Card("emergency", "Immediate action required"),
    "emergency": _Card("emergency", "Immediate action required"),
}
"""By name, or in the nameless copy by identifier."""


def without_rank(title: str) -> str:
    """Give a care card's title as the page has it."""
    for card in _CARDS.values():
        title = title.removeprefix(f"{card.rank}: ")
    return title


BOXES = ("information", "callout")
"""Names of the parts that are boxes."""

_PICTURES = ("image", "video", "audio", "figure")


def part_blocks(part: Json, notes: Notes) -> Blocks:
    """Read a part of a page; one of an unknown name is read as text, and reported."""
    name = words_of(part.get("name")).casefold()
    if is_picture(part):
        shown = " ".join(raw_words(leaf) for leaf in part.leaves())
        notes.drop(0, shown, "images and films have rights of their own")
        return ()
    report_rest(part, _FIELDS, {}, notes)
    card = _CARDS.get(name) or _CARDS.get(part.get("identifier").text().casefold())
    if card:
        return _card(part, card, notes)
    headline = head_of(part.get("headline"), notes)
    if not name and headline.casefold() in BOXES:
        return _box(part, "", notes)
    if name not in (*_READERS, "", *_PLAIN):
        notes.warnings.append(f"the part {name!r} is unknown, and is read as text")
    return _READERS.get(name, _text)(part, headline, notes)


def is_picture(part: Json) -> bool:
    """Tell whether a part is a picture, film or sound."""
    if not part.is_object:
        return False
    name, kind = (part.get(key).value for key in ("name", "@type"))
    return any(
        isinstance(said, str) and said.strip().casefold().removesuffix("object") in _PICTURES
        for said in (name, kind)
    )


# ---- kinds of parts ----------------------------------------------------------------------------


def _text(part: Json, headline: str, notes: Notes) -> Blocks:
    """Read plain parts, tables, expanders and reveals: a heading if they have one, and text."""
    title = head_of(part.get("subjectOf"), notes) or headline
    head = (Heading(3, text(title)),) if title else ()
    return (*head, *_content(part, notes))


def _box(part: Json, headline: str, notes: Notes) -> Blocks:
    """Read information and callouts: a box under the heading that opens their text."""
    title, inner = _titled(_content(part, notes))
    title = title or text(headline)
    return (Callout("note", title, inner),) if inner or title else ()


def _card(part: Json, card: _Card, notes: Notes) -> Blocks:
    """Read a care card; what its colour says is said in words, as the website does."""
    title, inner = _titled(_content(part, notes))
    said = title or text(head_of(part.get("headline"), notes))
    notes.warnings.append(
        f"the care card {title_words(said)!r} says its rank in words: {card.rank}"
    )
    ranked = text(f"{card.rank}: {title_words(said)}" if said else card.rank)
    return (Callout(card.kind, ranked, inner),)


_PLAIN = ("markdown", "lead paragraph", "common content")
_READERS: Mapping[str, Callable[[Json, str, Notes], Blocks]] = {
    "information": _box,
    "callout": _box,
    "expander": _text,
    "expander group": _text,
    "reveal": _text,
    "table": _text,
}


def _titled(blocks: Blocks) -> tuple[Inlines, Blocks]:
    """Take the heading off that opens blocks."""
    match blocks:
        case (Heading(content=content), *rest):
            return content, tuple(rest)
        case _:
            return (), blocks


# ---- the text of a part ------------------------------------------------------------------------


def _content(part: Json, notes: Notes) -> Blocks:
    """Read a part's text, and the parts inside it."""
    found: list[Block] = []
    for member in (part.get("text"), part.get("mainEntity")):
        if member.is_list or member.is_object:
            for inner in member.items():
                found += part_blocks(inner, notes)
        elif html := member.text().strip():
            root = parse(html, part.file)
            _drop_repeated_heads(root, notes)
            found += blocks_of(root, notes, SITE)
    return tuple(found)


def _drop_repeated_heads(root: "HtmlElement", notes: Notes) -> None:
    """Leave out a column's head where a cell says it again, for narrow screens."""
    for table in root.iter("table"):
        heads = [words(head) for head in table.findall("thead/tr/th")]
        for row in table.findall("tbody/tr"):
            for head, cell in zip(heads, row.findall("td"), strict=False):
                first = cell[0] if len(cell) else None
                if first is not None and first.tag == "span" and words(first) == head:
                    notes.drop(0, head, "a column's head, said again in a cell")
                    first.drop_tree()
