"""`handouts batch` as a person and a program see it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batches import article, contents, leaflets, library
from click.testing import Result
from command import DATE, ROOT, handouts

from handouts.batch import Progress, Report, summary
from handouts.batch.sink import FolderSink
from handouts.batch.warnings import warnings_of
from handouts.cli.progress import ProgressLine
from handouts.errors import OutputError, Place


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return library(tmp_path / "library")


def batch(shelf: Path, out: Path | str, *more: object) -> Result:
    return handouts("batch", "-o", out, "--library", shelf, "--date", DATE, *more)


def test_paths_of_the_lists_are_on_stdout_and_words_on_stderr(shelf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = batch(shelf, out, "--workers", 2)
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.splitlines() == [str(out / f"clinic-{n}" / "index.html") for n in (0, 1)]
    assert "4 new, 0 changed, 0 unchanged, 0 removed, 0 failed, 0 expired" in ran.stderr
    assert "making leaflets: 4 of 4" in ran.stderr
    assert len(leaflets(out)) == 4


def test_a_batch_with_failures_ends_with_its_own_code(shelf: Path, tmp_path: Path) -> None:
    (shelf / "articles" / "broken.md").write_text("", encoding="utf-8")
    ran = batch(shelf, tmp_path / "out", "--workers", 1, "--json")
    assert ran.exit_code == 11
    report = json.loads(ran.stdout)
    assert {one["row"]["article"] for one in report["failed"]} == {"broken"}
    assert "failed: clinic-0.broken.standard.en: articles/broken.md" in ran.stderr
    assert f"error: 2 leaflets could not be made. {tmp_path / 'out' / 'failed.csv'}" in ran.stderr


def test_quiet_says_what_was_done_and_shows_no_progress(shelf: Path, tmp_path: Path) -> None:
    ran = batch(shelf, tmp_path / "out", "--workers", 1, "--quiet")
    assert ran.stderr == "4 new, 0 changed, 0 unchanged, 0 removed, 0 failed, 0 expired\n"


def test_a_wrong_plan_is_a_usage_error_and_makes_no_folder(shelf: Path, tmp_path: Path) -> None:
    ran = batch(shelf, tmp_path / "out", "--clinic", "nobody", "--article", "nothing")
    assert ran.exit_code == 2
    assert "'nobody'" in ran.stderr
    assert "'nothing'" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_batch_in_a_folder_in_use_is_refused(shelf: Path, tmp_path: Path) -> None:
    lock = tmp_path / "out" / ".handouts" / "lock"
    lock.parent.mkdir(parents=True)
    lock.write_text('{"host": "elsewhere", "pid": 7}', encoding="utf-8")
    ran = batch(shelf, tmp_path / "out")
    assert ran.exit_code == 10
    assert "process 7 on elsewhere" in ran.stderr


def test_words_for_blanks_cannot_be_given(shelf: Path, tmp_path: Path) -> None:
    article(shelf, "going-home", "Come back on {{when}}.\n", more='blanks = ["when"]')
    assert batch(shelf, tmp_path / "out", "--set", "when=tomorrow").exit_code == 2
    ran = batch(shelf, tmp_path / "out", "--article", "going-home", "--workers", 1)
    assert ran.exit_code == 11
    assert "handouts make with --fill" in ran.stderr


def test_any_number_of_workers_gives_the_same_bytes(shelf: Path, tmp_path: Path) -> None:
    for number in (1, 3):
        assert batch(shelf, tmp_path / str(number), "--workers", number).exit_code == 0
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_a_relative_library_and_folder_do(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shelf.parent)
    ran = handouts("batch", "-o", "out", "--library", "library", "--date", DATE, "--workers", 1)
    assert ran.exit_code == 0, ran.stderr
    assert len(leaflets(shelf.parent / "out")) == 4


SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


@pytest.fixture
def handlers() -> Iterator[dict[str, Any]]:
    """What signals did before; it is put back, since a run that was stopped does not."""
    before = {name: signal.getsignal(getattr(signal, name)) for name in SIGNALS}
    yield before
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.usefixtures("handlers")
def test_the_end_of_a_service_ends_a_batch_as_ctrl_c_does(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = getattr(signal, name)
    monkeypatch.setattr("handouts.batch.run.chunks", lambda *_: signal.raise_signal(number))
    ran = batch(shelf, tmp_path / "out")
    assert ran.exit_code == 130
    assert "no file is half-written" in ran.stderr
    assert (tmp_path / "out/.handouts/lock").read_text("utf-8") == ""
    for other in SIGNALS:
        signal.raise_signal(getattr(signal, other))  # changes nothing any more


def test_a_batch_leaves_signals_as_they_were(
    shelf: Path, tmp_path: Path, handlers: dict[str, Any]
) -> None:
    assert batch(shelf, tmp_path / "out", "--workers", 1).exit_code == 0
    assert {name: signal.getsignal(getattr(signal, name)) for name in SIGNALS} == handlers


def test_lists_of_other_people_make_a_batch_incomplete(shelf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "failed.csv").write_text("mine", encoding="utf-8")
    ran = batch(shelf, out, "--workers", 1)
    assert ran.exit_code == 11
    assert "failed.csv: a file that no batch made" in ran.stderr
    assert "error: 1 list could not be written. Put right what is told above, and run" in ran.stderr


def test_failures_that_no_list_tells_are_not_said_to_be_in_one(shelf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "clinic-0").mkdir(parents=True)
    for name in ("failed.csv", "clinic-0/subject-0.standard.en.pdf"):
        (out / name).write_text("mine", encoding="utf-8")
    ran = batch(shelf, out, "--workers", 1)
    assert ran.exit_code == 11
    assert (
        "error: 1 leaflet could not be made, and 1 list could not be written."
        " Put right what is told above, and run it again." in ran.stderr
    )


@pytest.mark.parametrize("seconds", ["nan", "-1", "inf"])
def test_a_time_limit_is_a_number_of_seconds(shelf: Path, tmp_path: Path, seconds: str) -> None:
    ran = batch(shelf, tmp_path / "out", "--time-limit", seconds)
    assert ran.exit_code == 2
    assert "--time-limit" in ran.stderr


@pytest.mark.parametrize("name", ["a" * 300, "state"])
def test_a_folder_that_cannot_be_used_is_no_bug_of_ours(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "state":
        stat, state = os.stat, str(tmp_path / name / ".handouts")

        def refused(path: object, **more: Any) -> os.stat_result:  # noqa: ANN401  (as stat does)
            if str(path).startswith(f"{state}{os.sep}"):
                raise PermissionError(13, "Permission denied")
            return stat(path, **more)  # type: ignore[arg-type]  # a path

        monkeypatch.setattr(os, "stat", refused)
        monkeypatch.setattr(os, "lstat", lambda path: refused(path, follow_symlinks=False))
    ran = batch(shelf, tmp_path / name)
    assert ran.exit_code == 10, ran.stderr
    assert "bug" not in ran.stderr


# ---- warnings ----------------------------------------------------------------------------------


def test_each_warning_is_told_once_with_its_leaflets_also_when_nothing_changed(
    shelf: Path, tmp_path: Path
) -> None:
    for number in (0, 1):
        path = shelf / "articles" / f"subject-{number}.md"
        licensed = 'status = "licensed"\nholder = "Sample Press"'
        text = path.read_text("utf-8").replace('status = "own"', licensed)
        path.write_text(text, encoding="utf-8")
    for _ in range(2):
        ran = batch(shelf, tmp_path / "out", "--workers", 1, "--quiet", "--json")
        assert ran.exit_code == 0
        told = [line for line in ran.stderr.splitlines() if "Sample Press" in line]
        assert len(told) == 1
        assert told[0].startswith("warning: 4 leaflets, such as: the text of 'subject-")
        assert "with warnings: 4 leaflets" in ran.stderr
        report = json.loads(ran.stdout)
        assert report["warned"] == 4
        assert [one["leaflets"] for one in report["warnings"] if "Press" in one["what"]] == [4]


def test_twenty_warnings_are_told_and_the_rest_is_counted() -> None:
    names = {"article": "subject", "clinic": "ours"}
    leaflets = [
        {**names, "warnings": [f"warning {number:02}", f"of 2026-11-{number:02}", "of 2000-01-01"]}
        for number in range(30)
    ]
    empty = [{**names, "warnings": odd} for odd in ([], 3, None)]
    warned, warnings = warnings_of([*leaflets, *empty], {})
    lines = list(summary(Report(warned=warned, warnings=warnings)))
    assert lines[1] == "warning: 30 leaflets, such as: of 2000-01-01"
    assert lines[2] == "warning: 1 leaflet: warning 00"
    assert lines[21:] == [
        "warning: 11 other kinds; the sidecars have them",
        "with warnings: 30 leaflets",
    ]


# ---- streams that are closed -------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(("closed", "code"), [(">&-", 10), ("2>&-", 0), ("<&- 2>&-", 0)])
def test_closed_streams_are_no_bug_of_ours(
    shelf: Path, tmp_path: Path, closed: str, code: int
) -> None:
    out = tmp_path / "out"
    words = ["batch", "-o", out, "--library", shelf, "--date", DATE, "--workers", "1"]
    command = " ".join([sys.executable, "-m", "handouts", *map(str, words), closed])
    ran = subprocess.run(
        ["sh", "-c", command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code
    assert len(leaflets(out)) == 4
    assert ("error: stdout is closed." in ran.stderr) == (code == 10)
    assert (out / ".handouts/lock").read_text("utf-8") == ""


# ---- progress ----------------------------------------------------------------------------------


def shown(capsys: pytest.CaptureFixture[str], *, quiet: bool = False) -> str:
    with ProgressLine(quiet=quiet) as line:
        for done in range(2001):
            line.tell(Progress(step="make", done=done, total=2000, failed=min(done, 3)))
    return capsys.readouterr().err


def test_a_log_gets_a_few_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys).splitlines()
    assert len(lines) < 5
    assert lines[-1].startswith("making leaflets: 2,000 of 2,000")
    assert lines[-1].endswith("3 failed")
    assert "\r" not in "".join(lines)


def test_a_terminal_gets_one_line_that_is_wiped_at_the_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    words = shown(capsys)
    assert "\n" not in words
    assert f"[{'#' * 24}]" in words
    assert words.endswith("\r\x1b[K")


@pytest.mark.parametrize("width", [20, 40, 75, 200])
def test_the_live_line_is_never_longer_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    lines = shown(capsys).split("\r\x1b[K")
    assert max(len(line) for line in lines) < width
    assert any("[#" in line for line in lines) == (width >= 75)


def test_quiet_shows_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, quiet=True) == ""


def test_a_folder_without_a_name_is_not_the_current_one(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ran = batch(shelf, "")
    assert ran.exit_code == 2
    assert "the folder has no name" in ran.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_removed_ends_with_the_code_of_a_batch(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_self: object, name: str) -> None:
        raise OutputError("the file cannot be removed", place=Place(name))

    assert batch(shelf, tmp_path / "out", "--workers", 1).exit_code == 0
    (shelf / "articles/subject-0.md").unlink()
    monkeypatch.setattr(FolderSink, "remove", refused)
    ran = batch(shelf, tmp_path / "out", "--workers", 1, "--prune")
    assert ran.exit_code == 11
    assert "error: 2 leaflets could not be removed" in ran.stderr
