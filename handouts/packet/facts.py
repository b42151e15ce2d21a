"""What catalogs say, as tables that can be compared: layers, destinations, resources of forms."""

from typing import Any, TypeAlias

import pikepdf

from handouts.packet.tables import is_table

_Object: TypeAlias = Any


def layer_states(layers: _Object) -> list[tuple[str, bool]]:
    """Give the name of each layer, and whether it is off by default (ISO 32000-1, 8.11.4.3)."""
    default = layers.get("/D", {})
    off = {one.objgen for one in default.get("/OFF", ())}
    if str(default.get("/BaseState", "/ON")) == "/OFF":
        on = {one.objgen for one in default.get("/ON", ())}
        off = {one.objgen for one in layers.get("/OCGs", ()) if one.objgen not in on}
    return [(str(one.get("/Name", "")), one.objgen in off) for one in layers.get("/OCGs", ())]


def destinations(root: _Object) -> dict[str, _Object]:
    """Give where names lead, of both kinds: strings in a name tree, names in a dictionary."""
    found = {f"/{name}": to for name, to in root.get("/Dests", {}).items()}
    names = root.get("/Names", {}).get("/Dests")
    return found | (dict(pikepdf.NameTree(names).items()) if names is not None else {})


def form_resources(form: _Object) -> dict[str, _Object]:
    """Give the fonts and other resources that all fields share (12.7.2), by kind and name."""
    kinds = [(kind, table) for kind, table in form.get("/DR", {}).items() if is_table(table)]
    return {f"{kind} {name}": one for kind, table in kinds for name, one in table.items()}
