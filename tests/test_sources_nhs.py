"""Pages of the NHS website: one of three copies is read, the others are compared, ranks stay."""

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_words import kept, leaves, told, words

from handouts.document import Callout, Heading, Table, plain, texts
from handouts.errors import SourceError
from handouts.sources import Content, Origin, Reading, read_articles, read_source
from handouts.sources.outline import outline

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "nhs"
SAMPLES = ROOT.parent / "shared" / "samples" / "nhs-json"
NAMES = ("6-in-1-vaccine", "mmr-vaccine", "rsv-vaccine")
FILES = [FEATURE / "page.json", FEATURE / "nameless.json"]
FILES += [SAMPLES / f"{name}.json" for name in NAMES]
TEXTS = ("text", "mainEntity", "subjectOf", "headline")
RANKS = ("Non-urgent advice", "Urgent advice", "Immediate action required")


def read(path: Path) -> Reading:
    if not path.exists():
        pytest.skip("the samples are no part of the repository")
    return read_source(path)


def page(**fields: object) -> bytes:
    document = json.loads((FEATURE / "page.json").read_text(encoding="utf-8"))
    return json.dumps(document | fields).encode()


def part(**fields: object) -> Reading:
    section = {"position": 0, "headline": "A", "mainEntityOfPage": [{"position": 0, **fields}]}
    return read_source(page(mainEntityOfPage=[section], hasPart=[]))


def callouts(reading: Reading) -> list[tuple[str, str]]:
    blocks = [*reading.article.summary]
    blocks += [block for section in reading.article.sections for block in section.blocks]
    return [(one.kind, plain(one.title)) for one in blocks if isinstance(one, Callout)]


