"""What all forms of an encyclopedia page share: its back matter, its rights, the article of parts."""

import re

from handouts.article import Article, Rights, Section
from handouts.document import Blocks, Inlines, plain
from handouts.sources.back_matter import BACK
from handouts.sources.identity import article_id, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.page_foot import PageFoot
from handouts.sources.page_head import PageHead
from handouts.sources.reading import Guess, Notes, Origin
from handouts.values import frozen

_HOLDER = "A.D.A.M."
_HOLDERS_NAME = re.compile(r"\bA\.?D\.?A\.?M\b")
_ADDRESS = re.compile(r"medlineplus\.gov/(?:spanish/)?ency/|//[\w.-]*\badam\.com/")
_SPANISH = re.compile(
    r"^[> #]*(?:Direcci[oó]n de esta p[aá]gina|Omita y vaya|[UÚ]ltima revisi[oó]n|Nombres alternativos)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SPANISH_WORDS = frozenset(("de", "la", "el", "que", "los", "en", "una", "las", "por", "con", "su"))
_ENGLISH_WORDS = frozenset(("the", "of", "and", "to", "your", "is", "or", "you", "for", "with"))
_MANY, _CLEARLY = 8, 3


@frozen
class Part:
    """A section under its title; `entries` are those of other names or references."""

    title: str
    role: str
    line: int
    blocks: Blocks = ()
    entries: tuple[Inlines, ...] = ()


def guess_language(text: str, notes: Notes) -> str:
    """Tell English from Spanish: by what the pages themselves say, else by their commonest words."""
    language, sure = ("es", 0.9) if _clear_language(text) == "es" else ("en", 0.7)
    notes.guessed.append(Guess(1, language, sure, "language"))
    return language


def check_language(text: str, told: str, notes: Notes) -> None:
    """Warn of a text that is clearly in another language than the user or the file's name says."""
    clear = _clear_language(text)
    if clear and clear != told.partition("-")[0]:
        name = {"en": "English", "es": "Spanish"}[clear]
        notes.warnings.append(
            f"the text reads as {name}, and is set as {told!r}, as you say; is that right?"
        )


def _clear_language(text: str) -> str:
    """English or Spanish when it is clear, by the pages' own words or the commonest ones, or ""."""
    if _SPANISH.search(text):
        return "es"
    found = [word.casefold() for word in _WORD.findall(text)]
    spanish = sum(word in _SPANISH_WORDS for word in found)
    english = sum(word in _ENGLISH_WORDS for word in found)
    if spanish >= _MANY and spanish > _CLEARLY * english:
        return "es"
    return "en" if english >= _MANY and english > _CLEARLY * spanish else ""


def make_article(
    head: PageHead,
    foot: PageFoot,
    parts: tuple[Part, ...],
    *,
    summary: Blocks,
    origin: Origin,
    notes: Notes,
) -> Article:
    """Put an article together; `origin` says its language."""
    sections = tuple(_section(part, notes) for part in parts if part.role not in BACK)
    kind, sure = guess_kind(head.title, [section.role for section in sections])
    notes.guessed.append(Guess(1, kind, sure, "kind"))
    names = [entry for part in parts if part.role == "alternative_names" for entry in part.entries]
    return Article(
        id=article_id(origin, head.title),
        kind=kind,
        title=head.title,
        language=origin.language,
        summary=summary,
        sections=sections,
        alternative_names=tuple(name for entry in names for name in other_names(plain(entry))),
        references=tuple(
            entry for part in parts if part.role == "references" for entry in part.entries
        ),
        review=foot.review,
        source=head.source,
        rights=_rights(head, foot, notes),
    )


def _section(part: Part, notes: Notes) -> Section:
    if not part.blocks:
        notes.warnings.append(f"line {part.line}: the section {part.title!r} is empty")
    return Section(title=part.title, role=part.role, blocks=part.blocks)


def _rights(head: PageHead, foot: PageFoot, notes: Notes) -> Rights:
    """Say who holds the text: the copyright line does, else the page's address or its reviewers."""
    if any(_HOLDERS_NAME.search(notice) for notice in foot.notices):
        return Rights(holder=_HOLDER, status="licensed", notices=foot.notices, may_edit=False)
    why = ""
    if _ADDRESS.search(head.source.url) or "/ency/" in head.source.url:
        why = f"its address is one of {_HOLDER}'s encyclopedia"
    elif _HOLDERS_NAME.search(foot.review.by):
        why = f"its reviewers are {_HOLDER}'s"
    elif head.of_encyclopedia:
        why = f"it is a page of {_HOLDER}'s encyclopedia"
    if why:
        notes.warnings.append(f"the text has no copyright line, but {why}")
        return Rights(holder=_HOLDER, status="unknown", notices=foot.notices, may_edit=False)
    return Rights(notices=foot.notices)
