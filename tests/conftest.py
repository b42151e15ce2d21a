"""What every test may use: PDFs of hand-made pages, written once a process."""

from collections.abc import Callable
from functools import cache

import pytest


@pytest.fixture(scope="session")
def written() -> Callable[[str], bytes]:
    """The PDF of `synthetic.leaflet()` with the claims asked for."""
    import synthetic  # noqa: PLC0415 (most tests need neither fonts nor ReportLab)

    return cache(synthetic.written)
