"""The command line as a whole: help at once, one code for wrong use, no command lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, handouts

from handouts import __version__

OPTIONS = (
    *("--clinic", "-o", "--output", "--edition", "--language", "--paper", "--ink", "--order"),
    *("--heads", "--claims", "--notes", "--template", "--library", "--date", "--json", "--debug"),
)
CHOICES = ("[letter|a4]", "[colour|black]", "[source|reader]", "[ua1|ua2]", "[odd|always|never]")
SLOW = ("reportlab", "jinja2", "uharfbuzz", "markdown_it", "pypdf", "PIL", "handouts.make")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command(option: str) -> None:
    ran = handouts(option)
    assert (ran.exit_code, ran.stderr) == (0, "")
    said = " ".join(ran.stdout.split())
    assert "make Make a leaflet from an article, for a clinic." in said
    assert "import Take articles of any format into a library." in said
    assert "verify Check finished leaflets." in said


def test_help_of_make_names_every_option_and_choice() -> None:
    ran = handouts("make", "--help")
    assert ran.exit_code == 0
    assert [name for name in (*OPTIONS, *CHOICES) if name not in ran.stdout] == []
    assert "ARTICLE..." in ran.stdout
    assert "| lp" in ran.stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["make", "--help"], ["verify", "--help"], ["--version"], ["make"]]
)
def test_what_makes_no_leaflet_imports_nothing_slow(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from handouts.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit:\n"
        f"    print([name for name in {SLOW!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert ran.stderr.splitlines()[-1] == "[]"


def test_the_version_is_the_packages() -> None:
    assert handouts("--version").stdout == f"handouts {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["print"], "No such command 'print'"),
        (["make", "--colour", "red"], "No such option"),
        (["make", "headache"], "Missing option '--clinic'"),
        (["make", "--clinic", "riverbend"], "Missing argument 'ARTICLE...'"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(arguments: list[str], told: str) -> None:
    ran = handouts(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr


def test_no_command_shows_the_help_and_exits_with_2() -> None:
    ran = handouts()
    assert ran.exit_code == 2
    assert "Usage:" in ran.stderr
