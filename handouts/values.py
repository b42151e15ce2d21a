"""`@frozen`: frozen dataclasses that cost nothing until they are used.

The standard decorator compiles six methods for every class when its module is imported.
With this package's 130 classes that was a quarter of the CPU of a cold `handouts make`
(docs/decisions/0006-value-classes.md), so here five methods are shared, and `__new__` is compiled
when a class gets more than a few instances: most classes never do in the making of one leaflet.

A value is slotted, keyword-only unless said otherwise, compared and hashed by its type and fields,
and picklable.  Type checkers see a frozen dataclass.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")

MISSING: Any = object()
"""The default of a field that must be given."""


class Field:
    """What a class says of one field: its annotation, default, and further facts for readers."""

    __slots__ = ("annotation", "default", "default_factory", "hash", "metadata", "name")

    def __init__(
        self,
        default: object = MISSING,
        default_factory: Callable[[], object] | None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        hash: bool = True,  # noqa: A002  (the name of the standard library)
    ) -> None:
        self.name, self.hash = "", hash
        self.annotation: Any = None
        self.default, self.default_factory, self.metadata = default, default_factory, metadata or {}

    @property
    def required(self) -> bool:
        """Whether a value cannot be made without it."""
        return self.default is MISSING and self.default_factory is None


def field(
    *,
    default: Any = MISSING,  # noqa: ANN401  (any default)
    default_factory: Callable[[], Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    hash: bool = True,  # noqa: A002  (the name of the standard library)
) -> Any:  # noqa: ANN401  (it stands for the field's value)
    """Describe a field whose default is made anew, that has facts for readers, or no hash."""
    return Field(default, default_factory, metadata, hash=hash)


class FrozenError(AttributeError):
    """Somebody tried to change a value."""


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = True, eq: bool = True) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None, /, *, kw_only: bool = True, eq: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class of annotated fields a value class.

    Args:
        cls: The class, when the decorator is used without arguments.
        kw_only: Whether fields must be given by name; else also in the order they are written.
        eq: Whether values are equal when their fields are; else each is equal to itself only.
    """

    def make(plain: type[T]) -> type[T]:
        return _made(plain, kw_only=kw_only, eq=eq)

    return make if cls is None else make(cls)


def fields(cls: type) -> tuple[Field, ...]:
    """Give the fields of a value class, in the order they are written."""
    return cls.__value_fields__  # type: ignore[attr-defined,no-any-return]  # every value has them


def is_value(cls: object) -> bool:
    """Whether this is a value class."""
    return isinstance(cls, type) and "__value_fields__" in cls.__dict__


def contents(one: Any) -> tuple[object, ...]:  # noqa: ANN401  (any value)
    """Give what the fields of a value hold, in the order they are written."""
    found: tuple[object, ...] = one.__value_key__(one)
    return found


def replace(one: T, **changes: object) -> T:
    """Give a copy of a value with some fields changed."""
    cls: Any = type(one)
    copy: T = cls(**{**dict(zip(cls.__match_args__, cls.__value_key__(one))), **changes})  # noqa: B905  (equally many)
    return copy


# ---- making a class ----------------------------------------------------------------------------


def _made(plain: type[T], *, kw_only: bool, eq: bool) -> type[T]:
    """Make the class anew with slots: defaults cannot stand where slots are."""
    space = dict(plain.__dict__)
    described = tuple(
        _described(name, annotation, space.pop(name, MISSING))
        for name, annotation in space.get("__annotations__", {}).items()
    )
    names = tuple(part.name for part in described)
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    space |= {"__slots__": names, "__match_args__": names, "__value_fields__": described}
    space |= {"__setattr__": _refuse, "__delattr__": _refuse, "__reduce__": _reduce}
    space["__repr__"] = _repr
    space["__value_key__"] = staticmethod(_key(names))
    space["__value_form__"] = f"{plain.__name__}({'=%r, '.join(names)}{'=%r' if names else ''})"
    if eq:
        hashed = tuple(part.name for part in described if part.hash)
        space |= {"__eq__": _eq, "__hash__": _hash, "__hash_key__": staticmethod(_key(hashed))}
    metaclass: Any = type(plain)
    made: type[T] = metaclass(plain.__name__, plain.__bases__, space)
    type.__setattr__(made, "__new__", staticmethod(_first_new(made, kw_only=kw_only)))
    return made


