"""Vaccine Information Statements: cut sentences are whole again, lists are lists, no word is lost."""

import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_words import article_text, letters, reported_text

from handouts.document import BulletList, Paragraph, plain, texts
from handouts.errors import SourceError
from handouts.sources import Reading, read_source
from handouts.sources.outline import outline
from handouts.values import replace

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "vaccine-statement"
SAMPLES = ROOT.parent / "shared" / "samples" / "vis-text"
NAMES = ("hpv", "mmr", "spanish_hpv", "russian_hpv", "arabic_hpv", "chinese_simplified_hpv")
FILES = [FEATURE / "english.txt", FEATURE / "spanish.txt"]
FILES += [SAMPLES / f"{name}.txt" for name in NAMES]
ROLES = ["why", "description", "before", "risks", "when_to_call", "", "resources"]
BASIS = """Sneeze Vaccine: What You Need to Know
Many vaccine information statements are available. See www.immunize.org/vis
Why get vaccinated?
{why}
Talk with your health care provider
{before}
How can I learn more?
Ask.
42 U.S.C. § 300aa-26
1/31/2025
"""


def read(source: Path | str, **wish: str) -> Reading:
    if isinstance(source, Path) and not source.exists():
        pytest.skip("the samples are no part of the repository")
    content = source if isinstance(source, Path) else source.encode()
    return read_source(content, format="vaccine-statement", **wish)


def body(why: str = "It helps.", before: str = "Ask first.") -> list[list[str]]:
    article = read(BASIS.format(why=why, before=before)).article
    return [[*texts((block,))] for part in article.sections[:2] for block in part.blocks]


# ---- whole statements --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["english", "spanish"])
def test_the_outline_of_the_feature_is_as_expected(name: str) -> None:
    got = outline(read_source(FEATURE / f"{name}.txt", id="yawn"))
    assert got == (FEATURE / f"{name}.outline.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_letter_of_a_statement_is_in_the_article_or_in_the_report(path: Path) -> None:
    reading = read(path)
    assert reading.report.format == "vaccine-statement"
    text = path.read_text(encoding="utf-8")
    report = replace(reading.report, guessed=(), dates=())
    assert letters(text) - letters(article_text(reading.article) + reported_text(report)) == {}
    own = ("Translation distributed by Immunize.org",)
    notices = tuple(notice for notice in reading.article.rights.notices if notice not in own)
    said = replace(reading.article, rights=replace(reading.article.rights, notices=notices))
    assert letters(article_text(said)) - letters(text) == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_seven_sections_are_found_and_no_sentence_is_cut(path: Path) -> None:
    article = read(path).article
    assert [section.role for section in article.sections] == ROLES
    ends = [
        plain(block.content).rstrip('"”)')[-1]
        for section in article.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
    assert not set(ends) - set(".:。：?")


@pytest.mark.parametrize(
    ("name", "lists", "date"),
    [
        ("hpv", [4, 2, 2], "2021-08-06"),
        ("mmr", [2, 7, 2], "2025-01-31"),
        ("spanish_hpv", [4, 2, 2], "2021-08-06"),
        ("russian_hpv", [4, 2, 2], "2021-08-06"),
        ("arabic_hpv", [4, 2, 2], "2021-08-06"),
        ("chinese_simplified_hpv", [4, 2, 2], "2021-08-06"),
    ],
)
def test_the_samples_have_their_lists_and_editions(name: str, lists: list[int], date: str) -> None:
    reading = read(SAMPLES / f"{name}.txt")
    blocks = [block for part in reading.article.sections for block in part.blocks]
    assert [len(block.items) for block in blocks if isinstance(block, BulletList)] == lists
    assert reading.article.review.date == datetime.date.fromisoformat(date)
    assert not [warning for warning in reading.report.warnings if "mixed" in warning]
    assert {guess.confidence for guess in reading.report.guessed} <= {0.8, 0.9, 0.95, 1.0}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("hpv", "en"),
        ("mmr", "en"),
        ("spanish_hpv", "es"),
        ("russian_hpv", "ru"),
        ("arabic_hpv", "ar"),
        ("chinese_simplified_hpv", "zh-Hans"),
    ],
)
def test_the_samples_say_their_language_and_share_their_vaccines_id(
    name: str, language: str
) -> None:
    path = SAMPLES / f"{name}.txt"
    if not path.exists():
        pytest.skip("the samples are no part of the repository")
    article = read(path.read_text(encoding="utf-8")).article
    assert article.language == language
    assert article.id == f"{name.rpartition('_')[2]}-vaccine"
    assert any("Immunize.org" in one for one in article.rights.notices) == (language != "en")


