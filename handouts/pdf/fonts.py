"""Fonts addressed by glyph id: Type0, Identity-H, CIDFontType2, embedded subsets (ISO 32000-1, 9.7).

A code is the font's own glyph id, so text operators are the same bytes in every document.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.errors import ConformanceError
from handouts.marks import Face, FontProgram, Page, TextMark
from handouts.pdf.objects import FileDocument
from handouts.pdf.syntax import number, stream

_BLOCK = 100
"""A CMap's bfchar block has that many rows at most (Adobe Technical Note 5014)."""

_TO_UNICODE = b"""/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
%b
endcmap
CMapName currentdict/CMap defineresource pop
end
end"""


class _Embedded(NamedTuple):
    """What a file holds of a face, ready to write, but for object numbers."""

    base: bytes
    program: bytes
    to_unicode: bytes
    descriptor: bytes
    widths: bytes


def write_fonts(document: FileDocument, pages: Sequence[Page]) -> None:
    """Embed every face that the pages use, cut down to the glyphs they use."""
    uses: dict[str, tuple[Face, set[int], dict[int, str]]] = {}
    for face, glyphs, texts in _uses(pages):
        _, all_glyphs, all_texts = uses.setdefault(face.name, (face, set(), {}))
        all_glyphs |= glyphs
        all_texts.update(texts)
    for name, (face, glyph_set, named) in uses.items():
        texts_of = tuple(sorted(named.items()))
        embedded = _embed(face, frozenset(glyph_set), texts_of)  # type: ignore[arg-type]  # a protocol is not known to be hashable
        _write_font(document, name, embedded)


def _uses(
    pages: Sequence[Page],
) -> Iterable[tuple[Face, frozenset[int], tuple[tuple[int, str], ...]]]:
    settings = {
        id(mark.setting): mark.setting
        for page in pages
        for mark in page.marks
        if isinstance(mark, TextMark)
    }
    for setting in settings.values():
        for use in setting.fonts:
            yield use.face, use.glyphs, use.texts


@lru_cache(maxsize=256)
def _embed(face: Face, glyphs: frozenset[int], texts: tuple[tuple[int, str], ...]) -> _Embedded:
    program = face.subset(glyphs)
    base = f"{_subset_tag(glyphs)}+{face.postscript_name}".encode()
    return _Embedded(
        base=base,
        program=stream(b"/Length1 %d" % len(program.data), program.data, level=9),
        to_unicode=stream(b"", _to_unicode(face, glyphs, dict(texts))),
        descriptor=_descriptor(base, program),
        widths=b" ".join(
            [b"%d[%b]" % (glyph, number(width).encode()) for glyph, width in program.widths]
        ),
    )


def _subset_tag(glyphs: frozenset[int]) -> str:
    """Six capitals that differ between subsets (9.6.4), the same for the same glyphs."""
    digest = hashlib.md5(repr(sorted(glyphs)).encode(), usedforsecurity=False).digest()
    return "".join([chr(ord("A") + byte % 26) for byte in digest[:6]])


def _descriptor(base: bytes, program: FontProgram) -> bytes:
    """Write the font descriptor, but for its end and its font file (9.8)."""
    return (
        b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle %b"
        b"/Ascent %d/Descent %d/CapHeight %d/StemV %d"
    ) % (
        base,
        *program.bbox,
        number(program.italic_angle).encode(),
        program.ascent,
        program.descent,
        program.cap_height,
        program.stem_v,
    )


def _to_unicode(face: Face, glyphs: frozenset[int], texts: Mapping[int, str]) -> bytes:
    """Map every glyph to its text (9.10.3); glyph 0 stands for a character that no face has."""
    rows = [
        b"<%04X><%b>" % (glyph, _text(face, glyph, texts).encode("utf-16-be").hex().encode())
        for glyph in sorted(glyphs)
        if glyph
    ]
    blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
    return _TO_UNICODE % b"\n".join(
        [b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks]
    )


def _text(face: Face, glyph: int, texts: Mapping[int, str]) -> str:
    text = face.text_of(glyph) or texts.get(glyph)
    if not text:
        raise ConformanceError(
            f"glyph {glyph} of {face.postscript_name} has no text, so it cannot be read aloud",
            hint="Use another font for this language.",
        )
    return text


def _write_font(document: FileDocument, name: str, font: _Embedded) -> None:
    program = document.add(font.program)
    descriptor = document.add(font.descriptor + b"/FontFile2 %d 0 R>>" % program)
    to_unicode = document.add(font.to_unicode)
    descendant = document.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/DW 0/W[%b]/CIDToGIDMap/Identity>>"
        % (font.base, descriptor, font.widths)
    )
    document.add_font(
        name,
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (font.base, descendant, to_unicode),
    )
