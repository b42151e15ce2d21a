"""Grafting a part's structure tree into the packet's (ISO 32000-1, 14.7).

Keys of the parent tree are shifted, role maps, class maps and identifiers joined, and names that
mean something else on the other side are renamed.  The pages must have been copied before: then
what the tree says of them leads to the copies.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pikepdf

from handouts.packet.structure_names import Names
from handouts.packet.structure_places import Place
from handouts.packet.structure_walk import elements, kids
from handouts.packet.tables import is_table
from handouts.values import frozen

_Object: TypeAlias = Any
_KEYS = ("/StructParents", "/StructParent")


@frozen(kw_only=False)
class Grafted:
    """The next free key of the parent tree, and whether standard types have another meaning here."""

    key: int
    remapped: bool


def has_tree(pdf: _Object) -> bool:
    """Whether a document has a structure tree."""
    return "/StructTreeRoot" in pdf.Root


def graft(
    base: _Object, part: _Object, pages: Sequence[_Object], *, key: int, place: Place
) -> Grafted:
    """Bring the tree of `part` into that of `base`.

    Args:
        base: The packet, which has a tree.
        part: The document whose pages were copied, which has one, too.
        pages: The copies of its pages in the packet.
        key: A key of the parent tree that is free, like all above it.
        place: Where its elements go.
    """
    root = base.Root.StructTreeRoot
    copied = base.copy_foreign(_indirect_root(part))
    highest = _shift_keys(pages, key)
    _lead_to_copies(base, part, copied, pages)
    parents = _parent_tree(base, root)
    if "/ParentTree" in copied:
        for old, owners in pikepdf.NumberTree(copied.ParentTree).items():
            parents[old + key] = owners
            highest = max(highest, old + key)
    root.ParentTreeNextKey = highest + 1
    tops = kids(copied)
    renamed = Names(root, copied).joined()
    for top in tops:
        top.P = place.parent
        for element in elements(top) if renamed.any_renamed else ():
            renamed.apply(element)
    _join_kids(tops, place)
    if "/S" in place.parent:
        _fit_into_document(tops, root)
    _speak(tops, part, base, always="/Lang" in place.parent)
    return Grafted(highest + 1, renamed.remapped)


def free_key(base: _Object) -> int:
    """Give a key above all that a document uses, whatever its own note of the next one says."""
    root = base.Root.StructTreeRoot
    used = [int(root.get("/ParentTreeNextKey", 0)) - 1]
    used += list(_parent_tree(base, root))[-1:]
    for owner in _owners([page.obj for page in base.pages]):
        used += [int(owner[key]) for key in _KEYS if key in owner]
    return max(used) + 1


def _indirect_root(pdf: _Object) -> _Object:
    """Give the root of a structure tree as an indirect object, which can be copied."""
    root = pdf.Root.StructTreeRoot
    return root if root.is_indirect else pdf.make_indirect(root)


def drop_tags(pages: Sequence[_Object]) -> None:
    """Take the keys of the parent tree off pages that have no tree any more."""
    for owner in _owners(pages):
        for key in _KEYS:
            if key in owner:
                del owner[key]


# ---- keys of the parent tree -------------------------------------------------------------------


def _parent_tree(base: _Object, root: _Object) -> _Object:
    if "/ParentTree" not in root:
        root.ParentTree = base.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array()))
    return pikepdf.NumberTree(root.ParentTree)


def _shift_keys(pages: Sequence[_Object], shift: int) -> int:
    """Move the keys of copied pages and what is on them; give the highest."""
    highest = shift - 1
    for owner in _owners(pages):
        for key in _KEYS:
            if key in owner:
                owner[key] = int(owner[key]) + shift
                highest = max(highest, int(owner[key]))
    return highest


def _owners(pages: Sequence[_Object]) -> Iterator[_Object]:
    """Yield everything of pages that can have such a key, each once: 14.7.4.4 names them all."""
    met: set[tuple[int, int]] = set()
    waiting = list(pages)
    while waiting:
        owner = waiting.pop()
        if not is_table(owner) or (owner.is_indirect and owner.objgen in met):
            continue
        met.add(owner.objgen)
        yield owner
        waiting.extend(owner.get("/Annots", ()))
        waiting.extend(owner.get("/Resources", {}).get("/XObject", {}).values())
        for appearance in owner.get("/AP", {}).values():
            states = () if "/Subtype" in appearance else appearance.values()
            waiting.extend((appearance, *states))


def _lead_to_copies(base: _Object, part: _Object, tree: _Object, pages: Sequence[_Object]) -> None:
    """Let references to annotations lead to those that are on the copied pages.

    Joining forms copies annotations once more, so the first copies are on no page.
    """
    if "/AcroForm" not in part.Root:
        return
    notes = [
        pair
        for source, page in zip(part.pages, pages, strict=True)
        for pair in zip(source.obj.get("/Annots", ()), page.get("/Annots", ()), strict=False)
    ]
    moved = {base.copy_foreign(old).objgen: new for old, new in notes if old.is_indirect}
    for kid in [kid for top in kids(tree) for element in elements(top) for kid in kids(element)]:
        if is_table(kid) and "/Obj" in kid and kid.Obj.objgen in moved:
            kid.Obj = moved[kid.Obj.objgen]


def _join_kids(tops: list[_Object], place: Place) -> None:
    there = kids(place.parent)
    place.parent.K = pikepdf.Array([*there[: place.at], *tops, *there[place.at :]])


def _fit_into_document(tops: list[_Object], root: _Object) -> None:
    """Call documents that stand in another one its parts, unless that means something else here."""
    if "/Part" in root.get("/RoleMap", {}):
        return
    for top in tops:
        if str(top.get("/S")) == "/Document":
            top.S = pikepdf.Name.Part


def _speak(tops: list[_Object], part: _Object, base: _Object, *, always: bool) -> None:
    """Give the part's language to its own elements where the packet speaks, or may, another."""
    language = part.Root.get("/Lang")
    if language is None or (language == base.Root.get("/Lang") and not always):
        return
    for top in tops:
        if "/Lang" not in top:
            top.Lang = language
