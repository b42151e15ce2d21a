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
        for part, name in ((ours, "self"), (source, "document"))
        for node in ast.walk(part)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }
    own = {node.name for node in ours.body if isinstance(node, ast.FunctionDef)} | {
        "resources",
        "_language",
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
    assert len(names) > 4
    assert [name for name in names if not hasattr(pdfdoc, name)] == []


@pytest.mark.parametrize("outline", [None, 9])
def test_the_catalog_says_what_it_is_told(outline: int | None) -> None:
    document = objects.FileDocument("es-MX")
    number = document.number(document.Catalog)
    document.complete_catalog(
        structure=7, metadata=8, outline=outline, intents=b"[<</S/X>>]", viewing=b"<</Y 1>>"
    )
    catalog = dict(document.bodies())[number]
    pages = document.number(document.Pages)
    assert catalog.startswith(b"<</Type/Catalog/Pages %d 0 R/Lang(es-MX)" % pages)
    assert b"/StructTreeRoot 7 0 R/Metadata 8 0 R" in catalog
    assert (b"/Outlines 9 0 R" in catalog) == (outline is not None)
    assert catalog.endswith(b"/OutputIntents[<</S/X>>]/ViewerPreferences<</Y 1>>>>")


def test_ready_objects_and_reportlabs_own_share_their_numbers() -> None:
    document = objects.FileDocument("en")
    first = document.add(b"<</A 1>>")
    page = document.begin_page()
    document.complete_page(page, size=(9, 9), content=b"%d 0 R" % first, annotations=b"", key=0)
    last = document.reserve()
    document.fill(last, b"<</B 2>>")
    kept = document.reserve()
    bodies = dict(document.bodies())
    assert bodies[first] == b"<</A 1>>"
    assert b"/Contents[%d 0 R]" % first in bodies[page]
    assert b"/Parent %d 0 R" % document.number(document.Pages) in bodies[page]
    assert bodies[last] == b"<</B 2>>"
    assert kept not in bodies
    assert [*bodies] == sorted(bodies)


def test_no_other_module_knows_reportlab() -> None:
    users = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "import reportlab" in path.read_text() or "from reportlab" in path.read_text()
    ]
    assert users == ["pdf/objects.py"]
