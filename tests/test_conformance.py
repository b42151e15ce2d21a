"""veraPDF over what the built-in library and the seed article can become.

Every edition, paper and clinic of the built-in articles is in `test_every_edition.py`.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import verapdf
from leaflets import SEED, articles, features, make, make_feature
from verapdf import check

from handouts.pdf.claims import CLAIMS

CLINICS, PAPERS, ORDERS = ("northgate", "riverbend"), ("a4", "letter"), ("reader", "source")
Wishes = dict[str, Any]


def _articles() -> list[Wishes]:
    """Every article in each of its languages."""
    return [{"article": name, "language": language} for name, language in articles()]


def _in_black() -> Iterator[Wishes]:
    """Every article, for the clinics in turn."""
    for number, article in enumerate(_articles()):
        yield {**article, "clinic": CLINICS[number % 2], "ink": "black"}


def _one_of_each() -> Iterator[Wishes]:
    """Every article once, clinics, papers and inks in turn."""
    for number, article in enumerate(_articles()):
        ink = "black" if number % 3 == 2 else "colour"
        yield {
            **article,
            "clinic": CLINICS[number % 2],
            "paper": PAPERS[number // 2 % 2],
            "ink": ink,
        }


def _seed() -> Iterator[Wishes]:
    for clinic, paper, order in product(CLINICS, PAPERS, ORDERS):
        yield {"article": SEED, "clinic": clinic, "paper": paper, "order": order}


def _rendered(wishes: Iterable[Wishes], claims: str, folder: Path) -> list[Path]:
    """Make the leaflets, in files whose names tell what was wished."""
    made = {" ".join(map(_word, wish.values())): make(**wish, claims=claims) for wish in wishes}
    return _written({name: one.rendering.content for name, one in made.items()}, folder)


def _word(value: object) -> str:
    return value.stem if isinstance(value, Path) else str(value)


def _written(files: dict[str, bytes], folder: Path) -> list[Path]:
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return [folder / f"{name}.pdf" for name in files]


def test_every_built_in_leaflet_in_black_conforms_to_all_that_it_claims(tmp_path: Path) -> None:
    paths = _rendered(_in_black(), "ua1", tmp_path)
    assert check(CLAIMS["ua1"].flavours, paths) == []


def test_every_built_in_article_conforms_to_the_newer_standards_if_asked(tmp_path: Path) -> None:
    paths = _rendered(_one_of_each(), "ua2", tmp_path)
    assert check(CLAIMS["ua2"].flavours, paths) == []


def test_every_golden_leaflet_conforms_to_all_that_it_claims(tmp_path: Path) -> None:
    files = {name: make_feature(name).rendering.content for name in features()}
    assert check(CLAIMS["ua1"].flavours, _written(files, tmp_path)) == []


@pytest.mark.parametrize("claims", CLAIMS)
def test_every_leaflet_of_the_seed_article_conforms_to_all_that_it_claims(
    claims: str, tmp_path: Path
) -> None:
    if not SEED.is_file():
        pytest.skip("the seed article is not beside the repository")
    paths = _rendered(_seed(), claims, tmp_path)
    assert check(CLAIMS[claims].flavours, paths) == []


def test_a_missing_validator_fails_in_ci_and_skips_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(*_arguments: object) -> None:
        raise verapdf.ValidatorMissingError("install java")

    monkeypatch.setattr(verapdf, "run", missing)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="install java"):
        check("ua1", [tmp_path])
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="install java"):
        check("ua1", [tmp_path])
