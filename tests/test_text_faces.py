import pickle
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import uharfbuzz

from handouts.errors import AssetError
from handouts.text.faces import FaceSet, FontFace, bundled_faces, open_face

FONTS = Path(__file__).parent.parent / "fonts"
REGULAR = FONTS / "SourceSans3-Regular.ttf"
SERIF = FONTS / "SourceSerif4-SemiBold.ttf"


def directory_row(content: bytes, tag: bytes) -> int:
    """Find where a table's row begins in the table directory."""
    (count,) = struct.unpack_from(">H", content, 4)
    starts = range(12, 12 + 16 * count, 16)
    return next(start for start in starts if content[start : start + 4] == tag)


def renamed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Make an edit that gives a table another tag."""

    def edit(content: bytes) -> bytes:
        row = directory_row(content, old)
        return content[:row] + new + content[row + 4 :]

    return edit


def permission(bits: int) -> Callable[[bytes], bytes]:
    """Make an edit that sets fsType."""

    def edit(content: bytes) -> bytes:
        (offset,) = struct.unpack_from(">L", content, directory_row(content, b"OS/2") + 8)
        return content[: offset + 8] + struct.pack(">H", bits) + content[offset + 10 :]

    return edit


def short_table(tag: bytes) -> Callable[[bytes], bytes]:
    """Make an edit that leaves a table four bytes long."""

    def edit(content: bytes) -> bytes:
        row = directory_row(content, tag)
        return content[: row + 12] + struct.pack(">L", 4) + content[row + 16 :]

    return edit


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda content: b"OTTO" + content[4:], "CFF"),
        (lambda content: b"wOF2" + content[4:], "web font"),
        (lambda content: b"ttcf" + content[4:], "collection"),
        (lambda _: b"garbage" * 50, "no TrueType file"),
        (lambda _: b"", "no TrueType file"),
        (lambda content: content[:200], "damaged"),
        (lambda content: content[:20], "damaged"),
        (lambda content: content[:200_000], "cut short"),
        (renamed(b"glyf", b"CFF2"), "glyf"),
        (renamed(b"gasp", b"fvar"), "variable"),
        (permission(0x0002), "forbid embedding"),
        (permission(0x0100), "forbid subsetting"),
        (permission(0x0200), "bitmaps only"),
        (short_table(b"hmtx"), "damaged"),
        (short_table(b"OS/2"), "damaged"),
        (short_table(b"head"), "damaged"),
    ],
)
def test_an_unusable_font_is_refused_with_its_file_the_reason_and_advice(
    tmp_path: Path, edit: Callable[[bytes], bytes], reason: str
) -> None:
    path = tmp_path / "clinic.ttf"
    path.write_bytes(edit(REGULAR.read_bytes()))
    with pytest.raises(AssetError, match=reason) as caught:
        open_face(path)
    assert str(path) in str(caught.value)
    assert caught.value.hint


def test_editable_and_preview_embedding_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "clinic.ttf"
    path.write_bytes(permission(0x0008)(REGULAR.read_bytes()))
    assert open_face(path).has("a")


@pytest.mark.parametrize("name", ["missing.ttf", "."])
def test_a_font_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssetError, match="cannot be read") as caught:
        open_face(tmp_path / name)
    assert caught.value.place


def test_a_file_is_opened_once() -> None:
    assert open_face(REGULAR) is open_face(REGULAR)


def test_a_face_survives_pickling_as_the_same_face() -> None:
    assert pickle.loads(pickle.dumps(open_face(REGULAR))) is open_face(REGULAR)  # noqa: S301  (our own)


def test_the_name_comes_from_the_content_not_from_the_file_name(tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.ttf", tmp_path / "other.ttf"
    copy.write_bytes(REGULAR.read_bytes())
    other.write_bytes(REGULAR.read_bytes() + b"\0")
    assert open_face(copy).name == open_face(REGULAR).name
    assert open_face(other).name != open_face(REGULAR).name
    assert len(open_face(REGULAR).name) == len("F") + 8


def test_a_face_says_what_the_font_file_says() -> None:
    face = open_face(REGULAR)
    assert face.postscript_name == "SourceSans3-Regular"
    assert face.units_per_em == 1000
    assert face.x_height == 486
    assert face.advance(face.glyph("A")) == 543
    assert face.has("ñ")
    assert not face.has("骨")
    assert face.glyph("骨") == 0


def test_every_advance_is_what_the_shaper_has() -> None:
    face = open_face(SERIF)
    shaper = face.font
    count = shaper.face.glyph_count
    assert [face.advance(glyph) for glyph in range(count)] == [
        shaper.get_glyph_h_advance(glyph) for glyph in range(count)
    ]


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_shared_glyphs_read_back_as_the_plainest_character(path: Path) -> None:
    face = open_face(path)
    for character in "Az09 -’‘“”–—…•áÑßœΩ→✓≤½":
        assert face.text_of(face.glyph(character)) == character
    assert face.text_of(face.glyph("\u00a0")) == " "
    assert face.text_of(face.glyph("\u2126")) == "Ω"


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_no_glyph_reads_back_as_a_private_or_control_character(path: Path) -> None:
    face = open_face(path)
    texts = [face.text_of(glyph) for glyph in range(face.font.face.glyph_count)]
    assert not [text for text in texts if text and ("\ue000" <= text <= "\uf8ff" or text < " ")]


def outline_width(data: bytes, glyph: int) -> int:
    """Give how wide a glyph's outline is, 0 when it has none."""
    extents = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data))).get_glyph_extents(glyph)
    return int(extents.width) if extents else 0


