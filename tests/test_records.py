"""What people write is read strictly, and every mistake is told with its line."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import ClinicError, SourceError
from handouts.records import record, strings
from handouts.toml import laid_over, parse_toml, read_toml
from handouts.units import points
from handouts.values import field, frozen


@frozen
class Door:
    colour: Literal["red", "green"] = "red"
    width: float = field(default=10.0, metadata={"read": points})


@frozen
class House:
    name: str
    floors: int = 1
    height: float = 2.0
    sold: bool = False
    built: datetime.date | None = None
    rooms: tuple[str, ...] = ()
    steps: tuple[tuple[float, float], ...] = ()
    front: Door = field(default_factory=Door)
    doors: tuple[Door, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, Door] = field(default_factory=dict)
    other: object = None


def house(text: str) -> House:
    toml = parse_toml(text, "house.toml", error=ClinicError)
    return record(House, toml.table, context=toml)


def mistake(text: str) -> str:
    with pytest.raises(ClinicError) as failure:
        house(text)
    return str(failure.value)


def test_every_kind_of_value_is_read() -> None:
    read = house(
        """
        name = "Mill"
        floors = 2
        height = 3
        sold = true
        built = 1999-12-31
        rooms = ["hall"]
        steps = [[1.0, 2], [3, 4.5]]
        other = [1]
        front = { colour = "green", width = "20mm" }
        [[doors]]
        [words]
        a = "b"
        [by_name.left]
        colour = "red"
        """
    )
    assert read.height == 3.0
    assert isinstance(read.height, float)
    assert read.built == datetime.date(1999, 12, 31)
    assert read.steps == ((1.0, 2.0), (3.0, 4.5))
    assert read.front == Door(colour="green", width=points("20mm"))
    assert (read.doors, read.by_name, read.words) == ((Door(),), {"left": Door()}, {"a": "b"})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("floors = true", "floors must be a whole number"),
        ('floors = "2"', "floors must be a whole number"),
        ("height = true", "height must be a number"),
        ("sold = 1", "sold must be true or false"),
        ("built = 1999-12-31T10:00:00", "built must be a date"),
        ('rooms = "hall"', "rooms must be a list"),
        ("rooms = [1]", "rooms[1] must be a quoted string"),
        ("steps = [[1.0]]", "steps[1] must have 2 values"),
        ("front = 3", "front must be a table"),
        (
            'front = { colour = "gren" }',
            'front.colour must be "red" or "green". Did you mean \'green\'',
        ),
        ('front = { width = "wide" }', "front.width is wrong: 'wide' is no length"),
        ("front = { width = 3 }", "front.width must be a quoted string"),
        ("words = { a = 1 }", "words.a must be a quoted string"),
        ('flors = "2"', "unknown key 'flors'. Did you mean 'floors'?"),
        ("zzzzz = 1", "unknown key 'zzzzz'. There is: name"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, told: str) -> None:
    words = mistake(f'name = "Mill"\n\n{line}\n')
    assert words.startswith("house.toml:3: ")
    assert told in words


def test_a_bare_phone_number_is_asked_for_in_quotes() -> None:
    assert "name must be a quoted string" in mistake("name = 5035550142")


def test_a_missing_key_is_named() -> None:
    assert "name is missing" in mistake("floors = 1")


def test_all_mistakes_are_told_at_once() -> None:
    words = mistake('nam = "x"\nfloors = "1"\n[front]\ncolour = "blue"\n')
    assert words.startswith("house.toml: 4 mistakes: ")
    for part in (
        "line 1: unknown key 'nam'",
        "line 2: floors",
        "line 4: front.colour",
        "name is missing",
    ):
        assert part in words


def test_the_line_is_that_of_the_key_in_its_own_table() -> None:
    text = 'name = "m"\n[[doors]]\ncolour = "red"\n[[doors]]\ncolour = "pink"\n[front]\ncolour = "red"\n'
    assert mistake(text).startswith("house.toml:5: doors[2].colour")


def test_text_that_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"a\.toml:7: this is not TOML") as failure:
        parse_toml("a = 1\nb = = 2\n", "a.toml", line=5)
    assert "at line" not in str(failure.value)


@pytest.mark.parametrize(
    "text", ["a = 1\na = 2\n", "[a]\n[a]\n", "b = {a = 1,\n a = 2}", "a = 1\n[a]"]
)
def test_what_is_given_twice_is_refused_and_called_so(text: str) -> None:
    with pytest.raises(SourceError, match=r"not TOML.*twice: delete one"):
        parse_toml(text, "a.toml")


def test_a_byte_order_mark_is_taken_and_a_bad_byte_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_toml(path).table == {"a": 1}
    path.write_bytes(b'a = "\xe9"')
    with pytest.raises(ClinicError, match=":1: byte 5 is not UTF-8"):
        read_toml(path, error=ClinicError)


def test_a_file_over_one_megabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(SourceError, match="larger than 1 MB"):
        read_toml(path)


def test_tables_are_laid_over_each_other_key_by_key() -> None:
    below = {"a": 1, "t": {"x": 1, "y": 1}, "u": {"z": 1}}
    assert laid_over(below, {"t": {"y": 2}, "u": 3}) == {"a": 1, "t": {"x": 1, "y": 2}, "u": 3}
    assert below["t"] == {"x": 1, "y": 1}


def test_all_strings_of_a_record_are_found() -> None:
    found = set(strings(House(name="a", rooms=("b",), words={"c": "d"}, front=Door())))
    assert found == {"a", "b", "c", "d", "red"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["name", "floors", "rooms", "steps", "front", "doors", "words", "by_name", "x"]
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_table_is_a_record_or_one_error(table: dict[str, object]) -> None:
    try:
        read = record(House, table, context=parse_toml("", "x.toml"))
    except SourceError:
        return
    assert isinstance(read.name, str)
