"""The part of `docs/reference.md` about themes, read from their classes (see `generate.py`)."""  # noqa: INP001  (a program's part, not a package)

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from types import GenericAlias
from typing import Any, Literal, get_args, get_origin

from handouts import theme
from handouts.values import fields, is_value


def theme_keys() -> Iterator[str]:
    """Give the part about the keys of a theme."""
    yield "## Keys of a theme\n"
    yield (
        "A theme is `handouts/themes/<edition>.toml`.\n"
        + inspect.cleandoc(theme.__doc__ or "").split("\n", 2)[2]
        + "\n"
    )
    notes = _notes()
    for kind in _theme_classes(theme.Theme):
        yield f"### {_tables(kind)}\n\n{inspect.cleandoc(kind.__doc__ or '')}\n"
        yield from _keys(kind, notes)


def _keys(kind: type, notes: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield a line for each key with something to say of it, and one for all others: numbers."""
    plain = []
    for part in fields(kind):
        note = notes.get((kind.__name__, part.name), "")
        if part.annotation is float and not note:
            plain.append(f"`{part.name}`")
        else:
            yield f"- `{part.name}`: {_kind(part.annotation)}" + (f"; {note}" if note else "")
    if plain:
        yield f"- numbers: {', '.join(plain)}"
    yield ""


def _theme_classes(kind: type) -> Iterator[type]:
    """Yield a class and those of its fields, each once, in the order of the file."""
    yield kind
    for part in fields(kind):
        for one in (part.annotation, *get_args(part.annotation)):
            if is_value(one):
                yield from _theme_classes(one)


def _tables(kind: type) -> str:
    """Give the tables of the file that a class describes."""
    if kind is theme.Theme:
        return "Top of the file"
    for part in fields(theme.Theme):
        if part.annotation is kind:
            return f"`[{part.name}]`"
        if kind in get_args(part.annotation):
            return f"`[{part.name}.NAME]`"
    raise LookupError(kind)


def _kind(annotation: Any) -> str:  # noqa: ANN401  (any annotation)
    names = {float: "number", int: "whole number", str: "string", bool: "true or false"}
    if annotation in names:
        return names[annotation]
    inner = get_args(annotation)
    if get_origin(annotation) is Literal:
        return " or ".join(f'`"{choice}"`' for choice in inner)
    if get_origin(annotation) is tuple:
        parts = [_kind(part) for part in inner if part is not Ellipsis]
        return f"list of {parts[0]}s" if Ellipsis in inner else f"{len(parts)}-number list"
    if isinstance(annotation, GenericAlias) or inner:
        return f"table: name to {_kind(inner[-1])}"
    return "table"


def _notes() -> Mapping[tuple[str, str], str]:
    """Map class and field to the string that stands below the field."""
    notes = {}
    modules = (theme, sys.modules["handouts.theme.editions"], sys.modules["handouts.theme.shapes"])
    for kind in [kind for module in modules for kind in ast.parse(inspect.getsource(module)).body]:
        if not isinstance(kind, ast.ClassDef):
            continue
        for field, below in zip(kind.body, kind.body[1:], strict=False):
            match field, below:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(words))):
                    notes[kind.name, name] = words
    return notes
