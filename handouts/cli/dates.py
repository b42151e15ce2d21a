"""The time that a file says it was made."""

import datetime
import os

from handouts.errors import UsageError


def created_on(date: str | None) -> datetime.datetime:
    """Give the time: `--date`, SOURCE_DATE_EPOCH, or the day of the run.

    Raises:
        UsageError: One of these is no date.
    """
    epoch = _epoch()
    if not date and epoch:
        return epoch
    try:
        day = datetime.date.fromisoformat(date) if date else datetime.datetime.now().astimezone()
    except ValueError:
        raise UsageError(f"--date {date!r} is no date", hint="Write it as 2026-11-30") from None
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def _epoch() -> datetime.datetime | None:
    """The time of SOURCE_DATE_EPOCH; a wrong one is always refused, since ReportLab reads it, too."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        hint = "Give it whole seconds since 1970, or unset it"
        raise UsageError(f"SOURCE_DATE_EPOCH={seconds!r} is no time", hint=hint) from None
