"""The rules of docs/architecture.md that a machine can hold."""

import ast
import re
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from leaflets import ROOT, SEED

from handouts.sources import read_source

PACKAGE = ROOT / "handouts"
FONTS = sorted((ROOT / "fonts").glob("*.ttf"))
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50

MAY_IMPORT = {
    # the ground that everything stands on
    "values": "",
    "errors": "values",
    "units": "values",
    "characters": "",
    "language_tag": "",
    "files": "errors",
    "stopping": "errors",
    "toml": "errors files values",
    "records": "toml values",
    # typesetting's nouns: no medicine, no PDF
    "document": "values",
    "structure": "values",
    "marks": "structure values",
    "icons": "",
    "markup": "document errors language_tag values",
    "theme": "errors records toml values",
    # medicine: no typesetting, no PDF
    "article": "document values",
    "clinic": "article characters errors files language_tag records toml values",
    "colour": "errors values",
    "strings": "errors records toml values",
    "rights": "article clinic errors values",
    "review": "article clinic errors",
    "blanks": "article document errors records values",
    "blank_words": "errors files toml",
    "fill": "article blanks characters document errors values",
    "sources": (
        "article blanks characters document errors files language_tag records rights strings toml"
        " values"
    ),
    "articlefile": "article document errors sources strings",
    "article_json": "article document errors values",
    "update": "article document strings values",
    "library": "article errors files records sources toml values",
    "importing": "article articlefile errors files library sources update values",
    "import_report": "article article_json importing rights sources",
    # Jinja2
    "template": "document errors files markup remembered values",
    # typesetting
    "images": "errors files marks",
    "text": "characters errors marks units values",
    "layout": "document errors icons marks remembered structure text theme units values",
    # PDF: no document, no layout
    "pdf": "errors marks remembered structure units values",
    # where they meet
    "advice": "article document values",
    "arrange": "document values",
    "fidelity": "article document values",
    "abridge": "advice article document",
    "plain_text": "document",
    "template_values": (
        "abridge advice arrange article clinic document remembered strings theme units values"
    ),
    "compose": (
        "advice article clinic document errors fidelity icons markup remembered strings template"
        " template_values theme values"
    ),
    # reads finished files: knows the PDF's palette and claims, the leaflet's words, the contrast
    "verify": "colour errors files marks pdf strings units values",
    "swatches": "clinic colour values",
    "logos": "clinic images marks remembered theme units values",
    "typefaces": "clinic errors files text theme units",
    "brand": "clinic logos swatches theme typefaces values",
    # what many leaflets share
    "remembered": "",
    "drafts": "article clinic compose remembered strings template template_values theme",
    "plates": "compose document layout marks pdf remembered structure values",
    "render": (
        "clinic compose layout logos marks pdf plain_text plates swatches theme typefaces units values"
    ),
    "proof": (
        "article clinic compose errors fidelity files icons logos render strings swatches template text"
        " theme typefaces units values"
    ),
    "redact": "article blanks document errors fidelity fill records text values",
    "hollow": "article document template_values values",
    "length": "remembered theme values",
    "misfit": "article clinic errors files layout rights toml values",
    "fitting": (
        "article clinic compose drafts errors files kept layout length misfit plates records render strings"
        " template template_values text theme typefaces units values"
    ),
    "make": (
        "article clinic compose errors files fill fitting hollow kept library redact remembered render"
        " review rights sources strings template template_values theme typefaces values"
    ),
    "leaflet_report": "article_json make",
    # discharge packets
    "bundles": "article errors files records toml values",
    "coded": "errors library toml",
    "packet": (
        "article_json bundles clinic coded compose document errors fidelity files icons leaflet_report"
        " library logos make markup render strings template text theme typefaces units values"
    ),
    "kept": "clinic errors remembered sources values",
    # many leaflets
    "batch": (
        "article article_json clinic errors files kept library make remembered review rights strings"
        " stopping swatches theme values"
    ),
    # on top
    "starter": "article errors files",
    "gallery": "errors files library make theme values",
    "listing": "clinic errors library sources theme values",
    "cli": (
        "article_json batch blank_words brand errors files import_report gallery importing leaflet_report"
        " library listing make packet proof starter stopping verify"
    ),
    "__main__": "cli",
}
"""Package or module -> what of ours it may import; a new one needs a row, and a reason for it."""

