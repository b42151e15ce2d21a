"""Whether everything that hangs on an object of one PDF hangs on an object of another in the same way.

Object numbers change when a file is written, so two objects are the same when their own words are
and the objects that they lead to are the same in turn.  Objects are compared as qpdf writes them,
which is fast; only what differs there is looked at entry by entry.
"""

import re
from collections.abc import Collection
from typing import Any, TypeAlias

import pikepdf

_Object: TypeAlias = Any
_WORD = re.compile(rb" (\((?:\\.|[^\\()])*\)|\d+ \d+ R)", re.DOTALL)
"""A string, which may hold anything, or a reference, in a dictionary or an array of qpdf's."""


class Sameness:
    """Two open documents; pairs of objects that were found, or are taken, to be the same."""

    def __init__(self, before: _Object, after: _Object, *, decoded: bool) -> None:
        """Begin a comparison; `decoded` compares what streams mean, not how they are coded."""
        self._before, self._after, self._decoded = before, after, decoded
        self._met: dict[bytes, bytes] = {}  # references as qpdf writes them
        self._taken: set[bytes] = set()
        self._waiting: list[tuple[bytes, bytes]] = []

    def take(self, before: _Object, after: _Object) -> bool:
        """Take two objects to be the same, since they are compared elsewhere; not two for one."""
        if not _is_indirect(before):
            return True
        pair = _reference(before), _reference(after)
        return self._pair(*pair) or self._met.get(pair[0]) == pair[1]

    def same(self, before: _Object, after: _Object, *, but: Collection[str] = ()) -> bool:
        """Compare two objects and all they lead to; `but` names entries of theirs to leave out.

        Their own entries are compared also when the two were taken to be the same.
        """
        if not self.take(before, after) or not self._alike(before, after, frozenset(but)):
            return False
        while self._waiting:
            one, other = self._waiting.pop()
            pair = self._before.get_object(_key(one)), self._after.get_object(_key(other))
            if not self._alike(*pair, frozenset()):
                return False
        return True

    def _alike(self, before: _Object, after: _Object, but: frozenset[str]) -> bool:
        """Compare two objects' own words; what they lead to waits for its turn."""
        if not (hasattr(before, "unparse") and hasattr(after, "unparse")):
            return bool(before == after)  # a number, or nothing
        one, other = before.unparse(True), after.unparse(True)  # noqa: FBT003  (pikepdf's own)
        if one.endswith(b" R"):  # of a stream qpdf writes the reference
            return other.endswith(b" R") and self._same_stream(before, after)
        if not one.endswith((b">>", b"]")):
            return bool(one == other)  # a word that leads nowhere
        if not but and self._same_words(one, other):
            return True
        if isinstance(before, pikepdf.Dictionary) and isinstance(after, pikepdf.Dictionary):
            return self._same_entries(before, after, but)
        if isinstance(before, pikepdf.Array) and isinstance(after, pikepdf.Array):
            pairs = zip(before, after, strict=False)
            return len(before) == len(after) and all(self._meet(*pair) for pair in pairs)
        return bool(before == after)

    def _same_entries(self, before: _Object, after: _Object, but: frozenset[str]) -> bool:
        keys = {key for one in (before, after) for key in one.keys()} - but  # noqa: SIM118  (no mapping)
        return all(self._meet(before.get(key), after.get(key)) for key in keys)

    def _same_stream(self, before: _Object, after: _Object) -> bool:
        coding = frozenset(("/Length",))
        if self._decoded:
            coding |= {"/Filter", "/DecodeParms"}
        if not self._same_entries(before.stream_dict, after.stream_dict, coding):
            return False
        if self._decoded:
            return bool(_meaning(before) == _meaning(after))
        return bool(before.read_raw_bytes() == after.read_raw_bytes())

    def _same_words(self, before: bytes, after: bytes) -> bool:
        """Compare text in which only the numbers of references may differ."""
        one, other = _WORD.split(before), _WORD.split(after)
        return one[::2] == other[::2] and all(map(self._same_word, one[1::2], other[1::2]))

    def _same_word(self, before: bytes, after: bytes) -> bool:
        """Compare two strings, or two references: what these lead to waits for its turn."""
        known = self._met.get(before)
        if known is not None:
            return known == after
        if not (before.endswith(b"R") and after.endswith(b"R")):
            return before == after
        if not self._pair(before, after):
            return False
        self._waiting.append((before, after))
        return True

    def _pair(self, before: bytes, after: bytes) -> bool:
        """Pair two objects unless one of them has another partner, or both are paired already."""
        if before in self._met or after in self._taken:
            return False
        self._met[before] = after
        self._taken.add(after)
        return True

    def _meet(self, before: _Object, after: _Object) -> bool:
        """Compare two entries: references wait for their turn, direct objects have it now."""
        if _is_indirect(before) and _is_indirect(after):
            return self._same_word(_reference(before), _reference(after))
        return self._alike(before, after, frozenset())


def _reference(item: _Object) -> bytes:
    return b"%d %d R" % item.objgen


def _key(reference: bytes) -> tuple[int, int]:
    number, generation, _ = reference.split()
    return int(number), int(generation)


def _is_indirect(item: _Object) -> bool:
    return bool(getattr(item, "is_indirect", False))


def _meaning(stream: _Object) -> bytes:
    """Give a stream decoded as far as qpdf can."""
    try:
        return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())
