"""The files of a leaflet: names that every file system takes, in folders that stay small."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from handouts.article import ID
from handouts.batch.rows import Row

MOST = 5000
"""Leaflets of a clinic in one folder; a clinic with more gets 256 folders."""

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever ending they have."""


def problem(name: str) -> str:
    """Say why an id cannot be a file's name, or "" when it can."""
    if not ID.fullmatch(name):
        return f"{name!r} is no id: use a-z, 0-9 and -, 80 at most"
    device = _DEVICE.fullmatch(name)
    return f"{name!r} is the name of a device on Windows: rename it" if device else ""


def file_names(
    rows: Iterable[Row],
    others: Iterable[tuple[str, str, str, str]],
    media: Mapping[tuple[str, str], str],
) -> Mapping[Row, str]:
    """Give each row's file, relative to the output folder, with `/` between folders.

    Args:
        rows: The plan.
        others: Leaflets that are there and not in the plan; they count for the size of a folder.
        media: Clinic and edition -> ending of the files.
    """
    rows = tuple(rows)
    leaflets = {row.leaflet for row in rows} | set(others)
    counts = Counter(clinic for clinic, *_ in leaflets)
    return {
        row: _name(row, media[row.clinic, row.edition], sharded=counts[row.clinic] > MOST)
        for row in rows
    }


def _name(row: Row, ending: str, *, sharded: bool) -> str:
    name = f"{row.article}.{row.edition}.{row.language}.{ending}"
    return f"{row.clinic}/{_shard(name)}/{name}" if sharded else f"{row.clinic}/{name}"


def _shard(name: str) -> str:
    """Give one of 256 folders, always the same for a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:2]


ENDINGS = ("pdf", "txt")
"""Endings of leaflets' names."""

_LEAFLET = re.compile(
    rf"{ID.pattern}/(?:[0-9a-f]{{2}}/)?[A-Za-z0-9-]+\.[a-z0-9-]+\.[A-Za-z0-9-]+"
    rf"\.(?:{'|'.join(ENDINGS)})"
)


def is_place_of(leaflet: tuple[str, str, str, str], path: str) -> bool:
    """Tell whether a batch puts this leaflet here; nothing that is elsewhere is ever removed."""
    if not _LEAFLET.fullmatch(path):
        return False
    folder, _, name = path.rpartition("/")
    clinic, *others = leaflet
    return name.rpartition(".")[0] == ".".join(others) and (
        folder in (clinic, f"{clinic}/{_shard(name)}")
    )


def sidecar_name(path: str) -> str:
    """Give the name of the sidecar beside a leaflet."""
    return f"{path.rpartition('.')[0]}.json"
