"""Where every page goes: the packet, the parts, and blank backs so that parts open fresh sheets."""

from collections.abc import Iterator, Sequence

from handouts.packet.parts import BLANK, PACKET, Leaf, PageSize


def arrange(
    packet: Sequence[PageSize],
    parts: Sequence[Sequence[PageSize]],
    *,
    before: int,
    fronts: int = 0,
    duplex: bool = False,
) -> tuple[Leaf, ...]:
    """Give the pages of the result in order.

    Args:
        packet: The packet's pages.
        parts: The pages of each part; those of the front come first.
        before: The number of the packet's pages that stand before the parts.
        fronts: The number of parts that open the whole file: cover and contents.
        duplex: Whether each part, and what follows the parts, begins on a fresh sheet.
    """
    numbers = range(len(parts))
    front = [Leaf(part, page) for part in numbers[:fronts] for page in range(len(parts[part]))]
    runs = [
        front,
        [Leaf(PACKET, page) for page in range(before)],
        *([Leaf(part, page) for page in range(len(parts[part]))] for part in numbers[fronts:]),
        [Leaf(PACKET, page) for page in range(before, len(packet))],
    ]
    runs = [run for run in runs if run]
    if not duplex:
        return tuple([leaf for run in runs for leaf in run])
    sizes = {Leaf(PACKET, page): size for page, size in enumerate(packet)}
    sizes |= {Leaf(at, page): size for at in numbers for page, size in enumerate(parts[at])}
    return tuple(_on_sheets(runs, sizes))


def _on_sheets(runs: list[list[Leaf]], sizes: dict[Leaf, PageSize]) -> Iterator[Leaf]:
    """Put a blank behind a run that ends on the front of a sheet, but for the last.

    Pages on another paper than the one before go to a fresh sheet by themselves.
    """
    for number, run in enumerate(runs):
        on_front, paper = False, None
        for leaf in run:
            size = sizes[leaf].paper
            on_front = size != paper or not on_front
            paper = size
            yield leaf
        if on_front and number < len(runs) - 1:
            yield Leaf(BLANK, 0)
