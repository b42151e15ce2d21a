"""Nothing stops a batch, and nothing half-done is ever under a leaflet's name."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import Mock

import dying
import pytest
from batches import HERE, Here, contents, day, leaflets, library, run
from command import DATE, ROOT
from processes import children, is_alive

from handouts.batch import Crew, local_crew
from handouts.batch.lock import locked
from handouts.batch.pool import Lost, Shift, carry_out, chunks
from handouts.errors import OutputError

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

# ---- workers -----------------------------------------------------------------------------------


def done(numbers: list[int], crew: Crew) -> tuple[list[int], list[int]]:
    """Give the results, and the items that were lost."""
    with Shift(crew) as shift:
        found = list(carry_out(dying.double, chunks([numbers], crew), shift))
    lost = [one.item for one in found if isinstance(one, Lost)]
    return sorted([one for one in found if not isinstance(one, Lost)]), lost


@pytest.mark.parametrize("bad", [[13], [17], [13, 17]], ids=str)
def test_a_worker_that_dies_or_hangs_costs_its_item_only(bad: list[int]) -> None:
    numbers = list(range(30))
    results, lost = done(
        [one for one in numbers if one in bad or one not in (13, 17, 19)], local_crew(2)
    )
    assert sorted(lost) == bad
    assert results == [2 * one for one in numbers if one not in (13, 17, 19)]


@pytest.mark.parametrize(
    "crew", [HERE, Crew(start=ThreadPoolExecutor, width=3, ahead=1)], ids=["here", "threads"]
)
def test_any_executor_does_the_work(crew: Crew) -> None:
    results, lost = done([1, 2, 3, 19, 5], crew)
    assert (results, lost) == ([2, 4, 6, 10], [19])


@pytest.mark.parametrize("failure", [EOFError, BrokenPipeError, BrokenExecutor])
def test_a_worker_that_cannot_be_started_is_started_again(failure: type[Exception]) -> None:
    starts = iter((failure(), None, failure(), failure()))

    def start(_: int) -> Executor:
        executor, wrong = Here(), next(starts, None)
        if wrong:
            executor.submit = Mock(side_effect=wrong)  # type: ignore[method-assign]
        return executor

    assert done([1, 2], Crew(start=start, width=1)) == ([2, 4], [])


def test_the_workers_that_read_articles_are_those_that_make_leaflets(tmp_path: Path) -> None:
    starts: list[int] = []

    def start(workers: int) -> Executor:
        starts.append(workers)
        return Here()

    report = run(library(tmp_path / "in"), tmp_path / "out", crew=Crew(start=start, width=3))
    assert (len(report.new), starts) == (4, [3])


def test_chunks_are_small_enough_for_everybody_and_hold_everything() -> None:
    for count in (1, 7, 100, 10_000):
        parts = list(chunks([range(count)], Crew(start=ThreadPoolExecutor, width=4)))
        assert [one for part in parts for one in part] == list(range(count))
        assert len(parts) >= min(count, 16)


def test_groups_stay_together_where_a_chunk_has_room_for_them() -> None:
    groups = [range(start, start + 30) for start in range(0, 3_000, 30)]
    parts = list(chunks(groups, Crew(start=ThreadPoolExecutor, width=2)))
    assert parts == [tuple(group) for group in groups]
    few = [range(start, start + 20) for start in range(0, 3_000, 20)]
    parts = list(chunks(few, Crew(start=ThreadPoolExecutor, width=2)))
    assert parts == [(*one, *other) for one, other in zip(few[::2], few[1::2], strict=True)]


# ---- workers that are frozen, and signals ------------------------------------------------------


def ran(script: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a session of its own; when it hangs, all of it is ended."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=_LONG)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def all_end(processes: set[int]) -> bool:
    """Tell whether processes end within some time."""
    patience = 400
    while any(map(is_alive, processes)) and patience:
        time.sleep(0.05)
        patience -= 1
    return patience > 0


_LONG = 60
"""Seconds after which something hangs, even on a busy machine."""

FROZEN = """
import dying
from handouts.batch import local_crew, pool, workers
with pool.Shift(local_crew(2), seconds=0.3) as shift:
    print(*pool.carry_out(dying.double, [(1,), (2,)], shift))
    pool._SLACK, workers._PATIENCE = 1, 0.3
    found = list(pool.carry_out(dying.double, [(21, 99), (24, 25)], shift))
