"""A batch makes what is new or changed, and nothing else."""

import csv
import gc
import json
import os
from pathlib import Path

import pytest
from batches import article, contents, day, leaflets, library, run, stamps
from leaflets import make, write_clinic

from handouts.batch import digest, index, names, sink
from handouts.batch.sidecar import KEYS
from handouts.errors import OutputError, UsageError


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return library(tmp_path / "library")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# ---- what is made ------------------------------------------------------------------------------


def test_every_clinic_gets_every_article(shelf: Path, out: Path) -> None:
    report = run(shelf, out)
    wanted = {f"clinic-{c}/subject-{a}.standard.en.pdf" for c in (0, 1) for a in (0, 1)}
    assert leaflets(out) == wanted == set(report.new)
    assert report.complete


def test_a_clinics_own_editions_and_languages_are_made(shelf: Path, out: Path) -> None:
    more = 'editions = ["standard", "bw"]\nlanguages = ["en", "es", "es-MX"]'
    write_clinic(shelf / "clinics", name="clinic-0", more=more)
    article(shelf, "subject-0.es", language="es")
    report = run(shelf, out, clinics=("clinic-0",))
    assert leaflets(out) == {
        f"clinic-0/subject-{name}.{edition}.{language}.pdf"
        for name, language in (("0", "en"), ("0", "es"), ("1", "en"))
        for edition in ("standard", "bw")
    }
    assert [words for words in report.skipped if "'es'" in words and "subject-1" in words]


@pytest.mark.usefixtures("made")
def test_the_sidecar_has_the_documented_keys_and_says_what_the_file_is(out: Path) -> None:
    sidecar = json.loads((out / "clinic-0/subject-0.standard.en.json").read_text("utf-8"))
    assert sidecar.keys() == KEYS.keys()
    digests = contents(out)
    assert sidecar["sha256"] == digests["clinic-0/subject-0.standard.en.pdf"]
    assert (sidecar["title"], sidecar["language"], sidecar["clinic"]) == (
        "Subject-0",
        "en",
        "clinic-0",
    )


@pytest.mark.usefixtures("made")
def test_a_leaflet_is_the_one_that_make_makes(shelf: Path, out: Path) -> None:
    alone = make(shelf / "articles/subject-0.md", shelf / "clinics/clinic-0.toml")
    batch = (out / "clinic-0/subject-0.standard.en.pdf").read_bytes()
    assert batch == alone.rendering.content


@pytest.mark.usefixtures("made")
def test_two_folders_have_the_same_bytes(shelf: Path, out: Path, tmp_path: Path) -> None:
    run(shelf, tmp_path / "other")
    assert contents(out) == contents(tmp_path / "other")


# ---- what is not made again --------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_nothing_is_made_again_when_nothing_changed(shelf: Path, out: Path) -> None:
    before = stamps(out)
    report = run(shelf, out, created=day("2026-12-24"))
    assert (report.new, report.changed, report.unchanged) == ((), (), 4)
    assert stamps(out) == before


@pytest.mark.usefixtures("made")
def test_a_changed_article_is_made_again_for_every_clinic(shelf: Path, out: Path) -> None:
    article(shelf, "subject-0", "Other words.\n")
    report = run(shelf, out)
    assert set(report.changed) == {f"clinic-{c}/subject-0.standard.en.pdf" for c in (0, 1)}
    assert report.unchanged == 2


@pytest.mark.usefixtures("made")
def test_a_changed_clinic_is_made_again_for_every_article(shelf: Path, out: Path) -> None:
    write_clinic(shelf / "clinics", name="clinic-1", colours=("#8800AA",))
    report = run(shelf, out)
    assert set(report.changed) == {f"clinic-1/subject-{a}.standard.en.pdf" for a in (0, 1)}


@pytest.mark.usefixtures("made")
def test_a_new_edition_leaves_the_others_alone(shelf: Path, out: Path) -> None:
    write_clinic(shelf / "clinics", name="clinic-1", more='editions = ["standard", "bw"]')
    report = run(shelf, out)
    assert set(report.new) == {f"clinic-1/subject-{a}.bw.en.pdf" for a in (0, 1)}
    assert report.changed == ()


@pytest.mark.usefixtures("made")
def test_a_template_that_changes_no_byte_changes_no_leaflet(shelf: Path, out: Path) -> None:
    before = stamps(out)
    (shelf / "templates").mkdir()
    (shelf / "templates" / "unused.xml").write_text("<p>nothing</p>", encoding="utf-8")
    report = run(shelf, out)
    assert (report.new, report.changed, report.unchanged) == ((), (), 4)
    assert stamps(out) == before


