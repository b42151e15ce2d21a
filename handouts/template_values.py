"""What a template may use: the article, the clinic, words, what this run decided, functions."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Literal

from handouts.abridge import chosen, is_urgent
from handouts.advice import CODE_BYTES, callouts
from handouts.arrange import Opened, boxed, characters, opened, parted, sequence
from handouts.article import Article, Section
from handouts.clinic import Clinic, Licence
from handouts.document import Block, Blocks, Callout, Heading, Paragraph, plain
from handouts.remembered import Remembered
from handouts.strings import Strings
from handouts.theme import Theme
from handouts.units import LABELS
from handouts.values import frozen, replace

_LEAD_CHARACTERS = 420
"""A first paragraph that is longer is set as text, not as a lead."""


@frozen
class Run:
    """What this one run decides about a leaflet."""

    edition: str
    order: Literal["reader", "source"]
    heads: Literal["reader", "source"]
    licence: Licence | None
    black: bool
    original_title: str = ""
    sections: tuple[int, ...] | None = None
    """the sections that an abridged edition shows, 0 being the most important; None means all"""


def template_values(
    article: Article,
    words: Strings,
    theme: Theme,
    *,
    run: Run,
    heads: Mapping[int, str],
) -> Mapping[str, object]:
    """Everything a template may use but for what varies; docs/templates.md describes each."""
    by_section = {id(section): heads[n] for n, section in enumerate(article.sections)}
    named: dict[str, Section] = {}
    for section in article.sections:
        if section.role:
            named.setdefault(section.role, section)

    def role_head(role: str) -> str:
        return words.head(role, article.kind) if run.heads == "reader" else ""

    def head(section: Section) -> str:
        return by_section.get(id(section), section.title)

    functions: dict[str, Callable[..., object]] = {
        "head": head,
        "role_head": role_head,
        "lead": _lead,
        "opened": _opened,
        "as_box": boxed,
        "sequence": lambda blocks: sequence(blocks, tuple(words.furniture["step_words"].split())),
        "parted": parted,
        "characters": characters,
        "chosen": lambda roles: chosen(article, tuple(roles), run.sections),
        "is_urgent": is_urgent,
    }
    return {
        "article": article,
        "words": words,
        "named": named,
        "shows": theme.parts,
        **functions,
    }


def _lead(summary: Blocks) -> Blocks:
    """The summary with its first paragraph in the lead's style.

    Heads in it stand directly under the title, so they are of level 2.
    """
    summary = tuple([_raised(block) for block in summary])
    match summary:
        case (Paragraph(content, "body", icon), *rest) if len(plain(content)) <= _LEAD_CHARACTERS:
            return (Paragraph(content, "lead", icon), *rest)
        case _:
            return summary


def _opened(summary: Blocks, most: int) -> Opened:
    """A cover's lead and what follows it; its boxes stand in no section, so their heads are of level 2."""
    parts = opened(summary, most)
    return replace(parts, boxes=tuple([_raised(block) for block in parts.boxes]))


def _raised(block: Block) -> Block:
    match block:
        case Callout() | Heading():
            return replace(block, level=2)
        case _:
            return block


def varying_values(
    clinic: Clinic, run: Run, language: str, fixed: Mapping[str, object]
) -> Mapping[str, object]:
    """The values that another clinic would have others for, in a leaflet of a language.

    `fixed` is what templates read of `run` that is the same for all clinics.
    """
    own = {
        "licence": run.licence,
        "foreign": clinic.foreign_language(language),
        "logo": has_logo(clinic, run),
        "label_width": f"{LABELS[clinic.label].width:g}",
        "label_height": f"{LABELS[clinic.label].height:g}",
    }
    return {"clinic": clinic, "run": {**fixed, **own}}


def run_values(article: Article, words: Strings, theme: Theme, run: Run) -> Mapping[str, object]:
    """What a template may read of `run`, as far as it is the same for all clinics."""
    fine = theme.policy.fine_print
    online = article.qr_url or article.source.url
    label, reviewer = _reviewer(article, words)
    return {
        "order": run.order,
        "heads": run.heads,
        "edition": run.edition,
        "edition_label": words.editions.get(theme.name, theme.name) if theme.parts.label else "",
        "original_title": run.original_title,
        "fine": fine.get(article.kind, fine["default"]),
        "about": _about(article, words),
        "source": _source(article, words),
        "has_source": bool(article.source.name or article.source.article or article.rights.holder),
        "reviewer_label": label,
        "reviewer": reviewer,
        "approved": _approved(article, words),
        "online": online,
        "online_short": online.partition("://")[2].rstrip("/") if online else "",
        "code": 0 < len(online.encode()) <= CODE_BYTES,
        "own_emergency": any(box.kind == "emergency" for box in callouts(article)),
    }


def has_logo(clinic: Clinic, run: Run) -> bool:
    """Whether the clinic has a logo for this ink."""
    return bool(clinic.brand.logo or (run.black and clinic.brand.logo_black))


def _about(article: Article, words: Strings) -> str:
    """The footer's line: number, version, language."""
    version = article.version or digest(article)[:8]
    number = article.number or article.id
    return words.furniture["about_line"].format(number=number, version=version, language=words.name)


def digest(article: Article) -> str:
    """A digest of everything in the article (hex)."""
    return _DIGESTS.result(
        (article,), (), lambda: hashlib.sha256(repr(article).encode()).hexdigest()
    )


_DIGESTS: Remembered[str] = Remembered(64)


def _source(article: Article, words: Strings) -> str:
    """Where the text comes from, and when that source reviewed it."""
    said, source = words.furniture, article.source
    parts = []
    if source.name:
        parts.append(said["source_line"].format(title=article.title, name=source.name))
    elif article.rights.holder:
        parts.append(article.rights.holder)
    if source.article:
        parts.append(said["source_number"].format(number=source.article))
    date = article.review.date
    reviewed = said["source_reviewed"].format(date=words.long_date(date)) if date else ""
    parts.append(reviewed or said["source_review_unknown"])
    line = ", ".join(parts)
    return f"{line[0].upper()}{line[1:]}."


def _reviewer(article: Article, words: Strings) -> tuple[str, str]:
    """The label and the words of who reviewed the source; words that bring a label keep theirs."""
    by = article.review.by
    head, colon, rest = by.partition(":")
    if colon and len(head.split()) <= 5:  # noqa: PLR2004  ("Review provided and updated by")
        return f"{head}:", rest.strip()
    return words.furniture["updated_by"], by


def _approved(article: Article, words: Strings) -> str:
    approval = article.approval
    if approval.date is None:
        return approval.by
    date = words.long_date(approval.date)
    return words.furniture["approved_on"].format(by=approval.by, date=date)
