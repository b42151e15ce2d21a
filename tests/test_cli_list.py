"""`handouts list`: what there is, for eyes and for programs."""

import json
from pathlib import Path

import pytest
from command import handouts
from leaflets import write_article, write_clinic

from handouts.theme import editions


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "clinics").mkdir()
    write_article(tmp_path / "articles", "Sleep well.\n", title="Rest", name="rest")
    write_article(
        tmp_path / "articles", "Duerma.\n", title="Descanso", name="rest.es", language="es"
    )
    write_clinic(tmp_path / "clinics", more='languages = ["en", "es"]')
    return tmp_path


def test_articles_are_listed_in_aligned_columns(library: Path) -> None:
    ran = handouts("list", "articles", "--library", library)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        "article  language  kind       reviewed    title",
        "rest     en        condition  2026-11-01  Rest",
        "rest     es        condition  2026-11-01  Descanso",
    ]


def test_clinics_are_listed(library: Path) -> None:
    assert handouts("list", "clinics", "--library", library).stdout.splitlines() == [
        "clinic    paper   ink     languages  editions  name",
        "hillside  letter  colour  en, es     standard  Hillside Clinic",
    ]


def test_editions_are_listed_with_what_they_are_the_librarys_own_too(library: Path) -> None:
    (library / "themes").mkdir()
    theme = 'extends = "standard"\ndescription = "narrow and tall"\n'
    (library / "themes" / "tower.toml").write_text(theme, encoding="utf-8")
    lines = handouts("list", "editions", "--library", library).stdout.splitlines()
    assert lines[1].split(maxsplit=1) == ["standard", editions()[0].description]
    assert ["tower", "narrow and tall"] in [line.split(maxsplit=1) for line in lines]
    assert len(lines) == len(editions()) + 2


@pytest.mark.parametrize("what", ["articles", "clinics", "editions"])
def test_what_is_listed_is_json_on_request(what: str, library: Path) -> None:
    rows = [
        json.loads(line)
        for line in handouts("list", what, "--library", library, "--json").stdout.splitlines()
    ]
    keys = {
        "articles": {"id", "language", "kind", "reviewed", "title"},
        "clinics": {"id", "paper", "ink", "languages", "editions", "name"},
        "editions": {"name", "description"},
    }
    assert rows
    assert all(set(row) == keys[what] for row in rows)


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_listed(library: Path) -> None:
    (library / "articles" / "broken.md").write_text("+++\ntitel = 1\n+++\n", encoding="utf-8")
    ran = handouts("list", "articles", "--library", library)
    assert ran.exit_code == 3
    assert "broken.md:2: unknown key 'titel'" in ran.stderr
    assert len(ran.stdout.splitlines()) == 3


def test_a_clinic_that_cannot_be_read_is_told(library: Path) -> None:
    (library / "clinics" / "hill.toml").write_text('id = "hill"\n', encoding="utf-8")
    ran = handouts("list", "clinics", "--library", library)
    assert (ran.exit_code, len(ran.stdout.splitlines())) == (5, 2)
    assert "name is missing" in ran.stderr