LIBRARIES = {
    "PIL": ("pillow", ("images.py",)),
    "click": ("click", ("cli/",)),
    "deflate": ("deflate", ("pdf/syntax.py",)),
    "tomli": ("tomli", ("toml.py", "library.py")),
    "distributed": ("", ("batch/cluster.py",)),  # the extra handouts[dask]
    "jinja2": ("jinja2", ("template/",)),
    "lxml": ("lxml", ("sources/",)),
    "mammoth": ("mammoth", ("sources/docx",)),
    "markdown_it": ("markdown-it-py", ("sources/markdown_parser.py",)),
    "markupsafe": ("", ("template/",)),  # a part of Jinja2
    "mdit_py_plugins": ("mdit-py-plugins", ("sources/markdown_parser.py",)),
    "pypdfium2": ("", ("gallery.py",)),  # the extra `gallery`
    "pikepdf": ("pikepdf", ("packet/",)),
    "pypdf": (
        "pypdf",
        ("pdf/readback.py", "verify/file.py", "packet/second_reader.py", "packet/worker.py"),
    ),
    "reportlab": ("reportlab", ("pdf/",)),
    "uharfbuzz": ("uharfbuzz", ("text/",)),
    "yaml": ("pyyaml", ("sources/yaml_front_matter.py",)),
    "zxingcpp": ("zxing-cpp", ("layout/figures.py",)),
}
"""A library -> its name in pyproject.toml, and the only places in the package that import it."""


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    """Yield every module that a module imports, anywhere in it."""
    for node in ast.walk(_tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield from (f"{module}.{alias.name}" for alias in names)


def _units() -> set[str]:
    return {_name(path).partition("/")[0].removesuffix(".py") for path in _modules()} - {"__init__"}


# ---- imports ---------------------------------------------------------------------------------------


def test_every_package_has_a_row_and_every_row_a_package() -> None:
    assert _units() == set(MAY_IMPORT)


@pytest.mark.parametrize("unit", MAY_IMPORT)
def test_a_package_imports_only_what_its_row_allows(unit: str) -> None:
    files = [path for path in _modules() if _name(path).partition("/")[0] in (unit, f"{unit}.py")]
    used = {
        name.split(".")[1]
        for path in files
        for name in _imports(path)
        if name.startswith("handouts.")
    }
    assert used & _units() - {unit} <= set(MAY_IMPORT[unit].split())


def test_no_two_packages_import_each_other() -> None:
    below = {unit: set(row.split()) for unit, row in MAY_IMPORT.items()}
    free: set[str] = set()
    while ready := {unit for unit, row in below.items() if unit not in free and row <= free}:
        free |= ready
    assert free == set(below)


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    found = {name.partition(".")[0] for name in _imports(path)}
    for library in found - set(sys.stdlib_module_names) - {"handouts"}:
        _, places = LIBRARIES[library]
        assert _name(path).startswith(places), f"{library} is not for {_name(path)}"


def test_what_is_imported_is_what_is_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    assert required == {name for name, _ in LIBRARIES.values() if name}


# ---- sizes and words -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def _public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield public functions and classes, and the public methods of these."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name.startswith("_"):
                continue
            case ast.FunctionDef(decorator_list=[ast.Name(id="overload"), *_]):
                continue
            case ast.FunctionDef():
                yield node
            case ast.ClassDef(body=inner):
                yield node
                yield from _public(inner)


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = _tree(path)
    assert ast.get_docstring(tree)
    assert [node.name for node in _public(tree.body) if not ast.get_docstring(node)] == []


# ---- what is in the repository ---------------------------------------------------------------------


def _files() -> list[Path]:
    """Every file that is, or would be, committed; all files where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return [path for path in ROOT.rglob("*") if path.is_file()]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _files():
        if path.suffix not in (".ttf", ".png", ".pdf"):
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    machine = re.compile(r"(?<![\w./-])/(?:work|tmp/w|home/\w|root|Users|mnt)/")
    assert [str(path) for path, text in _texts() if machine.search(text)] == []


@cache
def _stretches(text: str) -> frozenset[str]:
    """Every ten words in a row."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[at : at + 10]) for at in range(len(words) - 9))


def test_no_file_holds_a_stretch_of_the_seed_article() -> None:
    if not SEED.is_file():
        pytest.skip("the seed article is not beside the repository")
    article = read_source(SEED).article
    whole = "\n".join([*(text for _, text in article.body()), *article.rights.notices])
    assert len(_stretches(whole)) > 400
    assert [str(path) for path, text in _texts() if _stretches(text) & _stretches(whole)] == []


# ---- fonts and pictures ----------------------------------------------------------------------------


def _sfnt(path: Path) -> dict[str, bytes]:
    """The tables of a font file by their tags."""
    content = path.read_bytes()
    (count,) = struct.unpack_from(">H", content, 4)
    rows = [struct.unpack_from(">4sLLL", content, 12 + 16 * row) for row in range(count)]
    return {tag.decode(): content[start : start + length] for tag, _, start, length in rows}


def test_there_are_fonts() -> None:
    assert len(FONTS) >= 6


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.name)
def test_a_font_is_a_static_truetype_font_that_may_be_embedded(path: Path) -> None:
    tables = _sfnt(path)
    assert "glyf" in tables
    assert not {"fvar", "CFF ", "CFF2"} & set(tables)
    (permissions,) = struct.unpack_from(">H", tables["OS/2"], 8)
    assert permissions == 0


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.name)
def test_a_font_has_its_licence_beside_it(path: Path) -> None:
    licence = path.with_name(f"{path.stem.partition('-')[0]}-OFL.txt")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_fonts_holds_nothing_but_fonts_and_licences() -> None:
    assert {path.suffix for path in (ROOT / "fonts").iterdir()} == {".ttf", ".txt"}


def test_the_icons_have_their_licence_beside_them() -> None:
    licence = PACKAGE / "LUCIDE-LICENSE.txt"
    assert "ISC License" in licence.read_text(encoding="utf-8")


def test_every_licence_goes_into_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shipped = {path for pattern in project["license-files"] for path in ROOT.glob(pattern)}
    assert {path for path in _files() if re.search(r"LICENSE|OFL", path.name)} <= shipped
