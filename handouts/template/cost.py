"""What filling a template may cost: steps and characters are counted, and both are limited.

A step is about one expression; what a text or a list costs depends on its length.
The counts do not depend on the machine, so a template fails everywhere or nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from handouts.errors import TemplateError

STEPS = 1_000_000
"""Steps of one leaflet; the built-in templates take about 10,000."""

CHARACTERS = 3_000_000
"""Characters that a template's expressions and loops may make for one leaflet, all in all."""

TEXT = 1_000_000
"""Characters of the longest text that one expression may make."""

THINGS = 10_000
"""Things in a list, those in its lists too; how far `range` counts; the widest format."""

_BITS = 4096
"""Binary digits of the largest whole number."""

# Tuples, not unions: these are asked for every value of a template, and tuples are faster.
_TEXTS = (str, bytes)
_MANY = (list, tuple, dict, set, frozenset)


class Meter:
    """The steps and the characters of one leaflet so far."""

    __slots__ = ("characters", "steps")

    def __init__(self) -> None:
        self.steps = self.characters = 0


_METER: ContextVar[Meter] = ContextVar("meter")


@contextmanager
def metered() -> Iterator[Meter]:
    """Count what a leaflet costs, from nothing."""
    meter = Meter()
    token = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(token)


def take(steps: int, characters: int = 0) -> None:
    """Count on for the leaflet that is being filled.

    Raises:
        TemplateError: It is too much.
    """
    meter = _METER.get()
    meter.steps += steps
    meter.characters += characters
    if meter.steps > STEPS:
        raise TemplateError(
            f"the template takes more than {STEPS:,} steps",
            hint="A loop, macro or include here is repeated without end, or nearly so",
        )
    if meter.characters > CHARACTERS:
        raise TemplateError(
            f"the template makes more than {CHARACTERS:,} characters",
            hint="A loop, macro or include here is repeated too often",
        )


def weigh(value: object) -> None:
    """Count a text or a list by its length; other values cost nothing.

    Raises:
        TemplateError: It is too long, or all of it is too much.
    """
    if isinstance(value, _TEXTS):
        check_length(len(value))
        take(0, len(value))
    elif isinstance(value, _MANY):
        take(_things(value))
    elif isinstance(value, range):
        take(len(value))


def check_length(length: int) -> None:
    """Refuse a text that would be too long, before it is made."""
    if length > TEXT:
        raise TemplateError(f"a text of more than {TEXT:,} characters", hint="Repeat it less often")


def check_width(width: object) -> None:
    """Refuse a width or count that no leaflet needs."""
    if isinstance(width, int) and abs(width) > THINGS:
        raise TemplateError(
            f"a width or count of more than {THINGS:,}", hint="Write a smaller number"
        )


def check_number(bits: int) -> None:
    """Refuse a whole number that would be too large, before it is made."""
    if bits > _BITS:
        raise TemplateError("a number that is too large", hint="Write a smaller number")


def check_things(count: int) -> None:
    """Refuse a list that would be too long, before it is made."""
    if count > THINGS:
        raise TemplateError(f"a list of more than {THINGS:,} things", hint="Repeat it less often")


def _things(value: object) -> int:
    """Count what a list holds, at any depth; a list that stands in it twice counts twice."""
    count, inside = 0, [value]
    while inside:
        many = inside.pop()
        count += len(many)  # type: ignore[arg-type]  # only lists and the like get in
        check_things(count)
        values = many.values() if isinstance(many, dict) else many
        inside += [one for one in values if isinstance(one, _MANY)]  # type: ignore[attr-defined]  # as above
    return count


def count_range(*ends: int) -> range:
    """Count as Python's `range` does, but not endlessly.

    Raises:
        TemplateError: It counts further than a leaflet needs.
    """
    counted = range(*ends)
    try:
        length = len(counted)
    except OverflowError:
        length = THINGS + 1
    if length > THINGS:
        raise TemplateError(f"range counts to {THINGS:,} at most", hint="Write a smaller number")
    return counted
