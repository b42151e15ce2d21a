"""An article's file reads back as the same article, whatever stands in it."""

import datetime
from pathlib import Path

import generated
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.article import Article, Code, Fact, Review, Section
from handouts.articlefile import write
from handouts.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Emphasis,
    Figure,
    Heading,
    Inlines,
    Link,
    NumberedList,
    Paragraph,
    Span,
    Steps,
    Strong,
    Sub,
    Sup,
    Table,
    Terms,
    Text,
    paragraph,
    text,
)
from handouts.errors import SourceError
from handouts.files import library_folder
from handouts.sources import Content, Origin, read_articles, read_source
from handouts.sources.canonical import canonical
from handouts.sources.markdown import read
from handouts.values import replace

ORIGIN = Origin(file="the file")
SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"
LAW = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)


def again(article: Article) -> Article:
    return read(write(article), ORIGIN).article


def article_of(*blocks: Block) -> Article:
    return Article(id="a", kind="topic", title="A", language="en", summary=blocks)


def body(*blocks: Block) -> str:
    """The Markdown of some blocks, which reads back."""
    article = article_of(*blocks)
    written = write(article)
    assert read(written, ORIGIN).article == article
    return written.split("+++\n")[2].strip("\n")


# ---- the laws ----------------------------------------------------------------------------------


@LAW
@given(generated.inlines)
def test_inline_content_reads_back(content: Inlines) -> None:
    article = article_of(Paragraph(content))
    assert again(article) == article


@LAW
@given(st.lists(generated.blocks, min_size=1, max_size=4))
def test_blocks_read_back(blocks: list[Block]) -> None:
    article = article_of(*blocks)
    assert again(article) == article


def test_links_and_emphasis_round_blanks_are_these() -> None:
    blank = (Link("https://a.example", text("\u00a0")), Strong(text(" ")))
    article = canonical(article_of(Paragraph((Text("a"), *blank, Text("b")))))
    assert article == article_of(paragraph("a\u00a0 b")) == again(article)


@LAW
@given(generated.articles)
def test_articles_read_back(article: Article) -> None:
    assert again(article) == article
    assert canonical(article) == article


@given(st.sampled_from(generated.HARD).filter(str.strip))
def test_every_word_that_is_hard_to_write_reads_back_everywhere(word: str) -> None:
    cell = Cell((paragraph(word), BulletList(((paragraph(word),),))))
    article = Article(
        id="a",
        kind="topic",
        title=word,
        language="en",
        summary=(
            paragraph(word),
            Heading(3, text(word)),
            BulletList(((paragraph(word),), (paragraph(word), paragraph(word)))),
            Checklist(((paragraph(word),),)),
            Steps(((paragraph(word),),)),
            Terms(((text(word), (paragraph(word),)),)),
            Table((), ((Cell((paragraph(word),)), Cell((paragraph(word),), header=True)),)),
            Table(((cell,),), ((cell,),)),
            Callout("note", text(word), (paragraph(word),)),
        ),
        sections=(Section(title=word, blocks=(Paragraph((Strong(text(word)),)),)),),
        alternative_names=(word,),
        references=(text(word),),
    )
    assert again(article) == article


@pytest.mark.parametrize("path", sorted((library_folder() / "articles").glob("*.md")), ids=str)
def test_the_articles_of_the_built_in_library_read_back(path: Path) -> None:
    article = read_source(path).article
    assert again(article) == article


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the repository")
def test_every_article_of_the_samples_reads_back() -> None:
    count = 0
    for path in sorted(SAMPLES.rglob("*.*")):
        try:
            origin = Origin(file=path.name, stem=path.stem, title="Given" * (path.suffix == ".md"))
            found = list(read_articles(Content(path), origin=origin))
        except SourceError:
            continue
        for outcome in found:
            if not isinstance(outcome, SourceError):
                article = canonical(outcome.article)
                assert again(article) == article
                count += 1
    assert count > 30


# ---- how it looks ------------------------------------------------------------------------------


def test_ordinary_text_is_written_as_people_write_it() -> None:
    assert body(
        paragraph("Take 1 tablet (250 mg) at 8 a.m. - with food; it's 5 < 6 & safe!"),
        BulletList(((paragraph("a bed"), BulletList(((paragraph("soft"),),))), (paragraph("b"),))),
        Steps(((paragraph("Rest."),), (paragraph("Sleep."),))),
        Checklist(((paragraph("a cold"),),)),
        Paragraph((Text("See "), Emphasis(text("Beds")), Text(", 2nd ed."), Strong(text(" now")))),
    ).split("\n\n") == [
        "Take 1 tablet (250 mg) at 8 a.m. - with food; it's 5 < 6 & safe!",
        "- a bed\n  - soft\n- b",
        "1. Rest.\n2. Sleep.",
        "- [ ] a cold",
        "See *Beds*, 2nd ed.[ now]{.strong}",
    ]


