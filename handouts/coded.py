"""Articles of a library by a clinical code, as an order or a diagnosis names it."""

import re
from collections.abc import Iterator
from pathlib import Path

from handouts.errors import SourceError, UsageError
from handouts.library import Library
from handouts.toml import parse_toml

SYSTEMS = ("ICD-10-CM", "SNOMED CT", "LOINC", "RxNorm")
_HEAD = 65_536
"""Bytes of a file among which its front matter stands."""

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+", re.DOTALL)


def article_of_code(argument: str, library: Library) -> str:
    """Give the id of the one article that has a code, written `SYSTEM:CODE`.

    Raises:
        UsageError: It is no code, no article has it, or several have; these are listed.
    """
    system, colon, code = argument.partition(":")
    systems = {_folded(name): name for name in SYSTEMS}
    name = systems.get(_folded(system), "")
    if not (colon and code and name):
        hint = f"Write it as SYSTEM:CODE, such as LOINC:57698-3; SYSTEM is {', '.join(SYSTEMS)}"
        raise UsageError(f"{argument!r} is no code", hint=hint)
    wanted = (_folded(name), code.strip())
    found = [article for article, codes in _coded(library) if wanted in codes]
    if len(found) == 1:
        return found[0]
    if found:
        hint = f"Choose one by its id: {', '.join(found)}."
        raise UsageError(f"several articles have the code {name} {code}", hint=hint)
    raise UsageError(f"no article has the code {name} {code}", hint="Choose one by its id")


def _coded(library: Library) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """Yield each article's id with its codes, those of its translations too."""
    for article, files in sorted(library.articles.items()):
        paths = [library.folder / "articles" / name for name in files.values()]
        yield article, {code for path in paths for code in _codes(path)}


def _codes(path: Path) -> Iterator[tuple[str, str]]:
    """Peek into an article's front matter; one without the word has no codes."""
    try:
        with path.open("rb") as file:
            front = _FRONT.match(file.read(_HEAD))
    except OSError:
        return
    if not front or b"codes" not in front[1]:
        return
    text = front[1].decode("utf-8", errors="replace")
    rows = parse_toml(text, str(path), error=SourceError, line=1).table.get("codes", ())
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            yield _folded(str(row.get("system", ""))), str(row.get("code", ""))


def _folded(system: str) -> str:
    return re.sub(r"[\s_-]", "", system).casefold()
