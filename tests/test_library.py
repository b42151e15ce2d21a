"""Articles and clinics are found by id, without opening their files."""

import os
from pathlib import Path

import pytest

from handouts.errors import UsageError
from handouts.library import language_of, open_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "articles/bone-marrow-biopsy.md",
        "articles/bone-marrow-biopsy.es.md",
        "articles/bone-scan.md",
        "articles/dolor.es.md",
        "articles/My Draft.md",
        "clinics/hill.toml",
        "clinics/hill.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / "articles" / "bone-scan.md").write_text('+++\nlanguage = "fr"\n+++\n')
    return tmp_path


def test_an_article_is_found_in_its_first_language_and_in_others(folder: Path) -> None:
    library = open_library(folder)
    assert library.article_path("bone-marrow-biopsy").name == "bone-marrow-biopsy.md"
    assert library.article_path("bone-marrow-biopsy", "en").name == "bone-marrow-biopsy.md"
    assert library.article_path("bone-marrow-biopsy", "en-GB").name == "bone-marrow-biopsy.md"
    assert library.article_path("bone-marrow-biopsy", "es-MX").name == "bone-marrow-biopsy.es.md"
    assert library.article_path("dolor").name == "dolor.es.md"
    assert library.article_path("bone-scan", "fr").name == "bone-scan.md"


def test_a_folder_that_may_not_be_read_is_told_by_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", forbidden)
    with pytest.raises(UsageError) as failure:
        open_library(folder)
    told = (
        f"{folder / 'articles'}: the library's folder cannot be read. The system says: Permission"
    )
    assert told in str(failure.value)


def test_a_missing_language_is_told_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="There is: en, es"):
        open_library(folder).article_path("bone-marrow-biopsy", "ar")
    with pytest.raises(UsageError, match="There is: fr"):
        open_library(folder).article_path("bone-scan", "en")


def test_an_unknown_id_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError, match="The nearest: bone-marrow-biopsy"):
        open_library(folder).article_path("bone-marow-biopsi")
    with pytest.raises(UsageError, match=r"no clinic 'hil'\. The nearest: hill"):
        open_library(folder).clinic_path("hil")


def test_an_unknown_id_that_is_near_none_is_told_with_all_when_these_are_few(
    folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"There is: [a-z, -]+\.$"):
        open_library(folder).article_path("zzz")
    (tmp_path / "many" / "articles").mkdir(parents=True)
    for number in range(9):
        (tmp_path / "many" / "articles" / f"leaflet-{number}.md").write_text("# A\n\nB.\n")
    with pytest.raises(UsageError, match="`handouts list articles` names the 9 there are"):
        open_library(tmp_path / "many").article_path("zzz")


def test_a_part_of_an_id_is_near_to_it(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"The nearest: bone-marrow-biopsy\.|The nearest: bone-"):
        open_library(folder).article_path("marrow")


@pytest.mark.parametrize("name", ["../hill", "", "My Draft", "..", "\0"])
def test_only_ids_of_the_index_are_found(folder: Path, name: str) -> None:
    with pytest.raises(UsageError):
        open_library(folder).article_path(name)


def test_a_link_out_of_the_library_is_refused(folder: Path) -> None:
    (folder / "articles" / "secret.md").symlink_to(folder / "clinics" / "hill.toml")
    with pytest.raises(UsageError, match="not inside"):
        open_library(folder).article_path("secret")


def test_files_that_fit_no_pattern_are_told(folder: Path) -> None:
    library = open_library(folder)
    assert library.skipped == ("My Draft.md",)
    assert library.clinics == {"hill": "hill.toml"}


def test_an_argument_is_a_path_when_it_has_a_separator_or_is_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(folder)
    monkeypatch.chdir(folder / "articles")
    elsewhere = f".{os.sep}none.md"
    assert library.resolve_article(elsewhere) == Path(elsewhere)
    assert library.resolve_article("My Draft.md") == Path("My Draft.md")
    assert library.resolve_article("bone-scan") == folder / "articles" / "bone-scan.md"
    assert library.resolve_clinic("hill") == folder / "clinics" / "hill.toml"
    with pytest.raises(UsageError):
        library.resolve_article("none.md")


def test_settings_are_read_strictly(folder: Path) -> None:
    (folder / "handouts.toml").write_text('library = "Hill"\n')
    assert open_library(folder).name == "Hill"
    (folder / "handouts.toml").write_text('libary = "Hill"\n')
    with pytest.raises(UsageError, match=r"handouts\.toml:1: unknown key 'libary'. Did you mean"):
        open_library(folder)


def test_templates_are_optional(folder: Path) -> None:
    assert open_library(folder).templates is None
    (folder / "templates").mkdir()
    assert open_library(folder).templates == folder / "templates"


def test_a_folder_that_is_no_library_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no library"):
        open_library(tmp_path)


def test_every_file_of_the_library_that_comes_with_the_package_has_an_id() -> None:
    library = open_library()
    assert library.articles
    assert library.clinics
    assert library.skipped == ()


FAR = "synonyms = [" + ", ".join(['"another name of it"'] * 400) + "]\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("+++\ntitle = \"A\"\n# words\nlanguage = 'es-MX'\n+++\n", "es-MX"),
        ('\ufeff+++ \r\nlanguage = "es"\r\n+++\r\n', "es"),
        ('+++\n"language" = "es"\n+++\n', "es"),
        ('+++\n  language = "es"\n+++\n', "es"),
        ('+++\nlanguage = "es" # Spanish\n+++\n', "es"),
        (f'+++\n{FAR}language = "es"\n+++\n', "es"),
        ('+++\ntitle = "A"\n+++\n\nlanguage = "es"\n', "en"),
        ('+++\nversion = """\nlanguage = "es"\n"""\n+++\n', "en"),
        ('+++\n[source]\nlanguage = "es"\n+++\n', "en"),
        ("+++\nlanguage = 3\n+++\n", "en"),
        ('+++\nlanguage "es"\n+++\n', "en"),
        ('+++\nlanguage = "es"\n', "en"),
        ('language = "es"\n', "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_the_front_matter(tmp_path: Path, text: str, language: str) -> None:
    path = tmp_path / "article.md"
    path.write_bytes(text.encode())
    assert language_of(path) == language


def test_a_file_of_the_library_has_its_id_however_its_path_is_typed(tmp_path: Path) -> None:
    (tmp_path / "lib/articles").mkdir(parents=True)
    (tmp_path / "lib/articles/knee.md").write_text("", encoding="utf-8")
    library = open_library(tmp_path / "lib")
    assert library.id_of(tmp_path / "lib/../lib/articles/knee.md") == "knee"
    assert library.id_of(tmp_path / "knee.md") == ""
