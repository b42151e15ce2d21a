import re
from collections.abc import Callable
from pathlib import Path

import pytest
import synthetic

from handouts.errors import ConformanceError
from handouts.marks import Bookmark, FigurePathMark, Page
from handouts.pdf.conformance import CLAIMS, check, violations
from handouts.structure import StructureElement
from handouts.values import replace

SCOPE = (("Table", "Scope", "/Column"),)


def _root() -> StructureElement:
    root = StructureElement("Document")
    root.add("H1")
    return root


def _tree(build: Callable[[StructureElement], object]) -> tuple[str, ...]:
    root = _root()
    build(root)
    return violations([], root, synthetic.METADATA)


def _table(root: StructureElement, *counts: int) -> StructureElement:
    table = root.add("Table")
    for count in counts:
        row = table.add("TR")
        for _ in range(count):
            row.add("TD")
    return table


def test_what_conforms_has_no_violations() -> None:
    assert violations(*synthetic.leaflet(), synthetic.METADATA) == ()


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (lambda root: root.add("Figure"), "Document > Figure[1]: has no alternative text"),
        (lambda root: root.add("Figure", alt=" "), "Document > Figure[1]: has no alternative text"),
        (lambda root: root.add("H3"), "Document > H3[1]: comes after H1"),
        (lambda root: root.add("P", language="in English"), "'in English' is no language tag"),
        (lambda root: root.add("Figure", alt="a\0b"), "its text holds a control character"),
        (lambda root: root.add("Note"), "Document > Note[1]: is no type that we write"),
        (lambda root: root.add("H7"), "Document > H7[1]: is no type that we write"),
        (lambda root: root.add("Document"), "stands inside another element"),
        (lambda root: root.add("L").add("P"), "Document > L[1] > P[1]: does not belong in a L"),
        (lambda root: root.add("L").add("LI").add("P"), "P[1]: does not belong in a LI"),
        (lambda root: root.add("LI"), "Document > LI[1]: stands outside a list"),
        (lambda root: root.add("Table").add("TD"), "TD[1]: does not belong in a Table"),
        (lambda root: _table(root, 2, 3, 2), "Table[1]: has rows of 2 and 3 cells"),
        (lambda root: _table(root, 1).kids[0].add("P"), "TR[1] > P[1]: does not belong in a TR"),
        (lambda root: _table(root, 0).kids[0].add("TH"), "TR[1] > TH[1]: has no Scope"),
        (lambda root: root.add("P").add("Link"), "Document > P[1] > Link[1]: has no target"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(
    build: Callable[[StructureElement], object], expected: str
) -> None:
    assert any(expected in violation for violation in _tree(build)), _tree(build)


def test_a_head_with_a_scope_and_equal_rows_are_right() -> None:
    def build(root: StructureElement) -> None:
        row = _table(root, 0).kids[0]
        row.add("TH", attributes=SCOPE)

    assert _tree(build) == ()


def test_the_place_counts_elements_of_the_same_type() -> None:
    def build(root: StructureElement) -> None:
        for _ in range(2):
            root.add("P")
            root.add("Sect").add("Figure")

    assert [violation.split(":")[0] for violation in _tree(build)] == [
        "Document > Sect[1] > Figure[1]",
        "Document > Sect[2] > Figure[1]",
    ]


def test_a_document_needs_a_title_heading() -> None:
    root = StructureElement("Document")
    assert violations([], root, synthetic.METADATA) == ("Document: has no H1 (ISO 14289-1, 7.4)",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": " "}, "the title is empty"),
        ({"language": ""}, "'' is no language tag"),
        ({"author": "a\x07"}, "the author holds a control character"),
        ({"created": synthetic.METADATA.created.replace(tzinfo=None)}, "no time zone"),
    ],
)
def test_metadata_is_checked(change: dict[str, object], expected: str) -> None:
    (violation,) = violations([], _root(), replace(synthetic.METADATA, **change))
    assert expected in violation


# ---- marks ---------------------------------------------------------------------------------------


def _link(href: str, words: str, tag: str = "Link") -> tuple[list[Page], StructureElement]:
    root = _root()
    mark = synthetic.text(600, [[(0, words)]], [root.add("P").add(tag)], hrefs=[href])
    return [synthetic.page(mark)], root


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (_link("javascript:alert(1)", "Call"), "must start with https:, http:, tel:, mailto:"),
        (_link("riverbend.example", "Call"), "page 1: link to riverbend.example must start"),
        (_link("tel:1", "  "), "page 1: link to tel:1 has no words"),
        (_link("tel:1", "Call", tag="Em"), "page 1: link to tel:1 is in no Link element"),
    ],
)
def test_a_link_needs_words_a_known_scheme_and_its_element(
    page: tuple[list[Page], StructureElement], expected: str
) -> None:
    (violation,) = violations(*page, synthetic.METADATA)
    assert expected in violation


def test_as_many_elements_as_runs() -> None:
    root = _root()
    mark = synthetic.words(600, "A rather long paragraph about blood", root.add("P"))
    pages = [synthetic.page(), synthetic.page(replace(mark, elements=()))]
    (violation,) = violations(pages, root, synthetic.METADATA)
    assert violation.startswith("page 2: 'A rather long paragraph about ...' has 1 runs")


def test_everything_drawn_and_bookmarked_is_in_the_tree() -> None:
    root, stray = _root(), StructureElement("Figure", alt="A stray")
    picture = FigurePathMark(
        x=0, y=0, width=1, height=1, path="0 0 1 1 re", fill="text", element=stray
    )
    marks = (synthetic.words(600, "Lost", StructureElement("P")), picture)
    page = synthetic.page(*marks, bookmarks=[Bookmark(1, "Gone", stray, 0)])
    assert [
        violation.split(" (")[0] for violation in violations([page], root, synthetic.METADATA)
    ] == [
        "page 1: bookmark 'Gone' leads to no element",
        "page 1: 'Lost' is not in the structure tree",
        "page 1: a picture is not in the structure tree",
    ]


def test_a_picture_is_a_figure() -> None:
    root = _root()
    picture = FigurePathMark(
        x=0, y=0, width=1, height=1, path="0 0 1 1 re", fill="text", element=root.add("P")
    )
    (violation,) = violations([synthetic.page(picture)], root, synthetic.METADATA)
    assert "tagged P, not Figure" in violation


def test_all_violations_come_at_once() -> None:
    root = _root()
    root.add("Figure")
    root.add("H4")
    with pytest.raises(ConformanceError) as caught:
        check([], root, replace(synthetic.METADATA, title=""), CLAIMS["ua1"])
    message = str(caught.value)
    assert message.startswith("the leaflet would not be PDF/UA-1 + PDF/A-2a:\n  - ")
    assert message.count("\n  - ") == 3
    assert caught.value.exit_code == 8


# ---- the ledger ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pdf-ua-1", "pdf-a-2a"])
def test_the_ledger_names_tests_that_exist(name: str) -> None:
    here = Path(__file__).parent
    ledger = (here.parent / "docs" / "conformance" / f"{name}.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", ledger))
    sources = "".join([path.read_text(encoding="utf-8") for path in here.glob("test_*.py")])
    assert len(named) > 10
    assert named <= set(re.findall(r"def (test_\w+)", sources))
