"""A plan's problems are told all at once, each where it is."""

from pathlib import Path

import pytest
from batches import library, run
from command import DATE, handouts

from handouts.errors import AssetError, ClinicError, HandoutsError, UsageError


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return library(tmp_path / "library")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def told(shelf: Path, out: Path, rows: str, name: str = "list.csv") -> list[str]:
    """Give the problems of a manifest, in lines, without its own path."""
    path = out.parent / name
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(HandoutsError) as caught:
        run(shelf, out, manifest=path)
    assert not out.exists()
    return str(caught.value).replace(str(path), name).split("\n  ")


COLUMNS = "there is: clinic, article, edition, language, options"


@pytest.mark.parametrize("separator", [";", "\t"], ids=["semicolons", "tabs"])
def test_a_manifest_may_come_from_a_spreadsheet_that_writes_no_commas(
    shelf: Path, out: Path, tmp_path: Path, separator: str
) -> None:
    rows = "clinic,article,edition,options,,\r\nclinic-0,subject-0,bw,paper=a4 ink=black,,\r\n"
    path = tmp_path / "list.csv"
    path.write_text(rows.replace(",", separator), encoding="utf-8-sig")
    assert run(shelf, out, manifest=path).new == ("clinic-0/subject-0.bw.en.pdf",)


def test_a_wrong_column_is_told_once_and_drowns_nothing(shelf: Path, out: Path) -> None:
    good = "clinic-0,subject-0,red\n" * 60
    rows = f"clinic,article,colour\nclinic-9,subject-0,red\nclinic-9,subject-1,red\n{good}"
    assert told(shelf, out, rows)[1:3] == [
        f"line 1: there is no column 'colour'; {COLUMNS}",
        "lines 2, 3: there is no clinic 'clinic-9'",
    ]


def test_a_manifest_without_the_columns_that_it_needs_is_told_that_only(
    shelf: Path, out: Path
) -> None:
    assert told(shelf, out, "clinic|article\n" + "clinic-0|subject-0\n" * 60)[1:] == [
        "line 1: the column 'clinic' is missing; the first row names the columns",
        "line 1: the column 'article' is missing; the first row names the columns",
        f"line 1: there is no column 'clinic|article'; {COLUMNS}",
    ]


def test_the_same_problem_of_many_lines_is_told_once(shelf: Path, out: Path) -> None:
    rows = "clinic,article,language\n" + "clinic-0,subject-0,fr\n" * 1200
    (problem,) = told(shelf, out, rows)
    assert problem.startswith("list.csv: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1,190 more: the ")


def test_a_wrong_edition_is_told_with_its_lines(shelf: Path, out: Path) -> None:
    row = "clinic-0,subject-0,nosuch\n"
    (problem,) = told(shelf, out, f"clinic,article,edition\n{row}clinic-0,subject-1,bw\n{row}")
    assert problem.startswith("list.csv: lines 2, 4: the clinic 'clinic-0': there is no edition")


@pytest.mark.parametrize("options", ["false", "0", "[]", '["x"]', "3"])
def test_options_that_are_no_object_are_told(shelf: Path, out: Path, options: str) -> None:
    row = '{"clinic": "clinic-0", "article": "subject-0", "options": %s}\n'
    assert told(shelf, out, row % options, "list.jsonl") == [
        'list.jsonl: line 1: options must be an object such as {"paper": "a4"}'
    ]


def test_a_list_in_json_is_told_to_be_one(shelf: Path, out: Path) -> None:
    rows = '[\n{"clinic": "clinic-0", "article": "subject-0"}\n]\n'
    (problem,) = told(shelf, out, rows, "list.json")
    assert "this is a list in JSON: write one object a line" in problem


def test_problems_elsewhere_are_not_put_into_the_manifest(shelf: Path, out: Path) -> None:
    path = shelf / "clinics/clinic-1.toml"
    path.write_text(path.read_text("utf-8").replace("phone = ", "phnoe = "), encoding="utf-8")
    rows = "clinic,article\nclinic-0,nothing\nclinic-1,subject-0\n"
    assert [one.partition(" ")[0] for one in told(shelf, out, rows)] == [
        "2",
        f"{path}:",
        "list.csv:",
    ]


def test_problems_of_one_kind_have_its_exit_code_and_others_that_of_usage(
    shelf: Path, out: Path
) -> None:
    path = shelf / "clinics/clinic-1.toml"
    path.write_text("id = 3\n", encoding="utf-8")
    ran = handouts("batch", "-o", out, "--library", shelf, "--date", DATE)
    assert ran.exit_code == ClinicError.exit_code
    ran = handouts("batch", "-o", out, "--library", shelf, "--article", "nothing")
    assert ran.exit_code == UsageError.exit_code
    path.unlink()
    (shelf / "themes").mkdir()
    (shelf / "themes/standard.toml").write_text("extends = 3\n", encoding="utf-8")
    ran = handouts("batch", "-o", out, "--library", shelf, "--date", DATE)
    assert ran.exit_code == AssetError.exit_code
