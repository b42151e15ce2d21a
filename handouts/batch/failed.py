"""The list of failures that another run left: what this run did not look at stays in it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from handouts.batch.plan import Plan
from handouts.batch.report import FAILED_COLUMNS, Failure
from handouts.batch.rows import Row


def with_others(failures: Sequence[Failure], before: bytes | None, plan: Plan) -> Iterator[Failure]:
    """Yield the failures of this run, and those of leaflets at which it did not look.

    A run looks at all of which the command line speaks, wanted still or not.  A list of one's own
    leaves the rest alone, unless the rest is removed.

    Args:
        failures: Those of this run.
        before: The list that is there, or None where it cannot be read.
        plan: What was looked at.
    """
    yield from failures
    if not before:
        return
    leaflets = {row.leaflet for row in plan.rows} | {one.row.leaflet for one in failures}
    for one in _read(before):
        leaflet = one.row.leaflet
        if leaflet not in leaflets and not (plan.scope.has_rest and plan.scope.has(leaflet)):
            yield one


def _read(content: bytes) -> Iterator[Failure]:
    """Read a list of ours; one that is damaged is made anew by the next run of all."""
    text = io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")
    rows = csv.DictReader(text)
    with suppress(csv.Error):
        if tuple(rows.fieldnames or ()) == FAILED_COLUMNS:
            yield from filter(None, map(_failure, rows))


def _failure(row: Mapping[str, str]) -> Failure | None:
    """Read a row, or give None for a damaged one."""
    try:
        return Failure(
            row=Row(
                clinic=row["clinic"],
                article=row["article"],
                edition=row["edition"],
                language=row["language"],
            ),
            code=int(row["code"]),
            what=row["what"] or "",
            expired=row["expired"] == "yes",
        )
    except (ValueError, TypeError):
        return None
