"""The check before release: the packet is in the joined file as it was, and the tags lead right.

Nothing here trusts what the join did: both files are opened anew from their bytes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pikepdf

from handouts.errors import PacketError
from handouts.packet.binding import loose_pages
from handouts.packet.facts import destinations, form_resources, layer_states
from handouts.packet.labels import read_labels
from handouts.packet.memory import opened
from handouts.packet.outline_join import entries
from handouts.packet.parts import PACKET, Job, Joined, Part
from handouts.packet.sameness import Sameness
from handouts.packet.second_look import second_look
from handouts.packet.structure_walk import kids
from handouts.packet.tables import is_table

_Object: TypeAlias = Any
_JOINED = frozenset(
    (
        *("/Pages", "/PageLabels", "/Outlines", "/StructTreeRoot", "/AcroForm", "/OCProperties"),
        *("/Names", "/Dests", "/Metadata", "/Perms", "/Version", "/Extensions"),
    )
)
"""Entries of the catalog that have a check of their own, or that the file's version changes."""


def check(job: Job, joined: Joined) -> int:
    """Compare the packet with the joined file.

    Returns:
        The number of the packet's pages whose tags led nowhere already before.

    Raises:
        PacketError: They differ; the message says in what, and nothing of the content.
    """
    before, after = map(opened, (job.packet, joined.content))
    comparison = _Comparison(before, after, job, joined)
    faults = [*comparison.faults(), *second_look(before, after, job, joined.content)]
    if before.get_warnings():
        hint = "Ask for it anew, or use --beside to put the leaflets into a second file"
        raise PacketError("the file is damaged", hint=hint)
    if after.get_warnings():
        faults.append("its syntax")
    if faults:
        what = f"the joined file is not what it should be ({', '.join(dict.fromkeys(faults))})"
        hint = "Nothing was written; use --beside, and tell us what made the packet"
        raise PacketError(what, hint=hint)
    return comparison.loose


