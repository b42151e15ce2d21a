from pathlib import Path

import pytest

from handouts.text.coverage import gaps
from handouts.text.faces import FaceSet, bundled_faces

FONTS = Path(__file__).parent.parent / "fonts"
FACES = bundled_faces(FONTS)


def test_the_languages_that_the_fonts_serve_have_no_gaps() -> None:
    for text in (
        "Take 5 mg (½ tablet) – “not more”, 98.6 °F ≤ 2 → ✓ • µg ™",
        "¿Cuándo llamar al médico? Niños, pingüino",
        "Bệnh nhân cần nhịn ăn trước khi xét nghiệm",
        "Костный мозг · Μυελός των οστών · Kręgosłup · Četvrtak · Ẹ kú àárọ̀",
        "soft\u00adhyphen zero\u200bwidth no\u00a0break \u202f word\u2060joiner\tand\nlines",
    ):
        assert gaps(text, FACES) == ()


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Hi 😀", "U+1F600 GRINNING FACE", "no font has this sign"),
        ("Call ☎", "U+260E BLACK TELEPHONE", "no font has this sign"),
        ("ש", "U+05E9 HEBREW LETTER SHIN", "Hebrew is written from right to left, which is not"),
        ("ب", "U+0628 ARABIC LETTER BEH", "Arabic is written from right to left, which is not"),
        ("٣", "U+0663 ARABIC-INDIC DIGIT THREE", "Arabic is written from right to left"),
        ("न", "U+0928 DEVANAGARI LETTER NA", "the fonts have no Devanagari characters"),
        ("५", "U+096B DEVANAGARI DIGIT FIVE", "the fonts have no Devanagari characters"),
        ("ไ", "U+0E44 THAI CHARACTER SARA AI MAIMALAI", "the fonts have no Thai characters"),
        ("骨", "U+9AA8 CJK UNIFIED IDEOGRAPH-9AA8", "no Chinese, Japanese or Korean characters"),
        ("한", "U+D55C HANGUL SYLLABLE HAN", "the fonts have no Korean characters"),
        ("ሀ", "U+1200 ETHIOPIC SYLLABLE HA", "the fonts have no Ethiopic characters"),
        ("Ƙ", "U+0198 LATIN CAPITAL LETTER K WITH HOOK", "the fonts lack this Latin letter"),
        ("\ue000", "U+E000 private use character", "no font has this sign"),
    ],
)
def test_a_gap_is_named_and_explained(text: str, name: str, reason: str) -> None:
    (gap,) = gaps(text, FACES)
    assert gap.name == name
    assert reason in gap.reason
    assert gap.character in gap.context


def test_gaps_come_once_each_in_the_order_of_the_text() -> None:
    assert [gap.character for gap in gaps("b☎a😀☎骨", FACES)] == ["☎", "😀", "骨"]


def test_the_context_is_short_and_marks_what_is_left_out() -> None:
    (gap,) = gaps("other line\n" + "word " * 50 + "☎ " + "word " * 50, FACES)
    assert len(gap.context) <= 40
    assert gap.context.startswith("…")
    assert gap.context.endswith("…")
    assert "word ☎ word" in gap.context


def test_what_a_fallback_face_has_is_no_gap() -> None:
    assert gaps("Ɓ", FACES, "serif") == ()
    alone = FaceSet((("serif", (FONTS / "SourceSerif4-SemiBold.ttf",)),))
    assert [gap.character for gap in gaps("Ɓ", alone, "serif")] == ["Ɓ"]
