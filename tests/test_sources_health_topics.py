"""Health topics XML: each topic is an article, all its words are told, a whole file is a stream."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_words import article_text, letters, reported_text
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

from handouts import strings
from handouts.article import Code
from handouts.document import BulletList, Emphasis, Link, Paragraph, Sub, plain, texts
from handouts.errors import SourceError
from handouts.sources import Content, Origin, Reading, read_source
from handouts.sources.health_topics import read_all
from handouts.sources.topic_article import NOTICE
from handouts.sources.topic_roles import roles

FEATURE = FEATURES / "health-topics"
REAL = SAMPLES / "health-topics" / "mplus_topics_2012-07-21.xml"
SUMMARIES = SAMPLES / "health-topics" / "topic-summaries-html-part1.json"


def topic(html: str, more: str = "", **attributes: str) -> str:
    """A topic with a summary; `_` ends the attributes that are words of Python."""
    named = {"title": "Rest", "id": "7", "language": "English"} | attributes
    shown = "".join([f" {name}={quoteattr(said)}" for name, said in named.items()])
    return (
        f"<health-topic{shown}><full-summary>{escape(html)}</full-summary>{more}</health-topic>\n"
    )


def topics(*parts: str) -> str:
    return f'<?xml version="1.0"?>\n<health-topics>\n{"".join(parts)}</health-topics>\n'


def ids(source: str | bytes | Path, **known: str) -> list[str]:
    return [
        outcome.article.id if isinstance(outcome, Reading) else str(outcome)
        for outcome in read(source, **known)
    ]


# ---- the whole form ----------------------------------------------------------------------------


def test_the_outlines_of_the_feature_are_as_expected() -> None:
    compare_outlines(FEATURE / "topics.xml", FEATURE / "outline.txt")


def test_each_part_of_a_topic_is_in_its_place() -> None:
    reading = one(FEATURE / "topics.xml", id="paper-cuts", language="en")
    article = reading.article
    assert (article.id, article.title, article.language) == ("paper-cuts", "Paper Cuts", "en")
    assert article.kind == "condition"
    assert article.summary == ()
    assert [(section.title, section.role) for section in article.sections] == [
        ("What are paper cuts?", "description"),
        ("What causes paper cuts?", "causes"),
        ("What are the symptoms of a paper cut?", "symptoms"),
        ("How are paper cuts treated?", "treatment"),
        ("What is blood?", ""),
    ]
    (first,) = article.sections[0].blocks
    assert isinstance(first, Paragraph)
    assert plain(first.content) == (
        "A paper cut is a small wound. It is less than 1 mm deep, < 2 cm long, and see skin."
    )
    assert [type(part) for part in first.content][1::2] == [Emphasis, Link]
    assert [part.href for part in first.content if isinstance(part, Link)] == [
        "https://medlineplus.example/skin.html"
    ]
    items = article.sections[1].blocks[1]
    assert isinstance(items, BulletList)
    assert [list(texts(item)) for item in items.items] == [["Letters"], ["Books", "New ones"]]
    water = article.sections[2].blocks[0]
    assert isinstance(water, Paragraph)
    assert isinstance(water.content[1], Sub)
    assert article.alternative_names == ("Sheet wounds", "Cuts, paper")
    assert article.codes == (Code(system="MeSH", code="D000001"),)
    assert article.source.url == "https://medlineplus.example/papercuts.html"
    assert (article.source.name, article.source.article) == ("MedlinePlus Health Topics", "9001")
    assert article.review.date is None


def test_the_rightsare_those_of_a_federal_text() -> None:
    found = [outcome for outcome in read(FEATURE / "topics.xml") if isinstance(outcome, Reading)]
    for reading in found:
        rights = reading.article.rights
        assert (rights.holder, rights.status) == ("National Library of Medicine", "public-domain")
        assert rights.may_edit
        assert rights.notices[-1] == NOTICE
    assert [reading.article.rights.notices[0] for reading in found] == [
        "NIH: Institute of Paper",
        "Instituto del Papel",
        "Institute of Names",
    ]


def test_pages_of_others_are_counted_and_never_content() -> None:
    reading = one(FEATURE / "topics.xml", id="paper-cuts", language="en")
    reasons = {dropped.reason: dropped.text for dropped in reading.report.dropped}
    assert reasons["links to other people's pages"] == "2 pages"
    everything = f"{reading}"
    for word in ("NON-DISPLAY", "Envelopes", "Sharp letters", "handout.html"):
        assert word not in everything


# ---- nothing lost ------------------------------------------------------------------------------


def topic_words(element: ElementTree.Element) -> list[str]:
    """All words of a topic but those of other people's pages."""
    found = [element.get("title", ""), element.get("meta-desc", "")]
    found += [element.get("date-created", "")]
    html: list[str] = []
    for part in element:
        if part.tag == "full-summary":
            html += html_words("".join(part.itertext()))
        elif part.tag != "site":
            found += part.itertext()
    return [*words("\n".join(found)), *html]


