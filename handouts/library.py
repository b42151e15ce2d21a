"""The library: articles and clinics in a folder, found by their ids without opening a file.

A library has `articles/<id>.md`, translations `articles/<id>.<language>.md`, `clinics/<id>.toml`,
and, if it likes, `templates/` and `handouts.toml`.
"""

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import tomli

from handouts.article import ID
from handouts.errors import HandoutsError, Place, UsageError
from handouts.files import contained, library_folder
from handouts.records import record
from handouts.sources.identity import FILE_STEM
from handouts.toml import LIMIT, read_toml
from handouts.values import field, frozen

FOLDERS = ("articles", "bundles", "clinics", "templates", "themes")
"""The folders of a library."""

_ARTICLE = re.compile(rf"{FILE_STEM.pattern}\.md")
_CLINIC = re.compile(rf"({ID.pattern})()\.toml")
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?\+\+\+[ \t\r]*\n((?:.*\n)*?)\+\+\+[ \t\r]*(?:\n|$)")
"""The front matter of an article: what is between its fences."""
_LANGUAGE = re.compile(
    rb"(?:\w+[ \t]*=[ \t]*[\"'](?![\"']{2}).*\n|[ \t\r]*(?:#.*)?\n)*?"
    rb"language[ \t]*=[ \t]*[\"']([A-Za-z0-9-]+)[\"'][ \t\r]*\n"
)
"""Its language, below words that are of one line; where anything else comes first, it is parsed."""
_NEAREST = 5
_FEW = 8
"""So many ids are all named when none is near."""
_PEEK = 4096


@frozen
class _Settings:
    """The file `handouts.toml` of a library."""

    library: str = ""


@frozen
class Library:
    """What is in a library's folder.

    `articles` leads from an id to the file names by language ("" for the file without one);
    `clinics` from an id to the file name; `skipped` names files that are neither.
    `templates` and `themes` are the folders of its own, if it has them.
    """

    folder: Path
    name: str = ""
    articles: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    clinics: Mapping[str, str] = field(default_factory=dict, hash=False)
    skipped: tuple[str, ...] = ()
    templates: Path | None = None
    themes: Path | None = None

    def article_path(self, id: str, language: str = "") -> Path:  # noqa: A002  (the article's attribute)
        """Give the file of an article, in a language or in its first one.

        A region falls back on its language, and a language on a region of it: `es-MX` finds `es`,
        and `en` finds `en-GB`.

        Raises:
            UsageError: There is no such article, or not in this language.
        """
        if id not in self.articles:
            raise _unknown("article", id, self.articles)
        files, folder = self.articles[id], self.folder / "articles"
        if not language:
            return contained(folder, files.get("") or files[min(files)])
        there = {tag or language_of(folder / name): name for tag, name in files.items()}
        base = language.partition("-")[0]
        regions = [tag for tag in sorted(there) if tag.startswith(f"{base}-")]
        for tag in (language, base, *regions):
            if tag in there:
                return contained(folder, there[tag])
        hint = f"There is: {', '.join(sorted(there))}."
        raise UsageError(f"the article {id!r} is not there in the language {language!r}", hint=hint)

    def id_of(self, path: Path) -> str:
        """Give the id under which an article's file is found here, "" for a file of another place."""
        return _id_in(self.folder, path)

    def clinic_path(self, id: str) -> Path:  # noqa: A002  (the clinic's attribute)
        """Give the file of a clinic.

        Raises:
            UsageError: There is no such clinic.
        """
        if id not in self.clinics:
            raise _unknown("clinic", id, self.clinics)
        return contained(self.folder / "clinics", self.clinics[id])

    def resolve_article(self, argument: str, language: str = "") -> Path:
        """Give an article's file by a path (with a separator, or an existing file) or an id.

        Raises:
            UsageError: It is an id, and there is no such article, or not in this language.
        """
        return _path(argument) if _is_path(argument) else self.article_path(argument, language)

    def resolve_clinic(self, argument: str) -> Path:
        """Give a clinic's file by a path or an id, as for articles.

        Raises:
            UsageError: It is an id, and there is no such clinic.
        """
        return _path(argument) if _is_path(argument) else self.clinic_path(argument)


def open_library(folder: Path | None = None) -> Library:
    """Look into a library's folder; without one, into the library that comes with the package.

    Raises:
        UsageError: There is no such folder, or it is no library or cannot be read, or its
            `handouts.toml` is wrong.
    """
    folder = folder or library_folder()
    try:
        return _opened(folder)
    except OSError as failure:
        hint = f"The system says: {failure.strerror}. Ask who owns it"
        what = "the library's folder cannot be read"
        place = Place(str(failure.filename or folder))
        raise UsageError(what, place=place, hint=hint) from failure


