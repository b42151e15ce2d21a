"""Golden leaflets: `features/leaflets/<name>/` is a small article with what must come of it.

`outline.txt` is the tag tree with its text, as a screen reader gets it; `positions.txt` is each line
of text with its page, left edge and baseline.
A leaflet that comes out differently is written beside its golden as `*.new`, and the test fails.
With UPDATE_GOLDENS=1 the goldens themselves are written, and the test fails this once: look at the
difference before it is committed.
"""

import os
from functools import cache
from pathlib import Path

import drawn
import pytest
from leaflets import FEATURES, features, make_feature

from handouts.pdf.readback import outline_text, tree

UPDATE = "UPDATE_GOLDENS"
ADVICE = {
    "list-over-pages": ["a list in 'Questio"],
    "spanish": ["the clinic's words"],
    "two-facts": ["fewer than 3 facts"],
}
"""What is said of the articles that go beyond the design's advice."""
_leaflet = cache(make_feature)


def compare(golden: Path, made: str) -> None:
    """Fail if the golden is missing or differs, after writing what was made."""
    fresh = golden.with_name(f"{golden.name}.new")
    made += "\n"
    if golden.is_file() and golden.read_text(encoding="utf-8") == made:
        fresh.unlink(missing_ok=True)
        return
    target = golden if os.environ.get(UPDATE) else fresh
    target.write_text(made, encoding="utf-8")
    pytest.fail(f"{golden} is not what was made: see {target.name} (to update, set {UPDATE}=1)")


@pytest.mark.parametrize("name", features())
def test_the_tags_and_the_text_are_as_agreed(name: str) -> None:
    compare(FEATURES / name / "outline.txt", outline_text(tree(_leaflet(name).rendering.content)))


@pytest.mark.parametrize("name", features())
def test_every_line_stands_where_it_was_agreed(name: str) -> None:
    compare(FEATURES / name / "positions.txt", drawn.positions(_leaflet(name).rendering.content))


@pytest.mark.parametrize("name", features())
def test_nothing_is_lost_doubled_or_warned_of(name: str) -> None:
    leaflet = _leaflet(name)
    assert leaflet.leaflet.fidelity.dropped == leaflet.leaflet.fidelity.doubled == ()
    assert [warning[:18] for warning in leaflet.warnings] == ADVICE.get(name, [])


# ---- goldens themselves ----------------------------------------------------------------------------


def test_a_missing_golden_fails_and_leaves_what_was_made_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(UPDATE, raising=False)
    with pytest.raises(pytest.fail.Exception, match="is not what was made"):
        compare(tmp_path / "outline.txt", "Document")
    assert [path.name for path in tmp_path.iterdir()] == ["outline.txt.new"]


def test_an_update_fails_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = tmp_path / "outline.txt"
    golden.write_text("Old\n", encoding="utf-8")
    monkeypatch.setenv(UPDATE, "1")
    with pytest.raises(pytest.fail.Exception):
        compare(golden, "Document")
    compare(golden, "Document")
    assert [path.name for path in tmp_path.iterdir()] == ["outline.txt"]


def test_a_golden_that_is_right_again_takes_the_new_file_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(UPDATE, raising=False)
    golden = tmp_path / "outline.txt"
    golden.write_text("Document\n", encoding="utf-8")
    with pytest.raises(pytest.fail.Exception):
        compare(golden, "Other")
    compare(golden, "Document")
    assert [path.name for path in tmp_path.iterdir()] == ["outline.txt"]
