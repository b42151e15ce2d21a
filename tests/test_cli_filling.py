"""Words for an article's blanks that do not stand on the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.cli.filling import blank_values
from handouts.errors import UsageError
from handouts.pdf.readback import logical_text

ARTICLE = """+++
id = "stitches"
title = "Stitches"
language = "en"
blanks = ["place", "care"]
+++
Your cut on the {{place}} was closed.

## Care

{{#bullets care}}
"""


def test_a_file_fills_the_blanks_and_a_list_has_a_line_an_item(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('place = "left hand"\ncare = ["Keep it dry.", "Rest it."]\n', encoding="utf-8")
    assert blank_values((), str(file)) == {
        "place": "left hand",
        "care": "Keep it dry.\nRest it.",
    }


def test_the_command_line_adds_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('place = "hand"\n', encoding="utf-8")
    assert blank_values(("care=Rest it.",), str(file)) == {"place": "hand", "care": "Rest it."}


@pytest.mark.parametrize("text", ["place = 3\n", "place = [1]\n", "place = \n"])
def test_a_file_of_something_else_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "words.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as failure:
        blank_values((), str(file))
    assert "place" in str(failure.value) or "words.toml" in str(failure.value)


def test_words_from_stdin_stand_on_paper_and_on_no_command_line(tmp_path: Path) -> None:
    article, out = tmp_path / "stitches.md", tmp_path / "out.pdf"
    article.write_text(ARTICLE, encoding="utf-8")
    words = 'place = "left hand"\ncare = ["Keep it dry.", "Rest it."]\n'
    arguments = ("make", str(article), "--clinic", "riverbend", "--fill", "-", "-o", str(out))
    ran = subprocess.run(
        [sys.executable, "-m", "handouts", *arguments],
        cwd=Path(__file__).parent.parent,
        input=words,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "left hand" not in ran.stderr + ran.stdout
    said = " ".join(logical_text(out.read_bytes()).split())
    assert "Your cut on the left hand was closed." in said
    assert "Keep it dry." in said


def run(tmp_path: Path, article: str, words: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """Make a leaflet of an article with words for its blanks from stdin."""
    (tmp_path / "stitches.md").write_text(article, encoding="utf-8")
    arguments = ("make", "stitches.md", "--clinic", "riverbend", "--fill", "-", "-o", "o.pdf")
    return subprocess.run(
        [sys.executable, "-m", "handouts", *arguments, *more],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        input=words,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_value_that_cannot_be_printed_is_told_by_its_blank_alone(tmp_path: Path) -> None:
    ran = run(tmp_path, ARTICLE, 'place = "secret \u6f22"\ncare = ["Rest."]\n')
    assert ran.returncode == 2, ran.stderr
    assert "'place'" in ran.stderr
    assert "secret" not in ran.stderr + ran.stdout


def test_what_a_template_drops_is_told_without_a_value(tmp_path: Path) -> None:
    template = '{% extends "leaflet.xml" %}{% block sections %}{% endblock %}'
    (tmp_path / "leaflet.topic.xml").write_text(template, encoding="utf-8")
    article = ARTICLE.replace("blanks =", 'kind = "topic"\nblanks =') + "\nSleep well.\n"
    words = 'place = "hand"\ncare = ["secret care"]\n'
    ran = run(tmp_path, article, words, "--json", "--template", ".")
    assert ran.returncode == 0, ran.stderr
    assert "secret" not in ran.stderr + ran.stdout
    assert "words around a blank" in ran.stderr
    assert "Sleep well." in ran.stderr


@pytest.mark.parametrize("old", ['title = "Stitches"', "## Care"])
def test_a_title_takes_no_value(tmp_path: Path, old: str) -> None:
    new = 'title = "The {{place}}"' if old.startswith("t") else "## The {{place}}"
    ran = run(tmp_path, ARTICLE.replace(old, new), 'place = "secret"\ncare = ["Rest."]\n')
    assert ran.returncode == 3, ran.stderr
    assert "title" in ran.stderr
    assert "secret" not in ran.stderr
