"""How long a leaflet may get: what is tried, in turn, until it fits; text is never cut.

The ladder: the body's sizes that the edition allows, then the edition to fall back on; for a limit
of the user's, references in short form, then the edition `one-sheet`, unless the reader asked for
larger text than that has.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from handouts.remembered import Remembered
from handouts.theme import Ink, Theme, load_theme
from handouts.values import frozen, replace

_SHORTEST = "one-sheet"
"""The edition that takes the least paper for the whole text."""


@frozen
class Attempt:
    """One way to set a leaflet: its theme, the edition that this is, and the pages it may have."""

    theme: Theme
    edition: str
    most: int


def attempts(theme: Theme, ink: Ink, folders: tuple[Path, ...], most: int) -> Iterator[Attempt]:
    """Yield the ways to set a leaflet, the wanted one first.

    Args:
        theme: The theme of the edition that was asked for.
        ink: What it is printed in.
        folders: Where themes are.
        most: Pages that the user allows; 0 means as many as it needs.
    """
    if most:
        yield from _limited(theme, ink, folders, most)
        return
    yield from _sizes(theme, theme.fit.pages)
    tried = {"", theme.name}
    while theme.fit.fallback not in tried:
        theme = load_theme(theme.fit.fallback, ink, folders)
        tried.add(theme.name)
        yield from _sizes(theme, theme.fit.pages)


def _limited(theme: Theme, ink: Ink, folders: tuple[Path, ...], most: int) -> Iterator[Attempt]:
    """Keep to the user's limit: references in short form, then another edition, then both."""
    for one in _editions(theme, ink, folders):
        limit = min(most, one.fit.pages or most)
        yield from _sizes(one, limit)
        if one.parts.references != "short":
            yield from _sizes(_short(one), limit)


def _editions(theme: Theme, ink: Ink, folders: tuple[Path, ...]) -> Iterator[Theme]:
    """The edition, the one that takes the least paper, and those to fall back on.

    A reader who asked for larger text gets no smaller one.
    """
    yield theme
    names = {theme.name}
    shortest = load_theme(_SHORTEST, ink, folders)
    if shortest.name not in names and theme.type["body"].size <= shortest.type["body"].size:
        names.add(shortest.name)
        yield shortest
    fallbacks = {""}
    while theme.fit.fallback not in fallbacks:
        fallbacks.add(theme.fit.fallback)
        theme = load_theme(theme.fit.fallback, ink, folders)
        if theme.name not in names:
            names.add(theme.name)
            yield theme


_THEMES: Remembered[Theme] = Remembered(64)
"""Themes that were changed, so that the same change gives the very same theme: drafts are kept by it."""


def _short(theme: Theme) -> Theme:
    """The theme with references in short form."""
    return _THEMES.result(
        (theme,), (), lambda: replace(theme, parts=replace(theme.parts, references="short"))
    )


def smallest(theme: Theme) -> Attempt:
    """The edition itself, with its body in the smallest size that it may have."""
    return list(_sizes(theme, theme.fit.pages))[-1]


def _sizes(theme: Theme, most: int) -> Iterator[Attempt]:
    """The theme with its body in each of the sizes that it may have."""
    if not theme.fit.sizes:
        yield Attempt(theme=theme, edition=theme.name, most=most)
    for size, leading in theme.fit.sizes:
        sized = _THEMES.result((theme,), (size, leading), partial(_sized, theme, size, leading))
        yield Attempt(theme=sized, edition=theme.name, most=most)


def _sized(theme: Theme, size: float, leading: float) -> Theme:
    """The theme with another size of the body, and of the roles that are as large as it."""
    body = theme.type["body"]
    roles = {
        name: replace(role, size=size, leading=leading)
        if (role.size, role.leading) == (body.size, body.leading)
        else role
        for name, role in theme.type.items()
    }
    return replace(theme, type=roles)
