"""Links from one part to another: contents lead to pages that its own layout did not know."""

import re

PLACE = re.compile(r"https://packet\.invalid/(\d+)")


def place(number: int) -> str:
    """Give the link to a part by its number, from 0; the packet itself has the number of parts.

    Leaflets are set before anybody knows the pages around them.  So the link is an address that
    can exist nowhere (RFC 2606), until the join turns it into a destination.
    """
    return f"https://packet.invalid/{number}"
