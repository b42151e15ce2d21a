"""Articles as hypothesis makes them: everything that a reader can make, and what is hard to write."""

from hypothesis import strategies as st

from handouts.article import (
    ID,
    Approval,
    Article,
    Code,
    Fact,
    Review,
    Rights,
    Section,
    Source,
)
from handouts.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    Item,
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
    plain,
    table_of,
)
from handouts.sources.marked_text import merged

HARD = (
    *("# a", "## b {risks}", "{risks}", "{}", "{level=3}", "c #", "- d", "* e", "+ f", "1. g"),
    *("12) h", "> i", "[!NOTE] j", "[ ] k", "[x] l", "---", "- - -", "***", "___", "===", "+++"),
    *("| m |", "|", "a|b", "\\", "\\|", "\\\\", "`n`", "```", "~~~", "~ o", ": p", "{{q}}"),
    *("{{#if r}}", "{{/if}}", "{.numbered}", "{.table head=0}", "{.head}", "{.empty}", "]{.sub}"),
    *("[2]{.sup}", "[s](https://t.example)", "[u]: https://v.example", "![w](x.png)", "!", "&amp;"),
    *(
        "&#35;",
        "&",
        "<b>",
        "<https://y.example>",
        "<z@a.example>",
        "*",
        "**",
        "_",
        "__",
        "a_b",
        "*c*",
    ),
    *("**d**", "_e_", "\u00a0", "  ", "\t", "    f", "\n", "\u2028", "\u0301", "e\u0301", "\u212b"),
    *(
        "\u0627\u0644\u062d\u0645\u0649",
        "\u05d7\u05d5\u05dd\u200f",
        "\u6f22\u5b57",
        "\u00bd",
        "\u00b5mol",
        "\u2265 5",
        "100 \u00b0F",
    ),
    *(
        "=\u0338",
        "\u1100",
        "\u1161",
        "\U0001f600",
        "\u200d",
        '"',
        "'",
        "\u201cg\u201d",
        "(h)",
        "(",
        ")",
    ),
)
"""Words that mean something in Markdown, TOML or a template, and characters that are easily lost."""

_LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
words = (
    st.lists(
        st.sampled_from(HARD)
        | st.text("ab 1.", min_size=1, max_size=4)
        | st.text(_LETTERS, max_size=3),
        min_size=1,
        max_size=4,
    )
    .map("".join)
    .filter(bool)
)
"""Any characters but those that no leaflet may hold."""

said = words.filter(str.strip)
names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
languages = st.sampled_from(("en", "es", "es-MX", "ar", "zh-Hans"))
hrefs = st.sampled_from(
    (
        *("https://a.example", "https://a.example/b_(c)_d", "http://e.example/f g?h=i&amp=j#k"),
        *("tel:+1-503-555-0142", "mailto:l@m.example", "https://n.example/\u00e9`*[o]|<p>\\q"),
    )
)


# ---- inline ------------------------------------------------------------------------------------


def _is_seen(content: Inlines) -> bool:
    return bool(plain(content).strip())


@st.composite
def parts(draw: st.DrawFn, depth: int, *, link: bool = True) -> Inlines:
    """Inline content with marks up to so many levels deep; no link stands in a link."""
    found: list[Inline] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from((Text, Text, Emphasis, Strong, Sub, Sup, Span, Link)))
        if kind is Text or not depth or (kind is Link and not link):
            found.append(Text(draw(words)))
        elif kind is Link:
            found.append(Link(draw(hrefs), draw(parts(depth - 1, link=False).filter(_is_seen))))
        elif kind is Span:
            found.append(Span(draw(languages), draw(parts(depth - 1, link=link))))
        else:
            inner = parts(depth - 1, link=link)
            found.append(kind(draw(inner if kind in (Sub, Sup) else inner.filter(_is_seen))))
    return merged(found)


inlines = parts(3).filter(_is_seen)
"""What stands in a block."""

_short = parts(1).filter(_is_seen)


# ---- blocks ------------------------------------------------------------------------------------


