"""Speed and memory of reading a daily file of health topics, one core.

    python benchmarks/health_topics.py [--megabytes N]

The file is made here, in our own words, in the proportions of a real one: 15 KB a topic, of which
4 KB are the summary and most of the rest links to other people's pages.
Each figure is a process of its own; speed is bytes of the file by CPU seconds.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from handouts.errors import SourceError
from handouts.sources import Content, Origin
from handouts.sources.health_topics import read_all

_SENTENCE = "Somebody who never was ill wrote this sentence, so that a page has words to fill it. "
_QUESTIONS = (
    "What is {}?",
    "What causes {}?",
    "What are the symptoms of {}?",
    "How is {} treated?",
)


def topics_file(size: int) -> Iterator[str]:
    """Yield the pieces of a file of at least `size` characters."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<!DOCTYPE health-topics SYSTEM "https://medlineplus.gov/xml/mplus_topics.dtd">\n'
    yield '<health-topics total="0" date-generated="10/02/2026 02:30:35">\n'
    written, number = 0, 0
    while written < size:
        number += 1
        topic = _topic(number)
        written += len(topic)
        yield topic
    yield "</health-topics>\n"


def _topic(number: int) -> str:
    name = f"Paper cut {number}"
    answer = f"<p>{_SENTENCE * 6}See <a href='https://a.example/'>there</a>.</p>\n"
    items = "".join([f"<li>{_SENTENCE}</li>\n" for _ in range(4)])
    html = "".join(
        [f"<h3>{part.format(name)}</h3>\n{answer}<ul>\n{items}</ul>\n" for part in _QUESTIONS]
    )
    site = (
        '<site title="A page of somebody else about paper" url="https://b.example/paper/cuts.html"'
        ' language-mapped-url="https://b.example/es/paper/cuts.html">\n'
        "<information-category>Start Here</information-category>\n"
        "<organization>Society of Paper</organization>\n</site>\n"
    )
    return (
        f'<health-topic meta-desc="{_SENTENCE}" title="{name}" url="https://c.example/{number}.html"'
        f' id="{number}" language="English" date-created="01/07/2003">\n'
        f"<also-called>Sheet wound {number}</also-called>\n"
        f"<full-summary>{escape(html)}</full-summary>\n"
        '<group url="https://c.example/skin.html" id="2">Skin</group>\n'
        f'<mesh-heading><descriptor id="D{number:06}">Paper</descriptor></mesh-heading>\n'
        f"{site * 34}</health-topic>\n"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--read", nargs=2, metavar=("FILE", "WHICH"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.read:
        _read(Path(asked.read[0]), asked.read[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mplus_topics_2026-10-02.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(topics_file(asked.megabytes * 1_000_000))
        for which in ("none", "one", "all"):
            subprocess.run([sys.executable, __file__, "--read", path, which], check=True)


def _read(path: Path, which: str) -> None:
    """Read the file: no topic, one, or all; each time all of it is parsed."""
    origin = {
        "none": Origin(file=path.name, language="es", title="Paper cut"),
        "one": Origin(file=path.name, id="paper-cut-3"),
        "all": Origin(file=path.name),
    }[which]
    start = time.process_time()
    count = 0
    try:
        for _ in read_all(Content(path), origin):
            count += 1
    except SourceError as failure:
        print(failure)
    seconds = time.process_time() - start
    size = path.stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{which:5} {count:6} topics, {size:.0f} MB, {size / seconds:6.1f} MB/s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
