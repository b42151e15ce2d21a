"""The leaflet's own words are whole in every language."""

import datetime
from collections.abc import Mapping

import pytest

from handouts.errors import SourceError
from handouts.strings import FOLDER, fold, for_article, languages, load
from handouts.toml import laid_over, read_toml

DAY = datetime.date(2024, 6, 17)


def written(language: str) -> Mapping[str, object]:
    """A language's file, laid over its parent's."""
    table = read_toml(FOLDER / f"{language}.toml").table
    parent = language.partition("-")[0]
    return table if parent == language else laid_over(written(parent), table)


def keys(table: Mapping[str, object], path: str = "") -> set[str]:
    """Names of all keys; titles and labels are each language's own."""
    found = set()
    for key, value in table.items():
        name = f"{path}.{key}"
        if isinstance(value, dict) and name != ".glance":
            found |= keys(value, name)
        else:
            found.add(name)
    return found


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_key_of_english(language: str) -> None:
    english = keys(written("en"))
    other = keys(written(language))
    assert other == english


@pytest.mark.parametrize("language", languages())
def test_every_language_fills_the_same_blanks_as_english(language: str) -> None:
    def blanks(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    english, other = load("en"), load(language)
    for table, theirs in ((english.furniture, other.furniture), (english.notes, other.notes)):
        assert {key: blanks(text) for key, text in theirs.items()} == {
            key: blanks(text) for key, text in table.items()
        }


@pytest.mark.parametrize("language", languages())
def test_every_language_has_twelve_months_and_its_own_tag(language: str) -> None:
    words = load(language)
    assert words.language == language
    assert len(words.months) == 12
    assert words.long_date(DAY)
    assert words.month_year(DAY)


@pytest.mark.parametrize("language", languages())
def test_no_title_has_two_roles(language: str) -> None:
    titles = written(language)["titles"]
    assert isinstance(titles, dict)
    folded = [(role, fold(title)) for role, names in titles.items() for title in names]
    roles = {title: {role for role, other in folded if other == title} for _, title in folded}
    assert {title: found for title, found in roles.items() if len(found) > 1} == {}


def test_dates_are_written_as_in_each_region() -> None:
    assert load("en").long_date(DAY) == "June 17, 2024"
    assert load("en").month_year(DAY) == "June 2024"
    assert load("en-GB").long_date(DAY) == "17 June 2024"


def test_a_region_has_its_parents_words_where_it_says_nothing() -> None:
    assert load("en-GB").furniture["references"] == load("en").furniture["references"]
    assert load("en-GB").furniture["after_hours"] != load("en").furniture["after_hours"]


def test_a_region_without_a_file_has_its_languages_words() -> None:
    assert load("es-MX") is load("es")


@pytest.mark.parametrize("language", ["xx", "", "../en", "en/../es"])
def test_an_unknown_language_is_told_with_those_there_are(language: str) -> None:
    with pytest.raises(SourceError, match="There is: en, en-GB, es"):
        load(language)


def test_a_clinic_refines_the_articles_language_and_no_other() -> None:
    assert for_article("en", ("en-GB",)).language == "en-GB"
    assert for_article("en", ("es", "en")).language == "en"
    assert for_article("es", ("en-GB",)).language == "es"
    assert for_article("en", ("en-ZZ",)).language == "en"


@pytest.mark.parametrize(
    "title",
    [
        "When You're in the Hospital",
        "WHEN YOU’RE  in the hospital ",
        "when you're in the hospital?",
    ],
)
def test_a_title_is_known_whatever_its_case_spaces_and_apostrophes(title: str) -> None:
    assert load("en").role_of(title) == "in_hospital"


def test_accents_do_not_count() -> None:
    assert fold("¿Qué es la médula?") == fold("que es la medula")


def test_a_kind_has_its_own_head_and_words_before_the_common_ones() -> None:
    words = load("en")
    assert words.head("why", "test") != words.head("why", "symptom")
    assert words.head("nonesuch", "test") == ""
    assert words.questions("nonesuch") == words.questions("default")
    assert words.kicker("test") != words.kicker("nonesuch")
    assert words.glance_icon("WHERE") == "map-pin"
    assert words.glance_icon("nonesuch") == ""
