import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import AssetError, LayoutError
from handouts.marks import Line, Segment, Setting
from handouts.text.faces import FaceSet, FontFace, bundled_faces, open_face
from handouts.text.setting import set_text, text_width
from handouts.text.style import Run, TextStyle

FACES = bundled_faces(Path(__file__).parent.parent / "fonts")
REGULAR = next(FACES.chain("regular"))
STYLE = TextStyle(size=10, leading=14)

ACTUAL = re.compile(r"/Span<</ActualText<FEFF([0-9A-F]*)>>>BDC (.*) EMC")
STRING = r"\((?:[^\\()]|\\.)*\)"
SHOWN = re.compile(rf"(?s)(?:-?[\d.]+ Ts )?\[((?:{STRING}|-?\d+)*)\]TJ(?: 0 Ts)?")


def glyphs_of(operators: str) -> list[int]:
    """Read the glyph ids of operators, and check that they hold nothing unknown."""
    actual = ACTUAL.fullmatch(operators)
    shown = actual[2] if actual else operators
    assert not SHOWN.sub("", shown).strip()
    strings = re.findall(f"(?s){STRING}", shown)
    codes = [re.sub(r"\\(.)", unescaped, string[1:-1]).encode("latin-1") for string in strings]
    return [
        int.from_bytes(pair) for found in codes for pair in zip(*[iter(found)] * 2, strict=True)
    ]


def unescaped(sign: re.Match[str]) -> str:
    return "\r" if sign[1] == "r" else sign[1]


def read(segment: Segment) -> str:
    """Read a segment as a reader of the PDF would."""
    actual = ACTUAL.fullmatch(segment.operators)
    if actual:
        return bytes.fromhex(actual[1]).decode("utf-16-be")
    texts = [segment.face.text_of(glyph) for glyph in glyphs_of(segment.operators)]
    assert None not in texts
    return "".join([text for text in texts if text])


def read_line(line: Line) -> str:
    return "".join([read(segment) for segment in line.segments])


def lines_of(setting: Setting) -> list[str]:
    return [read_line(line) for line in setting.lines]


def drawn_width(segment: Segment, size: float, tracking: float) -> float:
    """Measure what the operators draw, by the font's widths and the adjustments."""
    face = segment.face
    assert isinstance(face, FontFace)
    glyphs = glyphs_of(segment.operators)
    arrays = [found[1] or "" for found in SHOWN.finditer(segment.operators)]
    moved = sum(
        [
            float(number)
            for array in arrays
            for number in re.sub(f"(?s){STRING}", " ", array).split()
        ]
    )
    advance = sum([face.advance(glyph) for glyph in glyphs]) - moved
    return advance * size * segment.scale / 1000 + len(glyphs) * tracking


def folded(text: str) -> str:
    """Give the text that should be readable: blanks folded, invisible characters dropped."""
    text = re.sub("[\u00ad\u200b]", "", text)
    text = re.sub("[ \t\n]+", " ", text).removeprefix(" ")
    return unicodedata.normalize("NFC", text.replace("\u00a0", " "))


LETTERS = "abcdefgfi ABCTVWYÀéñßøœ 0123456789 .,;:!?()-–—/’“”&%½µ°→\u00a0\u00ad\u200b\u2011\u0301"
texts = st.text(st.sampled_from(LETTERS) | st.sampled_from("aeo     "), max_size=120)
widths = st.floats(min_value=3, max_value=300)
runs = st.lists(
    st.builds(
        Run,
        text=texts,
        face=st.sampled_from(["regular", "bold", "serif"]),
        scale=st.sampled_from([1.0, 0.6]),
        rise=st.sampled_from([0.0, 0.3, -0.15]),
    ),
    max_size=5,
).map(tuple)
styles = st.builds(
    TextStyle,
    size=st.sampled_from([9.5, 13.0]),
    leading=st.just(18.0),
    tracking=st.sampled_from([0.0, -0.2, 0.1]),
    last_words=st.booleans(),
    direction=st.just("ltr"),
)


@given(runs, styles, widths)
@settings(deadline=None, max_examples=150)
def test_all_lines_read_together_are_the_text(
    runs: tuple[Run, ...], style: TextStyle, width: float
) -> None:
    setting = set_text(runs, style, width, FACES)
    shown = unicodedata.normalize("NFC", "".join(lines_of(setting)).replace("\u00a0", " "))
    assert shown == folded("".join([run.text for run in runs]))


@given(runs, styles, widths)
@settings(deadline=None, max_examples=150)
def test_no_line_is_wider_than_the_measure_unless_one_character_is(
    runs: tuple[Run, ...], style: TextStyle, width: float
) -> None:
    for line in set_text(runs, style, width, FACES).lines:
        bases = [c for c in read_line(line).strip(" ") if not unicodedata.combining(c)]
        assert line.width <= width + 1e-5 or len(bases) <= 1


