"""Encyclopedia pages and clinics' own pages as HTML: each part in its place, no word lost."""

import datetime
from pathlib import Path

import pytest
from source_words import article_text, letters, reported_text

from handouts.document import (
    BulletList,
    Emphasis,
    Heading,
    Link,
    Paragraph,
    Steps,
    Strong,
    Table,
    plain,
    text,
)
from handouts.errors import SourceError
from handouts.sources import Reading, read_source
from handouts.sources.html import parse, words
from handouts.sources.outline import outline

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "encyclopedia-html"
PAGES = sorted(FEATURE.glob("*.html"))
SAMPLES = ROOT.parent / "shared" / "samples" / "ency-html"
SYMPTOM = SAMPLES / "003122-abdomen-swollen.html"
CLINIC = SAMPLES / "prueba-de-esfuerzo-clinic-page-es.html"
NO_SAMPLES = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the samples are no part of the repository"
)


def read(html: str, **known: str) -> Reading:
    return read_source(html.encode(), format="encyclopedia-html", **known)  # type: ignore[arg-type]


def roles(reading: Reading) -> list[str]:
    return [section.role for section in reading.article.sections]


# ---- whole pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_outline_is_as_expected(path: Path) -> None:
    reading = read_source(path)
    assert reading.report.format == "encyclopedia-html"
    assert outline(reading) == path.with_suffix(".outline.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [*PAGES, *(pytest.param(path, marks=NO_SAMPLES) for path in (SYMPTOM, CLINIC))],
    ids=lambda path: path.stem,
)
def test_every_word_of_a_page_is_in_the_article_or_in_the_report(path: Path) -> None:
    html = path.read_text(encoding="utf-8").replace("&amp;lt;", "&lt;")
    reading = read_source(path)
    there = letters(words(parse(html, "page.html")))
    found = article_text(reading.article)
    assert there - letters(found + reported_text(reading.report)) == letters("")
    assert letters(found) - there == letters("")


def test_each_part_of_a_modern_page_is_in_its_place() -> None:
    article = read_source(FEATURE / "modern.html").article
    assert article.title == "Thumb cast"
    assert article.kind == "test"
    lead, listed = article.summary
    assert isinstance(lead, Paragraph)
    assert isinstance(lead.content[1], Strong)
    assert isinstance(listed, BulletList)
    first, head, _, nested, table = article.sections[0].blocks
    assert isinstance(first, Paragraph)
    assert plain(first.content) == "You need 102 minutes, at 5\xa0°C or < 20 µl of water."
    link = next(part for part in first.content if isinstance(part, Link))
    assert link.href == "https://medlineplus.gov/ency/article/000246.htm"
    assert head == Heading(3, text("BEFORE"))
    assert isinstance(nested, BulletList)
    assert [len(item) for item in nested.items] == [2, 1]
    assert isinstance(table, Table)
    assert article.alternative_names == ("Plaster - thumb", "Cast (hand; thumb)")
    assert [type(part) for part in article.references[0]][1] is Emphasis
    assert article.review.date == datetime.date(2023, 3, 9)
    assert article.review.by.startswith("Nora Example")
    assert article.source.article == "999905"
    assert (article.rights.holder, article.rights.status) == ("A.D.A.M.", "licensed")
    assert article.rights.may_edit is False
    assert article.rights.notices[1].endswith("no advice, or help in an emergency.")


def test_page_chrome_is_nowhere_in_the_article() -> None:
    shown = article_text(read_source(FEATURE / "modern.html").article)
    for chrome in ("pigeon", "JavaScript", "Expand", "Menu", "cite", "Rockville", "program"):
        assert chrome not in shown


def test_the_article_alone_is_read_as_the_page_is() -> None:
    html = (FEATURE / "modern.html").read_text(encoding="utf-8")
    alone = html[html.index("<article") : html.index("</article>")] + "</article>"
    article, whole = read(alone).article, read(html).article
    assert article.sections[1] == whole.sections[1]
    assert article.review == whole.review
    assert (article.rights.holder, article.rights.status) == ("A.D.A.M.", "unknown")
    assert article.rights.may_edit is False


def test_a_shared_address_is_the_article_s_own() -> None:
    share = "mailto:?body=https%3A%2F%2Fmedlineplus.gov%2Fency%2Farticle%2F999906.htm%3Futm"
    article = read(f'<h1>Rest</h1><div class="share-buttons"><a href="{share}">@</a></div><p>a')
    assert article.article.source.url == "https://medlineplus.gov/ency/article/999906.htm"
    assert article.article.rights.holder == "A.D.A.M."


def test_a_spanish_page_has_its_months_before_its_days() -> None:
    article = read_source(FEATURE / "spanish.html").article
    assert article.language == "es"
    assert article.review.date == datetime.date(2021, 11, 9)
    assert (
        article.review.by == "Versión en inglés revisada por: Nora Example, MD. "
        "Traducción y localización realizada por: Otra, Inc."
    )


def test_the_definition_of_an_old_page_is_its_lead() -> None:
    article = read_source(FEATURE / "old.html").article
    assert article.body()[0] == ("", "A thumb wart is a small bump.")
    assert article.review.date == datetime.date(2008, 3, 9)
    assert "Return to top" not in article_text(article)


