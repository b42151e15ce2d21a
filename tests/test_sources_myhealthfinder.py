"""MyHealthfinder's answers: each resource an article, none of its words lost."""

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_words import kept, leaves, told, words
from source_words import hrefs

from handouts.document import Heading, Steps, plain
from handouts.errors import SourceError
from handouts.sources import Content, Origin, Reading, read_articles, read_source
from handouts.sources.myhealthfinder_html import unwrap
from handouts.sources.outline import outline

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "myhealthfinder"
SAMPLE = (
    ROOT.parent
    / "shared"
    / "samples"
    / "healthfinder-json"
    / "myhealthfinder-v2-age40-female-trimmed.json"
)
FILES = [FEATURE / "version2.json", FEATURE / "version3.json", SAMPLE]
IDS = ["version 2", "version 3", "sample"]
BODY = ("Title", "Content")


def outcomes(source: Path | bytes, **wish: str) -> list[Reading | SourceError]:
    content = Content(source)
    return list(read_articles(content, origin=Origin(file=content.file, **wish)))


def readings(source: Path | bytes, **wish: str) -> list[Reading]:
    return [one for one in outcomes(source, **wish) if isinstance(one, Reading)]


def answer(**fields: object) -> dict[str, Any]:
    resource: dict[str, Any] = {"Id": "5", "Title": "Rest", "LastUpdate": "1625749723"}
    resource["Sections"] = {"section": [{"Title": "Why", "Content": "<p>It helps.</p>"}]}
    return {"Result": {"Language": "English", "Resources": {"Resource": [resource | fields]}}}


def one(**fields: object) -> Reading:
    found = outcomes(json.dumps(answer(**fields)).encode())
    assert isinstance(found[0], Reading), str(found[0])
    return found[0]


# ---- whole answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["version2", "version3"])
def test_the_outline_of_the_feature_is_as_expected(name: str) -> None:
    found = outcomes(FEATURE / f"{name}.json")
    got = [outline(o) if isinstance(o, Reading) else f"refused: {o.what}\n" for o in found]
    golden = FEATURE / f"{name}.outline.txt"
    assert "\n".join(got) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_word_of_an_answer_is_in_an_article_or_in_a_report(path: Path) -> None:
    if not path.exists():
        pytest.skip("the samples are no part of the repository")
    result = json.loads(path.read_text(encoding="utf-8"))["Result"]
    found = readings(path)
    there = words("\n".join(told(reading) for reading in found))
    for resource in resources(result):
        if resource["Sections"]:
            assert not set(words("\n".join(leaves(resource)))) - set(there)
    rest = {name: value for name, value in result.items() if name != "Resources"}
    assert not set(words("\n".join(leaves(rest)))) - set(there)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_article_has_its_words_as_often_as_its_resource_and_no_others(path: Path) -> None:
    if not path.exists():
        pytest.skip("the samples are no part of the repository")
    result = json.loads(path.read_text(encoding="utf-8"))["Result"]
    numbered = {one["Id"]: one for one in resources(result)}
    for reading in readings(path):
        resource = numbered[reading.article.source.article]
        source = words("\n".join((resource["Title"], *leaves(resource["Sections"], BODY))))
        article = words(kept(reading.article)) - numbers(reading)
        assert source - article == Counter()
        assert article - source == Counter()


def numbers(reading: Reading) -> Counter[str]:
    """The numbers that ordered lists print by themselves."""
    lists = [block for part in reading.article.sections for block in part.blocks]
    found = [block for block in lists if isinstance(block, Steps)]
    return Counter(str(block.start + at) for block in found for at in range(len(block.items)))


def resources(result: dict[str, Any]) -> list[dict[str, Any]]:
    found = result["Resources"]
    groups = [found] if "Resource" in found else [group for group in found.values() if group]
    return [one for group in groups for one in group["Resource"]]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the samples are no part of the repository")
def test_the_sample_gives_four_articles_and_one_refusal() -> None:
    found = outcomes(SAMPLE)
    assert [isinstance(one, Reading) for one in found] == [True, True, False, True, True]
    assert "has no text" in str(found[2])
    first, starters, folic, pressure = readings(SAMPLE)
    assert first.article.review.date == datetime.date(2017, 6, 30)
    assert len(starters.article.sections) == 4
    assert sub_headings(folic) == 9
    assert sub_headings(pressure) == 17
    for reading in (first, starters, folic, pressure):
        assert not [href for href in hrefs(reading.article.sections) if "utlink" in href]
        assert reading.article.rights.status == "public-domain"


def sub_headings(reading: Reading) -> int:
    blocks = [block for part in reading.article.sections for block in part.blocks]
    return sum(isinstance(block, Heading) for block in blocks)


# ---- parts -------------------------------------------------------------------------------------


