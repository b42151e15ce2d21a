"""Whether the keys of every page lead to elements of that page (ISO 32000-1, 14.7.4.4).

A validator passes a file whose keys lead to another page's elements; a screen reader would read
those.  So this is checked both ways, from the page to the element and back.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pikepdf

from handouts.packet.structure_walk import kids
from handouts.packet.tables import is_table

_Object: TypeAlias = Any


def loose_pages(pdf: _Object) -> tuple[int, ...]:
    """Give the pages (from 0) with a key that leads nowhere, or to another page's element."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or "/ParentTree" not in root:
        return tuple([n for n, page in enumerate(pdf.pages) if "/StructParents" in page.obj])
    parents = dict(pikepdf.NumberTree(root.ParentTree).items())
    return tuple([n for n, page in enumerate(pdf.pages) if not _is_bound(page.obj, parents)])


def _is_bound(page: _Object, parents: Mapping[int, _Object]) -> bool:
    if "/StructParents" in page and not _content_is_bound(page, parents):
        return False
    return all(
        _annotation_is_bound(note, parents)
        for note in page.get("/Annots", ())
        if is_table(note) and "/StructParent" in note
    )


def _content_is_bound(page: _Object, parents: Mapping[int, _Object]) -> bool:
    key = int(page.StructParents)
    if key not in parents:
        return not _has_marks(page)
    owners = parents[key]
    if not isinstance(owners, pikepdf.Array):
        return False
    seen: dict[tuple[int, int], set[int]] = {}
    for identifier, owner in enumerate(owners):
        place = getattr(owner, "objgen", None)
        if place is None:
            continue
        if place not in seen:
            seen[place] = set(_own_marks(owner, page))
        if identifier not in seen[place]:
            return False
    return True


def _has_marks(page: _Object) -> bool:
    contents = page.get("/Contents")
    if contents is None:
        return False
    streams = [contents] if isinstance(contents, pikepdf.Stream) else contents
    return any(b"/MCID" in stream.read_bytes() for stream in streams)


def _own_marks(element: _Object, page: _Object) -> Iterator[int]:
    """Yield the numbers of an element's content that stands on this page."""
    if not is_table(element):
        return
    own = element.get("/Pg")
    here = own is not None and own.objgen == page.objgen
    for kid in kids(element):
        if isinstance(kid, int):
            if here:
                yield kid
        elif is_table(kid) and "/MCID" in kid:
            on = kid.get("/Pg")
            if (on.objgen == page.objgen) if on is not None else here:
                yield int(kid.MCID)


def _annotation_is_bound(note: _Object, parents: Mapping[int, _Object]) -> bool:
    key = int(note.StructParent)
    if key not in parents or not is_table(parents[key]):
        return False
    return any(
        is_table(kid) and "/Obj" in kid and kid.Obj.objgen == note.objgen
        for kid in kids(parents[key])
    )
