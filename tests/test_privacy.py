"""What nobody should find: leftovers on the disk, paths in the file, article text in messages."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DATE, files, make, process
from leaflets import write_article, write_clinic
from pypdf import PdfReader

from handouts.pdf.readback import logical_text

ANIMAL = "zebra fish"
BODY = f"The {ANIMAL} sleeps well.\n\n## Causes\n\n- {ANIMAL} one\n- {ANIMAL} two\n"
LONG = " ".join(f"private{number}" for number in range(60))
SNIPPET = 60
"""The longest piece of an article that a message may show, in characters."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "private-user" / "here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


# ---- the disk -----------------------------------------------------------------------------------


@pytest.fixture
def side(tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose home, cache and temporary folders are empty and watched."""
    folders = {"HOME": "home", "TMPDIR": "temporary", "XDG_CACHE_HOME": "cache"}
    for name in folders.values():
        (tmp_path / "watched" / name).mkdir(parents=True)
    return {key: str(tmp_path / "watched" / name) for key, name in folders.items()}


def test_a_run_leaves_the_leaflet_and_compiled_templates_only(
    here: Path, side: dict[str, str]
) -> None:
    write_article(here, BODY)
    clinic = write_clinic(here, more='[fields]\nnote = "zebra fish"')
    before = files(here)
    arguments = ("make", "./sample.md", "--clinic", clinic, "--date", DATE)
    ran = process(*arguments, "-o", "out/", cwd=here, environment=side)
    assert ran.returncode == 0, ran.stderr
    assert files(here) - before == {"out", "out/sample.hillside.standard.en.pdf"}
    assert files(Path(side["TMPDIR"])) == set()
    assert files(Path(side["HOME"])) == set()
    cached = [path for path in Path(side["XDG_CACHE_HOME"]).rglob("*") if path.is_file()]
    assert cached
    assert {path.suffix for path in cached} == {".jinja"}
    for path in cached:
        assert ANIMAL.encode() not in path.read_bytes()
        assert b"Hillside" not in path.read_bytes()
        assert path.stat().st_mode & 0o022 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("./sample.md", "--clinic", "nonesuch"),
        ("./sample.md", "--clinic", "riverbend", "-o", "nowhere/x.pdf"),
        ("./broken.md", "--clinic", "riverbend", "-o", "out/"),
    ],
)
def test_a_run_that_fails_leaves_nothing(here: Path, arguments: tuple[str, ...]) -> None:
    write_article(here, BODY)
    write_article(here, BODY + "\n😀\n", name="broken")
    before = files(here)
    assert make(*arguments).exit_code != 0
    assert files(here) == before


def test_a_cache_that_cannot_be_written_stops_nothing(here: Path, side: dict[str, str]) -> None:
    Path(side["XDG_CACHE_HOME"]).rmdir()
    Path(side["XDG_CACHE_HOME"]).write_bytes(b"no folder")
    arguments = ("make", "headache", "--clinic", "riverbend", "-o", "x.pdf")
    assert process(*arguments, cwd=here, environment=side).returncode == 0


def test_a_damaged_cache_changes_nothing(here: Path, side: dict[str, str]) -> None:
    arguments = ("make", "headache", "--clinic", "riverbend", "--date", DATE, "-o", "-")
    first = process(*arguments, cwd=here, environment=side)
    for path in Path(side["XDG_CACHE_HOME"]).rglob("*.jinja"):
        path.write_bytes(b"not a template")
        os.utime(path, (0, 0))
    again = process(*arguments, cwd=here, environment=side)
    assert (again.returncode, again.stdout) == (0, first.stdout)


# ---- the file -----------------------------------------------------------------------------------


def unpacked(data: bytes) -> Iterator[bytes]:
    """Give the file as it is, and every object and stream of it unpacked."""
    yield data
    reader = PdfReader(io.BytesIO(data))
    size: Any = reader.trailer["/Size"]
    for number in range(1, size):
        one: Any = reader.get_object(number)
        yield repr(one).encode()
        if hasattr(one, "get_data"):
            yield one.get_data()


def test_the_file_names_no_folder_user_or_machine(here: Path) -> None:
    write_article(here, BODY)
    clinic = write_clinic(here)
    ran = make("./sample.md", "--clinic", clinic, "-o", "-")
    machine = os.uname().nodename
    named = (machine,) if len(machine) > 3 else ()  # two letters are in any file by chance
    secrets = (str(here), "private-user", *named, "sample.md", "hillside.toml")
    whole = b"\n".join(unpacked(ran.stdout_bytes))
    assert [word for word in secrets if word.encode() in whole] == []
    assert b"Hillside Clinic" in whole


def test_the_files_own_words_are_title_clinic_and_leaflet_only(here: Path) -> None:
    write_article(here, BODY)
    ran = make("./sample.md", "--clinic", "riverbend", "-o", "-")
    reader = PdfReader(io.BytesIO(ran.stdout_bytes))
    metadata: Any = reader.metadata
    said = " ".join(str(value) for value in metadata.values())
    root: Any = reader.trailer["/Root"]
    packet = root["/Metadata"].get_data().decode()
    assert "Sample leaflet" in said
    assert ANIMAL not in said + packet
    assert not re.search(r"[/\\](home|root|tmp|Users|work)[/\\]", said + packet)


def test_a_default_file_name_has_no_word_of_the_path(here: Path) -> None:
    write_article(here, BODY)
    ran = make("./sample.md", "--clinic", write_clinic(here))
    assert ran.stdout == "sample.hillside.standard.en.pdf\n"


# ---- messages -----------------------------------------------------------------------------------

FRONT = '+++\ntitle = "Rest"\nlanguage = "en"\n'


def pieces(message: str) -> list[str]:
    """The words of the article that a message shows, piece by piece."""
    return re.findall(r"private\d+(?: private\d+)*", message)


@pytest.mark.parametrize(
    "text",
    [
        f"{FRONT}+++\n\n{LONG} 😀 {LONG}\n",
        f"{FRONT}+++\n\n{LONG} \u05d0 {LONG}\n",
        f"{FRONT}+++\n\n{LONG} \x07 {LONG}\n",
        f"{FRONT}+++\n\n{LONG} &#8238; {LONG}\n",
        f"{FRONT}+++\n\n> > > {'> ' * 300}{LONG}\n",
        f"{FRONT}{LONG}\n+++\n\n{LONG}\n",
        f'{FRONT}review = "{LONG}"\n+++\n\n{LONG}\n',
        f"{FRONT}\n{LONG}\n",
        f"---\ntitle: [Rest\n---\n{LONG}\n",
        f"{LONG}\n\n{LONG}\n",
        f"{FRONT}+++\n\n# {LONG}\n\n{LONG}\n",
    ],
)
def test_an_error_shows_no_more_than_a_snippet_of_the_text(here: Path, text: str) -> None:
    (here / "rest.md").write_text(text, encoding="utf-8")
    ran = make("./rest.md", "--clinic", "riverbend")
    assert ran.exit_code == 3
    assert [piece for piece in pieces(ran.stderr) if len(piece) > SNIPPET] == []


def test_a_byte_that_is_no_utf8_shows_nothing_of_the_text(here: Path) -> None:
    (here / "rest.md").write_bytes(f"{FRONT}+++\n\n{LONG} ".encode() + b"\xff")
    ran = make("./rest.md", "--clinic", "riverbend")
    assert ran.exit_code == 3
    assert pieces(ran.stderr) == []


@pytest.mark.parametrize(
    "markup", ["{{ article.summary }}", "{{ article|markup }}", "<p>{{ article.nonesuch }}</p>"]
)
def test_a_templates_mistake_shows_nothing_of_the_text(here: Path, markup: str) -> None:
    (here / "leaflet.xml").write_text(f'<leaflet title="t" lang="en"><h1>t</h1>{markup}</leaflet>')
    write_article(here, f"{LONG}\n")
    ran = make("./sample.md", "--clinic", "riverbend", "--template", here)
    assert ran.exit_code == 4
    assert pieces(ran.stderr) == []


def test_what_a_reader_leaves_out_is_shown_in_short(here: Path) -> None:
    page = f"[Home](#) → [Encyclopedia](#) → Rest\n\nRest\n\nSleep.\n\nLearn how to cite {LONG}\n"
    (here / "rest.txt").write_text(page, encoding="utf-8")
    ran = make("./rest.txt", "--clinic", "riverbend")
    lines = [line for line in ran.stderr.splitlines() if line.startswith("left out")]
    assert lines
    assert [piece for piece in pieces("\n".join(lines)) if len(piece) > SNIPPET] == []


# ---- words of a patient -------------------------------------------------------------------------

PATIENT = "Zzyzx Qwerty"
PLACES = {
    "title": "# Care for {{name}}\n",
    "section": "## Care for {{name}}\n\nRest.",
    "section in marks": "## Care for **{{name}}**\n\nRest.",
    "sub-heading": "## Care\n\n### Exercises for {{name}}\n\nRest.",
    "box": "> [!ACTION] {{name}}, do this first\n> Rest.",
    "box in a list": "- One\n\n  > [!NOTE] For {{name}}\n  > Rest.",
    "words of a link": "See [the page of {{name}}](https://example.org).",
    "a link that is its words": "See <https://example.org/{{name}}>.",
    "address of a link": "See [the page](https://example.org/{{name}}).",
    "lead": "Hello {{name}}, rest.",
    "text": "## Care\n\nHello {{name}}, rest.",
    "lead-in of a box": "## How to prepare\n\nTell {{name}}:\n\n- One\n- Two",
    "item": "## Care\n\n- Call {{name}}\n- Rest",
    "list": "## Care\n\n{{#bullets name}}",
    "step": "## Care\n\n1. Call {{name}}\n2. Rest",
    "task": "## Care\n\n- [ ] Call {{name}}\n- [ ] Rest",
    "table": "## Care\n\n| Who | When |\n|---|---|\n| {{name}} | **{{name}}** |",
    "head of a table": "## Care\n\n| {{name}} | When |\n|---|---|\n| You | Now |",
    "term": "## Care\n\n{{name}}\n: rests, as *{{name}}* likes it",
    "text of a box": "> [!NOTE] Care\n> Call {{name}}.",
    "other names": "## Alternative names\n\nRest of {{name}}",
    "references": "## References\n\n- {{name}}. Sleep. 2020.",
}
FRONT_PLACES = {
    "fact": '[glance]\nWhere = "At {{name}}"\nWhen = "Now"\nHow = "So"',
    "label of a fact": '[glance]\n"{{name}}" = "Here"\nWhen = "Now"\nHow = "So"',
    "other name": 'synonyms = ["Rest of {{name}}"]',
    "number": 'number = "{{name}}"',
    "version": 'version = "{{name}}"',
    "reviewer": '[review]\nby = "{{name}}"',
    "approver": '[approval]\nby = "{{name}}"',
    "source": '[source]\nname = "{{name}}"',
    "address of the source": '[source]\nurl = "https://example.org/{{name}}"',
    "notice": '[rights]\nnotices = ["For {{name}}"]',
}
EVERYWHERE = {name: ("", text) for name, text in PLACES.items()} | {
    name: (front, "Rest.") for name, front in FRONT_PLACES.items()
}


def beside_the_pages(data: bytes) -> bytes:
    """Give all that the file holds but for what is drawn: objects, and streams of no page."""
    reader = PdfReader(io.BytesIO(data))
    size: Any = reader.trailer["/Size"]
    drawn = {page.get_contents().get_data() for page in reader.pages if page.get_contents()}
    found = []
    for number in range(1, size):
        one: Any = reader.get_object(number)
        found.append(str(one))
        found.append("" if not hasattr(one, "get_data") else one.get_data().decode("latin-1"))
    return "\n".join(one for one in found if one.encode("latin-1", "replace") not in drawn).encode()


@pytest.mark.parametrize(
    ("kind", "edition"),
    [("test", "standard"), ("instructions", "summary"), ("test", "trifold")],
)
@pytest.mark.parametrize("place", EVERYWHERE)
def test_words_of_a_patient_stand_on_the_pages_or_the_article_is_refused(
    here: Path, place: str, kind: str, edition: str
) -> None:
    front, text = EVERYWHERE[place]
    title = "" if place == "title" else 'title = "Rest"\n'
    more = f'{title}language = "en"\nkind = "{kind}"\nblanks = ["name"]\n{front}'
    (here / "rest.md").write_text(f"+++\n{more}\n+++\n\n{text}\n\n## Risks\n\nNone.\n", "utf-8")
    (here / "words.toml").write_text(f'name = "{PATIENT}"\n', "utf-8")
    options = ("--clinic", "riverbend", "--edition", edition, "--fill", "words.toml", "--json")
    ran = make("./rest.md", *options, "-o", "rest.pdf")
    assert ran.exit_code in (0, 3), ran.stderr
    assert not any(name in ran.output for name in PATIENT.split())
    if ran.exit_code:
        assert not (here / "rest.pdf").exists()
        assert "rest.md:" in ran.stderr
        return
    content = (here / "rest.pdf").read_bytes()
    assert "{{" not in logical_text(content)
    aside = beside_the_pages(content)
    assert not any(name.encode() in aside for name in PATIENT.split())


@pytest.mark.parametrize(
    "place", ["lead", "text", "item", "list", "table", "term", "other names", "fact", "other name"]
)
def test_text_takes_words_of_a_patient(here: Path, place: str) -> None:
    front, text = EVERYWHERE[place]
    more = f'title = "Rest"\nlanguage = "en"\nkind = "test"\nblanks = ["name"]\n{front}'
    (here / "rest.md").write_text(f"+++\n{more}\n+++\n\n{text}\n\n## Risks\n\nNone.\n", "utf-8")
    (here / "words.toml").write_text(f'name = "{PATIENT}"\n', "utf-8")
    ran = make("./rest.md", "--clinic", "riverbend", "--fill", "words.toml", "-o", "-")
    assert ran.exit_code == 0, ran.stderr
    assert PATIENT in " ".join(logical_text(ran.stdout_bytes).split())


def test_a_head_that_holds_a_word_by_chance_is_no_secret(here: Path) -> None:
    body = "The {{name}} rests.\n\n## Care for the hand\n\nRest.\n"
    (here / "rest.md").write_text(
        f'+++\ntitle = "Rest"\nlanguage = "en"\nblanks = ["name"]\n+++\n\n{body}', "utf-8"
    )
    ran = make("./rest.md", "--clinic", "riverbend", "--set", "name=hand", "-o", "-")
    assert ran.exit_code == 0, ran.stderr


def test_a_template_that_makes_a_head_of_words_of_a_patient_is_refused(here: Path) -> None:
    (here / "leaflet.topic.xml").write_text(
        '{% extends "leaflet.xml" %}{% block sections %}'
        "<section><h2>{{ article.glance[0].words }}</h2><p>Rest.</p></section>{% endblock %}"
    )
    (here / "rest.md").write_text(
        '+++\ntitle = "Rest"\nlanguage = "en"\nkind = "topic"\nblanks = ["name"]\n'
        '[glance]\nWhere = "At {{name}}"\n+++\n\nRest.\n'
    )
    (here / "words.toml").write_text(f'name = "{PATIENT}"\n', "utf-8")
    options = ("--clinic", "riverbend", "--fill", "words.toml", "--template", here, "-o", "-")
    ran = make("./rest.md", *options)
    assert ran.exit_code == 3
    assert "becomes a head" in ran.stderr
    assert "Zzyzx" not in ran.output


def test_a_file_with_words_of_a_patient_is_for_its_owner_only(here: Path) -> None:
    (here / "rest.md").write_text(
        '+++\ntitle = "Rest"\nlanguage = "en"\nblanks = ["name"]\n+++\n\nHello {{name}}.\n'
    )
    (here / "words.toml").write_text(f'name = "{PATIENT}"\n', "utf-8")
    make("./rest.md", "--clinic", "riverbend", "--fill", "words.toml", "-o", "rest.pdf")
    make("headache", "--clinic", "riverbend", "-o", "headache.pdf")
    assert (here / "rest.pdf").stat().st_mode & 0o777 == 0o600
    assert (here / "headache.pdf").stat().st_mode & 0o044
