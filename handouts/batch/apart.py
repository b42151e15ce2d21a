"""Leaflets and the files of the library stay apart."""

from collections.abc import Iterable
from pathlib import Path

from handouts.errors import UsageError
from handouts.library import FOLDERS, Library


def check_output(output: Path, library: Library, clinics: Iterable[str]) -> None:
    """Check that leaflets do not lie among the files of the library.

    Args:
        output: The folder for the leaflets.
        library: The library.
        clinics: Ids of clinics, each of which gets a folder there.

    Raises:
        UsageError: They would.
    """
    shelf = library.folder.resolve()
    parts = [shelf / name for name in FOLDERS]
    for folder in (output, *(output / name for name in clinics)):
        place = folder.resolve()
        if place == shelf or any(place.is_relative_to(part) for part in parts):
            hint = f"Give a folder of their own, such as {library.folder / 'leaflets'}."
            what = f"leaflets would lie among the library's files in {folder}"
            raise UsageError(what, hint=hint)
