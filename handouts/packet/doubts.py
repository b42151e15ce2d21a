"""Signs that a file is not the PDF/UA-1 that it claims to be (ISO 14289-1).

A validator judges far more; these are the faults that are common and quick to see.  A claim with a
fault is not passed on.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from handouts.packet.claims import metadata
from handouts.packet.tables import is_table

_Object: TypeAlias = Any
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def has_faults(pdf: _Object) -> bool:
    """Whether a fault is seen in a file that claims PDF/UA-1."""
    return any(_of_the_file(pdf)) or any(_of_a_page(page.obj) for page in pdf.pages)


def _of_the_file(pdf: _Object) -> Iterator[bool]:
    """Marked (6.2), not suspect, with a title that is shown (7.1) and a language (7.2)."""
    marks, viewing = pdf.Root.get("/MarkInfo", {}), pdf.Root.get("/ViewerPreferences", {})
    yield marks.get("/Marked") is not True or marks.get("/Suspects") is True
    yield viewing.get("/DisplayDocTitle") is not True
    yield b":title" not in metadata(pdf)
    yield "/Lang" not in pdf.Root


def _of_a_page(page: _Object) -> bool:
    """Fonts are embedded (7.21.4), notes are in the order of tags (7.18.3), links have words (7.18.5)."""
    notes = [note for note in page.get("/Annots", ()) if is_table(note)]
    if notes and page.get("/Tabs") != "/S":
        return True
    if any(str(note.get("/Subtype")) == "/Link" and "/Contents" not in note for note in notes):
        return True
    fonts = page.get("/Resources", {}).get("/Font", {})
    return not all(_is_embedded(font) for _, font in fonts.items())


def _is_embedded(font: _Object) -> bool:
    if str(font.get("/Subtype")) == "/Type3":
        return True
    own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = own.get("/FontDescriptor", {})
    return any(key in descriptor for key in _FONT_FILES)
