"""The command line as a shell runs it, but in this process; and what it leaves behind."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from pypdf import PdfReader

from handouts.cli import main

ROOT = Path(__file__).parent.parent
DATE = "2026-11-24"
_OURS = ("HANDOUTS_LIBRARY", "SOURCE_DATE_EPOCH")


class _Program:
    """What Click's runner calls: the program's own entry, which maps errors to exit codes."""

    name = "handouts"

    def main(self, args: list[str], **_settings: object) -> None:
        main(args)


def handouts(*arguments: object, environment: Mapping[str, str] | None = None) -> Result:
    """Run the command line; whatever leaves it as an exception fails the test."""
    variables = {**dict.fromkeys(_OURS), **(environment or {})}
    given = [str(argument) for argument in arguments]
    program: Any = _Program()
    return CliRunner(env=variables).invoke(program, given, catch_exceptions=False)


def make(*arguments: object, **settings: Any) -> Result:  # noqa: ANN401  (as above)
    """Run `handouts make` on the day of the tests."""
    return handouts("make", "--date", DATE, *arguments, **settings)


def pdf(*arguments: object) -> bytes:
    """Make one leaflet to stdout."""
    ran = make(*arguments, "-o", "-")
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout_bytes


def told(*arguments: object) -> dict[str, Any]:
    """Make one leaflet, and give what `--json` says of it."""
    ran = make(*arguments, "--json")
    assert ran.exit_code == 0, ran.stderr
    (line,) = ran.stdout.splitlines()
    spoken: dict[str, Any] = json.loads(line)
    return spoken


def process(
    *arguments: object, environment: Mapping[str, str] | None = None, cwd: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "handouts", *[str(argument) for argument in arguments]]
    variables = {"PYTHONPATH": str(ROOT), "PATH": "", **(environment or {})}
    return subprocess.run(command, capture_output=True, check=False, cwd=cwd, env=variables)


def files(folder: Path) -> set[str]:
    """Name every file and folder below a folder, hidden ones too."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


# ---- what is on paper --------------------------------------------------------------------------


def fold(text: str) -> str:
    """Fold white space."""
    return " ".join(text.split())


def pages(data: bytes) -> list[str]:
    """Give the text of each page as pypdf finds it, white space folded."""
    return [fold(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


def words(data: bytes) -> str:
    """Give the text of all pages, white space folded."""
    return fold(" ".join(pages(data)))


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in a text one after the other."""
    return re.search(".*?".join([re.escape(part) for part in parts]), text) is not None


def colours(data: bytes) -> set[tuple[int, ...]]:
    """Give the colours of the file's palette as red, green, blue."""
    page: Any = PdfReader(io.BytesIO(data)).pages[0]
    *_, table = page["/Resources"]["/ColorSpace"]["/Pal"]
    found = table.get_object()
    raw = found.get_data() if hasattr(found, "get_data") else found.original_bytes
    return {tuple(raw[start : start + 3]) for start in range(0, len(raw), 3)}
