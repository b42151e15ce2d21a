"""An article that is imported again: what changed, and what the clinic added and keeps."""

from collections import Counter
from collections.abc import Iterable, Iterator

from handouts.article import Article, Section
from handouts.document import texts
from handouts.strings import fold
from handouts.values import frozen, replace

OWN_ROLE = "clinic"
"""Role of a section that the clinic wrote: `## Our opening hours {clinic}`."""

_KEPT = ("number", "version", "qr_url", "glance")
"""Fields that are the clinic's own when the source does not give them."""
_APPROVAL = ("by", "date", "next_review")
_WORDS = ("title", "language", "summary", "sections", "alternative_names", "references", "glance")
"""What somebody has read who approved an article: its words, and how they stand there."""


@frozen(kw_only=False)
class Updated:
    """The article to write, what changed in it, what the clinic keeps, and loses, in words."""

    article: Article
    changes: tuple[str, ...]
    kept: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def update(old: Article, new: Article, *, keep: bool = True, kind_is_sure: bool = True) -> Updated:
    """Put the clinic's additions to the old article into the new one, and tell what changed.

    An approval stays only with the words that were approved.

    Args:
        old: What is in the library.
        new: What the source says now.
        keep: Whether the clinic's additions stay.
        kind_is_sure: The source says the kind; a guess gives way to what the clinic wrote.
    """
    if not keep:
        return Updated(new, tuple(changes(old, new)), ())
    article, kept = _with_fields(old, new)
    if not kind_is_sure and old.kind != new.kind:
        article, kept = replace(article, kind=old.kind), [*kept, f"the kind {old.kind!r}"]
    sections, titles = _with_own(old.sections, new.sections)
    article = replace(article, sections=sections)
    kept += [f"the section {title!r}" for title in titles]
    warnings = []
    if _is_approved(old) and not _is_approved(article):
        if all(getattr(old, name) == getattr(article, name) for name in _WORDS):
            article, kept = replace(article, approval=old.approval), [*kept, "the approval"]
        else:
            by = f" by {old.approval.by}" if old.approval.by else ""
            warnings.append(f"the approval{by} was for the old words: approve the article anew")
    return Updated(article, tuple(changes(old, article)), tuple(kept), tuple(warnings))


def _is_approved(article: Article) -> bool:
    return any(getattr(article.approval, name) for name in _APPROVAL)


def _with_fields(old: Article, new: Article) -> tuple[Article, list[str]]:
    """Put the clinic's front matter into an article, and name what was put there."""
    article, kept = new, []
    for name in _KEPT:
        own = getattr(old, name)
        if own and not getattr(new, name):
            article = replace(article, **{name: own})
            kept.append({"glance": "the facts at a glance"}.get(name, name))
    codes = tuple(code for code in old.codes if code not in new.codes)
    if codes:
        article = replace(article, codes=(*new.codes, *codes))
        kept += [f"the code {code.system} {code.code}" for code in codes]
    return article, kept


def _with_own(
    old: tuple[Section, ...], new: tuple[Section, ...]
) -> tuple[tuple[Section, ...], list[str]]:
    """Put the clinic's sections behind the section that they stood behind."""
    sections, titles = list(new), []
    behind = ""
    for section in old:
        if section.role == OWN_ROLE and not _find(sections, section.title):
            at = _find(sections, behind) if behind else 0
            sections.insert(len(sections) if behind and not at else at, section)
            titles.append(section.title)
        behind = section.title
    return tuple(sections), titles


def _find(sections: list[Section], title: str) -> int:
    """Give the place behind the section of a title, or 0."""
    titles = [fold(section.title) for section in sections]
    return titles.index(fold(title)) + 1 if fold(title) in titles else 0


# ---- what changed ------------------------------------------------------------------------------

_FIELDS = (
    ("title", "title"),
    ("kind", "kind"),
    ("language", "language"),
    ("source", "source"),
    ("rights", "rights"),
    ("approval", "approval"),
    ("number", "number"),
    ("version", "version"),
    ("qr_url", "address of the QR code"),
    ("glance", "facts at a glance"),
    ("codes", "codes"),
    ("references", "references"),
    ("blanks", "blanks"),
)


def changes(old: Article, new: Article) -> Iterator[str]:
    """Yield what is not the same in two articles, in words."""
    for name, label in (("date", "review date"), ("by", "reviewers"), ("next_due", "next review")):
        before, after = getattr(old.review, name), getattr(new.review, name)
        if before != after:
            yield f"{label}: {before or 'not given'} → {after or 'not given'}"
    for name, label in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            short = isinstance(before, str)
            yield (
                f"{label}: {before or 'none'} → {after or 'none'}" if short else f"{label} changed"
            )
    yield from _named("other name", old.alternative_names, new.alternative_names)
    if old.summary != new.summary:
        yield f"summary changed{_counted(texts(old.summary), texts(new.summary))}"
    yield from _sections(old.sections, new.sections)


def _named(label: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{label} added: {name}" for name in new if name not in old)
    yield from (f"{label} removed: {name}" for name in old if name not in new)


def _sections(old: tuple[Section, ...], new: tuple[Section, ...]) -> Iterator[str]:
    before = {_key(old, index): section for index, section in enumerate(old)}
    after = {_key(new, index): section for index, section in enumerate(new)}
    yield from (f"section added: {one.title}" for key, one in after.items() if key not in before)
    yield from (f"section removed: {one.title}" for key, one in before.items() if key not in after)
    for key, section in after.items():
        if key in before and before[key] != section:
            counted = _counted(texts(before[key].blocks), texts(section.blocks))
            yield f"section changed: {section.title}{counted}"
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield "the order of the sections changed"


def _key(sections: tuple[Section, ...], index: int) -> tuple[str, int]:
    """Name a section by its title, and by how many of this title stand above it."""
    title = fold(sections[index].title)
    return title, sum(fold(section.title) == title for section in sections[:index])


def _counted(old: Iterable[str], new: Iterable[str]) -> str:
    """Say how many words came and went."""
    before = Counter(word for text in old for word in text.split())
    after = Counter(word for text in new for word in text.split())
    came, went = (after - before).total(), (before - after).total()
    return f" ({came} words came, {went} went)" if came or went else " (its marks or its order)"
