"""Writes the lists of the output folder, where they changed, and over no file of somebody else."""

from collections.abc import Container, Iterable, Mapping

from handouts.batch.index import NAMES, index, is_list
from handouts.batch.journal import Entry
from handouts.batch.sink import FolderSink
from handouts.batch.stock import STRANGER
from handouts.clinic import Clinic
from handouts.errors import OutputError, Place


class Lists:
    """Writes lists; `unwritten` says which could not be, and why."""

    def __init__(self, sink: FolderSink) -> None:
        self.unwritten: list[str] = []
        self._sink = sink

    def write(self, name: str, content: bytes) -> bool:
        """Write a list if it changed, or remove one with nothing in it; tell whether it is right."""
        try:
            self._written(name, content)
        except OutputError as error:
            self.unwritten.append(str(error))
            return False
        return True

    def _written(self, name: str, content: bytes) -> None:
        there = self._sink.read(name)
        if there == content:
            return
        if not is_list(name, there):
            raise OutputError(STRANGER, place=Place(name))
        if content:
            self._sink.put(name, content)
        else:
            self._sink.remove(name)

    def write_indexes(
        self,
        clinics: Mapping[str, Clinic],
        others: Container[str],
        entries: Iterable[Entry],
        removed: Iterable[str],
    ) -> tuple[str, ...]:
        """Write the lists of each clinic, and give the pages; a clinic without leaflets has none.

        Nobody can write those of a clinic that left the library, so they are removed when a leaflet
        in them expired.

        Args:
            clinics: Those of the plan.
            others: Clinics that the library has, too.
            entries: All leaflets.
            removed: Leaflets that are gone now.
        """
        names = (*clinics, *(path.partition("/")[0] for path in removed))
        shelves: dict[str, list[Entry]] = {name: [] for name in names}
        for entry in entries:
            shelves.setdefault(entry.leaflet[0], []).append(entry)
        pages = []
        for name, shelf in shelves.items():
            if name in clinics and shelf:
                lists = index(clinics[name], shelf)
                good = [one for one in lists if self.write(f"{name}/{one}", lists[one])]
                pages += [f"{name}/{one}" for one in good if one == NAMES[-1]]
            elif not shelf or (name not in others and any(one.expired for one in shelf)):
                for one in NAMES:
                    self.write(f"{name}/{one}", b"")
        return tuple(pages)
