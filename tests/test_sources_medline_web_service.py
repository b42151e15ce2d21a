"""Answers of the MedlinePlus web service: whole topics and brief ones, without the search's marks."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_words import (
    FEATURES,
    SAMPLES,
    body_words,
    compare_outlines,
    html_words,
    invented,
    lost,
    needs_samples,
    one,
    read,
    words,
)

from handouts.article import Code
from handouts.errors import SourceError
from handouts.sources import Reading
from handouts.sources.topic_article import NOTICE

FEATURE = FEATURES / "web-service"
REAL = ("leishmaniasis-rettype-topic", "leishmaniasis-rettype-brief")
REAL_2026 = SAMPLES / "health-topics" / "wsearch-neurologicdiseases-2026-first-document.xml"
ALL = (FEATURE / "all.xml").read_text(encoding="utf-8")

NO_HIT = "<term>papr</term><count>0</count><spellingCorrection>paper</spellingCorrection>"


def real(name: str) -> Path:
    return SAMPLES / "health-topics" / f"wsearch-{name}.xml"


def brief(contents: dict[str, str], url: str = "https://a.example/rest.html") -> str:
    """A brief answer with one document; values are written as they are."""
    parts = "".join([f'<content name="{name}">{said}</content>' for name, said in contents.items()])
    return (
        "<nlmSearchResult><term>x</term><count>1</count>"
        f'<list><document rank="0" url="{url}">{parts}</document></list></nlmSearchResult>'
    )


def test_the_outlines_of_the_feature_are_as_expected() -> None:
    compare_outlines(FEATURE / "all.xml", FEATURE / "outline.txt")


def test_of_both_forms_the_whole_topic_is_read() -> None:
    reading = one(ALL, id="paper-cuts")
    assert reading.report.format == "medline-web-service"
    assert reading.article.source.article == "9001"
    assert body_words(reading) == ["A", "paper", "wound"]


def test_marks_of_the_search_are_nowhere() -> None:
    outcomes = read(ALL)
    assert "qt0" not in f"{outcomes}"
    assert "<span" not in f"{outcomes}"
    ink = outcomes[1]
    assert isinstance(ink, Reading)
    article = ink.article
    assert (article.title, article.language, article.id) == ("Tinta & papel", "es", "tinta-papel")
    assert article.body() == (("", "La tinta del papel: < 1 ml."),)
    assert article.alternative_names == ("Mancha de papel",)
    assert article.rights.notices == ("Instituto de la Tinta", NOTICE)


def test_an_answer_that_is_a_part_of_what_was_found_is_told() -> None:
    for outcome in read(ALL):
        assert isinstance(outcome, Reading)
        assert "the search found 3 topics, this answer holds 2" in outcome.report.warnings


def test_topics_are_chosen_by_language_id_and_title() -> None:
    assert one(ALL, language="es").article.title == "Tinta & papel"
    assert one(ALL, id="9001").article.title == "Paper Cuts"
    assert one(ALL, title="tinta & PAPEL").article.id == "tinta-papel"
    with pytest.raises(SourceError, match="none of its 2 topics has the id 'glue'"):
        read(ALL, id="glue")


# ---- nothing lost ------------------------------------------------------------------------------


def document_words(document: ElementTree.Element) -> list[str]:
    """All words of a document; values are HTML, topics are elements."""
    found: list[str] = []
    for part in document.iter():
        if part.tag in ("content", "full-summary"):
            found += html_words(part.text or "")
        else:
            found += words(part.text or "")
        found += words(" ".join([part.get("title", ""), part.get("meta-desc", "")]))
    return found


@pytest.mark.parametrize(
    "path",
    [
        FEATURE / "all.xml",
        *[pytest.param(real(name), marks=needs_samples) for name in REAL],
        pytest.param(REAL_2026, marks=needs_samples),
    ],
    ids=lambda path: path.stem,
)
def test_every_word_of_an_answer_is_in_the_article_or_in_the_report(path: Path) -> None:
    documents = list(ElementTree.parse(path).getroot().iter("document"))
    outcomes = read(path)
    for document, outcome in zip(documents, outcomes, strict=True):
        assert isinstance(outcome, Reading)
        written = document_words(document)
        # "National Library of Medicine" as the organization is in the notice that is printed.
        assert lost([word for word in written if word not in words(NOTICE)], outcome) == Counter()
        assert invented(written, outcome) == Counter()


@needs_samples
def test_both_forms_of_a_real_topic_are_the_same_article() -> None:
    whole, short = (one(real(name)).article for name in REAL)
    assert (whole.id, whole.title, whole.language) == (short.id, short.title, short.language)
    assert whole.body() == short.body()
    assert whole.alternative_names == short.alternative_names == ("Kala-azar",)
    assert (whole.source.article, short.source.article) == ("3748", "")


@needs_samples
def test_a_real_answer_of_2026_is_read() -> None:
    reading = one(REAL_2026)
    assert reading.article.codes == (Code(system="MeSH", code="D009422"),)
    assert reading.article.rights.notices[0].startswith("National Institute of Neurological")
    assert "17 topics" in reading.report.warnings[0]
    assert any("cut off" in warning for warning in reading.report.warnings)


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            f"<nlmSearchResult>{NO_HIT}</nlmSearchResult>",
            "no hit: the search for 'papr' found no topic. The service suggests paper.",
        ),
        ("<nlmSearchResult><count>0</count></nlmSearchResult>", "no hit"),
        (ALL[: ALL.index("Tinta")], "no well-formed XML"),
        (ALL.replace("<term>", "<term>&nbsp;"), "undefined entity"),
        (f"<nlmSearchResult>{'<a>' * 500}", "nested more than"),
    ],
)
def test_an_answer_that_cannot_be_read_is_one_error(source: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read(source)
    assert told in str(failure.value)


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ({"title": "Rest"}, "the topic 'Rest' has no summary"),
        ({"title": "Rest", "FullSummary": ""}, "the topic 'Rest' has no summary"),
        ({"FullSummary": "&lt;p&gt;x&lt;/p&gt;"}, "the topic has no title"),
        ({"title": "Rest", "snippet": "x"}, "the topic 'Rest' has no summary"),
    ],
)
def test_a_document_without_a_topic_is_told(contents: dict[str, str], told: str) -> None:
    (failure,) = read(brief(contents))
    assert isinstance(failure, SourceError)
    assert told in str(failure)


def test_the_same_page_twice_is_told() -> None:
    document = ALL[ALL.index('<document rank="1"') : ALL.index("</list>")]
    outcomes = read(ALL.replace("</list>", f"{document}</list>"))
    assert [type(outcome) for outcome in outcomes] == [Reading, Reading, SourceError]
    assert "'Tinta & papel' is there twice" in str(outcomes[2])


def test_another_xml_is_no_answer() -> None:
    with pytest.raises(SourceError, match="no answer of the MedlinePlus web service"):
        list(_read_anyway("<a/>"))


def _read_anyway(text: str) -> list[object]:
    from handouts.sources import Content, Origin, read_articles  # noqa: PLC0415  (once)

    content = Content(text.encode())
    return list(read_articles(content, origin=Origin(file="x"), format="medline-web-service"))


@given(st.data())
def test_any_damage_is_an_article_or_an_error(data: st.DataObject) -> None:
    source = bytearray(ALL.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(60, len(source) - 1))
        piece = data.draw(st.sampled_from([b"<", b">", b"&", b"\xff", b"", b'"', b"&lt;", b"\x00"]))
        source[at : at + data.draw(st.integers(0, 6))] = piece
    try:
        outcomes = read(bytes(source))
    except SourceError:
        return
    assert all(isinstance(outcome, Reading | SourceError) for outcome in outcomes)
