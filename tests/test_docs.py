"""The documentation says what is true: its examples run, and it leaves nothing out.

A fenced block of a guide is told what it is by its first line: `toml`, `markdown` or `xml`, with
the name of a file (it is written, for the commands below it) or of what it is a part of; `console`
(commands and exactly what they say), `sh` (commands).

Files that no block can show are there beforehand: see `others`.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import packets
import pytest

from handouts import compose as composing
from handouts.article import Article
from handouts.bundles import Bundle
from handouts.cli import handouts as group
from handouts.clinic import Clinic, read_clinic
from handouts.compose import Leaflet
from handouts.errors import EXIT_CODES, SourceError
from handouts.fidelity import Fidelity
from handouts.icons import ICONS
from handouts.library import open_library
from handouts.markup import ELEMENTS, parse
from handouts.pdf.claims import CLAIMS
from handouts.records import record
from handouts.render import Output, render
from handouts.sources import read_source
from handouts.sources.front_matter import FrontMatter
from handouts.strings import load
from handouts.template_values import Run
from handouts.theme import load_theme
from handouts.toml import parse_toml
from handouts.units import PAPERS
from handouts.values import fields, is_value

ROOT = Path(__file__).parent.parent
FEATURES = ROOT / "tests" / "features"
DOCS = ROOT / "docs"
GUIDES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("benchmarks/*.md"))
    if path.name != "reference.md"
)
DAY = datetime(2026, 11, 30, tzinfo=UTC)
"""The day on which the examples are run."""

_WRONG = " (wrong)"
"""Behind the name of an article that shall be refused."""

_FENCE = re.compile(r"^```(\S*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def guide(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def named(paths: list[Path]) -> list:
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


# ---- the reference -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says(generate: ModuleType) -> None:
    assert guide("reference.md").split() == generate.reference().split(), (
        "docs/reference.md is stale: run `python docs/generate.py`"
    )


def test_every_command_and_option_is_in_the_reference(generate: ModuleType) -> None:
    text = guide("reference.md")
    paths = [context.command_path for context, _ in generate.commands()]
    assert [path for path in paths if path.count(" ") <= 1] == [
        "handouts",
        *[f"handouts {name}" for name in group.list_commands(None)],
    ]
    assert {"handouts clinic proof", "handouts new library"} <= set(paths)
    for context, command in generate.commands():
        assert f"### `{context.command_path}`" in text
        for parameter in command.get_params(context):
            for flag in parameter.opts if parameter.param_type_name == "option" else ():
                assert flag in text


def test_every_exit_code_and_set_of_claims_has_a_row_in_the_reference() -> None:
    text = guide("reference.md")
    for code, words in EXIT_CODES.items():
        assert f"| {code} | {words} |" in text
    for claims in CLAIMS.values():
        assert f"| `{claims.name}` | {claims.label} |" in text


def test_every_key_of_the_json_object_is_described() -> None:
    assert "not described" not in guide("reference.md")


# ---- the guides leave nothing out --------------------------------------------------------------


def test_every_element_of_the_markup_has_its_description() -> None:
    text = guide("templates.md")
    parts = {"leaflet", "notes", "footer", "li", "dt", "dd", "thead", "tbody", "tr", "th", "td"}
    for element in ELEMENTS | parts | {"column", "cell", "side"}:
        assert re.search(rf"`<{element}[ >/]", text), f"<{element}> is not described"


def test_every_icon_text_role_and_slot_is_in_the_guide_to_templates() -> None:
    text, theme = guide("templates.md"), load_theme("standard", "colour")
    missing = [name for name in (*ICONS, *theme.type, *theme.slots) if f"`{name}`" not in text]
    assert missing == []


def test_every_value_of_a_template_is_in_the_guide_to_templates() -> None:
    text, values = guide("templates.md"), template_values()
    functions = {name for name, value in values.items() if callable(value)}
    wanted = {
        *(rf"article\.{part.name}\b" for part in fields(Article)),
        *(rf"clinic\.{part.name}\b" for part in fields(Clinic)),
        *(rf"run\.{name}\b" for name in values["run"]),
        *(rf"\b{name}\(" for name in functions),
        *(f"`{name}`" for name in set(values) - functions - {"article", "clinic", "words", "run"}),
    }
    assert [name for name in sorted(wanted) if not re.search(name, text)] == []


def test_every_macro_of_the_parts_is_in_the_guide_to_templates() -> None:
    macros = re.findall(r"macro (\w+)\(", (ROOT / "templates" / "parts.xml").read_text("utf-8"))
    text = guide("templates.md")
    assert [name for name in macros if f"parts.{name}(" not in text] == []


@pytest.mark.parametrize("kind", [Clinic, FrontMatter, Bundle])
def test_every_key_that_people_write_is_in_the_guide_to_files(kind: type) -> None:
    text = guide("files.md")
    assert [key for key in keys(kind) if not re.search(rf"`\[*{key}[`.\]]", text)] == []


def test_every_module_has_its_place_in_the_architecture() -> None:
    text = guide("architecture.md")
    assert len(text.splitlines()) <= 150
    places = {
        path.name + "/" * path.is_dir()
        for path in (ROOT / "handouts").iterdir()
        if path.suffix in (".py", "") and not path.name.startswith("__")
    }
    assert [place for place in sorted(places) if f"`{place}`" not in text] == []


def keys(kind: type) -> Iterator[str]:
    """Yield the keys of a table, and of the tables in it."""
    for part in fields(kind):
        yield part.name
        for inner in (part.annotation, *getattr(part.annotation, "__args__", ())):
            if is_value(inner):
                yield from keys(inner)


class CaughtError(Exception):
    """Ends `compose` once its values are known."""


def template_values() -> dict:
    """What `compose` hands to a template."""
    caught: dict = {}

    class Templates:
        def choose(self, names: tuple[str, ...]) -> str:
            return names[0]

        def filled(self, _name: str, values: dict, *_more: object, **_named: object) -> None:
            caught.update(values)
            raise CaughtError

    library = open_library()
    with pytest.raises(CaughtError):
        composing.compose(
            read_source(library.article_path("bone-marrow-biopsy")).article,
            read_clinic(library.clinic_path("riverbend")),
            load("en"),
            load_theme("standard", "colour"),
            templates=Templates(),
            run=Run(edition="standard", order="reader", heads="reader", licence=None, black=False),
        )
    return caught


# ---- links, pictures, numbers ------------------------------------------------------------------


@pytest.mark.parametrize("path", named([*GUIDES, DOCS / "reference.md"]))
def test_links_lead_somewhere(path: Path) -> None:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("https:", "http:")):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [slug(head) for head in heads], target


def slug(head: str) -> str:
    """The anchor that a heading has in rendered Markdown."""
    return re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")


def test_the_picture_of_page_1_is_small_enough_for_a_first_screen() -> None:
    content = (DOCS / "pictures" / "bone-marrow-biopsy.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 150_000
    assert "docs/pictures/bone-marrow-biopsy.png" in (ROOT / "README.md").read_text("utf-8")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    text = guide("decisions/0001-dependencies.md")
    assert [one for one in wanted if f"`{re.split('[<>=]', one)[0]}`" not in text] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    listed = guide("decisions/README.md")
    names = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert [name for name in names if f"({name})" not in listed] == []


# ---- the examples ------------------------------------------------------------------------------

LEAFLET = (
    '<leaflet title="Example" lang="en"><h1>Example</h1>{}'
    '<footer title="Example" about="1" page="{{page}}"/></leaflet>'
)


@pytest.mark.parametrize("path", named(GUIDES))
def test_the_examples_of_a_guide_run(path: Path, tmp_path: Path) -> None:
    others(tmp_path)
    blocks = [block.groups() for block in _FENCE.finditer(path.read_text(encoding="utf-8"))]
    for kind, name, text in blocks:  # a guide may show an article below the command that reads it
        if kind == "markdown" and name:
            write(tmp_path / name.removesuffix(_WRONG), text)
    for kind, name, text in blocks:
        assert kind in RUNNERS, f"```{kind} is no kind of example"
        RUNNERS[kind](name, text, tmp_path)


def others(folder: Path) -> None:
    """Write what guides read: a Word document, pages of the web, packets with and without a lock."""
    word = FEATURES / "docx" / "leaflet"
    (folder / "letters").mkdir()
    with zipfile.ZipFile(folder / "letters" / "knee.docx", "w") as archive:
        for part in sorted(part for part in word.rglob("*") if part.is_file()):
            archive.write(part, part.relative_to(word))
    write(folder / "nhs" / "hiccups.json", (FEATURES / "nhs" / "page.json").read_text("utf-8"))
    topics = FEATURES / "health-topics" / "topics.xml"
    write(folder / "mplus_topics.xml", topics.read_text("utf-8"))
    (folder / "discharge.pdf").write_bytes(packets.tagged_packet(3))
    (folder / "signed.pdf").write_bytes(packets.signed_packet())
    write(folder / "reference.txt", "Patient/123")


def toml(name: str, text: str, folder: Path) -> None:
    """A clinic's file, a part of one, or a part of an article's front matter."""
    if name.endswith(".toml"):
        write(folder / name, text)
        if name.startswith("clinics/"):
            read_clinic(folder / name)
        else:
            parse_toml(text, name)
        return
    kind = {"clinic": Clinic, "article": FrontMatter}[name]
    context = parse_toml(text, name)
    needed = {part.name: part.name for part in fields(kind) if part.required}
    record(kind, needed | dict(context.table), context=context)


def markdown(name: str, text: str, folder: Path) -> None:
    """An article's file, or the body of one."""
    if name.endswith(_WRONG):
        with pytest.raises(SourceError):
            read_source(folder / name.removesuffix(_WRONG))
    elif name:
        read_source(folder / name)
    else:
        reading = read_source(f"# Example\n\nWords.\n\n{text}".encode(), format="markdown")
        assert reading.report.dropped == ()


