"""What a person should know of many leaflets: each thing once, and how many it is about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from handouts.clinic import Clinic
from handouts.values import frozen

_TOLD = 20
"""Kinds of warnings that are told; the rest is counted."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@frozen
class Warned:
    """A warning, and how many leaflets have it.

    The same one names other articles, clinics and days for others; `what` is that of one leaflet.
    """

    what: str
    leaflets: int


def warnings_of(
    leaflets: Iterable[Mapping[str, object]], clinics: Mapping[str, Clinic]
) -> tuple[int, tuple[Warned, ...]]:
    """Count leaflets with warnings, and those with each of them, the most frequent first.

    Args:
        leaflets: Their sidecars.
        clinics: Clinics by their ids.
    """
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    warned = 0
    for facts in leaflets:
        warnings = facts["warnings"]
        if not (warnings and isinstance(warnings, list)):
            continue
        warned += 1
        alike = {_kind(str(what), facts, clinics): str(what) for what in warnings}
        counts.update(alike.keys())
        for kind, what in alike.items():
            words.setdefault(kind, what)
    rows = [Warned(what=words[kind], leaflets=count) for kind, count in counts.items()]
    return warned, tuple(sorted(rows, key=lambda one: (-one.leaflets, one.what)))


def _kind(what: str, facts: Mapping[str, object], clinics: Mapping[str, Clinic]) -> str:
    """Take out of a warning what is a leaflet's own."""
    clinic = clinics.get(str(facts["clinic"]))
    own = (f"'{facts['article']}'", f"{facts['clinic']}.toml", clinic.name if clinic else "")
    for name in filter(None, own):
        what = what.replace(name, "...")
    return _DATE.sub("...", what)


def told(warned: int, warnings: tuple[Warned, ...]) -> Iterator[str]:
    """Say it in lines for people."""
    for one in warnings[:_TOLD]:
        count = "1 leaflet" if one.leaflets == 1 else f"{one.leaflets:,} leaflets, such as"
        yield f"warning: {count}: {one.what}"
    if more := len(warnings[_TOLD:]):
        yield f"warning: {more:,} other kind{'' if more == 1 else 's'}; the sidecars have them"
    if warned:
        yield f"with warnings: {warned:,} leaflet{'' if warned == 1 else 's'}"
