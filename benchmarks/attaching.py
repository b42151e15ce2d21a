"""What it costs to attach a leaflet of two pages to a packet of ten, warm: CPU of each step.

`python benchmarks/attaching.py [PACKET.pdf] [--rounds N]`
"""

import argparse
import datetime
import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from handouts.library import open_library
from handouts.make import Wish, make_leaflet
from handouts.packet.check import check
from handouts.packet.joining import join
from handouts.packet.opening import look, open_pdf
from handouts.packet.parts import Job, Part
from handouts.packet.sheets import arrange

CREATED = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
PAGES, LINES = 10, 45
STEPS = ("look", "join", "check", "all")


ARTICLE = """# After your test

You can go home after one hour.

## Home Care

- Keep the plaster dry for two days.
- Rest until tomorrow.

## When to Call

Call us if it bleeds, or if you have a fever.
"""


def leaflet(article: str) -> Part:
    """Make a leaflet: of the built-in library, or of a file."""
    wish = Wish(article=article, clinic="riverbend", created=CREATED)
    made = make_leaflet(wish, open_library())
    return Part(kind="leaflet", title=made.article.title, content=made.rendering.content)


def plain() -> bytes:
    """A packet of text in a standard font, without tags, as most programs make them."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(PAGES):
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(f"Part {page}", str(page))
        for line in range(LINES):
            canvas.drawString(60, 780 - 16 * line, f"Words on line {line} of page {page}. " * 2)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def tagged(*parts: Part) -> bytes:
    """A packet with hundreds of tags: leaflets of ours."""
    first, *rest = parts
    sizes = [look(open_pdf(part.content)).pages for part in (first, *rest)]
    leaves = arrange(sizes[0], sizes[1:], before=len(sizes[0]))
    whole = Job(packet=first.content, parts=tuple(rest), leaves=leaves, created=CREATED)
    return join(whole).content


def rounds(packet: bytes, part: Part, count: int) -> Iterator[list[float]]:
    """Yield the milliseconds of each step, and their sum; the first round is not counted."""
    for number in range(count + 1):
        marks = [time.process_time()]
        pages = look(open_pdf(packet)).pages
        own = look(open_pdf(part.content)).pages
        marks.append(time.process_time())
        leaves = arrange(pages, [own], before=len(pages))
        job = Job(packet=packet, parts=(part,), leaves=leaves, created=CREATED)
        joined = join(job)
        marks.append(time.process_time())
        check(job, joined)
        marks.append(time.process_time())
        if number:
            steps = [1000 * (end - start) for start, end in pairwise(marks)]
            yield [*steps, sum(steps)]


def main() -> None:
    """Print a row for each packet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packet", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=31)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "after-your-test.md"
        article.write_text(ARTICLE, encoding="utf-8")
        part = leaflet(str(article))
    first, second, third = map(leaflet, ("bone-marrow-biopsy", "headache", "knee-arthroscopy"))
    packets = {
        "no tags": plain(),
        "many tags": tagged(first, second, part),
        "more tags": tagged(first, second, third),
    }
    if given.packet:
        packets = {given.packet.name: given.packet.read_bytes()}
    print(f"{'packet':24}{'pages':>6}" + "".join([f"{step:>9}" for step in STEPS]) + "   (ms CPU)")
    for name, packet in packets.items():
        pages = len(look(open_pdf(packet)).pages)
        rows = list(rounds(packet, part, given.rounds))
        medians = [statistics.median(column) for column in zip(*rows, strict=True)]
        print(f"{name:24}{pages:>6}" + "".join([f"{one:9.1f}" for one in medians]))


if __name__ == "__main__":
    main()
