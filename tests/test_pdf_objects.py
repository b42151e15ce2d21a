import ast
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfdoc

import handouts
from handouts.pdf import objects

PACKAGE = Path(handouts.__file__).parent
READ_AND_CALLED = (
    "Catalog",
    "Pages",
    "Reference",
    "addPage",
    "idToObject",
    "idToObjectNumberAndVersion",
    "numberToId",
    "objectcounter",
)
"""What `FileDocument` uses of ReportLab's document, documented or not."""


@pytest.mark.parametrize("name", READ_AND_CALLED)
def test_reportlabs_document_has_what_we_use_of_it(name: str) -> None:
    assert hasattr(pdfdoc.PDFDocument(), name)


def test_the_list_of_names_is_complete() -> None:
    source = ast.parse(Path(objects.__file__).read_text())
    (ours,) = [
        node
        for node in ast.walk(source)
        if isinstance(node, ast.ClassDef) and node.name == "FileDocument"
    ]
    used = {
        node.attr
        for node in ast.walk(ours)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    own = {node.name for node in ours.body if isinstance(node, ast.FunctionDef)} | {
        "resources",
        "_pages",
        "_ready",
        "fonts",
        "images",
    }
    assert used - own == set(READ_AND_CALLED)


def test_reportlabs_module_has_the_classes_that_we_use() -> None:
    source = ast.parse(Path(objects.__file__).read_text())
    names = {
        node.attr
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "pdfdoc"
    }
    assert len(names) > 5
    assert [name for name in names if not hasattr(pdfdoc, name)] == []


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        (pdfdoc.PDFCatalog, ("MarkInfo", "Metadata", "Outlines", "StructTreeRoot")),
        (pdfdoc.PDFCatalog, ("ViewerPreferences",)),
    ],
)
def test_reportlab_still_writes_the_entries_that_we_set(
    kind: type, entries: tuple[str, ...]
) -> None:
    assert set(entries) <= set(kind.__NoDefault__)


def test_ready_objects_and_reportlabs_own_share_their_numbers() -> None:
    document = objects.FileDocument("en")
    first = document.add(b"<</A 1>>")
    page = document.begin_page()
    document.complete_page(page, size=(9, 9), content=b"%d 0 R" % first, annotations=b"", key=0)
    last = document.reserve()
    document.fill(last, b"<</B 2>>")
    bodies = document.bodies()
    assert bodies[first - 1] == b"<</A 1>>"
    assert b"/Contents[%d 0 R]" % first in bodies[page - 1]
    assert b"/Parent %d 0 R" % document.number(document.Pages) in bodies[page - 1]
    assert bodies[last - 1] == b"<</B 2>>"


def test_no_other_module_knows_reportlab() -> None:
    users = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "import reportlab" in path.read_text() or "from reportlab" in path.read_text()
    ]
    assert users == ["pdf/objects.py"]
