"""Finished leaflets pass their own check, whoever's they are and however they are printed."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from leaflets import FEATURES, articles, make, make_feature, write_article, write_clinic

from handouts.files import PACKAGE
from handouts.make import Made
from handouts.verify import EDITIONS, verify_bytes

WAYS: Mapping[str, Mapping[str, str]] = {
    "Letter, colour": {"paper": "letter", "ink": "colour"},
    "Letter, black": {"paper": "letter", "ink": "black"},
    "A4, colour": {"paper": "a4", "ink": "colour"},
    "A4, black": {"paper": "a4", "ink": "black", "claims": "ua2"},
}
CLINICS = ("riverbend", "northgate")
FEATURE_NAMES = sorted(path.name for path in FEATURES.iterdir() if path.is_dir())

every_article = pytest.mark.parametrize(("article", "language"), articles())
every_clinic = pytest.mark.parametrize("clinic", CLINICS)
every_way = pytest.mark.parametrize("way", WAYS)


def faults(made: Made) -> list[tuple[str, str]]:
    verdict = verify_bytes(made.rendering.content, "leaflet.pdf", design=True)
    assert verdict.named
    return [(found.check, f"{found.where}: {found.what}") for found in verdict.findings]


@every_article
@every_clinic
@every_way
def test_every_leaflet_of_the_library_passes(
    article: str, language: str, clinic: str, way: str
) -> None:
    assert faults(make(article, clinic, language=language, **WAYS[way])) == []


def test_a_file_names_its_edition() -> None:
    made = make("headache", edition="comfort")
    assert verify_bytes(made.rendering.content, "leaflet.pdf").edition == "comfort"


@pytest.mark.parametrize("feature", FEATURE_NAMES)
def test_every_kind_of_content_passes(feature: str) -> None:
    assert faults(make_feature(feature)) == []


BRANDS = (("#FFD100",), ("#FFFFFF",), ("#00FF00",), ("#7A1FA2", "#F7C6D9"))
LONG = "A title of more than one hundred characters, which goes on and on and still must not be cut"
HARD = {
    "one section": "A lead.\n\n## Risks\n\nFew.\n",
    "no section": "A lead, and nothing else.\n",
    "400 items": "A lead.\n\n## Causes\n\n" + "\n".join([f"- cause {n}" for n in range(400)]),
    "a long box": "A lead.\n\n## Risks\n\n> [!ACTION] Tell us\n"
    + "\n".join([f"> - [ ] thing {n}" for n in range(60)]),
}


@pytest.mark.parametrize("colours", BRANDS, ids=" ".join)
def test_every_brand_passes(colours: tuple[str, ...], tmp_path: Path) -> None:
    clinic = write_clinic(tmp_path, colours=colours, more='emergency = "Call 911."')
    assert faults(make("bone-marrow-biopsy", clinic)) == []


@pytest.mark.parametrize("body", HARD)
@pytest.mark.parametrize("title", ["Short", LONG])
def test_hard_content_passes(body: str, title: str, tmp_path: Path) -> None:
    article = write_article(tmp_path, HARD[body], title=title)
    assert faults(make(article, write_clinic(tmp_path))) == []


def test_every_edition_has_limits() -> None:
    themes = {path.stem for path in (PACKAGE / "themes").glob("*.toml")}
    assert themes - {"text"} <= set(EDITIONS)  # plain text has no pages