# ---- whole pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page", "nameless"])
def test_the_outline_of_the_feature_is_as_expected(name: str) -> None:
    got = outline(read_source(FEATURE / f"{name}.json"))
    assert got == (FEATURE / f"{name}.outline.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_a_page_is_in_the_article_or_in_the_report(path: Path) -> None:
    reading = read(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    structure = {"webpage", "url", "breadcrumb", "relatedLink", "mainEntityOfPage", "hasPart"}
    there = set(words(told(reading)))
    fields = [value for name, value in document.items() if name not in structure]
    assert not set(words("\n".join(leaves(fields)))) - there
    copies = {name: document[name] for name in ("mainEntityOfPage", "hasPart")}
    assert not set(words("\n".join(leaves(copies, (*TEXTS, "description"))))) - there


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_article_has_each_word_as_often_as_its_copy_and_no_others(path: Path) -> None:
    reading = read(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    entries = document["mainEntityOfPage"] or document["hasPart"][1:]
    inner = [{name: one[name] for name in one if name != "hasPart"} for one in entries]
    if not document["mainEntityOfPage"]:
        inner = entries
    names = (document["name"], *document["about"]["alternateName"])
    source = words("\n".join((*names, *leaves(inner, TEXTS))))
    ranks = words(
        " ".join(rank for _, title in callouts(reading) for rank in RANKS if rank in title)
    )
    article = words(kept(reading.article))
    said_twice = words(" ".join(d.text for d in reading.report.dropped if "again" in d.reason))
    if path.stem == "nameless":
        said_twice += words("Information")  # the name of a box, where its headline should be
    assert source - article - said_twice == Counter()
    assert article - source - ranks == Counter()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are no part of the repository")
def test_the_samples_have_their_sections_reviews_and_ranks() -> None:
    six, mmr, rsv = (read(SAMPLES / f"{name}.json") for name in NAMES)
    assert [len(one.article.sections) for one in (six, mmr, rsv)] == [6, 8, 8]
    assert six.article.review.next_due == datetime.date(2026, 6, 26)
    assert rsv.article.review.date == datetime.date(2024, 9, 1)
    assert rsv.article.alternative_names == ("Respiratory syncytial virus (RSV) vaccine",)
    assert [kind for kind, _ in callouts(six)] == ["note", "action", "note", "action", "note"]
    assert callouts(six)[3][1].startswith("Urgent advice: ")
    assert {one.article.kind for one in (six, mmr, rsv)} == {"vaccine"}
    assert "the copies of the text differ in 4 passages" in " ".join(rsv.report.warnings)
    assert not [warning for warning in mmr.report.warnings if "copies" in warning]


# ---- parts -------------------------------------------------------------------------------------


def test_care_cards_keep_their_rank_in_form_and_in_words() -> None:
    found = callouts(read_source(FEATURE / "page.json"))
    assert found[:3] == [
        ("action", "Non-urgent advice: See a GP if:"),
        ("action", "Urgent advice: Call 111 if:"),
        ("emergency", "Immediate action required: Call 999 if:"),
    ]
    assert callouts(part(name="urgent", text="<p>You feel faint.</p>")) == [
        ("action", "Urgent advice")
    ]
    assert callouts(part(identifier="primary", headline="Ask if:", text="<p>You sneeze.</p>")) == [
        ("action", "Non-urgent advice: Ask if:")
    ]


def test_parts_stand_in_the_order_of_their_positions() -> None:
    article = read_source(FEATURE / "page.json").article
    titles = ["Causes of hiccups", "When to get help", "Things to try"]
    assert [section.title for section in article.sections] == titles
    last = [*texts(article.sections[1].blocks)][-2:]
    assert last == ["After the hiccups", "You can't catch hiccups."]
    assert [section.role for section in article.sections] == ["causes", "", "self_care"]


def test_text_under_other_names_is_read() -> None:
    blocks = read_source(FEATURE / "page.json").article.sections[2].blocks
    heads = [plain(block.content) for block in blocks if isinstance(block, Heading)]
    assert heads == ["Hold your breath", "Drink water", "Does sugar help?"]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    cells = [[*texts(cell.blocks)] for row in (*table.head, *table.rows) for cell in row]
    assert cells == [["When"], ["What"], ["At night"], ["Sit up"]]


def test_bold_headings_are_headings() -> None:
    assert callouts(part(name="Information", text="<h3><b>Rest</b></h3><p>Lie down.</p>")) == [
        ("note", "Rest")
    ]
    blocks = part(name="markdown", text="<h3><b>Rest</b></h3><p>Lie down.</p>").article.sections[0]
    assert [*texts(blocks.blocks)] == ["Rest", "Lie down."]


def test_parts_of_unknown_names_are_read_and_told_and_pictures_are_reported() -> None:
    reading = read_source(FEATURE / "page.json")
    assert "A part of a new kind." in texts(reading.article.sections[2].blocks)
    assert "the part 'sound' is unknown, and is read as text" in reading.report.warnings
    shown = [dropped.text for dropped in reading.report.dropped if "rights" in dropped.reason]
    assert any("A person with hiccups" in text for text in shown)


def test_parts_without_a_heading_belong_to_what_stands_above() -> None:
    first = {"position": 0, "mainEntityOfPage": [{"position": 0, "text": "<p>First.</p>"}]}
    article = read_source(page(mainEntityOfPage=[first], hasPart=[])).article
    assert [*texts(article.summary)] == ["First."]
    assert article.sections == ()


# ---- what stands round it ----------------------------------------------------------------------


def test_the_rights_are_the_crowns() -> None:
    rights = read_source(FEATURE / "page.json").article.rights
    assert (rights.holder, rights.status) == ("Crown Copyright", "ogl")
    supplied, licence = rights.notices
    assert "From www.nhs.uk" in supplied
    assert "https://www.nhs.uk/conditions/made-up-hiccups/" in supplied
    assert "Crown Copyright" in licence
    assert "https://developer.api.nhs.uk/terms" in licence


def test_the_address_is_the_pages_and_not_the_services() -> None:
    reading = read_source(page(webpage=None))
    assert reading.article.source.url == "https://www.nhs.uk/conditions/made-up-hiccups/"
    assert reading.article.source.name == "NHS website"


def test_a_page_is_british_english_unless_it_says_otherwise() -> None:
    assert read_source(page()).article.language == "en-GB"
    assert read_source(page(inLanguage="en")).article.language == "en"
    assert read_source(page(), language="en").article.language == "en-GB"
    with pytest.raises(SourceError, match="the page is in 'en-GB', not in 'es'"):
        read_source(page(), language="es")
    warnings = read_source(page()).report.warnings
    assert "the text names services of the United Kingdom (111, 999)" in warnings


@pytest.mark.parametrize(
    ("said", "done", "due", "warned"),
    [
        (["2024-09-01T11:40:00+00:00", "2099-01-02"], 2024, 2099, ""),
        (["2001-09-01", "2004-09-01"], 2001, 2004, "was due on 2004-09-01"),
        (["2024-09-01"], 2024, 0, ""),
        ("2024-09-01", 2024, 0, ""),
        ([], 0, 0, ""),
        (None, 0, 0, ""),
        (["2099-01-02", "2024-09-01"], 0, 0, "in the wrong order"),
        (["01/09/2024", "2099-01-02"], 0, 2099, "'01/09/2024' is no date"),
        (["2024-13-01", ""], 0, 0, "'2024-13-01' is no date"),
    ],
)
def test_the_review_and_the_next_one_are_read(said: Any, done: int, due: int, warned: str) -> None:  # noqa: ANN401
    reading = read_source(page(lastReviewed=said))
    review = reading.article.review
    assert (review.date.year if review.date else 0) == done
    assert (review.next_due.year if review.next_due else 0) == due
    assert warned in " ".join(reading.report.warnings)


# ---- bad pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (page()[:-20], "this is no valid JSON"),
        (page(name=None), "at name: the page has no title"),
        (page(name=["a"]), "at name: a text is expected"),
        (page(mainEntityOfPage=[], hasPart=[]), "at mainEntityOfPage: the page has no text"),
        (page(mainEntityOfPage="x"), "at mainEntityOfPage: an array is expected"),
        (page(mainEntityOfPage=[5]), "at mainEntityOfPage[0]: an object is expected"),
        (page(name="Hic\u202ecups"), "U+202E"),
    ],
)
def test_a_page_that_cannot_be_used_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_source(content, format="nhs")
    assert told in str(failure.value)


def test_parts_nested_without_end_are_refused() -> None:
    inner: dict[str, Any] = {"text": "<p>x</p>"}
    for _ in range(200):
        inner = {"name": "Expander Group", "mainEntity": [inner]}
    with pytest.raises(SourceError, match="nested deeper"):
        part(**inner)


JUNK = st.sampled_from(
    [None, "", "x", "<p>y", "<table><tr><td>1", 5, True, [], ["z"], {}, {"name": "urgent"}]
)


@pytest.mark.parametrize("name", ["markdown", "callout", "urgent"])
def test_a_headline_shows_what_a_reader_of_the_page_sees(name: str) -> None:
    found = part(name=name, headline="Below 10<sup>9</sup><del>wait</del>", text="<p>Rest.</p>")
    assert any("Below 10⁹" in words for words in texts(found.article.sections[0].blocks))
    assert "wait" in [drop.text for drop in found.report.dropped]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 500), JUNK)
