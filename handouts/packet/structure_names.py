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
        self._types = self._join_map("/RoleMap")
        self._classes = self._join_map("/ClassMap")
        self._join_identifiers()
        self._join_list("/Namespaces")
        ours = set(self._copied.get("/RoleMap", {}).keys())
        theirs = self._root.get("/RoleMap", {})
        for top in kids(self._copied):
            for element in elements(top):
                kind = str(element.S)
                self.remapped |= kind not in ours and str(theirs.get(kind, kind)) != kind
        return self

    def _join_map(self, table: str) -> dict[str, str]:
        renamed: dict[str, str] = {}
        if table not in self._copied:
            return renamed
        if table not in self._root:
            self._root[table] = pikepdf.Dictionary()
        theirs = self._root[table]
        for name, value in self._copied[table].items():
            target = name
            if name in theirs and theirs[name].unparse(resolved=True) != value.unparse(
                resolved=True
            ):
                target = _unused(name, theirs)
                renamed[name] = target
            theirs[target] = value
        return renamed

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


def _unused(name: str, taken: _Object) -> str:
    number = 1
    while f"{name}.{number}" in taken:
        number += 1
    return f"{name}.{number}"
