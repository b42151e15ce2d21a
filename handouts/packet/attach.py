"""The whole job: a packet and articles in, one checked file out."""

import os
from pathlib import Path

from handouts.bundles import Bundle
from handouts.clinic import Clinic, read_clinic
from handouts.errors import PacketError, Place, UsageError
from handouts.files import read_bytes
from handouts.library import Library
from handouts.packet.assembly import Assembly
from handouts.packet.drafts import items_of, leaflets_of, notices_of
from handouts.packet.front import Front
from handouts.packet.wish import LIMIT, Attached, AttachWish
from handouts.packet.worker import Worker
from handouts.values import replace

__all__ = ["AttachWish", "Attached", "attach"]


def attach(wish: AttachWish, library: Library, worker: Worker) -> Attached:
    """Join leaflets to a packet, or to each other beside one; nothing is written.

    Raises:
        PacketError: The packet cannot take them; the message has nothing of its content.
        HandoutsError: A leaflet cannot be made.
    """
    packet = _read(wish.packet)
    clinic_path = library.resolve_clinic(wish.clinic)
    clinic = read_clinic(clinic_path)
    found = None if wish.beside else worker.look(packet, restricted=wish.restricted)
    before = _before(wish.position, len(found.pages) if found else 0)
    items, bundle = items_of(wish, clinic, clinic_path, library)
    drafts = [*leaflets_of(items, wish, library), *notices_of(wish.notices)]
    front = _front(wish, clinic, library, bundle)
    attached = Assembly(wish, front, drafts, worker).attached(packet, found, before)
    if _read(wish.packet) != packet:
        hint = "Run the command again when nobody writes to it"
        raise PacketError("the packet changed while leaflets were attached", hint=hint)
    return replace(attached, named=tuple([item.article for item in items]))


def _read(packet: Path) -> bytes:
    """Read a packet, which is done twice; a pipe has it once, or never."""
    if os.path.exists(packet) and not (os.path.isfile(packet) or os.path.isdir(packet)):  # noqa: PTH110, PTH112, PTH113  (Path raises where a folder above may not be read)
        what, place = "this is a pipe or a device, not a file", Place(str(packet))
        raise PacketError(what, place=place, hint="Save it as a file")
    return read_bytes(packet, limit=LIMIT, error=PacketError)


def _before(position: str, pages: int) -> int:
    """Say how many of the packet's pages stand before the leaflets."""
    word, colon, number = position.partition(":")
    if word in ("end", "start") and not colon:
        return pages if word == "end" else 0
    if word != "after" or not number.isdecimal():
        hint = "Write end, start, or after:N with the number of a page"
        raise UsageError(f"--position {position!r} is no position", hint=hint)
    if pages and not 1 <= int(number) <= pages:
        hint = f"The packet has {pages} pages"
        raise UsageError(f"--position {position}: there is no such page", hint=hint)
    return int(number)


def _front(wish: AttachWish, clinic: Clinic, library: Library, bundle: Bundle | None) -> Front:
    folders = (wish.template, library.templates)
    return Front(
        clinic=clinic,
        language=wish.language or clinic.languages[0],
        paper=clinic.paper,
        ink=clinic.ink,
        created=wish.created,
        folders=tuple([folder for folder in folders if folder is not None]),
        title=bundle.title if bundle else "",
        lead=bundle.lead if bundle else "",
    )
