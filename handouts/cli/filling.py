"""The words for an article's blanks, from the command line, a file, or stdin."""

from collections.abc import Iterable
from pathlib import Path

from handouts.cli.stdin import NAME as STDIN
from handouts.cli.stdin import read_stdin
from handouts.errors import UsageError

_LIMIT = 1_000_000
"""Largest file of words, in bytes."""


def blank_values(given: Iterable[str], file: str | None) -> dict[str, str]:
    """Give the words by the blank's name.

    Args:
        given: `NAME=WORDS` from the command line; a name given twice has a line each.
        file: A TOML file of names and words, `-` for stdin; words about a patient belong here.

    Raises:
        UsageError: A name is missing, or the file is no TOML of words.
    """
    values = _filling(file) if file else {}
    for one in given:
        name, equals, words = one.partition("=")
        if not equals or not name:
            raise UsageError("--set has no name", hint="Write it as --set NAME=WORDS")
        values[name] = f"{values[name]}\n{words}" if name in values else words
    return values


def _filling(file: str) -> dict[str, str]:
    """Read the words from a file or from stdin."""
    from handouts.blank_words import read_blank_words  # noqa: PLC0415  (tomli, for this only)
    from handouts.files import read_bytes  # noqa: PLC0415  (the same)

    if file == STDIN:
        return read_blank_words(read_stdin(_LIMIT), "stdin")
    return read_blank_words(read_bytes(Path(file), limit=_LIMIT, error=UsageError), file)
