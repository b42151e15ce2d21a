"""Filling a document's slots anew."""

from collections.abc import Sequence
from typing import Any

from handouts.document.blocks import Blocks, Document, Slot
from handouts.values import fields, is_value, replace


def with_slots(document: Document, contents: Sequence[Blocks]) -> Document:
    """Give a document whose numbered slots hold other blocks, each those of its number."""
    return replace(
        document,
        blocks=_refilled(document.blocks, contents),
        notes=_refilled(document.notes, contents),
    )


def _refilled(part: Any, contents: Sequence[Blocks]) -> Any:  # noqa: ANN401  (any part of a document)
    """Give a part with its slots filled; what has none is given as it is."""
    if isinstance(part, Slot):
        return part if part.number < 0 else replace(part, blocks=contents[part.number])
    if isinstance(part, tuple):
        made = tuple([_refilled(one, contents) for one in part])
        return made if any(new is not old for new, old in zip(made, part, strict=True)) else part
    if not is_value(type(part)):
        return part
    held = {one.name: getattr(part, one.name) for one in fields(type(part))}
    changed = {name: _refilled(old, contents) for name, old in held.items()}
    changed = {name: new for name, new in changed.items() if new is not held[name]}
    return replace(part, **changed) if changed else part
