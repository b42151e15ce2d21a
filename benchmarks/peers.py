"""All speed targets in one run, against plain ReportLab, Typst, WeasyPrint and fpdf2; Linux only.

    python benchmarks/peers.py [--python PYTHON] [--peer NAME]... [--rounds N] [--json]

Every engine works in a process of its own and draws the same words; each round asks all of them in
turn, and a ratio is the median of the rounds' ratios, so a machine that slows down slows all.
A peer that is not there is told and left out; `--python` names the interpreter that has them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self

import batch
import measure
from engines import LEAFLETS, LIBRARY, PEERS
from library_recipe import make_library
from targets import OURS, PLAIN, TYPST, Columns, lines, table

from handouts.library import open_library
from handouts.make import Wish, make_leaflet

ENGINES = Path(__file__).with_name("engines.py")
COLD_ARTICLE = "bone-marrow-biopsy"
CLINICS = 20
FEW = 6
"""Leaflets of a round that a peer draws; ours, which are made in no time, are all of them."""


class Shape(NamedTuple):
    """Where leaflets of the rounds stand in the list.

    A round has an article of its own for all clinics, and some articles that nobody drew before.
    """

    rounds: int
    new: int = 8

    def same(self, number: int) -> range:
        """The article of a round, for every clinic."""
        return range(number * CLINICS, (number + 1) * CLINICS)

    def others(self, number: int) -> range:
        """The articles that are new in a round, each for one clinic."""
        start = self.rounds * CLINICS + number * self.new
        return range(start, start + self.new)


class Engine:
    """A process that draws leaflets when it is asked to."""

    def __init__(self, name: str, python: str, folder: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [python, str(ENGINES), name, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.missing = self._told().get("missing", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def ask(self, what: str, leaflets: range, *more: float) -> None:
        """Ask for work; `answer` waits for it."""
        words = (what, leaflets.start, leaflets.stop, *more)
        print(*words, file=self._process.stdin, flush=True)

    def answer(self) -> dict:
        """Give what the work cost."""
        return self._told()

    def cost(self, leaflets: range) -> dict:
        """Draw leaflets, and give what they cost."""
        self.ask("cpu", leaflets)
        return self.answer()

    def _told(self) -> dict:
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the process of {self.name} ended")
        return json.loads(line)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--peer", action="append", choices=[*PEERS], help="only these, and plain")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--clinics", type=int, default=500, help="clinics of the batch")
    parser.add_argument("--articles", type=int, default=20, help="articles of the batch")
    parser.add_argument("--seconds", type=float, default=5, help="how long a rate is measured")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        shape = Shape(rounds=given.rounds + 1)
        write_leaflets(folder, shape)
        pythons = {OURS: sys.executable} | _pythons(given.peer, given.python)
        engines = {}
        for engine, python in pythons.items():
            started = stack.enter_context(Engine(engine, python, folder))
            if started.missing:
                print(f"{engine} is left out: {started.missing}", file=sys.stderr)
            else:
                engines[engine] = started
        columns = {**warm(engines, shape), **cold(pythons, [*engines], folder, given.rounds)}
        columns |= rates(engines, pythons, folder, given)
    report = table(columns)
    print(json.dumps(report, indent=1) if given.json else "\n".join(lines(report)))


def _pythons(wanted: Sequence[str] | None, python: str) -> dict[str, str]:
    """Plain ReportLab is drawn by our interpreter, which has it."""
    peers = {name: python for name in PEERS if name in (wanted or PEERS)}
    return peers | {PLAIN: sys.executable}


def write_leaflets(folder: Path, shape: Shape) -> None:
    """Write a library, and the words of every leaflet as plain scripts draw them."""
    library = folder / LIBRARY
    make_library(library, clinics=CLINICS, articles=shape.rounds * (1 + shape.new))
    opened = open_library(library)
    articles, clinics = sorted(opened.articles), sorted(opened.clinics)
    same, others = articles[: shape.rounds], articles[shape.rounds :]
    pairs = [(article, clinic) for article in same for clinic in clinics]
    pairs += [(article, clinics[number % CLINICS]) for number, article in enumerate(others)]
    with (folder / LEAFLETS).open("w", encoding="utf-8") as file:
        for article, clinic in pairs:
            wish = Wish(article=article, clinic=clinic, created=measure.DAY)
            words = measure.plain_words(make_leaflet(wish, opened))
            ids = {"article": article, "clinic": clinic}
            print(json.dumps(ids | words), file=file)


# ---- measuring ---------------------------------------------------------------------------------


def warm(engines: Mapping[str, Engine], shape: Shape) -> Columns:
    """CPU ms and bytes a leaflet in one process; the first round is not counted.

    The first leaflet of a round's article is drawn before: it is a new article, not one more clinic.
    """
    found: Columns = {what: {name: [] for name in engines} for what in ("same", "new", "bytes")}
    for number in range(shape.rounds):
        same, others = shape.same(number), shape.others(number)
        for name, engine in engines.items():
            count = CLINICS if name == OURS else FEW
            engine.cost(same[:1])
            clinics = engine.cost(same[1:count])
            articles = engine.cost(others if name in (OURS, PLAIN, TYPST) else others[:FEW])
            if number:
                found["same"][name].append(clinics["ms"])
                found["new"][name].append(articles["ms"])
                found["bytes"][name].append(articles["bytes"])
    return found


def cold(pythons: Mapping[str, str], names: list[str], folder: Path, rounds: int) -> Columns:
    """CPU ms of a whole process for a built-in leaflet; the first round is not counted."""
    words, out = folder / "words.json", str(folder / "out.pdf")
    made = make_leaflet(measure.wish(COLD_ARTICLE), open_library())
    words.write_text(json.dumps(measure.plain_words(made)), encoding="utf-8")
    commands = {name: [pythons[name], str(ENGINES), name, str(words), out] for name in names}
    commands |= {OURS: measure.cold_ours(COLD_ARTICLE, out), PLAIN: measure.cold_plain(words, out)}
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        for name in names:
            used = measure.process(commands[name], folder / "bytecode")
            if number:
                found[name].append(used)
    return {"cold": found}


def rates(
    engines: Mapping[str, Engine],
    pythons: Mapping[str, str],
    folder: Path,
    given: argparse.Namespace,
) -> Columns:
    """Leaflets a second with two processes: before our batch and after it; memory of a worker."""
    peers = [name for name in engines if name != OURS]
    found: dict[str, list[float]] = {name: [] for name in peers}
    with ExitStack() as stack:
        pairs = {
            name: (engines[name], stack.enter_context(Engine(name, pythons[name], folder)))
            for name in peers
        }
        before = {name: _rate(pair, given.rounds, given.seconds) for name, pair in pairs.items()}
        ran = _batch(folder, given)
        after = {name: _rate(pair, given.rounds, given.seconds) for name, pair in pairs.items()}
    found = {name: [before[name], after[name]] for name in peers}
    rate = given.clinics * given.articles / ran.seconds
    memory = [ran.memory[part * len(ran.memory) // 10] for part in (2, 5, 9)]
    return {"rate": found | {OURS: [rate, rate]}, "memory": {OURS: memory}}


def _batch(folder: Path, given: argparse.Namespace) -> batch.Ran:
    library = folder / "many"
    make_library(library, clinics=given.clinics, articles=given.articles)
    return batch.run(batch.command(library, folder / "out", 2))


def _rate(pair: tuple[Engine, Engine], rounds: int, seconds: float) -> float:
    """Both draw at the same time, each half of the articles that are there for every clinic."""
    half = rounds * CLINICS // 2
    for number, engine in enumerate(pair):
        engine.ask("rate", range(number * half, (number + 1) * half), seconds)
    answers = [engine.answer() for engine in pair]
    return sum([answer["leaflets"] / answer["seconds"] for answer in answers])


if __name__ == "__main__":
    main()
