"""Blanks: filled by `make --set`, never printed empty, never touched in articles without them."""

from pathlib import Path

import pytest
from command import handouts, make, pdf, words
from hypothesis import given
from hypothesis import strategies as st

from handouts.article import Article
from handouts.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Paragraph,
    Steps,
    Strong,
    Table,
    Terms,
    Text,
    paragraph,
    text,
    texts,
)
from handouts.errors import SourceError, UsageError
from handouts.fill import fill
from handouts.sources import read_source

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples" / "clinician-markdown"


def filled(path: Path, body: str, **values: str) -> Article:
    path.write_text(f"# Rest\n\n{body}\n", encoding="utf-8")
    article = read_source(path, format="clinician-markdown").article
    return fill(article, values, path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rest.md"


def blocks(file: Path, body: str, **values: str) -> tuple[Block, ...]:
    return filled(file, body, **values).summary


def mistake(file: Path, body: str, **values: str) -> str:
    with pytest.raises((SourceError, UsageError)) as failure:
        filled(file, body, **values)
    return str(failure.value)


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "values", "left"),
    [
        ("Rest {{n}} days.", {"n": "3"}, ["Rest 3 days."]),
        ("Rest {{ n }} days.", {"n": " 3\n4 "}, ["Rest 3 4 days."]),
        ("Rest {{{n}}} days.", {"n": "3"}, ["Rest 3 days."]),
        ("A{{#if n}} and {{n}}{{/if}}.", {"n": "b"}, ["A and b."]),
        ("A{{#if n}} and {{n}}{{/if}}.", {"n": ""}, ["A."]),
        ("A {{#if n}}b{{else}}c{{/if}}.", {"n": ""}, ["A c."]),
        ("A {{#unless n}}b{{/unless}} c.", {"n": "x"}, ["A c."]),
        ("{{#if n}}A.{{/if}}{{#if m}}\n\nB.{{/if}}\n\nC.", {"n": "", "m": "1"}, ["B.", "C."]),
        ("{{#if n}}A {{#if m}}b{{/if}}{{/if}} c.", {"n": "", "m": "1"}, ["c."]),
        ("{{#if n}}\n\nA.\n\n- b\n\n{{/if}}\n\nC.", {"n": ""}, ["C."]),
        ("**{{n}}** days", {"n": "3"}, ["3 days"]),
        ("A *{{#if n}}b{{/if}}* c", {"n": ""}, ["A c"]),
        ("{{n}} is {{not a blank", {"n": "x"}, ["x is {{not a blank"]),
        ("{{n}}", {"n": "{{m}}"}, ["{{m}}"]),
        ("{{n}}", {"n": "**x** | {.head}"}, ["**x** | {.head}"]),
    ],
)
def test_words_are_filled(file: Path, body: str, values: dict[str, str], left: list[str]) -> None:
    found = [" ".join(words.split()) for words in texts(blocks(file, body, **values))]
    assert found == left


def test_a_list_stands_where_it_is_asked_for(file: Path) -> None:
    item = "- Take it.\n{{#bullets n}}\n- Rest.\n"
    assert blocks(file, item, n="- a\n* b\n\nc") == (
        BulletList(tuple((paragraph(one),) for one in ("Take it.", "a", "b", "c", "Rest."))),
    )
    nested = "1. Take it.\n{{#bullets n indent=2}}\n2. Rest.\n"
    assert blocks(file, nested, n="a") == (
        Steps(((paragraph("Take it."), BulletList(((paragraph("a"),),))), (paragraph("Rest."),))),
    )
    assert blocks(file, "Take:\n{{#bullets n}}", n="a") == (
        paragraph("Take:"),
        BulletList(((paragraph("a"),),)),
    )
    assert blocks(file, item, n="") == (
        BulletList(((paragraph("Take it."),), (paragraph("Rest."),))),
    )


def test_what_a_condition_empties_vanishes_as_a_whole(file: Path) -> None:
    body = (
        "{{#if n}}Lead.\n\n> [!NOTE] Box\n> a\n\nBed\n: soft\n\n| a | b |\n|---|---|\n| c | d |\n"
        "\n- e{{/if}}\n- f\n"
    )
    assert blocks(file, body, n="") == (BulletList(((paragraph("f"),),)),)
    whole = blocks(file, body, n="x")
    assert [type(block) for block in whole] == [Paragraph, Callout, Terms, Table, BulletList]


def test_a_row_vanishes_and_a_cell_stays(file: Path) -> None:
    body = "| a | b |\n|---|---|\n| {{#if n}}c | d{{/if}} |\n| {{#if n}}e{{/if}} | f |\n"
    (table,) = blocks(file, body, n="")
    assert table == Table(
        ((Cell((paragraph("a"),), header=True), Cell((paragraph("b"),), header=True)),),
        ((Cell(()), Cell((paragraph("f"),))),),
    )


def test_heads_whose_rows_all_vanish_are_a_row(file: Path) -> None:
    (table,) = blocks(file, "| a | b |\n|---|---|\n| {{#if n}}c | d{{/if}} |\n", n="")
    assert table == Table((), ((Cell((paragraph("a"),)), Cell((paragraph("b"),))),))


def test_sections_and_titles_are_filled(file: Path) -> None:
    body = "{{#if n}}\n\n## A\n\na\n\n{{/if}}\n\n## For {{m}}\n\nb"
    article = filled(file, body, n="", m="you")
    assert [section.title for section in article.sections] == ["For you"]
    cut = "{{#if n}}\n\n## A\n\n{{/if}}\n\na\n\n## B\n\nb"
    assert "a condition takes the title of 'A'" in mistake(file, cut, n="")


