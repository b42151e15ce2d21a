"""What formats with HTML inside JSON share: words, blocks, and the report of what is left out."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from handouts.characters import control
from handouts.document import Block, Blocks, Heading, Strong
from handouts.errors import Place, SourceError
from handouts.sources.html import blocks, parse, words
from handouts.sources.html_inline import Context, heading_words
from handouts.sources.reading import Dated, Notes, Origin
from handouts.sources.safe_json import Json

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def words_of(node: Json) -> str:
    """Give the words of a text that may hold HTML, white space folded."""
    text = node.text()
    if "<" in text or "&" in text:
        text = words(parse(text, node.file))
    return " ".join(text.split())


def head_of(node: Json, notes: Notes) -> str:
    """Give the words of a heading that may hold HTML, as a title has them; the rest is told."""
    text = node.text()
    if "<" in text or "&" in text:
        text = heading_words(parse(text, node.file), Context(notes, line=0))
    return " ".join(text.split())


def blocks_of(elements: "Iterable[HtmlElement] | HtmlElement", notes: Notes, base: str) -> Blocks:
    """Make blocks of HTML; headings that are bold all through are just headings."""
    return tuple(_tidy(block) for block in blocks(elements, notes, line=0, base=base))


def _tidy(block: Block) -> Block:
    match block:
        case Heading(level, (Strong(content),)):
            return Heading(level, content)
        case _:
            return block


def report_rest(
    node: Json,
    read: Iterable[str],
    reasons: Mapping[str, str],
    notes: Notes,
    otherwise: str = "an article has no place for it",
) -> None:
    """Report every text of an object's members that are not read.

    Args:
        node: The object.
        read: Names of members that are read elsewhere.
        reasons: Why members are left out, by their names in small letters.
        notes: Where it is reported; one line for each item of an array.
        otherwise: Why other members are left out.
    """
    known = {name.casefold() for name in read}
    for name, member in node.members():
        if name.casefold() in known:
            continue
        reason = reasons.get(name.casefold(), otherwise)
        for one in _inner(member):
            shown = " ".join(raw_words(leaf) for leaf in one.leaves())
            if shown.strip():
                notes.drop(0, shown.strip(), f"{name}: {reason}")


def _inner(member: Json) -> tuple[Json, ...]:
    """Give the items of an array, also of one that is an object's only member."""
    found = [inner for _, inner in member.members()]
    only = found[0] if len(found) == 1 else member
    return only.items() if only.is_list else (member,)


def raw_words(leaf: Json) -> str:
    """Give a text as it is written, for the report; characters that harm are taken out."""
    text = str(leaf.value)
    harmful = {text[found.position] for found in control(text)}
    return " ".join("".join([mark for mark in text if mark not in harmful]).split())


def checked_language(found: str, origin: Origin, what: str) -> str:
    """Give the language of a text, when the caller asks for no other one.

    Raises:
        SourceError: The caller asks for another language.
    """
    asked = origin.language.partition("-")[0]
    if asked and asked != found.partition("-")[0]:
        message = f"{what} is in {found!r}, not in {origin.language!r}"
        raise SourceError(message, place=Place(origin.file), hint="Give its translation.")
    return found


def dated(text: str, date: datetime.date | None, meaning: str, notes: Notes) -> None:
    """Report a date that was read, or that it cannot be read."""
    if date is not None:
        notes.dates.append(Dated(0, text, date, meaning))
    elif text:
        notes.drop(0, text, f"no date that can be read ({meaning})")
        notes.warnings.append(f"{text!r} is no date that can be read ({meaning})")
