"""The batch, step by step: plan, compare, check, make, tidy, list, report."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from handouts.batch.apart import check_output
from handouts.batch.books import Books, open_books
from handouts.batch.digest import Digests
from handouts.batch.failed import with_others
from handouts.batch.garbage import seldom_collected
from handouts.batch.journal import Entry, Journal, open_journal
from handouts.batch.lists import Lists
from handouts.batch.lock import locked
from handouts.batch.names import file_names
from handouts.batch.order import in_turn
from handouts.batch.plan import Plan, make_plan
from handouts.batch.pool import Crew, Lost, Shift, carry_out, chunks
from handouts.batch.prune import Removal, forget_gone, left_over, moved, remove
from handouts.batch.report import FAILED, Failure, Report, failed_table, failure
from handouts.batch.rows import BatchWish, Outcome, Progress, Row, Task, Tell
from handouts.batch.sink import JOURNAL, STATE, FolderSink, Stamp
from handouts.batch.state import State, compare
from handouts.batch.stock import STRANGER, relocated, strangers, unlisted
from handouts.batch.warnings import warnings_of
from handouts.batch.withdrawn import told, withdraw
from handouts.batch.work import Checked, Job, check, make, store
from handouts.errors import HandoutsError, OutputError, Place, SourceError
from handouts.library import Library, open_library
from handouts.values import replace


@seldom_collected()
def run_batch(wish: BatchWish, crew: Crew, tell: Tell, *, library: str = "") -> Report:
    """Make what is new or changed in a library's leaflets.

    Args:
        wish: What is asked for.
        crew: Who makes it.
        tell: Called as the run goes on.
        library: The digest of a library that the crew was sent; "" when it can read the folder and
            write the leaflets itself.

    Raises:
        UsageError: The plan is wrong; nothing was made.
        OutputError: The folder cannot be used, or another batch uses it.
    """
    tell(Progress(step="plan"))
    if wish.fresh or not os.path.exists(wish.output / STATE / JOURNAL):  # noqa: PTH110  (Path raises)
        crew.call()
    shelf = open_library(wish.library)
    plan = make_plan(wish, shelf)
    check_output(wish.output, shelf, plan.clinics)
    sink = _prepared(wish)
    with locked(wish.output / STATE / "lock") as was_cut_off:
        if was_cut_off:
            sink.sweep()
        journal = open_journal(sink, search=was_cut_off)
        job = Job(
            library=library or str(shelf.folder.absolute()),
            run=os.urandom(8).hex(),
            created=wish.created,
            seconds=wish.seconds,
            sink=None if library else FolderSink(wish.output.absolute()),
        )
        batch = _Batch(
            wish, plan=plan, library=shelf, sink=sink, journal=journal, crew=crew, tell=tell
        )
        return batch.run(job)


def _prepared(wish: BatchWish) -> FolderSink:
    """Make the folder; one that may not be looked into, or cannot be there, is no bug of ours."""
    sink = FolderSink(wish.output)
    try:
        sink.prepare()
    except OSError as failure:
        hint = f"The system says: {failure.strerror}."
        place = Place(str(wish.output))
        raise OutputError("the folder cannot be used", place=place, hint=hint) from None
    return sink


class _Batch:
    """One run over a plan."""

    def __init__(
        self,
        wish: BatchWish,
        *,
        plan: Plan,
        library: Library,
        sink: FolderSink,
        journal: Journal,
        crew: Crew,
        tell: Tell,
    ) -> None:
        self.wish, self.plan, self.library, self.sink = wish, plan, library, sink
        self.journal, self.crew, self.tell = journal, crew, tell
        self.new: list[str] = []
        self.changed: list[str] = []
        self.made: list[str] = []
        self.same = 0
        self.failures: list[Failure] = []
        self.skipped = list(plan.skipped)
        self.left_to_make: set[Row] = set()
        self.lists = Lists(sink)

    def run(self, job: Job) -> Report:
        others = [entry.leaflet for entry in self.journal.entries.values()]
        paths = file_names(self.plan.rows, others, self.plan.media)
        today = self.wish.created.date()
        with open_books(self.journal, self.sink) as books:
            state = self._compared(paths, books)
            with self._workers() as shift:
                tasks = self._checked(job, state.tasks, shift)
                self._make(job, tasks, shift, books)
            judged = {*state.unchanged, *self.made}
            found = withdraw(books, judged, self.plan, self.library.clinics, today)
            removal = self._tidy(paths)
            forget_gone(judged, self.journal, self.sink)
        self.failures = list(told(self.failures, found, self.journal.entries))
        good = [self.journal.entries.get(path) for path in sorted(judged)]
        warned, warnings = warnings_of((one.facts for one in good if one), self.plan.clinics)
        indexes = self.lists.write_indexes(
            self.plan.clinics, self.library.clinics, self.journal.entries.values(), removal.removed
        )
        failures = with_others(self.failures, self.sink.read(FAILED), self.plan)
        self.lists.write(FAILED, failed_table(failures))
        self.journal.compact()
        return Report(
            new=tuple(sorted(self.new)),
            changed=tuple(sorted(self.changed)),
            unchanged=self.same + len(state.unchanged),
            removed=removal.removed,
            kept=removal.kept,
            unremoved=removal.stuck,
            failed=tuple([one for one in self.failures if not one.expired]),
            expired=tuple([one for one in self.failures if one.expired]),
            skipped=tuple(self.skipped),
            indexes=indexes,
            unwritten=tuple(self.lists.unwritten),
            warned=warned,
            warnings=warnings,
        )

    # ---- what is there -------------------------------------------------------------------------

    def _compared(self, paths: Mapping[Row, str], books: Books) -> State:
        self.tell(Progress(step="compare"))
        paths = self._taken_stock(paths, books)
        if self.wish.fresh:
            keys = self._keys(paths)
            tasks = [Task(row=row, path=path, key=keys[row]) for row, path in paths.items()]
            return State(tasks=tuple(tasks), unchanged=())
        return compare(
            paths,
            self._keys(paths),
            self.journal,
            self.sink,
            verify=self.wish.verify,
            today=self.wish.created.date().isoformat(),
        )

    def _taken_stock(self, paths: Mapping[Row, str], books: Books) -> Mapping[Row, str]:
        """See that the journal knows our files and all are in their places; give what may be made."""
        for entry in tuple(unlisted(self.journal, self.sink, paths.values())):
            books.note(entry)
        foreign = set(strangers(self.journal, self.sink, paths.values()))
        for row, path in paths.items():
            if path in foreign:
                what = f"{path}: {STRANGER}"
                self.failures.append(Failure(row=row, code=OutputError.exit_code, what=what))
        paths = {row: path for row, path in paths.items() if path not in foreign}
        for before, now in relocated(paths, self.journal, self.sink):
            self.journal.forget(before.path)
            books.note(now)
        return paths

    def _keys(self, rows: Iterable[Row]) -> Mapping[Row, str]:
        digests = Digests(self.library)
        for clinic in self.plan.clinics.values():
            digests.learn_clinic(clinic)
        return {row: digests.key(row) for row in rows}

    # ---- checking and making -------------------------------------------------------------------

    @contextmanager
    def _workers(self) -> Iterator[Shift]:
        """Give who does the work; what one that was killed had begun to write is removed."""
        shift = Shift(self.crew, seconds=self.wish.seconds)
        try:
            with shift:
                yield shift
        finally:
            if shift.died:
                self.sink.sweep()

    def _checked(self, job: Job, tasks: tuple[Task, ...], shift: Shift) -> tuple[Task, ...]:
        """Read each article once before the first page: all that is wrong is told together."""
        articles = sorted({(task.row.article, task.row.language) for task in tasks})
        if not articles:
            return ()
        self.tell(Progress(step="check", total=len(articles)))
        wrong: dict[tuple[str, str], Checked] = {}
        parts = chunks([articles], self.crew)
        for done, found in enumerate(carry_out(partial(check, job), parts, shift), 1):
            one = _unread(found, job.seconds) if isinstance(found, Lost) else found
            if one.what or one.blanks:
                wrong[one.article, one.language] = one
            self.tell(Progress(step="check", done=done, total=len(articles), failed=len(wrong)))
        return tuple([task for task in tasks if not self._refused(task, wrong)])

    def _refused(self, task: Task, wrong: Mapping[tuple[str, str], Checked]) -> bool:
        """Note a task whose article is of no use here."""
        one = wrong.get((task.row.article, task.row.language))
        if one is None:
            return False
        if one.what:
            self.failures.append(Failure(row=task.row, code=one.code, what=one.what))
        elif self.wish.articles or self.wish.manifest:
            what = "the article has blanks for a patient's words; use handouts make with --fill"
            code = SourceError.exit_code
            self.failures.append(Failure(row=task.row, code=code, what=what))
        else:
            self.left_to_make.add(task.row)
            words = f"{one.article} has blanks, which handouts make fills for one patient"
            self.skipped += [] if words in self.skipped else [words]
        return True

    def _make(self, job: Job, tasks: tuple[Task, ...], shift: Shift, books: Books) -> None:
        total, before = len(tasks), len(self.failures)
        if total:
            self.tell(Progress(step="make", total=total))
        by_path = {task.path: task for task in tasks}
        parts = chunks(in_turn(tasks), self.crew)
        for done, found in enumerate(carry_out(partial(make, job), parts, shift), 1):
            outcome = _lost(found, job.seconds) if isinstance(found, Lost) else found
            self._note(by_path[outcome.path], outcome, job, books)
            failed = len(self.failures) - before
            self.tell(Progress(step="make", done=done, total=total, failed=failed))

    def _note(self, task: Task, outcome: Outcome, job: Job, books: Books) -> None:
        """Write the leaflet if the worker did not, and note what became of it."""
        if outcome.state == "made" and job.sink is None:
            outcome = _stored(outcome, task.known, self.sink)
        old = self.journal.entries.get(task.path)
        if outcome.state == "made":
            self.made.append(task.path)
            if old is None:
                self.new.append(task.path)
            elif old.sha256 == outcome.facts["sha256"] and (task.known or self.wish.fresh):
                self.same += 1
            else:
                self.changed.append(task.path)
            stamp = Stamp(outcome.size, outcome.mtime)
            entry = Entry(path=task.path, stamp=stamp, facts=outcome.facts)
            books.note(entry, outcome.sidecar)
            return
        failed = failure(task.row, outcome, was_there=old is not None)
        self.failures.append(failed)
        if failed.expired and old is not None and not old.expired:
            books.note(replace(old, expired=True), wrote=False)

    # ---- afterwards ----------------------------------------------------------------------------

    def _tidy(self, paths: Mapping[Row, str]) -> Removal:
        """Remove leaflets that are elsewhere now, and, if asked, those that are no longer wanted."""
        gone = list(moved(paths.items(), self.journal))
        if self.wish.prune:
            wanted = [path for row, path in paths.items() if row not in self.left_to_make]
            gone += left_over(self.plan.scope, wanted, self.journal)
        return remove(dict.fromkeys(gone), self.journal, self.sink)


def _stored(outcome: Outcome, known: str, sink: FolderSink) -> Outcome:
    """Write what a worker sent."""
    try:
        return store(outcome, known, sink)
    except OutputError as error:
        return Outcome(path=outcome.path, state="failed", code=error.exit_code, what=str(error))


def _lost(found: Lost[Task], seconds: float) -> Outcome:
    what = _why(found.seconds, seconds)
    return Outcome(path=found.item.path, state="failed", code=HandoutsError.exit_code, what=what)


def _unread(found: Lost[tuple[str, str]], seconds: float) -> Checked:
    article, language = found.item
    what, code = _why(found.seconds, seconds), HandoutsError.exit_code
    return Checked(article=article, language=language, code=code, what=what)


def _why(took: float, limit: float) -> str:
    """Say why a worker is gone."""
    if limit and took >= limit:
        return f"it takes longer than the time limit of {limit:g} seconds"
    return "the worker died while it made this one"
