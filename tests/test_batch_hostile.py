"""A batch in a folder with other people's files, links, copies and damage."""

import json
import os
from pathlib import Path

import pytest
from batches import article, contents, day, leaflets, library, run, stamps

from handouts.batch import Report, books, names, settling, sink, summary
from handouts.errors import OutputError, UsageError

NAME = "clinic-0/subject-0.standard.en.pdf"
SIDECAR = "clinic-0/subject-0.standard.en.json"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return library(tmp_path / "library")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# ---- files of other people ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [NAME, SIDECAR])
def test_a_file_that_no_batch_made_is_not_overwritten(shelf: Path, out: Path, name: str) -> None:
    (out / "clinic-0").mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    report = run(shelf, out)
    assert [(one.row.article, one.row.clinic, one.code) for one in report.failed] == [
        ("subject-0", "clinic-0", 10)
    ]
    assert "move it away" in report.failed[0].what
    assert (out / name).read_text("utf-8") == "mine"
    assert len(report.new) == 3
    (out / name).unlink()
    assert run(shelf, out).new == (NAME,)


@pytest.mark.parametrize("name", ["failed.csv", "clinic-0/index.html", "clinic-0/index.csv"])
def test_a_list_that_no_batch_wrote_is_neither_overwritten_nor_removed(
    shelf: Path, out: Path, name: str
) -> None:
    (out / "clinic-0").mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    report = run(shelf, out)
    assert (out / name).read_text("utf-8") == "mine"
    assert [words.partition(":")[0] for words in report.unwritten] == [name]
    assert not report.complete
    assert len(report.new) == 4


LISTS = ("failed.csv", "clinic-0/index.html", "clinic-0/index.csv")


def told(report: Report) -> set[str]:
    """Give the names of files that the report speaks of."""
    words = [*(one.what for one in report.failed), *report.unwritten]
    return {one.partition(":")[0] for one in words}


@pytest.mark.parametrize("name", [NAME, SIDECAR, *LISTS])
def test_a_file_that_may_not_be_read_is_somebody_elses(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (out / "clinic-0").mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    read = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self == out / name:
            raise PermissionError(13, "Permission denied")
        return read(self)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refused)
        report = run(shelf, out)
    assert (out / name).read_text("utf-8") == "mine"
    assert told(report) == {name.replace(".json", ".pdf")}


def test_a_folder_that_may_not_be_listed_hides_nobodys_files(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "clinic-0").mkdir(parents=True)
    (out / NAME).write_text("mine", encoding="utf-8")
    scandir = os.scandir

    def refused(path: Path) -> object:
        if path == out / "clinic-0":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(sink.os, "scandir", refused)
    report = run(shelf, out)
    assert (out / NAME).read_text("utf-8") == "mine"
    assert told(report) == {NAME}
    assert run(shelf, out).unchanged == 3


@pytest.mark.parametrize("name", [NAME, SIDECAR, *LISTS])
@pytest.mark.parametrize("kind", ["pipe", "lost link", "link", "folder"])
def test_what_is_no_file_is_somebody_elses_and_is_never_read(
    shelf: Path, out: Path, tmp_path: Path, kind: str, name: str
) -> None:
    (out / "clinic-0").mkdir(parents=True)
    mine = tmp_path / "mine"
    mine.write_bytes(b"")
    if kind == "pipe":
        os.mkfifo(out / name)
    elif kind == "folder":
        (out / name).mkdir()
    else:
        (out / name).symlink_to(mine if kind == "link" else tmp_path / "nowhere")
    before = (out / name).lstat()
    assert told(run(shelf, out)) == {name.replace(".json", ".pdf")}
    assert (out / name).lstat().st_ino == before.st_ino
    assert mine.read_bytes() == b""
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("made")
def test_a_pipe_in_the_place_of_a_leaflet_is_not_waited_for(shelf: Path, out: Path) -> None:
    (out / NAME).unlink()
    os.mkfifo(out / NAME)
    (shelf / "articles/subject-0.md").unlink()
    report = run(shelf, out, prune=True)
    assert report.kept == (NAME,)
    assert (out / NAME).is_fifo()


