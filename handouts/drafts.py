"""Drafts are kept: an article is composed once for all clinics whose leaflets differ in slots only."""

from handouts.article import Article
from handouts.clinic import Clinic
from handouts.compose import Draft, Leaflet, completed, compose, drafted
from handouts.remembered import Remembered
from handouts.strings import Strings
from handouts.template import LateError, TemplateSet
from handouts.template_values import Run, has_logo
from handouts.theme import Theme

_MOST, _KINDS = 48, 8
"""Articles (each in one form) whose drafts are kept, and drafts of one: they differ in what a
template makes of a clinic outside of slots."""

DRAFTS: Remembered[list[Draft]] = Remembered(_MOST)
"""The drafts of articles."""


def leaflet_of(
    article: Article,
    clinic: Clinic,
    words: Strings,
    theme: Theme,
    *,
    templates: TemplateSet,
    run: Run,
    keep: bool,
) -> Leaflet:
    """Compose a leaflet, from a draft that is there if one fits.

    An article that holds a patient's words must not be kept.

    Raises:
        TemplateError: The template or its markup is wrong.
    """
    if not keep:
        return compose(article, clinic, words, theme, templates=templates, run=run)
    logo = has_logo(clinic, run)
    choices = (run.edition, run.order, run.heads, run.black, run.original_title, run.sections, logo)
    drafts = DRAFTS.result(
        (article, words, theme, templates), (*templates.state(), *choices), list[Draft]
    )
    for draft in drafts:
        values = draft.values(clinic, run)
        if draft.filled.fits(values):
            try:
                slots = draft.filled.slots(values)
            except LateError:  # with this clinic a slot is none
                return compose(article, clinic, words, theme, templates=templates, run=run)
            return completed(draft, slots, article, clinic)
    draft = drafted(article, clinic, words, theme, templates=templates, run=run, keep=True)
    drafts.append(draft)
    del drafts[:-_KINDS]
    return completed(draft, draft.filled.lifted.said, article, clinic)
