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

    `expired` may not be handed out any more; `kept` would have been removed, but somebody changed
    them; `unremoved` says what could not be removed, and why;
    `skipped` says what is not in the plan, and why; `indexes` are the lists of leaflets;
    `unwritten` says which lists could not be written, and why; `warnings` are those of all leaflets
    that are new, changed or unchanged, the most frequent first, and `warned` counts these leaflets.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unremoved: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    expired: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    warned: int = 0
    warnings: tuple[Warned, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that was planned is there, and nothing that should be gone."""
        return not (self.failed or self.expired or self.unwritten or self.unremoved)


def failure(row: Row, outcome: Outcome, *, was_there: bool) -> Failure:
    """Tell a failure from what a worker says.

    What was there before and is refused now has expired, whatever the reason.
    """
    expired = outcome.state == "expired" or (outcome.state == "refused" and was_there)
    return Failure(row=row, code=outcome.code, what=outcome.what, expired=expired)


def failed_table(failures: Iterable[Failure]) -> bytes:
    """Write failures as CSV, b"" when there are none."""
    rows = [
        (*one.row.leaflet, "yes" if one.expired else "", one.code, guarded(one.what))
        for one in sorted(failures, key=lambda one: one.row.leaflet)
    ]
    return table([FAILED_COLUMNS, *rows]) if rows else b""


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """Write CSV as spreadsheets read it: UTF-8 with its mark."""
    return lines(rows).encode("utf-8-sig")


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows of CSV, without the mark that a file of them begins with."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def guarded(words: str) -> str:
    """Keep a spreadsheet from taking people's words for a formula.

    Ids and file names are left as they are: they have no letters to make a formula of, and other
    programs look for them.
    """
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words


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
    yield from report.unremoved
    yield from report.unwritten
