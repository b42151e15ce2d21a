"""The main job: an article and a clinic in, one leaflet out."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from handouts import records, strings
from handouts.article import Article
from handouts.clinic import Clinic, TextPolicy, read_clinic
from handouts.compose import Leaflet, Run, compose, digest
from handouts.document import Document, texts
from handouts.errors import (
    ClinicError,
    HandoutsError,
    LayoutError,
    Place,
    SourceError,
    TemplateError,
    UsageError,
)
from handouts.files import package_folder
from handouts.fill import fill
from handouts.layout.pages import NotesPolicy
from handouts.layout.slots import SlotError
from handouts.library import Library
from handouts.redact import check_values, without_values
from handouts.render import Output, Rendering, render
from handouts.review import freshness
from handouts.rights import Arrangement, order_and_heads, verdict
from handouts.sources import Reading, read_source
from handouts.template import TemplateSet
from handouts.text.coverage import gaps
from handouts.text.faces import bundled_faces
from handouts.theme import Theme, load_theme
from handouts.units import PAPERS
from handouts.values import field, frozen, replace

Choice = Literal["", "reader", "source"]
Ink = Literal["colour", "black"]


@frozen
class Wish:
    """What the user asks for; "" leaves the choice to the clinic, the article or the edition.

    `article` and `clinic` are ids or paths; `template` is a folder whose templates come first;
    `created` is the time that the file says it was made; `values` fill the article's blanks.
    """

    article: str
    clinic: str
    edition: str = ""
    language: str = ""
    paper: Literal["", "letter", "a4"] = ""
    ink: Literal["", "colour", "black"] = ""
    order: Choice = ""
    heads: Choice = ""
    claims: str = "ua1"
    notes: NotesPolicy = "odd"
    template: Path | None = None
    created: datetime.datetime
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@frozen
class Made:
    """A finished leaflet with all that was decided and noticed on the way."""

    article: Article
    clinic: Clinic
    edition: str
    reading: Reading
    leaflet: Leaflet
    rendering: Rendering
    warnings: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name it has when the user gives none."""
        parts = (self.article.id, self.clinic.id, self.edition, self.article.language, "pdf")
        return ".".join(parts)


@frozen
class _Choices:
    """The edition and ink of this leaflet, and its theme."""

    edition: str
    ink: Ink
    theme: Theme


def make_leaflet(wish: Wish, library: Library) -> Made:
    """Make one leaflet.

    Raises:
        HandoutsError: Of the kind that says whose mistake it is; nothing was written.
    """
    clinic_path = library.resolve_clinic(wish.clinic)
    clinic = read_clinic(clinic_path)
    article_path = library.resolve_article(wish.article, wish.language or clinic.languages[0])
    reading = _read(article_path, wish)
    check_values(reading.article, wish.values, article_path)
    article = _filled(reading.article, article_path, wish.values)
    today = wish.created.date()
    rights = verdict(article, clinic, today)
    stale = freshness(article, clinic, today)
    choices = _choices(wish, clinic, clinic_path)
    arrangement = _arrangement(article, clinic, wish, choices.theme)
    run = Run(
        edition=choices.edition,
        order=arrangement.order,
        heads=arrangement.heads,
        licence=rights.licence,
        black=choices.ink == "black",
        original_title=_original_title(article, library),
    )
    words = _words(article, clinic, article_path)
    spoken = clinic.in_language(article.language)
    templates = _templates(wish, library)
    leaflet = compose(article, spoken, words, choices.theme, templates=templates, run=run)
    _check_characters(leaflet.document, (article, article_path), (clinic, clinic_path), templates)
    told = without_values(leaflet.fidelity, reading.article, wish.values)
    rendering = _rendered(leaflet, (clinic, clinic_path), article_path, choices, wish)
    return Made(
        article=article,
        clinic=clinic,
        edition=choices.edition,
        reading=reading,
        leaflet=replace(leaflet, fidelity=told),
        rendering=rendering,
        warnings=(
            *rights.warnings,
            *stale,
            *arrangement.warnings,
            *reading.report.warnings,
            *leaflet.warnings,
            *rendering.warnings,
        ),
    )


# ---- finding and reading -----------------------------------------------------------------------


def _read(path: Path, wish: Wish) -> Reading:
    try:
        return read_source(path, language=wish.language or None)
    except SourceError as error:
        place = error.place or Place(str(path))
        raise SourceError(error.what, place=place, hint=error.hint) from error


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
    original = read_source(library.article_path(article.id)).article
    return original.title if original.language != article.language else ""


def _choices(wish: Wish, clinic: Clinic, path: Path) -> _Choices:
    edition, ink = wish.edition or clinic.editions[0], wish.ink or clinic.ink
    try:
        return _Choices(edition=edition, ink=ink, theme=load_theme(edition, ink))
    except UsageError as error:
        if wish.edition:
            raise
        raise ClinicError(error.what, place=Place(str(path)), hint=error.hint) from error


def _arrangement(article: Article, clinic: Clinic, wish: Wish, theme: Theme) -> Arrangement:
    command = TextPolicy(order=wish.order, heads=wish.heads)
    edition = TextPolicy(order=theme.policy.order, heads=theme.policy.heads)
    return order_and_heads(article, clinic, command=command, theme=edition)


def _templates(wish: Wish, library: Library) -> TemplateSet:
    folders = (wish.template, library.templates, package_folder("templates"))
    return TemplateSet(tuple([folder for folder in folders if folder is not None]))


# ---- making ------------------------------------------------------------------------------------


def _check_characters(
    document: Document,
    article: tuple[Article, Path],
    clinic: tuple[Clinic, Path],
    templates: TemplateSet,
) -> None:
    """Refuse characters that the fonts cannot show, with the place where they are written."""
    footer = document.footer
    blocks = (*document.blocks, *document.notes)
    said = "\n".join([document.title, *texts(blocks), footer.title, footer.about, footer.page])
    for gap in gaps(said, bundled_faces(package_folder("fonts"))):
        error, place = _writer(gap.character, article, clinic, templates)
        raise error(
            f"{gap.name} cannot be printed, in “{gap.context}”",
            place=place,
            hint=f"{gap.reason}. Write it in another way",
        )


def _writer(
    character: str,
    article: tuple[Article, Path],
    clinic: tuple[Clinic, Path],
    templates: TemplateSet,
) -> tuple[type[HandoutsError], Place | None]:
    """Whose words a character stands in, and where in their file."""
    for kind, (value, path) in ((SourceError, article), (ClinicError, clinic)):
        if any(character in words for words in records.strings(value)):
            return kind, Place(str(path), _line_of(character, path))
    files = [file for folder in templates.folders for file in sorted(folder.glob("*.xml"))]
    places = [Place(str(file), _line_of(character, file)) for file in files]
    return TemplateError, next((place for place in places if place.line), None)


def _line_of(character: str, path: Path) -> int | None:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    at = text.find(character)
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _rendered(
    leaflet: Leaflet, clinic: tuple[Clinic, Path], article: Path, choices: _Choices, wish: Wish
) -> Rendering:
    brand, name = clinic[0].brand, clinic[0].name
    output = Output(
        theme=choices.theme,
        paper=PAPERS[wish.paper or clinic[0].paper],
        ink=choices.ink,
        claims=wish.claims,
        notes=wish.notes,
        created=wish.created,
    )
    try:
        return render(leaflet, brand, name, output)
    except (SlotError, ClinicError) as error:
        raise ClinicError(error.what, place=Place(str(clinic[1])), hint=error.hint) from error
    except LayoutError as error:
        raise LayoutError(error.what, place=Place(str(article)), hint=error.hint) from error
