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
