"""Answers of MedlinePlus Connect: JSON and Atom give the same articles, drug pages only links."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_words import (
    FEATURES,
    SAMPLES,
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
from handouts.document import Link, Paragraph, Strong, plain
from handouts.errors import SourceError
from handouts.sources import Reading
from handouts.sources.topic_article import NOTICE

FEATURE = FEATURES / "connect"
REAL_2014 = SAMPLES / "connect-json" / "icd9cm-250.33.json"
REAL_2026 = SAMPLES / "connect-json" / "icd10cm-G93.32.json"


def answer(
    *entries: dict[str, object], code: str = "W26.2", system: str = "ICD10CM", **more: object
) -> str:
    """An answer in JSON."""
    category = [
        {"scheme": "mainSearchCriteria.v.c", "term": code},
        {"scheme": "mainSearchCriteria.v.cs", "term": system},
    ]
    feed = {"lang": "en", "category": category, "entry": entries} | more
    return json.dumps({"feed": {"title": {"_value": "MedlinePlus Connect"}} | feed})


def entry(summary: str, title: str = "Rest", url: str = "", **more: object) -> dict[str, object]:
    link = [{"href": url, "rel": "alternate"}] if url else []
    return {"title": {"_value": title}, "link": link, "summary": {"_value": summary}} | more


def atom(feed: dict[str, object]) -> str:
    """The Atom form of an answer in JSON."""

    def written(name: str, value: object) -> str:
        if isinstance(value, list):
            return "".join([written(name, item) for item in value])
        if not isinstance(value, dict):
            return ""
        named = {key: said for key, said in value.items() if isinstance(said, str)}
        inner = escape(named.pop("_value", ""))
        inner += "".join([written(key, said) for key, said in value.items()])
        shown = "".join([f" {key}={quoteattr(said)}" for key, said in named.items()])
        return f"<{name}{shown}>{inner}</{name}>"

    return written("feed", {"xmlns": "http://www.w3.org/2005/Atom"} | feed)


# ---- the whole form ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["answer.json", "answer.xml"])
def test_the_outlines_of_the_feature_are_as_expected(name: str) -> None:
    compare_outlines(FEATURE / name, FEATURE / f"{name}.outline.txt")


def test_both_forms_are_the_same_articles() -> None:
    by_json = [found for found in read(FEATURE / "answer.json") if isinstance(found, Reading)]
    by_atom = read(FEATURE / "answer.xml")
    assert len(by_json) == len(by_atom) == 2
    for one_way, other_way in zip(by_json, by_atom, strict=True):
        assert isinstance(other_way, Reading)
        assert one_way.article == other_way.article


def test_words_may_be_plain_strings_in_json() -> None:
    link = {"href": "https://medlineplus.example/rest.html", "rel": "alternate", "title": "a page"}
    plain_entry = {"title": "Rest", "summary": "<p>Sleep.</p>", "link": link}
    reading = one(answer(plain_entry))
    assert reading.article.title == "Rest"
    assert reading.article == one(answer(entry("<p>Sleep.</p>") | {"link": link})).article


def test_each_part_of_an_entry_is_in_its_place() -> None:
    article = one(FEATURE / "answer.json", id="paper-cuts").article
    assert (article.title, article.language, article.id) == ("Paper Cuts", "en", "paper-cuts")
    assert article.codes == (Code(system="ICD-10-CM", code="W26.2"),)
    assert article.alternative_names == ("Sheet wounds", "Cuts (paper, card)")
    assert article.rights.notices == ("NIH: Institute of Paper", NOTICE)
    assert article.rights.status == "public-domain"
    assert article.source.url == "https://medlineplus.example/papercuts.html?page=2"
    lead, items = article.summary
    assert isinstance(lead, Paragraph)
    assert plain(lead.content) == "See skin & care:"
    assert [type(part) for part in lead.content][1::2] == [Link, Strong]
    assert list(article.body())[1:] == [("", "Wash it")]
    assert items != lead
    assert article.review.date is None


def test_pages_that_connect_only_leads_to_are_links() -> None:
    failures = [
        str(found) for found in read(FEATURE / "answer.json") if not isinstance(found, Reading)
    ]
    assert len(failures) == 2
    assert "'Sandpaper' is a drug page of ASHP: link only" in failures[0]
    assert "https://medlineplus.example/druginfo/meds/a1.html" in failures[0]
    assert "'Paper test' has no summary: link only" in failures[1]


def test_entries_are_chosen_by_language_id_and_title() -> None:
    path = FEATURE / "answer.json"
    assert one(path, language="es").article.id == "cortes-de-papel"
    assert one(path, title="cortes de papel").article.language == "es"
    with pytest.raises(SourceError, match="none of its 4 topics has the id 'glue'"):
        read(path, id="glue")
    assert one(answer(entry("<p>x</p>")), id="my-rest").article.id == "my-rest"


# ---- nothing lost ------------------------------------------------------------------------------


def json_words(value: object) -> Iterator[str]:
    """The words of all values; those of links and schemes are none."""
    if isinstance(value, list):
        for item in value:
            yield from json_words(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in ("_value", "term"):
                yield from html_words(item) if "<" in item else words(item)
            elif name not in ("href", "rel", "type", "scheme", "base", "lang", "xsi"):
                yield from words(item) if isinstance(item, str) else json_words(item)


@pytest.mark.parametrize(
    "path",
    [
        FEATURE / "answer.json",
        pytest.param(REAL_2014, marks=needs_samples),
        pytest.param(REAL_2026, marks=needs_samples),
    ],
    ids=lambda path: path.stem,
)
def test_every_word_of_an_answer_is_in_the_article_or_in_the_report(path: Path) -> None:
    feed = json.loads(path.read_text(encoding="utf-8"))["feed"]
    entries = feed.pop("entry")
    criteria = ("mainSearchCriteria.v.cs",)
    feed["category"] = [part for part in feed["category"] if part["scheme"] not in criteria]
    for part, outcome in zip(entries, read(path), strict=True):
        if isinstance(outcome, Reading):
            written = list(json_words([feed, part]))
            assert lost(written, outcome) == Counter()
            assert invented(written, outcome) == Counter()


@needs_samples
@pytest.mark.parametrize("path", [REAL_2014, REAL_2026], ids=lambda path: path.stem)
def test_a_real_answer_as_atom_is_the_same_articles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    by_json, by_atom = read(text), read(atom(json.loads(text)["feed"]))
    for one_way, other_way in zip(by_json, by_atom, strict=True):
        assert isinstance(one_way, Reading)
        assert isinstance(other_way, Reading)
        assert one_way.article == other_way.article


@needs_samples
def test_real_answers_are_read() -> None:
    coma, diabetes = read(REAL_2014)
    assert isinstance(coma, Reading)
    assert isinstance(diabetes, Reading)
    assert coma.article.codes == (Code(system="ICD-9-CM", code="250.33"),)
    assert diabetes.article.alternative_names == ("Insulin-dependent diabetes", "Juvenile diabetes")
    assert len(diabetes.article.summary) == 4
    related = [note for note in diabetes.report.dropped if "related links" in note.reason]
    assert len(related) == 9
    chronic = one(REAL_2026).article
    assert chronic.codes == (Code(system="ICD-10-CM", code="G93.32"),)
    assert [section.role for section in chronic.sections] == ["description", "causes"]
    assert chronic.source.url.endswith("syndrome.html")


# ---- parts that are missing or differ ----------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("2.16.840.1.113883.6.90", "ICD-10-CM"),
        ("urn:oid:2.16.840.1.113883.6.96", "SNOMED CT"),
        ("2.16.840.1.113883.6.88", "RxNorm"),
        ("2.16.840.1.113883.6.69", "NDC"),
        ("2.16.840.1.113883.6.1", "LOINC"),
        ("ICD-9-CM", "ICD-9-CM"),
        ("SNOMEDCT", "SNOMED CT"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_a_code_has_the_name_of_its_system(system: str, name: str) -> None:
    article = one(answer(entry("<p>x</p>"), code="1", system=system)).article
    assert article.codes == (Code(system=name, code="1"),)


def test_a_code_without_a_system_is_told() -> None:
    reading = one(answer(entry("<p>x</p>"), system=""))
    assert reading.article.codes == ()
    assert "W26.2" in [dropped.text for dropped in reading.report.dropped]


def test_one_entry_may_stand_without_a_list() -> None:
    source = json.loads(answer())
    source["feed"]["entry"] = entry("<p>x</p>", lang="es")
    assert one(json.dumps(source)).article.language == "es"


def test_a_summary_of_plain_text_is_no_markup() -> None:
    source = (FEATURE / "answer.xml").read_text(encoding="utf-8")
    start, end = source.index('<summary type="html">'), source.index("</summary>")
    changed = f'{source[:start]}<summary type="text">1 &lt;p&gt; 2{source[end:]}'
    assert one(changed, id="paper-cuts").article.body() == (("", "1 <p> 2"),)


def test_a_related_list_that_follows_no_paragraph_is_a_list() -> None:
    summary = (
        "<p class='NLMrelatedLinks'>See <a href='https://a.example/'>x</a></p><ul><li>y</li></ul>"
    )
    reading = one(answer(entry(f"<p>z</p>{summary}")))
    assert [words for _, words in reading.article.body()] == ["z", "y"]
    assert reading.report.dropped[0].text == "See x https://a.example/"


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (answer(), "no hit: MedlinePlus Connect has no page for the code 'ICD-10-CM W26.2'"),
        (answer(entry("x"))[:-9], "no valid JSON"),
        (answer(entry("x"), deep=json.loads("[" * 80 + "]" * 80)), "nested deeper"),
        ('{"feed": {"title": "MedlinePlus", "entry": [{"title": 1, "title": 2}]}}', "stands twice"),
        (answer(entry("a\x00b")), "must not be printed, U+0000"),
        (
            "<!DOCTYPE feed [<!ENTITY x 'y'>]><feed>MedlinePlus &x;</feed>",
            "DOCTYPE with declarations of its own",
        ),
        ("<feed>MedlinePlus", "no well-formed XML"),
        ("<feed>MedlinePlus</feed>", "no hit"),
    ],
)
def test_an_answer_that_cannot_be_read_is_one_error(source: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read(source)
    assert told in str(failure.value)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (entry(""), "has no summary: link only"),
        (entry("<p class='NLMattribution'>NIH: x</p>"), "has no summary"),
        (entry("<p>x</p>", title=""), "the topic has no title"),
        (entry("<p>x</p>", lang="fr"), "the topic 'Rest' is in 'fr'"),
        (entry("<p>x</p>", title="Other"), "the topic 'Other' is there twice"),
        (entry("<div>" * 300), "nested"),
    ],
)
def test_an_entry_that_cannot_be_read_leaves_the_others(part: dict[str, object], told: str) -> None:
    good, failure = read(answer(entry("<p>Good.</p>", title="Other"), part))
    assert isinstance(good, Reading)
    assert isinstance(failure, SourceError)
    assert told in str(failure)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("ab <>&p/", max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["_value", "title", "link", "summary", "href", "entry", "lang", "id"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_feed_is_articles_or_errors(part: object) -> None:
    try:
        outcomes = read(answer(entry("<p>x</p>"), entry=[part]))
    except SourceError:
        return
    assert all(isinstance(outcome, Reading | SourceError) for outcome in outcomes)
