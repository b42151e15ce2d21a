"""May this clinic hand out this text, and in whose order and words?"""

import datetime
from typing import Literal, Protocol

from handouts.article import Article, Rights
from handouts.clinic import Clinic, Licence, TextPolicy
from handouts.errors import RightsError
from handouts.values import frozen

_LEGAL_FORMS = ("inc", "llc", "ltd")


@frozen(kw_only=False)
class Verdict:
    """The licence that covers the text, if one is needed and there; and what to warn of."""

    licence: Licence | None = None
    warnings: tuple[str, ...] = ()


@frozen(kw_only=False)
class Arrangement:
    """Whose order and whose heads the leaflet has, and what to warn of."""

    order: Literal["reader", "source"]
    heads: Literal["reader", "source"]
    warnings: tuple[str, ...] = ()


def needs_licence(rights: Rights) -> bool:
    """Tell whether a clinic must hold a licence for the text: somebody else has it, or may have."""
    return rights.status == "licensed" or (rights.status == "unknown" and bool(rights.holder))


def verdict(article: Article, clinic: Clinic, today: datetime.date) -> Verdict:
    """Look for the clinic's licence for an article's text.

    Raises:
        RightsError: There is none, and the clinic's file says `rights = "refuse"`.
    """
    rights = article.rights
    if not needs_licence(rights):
        if rights.status == "unknown":
            what = f"nobody says who holds the text of {article.id!r}"
            return Verdict(None, (f"{what}; find out before you hand it out",))
        return Verdict()
    held = [licence for licence in clinic.licences if _same_holder(licence.holder, rights.holder)]
    valid = [licence for licence in held if licence.expires is None or licence.expires >= today]
    if valid:
        return Verdict(max(valid, key=lambda licence: licence.expires or datetime.date.max))
    what, hint = _missing(article, clinic, held)
    if clinic.rights == "refuse":
        raise RightsError(what, hint=hint)
    return Verdict(None, (f"{what}. {hint}",))


def check_abridging(article: Article, licence: Licence | None, *, abridged: bool) -> None:
    """Refuse an edition with parts of a text that may not be edited, unless a licence allows it.

    Raises:
        RightsError: Nobody allows it.
    """
    if not abridged or article.rights.may_edit or (licence and licence.abridge):
        return
    holder = article.rights.holder or "somebody else"
    raise RightsError(
        f"the text of {article.id!r} belongs to {holder} and may not be abridged",
        hint="Choose an edition with the whole text, or write abridge = true into the clinic's"
        " [[licences]] entry if the licence says so",
    )


def _missing(article: Article, clinic: Clinic, held: list[Licence]) -> tuple[str, str]:
    """Say in plain words what is missing, and what to write where."""
    holder = article.rights.holder or "somebody else"
    text = f"the text of {article.id!r} belongs to {holder}"
    file = f"{clinic.id}.toml"
    if held:
        last = max(licence.expires for licence in held if licence.expires)
        what = f"{text}, and the licence of {clinic.name} for it ended on {last}"
        return what, f"Renew it, and write its new end as `expires` in {file}."
    hint = (
        f'Ask {holder} for a licence, and write it into {file}: [[licences]] with holder = "{holder}"'
        " and reference."
    )
    if not article.rights.holder:
        hint = "Write the holder's name into the article's [rights] table first."
    return f"{text}, and {clinic.name} has no licence for it on file", hint


def _same_holder(one: str, other: str) -> bool:
    return bool(_folded(other)) and _folded(one) == _folded(other)


def _folded(holder: str) -> str:
    """Reduce a holder's name: "A.D.A.M., Inc." and "ADAM" are the same."""
    words = holder.casefold().replace(".", "").replace(",", " ").split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return "".join(letter for letter in "".join(words) if letter.isalnum())


class _Wishes(Protocol):
    """Whoever has wishes for the order and the heads."""

    @property
    def order(self) -> str: ...
    @property
    def heads(self) -> str: ...


_NONE, _SOURCE = TextPolicy(), TextPolicy(order="source", heads="source")


def order_and_heads(
    article: Article, clinic: Clinic, *, command: _Wishes = _NONE, theme: _Wishes = _NONE
) -> Arrangement:
    """Decide on order and heads: command line, clinic, the article's rights, the theme, "reader".

    Args:
        article: Text that may not be edited wishes for the source's order and heads.
        clinic: Its `[text]` table.
        command: What the command line says.
        theme: What the edition does unless somebody says otherwise.
    """
    rights = _NONE if article.rights.may_edit else _SOURCE
    order = _first(command.order, clinic.text.order, rights.order, theme.order)
    heads = _first(command.heads, clinic.text.heads, rights.heads, theme.heads)
    if article.rights.may_edit or (order, heads) == ("source", "source"):
        return Arrangement(order, heads)
    holder = article.rights.holder or "its holder"
    warning = (
        f"the text of {article.id!r} may not be edited, yet the leaflet has the reader's order or"
        f" heads. Ask {holder}, or choose source"
    )
    return Arrangement(order, heads, (warning,))


def _first(*wishes: str) -> Literal["reader", "source"]:
    """Give the first wish that somebody has."""
    return "source" if next(filter(None, wishes), "") == "source" else "reader"