print(sorted(one for one in found if isinstance(one, int)))
print([one.item for one in found if isinstance(one, pool.Lost)], shift.died)
"""


@needs_proc
def test_a_worker_that_is_frozen_costs_its_item_only() -> None:
    assert ran(FROZEN).stdout.splitlines()[1:] == ["[42, 48, 50]", "[99] True"]


BUSY = """
import dying
from handouts.batch import local_crew, pool, workers
from itertools import count
def parts():
    yield (99, *range(200, 500))
    for number in count(2000):
        if shift.died:
            return
        yield (number,)
workers._PATIENCE = 0.3
with pool.Shift(local_crew(2), seconds=0.3) as shift:
    print(*pool.carry_out(dying.double, [(1,), (2,)], shift))
    pool._SLACK = 1
    found = list(pool.carry_out(dying.double, parts(), shift))
whole = [one for one in found if isinstance(one, int)]
print(len(whole) == len({*whole}), {*whole} >= {2 * one for one in range(200, 500)})
print([one.item for one in found if isinstance(one, pool.Lost)], shift.died)
"""


@needs_proc
def test_a_worker_that_is_frozen_is_noticed_while_others_work_and_before_its_part_is_due() -> None:
    assert ran(BUSY).stdout.splitlines()[1:] == ["True True", "[99] True"]


STUCK = """
import dying
from handouts.batch import local_crew, pool, workers
from handouts.stopping import stopped_by_signals
from processes import children, is_frozen
import os, signal
workers._PATIENCE = 0.3
try:
    with stopped_by_signals(), pool.Shift(local_crew(1)) as shift:
        print(shift.submit(dying.double, (1,)).result())
        shift.submit(dying.double, (99,))
        while not any(map(is_frozen, children(os.getpid()))):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
except KeyboardInterrupt:
    print("stopped", shift.died)
"""


@needs_proc
def test_a_worker_that_is_frozen_does_not_keep_a_batch_from_ending() -> None:
    assert ran(STUCK).stdout.splitlines() == ["(2,)", "stopped True"]


STARTER = """
import dying, os, signal
from handouts.batch import local_crew, pool, workers
from multiprocessing import forkserver
from processes import children
workers._PATIENCE = 0.3
with pool.Shift(local_crew(2), seconds=1) as shift:
    print(*pool.carry_out(dying.double, [(1,), (2,)], shift))
    pool._SLACK = 1
    starter = forkserver._forkserver._forkserver_pid
    os.kill(starter, signal.SIGSTOP)
    for worker in children(starter) if {dies} else ():
        os.kill(worker, signal.SIGKILL)
    print(sorted(pool.carry_out(dying.double, [(3,), (4,)], shift)))
