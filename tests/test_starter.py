"""`handouts new`: files that work at once, explain every key, and never overwrite another one."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import files, handouts, make

from handouts.clinic import Brand, Clinic, Fonts, Licence, Spoken, read_clinic
from handouts.library import open_library
from handouts.starter import clinic_id
from handouts.values import fields

WRITTEN = {
    *("README.md", "handouts.toml", "articles", "clinics"),
    *("articles/washing-your-hands.md", "clinics/our-clinic.toml"),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def library(here: Path) -> Path:
    assert handouts("new", "library", "ours").exit_code == 0
    return here / "ours"


def test_a_new_library_works_at_once_and_without_a_warning(library: Path) -> None:
    assert files(library) == WRITTEN
    assert open_library(library).name == "Our leaflets"
    ran = make("washing-your-hands", "--clinic", "our-clinic", "--library", library)
    assert ran.exit_code == 0
    assert ran.stderr == "Washing your hands (en), 2 pages, for Our Clinic\n"


def test_the_commands_of_its_readme_run(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    text = (library / "README.md").read_text(encoding="utf-8")
    lines = [line.split()[1:] for line in text.splitlines() if line.startswith("    handouts ")]
    assert len(lines) == 3
    for line in lines:
        assert handouts(*line).exit_code == 0, line


def test_nothing_is_overwritten_and_nothing_is_added(here: Path) -> None:
    (here / "ours" / "articles").mkdir(parents=True)
    mine = here / "ours" / "articles" / "washing-your-hands.md"
    mine.write_text("mine", encoding="utf-8")
    ran = handouts("new", "library", "ours")
    assert ran.exit_code == 2
    assert "washing-your-hands.md: the file is there already" in ran.stderr
    assert mine.read_text(encoding="utf-8") == "mine"
    assert files(here / "ours") == {"articles", "articles/washing-your-hands.md"}


def test_a_folder_with_other_files_keeps_them(here: Path) -> None:
    (here / "ours").mkdir()
    (here / "ours" / "plan.txt").write_text("plan", encoding="utf-8")
    assert handouts("new", "library", "ours").exit_code == 0
    assert files(here / "ours") == {*WRITTEN, "plan.txt"}


@pytest.mark.parametrize(
    ("name", "id_", "printed"),
    [
        ("Señor's Hill Clinic", "senors-hill-clinic", "Señor's Hill Clinic"),
        ("north-gate", "north-gate", "North Gate"),
        ("  Praxis Nr. 7 ", "praxis-nr-7", "Praxis Nr. 7"),
    ],
)
def test_a_new_clinic_works_at_once(library: Path, name: str, id_: str, printed: str) -> None:
    ran = handouts("new", "clinic", name, "--library", library)
    path = library / "clinics" / f"{id_}.toml"
    assert (ran.exit_code, ran.stdout) == (0, f"{path}\n")
    assert read_clinic(path).name == printed
    assert make("washing-your-hands", "--clinic", id_, "--library", library).exit_code == 0
    again = handouts("new", "clinic", name, "--library", library)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["", "骨", 'a"b', "a\\b", "a\nb", "x" * 81])
def test_a_name_that_makes_no_id_is_refused(library: Path, name: str) -> None:
    before = files(library)
    ran = handouts("new", "clinic", name, "--library", library)
    assert ran.exit_code == 2
    assert "makes no id of a clinic" in ran.stderr
    assert files(library) == before


def test_a_name_leads_out_of_no_folder() -> None:
    assert clinic_id("../../etc/passwd") == "etc-passwd"


def test_a_clinic_needs_a_library_of_ones_own(here: Path) -> None:
    assert "there is no library to write into" in handouts("new", "clinic", "Hill").stderr
    (here / "empty").mkdir()
    ran = handouts("new", "clinic", "Hill", "--library", "empty")
    assert (ran.exit_code, "handouts new library empty" in ran.stderr) == (2, True)
    assert files(here) == {"empty"}


def test_the_built_in_library_is_not_written() -> None:
    folder = open_library().folder
    for command in (("library", folder), ("clinic", "Hill", "--library", folder)):
        ran = handouts("new", *command)
        assert (ran.exit_code, "is not written" in ran.stderr) == (2, True)


# ---- every key ---------------------------------------------------------------------------------


def _all_keys(path: Path) -> Iterator[str]:
    """Yield the lines of a clinic's file with every `# key = value` and `# [table]` made one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        rest = line.removeprefix("# ")
        yield rest if rest.startswith("[") or rest.split(" = ")[0].isidentifier() else line


def test_a_new_clinics_file_explains_every_key(library: Path) -> None:
    table = tomllib.loads("\n".join(_all_keys(library / "clinics" / "our-clinic.toml")))
    kinds = (
        (Clinic, table),
        (Brand, table["brand"]),
        (Fonts, table["brand"]["fonts"]),
        (Spoken, table["words"]["es"]),
    )
    for kind, given in kinds:
        assert set(given) == {part.name for part in fields(kind)}
    assert set(table["licences"][0]) == {part.name for part in fields(Licence)}