# ---- what stands round the text ----------------------------------------------------------------


def test_the_frame_becomes_notices_whole_and_in_one_piece() -> None:
    article = read(FEATURE / "english.txt").article
    statement, publisher, banner, translated = article.rights.notices
    assert statement == (
        "Vaccine Information Statement, Yawn Vaccine, 42 U.S.C. § 300aa-26, 1/31/2025"
    )
    assert publisher.startswith("U.S. Department of Health and Human Services, Centers")
    assert "are available in Spanish and other languages. See www.immunize.org/vis" in banner
    assert translated == "Made-up leaflets are there in many tongues. Visit www.immunize.org/vis"
    assert (article.rights.status, article.rights.may_edit) == ("public-domain", False)
    assert article.title == "Yawn (Contagious Yawning) Vaccine: What You Need to Know"
    assert article.review.date == datetime.date(2025, 1, 31)


def test_a_translation_names_who_gives_it_away_and_when_it_is_old() -> None:
    article = read(FEATURE / "spanish.txt").article
    assert article.language == "es"
    assert article.rights.notices[-1] == "Translation distributed by Immunize.org"
    assert article.source.url == "https://www.immunize.org/vis"
    assert article.review.date == datetime.date(2021, 8, 6)
    old = "This translation is out of date. Use it along with the current VIS in English.\n"
    reading = read(old + (FEATURE / "spanish.txt").read_text(encoding="utf-8"))
    assert reading.article.rights.notices[0] == old.strip()
    assert any("out of date" in warning for warning in reading.report.warnings)


def test_a_statement_in_another_language_than_asked_for_is_refused() -> None:
    with pytest.raises(SourceError, match="the statement is in 'es', not in 'en'"):
        read(FEATURE / "spanish.txt", language="en")


@pytest.mark.parametrize(
    ("date", "warned"),
    [
        ("31/1/2025", "31/1/2025 is no date"),
        ("soon", "does not say the date of its edition"),
        ("1/31/2025\n2/1/2024", "several dates of its edition: 2024-02-01, 2025-01-31"),
    ],
)
def test_doubts_about_the_edition_are_told(date: str, warned: str) -> None:
    text = BASIS.format(why="It helps.", before="Ask.").replace("1/31/2025", date)
    assert warned in " ".join(read(text).report.warnings)


# ---- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        ("One sentence that\nthe page cut.", [["One sentence that the page cut."]]),
        ("One.\nTwo.", [["One."], ["Two."]]),
        ("See (with a friend\nor alone) a doctor.", [["See (with a friend or alone) a doctor."]]),
        ("Read at\nwww.a.example/b.", [["Read at www.a.example/b."]]),
        ("Sneezes (many)\nare loud.", [["Sneezes (many) are loud."]]),
        ("A life-\nthreatening sneeze.", [["A life-threatening sneeze."]]),
        ("Such as:\ncats\ndogs\nMice do not.", [["Such as:"], ["cats", "dogs"], ["Mice do not."]]),
        ("If you:\nSneeze a lot and\noften\nCough\nIn some cases, you may\nnot.",
         [["If you:"], ["Sneeze a lot and often", "Cough"], ["In some cases, you may not."]]),
        ("Call:\nthe nurse or\nthe doctor.\nRest.", [["Call:"], ["the nurse or", "the doctor."], ["Rest."]]),
        ("Do this:\n• Call\n• Visit\nwww.a.example.\nRest.", [["Do this:"], ["Call", "Visit www.a.example."], ["Rest."]]),
    ],
)  # fmt: skip
def test_cut_sentences_are_joined_and_lists_are_lists(lines: str, made: list[list[str]]) -> None:
    assert body(why=lines)[: len(made)] == made