@given(runs, styles, widths)
@settings(deadline=None, max_examples=100)
def test_segments_lie_where_the_operators_draw_them(
    runs: tuple[Run, ...], style: TextStyle, width: float
) -> None:
    for line in set_text(runs, style, width, FACES).lines:
        x = 0.0
        for segment in line.segments:
            assert segment.x == pytest.approx(x, abs=1e-6)
            assert segment.x + segment.width <= line.width + 1e-6
            assert segment.scale == runs[segment.run].scale
            x += drawn_width(segment, style.size, style.tracking)
        trailing = x - line.width
        if trailing > 1e-6:
            last = line.segments[-1]
            assert read(last).endswith(" ")
            space = REGULAR.advance(REGULAR.glyph(" ")) * style.size * last.scale / 1000
            assert trailing == pytest.approx(space + style.tracking, rel=0.2)
        else:
            assert trailing == pytest.approx(0, abs=1e-6)


@given(runs, styles, widths)
@settings(deadline=None, max_examples=60)
def test_font_use_lists_exactly_the_glyphs_that_are_shown(
    runs: tuple[Run, ...], style: TextStyle, width: float
) -> None:
    setting = set_text(runs, style, width, FACES)
    shown: dict[str, set[int]] = {}
    for line in setting.lines:
        for segment in line.segments:
            shown.setdefault(segment.face.name, set()).update(glyphs_of(segment.operators))
    assert {use.face.name: set().union(*use.words) for use in setting.fonts} == shown


@given(texts, widths)
@settings(deadline=None, max_examples=60)
def test_setting_again_gives_the_same(text: str, width: float) -> None:
    first = set_text((Run(text),), STYLE, width, FACES)
    set_text.cache_clear()
    assert set_text((Run(text),), STYLE, width, FACES) == first


@given(st.lists(st.sampled_from(["a\u00a0b", "5\u00a0mg", "on", "the", "marrow"]), min_size=1))
@settings(deadline=None, max_examples=60)
def test_a_no_break_space_never_ends_a_line(words: list[str]) -> None:
    text = " ".join(words)
    lines = lines_of(set_text((Run(text),), STYLE, 45, FACES))
    expected = [word.replace("\u00a0", " ") for word in words]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    breaks = set(starts[1:-1])
    ends = set()
    at = 0
    for word in expected:
        at += len(word) + 1
        ends.add(at)
    assert breaks <= ends


def test_words_are_filled_into_lines_and_keep_the_space_at_each_end() -> None:
    setting = set_text((Run("The test shows how your marrow works"),), STYLE, 60, FACES)
    lines = lines_of(setting)
    assert lines == ["The test ", "shows how ", "your marrow ", "works"]
    space = REGULAR.advance(REGULAR.glyph(" ")) / 100
    for line, text in zip(setting.lines, lines, strict=True):
        assert line.width == pytest.approx(text_width(text.strip(), "regular", 10, FACES))
        assert not line.placed
        (segment,) = line.segments
        whole = drawn_width(segment, 10, 0)
        assert whole - line.width == pytest.approx(space if text.endswith(" ") else 0, abs=1e-9)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b"])
def test_text_without_a_word_has_no_lines(text: str) -> None:
    assert set_text((Run(text),), STYLE, 100, FACES).lines == ()
    assert set_text((), STYLE, 100, FACES).lines == ()
    assert text_width(text, "regular", 10, FACES) == 0


def test_a_change_of_run_inside_a_word_is_no_place_to_break() -> None:
    runs = (
        Run("drink "),
        Run("lots", "bold"),
        Run(", of H"),
        Run("2", scale=0.6, rise=-0.15),
        Run("O."),
    )
    for width in range(30, 90, 3):
        lines = lines_of(set_text(runs, STYLE, width, FACES))
        assert [line for line in lines if line.startswith((",", "2", "O"))] == []
        assert "".join(lines) == "drink lots, of H2O."


def test_a_hyphen_at_the_end_of_a_run_is_still_a_place_to_break() -> None:
    runs = (Run("non-"), Run("Hodgkin", "bold"))
    assert lines_of(set_text(runs, STYLE, 40, FACES)) == ["non-", "Hodgkin"]


def test_a_lowered_run_is_smaller_and_goes_back_to_the_baseline() -> None:
    runs = (Run("H"), Run("2", scale=0.6, rise=-0.15), Run("O"))
    first, second, third = set_text(runs, STYLE, 100, FACES).lines[0].segments
    assert second.scale == 0.6
    assert second.operators.startswith("-1.5 Ts ")
    assert second.operators.endswith(" 0 Ts")
    assert "Ts" not in first.operators + third.operators
    digit = REGULAR.advance(REGULAR.glyph("2"))
    assert second.width == pytest.approx(digit * 0.6 / 100)