@st.composite
def items(draw: st.DrawFn, depth: int, least: int = 1) -> Item:
    """The blocks of an item, a box or a cell."""
    if not depth or draw(st.booleans()):
        return (Paragraph(draw(_short)),) if least or draw(st.booleans()) else ()
    return tuple(draw(st.lists(block(depth - 1), min_size=least, max_size=3)))


@st.composite
def tables(draw: st.DrawFn, depth: int) -> Table:
    """Tables whose rows have one width."""
    width = draw(st.integers(1, 3))
    deep = depth if draw(st.booleans()) else 0
    cell = st.builds(Cell, items(deep, 0), header=st.booleans())
    row = st.lists(cell, min_size=width, max_size=width).map(tuple)
    head = draw(st.lists(row, max_size=2))
    rows = draw(st.lists(row, min_size=0 if head else 1, max_size=2))
    return table_of(head, rows)


@st.composite
def callouts(draw: st.DrawFn, depth: int) -> Callout:
    """Boxes with a title, text, or both."""
    title = draw(st.just(()) | _short)
    kind = draw(st.sampled_from(("note", "action", "emergency")))
    return Callout(kind, title, draw(items(depth, 0 if title else 1)))


@st.composite
def block(draw: st.DrawFn, depth: int) -> Block:  # noqa: C901 (a branch a kind)
    """Blocks of articles, with blocks in them up to so many levels deep."""
    several = st.lists(items(depth), min_size=1, max_size=3).map(tuple)
    start = st.integers(0, 999)
    match draw(st.integers(0, 8)):
        case 0:
            return Heading(3, draw(_short))
        case 1:
            return BulletList(draw(several))
        case 2:
            return NumberedList(draw(several), draw(start))
        case 3:
            return Steps(draw(several), draw(start))
        case 4:
            return Checklist(draw(several))
        case 5:
            row = st.tuples(_short, items(depth, 0))
            return Terms(tuple(draw(st.lists(row, min_size=1, max_size=2))))
        case 6:
            return draw(tables(depth))
        case 7:
            return draw(callouts(depth))
    return Paragraph(draw(_short))


blocks = block(3)
"""Blocks of articles."""


# ---- articles ----------------------------------------------------------------------------------

_dates = st.none() | st.dates()
_maybe = st.just("") | said
_back = ("references", "alternative_names")

sections = st.builds(
    Section,
    title=said | st.sampled_from(("Risks", "Causes", "References")),
    role=st.just("") | names.filter(lambda name: name not in _back),
    level=st.sampled_from((2, 2, 3)),
    blocks=st.lists(block(1), max_size=2).map(tuple),
)

articles = st.builds(
    Article,
    id=st.from_regex(ID, fullmatch=True),
    kind=st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True),
    title=said,
    language=languages,
    summary=st.lists(block(1), max_size=2).map(tuple),
    sections=st.lists(sections, max_size=2).map(tuple),
    alternative_names=st.lists(said, max_size=3).map(tuple),
    references=st.lists(inlines, max_size=3).map(tuple),
    glance=st.lists(
        st.builds(Fact, label=said, words=said), max_size=3, unique_by=lambda fact: fact.label
    ).map(tuple),
    review=st.builds(Review, date=_dates, by=_maybe, next_due=_dates),
    approval=st.builds(Approval, by=_maybe, date=_dates, next_review=_dates),
    source=st.builds(
        Source, name=_maybe, url=st.sampled_from(("", "https://a.example/b?c=d")), article=_maybe
    ),
    rights=st.builds(
        Rights,
        holder=_maybe,
        status=st.sampled_from(("own", "public-domain", "licensed", "ogl", "cc-by", "unknown")),
        notices=st.lists(said, max_size=2).map(tuple),
        may_edit=st.booleans(),
    ),
    codes=st.lists(st.builds(Code, system=said, code=said), max_size=2).map(tuple),
    version=_maybe,
    number=_maybe,
    qr_url=st.sampled_from(("", "https://a.example/q")),
    blanks=st.lists(names, max_size=2, unique=True).map(tuple),
)
"""Whole articles."""
