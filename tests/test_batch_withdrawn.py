"""No list offers a leaflet that may not be handed out today, whatever else goes wrong."""

import json
from pathlib import Path

import pytest
from batches import day, leaflets, library, run
from leaflets import write_clinic

from handouts.batch import Report

NAME = "clinic-0/subject-0.standard.en.pdf"
HELD = """rights = "refuse"

[[licences]]
holder = "Sample Press"
reference = "SP-1"
expires = 2026-12-31
"""
NONE = 'rights = "refuse"\n'
LENIENT = 'rights = "warn"\n'
AFTER = day("2027-01-01")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A clinic with a licence until the end of the year, and an article that needs one."""
    folder = library(tmp_path / "library", clinics=1)
    licensed(folder)
    clinic(folder, HELD)
    return folder


@pytest.fixture
def out(shelf: Path, tmp_path: Path) -> Path:
    """The leaflets of that clinic, while the licence is good."""
    assert run(shelf, tmp_path / "out", created=day("2026-12-01")).complete
    return tmp_path / "out"


def licensed(shelf: Path) -> None:
    path = shelf / "articles/subject-0.md"
    rights = 'status = "licensed"\nholder = "Sample Press"'
    path.write_text(path.read_text("utf-8").replace('status = "own"', rights), encoding="utf-8")


def clinic(shelf: Path, rights: str) -> None:
    path = write_clinic(shelf / "clinics", name="clinic-0")
    head, _, tail = path.read_text("utf-8").partition("[brand]")
    path.write_text(f"{head}\n{rights}\n[brand]{tail}", encoding="utf-8")


def broken(shelf: Path) -> None:
    (shelf / "articles/subject-0.md").write_text("", encoding="utf-8")


def is_offered(out: Path) -> bool:
    lists = [out / "clinic-0" / name for name in ("index.html", "index.csv")]
    return any("subject-0" in path.read_text("utf-8-sig") for path in lists if path.exists())


def expired(report: Report) -> list[str]:
    return [".".join(one.row.leaflet) for one in report.expired]


def is_withdrawn(out: Path, report: Report) -> bool:
    """Whether it is off the lists, told, and in the folder still."""
    told = expired(report) == ["clinic-0.subject-0.standard.en"] and not report.failed
    return told and not report.complete and not is_offered(out) and NAME in leaflets(out)


@pytest.mark.parametrize("rights", [NONE, HELD.replace("Sample Press", "Another")])
def test_a_licence_that_is_gone_takes_its_leaflets_off_the_lists(
    shelf: Path, out: Path, rights: str
) -> None:
    assert is_offered(out)
    clinic(shelf, rights)
    assert is_withdrawn(out, run(shelf, out, created=day("2026-12-02")))
    report = run(shelf, out, created=day("2026-12-03"), prune=True)
    assert report.removed == (NAME,)
    assert NAME not in leaflets(out)


def test_a_clinic_that_begins_to_refuse_takes_its_leaflets_off_the_lists(
    shelf: Path, tmp_path: Path
) -> None:
    clinic(shelf, LENIENT)
    out = tmp_path / "out"
    assert run(shelf, out).complete
    clinic(shelf, NONE)
    assert is_withdrawn(out, run(shelf, out))
    clinic(shelf, LENIENT)
    assert run(shelf, out).complete
    assert is_offered(out)


def test_what_never_was_there_has_failed_and_not_expired(shelf: Path, tmp_path: Path) -> None:
    clinic(shelf, NONE)
    report = run(shelf, tmp_path / "out")
    assert [one.row.article for one in report.failed] == ["subject-0"]
    assert report.expired == ()


@pytest.mark.parametrize("rights", [HELD, NONE], ids=["ended", "gone"])
def test_a_leaflet_whose_article_is_broken_is_judged_all_the_same(
    shelf: Path, out: Path, rights: str
) -> None:
    broken(shelf)
    report = run(shelf, out, created=day("2026-12-02"))
    assert (len(report.failed), report.expired) == (1, ())
    assert is_offered(out), "the last good leaflet stays"
    clinic(shelf, rights)
    report = run(shelf, out, created=AFTER)
    assert is_withdrawn(out, report)
    for words in ("the file is empty", "may not be handed out any more", "Sample Press"):
        assert words in report.expired[0].what
    assert run(shelf, out, created=AFTER, prune=True).removed == (NAME,)


@pytest.mark.parametrize("rights", [HELD, NONE], ids=["ended", "gone"])
def test_a_leaflet_whose_article_left_the_library_is_judged_all_the_same(
    shelf: Path, out: Path, rights: str
) -> None:
    (shelf / "articles/subject-0.md").unlink()
    assert run(shelf, out, created=day("2026-12-02")).complete
    assert is_offered(out)
    clinic(shelf, rights)
    for _ in (1, 2):
        assert is_withdrawn(out, run(shelf, out, created=AFTER))
    report = run(shelf, out, created=AFTER, prune=True)
    assert (report.removed, report.complete) == ((NAME,), True)


def test_a_run_for_another_article_leaves_no_leaflet_on_the_list_that_expired(
    shelf: Path, out: Path
) -> None:
    assert is_withdrawn(out, run(shelf, out, created=AFTER, articles=("subject-1",)))
    assert run(shelf, out, created=AFTER, articles=("subject-1",)).complete
    assert "subject-0" in (out / "failed.csv").read_text("utf-8-sig")
    clinic(shelf, HELD.replace("2026", "2028"))
    assert run(shelf, out, created=AFTER).complete
    assert is_offered(out)


def test_a_list_of_ones_own_tells_of_leaflets_that_expired_once(
    shelf: Path, out: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text("clinic,article\nclinic-0,subject-1\n", encoding="utf-8")
    assert is_withdrawn(out, run(shelf, out, created=AFTER, manifest=manifest))
    assert run(shelf, out, created=AFTER, manifest=manifest).complete
    assert "subject-0" in (out / "failed.csv").read_text("utf-8-sig")


def test_a_date_that_only_warns_takes_nothing_off_the_lists(shelf: Path, out: Path) -> None:
    clinic(shelf, HELD.replace("2026", "2039"))
    run(shelf, out)
    broken(shelf)
    report = run(shelf, out, created=day("2030-01-01"))
    assert (len(report.failed), report.expired) == (1, ())
    assert is_offered(out)


def test_the_lists_of_a_clinic_that_left_go_when_a_leaflet_in_them_expired(
    shelf: Path, out: Path
) -> None:
    write_clinic(shelf / "clinics", name="clinic-1")
    (shelf / "clinics/clinic-0.toml").unlink()
    assert run(shelf, out, created=day("2026-12-02")).complete
    assert is_offered(out)
    report = run(shelf, out, created=AFTER)
    assert not report.complete
    assert "clinic-0.subject-0.standard.en" in expired(report)
    assert not is_offered(out)
    assert NAME in leaflets(out)


def test_a_summary_that_may_not_be_abridged_any_more_expires(shelf: Path, tmp_path: Path) -> None:
    out, name = tmp_path / "out", "clinic-0/subject-0.summary.en.pdf"
    path = shelf / "articles/subject-0.md"
    text = path.read_text("utf-8").replace('"Sample Press"', '"Sample Press"\nmay_edit = false')
    path.write_text(text, encoding="utf-8")
    clinic(shelf, HELD.replace("expires", "abridge = true\nexpires"))
    assert run(shelf, out, editions=("summary",)).complete
    clinic(shelf, HELD)
    report = run(shelf, out, editions=("summary",))
    assert expired(report) == ["clinic-0.subject-0.summary.en"]
    assert not is_offered(out)
    assert name in leaflets(out)


def test_facts_that_tell_nothing_are_not_trusted(shelf: Path, out: Path) -> None:
    journal = out / ".handouts/journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    for line in lines:
        line["sidecar"] |= {"rights": 7, "review": {}}
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    broken(shelf)
    assert "its sidecar does not tell" in run(shelf, out).expired[0].what
    assert not is_offered(out)