def _opened(folder: Path) -> Library:
    if not any((folder / part).is_dir() for part in ("articles", "clinics")):
        hint = "A library is a folder with the folders articles and clinics."
        raise UsageError(f"{folder} is no library", hint=hint)
    articles, strangers = _index(folder / "articles", _ARTICLE)
    clinics, others = _index(folder / "clinics", _CLINIC)
    return Library(
        folder=folder,
        name=_settings(folder).library,
        articles=articles,
        clinics={clinic: files[""] for clinic, files in clinics.items()},
        skipped=(*strangers, *(name for name in others if name.endswith(".toml"))),
        templates=_folder(folder / "templates"),
        themes=_folder(folder / "themes"),
    )


def _folder(path: Path) -> Path | None:
    return path if path.is_dir() else None


def find_clinic(argument: str, folder: Path | None) -> Path:
    """Give a clinic's file by a path, or by an id of a library, which only an id needs.

    Raises:
        UsageError: It is an id, and there is no such library or clinic.
    """
    return Path(argument) if _is_path(argument) else open_library(folder).clinic_path(argument)


def _settings(folder: Path) -> _Settings:
    path = folder / "handouts.toml"
    if not path.is_file():
        return _Settings()
    toml = read_toml(path, error=UsageError)
    return record(_Settings, toml.table, context=toml)


def _index(folder: Path, pattern: re.Pattern[str]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Sort a folder's file names by id and language, and give those that do not fit the pattern."""
    index: dict[str, dict[str, str]] = {}
    strangers = []
    for name in _names(folder) if folder.is_dir() else ():
        if match := pattern.fullmatch(name):
            index.setdefault(match[1], {})[match[2] or ""] = name
        elif not name.startswith("."):
            strangers.append(name)
    return index, strangers


def _names(folder: Path) -> list[str]:
    """Give what is in a folder, but for folders, pipes and links that lead nowhere."""
    with os.scandir(folder) as entries:
        return sorted([entry.name for entry in entries if _is_file(entry)])


def _is_file(entry: "os.DirEntry[str]") -> bool:
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()  # noqa: PTH113  (an entry raises for a loop of links)


def language_of(path: Path) -> str:
    """Look into an article's front matter for its language; English unless it says another."""
    try:
        with path.open("rb") as file:
            text = file.read(_PEEK)
            front = _FRONT.match(text)
            if front is None and b"+++" in text[:6]:
                front = _FRONT.match(text + file.read(LIMIT))
    except OSError:
        return "en"
    if front is None or b"language" not in front[1]:
        return "en"
    found = _LANGUAGE.match(front[1])
    return found[1].decode("ascii") if found else _parsed_language(front[1])


def _parsed_language(front: bytes) -> str:
    """Read the front matter for its language."""
    try:
        language = tomli.loads(front.decode().replace("\r\n", "\n")).get("language")
    except (ValueError, RecursionError):  # it is told when the article is read
        return "en"
    return language if isinstance(language, str) and language else "en"


@lru_cache(maxsize=512)
def _path(argument: str) -> Path:
    """Give a path; a batch names the same files again and again."""
    return Path(argument)


@lru_cache(maxsize=512)
def _id_in(library: Path, path: Path) -> str:
    """Give the id in the name of a file that stands among a library's articles."""
    match, folder = _ARTICLE.fullmatch(path.name), library / "articles"
    is_there = path.parent == folder or path.parent.resolve() == folder.resolve()
    return match[1] if match and is_there else ""


def _is_path(argument: str) -> bool:
    if os.sep in argument or (os.altsep or os.sep) in argument:
        return True
    return os.path.isfile(argument)  # noqa: PTH113  (Path raises for a name that is too long)


def _unknown(noun: str, id: str, known: Mapping[str, object]) -> HandoutsError:  # noqa: A002  (an id)
    from difflib import get_close_matches  # noqa: PLC0415  (needed for mistakes only)

    near = get_close_matches(id, known, n=_NEAREST)
    near = near or ([one for one in sorted(known) if id in one][:_NEAREST] if id else [])
    if near:
        hint = f"The nearest: {', '.join(near)}."
    elif len(known) <= _FEW:
        hint = f"There is: {', '.join(sorted(known))}." if known else f"The library has no {noun}s."
    else:
        hint = f"`handouts list {noun}s` names the {len(known)} there are."
    return UsageError(f"there is no {noun} {id!r}", hint=hint)
