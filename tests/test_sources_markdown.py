"""Articles in Markdown: every construct becomes its block, and words stay as typed."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.article import Code, Fact
from handouts.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Emphasis,
    Heading,
    Link,
    Paragraph,
    Steps,
    Strong,
    Table,
    Terms,
    Text,
    paragraph,
    plain,
    text,
    texts,
)
from handouts.errors import SourceError
from handouts.sources import Reading, read_source
from handouts.sources.markdown_parser import plain_parser, quick_parser

FRONT = """\
+++
id = "rest"
kind = "topic"
title = "Rest"
language = "en"
version = "3"
number = "RB-1"
synonyms = ["Sleep"]
qr_url = "https://hill.example/rest"
[[codes]]
system = "ICD-10-CM"
code = "Z73.3"
[glance]
Where = "At home"
"How long" = "8 hours"
[review]
date = 2024-06-17
by = "Nora Example"
[approval]
by = ""
next_review = 2027-06-01
[source]
name = "Hill"
url = "https://hill.example"
[rights]
holder = "Hill Clinic"
status = "own"
notices = ["Whole."]
+++
"""


def read(body: str, front: str = '+++\ntitle = "Rest"\nlanguage = "en"\n+++\n') -> Reading:
    return read_source((front + body).encode(), format="markdown")


def blocks(body: str) -> tuple[Block, ...]:
    return read(body).article.summary


def mistake(content: str, name: str = "") -> str:
    with pytest.raises(SourceError) as failure:
        read_source(content.encode(), format="markdown")
    return str(failure.value).replace("the text", name or "the text")


# ---- front matter ------------------------------------------------------------------------------


def test_front_matter_fills_the_article() -> None:
    article = read("\nSleep.\n", FRONT).article
    assert (article.id, article.kind, article.version, article.number) == (
        "rest",
        "topic",
        "3",
        "RB-1",
    )
    assert article.glance == (
        Fact(label="Where", words="At home"),
        Fact(label="How long", words="8 hours"),
    )
    assert article.codes == (Code(system="ICD-10-CM", code="Z73.3"),)
    assert article.review.date == datetime.date(2024, 6, 17)
    assert article.approval.next_review == datetime.date(2027, 6, 1)
    assert article.rights.notices == ("Whole.",)
    assert article.rights.may_edit is True
    assert article.alternative_names == ("Sleep",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('tilte = "x"', ":3: unknown key 'tilte'. Did you mean 'title'?"),
        ("number = 12", ":3: number must be a quoted string"),
        ("= 3", ":3: this is not TOML"),
        ('qr_url = "hill.example"', ":3: 'hill.example' is no web address"),
        ('source = { url = "javascript:x" }', ":3: 'javascript:x' is no web address"),
        ('rights = { status = "free" }', ':3: rights.status must be "own" or'),
        ('language = "English"', ":3: 'English' is no language"),
        ('kind = "A test"', ":3: 'A test' is no kind"),
        ('id = "My Rest"', "'My Rest' is no id"),
        ("[review]\ndate = '17 June'", ":4: review.date must be a date"),
    ],
)
def test_a_mistake_in_the_front_matter_is_told_with_the_line_of_the_file(
    line: str, told: str
) -> None:
    assert told in mistake(f'+++\ntitle = "Rest"\n{line}\n+++\nSleep.\n')


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("tset", ("the kind 'tset' is unknown: did you mean 'test'?",)),
        ("instruction", ("the kind 'instruction' is unknown: did you mean 'instructions'?",)),
        ("test", ()),
        ("topic", ()),
        ("vaccination-day", ()),
    ],
)
def test_a_kind_that_looks_misspelt_is_told_with_the_one_meant(
    kind: str, told: tuple[str, ...]
) -> None:
    front = f'+++\ntitle = "Rest"\nlanguage = "en"\nkind = "{kind}"\n+++\n'
    reading = read("Sleep.\n", front)
    assert reading.article.kind == kind
    assert reading.report.warnings == told


def test_front_matter_that_is_not_closed_is_told() -> None:
    assert "has no end" in mistake('+++\ntitle = "Rest"\n\nSleep.\n')


def test_yaml_is_told_from_a_rule() -> None:
    assert "is YAML" in mistake("---\ntitle: Rest\n---\n\nSleep.\n")
    assert read("Sleep.", "---\n\n# Rest\n\n").article.title == "Rest"


@pytest.mark.parametrize(
    ("status", "holder", "may_edit"),
    [
        ("own", "Hill", True),
        ("public-domain", "NLM", True),
        ("ogl", "NHS", True),
        ("licensed", "A.D.A.M.", False),
        ("unknown", "Somebody", False),
        ("unknown", "", True),
    ],
)
def test_text_of_others_may_not_be_edited_unless_said(
    status: str, holder: str, *, may_edit: bool
) -> None:
    front = f'+++\ntitle = "R"\n[rights]\nstatus = "{status}"\nholder = "{holder}"\n'
    assert read("Sleep.", f"{front}+++\n").article.rights.may_edit is may_edit
    for said in (True, False):
        line = f"may_edit = {str(said).lower()}\n"
        assert read("Sleep.", f"{front}{line}+++\n").article.rights.may_edit is said


def test_the_name_of_a_translation_must_agree(tmp_path: Path) -> None:
    path = tmp_path / "rest.es.md"
    path.write_text('+++\nid = "rest"\ntitle = "Descanso"\nlanguage = "en"\n+++\nDormir.\n')
    with pytest.raises(SourceError, match=r"md:4: language is 'en', but 'es' in the file's name"):
        read_source(path)
    path.write_text('+++\nid = "sleep"\ntitle = "Descanso"\n+++\nDormir.\n')
    with pytest.raises(SourceError, match=r"md:2: id is 'sleep', but 'rest' in the file's name"):
        read_source(path)
    path.write_text('+++\ntitle = "Descanso"\n+++\nDormir.\n')
    article = read_source(path).article
    assert (article.id, article.language) == ("rest", "es")


def test_an_article_in_another_language_than_asked_for_is_refused() -> None:
    content = FRONT.encode() + b"Sleep."
    assert read_source(content, language="en-GB").article.language == "en"
    with pytest.raises(SourceError, match="is in 'en', not in 'es'"):
        read_source(content, language="es")


def test_what_the_author_leaves_out_is_made_and_told() -> None:
    reading = read(
        "## How to Prepare\n\nSleep.\n\n## Normal Results\n\n8 hours.\n", "# Rest test\n\n"
    )
    article = reading.article
    assert (article.id, article.language, article.kind) == ("rest-test", "en", "test")
    assert "does not say its language" in reading.report.warnings[0]
    assert reading.report.guessed[0].what == "kind"


# ---- title and sections ------------------------------------------------------------------------


def test_a_title_may_stand_in_the_front_matter_in_the_text_or_in_both() -> None:
    assert read("# Rest\n\nSleep.").article.title == "Rest"
    assert read("Sleep.", "# Rest\n\n").article.title == "Rest"
    assert ":6: a second title, 'Work'" in mistake(
        '+++\ntitle = "Rest"\n+++\nSleep.\n\n# Work\n\nMore.'
    )
    assert "the article has no title" in mistake("Sleep.")


def test_a_raised_number_of_a_title_does_not_join_the_one_before_it() -> None:
    title = "# Counts of 10[9]{.sup}/L"
    marked = "## 10[−3]{.sup}: the 1[st]{.sup} dose of CO[2]{.sub}"
    article = read(f"{title}\n\n{marked}\n\nRest.", '+++\nlanguage = "en"\n+++\n').article
    assert article.title == "Counts of 10⁹/L"
    assert [section.title for section in article.sections] == ["10⁻³: the 1st dose of CO2"]


def test_sections_have_roles_by_title_or_in_braces() -> None:
    article = read(
        "Lead.\n\n## How to prepare?\n\nA.\n\n## Get *set* {prepare}\n\nB.\n\n### Part\n\n## Else\n\nC."
    ).article
    assert [(part.title, part.role) for part in article.sections] == [
        ("How to prepare?", "prepare"),
        ("Get set", "prepare"),
        ("Else", ""),
    ]
    assert article.summary == (paragraph("Lead."),)
    assert article.sections[1].blocks == (paragraph("B."), Heading(3, text("Part")))


def test_references_and_other_names_leave_the_text() -> None:
    article = read(
        "Sleep.\n\n## References\n\n1. Adler N. *Beds*. 2020.\n2. Birch O.\n\nCole P.\n\n"
        "## Alternative Names\n\nNap; Siesta\n"
    ).article
    assert [plain(entry) for entry in article.references] == [
        "Adler N. Beds. 2020.",
        "Birch O.",
        "Cole P.",
    ]
    assert any(isinstance(part, Emphasis) for part in article.references[0])
    assert article.alternative_names == ("Nap", "Siesta")
    assert article.sections == ()


@pytest.mark.parametrize("title", ["Images", "Patient Instructions"])
def test_what_is_left_out_of_pages_is_a_section_of_the_clinics_own_text(title: str) -> None:
    reading = read(f"Sleep.\n\n## {title}\n\nTake one a day.\n")
    assert [part.title for part in reading.article.sections] == [title]
    assert reading.report.dropped == ()


def test_an_empty_section_is_told_and_an_empty_heading_refused() -> None:
    assert "line 7: the section 'Else' is empty" in read("Sleep.\n\n## Else\n").report.warnings
    assert ":3: a heading without words" in mistake("# Rest\n\n##\n\nSleep.")


# ---- blocks ------------------------------------------------------------------------------------


def test_every_list_becomes_its_own_kind() -> None:
    bullets, steps, boxes, mixed = blocks(
        "- a\n  - b\n- c\n\n3. one\n4. two\n\n* [ ] x\n* [ ] *y*\n\n+ [ ] x\n+ z\n"
    )
    assert bullets == BulletList(
        ((paragraph("a"), BulletList(((paragraph("b"),),))), (paragraph("c"),))
    )
    assert steps == Steps(((paragraph("one"),), (paragraph("two"),)), 3)
    assert boxes == Checklist(((paragraph("x"),), (Paragraph((Emphasis(text("y")),)),)))
    assert mixed == BulletList(((paragraph("[ ] x"),), (paragraph("z"),)))


def test_a_ticked_item_is_printed_as_ticked_and_told() -> None:
    reading = read("- [x] done\n- [ ] *open*\n")
    assert reading.article.summary == (
        BulletList(((paragraph("☑ done"),), (Paragraph((Text("☐ "), Emphasis(text("open")))),))),
    )
    assert any("line 5: the list is ticked in part" in one for one in reading.report.warnings)


@pytest.mark.parametrize(
    "body", ["| Day | Pain |\n|---|---|", "{.table head=1}\n\n- - Day\n  - Pain\n"]
)
def test_a_table_of_heads_only_is_a_row(body: str) -> None:
    cells = (Cell((paragraph("Day"),)), Cell((paragraph("Pain"),)))
    assert blocks(body) == (Table((), (cells,)),)


def test_terms_and_their_definitions() -> None:
    (terms,) = blocks("Bed\n: Soft.\n: Low.\n\nChair\n: Hard.\n")
    assert terms == Terms(
        (
            (text("Bed"), (paragraph("Soft."), paragraph("Low."))),
            (text("Chair"), (paragraph("Hard."),)),
        )
    )


def test_a_table_has_heads_and_cells() -> None:
    (table,) = blocks("| A | **B** |\n|---|---|\n| 1 \\| 2 | |\n")
    assert table == Table(
        (
            (
                Cell((paragraph("A"),), header=True),
                Cell((Paragraph((Strong(text("B")),)),), header=True),
            ),
        ),
        ((Cell((paragraph("1 | 2"),)), Cell(())),),
    )


@pytest.mark.parametrize("row", ["| 1 | 2 | 3 |", "1 | 2 | 3", "1 | 2 | 3 |"])
@pytest.mark.parametrize("quote", ["", "> "])
def test_a_row_with_too_many_cells_is_refused_not_cut(row: str, quote: str) -> None:
    lines = ["| A | B |", "|---|---|", "| 1 | 2 |", row]
    body = "\n".join(f"{quote}{line}" for line in lines)
    assert ":6: the row has 3 cells, the table's head has 2" in mistake(f"# Rest\n\n{body}\n")


def test_alerts_are_callouts() -> None:
    note, action, emergency = blocks(
        "> [!NOTE] Sleep *well*\n> Every day.\n>\n> - a bed\n\n> [!action]\n> Call us.\n\n> [!EMERGENCY] Call 911\n"
    )
    assert note == Callout(
        "note",
        (Text("Sleep "), Emphasis(text("well"))),
        (paragraph("Every day."), BulletList(((paragraph("a bed"),),))),
    )
    assert action == Callout("action", (), (paragraph("Call us."),))
    assert emergency == Callout("emergency", text("Call 911"), ())


def test_a_quoted_block_is_a_note_and_an_unknown_alert_is_told() -> None:
    assert blocks("> A.\n>\n> B.\n") == (Callout("note", (), (paragraph("A."), paragraph("B."))),)
    assert ":3: there is no alert 'DANGER'. Write one of NOTE, ACTION" in mistake(
        "# Rest\n\n> [!DANGER] Off\n"
    )
    assert ":3: the alert is empty" in mistake("# Rest\n\n> [!NOTE]\n")


@pytest.mark.parametrize("target", ["https:/hill.example", "https://", "http:hill.example"])
def test_an_address_without_its_host_is_told_and_no_link(target: str) -> None:
    reading = read(f"Read [more]({target}).")
    assert reading.article.summary == (paragraph("Read more."),)
    assert [note.text for note in reading.report.dropped] == [target]


def test_links_that_a_leaflet_cannot_follow_become_words_and_are_told() -> None:
    reading = read(
        "[a](https://a.example) [b](javascript:x) [c](d.md) <mailto:e@f.example> [g](tel:911)\n"
    )
    (block,) = reading.article.summary
    assert isinstance(block, Paragraph)
    links = [part.href for part in block.content if isinstance(part, Link)]
    assert links == ["https://a.example", "mailto:e@f.example", "tel:911"]
    assert plain(block.content) == "a b c mailto:e@f.example g"
    assert [(drop.line, drop.text) for drop in reading.report.dropped] == [
        (5, "javascript:x"),
        (5, "d.md"),
    ]


def test_pictures_and_rules_are_left_out_and_told() -> None:
    reading = read("Sleep ![a bed](bed.png) well.\n\n![a chair](c.png)\n\n***\n\nMore.\n")
    assert list(texts(reading.article.summary)) == ["Sleep  well.", "More."]
    assert [(drop.line, drop.text) for drop in reading.report.dropped] == [
        (5, "a bed"),
        (7, "a chair"),
        (9, "***"),
    ]


def test_definitions_that_no_link_uses_are_told() -> None:
    reading = read("Sleep [well][1].\n\n[1]: https://a.example\n[Important]: aspirin\n")
    assert [(drop.line, drop.text) for drop in reading.report.dropped] == [
        (8, "[Important]: aspirin")
    ]


def test_code_is_text() -> None:
    assert blocks("Take `2 | 3` <b>now</b>.\n") == (paragraph("Take 2 | 3 <b>now</b>."),)
    assert blocks("```\n8 am\n9 am\n```\n") == (paragraph("8 am"), paragraph("9 am"))


def test_text_that_is_nested_too_deeply_is_refused_not_cut() -> None:
    assert "nested too deeply" in mistake("# Rest\n\n" + "> " * 30 + "deep\n")
    assert blocks("> " * 15 + "deep\n")


def test_a_heading_that_is_only_a_picture_is_none_and_the_text_goes_on() -> None:
    front = 'title = "Rest"'
    for head in ("# ![Moon](a.png)", "## **![Moon](a.png)**", "## [![Moon](a.png) ![](b)](#x)"):
        for fence in ("+++", "---"):
            title = front if fence == "+++" else "title: Rest"
            text = f"{fence}\n{title}\n{fence}\nSleep.\n\n{head}\n\nDrink.\n\n## Then\n\nWalk.\n"
            reading = read_source(text.encode())
            assert reading.article.summary == (paragraph("Sleep."), paragraph("Drink."))
            assert [part.title for part in reading.article.sections] == ["Then"]
            assert "Moon" in [drop.text for drop in reading.report.dropped]


def test_a_footnote_is_text_also_of_one_word() -> None:
    reading = read("Sleep well[^1].\n\n[^1]: Always\n")
    assert reading.article.summary == (paragraph("Sleep well[^1]."), paragraph("[^1]: Always"))
    assert reading.report.dropped == ()


@pytest.mark.parametrize("sign", ["", "!"])
def test_words_between_two_labels_are_kept(sign: str) -> None:
    body = f"Take {sign}[a]( <b c>][r] [d](https://b.example) now.\n\n[r]: https://a.example\n"
    assert list(texts(blocks(body))) == [f"Take {sign}[a]( <b c>]r d now."]


# ---- laws --------------------------------------------------------------------------------------

SPECIAL = [
    "<b>",
    "</b>",
    "<img src=x>",
    "<!-- x -->",
    "&",
    "& so",
    "{{ x }}",
    "{% if %}",
    "[",
    "]",
    "|",
    "~~x~~",
    "$x$",
    "^",
    "a: b",
    "@",
    "#",
    "=",
    "(c)",
    "...",
    "--",
    '"',
    "'",
]
WORD = st.sampled_from(SPECIAL) | st.text("abcäß漢1", min_size=1, max_size=5)
SENTENCE = st.lists(WORD, max_size=6).map(lambda words: " ".join(["Take", *words, "now."]))


@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_paragraphs_are_printed_as_typed(sentences: list[str]) -> None:
    assert blocks("\n\n".join(sentences)) == tuple(paragraph(words) for words in sentences)


@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_items_are_printed_as_typed(sentences: list[str]) -> None:
    items = tuple((paragraph(words),) for words in sentences)
    assert blocks("\n".join(f"- {words}" for words in sentences)) == (BulletList(items),)
    assert blocks("\n".join(f"1. {words}" for words in sentences)) == (Steps(items),)


@given(st.text(max_size=80) | st.text("+#>-*_[]()!|`~:=\\1. ab\n\t<&;", max_size=120))
def test_any_text_is_an_article_or_one_error(body: str) -> None:
    for content in (body, f"+++\n{body}", f'+++\ntitle = "R"\n+++\n{body}'):
        try:
            encoded = content.encode()
        except UnicodeEncodeError:
            return
        try:
            reading = read_source(encoded, format="markdown")
        except SourceError:
            continue
        assert reading.article.title


LINES = (
    *("", "", "a", "- a", "  a", "    a", "1. a", "> a", "> - a", ": a", "---", "|-|", "a|b"),
    *(
        "- a",
        "- a b  ",
        "- a",
        "- ",
        "-  a",
        " - a",
        "-",
        "* a",
        "- 1",
        "# a",
        "- a\n\n- a",
        "- a|b",
    ),
    *("a\n\n: b", "a\n\n~ b", "a\n: b", "a\n---", "- a\nb|c\n-|-", "> a\n    - b"),
)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(LINES), min_size=3, max_size=20).map("\n".join))
def test_short_paragraphs_are_what_the_parsers_own_rules_make_of_them(body: str) -> None:
    assert quick_parser().parse(body) == plain_parser().parse(body)


MARKED = (
    *("a\nb", "a\\.", "`a`", "*a*", "_a_", "[a](b)", "![a](b)", "<tel:1>", "a &amp;"),
    *("[a]", "[a][b]", "![a]", "[1]", "[a] (b)", "[a\n](b)", "[a\n\n](b)"),
)
TARGETS = ("", "\n\n[a]: b", "\n\n[b]: <c d> (e)", "\n\n> [a]: b")


@settings(max_examples=300)
@given(
    st.sampled_from(["", *MARKED]),
    st.text(max_size=9),
    st.text(max_size=9),
    st.sampled_from(TARGETS),
)
def test_words_are_what_the_parsers_own_rules_make_of_them(
    marked: str, before: str, behind: str, target: str
) -> None:
    words = f"{before} {marked} {behind}{target}"
    assert quick_parser().parse(words) == plain_parser().parse(words)


# ---- imports -----------------------------------------------------------------------------------


def test_the_parser_is_imported_only_when_markdown_is_read() -> None:
    code = (
        "import sys; from handouts.sources import read_source;"
        " import handouts.library, handouts.clinic, handouts.rights, handouts.review;"
        " read_source(b'Rest\\n\\nSleep.');"
        " assert not {'markdown_it', 'jinja2', 'click', 'reportlab', 'difflib', 'html'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


# ---- links in links ----------------------------------------------------------------------------


def test_a_link_in_a_link_is_words_of_the_outer_one() -> None:
    reading = read(
        "[<https://a.example>](https://a.example) [or <https://b.example>](https://c.example)"
    )
    first, _, second = reading.article.summary[0].content  # type: ignore[union-attr]
    assert first == Link("https://a.example", text("https://a.example"))
    assert second == Link("https://c.example", text("or https://b.example"))
    assert [drop.text for drop in reading.report.dropped] == ["https://b.example"]


def test_the_title_of_a_link_is_told() -> None:
    reading = read("Take [Tylenol](acetaminophen (a painkiller)).")
    assert texts(reading.article.summary) == ["Take Tylenol."]
    assert [drop.text for drop in reading.report.dropped] == ["a painkiller", "acetaminophen"]


@pytest.mark.parametrize(
    "around", ["**{}**", "*{}*", "***{0} {0}***", "[{0} {0}](https://a.example)"]
)
def test_marks_round_nothing_but_pictures_are_nothing(around: str) -> None:
    marked = around.format("![a knee](knee.png)")
    reading = read(f"Rest.\n\n{marked}\n\n- {marked}\n- Sleep.\n")
    assert reading.article.summary == (paragraph("Rest."), BulletList(((paragraph("Sleep."),),)))
    assert "a knee" in [drop.text for drop in reading.report.dropped]