def xml(name: str, text: str, folder: Path) -> None:
    """A template's file, or markup that must become pages."""
    if name.endswith(".xml"):
        write(folder / name, text)
        return
    draw({"markup": LEAFLET.format(text), "leaflet": text}[name])


def draw(markup: str) -> None:
    clinic = read_clinic(open_library().clinic_path("riverbend"))
    leaflet = Leaflet(
        flow=parse(markup),
        identifier="209d81fc-307a-5003-882f-dec6d8ebe1c2",
        fidelity=Fidelity(placed=0, dropped=(), doubled=()),
        warnings=(),
    )
    output = Output(
        theme=load_theme("standard", "colour"),
        paper=PAPERS["letter"],
        ink="colour",
        claims="ua1",
        notes="odd",
        created=DAY,
    )
    assert render(leaflet, clinic.brand, clinic.name, output).warnings == ()


def console(_name: str, text: str, folder: Path) -> None:
    """Each command after `$ ` says exactly what stands below it, on stdout and stderr together."""
    for example in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = example.partition("\n")
        assert run(command, folder).stdout == expected


def sh(name: str, text: str, folder: Path) -> None:
    """Commands that succeed; those that set an environment up are run by CI."""
    if name == "install":
        return
    finished = run(text, folder)
    assert finished.returncode == 0, finished.stdout


def plain(name: str, text: str, folder: Path) -> None:
    """A sketch for people, or a file."""
    if name:
        write(folder / name, text)


RUNNERS = {
    "toml": toml,
    "markdown": markdown,
    "xml": xml,
    "console": console,
    "sh": sh,
    "text": plain,
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script in which `handouts` is this checkout and `lp` a printer that takes PDFs."""
    programs = folder / ".programs"
    if not programs.is_dir():
        write(programs / "handouts", f'#!/bin/sh\nexec "{sys.executable}" -m handouts "$@"\n')
        write(
            programs / "lp",
            '#!/bin/sh\nfor last; do :; done\nhead -c 4 "${last:--}" | grep -q PDF\n',
        )
        for program in programs.iterdir():
            program.chmod(0o700)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": str(int(DAY.timestamp())),
    }
    environment.pop("HANDOUTS_LIBRARY", None)
    return subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
