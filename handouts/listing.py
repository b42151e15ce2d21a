"""What there is: the articles and clinics of a library, and the editions."""

from collections.abc import Iterator

from handouts import theme
from handouts.clinic import read_clinic
from handouts.errors import ClinicError, SourceError
from handouts.library import Library
from handouts.sources import read_source
from handouts.theme import FOLDER, Edition
from handouts.values import frozen


@frozen
class ArticleRow:
    """An article by id, language, kind, the date of its review ("" without one), and title."""

    id: str
    language: str
    kind: str
    reviewed: str
    title: str


@frozen
class ClinicRow:
    """A clinic by id, paper, ink, languages, editions, and name."""

    id: str
    paper: str
    ink: str
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    name: str


def articles(library: Library) -> Iterator[ArticleRow | SourceError]:
    """Yield each article in each language; or why one cannot be read."""
    for id_, files in library.articles.items():
        for _, name in sorted(files.items()):
            try:
                article = read_source(library.folder / "articles" / name).article
            except SourceError as error:
                yield error
                continue
            date = article.review.date
            yield ArticleRow(
                id=id_,
                language=article.language,
                kind=article.kind,
                reviewed=date.isoformat() if date else "",
                title=article.title,
            )


def clinics(library: Library) -> Iterator[ClinicRow | ClinicError]:
    """Yield each clinic; or why one cannot be read."""
    for name in library.clinics.values():
        try:
            clinic = read_clinic(library.folder / "clinics" / name)
        except ClinicError as error:
            yield error
            continue
        yield ClinicRow(
            id=clinic.id,
            paper=clinic.paper,
            ink=clinic.ink,
            languages=clinic.languages,
            editions=clinic.editions,
            name=clinic.name,
        )


def editions(library: Library) -> tuple[Edition, ...]:
    """Give the editions, the standard one first: the built-in ones and the library's own.

    Raises:
        AssetError: A theme's file is wrong.
    """
    own = library.folder / "themes"
    return theme.editions((own, FOLDER) if own.is_dir() else (FOLDER,))
