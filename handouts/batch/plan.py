"""The plan: every leaflet to be made, checked before the first page is drawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handouts.batch.manifest import Line, read_manifest
from handouts.batch.names import problem
from handouts.batch.problems import Problems
from handouts.batch.rows import BatchWish, Row
from handouts.batch.scope import Languages, Scope
from handouts.clinic import Clinic, read_clinic
from handouts.errors import HandoutsError, Place, UsageError
from handouts.library import Library
from handouts.make import theme_folders
from handouts.theme import load_theme
from handouts.values import frozen

_NAMED = 10
"""Articles without a language that are told; the rest is counted."""


@frozen
class Plan:
    """The leaflets to be made, those that cannot be in a language, and the clinics by their ids.

    `scope` tells of other leaflets whether the run speaks of them.
    """

    rows: tuple[Row, ...]
    skipped: tuple[str, ...]
    clinics: Mapping[str, Clinic]
    media: Mapping[tuple[str, str], str]
    """clinic and edition -> ending of the files"""
    scope: Scope


def make_plan(wish: BatchWish, library: Library) -> Plan:
    """Decide which leaflets to make.

    Raises:
        UsageError: Something in the wish, the manifest or a clinic's file is wrong; all of it is
            told at once.
    """
    problems = Problems(str(wish.manifest or ""))
    lines = read_manifest(wish.manifest) if wish.manifest else ()
    _check_there_is_some(library, problems)
    _check_ids(wish, library, problems)
    named = dict.fromkeys(line.clinic for line in lines) if wish.manifest else library.clinics
    wanted = [id_ for id_ in wish.clinics or named if id_ in library.clinics]
    clinics = dict(_clinics(wanted, library, problems))
    shelf = _Shelf(library, clinics, problems)
    scope = Scope(wish, shelf.languages)
    rows: Iterable[Row]
    skipped: tuple[str, ...] = ()
    if wish.manifest:
        rows = _rows_of_lines(lines, scope, shelf)
    else:
        rows, skipped = _rows_of_library(wish, shelf)
    rows = _by_article(rows)
    _check_names(rows, problems)
    if wish.prune and not rows:
        problems.add("there is nothing to make, and --prune would remove every leaflet")
    problems.refuse()
    if not rows:
        why = "; ".join(skipped) or "the other options leave out all rows"
        place = Place(str(wish.manifest)) if wish.manifest else None
        raise UsageError(f"there is nothing to make: {why}", place=place)
    skipped += tuple(_misnamed(wish, library))
    return Plan(rows=rows, skipped=skipped, clinics=clinics, media=shelf.media, scope=scope)


def _check_names(rows: Iterable[Row], problems: Problems) -> None:
    """Refuse names that are one name where capitals do not count."""
    texts = dict.fromkeys((row.article, row.language) for row in rows)
    tags = {(article, tag.lower()): tag for article, tag in texts}
    for article, tag in texts:
        if tags[article, tag.lower()] != tag:
            other = tags[article, tag.lower()]
            problems.add(
                f"the article {article!r} is there as {tag!r} and as {other!r}: rename one"
            )


def _by_article(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Put leaflets of the same text together: what does not depend on the clinic is done once."""
    return tuple(sorted(rows, key=lambda row: (row.article, row.language, row.edition, row.clinic)))


def _misnamed(wish: BatchWish, library: Library) -> Iterator[str]:
    """Name files that are neither articles nor clinics, when all of the library is wanted."""
    if library.skipped and not (wish.manifest or wish.articles or wish.clinics):
        yield f"what has no name of an article or a clinic: {_few(library.skipped)}"


def _check_there_is_some(library: Library, problems: Problems) -> None:
    for noun, known in (("articles", library.articles), ("clinics", library.clinics)):
        if not known:
            problems.add(f"there is nothing to make: {library.folder} has no {noun}")


def _check_ids(wish: BatchWish, library: Library, problems: Problems) -> None:
    for name in wish.clinics:
        with problems.told():
            library.clinic_path(name)
    for name in wish.articles:
        with problems.told():
            library.article_path(name)


def _clinics(
    wanted: Iterable[str], library: Library, problems: Problems
) -> Iterator[tuple[str, Clinic]]:
    for id_ in dict.fromkeys(wanted):
        if what := problem(id_):
            problems.add(f"the clinic {what}")
        with problems.told():
            yield id_, read_clinic(library.clinic_path(id_))


