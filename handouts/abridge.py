"""Which sections of an article an abridged edition has: whole ones, the most important first."""

from handouts.advice import callouts_in
from handouts.article import Article, Section
from handouts.document import Blocks

_CALL = "when_to_call"
"""The role of the section that says when to call."""


def chosen(
    article: Article, roles: tuple[str, ...], ranks: tuple[int, ...] | None
) -> tuple[Section, ...]:
    """Give sections of an article, in the order in which the edition shows them.

    A section with an emergency box is the most important, then those with these roles, then the
    others as they stand in the article.
    What says when to call is shown last: it stands beside whom to call.

    Args:
        article: Whose sections they are.
        roles: Roles of sections, the most important first.
        ranks: Which of them to give, 0 being the most important; None gives all.
    """

    def rank(section: Section) -> int:
        return roles.index(section.role) if section.role in roles else len(roles)

    ranked = sorted(article.sections, key=lambda one: (not is_urgent(one.blocks), rank(one)))
    taken = ranked if ranks is None else [ranked[number] for number in ranks]
    return tuple(sorted(taken, key=lambda one: (_is_call(one), rank(one))))


def is_urgent(blocks: Blocks) -> bool:
    """Tell whether blocks hold a box that says when to call for help at once."""
    return any(box.kind == "emergency" for box in callouts_in(blocks))


def _is_call(section: Section) -> bool:
    return section.role == _CALL or is_urgent(section.blocks)
