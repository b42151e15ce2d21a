"""`handouts batch`: all leaflets of a library, for every clinic."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options as shared
from handouts.cli.dates import created_on
from handouts.cli.printing import print_json, print_line
from handouts.cli.progress import ProgressLine
from handouts.errors import BatchIncomplete, UsageError
from handouts.stopping import stopped_by_signals

if TYPE_CHECKING:
    from handouts.batch import BatchWish, Crew, Report

_EXAMPLES = """\b
Everything:      handouts batch -o leaflets --library ./ours
One clinic:      handouts batch -o leaflets --clinic riverbend
From a list:     handouts batch -o leaflets --manifest list.csv
Only what is in the library: handouts batch -o leaflets --prune
"""


def _number(_context: click.Context, _parameter: click.Parameter, seconds: float) -> float:
    """Refuse what is no number: it is in every range."""
    if seconds != seconds:  # noqa: PLR0124  (what it is)
        raise click.BadParameter("nan is no number of seconds.")
    return seconds


@click.command(short_help="Make all leaflets of a library.", epilog=_EXAMPLES)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=shared.Folder(),
    help="The folder for the leaflets.",
)
@click.option(
    "--clinic", "clinics", metavar="ID", multiple=True, help="Again for more.  Default: all."
)
@click.option(
    "--article", "articles", metavar="ID", multiple=True, help="Again for more.  Default: all."
)
@click.option(
    "--edition",
    "editions",
    metavar="E",
    multiple=True,
    help="Again for more.  Default: those of each clinic.",
)
@click.option(
    "--language",
    "languages",
    metavar="L",
    multiple=True,
    help="Again for more.  Default: those of each clinic.",
)
@click.option(
    "--manifest",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="CSV or JSON Lines with clinic, article, edition, language, options: only these leaflets.",
)
@shared.library
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 512), help="Processes.  Default: one a core."
)
@click.option(
    "--dask", metavar="ADDRESS", help="A Dask scheduler, or local for a cluster made here."
)
@click.option(
    "--time-limit",
    metavar="S",
    type=click.FloatRange(0, 86400),
    callback=_number,
    default=60,
    show_default=True,
    help="Seconds that one leaflet may take; 0 for no limit.",
)
@click.option("--fresh", is_flag=True, help="Make all of them, whether they changed or not.")
@click.option(
    "--verify",
    type=click.Choice(["sample", "all", "none"]),
    default="sample",
    show_default=True,
    help="Leaflets that are read and compared with what was made: a few, all, or none.  Sizes and"
    " times of all are compared, except with none.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove leaflets that are no longer in the library, or not in the manifest.",
)
@shared.date
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object on stdout.")
@shared.debug
def batch(**options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Make the leaflets of all clinics and articles that are new or have changed.

    Each goes to DIR/CLINIC/ARTICLE.EDITION.LANGUAGE.pdf, with a JSON file of the same name beside
    it, and every clinic gets an index.html and an index.csv.  It may be stopped at any time; the
    next run goes on.  Files that no batch made are never written over, nor removed.

    The paths of the lists are on stdout, the report is on stderr.  The exit code is 11 when some
    leaflets could not be made or removed.
    """
    with stopped_by_signals():
        wish, report = _run(options)
        _tell(report, wish.output, as_json=options["as_json"])
    if not report.complete:
        raise _incomplete(report, wish.output)


def _run(options: dict[str, Any]) -> "tuple[BatchWish, Report]":
    from handouts.batch import run_batch  # noqa: PLC0415  (keeps --help fast)

    wish = _wish(options)
    with (
        ProgressLine(quiet=options["quiet"]) as line,
        _crew(wish, options["dask"]) as (crew, sent),
    ):
        return wish, run_batch(wish, crew, line.tell, library=sent)


def _incomplete(report: "Report", folder: Path) -> BatchIncomplete:
    """Say what is not there, and where it is told why."""
    from handouts.batch import FAILED  # noqa: PLC0415  (the same)

    failed = len(report.failed) + len(report.expired)
    counts = (
        (failed, "leaflet", "made"),
        (len(report.unwritten), "list", "written"),
        (len(report.unremoved), "leaflet", "removed"),
    )
    parts = [
        f"{count:,} {noun}{'' if count == 1 else 's'} could not be {done}"
        for count, noun, done in counts
        if count
    ]
    told = failed and not any(one.startswith(f"{FAILED}:") for one in report.unwritten)
    hint = (
        f"{folder / FAILED} says which and why."
        if told
        else "Put right what is told above, and run it again."
    )
    return BatchIncomplete(", and ".join(parts), hint=hint)


def _wish(options: dict[str, Any]) -> "BatchWish":
    from handouts.batch import BatchWish, available_cores  # noqa: PLC0415

    return BatchWish(
        output=options["output"],
        created=created_on(options["date"]),
        library=options["library"],
        clinics=options["clinics"],
        articles=options["articles"],
        editions=options["editions"],
        languages=options["languages"],
        manifest=options["manifest"],
        verify=options["verify"],
        fresh=options["fresh"],
        prune=options["prune"],
        workers=options["workers"] or available_cores(),
        seconds=options["time_limit"],
    )


@contextmanager
def _crew(wish: "BatchWish", dask: str | None) -> "Iterator[tuple[Crew, str]]":
    """Give who does the work, and the digest of the library if it was sent to them."""
    from handouts.batch import local_crew  # noqa: PLC0415

    if dask is None:
        yield local_crew(wish.workers), ""
        return
    if not dask:
        raise UsageError("--dask has no address", hint="Give tcp://HOST:8786, or local.")
    from handouts.batch.cluster import Luggage, cluster, pack  # noqa: PLC0415

    luggage = Luggage(pack(wish.library))
    with cluster(dask, wish.workers, luggage) as crew:
        yield crew, luggage.digest


def _tell(report: "Report", folder: Path, *, as_json: bool) -> None:
    from handouts.batch import summary  # noqa: PLC0415

    for line in summary(report):
        click.echo(line, err=True)
    for failure in (*report.failed, *report.expired)[:_TOLD]:
        state = "expired" if failure.expired else "failed"
        click.echo(f"{state}: {'.'.join(failure.row.leaflet)}: {failure.what}", err=True)
    if as_json:
        from handouts.article_json import as_json as object_of  # noqa: PLC0415  (only for --json)

        print_json(object_of(report))  # the keys are described in docs/reference.md
        return
    for name in report.indexes:
        print_line(str(folder / name))


_TOLD = 10
"""Failures that are told; the list has all of them."""