def test_kerning_draws_letters_closer() -> None:
    plain = sum([REGULAR.advance(REGULAR.glyph(letter)) for letter in "AVATAR"]) / 100
    assert text_width("AVATAR", "regular", 10, FACES) < plain - 0.5
    (line,) = set_text((Run("AVATAR"),), STYLE, 100, FACES).lines
    assert line.segments[0].operators.endswith("]TJ")


def test_unkerned_words_are_one_string() -> None:
    (line,) = set_text((Run("nnn"),), STYLE, 100, FACES).lines
    glyph = REGULAR.glyph("n")
    assert glyphs_of(line.segments[0].operators) == [glyph] * 3
    assert len(re.findall(f"(?s){STRING}", line.segments[0].operators)) == 1


@pytest.mark.parametrize("face", ["regular", "bold", "italic", "serif"])
def test_f_and_i_read_back_as_two_letters(face: str) -> None:
    (line,) = set_text((Run("fine office flow affix", face),), STYLE, 300, FACES).lines
    assert "ActualText" not in line.segments[0].operators
    assert len(glyphs_of(line.segments[0].operators)) == len("fine office flow affix")
    assert read_line(line) == "fine office flow affix"


@pytest.mark.parametrize("face", ["regular", "serif"])
def test_everyday_typography_needs_no_actual_text(face: str) -> None:
    text = "It’s “safe” – ask… 5\u00a0mg • 38\u00a0°C ½ → ✓ niño Bệnh\u00a0viện"
    (line,) = set_text((Run(text, face),), STYLE, 900, FACES).lines
    assert [s for s in line.segments if "ActualText" in s.operators] == []
    assert read_line(line) == text.replace("\u00a0", " ")


def test_a_character_that_shares_its_glyph_is_read_by_actual_text() -> None:
    (line,) = set_text((Run("10 \N{GREEK SMALL LETTER MU}g"),), STYLE, 100, FACES).lines
    assert line.segments[0].operators.startswith("/Span<</ActualText<FEFF")
    assert read_line(line) == "10 \N{GREEK SMALL LETTER MU}g"


def test_a_mark_is_placed_over_its_letter() -> None:
    text = "x\u0301x\u0323\u0301"
    (line,) = set_text((Run(text),), STYLE, 100, FACES).lines
    assert read_line(line) == text
    letter = REGULAR.advance(REGULAR.glyph("x")) / 100
    assert line.width == pytest.approx(2 * letter)


def test_soft_hyphens_and_zero_width_spaces_are_not_drawn() -> None:
    setting = set_text((Run("leuk\u00ademia one\u200btwo"),), STYLE, 500, FACES)
    assert lines_of(setting) == ["leukemia onetwo"]
    assert lines_of(set_text((Run("one\u200btwo"),), STYLE, 20, FACES)) == ["one", "two"]


@pytest.mark.parametrize(
    "runs", [("a \u00ad b",), ("a ", "\u200b", " b"), ("a\u00ad", " \u200b", "b")]
)
def test_an_invisible_character_between_spaces_makes_no_second_space(runs: tuple[str, ...]) -> None:
    setting = set_text(tuple([Run(text) for text in runs]), STYLE, 500, FACES)
    assert lines_of(setting) == ["a b"]


def test_a_joiner_that_no_glyph_stands_for_is_not_drawn() -> None:
    (line,) = set_text((Run("\u034f"),), STYLE, 100, FACES).lines
    assert line.width == 0


def test_an_endless_word_is_cut_in_reasonable_time() -> None:
    word = "ACGT" * 1000
    assert "".join(lines_of(set_text((Run(word),), STYLE, 200, FACES))) == word


def test_a_long_address_is_cut_after_its_delimiters_without_loss() -> None:
    url = "https://www.example.org/leaflets/bone-marrow-biopsy.html?lang=en&size=large"
    lines = lines_of(set_text((Run(f"See {url} today"),), STYLE, 110, FACES))
    assert "".join(lines) == f"See {url} today"
    assert lines[0] == "See "
    assert [line for line in lines[1:-1] if line[-1] not in "/.-?&="] == []


def test_a_long_word_is_cut_at_the_last_letter_that_fits() -> None:
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    setting = set_text((Run(word),), STYLE, 70, FACES)
    assert "".join(lines_of(setting)) == word
    for line, after in zip(setting.lines, lines_of(setting)[1:], strict=False):
        assert text_width(read_line(line) + after[0], "regular", 10, FACES) > 70


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_words_that_are_bound_are_parted_before_one_of_them_is_cut(space: str) -> None:
    text = f"Take 12{space}units at noon"
    for width in (30, 40, 50, 60):
        lines = lines_of(set_text((Run(text),), STYLE, width, FACES))
        assert "".join(lines).replace(space, " ") == text.replace(space, " ")
        assert {word for line in lines for word in line.split()} == set(text.split())


