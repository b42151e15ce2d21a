"""Operators, methods and filters that can make much out of little, each checked before it is done."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from jinja2 import pass_eval_context
from jinja2.filters import make_attrgetter
from jinja2.filters import sync_do_join as do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import markup_join

from handouts.template.cost import (
    check_length,
    check_number,
    check_things,
    check_width,
    take,
    weigh,
)
from handouts.template.wording import printable

OPERATORS = frozenset(("+", "*", "**", "%"))
"""The operators that are checked."""

FORBIDDEN = frozenset(
    ("center", "expandtabs", "format_map", "ljust", "maketrans", "rjust", "to_bytes", "translate")
) | {"zfill"}
"""Methods of texts and numbers that pad: the page folds white space, so no leaflet needs them."""

UNWANTED = ("center", "indent", "pprint", "random", "tojson", "urlize", "wordwrap")
"""Filters of Jinja that no leaflet needs: they pad, write for other readers, or throw dice."""

_TEXTUAL = frozenset(
    ("capitalize", "e", "escape", "forceescape", "format", "lower", "replace", "safe", "string")
) | {"striptags", "title", "trim", "truncate", "upper", "wordcount"}
"""Filters whose value becomes a text."""

_CALL = 100
"""Steps of a filter or a call."""

_TEXTS = (str, bytes)

_VALUE = 4
"""Steps of a value that a filter takes from another filter."""

_SPECIFICATION = re.compile(r"%(?:\([^)]*\))?([^a-zA-Z%]*)|:([^{}]*)[{}]")
_NUMBER = re.compile(r"[0-9]+")


# ---- operators -----------------------------------------------------------------------------------


def check_operator(operator: str, left: object, right: object) -> None:
    """Refuse an operation whose result would be too large.

    Raises:
        TemplateError: It would be.
    """
    match operator, left, right:
        case "*", int(), int():
            check_number(left.bit_length() + right.bit_length())
        case "**", int(), int():
            check_number(left.bit_length() * max(right, 0))
        case "*", (str() | bytes()), int():
            check_length(len(left) * right)
        case "*", (list() | tuple()), int():
            check_things(len(left) * right)
        case "*", int(), (str() | bytes() | list() | tuple()):
            check_operator(operator, right, left)
        case "%", (str() | bytes()), _:
            _check_format(str(left), right if isinstance(right, tuple) else (right,))


def _check_format(template: str, values: Iterable[object]) -> None:
    """Refuse a format that would be too wide; numbers among the values can be widths."""
    widths = [
        int(n[:9])
        for said in _SPECIFICATION.findall(template)
        for n in _NUMBER.findall("".join(said))
    ]
    lengths = list(widths)
    for value in values:
        many = value.values() if isinstance(value, Mapping) else (value,)
        lengths += [_format_length(one, template) for one in many]
    fields = template.count("%") + template.count("{")
    check_length(len(template) + fields * max(lengths, default=0))


def _format_length(value: object, template: str) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int):
        return abs(value) if "*" in template or "{" in template else value.bit_length()
    if isinstance(value, list | tuple | dict | set | frozenset):
        printable(value)
    return 0


# ---- calls ---------------------------------------------------------------------------------------


def checked_arguments(
    function: object, arguments: tuple[Any, ...], named: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Give the arguments of a call that may be made.

    Raises:
        TemplateError: Its result would be too large.
    """
    take(_CALL)
    method = getattr(function, "__wrapped__", function)
    owner = getattr(method, "__self__", None)
    if not isinstance(owner, _TEXTS):
        return arguments
    match getattr(method, "__name__", ""), arguments:
        case "replace", (old, new, *_):
            _check_replacing(owner, old, new)
        case "join", (parts, *_):
            arguments = (_checked_parts(parts, owner),)
        case "format" | "format_map", _:
            _check_format(str(owner), (*arguments, named))
    return arguments


def _check_replacing(text: Any, old: Any, new: Any) -> None:  # noqa: ANN401  (the method itself says what is no text)
    kinds = {isinstance(one, str) for one in (text, old, new)}
    if len(kinds) == 1:
        check_length(len(text) + text.count(old) * len(new))


def _checked_parts(parts: Any, between: Any) -> list[Any]:  # noqa: ANN401  (as above)
    made = list(counted(parts))
    check_length(
        sum([len(part) for part in made if isinstance(part, str | bytes)])
        + len(made) * len(between)
    )
    return made


def counted(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the values, and count them."""
    for value in values:
        take(_VALUE)
        yield value


def joined(parts: list[Any]) -> str:
    """Join what stands between `~`.

    Raises:
        TemplateError: It would be too long.
        TypeError: It is no text.
    """
    check_length(sum([len(part) for part in map(printable, parts) if isinstance(part, str)]))
    text = markup_join(parts)
    weigh(text)
    return text


# ---- filters -------------------------------------------------------------------------------------


def bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter that counts what it takes and what it gives."""
    at = int(hasattr(function, "jinja_pass_arg"))

    @wraps(function)
    def filtered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (whatever a template filters)
        take(_CALL)
        value, rest = arguments[at], arguments[at + 1 :]
        for argument in (*rest, *named.values()):
            check_width(argument)
        if hasattr(value, "__next__"):
            value = counted(value)
        else:
            weigh(value)
        _check_filter(name, value, rest, named)
        result = function(*arguments[:at], value, *rest, **named)
        weigh(result)
        if name == "sum" and isinstance(result, list | tuple):
            take(_CALL * len(result))  # each list is copied as often as there are lists
        return result

    return filtered


def _check_filter(
    name: str, value: object, rest: tuple[object, ...], named: Mapping[str, object]
) -> None:
    if name in _TEXTUAL:
        printable(value)
    match name, rest:
        case "replace", (old, new, *_):
            _check_replacing(str(value), str(old), str(new))
        case "format", _:
            _check_format(str(value), (*rest, named))


@pass_eval_context
def join(context: EvalContext, values: Any, between: str = "", attribute: Any = None) -> str:  # noqa: ANN401  (as above)
    """Join texts, as Jinja's filter does, that are not too long together."""
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    parts = _checked_parts([printable(part) for part in counted(values)], between)
    return do_join(context, parts, between)


def contains(value: Any, values: Any) -> bool:  # noqa: ANN401  (as above)
    """Say whether a value stands in others (`is in`)."""
    weigh(values)
    return value in values