def test_review_source_and_rights_come_from_the_answer() -> None:
    sleep = readings(FEATURE / "version2.json")[0].article
    assert sleep.review.date == datetime.date(2021, 3, 9)
    assert sleep.source.url == "https://finder.example/topics/sleep-well"
    assert (sleep.source.article, sleep.id, sleep.title) == ("901", "sleep-well", "Sleep Well")
    assert sleep.rights.may_edit
    assert "Office of Disease Prevention" in sleep.rights.notices[0]
    links = list(hrefs(sleep.sections))
    assert links == ["https://finder.example/topics/cotton#d", "https://finder.example/sheep/"]


def test_the_translation_is_told() -> None:
    spanish = readings(FEATURE / "version3.json")[0]
    assert spanish.article.language == "es"
    assert spanish.article.review.date == datetime.date(2021, 7, 8)
    assert "translation: en, 'Sleep Well', number 901" in spanish.report.warnings


def test_one_of_several_is_chosen_by_number_id_or_title() -> None:
    path = FEATURE / "version2.json"
    for wish in (
        {"id": "903"},
        {"id": "naps-questions-to-ask"},
        {"title": "naps: questions to ask"},
    ):
        (found,) = outcomes(path, **wish)
        assert isinstance(found, Reading)
        assert found.article.id == "naps-questions-to-ask"
    with pytest.raises(SourceError, match="there is no article '7'"):
        outcomes(path, id="7")


def test_a_single_article_has_the_id_that_it_is_given() -> None:
    path = FEATURE / "version3.json"
    assert read_source(path, id="sleep").article.id == "sleep"
    assert read_source(path).article.id == "version3"
    assert readings(path)[0].article.id == "duerme-bien"
    with pytest.raises(SourceError, match="the text is in 'es', not in 'en'"):
        read_source(path, language="en")


@pytest.mark.parametrize(
    ("target", "end"),
    [
        ("https://a.example/api/Outlink/X/http/www.b.example/c.asp?_label_=d", "http://www.b.example/c.asp"),
        ("//a.example/api/outlink/x/https/b.example/", "https://b.example/"),
        ("/api/outlink/x/https/b.example/c?pg=2&p=1&_label_=d", "https://b.example/c?pg=2&p=1"),
        ("/api/outlink/x/https/b.example/c?_label_=d&id=5", "https://b.example/c?id=5"),
        ("/api/outlink/x/https/b.example/?_hash_=%23e&_label_=f", "https://b.example/#e"),
        ("/api/outlink/x/https/b.example/?_hash_=%23e&_label_=f#e", "https://b.example/#e"),
        ("https://b.example/c?_label_=d", "https://b.example/c?_label_=d"),
    ],
)  # fmt: skip
def test_counted_links_lead_where_they_end(target: str, end: str) -> None:
    assert unwrap(target) == end


@pytest.mark.parametrize(
    ("html", "headings"),
    [
        ("<p><strong>Why?</strong><br>Because.</p>", ["Why?"]),
        ("<p><em><strong>Why?</strong></em><br/>Because.</p>", ["Why?"]),
        ("<p><b>Why?</b></p><ul><li>Because</li></ul>", ["Why?"]),
        ("<p><strong>Why?</strong> Because.</p>", []),
        ("<p>So: <strong>Why?</strong><br>Because.</p>", []),
        ("<p><strong>You will need:</strong><br>A bed.</p>", []),
        ("<p><strong><a href='https://a.example'>Read on</a></strong><br>Here.</p>", []),
        ("<p>A bed.</p><p><strong>Good night.</strong></p>", []),
        ("<p><strong></strong><br>Because.</p>", []),
    ],
)
def test_bold_words_on_a_line_of_their_own_are_headings(html: str, headings: list[str]) -> None:
    article = one(Sections=[{"Title": "T", "Content": html}]).article
    found = [block for block in article.sections[0].blocks if isinstance(block, Heading)]
    assert [plain(block.content) for block in found] == headings


HEAD = 'Below 10<sup>9</sup>/L: <del>wait</del><a href="https://example.org/rest">rest</a>'


def test_a_title_in_the_text_shows_what_a_reader_of_the_page_sees() -> None:
    content = f"<h2>{HEAD}</h2><p>It helps.</p>"
    reading = one(Sections={"section": [{"Title": "", "Content": content}]})
    assert [part.title for part in reading.article.sections] == ["Below 10⁹/L: rest"]
    told = [drop.text for drop in reading.report.dropped]
    assert {"wait", "https://example.org/rest"} <= set(told)


def test_the_title_of_a_section_shows_what_a_reader_of_the_page_sees() -> None:
    reading = one(Sections={"section": [{"Title": HEAD, "Content": "<p>It helps.</p>"}]})
    assert [part.title for part in reading.article.sections] == ["Below 10⁹/L: rest"]
    told = [drop.text for drop in reading.report.dropped]
    assert {"wait", "https://example.org/rest"} <= set(told)


