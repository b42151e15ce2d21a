"""CPU per leaflet, cold start and size, as ratios to plain ReportLab in the same run.

    python benchmarks/measure.py [ARTICLE] [--rounds N]

ARTICLE is a path or an id of the built-in library (default: bone-marrow-biopsy).
The plain script registers the same faces and draws the same words and logo without tags.
Every figure is the median of pairs: ours and the yardstick run in turn, so a machine that slows
down slows both.
"""

import argparse
import datetime
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import plain_reportlab
import words

from handouts import strings
from handouts.article import Article, Section
from handouts.clinic import Clinic
from handouts.compose import Leaflet
from handouts.document import (
    Block,
    BulletList,
    Checklist,
    NumberedList,
    Paragraph,
    Steps,
    Terms,
    Text,
)
from handouts.drafts import leaflet_of
from handouts.files import package_folder
from handouts.library import open_library
from handouts.make import Made, Wish, make_leaflet
from handouts.render import Output, render
from handouts.template import template_set
from handouts.template_values import Run
from handouts.theme import load_theme
from handouts.units import PAPERS
from handouts.values import replace

HERE = Path(__file__).parent
DAY = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
LEAFLETS = 8
"""Leaflets in a chunk of a warm round."""


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("article", nargs="?", default="bone-marrow-biopsy")
    options.add_argument("--rounds", type=int, default=11)
    given = options.parse_args()
    made = make_leaflet(wish(given.article), open_library())
    content = plain_words(made)
    print(f"{made.article.title}: {made.rendering.pages} pages, {given.rounds} rounds, CPU ms")
    print(f"{'':34} {'ours':>8} {'plain':>8} {'ratio':>6}")
    _row("cold, whole process", *cold(given.article, content, given.rounds))
    for name, vary in (
        ("warm, same article, new clinic", False),
        ("warm, all text differs", True),
    ):
        _row(name, *warm(made, content, given.rounds, vary=vary))
    plain = len(draw_plain(content))
    ours = len(made.rendering.content)
    print(f"{'size, bytes':34} {ours:8} {plain:8} {ours / plain:6.2f}")


def _row(name: str, ours: list[float], plain: list[float]) -> None:
    ratio = statistics.median([a / b for a, b in zip(ours, plain, strict=True)])
    print(
        f"{name:34} {statistics.median(ours):8.1f} {statistics.median(plain):8.1f} {ratio:6.2f}",
        flush=True,
    )


def wish(article: str) -> Wish:
    """The leaflet that is measured."""
    return Wish(article=article, clinic="riverbend", created=DAY)


# ---- the yardstick -----------------------------------------------------------------------------


def plain_words(made: Made) -> dict:
    """Give what the leaflet says, as the plain script reads it."""
    document = made.leaflet.document
    rows = [*words.rows(document.blocks), *words.rows(document.notes)]
    return {
        "fonts": str(package_folder("fonts")),
        "logo": made.clinic.brand.logo,
        "title": document.title,
        "language": document.language,
        "blocks": rows,
        "footer": document.footer.about,
    }


def draw_plain(content: dict) -> bytes:
    """Draw the plain leaflet in this process."""
    out = io.BytesIO()
    plain_reportlab.draw(content, out, plain_reportlab.styles())
    return out.getvalue()


# ---- cold --------------------------------------------------------------------------------------


def cold(article: str, content: dict, rounds: int) -> tuple[list[float], list[float]]:
    """CPU of whole processes, in pairs, after one of each that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "words.json"
        listed.write_text(json.dumps(content), encoding="utf-8")
        out = str(Path(folder) / "out.pdf")
        ours, plain = cold_ours(article, out), cold_plain(listed, out)
        kept = Path(folder) / "bytecode"
        pairs = [(process(ours, kept), process(plain, kept)) for _ in range(rounds + 1)][1:]
    return [a for a, _ in pairs], [b for _, b in pairs]


def cold_ours(article: str, out: str) -> list[str]:
    """Our command for one leaflet."""
    words = ("handouts", "make", article, "--clinic", "riverbend", "-o", out)
    return [sys.executable, "-m", *words]


def cold_plain(listed: Path, out: str) -> list[str]:
    """The plain script's command for the same words."""
    return [sys.executable, str(HERE / "plain_reportlab.py"), str(listed), out]


def process(command: list[str], bytecode: Path) -> float:
    """CPU ms of a whole process.

    Bytecode of all that is imported is kept in a folder, so that it does not matter how packages were
    installed, or whether this shell forbids Python to write any: a user's second run has it.
    """
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=os.sep, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


# ---- warm --------------------------------------------------------------------------------------


def warm(made: Made, content: dict, rounds: int, *, vary: bool) -> tuple[list[float], list[float]]:
    """CPU per leaflet in one process: the article in memory to the bytes of the file."""
    plain_reportlab.register(content["fonts"])
    number = 0

    def ours() -> None:
        nonlocal number
        number += 1
        tag = f" [{number}]" if vary else ""
        clinic = replace(made.clinic, phone=f"(503) 555-{number % 10000:04}")
        _render(_compose(varied(made.article, tag), clinic, made), clinic)

    def plain() -> None:
        nonlocal number
        number += 1
        tag = f" [{number}]" if vary else ""
        draw_plain(content | {"blocks": [(role, text + tag) for role, text in content["blocks"]]})

    chunk(ours), chunk(plain)
    pairs = [(chunk(ours), chunk(plain)) for _ in range(rounds)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def chunk(work: Callable[[], None]) -> float:
    """CPU ms per call."""
    start = time.process_time()
    for _ in range(LEAFLETS):
        work()
    return (time.process_time() - start) / LEAFLETS * 1000


def _compose(article: Article, clinic: Clinic, made: Made) -> Leaflet:
    return leaflet_of(
        article,
        clinic,
        strings.for_article(article.language, clinic.languages),
        load_theme("standard", "colour"),
        templates=template_set((package_folder("templates"),)),
        run=Run(edition=made.edition, order="source", heads="source", licence=None, black=False),
        keep=True,
    )


def _render(leaflet: Leaflet, clinic: Clinic) -> bytes:
    output = Output(
        theme=load_theme("standard", "colour"),
        paper=PAPERS["letter"],
        ink="colour",
        claims="ua1",
        notes="odd",
        created=DAY,
    )
    return render(leaflet, clinic.brand, clinic.name, output).content


def varied(article: Article, tag: str) -> Article:
    """The article with a tag behind every paragraph and item, as another article would be."""
    if not tag:
        return article
    return replace(
        article,
        summary=_tagged(article.summary, tag),
        sections=tuple(
            Section(
                title=part.title,
                role=part.role,
                level=part.level,
                blocks=_tagged(part.blocks, tag),
            )
            for part in article.sections
        ),
        references=tuple((*entry, Text(tag)) for entry in article.references),
        alternative_names=tuple(name + tag for name in article.alternative_names),
        rights=replace(
            article.rights, notices=tuple(notice + tag for notice in article.rights.notices)
        ),
    )


def _tagged(blocks: tuple[Block, ...], tag: str) -> tuple[Block, ...]:
    return tuple(_tagged_block(block, tag) for block in blocks)


def _tagged_block(block: Block, tag: str) -> Block:
    match block:
        case Paragraph(content, role, icon):
            return Paragraph((*content, Text(tag)), role, icon)
        case BulletList() | NumberedList() | Steps() | Checklist():
            return replace(block, items=tuple(_tagged(item, tag) for item in block.items))
        case Terms(rows):
            return Terms(tuple((term, _tagged(item, tag)) for term, item in rows))
        case _:
            return block


if __name__ == "__main__":
    main()