class _Shelf:
    """What there is, asked once: articles by language, editions by clinic."""

    def __init__(self, library: Library, clinics: Mapping[str, Clinic], problems: Problems) -> None:
        self.library, self.clinics, self.problems = library, clinics, problems
        self.media: dict[tuple[str, str], str] = {}
        self.languages = Languages(library)
        self._editions: dict[tuple[str, str], HandoutsError | None] = {}

    def has_edition(self, clinic: str, edition: str, line: int = 0) -> bool:
        """Tell whether a clinic can have an edition; if not it is a problem of the manifest's line."""
        key = clinic, edition
        if key not in self._editions:
            self._editions[key] = self._looked_up(*key)
        error = self._editions[key]
        if isinstance(error, UsageError):
            self.problems.add(f"the clinic {clinic!r}: {error}", line=line)
        elif error:
            self.problems.add(error, type(error))
        return not error

    def _looked_up(self, clinic: str, edition: str) -> HandoutsError | None:
        """Note how an edition's files end, or give what is wrong with it."""
        folders = theme_folders(self.library, self.library.clinic_path(clinic))
        try:
            theme = load_theme(edition, self.clinics[clinic].ink, folders)
        except HandoutsError as error:
            return error
        self.media[clinic, edition] = theme.medium.replace("text", "txt")
        return None


# ---- all of the library ------------------------------------------------------------------------


def _rows_of_library(wish: BatchWish, shelf: _Shelf) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Combine clinics, articles, editions and languages; what an article lacks is told."""
    rows: dict[Row, None] = {}
    lacking: dict[str, dict[str, None]] = {}
    articles = [
        id_ for id_ in wish.articles or shelf.library.articles if id_ in shelf.library.articles
    ]
    for article in articles:
        if what := problem(article):
            shelf.problems.add(f"the article {what}")
    for clinic in shelf.clinics.values():
        editions = [
            one for one in wish.editions or clinic.editions if shelf.has_edition(clinic.id, one)
        ]
        for article in articles:
            for wanted in wish.languages or clinic.languages:
                language = shelf.languages.of(article, wanted)
                if not language:
                    lacking.setdefault(wanted, {})[article] = None
                    continue
                for edition in editions:
                    row = Row(clinic=clinic.id, article=article, edition=edition, language=language)
                    rows[row] = None
    return tuple(rows), tuple([_lacks(tag, list(names)) for tag, names in lacking.items()])


def _lacks(language: str, articles: list[str]) -> str:
    """Say which articles are not there in a language."""
    return f"what is not there in the language {language!r}: {_few(articles)}"


def _few(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


# ---- a manifest --------------------------------------------------------------------------------


def _rows_of_lines(lines: Iterable[Line], scope: Scope, shelf: _Shelf) -> Iterator[Row]:
    """Check every line; those that the other options leave out are not in the plan."""
    first: dict[tuple[str, str, str, str], int] = {}
    for line in lines:
        for what in (*line.problems, *_unknown(line, shelf)):
            shelf.problems.add(what, line=line.number)
        clinic = shelf.clinics.get(line.clinic)
        if line.problems or clinic is None or line.article not in shelf.library.articles:
            continue
        edition, tag = line.edition or clinic.editions[0], line.language or clinic.languages[0]
        language = shelf.languages.of(line.article, tag)
        if not language:
            what = f"the article {line.article!r} is not there in the language {tag!r}"
            shelf.problems.add(what, line=line.number)
        if not shelf.has_edition(line.clinic, edition, line.number) or not language:
            continue
        row = Row(
            clinic=line.clinic,
            article=line.article,
            edition=edition,
            language=language,
            options=line.options,
        )
        if not scope.has(row.leaflet):
            continue
        before = first.setdefault(row.leaflet, line.number)
        if before != line.number:
            shelf.problems.add(f"the same leaflet as line {before}", line=line.number)
        yield row


def _unknown(line: Line, shelf: _Shelf) -> Iterator[str]:
    if line.clinic and line.clinic not in shelf.library.clinics:
        yield f"there is no clinic {line.clinic!r}"
    if line.article and line.article not in shelf.library.articles:
        yield f"there is no article {line.article!r}"
    elif line.article and (what := problem(line.article)):
        yield f"the article {what}"