@pytest.mark.parametrize(
    "path", [FEATURE / "topics.xml", pytest.param(REAL, marks=needs_samples)], ids=str
)
def test_every_word_of_a_file_is_in_the_article_or_in_the_report(path: Path) -> None:
    elements = list(ElementTree.parse(path).getroot().iter("health-topic"))
    outcomes = read(path)
    assert len(outcomes) == len(elements)
    for element, outcome in zip(elements, outcomes, strict=True):
        if isinstance(outcome, Reading):
            written = topic_words(element)
            assert lost(written, outcome) == Counter()
            assert invented(written, outcome) == Counter()


@needs_samples
def test_real_summaries_keep_every_word_in_its_order() -> None:
    summaries = json.loads(SUMMARIES.read_text(encoding="utf-8"))
    assert len(summaries) == 23
    for title, html in summaries.items():
        language = "Spanish" if "/spanish/" in html or "ó" in html else "English"
        reading = one(topics(topic(html, title=title, language=language)))
        written = html_words(html)
        line = [notice for notice in reading.article.rights.notices if notice != NOTICE]
        assert [*body_words(reading), *words("\n".join(line))] == written, title
        assert not reading.report.dropped, title
        assert len(line) == html.count("font-weight:bold"), title
        assert html.count("<li>") == sum(
            len(block.items) for block in reading.article.summary if isinstance(block, BulletList)
        )


@needs_samples
def test_the_real_file_has_both_topics() -> None:
    english, spanish = read(REAL)
    assert isinstance(english, Reading)
    assert isinstance(spanish, Reading)
    assert (english.article.id, spanish.article.id) == ("abdominal-pain", "dolor-abdominal")
    assert english.article.codes == (Code(system="MeSH", code="D015746"),)
    dropped = {note.reason: note.text for note in english.report.dropped}
    assert dropped["links to other people's pages"] == "49 pages"
    assert english.report.warnings[0].startswith("translation: es Dolor abdominal https://")
    assert len(spanish.article.alternative_names) == 3


PIECES = st.sampled_from(
    [
        "<p>Sleep <b>well</b>.</p>",
        "<p>Beds:</p><ul><li>soft</li><li> hard <ul><li>very</li></ul></li></ul>",
        "<h3>What is rest?</h3>",
        "<h2>Beds <a href='https://a.example/b'>here</a></h2>",
        "<h3></h3>",
        "<h3>A</h3>loose words",
        "loose <i>words</i>",
        "<p class=''>NIH: Institute of Beds</p>",
        "<p style='x'>Institute of Beds</p>",
        "<div><p>in a box</p></div>",
        "<p class='NLMalsoCalled'>Also called: nap, siesta (short, long)</p>",
        "<p class='NLMrelatedLinks'><ul><li><a href='/x'>More</a></li></ul></p>",
        "<p>1 &lt; 2 &amp;lt; 3&nbsp;mg</p>",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "\n \t",
    ]
)


@given(st.lists(PIECES | st.text("ab 3&;lt\u00e9", max_size=12), max_size=8).map("".join))
def test_no_summary_loses_or_invents_a_word(html: str) -> None:
    (outcome,) = read(topics(topic(f"<p>First.</p>{html}")))
    assert isinstance(outcome, Reading)
    written = [*words("Rest"), *html_words(f"<p>First.</p>{html}")]
    article = article_text(outcome.article)
    assert letters("".join(written)) - letters(article + reported_text(outcome.report)) == Counter()
    assert letters(article) - letters("".join(written) + NOTICE) == Counter()


@given(st.text("ab <>&/pliuh3!-=' ", max_size=60))
def test_any_summary_is_an_article_or_one_error(html: str) -> None:
    (outcome,) = read(topics(topic(html)))
    assert isinstance(outcome, Reading | SourceError)


