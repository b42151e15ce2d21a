import pytest

from handouts.text.breaking import forced_break, opportunities, pieces


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        ("marrow ", ("marrow ",)),
        ("non-Hodgkin ", ("non-", "Hodgkin ")),
        ("well-being-related", ("well-", "being-", "related")),
        ("(non-Hodgkin) ", ("(non-", "Hodgkin) ")),
        ("X-ray ", ("X-ray ",)),
        ("vitamin-B ", ("vitamin-B ",)),
        ("pages–articles", ("pages–", "articles")),
        ("pain—then", ("pain—", "then")),
        ("5–10 ", ("5–10 ",)),
        ("120/80 ", ("120/80 ",)),
        ("mg/dL ", ("mg/dL ",)),
        ("drowsiness/dizziness", ("drowsiness/", "dizziness")),
        ("https://example.org", ("https://example.org",)),
        ("one\u200btwo", ("one\u200b", "two")),
        ("end\u200b", ("end\u200b",)),
        ("9-1-1", ("9-1-1",)),
    ],
)
def test_a_chunk_breaks_only_where_a_reader_would_expect_it(
    chunk: str, expected: tuple[str, ...]
) -> None:
    assert pieces(chunk) == expected


def test_ideographs_break_between_each_other_but_not_before_closing_punctuation() -> None:
    assert pieces("骨髓（检查）。") == ("骨", "髓", "（检", "查）。")


def test_latin_within_ideographs_stays_whole() -> None:
    assert pieces("做CBC检") == ("做", "CBC", "检")


def test_thai_breaks_between_clusters_and_keeps_marks_and_leading_vowels() -> None:
    assert pieces("เก้าที่") == ("เก้", "า", "ที่")


def test_a_break_is_never_at_either_end() -> None:
    assert opportunities("well-") == ()
    assert opportunities("\u200b") == ()


@pytest.mark.parametrize(
    ("word", "room", "kept"),
    [
        ("abcdef", 4, "abcd"),
        ("abcdef", 0, "a"),
        ("a.bcd/efgh", 8, "a.bcd/"),
        ("https://example.org/page", 10, "https://"),
        ("ae\u0301e\u0301e\u0301", 4, "ae\u0301"),
        ("e\u0301\u0302\u0303x", 1, "e\u0301\u0302\u0303"),
        ("0.40–4.00", 7, "0.40–"),
        ("2026-09-14", 6, "2026-"),
        ("06/17/2024", 5, "06/"),
        ("mg:12.45", 6, "mg:"),
        ("dose12.45", 7, "dose"),
        ("0.40mmol", 3, "0.4"),
        ("1,250.5mg", 8, "1,250.5m"),
        ("12:30", 4, "12:3"),
        ("example.org", 9, "example."),
        ("(-12.5)", 3, "("),
    ],
)
def test_a_word_that_must_be_cut_is_cut_after_a_delimiter_or_whole_characters_not_in_numbers(
    word: str, room: int, kept: str
) -> None:
    assert word[: forced_break(word, lambda head: len(head) <= room)] == kept
