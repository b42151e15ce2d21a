"""HTML made into blocks: every word is kept or reported, whatever the markup, and nothing loaded."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from source_words import letters

from handouts.document import (
    Blocks,
    BulletList,
    Callout,
    Cell,
    Emphasis,
    Heading,
    Link,
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
    plain,
    texts,
)
from handouts.document import text as inline
from handouts.errors import SourceError
from handouts.sources.html import blocks, inlines, parse, words
from handouts.sources.reading import Notes


def read(html: str, notes: Notes | None = None, base: str = "") -> Blocks:
    return blocks(parse(html, "page.html"), notes or Notes(), base=base)


def items(*shown: str) -> tuple[tuple[Paragraph, ...], ...]:
    return tuple((paragraph(words),) for words in shown)


# ---- blocks ------------------------------------------------------------------------------------


def test_a_list_inside_a_paragraph_parts_it_in_three() -> None:
    found = read("<p>Bring: <ul><li>a bed<li>a book</ul> and sleep.</p>loose")
    assert found == (
        paragraph("Bring:"),
        BulletList(items("a bed", "a book")),
        paragraph("and sleep."),
        paragraph("loose"),
    ) or found[2:] == (paragraph("and sleep.loose"),)


def test_words_that_nobody_sees_are_no_paragraph() -> None:
    assert read("<p>\u200b</p><ul><li>\u00ad</li> <li>a\u00adb</li></ul><p>\ufeff<br>c</p>") == (
        BulletList(items("ab")),
        paragraph("c"),
    )


def test_white_space_counts_between_words_only() -> None:
    found = read(
        "<p>a  <b> b</b>\n</p>\n <ul>\n <li>c\td</li>\n <i>e</i> <i>f</i></ul>\xa0<p>g</p>"
    )
    assert [" ".join(texts((block,))) for block in found] == ["a b", "c d e f", "g"]


@pytest.mark.parametrize("depth", [95, 105])
def test_nesting_has_a_limit(depth: int) -> None:
    html = f"{'<div>' * depth}a{'</div>' * depth}"
    if depth < 100:
        assert read(html) == (paragraph("a"),)
    else:
        with pytest.raises(SourceError, match="more than 100 elements deep"):
            read(html)


@pytest.mark.parametrize(
    ("href", "base", "target"),
    [
        ("https://a.example/b/../c?", "https://b.example/", "https://a.example/b/../c"),
        ("https://a.example/b.html", "https://b.example/", "https://a.example/b.html"),
        ("//a.example/b", "https://b.example/", "https://a.example/b"),
        ("c.html", "https://b.example/a/b.html", "https://b.example/a/c.html"),
    ],
)
def test_links_are_completed_with_the_page_s_address(href: str, base: str, target: str) -> None:
    (block,) = read(f'<a href="{href}">there</a>', base=base)
    assert isinstance(block, Paragraph)
    assert block.content == (Link(target, (Text("there"),)),)


def test_items_without_a_list_are_a_list() -> None:
    assert read("<p>a</p><li>b</li> <li>c</li><p>d</p>")[1] == BulletList(items("b", "c"))


def test_lists_nest_and_a_list_in_a_list_belongs_to_the_item_above() -> None:
    nested = BulletList(((paragraph("a"), BulletList(items("b"))),))
    assert read("<ul><li>a<ul><li>b</ul></ul>") == (nested,)
    assert read("<ul><li>a</li><ul><li>b</li></ul></ul>") == (nested,)


def test_numbered_lists_keep_their_first_number_and_empty_items_are_none() -> None:
    assert read('<ol start="3"><li>a<li style="clear:both;"></li><li>b</ol>') == (
        Steps(items("a", "b"), 3),
    )


def test_two_line_breaks_part_paragraphs_and_one_is_a_space() -> None:
    assert read("a<br>b<br> <br>c") == (paragraph("a b"), paragraph("c"))


def test_terms_keep_all_that_is_said_of_them() -> None:
    found = read("<dl><dt>a</dt><dd>b</dd><dd>c</dd><div><dt>d</dt><dd><p>e</p></dd></div></dl>")
    rows = ((inline("a"), (paragraph("b"), paragraph("c"))), (inline("d"), (paragraph("e"),)))
    assert found == (Terms(rows),)


def test_a_quote_is_a_note_and_headings_are_parts() -> None:
    assert read("<blockquote>q</blockquote><h4>h</h4><h5></h5><hr>") == (
        Callout("note", (), (paragraph("q"),)),
        Heading(3, inline("h")),
    )


def test_lines_of_preformatted_text_are_paragraphs() -> None:
    assert read("<pre>a\n  b\n\n</pre>") == (paragraph("a"), paragraph("b"))


def test_a_table_has_rows_of_equal_length_and_tells_of_wide_cells() -> None:
    notes = Notes()
    (table,) = read(
        "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>1<td colspan=2>2<tr><td>3</table>", notes
    )
    assert isinstance(table, Table)
    assert [len(row) for row in (*table.head, *table.rows)] == [3, 3, 3]
    assert table.head[0][0] == Cell((paragraph("A"),), header=True)
    assert table.rows[1][:2] == (Cell(()), Cell((paragraph("3"),)))
    assert len(notes.warnings) == 2


def test_a_cell_that_says_it_is_huge_is_not() -> None:
    (table,) = read('<table><tr><td colspan="9999" rowspan="9999">a<td>b<tr><td>c</table>')
    assert isinstance(table, Table)
    assert len(table.rows[0]) <= 60


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>a<p>b</table>",
        "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
    ],
)
def test_a_table_that_only_places_things_is_none(html: str) -> None:
    assert paragraph("a") in read(html)


def test_siblings_are_read_with_the_words_behind_them() -> None:
    root = parse("<div><p>a</p>b<p>c</p> d</div>", "page.html")
    assert blocks(root.iter("p"), Notes()) == tuple(map(paragraph, "abcd"))
    assert blocks(root.find(".//p"), Notes()) == (paragraph("a"),)


def test_a_list_given_as_such_is_read_itself() -> None:
    root = parse("<ol><li>a</ol><h3>b</h3>", "page.html")
    assert blocks(root.find(".//ol"), Notes()) == (Steps(items("a")),)
    assert blocks(root.find(".//h3"), Notes()) == (Heading(3, inline("b")),)


# ---- words -------------------------------------------------------------------------------------


def test_marks_stand_round_words_and_not_round_spaces() -> None:
    root = parse("<p>a <b> b </b>c<i>d</i> H<sub>2</sub>O 10<sup>3</sup></p>", "page.html")
    assert inlines(root.find(".//p"), Notes()) == (
        Text("a "),
        Strong(inline("b")),
        Text(" c"),
        Emphasis(inline("d")),
        Text(" H"),
        Sub(inline("2")),
        Text("O 10"),
        Sup(inline("3")),
    )


def test_links_lead_where_a_leaflet_may_lead_and_other_targets_are_told() -> None:
    notes = Notes()
    html = (
        '<a href="//a.example/x">a</a> <a href="tel:911">b</a> <a href="./c.htm">c</a>'
        ' <a href="javascript:alert(1)">d</a> <a href="#top">e</a> <a href="http://[">f</a>'
    )
    (block,) = read(html, notes, "https://m.example/ency/1.htm")
    assert isinstance(block, Paragraph)
    assert plain(block.content) == "a b c d e f"
    links = [part.href for part in block.content if isinstance(part, Link)]
    assert links == ["https://a.example/x", "tel:911", "https://m.example/ency/c.htm"]
    assert [note.text for note in notes.dropped] == ["javascript:alert(1)", "http://["]


def test_without_a_base_a_relative_target_is_told() -> None:
    notes = Notes()
    read('<p>x\n<a href="./c.htm">c</a>', notes)
    assert [(note.line, note.text) for note in notes.dropped] == [(2, "./c.htm")]
    blocks(parse('<a href="./c.htm">c</a>', "f"), notes, line=7)
    assert notes.dropped[-1].line == 7


def test_another_language_is_kept() -> None:
    assert read('<p>a <span lang="es">b</span> <i lang="x">c</i></p>') == (
        Paragraph((Text("a "), Span("es", inline("b")), Text(" "), Emphasis(inline("c")))),
    )


def test_spaces_that_do_not_break_stay_beside_digits() -> None:
    assert read("<p>&nbsp;5&nbsp;mg&nbsp;of&nbsp; it&nbsp;</p>") == (paragraph("5\xa0mg of it"),)


def test_names_of_characters_are_decoded_once() -> None:
    assert read("<p>&amp;lt; &eacute; &#150; &nope; a\u00adb</p>") == (
        paragraph("&lt; é – &nope; ab"),
    )


def test_what_is_no_text_is_left_out_and_told() -> None:
    notes = Notes()
    found = read(
        "<p>a</p><script>s</script><style>t</style><noscript>Turn it on</noscript>"
        '<img alt="A bone"><iframe title="film"></iframe><form><input><button>Go</button></form>'
        "<del>gone</del><p hidden>b</p><p style='display: none'>c</p>",
        notes,
    )
    assert found == (paragraph("a"),)
    assert [note.text for note in notes.dropped] == [
        "Turn it on",
        "A bone",
        "film",
        "Go",
        "gone",
        "b",
        "c",
    ]


def test_a_form_round_a_page_is_no_form() -> None:
    assert read("<form><h2>h</h2><p>a</p><input></form>") == (
        Heading(3, inline("h")),
        paragraph("a"),
    )


def test_words_are_all_words() -> None:
    root = parse("<div><p>a</p><p>b <br>c</p><script>s</script>d</div>", "page.html")
    assert words(root) == "a b c d"


def test_names_with_a_namespace_are_read() -> None:
    from lxml.etree import fromstring  # noqa: PLC0415  (only here)

    root = fromstring('<div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p></div>')
    assert blocks(root, Notes()) == (Paragraph((Text("a "), Strong(inline("b")))),)


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("html", ["", "  \n", "<!-- -->", "<html></html>"])
def test_nothing_is_no_blocks(html: str) -> None:
    assert read(html) == ()


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<div>" * 120 + "a", "nested more than 100"),
        ("<b>" * 5000 + "a", "nested more than 100"),
        ("<p>" + "a" * 8_000_001, "larger than 8 MB"),
        ('<!DOCTYPE a [\n<!ENTITY b SYSTEM "file:///etc/passwd">]><p>&b;', ":2: .* entities"),
    ],
)
def test_what_cannot_be_read_is_one_error_with_its_file(html: str, told: str) -> None:
    with pytest.raises(SourceError, match=rf"page\.html.*{told}"):
        parse(html, "page.html")


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file or the network was used")

    parse("<p>the parser itself is imported now", "page.html")
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    found = read(
        '<!DOCTYPE html SYSTEM "https://a.example/x.dtd"><link rel=stylesheet href="https://a.example">'
        '<img src="file:///etc/passwd"><object data="https://a.example"></object>&xxe;'
    )
    assert list(texts(found)) == ["&xxe;"]


def test_a_long_line_is_read_whole() -> None:
    (block,) = read("<p>" + "ab " * 1_000_000)
    assert isinstance(block, Paragraph)
    assert len(plain(block.content)) == 2_999_999


# ---- laws --------------------------------------------------------------------------------------

TAGS = st.sampled_from(
    (
        *("p", "div", "ul", "ol", "li", "b", "i", "a", "table", "tr", "td", "th", "thead", "dl"),
        *("dt", "dd", "blockquote", "h3", "br", "span", "pre", "form", "noscript", "img"),
        *("script", "sub", "q", "details", "summary"),
    )
)
PARTS = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(["a ", " b", "c", "\n", "&amp;", "&nbsp;", "<", ">", "<a href='x.htm'>"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
)


@given(st.lists(PARTS, max_size=40).map("".join))
@example("<ul>a<li>b</ul>c<td>d")
@example("<table>a<tr>b<td>c</table>")
def test_no_word_is_lost_or_invented(html: str) -> None:
    try:
        root = parse(html, "page.html")
    except SourceError:
        return
    there = letters(words(root))
    notes = Notes()
    found = letters("\n".join(texts(blocks(root, notes))))
    told = letters(" ".join(note.text for note in notes.dropped))
    assert there - found - told == letters("")
    assert found - there == letters("")
