"""A Dask cluster makes the same bytes, also when one of its workers is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from batches import contents, day, leaflets, library, run
from command import DATE, ROOT, handouts
from processes import children

from handouts.batch.cluster import Luggage, pack
from handouts.batch.work import UNPACKED
from handouts.errors import UsageError

ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(ROOT),
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s",
}


def has_dask() -> bool:
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec("distributed") is not None


needs_dask = pytest.mark.skipif(
    not has_dask(), reason="Dask is not installed: pip install 'handouts[dask]'"
)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a scheduler or a worker of a cluster; all of them end with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(part: str, *options: str) -> subprocess.Popen[bytes]:
        module = f"distributed.cli.dask_{part}"
        file = str(tmp_path / "scheduler.json")
        words = [sys.executable, "-m", module, "--scheduler-file", file, "--no-dashboard", *options]
        started.append(
            subprocess.Popen(
                words,
                cwd=tmp_path,
                env=ENVIRONMENT,
                stderr=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        )
        return started[-1]

    yield begin
    for process in reversed(started):
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all below it at once."""
    for number in (process.pid, *children(process.pid)):
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def wait_for(what: Callable[[], object]) -> None:
    """Wait for something that comes in a few seconds, or never."""
    for _ in range(1200):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


@needs_dask
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(
    tmp_path: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    import json  # noqa: PLC0415

    shelf, out = library(tmp_path / "library", articles=30), tmp_path / "out"
    run(shelf, tmp_path / "whole", created=day(DATE))
    start("scheduler", "--host", "127.0.0.1", "--port", "0")
    file = tmp_path / "scheduler.json"
    wait_for(file.exists)
    _, lost = [start("worker", "--nthreads", "1", "--host", "127.0.0.1") for _ in range(2)]
    address = json.loads(file.read_text("utf-8"))["address"]
    words = ["batch", "-o", out, "--library", shelf, "--date", DATE, "--dask", address, "--json"]
    command = [sys.executable, "-m", "handouts", *[str(word) for word in words]]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE) as batch:
        wait_for(lambda: len(leaflets(out)) > 5)
        kill(lost)
        report = json.loads(batch.communicate()[0])
    assert batch.returncode == 0
    assert len(report["new"]) == 60
    assert contents(out) == contents(tmp_path / "whole")


def test_without_dask_the_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = handouts("batch", "-o", tmp_path / "out", "--dask", "local")
    assert ran.exit_code == 2
    assert "pip install 'handouts[dask]'" in ran.stderr


def test_what_is_sent_is_the_library_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    shelf = library(tmp_path / "library")
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (shelf / "articles" / "link.md").symlink_to(secret)
    files = pack(shelf)
    assert set(files) == {
        *(f"articles/subject-{number}.md" for number in (0, 1)),
        *(f"clinics/clinic-{number}.toml" for number in (0, 1)),
    }


def test_what_was_sent_is_unpacked_and_leaves_nothing_behind(tmp_path: Path) -> None:
    luggage = Luggage(pack(library(tmp_path / "library")))
    luggage.unpack(tmp_path)
    folder = UNPACKED[luggage.digest]
    assert pack(folder) == luggage.files
    luggage.remove()
    assert not folder.exists()
    assert luggage.digest not in UNPACKED


def test_a_file_that_cannot_be_read_is_told_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = library(tmp_path / "library", articles=1, clinics=1)

    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(UsageError, match=r"subject-0\.md: the file cannot be read"):
        pack(shelf)
