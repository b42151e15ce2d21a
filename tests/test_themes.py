"""Themes that people write: what is wrong in one is told with file and line, and nothing breaks."""

from pathlib import Path
from typing import Literal

import pytest

from handouts.errors import AssetError, UsageError
from handouts.length import attempts
from handouts.theme import FOLDER, editions, load_theme
from handouts.theme.checks import mistakes


@pytest.mark.parametrize("ink", ["colour", "black"])
@pytest.mark.parametrize("name", [one.name for one in editions()])
def test_the_editions_that_come_with_the_package_have_no_mistake(
    name: str, ink: Literal["colour", "black"]
) -> None:
    theme = load_theme(name, ink)
    assert list(mistakes(theme)) == []
    assert theme.fit.fallback in ("", *[one.name for one in editions()])


def write(folder: Path, name: str, text: str) -> tuple[Path, ...]:
    """Write a theme; give the folders in which it is looked for."""
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder, FOLDER


def mistake(folder: Path, table: str, name: str = "counter") -> str:
    folders = write(folder, name, f'extends = "standard"\n{table}\n')
    with pytest.raises(AssetError) as told:
        load_theme(name, "colour", folders)
    assert f"{name}.toml" in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("[type]\nbody = { sise = 14 }", "toml:3: unknown key 'sise'. Did you mean 'size'?"),
        ("[type.body]\nsize = 9", "toml:3: type.body is set in 9 points, below the floor of 9.5"),
        ("[fit]\nsizes = [[8.0, 12.0]]", "type.body is set in 8 points"),
        ("[type.title]\nsteps = [[9.0, 12.0]]", "type.title is set in 9 points"),
        ("[type.body]\nleading = 0", "toml:3: type.body must have a size and a leading above 0"),
        ("[type.body]\nface = 'sans'", "toml:3: type.body.face must be"),
        ("[type.body]\ncolour = 'red'", "toml:3: type.body.colour must be"),
        ("[page]\nleft = -5", "toml:3: page.left must be a number from 0 on, not -5"),
        ("[page]\nleft = nan", "toml:3: page.left must be a number from 0 on, not nan"),
        ("[page]\nleft = inf", "toml:3: page.left must be a number from 0 on, not inf"),
        ("[flow]\ncolumns = 0", "toml:3: flow.columns must be 1 or more"),
        ("[header]\nlogo_width = 0", "toml:3: header.logo_width must be above 0"),
        ("[slots.header]\nheights = []", "toml:3: slots.header.heights has no height"),
        ("[policy]\nfine_print = { topic = 'tiny' }", "there is no text role 'tiny'"),
        ("[fold]\nkind = 'panels'", "fold.outside.letter is missing"),
        ("[fit]\nfallback = 'none'", "toml:3: there is no edition 'none' to fall back on"),
        ("[black]\nbocks = {}", "toml:3: unknown key 'bocks'"),
        ("[black.type.body]\nsiez = 9", "toml:3: unknown key 'siez'"),
        ("black = 4", "toml:2: black must be a table"),
        ("name = 'other'", "toml:2: unknown key 'name'"),
    ],
)
def test_a_mistake_is_told_with_its_file_whatever_the_ink(
    tmp_path: Path, table: str, words: str
) -> None:
    assert words in mistake(tmp_path, table)


def test_editions_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "first", 'extends = "second"\n')
    folders = write(tmp_path, "second", 'extends = "first"\n')
    for ask in (lambda: load_theme("first", "colour", folders), lambda: editions(folders)):
        with pytest.raises(AssetError, match="extends itself: first > second > first"):
            ask()


def test_an_edition_may_extend_the_one_it_stands_before_but_not_its_heir(tmp_path: Path) -> None:
    folders = write(tmp_path, "standard", 'extends = "standard"\n[lists]\nstep_indent = 31\n')
    assert load_theme("standard", "colour", folders).lists.step_indent == 31
    assert load_theme("bw", "black", folders).lists.step_indent == 31
    load_theme.cache_clear()
    write(tmp_path, "standard", 'extends = "large-print"\n')
    with pytest.raises(AssetError, match="extends itself: standard > large-print > standard"):
        load_theme("standard", "colour", folders)


def test_one_that_stands_before_another_still_has_the_clinics_parents(tmp_path: Path) -> None:
    write(tmp_path, "standard", 'extends = "standard"\n[lists]\nstep_height = 31\n')
    folders = write(tmp_path, "bw", 'extends = "bw"\n')
    assert load_theme("bw", "black", folders).lists.step_height == 31


@pytest.mark.parametrize("name", ["a" * 300, "../themes/standard", "", "a\0b"])
def test_a_name_that_is_no_edition_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="there is no edition"):
        load_theme(name, "colour")


def test_editions_that_fall_back_on_each_other_are_tried_once(tmp_path: Path) -> None:
    write(tmp_path, "first", 'extends = "standard"\n[fit]\npages = 1\nfallback = "second"\n')
    folders = write(tmp_path, "second", 'extends = "first"\n[fit]\nfallback = "first"\n')
    theme = load_theme("first", "colour", folders)
    tried = [attempt.edition for attempt in attempts(theme, "colour", folders, 0)]
    assert tried == ["first", "second"]


def test_a_mistake_in_a_theme_that_another_extends_is_told_of_its_own_file(tmp_path: Path) -> None:
    themes = write(tmp_path, "standard", 'extends = "standard"\n\n[type.body]\nsiez = 12\n')
    with pytest.raises(AssetError, match=r"standard\.toml:4: unknown key 'siez'"):
        load_theme("text", "colour", themes)
    (tmp_path / "text.toml").write_text('extends = "text"\nlost = 1\n', encoding="utf-8")
    with pytest.raises(AssetError) as told:
        load_theme("text", "colour", themes)
    assert f"{tmp_path / 'text.toml'}:2: unknown key 'lost'" in str(told.value)
    assert f"{tmp_path / 'standard.toml'}:4: unknown key 'siez'" in str(told.value)


def test_a_theme_that_extends_a_wrong_one_is_checked_though_it_is_ours(tmp_path: Path) -> None:
    themes = write(tmp_path, "standard", 'extends = "standard"\n[fit]\nfallback = "none"\n')
    with pytest.raises(AssetError, match=r"standard\.toml:3: there is no edition 'none'"):
        load_theme("text", "colour", themes)