def test_lists_of_ours_are_written_anew_and_removed(shelf: Path, out: Path) -> None:
    broken = shelf / "articles/broken.md"
    broken.write_text("", encoding="utf-8")
    run(shelf, out)
    before = contents(out)
    assert "failed.csv" in before
    for name in ("failed.csv", "clinic-0/index.html", "clinic-0/index.csv"):
        (out / name).write_bytes(bytes(len((out / name).read_bytes())))  # what a power cut leaves
    run(shelf, out)
    assert contents(out) == before
    broken.unlink()
    assert run(shelf, out).complete
    assert not (out / "failed.csv").exists()


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("left", [b"", b"%PDF-1.7 and then no more"], ids=["empty", "cut off"])
def test_what_a_power_cut_leaves_is_made_anew(shelf: Path, out: Path, left: bytes) -> None:
    before = contents(out)
    (out / ".handouts/journal.jsonl").unlink()
    (out / NAME).write_bytes(left)
    other = out / SIDECAR.replace("subject-0", "subject-1")
    other.write_bytes(bytes(400))
    assert run(shelf, out).complete
    assert contents(out) == before


def test_a_new_leaflet_never_stands_without_its_sidecar(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = sink.FolderSink.put
    alone = []

    def watched(self: sink.FolderSink, name: str, content: bytes) -> sink.Stamp:
        stamp = put(self, name, content)
        if name.endswith(".pdf"):
            alone.append(not (self.folder / names.sidecar_name(name)).exists())
        return stamp

    monkeypatch.setattr(sink.FolderSink, "put", watched)
    run(shelf, out)
    assert alone == [False] * 4


# ---- links -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("name", ["lock", "journal.jsonl", ""])
def test_a_link_in_the_place_of_our_own_files_is_refused(
    shelf: Path, out: Path, tmp_path: Path, name: str
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "file").write_text("mine", encoding="utf-8")
    place = out / ".handouts" / name
    place.rename(tmp_path / "away")
    place.symlink_to(mine if not name else mine / "file")
    with pytest.raises(OutputError, match="this is a link"):
        run(shelf, out)
    assert [path.name for path in mine.iterdir()] == ["file"]
    assert (mine / "file").read_text("utf-8") == "mine"


def test_nothing_is_written_through_a_clinics_folder_that_is_a_link(
    shelf: Path, out: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "clinic-0").symlink_to(elsewhere)
    report = run(shelf, out)
    assert {one.row.clinic for one in report.failed} == {"clinic-0"}
    assert len(report.new) == 2
    assert not list(elsewhere.iterdir())


@pytest.mark.usefixtures("made")
def test_a_leaflet_that_is_a_link_is_made_anew_as_a_file(
    shelf: Path, out: Path, tmp_path: Path
) -> None:
    before = contents(out)
    (out / NAME).rename(tmp_path / "away.pdf")
    (out / NAME).symlink_to(tmp_path / "away.pdf")
    assert run(shelf, out).changed == (NAME,)
    assert not (out / NAME).is_symlink()
    assert contents(out) == before


def test_the_output_folder_may_be_a_link(shelf: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    out.symlink_to(tmp_path / "drive")
    assert len(run(shelf, out).new) == len(leaflets(tmp_path / "drive")) == 4


@pytest.mark.parametrize(
    "place", ["", "articles", "bundles", "clinics/clinic-0", "templates", "themes/x"]
)
def test_leaflets_do_not_go_among_the_librarys_files(shelf: Path, place: str) -> None:
    before = sorted(shelf.rglob("*"))
    with pytest.raises(UsageError, match="among the library's files"):
        run(shelf, shelf / place)
    assert sorted(shelf.rglob("*")) == before
    assert len(run(shelf, shelf / "leaflets").new) == 4


def test_a_clinics_folder_is_not_the_library(tmp_path: Path) -> None:
    shelf = library(tmp_path / "clinic-1")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=r"among the library's files in .*clinic-1"):
        run(shelf, tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    assert len(run(shelf, tmp_path, clinics=("clinic-0",)).new) == 2


# ---- copies and damage -------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_copies_of_a_folder_are_left_alone_without_the_journal(shelf: Path, out: Path) -> None:
    for name in ("clinic-0-backup", "old/clinic-0"):
        (out / name).mkdir(parents=True)
        for path in (out / "clinic-0").iterdir():
            (out / name / path.name).write_bytes(path.read_bytes())
    before = contents(out)
    (out / ".handouts/journal.jsonl").unlink()
    assert run(shelf, out, prune=True).removed == ()
    assert contents(out) == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: bytes(len(content)),
        lambda content: content[:900] + b"\n" + content[1500:],
        lambda content: b"[" * 100_000 + b"\n" + content[3000:],
        lambda content: b"\xff\xfe7\n[]\n0\n" + content[-500:],
    ],
    ids=["zeros", "hole", "nested", "cut"],
)
def test_a_damaged_journal_is_mended_from_the_sidecars(
    shelf: Path, out: Path, damage: object
) -> None:
    assert callable(damage)
    run(shelf, out)
    before, path = stamps(out), out / ".handouts/journal.jsonl"
    path.write_bytes(damage(path.read_bytes()))
    (shelf / "articles/subject-0.md").unlink()
    assert run(shelf, out).unchanged == 2
    assert stamps(out) == before
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {line["path"] for line in lines} == before.keys()
    assert len(run(shelf, out, prune=True).removed) == 2


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "wrong",
    [
        {"created": "yesterday"},
        {"codes": [1], "other_names": [2]},
        {"made_as": "<script>", "pages": "<b>"},
        {"clinic": "clinic-1"},
        {"title": ["a"], "review": 3},
    ],
    ids=str,
)
def test_odd_words_in_the_journal_stop_nothing_and_come_into_no_page(
    shelf: Path, out: Path, wrong: dict[str, object]
) -> None:
    before, path = contents(out), out / ".handouts/journal.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["sidecar"] |= wrong
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    run(shelf, out, verify="none", created=day("2026-12-24"))
    page = (out / "clinic-0/index.html").read_text("utf-8")
    assert "<b>" not in page
    assert page.count("<script>") == 1
    run(shelf, out, verify="all")
    assert contents(out) == before


