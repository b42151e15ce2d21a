"""`handouts verify` as a shell runs it."""

import json
from pathlib import Path

import pytest
from altered import altered, content
from command import handouts, pdf, process

BIOPSY = ("bone-marrow-biopsy", "--clinic", "riverbend")


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "leaflet.pdf"
    path.write_bytes(pdf(*BIOPSY))
    return path


@pytest.fixture(scope="module")
def faulty(leaflet: Path) -> Path:
    path = leaflet.with_name("faulty.pdf")
    path.write_bytes(altered(leaflet.read_bytes(), content(" 10 Tf", " 9 Tf")))
    return path


def test_a_good_leaflet_is_said_to_be_well(leaflet: Path) -> None:
    ran = handouts("verify", "--design", leaflet)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ran.stderr == f"{leaflet}: 25 checks, standard, all well\n"


def test_a_finding_is_a_line_with_file_place_fault_and_remedy(faulty: Path) -> None:
    ran = handouts("verify", "--design", faulty)
    assert ran.exit_code == 8
    assert ran.stdout.splitlines()[0] == (
        f"{faulty}: page 1, 57 pt from the left, 558 pt up: “Also called” is set in 9 pt (text-size)."
        " Set it in 9.5 pt or more."
    )
    assert " findings\n" in ran.stderr


def test_the_design_is_checked_only_when_asked_for(faulty: Path) -> None:
    ran = handouts("verify", faulty)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "6 checks" in ran.stderr


def test_another_edition_has_other_limits(leaflet: Path) -> None:
    ran = handouts("verify", "--design", "--edition", "large-print", leaflet)
    assert ran.exit_code == 8
    assert "Set it in 16 pt or more." in ran.stdout


def test_an_unknown_edition_is_wrong_use(leaflet: Path) -> None:
    ran = handouts("verify", "--edition", "huge", leaflet)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "no limits for the edition 'huge'. Use one of: standard" in ran.stderr


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(
    faulty: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    ran = handouts("verify", "--design", broken, faulty)
    assert ran.exit_code == 3
    assert f"error: {broken}: the PDF cannot be read. It is damaged" in ran.stderr
    assert f"{faulty}: page 1" in ran.stdout


def test_a_file_of_another_program_is_held_against_the_standard_edition(tmp_path: Path) -> None:
    path = tmp_path / "unnamed.pdf"
    path.write_bytes(pdf(*BIOPSY).replace(b"edition standard", b"edition our-own_"))
    ran = handouts("verify", "--design", path)
    assert ran.exit_code == 0
    assert "no edition is named that we know, so the limits are those of standard" in ran.stderr


def test_json_is_one_object_a_file(leaflet: Path, faulty: Path) -> None:
    ran = handouts("verify", "--design", "--json", leaflet, faulty)
    assert ran.exit_code == 8
    good, bad = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (good["path"], good["edition"], good["findings"]) == (str(leaflet), "standard", [])
    assert good["claims"] == ["PDF/UA-1", "PDF/A-2a"]
    assert len(good["checks"]) == 25
    assert bad["findings"][0] == {
        "check": "text-size",
        "page": 1,
        "x": 56.7,
        "y": 557.9,
        "what": "“Also called” is set in 9 pt",
        "todo": "Set it in 9.5 pt or more.",
    }


def test_pypdf_says_nothing_by_itself(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    ran = process("verify", "broken.pdf", cwd=tmp_path)
    assert ran.returncode == 3
    assert ran.stderr.decode().count("\n") == 1
