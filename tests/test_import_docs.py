"""The pages about formats and about articles as JSON are what the code says."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from handouts.sources import FORMATS

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate_sources.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "function"), [("sources", "sources"), ("article-schema", "schema")]
)
def test_the_page_is_what_the_code_says(generate: ModuleType, name: str, function: str) -> None:
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    stale = f"docs/{name}.md is stale: run `python docs/generate_sources.py`"
    assert page == getattr(generate, function)(), stale


def test_every_format_has_its_reader_and_its_row() -> None:
    page = (DOCS / "sources.md").read_text(encoding="utf-8")
    for row in FORMATS:
        assert f"| `{row.name}` | " in page
        assert importlib.util.find_spec(f"handouts.sources.{row.module}")