def test_a_leaflet_deleted_by_hand_is_in_no_list(shelf: Path, out: Path) -> None:
    article(shelf, "subject-2")
    run(shelf, out)
    (out / NAME).unlink()
    (out / NAME.replace("subject-0", "subject-1")).unlink()
    (shelf / "articles/subject-0.md").unlink()
    (shelf / "articles/subject-1.md").write_text("", encoding="utf-8")
    run(shelf, out)
    for clinic, there in (("clinic-0", {2}), ("clinic-1", {0, 1, 2})):
        page = (out / clinic / "index.html").read_text("utf-8")
        assert {number for number in range(3) if f"subject-{number}" in page} == there


def test_a_disk_that_loses_what_was_written_is_not_believed(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", lost)
    monkeypatch.setattr(settling, "_sync_all", lambda _folder: False)  # it asks file by file then
    run(shelf, out)
    monkeypatch.undo()
    assert not (out / ".handouts/journal.jsonl").exists()
    before = stamps(out)
    (out / NAME).write_bytes(b"")
    assert run(shelf, out).unchanged == 3
    assert {name: stamp for name, stamp in stamps(out).items() if name != NAME} == {
        name: stamp for name, stamp in before.items() if name != NAME
    }


# ---- folders that grow and shrink --------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_leaflets_are_moved_and_not_made_when_their_folder_gets_too_full(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = contents(out)
    monkeypatch.setattr(names, "MOST", 2)
    article(shelf, "subject-2")
    report = run(shelf, out, created=day("2026-12-24"))
    assert (len(report.new), report.changed, report.removed, report.unchanged) == (2, (), (), 4)
    assert all(name.count("/") == 2 for name in leaflets(out))
    assert run(shelf, out).unchanged == 6
    (shelf / "articles/subject-2.md").unlink()
    report = run(shelf, out, prune=True)
    assert (report.new, report.changed, len(report.removed), report.unchanged) == ((), (), 2, 4)
    run(shelf, out)
    assert contents(out) == flat
    assert not [path for path in out.glob("clinic-*/*") if path.is_dir()]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("moves", [1, 2, 3, 5])
def test_a_batch_killed_while_it_moves_leaflets_loses_none(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    flat = contents(out)
    move, left = sink.FolderSink.move, [moves]

    def killed(self: sink.FolderSink, old: str, new: str) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        move(self, old, new)

    with monkeypatch.context() as patched:
        patched.setattr(names, "MOST", 1)
        patched.setattr(sink.FolderSink, "move", killed)
        patched.setattr(books.Books, "close", lambda _: None)  # the journal learns nothing
        with pytest.raises(KeyboardInterrupt):
            run(shelf, out)
    monkeypatch.setattr(names, "MOST", 1)
    assert run(shelf, out).complete
    assert sorted(Path(name).name for name in contents(out) if "index" not in name) == sorted(
        Path(name).name for name in flat if "index" not in name
    )
    monkeypatch.undo()
    assert run(shelf, out).complete
    assert contents(out) == flat


# ---- the library -------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["articles", "clinics"])
def test_a_library_with_nothing_in_it_is_told(shelf: Path, out: Path, folder: str) -> None:
    for path in (shelf / folder).iterdir():
        path.unlink()
    with pytest.raises(UsageError, match=f"nothing to make: .* has no {folder}"):
        run(shelf, out)


def test_files_that_have_no_name_of_an_article_are_told(shelf: Path, out: Path) -> None:
    (shelf / "articles" / "Headache.md").write_text("# Headache\n", encoding="utf-8")
    report = run(shelf, out)
    assert report.skipped == ("what has no name of an article or a clinic: Headache.md",)
    assert report.complete
    assert run(shelf, out, clinics=("clinic-0",)).skipped == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_pipes_folders_and_lost_links_in_a_library_stop_nothing(shelf: Path, out: Path) -> None:
    os.mkfifo(shelf / "articles/pipe.md")
    (shelf / "articles/folder.md").mkdir()
    (shelf / "articles/loop.md").symlink_to("loop.md")
    assert len(run(shelf, out).new) == 4


# ---- removing ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("made")
def test_a_library_that_is_empty_prunes_nothing(shelf: Path, out: Path) -> None:
    before = contents(out)
    for path in (shelf / "articles").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="would remove every leaflet"):
        run(shelf, out, prune=True)
    article(shelf, "nur-deutsch", language="de")
    with pytest.raises(UsageError, match="would remove every leaflet"):
        run(shelf, out, prune=True, languages=("en",))
    assert contents(out) == before


@pytest.mark.usefixtures("made")
def test_what_cannot_be_removed_is_told_and_tried_again(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "articles/subject-0.md").unlink()
    unlink = Path.unlink

    def refused(self: Path, *, missing_ok: bool = False) -> None:
        if self == out / NAME:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        report = run(shelf, out, prune=True)
    assert (report.kept, report.removed) == ((), (NAME.replace("clinic-0", "clinic-1"),))
    words = f"{NAME}: the file cannot be removed. The system says: Permission denied."
    assert report.unremoved == (words,)
    assert words in list(summary(report))
    assert not report.complete
    assert (out / NAME).exists()
    again = run(shelf, out, prune=True)
    assert (again.removed, again.complete) == ((NAME,), True)


@pytest.mark.usefixtures("made")
def test_what_cannot_be_read_is_not_called_changed(
    shelf: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "articles/subject-0.md").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(sink.FolderSink, "sha256", lambda *_: "")
        report = run(shelf, out, verify="none", prune=True)
    assert (report.kept, report.removed, len(report.unremoved)) == ((), (), 2)
    assert len(run(shelf, out, prune=True).removed) == 2


@pytest.mark.usefixtures("made")
def test_a_sidecar_that_somebody_changed_stays_and_is_told(shelf: Path, out: Path) -> None:
    (out / SIDECAR).write_text((out / SIDECAR).read_text("utf-8") + "\n", encoding="utf-8")
    (shelf / "articles/subject-0.md").unlink()
    report = run(shelf, out, prune=True)
    assert report.kept == (SIDECAR,)
    assert NAME in report.removed
    assert (out / SIDECAR).exists()
