"""Making leaflets in this process, from small articles and clinics that a test writes."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from handouts.library import Library, open_library
from handouts.make import Made, Wish, make_leaflet

CREATED = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seeds" / "bone-marrow-biopsy.txt"
FEATURES = ROOT / "tests" / "features" / "leaflets"

FRONT = """+++
kind = "{kind}"
title = "{title}"
language = "{language}"
version = "1"
{more}

[review]
date = 2026-11-01

[source]
name = "Sample library"

[rights]
status = "own"
+++

"""

CLINIC = """id = "{id}"
name = "Hillside Clinic"
phone = "(503) 555-0100"
{more}

[brand]
colours = {colours}
{brand}
"""


@cache
def library() -> Library:
    """The library that comes with the package."""
    return open_library()


@cache
def articles() -> tuple[tuple[str, str], ...]:
    """The ids of its articles, with each language that they are in."""
    files = library().articles.items()
    return tuple([(name, language or "en") for name, of in files for language in of])


def make(article: str | Path, clinic: str | Path = "riverbend", **wishes: Any) -> Made:  # noqa: ANN401 (values of a Wish)
    """Make a leaflet, once if it is all built in: many tests look at the same ones."""
    built_in = article in library().articles and clinic in library().clinics
    if built_in:
        return _made_once(str(article), str(clinic), frozenset(wishes.items()))
    return make_anew(article, clinic, **wishes)


@cache
def _made_once(article: str, clinic: str, wishes: frozenset[tuple[str, Any]]) -> Made:
    return make_anew(article, clinic, **dict(wishes))


def make_anew(article: str | Path, clinic: str | Path, **wishes: Any) -> Made:  # noqa: ANN401 (as above)
    """Make a leaflet; articles and clinics are ids of the built-in library, or files."""
    wish = Wish(article=str(article), clinic=str(clinic), created=CREATED, **wishes)
    return make_leaflet(wish, library())


def write_article(
    folder: Path,
    body: str,
    *,
    title: str = "Sample leaflet",
    kind: str = "condition",
    language: str = "en",
    more: str = "",
    name: str = "sample",
) -> Path:
    """Write a Markdown article; `more` goes among the first keys of its front matter."""
    path = folder / f"{name}.md"
    front = FRONT.format(title=title, kind=kind, language=language, more=more)
    path.write_text(front + body, encoding="utf-8")
    return path


def write_clinic(
    folder: Path,
    *,
    colours: tuple[str, ...] = ("#00788A",),
    more: str = "",
    brand: str = "",
    name: str = "hillside",
) -> Path:
    """Write a clinic's file; `more` goes among its first keys, `brand` under its colours."""
    path = folder / f"{name}.toml"
    text = CLINIC.format(id=name, colours=list(colours), more=more, brand=brand)
    path.write_text(text, encoding="utf-8")
    return path


def features() -> tuple[str, ...]:
    """The names of the small articles that are goldens; the folder is the list."""
    return tuple(sorted([path.parent.name for path in FEATURES.glob("*/article.md")]))


def make_feature(name: str, **wishes: Any) -> Made:  # noqa: ANN401 (as above)
    """Make the leaflet of a golden article, with its own clinic and templates if it has some."""
    folder = FEATURES / name
    clinic, templates = folder / "clinic.toml", folder / "templates"
    return make(
        folder / "article.md",
        clinic if clinic.is_file() else FEATURES / "clinic.toml",
        template=templates if templates.is_dir() else None,
        **wishes,
    )
