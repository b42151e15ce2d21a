"""Articles and clinics that were read, kept as long as their files stay the same.

A batch makes many leaflets of one article and one clinic; each is read once a process.
"""

import os
from functools import lru_cache
from pathlib import Path

from handouts.clinic import Clinic, read_clinic
from handouts.errors import Place, SourceError
from handouts.remembered import Remembered
from handouts.sources import Reading, read_source
from handouts.values import replace

_Stamp = tuple[int, int]


def kept_reading(path: Path, language: str = "", id: str = "") -> Reading:  # noqa: A002  (the article's attribute)
    """Read the article of a file, or give what was read of it before.

    Args:
        path: The file.
        language: The language that the text must be in.
        id: The id under which a library has the file.  It counts, whatever the text says of itself:
            two files of a library are two articles.

    Raises:
        SourceError: It cannot be read, or is in another language; the file is named.
    """
    return _reading(path, language, id, _stamp(path))


def kept_clinic(path: Path) -> Clinic:
    """Read a clinic's file, or give what was read of it before.

    Raises:
        ClinicError: The file is wrong.
    """
    return _clinic(path, _stamp(path))


def spoken(clinic: Clinic, language: str) -> Clinic:
    """Give a clinic with its words in a language, the same each time."""
    return _SPOKEN.result((clinic,), (language,), lambda: clinic.in_language(language))


_SPOKEN: Remembered[Clinic] = Remembered(256)


def _stamp(path: Path) -> _Stamp:
    """Size and time of a file; a file that is not there is left to its reader to tell."""
    try:
        status = os.stat(path)  # noqa: PTH116  (asked for every leaflet; Path takes longer)
    except (OSError, ValueError):
        return 0, 0
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=64)
def _reading(path: Path, language: str, id: str, stamp: _Stamp) -> Reading:  # noqa: A002  (as above)
    del stamp  # a part of the key only
    try:
        reading = read_source(path, language=language or None)
    except SourceError as error:
        place = error.place or Place(str(path))
        raise SourceError(error.what, place=place, hint=error.hint) from error
    if not id or reading.article.id == id:
        return reading
    return replace(reading, article=replace(reading.article, id=id))


@lru_cache(maxsize=256)
def _clinic(path: Path, stamp: _Stamp) -> Clinic:
    del stamp  # a part of the key only
    return read_clinic(path)