@pytest.mark.usefixtures("made")
def test_a_theme_of_the_library_makes_all_again(shelf: Path, out: Path) -> None:
    (shelf / "themes").mkdir()
    theme = 'extends = "standard"\n[type.body]\nsize = 15.0\n'
    (shelf / "themes" / "standard.toml").write_text(theme, encoding="utf-8")
    assert len(run(shelf, out).changed) == 4


@pytest.mark.usefixtures("made")
def test_a_theme_of_a_clinic_makes_its_own_again(shelf: Path, out: Path) -> None:
    (shelf / "clinics/clinic-1/themes").mkdir(parents=True)
    theme = 'extends = "standard"\n[type.body]\nsize = 15.0\n'
    (shelf / "clinics/clinic-1/themes/standard.toml").write_text(theme, encoding="utf-8")
    assert set(run(shelf, out).changed) == {f"clinic-1/subject-{a}.standard.en.pdf" for a in (0, 1)}


@pytest.mark.usefixtures("made")
def test_another_language_of_a_clinic_leaves_its_leaflets_alone(shelf: Path, out: Path) -> None:
    write_clinic(shelf / "clinics", name="clinic-1", more='languages = ["en", "es"]')
    made: list[str] = []
    report = run(shelf, out, steps=made)
    assert (report.new, report.changed, report.unchanged) == ((), (), 4)
    assert "make" not in made


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("name", ["reportlab", "markdown-it-py"])
def test_another_version_of_a_library_looks_at_all_of_them(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    known = digest.version
    monkeypatch.setattr(digest, "version", lambda one: "0" if one == name else known(one))
    steps: list[str] = []
    assert run(shelf, out, steps=steps).unchanged == 4
    assert "make" in steps


@pytest.mark.usefixtures("made")
def test_another_version_of_the_tool_looks_at_all_of_them(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.digest.__version__", "9.9.9")
    made: list[str] = []
    run(shelf, out, steps=made)
    assert "make" in made
    sidecar = json.loads((out / "clinic-0/subject-0.standard.en.json").read_text("utf-8"))
    again: list[str] = []
    assert run(shelf, out, steps=again).unchanged == 4
    assert "make" not in again
    assert sidecar["bytes"] == (out / "clinic-0/subject-0.standard.en.pdf").stat().st_size


@pytest.mark.usefixtures("made")
def test_a_file_that_was_copied_back_is_not_made_again(shelf: Path, out: Path) -> None:
    path = out / "clinic-0/subject-0.standard.en.pdf"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    before = stamps(out)
    assert run(shelf, out).unchanged == 4
    assert stamps(out) == before


@pytest.mark.usefixtures("made")
def test_what_is_missing_or_cut_off_is_made_again(shelf: Path, out: Path) -> None:
    before = contents(out)
    (out / "clinic-0/subject-0.standard.en.pdf").unlink()
    (out / "clinic-0/subject-1.standard.en.pdf").write_bytes(b"%PDF")
    (out / "clinic-1/subject-1.standard.en.json").unlink()
    report = run(shelf, out)
    assert {name.partition("/")[2] for name in report.changed} == {
        "subject-0.standard.en.pdf",
        "subject-1.standard.en.pdf",
    }
    assert contents(out) == before


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("verify", ["all", "sample"])
def test_bytes_that_changed_behind_size_and_time_are_found(
    shelf: Path, out: Path, verify: str
) -> None:
    before = contents(out)
    path = out / "clinic-0/subject-0.standard.en.pdf"
    status, content = path.stat(), bytearray(path.read_bytes())
    content[100] ^= 255
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(shelf, out, verify="none").unchanged == 4
    assert run(shelf, out, verify=verify).changed == ("clinic-0/subject-0.standard.en.pdf",)
    assert contents(out) == before


@pytest.mark.usefixtures("made")
def test_fresh_makes_all(shelf: Path, out: Path) -> None:
    report = run(shelf, out, fresh=True, created=day("2026-12-24"))
    assert len(report.changed) == 4


# ---- the journal -------------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_without_its_journal_a_folder_is_known_by_its_sidecars(shelf: Path, out: Path) -> None:
    before = stamps(out)
    (out / ".handouts/journal.jsonl").unlink()
    assert run(shelf, out).unchanged == 4
    assert stamps(out) == before


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("cut", [1, 400, 2000, 3500])
def test_a_journal_that_was_cut_off_costs_nothing_but_its_last_lines(
    shelf: Path, out: Path, cut: int
) -> None:
    before, path = stamps(out), out / ".handouts/journal.jsonl"
    content = path.read_bytes()
    assert len(content) > cut
    path.write_bytes(content[:-cut])
    assert run(shelf, out).unchanged == 4
    assert run(shelf, out).unchanged == 4
    assert stamps(out) == before


def test_the_journal_says_what_the_sidecars_say_whatever_words_are_in_them(
    shelf: Path, out: Path
) -> None:
    odd = 'A \\"quoted\\" one\u2028ends'
    article(shelf, "odd", more=f'number = "{odd}"')
    run(shelf, out)
    lines = (out / sink.STATE / sink.JOURNAL).read_text(encoding="utf-8").split("\n")[:-1]
    told = {one["path"]: one["sidecar"] for one in map(json.loads, lines)}
    files = {name: (out / name).with_suffix(".json") for name in leaflets(out)}
    assert told == {name: json.loads(path.read_bytes()) for name, path in files.items()}
    assert any("\u2028" in str(facts["number"]) for facts in told.values())


def test_a_batch_leaves_the_collector_of_garbage_as_it_was(
    shelf: Path, out: Path, request: pytest.FixtureRequest
) -> None:
    before, own = gc.get_threshold(), (701, 11, 12)
    request.addfinalizer(lambda: gc.set_threshold(*before))
    gc.set_threshold(*own)
    run(shelf, out)
    assert gc.get_threshold() == own


def test_a_journal_of_old_lines_is_written_anew(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.journal._SPARE", 0)
    for _ in range(4):
        run(shelf, out, fresh=True)
    lines = (out / ".handouts/journal.jsonl").read_text("utf-8").splitlines()
    assert len(lines) <= 8
    assert run(shelf, out).unchanged == 4


# ---- removing ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_what_left_the_library_goes_only_when_asked(shelf: Path, out: Path) -> None:
    (shelf / "articles/subject-0.md").unlink()
    assert run(shelf, out).removed == ()
    report = run(shelf, out, prune=True)
    assert set(report.removed) == {f"clinic-{c}/subject-0.standard.en.pdf" for c in (0, 1)}
    assert leaflets(out) == {f"clinic-{c}/subject-1.standard.en.pdf" for c in (0, 1)}
    assert not (out / "clinic-0/subject-0.standard.en.json").exists()
    assert "ubject-0" not in (out / "clinic-0/index.html").read_text("utf-8")


@pytest.mark.usefixtures("made")
def test_files_of_others_are_never_removed(shelf: Path, out: Path) -> None:
    (out / "clinic-0/by-hand.standard.en.pdf").write_bytes(b"%PDF of a person")
    (out / "clinic-0/notes.json").write_text("{}", encoding="utf-8")
    changed = out / "clinic-1/subject-0.standard.en.pdf"
    changed.write_bytes(b"%PDF that a person wrote over ours")
    (shelf / "articles/subject-0.md").unlink()
    report = run(shelf, out, prune=True)
    assert report.kept == ("clinic-1/subject-0.standard.en.pdf",)
    assert changed.read_bytes() == b"%PDF that a person wrote over ours"
    assert (out / "clinic-0/by-hand.standard.en.pdf").exists()
    assert (out / "clinic-0/notes.json").exists()


@pytest.mark.usefixtures("made")
def test_a_journal_cannot_lead_out_of_its_folder(shelf: Path, out: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "precious.standard.en.pdf"
    stranger.write_bytes((out / "clinic-0/subject-0.standard.en.pdf").read_bytes())
    journal = out / ".handouts/journal.jsonl"
    first = journal.read_text("utf-8").splitlines()[0]
    line = json.loads(first) | {"path": "../precious.standard.en.pdf"}
    journal.write_text(f"{first}\n{json.dumps(line)}\n", encoding="utf-8")
    run(shelf, out, prune=True)
    assert stranger.exists()


@pytest.mark.usefixtures("made")
def test_pruning_a_part_leaves_the_rest(shelf: Path, out: Path) -> None:
    (shelf / "articles/subject-0.md").unlink()
    report = run(shelf, out, prune=True, clinics=("clinic-1",))
    assert report.removed == ("clinic-1/subject-0.standard.en.pdf",)
    assert run(shelf, out, prune=True, articles=("subject-1",)).removed == ()


@pytest.mark.usefixtures("made")
def test_a_clinic_that_left_takes_its_lists_along(shelf: Path, out: Path) -> None:
    (shelf / "clinics/clinic-1.toml").unlink()
    assert len(run(shelf, out, prune=True).removed) == 2
    assert not (out / "clinic-1").exists()


@pytest.mark.usefixtures("made")
def test_a_clinic_with_many_leaflets_gets_folders(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "MOST", 1)
    assert run(shelf, out).unchanged == 4
    assert all(name.count("/") == 2 for name in leaflets(out))
    assert "/subject-0.standard.en.pdf" in (out / "clinic-0/index.html").read_text("utf-8")
    assert run(shelf, out).unchanged == 4


# ---- what fails --------------------------------------------------------------------------------


def test_a_bad_article_stops_none_of_the_others(shelf: Path, out: Path) -> None:
    (shelf / "articles/broken.md").write_text("+++\ntitel = 1\n+++\n", encoding="utf-8")
    (shelf / "articles/latin.md").write_bytes(b"\xe9\xe8 is not UTF-8")
    report = run(shelf, out)
    assert len(report.new) == 4
    assert {one.row.article for one in report.failed} == {"broken", "latin"}
    assert not report.complete
    rows = list(csv.DictReader((out / "failed.csv").read_text("utf-8-sig").splitlines()))
    assert {row["article"] for row in rows} == {"broken", "latin"}
    assert {row["code"] for row in rows} == {"3"}
    assert rows[0]["what"].startswith("articles/")
    (shelf / "articles/broken.md").unlink()
    (shelf / "articles/latin.md").unlink()
    assert run(shelf, out).complete
    assert not (out / "failed.csv").exists()


@pytest.mark.usefixtures("made")
def test_an_article_that_breaks_keeps_its_last_leaflet(shelf: Path, out: Path) -> None:
    before = leaflets(out)
    (shelf / "articles/subject-0.md").write_text("", encoding="utf-8")
    report = run(shelf, out, prune=True)
    assert len(report.failed) == 2
    assert leaflets(out) == before


def test_a_full_disk_fails_one_leaflet_and_no_other(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = sink.FolderSink.put

    def full(self: sink.FolderSink, name: str, content: bytes) -> sink.Stamp:
        if name == "clinic-0/subject-1.standard.en.pdf":
            raise OutputError("the file cannot be written", hint="No space left on device.")
        return put(self, name, content)

    monkeypatch.setattr(sink.FolderSink, "put", full)
    report = run(shelf, out)
    assert [(one.row.article, one.code) for one in report.failed] == [("subject-1", 10)]
    assert len(leaflets(out)) == 3
    monkeypatch.setattr(sink.FolderSink, "put", put)
    assert run(shelf, out).new == ("clinic-0/subject-1.standard.en.pdf",)


def test_a_disk_that_takes_no_journal_loses_nothing(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.batch.journal.Journal.append", lambda *_: False)
    assert len(run(shelf, out).new) == 4
    monkeypatch.undo()
    before = stamps(out)
    assert run(shelf, out).unchanged == 4
    assert stamps(out) == before


# ---- licences and reviews ----------------------------------------------------------------------

LICENCE = """rights = "refuse"

[[licences]]
holder = "Sample Press"
reference = "SP-1"
expires = 2026-12-31
"""


def test_a_licence_that_ends_makes_its_leaflets_expire(shelf: Path, out: Path) -> None:
    path = shelf / "articles/subject-0.md"
    text = path.read_text("utf-8").replace(
        'status = "own"', 'status = "licensed"\nholder = "Sample Press"'
    )
    path.write_text(text, encoding="utf-8")
    for name in ("clinic-0", "clinic-1"):
        clinic = write_clinic(shelf / "clinics", name=name)
        clinic.write_text(f"{clinic.read_text('utf-8')}\n", encoding="utf-8")
        head, _, tail = clinic.read_text("utf-8").partition("[brand]")
        clinic.write_text(f"{head}\n{LICENCE}\n[brand]{tail}", encoding="utf-8")
    assert len(run(shelf, out, created=day("2026-12-31")).new) == 4
    report = run(shelf, out, created=day("2027-01-01"))
    assert len(report.expired) == 2
    assert report.failed == ()
    assert report.unchanged == 2
    assert "subject-0" not in (out / "clinic-0/index.csv").read_text("utf-8-sig")
    assert len(leaflets(out)) == 4
    report = run(shelf, out, created=day("2027-01-02"), prune=True)
    assert len(report.expired) == len(report.removed) == 2
    assert len(leaflets(out)) == 2


@pytest.mark.usefixtures("made")
def test_a_review_that_comes_of_age_warns_and_changes_no_leaflet(shelf: Path, out: Path) -> None:
    before = stamps(out)
    name = out / "clinic-0/subject-0.standard.en.json"
    assert json.loads(name.read_text("utf-8"))["judge_again"] == "2028-11-02"
    report = run(shelf, out, created=day("2028-11-02"))
    assert (report.changed, report.unchanged) == ((), 4)
    assert stamps(out) == before
    assert "last reviewed on 2026-11-01" in " ".join(
        json.loads(name.read_text("utf-8"))["warnings"]
    )


def test_an_article_with_blanks_is_left_to_make(shelf: Path, out: Path) -> None:
    article(shelf, "going-home", "Come back on {{date}}.\n", more='blanks = ["date"]')
    report = run(shelf, out)
    assert len(report.new) == 4
    assert report.complete
    assert [words for words in report.skipped if "going-home" in words and "blanks" in words]
    report = run(shelf, out, articles=("going-home",))
    assert {one.row.article for one in report.failed} == {"going-home"}


# ---- lists -------------------------------------------------------------------------------------


def test_the_lists_lead_to_every_leaflet(shelf: Path, out: Path) -> None:
    write_clinic(shelf / "clinics", name="clinic-0", more='editions = ["standard", "bw"]')
    run(shelf, out)
    page = (out / "clinic-0/index.html").read_text("utf-8")
    rows = list(csv.DictReader((out / "clinic-0/index.csv").read_text("utf-8-sig").splitlines()))
    for name in leaflets(out):
        clinic, _, file = name.partition("/")
        if clinic == "clinic-0":
            assert f'href="{file}"' in page
            assert file in {row["file"] for row in rows}
    assert page.count("<tr ") == 2


def test_hidden_words_of_the_page_have_their_language(shelf: Path, out: Path) -> None:
    article(shelf, "subject-0.es", language="es")
    write_clinic(shelf / "clinics", name="clinic-0", more='languages = ["es"]')
    run(shelf, out)
    page = (out / "clinic-0/index.html").read_text("utf-8")
    assert '<span class="hidden"> of <span lang="es">Subject-0.Es</span></span>, ' in page


@pytest.mark.usefixtures("made")
def test_the_page_needs_nothing_from_elsewhere(out: Path) -> None:
    page = (out / "clinic-0/index.html").read_text("utf-8")
    assert "http" not in page.replace("http-equiv", "")
    assert "src=" not in page


def test_titles_are_text_and_no_markup_or_formula(shelf: Path, out: Path) -> None:
    path = article(shelf, "odd")
    text = path.read_text("utf-8").replace('title = "Odd"', "title = '=1+1 <b>\"&'")
    path.write_text(text, encoding="utf-8")
    run(shelf, out)
    page = (out / "clinic-0/index.html").read_text("utf-8")
    assert "=1+1 &lt;b&gt;&quot;&amp;" in page
    assert "<b>" not in page
    assert "'=1+1" in (out / "clinic-0/index.csv").read_text("utf-8-sig")


@pytest.mark.usefixtures("made")
def test_an_unchanged_list_is_not_written(shelf: Path, out: Path) -> None:
    before = [(out / "clinic-0" / name).stat().st_mtime_ns for name in index.NAMES]
    run(shelf, out)
    assert [(out / "clinic-0" / name).stat().st_mtime_ns for name in index.NAMES] == before


# ---- the plan ----------------------------------------------------------------------------------


def test_all_problems_of_a_plan_are_told_before_the_first_page(shelf: Path, out: Path) -> None:
    (shelf / "clinics/clinic-0.toml").write_text('id = "clinic-0"\n', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        run(shelf, out, articles=("subjekt",), editions=("lost",))
    told = str(caught.value)
    assert all(words in told for words in ("subjekt", "'lost'", "name is missing"))
    assert not out.exists()


def manifest(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_manifest_chooses_leaflets_and_options(shelf: Path, out: Path, tmp_path: Path) -> None:
    rows = (
        "Clinic,article,edition,options\nclinic-0,subject-0,bw,paper=a4\n\nclinic-1,subject-1,,\n"
    )
    run(shelf, out, manifest=manifest(tmp_path, rows))
    assert leaflets(out) == {
        "clinic-0/subject-0.bw.en.pdf",
        "clinic-1/subject-1.standard.en.pdf",
    }
    sidecar = json.loads((out / "clinic-0/subject-0.bw.en.json").read_text("utf-8"))
    assert sidecar["options"] == {"paper": "a4"}


def test_a_manifest_may_be_json_lines(shelf: Path, out: Path, tmp_path: Path) -> None:
    rows = '{"clinic": "clinic-0", "article": "subject-0", "options": {"ink": "black"}}\n'
    run(shelf, out, manifest=manifest(tmp_path, rows, "list.jsonl"))
    assert leaflets(out) == {"clinic-0/subject-0.standard.en.pdf"}


def test_every_wrong_line_of_a_manifest_is_told(shelf: Path, out: Path, tmp_path: Path) -> None:
    rows = (
        "clinic,article,edition,language,options\n"
        "clinic-9,subject-0,,,\n"
        "clinic-0,nothing,,,\n"
        "clinic-0,subject-0,nothing,,\n"
        "clinic-0,subject-0,,fr,\n"
        "clinic-0,subject-0,,,paper=a5\n"
        "clinic-0,subject-0,,,\n"
        "clinic-0,subject-0,standard,en,\n"
        "clinic-0,subject-0,,,,,x\n"
    )
    with pytest.raises(UsageError) as caught:
        run(shelf, out, manifest=manifest(tmp_path, rows))
    told = str(caught.value)
    for words in ("'clinic-9'", "'nothing'", "'fr'", "'a5'", "line 8: the same leaflet as line 7"):
        assert words in told
    assert "line 9: the row has" in told
    assert not out.exists()


def test_a_manifest_may_come_from_windows(shelf: Path, out: Path, tmp_path: Path) -> None:
    rows = "clinic,article\r\nclinic-0,subject-0\r\n"
    assert run(shelf, out, manifest=manifest(tmp_path, rows)).new == (
        "clinic-0/subject-0.standard.en.pdf",
    )


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("rows", ["", "clinic,article\n", "\n\n"])
def test_a_manifest_without_rows_is_refused_and_prunes_nothing(
    shelf: Path, out: Path, tmp_path: Path, rows: str
) -> None:
    with pytest.raises(UsageError, match="no rows"):
        run(shelf, out, manifest=manifest(tmp_path, rows), prune=True)
    assert len(leaflets(out)) == 4


def test_bad_lines_of_json_are_told_with_their_numbers(
    shelf: Path, out: Path, tmp_path: Path
) -> None:
    rows = (
        '{"clinic": "clinic-0", "article": "subject-0", "edition": null}\n'
        '{"clinic": "clinic-0", "clinic": "clinic-1", "article": "subject-0"}\n'
        '"words"\n'
        '{"clinic": NaN, "article": "../subject-0"}\n'
        '{"clinic": "clinic-0", "article": "subject-1", "options": "paper=a4 paper=letter"}\n'
        '{"clinic": "clinic-0"'
    )
    with pytest.raises(UsageError) as caught:
        run(shelf, out, manifest=manifest(tmp_path, rows))
    told = str(caught.value)
    assert "line 1:" not in told
    assert "line 2: clinic is there twice" in told
    assert "lines 3, 6: this is no JSON object" in told
    assert "line 4: clinic must be text" in told
    assert "line 4: there is no article '../subject-0'" in told
    assert "line 5: paper is there twice" in told


def test_two_languages_whose_names_differ_in_capitals_only_are_refused(
    shelf: Path, out: Path
) -> None:
    for tag in ("es-MX", "es-mx"):
        article(shelf, f"subject-0.{tag}", language=tag)
    write_clinic(shelf / "clinics", name="clinic-0", more='languages = ["es-MX", "es-mx"]')
    with pytest.raises(UsageError, match="'subject-0' is there as 'es-"):
        run(shelf, out)


@pytest.mark.parametrize("name", ["con", "lpt1", "nul"])
def test_names_that_windows_keeps_for_devices_are_refused(
    shelf: Path, out: Path, name: str
) -> None:
    article(shelf, name)
    with pytest.raises(UsageError, match="Windows"):
        run(shelf, out)