def test_marks_round_a_blank_stay(file: Path) -> None:
    assert blocks(file, "Call **{{n}}**.", n="911") == (
        Paragraph((Text("Call "), Strong(text("911")), Text("."))),
    )


# ---- what stops the build ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "values", "told"),
    [
        ("A\n\n{{n}}", {}, "rest.md:5: the blank 'n' must be filled. Give --set n="),
        ("{{n}} {{m}}", {"m": " "}, "the blanks 'n', 'm' must be filled"),
        ("A\n{{#if n}}b{{/if}}", {}, "rest.md:4: the blank 'n' must be filled"),
        ("{{#bullets n}}", {}, "the blank 'n' must be filled"),
        ("{{n}}", {"n": "1", "o": "2"}, "'rest' has no blank 'o'. There is: n."),
        ("{{n}}", {"n": "a\u202eb"}, "the value of 'n' holds a character that must not be printed"),
        ("{{#if n}}a", {"n": "1"}, "rest.md:3: {{#if n}} has no end"),
        ("{{n}} b{{/if}}", {"n": "1"}, "rest.md:3: {{/if}} has no beginning"),
        ("{{n}} {{else}}", {"n": "1"}, "{{else}} has no beginning"),
        ("{{n}} {{#each x}}", {"n": "1"}, "rest.md:3: {{#each x}} is no blank that can be filled"),
        ("{{n}} {{> part}}", {"n": "1"}, "{{> part}} is no blank that can be filled"),
    ],
)
def test_an_article_that_is_not_whole_is_refused_by_name_and_line(
    file: Path, body: str, values: dict[str, str], told: str
) -> None:
    assert told in mistake(file, body, **values)


def test_hidden_blanks_need_no_value(file: Path) -> None:
    assert blocks(file, "a {{#if n}}{{m}} {{#bullets o}}{{/if}}", n="") == (paragraph("a"),)


def test_a_blank_that_the_front_matter_does_not_name_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('+++\ntitle = "A"\nlanguage = "en"\nblanks = ["n"]\n+++\n{{n}} {{m}}\n')
    with pytest.raises(SourceError, match=r"a\.md:6: the front matter does not name the blank 'm'"):
        fill(read_source(path).article, {"n": "1"}, path)


@given(st.text("{}#/ifn elsbut=.1\n-", max_size=60))
def test_any_text_is_filled_or_refused(body: str) -> None:
    summary = (paragraph(body), BulletList(((paragraph(body),),)))
    article = Article(
        id="a", kind="topic", title="A", language="en", summary=summary, blanks=("n",)
    )
    try:
        left = fill(article, {"n": "x"}, Path(__file__))
    except SourceError:
        return
    assert left.blanks == ()


def test_articles_without_blanks_stay_as_they_are(file: Path) -> None:
    article = Article(
        id="a", kind="topic", title="A", language="en", summary=(paragraph("{{ x }} {{#if y}}"),)
    )
    assert fill(article, {}, file) is article


# ---- the command -------------------------------------------------------------------------------


def test_make_fills_blanks_and_stops_at_one_that_is_not(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    source = tmp_path / "elbow.md"
    source.write_text("# Elbow\n\nRest {{n}} days.\n\n{{#bullets m}}\n", encoding="utf-8")
    assert handouts("import", source, "--library", library).exit_code == 0
    path = library / "articles" / "elbow.md"
    stopped = make(path, "--clinic", "riverbend", "-o", tmp_path / "x.pdf")
    assert stopped.exit_code == 3
    assert f"{path}:16: the blanks 'n', 'm' must be filled" in stopped.stderr
    assert not (tmp_path / "x.pdf").exists()
    values = ("--set", "n=three", "--set", "m=ice", "--set", "m=a=b")
    printed = words(pdf(path, "--clinic", "riverbend", *values))
    assert "Rest three days." in printed
    assert "a=b" in printed
    assert make(path, "--clinic", "riverbend", "--set", "=x").exit_code == 2
    assert make("headache", "--clinic", "riverbend", "--set", "n=1").exit_code == 2


def test_the_version_is_that_of_the_text_not_of_the_values(tmp_path: Path) -> None:
    path = tmp_path / "elbow.md"
    path.write_text("# Elbow\n\nRest {{n}} days.\n", encoding="utf-8")
    footers = set()
    for value in ("two", "three"):
        found = words(pdf(path, "--clinic", "riverbend", "--set", f"n={value}"))
        footers.add(found.partition("version ")[2][:8])
    assert len(footers) == 1


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the repository")
@pytest.mark.parametrize("name", ["concussion", "laceration_care", "pneumonia"])
def test_the_samples_are_filled(tmp_path: Path, name: str) -> None:
    ran = handouts(
        *("import", SAMPLES / name / "patient.md", "--id", "sample", "--title", "Sample"),
        *("--library", tmp_path),
    )
    assert ran.exit_code == 0, ran.stderr
    path = tmp_path / "articles" / "sample.md"
    article = read_source(path).article
    values = {blank: f"value of {blank}" for blank in article.blanks}
    printed = "\n".join(words for _, words in fill(article, values, path).body())
    assert "{{" not in printed
    assert all(value in printed for blank, value in values.items() if blank != "chase_xr_report")