def test_what_a_question_strikes_out_or_hides_is_told_and_not_printed() -> None:
    link = '<a href="https://example.org/rest">rest</a>'
    head = f"<h3>Why <del>sleep</del><i hidden>now</i>{link}?</h3>"
    (outcome,) = read(topics(topic(f"<p>First.</p>{head}<p>It heals.</p>")))
    assert isinstance(outcome, Reading)
    assert [section.title for section in outcome.article.sections] == ["Why rest?"]
    told = [drop.text for drop in outcome.report.dropped]
    assert told == ["https://example.org/rest", "sleep", "now"]


def test_a_raised_number_in_a_question_stays_raised() -> None:
    head = "<h3>What is 10<sup>9</sup>/L?</h3>"
    (outcome,) = read(topics(topic(f"<p>First.</p>{head}<p>A unit.</p>")))
    assert isinstance(outcome, Reading)
    assert [section.title for section in outcome.article.sections] == ["What is 10⁹/L?"]


# ---- which topics ------------------------------------------------------------------------------


def test_topics_are_chosen_by_number_id_language_and_title() -> None:
    path = FEATURE / "topics.xml"
    assert ids(path, id="9002") == ["cortes-de-papel"]
    assert ids(path, id="cortes-de-papel") == ["cortes-de-papel"]
    assert ids(path, language="es") == ["cortes-de-papel"]
    assert ids(path, title="paper cuts")[0] == "paper-cuts"
    assert ids(path, title="cortes  DE papel", language="es-MX") == ["cortes-de-papel"]
    assert ids(path, id="paper-cuts-9005") == ["paper-cuts-9005"]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"id": "1234"}, "none of its 5 topics has the id '1234'"),
        ({"id": "paper-cuts", "language": "es"}, "has the id 'paper-cuts', language 'es'"),
        ({"title": "Nothing"}, "has the title 'Nothing'"),
    ],
)
def test_a_topic_that_is_not_there_is_told(known: dict[str, str], told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read(FEATURE / "topics.xml", **known)
    assert told in str(failure.value)


def test_the_only_topic_gets_the_id_that_the_caller_wants() -> None:
    alone = topics(topic("<p>Sleep.</p>"))
    assert ids(alone, id="my-rest") == ["my-rest"]
    assert read_source(alone.encode(), id="my-rest").article.id == "my-rest"
    assert ids(alone, id="7") == ["rest"]
    with pytest.raises(SourceError, match="has the id '8'"):
        read(alone, id="8")


def test_same_titles_have_different_ids_in_one_language_only() -> None:
    source = topics(
        topic("<p>One.</p>", title="Cancer", id="1"),
        topic("<p>Uno.</p>", title="Cáncer", id="2", language="Spanish"),
        topic("<p>Two.</p>", title="CANCER", id="3"),
        topic("<p>No letters.</p>", title="…", id="4"),
    )
    assert ids(source) == ["cancer", "cancer", "cancer-3", "topic-4"]
    assert ids(source, id="cancer-3") == ["cancer-3"]


def test_one_topic_cut_out_of_a_file_is_read() -> None:
    assert ids(topic("<p>Sleep.</p>")) == ["rest"]


def test_a_language_that_is_not_said_is_told_by_the_address_or_the_caller() -> None:
    def language(url: str, **known: str) -> str:
        source = topics(topic("<p>x</p>", language="", url=url))
        return one(source, **known).article.language

    assert language("https://a.example/spanish/rest.html") == "es"
    assert language("https://a.example/rest.html") == "en"
    assert language("https://a.example/rest.html", language="es") == "es"
    guesses = one(topics(topic("<p>x</p>", language=""))).report.guessed
    assert ("language", "en") in [(guess.what, guess.title) for guess in guesses]


# ---- parts that are missing or differ ----------------------------------------------------------


def test_a_summary_may_be_markup_instead_of_escaped_markup() -> None:
    source = topic("").replace(
        "<full-summary></full-summary>",
        "<full-summary><p>Sleep &amp; <em>rest</em>.</p><ul><li>Now</li></ul></full-summary>",
    )
    assert body_words(one(source)) == ["Sleep", "rest", "Now"]


def test_a_summary_that_was_escaped_twice_is_read() -> None:
    reading = one(topics(topic("&lt;p&gt;Sleep&lt;/p&gt;")))
    assert body_words(reading) == ["Sleep"]
    assert "the summary's markup was escaped twice" in reading.report.warnings


def test_of_two_levels_of_headings_the_upper_one_makes_sections() -> None:
    html = "<p>Lead.</p><h2>Beds</h2><p>Soft.</p><h3>Old beds</h3><p>Hard.</p><h2>Naps</h2>"
    reading = one(topics(topic(html)))
    assert [section.title for section in reading.article.sections] == ["Beds", "Naps"]
    assert len(reading.article.sections[0].blocks) == 3
    assert "the section 'Naps' is empty" in reading.report.warnings


def test_a_summary_that_ends_in_a_colon_may_have_been_cut_off() -> None:
    assert "cut off" in one(topics(topic("<p>Beds are:</p>"))).report.warnings[0]


@pytest.mark.parametrize(
    ("last", "notice"),
    [
        ("<p class=''>NIH: Institute of Beds</p>", "NIH: Institute of Beds"),
        ("<p>NIH: Institute of Beds</p>\n", "NIH: Institute of Beds"),
        ("<p style='font-weight:bold'>Institute of Beds</p>", "Institute of Beds"),
        ("<p>Office of Naps</p>", "Office of Naps"),
        ("<p>Sleep well, whoever you are</p>", ""),
        ("<p style='x'>Sleep well.</p>", ""),
        ("<ul><li>NIH: Institute of Beds</li></ul>", ""),
    ],
)
def test_the_institute_is_told_by_the_last_paragraph_of_its_kind(last: str, notice: str) -> None:
    more = "<primary-institute>Office of Naps</primary-institute>" if "Naps" in last else ""
    notices = one(topics(topic(f"<p>Rest.</p>{last}", more))).article.rights.notices
    assert notices == ((notice, NOTICE) if notice else (NOTICE,))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https:/hill.example/rest.html"])
def test_an_address_that_is_none_is_no_source(url: str) -> None:
    reading = one(topics(topic("<p>x</p>", url=url)))
    assert reading.article.source.url == ""
    assert url in [dropped.text for dropped in reading.report.dropped]


def test_links_to_pages_beside_the_topic_are_whole() -> None:
    html = "<p>See <a href='/naps.html'>naps</a>.</p>"
    (block,) = one(topics(topic(html, url="https://a.example/rest.html"))).article.summary
    assert isinstance(block, Paragraph)
    assert [part.href for part in block.content if isinstance(part, Link)] == [
        "https://a.example/naps.html"
    ]


def test_a_page_of_the_encyclopedia_is_not_free() -> None:
    url = "https://medlineplus.gov/ency/article/000001.htm"
    reading = one(topics(topic("<p>x</p>", url=url)))
    assert reading.article.rights.holder == "A.D.A.M."
    assert not reading.article.rights.may_edit
    assert "licence" in reading.report.warnings[0]


@pytest.mark.parametrize(
    ("language", "names", "question", "role"),
    [
        ("en", ["Asthma"], "What is asthma?", "description"),
        ("en", ["Asthma"], "What is a lung?", ""),
        (
            "en",
            ["Asthma in Children"],
            "Who is more likely to have asthma in children?",
            "risk_factors",
        ),
        ("en", ["Low Sugar", "Hypoglycemia"], "How is hypoglycemia diagnosed?", "exams"),
        ("en", ["Diabetes Type 2"], "What are the treatments for type 2 diabetes?", "treatment"),
        ("en", ["Strokes"], "Can a stroke be prevented?", "prevention"),
        ("en", ["Stroke"], "What other problems can stroke cause?", "complications"),
        ("en", ["Stroke"], "Who is at higher risk for stroke?", "risk_factors"),
        ("en", ["Stroke"], "Symptoms", "symptoms"),
        ("es", ["Cáncer"], "¿Qué causa el cáncer?", "causes"),
        ("es", ["Cáncer"], "¿Quiénes están en mayor riesgo de tener cáncer?", "risk_factors"),
        ("es", ["Asma"], "¿Cuáles son los síntomas del asma?", ""),
        ("es", ["Asma"], "¿Cuáles son los síntomas de asma?", "symptoms"),
        ("es", ["Asma"], "¿Se puede prevenir el asma?", "prevention"),
    ],
)
def test_a_question_about_the_topic_has_a_role(
    language: str, names: list[str], question: str, role: str
) -> None:
    assert list(roles([question], names, strings.load(language))) == [role]


def test_no_role_is_given_twice() -> None:
    questions = ["What causes rest?", "What are the causes of rest?", "Causes", "What is it?"]
    assert list(roles(questions, ["Rest"], strings.load("en"))) == ["causes", "", "", ""]


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (topic(""), ":3: the topic 'Rest' has no summary"),
        (topic("  \n "), ":3: the topic 'Rest' has no summary"),
        (topic("<p> </p>"), ":3: the topic 'Rest' has no summary"),
        (topic("<p class='x'>NIH: Institute</p>"), "the topic 'Rest' has no summary"),
        ("<health-topic title='Rest' language='English'/>", "the topic 'Rest' has no summary"),
        (topic("<p>x</p>", title=" "), ":3: the topic has no title"),
        (topic("<p>x</p>", title="…", id=""), "is no id of an article"),
        (topic("<p>x</p>", language="French"), "the topic 'Rest' is in 'French'"),
        (topic("<p>x</p>", id="1"), ":4: the topic 1 is there twice, first in line 3"),
        (topic("<div>" * 300 + "x"), "nested"),
        (topic("<!DOCTYPE p [<!ENTITY x 'y'>]><p>&x;</p>"), "declares entities"),
        (topic("<p>x\u202ey</p>"), "a character that must not be printed"),
        (topic("<p>x&#8238;y</p>"), "a character that must not be printed"),
    ],
)
def test_a_topic_that_cannot_be_read_leaves_the_others(part: str, told: str) -> None:
    other = topic("<p>Good.</p>", title="Other", id="1")
    source = topics(other, part) if "twice" in told else topics(part, other)
    outcomes = read(source)
    assert len(outcomes) == 2
    (failure,) = [str(outcome) for outcome in outcomes if isinstance(outcome, SourceError)]
    assert told in failure
    (reading,) = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
    assert reading.article.title == "Other"