def test_mixed_columns_are_told_and_the_headings_are_doubted() -> None:
    text = FEATURE / "english.txt"
    lines = text.read_text(encoding="utf-8").split("\n")
    at = lines.index("Why get vaccinated?")
    end = lines.index("Talk with your health care provider")
    mixed = [*lines[:at], *lines[end:41], *lines[at:end], *lines[41:]]
    reading = read("\n".join(mixed))
    assert any("columns of the page may be mixed up" in one for one in reading.report.warnings)
    sections = [guess for guess in reading.report.guessed if guess.what == "section"]
    assert {guess.confidence for guess in sections} == {0.4}


def test_a_language_that_was_never_seen_is_read_by_its_numbers() -> None:
    text = (
        "Vaccine Information Statement • SNEEZE (1/2/24) • Polish Translation • Distributed by X\n"
        "Szczepionka na kichanie: co trzeba wiedzieć\n1. Po co się szczepić?\nBo kichanie męczy.\n"
        "2. Szczepionka\nJedna dawka.\n"
    )
    article = read(text).article
    assert (article.language, article.id) == ("pl", "sneeze-vaccine")
    assert [section.title for section in article.sections] == [
        "1. Po co się szczepić?",
        "2. Szczepionka",
    ]


def test_translations_share_the_vaccines_id_whatever_their_files_are_called(
    tmp_path: Path,
) -> None:
    names = ("english_hpv.txt", "Spanish HPV.txt")
    for name, feature in zip(names, ("english", "spanish"), strict=True):
        (tmp_path / name).write_bytes((FEATURE / f"{feature}.txt").read_bytes())
    assert len({read(tmp_path / name).article.id for name in names}) == 1


# ---- recognising, bad input --------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_statement_is_recognised_by_its_words(path: Path, tmp_path: Path) -> None:
    if not path.exists():
        pytest.skip("the samples are no part of the repository")
    for name in ("a.txt", "a.md", "a"):
        (tmp_path / name).write_bytes(path.read_bytes())
        assert read_source(tmp_path / name).report.format == "vaccine-statement"


def test_a_clinics_own_text_about_statements_is_no_statement() -> None:
    for text in (
        "# Shots\n\nSee www.immunize.org/vis\n\n42 U.S.C. § 300aa-26 asks for a sheet.\n",
        "Shots\n\nWe give you the sheet of www.immunize.org/vis\n",
        '+++\ntitle = "Shots"\nlanguage = "en"\n+++\n42 U.S.C. § 300aa-26\n',
    ):
        assert read_source(text.encode()).report.format != "vaccine-statement"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Why get vaccinated?\nIt helps.\n", "the statement has no title"),
        ("42 U.S.C. § 300aa-26\n1/31/2025\n", "the statement has no title"),
        ("Sneeze Vaccine: What You Need to Know\n", "the article has no text"),
        ("\n \n", "the file is empty"),
    ],
)
def test_what_is_no_statement_is_refused(text: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read(text)
    assert told in str(failure.value)


def test_a_single_line_of_ten_megabytes_is_read() -> None:
    for line in ("a " * 5_000_000, "(" * 10_000_000):
        assert read(BASIS.format(why=line, before="Ask.")).article.sections


def test_many_short_lines_take_no_time() -> None:
    read(BASIS.format(why="and\n" * 20_000, before="Such as:\n" + "cat\n" * 20_000))


LINES = st.sampled_from(
    (FEATURE / "english.txt").read_text(encoding="utf-8").split("\n")
    + (FEATURE / "spanish.txt").read_text(encoding="utf-8").split("\n")
    + ["• bullet", "1. One", "- ", "?", "(", "8/6/21", "HPV VIS – Klingon (1/1/20)", "，", "疫苗"]
)


@given(st.lists(LINES, max_size=30), st.lists(st.text(max_size=12), max_size=3))
def test_no_letter_is_lost_from_any_lines(lines: list[str], more: list[str]) -> None:
    text = "\n".join([*lines, *more])
    try:
        reading = read(text)
    except SourceError:
        return
    report = replace(reading.report, guessed=(), dates=())
    there = letters(article_text(reading.article) + reported_text(report))
    assert letters(unicodedata.normalize("NFC", text)) - there == {}
