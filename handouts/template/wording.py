"""What Jinja and Python say of a mistake, in the words of people who write templates."""

import datetime
import re

import jinja2
from jinja2.runtime import Macro, TemplateReference
from jinja2.utils import Namespace

from handouts.template.cost import take
from handouts.template.reads import unwatched

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "a text"),
    (bool, "true or false"),
    ((int, float), "a number"),
    ((list, tuple, set, frozenset), "a list"),
    (dict, "a table"),
    (datetime.date, "a date"),
    (type(None), "an empty value"),
    (TemplateReference, "a template"),
    (Macro, "a macro"),
    (Namespace, "a namespace"),
)
_NAMES = {
    "str": "a text",
    "Markup": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "list": "a list",
    "set": "a list",
    "dict": "a table",
    "date": "a date",
    "datetime.date": "a date",
    "NoneType": "an empty value",
    "Undefined": "an empty value",
    "Macro": "a macro",
    "function": "a function",
    "method": "a function",
    "builtin_function_or_method": "a function",
}
"""What Python's messages call a kind -> what we call it."""

_OPERANDS = r"unsupported operand type\(s\) for (.+): '([\w.]+)' and '([\w.]+)'"
_ADDED = r'can only concatenate (\w+) \(not "([\w.]+)"\) to \w+'
_COMPARED = r"'(.+)' not supported between instances of '([\w.]+)' and '([\w.]+)'"
_USED = r"(?:cannot unpack non-iterable ([\w.]+) object|'([\w.]+)' object is not (\w+))"
_WHOLE = r"'([\w.]+)' object cannot be interpreted as an integer"
_FUNCTION = r"^[\w.<>]+\(\) "
_USES = {"iterable": "looped over", "callable": "called", "subscriptable": "looked into"}


_PRINTED = (int, float, datetime.date, jinja2.Undefined)


class Missing(jinja2.StrictUndefined):
    """A value that is not there; what is told of it names no class of ours."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, unwatched(self._undefined_obj)
        if self._undefined_hint:
            return str(self._undefined_hint)
        if owner is jinja2.utils.missing:
            return f"{name!r} is undefined"
        if isinstance(owner, dict):
            return f"there is no {name!r} here{_nearest(name, owner)}"
        return f"{_owner(owner)} has no {name!r}{_nearest(name, owner)}"


def _owner(owner: object) -> str:
    """Name a value that lacks something: an imported template by its file."""
    if isinstance(owner, jinja2.environment.TemplateModule):
        return str(owner.__name__)
    return re.sub("^an? ", "this ", kind(owner))


def _nearest(name: object, owner: object) -> str:
    """Give the name that was likely meant."""
    from difflib import get_close_matches  # noqa: PLC0415  (only a mistake needs it)

    names = owner if isinstance(owner, dict) else dir(owner)
    public = [one for one in names if isinstance(one, str) and not one.startswith("_")]
    near = get_close_matches(str(name), public, 1)
    return f"; perhaps {near[0]!r}" if near else ""


def kind(value: object) -> str:
    """Say what a value is: "a text", "a list", "a section"."""
    value = unwatched(value)
    for types, words in _KINDS:
        if isinstance(value, types):
            return words
    if callable(value):
        return "a function"
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(value).__name__).lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def printable(value: object) -> object:
    """Give a value that can be printed, and count its characters.

    Raises:
        TypeError: It is no text: how Python writes a list or a function has no place on paper.
    """
    if isinstance(value, str):
        take(0, len(value))
        return value
    if isinstance(value, _PRINTED):
        return value
    raise TypeError(f"this is {kind(value)}, no text; blocks are written |markup")


def said(error: Exception) -> str:
    """Say what an expression of a template did wrong."""
    match error:
        case RecursionError():
            return "this repeats itself without end"
        case MemoryError():
            return "this needs too much memory"
        case AssertionError():
            return "this is no part of a document"
        case KeyError():
            return f"there is no {error.args[0]!r}" if error.args else "this is not there"
        case IndexError():
            return "there is nothing at this place of the list"
    words = str(error).rstrip(".")
    return _reworded(words) or words or "this cannot be done"


def _reworded(words: str) -> str:
    if found := re.fullmatch(_OPERANDS, words):
        operator = found[1].partition(" ")[0].removesuffix("=")
        return f"{operator} does not go with {_named(found[2])} and {_named(found[3])}"
    if found := re.match(_ADDED, words):
        return f"+ does not go with {_named(found[1])} and {_named(found[2])}; ~ joins texts"
    if found := re.fullmatch(_COMPARED, words):
        return f"{found[1]} does not go with {_named(found[2])} and {_named(found[3])}"
    if found := re.match(_USED, words):
        use = _USES.get(found[3] or "iterable", "used so")
        return f"{_named(found[1] or found[2])} cannot be {use}"
    if found := re.fullmatch(_WHOLE, words):
        return f"{_named(found[1])} is no whole number"
    return re.sub(_FUNCTION, "this function ", words)


def _named(name: str) -> str:
    return _NAMES.get(name, f"a {name.rpartition('.')[2].lower()}")
