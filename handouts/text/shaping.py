"""Words: shaped text that no line breaks, cached.

The unit of shaping, measuring and caching is the *chunk*: a stretch of text without spaces, with
the space that follows it, since no face here joins letters across a space.
What is cached depends on text, faces and language only, never on a document or a size.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from handouts.characters import name_of
from handouts.errors import AssetError, Place
from handouts.text.breaking import pieces
from handouts.text.faces import FaceSet, FontFace
from handouts.text.glyphs import Part, is_plain, shape

_LIMIT = 100_000

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"))
IGNORED = frozenset(map(chr, _DROPPED))
"""Characters that are never drawn, so no face need have them."""


class Word(NamedTuple):
    """A stretch that no line breaks: its parts, measured without and with the space at its end.

    `width` and `advance` are 1/1000 em, `glyphs` and `all_glyphs` the numbers of glyphs in them.
    `plain` is its only part if it is in the first face of its chain, on the baseline, and there is
    nothing to say of its text: so are nearly all words.
    """

    parts: tuple[Part, ...]
    width: float
    advance: float
    glyphs: int
    all_glyphs: int
    plain: Part | None = None

    @property
    def text(self) -> str:
        """The characters that the word draws."""
        return "".join([part.text for part in self.parts])


class Words(dict[str, tuple[Word, ...]]):
    """The shaped chunks of one chain of faces in one language; a missing one is shaped when asked for.

    A chunk has a word for each stretch that may begin a line; `first` is the chain's first face.
    """

    def __init__(self, faces: FaceSet, face: str, language: str) -> None:
        super().__init__()
        self._faces, self._name, self._language = faces, face, language
        self.first = next(faces.chain(face))

    def __missing__(self, chunk: str) -> tuple[Word, ...]:
        if len(self) >= _LIMIT:
            self.clear()
        parts = pieces(chunk)
        if len(parts) > 1:
            words = tuple([word for part in parts for word in self[part]])
        else:
            text = chunk if chunk.isascii() else chunk.translate(_DROPPED)
            words = (self.shape(text),) if text else ()
        self[chunk] = words
        return words

    def shape(self, text: str) -> Word:
        """Shape a text as one word, without caching it.

        Raises:
            AssetError: A character is in no face of the chain.
        """
        parts = shape(self.first, text, self._language)
        plain = parts[0] if len(parts) == 1 and is_plain(parts[0]) else None
        parts = parts or self._shape_by_face(text)
        advance, count = parts[0].advance, len(parts[0].glyphs)
        for part in parts[1:]:
            advance, count = advance + part.advance, count + len(part.glyphs)
        if text[-1] != " ":
            return Word(parts, advance, advance, count, count, plain)
        face = parts[-1].face
        width = advance - face.advance(parts[-1].glyphs[-1])
        return Word(parts, width, advance, count - 1, count, plain)

    def _shape_by_face(self, text: str) -> tuple[Part, ...]:
        """Shape each stretch in the first face that has its characters."""
        stretches: list[tuple[FontFace, str]] = []
        for character in text:
            before = stretches[-1][0] if stretches else self.first
            face = before if _stays(before, character) else self._face_of(character, text)
            if stretches and face is before:
                stretches[-1] = face, stretches[-1][1] + character
            else:
                stretches.append((face, character))
        parts: list[Part] = []
        for face, stretch in stretches:
            shaped = shape(face, stretch, self._language)
            if not shaped:
                raise self._missing(stretch[0], text)
            parts += shaped
        return tuple(parts)

    def _face_of(self, character: str, word: str) -> FontFace:
        for face in self._faces.chain(self._name):
            if face.has(character):
                return face
        raise self._missing(character, word)

    def _missing(self, character: str, word: str) -> AssetError:
        """Say which character is missing; of a clinic's own font its file, but not the word.

        What is printed was checked before against the regular face only, and the word may be a
        patient's.
        """
        if self._faces.strict:
            path = self.first.path
            return AssetError(
                f"the font {path.name} lacks {name_of(character)}",
                place=Place(str(path)),
                hint="Take a font that has it, or leave [brand.fonts] out of the clinic's file",
            )
        return AssetError(
            f"No font has {name_of(character)}, in {word.strip()[:40]!r}",
            hint="Write it in other words or signs, or add a font that has it",
        )


@lru_cache(512)
def words_of(faces: FaceSet, face: str, language: str) -> Words:
    """Give the cache of shaped words of a chain in a language."""
    return Words(faces, face, language)


def _stays(face: FontFace, character: str) -> bool:
    """Say whether a character must stay in the face of the one before it: marks and joiners."""
    category = unicodedata.category(character)
    return category == "Cf" or (category[0] == "M" and face.has(character))
