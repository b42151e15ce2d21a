"""Laws of every page, whatever a document holds; documents are generated."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

import blocks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Seen, document, elements, laid_out, pages_of, pdf_of, seen, setter

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Paragraph,
    Section,
    paragraph,
    text,
    texts,
)
from handouts.layout.pages import Layout
from handouts.pdf.readback import Node, tree
from handouts.structure import StructureElement

LEAFLETS = blocks.leaflets()
few = settings(max_examples=20)


# ---- the words ---------------------------------------------------------------------------------------


def _words(said: str) -> list[str]:
    return re.findall(r"\w+", said)


def _written(*some: Block, notes: Blocks = ()) -> list[str]:
    """The words of a document, in order."""
    return [word for said in texts((*document(*some).blocks, *notes)) for word in _words(said)]


def _read(node: Node) -> Iterator[str]:
    """The words of a tagged file, in the order of its tags; labels that count or tick are none."""
    if node.properties.get("ListNumbering", "Description") != "Description":
        kids = [kid for item in node.kids for kid in item.kids if kid.tag != "Lbl"]
    else:
        kids = node.kids
    said = ""
    for kid in kids:
        if isinstance(kid, str):
            said += kid
        elif kid.tag in ("Strong", "Em", "Link"):
            said += _plain(kid)
        else:
            yield from _read(kid)
    yield from _words(said)


def _plain(node: Node) -> str:
    return "".join([kid if isinstance(kid, str) else _plain(kid) for kid in node.kids])


@few
@given(LEAFLETS)
def test_the_tags_of_the_file_read_every_word_once_and_in_the_documents_order(some: Blocks) -> None:
    assert list(_read(tree(pdf_of(laid_out(*some))))) == _written(*some)


LONG = {
    "a list of 400 items": BulletList(
        tuple([(paragraph(f"item {n} of the list" + " and more" * (n % 9)),) for n in range(400)])
    ),
    "a paragraph of three pages": paragraph(
        " ".join([f"This is sentence {n} of a story." for n in range(250)])
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_what_takes_many_pages_loses_and_doubles_no_word(name: str) -> None:
    section = Section(Heading(2, text("Head")), (LONG[name],))
    layout = laid_out(section)
    read = list(_read(tree(pdf_of(layout))))
    assert len(layout.pages) > 3
    assert Counter(read) == Counter(_written(section))
    assert read == _written(section)


@pytest.mark.parametrize("name", LONG)
def test_what_takes_many_pages_is_one_element(name: str) -> None:
    root = laid_out(LONG[name]).root
    assert len(list(elements(root, "L"))) + len(list(elements(root, "P"))) in (1, 401)


# ---- the places --------------------------------------------------------------------------------------


def _content(layout: Layout) -> list[Seen]:
    return [line for line in seen(layout) if line.elements]


@given(LEAFLETS)
def test_all_text_stands_between_the_margins(some: Blocks) -> None:
    page, full = setter().theme.page, setter().full
    for line in _content(laid_out(*some)):
        assert full.left - 0.01 <= line.x
        assert line.x + line.width <= full.left + full.width + 0.01
        assert page.bottom <= line.y <= setter().paper.height - page.top


@given(LEAFLETS)
def test_no_line_stands_on_another(some: Blocks) -> None:
    lines = sorted(seen(laid_out(*some)), key=lambda line: (line.page, -line.y))
    for number, above in enumerate(lines):
        for below in lines[number + 1 :]:
            if below.page != above.page or above.y - below.y > 0.9 * max(below.size, above.size):
                break
            assert above.x + above.width <= below.x or below.x + below.width <= above.x


# ---- the breaks --------------------------------------------------------------------------------------


def _pages(layout: Layout, *tags: str) -> list[list[int]]:
    """For each element of these types, the page of each of its lines."""
    lines = seen(layout)
    return [pages_of(element, lines) for element in elements(layout.root, *tags)]


def _parts(pages: list[int]) -> list[int]:
    """How many lines stand on each page."""
    return [len(list(group)) for _, group in groupby(pages)]


def _decimal(element: StructureElement) -> bool:
    return ("List", "ListNumbering", "/Decimal") in element.attributes


@given(blocks.callouts())
def test_a_box_never_splits(some: Blocks) -> None:
    framed = [one for one in some if one.kind != "note"]
    assert all(len(set(pages)) == 1 for pages in _pages(laid_out(*framed), "Aside"))


@given(LEAFLETS)
def test_a_step_and_a_row_of_a_table_never_split(some: Blocks) -> None:
    layout = laid_out(*some)
    lines = seen(layout)
    steps = [
        item
        for shape in elements(layout.root, "L")
        if _decimal(shape)
        for item in elements(shape, "LI")
    ]
    for element in (*steps, *elements(layout.root, "TR")):
        assert len(set(pages_of(element, lines))) == 1


@given(LEAFLETS)
def test_fewer_than_two_lines_of_a_paragraph_are_never_left_alone(some: Blocks) -> None:
    for pages in _pages(laid_out(*some), "P"):
        parts = _parts(pages)
        assert len(parts) == 1 or min(parts) >= 2


@given(LEAFLETS)
def test_no_page_has_only_the_first_or_the_last_item_of_a_list(some: Blocks) -> None:
    layout = laid_out(*some)
    lines = seen(layout)
    for shape in elements(layout.root, "L", "Table"):
        items = [pages_of(kid, lines) for kid in shape.kids]
        if len(items) > 1:
            assert items[0][-1] == items[1][0]
            assert items[-2][-1] == items[-1][0]


@given(LEAFLETS)
def test_a_head_keeps_with_lines_of_its_text(some: Blocks) -> None:
    layout = laid_out(*some)
    lines = _content(layout)
    order = {element: n for n, element in enumerate(_walk(layout.root))}
    lines.sort(key=lambda line: min(order[element] for element in line.elements))
    heads = set(elements(layout.root, "H1", "H2", "H3"))
    for number, line in enumerate(lines):
        if line.elements[0] not in heads:
            continue
        below = [one for one in lines[number + 1 :] if one.elements[0] is not line.elements[0]]
        wanted = 3 if line.elements[0].tag == "H2" else 2
        for one in below[:wanted]:
            if one.elements[0].tag in ("H1", "H2"):
                break
            assert one.page == line.page


def _walk(element: StructureElement) -> Iterator[StructureElement]:
    yield element
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            yield from _walk(kid)


@few
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_a_heads_last_word_on_a_page_is_never_its_own(lengths: list[int]) -> None:
    """Full-width heads, such as a template may write, each before a section."""
    some: list[Block] = []
    for number, length in enumerate(lengths):
        some.append(Heading(2, text(f"Part {number}")))
        some.append(Section(None, (Paragraph(text("word " * 14 * length)),)))
    lines = _content(laid_out(*some))
    for above, below in pairwise(lines):
        if above.elements[0].tag == "H2":
            assert above.page == below.page
