"""Heads go down one level at a time: heads of an article fit in, others are refused where they stand."""

from collections.abc import Iterable
from typing import Literal

from handouts.markup.nodes import MarkupError, Node

FITTING = ' fits="yes"'
"""What a head says that moves up a level rather than leave one out, as heads of an article do."""


Heads = Literal["free", "ordered"]
"""`ordered` heads leave out no level; `free` ones are taken as they are."""


def settle(root: Node, heads: Iterable[Node], rule: Heads) -> None:
    """Move heads that may be moved, so that no level is left out (ISO 14289-1, 7.4.2).

    Raises:
        MarkupError: A level is left out, a head stands above the title, or there is no title; file
            and line are named.
    """
    level = moved = 0
    for head in heads:
        written, fits = int(head.tag[1]), head.choice("fits", ("yes", ""), "")
        if rule == "free":
            continue
        moved = max(moved, written - level - 1) if fits and level else 0
        if written - moved > level + 1:
            raise _left_out(head, level)
        level = written - moved
        head.tag = f"h{level}"
    if rule == "ordered" and not level:
        raise root.wrong("the leaflet has no title", "Write <h1> first")


def _left_out(head: Node, level: int) -> MarkupError:
    if not level:
        return head.wrong(f"<{head.tag}> stands above the title", "Write <h1> first")
    what = f"<{head.tag}> comes after <h{level}>, so that a level of heads is left out"
    return head.wrong(what, f"Write <h{level + 1}> here, or a head above it")
