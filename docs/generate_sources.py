"""Writes `docs/sources.md` and `docs/article-schema.md` from the code: `python docs/generate_sources.py`.

`tests/test_import_docs.py` fails when a file is stale.
"""  # noqa: INP001  (a program, not a package)

import datetime
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from handouts import document, import_report
from handouts.article import Article
from handouts.article_json import TYPES
from handouts.importing import Imported
from handouts.sources import FORMATS, Report
from handouts.values import fields, is_value

DOCS = Path(__file__).parent

_NOTE = """\
This page is made from the code by `python docs/generate_sources.py`.
Change the code and run it; do not edit this page.
"""

_SOURCES = f"""\
# Formats that can be read

{_NOTE}
`handouts import` takes articles of these formats into a library, and `handouts make FILE` reads them
directly ([how](import.md)).
The content tells the format, not the file's name; `--format NAME` says it.
"""

_SOURCES_END = """\
What is left out is told with its line and the reason, and stands in the report of `--json`.
No reader follows a link, loads an entity or opens another file.
"""

_SCHEMA = f"""\
# An article as JSON

{_NOTE}
`handouts import --json` prints one line an article: an object with `article` and `report`.
Values are objects with the fields of their types, lists are arrays, dates are strings such as
`"2024-06-17"`, and what is not known is `null` or `""`.
Blocks and inline parts have a field `type`, the name of their type.
The items of a list are arrays of blocks.
"""

_KINDS = {str: "string", int: "whole number", float: "number", bool: "true or false"}
_PAGES_ONLY = (
    *("Blank", "Columns", "Figure", "Rule", "RuledLines", "Section", "Slot", "Sticker", "Strip"),
    "StripCell",
)
"""Types that only pages have; no article holds them."""

_REPORT = {
    "source": "the file that it was read from",
    "path": "its file in the library",
    "state": "`new`, `changed` or `unchanged`",
    "changes": "what is not the same as in the file that was there, in words",
    "kept": "what the clinic had added to it and keeps",
    "rights": "who may hand it out, in words",
    "missing": "notices that should be printed and are not in it",
}
"""Key of `report`, beside those of `Report` -> what it is."""


def sources() -> str:
    """Give the page about formats."""
    rows = "\n".join(
        f"| `{row.name}` | {row.label} | {row.kept} | {row.left_out} |" for row in FORMATS
    )
    head = "| Format | What it is | What is kept | What is not |\n| --- | --- | --- | --- |"
    return f"{_SOURCES}\n{head}\n{rows}\n\n{_SOURCES_END}"


def schema() -> str:
    """Give the page about the shape of an article."""
    assert set(_REPORT) | {part.name for part in fields(Report)} == _keys_of_report()  # noqa: S101  (of a program)
    own = "\n".join(f"| `{key}` | {words} |" for key, words in _REPORT.items())
    parts = [_SCHEMA, *(_table(kind) for kind in _classes(Article)), "## Report\n"]
    parts += ["| Key | What it is |\n| --- | --- |", own, "", "and what the reader did:\n"]
    parts += [_rows(Report), *(_table(kind) for kind in _inner(Report))]
    return "\n".join(parts).rstrip("\n") + "\n"


def _keys_of_report() -> set[str]:
    article = Article(id="a", kind="topic", title="A", language="en")
    imported = Imported(
        source="a", article=article, report=Report(format="a"), path=Path("a"), state="new"
    )
    return set(import_report.as_object(imported)["report"])


def _table(kind: type) -> str:
    name = f"## {kind.__name__}{' (`type`)' if TYPES.get(kind.__name__) is kind else ''}"
    return f"{name}\n\n{inspect.cleandoc(kind.__doc__ or '')}\n\n{_rows(kind)}"


def _rows(kind: type) -> str:
    rows = [f"| `{part.name}` | {_words(part.annotation)} |" for part in fields(kind)]
    return "\n".join(("| Field | What it is |", "| --- | --- |", *rows, ""))


def _classes(top: type) -> tuple[type, ...]:
    """Give a class, those of its fields, and all blocks and inline parts, each once."""
    parts = [kind for name, kind in TYPES.items() if name not in _PAGES_ONLY]
    found = [one for kind in (top, *parts) for one in (kind, *_inner(kind))]
    return tuple(dict.fromkeys(found))


def _inner(top: type) -> Iterator[type]:
    """Yield the classes of a class's fields that are no blocks and no inline parts."""
    for part in fields(top):
        for kind in _leaves(part.annotation):
            if is_value(kind) and TYPES.get(kind.__name__) is not kind:
                yield kind


def _leaves(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  (any annotation)
    inner = get_args(annotation)
    if inner and annotation not in (document.Block, document.Inline):
        for one in inner:
            yield from _leaves(one)
    else:
        yield annotation


_NAMED = (
    (document.Blocks, "array of blocks"),
    (document.Inlines, "array of inline parts"),
    (document.Item, "array of blocks"),
    ("Inlines", "array of inline parts"),
)


def _words(annotation: Any) -> str:  # noqa: ANN401  (any annotation)
    """Say what a field holds."""
    for known, words in _NAMED:
        if annotation == known:
            return words
    inner = get_args(annotation)
    if get_origin(annotation) is tuple:
        if inner[-1] is Ellipsis:
            return f"array of {_plural(_words(inner[0]))}"
        return f"array: {', then '.join(_words(one) for one in inner)}"
    if inner:
        kinds = [one for one in inner if one is not NoneType]
        if all(isinstance(one, str | int) for one in kinds):
            return " or ".join(f"`{one!r}`".replace("'", '"') for one in kinds)
        return " or ".join((*map(_words, kinds), *["null"] * (NoneType in inner)))
    named = "date" if annotation is datetime.date else f"`{annotation.__name__}`"
    return _KINDS.get(annotation) or named


def _plural(words: str) -> str:
    """Give the plural of what a field holds; names stay as they are."""
    if words.startswith("array"):
        return words.replace("array", "arrays", 1)
    return words if words.startswith("`") else f"{words}s"


if __name__ == "__main__":
    (DOCS / "sources.md").write_text(sources(), encoding="utf-8")
    (DOCS / "article-schema.md").write_text(schema(), encoding="utf-8")