def test_any_value_in_any_place_ends_in_an_article_or_in_clear_words(
    place: int, junk: object
) -> None:
    document = json.loads((FEATURE / "page.json").read_text(encoding="utf-8"))
    spots = list(_spots(document))
    holder, key = spots[place % len(spots)]
    holder[key] = junk
    content = Content(json.dumps(document).encode())
    try:
        found = list(read_articles(content, origin=Origin(file="a.json"), format="nhs"))
    except SourceError as failure:
        found = [failure]
    assert found


def _spots(value: Any) -> Any:  # noqa: ANN401  (JSON)
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(inner):
        yield value, key
        if isinstance(one, dict | list):
            yield from _spots(one)


def test_an_address_of_the_page_that_is_none_is_refused_with_its_words() -> None:
    with pytest.raises(SourceError, match=r"'https:/hill\.example' is no web address"):
        read_source(page(webpage="https:/hill.example"))


# ---- members that nobody knows -----------------------------------------------------------------

UNKNOWN = {"additionalText": "Dial 000 at once"}


@pytest.mark.parametrize(
    "fields",
    [
        {"mainEntityOfPage": [{"headline": "A", "mainEntityOfPage": [{"text": "b"} | UNKNOWN]}]},
        {"mainEntityOfPage": [{"headline": "A", "mainEntityOfPage": [{"text": "b"}]} | UNKNOWN]},
        {"hasPart": [{"headline": "A", "hasPart": [{"text": "b"}]} | UNKNOWN]},
        {"hasPart": [{"headline": "A", "hasPart": [{"text": "b"} | UNKNOWN]}]},
        {
            "mainEntityOfPage": [],
            "hasPart": [{"headline": "A", "hasPart": [{"text": "b"}]} | UNKNOWN],
        },
    ],
)
def test_a_member_that_nobody_knows_is_told_wherever_it_stands(fields: dict[str, Any]) -> None:
    report = read_source(page(**fields)).report
    reasons = [note.reason for note in report.dropped if note.text == UNKNOWN["additionalText"]]
    assert len(reasons) == 1
    assert "additionalText" in reasons[0]
    assert "an article has no place for it" in reasons[0]
