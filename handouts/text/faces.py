"""Font faces addressed by glyph id, and sets of them with fallbacks.

A code in the operators is the font's own glyph id (Type0, Identity-H), so operators are the same
bytes in every document, and a subset is found again by its glyphs.
"""

import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from handouts.errors import AssetError, Place
from handouts.marks import FontProgram
from handouts.text.tables import Metrics, read_metrics
from handouts.values import frozen

_LARGEST = 40_000_000
"""Bytes of the largest font file; Chinese ones have 20 million."""

_TABLES = "BASE DSIG GDEF GPOS GSUB OS/2 STAT cmap gasp meta name post vhea vmtx"
_DROPPED_TABLES = [int.from_bytes(tag.encode(), "big") for tag in _TABLES.split()]
"""Tables that a viewer does not read; the PDF says what they say."""


class FontFace:
    """A face of one font file: characters, glyphs, advances, subsets.

    `name` is its resource name, made of the file's content.
    `texts` maps glyphs to the text the font itself gives them.
    `advances` holds a width for each glyph id, in font units; `x_height` is in 1/1000 em.
    `font` is HarfBuzz's own object, for shaping.
    """

    __slots__ = (
        "_cuts",
        "_whole",
        "advances",
        "font",
        "metrics",
        "name",
        "path",
        "postscript_name",
        "texts",
        "units_per_em",
        "x_height",
    )

    def __init__(self, path: Path, content: bytes, metrics: Metrics) -> None:
        self.path, self.metrics = path, metrics
        self.name = f"F{zlib.crc32(content):08x}"
        self.postscript_name = metrics.postscript_name
        self.units_per_em, self.x_height = metrics.units_per_em, metrics.x_height
        self.advances = metrics.advances
        self.font = hb.Font(hb.Face(hb.Blob(content)))
        self.texts = _texts(self.font)
        self._whole, self._cuts = self.font.face, 0

    def __reduce__(self) -> tuple[object, ...]:
        return open_face, (self.path,)

    def text_of(self, glyph: int) -> str | None:
        """Give the text that the font itself maps to this glyph, if any."""
        return self.texts.get(glyph)

    def has(self, character: str) -> bool:
        """Say whether the face has a glyph for this character."""
        return bool(self.glyph(character))

    def glyph(self, character: str) -> int:
        """Give the nominal glyph of a character, 0 when there is none."""
        return self.font.get_nominal_glyph(ord(character)) or 0

    def advance(self, glyph: int) -> float:
        """Give a glyph's advance width in 1/1000 em."""
        return self.advances[glyph] * 1000 / self.units_per_em

    def subset(self, glyphs: frozenset[int]) -> FontProgram:
        """Cut the face down to these glyphs, their ids kept; cached."""
        return _program(self, glyphs)

    def whole(self) -> hb.Face:
        """Give what a subset is cut from: HarfBuzz prepares it when a second one is wanted.

        That takes 4 ms, which forty subsets gain; the subsets are the same.
        """
        self._cuts += 1
        if self._cuts == 2:  # noqa: PLR2004  (the second one)
            self._whole = hb.subset_preprocess(self._whole)
        return self._whole


def _texts(font: hb.Font) -> dict[int, str]:
    """Choose one character for each glyph, from the font alone, so that all documents agree.

    Controls and private use characters say nothing, so they name no glyph.
    """
    codes = sorted(font.face.unicodes)
    first, private, after = (bisect_left(codes, code) for code in (0x20, 0xE000, 0xF900))
    del codes[private:after], codes[:first]
    characters = list(map(chr, codes))
    glyphs = list(map(font.get_nominal_glyph, codes))
    texts = dict(zip(reversed(glyphs), reversed(characters), strict=True))
    shared: dict[int, list[str]] = {}
    for glyph, character in zip(glyphs, characters, strict=True):
        if texts[glyph] is not character:
            shared.setdefault(glyph, [texts[glyph]]).append(character)
    return texts | {glyph: min(sharers, key=_rank) for glyph, sharers in shared.items()}


def _rank(character: str) -> tuple[bool, bool, bool, str]:
    """Rank the characters that share a glyph, the plainest first: readers find that one."""
    return (
        character == "\u00a0",  # a no-break space reads back as a space
        character > "\u00ff" and _is_variant(character),  # but µ, of µmol, is U+00B5
        unicodedata.category(character) == "Lm",  # U+02BC is no apostrophe
        character,
    )