"""


@needs_proc
@pytest.mark.parametrize("dies", [False, True], ids=["workers live", "workers die"])
def test_a_frozen_process_that_starts_workers_does_not_keep_a_batch_from_ending(
    dies: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    done = ran(STARTER.format(dies=dies))
    assert done.stdout.splitlines()[1:] == ["[6, 8]"], done.stderr


EARLY = """
import os, signal
from handouts.batch.workers import Workers, call
for number in (signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
call()
os.killpg(0, signal.{name})
workers = Workers(1)
print(workers.submit(abs, -5).result(), workers.end())
"""


@needs_proc
@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_signals_to_a_terminal_while_workers_are_started_tell_no_traceback(name: str) -> None:
    done = ran(EARLY.format(name=name))
    assert (done.stdout, done.stderr) == ("5 True\n", "")


KILLED = """
import os, signal
from handouts.batch.workers import Workers
print(Workers(1).submit(abs, -5).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@needs_proc
def test_clearing_up_after_one_that_was_killed_is_not_told() -> None:
    done = ran(KILLED)
    assert (done.stdout, done.stderr) == ("5\n", "")


def test_what_a_worker_that_died_had_begun_to_write_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tmp_path / "out/clinic-0/.0123456789abcdef.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"%PDF")
    shelf = library(tmp_path / "in")
    run(shelf, tmp_path / "out")
    assert part.exists()  # nobody died, so nobody looks
    monkeypatch.setattr(Shift, "end", lambda self: setattr(self, "died", True))
    run(shelf, tmp_path / "out", fresh=True)
    assert not part.exists()


@needs_proc
@pytest.mark.parametrize(
    ("first", "second"),
    [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGINT)],
    ids=["Ctrl-C twice", "SIGTERM and Ctrl-C"],
)
@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["process", "group"])
def test_a_second_signal_changes_nothing(
    tmp_path: Path,
    first: signal.Signals,
    second: signal.Signals,
    send: Callable[[int, int], None],
) -> None:
    shelf, out = library(tmp_path / "library", articles=150, clinics=4), tmp_path / "out"
    with subprocess.Popen(
        command(shelf, out),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as batch:
        while not leaflets(out) and batch.poll() is None:
            time.sleep(0.01)
        below = children(batch.pid)
        for number in (first, second):
            send(batch.pid, number)
            time.sleep(0.1)
        try:
            _, told = batch.communicate(timeout=_LONG)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(batch.pid, signal.SIGKILL)
    assert (batch.returncode, told.split("\n", 1)) == (
        130,
        ["", "interrupted; no file is half-written\n"],
    )
    assert (out / ".handouts/lock").read_text("utf-8") == ""
    assert all_end(below)


# ---- the lock ----------------------------------------------------------------------------------

HOLD = """
import sys, time
from pathlib import Path
from handouts.batch.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    folder = tmp_path / "out" / ".handouts"
    folder.mkdir(parents=True)
    return folder / "lock"


def test_two_batches_do_not_share_a_folder(lock: Path) -> None:
    with holder(lock) as other, pytest.raises(OutputError) as caught, locked(lock):
        pass
    assert f"process {other.pid} on {socket.gethostname()}" in str(caught.value)


def test_the_lock_of_a_dead_process_is_taken_over(lock: Path) -> None:
    with holder(lock) as other:
        other.kill()
        other.wait()
        with locked(lock) as was_cut_off:
            assert was_cut_off
    with locked(lock) as was_cut_off:
        assert not was_cut_off


def test_the_lock_of_another_machine_is_left_alone(lock: Path) -> None:
    lock.write_text(json.dumps({"host": "another-machine", "pid": 1}), encoding="utf-8")
    with pytest.raises(OutputError, match=f"another-machine.*delete {lock}"), locked(lock):
        pass


def test_a_damaged_lock_is_taken_over(lock: Path) -> None:
    lock.write_text("{", encoding="utf-8")
    with locked(lock) as was_cut_off:
        assert was_cut_off


# ---- kill -9 -----------------------------------------------------------------------------------


def command(folder: Path, output: Path) -> list[str]:
    words = ["batch", "-o", output, "--library", folder, "--date", DATE, "--workers", 2, "--quiet"]
    return [sys.executable, "-m", "handouts", *[str(word) for word in words]]


@needs_proc
def test_a_batch_that_is_killed_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    shelf, out = library(tmp_path / "library", articles=15), tmp_path / "out"
    run(shelf, tmp_path / "whole", created=day(DATE))
    whole = contents(tmp_path / "whole")
    chance = random.Random(5)  # noqa: S311  (any moment will do)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    below: set[int] = set()
    for goal in (0, 3, 9, 20):
        with subprocess.Popen(
            command(shelf, out), env=environment, stderr=subprocess.PIPE
        ) as batch:
            while len(leaflets(out)) < goal and batch.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.02)
            below |= children(batch.pid)
            batch.send_signal(signal.SIGKILL)
        there = {name: digest for name, digest in contents(out).items() if name in whole}
        assert there.items() <= whole.items()
    last = subprocess.run(command(shelf, out), env=environment, check=True, capture_output=True)
    assert contents(out) == whole, last.stderr
    assert not list(out.rglob("*.part"))
    assert len(below) >= 4
    assert all_end(below), "workers of a batch that was killed must end"
