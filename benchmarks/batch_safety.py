"""Hurts `handouts batch`, and compares every file with those of a run that nobody hurt; Linux only.

`python benchmarks/batch_safety.py kills|full-disk|validator [--number N] [--clinics N]
[--articles N] [--seed N]`
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from batch import command, processes_below
from library_recipe import make_library

_INSIDE = "HANDOUTS_BENCHMARK_INSIDE"
"""Set when this script runs where it may mount a disk of its own."""

_INCOMPLETE = 11
_SMALLER = 3
"""Part of what is needed that fits on the small disk: a third."""


class Case(NamedTuple):
    """A library, a folder for what is made, how often, and the chance that says when."""

    library: Path
    folder: Path
    number: int
    chance: random.Random


def main() -> None:
    """Do what the command line asks for; the exit code is 1 when something is not as it must be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what",
        choices=_CASES,
        help="kills: kill -9 at random moments; full-disk: a disk that is too small, then not; "
        "validator: leaflets at random through veraPDF",
    )
    parser.add_argument("--number", type=int, default=0, help="of kills (50) or leaflets (100)")
    parser.add_argument("--clinics", type=int, default=4, help="of the library (4)")
    parser.add_argument("--articles", type=int, default=100, help="of the library (100)")
    parser.add_argument("--seed", type=int, default=None, help="the same moments once more")
    given = parser.parse_args()
    if given.what == "full-disk" and _INSIDE not in os.environ:
        _go_inside()
    seed = random.randrange(10_000) if given.seed is None else given.seed  # noqa: S311  (any will do)
    act, number = _CASES[given.what]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder / "library", clinics=given.clinics, articles=given.articles)
        print(f"{given.clinics * given.articles:,} leaflets, --seed {seed}", flush=True)
        chance = random.Random(seed)  # noqa: S311  (any moment will do)
        good = act(Case(folder / "library", folder, given.number or number, chance))
    sys.exit(0 if good else 1)


def _batch(library: Path, out: Path) -> int:
    """Run a batch to its end, and give its exit code."""
    return subprocess.run(
        command(library, out, 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode


def _digests(folder: Path) -> Mapping[str, str]:
    """Digest every file that people see."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and ".handouts" not in path.parts and path.suffix != ".part"
    }


def _wrong(there: Mapping[str, str], wanted: Mapping[str, str]) -> int:
    """Count leaflets and sidecars that are other than they should be."""
    return sum(wanted.get(name) != digest for name, digest in there.items() if ".standard." in name)


def _parts(out: Path) -> int:
    return len(list(out.rglob("*.part")))


def _ended(library: Path, out: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    """Run a batch that nobody hurts, and yield what is not as in a folder that nobody hurt."""
    if code := _batch(library, out):
        yield f"the last run ended with {code}"
    there = _digests(out)
    other = sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))
    if other:
        yield f"OTHER BYTES in the end: {len(other)} files, such as {other[0]}"
    if _parts(out):
        yield "parts are left"


# ---- kill -9 -----------------------------------------------------------------------------------


def _kills(case: Case) -> bool:
    """Kill batches, every other time a worker first.

    Every run gets a little further than the one before, so that all parts of a run are hit.
    """
    whole, out = case.folder / "whole", case.folder / "out"
    _batch(case.library, whole)
    wanted, half, parts = _digests(whole), 0, 0
    seen: set[int] = set()
    for number in range(case.number):
        goal = len(wanted) * number // case.number
        with subprocess.Popen(
            command(case.library, out, 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and len(list(out.glob("*/*.standard.*"))) < goal:
                time.sleep(0.01)
            time.sleep(case.chance.random() * 0.3)
            workers = [one for one, _ in processes_below(process.pid) if one != process.pid]
            seen.update(workers)
            if workers and number % 2:
                _kill(case.chance.choice(workers))
                time.sleep(case.chance.random() * 0.3)
            _kill(process.pid)
        there = _digests(out)
        half += _wrong(there, wanted)
        parts += _parts(out)
        print(f"{len(there):,} files after kill {number + 1}, {half} wrong so far", flush=True)
    problems = [*_ended(case.library, out, wanted), *(["half-written files"] if half else [])]
    problems += ["workers are left"] if any(_is_alive(one) for one in seen) else []
    told = ", ".join(problems) or "the same bytes as a run that nobody killed"
    print(f"{case.number} kills: {half} half-written files, {parts} parts swept; {told}")
    return not problems


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:  # it has just ended
        return


def _is_alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return False
    return "handouts" in status


# ---- a full disk -------------------------------------------------------------------------------


def _go_inside() -> None:
    """Start this script anew where a disk may be mounted that nobody else sees."""
    os.environ[_INSIDE] = "1"
    unshare = ("unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user", "--user")))
    os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])  # noqa: S606  (no shell is needed)


def _full_disk(case: Case) -> bool:
    """Make leaflets on a disk with room for a part of them, and once more when it is larger."""
    whole, out = case.folder / "whole", case.folder / "disk"
    _batch(case.library, whole)
    wanted = _digests(whole)
    size = sum(path.stat().st_size for path in whole.rglob("*") if path.is_file())
    out.mkdir()
    _mount(f"size={size // _SMALLER}", out)
    code = _batch(case.library, out)
    there = _digests(out)
    half, count = _wrong(there, wanted), sum(name.endswith(".pdf") for name in there)
    print(
        f"full: exit code {code}, {count:,} leaflets there, {half} half-written files", flush=True
    )
    _mount(f"remount,size={3 * size}", out)
    problems = list(_ended(case.library, out, wanted))
    problems += ["half-written files"] if half else []
    problems += [] if code == _INCOMPLETE and count else ["the disk was not full, or stopped all"]
    print(f"larger: {', '.join(problems) or 'the same bytes as on a disk that was never full'}")
    subprocess.run(["umount", str(out)], check=True)
    return not problems


def _mount(options: str, place: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)


# ---- veraPDF -----------------------------------------------------------------------------------


def _validated(case: Case) -> bool:
    """Have leaflets at random checked by the reference validator."""
    out = case.folder / "out"
    _batch(case.library, out)
    leaflets = sorted(out.rglob("*.pdf"))
    few = case.chance.sample(leaflets, min(case.number, len(leaflets)))
    shutil.rmtree(case.library)
    program = Path(__file__).parents[1] / "tests" / "verapdf.py"
    words = [sys.executable, str(program), "ua1,2a", *[str(path) for path in few]]
    checked = subprocess.run(words, capture_output=True, text=True, check=False)
    passed = checked.stdout.count("PASS ")
    print(f"{len(few)} leaflets, PDF/UA-1 and PDF/A-2a: {passed} of {2 * len(few)} checks passed")
    if checked.returncode:
        print(checked.stdout, checked.stderr, sep="\n", file=sys.stderr)
    return checked.returncode == 0 and passed == 2 * len(few)


_CASES: Mapping[str, tuple[Callable[[Case], bool], int]] = {
    "kills": (_kills, 50),
    "full-disk": (_full_disk, 1),
    "validator": (_validated, 100),
}
"""What can be done, and how often unless the command line says."""


if __name__ == "__main__":
    main()
