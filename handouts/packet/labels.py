"""Page labels (ISO 32000-1, 12.4.2): the packet's stay, the parts get their own."""

from collections.abc import Sequence
from itertools import count
from typing import Any, TypeAlias

import pikepdf

from handouts.packet.parts import BLANK, Leaf
from handouts.values import frozen

_Object: TypeAlias = Any
_PREFIXES = {"leaflet": "L-", "document": "L-", "notice": "N-"}
_ALONE = {"cover": "Cover", "contents": "Contents", "blank": ""}


@frozen(kw_only=False)
class Label:
    """How one page is called: a style (`/D`, `/r`, .. or "" for no number), prefix, and number."""

    style: str
    prefix: bytes
    number: int


def read_labels(pdf: _Object) -> list[Label]:
    """Give the label of each page; pages without one are numbered, as viewers do."""
    total = len(pdf.pages)
    labels = [Label("/D", b"", page + 1) for page in range(total)]
    if "/PageLabels" not in pdf.Root:
        return labels
    starts = list(pikepdf.NumberTree(pdf.Root.PageLabels).items())
    if not starts:
        return labels
    ends = [*(start for start, _ in starts[1:]), total]
    for (start, row), end in zip(starts, ends, strict=True):
        first, style = int(row.get("/St", 1)), str(row.get("/S", ""))
        prefix = bytes(row.get("/P", b""))
        for page in range(max(start, 0), min(end, total)):
            labels[page] = Label(style, prefix, first + page - start if style else 1)
    return labels


def part_labels(leaves: Sequence[Leaf], kinds: Sequence[str], packet: list[Label]) -> list[Label]:
    """Give the label of each page of the result.

    Args:
        leaves: The pages.
        kinds: The kind of each part, and last that of the packet ("" when others made it).
        packet: The labels of the packet's own pages.
    """
    numbers = {"L-": count(1), "N-": count(1)}
    labels = []
    for leaf in leaves:
        kind = "blank" if leaf.part == BLANK else kinds[leaf.part]  # PACKET is the last one
        if not kind:
            labels.append(packet[leaf.page])
        elif prefix := _PREFIXES.get(kind):
            labels.append(Label("/D", prefix.encode(), next(numbers[prefix])))
        else:
            labels.append(Label("", _ALONE[kind].encode(), 1))
    return labels


def write_labels(pdf: _Object, labels: Sequence[Label]) -> None:
    """Write the labels of all pages, one row for each run of numbers that count up."""
    rows = pikepdf.Array()
    before: Label | None = None
    for page, label in enumerate(labels):
        if before is None or not _follows(label, before):
            rows.append(page)
            rows.append(_row(label))
        before = label
    pdf.Root.PageLabels = pdf.make_indirect(pikepdf.Dictionary(Nums=rows))


def _follows(label: Label, before: Label) -> bool:
    same = (label.style, label.prefix) == (before.style, before.prefix)
    return same and label.number == before.number + (1 if label.style else 0)


def _row(label: Label) -> _Object:
    row = pikepdf.Dictionary()
    if label.style:
        row.S = pikepdf.Name(label.style)
    if label.prefix or not label.style:
        row.P = pikepdf.String(label.prefix)
    if label.number != 1:
        row.St = label.number
    return row
