"""How a numbered list of HTML counts: its numbers where a leaflet can say them, else told."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from handouts.document import Item, Steps
from handouts.sources.html_inline import Context

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NUMBER = re.compile(r"\s*([1-9]\d{0,3})\s*")
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(?:alpha|latin|roman|greek)\b", re.IGNORECASE)
_LETTERS = ("a", "A", "i", "I")


def numbered(
    rows: "Iterable[tuple[HtmlElement, Item]]", listed: "HtmlElement | None", context: Context
) -> Iterator[Steps]:
    """Make a list of its items; one that goes on with another number begins a new list.

    Args:
        rows: Each `li` and what is in it; those without words are left out, and not counted.
        listed: The `ol`.
        context: Where what cannot be said is told.
    """
    rows = list(rows)
    if listed is not None and any(item for _, item in rows):
        _tell(listed, [element for element, _ in rows], context)
    start = number = _number(listed, "start", context) or 1
    items: list[Item] = []
    for element, item in rows:
        value = _number(element, "value", context)
        if value and value != number:
            if items:
                yield Steps(tuple(items), start)
            start, number, items = value, value, []
        if item:
            items.append(item)
            number += 1
    if items:
        yield Steps(tuple(items), start)


def _number(element: "HtmlElement | None", name: str, context: Context) -> int:
    """Give the number that an attribute says, or 0; one that is none of a leaflet is told."""
    said = element.get(name, "") if element is not None else ""
    if found := _NUMBER.fullmatch(said):
        return int(found[1])
    if said.strip() and element is not None:
        _warn(element, f"a list counts from {said.strip()[:20]!r}, which is not kept", context)
    return 0


def _tell(listed: "HtmlElement", items: "list[HtmlElement]", context: Context) -> None:
    if listed.get("reversed") is not None:
        _warn(listed, "a list that counts down is counted up", context)
    if any(_counts_otherwise(element) for element in (listed, *items)):
        _warn(listed, "a list counted with letters or in another way is counted 1, 2, 3", context)


def _counts_otherwise(element: "HtmlElement") -> bool:
    return element.get("type") in _LETTERS or bool(_STYLE.search(element.get("style", "")))


def _warn(element: "HtmlElement", what: str, context: Context) -> None:
    context.notes.warnings.append(f"line {context.line_of(element)}: {what}")
