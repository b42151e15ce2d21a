"""What a template reads of a value, noted, so that its result can be used for another value.

A template that read the same of two clinics wrote the same.
"""

from collections.abc import Mapping
from typing import Any

from handouts.values import is_value

Names = tuple[str, ...]
"""Names of attributes, one in the other; the first is that of the value itself."""


class Watched:
    """Stands for a value in a template, and notes what is read of it.

    What the value's attributes hold is given as it is, but for values of ours in it, for which
    others like this one stand.  It can be turned to another value, and all of these turn with it.
    """

    __slots__ = ("_path", "_watch")

    def __init__(self, watch: "Watch", path: Names) -> None:
        self._watch, self._path = watch, path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever it holds)
        """Read an attribute, and note it."""
        if name.startswith("_"):
            raise AttributeError(name)
        path = (*self._path, name)
        try:
            value = self._watch.at(path)
        except KeyError:
            raise AttributeError(name) from None
        if is_value(type(value)):
            self._watch.reads[path] = type(value)
            return Watched(self._watch, path)
        self._watch.reads[path] = value
        return value

    def __dir__(self) -> list[str]:
        """List the names that there are, for those that are nearly right."""
        value = self._watch.at(self._path)
        return list(value) if isinstance(value, dict) else dir(value)


class Watch:
    """The values that are watched, by their names in a template, and what was read of them."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.reads: dict[Names, object] = {}

    def watched(self) -> dict[str, Watched]:
        """Give what stands for the values in a template."""
        return {name: Watched(self, (name,)) for name in self.values}

    def at(self, path: Names) -> object:
        """Give what a value holds at a place.

        Raises:
            AttributeError: It holds nothing there; KeyError, when it is a table.
        """
        value: Any = self.values[path[0]]
        for name in path[1:]:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        return value


def read_alike(values: Mapping[str, object], reads: Mapping[Names, object]) -> bool:
    """Whether the same would be read of other values."""
    watch = Watch(values)
    return all(_same(watch, path, value) for path, value in reads.items())


def _same(watch: Watch, path: Names, value: object) -> bool:
    try:
        found = watch.at(path)
    except (AttributeError, KeyError):
        return False
    return type(found) is value if isinstance(value, type) else found == value


def unwatched(value: object) -> object:
    """Give the value that something stands for in a template, or the thing itself."""
    return value._watch.at(value._path) if isinstance(value, Watched) else value  # noqa: SLF001  (its own)
