"""An article's id (said by the caller, by the file's name, or made of the title) and other names."""

import re
import unicodedata
from functools import lru_cache

from handouts.article import ID
from handouts.errors import Place, SourceError
from handouts.language_tag import LANGUAGE
from handouts.sources.reading import Origin

_LENGTH = 80
FILE_STEM = re.compile(rf"({ID.pattern})(?:\.({LANGUAGE.pattern}))?")
"""A file's name without its suffix: the id, and perhaps the language."""


_SHORT = re.compile(r"[a-z]{2}(?:-[A-Za-z0-9]{2,8})*")
"""The language behind any other name: `Knee Care.es`, but not `Knee Care.new`."""


def article_id(origin: Origin, title: str) -> str:
    """Give the id of an article that does not say its own: of its file's name, else of its title.

    Raises:
        SourceError: The caller's id is none, or the title has no letter to make one of.
    """
    if origin.id:
        return checked_id(origin.id, Place(origin.file))
    name, _ = _named(origin.stem)
    return name or checked_id(_slug(title), Place(origin.file))


@lru_cache(maxsize=64)
def _named(stem: str) -> tuple[str, str]:
    """Give the id and the language that a file's name says; one in capitals and spaces says both."""
    if named := FILE_STEM.fullmatch(stem):
        return named[1], named[2] or ""
    first, _, last = stem.rpartition(".")
    if first and _SHORT.fullmatch(last) and _slug(first):
        return _slug(first), last
    return _slug(stem), ""


def _slug(words: str) -> str:
    """Make an id of words, or "" when they have no letter for it."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", letters.lower())[:_LENGTH].strip("-")


def checked_id(name: str, place: Place) -> str:
    """Give the id back when it is one.

    Raises:
        SourceError: It is none.
    """
    if ID.fullmatch(name):
        return name
    hint = "Use a-z, 0-9 and -, 80 at most, for the file's name or the id."
    raise SourceError(f"{name!r} is no id of an article", place=place, hint=hint)


def file_language(origin: Origin) -> str:
    """Give the language in a file's name, `<id>.<language>`, or ""."""
    return _named(origin.stem)[1]


def other_names(words: str) -> tuple[str, ...]:
    """Part an article's other names at semicolons that stand in no brackets."""
    names, depth = [""], 0
    for part in re.split(r"([();])", words):
        depth = max(0, depth + (part == "(") - (part == ")"))
        if part == ";" and not depth:
            names.append("")
        else:
            names[-1] += part
    return tuple(name.strip() for name in names if name.strip())
