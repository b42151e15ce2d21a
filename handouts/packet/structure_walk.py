"""Walking a structure tree as it stands in a file."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf

from handouts.packet.tables import is_table

_Object: TypeAlias = Any


def kids(element: _Object) -> list[_Object]:
    """Give what stands below an element or a tree's root: elements, references, numbers."""
    below = element.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def elements(top: _Object) -> Iterator[_Object]:
    """Yield an element and every element below it, in reading order, each once."""
    met: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if not is_table(element) or "/S" not in element or element.objgen in met:
            continue
        if element.is_indirect:
            met.add(element.objgen)
        yield element
        waiting.extend(reversed(kids(element)))
