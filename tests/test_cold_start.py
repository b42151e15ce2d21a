"""What the process of one leaflet loads, and how it ends: a cold start is paid for every time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from leaflets import ROOT

from handouts.cli.seldom_used import SELDOM_USED

NOT_FOR_ONE_LEAFLET = (
    "PIL.Image",
    "PIL._imaging",
    "asyncio",
    "concurrent.futures",
    "fontTools",
    "handouts.batch",
    "handouts.verify",
    "json",
    "lxml",
    "mammoth",
    "multiprocessing",
    "pikepdf",
    "pypdf",
    "reportlab.pdfgen",
    "reportlab.platypus",
    "shutil",
    "traceback",
    "yaml",
)


def _ran(folder: Path, before: str, after: str) -> str:
    """What is printed by a process that makes a leaflet between two pieces of a program."""
    program = (
        f"{before}\n"
        "from handouts.cli import main\n"
        "try: main(['make', 'bone-marrow-biopsy', '--clinic', 'riverbend', '-o', 'x.pdf'])\n"
        "except SystemExit as end: assert not end.code\n"
        f"{after}"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert (folder / "x.pdf").read_bytes().endswith(b"%%EOF\n")
    return ran.stdout.partition("x.pdf\n")[2]


def test_one_leaflet_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    after = (
        "loaded = {name for name, module in sys.modules.items() if type(module) is type(sys)}\n"
        f"print([name for name in {NOT_FOR_ONE_LEAFLET!r} if name in loaded])"
    )
    assert _ran(tmp_path, "import sys", after) == "[]\n"


@pytest.mark.parametrize("name", SELDOM_USED)
def test_a_module_that_was_put_off_is_itself_once_it_is_used(name: str, tmp_path: Path) -> None:
    told = _ran(
        tmp_path,
        "import importlib, json as plain, sys; del sys.modules['json']",
        f"module = importlib.import_module({name!r})\n"
        "kind = type(module).__name__\n"
        "public = [one for one in dir(module) if not one.startswith('_')]\n"
        f"import {name}\n"
        "getattr(module, '__all__', None)\n"
        "print(plain.dumps([kind, public, type(module).__name__, len(dir(module))]))",
    )
    kind, public, used, count = json.loads(told)
    assert (kind, public, used) == ("_NotLoaded", [], "module")
    assert count > 10


def test_the_filter_tojson_works_although_json_was_put_off(tmp_path: Path) -> None:
    told = _ran(
        tmp_path,
        "",
        "from jinja2.utils import htmlsafe_json_dumps\nprint(htmlsafe_json_dumps({'a': [1]}))",
    )
    assert told == '{"a": [1]}\n'


def test_garbage_is_hardly_collected_on_the_way_and_not_at_the_end(tmp_path: Path) -> None:
    told = _ran(
        tmp_path,
        "import atexit, gc, handouts.cli, handouts.cli.make\n"
        "seen = []\n"
        "gc.callbacks.append(lambda phase, facts: seen.append(facts['generation']))\n"
        "atexit.register(lambda: print(max(seen, default=0), len(seen) < 9, gc.get_freeze_count()))",
        "",
    )
    oldest, few, frozen = told.split()
    assert (oldest, few) == ("0", "True")
    assert int(frozen) > 9_999
