"""HTML as browsers show it: stray ends of elements, formulas, the numbers of lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_words import letters

from handouts.document import (
    Blocks,
    Heading,
    Link,
    Paragraph,
    Steps,
    Strong,
    Sup,
    Table,
    paragraph,
    texts,
)
from handouts.sources import read_source
from handouts.sources.html import blocks, parse
from handouts.sources.html_end_tags import settled
from handouts.sources.reading import Notes


def read(html: str, notes: Notes | None = None) -> Blocks:
    return blocks(parse(html, "page.html"), notes or Notes())


# ---- the end of the page, and other ends ----------------------------------------------------------

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Aspirin care</title></head>"
    "<body><h1>Aspirin care</h1><p>Rest.</p></body></html>\n"
)


def test_a_raised_number_of_a_title_stays_raised() -> None:
    page = PAGE.replace("<p>", "<h2>Counts of 10<sup>9</sup></h2><p>")
    (section,) = read_source(page.encode(), format="encyclopedia-html").article.sections
    assert section.title == "Counts of 10⁹"


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ("<p>Call 911 if you bleed.</p>", "Call 911 if you bleed."),
        ("Call 911 if you bleed.", "Call 911 if you bleed."),
        ("<div>Call 911.</div></body></html>", "Call 911."),
        ("<html><head></head><BODY class=b><p>Call 911.</p></BODY ></HTML>", "Call 911."),
    ],
)
def test_what_stands_behind_the_end_of_the_page_is_read(more: str, last: str) -> None:
    article = read_source((PAGE + more).encode(), format="encyclopedia-html").article
    assert [words for _, words in article.body()] == ["Rest.", last]


@given(st.lists(st.sampled_from(["<p>a", "</p>", "</body>", "</html>", "<ul><li>b", "</ul>", "c"])))
def test_no_end_of_the_page_ends_its_text(parts: list[str]) -> None:
    found = "".join(texts(read("".join((*parts, "<p>z</p>")))))
    assert letters(found) == letters("".join(part[-1] for part in parts if part[-1] != ">") + "z")


@pytest.mark.parametrize(
    "html",
    [
        "<!-- </html> --><p>a</p>",
        "<script>'</body></br></p>'</script><p>a</p>",
        "<p title='</p></br>'>a</p>",
        '<p title="</html>" id=a>a</p>',
        "<p>a <math><mi>b</mi></math></p>",
        "<p title=it's>a</p><p id='b'>c</p>",
    ],
)
def test_what_is_no_stray_end_stays_as_it_is(html: str) -> None:
    assert settled(html) == html


@pytest.mark.parametrize("html", ["<p>a</body\n>b", "a</br\n>b", "<h3>a</h2\n>b"])
def test_lines_keep_their_numbers(html: str) -> None:
    assert settled(html).count("\n") == 1


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Take 1</br>2 hours later", ["Take 1 2 hours later"]),
        ("<ul><li>six</p>seven</ul>", ["six", "seven"]),
        ("<div>tablet.</p>Call us</div>", ["tablet.", "Call us"]),
        ("<p>one<div>two</p>three</div>", ["one", "two", "three"]),
        ("<h3>Take 1</h2>2 hours", ["Take 1", "2 hours"]),
    ],
)
def test_a_stray_end_parts_words_as_in_browsers(html: str, shown: list[str]) -> None:
    assert texts(read(html)) == shown


def test_a_stray_end_in_a_heading_leaves_it_a_heading() -> None:
    (found,) = read("<h3>Causes</p></h3>")
    assert isinstance(found, Heading)


# ---- formulas ----------------------------------------------------------------------------------

HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (HALF, "1/2"),
        (f"<mn>2</mn>{HALF}", "2 1/2"),
        (f"{HALF}<mn>5</mn>", "1/2 5"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/(c)"),
        ("<mfrac><mn>1</mn><mrow><mn>2</mn><mi>x</mi></mrow></mfrac>", "(1)/(2x)"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mfenced><mn>1</mn><mn>2</mn></mfenced>", "(1, 2)"),
        ("<mfrac linethickness=0><mn>4</mn><mn>2</mn></mfrac>", "(4) (2)"),
        ("<mystery><mn>1</mn><mn>2</mn></mystery>", "(1) (2)"),
        (
            "<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable>",
            "[1, 2; 3]",
        ),
        (
            "<mtable><mtr>At least <mtd>2</mtd> or 3</mtr><mtr><mtd></mtd><mtd>4</mtd></mtr></mtable>",
            "[At least, 2, or 3; , 4]",
        ),
        ("<mtext>take <b>two</b> tablets</mtext>", "take two tablets"),
        ("5 mg", "5 mg"),
    ],
)
def test_a_formula_is_one_line_that_says_the_same(formula: str, shown: str) -> None:
    notes = Notes()
    assert read(f"<p>Take <math>{formula}</math> a day.", notes) == (
        paragraph(f"Take {shown} a day."),
    )
    assert notes.warnings == [f"line 1: a formula is written on one line: {shown}"]


def test_a_formula_does_not_touch_a_number_beside_it() -> None:
    assert texts(read(f"<p>Take 1<math>{HALF}</math>5")) == ["Take 1 1/2 5"]


def test_html_in_a_formula_keeps_what_it_says() -> None:
    (found,) = read("<p><math><mtext>10<sup>9</sup></mtext></math>")
    assert found in read("<p><math><msup><mn>10</mn><mn>9</mn></msup></math>")
    assert texts(read("<p><math><msqrt>9</msqrt></math>")) == ["(9)"]
    empty = '<mfenced open="" close=""></mfenced>'
    assert texts(read(f"<p><math>{HALF}{empty}</math>")) == ["1/2"]


def test_the_words_of_a_link_in_a_formula_are_kept_and_its_target_is_told() -> None:
    notes = Notes()
    link = '<a href="https://example.org/dose">dose</a>'
    row = f'<mrow href="#a"><mn>2</mn><mo>×</mo>{link}</mrow>'
    assert texts(read(f"<p>Take <math>{row}</math> a day.", notes)) == ["Take 2×dose a day."]
    assert [drop.text for drop in notes.dropped] == ["https://example.org/dose"]


def test_what_is_hidden_in_a_formula_is_told_and_not_printed() -> None:
    notes = Notes()
    blocks = read("<p>Take <math><mn hidden>77</mn><mn>5</mn></math> a day.", notes)
    assert texts(blocks) == ["Take 5 a day."]
    assert "77" in [drop.text for drop in notes.dropped]


def test_an_empty_element_of_a_drawing_hides_nothing_behind_it() -> None:
    html = "<svg><title/></svg><p>Take 1</br>2 hours</p></body></html><p>behind</p>"
    said = " ".join(texts(read(html)))
    assert "Take 1 2" in said.replace("\n", " ")
    assert said.endswith("behind")


def test_a_power_is_raised() -> None:
    (found,) = read("<p><math><msup><mn>10</mn><mn>9</mn></msup></math>")
    assert found.content[-1] == Sup(paragraph("9").content)  # type: ignore[union-attr]


def test_another_way_to_write_a_formula_is_told() -> None:
    notes = Notes()
    found = read(
        f"<math><semantics>{HALF}<annotation>\\frac12</annotation></semantics></math>", notes
    )
    assert texts(found) == ["1/2"]
    assert [(note.text, note.reason) for note in notes.dropped] == [
        ("\\frac12", "hidden on the page")
    ]


# ---- text with line ends that count -------------------------------------------------------------


def test_lines_keep_marks_and_links_and_tell_what_is_left_out() -> None:
    notes = Notes()
    link = '<a href="https://example.org/call">Call us</a>'
    inside = f"Rest.\n  <b>Drink</b><del>wine</del><br>{link}\n<i hidden>Stop</i>\n\nSleep."
    rest, drink, call, sleep = read(f"<pre>{inside}</pre>", notes)
    assert texts((rest, drink, call, sleep)) == ["Rest.", "Drink", "Call us", "Sleep."]
    assert drink == Paragraph((Strong(paragraph("Drink").content),))
    assert call == Paragraph((Link("https://example.org/call", paragraph("Call us").content),))
    assert [(drop.text, drop.reason) for drop in notes.dropped] == [
        ("wine", "struck out"),
        ("Stop", "hidden on the page"),
    ]


# ---- the numbers of lists ----------------------------------------------------------------------


def numbers(html: str) -> list[int]:
    lists = [block for block in read(html) if isinstance(block, Steps)]
    return [block.start + at for block in lists for at in range(len(block.items))]


@pytest.mark.parametrize(
    ("html", "counted"),
    [
        ("<ol><li value=7>a<li>b</ol>", [7, 8]),
        ("<ol start=3><li>a<li value=9>b<li>c<li value=2>d</ol>", [3, 9, 10, 2]),
        ("<ol><li value=1>a<li value=2>b</ol>", [1, 2]),
    ],
)
def test_items_keep_the_numbers_that_they_say(html: str, counted: list[int]) -> None:
    assert numbers(html) == counted


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<ol reversed><li>a<li>b</ol>", "counts down"),
        ("<ol type=a><li>a</ol>", "with letters"),
        ("<ol><li type=I>a</ol>", "with letters"),
        ("<ol style='list-style: lower-alpha'><li>a</ol>", "with letters"),
        ("<ol start=0><li>a</ol>", "counts from '0'"),
        ("<ol><li value=-3>a</ol>", "counts from '-3'"),
    ],
)
def test_a_way_to_count_that_no_leaflet_has_is_told(html: str, told: str) -> None:
    notes = Notes()
    read(f"<p>\n{html}", notes)
    (warning,) = notes.warnings
    assert warning.startswith("line 2: ")
    assert told in warning


# ---- tables ------------------------------------------------------------------------------------


def test_a_table_of_heads_only_is_a_row() -> None:
    (table,) = read("<table><thead><tr><th>Day<th>Pain</thead></table>")
    assert isinstance(table, Table)
    assert (len(table.head), len(table.rows)) == (0, 1)
    assert texts((table,)) == ["Day", "Pain"]
