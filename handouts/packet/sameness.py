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
_Key = tuple[int, int]
_WORD = re.compile(rb"(\((?:\\.|[^\\()])*\))|(\d+) (\d+) R\b", re.DOTALL)
"""A string, which may hold anything, or a reference: three groups."""


class Sameness:
    """Two open documents; pairs of objects that were found, or are taken, to be the same."""

    def __init__(self, before: _Object, after: _Object, *, decoded: bool) -> None:
        """Begin a comparison; `decoded` compares what streams mean, not how they are coded."""
        self._before, self._after, self._decoded = before, after, decoded
        self._met: dict[_Key, _Key] = {}
        self._waiting: list[tuple[_Object, _Object]] = []

    def take(self, before: _Object, after: _Object) -> bool:
        """Take two objects to be the same, since they are compared elsewhere; not two for one."""
        if not _is_indirect(before):
            return True
        return bool(self._met.setdefault(before.objgen, after.objgen) == after.objgen)

    def same(self, before: _Object, after: _Object, *, but: Collection[str] = ()) -> bool:
        """Compare two objects and all they lead to; `but` names entries of theirs to leave out.

        Their own entries are compared also when the two were taken to be the same.
        """
        if not self.take(before, after) or not self._alike(before, after, frozenset(but)):
            return False
        while self._waiting:
            one, other = self._waiting.pop()
            if not self._alike(one, other, frozenset()):
                return False
        return True

    def _alike(self, before: _Object, after: _Object, but: frozenset[str]) -> bool:
        """Compare two objects' own words; what they lead to waits for its turn."""
        if not (hasattr(before, "unparse") and hasattr(after, "unparse")):
            return bool(before == after)  # a number, or nothing
        if isinstance(before, pikepdf.Stream):
            return isinstance(after, pikepdf.Stream) and self._same_stream(before, after)
        if not but and self._same_words(before.unparse(True), after.unparse(True)):  # noqa: FBT003  (pikepdf's own)
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
        if one[::4] != other[::4] or one[1::4] != other[1::4]:
            return False
        references = zip(one[2::4], one[3::4], other[2::4], other[3::4], strict=True)
        for number, generation, number_after, generation_after in references:
            if number is None:  # a string stands here, in both
                continue
            key, key_after = (
                (int(number), int(generation)),
                (int(number_after), int(generation_after)),
            )
            known = self._met.get(key)
            if known is None:
                self._met[key] = key_after
                ends = self._before.get_object(key), self._after.get_object(key_after)
                self._waiting.append(ends)
            elif known != key_after:
                return False
        return True

    def _meet(self, before: _Object, after: _Object) -> bool:
        """Compare two entries: references wait for their turn, direct objects have it now."""
        if not (_is_indirect(before) and _is_indirect(after)):
            return self._alike(before, after, frozenset())
        known = self._met.get(before.objgen)
        if known is None:
            self._met[before.objgen] = after.objgen
            self._waiting.append((before, after))
        return known in (None, after.objgen)


def _is_indirect(item: _Object) -> bool:
    return bool(getattr(item, "is_indirect", False))


def _meaning(stream: _Object) -> bytes:
    """Give a stream decoded as far as qpdf can."""
    try:
        return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())