@pytest.mark.parametrize("said", ["02/30/2003", "2003-01-07", "13/01/2003", "7", "١/٢/٢٠٠٣"])
def test_a_date_that_is_none_is_told(said: str) -> None:
    reading = one(topics(topic("<p>x</p>", **{"date-created": said})))
    assert reading.report.dates == ()
    assert said in [dropped.text for dropped in reading.report.dropped]


def test_a_file_that_was_cut_off_gives_its_whole_topics() -> None:
    text = topics(topic("<p>One.</p>", id="1"), topic("<p>Two.</p>", title="Two", id="2"))
    first, failure = read(text[: text.index("Two.")])
    assert isinstance(first, Reading)
    assert isinstance(failure, SourceError)
    assert ":4: this is no well-formed XML" in str(failure)
    with pytest.raises(SourceError, match="no well-formed XML"):
        read(text[: text.index("One.")])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (topics(), "there is no health topic in it"),
        (
            "<!DOCTYPE health-topics [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><health-topics/>",
            "DOCT",
        ),
        (topics("<a>" * 500), "nested more than"),
        (topics(f"<health-topic title='{'x' * 3_000_000}'/>"), "longer than 1 MB"),
        (topics(topic("word " * 1_200_000)), "an element is larger than 5 MB"),
        (topics("\x00"), "no well-formed XML"),
        (topics("&nbsp;"), "undefined entity"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(source: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read(source)
    assert told in str(failure.value)


@given(st.data())
def test_any_damage_is_an_article_or_an_error(data: st.DataObject) -> None:
    source = bytearray((FEATURE / "topics.xml").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(300, len(source) - 1))
        piece = data.draw(st.sampled_from([b"<", b">", b"&", b"\xff", b"", b'"', b"</p>", b"\x00"]))
        source[at : at + data.draw(st.integers(0, 6))] = piece
    try:
        outcomes = read(bytes(source))
    except SourceError:
        return
    assert all(isinstance(outcome, Reading | SourceError) for outcome in outcomes)


# ---- size --------------------------------------------------------------------------------------


def daily_file(size: int) -> Iterator[str]:
    """Pieces of a file in the proportions of a real one."""
    site = (
        '<site title="A page of somebody else" url="https://a.example/page.html">\n'
        "<information-category>Start Here</information-category>\n"
        "<organization>Society of Beds</organization>\n</site>\n"
    )
    summary = "<p>Sleep well in a bed, whatever the day was like.</p>\n" * 60
    yield '<?xml version="1.0"?>\n<health-topics>\n'
    written = number = 0
    while written < size:
        number += 1
        part = topic(summary, site * 50, title=f"Rest {number}", id=str(number))
        written += len(part)
        yield part
    yield "</health-topics>\n"


def test_a_daily_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "mplus_topics_2026-10-02.xml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(daily_file(12_000_000))
    origin = Origin(file=path.name, id="rest-300")
    tracemalloc.start()
    (reading,) = read_all(Content(path), origin)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert isinstance(reading, Reading)
    assert reading.article.title == "Rest 300"
