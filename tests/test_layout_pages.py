"""Laws of every page, whatever a document holds: documents are generated."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

import blocks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Seen, document, elements, laid_out, pdf_of, seen, setter

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Section,
    paragraph,
    text,
    texts,
)
from handouts.layout.pages import Layout
from handouts.pdf.readback import Node, tree

NUMBERS = st.integers(0, 2**32)
many = settings(max_examples=30)
few = settings(max_examples=15)


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
@given(NUMBERS)
def test_the_tags_of_the_file_read_every_word_once_and_in_the_documents_order(number: int) -> None:
    some = blocks.leaflet(number)
    assert list(_read(tree(pdf_of(laid_out(*blocks.leaflet(number)))))) == _written(*some)


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


@many
@given(NUMBERS)
def test_all_text_stands_between_the_margins(number: int) -> None:
    page, full = setter().theme.page, setter().full
    for line in _content(laid_out(*blocks.leaflet(number))):
        assert full.left - 0.01 <= line.x
        assert line.x + line.width <= full.left + full.width + 0.01
        assert page.bottom <= line.y <= setter().paper.height - page.top


@many
@given(NUMBERS)
def test_no_line_stands_on_another(number: int) -> None:
    lines = sorted(seen(laid_out(*blocks.leaflet(number))), key=lambda line: (line.page, -line.y))
    for place, above in enumerate(lines):
        for below in takewhile(lambda one, page=above.page: one.page == page, lines[place + 1 :]):
            if above.y - below.y < 0.9 * below.size:
                assert above.x + above.width <= below.x or below.x + below.width <= above.x
