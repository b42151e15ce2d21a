"""What a theme may not say: numbers that nothing can be set with, and names that do not exist."""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING

from handouts.theme.shapes import TypeRole
from handouts.toml import KeyPath, Problem
from handouts.values import fields, is_value

if TYPE_CHECKING:
    from handouts.theme import Theme

_PAPERS = ("letter", "a4")

_SIGNED = ("tracking", "x", "y")
"""Keys whose numbers may be below 0; so may `space` of a text role."""


def mistakes(theme: "Theme") -> Iterator[Problem]:
    """Find what makes a theme unusable although each key has a value of its kind."""
    yield from _numbers(theme, ())
    yield from _roles(theme)
    yield from _names(theme)
    for key in ("logo_width", "logo_height"):
        if not getattr(theme.header, key) > 0:
            yield Problem(("header", key), f"header.{key} must be above 0")
    if theme.flow.columns < 1:
        yield Problem(("flow", "columns"), "flow.columns must be 1 or more")
    header = theme.slots.get("header")
    if header is not None and not header.heights:
        yield Problem(("slots", "header", "heights"), "slots.header.heights has no height")


def _numbers(value: object, path: KeyPath) -> Iterator[Problem]:
    """Find numbers that are no lengths, at any depth."""
    if isinstance(value, int | float):
        signed = path[-1] in _SIGNED or (path[0] == "type" and path[-1] == "space")
        if not isfinite(value) or (value < 0 and not signed):
            name = ".".join(map(str, path))
            yield Problem(path, f"{name} must be a number from 0 on, not {value}")
    for key, item in _parts(value):
        yield from _numbers(item, (*path, key))


def _parts(value: object) -> Iterable[tuple[str | int, object]]:
    """What a value is made of, by key."""
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, tuple):
        return enumerate(value)
    if is_value(type(value)):
        return [(field.name, getattr(value, field.name)) for field in fields(type(value))]
    return ()


def _roles(theme: "Theme") -> Iterator[Problem]:
    """Find type that is smaller than the theme's own floor, or has no height."""
    for name, role in theme.type.items():
        for size, leading in _sizes(theme, name, role):
            if not size >= theme.floor:
                what = f"type.{name} is set in {size:g} points, below the floor of {theme.floor:g}"
                yield Problem(("type", name, "size"), what)
            if not leading > 0 < size:
                what = f"type.{name} must have a size and a leading above 0"
                yield Problem(("type", name, "leading"), what)


def _sizes(theme: "Theme", name: str, role: TypeRole) -> tuple[tuple[float, float], ...]:
    """Every (size, leading) in which a role may be set."""
    return (
        (role.size, role.leading),
        *role.steps,
        *(theme.fit.sizes if name == "body" else ()),
    )


def _names(theme: "Theme") -> Iterator[Problem]:
    """Find roles of text, papers and panels that are used and not there."""
    for kind, role in theme.policy.fine_print.items():
        if role not in theme.type:
            what = f"policy.fine_print.{kind}: there is no text role {role!r}"
            yield Problem(("policy", "fine_print", kind), what)
    if "default" not in theme.policy.fine_print:
        yield Problem(("policy", "fine_print"), "policy.fine_print.default is missing")
    tables: dict[KeyPath, Mapping[str, object]] = {("grid",): theme.grid}
    if theme.fold.kind == "panels":
        tables[("fold", "outside")] = theme.fold.outside
        tables[("fold", "inside")] = theme.fold.inside
    for path, table in tables.items():
        for paper in _PAPERS:
            if not table.get(paper):
                yield Problem(path, f"{'.'.join(map(str, path))}.{paper} is missing")
