"""The roles of a health topic's sections, whose titles are questions about the topic.

A question has a role only if it is about the topic itself: "What causes asthma?" in "Asthma".
"""

import re
from collections.abc import Iterable, Iterator

from handouts.strings import Strings, fold

_QUESTIONS = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("description", r"what (?:is|are) (?P<topic>.+)"),
        ("causes", r"what (?:causes|are the causes of) (?P<topic>.+)"),
        ("risk_factors", r"who is (?:more likely|at(?: \w+)? risk) (?:to|for|of) (?P<topic>.+)"),
        ("risk_factors", r"what are the risk factors for (?P<topic>.+)"),
        ("symptoms", r"what are the (?:signs and )?symptoms of (?P<topic>.+)"),
        ("exams", r"how (?:is|are) (?P<topic>.+) diagnosed"),
        ("treatment", r"what are the treatments for (?P<topic>.+)"),
        ("treatment", r"how (?:is|are) (?P<topic>.+) treated"),
        ("complications", r"what (?:other )?(?:problems|complications) can (?P<topic>.+) cause"),
        ("complications", r"what are the complications of (?P<topic>.+)"),
        ("outlook", r"what is the (?:outlook|prognosis) for (?P<topic>.+)"),
        ("prevention", r"(?:how )?can (?P<topic>.+) be prevented"),
        ("prevention", r"(?:how )?can (?:i|you|we) prevent (?P<topic>.+)"),
        ("description", r"que (?:es|son) (?P<topic>.+)"),
        ("causes", r"(?:que causa|cuales son las causas de|que provoca) (?P<topic>.+)"),
        ("risk_factors", r"quien(?:es)? .*\briesgo de (?P<topic>.+)"),
        ("risk_factors", r"cuales son los factores de riesgo (?:de|para) (?P<topic>.+)"),
        ("symptoms", r"cuales son los (?:signos y )?sintomas de (?P<topic>.+)"),
        ("exams", r"como se diagnostican? (?P<topic>.+)"),
        ("treatment", r"cuales son los tratamientos (?:de|para) (?P<topic>.+)"),
        ("treatment", r"como se tratan? (?P<topic>.+)"),
        ("complications", r"que (?:otros )?problemas puede(?:n)? causar (?P<topic>.+)"),
        ("prevention", r"(?:como )?se pueden? prevenir (?P<topic>.+)"),
        ("prevention", r"pueden? prevenirse (?P<topic>.+)"),
    )
)
"""Roles with the folded questions that have them."""

_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "of", "in", "for", "to"),
        *("have", "get", "develop", "having", "getting", "developing"),
        *("el", "la", "los", "las", "un", "una", "de", "del", "al", "en"),
        *("tener", "desarrollar", "padecer", "contraer"),
    )
)


def roles(titles: Iterable[str], names: Iterable[str], words: Strings) -> Iterator[str]:
    """Yield the role of each section, or ""; no role twice.

    Args:
        titles: The sections' titles, in order.
        names: The topic's title and its other names.
        words: Known titles of the topic's language.
    """
    topics = [_key(name) for name in names]
    given: set[str] = set()
    for title in titles:
        role = words.role_of(title) or _asked(fold(title), topics)
        yield "" if role in given else role
        given.add(role)


def _asked(question: str, topics: list[frozenset[str]]) -> str:
    """Give the role of a folded question about one of the topics, or ""."""
    for role, pattern in _QUESTIONS:
        found = pattern.fullmatch(question)
        if found and _key(found["topic"]) in topics:
            return role
    return ""


def _key(name: str) -> frozenset[str]:
    """Reduce a topic's name to its words, without brackets, small words and plurals."""
    found = _WORD.findall(_BRACKETS.sub(" ", fold(name)))
    return frozenset([word.rstrip("s") for word in found if word not in _SMALL_WORDS])
