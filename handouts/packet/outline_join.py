"""The outline (ISO 32000-1, 12.3.3): the packet's entries stay, those of the parts follow."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf

from handouts.errors import PacketError
from handouts.packet.tables import is_table

_Object: TypeAlias = Any
_MOST = 100_000
"""Entries that an outline may have; more are a loop or an attack."""


def check_outline(pdf: _Object) -> None:
    """Refuse an outline that runs in a circle: nobody could say what comes after it.

    Raises:
        PacketError: It does.
    """
    met: set[tuple[int, int]] = set()
    waiting = [pdf.Root.get("/Outlines", {}).get("/First")]
    while waiting:
        entry = waiting.pop()
        if entry is None:
            continue
        if entry.objgen in met or len(met) > _MOST:
            hint = "Ask for it anew, or use --beside to put the leaflets into a second file"
            raise PacketError("the file is damaged: its outline runs in a circle", hint=hint)
        met.add(entry.objgen)
        waiting += [entry.get("/First"), entry.get("/Next")]


def entries(parent: _Object) -> Iterator[_Object]:
    """Yield the entries directly below the outline, or below an entry."""
    entry = parent.get("/First")
    while entry is not None:
        yield entry
        entry = entry.get("/Next")


def add_entries(pdf: _Object, new: list[_Object]) -> None:
    """Append entries; they are indirect objects, and may have entries below them."""
    if not new:
        return
    if not is_table(pdf.Root.get("/Outlines")):
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    root = pdf.Root.Outlines
    last = next(reversed(list(entries(root))), None)  # what /Last says may be wrong
    for entry in new:
        entry.Parent = root
        for key in ("/Prev", "/Next"):
            if key in entry:
                del entry[key]
        if last is None:
            root.First = entry
        else:
            last.Next, entry.Prev = entry, last
        root.Last = last = entry
    shown = sum(1 + max(int(entry.get("/Count", 0)), 0) for entry in new)
    root.Count = max(int(root.get("/Count", 0)), 0) + shown


def copied_entries(pdf: _Object, part: _Object, *, tagged: bool) -> list[_Object]:
    """Copy a leaflet's own entries; its pages, and its tree when it is tagged, must be there."""
    if "/Outlines" not in part.Root:
        return []
    if not tagged:
        for entry in _all(part.Root.Outlines):
            if "/SD" in entry.get("/A", {}):  # it would bring the whole structure tree along
                del entry.A["/SD"]
    return list(entries(pdf.copy_foreign(part.Root.Outlines)))


def entry_for(pdf: _Object, title: str, page: _Object) -> _Object:
    """Make an entry that leads to a page."""
    target = pikepdf.Array([page, pikepdf.Name.Fit])
    return pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(title), Dest=target))


def _all(parent: _Object) -> Iterator[_Object]:
    for entry in entries(parent):
        yield entry
        yield from _all(entry)
