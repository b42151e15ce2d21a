"""Taking articles of any format into a library: read, compared with what is there, written."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from handouts.article import Article
from handouts.articlefile import write
from handouts.errors import OutputError, Place, SourceError, UsageError
from handouts.files import contained, library_folder, write_atomically
from handouts.library import language_of
from handouts.sources import Content, Origin, Outcome, Report, read_articles, read_source
from handouts.sources.canonical import canonical
from handouts.sources.markdown import read as read_markdown
from handouts.update import Updated, update
from handouts.values import frozen, replace

State = Literal["new", "changed", "unchanged"]
Source = Path | bytes


@frozen
class ImportWish:
    """What the user asks for; "" leaves it to the source.

    `library` is the folder to write into; a dry run needs none.
    With `replace`, what the clinic added to an article that is there is given up.
    """

    library: Path | None = None
    id: str = ""
    language: str = ""
    title: str = ""
    format: str = ""
    dry_run: bool = False
    replace: bool = False


@frozen
class Imported:
    """An article that was read and, unless the run is dry, written.

    `path` is its file in the library, and `state` what became of it; `changes` and `kept` tell what
    is new against the file that was there, and what of the clinic's additions stays.
    """

    source: str
    article: Article
    report: Report
    path: Path
    state: State
    changes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


# ---- the library -------------------------------------------------------------------------------


def check_library(folder: Path | None, *, dry_run: bool) -> None:
    """Refuse a folder into which no article may be written.

    Raises:
        UsageError: There is none, it is no library, or it is the one that comes with the package.
    """
    if folder is None:
        if dry_run:
            return
        hint = "Give --library DIR, or set HANDOUTS_LIBRARY; --dry-run only looks."
        raise UsageError("there is no library to write into", hint=hint)
    if not folder.is_dir():
        hint = "Make the folder first; it may be empty."
        raise UsageError(f"there is no folder {folder}", hint=hint)
    if folder.resolve().is_relative_to(library_folder().resolve()):
        hint = "Copy it, and give the copy's folder."
        raise UsageError("the library that comes with handouts is not written", hint=hint)
    parts = ("articles", "clinics")
    if any(folder.iterdir()) and not any((folder / part).is_dir() for part in parts):
        hint = "A library is a folder with the folders articles and clinics, or an empty one."
        raise UsageError(f"{folder} is no library", hint=hint)


def _target(article: Article, library: Path | None) -> Path:
    """Give the article's file: that of its language when it is there, else a new one.

    `<id>.md` is the English one, `<id>.<language>.md` any other.
    """
    folder = (library or Path()) / "articles"
    plain = contained(folder, f"{article.id}.md", error=OutputError)
    own = contained(folder, f"{article.id}.{article.language}.md", error=OutputError)
    if own.is_file():
        return own
    if plain.is_file():
        return plain if language_of(plain) == article.language else own
    return plain if article.language.partition("-")[0] == "en" else own


# ---- importing ---------------------------------------------------------------------------------


def import_articles(
    sources: Sequence[Source], wish: ImportWish
) -> Iterator[Imported | SourceError]:
    """Import every article of some sources, one after the other.

    Yields:
        What became of each article; or why one, or a whole source, could not be imported.

    Raises:
        UsageError: There is no such library or format.
        OutputError: A file cannot be written; those before it are.
    """
    check_library(wish.library, dry_run=wish.dry_run)
    taken: dict[Path, str] = {}
    for source in sources:
        for file, outcome in _outcomes(source, wish):
            if isinstance(outcome, SourceError):
                yield outcome
                continue
            try:
                yield _imported(file, canonical(outcome.article), outcome.report, wish, taken)
            except SourceError as error:
                yield error


def _outcomes(source: Source, wish: ImportWish) -> Iterator[tuple[str, Outcome]]:
    """Read a source; what makes the whole of it unusable comes last."""
    file = str(source) if isinstance(source, Path) else "the text"
    try:
        content = Content(source)
        origin = Origin(
            file=file,
            stem=content.stem,
            language=wish.language,
            id=wish.id,
            title=wish.title,
        )
        found = read_articles(content, origin=origin, format=wish.format or None)
        first = next(found, None)
        if first is not None:
            yield file, first
            yield from ((file, outcome) for outcome in found)
            return
        hint = "Look at --id, --language and --title." if _chooses(wish) else ""
        yield file, SourceError("there is no such article in it", place=Place(file), hint=hint)
    except SourceError as error:
        yield file, _placed(error, file)


def _chooses(wish: ImportWish) -> bool:
    return bool(wish.id or wish.language or wish.title)


def _placed(error: SourceError, file: str) -> SourceError:
    return error if error.place else SourceError(error.what, place=Place(file), hint=error.hint)


def _imported(
    file: str, article: Article, report: Report, wish: ImportWish, taken: dict[Path, str]
) -> Imported:
    """Compare an article with the library, and write it.

    Raises:
        SourceError: Another one of this run has its file, or it cannot be written without loss, or
            the file that is there cannot be read.
    """
    path = _target(article, wish.library)
    if path in taken:
        what = f"the article {article.id!r} ({article.language}) was there before, in {taken[path]}"
        raise SourceError(what, place=Place(file), hint="Give one of them another id with --id.")
    taken[path] = file
    updated, state = _updated(path, article, report, wish)
    text = _text(updated.article, file)
    if state != "unchanged" and not wish.dry_run:
        _make_folder(path.parent)
        write_atomically(path, text.encode())
    return Imported(
        source=file,
        article=updated.article,
        report=replace(report, warnings=(*report.warnings, *updated.warnings)),
        path=path,
        state=state,
        changes=updated.changes,
        kept=updated.kept,
    )


def _updated(
    path: Path, article: Article, report: Report, wish: ImportWish
) -> tuple[Updated, State]:
    if wish.library is None or not path.is_file():
        return Updated(article, (), ()), "new"
    try:
        old = read_source(path).article
    except SourceError as error:
        if wish.replace:
            return Updated(article, ("the file that was there could not be read",), ()), "changed"
        hint = "Mend it, or give --replace."
        what = f"the file that is there cannot be read: {error.what}"
        raise SourceError(what, place=error.place or Place(str(path)), hint=hint) from error
    guessed = any(guess.what == "kind" and guess.confidence < 1 for guess in report.guessed)
    updated = update(old, article, keep=not wish.replace, kind_is_sure=not guessed)
    return updated, "unchanged" if updated.article == old else "changed"


def _text(article: Article, file: str) -> str:
    """Write an article, and make sure that it reads back as it is."""
    text = write(article)
    again = read_markdown(text, Origin(file=file)).article
    if again != article:
        what = f"the article {article.id!r} cannot be written as Markdown without loss"
        raise SourceError(what, place=Place(file), hint="This is a bug of ours: send us the file.")
    return text


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        what = f"the folder {folder} cannot be made"
        raise OutputError(what, hint=error.strerror or "") from error
