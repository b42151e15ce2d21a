"""Links from one part to another: contents lead to pages that its own layout did not know."""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from handouts.packet.parts import Part

_Object: TypeAlias = Any
_PLACE = re.compile(r"https://packet\.invalid/(\d+)")


def place(number: int) -> str:
    """Give the link to a part by its number, from 0; the packet itself has the number of parts.

    Leaflets are set before anybody knows the pages around them.  So the link is an address that
    can exist nowhere (RFC 2606), until `lead_to_places` turns it into a destination.
    """
    return f"https://packet.invalid/{number}"


def lead_to_places(pages: Sequence[Sequence[_Object]], packet: _Object, parts: Sequence[Part]) -> None:
    """Turn the links of the front into destinations.

    Args:
        pages: The pages of each part.
        packet: The first page of the packet.
        parts: The parts.
    """
    import pikepdf  # noqa: PLC0415  (only packets need it)

    targets = [*(own[0] for own in pages), packet]
    fronts = [own for own, part in zip(pages, parts, strict=True) if part.kind == "contents"]
    for note in [note for own in fronts for page in own for note in page.get("/Annots", ())]:
        address = str(note.get("/A", {}).get("/URI", ""))
        if match := _PLACE.fullmatch(address):
            target = pikepdf.Array([targets[int(match[1])], pikepdf.Name.Fit])
            note.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=target)
