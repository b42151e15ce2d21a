import copy
import pickle
from typing import Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.values import FrozenError, field, fields, frozen, is_value, replace

Held = TypeVar("Held")


@frozen(kw_only=False)
class Point:
    x: int
    y: int = 0


@frozen(kw_only=False)
class Spot:
    """The same fields as a Point, but another type."""

    x: int
    y: int = 0


@frozen
class Named:
    """Given by name only; `notes` is made anew for each, `seen` counts for nothing in the hash."""

    name: str
    notes: list[str] = field(default_factory=list, metadata={"unit": "none"})
    seen: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def loud(self) -> str:
        return self.name.upper()


@frozen(kw_only=False)
class Alone:
    only: int


@frozen
class Empty:
    pass


@frozen
class Holder(Generic[Held]):
    held: Held


@frozen(eq=False)
class Identity:
    x: int


numbers = st.integers(-3, 3)


# ---- equality and hash -----------------------------------------------------------------------------


@given(numbers, numbers, numbers, numbers)
def test_values_are_equal_exactly_when_all_their_fields_are(a: int, b: int, c: int, d: int) -> None:
    assert (Point(a, b) == Point(c, d)) == ((a, b) == (c, d))


@given(numbers, numbers)
def test_equal_values_have_equal_hashes_and_are_one_key(x: int, y: int) -> None:
    assert {Point(x, y): "found"}[Point(x, y)] == "found"


def test_values_of_two_classes_differ_though_their_fields_agree() -> None:
    assert Point(1, 2) != Spot(1, 2)
    assert hash(Point(1, 2)) != hash(Spot(1, 2))
    assert len({Point(1, 2), Spot(1, 2)}) == 2


def test_a_value_is_no_tuple_and_no_number() -> None:
    assert Point(1, 2) != (1, 2)
    assert Alone(1) != 1


def test_a_field_without_hash_still_counts_for_equality() -> None:
    one, other = (Named(name="a", notes=(), seen={"x": n}) for n in (1, 2))
    assert hash(one) == hash(other)
    assert one != other


def test_a_value_with_a_list_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Named(name="a"))


def test_without_eq_a_value_equals_only_itself() -> None:
    one = Identity(x=1)
    assert one == one  # noqa: PLR0124 (that is the claim)
    assert one != Identity(x=1)
    assert len({one, Identity(x=1), one}) == 2


# ---- immutability ----------------------------------------------------------------------------------


def test_no_attribute_can_be_changed_added_or_deleted() -> None:
    point = Point(1, 2)
    with pytest.raises(FrozenError, match="x of a Point cannot be changed"):
        point.x = 5
    with pytest.raises(FrozenError):
        point.z = 5
    with pytest.raises(FrozenError):
        del point.y
    assert point == Point(1, 2)


def test_a_value_has_slots_and_no_dictionary() -> None:
    assert Point.__slots__ == ("x", "y")
    assert not hasattr(Point(1), "__dict__")


# ---- making ----------------------------------------------------------------------------------------


def test_fields_are_given_by_name_only_unless_the_class_says_otherwise() -> None:
    assert Named(name="a").name == "a"
    with pytest.raises(TypeError, match="positional"):
        Named("a")
    assert Point(1, y=2) == Point(x=1, y=2)


@pytest.mark.parametrize("given", [{}, {"x": 1, "z": 2}], ids=["missing", "unknown"])
def test_a_missing_or_unknown_field_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Point\(\)"):
        Point(**given)


def test_a_refused_first_instance_does_not_spoil_the_class() -> None:
    @frozen
    class Fresh:
        x: int

    with pytest.raises(TypeError):
        Fresh()
    assert Fresh(x=1).x == 1


def _fresh(before: int, *, kw_only: bool) -> type:
    """A class of its own that had so many instances."""

    @frozen(kw_only=kw_only)
    class Name:
        said: str
        notes: list[str] = field(default_factory=list)
        times: int = 1

    for number in range(before):
        assert Name(said=str(number), times=number).said == str(number)
    return Name


INSTANCES = pytest.mark.parametrize("before", [0, 3, 40], ids=["first", "one of few", "of many"])


@INSTANCES
def test_every_instance_gets_its_defaults(before: int) -> None:
    assert repr(_fresh(before, kw_only=True)(said="a")) == "Name(said='a', notes=[], times=1)"
    made = _fresh(before, kw_only=False)("a", ["b"], times=3)
    assert repr(made) == "Name(said='a', notes=['b'], times=3)"


@INSTANCES
@pytest.mark.parametrize(
    ("kw_only", "values", "named"),
    [
        (True, ("a",), {}),
        (True, (), {"times": 2}),
        (True, (), {"said": "a", "other": 2}),
        (False, (), {}),
        (False, ("a", [], 1, 2), {}),
        (False, ("a",), {"said": "b"}),
        (False, ("a",), {"other": 2}),
    ],
)
def test_every_instance_is_refused_in_the_same_way(
    before: int, *, kw_only: bool, values: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError, match=r"\(\)"):
        _fresh(before, kw_only=kw_only)(*values, **named)


def test_defaults_made_anew_are_not_shared() -> None:
    one, other = Named(name="a"), Named(name="b")
    one.notes.append("only here")
    assert (one.notes, other.notes) == (["only here"], [])


def test_a_class_without_fields_is_a_value_too() -> None:
    assert Empty() == Empty()
    assert repr(Empty()) == "Empty()"


def test_a_class_may_be_generic() -> None:
    assert Holder(held=1) == Holder[int](held=1)
    assert replace(Holder(held=1), held=2).held == 2


def test_properties_and_documentation_stay() -> None:
    assert Named(name="a").loud == "A"
    assert (Named.__doc__ or "").startswith("Given by name")


# ---- reading ---------------------------------------------------------------------------------------


def test_repr_reads_like_the_call_that_makes_the_value() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    assert eval(repr(Named(name="a"))) == Named(name="a")  # noqa: S307 (our own words)


def test_values_match_by_position_in_the_order_of_their_fields() -> None:
    match Point(1, 2):
        case Point(a, b):
            assert (a, b) == (1, 2)


def test_fields_tell_annotation_default_and_facts() -> None:
    name, notes, _ = fields(Named)
    assert (name.name, name.annotation, name.required) == ("name", str, True)
    assert (notes.required, notes.metadata) == (False, {"unit": "none"})


def test_only_decorated_classes_are_value_classes() -> None:
    class Below(Point):
        pass

    assert is_value(Point)
    assert not any(map(is_value, (Below, int, Point(1), "Point")))


# ---- copies ----------------------------------------------------------------------------------------


@given(numbers, numbers, numbers)
def test_replace_changes_the_named_fields_and_no_other(x: int, y: int, new: int) -> None:
    before = Point(x, y)
    assert replace(before, y=new) == Point(x, new)
    assert before == Point(x, y)


def test_replace_works_for_one_field_and_refuses_unknown_ones() -> None:
    assert replace(Alone(1), only=2) == Alone(2)
    with pytest.raises(TypeError):
        replace(Alone(1), other=2)


@pytest.mark.parametrize("value", [Point(1, 2), Alone(3), Empty(), Named(name="a", notes=["b"])])
def test_values_come_back_from_pickling_and_copying(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 (our own bytes)
    assert copy.deepcopy(value) == value
    assert type(copy.copy(value)) is type(value)
