"""JSON from strangers: what is wrong with it is told by file and place, and nothing breaks."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import SourceError
from handouts.sources.safe_json import DEEPEST, Json, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_values_are_taken_out_by_name_and_kind() -> None:
    found = parse('{"Result": {"Total": 12, "Ids": ["a", "", "b"], "One": {"x": 1}}}', "a.json")
    result = found.get("result")
    assert result.get("Total").text() == "12"
    assert result.get("Total").number() == 12
    assert result.get("Ids").texts() == ("a", "b")
    assert result.at("One", "x").path == "Result.One.x"
    assert [item.path for item in result.get("Ids").items()][1] == "Result.Ids[1]"
    assert len(result.get("One").items()) == 1
    assert result.at("nothing", "at", "all").text() == ""
    assert result.get("nothing").items() == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": [1,\n 2', "a.json:2: this is no valid JSON"),
        ('{"a": 1}\n{"b": 2}', "a.json:2: this is no valid JSON: Extra data"),
        ('{"a": NaN}', "NaN is no JSON value"),
        ('{"a": -Infinity}', "-Infinity is no JSON value"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "nested deeper than 64 levels"),
        ("[" * 200_000, "nested deeper than 64 levels"),
        ('{"a":' * 100_000, "nested deeper than 64 levels"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        parse(text, "a.json")
    assert told in str(failure.value)
    assert "\n" not in str(failure.value)
    assert len(str(failure.value)) < 200


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('{"a": {"b": [1]}}', "at a.b: a text is expected here"),
        ('{"a": {"b": "x\\u0000y"}}', "at a.b: the text holds a character"),
        ('{"a": {"b": "x\\u202ey"}}', "U+202E"),
        ('{"a": {"b": "\\ud800"}}', "U+D800"),
        ('{"a": {"b": 1, "b": 2}}', "at a.b: this name stands twice in one object"),
    ],
)
def test_a_wrong_value_is_told_where_it_is(value: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        parse(value, "a.json").at("a", "b").text()
    assert told in str(failure.value)
    assert str(failure.value).startswith("a.json: ")


def test_a_name_told_twice_harms_only_those_who_ask_for_it() -> None:
    found = parse('{"a": "x", "a": "y", "b": "z"}', "a.json")
    assert found.get("b").text() == "z"
    assert [leaf.value for leaf in found.leaves()] == ["x", "y", "z"]


def test_an_object_is_expected_where_names_are_asked_for() -> None:
    with pytest.raises(SourceError, match=r"at a: an object is expected"):
        parse('{"a": "x"}', "a.json").at("a", "b")
    with pytest.raises(SourceError, match=r"at a: an array is expected"):
        parse('{"a": "x"}', "a.json").get("a").items()


def test_line_ends_and_composed_letters_make_no_difference() -> None:
    assert parse('["Cafe\\u0301\\r\\nau lait"]', "").items()[0].text() == "Café\nau lait"


def test_huge_numbers_and_many_names_told_twice_are_read() -> None:
    number = "9" * 1_000_000
    assert parse('{"a": ' + number + "}", "a.json").get("a").value == number
    twice = parse("{" + ",".join(['"a": 1, "b": 2'] * 100_000) + "}", "a.json")
    assert len(list(twice.leaves())) <= 200_000
    assert len(parse('["' + "x" * 10_000_000 + '"]', "a.json").items()[0].text()) == 10_000_000


@given(VALUES)
def test_every_text_of_a_document_is_among_its_leaves(value: object) -> None:
    found = parse(json.dumps(value), "a.json")
    said = [leaf.value for leaf in found.leaves()]
    assert said == _texts(value)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [words for one in value.values() for words in _texts(one)]
    if isinstance(value, list):
        return [words for one in value for words in _texts(one)]
    if isinstance(value, bool) or value is None:
        return []
    return [str(value)]


@given(st.text(alphabet='{}[]",:0123456789truefalsn\\u \n'))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text, "a.json")
    except SourceError:
        return
    assert isinstance(found, Json)
