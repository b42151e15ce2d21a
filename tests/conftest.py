"""What every test may use: PDFs of hand-made pages, written once a process."""

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

_CACHE = tempfile.mkdtemp(prefix="handouts-cache-")


def pytest_configure() -> None:
    """Keep compiled templates out of the cache of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = _CACHE


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_CACHE, ignore_errors=True)


@pytest.fixture(scope="session")
def written() -> Callable[[str], bytes]:
    """The PDF of `synthetic.leaflet()` with the claims asked for."""
    import synthetic  # noqa: PLC0415 (most tests need neither fonts nor ReportLab)

    return cache(synthetic.written)


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The leaflets of a small library, made once a process."""
    from batches import library, run  # noqa: PLC0415  (only for batches)

    folder = tmp_path_factory.mktemp("batch")
    run(library(folder / "library"), folder / "out")
    return folder / "out"


@pytest.fixture
def made(_made_once: Path, tmp_path: Path) -> None:
    """A folder `out` in which a batch over such a library has just ended."""
    shutil.copytree(_made_once, tmp_path / "out")
