"""Files are written whole or not at all, and names never lead out of their folder."""

import os
from pathlib import Path

import pytest

from handouts import files
from handouts.errors import AssetError, ClinicError, OutputError, SourceError, UsageError
from handouts.files import (
    contained,
    decode,
    package_folder,
    read_bytes,
    sweep,
    write_atomically,
    write_together,
)


def test_a_written_file_has_the_bytes_and_the_mode_of_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "leaflet.pdf", b"%PDF")
    finally:
        os.umask(old)
    assert (tmp_path / "leaflet.pdf").read_bytes() == b"%PDF"
    assert (tmp_path / "leaflet.pdf").stat().st_mode & 0o777 == 0o640


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "leaflet.pdf"
    target.write_bytes(b"a longer old file")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no folder") as failure:
        write_atomically(tmp_path / "new" / "leaflet.pdf", b"x")
    assert failure.value.hint
    assert not (tmp_path / "new").exists()


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"):
        write_atomically(tmp_path, b"x")


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), PermissionError(13, "no")]
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError
) -> None:
    target = tmp_path / "leaflet.pdf"
    target.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise failure

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(OutputError):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]


def test_an_interrupt_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "leaflet.pdf", b"new")
    assert not any(tmp_path.iterdir())


def test_names_that_no_system_takes_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_atomically(tmp_path / ("x" * 300), b"new")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", "", "a\0b"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="not inside"):
        contained(tmp_path, name)


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "logo.png").symlink_to(tmp_path / "elsewhere.png")
    with pytest.raises(ClinicError):
        contained(inside, "logo.png", error=ClinicError)


def test_a_name_in_a_subfolder_is_given(tmp_path: Path) -> None:
    assert contained(tmp_path, "logos/one.png") == tmp_path / "logos" / "one.png"


def test_our_own_folders_are_found_and_others_are_not() -> None:
    assert (package_folder("fonts") / "SourceSans3-Regular.ttf").is_file()
    with pytest.raises(AssetError, match="nonesuch"):
        package_folder("nonesuch")


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 11)
    assert read_bytes(path, limit=11, error=SourceError)
    with pytest.raises(SourceError, match="larger"):
        read_bytes(path, limit=10, error=SourceError)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder"):
        read_bytes(tmp_path, limit=10, error=SourceError)
    with pytest.raises(SourceError, match="no such file"):
        read_bytes(tmp_path / "x", limit=10, error=SourceError)


@pytest.mark.parametrize(
    ("kind", "limit", "told"),
    [
        ("folder", 10, "this is a folder, not a file. Give the name of a file."),
        ("forbidden", 10, "the file may not be read. Ask who owns it"),
        ("long", 10, "the file is larger than 10 bytes. Give a smaller one"),
        ("long", 2_000_000, "the file is larger than 2 MB. Give a smaller one"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, limit: int, told: str
) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "long":
        path.write_bytes(b"x" * (limit + 1))
    else:
        path.touch()
        monkeypatch.setattr(Path, "open", _forbidden)
    with pytest.raises(SourceError) as failure:
        read_bytes(path, limit=limit, error=SourceError)
    assert told in str(failure.value)


def _forbidden(*_arguments: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_what_others_keep_from_us_does_not_stop_the_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted(tmp_path / f".handouts-{name * 6}.tmp" for name in ("0a", "0b", "0c"))
    for path in paths:
        path.touch()
        os.utime(path, (0, 0))
    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 (as in pathlib)
        if path == paths[1]:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    sweep(tmp_path)
    assert [path for path in paths if path.exists()] == [paths[1]]


def test_bad_bytes_are_told_with_offset_and_line() -> None:
    with pytest.raises(SourceError, match="byte 7 is not UTF-8") as failure:
        decode(b"one\ntwo\xff", "a.txt", error=SourceError)
    assert failure.value.place is not None
    assert failure.value.place.line == 2


def test_marks_and_line_ends_of_other_systems_are_taken() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc", "a.txt", error=SourceError) == "a\nb\nc"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_utf_16_is_named(encoding: str) -> None:
    with pytest.raises(SourceError, match="UTF-16"):
        decode("words".encode(encoding), "a.txt", error=SourceError)


def test_of_files_that_are_written_together_none_is_left_when_one_fails(tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "none" / "second.pdf"
    first.write_bytes(b"old")
    with pytest.raises(OutputError, match="there is no folder"):
        write_together([(first, b"new"), (second, b"x")])
    assert first.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["first.pdf"]
