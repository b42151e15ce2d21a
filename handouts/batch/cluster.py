"""A Dask cluster does the work: its workers get the library, and send leaflets back.

They need `handouts` in the same version, and no disk that they share with this machine.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from handouts.batch.pool import Crew
from handouts.batch.work import UNPACKED
from handouts.errors import Place, UsageError
from handouts.library import FOLDERS, open_library

LOCAL = "local"
"""Address of a cluster that is made for this run, on this machine."""

_SECONDS = 30
"""How long a scheduler, and its first worker, may take to answer."""

_AHEAD = 1
"""Chunks that wait at a worker while it makes one."""


class Luggage:
    """A library in memory, unpacked by every worker that there is or that comes later."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.digest = _digest(files)
        self.name = f"handouts-{self.digest}"

    def unpack(self, scratch: Path) -> None:
        """Unpack the library into a folder that only this worker's user may read.

        Args:
            scratch: The worker's own folder, which Dask removes, also when the worker was killed.
        """
        folder = Path(tempfile.mkdtemp(prefix="handouts-", dir=scratch))
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        UNPACKED[self.digest] = folder

    def remove(self) -> None:
        """Leave nothing behind."""
        folder = UNPACKED.pop(self.digest, None)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def pack(library: Path | None) -> Mapping[str, bytes]:
    """Read a library's files: what leads out of its folder stays where it is.

    Raises:
        UsageError: It is no library, or a file in it cannot be read.
    """
    folder = open_library(library).folder
    root = folder.resolve()
    parts = [folder / "handouts.toml"]
    for name in FOLDERS:
        parts += sorted((folder / name).rglob("*"))
    return {
        path.relative_to(folder).as_posix(): _content(path)
        for path in parts
        if path.is_file() and path.resolve().is_relative_to(root)
    }


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failure:
        hint = f"The system says: {failure.strerror}."
        raise UsageError("the file cannot be read", place=Place(str(path)), hint=hint) from None


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()


@contextmanager
def cluster(address: str, workers: int, luggage: Luggage) -> Iterator[Crew]:
    """Give the workers of a Dask cluster, to which the library was sent.

    Args:
        address: Of its scheduler, such as `tcp://10.0.0.5:8786`; `local` makes a cluster here.
        workers: Number of workers of a local cluster.
        luggage: The library.

    Raises:
        UsageError: Dask is not installed, or nobody answers at this address.
    """
    distributed = _distributed()
    with _client(distributed, address, workers) as client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError:
            hint = "Start some with: dask worker ADDRESS --nthreads 1"
            raise UsageError(f"the cluster {address} has no workers", hint=hint) from None
        plugin = _plugin(distributed, luggage)
        client.register_plugin(plugin)
        try:
            width = sum(client.nthreads().values())
            yield Crew(start=lambda _: client.get_executor(), width=width, ahead=_AHEAD)
        finally:
            client.unregister_worker_plugin(luggage.name)


def _plugin(distributed: Any, luggage: Luggage) -> Any:  # noqa: ANN401  (Dask has no types)
    """Make what Dask runs on each worker when it begins and ends."""

    class Plugin(distributed.WorkerPlugin):  # type: ignore[misc]  # no types
        name = luggage.name
        idempotent = True

        def setup(self, worker: Any) -> None:  # noqa: ANN401  (Dask has no types)
            luggage.unpack(Path(worker.local_directory))

        def teardown(self, worker: object) -> None:
            del worker
            luggage.remove()

    return Plugin()


def _distributed() -> Any:  # noqa: ANN401  (a module that need not be there)
    try:
        import distributed  # noqa: PLC0415  (the extra handouts[dask])
    except ImportError:
        hint = "Install it with: pip install 'handouts[dask]'"
        raise UsageError("Dask is not installed", hint=hint) from None
    return distributed


@contextmanager
def _client(distributed: Any, address: str, workers: int) -> Iterator[Any]:  # noqa: ANN401  (Dask has no types)
    if address != LOCAL:
        try:
            client = distributed.Client(address, timeout=_SECONDS)
        except (OSError, TimeoutError, ValueError) as failure:
            what = f"there is no Dask scheduler at {address}"
            raise UsageError(what, hint="Give it as tcp://HOST:8786.") from failure
        with client:
            yield client
        return
    with (
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.ERROR,
        ) as here,
        distributed.Client(here) as client,
    ):
        yield client
