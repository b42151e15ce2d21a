"""Article + clinic + template + theme -> leaflet: where medicine becomes a document."""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Literal

from handouts.abridge import chosen, is_urgent
from handouts.advice import CODE_BYTES, callouts, limits, with_box_titles
from handouts.arrange import Opened, boxed, characters, opened, parted, sequence
from handouts.article import Article, Section
from handouts.clinic import Clinic, Licence
from handouts.document import Block, Blocks, Callout, Document, Heading, Paragraph, plain
from handouts.errors import TemplateError
from handouts.fidelity import Fidelity, compare, sentences
from handouts.icons import ICONS
from handouts.markup import Vocabulary
from handouts.strings import Strings
from handouts.template import TemplateSet
from handouts.theme import Theme
from handouts.units import LABELS
from handouts.values import frozen, replace

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
    sections: tuple[int, ...] | None = None
    """the sections that an abridged edition shows, 0 being the most important; None means all"""


@frozen
class Leaflet:
    """A document with where it came from and how faithful it is.

    `identifier` is the UUID of clinic, article, language and edition; `abridged` says whether the
    edition leaves parts of the article out.
    """

    document: Document
    identifier: str
    fidelity: Fidelity
    warnings: tuple[str, ...]
    abridged: bool = False


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
    article = with_box_titles(article, words.furniture)
    heads = _heads(article, words, run)
    values = _values(article, clinic, words, theme, run=run, heads=heads)
    name = templates.choose((f"{theme.template}.{article.kind}.xml", f"{theme.template}.xml"))
    document = templates.fill(name, values, _vocabulary(theme, logo=_has_logo(clinic, run)))
    fidelity = compare(article, document, heads, words.furniture)
    if theme.parts.references == "short":
        fidelity = replace(fidelity, elsewhere=("references",))
    _check_notices(article, fidelity, templates, name)
    return Leaflet(
        document=document,
        identifier=leaflet_id(clinic, article, run.edition),
        fidelity=fidelity,
        warnings=(*limits(article), *_foreign_words(article, clinic)),
        abridged=theme.policy.abridged,
    )


def _foreign_words(article: Article, clinic: Clinic) -> Iterator[str]:
    """Warn of the clinic's words that the leaflet's reader may not understand."""
    tag = article.language
    if clinic.foreign_language(tag) and (clinic.hours or clinic.emergency):
        yield f"the clinic's words are not in {tag!r}: give them in [words.{tag}] of its file"


def _vocabulary(theme: Theme, *, logo: bool) -> Vocabulary:
    return {
        "text role": frozenset(theme.type),
        "icon": frozenset(ICONS),
        "slot": frozenset(theme.slots),
        "panel": _panels(theme),
        "picture": frozenset(("logo",) if logo else ()),
    }


def _panels(theme: Theme) -> frozenset[str]:
    """The names of the panels of a fold; the numbered ones are for what flows."""
    sides = (*theme.fold.outside.values(), *theme.fold.inside.values())
    return frozenset([name for side in sides for name, _ in side if not name.isdigit()])


def _check_notices(article: Article, fidelity: Fidelity, templates: TemplateSet, name: str) -> None:
    """Refuse a template that leaves out what the text's holder wants printed whole.

    Of sentences that a notice shares with the body nobody can tell which of the two is missing.
    """
    required = {part for notice in article.rights.notices for part in sentences(notice)}
    missing = [sentence.text for sentence in fidelity.dropped if sentence.text in required]
    if missing:
        raise TemplateError(
            f"the template leaves out a notice that must be printed, “{missing[0][:60]}”",
            place=templates.writer(name, "rights.notices"),
            hint="Print each of article.rights.notices, or parts.about()",
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
        "clinic": clinic,
        "words": words,
        "named": named,
        "run": _run_values(article, clinic, words, theme, run),
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


def _run_values(
    article: Article, clinic: Clinic, words: Strings, theme: Theme, run: Run
) -> Mapping[str, object]:
    fine = theme.policy.fine_print
    online = article.qr_url or article.source.url
    label, reviewer = _reviewer(article, words)
    return {
        "order": run.order,
        "heads": run.heads,
        "edition": run.edition,
        "edition_label": words.editions.get(theme.name, theme.name) if theme.parts.label else "",
        "licence": run.licence,
        "original_title": run.original_title,
        "foreign": clinic.foreign_language(article.language),
        "logo": _has_logo(clinic, run),
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
        "label_width": f"{LABELS[clinic.label].width:g}",
        "label_height": f"{LABELS[clinic.label].height:g}",
    }


def _has_logo(clinic: Clinic, run: Run) -> bool:
    """Whether the clinic has a logo for this ink."""
    return bool(clinic.brand.logo or (run.black and clinic.brand.logo_black))


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
