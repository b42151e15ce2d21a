"""The kind of an article, guessed from the roles of its sections."""

from collections.abc import Iterable

from handouts.sources.reading import Notes
from handouts.strings import load

_ROLES = (
    ("test", {"how_performed", "feel", "normal", "abnormal", "prepare"}),
    ("procedure", {"description", "before", "after"}),
    ("condition", {"symptoms", "exams", "treatment", "outlook", "complications"}),
    ("poison", {"ingredient", "where_found", "before_calling", "poison_control", "emergency_room"}),
    ("injury", {"first_aid", "do_not"}),
    ("symptom", {"home_care", "office_visit"}),
    ("nutrition", {"function", "food_sources", "recommendations"}),
    (
        "instructions",
        {"expect", "self_care", "activity", "in_hospital", "follow_up", "wound_care", "diet"},
    ),
)
"""Kinds, with roles that only they have; on a tie, the earlier row."""

_PLAIN = "topic"
"""The kind of an article that nothing tells."""

_NEAR = 0.7
"""So alike are a misspelt kind and the one that was meant, as difflib counts."""

_SUFFIXES = (" - discharge", " - aftercare", " - self-care", " - what to ask your doctor")
_FULL = 3
"""So many of a kind's own roles leave no doubt."""


def guess_kind(title: str, roles: Iterable[str]) -> tuple[str, float]:
    """Guess an article's kind, and how sure that is (0 to 1); "topic" when nothing tells."""
    words = title.casefold().replace("–", "-")
    if any(suffix in words for suffix in _SUFFIXES):
        return "instructions", 0.9
    found = set(roles)
    kind, own = max(_ROLES, key=lambda row: len(row[1] & found))
    count = len(own & found)
    if not count:
        return ("instructions", 0.4) if "when_to_call" in found else (_PLAIN, 0.1)
    return kind, min(1.0, 0.4 + 0.6 * count / _FULL)


def known_kinds() -> tuple[str, ...]:
    """Give the kinds that have words or a template of their own, or can be guessed."""
    words = load("en")
    spoken = {*words.kicker_by_kind, *words.question_by_kind} - {"default"}
    return tuple(sorted({*spoken, *(kind for kind, _ in _ROLES), _PLAIN}))


def warn_of_kind(kind: str, notes: Notes) -> None:
    """Warn of a kind that looks like a known one without being it; kinds may have any name."""
    known = known_kinds()
    if kind in known:
        return
    from difflib import get_close_matches  # noqa: PLC0415  (rarely needed)

    near = get_close_matches(kind, known, n=1, cutoff=_NEAR)
    if near:
        notes.warnings.append(f"the kind {kind!r} is unknown: did you mean {near[0]!r}?")
