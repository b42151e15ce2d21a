"""The five speed targets of the design, and the tables of what `peers.py` measured."""

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

OURS, PLAIN, TYPST = "handouts", "reportlab", "typst"

Columns = dict[str, dict[str, list[float]]]
"""What is measured -> engine -> a figure each round; `memory`: at 20, 50 and 90 % of the batch."""

_MOST = (
    ("1 same article, many clinics", "same", 0.01),
    ("2 all text differs", "new", 0.40),
    ("3 cold, whole process", "cold", 1.0),
    ("5 size of the file", "bytes", 0.60),
)
"""Targets that are ratios to plain ReportLab, at most."""

_FASTER = 10
"""How many times Typst's rate a batch makes."""

_GROWTH = 1.1
"""How much a worker may grow in the second half of a batch, which has flat memory."""

_HEADS = {
    "cold": "cold, ms",
    "same": "same article, ms",
    "new": "new articles, ms",
    "rate": "a second, 2 processes",
    "bytes": "bytes",
}


class Target(NamedTuple):
    """A goal of the design, what was measured, and whether it is met."""

    what: str
    goal: str
    measured: str
    met: bool | None


def ratio(column: Mapping[str, Sequence[float]], one: str, other: str) -> float | None:
    """The median of the rounds' ratios; None when one of the two is left out."""
    if one not in column or other not in column:
        return None
    return median([a / b for a, b in zip(column[one], column[other], strict=True)])


def table(columns: Columns) -> dict:
    """All that was measured, and the targets."""
    engines = {
        name: {
            what: {
                "median": median(column[name]),
                "ratio": ratio(column, name, PLAIN),
            }
            for what, column in columns.items()
            if name in column and what != "memory"
        }
        for name in columns["rate"]
    }
    memory = columns["memory"][OURS]
    return {
        "engines": engines,
        "memory": memory,
        "targets": [target._asdict() for target in _targets(columns)],
    }


def _targets(columns: Columns) -> Iterator[Target]:
    for what, column, most in _MOST:
        yield _target(what, columns[column], PLAIN, f"<= {most:.2f} x plain", most=most)
    yield _target("2 all text differs, too", columns["new"], TYPST, "< 1 x Typst", most=1)
    goal = f">= {_FASTER} x Typst"
    yield _target("4 batch, 2 workers", columns["rate"], TYPST, goal, least=_FASTER)
    _, middle, end = columns["memory"][OURS]
    grown = end / middle if middle else 0
    goal = f"<= {_GROWTH} x at half"
    yield Target("4 memory of a worker", goal, f"{grown:.2f}", _GROWTH >= grown > 0)


def _target(
    what: str,
    column: Mapping[str, Sequence[float]],
    other: str,
    goal: str,
    *,
    least: float = 0,
    most: float = math.inf,
) -> Target:
    found = ratio(column, OURS, other)
    if found is None:
        return Target(what, goal, f"no {other}", met=None)
    return Target(what, goal, f"{found:.3f}", least <= found <= most)


def lines(report: dict) -> Iterator[str]:
    """Yield two tables for people."""
    yield "| engine | " + " | ".join([f"{head} | x" for head in _HEADS.values()]) + " |"
    yield "|---" * (1 + 2 * len(_HEADS)) + "|"
    for name, figures in report["engines"].items():
        cells = [
            f"{figures[what]['median']:.{0 if what == 'bytes' else 1}f} | {figures[what]['ratio']:.3f}"
            for what in _HEADS
        ]
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""
    yield "| target | goal | measured | met |"
    yield "|---|---|---|---|"
    for target in sorted(report["targets"], key=lambda one: one["what"]):
        met = {True: "yes", False: "no", None: "-"}[target["met"]]
        yield f"| {target['what']} | {target['goal']} | {target['measured']} | {met} |"
    memory = ", ".join([f"{part:.0f}" for part in report["memory"]])
    yield f"\nmemory of a worker at 20, 50, 90 % of the batch: {memory} MB"
