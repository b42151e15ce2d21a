"""The kind of an article, guessed from the roles of its sections."""

from collections.abc import Iterable

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
        return ("instructions", 0.4) if "when_to_call" in found else ("topic", 0.1)
    return kind, min(1.0, 0.4 + 0.6 * count / _FULL)
