"""What a template reads of a value, noted, so that its result can be used for another value.

A template that read the same of two clinics wrote the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
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
            return getattr(self._whole(), name)  # what all tables have, such as `get`
        if is_value(type(value)):
            self._watch.reads[path] = type(value)
            return Watched(self._watch, path)
        self._watch.reads[path] = value
        return value

    def _whole(self) -> Any:  # noqa: ANN401  (the same)
        """Read all of it."""
        value = self._watch.reads[self._path] = self._watch.at(self._path)
        return value

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (the same)
        """Read an entry of a table."""
        return self._whole()[name]

    def __contains__(self, name: object) -> bool:
        """Look for an entry of a table."""
        return name in self._whole()

    def __iter__(self) -> Iterator[Any]:
        """Read a table's names."""
        return iter(self._whole())

    def __len__(self) -> int:
        """Count a table's entries."""
        return len(self._whole())

    def __bool__(self) -> bool:
        """Whether it holds anything; our own values do."""
        value = self._watch.at(self._path)
        return bool(self._whole()) if isinstance(value, dict) else True

    def __eq__(self, other: object) -> bool:
        """Compare all of it."""
        return bool(self._whole() == unwatched(other))

    __hash__ = None  # type: ignore[assignment]  # no key: it may be turned to another value

    def __dir__(self) -> list[str]:
        """List the names that there are, for those that are nearly right."""
        value = self._watch.at(self._path)
        return list(value) if isinstance(value, dict) else dir(value)


class Watch:
    """The values that are watched, by their names in a template, and what was read of them."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.reads: dict[Names, object] = {}

    def watched(self) -> dict[str, object]:
        """Give what stands for the values in a template; a function that is called counts as read."""
        return {
            name: self._noting(name) if callable(value) else Watched(self, (name,))
            for name, value in self.values.items()
        }

    def _noting(self, name: str) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            function: Any = self.values[name]
            self.reads[name,] = function
            return function(*arguments, **named)

        return call

    def at(self, path: Names) -> object:
        """Give what a value holds at a place.

        Raises:
            AttributeError: It holds nothing there; KeyError, when it is a table.
        """
        value: Any = self.values[path[0]]
        for name in path[1:]:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        return value


class Reads:
    """What was read of values, ready to be compared with what would be read of others.

    What is read of one of our own values, or of one table, is fetched at once.
    """

    def __init__(self, values: Mapping[str, object], found: Mapping[Names, object]) -> None:
        self.found = found
        together: dict[str, dict[str, object]] = {}
        self._alone: list[tuple[Names, object]] = []
        for path, value in found.items():
            name = _fetched(path, value, values)
            if name:
                together.setdefault(path[0], {})[name] = value
            else:
                self._alone.append((path, value))
        self._together = [
            (root, _fetching(values[root], tuple(names)), _one_or_all(tuple(names.values())))
            for root, names in together.items()
        ]

    def alike(self, values: Mapping[str, object]) -> bool:
        """Whether the same would be read of these values."""
        try:
            for root, fetch, expected in self._together:
                if fetch(values[root]) != expected:
                    return False
        except (AttributeError, KeyError):
            return False
        watch = Watch(values)
        return all(_same(watch, path, value) for path, value in self._alone)


def joined(reads: Iterable[Reads], values: Mapping[str, object]) -> Reads:
    """Give all that was read of values, some of it here and some there."""
    return Reads(values, {path: one for part in reads for path, one in part.found.items()})


def _fetched(path: Names, value: object, values: Mapping[str, object]) -> str:
    """Give the name by which a read is fetched together with others of its root, or ""."""
    root, names = values[path[0]], path[1:]
    if len(names) == 1 and not isinstance(value, type):
        return names[0]
    if isinstance(root, dict):
        return ""
    inner = root
    for name in names[:-1]:
        inner = getattr(inner, name)
        if not is_value(type(inner)):
            return ""
    return ".".join((*names, *(["__class__"] if isinstance(value, type) else [])))


def _fetching(root: object, names: tuple[str, ...]) -> Callable[[Any], object]:
    return itemgetter(*names) if isinstance(root, dict) else attrgetter(*names)


def _one_or_all(found: tuple[object, ...]) -> object:
    """Getters give what is single as it is."""
    return found if len(found) > 1 else found[0]


def _same(watch: Watch, path: Names, value: object) -> bool:
    try:
        found = watch.at(path)
    except (AttributeError, KeyError):
        return False
    return type(found) is value if isinstance(value, type) else found == value


def unwatched(value: object) -> object:
    """Give the value that something stands for in a template, or the thing itself."""
    return value._watch.at(value._path) if isinstance(value, Watched) else value  # noqa: SLF001  (its own)
