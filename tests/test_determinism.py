"""The same input and date give the same bytes: in any process, and whatever was made before."""

import hashlib
import os
import subprocess
import sys

import pytest
from leaflets import ROOT, library, make, make_anew

SCRIPT = """
import hashlib, sys
from leaflets import make
*before, wanted = sys.argv[1:]
for article in before:
    make(article, "northgate", ink="black", notes="always", claims="ua2")
sys.stdout.write(hashlib.sha256(make(wanted, "riverbend").rendering.content).hexdigest())
"""


def _digest(*articles: str, seed: str) -> str:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    command = [sys.executable, "-c", SCRIPT, *articles]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("article", ["bone-marrow-biopsy", "headache"])
def test_another_process_gives_the_same_bytes_whatever_it_made_before(article: str) -> None:
    own = hashlib.sha256(make(article, "riverbend").rendering.content).hexdigest()
    assert _digest(article, seed="0") == own
    assert _digest(*library().articles, article, seed="1") == own


def test_caches_do_not_leak_from_one_leaflet_into_the_next() -> None:
    first = make_anew("amoxicillin", "northgate").rendering.content
    make_anew("amoxicillin", "riverbend", paper="letter", ink="black", claims="ua2")
    make_anew("headache", "northgate")
    assert make_anew("amoxicillin", "northgate").rendering.content == first
