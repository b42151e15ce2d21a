"""Streams that are closed, and systems whose coding has few letters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, files, process
from packets import plain_packet

PLAIN = {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}
"""A system that knows ASCII only."""


def shell(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line in a shell, where `handouts` is this one."""
    whole = f'handouts() {{ "{sys.executable}" -m handouts "$@"; }}; {line}'
    variables = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    return subprocess.run(
        ["/bin/sh", "-c", whole], capture_output=True, text=True, check=False, cwd=folder, env=variables
    )  # fmt: skip


# ---- letters ------------------------------------------------------------------------------------


def test_json_is_utf_8_whatever_the_system_says(tmp_path: Path) -> None:
    options = ("--clinic", "riverbend", "--language", "es", "--json", "-o", "a.pdf")
    ran = process("make", "bone-marrow-biopsy", *options, cwd=tmp_path, environment=PLAIN)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.decode("utf-8"))["title"] == "Biopsia de médula ósea"
    ran = process("list", "articles", "--json", cwd=tmp_path, environment=PLAIN)
    titles = [json.loads(line)["title"] for line in ran.stdout.decode("utf-8").splitlines()]
    assert "Biopsia de médula ósea" in titles


def test_people_get_question_marks_for_letters_that_their_system_lacks(tmp_path: Path) -> None:
    ran = process("list", "articles", cwd=tmp_path, environment=PLAIN)
    assert ran.returncode == 0, ran.stderr
    assert b"Biopsia de m?dula ?sea" in ran.stdout


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are text there")
def test_a_name_that_is_no_text_is_printed_as_it_is_and_in_json_by_its_bytes(
    tmp_path: Path,
) -> None:
    name = os.fsdecode(b"a\xff.pdf")
    options = ("--clinic", "riverbend", "-o", name)
    plain = process("make", "headache", *options, cwd=tmp_path)
    assert plain.stdout == b"a\xff.pdf\n"
    told = process("make", "headache", *options, "--json", cwd=tmp_path)
    assert json.loads(told.stdout.decode("utf-8"))["path"] == name


# ---- closed streams -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("handouts list clinics >&-", 10, "stdout is closed"),
        ("handouts make headache --clinic riverbend -o - >&-", 10, "stdout is closed"),
        ("handouts import - --dry-run <&-", 2, "stdin is closed"),
        ("handouts make headache --clinic riverbend --fill - <&-", 2, "stdin is closed"),
        ("handouts import - --dry-run 0> x", 2, "stdin cannot be read"),
        ("handouts make nonesuch --clinic riverbend 2>&-", 2, ""),
    ],
)
def test_a_closed_stream_is_told_in_words(tmp_path: Path, line: str, code: int, told: str) -> None:
    ran = shell(line, tmp_path)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert told in ran.stderr
    assert "bug" not in ran.stderr


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("make headache --clinic riverbend -o a.pdf", 10),
        ("make headache --clinic riverbend -o a.pdf --debug", 10),
        ("make nonesuch --clinic riverbend", 2),
        ("make nonesuch --clinic riverbend --debug", 2),
        ("make --nonesuch", 2),
    ],
)
def test_what_nobody_can_be_told_is_not_made(tmp_path: Path, line: str, code: int) -> None:
    ran = shell(f"handouts {line} 2>{FULL}", tmp_path)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert files(tmp_path) == set()


@pytest.mark.parametrize("closed", ["<&- 2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path, closed: str) -> None:
    (tmp_path / "packet.pdf").write_bytes(plain_packet(1))
    options = "packet.pdf headache --clinic riverbend --date 2026-11-24"
    assert shell(f"handouts attach {options} -o open.pdf", tmp_path).returncode == 0
    shell(f"handouts attach {options} -o closed.pdf {closed}", tmp_path)
    assert (tmp_path / "closed.pdf").read_bytes() == (tmp_path / "open.pdf").read_bytes()
    assert len(files(tmp_path)) == 5


def test_too_much_on_stdin_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    line = "yes '#' | head -c 2000000 | handouts make headache --clinic riverbend --fill -"
    ran = shell(line, tmp_path)
    assert (ran.returncode, "more than 1,000,000 bytes" in ran.stderr) == (2, True)
