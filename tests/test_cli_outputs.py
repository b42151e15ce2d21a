"""What commands may write over: leaflets of before, and nothing that they read."""

import os
from pathlib import Path

import pytest
from command import files, handouts, make
from leaflets import ROOT, write_article, write_clinic

LOGO = ROOT / "handouts" / "library" / "clinics" / "riverbend.png"
WORDS = 'name = "Zzyzx"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, words for its blank, a clinic, its logo and a template."""
    monkeypatch.chdir(tmp_path)
    write_article(tmp_path, "Hello {{name}}.\n", name="own", more='blanks = ["name"]')
    (tmp_path / "words.toml").write_text(WORDS, "utf-8")
    (tmp_path / "logo.png").write_bytes(LOGO.read_bytes())
    write_clinic(tmp_path, name="ours", brand='logo = "logo.png"')
    (tmp_path / "leaflet.topic.xml").write_text('{% extends "leaflet.xml" %}', "utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """What every file of a folder holds."""
    return {name: (folder / name).read_bytes() for name in files(folder)}


@pytest.mark.parametrize(
    "output", ["own.md", "./own.md", "ours.toml", "words.toml", "logo.png", "leaflet.topic.xml"]
)
def test_make_writes_over_nothing_that_it_reads(here: Path, output: str) -> None:
    before = contents(here)
    options = ("--clinic", "ours.toml", "--fill", "words.toml", "--template", ".")
    ran = make("own.md", *options, "-o", output)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "would be written over" in ran.stderr
    assert contents(here) == before


@pytest.mark.parametrize("name", ["own.md", "ours.toml", "words.toml", "logo.png"])
def test_make_writes_over_no_input_under_another_name(here: Path, name: str) -> None:
    (here / "soft.pdf").symlink_to(name)
    before = contents(here)
    ran = make("own.md", "--clinic", "ours.toml", "--fill", "words.toml", "-o", "soft.pdf")
    assert ran.exit_code == 2, ran.stderr
    assert contents(here) == before


@pytest.mark.parametrize("name", ["own.md", "ours.toml", "words.toml"])
def test_make_parts_no_input_from_its_hard_link(here: Path, name: str) -> None:
    os.link(here / name, here / "hard.pdf")
    before = contents(here)
    ran = make("own.md", "--clinic", "ours.toml", "--fill", "words.toml", "-o", "hard.pdf")
    assert ran.exit_code == 2, ran.stderr
    assert contents(here) == before


def test_plain_text_is_not_written_over_the_text_it_is_made_of(here: Path) -> None:
    (here / "own.txt").write_text("Rest\n\nSleep well.\n", "utf-8")
    before = contents(here)
    ran = make("own.txt", "--clinic", "riverbend", "--edition", "text", "-o", "own.txt")
    assert ran.exit_code == 2
    assert contents(here) == before


def test_leaflets_of_before_are_written_over_whatever_their_name_is(here: Path) -> None:
    for name, edition in (("a.pdf", "standard"), ("a.txt", "text"), ("print", "standard")):
        for _ in range(2):
            options = ("--clinic", "riverbend", "--edition", edition)
            assert make("headache", *options, "-o", name).exit_code == 0
    (here / "empty").touch()
    assert make("headache", "--clinic", "riverbend", "-o", "empty").exit_code == 0


@pytest.mark.parametrize(
    ("edition", "name", "right"), [("text", "a.pdf", ".txt"), ("standard", "notes.TXT", ".pdf")]
)
def test_text_is_no_pdf_by_its_name_nor_a_pdf_text(
    here: Path, edition: str, name: str, right: str
) -> None:
    (here / name).write_text("Call the bank.\n", "utf-8")
    before = contents(here)
    ran = make("headache", "--clinic", "riverbend", "--edition", edition, "-o", name)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert f"-o {name} has the wrong ending" in ran.stderr
    assert f"Let it end in {right}" in ran.stderr
    assert contents(here) == before


@pytest.mark.parametrize("output", ["ours.toml", "logo.png", "soft.pdf", "hard.pdf"])
def test_a_proof_writes_over_nothing_that_it_reads(here: Path, output: str) -> None:
    (here / "soft.pdf").symlink_to("ours.toml")
    os.link(here / "ours.toml", here / "hard.pdf")
    before = contents(here)
    ran = handouts("clinic", "proof", "ours.toml", "-o", output)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert contents(here) == before


def test_a_proof_is_written_over_the_one_of_before(here: Path) -> None:
    for _ in range(2):
        assert handouts("clinic", "proof", "ours.toml").exit_code == 0
    assert (here / "ours.proof.pdf").read_bytes().startswith(b"%PDF-")


def test_what_a_make_that_was_killed_left_is_removed_later(here: Path) -> None:
    old, new, other = (here / f".handouts-{name}.tmp" for name in ("0a" * 6, "0b" * 6, "notes"))
    for path in (old, new, other):
        path.write_bytes(b"half a leaflet")
    for path in (old, other):
        os.utime(path, (0, 0))
    make("headache", "--clinic", "riverbend", "-o", "headache.pdf")
    assert [path.exists() for path in (old, new, other)] == [False, True, True]
