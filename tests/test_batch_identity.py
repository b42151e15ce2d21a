"""A leaflet has one name in the library, the folder, its sidecar and the lists, and only names count."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from batches import article, contents, leaflets, library, run
from leaflets import CREATED, write_clinic

from handouts.errors import UsageError
from handouts.library import open_library
from handouts.listing import ArticleRow, articles
from handouts.make import Wish, make_leaflet

COPY = "clinic-0/copy.standard.en"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A library in which `copy.md` says that it is `subject-0`, as a copied file does."""
    folder = library(tmp_path / "library", clinics=1)
    article(folder, "copy", more='id = "subject-0"')
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def sidecar(out: Path, name: str) -> dict[str, object]:
    facts: dict[str, object] = json.loads((out / f"{name}.json").read_text("utf-8"))
    return facts


# ---- an article's id is its file's name --------------------------------------------------------


def test_an_article_that_says_anothers_id_is_made_once_and_stays(shelf: Path, out: Path) -> None:
    report = run(shelf, out)
    there = contents(out)
    assert f"{COPY}.pdf" in report.new
    assert report.removed == ()
    again = run(shelf, out)
    assert (again.new, again.changed, again.removed, again.unchanged) == ((), (), (), 3)
    (out / ".handouts/journal.jsonl").unlink()
    assert run(shelf, out).unchanged == 3
    assert contents(out) == there


def test_sidecar_and_lists_name_the_article_as_its_file_does(shelf: Path, out: Path) -> None:
    run(shelf, out)
    facts = sidecar(out, COPY)
    assert facts["article"] == "copy"
    assert facts["identifier"] != sidecar(out, "clinic-0/subject-0.standard.en")["identifier"]
    rows = csv.DictReader((out / "clinic-0/index.csv").read_text("utf-8-sig").splitlines())
    assert {row["article"]: row["file"] for row in rows}["copy"] == "copy.standard.en.pdf"


def test_an_id_that_does_not_count_is_warned_of(shelf: Path, out: Path) -> None:
    run(shelf, out)
    assert "the id 'subject-0' is not the file's name, 'copy'" in sidecar(out, COPY)["warnings"]


def test_a_renamed_article_leaves_one_leaflet_that_can_be_pruned(shelf: Path, out: Path) -> None:
    run(shelf, out)
    (shelf / "articles/copy.md").rename(shelf / "articles/new-name.md")
    report = run(shelf, out, prune=True)
    assert report.new == ("clinic-0/new-name.standard.en.pdf",)
    assert report.removed == (f"{COPY}.pdf",)
    (shelf / "articles/new-name.md").unlink()
    assert run(shelf, out, prune=True).removed == ("clinic-0/new-name.standard.en.pdf",)
    assert not list(out.glob("clinic-0/new-name*"))


def test_make_names_an_article_of_the_library_as_its_file_does(shelf: Path, out: Path) -> None:
    run(shelf, out)
    shelf_now = open_library(shelf)
    for name in ("copy", str(shelf / "articles/copy.md")):
        made = make_leaflet(Wish(article=name, clinic="clinic-0", created=CREATED), shelf_now)
        assert made.file_name == "copy.clinic-0.standard.en.pdf"
        assert made.rendering.content == (out / f"{COPY}.pdf").read_bytes()
        assert [words for words in made.warnings if "is not the file's name" in words]
    rows = {row.id for row in articles(shelf_now) if isinstance(row, ArticleRow)}
    assert rows == {"copy", "subject-0", "subject-1"}


def test_a_file_of_no_library_keeps_the_id_that_it_says(shelf: Path, tmp_path: Path) -> None:
    alone = tmp_path / "copy.md"
    shutil.copy(shelf / "articles/copy.md", alone)
    wish = Wish(article=str(alone), clinic="clinic-0", created=CREATED)
    assert make_leaflet(wish, open_library(shelf)).article.id == "subject-0"


def test_a_language_that_only_the_whole_text_tells_makes_no_leaflet_new_each_time(
    shelf: Path, out: Path
) -> None:
    path = shelf / "articles/copy.md"
    text = path.read_text("utf-8").replace('language = "en"', '"language" = "en-GB"')
    path.write_text(text, encoding="utf-8")
    british = "clinic-0/copy.standard.en-GB"
    assert f"{british}.pdf" in run(shelf, out).new
    assert sidecar(out, british)["language"] == "en-GB"
    assert run(shelf, out).unchanged == 3


