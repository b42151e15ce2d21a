"""An article that was read, and what was decided: a leaflet that is as long as it may be."""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import partial
from pathlib import Path
from typing import Literal

from handouts import records, strings
from handouts.article import Article
from handouts.clinic import Brand, Clinic
from handouts.compose import Leaflet
from handouts.drafts import leaflet_of
from handouts.errors import (
    ClinicError,
    HandoutsError,
    LayoutError,
    Place,
    SourceError,
    TemplateError,
)
from handouts.files import line_of
from handouts.kept import spoken
from handouts.layout.pages import NotesPolicy, TooLong
from handouts.layout.paginate import NoRoom
from handouts.layout.slots import SlotError
from handouts.length import Attempt, attempts, smallest
from handouts.misfit import misfit
from handouts.plates import Check
from handouts.render import Output, Rendering, has_room, render
from handouts.template import TemplateSet
from handouts.template_values import Run
from handouts.text.coverage import gaps
from handouts.theme import Ink, Theme
from handouts.typefaces import lacking, typefaces
from handouts.units import LABELS, PAPERS
from handouts.values import field, frozen, replace

Choice = Literal["", "reader", "source"]


@frozen
class Wish:
    """What the user asks for; "" leaves the choice to the clinic, the article or the edition.

    `article` and `clinic` are ids or paths; `template` is a folder whose templates come first;
    `most_pages` limits the length (0: none); `imposed` is False for a booklet page by page;
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
    most_pages: int = 0
    imposed: bool = True
    template: Path | None = None
    created: datetime.datetime
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@frozen
class Choices:
    """The edition and ink of this leaflet, its theme, and the folders of all themes."""

    edition: str
    ink: Ink
    theme: Theme
    folders: tuple[Path, ...]


@frozen
class Sources:
    """What a leaflet is made from, with the files it was read from."""

    article: Article
    article_path: Path
    clinic: Clinic
    clinic_path: Path
    words: strings.Strings
    templates: TemplateSet


@frozen
class Fitted:
    """A leaflet that is as long as it may be, the edition it became, and what was done for it."""

    leaflet: Leaflet
    rendering: Rendering
    edition: str
    warnings: tuple[str, ...]


def fitted(sources: Sources, run: Run, choices: Choices, wish: Wish) -> Fitted:
    """Try what the edition and the user allow until the leaflet fits.

    Raises:
        LayoutError: It does not fit; the message says by how much.
    """
    if choices.theme.policy.abridged:
        run = replace(run, sections=_with_room(sources, run, choices, wish))
    tried: list[tuple[Attempt, NoRoom]] = []
    for attempt in attempts(choices.theme, choices.ink, choices.folders, wish.most_pages):
        try:
            leaflet, rendering = _made(attempt, sources, run, choices, wish)
        except NoRoom as error:
            tried.append((attempt, copy(error)))  # without its traceback, which leads here
            continue
        told = _told(attempt, choices, tried[0][1]) if tried else ()
        return Fitted(leaflet=leaflet, rendering=rendering, edition=attempt.edition, warnings=told)
    last, nearest = min(reversed(tried), key=lambda one: one[1].excess)
    how = " and ".join(_done(last, choices))
    even = f", even as {last.edition}{' with ' if how else ''}{how}" if len(tried) > 1 else ""
    place = Place(str(sources.article_path))
    raise LayoutError(f"{nearest.what}{even}", place=place, hint=nearest.hint)


def _with_room(sources: Sources, run: Run, choices: Choices, wish: Wish) -> tuple[int, ...] | None:
    """The sections that an abridged edition has room for, at its smallest size.

    Each is whole or left out; None when there is room for none.
    """
    attempt = smallest(choices.theme)
    kept: tuple[int, ...] = ()
    for rank in range(len(sources.article.sections)):
        if len(kept) == choices.theme.fit.sections:
            break
        leaflet = _composed(sources, attempt.theme, replace(run, sections=(*kept, rank)), wish)
        with _blaming(sources):
            if has_room(leaflet, *_printing(sources, attempt, choices.ink, wish)):
                kept = (*kept, rank)
    return kept or None


def _made(
    attempt: Attempt, sources: Sources, run: Run, choices: Choices, wish: Wish
) -> tuple[Leaflet, Rendering]:
    leaflet = _composed(sources, attempt.theme, run, wish)
    with _blaming(sources):
        return leaflet, render(leaflet, *_printing(sources, attempt, choices.ink, wish))


def _told(attempt: Attempt, choices: Choices, wanted: NoRoom) -> tuple[str, ...]:
    """Say what was done so that the leaflet fits."""
    done = " and ".join(_done(attempt, choices))
    if attempt.edition != choices.edition:
        why = f"as {choices.edition} {_no_room(wanted, choices.theme)}"
        how = f", with {done}" if done else ""
        return (f"made as the edition {attempt.edition}{how}: {why}",)
    pages = "one page" if attempt.most == 1 else f"{attempt.most} {_unit(choices.theme)}"
    return (f"to fit on {pages}: {done}" if attempt.most else f"to fit: {done}",)


def _done(attempt: Attempt, choices: Choices) -> list[str]:
    """What was done to the edition that was asked for."""
    theme, asked = attempt.theme, choices.theme
    done = []
    if theme.parts.references == "short" != asked.parts.references:
        done.append("references in short form")
    if theme.type["body"].size < asked.type["body"].size:
        done.append(f"text in {theme.type['body'].size:g} points")
    return done


def _no_room(error: NoRoom, theme: Theme) -> str:
    """Say how much there is of what the edition limits."""
    if not isinstance(error, TooLong):
        return error.what
    if error.panel:
        return f"its panel {error.panel!r} would be too full"
    return f"it needs {error.needed} {_unit(theme)}, it may have {error.allowed}"


def _unit(theme: Theme) -> str:
    return "panels" if theme.fold.kind == "panels" else "pages"


def _composed(sources: Sources, theme: Theme, run: Run, wish: Wish) -> Leaflet:
    article, clinic = sources.article, sources.clinic
    return leaflet_of(
        article,
        spoken(clinic, article.language),
        sources.words,
        theme,
        templates=sources.templates,
        run=run,
        keep=not wish.values,
    )


def _check_characters(said: str, sources: Sources) -> None:
    """Refuse characters that the fonts cannot show, with the place where they are written."""
    brand = sources.clinic.brand
    for gap in gaps(said, typefaces(brand)):
        lacking(gap, brand)
        error, place = _writer(gap.character, sources)
        raise error(
            f"{gap.name} cannot be printed, in “{gap.context}”",
            place=place,
            hint=f"{gap.reason}. Write it in another way",
        )


def _writer(character: str, sources: Sources) -> tuple[type[HandoutsError], Place | None]:
    """Whose words a character stands in, and where in their file."""
    writers = (
        (SourceError, sources.article, sources.article_path),
        (ClinicError, sources.clinic, sources.clinic_path),
    )
    for kind, value, path in writers:
        if any(character in words for words in records.strings(value)):
            return kind, Place(str(path), line_of(path, character))
    files = [file for folder in sources.templates.folders for file in sorted(folder.glob("*.xml"))]
    places = [Place(str(file), line_of(file, character)) for file in files]
    return TemplateError, next((place for place in places if place.line), None)


def _printing(
    sources: Sources, attempt: Attempt, ink: Ink, wish: Wish
) -> tuple[Brand, str, Output, Check]:
    """How the leaflet is put on paper: the clinic's brand and name, the form, the check of letters."""
    clinic = sources.clinic
    output = Output(
        theme=attempt.theme,
        paper=PAPERS[wish.paper or clinic.paper],
        ink=ink,
        claims=wish.claims,
        notes=wish.notes,
        created=wish.created,
        most=attempt.most,
        imposed=wish.imposed,
        label=LABELS[clinic.label],
    )
    return clinic.brand, clinic.name, output, partial(_check_characters, sources=sources)


@contextmanager
def _blaming(sources: Sources) -> Iterator[None]:
    """Name the file of what does not fit: that of a slot's words, else the article's."""
    try:
        yield
    except NoRoom:
        raise
    except SlotError as error:
        whose = (sources.article, sources.article_path, sources.clinic, sources.clinic_path)
        raise misfit(error, *whose) from error
    except ClinicError as error:
        place = error.place or Place(str(sources.clinic_path))
        raise ClinicError(error.what, place=place, hint=error.hint) from error
    except LayoutError as error:
        place = error.place or Place(str(sources.article_path))
        raise LayoutError(error.what, place=place, hint=error.hint) from error