def _described(name: str, annotation: object, default: object) -> Field:
    part = default if isinstance(default, Field) else Field(default)
    part.name, part.annotation = name, annotation
    return part


def _key(names: tuple[str, ...]) -> Callable[[Any], tuple[object, ...]]:
    """Give a function that reads these fields of a value as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    read = attrgetter(*names)
    return lambda one: (read(one),)


# ---- the shared methods ------------------------------------------------------------------------


def _eq(self: Any, other: Any) -> Any:  # noqa: ANN401  (values)
    if type(other) is not type(self):
        return NotImplemented
    return self.__value_key__(self) == self.__value_key__(other)


def _hash(self: Any) -> int:  # noqa: ANN401  (a value)
    return hash((type(self), self.__hash_key__(self)))


def _repr(self: Any) -> str:  # noqa: ANN401  (a value)
    said: str = self.__value_form__ % self.__value_key__(self)
    return said


def _refuse(self: object, name: str, *_value: object) -> NoReturn:
    raise FrozenError(f"{name} of a {type(self).__name__} cannot be changed")


def _reduce(self: Any) -> tuple[object, ...]:  # noqa: ANN401  (a value)
    return _rebuilt, (type(self), self.__value_key__(self))


def _rebuilt(cls: type[T], values: tuple[object, ...]) -> T:
    return cls(**{part.name: one for part, one in zip(fields(cls), values, strict=True)})


# ---- __new__, compiled for a class that has many instances --------------------------------------

_FEW = 16
"""Instances whose fields are set one by one; compiling costs as much as about forty of them."""


def _first_new(made: type, *, kw_only: bool) -> Callable[..., object]:
    """A `__new__` that sets field by field, and puts the compiled one in its place in time."""
    count, names = 0, made.__match_args__  # type: ignore[attr-defined]  # every value has them

    def __new__(cls: type, *values: object, **named: object) -> object:  # noqa: N807
        nonlocal count
        count += 1
        given = {} if kw_only else dict(zip(names, values, strict=False))
        given |= named
        fits = len(given) == len(values) + len(named)  # else one too many, or one given twice
        if count <= _FEW and fits:
            one: object = object.__new__(cls)
            if _set_each(one, given):
                return one
        real = _new(made, kw_only=kw_only)
        type.__setattr__(made, "__new__", staticmethod(real))
        return real(cls, *values, **named)

    return __new__


def _set_each(one: object, given: dict[str, object]) -> bool:
    """Set the fields of a new value; tell whether all was given that must be, and nothing else."""
    known = 0
    for part in fields(type(one)):
        if part.name in given:
            value, known = given[part.name], known + 1
        elif part.required:
            return False
        else:
            value = part.default_factory() if part.default_factory else part.default
        object.__setattr__(one, part.name, value)
    return known == len(given)


def _new(made: type, *, kw_only: bool) -> Callable[..., object]:
    """Compile `__new__`: a parameter a field, and one assignment.

    A value is filled while it is of a class that has the same fields and refuses nothing, and then
    becomes what it is: that takes half of the time of going round a `__setattr__` for each field.
    """
    parts: tuple[Field, ...] = fields(made)
    like = {"__slots__": tuple([part.name for part in parts])}
    like["__orig_bases__"] = getattr(made, "__orig_bases__", ())  # `Generic` asks for them
    blank = type(made.__name__, made.__bases__, like)
    space: dict[str, object] = {"_blank": blank}
    parameters, body = [], []
    for part in parts:
        name = part.name
        if part.required:
            parameters.append(name)
        else:
            space[f"_default_{name}"] = _MAKE if part.default_factory else part.default
            parameters.append(f"{name}=_default_{name}")
        if part.default_factory:
            space[f"_make_{name}"] = part.default_factory
            body.append(f"  if {name} is _default_{name}: {name} = _make_{name}()")
        body.append(f"  _self.{name} = {name}")
    star = "*, " if kw_only and parameters else ""
    lines = ("  _self = _blank()", *body, "  _self.__class__ = _cls", "  return _self")
    text = f"def {made.__name__}(_cls, {star}{', '.join(parameters)}):\n" + "\n".join(lines)
    exec(text, space)  # noqa: S102  (made of the class's own field names)
    return space[made.__name__]  # type: ignore[return-value]  # the function just compiled


_MAKE = object()
"""Stands for a default that is made anew each time."""
