"""A TOML file that people wrote: its table, and where in it something is wrong."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import tomli

from handouts.errors import HandoutsError, Place, SourceError
from handouts.files import decode, read_bytes
from handouts.values import frozen

LIMIT = 1_000_000
"""Largest file, in bytes."""

_DOUBLED = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")
_TWICE = "A key or a table is there twice: delete one of the two."

KeyPath = tuple[str | int, ...]
"""Keys and array indices from the top of the file."""


@frozen
class Toml:
    """A parsed file, with what is needed to say where in it something is wrong.

    `line` is the number of lines above its text in its file; `error` is raised for its mistakes.
    `below` is the file that it was laid over, if that may be wrong, too; `within` is the table whose
    keys are meant when places are asked for.
    """

    table: Mapping[str, object]
    text: str
    file: str
    error: type[HandoutsError] = SourceError
    line: int = 0
    below: "Toml | None" = None
    within: KeyPath = ()

    def place(self, path: KeyPath = ()) -> Place:
        """Find the line of a key, or of the closest table round it, in the file that has the key."""
        path = (*self.within, *path)
        one: Toml | None = self
        while one and not _is_in(path, tomli.loads(one.text)):
            one = one.below
        one = one or self
        lines = _lines(one.text)
        while path and path not in lines:
            path = path[:-1]
        return Place(one.file, lines[path] + one.line if path else None)


def _is_in(path: KeyPath, table: object) -> bool:
    """Tell whether a table has a key."""
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return isinstance(table, list)
        table = table[key]
    return True


@frozen(kw_only=False)
class Problem:
    """One mistake: at which key, what is wrong, what to do."""

    path: KeyPath
    what: str
    hint: str = ""


# ---- reading -----------------------------------------------------------------------------------


def read_toml(path: Path, *, error: type[HandoutsError] = SourceError) -> Toml:
    """Read and parse a file.

    Raises:
        HandoutsError: Of the kind `error`: the file is missing, too large, no UTF-8, or no TOML.
    """
    text = decode(read_bytes(path, limit=LIMIT, error=error), str(path), error=error)
    return parse_toml(text, str(path), error=error)


def parse_toml(
    text: str, file: str, *, error: type[HandoutsError] = SourceError, line: int = 0
) -> Toml:
    """Parse text that starts below `line` lines of its file.

    Raises:
        HandoutsError: Of the kind `error`, with the line of the mistake.
    """
    try:
        table = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError) as failure:
        words = re.sub(r" \(at .*\)$", "", str(failure))
        at = re.search(r"at line (\d+)", str(failure))
        last = text.rstrip().count("\n") + 1
        place = Place(file, line + (int(at[1]) if at else last))
        hint = _TWICE if words.startswith(_DOUBLED) else 'Write: key = "words", one a line.'
        raise error(f"this is not TOML: {words}", place=place, hint=hint) from None
    return Toml(table=table, text=text, file=file, error=error, line=line)


def laid_over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Merge two tables; where both have a table of one name, these are merged, too."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = laid_over(under, value) if both else value  # type: ignore[arg-type]  # a dict
    return merged


def refuse(problems: Iterable[Problem], context: Toml) -> NoReturn:
    """Raise the file's error for one mistake, or for all of them together."""
    told = [(context.place(problem.path), problem) for problem in problems]
    if len(told) == 1:
        (place, problem), *_ = told
        raise context.error(problem.what, place=place, hint=problem.hint)
    one_file = {place.file for place, _ in told} == {context.file}
    words = [
        ((f"line {place.line}: " if place.line else "") if one_file else f"{place}: ")
        + problem.what
        + (f" ({problem.hint.rstrip('.')})" if problem.hint else "")
        for place, problem in told
    ]
    where = Place(context.file) if one_file else None
    raise context.error(f"{len(told)} mistakes: {'; '.join(words)}", place=where)


# ---- places ------------------------------------------------------------------------------------

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=")
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")


def _lines(text: str) -> Mapping[KeyPath, int]:
    """Map each key and table that stands at the start of a line to its line number, from 1."""
    lines: dict[KeyPath, int] = {}
    rows: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            lines.setdefault(table, number)
            if header[1] == "[[":
                rows[table] = rows.get(table, -1) + 1
                table = (*table, rows[table])
                lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
