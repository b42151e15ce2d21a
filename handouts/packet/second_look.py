"""A second reader's look: pypdf must find the packet in the joined file, too.

Two unlike parsers that agree are harder to fool than one.  What pypdf cannot read in the packet
itself, it cannot compare; such a fact counts as the same when it cannot be read in both.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from handouts.packet.memory import saved
from handouts.packet.parts import PACKET, Job
from handouts.packet.second_reader import second_reader

_Object: TypeAlias = Any


def second_look(before: _Object, after: _Object, job: Job, content: bytes) -> Iterator[str]:
    """Yield what pypdf finds different.

    Args:
        before: The packet, open in qpdf: of an encrypted file pypdf is given a plain copy.
        after: The joined file, open in qpdf.
        job: The join.
        content: The joined file.
    """
    files = (job.packet, content)
    if before.is_encrypted:
        files = (saved(before, encryption=False), saved(after, encryption=False))
    places = [at for at, leaf in enumerate(job.leaves) if leaf.part == PACKET]
    try:
        readers = [second_reader(one) for one in files]
        counts = [len(reader.pages) for reader in readers]
    except Exception:  # noqa: BLE001  (pypdf fails in many ways on files that qpdf reads)
        yield "pages, by the second reader"
        return
    if counts != [len(places), len(job.leaves)]:
        yield "number of pages, by the second reader"
        return
    views = _View(readers[0], list(range(len(places)))), _View(readers[1], places)
    for words, fact in _FACTS:
        if job.base and fact is _labels:
            continue  # a part of ours stands in the packet's place, and has new ones
        one, other = (_found(fact, view) for view in views)
        if isinstance(one, list) and isinstance(other, list):
            other = other[: len(one)]  # fields and outline entries of the parts follow
        if one != other:
            yield f"{words}, by the second reader"


class _View:
    """A reader, and where in its file the packet's pages stand."""

    def __init__(self, reader: _Object, places: list[int]) -> None:
        self.reader = reader
        self.pages = [reader.pages[at] for at in places]
        self.places = places
        self._numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.pages)}

    def number(self, page: _Object) -> object:
        """Say which page of the packet a destination leads to, by its reference or its place."""
        if isinstance(page, int):
            return self.places.index(page) if page in self.places else None
        return self._numbers.get(page.idnum) if hasattr(page, "idnum") else None


def _found(fact: Callable[[_View], object], view: _View) -> object:
    try:
        return fact(view)
    except Exception as failure:  # noqa: BLE001  (as above)
        return type(failure).__name__


def _boxes(view: _View) -> object:
    return [
        (*map(str, (page.mediabox, page.cropbox)), page.rotation, str(page.user_unit))
        for page in view.pages
    ]


def _contents(view: _View) -> object:
    return [None if (one := page.get_contents()) is None else one.get_data() for page in view.pages]


def _labels(view: _View) -> object:
    labels = view.reader.page_labels
    return [labels[at] for at in view.places]


def _fields(view: _View) -> object:
    """Each field's name, kind and value."""
    fields = view.reader.get_fields() or {}
    return [(name, str(row.get("/FT")), str(row.get("/V"))) for name, row in fields.items()]


def _outline(view: _View) -> object:
    """Each entry's title and kind of view, and the packet's page that it leads to."""
    return list(_entries(view.reader.outline, view))


def _entries(outline: _Object, view: _View) -> Iterator[tuple[str, str, str, object]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, view)
        else:
            where = view.number(entry.page)
            yield str(entry.title), str(entry.get("/Type")), str(entry.get("/Top")), where


def _attachments(view: _View) -> object:
    return {name: list(files) for name, files in view.reader.attachments.items()}


_FACTS: tuple[tuple[str, Callable[[_View], object]], ...] = (
    ("boxes of pages", _boxes),
    ("content of pages", _contents),
    ("labels", _labels),
    ("attachments", _attachments),
    ("form fields", _fields),
    ("outline", _outline),
)