def test_a_subset_keeps_glyph_ids_and_only_the_wanted_outlines() -> None:
    face = open_face(REGULAR)
    wanted, unwanted = face.glyph("é"), face.glyph("Q")
    program = face.subset(frozenset({wanted}))
    assert program.data[:4] == b"\0\1\0\0"
    assert len(program.data) < 20_000
    assert outline_width(program.data, wanted) == outline_width(REGULAR.read_bytes(), wanted)
    assert outline_width(program.data, unwanted) == 0
    assert program.widths == ((wanted, face.advance(wanted)),)


def test_a_subset_describes_the_face() -> None:
    program = open_face(REGULAR).subset(frozenset({1}))
    assert program.ascent > 700
    assert program.descent < -200
    assert program.cap_height == 660
    assert program.italic_angle == 0
    assert open_face(FONTS / "SourceSans3-Italic.ttf").subset(frozenset({1})).italic_angle < 0
    left, bottom, right, top = program.bbox
    assert left < 0 < right
    assert bottom < 0 < top


def test_a_subset_is_cut_once() -> None:
    face = open_face(REGULAR)
    assert face.subset(frozenset({5, 6})) is face.subset(frozenset({6, 5}))


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.ttf")), ids=lambda file: file.stem)
def test_a_subset_is_the_same_whatever_was_cut_before(tmp_path: Path, file: Path) -> None:
    wanted = frozenset(range(20, 90, 3))
    copies = [tmp_path / name for name in ("first.ttf", "later.ttf")]
    for copy in copies:
        copy.write_bytes(file.read_bytes())
    first, later = map(open_face, copies)
    for glyph in range(1, 5):
        later.subset(frozenset({glyph}))
    assert later.subset(wanted) == first.subset(wanted)


def names_of(chain: "list[FontFace]") -> list[str]:
    return [face.postscript_name for face in chain]


def test_every_bundled_chain_ends_with_the_regular_face() -> None:
    faces = bundled_faces(FONTS)
    assert [name for name, _ in faces.chains] == [
        "regular",
        "medium",
        "semibold",
        "bold",
        "italic",
        "serif",
    ]
    assert {names_of(list(faces.chain(name)))[-1] for name, _ in faces.chains} == {
        "SourceSans3-Regular"
    }
    assert names_of(list(faces.chain("serif"))) == [
        "SourceSerif4-SemiBold",
        "SourceSans3-Bold",
        "SourceSans3-Regular",
    ]


def test_a_fallback_file_is_not_opened_before_it_is_needed(tmp_path: Path) -> None:
    faces = FaceSet((("regular", (REGULAR, tmp_path / "missing.ttf")),))
    chain = faces.chain("regular")
    assert next(chain) is open_face(REGULAR)
    with pytest.raises(AssetError, match=r"missing\.ttf"):
        next(chain)


def test_an_unknown_face_is_named_with_the_known_ones() -> None:
    with pytest.raises(AssetError, match=r"'heavy'.*regular, medium"):
        next(bundled_faces(FONTS).chain("heavy"))


def test_a_face_set_is_a_cache_key() -> None:
    assert hash(bundled_faces(FONTS)) == hash(bundled_faces(FONTS))
    assert bundled_faces(FONTS) == bundled_faces(FONTS)