def test_names_that_begin_with_a_hyphen_stand_in_the_lists_as_they_are(
    shelf: Path, out: Path
) -> None:
    article(shelf, "-dash", more='number = "-1"')
    (shelf / "articles/-broken.md").write_text("", encoding="utf-8")
    run(shelf, out)
    rows = csv.DictReader((out / "clinic-0/index.csv").read_text("utf-8-sig").splitlines())
    row = next(row for row in rows if row["article"] == "-dash")
    assert (out / "clinic-0" / row["file"]).exists()
    assert (row["title"], row["number"]) == ("'-Dash", "'-1")
    failed = csv.DictReader((out / "failed.csv").read_text("utf-8-sig").splitlines())
    assert [row["article"] for row in failed] == ["-broken"]


# ---- what the command line speaks of -----------------------------------------------------------


def mexican(shelf: Path) -> None:
    """Give the clinic a language that leads to the file of another."""
    write_clinic(shelf / "clinics", name="clinic-0", more='languages = ["es-MX"]')
    for number in (0, 1):
        article(shelf, f"subject-{number}.es", language="es")


def test_a_language_means_the_leaflets_that_it_led_to(shelf: Path, out: Path) -> None:
    mexican(shelf)
    assert len(run(shelf, out, languages=("es-MX",)).new) == 2
    (shelf / "articles/subject-0.es.md").unlink()
    report = run(shelf, out, languages=("es-MX",), prune=True)
    assert report.removed == ("clinic-0/subject-0.standard.es.pdf",)
    assert leaflets(out) == {"clinic-0/subject-1.standard.es.pdf"}


def test_a_region_with_its_own_file_does_not_mean_its_language(shelf: Path, out: Path) -> None:
    mexican(shelf)
    write_clinic(shelf / "clinics", name="clinic-0", more='languages = ["es", "es-MX"]')
    article(shelf, "subject-0.es-MX", language="es-MX")
    run(shelf, out)
    there = leaflets(out)
    assert run(shelf, out, languages=("es-MX",), prune=True).removed == ()
    assert leaflets(out) == there


@pytest.mark.parametrize("tag", ["es-MX", "es"])
def test_a_line_of_a_manifest_is_found_by_its_language_or_its_files(
    shelf: Path, out: Path, tmp_path: Path, tag: str
) -> None:
    mexican(shelf)
    rows = tmp_path / "list.csv"
    rows.write_text("clinic,article,language\nclinic-0,subject-0,es-MX\n", encoding="utf-8")
    report = run(shelf, out, manifest=rows, languages=(tag,))
    assert report.new == ("clinic-0/subject-0.standard.es.pdf",)


def test_a_plan_without_leaflets_is_told(shelf: Path, out: Path, tmp_path: Path) -> None:
    write_clinic(shelf / "clinics", name="clinic-1")
    rows = tmp_path / "list.csv"
    rows.write_text("clinic,article\nclinic-0,subject-0\n", encoding="utf-8")
    with pytest.raises(UsageError, match="nothing to make: the other options leave out all rows"):
        run(shelf, out, manifest=rows, clinics=("clinic-1",))
    with pytest.raises(UsageError, match="nothing to make: what is not there in the language 'fr'"):
        run(shelf, out, languages=("fr",))
    assert not out.exists()


# ---- failures of others ------------------------------------------------------------------------


def failed(out: Path) -> list[str]:
    path = out / "failed.csv"
    lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    return [row["article"] for row in csv.DictReader(lines)]


def test_a_run_for_some_leaves_the_failures_of_others(
    shelf: Path, out: Path, tmp_path: Path
) -> None:
    for name in ("broken", "other"):
        (shelf / f"articles/{name}.md").write_text("", encoding="utf-8")
    run(shelf, out)
    whole = (out / "failed.csv").read_bytes()
    assert run(shelf, out, articles=("copy",)).complete
    rows = tmp_path / "list.csv"
    rows.write_text("clinic,article\nclinic-0,copy\n", encoding="utf-8")
    run(shelf, out, manifest=rows)
    assert (out / "failed.csv").read_bytes() == whole
    article(shelf, "other")
    run(shelf, out, articles=("other",))
    assert failed(out) == ["broken"]


def test_a_run_for_all_forgets_the_failures_of_what_left_the_library(
    shelf: Path, out: Path
) -> None:
    (shelf / "articles/broken.md").write_text("", encoding="utf-8")
    run(shelf, out)
    (shelf / "articles/broken.md").unlink()
    run(shelf, out)
    assert failed(out) == []


# ---- making all anew ---------------------------------------------------------------------------


def test_fresh_counts_what_came_out_the_same_as_unchanged(shelf: Path, out: Path) -> None:
    run(shelf, out)
    before = (out / f"{COPY}.pdf").stat().st_ino
    article(shelf, "subject-1", "Other words.\n")
    report = run(shelf, out, fresh=True)
    assert report.changed == ("clinic-0/subject-1.standard.en.pdf",)
    assert report.unchanged == 2
    assert (out / f"{COPY}.pdf").stat().st_ino != before, "each is written"
