"""What a person should know of a finished leaflet: as lines, and as a part of a JSON object."""

from collections.abc import Iterator

from handouts.article_json import as_json
from handouts.make import Made

_SURE = 0.7
"""A guess that is less sure is told in a line."""

_SHORT = 60
"""Characters of the source's text that a line quotes."""


def lines(made: Made) -> Iterator[str]:
    """Yield warnings, what is not on paper or stands there twice, what was guessed and left out."""
    for warning in made.warnings:
        yield f"warning: {warning}"
    yield from _unfaithful(made)
    for guess in made.reading.report.guessed:
        if guess.confidence < _SURE:
            sure = round(100 * guess.confidence)
            yield f"guessed ({sure} %), line {guess.line}: {guess.what} {_short(guess.title)!r}"
    for drop in made.reading.report.dropped:
        yield f"left out, line {drop.line} ({drop.reason}): {_short(drop.text)}"


def as_object(made: Made) -> dict[str, object]:
    """Give the same by the keys that docs/reference.md describes, but for the warnings."""
    fidelity, report = made.leaflet.fidelity, made.reading.report
    return {
        "placed": fidelity.placed,
        "dropped": [{"where": one.where, "text": one.text} for one in fidelity.dropped],
        "doubled": [{"where": one.where, "text": one.text} for one in fidelity.doubled],
        "left_out": [
            {"line": one.line, "text": one.text, "reason": one.reason} for one in report.dropped
        ],
        "guessed": as_json(report.guessed),
        "joined": as_json(report.joined),
        "dates": as_json(report.dates),
    }


def _unfaithful(made: Made) -> Iterator[str]:
    fidelity = made.leaflet.fidelity
    parts = tuple(dict.fromkeys([one.where for one in fidelity.dropped]))
    if made.leaflet.abridged and parts:
        yield f"the {made.made_as} leaves out, and the full leaflet has: {', '.join(parts)}"
    for part in parts:
        if part in fidelity.elsewhere and not made.leaflet.abridged:
            yield f"{part} are left out; the leaflet says where they are"
    for sentence in () if made.leaflet.abridged else fidelity.lost:
        yield f"not on paper, from {sentence.where}: {sentence.text}"
    for sentence in fidelity.doubled:
        yield f"on paper more than once, from {sentence.where}: {sentence.text}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
