"""The markup: what is dumped is parsed back as it was; what is not described is refused in its place."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaflets import library, make

from handouts.document import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Columns,
    Document,
    Emphasis,
    Ended,
    Figure,
    Footer,
    Header,
    Heading,
    Inline,
    Inlines,
    Link,
    NumberedList,
    Panel,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Slot,
    Span,
    Steps,
    Sticker,
    Strip,
    StripCell,
    Strong,
    Sub,
    Sup,
    Table,
    Terms,
    Text,
    texts,
)
from handouts.errors import TemplateError
from handouts.markup import (
    ELEMENTS,
    Filling,
    MarkupError,
    Ready,
    dump,
    dump_blocks,
    dump_inlines,
    is_settled,
    parse,
    parse_filling,
)

# ---- trees of every kind ------------------------------------------------------------------------

_XML = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
NAMES = st.text(st.sampled_from("ab<>&\"' ]{}é😀") | _XML, max_size=6)
WORDS = st.text(st.sampled_from("ab <>&\"' ]{}%#;é\u00a0") | _XML, min_size=1, max_size=9)
UNTIDY = st.text(st.sampled_from("ab \t\n\r<&") | _XML, max_size=9)
TAGS = st.sampled_from(["en", "es-MX", "zh-Hant"])
HREFS = st.builds("{}{}".format, st.sampled_from(["https:", "http:", "tel:", "mailto:"]), NAMES)


def tidy(parts: Sequence[Inline]) -> Inlines:
    """The form that parsing gives: neighbouring texts joined, spaces folded, none empty."""
    joined: list[Inline] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Text) and isinstance(last, Text):
            joined[-1] = Text(re.sub(" +", " ", last.text + part.text))
        elif isinstance(part, Text):
            joined.append(Text(re.sub(" +", " ", part.text)))
        else:
            joined.append(part)
    return tuple(joined)


def trimmed(content: Inlines) -> Inlines:
    """The same without spaces at its edges."""
    parts = list(content)
    if parts and isinstance(parts[0], Text):
        parts[0] = Text(parts[0].text.lstrip(" "))
    if parts and isinstance(parts[-1], Text):
        parts[-1] = Text(parts[-1].text.rstrip(" "))
    return tuple(part for part in parts if not isinstance(part, Text) or part.text)


def inlines(words: st.SearchStrategy[str], depth: int = 2) -> st.SearchStrategy[Inlines]:
    part: st.SearchStrategy[Inline] = st.builds(Text, words)
    if depth:
        inner = inlines(words, depth - 1)
        part |= st.builds(Strong, inner) | st.builds(Emphasis, inner)
        part |= st.builds(Sub, inner) | st.builds(Sup, inner)
        part |= st.builds(Link, HREFS, inner) | st.builds(Span, TAGS, inner)
    return st.lists(part, max_size=3).map(tidy)


def several(strategy: st.SearchStrategy, low: int = 0) -> st.SearchStrategy:
    return st.lists(strategy, min_size=low, max_size=2).map(tuple)


def blocks(words: st.SearchStrategy[str], depth: int = 2) -> st.SearchStrategy[Block]:
    line = inlines(words).map(trimmed)
    label = line.filter(bool)
    simple: list[st.SearchStrategy[Block]] = [
        st.builds(Paragraph, line, st.just("body") | NAMES, st.just("") | NAMES),
        st.builds(Ended, st.builds(Paragraph, line), NAMES.filter(bool)),
        st.builds(Heading, st.sampled_from([1, 2, 3]), line),
        st.builds(Figure, NAMES, NAMES),
        st.builds(Blank, label),
        st.builds(Sticker, label),
        st.builds(RuledLines, st.integers(0, 99)),
        st.just(Rule()),
        several(st.builds(StripCell, NAMES, line, line), 1).map(Strip),
    ]
    if not depth:
        return st.one_of(simple)
    item = several(blocks(words, depth - 1))
    items, start = several(item, 1), st.integers(0, 999)
    return st.one_of(
        *simple,
        st.builds(BulletList, items),
        st.builds(Checklist, items),
        st.builds(Steps, items, start),
        st.builds(NumberedList, items, start, NAMES.filter("steps".__ne__)),
        several(st.tuples(line, item), 1).map(Terms),
        st.integers(1, 2).flatmap(lambda width: tables(item, width)),
        several(item, 1).map(Columns),
        st.builds(Slot, NAMES, item),
        st.builds(
            Header,
            st.builds(Slot, st.just("header"), item),
            several(st.builds(Paragraph, line, NAMES, st.just("") | NAMES)),
        ),
        st.builds(
            Callout,
            st.sampled_from(["note", "action", "emergency"]),
            line,
            item,
            NAMES,
            st.sampled_from([2, 3]),
        ),
        st.builds(
            Section,
            st.none() | st.builds(Heading, st.just(2), line),
            item,
            item,
            st.sampled_from(["flow", "foot"]),
        ).filter(_has_own_head),
    )


def _has_own_head(section: Section) -> bool:
    """A section without a head, which opens with one in its blocks, is a section with a head."""
    first = section.blocks[0] if section.blocks and not section.side else None
    return bool(section.heading) or not (isinstance(first, Heading) and first.level == 2)


def tables(item: st.SearchStrategy[Blocks], width: int) -> st.SearchStrategy[Table]:
    cell = st.builds(Cell, item, st.booleans(), st.just("") | NAMES)
    row = st.lists(cell, min_size=width, max_size=width).map(tuple)
    return st.builds(Table, several(row), several(row, 1))


def documents(words: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        title=NAMES,
        language=TAGS,
        blocks=several(blocks(words)),
        notes=several(blocks(words, 1)),
        footer=st.builds(Footer, title=NAMES, about=NAMES, page=NAMES),
    )


SLOW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


PLAIN = st.text("ab .\u00a0\t", max_size=4).map(lambda words: (Text(words),) if words else ())
LISTED = several(several(PLAIN.map(Paragraph)))


@given(
    st.builds(Paragraph, PLAIN)
    | st.builds(BulletList, LISTED)
    | st.builds(Steps, LISTED)
    | st.builds(NumberedList, LISTED)
    | blocks(UNTIDY, 1)
)
def test_blocks_that_need_not_be_parsed_are_what_parsing_makes_of_them(block: Block) -> None:
    if is_settled(block):
        assert parse_filling(dump_blocks((block,))).blocks == (block,)


def test_plain_words_need_not_be_parsed_and_heads_and_loose_spaces_must() -> None:
    plain = Paragraph((Text("Plain words."),))
    assert is_settled(plain)
    assert is_settled(BulletList(((plain,), (plain, Steps(((plain,),))))))
    for words in ("two  spaces", "a tab\t", " ahead", "behind ", "a\nline"):
        assert not is_settled(Paragraph((Text(words),)))
    assert not is_settled(Heading(3, (Text("Head"),)))
    assert not is_settled(BulletList(((Heading(3, (Text("Head"),)),),)))


def test_what_is_ready_stands_in_its_place() -> None:
    block, filling = Paragraph((Text("a"),)), Filling((Paragraph((Text("b"),)),))
    markup = (
        '<leaflet title="t" lang="en"><h1>t</h1><slot name="s" number="0"/><columns>'
        '<column>c<blocks number="0"/></column></columns><blocks number="0"/>'
        '<footer title="t" about="a" page="p"/></leaflet>'
    )
    made = parse(markup, ready=Ready((filling,), ((block,),)))
    mixed = (Paragraph((Text("c"),)), block)
    assert made.blocks[1:] == (Slot("s", filling.blocks, 0), Columns((mixed,)), block)


@pytest.mark.parametrize("place", ['<blocks number="1"/>', "<blocks/>", '<blocks number="x"/>'])
def test_a_place_that_nobody_keeps_is_no_element(place: str) -> None:
    ready = Ready((), ((Paragraph((Text("a"),)),),))
    markup = f'<leaflet title="t" lang="en">{place}<footer title="t" about="a" page="p"/></leaflet>'
    with pytest.raises(MarkupError, match="<blocks> is no element"):
        parse(markup, ready=ready)


def test_a_slot_is_filled_once() -> None:
    slot = '<slot name="s" number="0"/>'
    markup = (
        f'<leaflet title="t" lang="en">{slot}{slot}<footer title="t" about="a" page="p"/></leaflet>'
    )
    with pytest.raises(MarkupError, match="no attribute number"):
        parse(markup, ready=Ready((Filling(()),)))


@SLOW
@given(documents(WORDS))
def test_what_is_dumped_is_parsed_back_as_it_was(document: Document) -> None:
    assert parse(dump(document)) == document


def said(document: Document) -> str:
    return " ".join(" ".join(texts((*document.blocks, *document.notes))).split())


@SLOW
@given(documents(UNTIDY))
def test_no_word_is_lost_however_white_space_stands(document: Document) -> None:
    once = parse(dump(document))
    assert said(once) == said(document)
    assert parse(dump(once)) == once


@pytest.mark.parametrize("article", sorted(library().articles))
def test_every_leaflet_of_the_library_comes_back_from_its_markup(article: str) -> None:
    document = make(article).leaflet.document
    written = dump(document)  # but for the numbers of slots, which markup need not tell
    assert dump(parse(written)) == written


def test_every_element_of_the_markup_is_dumped_by_some_tree() -> None:
    line = (Text("a"),)
    item = (Paragraph(line, "side"),)
    spans = (Strong(line), Emphasis(line), Sub(line), Sup(line), Span("es", line))
    tree: Blocks = (
        *(Heading(level, line) for level in (1, 2, 3)),
        Paragraph((*spans, Link("tel:1", line))),
        *(BulletList((item,)), NumberedList((item,)), Terms(((line, item),)), Rule()),
        *(Table((), ((Cell(item),),)), Figure("logo", "a"), Callout("note", line, item)),
        *(Columns((item,)), Strip((StripCell("", line, line),)), Section(None, item, item)),
        *(Slot("note", item), Header(Slot("header", item), item), Panel("back", item)),
        *(Blank(line), RuledLines(6), Sticker(line)),
    )
    found = set(re.findall(r"<([a-z0-9]+)", dump_blocks(tree)))
    parts = {"li", "dt", "dd", "tr", "td", "tbody", "column", "cell", "side"}
    assert found - parts == ELEMENTS


def test_a_panel_for_notes_needs_no_name_and_a_section_may_be_spare() -> None:
    notes = '<panel><section place="spare"><lines count="6"/></section></panel>'
    tree = Panel("", (Section(None, (RuledLines(6),), place="spare"),))
    assert only(notes) == tree
    assert only(dump_blocks((tree,))) == tree
    assert "name" not in dump_blocks((tree,))


# ---- text is escaped ----------------------------------------------------------------------------


def test_text_is_never_markup() -> None:
    typed = "<b>&amp; \"'</b> ]]> <?at x:1?> <!-- -->"
    line = (Text(typed), Link(f"https://x/{typed}", (Text(typed),)))
    document = parse(leaflet(dump_blocks((Paragraph(line),)) + f"<p>{dump_inlines(line)}</p>"))
    assert document.blocks == (Paragraph(line), Paragraph(line))


# ---- bare text and white space ------------------------------------------------------------------


def leaflet(body: str) -> str:
    return (
        f'<leaflet title="t" lang="en">\n{body}\n<footer title="t" about="a" page="p"/>\n</leaflet>'
    )


def only(body: str) -> Block:
    (block,) = parse(leaflet(body)).blocks
    return block


def test_bare_text_in_an_item_is_a_paragraph() -> None:
    expected = BulletList(((Paragraph((Text("a "), Strong((Text("b"),)), Text(" c"))),),))
    assert only("<ul><li>\n  a <strong>b</strong>\n c </li></ul>") == expected


def test_bare_text_between_blocks_makes_paragraphs_of_its_own() -> None:
    rule = Rule()
    expected = BulletList(((Paragraph((Text("a"),)), rule, Paragraph((Text("b"),))),))
    assert only("<ul><li>a<hr/>b</li></ul>") == expected


def test_white_space_folds_but_a_no_break_space_stays() -> None:
    assert only("<p> a \n\t b\u00a0 c </p>") == Paragraph((Text("a b\u00a0 c"),))


def test_comments_and_other_instructions_are_no_content() -> None:
    assert only("<p>a<!-- b --><?c d?>e</p>") == Paragraph((Text("ae"),))


def test_defaults_need_not_be_written() -> None:
    assert only("<ol><li>a</li></ol>") == NumberedList(((Paragraph((Text("a"),)),),), 1, "body")
    assert only("<lines/>") == RuledLines(0)


# ---- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<div>x</div>", "<div> is no element of the markup"),
        ("<P>x</P>", "<P> is no element"),
        ("<p style='x'>y</p>", "<p> has no attribute style"),
        ("<p xmlns='u'>y</p>", "<p> has no attribute xmlns"),
        ("<p><ul><li>x</li></ul></p>", "<ul> cannot stand in a line of text"),
        ("<h2>a<p>b</p></h2>", "<p> cannot stand in a line of text"),
        ("<h4>a</h4>", "<h4> is no element"),
        ("<ul>x</ul>", "text 'x' stands directly in <ul>"),
        ("<ul></ul>", "<ul> needs at least one <li>"),
        ("<ul><p>x</p></ul>", "<p> cannot stand in <ul>, only <li>"),
        ("<ul class='ticks'><li>x</li></ul>", "class='ticks' of <ul> is unknown"),
        ("<ol start='x'><li>x</li></ol>", "start='x' of <ol> is no whole number"),
        ("<ol start='-1'><li>x</li></ol>", "start='-1' of <ol> is no whole number"),
        ("<ol start='١'><li>x</li></ol>", "is no whole number"),
        (f"<ol start='{'9' * 5000}'><li>x</li></ol>", "is no whole number"),
        ("<dl></dl>", "<dl> must hold <dt> and <dd> in turn"),
        ("<dl><dt>a</dt></dl>", "<dl> must hold <dt> and <dd> in turn"),
        ("<dl><dd>a</dd><dt>b</dt></dl>", "<dl> must hold <dt> and <dd> in turn"),
        ("<table></table>", "needs rows with equally many cells"),
        ("<table><thead><tr><th>a</th></tr></thead></table>", "needs rows"),
        ("<table><tbody><tr></tr></tbody></table>", "needs rows with equally many cells"),
        (
            "<table><tbody><tr><td>a</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>",
            "needs rows with equally many cells",
        ),
        ("<table><tr><td>a</td></tr></table>", "<tr> cannot stand in <table>"),
        ("<table><tbody><td>a</td></tbody></table>", "<td> cannot stand in <tbody>"),
        ("<table><tbody><tr><p>a</p></tr></tbody></table>", "<p> cannot stand in <tr>"),
        ("<table><tbody><tr><td colspan='2'>a</td></tr></tbody></table>", "no attribute colspan"),
        ("<img src='logo'/>", "<img> needs the attribute alt"),
        ("<img src='logo' alt='a'>b</img>", "stands directly in <img>"),
        ("<img src='logo' alt='a'><hr/></img>", "<img> must be empty"),
        ("<hr>x</hr>", "stands directly in <hr>"),
        ("<lines><p>x</p></lines>", "<lines> must be empty"),
        ("<aside><h3>a</h3></aside>", "<aside> needs the attribute class"),
        ("<aside class='warning'><h3>a</h3></aside>", "Use one of note, action, emergency"),
        ("<aside class='note'><p>a</p></aside>", "<aside> must open with its title"),
        ("<columns></columns>", "<columns> needs at least one <column>"),
        ("<columns><p>a</p></columns>", "<p> cannot stand in <columns>, only <column>"),
        ("<strip></strip>", "<strip> needs at least one <cell>"),
        ("<strip><cell><dt>a</dt></cell></strip>", "<cell> must hold one <dt> and one <dd>"),
        ("<section place='top'></section>", "place='top' of <section> is unknown"),
        ("<section>a</section>", "text 'a' stands directly in <section>"),
        ("<section><p>a</p><side>b</side></section>", "<side> is no element"),
        ("<slot><p>a</p></slot>", "<slot> needs the attribute name"),
        ("<header><p>a</p></header>", '<header> must hold <slot name="header">'),
        ("<header><slot name='note'/></header>", '<header> must hold <slot name="header">'),
        ("<header><slot name='header'/><hr/></header>", "and then only <p>"),
        ("<header><slot name='header'/><p end='1'>a</p></header>", "and then only <p>"),
        ("<blank></blank>", "<blank> needs words"),
        ("<sticker> </sticker>", "<sticker> needs words"),
        ("<p><a>x</a></p>", "<a> needs the attribute href"),
        ("<p><a href='javascript:x'>x</a></p>", "the link 'javascript:x' is not allowed"),
        ("<p><a href=' https://x'>x</a></p>", "is not allowed"),
        ("<p><a href='file:///etc/passwd'>x</a></p>", "is not allowed"),
        ("<p><a href='https://x' target='y'>x</a></p>", "<a> has no attribute target"),
        ("<p><span>x</span></p>", "<span> needs the attribute lang"),
        ("<p><b>x</b></p>", "<b> cannot stand in a line of text"),
        ("<p>x", "not well formed (mismatched tag)"),
        ("<p>a & b</p>", "not well formed"),
        ("<p>&nbsp;</p>", "not well formed (undefined entity)"),
        ("<p>&#7;</p>", "not well formed"),
        ("<p a='1' a='2'>x</p>", "not well formed (duplicate attribute)"),
        ("<ul><li>" * 40 + "x" + "</li></ul>" * 40, "more than 60 deep"),
        ("<p>" + "<em>" * 5000 + "x" + "</em>" * 5000 + "</p>", "more than 60 deep"),
        ("<notes x='1'></notes>", "<notes> has no attribute x"),
        ("<footer title='t' about='a' page='p'/>", "a <leaflet> needs one <footer>"),
    ],
)
def test_what_is_not_described_is_refused(body: str, told: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(told)) as caught:
        parse(leaflet(body), name="leaflet.xml")
    assert isinstance(caught.value, TemplateError)
    assert caught.value.place is not None
    assert caught.value.place.file == "leaflet.xml"


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("", "not well formed (no element found)"),
        ("<p>x</p>", "the outermost element is <p>"),
        ("<leaflet lang='en'><footer title='' about='' page=''/></leaflet>", "attribute title"),
        ("<leaflet title='t' lang='en'></leaflet>", "a <leaflet> needs one <footer>"),
        ("<leaflet title='t' lang='en' x='1'></leaflet>", "<leaflet> has no attribute x"),
        ("<leaflet title='t' lang='en'>x</leaflet>", "text 'x' stands directly in <leaflet>"),
        ("<leaflet title='t' lang='en'><footer title='t'/></leaflet>", "needs the attribute about"),
        (
            "<leaflet title='t' lang='en'><footer title='t' about='a' page=''>x</footer></leaflet>",
            "stands directly in <footer>",
        ),
    ],
)
def test_a_whole_that_is_no_leaflet_is_refused(markup: str, told: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(told)):
        parse(markup)


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE leaflet>",
        '<!DOCTYPE leaflet [<!ENTITY a "b">]>',
        '<!DOCTYPE leaflet [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE leaflet SYSTEM "https://example.org/x.dtd">',
    ],
)
def test_declarations_are_refused_before_anything_is_looked_up(declaration: str) -> None:
    with pytest.raises(MarkupError, match="a document type is not allowed"):
        parse(f"{declaration}{leaflet('<p>&a;</p>')}")


def test_an_error_names_the_line() -> None:
    for line, body in enumerate(("<div/>", "<hr/>\n<div/>", "<p>\n</p>\n<p y='1'/>"), 2):
        with pytest.raises(MarkupError) as caught:
            parse(leaflet(body), name="leaflet.xml")
        assert str(caught.value.place) == f"leaflet.xml:{line}"


def test_an_instruction_says_where_the_next_element_was_written() -> None:
    with pytest.raises(MarkupError) as caught:
        parse(leaflet("<?at parts.xml:7?><p>x</p><?at C:/a b/parts.xml:9?><div/>"))
    assert str(caught.value.place) == "C:/a b/parts.xml:9"


@pytest.mark.parametrize("instruction", ["at", "at x", "at x:", "at :1", "at x:y", "other x:1"])
def test_an_instruction_that_names_no_line_is_no_place(instruction: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(leaflet(f"<?{instruction}?><div/>"), name="leaflet.xml")
    assert str(caught.value.place) == "leaflet.xml:2"


def test_an_error_shows_a_short_piece_of_the_text_only() -> None:
    secret = " ".join(f"word{number}" for number in range(50))
    with pytest.raises(MarkupError) as caught:
        parse(leaflet(secret))
    assert "word1" in str(caught.value)
    assert "word9" not in str(caught.value)


@pytest.mark.parametrize("tag", ["", "not a lang", "english", "EN"])
def test_a_language_is_named_by_its_tag(tag: str) -> None:
    with pytest.raises(MarkupError, match=r"markup:1: lang=.* is no language tag"):
        parse(f'<leaflet title="a" lang="{tag}"></leaflet>')
