"""PDFs in memory: packets are opened from bytes and written to bytes, never to a file on disk.

Where the system has files in memory (Linux), qpdf maps them, and reads twice as fast as from a
stream of Python's; writing gains as much.
"""

import io
import os
from typing import Any, BinaryIO, TypeAlias

import pikepdf

_Pdf: TypeAlias = Any
"""A document of pikepdf: its types do not say what kind a key leads to."""

_HAS_FILES = hasattr(os, "memfd_create")


def opened(content: bytes) -> _Pdf:
    """Open a PDF.

    Raises:
        pikepdf.PdfError: It is none, or damaged.
        pikepdf.PasswordError: It needs a password.
    """
    if not (content and _HAS_FILES):
        return pikepdf.open(io.BytesIO(content))
    with _file() as file:
        file.write(content)
        file.flush()
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap_only)


def saved(pdf: _Pdf, **settings: Any) -> bytes:  # noqa: ANN401  (the settings of pikepdf)
    """Give the bytes of a PDF, written with pikepdf's settings."""
    with _file() as file:
        pdf.save(file, **settings)
        file.seek(0)
        return file.read()


def _file() -> BinaryIO:
    """A file in memory; it is gone when it is closed."""
    return os.fdopen(os.memfd_create("packet"), "w+b") if _HAS_FILES else io.BytesIO()
