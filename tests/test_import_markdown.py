"""Markdown and plain text as clinicians write them: YAML, blanks, headings of any level."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_words import article_text, hrefs, letters, reported_text

from handouts.document import BulletList, paragraph
from handouts.errors import SourceError
from handouts.sources import Content, Origin, Reading, read_articles, read_source
from handouts.sources.outline import outline

HERE = Path(__file__).parent
FEATURES = HERE / "features" / "import"
SAMPLES = HERE.parent.parent / "shared" / "samples"


def read(text: str, form: str = "clinician-markdown", **known: str) -> Reading:
    origin = Origin(file="the file", **known)
    (reading,) = read_articles(Content(text.encode()), origin=origin, format=form)
    assert isinstance(reading, Reading)
    return reading


def mistake(text: str) -> str:
    with pytest.raises(SourceError) as failure:
        read(text, title="Rest")
    return str(failure.value)


def yaml(*lines: str) -> Reading:
    return read("\n".join(("---", "title: Rest", *lines, "---", "", "Sleep.")))


# ---- goldens -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"), [("clinician.md", "clinician-markdown"), ("plain.txt", "plain-text")]
)
def test_the_outline_is_the_golden_one(name: str, form: str) -> None:
    reading = read_source(FEATURES / name)
    assert reading.report.format == form
    golden = FEATURES / f"{Path(name).stem}.outline.txt"
    assert outline(reading) == golden.read_text(encoding="utf-8")


# ---- which format ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "---\ntitle: A\n---\n\nB.\n", "clinician-markdown"),
        ("a.txt", "---\n# a remark\ntitle: A\n---\n\nB.\n", "clinician-markdown"),
        ("a.md", "## A\n\nTake {{count}} a day.\n", "clinician-markdown"),
        ("a.md", "# A\n\n### B\n\nC.\n", "clinician-markdown"),
        ("a.md", "# A\n\nB.\n\n# C\n\nD.\n", "clinician-markdown"),
        ("a.md", "# A\n\nB.\n\n## C\n\nD.\n", "markdown"),
        ("a.md", '+++\ntitle = "A"\n+++\n\nTake {{count}}.\n\n### B\n\nC.\n', "markdown"),
        ("a.txt", '+++\ntitle = "A"\n+++\n\nSleep well.\n', "markdown"),
        ("a.txt", '+++\ntitle = "A"\n+++\n\nAt Night\n\n' + "Sleep well. " * 5, "plain-text"),
        ("a.txt", "---\ntitle: A\n---\n\nAt Night\n\n" + "Sleep well. " * 5, "plain-text"),
        ("a.md", '+++\ntitle = "A"\n+++\n\nAt Night\n\n' + "Sleep well. " * 5, "markdown"),
        ("a.txt", '+++\ntitle = "A"\n+++\n\nAt Night\n\n**Sleep** well, ' * 1, "markdown"),
    ],
)
def test_the_content_tells_what_it_is(tmp_path: Path, name: str, text: str, form: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = list(read_articles(Content(path), origin=Origin(file=name, stem="a", title="A")))
    assert [isinstance(one, Reading) and one.report.format for one in found] == [form]


# ---- YAML --------------------------------------------------------------------------------------


def test_yaml_fills_the_article_and_every_value_is_a_string() -> None:
    reading = yaml(
        "lang: es-MX",
        "source_url: https://ours.example/x",
        "source_name: Ours",
        "topic_id: 0012",
        "also_called: [Nap, 'Sleep; doze']",
        "date: 2026-03-02",
        "review_date: 2026-04-05T10:00:00",
        "reviewed_by: [Nora, Otto]",
        "version: 1.0",
        "number: 007",
        "kind: test",
    )
    article = reading.article
    assert (article.language, article.version, article.number) == ("es-MX", "1.0", "007")
    assert (article.source.name, article.source.article) == ("Ours", "0012")
    assert article.source.url == "https://ours.example/x"
    assert article.alternative_names == ("Nap", "Sleep", "doze")
    assert article.review.date == datetime.date(2026, 4, 5)
    assert article.review.by == "Nora Otto"
    assert article.kind == "test"
    assert [drop.text for drop in reading.report.dropped] == ["date: 2026-03-02"]


@pytest.mark.parametrize(
    ("line", "dropped"),
    [
        ("mood: calm", "mood: calm"),
        ("tags:\n  - a\n  - b: c", "tags: a, b, c"),
        ("date: 2 March", "date: 2 March"),
        ("date: 2026-13-02", "date: 2026-13-02"),
        ("source_url: ours.example", "source_url: ours.example"),
        ("slug: My Rest", "slug: My Rest"),
        ("kind: Big Test", "kind: Big Test"),
        ("on: off", "on: off"),
    ],
)
def test_what_has_no_place_is_reported_with_its_line(line: str, dropped: str) -> None:
    (drop,) = yaml(line).report.dropped
    assert (drop.line, drop.text) == (3, dropped)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("language: English", "en"),
        ("language: Spanish", "es"),
        ("locale: es_MX", "es-MX"),
        ("", "en"),
    ],
)
def test_a_language_may_be_said_by_its_name(line: str, language: str) -> None:
    assert yaml(line).article.language == language


def test_an_article_in_another_language_than_asked_for_is_refused() -> None:
    with pytest.raises(SourceError, match="is in 'es', not in 'en'"):
        read("---\ntitle: A\nlang: es\n---\nB.", language="en")


@pytest.mark.parametrize(
    ("line", "status", "holder", "notices"),
    [
        ("source_url: https://medlineplus.gov/rest.html", "public-domain", "National Library", 1),
        ("source_url: https://medlineplus.gov/ency/article/1.htm", "unknown", "A.D.A.M.", 0),
        ("license: public domain", "public-domain", "", 1),
        ("license: CC BY 4.0\nholder: Hill", "cc-by", "Hill", 1),
        ("copyright: (c) 2026 Hill", "unknown", "", 1),
        ("holder: Hill", "unknown", "Hill", 0),
    ],
)
def test_rights_are_what_is_said_and_notices_are_kept(
    line: str, status: str, holder: str, notices: int
) -> None:
    rights = yaml(*line.split("\n")).article.rights
    assert (rights.status, len(rights.notices)) == (status, notices)
    assert rights.holder.startswith(holder)
    assert rights.may_edit is (not (holder and status == "unknown"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("a: &x [1]\nb: *x", ":3: the front matter has aliases"),
        ("a: " + "[" * 2000 + "]" * 2000, ":2: the front matter is nested too deeply"),
        ("a: [", "this is not YAML"),
        ("a: 1\na: 2", ":3: 'a' stands there twice"),
        ("a:b", "the front matter has no keys"),
        ("a: !!python/object:os.system x", ""),
    ],
)
def test_yaml_that_harms_is_told_with_its_line(lines: str, told: str) -> None:
    text = f"---\n{lines}\n---\n\nSleep.\n"
    if told:
        assert told in mistake(text)
    else:
        assert read(text, title="Rest").report.dropped[0].text == "a: x"


def test_the_house_format_still_wants_toml() -> None:
    with pytest.raises(SourceError, match="the front matter is YAML"):
        read("---\ntitle: A\n---\nB.", form="markdown")


# ---- title and sections ------------------------------------------------------------------------


def titles(text: str, **known: str) -> tuple[str, list[str]]:
    article = read(text, **known).article
    return article.title, [section.title for section in article.sections]


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        ("# A\n\n### B\n\nb\n\n#### C\n\nc\n\n### D\n\nd", "A", ["B", "D"]),
        ("# A\n\nx\n\n# B\n\nb\n\n## C\n\nc", "A", ["B"]),
        ("# Rest\n\nx\n\n## B\n\nb", "Rest", ["B"]),
        ("## B\n\nb\n\n## C\n\nc", "", ["B", "C"]),
        ("x\n\n# A", "A", []),
    ],
)
def test_sections_begin_at_the_highest_heading_below_the_title(
    text: str, title: str, sections: list[str]
) -> None:
    known = {} if title else {"title": "Given"}
    assert titles(text, **known) == (title or "Given", sections)


def test_a_title_that_was_asked_for_wins_and_the_other_is_reported() -> None:
    reading = read("# Advice\n\n## B\n\nb", title="Elbow")
    assert reading.article.title == "Elbow"
    assert [(drop.line, drop.text) for drop in reading.report.dropped] == [(1, "Advice")]
    assert titles("# A\n\na\n\n# B\n\nb", title="Elbow") == ("Elbow", ["A", "B"])


def test_a_heading_over_all_the_others_is_a_subtitle() -> None:
    text = "# Advice\n## Elbow (sore)\n\n### B\n\nb\n\n### C\n\nc"
    article = read(text).article
    assert article.summary == (paragraph("Elbow (sore)"),)
    assert [section.title for section in article.sections] == ["B", "C"]
    assert titles("# A\n\n## B\n\nx\n\n### C\n\nc\n\n### D\n\nd") == ("A", ["B"])


def test_an_article_without_a_title_is_refused() -> None:
    with pytest.raises(SourceError, match="the article has no title"):
        read("## B\n\nb")


# ---- blanks ------------------------------------------------------------------------------------


def test_blanks_stay_in_the_text_and_are_named_in_their_order() -> None:
    article = read("# For {{who}}\n\nTake {{ count }} of {{#if x}}{{y}}{{else}}z{{/if}}.\n").article
    assert article.blanks == ("who", "count", "x", "y")
    assert article.title == "For {{who}}"


def test_text_of_the_house_has_the_blanks_that_it_names() -> None:
    front = '+++\ntitle = "A"\nlanguage = "en"\n{}\n+++\n\nTake {{{{count}}}}.\n'
    assert read(front.format(""), form="markdown").article.blanks == ()
    named = read(front.format('blanks = ["count"]'), form="markdown").article
    assert named.blanks == ("count",)


# ---- plain text --------------------------------------------------------------------------------


def plain(body: str, front: str = 'language = "en"') -> Reading:
    return read(f"+++\n{front}\n+++\n{body}", form="plain-text")


def test_plain_text_has_a_title_line_paragraphs_lists_and_headings() -> None:
    article = plain("Beds\n\nSoft.\nLow.\n\n- a\n- b\n\nRisks\n\nNone at all.\n").article
    assert article.title == "Beds"
    assert article.summary == (
        paragraph("Soft. Low."),
        BulletList(((paragraph("a"),), (paragraph("b"),))),
    )
    assert [(section.title, section.role) for section in article.sections] == [("Risks", "risks")]


def test_the_title_may_stand_in_the_front_matter_too() -> None:
    both = 'title = "Beds"\nlanguage = "en"'
    assert plain("Beds\n\nSoft.\n", both).article.summary == (paragraph("Soft."),)
    assert plain("Soft.\n", both).article.summary == (paragraph("Soft."),)
    with pytest.raises(SourceError, match="the article has no title"):
        plain("Soft.\nLow.\n\nHard.\n")


def test_references_and_other_names_leave_plain_text() -> None:
    article = plain("Beds\n\nSoft.\n\nAlternative Names\n\nCots; bunks\n\nReferences\n\nA. 2020.\n")
    assert article.article.alternative_names == ("Cots", "bunks")
    assert len(article.article.references) == 1


# ---- laws --------------------------------------------------------------------------------------

LINES = st.lists(
    st.text("aB1 .:?{}#/-*|>+=", max_size=24)
    | st.sampled_from(("", "## Risks", "# A", "- b", "1. c", "{{x}}", "{{#if x}}", "---", "RISKS")),
    max_size=8,
)


@given(LINES, st.sampled_from(("clinician-markdown", "plain-text")))
def test_any_text_is_an_article_with_all_its_letters_or_one_error(
    lines: list[str], form: str
) -> None:
    text = "\n".join(lines)
    for found in _outcomes(text.encode(), form):
        if isinstance(found, Reading):
            kept = f"{article_text(found.article)}\n{reported_text(found.report)}"
            lost = letters(text) - letters(kept)
            assert not [one for one in lost if one.isalpha()]  # Markdown counts by itself


@given(st.text(max_size=80) | st.text("-: \n\t[]{}&*!|>'\"%@`#,ab", max_size=80))
def test_any_yaml_is_read_or_one_error(lines: str) -> None:
    try:
        encoded = f"---\na: 1\n{lines}\n---\nSleep.\n".encode()
    except UnicodeEncodeError:
        return
    for found in _outcomes(encoded):
        assert isinstance(found, Reading | SourceError)


def _outcomes(encoded: bytes, form: str = "clinician-markdown") -> Iterator[Reading | SourceError]:
    try:
        origin = Origin(file="the file", title="T")
        yield from read_articles(Content(encoded), origin=origin, format=form)
    except SourceError as error:
        yield error


# ---- nothing lost ------------------------------------------------------------------------------


def samples() -> Iterator[Path]:
    yield from sorted(SAMPLES.glob("clinician-markdown/*/*.md"))
    yield from sorted(SAMPLES.glob("topics-markdown/*.md"))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the repository")
def test_every_letter_of_the_samples_is_in_the_article_or_in_the_report() -> None:
    count = 0
    for path in samples():
        source = path.read_text("utf-8")
        reading = read(source, title="T" if source.startswith("## ") else "")
        article = reading.article
        kept = "\n".join(
            (
                article_text(article),
                reported_text(reading.report),
                *_front(reading),
            )
        )
        lost = letters(source) - letters(kept)
        assert not lost, (path, lost)
        count += 1
    assert count == 4


def _front(reading: Reading) -> Iterator[str]:
    """Keys of the front matter, and what of the text stands in other fields."""
    article = reading.article
    yield "title source_name source_url topic_id also_called primary_institute"
    yield from (article.title, article.source.name, article.source.url, article.source.article)
    yield from hrefs(article)
