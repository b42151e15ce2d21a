"""The foot of every page, and when a page for notes is added."""

import pytest
from layouts import FOOTER, document, laid_out, seen, setter

from handouts.document import BulletList, Footer, Heading, Section, paragraph, text
from handouts.layout.pages import Layout, NotesPolicy, lay_out
from handouts.values import replace

LONG = BulletList(tuple([(paragraph(f"Item {number}"),) for number in range(120)]))
TITLE = " ".join(["How to look after yourself in the weeks after an operation on your back"] * 2)


def _foots(footer: Footer) -> tuple[list[str], list[str]]:
    """The words at the foot of the first page, and what was warned of."""
    used = setter()
    layout = lay_out(document(paragraph("Text."), footer=footer), used, "never")
    return [line.words for line in seen(layout) if not line.elements], used.warnings


def test_each_page_has_title_identifiers_and_its_number_as_artifacts() -> None:
    layout = laid_out(LONG)
    total = len(layout.pages)
    assert total > 2
    for number in range(1, total + 1):
        lines = [line for line in seen(layout) if line.page == number and not line.elements]
        words = [line.words.replace("\u00a0", " ") for line in lines]
        assert words == ["Sample", FOOTER.about, f"Page {number} of {total}"]


def test_the_page_number_ends_at_the_right_edge() -> None:
    (line,) = [line for line in seen(laid_out(paragraph("Text."))) if "Page" in line.words]
    assert line.x + line.width == pytest.approx(setter().full.left + setter().full.width)


def test_a_long_title_is_cut_at_a_word_and_the_identifiers_move_below_it() -> None:
    (title, about, _), warnings = _foots(replace(FOOTER, title=TITLE))
    assert title.endswith(" …")
    assert TITLE.startswith(title.removesuffix(" …") + " ")
    assert about == FOOTER.about
    assert warnings == []


def test_identifiers_that_no_line_holds_are_cut_with_a_warning() -> None:
    (_, about, _), warnings = _foots(replace(FOOTER, about="Leaflet " + "long-number " * 20))
    assert about.startswith("Leaflet long-number")
    assert about.endswith(" …")
    assert warnings == ["the footer is cut: give the article a shorter number"]


@pytest.mark.parametrize(
    "footer",
    [
        Footer(title="", about="", page=""),
        Footer(title="", about="Leaflet", page="{pages}"),
        Footer(title="{x} {", about="{page.__class__}", page="{x} {page.real} {"),
        Footer(title="W" * 300, about="W" * 300, page="Page {page}"),
    ],
)
def test_whatever_a_template_writes_into_the_footer_is_set_as_it_is(footer: Footer) -> None:
    words = "".join(_foots(footer)[0])
    for mark in ("{x}", "{page.__class__}", "{page.real}"):
        assert (mark in words) == (mark in footer.title + footer.about + footer.page)


# ---- notes -------------------------------------------------------------------------------------------

NOTES = (Heading(2, text("Your notes")),)


def _made(pages: int, policy: NotesPolicy) -> Layout:
    filler = {1: paragraph("Text."), 2: replace(LONG, items=LONG.items[:40])}[pages]
    plain = lay_out(document(Section(None, (filler,))), setter(), "never")
    assert len(plain.pages) == pages
    return lay_out(document(Section(None, (filler,)), notes=NOTES), setter(), policy)


@pytest.mark.parametrize(
    ("policy", "pages", "total"),
    [
        ("odd", 1, 2),
        ("odd", 2, 2),
        ("always", 1, 2),
        ("always", 2, 3),
        ("never", 1, 1),
        ("never", 2, 2),
    ],
)
def test_a_page_for_notes_is_added_by_the_policy(
    policy: NotesPolicy, pages: int, total: int
) -> None:
    layout = _made(pages, policy)
    assert len(layout.pages) == total
    there = [line.page for line in seen(layout) if line.words == "Your notes"]
    assert there == ([total] if total > pages else [])


def test_without_notes_no_page_is_added() -> None:
    assert len(lay_out(document(paragraph("Text.")), setter(), "always").pages) == 1
