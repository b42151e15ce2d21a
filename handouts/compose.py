"""Article + clinic + template + theme -> leaflet: where medicine becomes a document."""

import hashlib
from collections.abc import Iterator, Mapping

from handouts.advice import limits, with_box_titles
from handouts.article import Article
from handouts.clinic import Clinic
from handouts.document import Document
from handouts.errors import TemplateError
from handouts.fidelity import Fidelity, compare, sentences
from handouts.icons import ICONS
from handouts.markup import Vocabulary
from handouts.remembered import Remembered
from handouts.strings import Strings
from handouts.template import Filled, TemplateSet
from handouts.template_values import (
    Run,
    has_logo,
    run_values,
    template_values,
    varying_values,
)
from handouts.theme import Theme
from handouts.values import frozen, replace

_NAMESPACE = bytes.fromhex("5b1f7b3e52a85d0e9d0e6a3c6f0f4f5e")
"""Namespace of leaflet ids (RFC 4122, version 5); it never changes."""


@frozen
class Leaflet:
    """A leaflet with where it came from and how faithful it is.

    `flow` is its document; one with a draft has its blocks from there, and `slots`, as markup.
    `identifier` is the UUID of clinic, article, language and edition; `abridged` says whether the
    edition leaves parts of the article out.
    `shared` says whether pages may be kept for other leaflets of its draft.
    """

    flow: Document
    identifier: str
    fidelity: Fidelity
    warnings: tuple[str, ...]
    abridged: bool = False
    draft: "Draft | None" = None
    slots: tuple[str, ...] = ()
    shared: bool = False

    @property
    def document(self) -> Document:
        """The whole document."""
        if self.draft is None:
            return self.flow
        return self.draft.filled.document(self.slots)


@frozen(eq=False)
class Draft:
    """A leaflet of any clinic: what its slots hold is filled in for each.

    `fixed` is what templates read of the run as far as no clinic changes it.
    """

    filled: Filled
    flow: Document
    fixed: Mapping[str, object]
    fidelity: Fidelity
    warnings: tuple[str, ...]
    edition: str
    abridged: bool

    def values(self, clinic: Clinic, run: Run) -> Mapping[str, object]:
        """Give what its slots are filled with for a clinic."""
        return varying_values(clinic, run, self.flow.language, self.fixed)


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
    draft = drafted(article, clinic, words, theme, templates=templates, run=run)
    return completed(draft, draft.filled.lifted.said, article, clinic, shared=False)


def drafted(
    article: Article,
    clinic: Clinic,
    words: Strings,
    theme: Theme,
    *,
    templates: TemplateSet,
    run: Run,
    keep: bool = False,
) -> Draft:
    """Fill the article's template for a clinic, and for all that it fits; nothing may be lost.

    `keep` says whether what its slots say may be kept.

    Raises:
        TemplateError: The template or its markup is wrong.
    """
    boxed = with_box_titles(article, words.furniture)
    heads = _heads(boxed, words, run)
    fixed = run_values(boxed, words, theme, run)
    values = template_values(boxed, words, theme, run=run, heads=heads)
    varying = varying_values(clinic, run, article.language, fixed)
    name = templates.choose((f"{theme.template}.{article.kind}.xml", f"{theme.template}.xml"))
    filled = templates.filled(
        name,
        {**values, **varying},
        _vocabulary(theme, logo=has_logo(clinic, run)),
        varying=tuple(varying),
        keep=keep,
    )
    document = filled.document(filled.lifted.said)
    elsewhere = ("references",) if theme.parts.references == "short" else ()
    fidelity = compare(boxed, document, heads, words.furniture, elsewhere)
    _check_notices(boxed, fidelity, templates, name)
    return Draft(
        filled=filled,
        flow=replace(document, blocks=(), notes=()),
        fixed=fixed,
        fidelity=fidelity,
        warnings=tuple(limits(boxed)),
        edition=run.edition,
        abridged=theme.policy.abridged,
    )


def completed(
    draft: Draft, slots: tuple[str, ...], article: Article, clinic: Clinic, *, shared: bool = True
) -> Leaflet:
    """Make a leaflet of a draft and what a clinic has in its slots."""
    return Leaflet(
        flow=draft.flow,
        identifier=leaflet_id(clinic, article, draft.edition),
        fidelity=draft.fidelity,
        warnings=(*draft.warnings, *_foreign_words(article, clinic)),
        abridged=draft.abridged,
        draft=draft,
        slots=slots,
        shared=shared,
    )


def _foreign_words(article: Article, clinic: Clinic) -> Iterator[str]:
    """Warn of the clinic's words that the leaflet's reader may not understand."""
    tag = article.language
    if clinic.foreign_language(tag) and (clinic.hours or clinic.emergency):
        yield f"the clinic's words are not in {tag!r}: give them in [words.{tag}] of its file"


def _vocabulary(theme: Theme, *, logo: bool) -> Vocabulary:
    """Give the names that a template may use: the same object for a theme, by which things are kept."""
    return _VOCABULARIES.result((theme,), (logo,), lambda: _names(theme, logo=logo))


_VOCABULARIES: Remembered[Vocabulary] = Remembered(32)


def _names(theme: Theme, *, logo: bool) -> Vocabulary:
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
    """Give the leaflet's UUID, the same on every machine (RFC 4122, 4.3)."""
    name = f"{clinic.id}/{article.id}/{article.language}/{edition}"
    digest = hashlib.sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) % 4]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


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
