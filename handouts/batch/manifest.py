"""A manifest: the leaflets to make, a row each, as CSV or JSON Lines."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handouts.errors import Place, UsageError
from handouts.files import decode, read_bytes
from handouts.values import field, frozen

COLUMNS = ("clinic", "article", "edition", "language", "options")
"""Columns of a manifest; the first two must be there."""

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "paper": ("letter", "a4"),
    "ink": ("colour", "black"),
    "order": ("source", "reader"),
    "heads": ("source", "reader"),
    "claims": ("ua1", "ua2"),
    "notes": ("odd", "always", "never"),
}
"""Option of a row -> its values, which are those of `handouts make`."""

_SEPARATORS = ";\t"
"""What parts cells where there is no comma: spreadsheets write `;` where a comma parts decimals."""

_LIMIT = 100_000_000
"""Largest manifest, in bytes."""


@frozen
class Line:
    """A row as it is written; "" where it says nothing."""

    number: int
    clinic: str = ""
    article: str = ""
    edition: str = ""
    language: str = ""
    options: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = field(default=(), hash=False)


def read_manifest(path: Path) -> tuple[Line, ...]:
    """Read a manifest; what is wrong with a row stands in its `problems`.

    Raises:
        UsageError: The file cannot be read, or has no rows.
    """
    text = decode(read_bytes(path, limit=_LIMIT, error=UsageError), str(path), error=UsageError)
    rows = _json_rows(text) if text.lstrip().startswith(("{", "[")) else _csv_rows(text)
    lines = tuple(_line(number, row) for number, row in rows)
    if not lines:
        hint = "A row for each leaflet is needed below the names of the columns."
        raise UsageError("the manifest has no rows", place=Place(str(path)), hint=hint)
    return lines


_Rows = Iterator[tuple[int, Mapping[str, object] | str]]
"""Number of the line, and the row or what is wrong with it."""


def _json_rows(text: str) -> _Rows:
    if text.lstrip().startswith("["):
        yield 1, f"this is a list in JSON: {_ONE_A_LINE}"
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_object)
        except _TwiceError as twice:
            yield number, f"{twice} is there twice"
            continue
        except (ValueError, RecursionError):
            row = None
        yield number, row if isinstance(row, dict) else f"this is no JSON object: {_ONE_A_LINE}"


_ONE_A_LINE = "write one object a line, with nothing round them"


class _TwiceError(ValueError):
    """A key of an object is there twice: nobody knows which one is meant."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for name in _twice(name for name, _ in pairs):
        raise _TwiceError(name)
    return {name: value for name, value in pairs if value is not None}


def _twice(names: Iterable[str]) -> Iterator[str]:
    return (name for name, count in Counter(names).items() if count > 1)


def _csv_rows(text: str) -> _Rows:
    """Read rows; what is wrong with the first one, which names the columns, is told once."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    heads: list[str] = []
    try:
        for cells in reader:
            while cells and not cells[-1].strip():  # a spreadsheet may write more than there is
                cells.pop()
            if cells and not heads:
                heads = [cell.strip().lower() for cell in cells]
                yield from ((reader.line_num, what) for what in _wrong_heads(heads))
                if not {*COLUMNS[:2]} <= {*heads}:
                    return
            elif len(cells) > len(heads):
                yield reader.line_num, f"the row has {len(cells)} cells, the first one {len(heads)}"
            elif cells:
                row = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
                yield reader.line_num, {key: row[key] for key in COLUMNS if key in row}
    except csv.Error as failure:
        yield reader.line_num, f"this is no CSV: {failure}"


def _separator(text: str) -> str:
    """Give what parts the cells of the first row, a comma where it is not clear."""
    head = text.lstrip().partition("\n")[0]
    return next((one for one in _SEPARATORS if one in head and "," not in head), ",")


def _wrong_heads(heads: list[str]) -> Iterator[str]:
    for name in COLUMNS[:2]:
        if name not in heads:
            yield f"the column {name!r} is missing; the first row names the columns"
    for name in dict.fromkeys(heads):
        if name not in COLUMNS:
            yield _no_column(name)
    if len(set(heads)) < len(heads):
        yield "a column is there twice"


def _no_column(name: str) -> str:
    return f"there is no column {name!r}; there is: {', '.join(COLUMNS)}"


def _line(number: int, row: Mapping[str, object] | str) -> Line:
    if isinstance(row, str):
        return Line(number=number, problems=(row,))
    problems = [_no_column(key) for key in row if key not in COLUMNS]
    words = {key: row.get(key, "") for key in COLUMNS[:-1]}
    problems += [
        f"{key} must be text" for key, value in words.items() if not isinstance(value, str)
    ]
    problems += [f"{key} is missing" for key in COLUMNS[:2] if not words[key]]
    options = dict(_options(row.get("options", ""), problems))
    return Line(
        number=number,
        **{key: str(value) for key, value in words.items()},
        options=tuple(sorted(options.items())),
        problems=tuple(problems),
    )


def _options(given: object, problems: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the options of a row: an object, or `paper=a4 ink=black`."""
    if isinstance(given, str):
        pairs = [tuple(part.partition("=")[::2]) for part in given.split()]
    elif isinstance(given, dict):
        pairs = [(str(key), str(value)) for key, value in given.items()]
    else:
        problems.append('options must be an object such as {"paper": "a4"}')
        pairs = []
    problems += [f"{name} is there twice" for name in _twice(name for name, _ in pairs)]
    for name, value in pairs:
        if name not in OPTIONS:
            problems.append(f"there is no option {name!r}; there is: {', '.join(OPTIONS)}")
        elif value not in OPTIONS[name]:
            problems.append(f"{name} cannot be {value!r}; it can be {' or '.join(OPTIONS[name])}")
        else:
            yield name, value
