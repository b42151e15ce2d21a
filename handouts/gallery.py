"""A gallery: leaflets in every edition, paper and clinic as files and pictures, to be looked at."""

import datetime
import html
import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

from handouts.errors import HandoutsError, OutputError, Place, UsageError
from handouts.files import write_atomically
from handouts.library import Library
from handouts.make import Made, Wish, make_leaflet, theme_folders
from handouts.theme import editions
from handouts.values import frozen, replace

BEGINNING = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width"><title>Gallery of leaflets</title>'
)
"""How the index begins, which tells it from a page of somebody else."""

_INCH = 72
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: #111; background: #f3f4f5 }
main { max-width: 90rem; margin: auto }
h2 { margin: 3rem 0 0.5rem } h3 { margin: 1.5rem 0 0.5rem; font-size: 1rem }
ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; margin: 0; list-style: none }
img { display: block; height: 22rem; width: auto; background: #fff; box-shadow: 0 1px 4px #0006 }
a:focus-visible { outline: 3px solid #00788a; outline-offset: 3px }
nav a { margin-right: 1rem; white-space: nowrap }
"""

PaperName = Literal["letter", "a4"]
_PAPERS: tuple[PaperName, ...] = ("letter", "a4")


@frozen
class Choice:
    """What a gallery shows; an empty tuple means all that there is."""

    articles: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    papers: tuple[PaperName, ...] = ()
    dots: int = 72
    created: datetime.datetime


@frozen
class Exhibit:
    """One leaflet of a gallery: what it is, its file and pictures, or why it was not made."""

    edition: str
    clinic: str
    article: str
    paper: PaperName
    title: str = ""
    made_as: str = ""
    file: str = ""
    pictures: tuple[str, ...] = ()
    failure: str = ""


def make_gallery(folder: Path, library: Library, choice: Choice) -> Iterator[Exhibit]:
    """Make each leaflet of a gallery, yield it, and in the end write the index.

    Args:
        folder: Where the files go; it is made if it is not there.
        library: Where articles, clinics and themes are.
        choice: Which of them.

    Raises:
        UsageError: pypdfium2 is not installed, or something that was chosen is not there.
        OutputError: A file cannot be written.
    """
    _check_renderer()
    shown: list[Exhibit] = []
    for wish in _wishes(library, choice):
        shown.append(_exhibit(wish, folder, library, choice))
        yield shown[-1]
    _write(folder / "index.html", index(shown).encode())


def _wishes(library: Library, choice: Choice) -> Iterator[Wish]:
    """Every edition x clinic x article x paper, in the order of the index."""
    there = {
        clinic: tuple(editions(theme_folders(library, library.resolve_clinic(clinic))))
        for clinic in choice.clinics or sorted(library.clinics)
    }
    every = dict.fromkeys([edition.name for own in there.values() for edition in own])
    for edition in choice.editions or every:
        for clinic, own in there.items():
            if not choice.editions and edition not in [one.name for one in own]:
                continue
            for article in choice.articles or sorted(library.articles):
                for paper in choice.papers or _PAPERS:
                    yield Wish(
                        article=article,
                        clinic=clinic,
                        edition=edition,
                        paper=paper,
                        created=choice.created,
                    )


def _exhibit(wish: Wish, folder: Path, library: Library, choice: Choice) -> Exhibit:
    """Make one leaflet with its pictures; what goes wrong is a part of the gallery."""
    paper: PaperName = wish.paper or "letter"
    exhibit = Exhibit(edition=wish.edition, clinic=wish.clinic, article=wish.article, paper=paper)
    try:
        made = make_leaflet(wish, library)
    except UsageError:
        raise
    except HandoutsError as error:
        return replace(exhibit, failure=error.what)
    stem = f"{made.clinic.id}/{made.article.id}.{made.edition}.{paper}.{made.article.language}"
    file = f"{stem}.{made.file_name.rpartition('.')[2]}"
    _write(folder / file, made.rendering.content)
    pictures = []
    for number, picture in enumerate(_pictures(made, choice.dots), 1):
        pictures.append(f"{stem}-{number}.png")
        _write(folder / pictures[-1], picture)
    return replace(
        exhibit,
        title=made.article.title,
        made_as=made.made_as,
        file=file,
        pictures=tuple(pictures),
    )


def _check_renderer() -> None:
    from importlib.util import find_spec  # noqa: PLC0415  (for galleries only)

    if find_spec("pypdfium2") is None:
        raise UsageError(
            "pictures need pypdfium2, which is not installed",
            hint="Install it: pip install 'handouts[gallery]'",
        )


def _pictures(made: Made, dots: int) -> Iterator[bytes]:
    """Draw each page of a PDF as PNG."""
    if made.rendering.medium != "pdf":
        return
    import pypdfium2  # noqa: PLC0415  (for galleries only)

    document = pypdfium2.PdfDocument(made.rendering.content)
    for page in document:
        out = io.BytesIO()
        page.render(scale=dots / _INCH).to_pil().save(out, "PNG", optimize=True)
        yield out.getvalue()
    document.close()


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        reason = failure.strerror or ""
        raise OutputError(
            "the folder cannot be made", place=Place(str(path.parent)), hint=reason
        ) from failure
    write_atomically(path, content)


# ---- the index ---------------------------------------------------------------------------------


def index(exhibits: list[Exhibit]) -> str:
    """Write the page that shows all: a heading an edition, a line an exhibit."""
    parts = [
        BEGINNING,
        f"<style>{_STYLE}</style></head><body><main><h1>Gallery of leaflets</h1><nav>",
    ]
    groups = [(edition, list(run)) for edition, run in groupby(exhibits, lambda one: one.edition)]
    parts += [f'<a href="#{_safe(edition)}">{_safe(edition)}</a>' for edition, _ in groups]
    parts.append("</nav>")
    for edition, run in groups:
        parts.append(f'<h2 id="{_safe(edition)}">{_safe(edition)}</h2>')
        parts += [_shown(one) for one in run]
    return "\n".join([*parts, "</main></body></html>", ""])


def _shown(one: Exhibit) -> str:
    what = f"{one.title or one.article}, {one.clinic}, {one.paper}"
    if one.failure:
        return f"<h3>{_safe(what)}</h3><p>Not made: {_safe(one.failure)}.</p>"
    other = f" (made as {one.made_as})" if one.made_as != one.edition else ""
    link = f'<a href="{_safe(one.file)}">{_safe(what)}</a>{_safe(other)}'
    pages = [
        f'<li><a href="{_safe(one.file)}#page={number}"><img loading="lazy" src="{_safe(picture)}"'
        f' alt="Page {number} of {_safe(what)}"></a></li>'
        for number, picture in enumerate(one.pictures, 1)
    ]
    return f"<h3>{link}</h3><ul>{''.join(pages)}</ul>"


def _safe(words: str) -> str:
    return html.escape(words, quote=True)
