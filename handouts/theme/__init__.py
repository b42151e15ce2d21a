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
from handouts.toml import Toml, laid_over, read_toml
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
        there = ", ".join(_names(folders))
        raise UsageError(f"there is no edition {name!r}", hint=f"There is: {there}")
    table = dict(toml.table)
    black = table.pop("black", {})
    if "black" in (ink, table.get("ink")) and isinstance(black, Mapping):
        table = laid_over(table, black)
    return record(Theme, table, context=toml)


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


def _read(name: str, folders: tuple[Path, ...]) -> Toml | None:
    """Read a theme from the first folder that has it, laid over its parents."""
    for number, folder in enumerate(folders):
        path = folder / f"{name}.toml"
        if path.is_file():
            return _with_parents(read_toml(path, error=AssetError), name, folders, number)
    return None


def _with_parents(toml: Toml, name: str, folders: tuple[Path, ...], number: int) -> Toml:
    own = {"name": name} | {key: value for key, value in toml.table.items() if key != "extends"}
    parent = toml.table.get("extends")
    if parent is None:
        return replace(toml, table=own)
    below = None
    if isinstance(parent, str):
        below = _read(parent, folders[number + 1 :] if parent == name else folders)
    if below is None:
        there = ", ".join(edition for edition in _names(folders) if edition != name)
        place = toml.place(("extends",))
        raise AssetError(
            f"there is no edition {parent!r} to extend", place=place, hint=f"There is: {there}"
        )
    return replace(toml, table=laid_over(below.table, own))
