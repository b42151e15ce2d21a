"""New libraries and clinics: commented files that work at once, never over one that is there."""

import re
import unicodedata
from pathlib import Path

from handouts.article import ID
from handouts.errors import OutputError, Place, UsageError
from handouts.files import PACKAGE, library_folder, write_atomically

_FILES = PACKAGE / "starter_files"
_CLINIC = "clinics/our-clinic.toml"
_ID, _NAME = '"our-clinic"', '"Our Clinic"'
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')


def new_library(folder: Path) -> tuple[Path, ...]:
    """Write a small library that works at once, and give its files.

    Raises:
        UsageError: The folder holds one of the files already, or is the built-in library's.
        OutputError: The disk refuses.
    """
    _check_ours(folder)
    names = sorted(path.relative_to(_FILES) for path in _FILES.rglob("*") if path.is_file())
    texts = {folder / name: (_FILES / name).read_text(encoding="utf-8") for name in names}
    return _written(texts)


def new_clinic(name: str, folder: Path) -> Path:
    """Write a clinic's file into a library, and give its path.

    Args:
        name: The clinic's name, or its id.
        folder: The library.

    Raises:
        UsageError: No id can be made of the name, the library is none, or the clinic is there.
        OutputError: The disk refuses.
    """
    _check_ours(folder)
    if not any((folder / part).is_dir() for part in ("articles", "clinics")):
        hint = f"Make one: handouts new library {folder}"
        raise UsageError(f"{folder} is no library", hint=hint)
    id_ = clinic_id(name)
    text = (_FILES / _CLINIC).read_text(encoding="utf-8")
    text = text.replace(f"id = {_ID}", f'id = "{id_}"', 1).replace(_NAME, f'"{_title(name)}"')
    return _written({folder / "clinics" / f"{id_}.toml": text})[0]


def clinic_id(name: str) -> str:
    """Make an id of a clinic's name: "Señor's Clinic" is `senors-clinic`.

    Raises:
        UsageError: The name has no letters or digits that an id may have, or too many.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if not ID.fullmatch(found) or _UNSAFE.search(name):
        hint = "Give a name with letters of a-z, 80 at most, and without quotes."
        raise UsageError(f"{name[:80]!r} makes no id of a clinic", hint=hint)
    return found


def _title(name: str) -> str:
    """Give the name that is printed; an id in place of a name gets capitals."""
    return name.replace("-", " ").title() if ID.fullmatch(name) else name.strip()


def _check_ours(folder: Path) -> None:
    if folder.resolve().is_relative_to(library_folder().resolve()):
        hint = "Give --library DIR, or set HANDOUTS_LIBRARY."
        raise UsageError("the library that comes with handouts is not written", hint=hint)


def _written(texts: dict[Path, str]) -> tuple[Path, ...]:
    """Write files, all or, when one of them is there, none."""
    there = [path for path in texts if path.exists() or path.is_symlink()]
    if there:
        hint = "Nothing was written: files that are there are never overwritten."
        raise UsageError("the file is there already", place=Place(str(there[0])), hint=hint)
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"the folder {path.parent} cannot be made"
            raise OutputError(what, hint=error.strerror or "") from error
        write_atomically(path, text.encode())
    return tuple(texts)
