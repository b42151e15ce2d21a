"""The numbers of an edition: geometry, type scale, spacing; read from `themes/<edition>.toml`.

A theme names its parent with `extends`; its tables are laid over the parent's.
The table `[black]` is laid over the rest when the leaflet is printed in black only.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from handouts.errors import AssetError, UsageError
from handouts.records import record
from handouts.theme.checks import mistakes
from handouts.theme.editions import Fit, Flow, Fold, Parts, Policy
from handouts.theme.shapes import (
    BoxShape,
    CodeShape,
    FormShape,
    Grid,
    HeaderShape,
    ListShape,
    PageGeometry,
    SlotShape,
    Spacing,
    TypeRole,
)
from handouts.toml import Problem, Toml, laid_over, read_toml, refuse
from handouts.values import frozen, replace

__all__ = ["FOLDER", "Edition", "Theme", "TypeRole", "editions", "load_theme"]

FOLDER = Path(__file__).parent.parent / "themes"
"""The themes that come with the package; they stand behind those of a library and a clinic."""

Ink = Literal["colour", "black"]


@frozen
class Theme:
    """Everything that makes an edition look as it does; only numbers and names, no code."""

    name: str
    description: str
    """what the edition is for, in one line"""
    medium: Literal["pdf", "text"]
    """what is made: a PDF, or plain text"""
    template: str
    """the template it fills: `TEMPLATE.KIND.xml`, else `TEMPLATE.xml`"""
    ink: Literal["", "colour", "black"]
    """the ink it is always printed in; "" leaves the choice to the user and the clinic"""
    page: PageGeometry
    grid: Mapping[str, Grid]
    """paper's name -> its columns"""
    flow: Flow
    floor: float
    """the size below which no text is set, sub- and superscripts included"""
    type: Mapping[str, TypeRole]
    """role of a paragraph or head -> how it is set"""
    space: Spacing
    lists: ListShape
    boxes: BoxShape
    header: HeaderShape
    slots: Mapping[str, SlotShape]
    forms: FormShape
    code: CodeShape
    parts: Parts
    fit: Fit
    fold: Fold
    policy: Policy


@frozen(kw_only=False)
class Edition:
    """An edition that there is: its name and what it is for."""

    name: str
    description: str


@lru_cache(maxsize=64)
def load_theme(name: str, ink: Ink, folders: tuple[Path, ...] = (FOLDER,)) -> Theme:
    """Read the theme of an edition, with what it extends and, for black, its black table.

    Args:
        name: The edition.
        ink: What it shall be printed in; an edition with an ink of its own keeps that.
        folders: Where themes are, the first comes first; a theme may extend one of its own name in
            a later folder.

    Raises:
        UsageError: There is no such edition.
        AssetError: The file is wrong; the message names file and line.
    """
    toml = _read(name, folders)
    if toml is None:
        raise UsageError(f"there is no edition {name!r}", hint=f"There is: {_listed(folders)}")
    table = dict(toml.table)
    black = table.pop("black", {})
    if not isinstance(black, Mapping):
        refuse([Problem(("black",), "black must be a table")], toml)
    in_black = "black" in (ink, table.get("ink"))
    if _is_ours(toml):  # the tests look for mistakes, in colour and black
        return record(Theme, laid_over(table, black) if in_black else table, context=toml)
    in_colour = _checked(table, toml, folders)
    black_only = _checked(laid_over(table, black), replace(toml, within=("black",)), folders)
    return black_only if in_black else in_colour


def _is_ours(toml: Toml) -> bool:
    """Tell whether a theme, and all that it extends, comes with the package."""
    return toml.below is None and Path(toml.file).parent == FOLDER


def _checked(table: Mapping[str, object], toml: Toml, folders: tuple[Path, ...]) -> Theme:
    """Make a theme of its table, or tell all that is wrong with it."""
    theme = record(Theme, table, context=toml)
    problems = list(mistakes(theme))
    if theme.fit.fallback and theme.fit.fallback not in _names(folders):
        what = f"there is no edition {theme.fit.fallback!r} to fall back on"
        problems.append(Problem(("fit", "fallback"), what, f"There is: {_listed(folders)}"))
    if problems:
        refuse(problems, toml)
    return theme


def editions(folders: tuple[Path, ...] = (FOLDER,)) -> tuple[Edition, ...]:
    """Give all editions that there are, `standard` first.

    Raises:
        AssetError: A theme's file is wrong.
    """
    found = [load_theme(name, "colour", folders) for name in _names(folders)]
    rows = [Edition(theme.name, theme.description) for theme in found]
    return tuple(sorted(rows, key=lambda row: (row.name != "standard", row.name)))


def _names(folders: tuple[Path, ...]) -> list[str]:
    return sorted({file.stem for folder in folders for file in folder.glob("*.toml")})


def _listed(folders: tuple[Path, ...], but: str = "") -> str:
    return ", ".join([name for name in _names(folders) if name != but])


def _read(
    name: str, folders: tuple[Path, ...], start: int = 0, heirs: tuple[Path, ...] = ()
) -> Toml | None:
    """Read a theme from the first folder, from `start` on, that has it, laid over its parents.

    `heirs` are the files that extend it, the first one first.
    """
    if name not in _names(folders[start:]):
        return None
    number, path = next(
        (number, folder / f"{name}.toml")
        for number, folder in enumerate(folders)
        if number >= start and (folder / f"{name}.toml").is_file()
    )
    toml = read_toml(path, error=AssetError)
    if path in heirs:
        chain = " > ".join([file.stem for file in (*heirs[heirs.index(path) :], path)])
        raise AssetError(
            f"the edition extends itself: {chain}",
            place=toml.place(("extends",)),
            hint="Let the last of them extend another edition",
        )
    return _with_parents(toml, name, folders, number, (*heirs, path))


def _with_parents(
    toml: Toml, name: str, folders: tuple[Path, ...], number: int, heirs: tuple[Path, ...]
) -> Toml:
    if "name" in toml.table:
        refuse([Problem(("name",), "unknown key 'name'", "The file's name is its name")], toml)
    own = {"name": name} | {key: value for key, value in toml.table.items() if key != "extends"}
    parent = toml.table.get("extends")
    if parent is None:
        return replace(toml, table=own)
    below = None
    if isinstance(parent, str):
        below = _read(parent, folders, number + 1 if parent == name else 0, heirs)
    if below is None:
        raise AssetError(
            f"there is no edition {parent!r} to extend",
            place=toml.place(("extends",)),
            hint=f"There is: {_listed(folders, but=name)}",
        )
    table = laid_over(below.table, own)
    return replace(toml, table=table, below=None if _is_ours(below) else below)
