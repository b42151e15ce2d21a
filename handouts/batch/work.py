"""What a worker does: it gets plain values, makes leaflets, and returns small results.

A worker may be a process of this machine or of another one; it knows no plan and no journal.
"""

import datetime
import faulthandler
import math
import os
import signal
import threading
import time
from collections.abc import MutableSequence
from functools import lru_cache
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any, Self

from handouts.batch.expiry import has_expired, judge_again, refusal
from handouts.batch.garbage import collect_seldom
from handouts.batch.names import sidecar_name
from handouts.batch.rows import NotMade, Outcome, Task
from handouts.batch.sidecar import sidecar
from handouts.batch.sink import Sink
from handouts.batch.steps import count_in, step
from handouts.errors import HandoutsError, RightsError, SourceError
from handouts.kept import kept_clinic, kept_reading
from handouts.library import Library, open_library
from handouts.make import Made, Wish, make_leaflet, prepare
from handouts.values import frozen, replace

UNPACKED: dict[str, Path] = {}
"""Digest of a library that was sent here -> the folder that it was unpacked into."""

_ALONE = threading.Lock()
"""Fonts and caches belong to the process, so one thread at a time makes leaflets."""


@frozen
class Job:
    """What all tasks of a run have in common.

    `library` is a folder, or the digest of a library that was sent to the worker; `run` tells this
    run from others, between which the library may change; with `sink` the worker writes the files.
    """

    library: str
    run: str
    created: datetime.datetime
    seconds: float
    sink: Sink | None = None


@frozen
class Checked:
    """An article that was read before any page is drawn: whether it has blanks, or what is wrong."""

    article: str
    language: str
    blanks: bool = False
    code: int = 0
    what: str = ""


