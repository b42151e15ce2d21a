"""JSON from strangers, read with limits, and values taken out of it by their type.

Numbers stay the text that they are written in.
A name that stands twice in one object makes only that name unreadable: what does not need it can
still be read.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NoReturn, TypeAlias

from handouts.characters import control
from handouts.errors import Place, SourceError
from handouts.values import frozen

DEEPEST = 64
"""Levels of arrays and objects inside each other that are read."""

_WHOLE = re.compile(r"[0-9]{1,18}")


class _Twice:
    """Stands for the values of a name that one object has several times."""

    __slots__ = ("values",)

    def __init__(self, values: "list[_Value]") -> None:
        self.values = values


_Value: TypeAlias = dict[str, "_Value"] | list["_Value"] | str | bool | _Twice | None


@frozen(kw_only=False)
class Json:
    """A value in a JSON document, with the file and the way that leads to it for messages.

    A value that is missing is null.
    """

    value: object
    file: str
    path: str = ""

    # ---- kinds ---------------------------------------------------------------------------------

    @property
    def is_null(self) -> bool:
        """Whether there is nothing."""
        return self.value is None

    @property
    def is_object(self) -> bool:
        """Whether it has named members."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is an array."""
        return isinstance(self.value, list)

    # ---- taking values out ---------------------------------------------------------------------

    def get(self, name: str) -> "Json":
        """Give a member of an object, however its name's letters are cased; of null, null.

        Raises:
            SourceError: This is no object.
        """
        if self.is_null:
            return Json(None, self.file, self._below(name))
        if not isinstance(self.value, dict):
            self.fail("an object is expected here")
        if name not in self.value:
            folded = name.casefold()
            name = next((other for other in self.value if other.casefold() == folded), name)
        return Json(self.value.get(name), self.file, self._below(name))

    def at(self, *names: str) -> "Json":
        """Follow several names, one after the other."""
        found = self
        for name in names:
            found = found.get(name)
        return found

    def items(self) -> tuple["Json", ...]:
        """Give the items of an array; null has none, and an object counts as the only item.

        Raises:
            SourceError: This is a text, a number or a truth value.
        """
        if self.is_null or self.value == "":
            return ()
        if isinstance(self.value, dict):
            return (self,)
        if not isinstance(self.value, list):
            self.fail("an array is expected here")
        return tuple(
            Json(item, self.file, f"{self.path}[{index}]") for index, item in enumerate(self.value)
        )

    def members(self) -> Iterator[tuple[str, "Json"]]:
        """Yield the members of an object; nothing else has any."""
        if isinstance(self.value, dict):
            for name, value in self.value.items():
                yield name, Json(value, self.file, self._below(name))

    def text(self) -> str:
        r"""Give a text or a number as it is written, NFC, with `\n` line ends; null is "".

        Raises:
            SourceError: This is no text, or it holds characters that must not be printed.
        """
        if self.is_null:
            return ""
        if not isinstance(self.value, str):
            self.fail("a text is expected here")
        words = self.value.replace("\r\n", "\n").replace("\r", "\n")
        for found in control(words):
            self.fail(f"the text holds a character that must not be printed, {found.name}")
        return words if words.isascii() else unicodedata.normalize("NFC", words)

    def texts(self) -> tuple[str, ...]:
        """Give the texts of an array, or the only one; empty ones are left out."""
        found = self.items() if self.is_list else (self,)
        return tuple(words for words in (item.text().strip() for item in found) if words)

    def number(self) -> int | None:
        """Give a whole number, if it is one."""
        digits = self.value if isinstance(self.value, str) else ""
        return int(digits) if _WHOLE.fullmatch(digits) else None

    def leaves(self) -> Iterator["Json"]:
        """Yield every text below, in the order of the document."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            if one.is_list:
                waiting += reversed(one.items())
            elif one.is_object:
                waiting += reversed([member for _, member in one.members()])
            elif isinstance(one.value, _Twice):
                waiting += [
                    Json(value, self.file, one.path) for value in reversed(one.value.values)
                ]
            elif isinstance(one.value, str):
                yield one

    def fail(self, what: str) -> NoReturn:
        """Say what is wrong with this value.

        Raises:
            SourceError: Always.
        """
        if isinstance(self.value, _Twice):
            what = "this name stands twice in one object"
        where = f"at {self.path}: " if self.path else ""
        raise SourceError(f"{where}{what}", place=Place(self.file))

    def _below(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


# ---- reading -----------------------------------------------------------------------------------


def parse(text: str, file: str) -> Json:
    """Read a JSON document.

    Raises:
        SourceError: It is none, or nested deeper than `DEEPEST`.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as failure:
        what = f"this is no valid JSON: {failure.msg}, at character {failure.colno} of the line"
        hint = "Fetch it again: it may have been cut off."
        raise SourceError(what, place=Place(file, failure.lineno), hint=hint) from None
    except RecursionError:
        raise _too_deep(file) from None
    except _ConstantError as failure:
        raise SourceError(f"{failure} is no JSON value", place=Place(file)) from None
    if _depth(value) > DEEPEST:
        raise _too_deep(file)
    return Json(value, file)


class _ConstantError(Exception):
    """A word that JavaScript knows and JSON does not."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def _object(pairs: list[tuple[str, _Value]]) -> dict[str, _Value]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        for name, value in pairs:
            if counts[name] > 1:
                twice = found[name]
                if isinstance(twice, _Twice):
                    twice.values.append(value)
                else:
                    found[name] = _Twice([value])
    return found


def _too_deep(file: str) -> SourceError:
    return SourceError(f"the JSON is nested deeper than {DEEPEST} levels", place=Place(file))


def _depth(value: _Value) -> int:
    """Count the levels of nesting, without recursion."""
    level, depth = [value], 0
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [
            inner for one in level for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth
