"""Glyphs of one face: a text is shaped, and written as text operators want it.

Every text goes through HarfBuzz, so kerning, accents and all scripts take one path.
"""

import unicodedata
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import uharfbuzz as hb

from handouts.text.faces import FontFace

_FEATURES = {"liga": False, "clig": False, "calt": False}
"""Off, so that every glyph reads back as its letter; scripts that need them will get a row each."""

_NO_TEXT = "\ufffd"
_SERIAL = hb.BufferSerializeFlags.NO_GLYPH_NAMES | hb.BufferSerializeFlags.NO_CLUSTERS

Place = tuple[int, int, int, int]
"""Where a glyph is drawn and how far the pen moves: x, y, x advance, y advance, in font units."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")


class Part(NamedTuple):
    """Glyphs of one face at one height.

    `array` is what stands between the first and the last parenthesis of a TJ operator's array, a
    character for each byte, so that parts are joined by writing one after the other.
    `advance` and `rise` are 1/1000 em.
    `glyphs` are the glyph ids in drawing order, `names` the texts of those the face cannot name.
    Unless `exact`, the glyphs do not read back as `text`.
    """

    face: FontFace
    array: str
    advance: float
    glyphs: tuple[int, ...]
    text: str
    exact: bool = True
    rise: int = 0
    names: tuple[tuple[int, str], ...] = ()


def is_plain(part: Part) -> bool:
    """Say whether a part is on the baseline and reads back by the face alone."""
    return part.exact and not part.rise and not part.names


_idle: list[hb.Buffer] = []
"""Buffers to use again; taking one out keeps threads apart."""


def _buffer() -> hb.Buffer:
    try:
        return _idle.pop()
    except IndexError:
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        return buffer


def shape(face: FontFace, text: str, language: str) -> tuple[Part, ...]:
    """Shape a text in one face; nothing comes of it when the face lacks a character.

    Mostly the glyphs lie on the baseline and read back as the text: then that is all.
    """
    buffer = _buffer()
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.language = language
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer, _FEATURES)
    shaped = buffer.serialize(face.font, flags=_SERIAL)
    parts: tuple[Part, ...]
    if not shaped[1:-1]:
        parts = (Part(face, "", 0.0, (), text),)  # nothing but characters that are never drawn
    elif "@" in shaped:
        parts = _positioned(face, buffer, text)
    else:
        parts = _flat(face, shaped, text) or _positioned(face, buffer, text)
    buffer.clear_contents()
    _idle.append(buffer)
    return parts


_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r"})


def code(glyph: int) -> str:
    """Write a glyph's two bytes as they stand in a literal string (ISO 32000-1, 7.3.4.2)."""
    return glyph.to_bytes(2).decode("latin-1").translate(_ESCAPED)


class _Forms(dict[str, tuple[str, str, float, int]]):
    """How glyphs of a face are written, by what HarfBuzz calls them: `36+544` is glyph and advance.

    A form is what stands in the array (with the kerning after the glyph), text, advance in 1/1000
    em, and glyph id.
    This table is what makes shaping fast: nothing is computed twice for a glyph.
    """

    def __init__(self, face: FontFace) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, called: str) -> tuple[str, str, float, int]:
        glyph, given = map(int, called.split("+"))
        face = self.face
        plain, text = face.advance(glyph), face.texts.get(glyph, _NO_TEXT)
        back = round(plain - given * 1000 / face.units_per_em)
        array = f"{code(glyph)}){back}(" if back else code(glyph)
        self[called] = form = array, text, plain - back, glyph
        return form


@lru_cache(64)
def _forms(face: FontFace) -> _Forms:
    return _Forms(face)


def _flat(face: FontFace, shaped: str, text: str) -> tuple[Part, ...]:
    """Write glyphs that lie on the baseline, unless they do not read back as the text."""
    forms = _forms(face)
    arrays, read, advances, glyphs = zip(
        *[forms[called] for called in shaped[1:-1].split("|")], strict=True
    )
    if not _same("".join(read), text):
        return ()
    return (Part(face, "".join(arrays), sum(advances), glyphs, text),)


def _same(read: str, text: str) -> bool:
    """Say whether two texts differ in nothing but the kinds of their spaces and in composition."""
    if read == text:
        return True
    if text.isascii():
        return False
    return _folded(read) == _folded(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_SPACES))


def _positioned(face: FontFace, buffer: hb.Buffer, text: str) -> tuple[Part, ...]:
    """Write glyphs at places of their own, such as marks: a part for each change of height."""
    glyphs = [info.codepoint for info in buffer.glyph_infos]
    if 0 in glyphs:
        return ()
    places = [glyph.position for glyph in buffer.glyph_positions]
    clusters = [info.cluster for info in buffer.glyph_infos]
    read = "".join([face.texts.get(glyph, _NO_TEXT) for glyph in glyphs])
    exact = _same(read, text) and _runs_forward(places)
    first, *rest = [part._replace(exact=exact) for part in _placed(face, glyphs, places)]
    return (first._replace(text=text, names=_names(face, glyphs, clusters, text)), *rest)


def _runs_forward(places: list[Place]) -> bool:
    """Say whether readers that go by position find the glyphs in the order they are written in."""
    pens = accumulate([advance for _, _, advance, _ in places], initial=0)
    starts = [pen + x for pen, (x, _, _, _) in zip(pens, places, strict=False)]
    return all(before <= after + 1 for before, after in pairwise(starts))


def _names(
    face: FontFace, glyphs: list[int], clusters: list[int], text: str
) -> tuple[tuple[int, str], ...]:
    """Give each glyph that the face cannot name the text of its cluster."""
    starts = sorted({*clusters, len(text)})
    return tuple(
        [
            (glyph, text[start : starts[starts.index(start) + 1]])
            for glyph, start in zip(glyphs, clusters, strict=True)
            if glyph not in face.texts
        ]
    )


def _placed(face: FontFace, glyphs: list[int], places: list[Place]) -> list[Part]:
    scale = 1000 / face.units_per_em
    parts: list[Part] = []
    wanted = drawn = 0.0  # where the shaper's pen is, and where the viewer's will be
    for glyph, (x, y, advance, _) in zip(glyphs, places, strict=True):
        back = round(drawn - wanted - x * scale)
        plain = face.advance(glyph)
        array = f"){back}({code(glyph)}" if back else code(glyph)
        part = Part(face, array, plain - back, (glyph,), "", rise=round(y * scale))
        parts = _joined(parts, part)
        drawn += plain - back
        wanted += advance * scale
    if back := round(drawn - wanted):
        last = parts[-1]
        parts[-1] = last._replace(array=f"{last.array}){back}(", advance=last.advance - back)
    return parts


def _joined(parts: list[Part], part: Part) -> list[Part]:
    """Append a part, in one with the last if both are at the same height."""
    if not parts or parts[-1].rise != part.rise:
        return [*parts, part]
    last = parts[-1]
    joined = last._replace(
        array=last.array + part.array,
        advance=last.advance + part.advance,
        glyphs=last.glyphs + part.glyphs,
    )
    return [*parts[:-1], joined]
