"""A leaflet has one name in the library, the folder, its sidecar and the lists, and only names count."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from batches import article, contents, library, run
from leaflets import CREATED

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
    run(shelf, out)
    assert sidecar(out, COPY)["language"] == "en"
    assert run(shelf, out).unchanged == 3
