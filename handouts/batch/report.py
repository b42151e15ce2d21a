"""What a batch did: for people, for programs, and the list of what failed."""

import csv
import io
from collections.abc import Iterable, Iterator

from handouts.batch.rows import Outcome, Row
from handouts.batch.warnings import Warned, told
from handouts.values import frozen

FAILED = "failed.csv"
"""The list of leaflets that could not be made, in the output folder."""

FAILED_COLUMNS = ("clinic", "article", "edition", "language", "expired", "code", "what")


@frozen
class Failure:
    """A leaflet that could not be made, and why: the words, and the exit code of such an error."""

    row: Row
    code: int
    what: str
    expired: bool = False


@frozen
class Report:
    """What became of each leaflet; files are named from the output folder on.

    `expired` may be handed out no more; `kept` would have been removed, but somebody changed them;
    `skipped` says what is not in the plan, and why; `indexes` are the lists of leaflets;
    `unwritten` says which lists could not be written, and why; `warnings` are those of all leaflets
    that are new, changed or unchanged, the most frequent first, and `warned` counts these leaflets.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    expired: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    warned: int = 0
    warnings: tuple[Warned, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that was planned is there."""
        return not (self.failed or self.expired or self.unwritten)


def failure(row: Row, outcome: Outcome) -> Failure:
    """Tell a failure from what a worker says."""
    return Failure(
        row=row,
        code=outcome.code,
        what=outcome.what,
        expired=outcome.state == "expired",
    )


def failed_table(failures: Iterable[Failure]) -> bytes:
    """Write failures as CSV, b"" when there are none."""
    rows = sorted((one.row.leaflet, one) for one in failures)
    if not rows:
        return b""
    told = [(*leaflet, "yes" if one.expired else "", one.code, one.what) for leaflet, one in rows]
    return table([FAILED_COLUMNS, *told])


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """Write CSV that spreadsheets read as it is meant: UTF-8 with its mark, and no formulas."""
    return lines(rows).encode("utf-8-sig")


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows of CSV, without the mark that a file of them begins with."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def summary(report: Report) -> Iterator[str]:
    """Say it in lines for people."""
    counts = (
        (len(report.new), "new"),
        (len(report.changed), "changed"),
        (report.unchanged, "unchanged"),
        (len(report.removed), "removed"),
        (len(report.failed), "failed"),
        (len(report.expired), "expired"),
    )
    yield ", ".join(f"{count:,} {word}" for count, word in counts)
    yield from told(report.warned, report.warnings)
    for words in report.skipped:
        yield f"skipped: {words}"
    for path in report.kept:
        yield f"kept, since somebody changed it: {path}"
    yield from report.unwritten
