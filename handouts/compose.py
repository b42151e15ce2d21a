"""Article + clinic + template + theme -> leaflet: where medicine becomes a document."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from handouts.arrange import boxed, characters, parted, sequence
from handouts.article import Article, Section
from handouts.clinic import Clinic, Licence
from handouts.document import Block, Blocks, Callout, Document, Heading, Paragraph, plain
from handouts.fidelity import Fidelity, compare
from handouts.strings import Strings
from handouts.template import TemplateSet
from handouts.theme import Theme
from handouts.units import MM
from handouts.values import frozen, replace

CODE_BYTES = 62
"""The longest URL that a QR code of version 4, level M, holds."""

_LEAD_CHARACTERS = 420
"""A first paragraph that is longer is set as text, not as a lead."""

_NAMESPACE = uuid.UUID("5b1f7b3e-52a8-5d0e-9d0e-6a3c6f0f4f5e")
"""Namespace of leaflet ids (RFC 4122, version 5); it never changes."""


@frozen
class Run:
    """What this one run decides about a leaflet."""

    edition: str
    order: Literal["reader", "source"]
    heads: Literal["reader", "source"]
    licence: Licence | None
    black: bool
    original_title: str = ""


@frozen
class Leaflet:
    """A document with where it came from and how faithful it is.

    `identifier` is the UUID of clinic, article, language and edition.
    """

    document: Document
    identifier: str
    fidelity: Fidelity
    warnings: tuple[str, ...]


def compose(
    article: Article,
    clinic: Clinic,
    words: Strings,
    theme: Theme,
    *,
    templates: TemplateSet,
    run: Run,
) -> Leaflet:
    """Fill the article's template and check that nothing was lost.

    Raises:
        TemplateError: The template or its markup is wrong.
    """
    heads = _heads(article, words, run)
    values = _values(article, clinic, words, theme, run=run, heads=heads)
    name = templates.choose((f"leaflet.{article.kind}.xml", "leaflet.xml"))
    document = templates.fill(name, values)
    return Leaflet(
        document=document,
        identifier=leaflet_id(clinic, article, run.edition),
        fidelity=compare(article, document, _original(article, heads)),
        warnings=_limits(article),
    )


def leaflet_id(clinic: Clinic, article: Article, edition: str) -> str:
    """Give the leaflet's UUID, the same on every machine."""
    name = f"{clinic.id}/{article.id}/{article.language}/{edition}"
    return str(uuid.uuid5(_NAMESPACE, name))


# ---- heads -------------------------------------------------------------------------------------


def _heads(article: Article, words: Strings, run: Run) -> Mapping[int, str]:
    """Section's place -> its head; a question stands once, a second section keeps its title."""
    used: set[str] = set()
    heads = {}
    for number, section in enumerate(article.sections):
        question = words.head(section.role, article.kind) if run.heads == "reader" else ""
        head = question if question and question not in used else section.title
        used.add(head)
        heads[number] = head
    return heads


def _original(article: Article, heads: Mapping[int, str]) -> Mapping[str, str]:
    return {section.title: heads[number] for number, section in enumerate(article.sections)}


# ---- values of the template --------------------------------------------------------------------


def _values(
    article: Article,
    clinic: Clinic,
    words: Strings,
    theme: Theme,
    *,
    run: Run,
    heads: Mapping[int, str],
) -> Mapping[str, object]:
    """Everything a template may use; docs/templates.md describes each."""
    by_section = {id(section): heads[n] for n, section in enumerate(article.sections)}
    named: dict[str, Section] = {}
    for section in article.sections:
        named.setdefault(section.role, section)

    def role_head(role: str) -> str:
        return words.head(role, article.kind) if run.heads == "reader" else ""

    def head(section: Section) -> str:
        return by_section.get(id(section), section.title)

    functions: dict[str, Callable[..., object]] = {
        "head": head,
        "role_head": role_head,
        "lead": _lead,
        "as_box": boxed,
        "sequence": lambda blocks: sequence(blocks, tuple(words.furniture["step_words"].split())),
        "parted": parted,
        "characters": characters,
    }
    return {
        "article": article,
        "clinic": clinic,
        "words": words,
        "named": named,
        "run": _run_values(article, clinic, words, theme, run),
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


def _raised(block: Block) -> Block:
    match block:
        case Callout() | Heading():
            return replace(block, level=2)
        case _:
            return block


def _run_values(
    article: Article, clinic: Clinic, words: Strings, theme: Theme, run: Run
) -> Mapping[str, object]:
    fine = theme.policy.fine_print
    online = article.qr_url or article.source.url
    label, reviewer = _reviewer(article, words)
    logo = clinic.brand.logo_black or clinic.brand.logo if run.black else clinic.brand.logo
    return {
        "order": run.order,
        "heads": run.heads,
        "edition": run.edition,
        "licence": run.licence,
        "original_title": run.original_title,
        "logo": bool(logo),
        "fine": fine.get(article.kind, fine["default"]),
        "about": _about(article, words),
        "source": _source(article, words),
        "reviewer_label": label,
        "reviewer": reviewer,
        "approved": _approved(article, words),
        "online": online,
        "online_short": online.partition("://")[2].rstrip("/") if online else "",
        "code": 0 < len(online.encode()) <= CODE_BYTES,
        "own_emergency": _has_emergency(article),
        "sticker_width": round(theme.forms.sticker_width / MM),
        "sticker_height": round(theme.forms.sticker_height / MM),
    }


def _about(article: Article, words: Strings) -> str:
    """The footer's line: number, version, language."""
    version = article.version or digest(article)[:8]
    number = article.number or article.id
    return words.furniture["about_line"].format(number=number, version=version, language=words.name)


@cache
def digest(article: Article) -> str:
    """A digest of everything in the article (hex)."""
    return hashlib.sha256(repr(article).encode()).hexdigest()


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
    return ", ".join(parts) + "."


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


def _has_emergency(article: Article) -> bool:
    blocks = (*article.summary, *(block for part in article.sections for block in part.blocks))
    return any(isinstance(block, Callout) and block.kind == "emergency" for block in blocks)


# ---- limits that are told, never enforced by cutting -------------------------------------------

_STRIP_WORDS = 9


def _limits(article: Article) -> tuple[str, ...]:
    """Advice of the design that the content goes beyond."""
    warnings = [
        f"at a glance, {fact.label!r} has {len(fact.words.split())} words; "
        f"up to {_STRIP_WORDS} are read at a glance"
        for fact in article.glance
        if len(fact.words.split()) > _STRIP_WORDS
    ]
    if 0 < len(article.glance) < 3:  # noqa: PLR2004  (cells of a strip)
        warnings.append("fewer than 3 facts at a glance: they are set as terms, not as a strip")
    boxes = sum(
        [
            isinstance(block, Callout) and block.kind == "emergency"
            for part in article.sections
            for block in part.blocks
        ]
    )
    if boxes > 1:
        warnings.append(f"the article has {boxes} emergency boxes; one is noticed, more are not")
    online = article.qr_url or article.source.url
    if len(online.encode()) > CODE_BYTES:
        warnings.append(f"no QR code: the address has more than {CODE_BYTES} bytes")
    return tuple(warnings)