def test_marks_that_commonmark_lacks_stand_in_braces() -> None:
    content = (
        Text("CO"),
        Sub(text("2")),
        Text(" 10"),
        Sup(text("9")),
        Text(" "),
        Span("es", (Link("tel:911", text("ayuda")),)),
    )
    assert body(Paragraph(content)) == "CO[2]{.sub} 10[9]{.sup} [[ayuda](tel:911)]{lang=es}"


def test_blocks_that_commonmark_lacks_have_their_mark_above_them() -> None:
    line = (paragraph("a"),)
    assert body(NumberedList((line,), 3)) == "{.numbered}\n\n3. a"
    assert body(Checklist(((BulletList((line,)),),))) == "{.checklist}\n\n- - a"
    assert body(Table((), ((Cell(line),),))) == "{.table head=0}\n\n| a |\n|---|"
    heads = (Cell(line, header=True), Cell(()))
    marked = "| a | {.cell} |\n|---|---|\n| a {.head} | |"
    assert body(Table((heads,), (heads,))) == marked
    listed = Cell((BulletList((line,)),))
    assert body(Table((), ((listed, Cell(())),))) == "{.table head=0}\n\n- - - a\n  - {.empty}"


def test_what_would_mean_something_is_escaped() -> None:
    assert body(paragraph("# 1")) == r"\# 1"
    assert body(paragraph("12. a")) == r"12\. a"
    assert body(paragraph("[!NOTE] *x*")) == r"\[!NOTE\] \*x\*"
    assert body(paragraph("{.empty}")) == r"\{.empty}"
    assert body(paragraph("{{time_off}} a_b")) == "{{time_off}} a_b"
    assert body(paragraph("\u00a0a ")) == "&#160;a&#32;"


def test_titles_have_their_role_and_level_in_braces_where_they_need_it() -> None:
    sections = (
        Section(title="Risks", role="risks"),
        Section(title="Risks"),
        Section(title="My work", role="activity"),
        Section(title="More", level=3),
        Section(title="Odd {risks}"),
    )
    article = replace(article_of(), sections=sections)
    assert again(article) == article
    heads = [line for line in write(article).split("\n") if line.startswith("## ")]
    assert heads == [
        "## Risks",
        "## Risks {}",
        "## My work {activity}",
        "## More {level=3}",
        r"## Odd \{risks}",
    ]


def test_the_front_matter_has_what_is_known_and_nothing_else() -> None:
    article = replace(
        article_of(paragraph("b")),
        alternative_names=("X", "Y"),
        glance=(Fact(label="How long", words='"1" day'),),
        review=Review(date=datetime.date(2026, 1, 5)),
        codes=(Code(system="LOINC", code="1-8"),),
    )
    assert write(article) == (
        '+++\nid = "a"\nkind = "topic"\ntitle = "A"\nlanguage = "en"\n'
        'synonyms = [\n  "X",\n  "Y",\n]\n'
        '\n[[codes]]\nsystem = "LOINC"\ncode = "1-8"\n'
        '\n[glance]\n"How long" = "\\"1\\" day"\n'
        "\n[review]\ndate = 2026-01-05\n"
        '\n[rights]\nstatus = "unknown"\nmay_edit = true\n+++\n\nb\n'
    )


def test_a_block_that_only_pages_have_is_refused() -> None:
    with pytest.raises(SourceError, match="cannot hold a Figure"):
        write(article_of(Figure("logo", "a logo")))


# ---- reading what people write -----------------------------------------------------------------


def blocks(source: str) -> tuple[Block, ...]:
    front = '+++\ntitle = "A"\nlanguage = "en"\n+++\n'
    return read(front + source, ORIGIN).article.summary


@pytest.mark.parametrize(
    "words",
    [
        "a [b]{.big} c",
        "a [b] {.sub}",
        "a]{.sub} b",
        "see [1]{note}",
        "[{.sub}",
        "{.numbered}",
        "{.sub}",
        "a {.head} b",
        "{risks}",
        "[[[[" * 40 + "a" + "]]]]" * 40,
    ],
)
def test_brackets_and_braces_that_mark_nothing_are_text(words: str) -> None:
    assert blocks(words) == (paragraph(words),)


def test_an_escaped_mark_is_text() -> None:
    assert blocks(r"\[2]{.sub}") == (paragraph("[2]{.sub}"),)
    assert blocks(r"- \[ ] a") == (BulletList(((paragraph("[ ] a"),),)),)
    assert blocks(r"> \[!NOTE] a") == (Callout("note", (), (paragraph("[!NOTE] a"),)),)
    assert blocks("\\{.numbered}\n\n1. a") == (
        paragraph("{.numbered}"),
        Steps(((paragraph("a"),),)),
    )


def test_a_mark_above_something_else_is_text() -> None:
    assert blocks("{.numbered}\n\n- a") == (
        paragraph("{.numbered}"),
        BulletList(((paragraph("a"),),)),
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("- a\n- - b", ":7: a row of the table is no list"),
        ("- - a\n- - b\n  - c", ":8: the row has 2 cells, the first one has 1"),
    ],
)
def test_a_table_of_lists_that_is_no_table_is_told(source: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        blocks(f"{{.table head=1}}\n\n{source}\n")
    assert told in str(failure.value)
