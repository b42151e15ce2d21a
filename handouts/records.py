"""What people write: strict TOML into frozen values.

The field's annotation says what is accepted: `str`, `int`, `float`, `bool`, `datetime.date`,
`Literal[...]`, `X | None`, `tuple[X, ...]`, `tuple[X, Y]`, `Mapping[str, X]`, a frozen class, or
`object` for anything.
A field with `metadata={"read": function}` is written as a string, which the function reads; it
raises `ValueError` with the words to show.
Unknown keys are refused, with a suggestion; all mistakes of a file are told at once.
"""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

from handouts.toml import KeyPath, Problem, Toml, refuse
from handouts.values import contents, fields, is_value

T = TypeVar("T")


def record(cls: type[T], table: Mapping[str, object], *, context: Toml) -> T:
    """Fill a frozen class from a table; `context` is the file that mistakes are told of.

    Raises:
        HandoutsError: Of the kind `context.error`, with all mistakes.
    """
    problems: list[Problem] = []
    value = _filled(cls, table, (), problems)
    if problems:
        refuse(problems, context)
    return value  # type: ignore[return-value]  # a cls, as there was no problem


def strings(value: object) -> list[str]:
    """Give every string in a record, mapping or tuple, at any depth; mappings' keys, too."""
    found: list[str] = []
    _gather((value,), found)
    return found


def _gather(parts: tuple[object, ...], found: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, tuple):
            _gather(part, found)
        elif is_value(type(part)):
            _gather(contents(part), found)
        elif isinstance(part, Mapping):
            _gather((*part, *part.values()), found)


# ---- values ------------------------------------------------------------------------------------

_SCALARS: Mapping[object, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a quoted string"),
    int: ((int,), "a whole number"),
    float: ((float, int), "a number"),
    bool: ((bool,), "true or false"),
    datetime.date: ((datetime.date,), "a date such as 2026-11-30, without quotes"),
}
"""Annotation -> exact types accepted, and what to ask for."""


def _value(kind: Any, raw: object, path: KeyPath, problems: list[Problem]) -> object:  # noqa: ANN401  (any annotation)
    if kind in _SCALARS:
        accepted, wanted = _SCALARS[kind]
        if type(raw) not in accepted:
            return _wrong(path, f"must be {wanted}", problems)
        return float(raw) if kind is float else raw  # type: ignore[arg-type]  # a number
    if is_value(kind):
        return _filled(kind, raw, path, problems)
    compound = _COMPOUND.get(get_origin(kind))
    return compound(get_args(kind), raw, path, problems) if compound else raw


def _choice(kinds: tuple[Any, ...], raw: object, path: KeyPath, problems: list[Problem]) -> object:
    if raw in kinds:
        return raw
    wanted = " or ".join(f'"{kind}"' if isinstance(kind, str) else str(kind) for kind in kinds)
    return _wrong(path, f"must be {wanted}", problems, _suggestion(raw, kinds))


def _optional(
    kinds: tuple[Any, ...], raw: object, path: KeyPath, problems: list[Problem]
) -> object:
    return _value(kinds[0], raw, path, problems)


def _array(kinds: tuple[Any, ...], raw: object, path: KeyPath, problems: list[Problem]) -> object:
    if not isinstance(raw, list):
        return _wrong(path, "must be a list in square brackets", problems)
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(raw)
    elif len(kinds) != len(raw):
        return _wrong(path, f"must have {len(kinds)} values", problems)
    rows = enumerate(zip(kinds, raw, strict=True))
    return tuple(_value(kind, item, (*path, index), problems) for index, (kind, item) in rows)


def _mapping(kinds: tuple[Any, ...], raw: object, path: KeyPath, problems: list[Problem]) -> object:
    if not isinstance(raw, dict):
        return _wrong(path, "must be a table", problems)
    return {key: _value(kinds[1], item, (*path, key), problems) for key, item in raw.items()}


_Compound = Callable[[tuple[Any, ...], object, KeyPath, list[Problem]], object]
_COMPOUND: Mapping[object, _Compound] = {
    Literal: _choice,
    UnionType: _optional,
    tuple: _array,
    Mapping: _mapping,
}


def _wrong(path: KeyPath, what: str, problems: list[Problem], hint: str = "") -> object:
    """Note a mistake; the value returned is never used."""
    problems.append(Problem(path, f"{_name(path)} {what}", hint))
    return None


# ---- records -----------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _shape(cls: type) -> Mapping[str, tuple[Any, bool, Callable[[str], object] | None]]:
    """Field -> its annotation, whether it must be given, and its own reader."""
    return {
        field.name: (
            field.annotation,
            field.required,
            field.metadata.get("read"),
        )
        for field in fields(cls)
    }


def _filled(cls: type, raw: object, path: KeyPath, problems: list[Problem]) -> object:
    """Make a record, or append why not."""
    if not isinstance(raw, Mapping):
        return _wrong(path, "must be a table", problems)
    shape, before = _shape(cls), len(problems)
    values = {}
    for key, item in raw.items():
        if key not in shape:
            problems.append(
                Problem((*path, key), f"unknown key {key!r}", _suggestion(key, tuple(shape)))
            )
        else:
            kind, _, reader = shape[key]
            values[key] = (
                _read(reader, item, (*path, key), problems)
                if reader
                else _value(kind, item, (*path, key), problems)
            )
    missing = [key for key, (_, required, _) in shape.items() if required and key not in raw]
    problems += [Problem(path, f"{_name((*path, key))} is missing") for key in missing]
    return cls(**values) if len(problems) == before else None


def _read(
    reader: Callable[[str], object], raw: object, path: KeyPath, problems: list[Problem]
) -> object:
    if not isinstance(raw, str):
        return _wrong(path, "must be a quoted string", problems)
    try:
        return reader(raw)
    except ValueError as failure:
        return _wrong(path, f"is wrong: {failure}", problems)


def _suggestion(raw: object, known: tuple[object, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (needed for mistakes only)

    names = [str(name) for name in known]
    close = get_close_matches(str(raw), names, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"There is: {', '.join(names)}."


def _name(path: KeyPath) -> str:
    """Write a path as people do: `licences[1].holder`, counted from 1."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.lstrip(".")
