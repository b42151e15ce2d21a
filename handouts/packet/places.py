"""Links from one part to another: contents lead to pages that its own layout did not know."""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

_Object: TypeAlias = Any
_PLACE = re.compile(r"https://packet\.invalid/(\d+)")


def place(number: int) -> str:
    """Give the link to a part by its number, from 0; the packet itself has the number of parts.

    Leaflets are set before anybody knows the pages around them.  So the link is an address that
    can exist nowhere (RFC 2606), until `lead_to_places` turns it into a destination.
    """
    return f"https://packet.invalid/{number}"


def lead_to_places(pages: Sequence[_Object], targets: Sequence[_Object]) -> None:
    """Turn the links of the contents into destinations.

    Args:
        pages: The pages of the contents.
        targets: The first page of each part, by the part's number, and of the packet.
    """
    import pikepdf  # noqa: PLC0415  (only packets need it)

    for note in [note for page in pages for note in page.get("/Annots", ())]:
        address = str(note.get("/A", {}).get("/URI", ""))
        if match := _PLACE.fullmatch(address):
            target = pikepdf.Array([targets[int(match[1])], pikepdf.Name.Fit])
            note.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=target)