def prepare_worker(numbers: MutableSequence[int]) -> None:
    """Make a process of this machine a worker: it leaves Ctrl-C, and its end, to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    count_in(numbers)
    collect_seldom()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """Wait until the parent is gone: a worker that nobody reads from must not go on."""
    connection.wait([sentinel])
    os._exit(1)


# ---- checking ----------------------------------------------------------------------------------


def check(job: Job, articles: tuple[tuple[str, str], ...]) -> tuple[Checked, ...]:
    """Read articles (id, language), so that what is wrong is told before the first page is drawn."""
    with Watchdog(job.seconds) as dog:
        return tuple([_checked(job, dog, *article) for article in articles])


def _checked(job: Job, dog: "Watchdog", article: str, language: str) -> Checked:
    library = _library(job.library, job.run)
    dog.begin()
    try:
        reading = kept_reading(library.article_path(article, language), language, article)
    except HandoutsError as error:
        what = _words(error, library)
        return Checked(article=article, language=language, code=error.exit_code, what=what)
    except Exception as error:  # noqa: BLE001  (one article must not stop the others)
        code, what = HandoutsError.exit_code, _bug(error)
        return Checked(article=article, language=language, code=code, what=what)
    return Checked(article=article, language=language, blanks=bool(reading.article.blanks))


# ---- making ------------------------------------------------------------------------------------


def make(job: Job, tasks: tuple[Task, ...]) -> tuple[Outcome, ...]:
    """Make leaflets; one that cannot be made does not stop the others."""
    with _ALONE, Watchdog(job.seconds) as dog:
        return tuple([_outcome(job, dog, task) for task in tasks])


def _outcome(job: Job, dog: "Watchdog", task: Task) -> Outcome:
    library = _library(job.library, job.run)
    dog.begin()
    try:
        wish, told = _judged(_wish(job, task, library), task.created, library)
        made = make_leaflet(wish, library)
        return _stored(job, task, made, library, (wish.created, told))
    except (RightsError, SourceError) as error:
        state = _judgement(error, job, task, library)
        return _failed(task, error.exit_code, _words(error, library), state)
    except HandoutsError as error:
        return _failed(task, error.exit_code, _words(error, library))
    except Exception as error:  # noqa: BLE001  (the edge: one leaflet must not stop the others)
        return _failed(task, HandoutsError.exit_code, _bug(error))


def _wish(job: Job, task: Task, library: Library) -> Wish:
    row = task.row
    options: dict[str, Any] = dict(row.options)
    return Wish(
        article=_article_file(job.run, library, row.article, row.language),
        clinic=_clinic_file(job.run, library, row.clinic),
        edition=row.edition,
        language=row.language,
        created=job.created,
        **options,
    )


def _judged(
    wish: Wish, created: datetime.datetime | None, library: Library
) -> tuple[Wish, tuple[str, ...]]:
    """Judge licence and reviews of a leaflet that was made before; give what to warn of, too.

    It keeps its own time, and so its bytes, when nothing of today's judgement shows on paper.

    Raises:
        HandoutsError: It may not be handed out any more.
    """
    if created is None:
        return wish, ()
    judged, earlier = prepare(wish, library), replace(wish, created=created)
    same = prepare(earlier, library).run == judged.run
    return earlier if same else wish, judged.warnings


def _stored(
    job: Job,
    task: Task,
    made: Made,
    library: Library,
    judged: tuple[datetime.datetime, tuple[str, ...]],
) -> Outcome:
    """Write the leaflet and then its sidecar, or hand the bytes back."""
    created, warnings = judged
    told = dict.fromkeys((*warnings, *made.warnings))
    facts, beside = sidecar(
        made,
        task,
        created=created.isoformat(),
        judge_again=judge_again(made.article, made.clinic, job.created.date()),
        warnings=tuple([_plain(warning, library) for warning in told]),
    )
    outcome = Outcome(
        path=task.path, state="made", facts=facts, sidecar=beside, content=made.rendering.content
    )
    return store(outcome, task.known, job.sink) if job.sink else outcome


def store(outcome: Outcome, known: str, sink: Sink) -> Outcome:
    """Write a leaflet, unless its digest is the `known` one of what is there, and its sidecar.

    A new leaflet is the second of the two: one that is there has a sidecar, which says it is ours.

    Raises:
        OutputError: The system refuses.
    """
    path, beside = outcome.path, sidecar_name(outcome.path)
    is_new = sink.stamp(beside) is None
    if is_new:
        sink.put(beside, outcome.sidecar)
    stamp = sink.stamp(path) if known == outcome.facts["sha256"] else None
    stamp = stamp or sink.put(path, outcome.content)
    if not is_new:
        sink.put(beside, outcome.sidecar)
    return outcome._replace(size=stamp.size, mtime=stamp.mtime, content=b"")


def _failed(task: Task, code: int, what: str, state: NotMade = "failed") -> Outcome:
    return Outcome(path=task.path, state=state, code=code, what=what)


def _judgement(error: HandoutsError, job: Job, task: Task, library: Library) -> NotMade:
    """Tell whether it is licence or reviews that stand against a leaflet, and since when."""
    row, today = task.row, job.created.date()
    try:
        path = library.article_path(row.article, row.language)
        article = kept_reading(path, row.language, row.article).article
        clinic = kept_clinic(library.clinic_path(row.clinic))
    except HandoutsError:
        return "failed"
    if has_expired(article, clinic, today):
        return "expired"
    is_judged = isinstance(error, RightsError) or refusal(article, clinic, today)
    return "refused" if is_judged else "failed"


# ---- a worker's surroundings -------------------------------------------------------------------


@lru_cache(maxsize=2)
def _library(folder: str, run: str) -> Library:
    """Look into the library once a run."""
    del run  # a part of the key only
    return open_library(UNPACKED.get(folder) or Path(folder))


@lru_cache(maxsize=256)
def _article_file(_run: str, library: Library, article: str, language: str) -> str:
    return str(library.article_path(article, language).absolute())


@lru_cache(maxsize=256)
def _clinic_file(_run: str, library: Library, clinic: str) -> str:
    return str(library.clinic_path(clinic).absolute())


GRACE = 1.25
"""A piece of work gets so many times its time limit before its worker ends."""


class Watchdog:
    """Ends this process when one piece of its work takes too long, even inside of C code.

    Whoever sent the work sees a worker that died, and tries its pieces one by one.
    The dog sleeps in a thread that needs no lock of Python's.  Waking it for every piece costs more
    than a small leaflet, so it is told of a new piece only when a quarter of its time has passed: a
    piece has `seconds`, and at most a quarter more.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._told = -math.inf

    def __enter__(self) -> Self:
        self._nowhere = open(os.devnull, "w")  # noqa: PTH123  (no path of ours)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._seconds:
            faulthandler.cancel_dump_traceback_later()
        self._nowhere.close()

    def begin(self) -> None:
        """Tell that a piece of work begins."""
        step()
        now = time.monotonic()
        if self._seconds and now - self._told > self._seconds / 4:
            self._told = now
            seconds = GRACE * self._seconds
            faulthandler.dump_traceback_later(seconds, exit=True, file=self._nowhere)


def _words(error: HandoutsError, library: Library) -> str:
    return _plain(str(error), library)


def _plain(words: str, library: Library) -> str:
    """Name files from the library's folder on: the same words on every machine."""
    for folder in (library.folder.absolute(), library.folder):
        words = words.replace(f"{folder}{os.sep}", "")
    return words


def _bug(error: Exception) -> str:
    return (
        f"a bug of ours ({type(error).__name__}); handouts make --debug on this leaflet shows where"
    )
