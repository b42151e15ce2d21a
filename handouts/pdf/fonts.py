"""Fonts addressed by glyph id: Type0, Identity-H, CIDFontType2, embedded subsets (ISO 32000-1, 9.7).

A code is the font's own glyph id, so text operators are the same bytes in every document.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from handouts.errors import ConformanceError
from handouts.marks import Face, FontProgram, OwnMark, TextMark
from handouts.pdf.objects import FileDocument
from handouts.pdf.syntax import number, stream
from handouts.pdf.unicode_map import Codes, shared, unicode_map


class _Embedded(NamedTuple):
    """What a file holds of a face, ready to write, but for object numbers."""

    base: bytes
    program: bytes
    codes: Codes
    descriptor: bytes
    widths: bytes


Fonts = Mapping[Face, tuple[frozenset[int], frozenset[tuple[int, str]]]]
"""Face -> the glyphs of it that are used, and texts of those that it cannot name itself."""

_COMMON = "abcdefghijklmnopqrstuvwxyzABCDEFGHILMNOPRSTW0123456789 .,:()-\u00a0\u2013\u2019"
"""What is embedded of the faces of imprints, so that pages fit the words of nearly all of them."""

_RARER = ("!;?", "+/@", "&'\u00b7", "UVY", "JKQXZ")
"""What comes with it as soon as an imprint has a letter of the group: so groups, not letters, tell
plates apart."""


def fonts_of(marks: Iterable[OwnMark]) -> Fonts:
    """Gather the faces that marks use."""
    glyphs: dict[Face, set[int]] = {}
    texts: dict[Face, set[tuple[int, str]]] = {}
    settings = {id(mark.setting): mark.setting for mark in marks if isinstance(mark, TextMark)}
    for setting in settings.values():
        for use in setting.fonts:
            glyphs.setdefault(use.face, set()).update(*use.words)
            texts.setdefault(use.face, set()).update(use.texts)
    return {face: (frozenset(found), frozenset(texts[face])) for face, found in glyphs.items()}


def beyond_common(fonts: Fonts) -> Fonts:
    """Leave of an imprint's fonts what it brings beyond the common glyphs of its faces."""
    return {
        face: (glyphs.union(*_rarer(face, glyphs)) - _glyphs(face, _COMMON), texts)
        for face, (glyphs, texts) in fonts.items()
    }


def widened(fonts: Fonts) -> Fonts:
    """Give what an imprint brings: its glyphs, the common ones of its faces, groups of rarer ones."""
    return {
        face: (glyphs.union(_glyphs(face, _COMMON), *_rarer(face, glyphs)), texts)
        for face, (glyphs, texts) in fonts.items()
    }


def joined(several: Iterable[Fonts]) -> Fonts:
    """Join the fonts of pages and of imprints."""
    union: dict[Face, tuple[frozenset[int], frozenset[tuple[int, str]]]] = {}
    for fonts in several:
        for face, (glyphs, texts) in fonts.items():
            there = union.get(face)
            union[face] = (there[0] | glyphs, there[1] | texts) if there else (glyphs, texts)
    return union


def _rarer(face: Face, glyphs: frozenset[int]) -> list[frozenset[int]]:
    """Give the groups of rarer glyphs of which some are there."""
    return [group for group in _groups(face) if not group.isdisjoint(glyphs)]


@lru_cache(maxsize=512)
def _groups(face: Face) -> tuple[frozenset[int], ...]:
    return tuple([_glyphs(face, group) for group in _RARER])


@lru_cache(maxsize=512)
def _glyphs(face: Face, characters: str) -> frozenset[int]:
    return frozenset([face.glyph(character) for character in characters]) - {0}


def write_fonts(document: FileDocument, fonts: Fonts) -> None:
    """Embed faces, cut down to the glyphs that are used, in the order of their names."""
    rows = sorted(fonts.items(), key=lambda one: one[0].name)
    embedded = [_embed(face, glyphs, tuple(sorted(texts))) for face, (glyphs, texts) in rows]
    maps, places = shared([font.codes for font in embedded])
    numbers = [document.add(stream(b"", unicode_map(codes))) for codes in maps]
    for (face, _), font, place in zip(rows, embedded, places, strict=True):
        _write_font(document, face.name, font, to_unicode=numbers[place])


@lru_cache(maxsize=64)
def _embed(face: Face, glyphs: frozenset[int], texts: tuple[tuple[int, str], ...]) -> _Embedded:
    program = face.subset(glyphs)
    base = f"{_subset_tag(glyphs)}+{face.postscript_name}".encode()
    return _Embedded(
        base=base,
        program=stream(b"/Length1 %d" % len(program.data), program.data),
        codes=_codes(face, glyphs, dict(texts)),
        descriptor=_descriptor(base, program),
        widths=_widths(program),
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


def _widths(program: FontProgram) -> bytes:
    """Write the widths of glyphs that follow each other as one array (9.7.4.3)."""
    out = []
    for _, run in groupby(enumerate(program.widths), lambda one: one[1][0] - one[0]):
        rows = [row for _, row in run]
        listed = " ".join([number(width) for _, width in rows])
        out.append(f"{rows[0][0]}[{listed}]")
    return "".join(out).encode()


def _codes(face: Face, glyphs: frozenset[int], texts: Mapping[int, str]) -> Codes:
    """Give every glyph its text; glyph 0 stands for a character that no face has."""
    return {glyph: _text(face, glyph, texts) for glyph in glyphs if glyph}


def _text(face: Face, glyph: int, texts: Mapping[int, str]) -> str:
    text = face.text_of(glyph) or texts.get(glyph)
    if not text:
        raise ConformanceError(
            f"glyph {glyph} of {face.postscript_name} has no text, so it cannot be read aloud",
            hint="Use another font for this language.",
        )
    return text


def _write_font(document: FileDocument, name: str, font: _Embedded, *, to_unicode: int) -> None:
    program = document.add(font.program)
    descriptor = document.add(font.descriptor + b"/FontFile2 %d 0 R>>" % program)
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
