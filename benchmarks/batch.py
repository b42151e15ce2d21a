"""Measures `handouts batch`: rate, scaling, memory, unchanged runs; Linux only.

`python benchmarks/batch.py [--clinics N] [--articles N] [--keep DIR]`
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from library_recipe import make_library

_TICK = 0.1
"""Seconds between two looks at the processes."""

_HERTZ = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_DATE = "2026-11-30"


class Ran(NamedTuple):
    """A run: seconds, CPU seconds of all its processes, and memory of a worker over time (MB)."""

    seconds: float
    cpu: float
    memory: tuple[float, ...]


class _Stat(NamedTuple):
    parent: int
    cpu: float
    memory: float


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clinics", type=int, default=20, help="of the library (20)")
    parser.add_argument("--articles", type=int, default=500, help="of the library (500)")
    parser.add_argument("--keep", type=Path, help="keep the leaflets in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library, out = folder / "library", given.keep or folder / "out"
        make_library(library, clinics=given.clinics, articles=given.articles)
        _measure(library, folder, out, given.clinics * given.articles)


# ---- rate, scaling, memory ---------------------------------------------------------------------


def _measure(library: Path, folder: Path, out: Path, count: int) -> None:
    print(f"{count:,} leaflets")
    one = run(command(library, folder / "one", 1))  # kept to the end: see the README on ext4
    _tell("1 worker", one, count)
    two = run(command(library, out, 2))
    _tell("2 workers", two, count)
    print(f"scaling from 1 to 2 workers: {one.seconds / two.seconds:.2f}")
    for verify in ("none", "sample", "all"):
        again = run([*command(library, out, 2), "--verify", verify])
        per = 10_000 * again.seconds / count
        cpu = 10_000 * again.cpu / count
        print(f"unchanged, --verify {verify}: {per:.2f} s per 10,000, {cpu:.2f} s of CPU")


def _tell(what: str, ran: Ran, count: int) -> None:
    parts = [ran.memory[at * len(ran.memory) // 10] for at in (2, 5, 9)]
    memory = ", ".join(f"{part:.0f}" for part in parts)
    print(
        f"{what}: {count / ran.seconds:.0f} leaflets a second, {1000 * ran.cpu / count:.1f} ms CPU"
        f" each; memory of a worker at 20, 50, 90 % of the run: {memory} MB"
    )


def command(library: Path, out: Path, workers: int) -> list[str]:
    """Our command for a whole library."""
    words = ("batch", "-o", out, "--library", library, "--date", _DATE, "--workers", workers)
    return [sys.executable, "-m", "handouts", *[str(word) for word in words], "--quiet"]


def run(words: list[str]) -> Ran:
    """Run a command, and look at its processes as it goes on."""
    begun = time.perf_counter()
    cpu: dict[int, float] = {}
    memory = []
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            below = dict(processes_below(process.pid))
            cpu |= {number: stat.cpu for number, stat in below.items()}
            memory.append(
                max([stat.memory for number, stat in below.items() if number != process.pid] or [0])
            )
            time.sleep(_TICK)
    if process.returncode:
        raise SystemExit(process.returncode)
    return Ran(time.perf_counter() - begun, sum(cpu.values()), tuple(memory) or (0,))


def processes_below(parent: int) -> Iterator[tuple[int, _Stat]]:
    """Yield a process and all below it."""
    stats = dict(_stats())
    wanted = [parent]
    for number in wanted:
        if number in stats:
            yield number, stats[number]
            wanted += [child for child, stat in stats.items() if stat.parent == number]


def _stats() -> Iterator[tuple[int, _Stat]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        cpu = (int(fields[11]) + int(fields[12])) / _HERTZ
        yield int(path.parent.name), _Stat(int(fields[1]), cpu, int(fields[21]) * _PAGE / 1e6)


if __name__ == "__main__":
    main()
