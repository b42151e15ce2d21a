"""The main job: an article and a clinic in, one leaflet out."""

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from handouts import strings
from handouts.article import Article
from handouts.clinic import Clinic
from handouts.compose import Leaflet
from handouts.errors import ClinicError, Place, SourceError, UsageError
from handouts.files import package_folder
from handouts.fill import fill
from handouts.fitting import Choices, Sources, Wish, fitted
from handouts.hollow import without_hollow
from handouts.kept import kept_clinic, kept_reading
from handouts.library import Library
from handouts.redact import check_blanks, check_document, check_values, without_values
from handouts.remembered import Remembered
from handouts.render import Rendering
from handouts.review import freshness
from handouts.rights import check_abridging, order_and_heads, verdict
from handouts.sources import Reading
from handouts.template import TemplateSet, template_set
from handouts.template_values import Run, digest
from handouts.theme import FOLDER, load_theme
from handouts.typefaces import typefaces
from handouts.values import frozen, replace

__all__ = ["Made", "Prepared", "Wish", "make_leaflet", "prepare", "theme_folders", "with_values"]


@frozen
class Made:
    """A finished leaflet with all that was decided and noticed on the way.

    `made_as` is the edition that it became where the one asked for would have been too long.
    """

    article: Article
    clinic: Clinic
    edition: str
    made_as: str
    reading: Reading
    leaflet: Leaflet
    rendering: Rendering
    warnings: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name it has when the user gives none."""
        ending = self.rendering.medium.replace("text", "txt")
        parts = (self.article.id, self.clinic.id, self.edition, self.article.language, ending)
        return ".".join(parts)


@frozen
class Prepared:
    """All that is read and decided before a leaflet is made."""

    wish: Wish
    reading: Reading
    sources: Sources
    run: Run
    choices: Choices
    warnings: tuple[str, ...]


def with_values(wishes: Sequence[Wish], values: Mapping[str, str], library: Library) -> list[Wish]:
    """Give each wish the values of its own article's blanks.

    Raises:
        UsageError: No article has a blank of such a name.
        HandoutsError: An article or the clinic cannot be read.
    """
    if not values:
        return list(wishes)
    clinics = [kept_clinic(library.resolve_clinic(wish.clinic)) for wish in wishes]
    pairs = zip(wishes, clinics, strict=True)
    blanks = [_reading(wish, clinic, library)[1].article.blanks for wish, clinic in pairs]
    there = list(dict.fromkeys([name for own in blanks for name in own]))
    for name in values:
        if name not in there:
            hint = f"There is: {', '.join(there)}" if there else ""
            raise UsageError(f"no article here has a blank {name!r}", hint=hint)
    return [
        replace(wish, values={name: values[name] for name in own if name in values})
        for wish, own in zip(wishes, blanks, strict=True)
    ]


def make_leaflet(wish: Wish, library: Library) -> Made:
    """Make one leaflet.

    Raises:
        HandoutsError: Of the kind that says whose mistake it is; nothing was written.
    """
    prepared = prepare(wish, library)
    made = fitted(prepared.sources, prepared.run, prepared.choices, wish)
    leaflet = made.leaflet
    if wish.values:
        unfilled = prepared.reading.article
        filled, path = prepared.sources.article, prepared.sources.article_path
        check_document(leaflet.document, filled, unfilled, wish.values, path)
        leaflet = replace(leaflet, fidelity=without_values(leaflet.fidelity, unfilled))
    return Made(
        article=prepared.sources.article,
        clinic=prepared.sources.clinic,
        edition=prepared.choices.edition,
        made_as=made.edition,
        reading=prepared.reading,
        leaflet=leaflet,
        rendering=made.rendering,
        warnings=(
            *prepared.warnings,
            *made.warnings,
            *leaflet.warnings,
            *made.rendering.warnings,
        ),
    )


def prepare(wish: Wish, library: Library) -> Prepared:
    """Read what a leaflet is made from, and decide all that needs no page.

    Raises:
        HandoutsError: Of the kind that says whose mistake it is.
    """
    sources, reading, left_out = _sources(wish, library)
    article, clinic = sources.article, sources.clinic
    today = wish.created.date()
    rights = verdict(article, clinic, today)
    stale = freshness(article, clinic, today)
    choices = _choices(wish, clinic, sources.clinic_path, library)
    check_abridging(article, rights.licence, abridged=choices.theme.policy.abridged)
    arrangement = order_and_heads(article, clinic, command=wish, theme=choices.theme.policy)
    run = Run(
        edition=choices.edition,
        order=arrangement.order,
        heads=arrangement.heads,
        licence=rights.licence,
        black=choices.ink == "black",
        original_title=_original_title(article, library),
    )
    return Prepared(
        wish=wish,
        reading=reading,
        sources=sources,
        run=run,
        choices=choices,
        warnings=(
            *rights.warnings,
            *stale,
            *arrangement.warnings,
            *reading.report.warnings,
            *left_out,
        ),
    )


# ---- finding and reading -----------------------------------------------------------------------


def _sources(wish: Wish, library: Library) -> tuple[Sources, Reading, tuple[str, ...]]:
    """Read the clinic and the article, whose blanks are filled; and tell what is left out of it."""
    clinic_path = library.resolve_clinic(wish.clinic)
    clinic = kept_clinic(clinic_path)
    article_path, reading = _reading(wish, clinic, library)
    if reading.article.blanks:
        check_blanks(reading.article, article_path)
    if wish.values:
        check_values(wish.values, typefaces(clinic.brand))
    article, left_out = _with_text(_filled(reading.article, article_path, wish.values), reading)
    sources = Sources(
        article=article,
        article_path=article_path,
        clinic=clinic,
        clinic_path=clinic_path,
        words=_words(article, clinic, article_path),
        templates=_templates(wish, library),
    )
    return sources, reading, left_out


def _with_text(article: Article, reading: Reading) -> tuple[Article, tuple[str, ...]]:
    """Leave out sections without text; of an article without blanks once, for all clinics."""
    if article is not reading.article:
        return without_hollow(article)
    return _WITH_TEXT.result((article,), (), lambda: without_hollow(article))


_WITH_TEXT: Remembered[tuple[Article, tuple[str, ...]]] = Remembered(64)


def _reading(wish: Wish, clinic: Clinic, library: Library) -> tuple[Path, Reading]:
    """Find the article's file, in the clinic's language unless another is asked for, and read it."""
    path = library.resolve_article(wish.article, wish.language or clinic.languages[0])
    return path, kept_reading(path, wish.language, library.id_of(path))


def _filled(article: Article, path: Path, values: Mapping[str, str]) -> Article:
    """Fill the blanks; the version stays that of the text, whatever the values are."""
    if article.blanks:
        article = replace(article, version=article.version or digest(article)[:8])
    return fill(article, values, path)


def _words(article: Article, clinic: Clinic, path: Path) -> strings.Strings:
    try:
        return strings.for_article(article.language, clinic.languages)
    except SourceError as error:
        raise SourceError(error.what, place=Place(str(path)), hint=error.hint) from error


def _original_title(article: Article, library: Library) -> str:
    """The title of the article that this one translates, for the clinic's staff."""
    if article.language.partition("-")[0] == "en" or "" not in library.articles.get(article.id, {}):
        return ""
    original = kept_reading(library.article_path(article.id), id=article.id).article
    return original.title if original.language != article.language else ""


def _choices(wish: Wish, clinic: Clinic, path: Path, library: Library) -> Choices:
    edition, ink = wish.edition or clinic.editions[0], wish.ink or clinic.ink
    folders = theme_folders(library, path)
    try:
        theme = load_theme(edition, ink, folders)
        return Choices(edition=edition, ink=theme.ink or ink, theme=theme, folders=folders)
    except UsageError as error:
        if wish.edition:
            raise
        raise ClinicError(error.what, place=Place(str(path)), hint=error.hint) from error


def theme_folders(library: Library, clinic: Path) -> tuple[Path, ...]:
    """Where themes are: in the clinic's own folder, beside its file; in the library; built in."""
    own, ours = _own_themes(clinic), library.themes
    is_there = os.path.isdir(own)  # noqa: PTH112  (asked for every leaflet; Path takes twice as long)
    return (*([own] if is_there else []), *([ours] if ours else []), FOLDER)


@lru_cache(maxsize=256)
def _own_themes(clinic: Path) -> Path:
    return clinic.with_suffix("") / "themes"


def _templates(wish: Wish, library: Library) -> TemplateSet:
    folders = (wish.template, library.templates, package_folder("templates"))
    return template_set(tuple([folder for folder in folders if folder is not None]))