def test_words_that_are_bound_stay_so_where_a_line_can_hold_them() -> None:
    room = text_width("12\u00a0units", "regular", 10, FACES)
    lines = lines_of(set_text((Run("Take 12\u00a0units at noon"),), STYLE, room + 1, FACES))
    assert lines == ["Take ", "12 units ", "at noon"]


def test_bound_words_of_several_kinds_stay_so_where_a_line_can_hold_them() -> None:
    runs = (Run("Take ", "bold"), Run("12\u00a0units at noon"))
    room = text_width("Take 12", "bold", 10, FACES)
    assert lines_of(set_text(runs, STYLE, room + 3, FACES)) == ["Take ", "12 units ", "at noon"]


def test_bound_words_are_parted_in_a_line_of_several_kinds_too() -> None:
    several = (Run("Do take ", "bold"), Run("12\u00a0tablets", "bold"), Run(" now"))
    lines = lines_of(set_text(several, STYLE, 42, FACES))
    assert lines == ["Do take ", "12 ", "tablets ", "now"]


def words_on_lines(text: str, width: float, *, last_words: bool) -> list[int]:
    style = TextStyle(size=10, leading=14, last_words=last_words)
    return [len(line.split()) for line in lines_of(set_text((Run(text),), style, width, FACES))]


def test_a_last_line_of_one_word_gets_company() -> None:
    text = "Bone marrow biopsy: before your test"
    assert words_on_lines(text, 145, last_words=False) == [5, 1]
    assert words_on_lines(text, 145, last_words=True) == [4, 2]


def test_a_last_word_stays_alone_when_its_neighbour_would_not_fit_or_leave_nothing() -> None:
    room = text_width("one electroencephalogram", "regular", 10, FACES)
    assert words_on_lines("one electroencephalogram again", room, last_words=True) == [2, 1]
    assert words_on_lines("electroencephalogram again", room, last_words=True) == [1, 1]
    assert words_on_lines("again", room, last_words=True) == [1]


def test_tracking_widens_a_line_by_each_glyph() -> None:
    tracked = TextStyle(size=10, leading=14, tracking=0.5)
    (plain,) = set_text((Run("nn nn"),), STYLE, 100, FACES).lines
    (wide,) = set_text((Run("nn nn"),), tracked, 100, FACES).lines
    assert wide.width == pytest.approx(plain.width + 5 * 0.5)
    assert set_text((Run("nn nn"),), tracked, 100, FACES).tracking == 0.5


def test_a_character_of_a_fallback_face_is_its_own_segment() -> None:
    (line,) = set_text((Run("a Ɓa", "serif"),), STYLE, 100, FACES).lines
    assert [(read(s), s.face.postscript_name) for s in line.segments] == [
        ("a ", "SourceSerif4-SemiBold"),
        ("Ɓ", "SourceSans3-Bold"),
        ("a", "SourceSerif4-SemiBold"),
    ]


def test_a_character_that_no_face_has_is_named() -> None:
    with pytest.raises(AssetError, match=r"U\+1F600 GRINNING FACE, in 'well😀'"):
        set_text((Run("Get well😀 soon"),), STYLE, 100, FACES)


def test_right_to_left_is_refused() -> None:
    style = TextStyle(size=10, leading=14, direction="rtl")
    with pytest.raises(LayoutError, match="right to left"):
        set_text((Run("a"),), style, 100, FACES)


def test_the_same_paragraph_is_set_once() -> None:
    first = set_text((Run("once"),), STYLE, 100, FACES)
    assert (
        set_text((Run("once"),), STYLE, 100, bundled_faces(Path(FACES.chains[0][1][0]).parent))
        is first
    )


@pytest.fixture
def wide_em(tmp_path: Path) -> FaceSet:
    """Give a face whose em is 2048 units, made by stating so in its head table."""
    source = open_face(FACES.chains[0][1][0])
    content = bytearray(source.path.read_bytes())
    row = content.index(b"head")
    offset = int.from_bytes(content[row + 8 : row + 12], "big")
    content[offset + 18 : offset + 20] = (2048).to_bytes(2, "big")
    path = tmp_path / "wide.ttf"
    path.write_bytes(content)
    return FaceSet((("regular", (path,)),))


def test_other_units_per_em_are_scaled(wide_em: FaceSet) -> None:
    plain = text_width("AVATAR to go", "regular", 10, FACES)
    assert text_width("AVATAR to go", "regular", 10, wide_em) == pytest.approx(
        plain * 1000 / 2048, abs=0.05
    )