def test_a_bold_heading_shows_what_a_reader_of_the_page_sees() -> None:
    content = "<p><strong>Below 10<sup>9</sup>/L<del>, wait</del></strong><br>Rest.</p>"
    reading = one(Sections={"section": [{"Title": "Why", "Content": content}]})
    (section,) = reading.article.sections
    heads = [plain(block.content) for block in section.blocks if isinstance(block, Heading)]
    assert heads == ["Below 10⁹/L"]
    assert ", wait" in [drop.text for drop in reading.report.dropped]


@pytest.mark.parametrize("date", ["", "13/45/2017", "2017-06-30", "99999999999", "soon"])
def test_a_date_that_cannot_be_read_is_told(date: str) -> None:
    reading = one(LastUpdate=date)
    assert reading.article.review.date is None
    assert (date in " ".join(reading.report.warnings)) or not date


# ---- bad answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (json.dumps(answer()).encode()[:-9], "this is no valid JSON"),
        (json.dumps(answer()).encode("utf-16"), "UTF-16"),
        (json.dumps(answer(Title="Sueño"), ensure_ascii=False).encode("latin-1"), "not UTF-8"),
        (b'{"Result": {"Resources": null}}', "holds no article"),
        (b'{"Result": {"Resources": {"All": null}}}', "holds no article"),
        (b'{"Result": {"Resources": "none"}}', "at Result.Resources: an object is expected"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        list(read_articles(Content(content), origin=Origin(file="a.json"), format="myhealthfinder"))
    assert told in str(failure.value)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"Sections": None}, "the article 'Rest' has no text"),
        ({"Sections": {"Section": []}}, "has no text"),
        ({"Sections": {"Section": [{"Title": "A", "Content": " \n"}]}}, "has no text"),
        ({"Sections": "none"}, "at Result.Resources.Resource[0].Sections: an object"),
        ({"Title": None}, "at Result.Resources.Resource[0].Title: the article has no title"),
        ({"Title": "Re\u0007st"}, "must not be printed"),
        ({"Title": "休息"}, "no id of an article"),
        ({"Sections": [{"Content": "<!ENTITY a 'b'><p>&a;</p>"}]}, "declares entities"),
        ({"Sections": [{"Content": "<b>" * 300 + "x"}]}, "nested more than"),
    ],
)
def test_a_resource_that_cannot_be_read_is_told_and_the_others_are_kept(
    fields: dict[str, object], told: str
) -> None:
    both = answer()
    good = both["Result"]["Resources"]["Resource"]
    good.insert(0, {**good[0], "Id": "6", **fields})
    failure, reading = outcomes(json.dumps(both).encode())
    assert isinstance(failure, SourceError)
    assert told in str(failure)
    assert isinstance(reading, Reading)
    assert reading.article.title == "Rest"


def test_two_articles_with_one_id_are_told_and_the_first_is_kept() -> None:
    both = answer()
    found = both["Result"]["Resources"]["Resource"]
    found.append({**found[0], "Sections": [{"Title": "Other", "Content": "<p>Words.</p>"}]})
    found.append("no resource")
    first, second, third = outcomes(json.dumps(both).encode())
    assert isinstance(first, Reading)
    assert "an earlier article has the id 'rest', too" in str(second)
    assert "Resource[2]: an object is expected" in str(third)


def test_a_single_line_of_ten_megabytes_is_read_or_refused() -> None:
    text = "<p>" + "sleep " * 1_000_000 + "</p>"
    found = outcomes(json.dumps(answer(Sections=[{"Title": "A", "Content": text}])).encode())
    assert len(found) == 1
    huge = outcomes(json.dumps(answer(Sections=[{"Title": "A", "Content": text * 2}])).encode())
    assert "larger than" in str(huge[0])


JUNK = st.sampled_from([None, "", "x", "<p>y", 5, True, [], ["z"], {}, {"Title": None}, "\u0000"])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 200), JUNK)
def test_any_value_in_any_place_ends_in_articles_or_clear_words(place: int, junk: object) -> None:
    document = json.loads((FEATURE / "version2.json").read_text(encoding="utf-8"))
    spots = list(_spots(document))
    holder, key = spots[place % len(spots)]
    holder[key] = junk
    origin = Origin(file="a.json")
    content = Content(json.dumps(document).encode())
    try:
        found = list(read_articles(content, origin=origin, format="myhealthfinder"))
    except SourceError as failure:
        found = [failure]
    assert found


def _spots(value: Any) -> Any:  # noqa: ANN401  (JSON)
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(inner):
        yield value, key
        if isinstance(one, dict | list):
            yield from _spots(one)


def test_an_answer_that_is_an_error_is_known_and_told() -> None:
    answer = b'{"Result": {"Error": "True", "Message": "There is no such topic"}}'
    with pytest.raises(SourceError, match="the answer holds no article"):
        outcomes(answer)
