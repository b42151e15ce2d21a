"""Joining the tables at the root of two structure trees: roles, classes, identifiers, name spaces."""

from typing import Any, TypeAlias

import pikepdf

from handouts.packet.structure_walk import elements, kids
from handouts.packet.tables import is_table

_Object: TypeAlias = Any


class Names:
    """Names of types, classes and identifiers: what the copied tree's must be called here."""

    def __init__(self, root: _Object, copied: _Object) -> None:
        self._root, self._copied = root, copied
        self._types: dict[str, str] = {}
        self._classes: dict[str, str] = {}
        self._identifiers: dict[bytes, bytes] = {}
        self.remapped = False

    def joined(self) -> "Names":
        """Join the tables into the root's; what clashes gets another name."""
        self.remapped = self._is_remapped()
        self._types = self._join_roles()
        self._classes = self._join_classes()
        self._join_identifiers()
        self._join_list("/Namespaces")
        return self

    @property
    def any_renamed(self) -> bool:
        """Whether elements must be called in another way."""
        return bool(self._types or self._classes or self._identifiers)

    def _is_remapped(self) -> bool:
        """Whether the root gives another meaning to a type that the copied tree takes as standard."""
        ours, theirs = (one.get("/RoleMap", {}) for one in (self._copied, self._root))
        changed = {
            kind for kind, _ in theirs.items() if kind not in ours and role(theirs, kind) != kind
        }
        tops = kids(self._copied) if changed else ()
        return any(str(element.S) in changed for top in tops for element in elements(top))

    def _join_roles(self) -> dict[str, str]:
        """Join the role maps; ours lead straight to their standard types."""
        ours, theirs = self._copied.get("/RoleMap", {}), self._table("/RoleMap")
        renamed: dict[str, str] = {}
        for kind in list(ours.keys()):
            standard = role(ours, kind)
            if kind not in theirs:
                theirs[kind] = pikepdf.Name(standard)
            elif role(theirs, kind) != standard:
                renamed[kind] = _unused(kind, theirs)
                theirs[renamed[kind]] = pikepdf.Name(standard)
        return renamed

    def _join_classes(self) -> dict[str, str]:
        ours, theirs = self._copied.get("/ClassMap", {}), self._table("/ClassMap")
        renamed: dict[str, str] = {}
        for name, value in ours.items():
            if name in theirs and theirs[name].unparse(True) != value.unparse(True):  # noqa: FBT003  (pikepdf's own)
                renamed[name] = _unused(name, theirs)
            theirs[renamed.get(name, name)] = value
        return renamed

    def _table(self, key: str) -> _Object:
        """The root's own table, made when only the copied tree has one."""
        if key in self._copied and key not in self._root:
            self._root[key] = pikepdf.Dictionary()
        return self._root.get(key, {})

    def _join_identifiers(self) -> None:
        if "/IDTree" not in self._copied:
            return
        if "/IDTree" not in self._root:
            self._root.IDTree = self._copied.IDTree
            return
        theirs = pikepdf.NameTree(self._root.IDTree)
        for name, element in pikepdf.NameTree(self._copied.IDTree).items():
            target = name
            while target in theirs:
                target += "+"
            if target != name:
                self._identifiers[name.encode()] = target.encode()
            theirs[target] = element

    def _join_list(self, key: str) -> None:
        if key not in self._copied:
            return
        if key not in self._root:
            self._root[key] = self._copied[key]
            return
        for entry in self._copied[key]:
            self._root[key].append(entry)

    def apply(self, element: _Object) -> None:
        """Call an element's type, classes, identifier and header cells as they are called here."""
        if (kind := str(element.S)) in self._types:
            element.S = pikepdf.Name(self._types[kind])
        if self._classes and "/C" in element:
            names = element.C if isinstance(element.C, pikepdf.Array) else [element.C]
            called = [
                pikepdf.Name(self._classes.get(str(one), str(one)))
                if isinstance(one, pikepdf.Name)
                else one
                for one in names
            ]
            element.C = pikepdf.Array(called)
        if self._identifiers:
            self._apply_identifiers(element)

    def _apply_identifiers(self, element: _Object) -> None:
        if "/ID" in element and bytes(element.ID) in self._identifiers:
            element.ID = pikepdf.String(self._identifiers[bytes(element.ID)])
        attributes = element.get("/A", ())
        for row in attributes if isinstance(attributes, pikepdf.Array) else (attributes,):
            if is_table(row) and "/Headers" in row:
                known = [bytes(one) for one in row.Headers]
                row.Headers = pikepdf.Array(
                    [pikepdf.String(self._identifiers.get(one, one)) for one in known]
                )


def role(table: _Object, kind: str) -> str:
    """Follow a role map to the type that it does not map any further."""
    met: set[str] = set()
    while kind in table and kind not in met:
        met.add(kind)
        kind = str(table[kind])
    return kind


def _unused(name: str, taken: _Object) -> str:
    number = 1
    while f"{name}.{number}" in taken:
        number += 1
    return f"{name}.{number}"
