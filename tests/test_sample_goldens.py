"""Real files read as agreed: a golden for each, of its shape and a digest, never of its words.

The files may be read, not committed; where they are not beside the checkout the tests are skipped.
`UPDATE_GOLDENS=1` writes the golden anew, and fails once.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest
from leaflets import ROOT

from handouts.article import Article
from handouts.article_json import as_json
from handouts.document import BulletList, Checklist, NumberedList, Steps, Table, Terms
from handouts.errors import HandoutsError
from handouts.sources import read_articles
from handouts.sources.content import Content
from handouts.sources.reading import Origin, Reading

SHARED = ROOT.parent / "shared"
GOLDEN = Path(__file__).parent / "features" / "samples.json"
TITLES = {
    f"samples/clinician-markdown/{name}/patient.md": name.replace("_", " ").capitalize()
    for name in ("concussion", "laceration_care")
}
"""Titles that stand in another file, as the command line gives them with --title."""

_MOST = 25
"""Articles of one file that are looked at."""


def samples() -> list[str]:
    """The samples' paths, as the golden names them."""
    agreed = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.is_file() else {}
    found = [
        path.relative_to(SHARED).as_posix()
        for folder in ("seeds", "samples")
        for path in sorted((SHARED / folder).rglob("*"))
        if path.is_file() and path.name != "SOURCES.md"
    ]
    return sorted({*agreed, *found})


def shape(path: Path) -> list[str]:
    """What became of a file: a line an article, or the kind of error."""
    content = Content(path)
    title = TITLES.get(path.relative_to(SHARED).as_posix(), "")
    origin = Origin(file=content.file, stem=content.stem, title=title)
    lines = []
    try:
        for outcome in read_articles(content, origin=origin):
            lines.append(_line(outcome) if isinstance(outcome, Reading) else type(outcome).__name__)
            if len(lines) == _MOST:
                break
    except HandoutsError as error:
        lines.append(type(error).__name__)
    return lines


def _line(reading: Reading) -> str:
    article = reading.article
    facts = {
        "language": article.language,
        "sections": len(article.sections),
        "roles": sum(bool(section.role) for section in article.sections),
        "lists": _sizes(article),
        "names": len(article.alternative_names),
        "references": len(article.references),
        "notices": len(article.rights.notices),
        "rights": article.rights.status,
        "reviewed": article.review.date,
        "codes": len(article.codes),
        "left out": len(reading.report.dropped),
    }
    words = json.dumps(as_json(article), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    return ", ".join([*[f"{name} {value}" for name, value in facts.items()], digest])


def _sizes(article: Article) -> str:
    """How long the lists and tables of the sections are."""
    sizes = []
    for section in article.sections:
        for block in section.blocks:
            match block:
                case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
                    sizes.append(len(items))
                case Terms(rows) | Table(rows=rows):
                    sizes.append(len(rows))
    return "+".join(map(str, sizes)) or "none"


@pytest.mark.parametrize("name", samples())
def test_a_real_file_reads_as_agreed(name: str) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the samples are no part of the repository")
    agreed = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.is_file() else {}
    found = shape(path)
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(json.dumps({**agreed, name: found}, indent=1) + "\n", encoding="utf-8")
    assert found == agreed.get(name), "to agree to it, set UPDATE_GOLDENS=1 and run with -n 0"


def test_the_seed_has_the_lists_that_its_page_has() -> None:
    agreed = json.loads(GOLDEN.read_text(encoding="utf-8"))
    (line,) = agreed["seeds/bone-marrow-biopsy.txt"]
    assert "sections 7" in line
    assert "lists 5+4+4+13" in line
    assert "references 4" in line
    assert "reviewed 2024-06-17" in line