class _Comparison:
    """What there is to compare, each with the words for it when it differs."""

    def __init__(self, before: _Object, after: _Object, job: Job, joined: Joined) -> None:
        self._before, self._after, self._job, self._joined = before, after, job, joined
        self._places = [at for at, leaf in enumerate(job.leaves) if leaf.part == PACKET]
        coded_anew = joined.encrypted or before.is_linearized
        self._same = Sameness(before, after, decoded=coded_anew)
        self._brought = set(_brought(job.parts))
        self.loose = 0

    def faults(self) -> Iterator[str]:
        """Name what differs."""
        checks: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("pages", self._pages_are_there),
            ("tags", self._tags_are_joined),
            ("content of pages", self._pages_are_the_same),
            ("the catalog", self._rest_of_catalog),
            ("labels", self._labels),
            ("outline", self._outline),
            ("form", self._form),
            ("layers", self._layers),
            ("names", self._names),
            ("metadata", self._metadata),
            ("encryption", self._encryption),
            ("binding of tags", self._binding),
        )
        for words, holds in checks:
            if not holds():
                yield words
                if words == "pages":
                    return

    # ---- pages ---------------------------------------------------------------------------------

    def _pages_are_there(self) -> bool:
        if len(self._after.pages) != len(self._job.leaves):
            return False
        if len(self._before.pages) != len(self._places):
            return False
        for one, other in self._pairs():
            self._same.take(one, other)
        for key in ("/Pages", "/StructTreeRoot", "/Outlines"):
            if is_table(self._before.Root.get(key)):
                self._same.take(self._before.Root[key], self._after.Root[key])
        return True

    def _pairs(self) -> Iterator[tuple[_Object, _Object]]:
        pages = list(self._after.pages)  # to ask for one by its number takes as long as for all
        for page, at in zip(self._before.pages, self._places, strict=True):
            yield page.obj, pages[at].obj

    def _pages_are_the_same(self) -> bool:
        return all(self._same.same(*pair, but=("/Parent",)) for pair in self._pairs())

    # ---- the catalog ---------------------------------------------------------------------------

    def _rest_of_catalog(self) -> bool:
        roots = self._before.Root, self._after.Root
        return self._same.same(*roots, but=_JOINED) and self._entry("/Info", *self._trailers())

    def _trailers(self) -> tuple[_Object, _Object]:
        return self._before.trailer, self._after.trailer

    def _entry(self, key: str, before: _Object, after: _Object, but: Sequence[str] = ()) -> bool:
        if key not in before:
            return True
        return key in after and self._same.same(before[key], after[key], but=but)

    def _labels(self) -> bool:
        if self._job.base:
            return True
        labels = read_labels(self._after)
        return read_labels(self._before) == [labels[at] for at in self._places]

    def _outline(self) -> bool:
        """Every entry stays; of the last one only what follows it is new."""
        root = self._before.Root.get("/Outlines")
        if not is_table(root):
            return True
        pairs = list(zip(entries(root), entries(self._after.Root.Outlines), strict=False))
        if len(pairs) != len(list(entries(root))):
            return False
        for pair in pairs:
            self._same.take(*pair)
        whole, last = pairs[:-1], pairs[-1:]
        return all(self._same.same(*pair) for pair in whole) and all(
            self._same.same(*pair, but=("/Next",)) for pair in last
        )

    def _form(self) -> bool:
        form, joined = (one.Root.get("/AcroForm") for one in (self._before, self._after))
        if form is None:
            return True
        changed = ("/Fields", "/DR") if "/AcroForm" in self._brought else ()
        if joined is None or not self._same.same(form, joined, but=changed):
            return False
        if changed and not self._holds(form_resources(form), form_resources(joined)):
            return False
        fields = list(form.get("/Fields", ())), list(joined.get("/Fields", ()))
        pairs = zip(*fields, strict=False)
        return len(fields[0]) <= len(fields[1]) and all(self._same.same(*pair) for pair in pairs)

    def _layers(self) -> bool:
        layers = self._before.Root.get("/OCProperties")
        if layers is None:
            return True
        joined = self._after.Root.get("/OCProperties")
        if joined is not None and "/OCProperties" not in self._brought:
            return self._same.same(layers, joined)
        return (
            joined is not None
            and layer_states(layers) == layer_states(joined)[: len(layer_states(layers))]
        )

    def _names(self) -> bool:
        """Names lead where they led; parts may have added destinations."""
        roots = self._before.Root, self._after.Root
        if not {"/Names", "/Dests"} & self._brought:
            return all(self._entry(key, *roots) for key in ("/Names", "/Dests"))
        if not self._entry("/Names", *roots, ("/Dests",)):
            return False
        return self._holds(*map(destinations, roots))

    def _metadata(self) -> bool:
        if "/Metadata" not in self._before.Root:
            return True
        if self._joined.claims_dropped:
            return isinstance(self._after.Root.get("/Metadata"), pikepdf.Stream)
        streams = [one.Root.get("/Metadata") for one in (self._before, self._after)]
        if not all(isinstance(one, pikepdf.Stream) for one in streams):
            return self._entry("/Metadata", self._before.Root, self._after.Root)
        return bool(streams[0].read_bytes() == streams[1].read_bytes())  # qpdf unpacks it

    def _encryption(self) -> bool:
        if self._before.is_encrypted != self._after.is_encrypted:
            return False
        if not self._before.is_encrypted:
            return True
        one, other = self._before.encryption, self._after.encryption
        same = all(getattr(one, key) == getattr(other, key) for key in ("R", "V", "P", "bits"))
        keys = (pdf.trailer.Encrypt for pdf in (self._before, self._after))
        return same and self._before.allow == self._after.allow and _same_passwords(*keys)

    # ---- tags ----------------------------------------------------------------------------------

    def _tags_are_joined(self) -> bool:
        """The packet's elements and tables are there; the parts' stand before or behind them."""
        if "/StructTreeRoot" not in self._before.Root:
            return "/StructTreeRoot" not in self._after.Root
        before, after = self._before.Root.StructTreeRoot, self._after.Root.StructTreeRoot
        if self._joined.tags != "joined":
            return self._same.same(before, after)
        if not self._elements_are_there(before, after):
            return False
        tables: tuple[tuple[str, Callable[[_Object], _Object]], ...] = (
            ("/RoleMap", _itself),
            ("/ClassMap", _itself),
            ("/ParentTree", pikepdf.NumberTree),
            ("/IDTree", pikepdf.NameTree),
        )
        return all(self._is_within(before, after, *table) for table in tables)

    def _elements_are_there(self, before: _Object, after: _Object) -> bool:
        """Without those that were added, the elements are the packet's, in its order."""
        added = self._joined.added
        pairs = _kept_pairs(kids(before), kids(after), added.tops)
        if pairs is None:
            return False
        if added.inside:
            document = pairs.pop(added.document)
            inside = _kept_pairs(kids(document[0]), kids(document[1]), added.inside)
            if inside is None or not self._same.same(*document, but=("/K",)):
                return False
            pairs += inside
        return all(self._same.same(*pair) for pair in pairs)

    def _is_within(
        self, before: _Object, after: _Object, key: str, read: Callable[[_Object], _Object]
    ) -> bool:
        if key not in before:
            return True
        if key not in after:
            return False
        return self._holds(*(dict(read(one[key]).items()) for one in (before, after)))

    def _holds(self, before: Mapping[Any, _Object], after: Mapping[Any, _Object]) -> bool:
        """Whether what was there has its name still, and is the same."""
        return all(
            name in after and self._same.same(one, after[name]) for name, one in before.items()
        )

    def _binding(self) -> bool:
        """Added pages are bound, and the packet's as they were: its own faults are not ours.

        Where all are bound, those of the packet were so before: its tags are compared as a whole.
        """
        after = set(loose_pages(self._after))
        before = set(loose_pages(self._before)) if after else set()
        self.loose = len(before)
        return after == {self._places[page] for page in before}


def _same_passwords(before: _Object, after: _Object) -> bool:
    """Whether the same passwords open both as user and as owner (ISO 32000-1, 7.6.3.4)."""
    made_of = [key for key in ("/O", "/U", "/OE", "/UE") if key in before]
    return all(key in after and bytes(before[key]) == bytes(after[key]) for key in made_of)


def _kept_pairs(
    before: list[_Object], after: list[_Object], added: Collection[int]
) -> list[tuple[_Object, _Object]] | None:
    """Pair what was there with what is there and was not added; None when the numbers differ."""
    kept = [one for number, one in enumerate(after) if number not in added]
    return list(zip(before, kept, strict=True)) if len(before) == len(kept) else None


def _brought(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the entries of the catalog to which parts may have added something."""
    for part in parts:
        if part.kind in ("document", "notice"):
            with opened(part.content) as pdf:
                yield from pdf.Root.keys()


def _itself(table: _Object) -> _Object:
    return table
