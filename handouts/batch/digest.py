"""The digest of all that shows in a leaflet: when it is the same, nothing is made again."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from handouts import __version__
from handouts.article_json import as_json
from handouts.batch.rows import Row
from handouts.clinic import Clinic, Fonts
from handouts.files import PACKAGE, package_folder
from handouts.library import Library
from handouts.values import fields, replace

_LIBRARIES = (
    *("reportlab", "deflate", "uharfbuzz", "jinja2", "pillow", "zxing-cpp"),
    *("markdown-it-py", "mdit-py-plugins", "pyyaml", "tomli", "lxml"),
)
"""Libraries whose version may show in a leaflet: those that draw it, and those that read its text."""


class Digests:
    """Digests of a library's files, each file read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._base = _hashed(["handouts", __version__, *_versions(), *_files_of(library)])
        self._articles: dict[tuple[str, str], str] = {}
        self._clinics: dict[str, str] = {}

    def learn_clinic(self, clinic: Clinic) -> None:
        """Digest what a clinic's file says, and the files that it names.

        The list of its editions shows in no leaflet; of its languages, only the first and regions do.
        """
        folder = self._library.clinic_path(clinic.id).with_suffix("")
        self._clinics[clinic.id] = _hashed([*_clinic(clinic), *_tree(folder, folder)])

    def key(self, row: Row) -> str:
        """Give the digest of a leaflet's inputs."""
        parts = [
            self._base,
            self._clinics[row.clinic],
            self._article(row.article, row.language),
            row.edition,
            row.language,
            row.options,
        ]
        return _hashed(parts)

    def _article(self, article: str, language: str) -> str:
        """Digest an article's file, and that of the original whose title a translation shows."""
        known = self._articles.get((article, language))
        if known is None:
            own = self._library.article_path(article, language)
            first = self._library.article_path(article)
            files = (own,) if language.partition("-")[0] == "en" else (own, first)
            known = self._articles[article, language] = _hashed([_file(path) for path in files])
        return known


def _files_of(library: Library) -> Iterator[tuple[str, str]]:
    """Digest what belongs to every leaflet: our own code and files, the library's templates and themes."""
    for name in ("templates", "fonts"):
        folder = package_folder(name)
        yield from _tree(folder, folder.parent)
    yield from (pair for pair in _tree(PACKAGE, PACKAGE) if not pair[0].startswith(_NOT_SHOWN))
    for name in ("templates", "themes"):
        yield from _tree(library.folder / name, library.folder)


_NOT_SHOWN = ("batch/", "cli/", "library/", "starter_files/", "verify/", "templates/", "fonts/")
"""Parts of the package that show in no leaflet, or are digested before."""


def _tree(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Yield name and digest of every file below a folder, in a fixed order."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(root).as_posix(), _file(path)


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:  # one that comes with the system
            yield name


def _clinic(clinic: Clinic) -> Iterator[object]:
    """Yield what a clinic's file says, without where its files are, and what is in these."""
    brand = clinic.brand
    fonts = [getattr(brand.fonts, part.name) for part in fields(Fonts)] if brand.fonts else []
    words = replace(brand, logo="", logo_black="", fonts=None)
    first, *others = clinic.languages
    languages = (first, *[tag for tag in others if "-" in tag])
    yield as_json(replace(clinic, brand=words, editions=("standard",), languages=languages))
    for name in (brand.logo, brand.logo_black, *fonts):
        yield _file(Path(name)) if name else ""


def _file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _hashed(parts: Iterable[object]) -> str:
    return hashlib.sha256(_json(list(parts)).encode()).hexdigest()


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=as_json).encode
