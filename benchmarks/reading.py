"""Speed and memory of reading and importing, one core.

    python benchmarks/reading.py [PAGE] [--megabytes N] [--rounds N]

`PAGE` is an encyclopedia page as text; without it, one of the same length is made here, in our own
words.  The file of health topics is that of `health_topics.py`.
Times are CPU; the least of some rounds, since everything else is the machine.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TypeVar

from health_topics import topics_file

from handouts.articlefile import write
from handouts.importing import Imported, ImportWish, import_articles
from handouts.sources import Content, Origin, read_articles
from handouts.sources.markdown import read

T = TypeVar("T")

_SENTENCE = "Somebody who never was ill wrote this sentence, so that a page has words to fill it. "
_HEADS = ("How the Test is Performed", "How to Prepare for the Test", "Risks", "Considerations")
_WAYS = (
    ("find", "one found by its id"),
    ("read", "all made into articles"),
    ("import", "all imported into a library"),
)
_ROW = "{:56} {:>8} {}"


def page() -> str:
    """Give an encyclopedia page as it is pasted: 90 blocks, 9 KB."""
    blocks = [
        "[Home](#) → [Medical Encyclopedia](#) → Paper cut test",
        "URL of this page: [//a.example/article/1.htm](https://a.example/article/1.htm)",
        "Paper cut test",
        _SENTENCE * 2,
    ]
    for head in _HEADS:
        blocks += [head, _SENTENCE * 4, "It may show:"]
        blocks += [f"- {_SENTENCE}" for _ in range(13)]
        blocks += [_SENTENCE * 3, _SENTENCE * 2]
    blocks += ["References", "Example N. *Paper*. 2nd ed. 2020.", "Review Date 6/1/2026"]
    return "\n\n".join([*blocks, "Updated by: Nora Example, MD."]) + "\n"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("page", nargs="?", type=Path)
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--read", nargs=2, metavar=("FILE", "HOW"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.read:
        print(*_stream(Path(asked.read[0]), asked.read[1]))
        return
    print(_ROW.format("What", "Figure", "Unit"), flush=True)
    for row in chain(_page(asked.page, asked.rounds), _topics(asked.megabytes)):
        print(_ROW.format(*row), flush=True)


def _page(path: Path | None, rounds: int) -> Iterator[tuple[str, str, str]]:
    data = path.read_bytes() if path else page().encode()
    origin = Origin(file="the page", id="page")
    content = Content(data)
    ((reading,), seconds) = _least(lambda: list(read_articles(content, origin=origin)), rounds)
    yield f"page as text, {len(data) / 1000:.0f} KB, read", f"{seconds * 1000:.2f}", "ms"
    text, seconds = _least(lambda: write(reading.article), rounds)
    yield "the article, written as Markdown", f"{seconds * 1000:.2f}", "ms"
    _, seconds = _least(lambda: read(text, origin), rounds)
    yield "the Markdown, read", f"{seconds * 1000:.2f}", "ms"


def _least(work: Callable[[], T], rounds: int) -> tuple[T, float]:
    """Give what the work makes, and the least CPU seconds it took."""
    made, least = work(), float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return made, least


def _topics(megabytes: int) -> Iterator[tuple[str, str, str]]:
    """Each figure is a process of its own, since memory is the highest that a process had."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mplus_topics_2026-10-02.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(topics_file(megabytes * 1_000_000))
        size = path.stat().st_size / 1e6
        for how, label in _WAYS:
            command = [sys.executable, __file__, "--read", str(path), how]
            found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            count, seconds, memory = (float(one) for one in found.split())
            yield (
                f"health topics, {size:.0f} MB, {label} ({count:.0f})",
                f"{size / seconds:.1f}",
                "MB/s",
            )
            yield "  peak memory", f"{memory:.0f}", "MB"


def _stream(path: Path, how: str) -> tuple[int, float, float]:
    """Read all topics of a file; give their number, CPU seconds, and peak memory in MB."""
    start, count = time.process_time(), 0
    if how == "import":
        library = path.parent / "library"
        library.mkdir()
        for outcome in import_articles([path], ImportWish(library=library)):
            count += isinstance(outcome, Imported)
    else:
        wanted = "paper-cut-3" if how == "find" else ""
        for _ in read_articles(Content(path), origin=Origin(file=path.name, id=wanted)):
            count += 1
    seconds = time.process_time() - start
    return count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