def test_a_clinic_s_page_keeps_what_stands_outside_its_tags() -> None:
    reading = read_source(FEATURE / "clinic.html")
    first, second = reading.article.sections
    assert [type(block) for block in first.blocks] == [Paragraph, BulletList, Paragraph]
    steps, *_, loose = second.blocks
    assert isinstance(steps, Steps)
    assert [len(item) for item in steps.items] == [1, 1, 2]
    assert isinstance(loose, BulletList)
    assert any("stands there twice" in warning for warning in reading.report.warnings)


@NO_SAMPLES
def test_the_real_symptom_has_the_shape_that_its_page_has() -> None:
    reading = read_source(SYMPTOM)
    article = reading.article
    assert article.kind == "symptom"
    assert roles(reading) == ["causes", "home_care", "when_to_call", "office_visit"]
    assert len(article.summary) == 1
    assert len(article.alternative_names) == 4
    assert len(article.references) == 3
    assert article.review.date == datetime.date(2024, 10, 9)
    assert article.source.article == "003122"
    assert article.rights.holder == "A.D.A.M."
    lists = [
        len(block.items)
        for section in article.sections
        for block in section.blocks
        if isinstance(block, BulletList)
    ]
    assert lists == [11, 4, 3, 6, 7, 10]


@NO_SAMPLES
def test_the_real_clinic_s_page_is_spanish_whatever_it_says() -> None:
    reading = read_source(CLINIC)
    assert reading.article.language == "es"
    assert roles(reading) == ["how_performed"]
    assert any("'en'" in warning for warning in reading.report.warnings)


# ---- titles and headings -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Rest - discharge</title><p>Sleep.", "Rest - discharge"),
        ("<title>Rest - Big Clinic</title><p>Sleep.", "Rest"),
        ("<title>Rest | Big Clinic</title><h1>How to rest</h1><p>Sleep.", "How to rest"),
        ("<title>Rest - CLINIC</title><h2>Rest at home</h2><p>Sleep.", "Rest at home"),
        ("<title>Rest</title><h2>Causes</h2><p>Work.", "Rest"),
        ("<h2>Rest</h2><p>Sleep.", "Rest"),
    ],
)
def test_the_title_is_the_heading_or_the_page_s_name(html: str, title: str) -> None:
    assert read(html).article.title == title


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Rest</h1><h2>Beds</h2><p>a<h3>Sheets</h3><p>b<h2>Lamps</h2><p>c",
        "<h1>Rest</h1><div><h3>Beds</h3></div><p>a<h4>Sheets</h4><p>b<div><h3>Lamps</h3><p>c</div>",
        "<h1>Rest</h1><p><b>Beds</b><p>a<p>Sheets<p>b<p><strong>Lamps</strong><p>c",
    ],
)
def test_the_highest_headings_are_the_sections(html: str) -> None:
    sections = read(html).article.sections
    assert [section.title for section in sections] == ["Beds", "Lamps"]
    assert len(sections[0].blocks) == 3


def test_a_sentence_in_bold_type_is_no_heading() -> None:
    assert read("<h1>Rest</h1><p><b>Sleep well.</b></p><p>a").article.sections == ()


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Sleep.", "the article has no title"),
        ("<h1>Rest</h1>", "the article has no text"),
        ("<!doctype html>", "no title"),
        ("<h1>Rest</h1>" + "<div>" * 120 + "a", "nested"),
        ('<!DOCTYPE html [<!ENTITY a "b">]><h1>Rest</h1><p>&a;', "entities"),
        ("<h1>Rest</h1><p>a &#8238; b", "must not be printed"),
        ("<title>Rest</title><h1>\N{FIRE}</h1><p>a", "no id"),
    ],
)
def test_a_bad_page_is_one_error(html: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read(html)


def test_a_page_in_a_western_encoding_that_says_so_is_read() -> None:
    html = '<html><meta charset="iso-8859-1"><h1>Señal</h1><p>El niño “duerme”.'.encode("cp1252")
    article = read_source(html).article
    assert article.title == "Señal"
    assert article.body()[0][1] == "El niño “duerme”."
    with pytest.raises(SourceError, match="is not UTF-8"):
        read_source(html.replace(b"iso-8859-1", b"utf-8"))
    with pytest.raises(SourceError, match="UTF-16"):
        read_source("<html><h1>Rest</h1><p>Sleep.".encode("utf-16"))


def test_a_review_date_that_is_no_date_is_told() -> None:
    reading = read("<h1>Rest</h1><p>Sleep.<h2>Review Date 13/45/2020</h2><p>Updated by: Nora")
    assert reading.article.review.date is None
    assert "Review Date 13/45/2020" in {dropped.text for dropped in reading.report.dropped}


def test_a_page_cut_off_is_read_as_far_as_it_goes() -> None:
    html = (FEATURE / "modern.html").read_text(encoding="utf-8")
    reading = read(html[: html.index("section-Ref")])
    assert roles(reading) == ["how_performed", "risks"]
    assert reading.article.review.date is None
