"""Bundles and codes: what names several articles, or one by another name."""

from pathlib import Path

import pytest
from leaflets import library, write_article

from handouts.bundles import find_bundle, read_bundle
from handouts.coded import article_of_code
from handouts.errors import SourceError, UsageError
from handouts.library import Library, open_library


def bundle(folder: Path, text: str) -> Path:
    """Write a bundle."""
    path = folder / "home.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_bundle_keeps_the_order_editions_and_notes(tmp_path: Path) -> None:
    text = '[[leaflets]]\narticle = "b"\nedition = "bw"\n[[leaflets]]\narticle = "a"\nnote = "N"\n'
    first, second = read_bundle(bundle(tmp_path, text), "ours").leaflets
    assert (first.article, first.edition, first.note) == ("b", "bw", "")
    assert (second.article, second.edition, second.note) == ("a", "", "N")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leaflets = []", "home.toml:1: the bundle is empty"),
        ('clinics = ["theirs"]\n[[leaflets]]\narticle = "a"', "home.toml:1: the bundle is not for"),
        ('[[leaflets]]\narticle = "a"\nediton = "bw"', "Did you mean 'edition'"),
        ('title = "T"', "leaflets is missing"),
    ],
)
def test_a_bundle_that_is_wrong_says_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as wrong:
        read_bundle(bundle(tmp_path, text), "ours")
    assert words in str(wrong.value)


def test_a_bundle_is_found_by_id_in_the_first_folder_that_has_it_or_by_path(tmp_path: Path) -> None:
    path = bundle(tmp_path, "")
    assert find_bundle("home", (tmp_path / "none", tmp_path)) == path
    assert find_bundle(str(path), ()) == path
    assert find_bundle("away", (tmp_path,)) is None
    assert find_bundle("../home", (tmp_path / "inside",)) is None


def test_the_sample_bundle_names_articles_that_there_are() -> None:
    path = find_bundle("appendix-surgery", (library().folder / "bundles",))
    assert path is not None
    assert all(item.article in library().articles for item in read_bundle(path, "ours").leaflets)


# ---- codes -----------------------------------------------------------------------------------------


def coded(folder: Path, **articles: str) -> Library:
    """A library of articles with these tables of codes."""
    (folder / "articles").mkdir()
    for name, codes in articles.items():
        write_article(folder / "articles", "Words.\n", name=name, more=f"codes = [{codes}]")
    return open_library(folder)


@pytest.mark.parametrize("system", ["ICD-10-CM", "icd-10-cm", "ICD10CM", "icd 10 cm"])
def test_the_system_may_be_written_in_any_way_the_code_in_one(tmp_path: Path, system: str) -> None:
    ours = coded(tmp_path, a='{ system = "ICD-10-CM", code = "K35.8" }', b="")
    assert article_of_code(f"{system}:K35.8", ours) == "a"
    with pytest.raises(UsageError, match="no article has the code"):
        article_of_code(f"{system}:K35", ours)


def test_a_code_of_another_system_is_another_code(tmp_path: Path) -> None:
    ours = coded(
        tmp_path, a='{ system = "LOINC", code = "723" }', b='{ system = "RxNorm", code = "723" }'
    )
    assert article_of_code("RxNorm:723", ours) == "b"


def test_front_matter_that_cannot_be_read_is_no_silent_miss(tmp_path: Path) -> None:
    ours = coded(tmp_path, a='{ system = "LOINC", code = "1" ')
    with pytest.raises(SourceError, match="TOML"):
        article_of_code("LOINC:1", ours)