def _is_variant(character: str) -> bool:
    """Whether it is a compatibility form of other characters, or a radical."""
    return unicodedata.normalize("NFKC", character) != character or (
        "\u2e80" <= character <= "\u2fdf"
    )


@lru_cache(64)
def _program(face: FontFace, glyphs: frozenset[int]) -> FontProgram:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = (
        hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    wanted.drop_table_tag_set.update(_DROPPED_TABLES)
    metrics = face.metrics
    return FontProgram(
        data=bytes(hb.subset(face.whole(), wanted).blob.data),
        widths=tuple([(glyph, round(face.advance(glyph), 1)) for glyph in sorted(glyphs)]),
        bbox=metrics.bbox,
        ascent=metrics.ascent,
        descent=metrics.descent,
        cap_height=metrics.cap_height,
        italic_angle=metrics.italic_angle,
        stem_v=metrics.stem_v,
    )


FileState = tuple[int, int, int]
"""What tells a file from another one of its name: time of change, size, inode."""


def open_face(path: Path) -> FontFace:
    """Open a font file; a process opens each file once, and again when it was replaced.

    Raises:
        AssetError: The file is missing, unreadable, no static TrueType font, or must not be embedded.
    """
    return _opened(path, file_state(path))


def file_state(path: Path) -> FileState:
    """Give the state of a font's file, a part of every key under which it is cached.

    Raises:
        AssetError: There is no such file.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return status.st_mtime_ns, status.st_size, status.st_ino


@lru_cache(128)
def _opened(path: Path, _state: FileState) -> FontFace:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > _LARGEST:
        what = f"The font {path.name} is larger than {_LARGEST // 1_000_000} MB"
        raise AssetError(what, place=Place(str(path)), hint="Use a font of fewer scripts")
    return FontFace(path, content, read_metrics(content, path))


def _unreadable(path: Path, error: OSError) -> AssetError:
    what = f"The font {path.name} cannot be read: {error.strerror}"
    return AssetError(what, place=Place(str(path)), hint="Put the file there, or name another font")


@frozen(kw_only=False, eq=False)
class FaceSet:
    """Named chains of font files; a file is opened only when it is first needed.

    When `strict`, a face must have every character that is set in it: nothing stands in for it.
    A set is equal to itself only: it is part of every cached setting's key.
    """

    chains: tuple[tuple[str, tuple[Path, ...]], ...]
    strict: bool = False

    def chain(self, name: str) -> Iterator[FontFace]:
        """Yield the faces of a chain, the regular ones last, opening each as it is asked for.

        Raises:
            AssetError: There is no such chain, or a file is unusable.
        """
        named = dict(self.chains)
        if name not in named:
            hint = f"Names are {', '.join(named)}"
            raise AssetError(f"There is no face named {name!r}", hint=hint)
        rest = () if self.strict else named.get("regular", ())
        for path in dict.fromkeys((*named[name], *rest)):
            yield open_face(path)


@lru_cache(maxsize=8)
def bundled_faces(folder: Path) -> FaceSet:
    """Name the fonts that come with the package.

    The serif lacks letters of Hausa, Igbo and a few more that the bold has.
    """
    sans = {
        name: folder / f"SourceSans3-{style}.ttf"
        for name, style in (
            ("regular", "Regular"),
            ("medium", "Medium"),
            ("semibold", "SemiBold"),
            ("bold", "Bold"),
            ("italic", "Italic"),
        )
    }
    serif = (folder / "SourceSerif4-SemiBold.ttf", sans["bold"])
    return FaceSet((*((name, (path,)) for name, path in sans.items()), ("serif", serif)))


def own_faces(files: tuple[tuple[str, Path], ...]) -> FaceSet:
    """Name a clinic's own fonts: (face, file) pairs, the faces being those of `bundled_faces`.

    The same set comes back as long as no file is replaced.

    Raises:
        AssetError: A file is missing.
    """
    return _own_faces(files, tuple([file_state(path) for _, path in files]))


@lru_cache(maxsize=32)
def _own_faces(files: tuple[tuple[str, Path], ...], _states: tuple[FileState, ...]) -> FaceSet:
    return FaceSet(tuple([(name, (path,)) for name, path in files]), strict=True)
