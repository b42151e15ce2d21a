"""What keeps files small, and that it reads back: cross-references, maps of codes, common letters."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leaflets import ROOT
from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from handouts.pdf import file
from handouts.pdf.codes import codes_of
from handouts.pdf.fonts import beyond_common, joined, widened
from handouts.pdf.unicode_map import shared, unicode_map
from handouts.text.faces import bundled_faces

FACE = next(bundled_faces(ROOT / "fonts").chain("bold"))


def glyphs(words: str) -> frozenset[int]:
    return frozenset(map(FACE.glyph, words))


@pytest.mark.parametrize(("size", "final"), [(3, 2), (300, 40), (300, 299), (20_000, 19_000)])
def test_cross_references_read_back(size: int, final: int) -> None:
    chance = random.Random(size)  # noqa: S311  (rows for a test)
    own, beginning = 1, file.header((1, 7))
    wanted = {number: chance.randrange(1 << 32) for number in range(2, size)}
    rows = file.free(size)
    file.enter(rows, file.Part(b"", tuple(wanted.items()), ()), 0)
    table = file.settled(bytes(rows), final)
    end = file.end(table, bytearray(table.rows), own, len(beginning), b"")
    reader = PdfReader(io.BytesIO(beginning + end), strict=True)
    assert reader.xref.get(0, {}) == {**wanted, own: len(beginning)}


def test_streams_alone_need_no_object_stream() -> None:
    stream = b"<</Length 1>>\nstream\nx\nendstream\n"
    alone = file.part([(4, stream)], 9)
    assert alone.content == b"4 0 obj\n%bendobj\n" % stream
    assert (alone.plain, alone.packed) == (((4, 0),), ())


def read_back(codes: dict[int, str]) -> dict[int, str]:
    stream = DecodedStreamObject()
    stream.set_data(unicode_map(codes))
    entries = {"/Subtype": NameObject("/Type0"), "/ToUnicode": stream}
    font = DictionaryObject({NameObject(key): value for key, value in entries.items()})
    found = codes_of(font).texts
    return {code: found[code] for code in codes}


@given(
    st.dictionaries(
        st.integers(1, 0xFFFF), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
    )
)
def test_every_code_reads_back(codes: dict[int, str]) -> None:
    assert read_back(codes) == codes


def test_alphabets_are_ranges_that_cross_no_last_byte() -> None:
    codes = {0xF0 + n: chr(0x61 + n) for n in range(26)} | {
        0x300 + n: chr(0xFA + n) for n in range(9)
    }
    assert read_back(codes) == codes
    rows = [
        b"<00f0><00ff><0061>",
        b"<0100><0109><0071>",
        b"<0300><0305><00fa>",
        b"<0306><0308><0100>",
    ]
    assert b"4 beginbfrange\n%b\nendbfrange" % b"\n".join(rows) in unicode_map(codes)


def test_fonts_that_agree_share_a_map_and_others_do_not() -> None:
    sans, bold, serif = {1: "a", 2: "b"}, {2: "b", 3: "c"}, {1: "x"}
    maps, places = shared([sans, serif, bold])
    assert places == (0, 1, 0)
    assert maps == ({1: "a", 2: "b", 3: "c"}, {1: "x"})


def test_a_rare_letter_brings_its_group_and_nothing_else() -> None:
    frequent, jack = {FACE: (glyphs("Call"), frozenset())}, {FACE: (glyphs("Jack"), frozenset())}
    assert beyond_common(frequent) == {FACE: (frozenset(), frozenset())}
    assert beyond_common(jack) == {FACE: (glyphs("JKQXZ"), frozenset())}
    assert beyond_common({FACE: (glyphs("Łódź"), frozenset())})[FACE][0] == glyphs("Łóź")


def test_a_plates_font_depends_on_the_form_of_imprints_alone() -> None:
    own = {FACE: (glyphs("ä"), frozenset())}
    some, others = ({FACE: (glyphs(words), frozenset())} for words in ("Jack 5", "Quiz, Xena"))
    assert joined([own, widened(some)]) == joined([own, widened(others)])
    assert joined([own, widened(some)]) != joined([own])
