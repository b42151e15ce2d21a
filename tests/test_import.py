"""`handouts import`: what is read, written, told, kept; what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, handouts
from generated import HARD

from handouts.article import Code, Fact
from handouts.article_json import article_from
from handouts.document import texts
from handouts.files import library_folder
from handouts.sources import read_source

FRONT = '+++\ntitle = "{title}"\nlanguage = "{language}"\n{more}\n+++\n\n'


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty folder for a library."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def source(
    folder: Path,
    body: str = "Sleep well.",
    *,
    name: str = "rest.md",
    title: str = "Rest",
    language: str = "en",
    more: str = "",
) -> Path:
    path = folder / name
    text = FRONT.format(title=title, language=language, more=more) + body + "\n"
    path.write_text(text, encoding="utf-8")
    return path


def names(library: Path) -> list[str]:
    return sorted(path.name for path in library.rglob("*") if path.is_file())


# ---- what is written ---------------------------------------------------------------------------


def test_an_article_is_written_into_the_library_and_its_path_printed(
    tmp_path: Path, library: Path
) -> None:
    ran = handouts("import", source(tmp_path), "--library", library)
    path = library / "articles" / "rest.md"
    assert (ran.exit_code, ran.stdout) == (0, f"{path}\n")
    assert read_source(path).article == read_source(tmp_path / "rest.md").article
    assert "Rest [topic, en]" in ran.stderr
    assert f"new: {path}" in ran.stderr


def test_the_library_may_be_in_the_environment(tmp_path: Path, library: Path) -> None:
    environment = {"HANDOUTS_LIBRARY": str(library)}
    assert handouts("import", source(tmp_path), environment=environment).exit_code == 0
    assert names(library) == ["rest.md"]


def test_languages_stand_side_by_side_whatever_comes_first(tmp_path: Path, library: Path) -> None:
    spanish = source(tmp_path, "Duerma.", name="rest.es.md", title="Descanso", language="es")
    arabic = source(tmp_path, "نم جيداً.", name="rest.ar.md", title="راحة", language="ar")
    assert (
        handouts("import", spanish, arabic, source(tmp_path), "--library", library).exit_code == 0
    )
    assert names(library) == ["rest.ar.md", "rest.es.md", "rest.md"]
    again = handouts("import", spanish, source(tmp_path), "--library", library)
    assert again.stderr.count("unchanged:") == 2


def test_another_language_does_not_take_the_place_of_the_first(
    tmp_path: Path, library: Path
) -> None:
    (library / "articles").mkdir()
    there = source(library / "articles", "Duerma.", title="Descanso", language="es").read_bytes()
    assert handouts("import", source(tmp_path), "--library", library).exit_code == 0
    assert names(library) == ["rest.en.md", "rest.md"]
    assert (library / "articles" / "rest.md").read_bytes() == there


def test_id_title_and_language_may_be_given(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "My File (2).md"
    path.write_text("## Beds\n\nSoft.\n", encoding="utf-8")
    given = ("--id", "beds", "--title", "All about beds", "--language", "es")
    assert handouts("import", path, *given, "--library", library).exit_code == 0
    article = read_source(library / "articles" / "beds.es.md").article
    assert (article.id, article.title, article.language) == ("beds", "All about beds", "es")


def test_stdin_is_a_source(library: Path) -> None:
    command = [sys.executable, "-m", "handouts", "import", "-", "--id", "rest"]
    ran = subprocess.run(
        [*command, "--library", str(library)],
        input=b"# Rest\n\nSleep well.\n",
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert names(library) == ["rest.md"]


def test_a_dry_run_writes_nothing_and_needs_no_library(tmp_path: Path, library: Path) -> None:
    ran = handouts("import", source(tmp_path), "--dry-run")
    assert (ran.exit_code, ran.stdout) == (0, f"{Path('articles') / 'rest.md'}\n")
    assert "nothing was written" in ran.stderr
    assert handouts("import", source(tmp_path), "--dry-run", "--library", library).exit_code == 0
    assert names(library) == []


def test_a_dry_run_without_a_library_looks_into_none(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "articles").mkdir()
    source(library / "articles", "Something else.")
    monkeypatch.chdir(library)
    assert "new: " in handouts("import", source(tmp_path), "--dry-run").stderr


def test_json_has_the_article_in_the_shape_of_its_types_and_the_report(
    tmp_path: Path, library: Path
) -> None:
    body = "## Risks\n\n- one\n- two\n\n***\n\n![a bed](bed.png)\n"
    ran = handouts("import", source(tmp_path, body), "--json", "--library", library)
    (line,) = ran.stdout.splitlines()
    found = json.loads(line)
    assert set(found) == {"article", "report"}
    (section,) = found["article"]["sections"]
    assert (section["title"], section["role"]) == ("Risks", "risks")
    assert [block["type"] for block in section["blocks"]] == ["BulletList"]
    assert len(section["blocks"][0]["items"]) == 2
    assert [drop["text"] for drop in found["report"]["dropped"]] == ["***", "a bed"]
    assert found["report"]["state"] == "new"
    assert found["report"]["rights"].startswith("nobody says")
    path = library / "articles" / "rest.md"
    assert article_from(found["article"]) == read_source(path).article
    assert found["report"]["path"] == str(path)


def test_words_that_mean_something_in_markdown_come_through(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "rest.txt"
    lines = [
        words for words in HARD if words.isprintable() and "]" not in words and "<" not in words
    ]
    kept = [
        f"Take {words.strip()} now." for words in lines if "*" not in words and "&" not in words
    ]
    path.write_text('+++\ntitle = "Rest"\nlanguage = "en"\n+++\n' + "\n\n".join(kept), "utf-8")
    ran = handouts("import", path, "--format", "plain-text", "--library", library)
    assert ran.exit_code == 0
    article = read_source(library / "articles" / "rest.md").article
    assert article == read_source(path, format="plain-text").article
    assert len(list(texts(article.summary))) == len(kept)


# ---- several -----------------------------------------------------------------------------------


def test_those_that_can_be_read_are_written_and_each_failure_is_a_line(
    tmp_path: Path, library: Path
) -> None:
    bad = source(tmp_path, "", name="empty.md")
    missing = tmp_path / "none.md"
    other = tmp_path / "picture.png"
    other.write_bytes(b"\x89PNG\r\n\x1a\n")
    ran = handouts("import", bad, missing, other, source(tmp_path), "--library", library)
    assert ran.exit_code == 3
    assert names(library) == ["rest.md"]
    failures = [line for line in ran.stderr.splitlines() if line.startswith("error: ")]
    assert [line.split(": ")[1] for line in failures] == [str(bad), str(missing), str(other)]


def test_two_articles_of_one_id_are_told_and_the_second_refused(
    tmp_path: Path, library: Path
) -> None:
    (tmp_path / "more").mkdir()
    twin = source(tmp_path / "more", "Work hard.")
    ran = handouts("import", source(tmp_path), twin, "--library", library)
    assert ran.exit_code == 3
    assert f"error: {twin}: the article 'rest' (en) was there before, in" in ran.stderr
    assert "Sleep" in (library / "articles" / "rest.md").read_text("utf-8")


def test_a_format_that_is_not_there_is_a_mistake_of_usage(tmp_path: Path, library: Path) -> None:
    ran = handouts("import", source(tmp_path), "--format", "poem", "--library", library)
    assert ran.exit_code == 2
    assert "There is: markdown" in ran.stderr


# ---- libraries that are not written ------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        (None, "there is no library to write into"),
        ("missing", "there is no folder"),
        ("strange", "is no library"),
        ("built-in", "the library that comes with handouts is not written"),
    ],
)
def test_a_library_that_cannot_be_written_is_told(
    tmp_path: Path, folder: str | None, told: str
) -> None:
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "letter.txt").write_text("x", "utf-8")
    path = library_folder() if folder == "built-in" else tmp_path / (folder or "")
    chosen = ("--library", path) if folder else ()
    before = sorted(library_folder().rglob("*"))
    ran = handouts("import", source(tmp_path), *chosen)
    assert ran.exit_code == 2
    assert told in ran.stderr
    assert sorted(library_folder().rglob("*")) == before


def test_a_link_out_of_the_library_is_not_followed(tmp_path: Path, library: Path) -> None:
    (library / "articles").mkdir()
    outside = tmp_path / "outside.md"
    try:
        (library / "articles" / "rest.md").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links")
    assert handouts("import", source(tmp_path), "--library", library).exit_code == 10
    assert not outside.exists()


# ---- again -------------------------------------------------------------------------------------

OWN = """\
number = "RB-1"
version = "4"
qr_url = "https://ours.example/r"
[[codes]]
system = "ICD-10-CM"
code = "Z73.3"
[glance]
Where = "At home"
[approval]
by = "Nora Example"
date = 2026-11-01
[review]
date = 2024-06-17
"""


def again(tmp_path: Path, library: Path, *options: str) -> str:
    """Import an article that the clinic has added to, in a newer edition; give what is told."""
    (library / "articles").mkdir()
    body = "Sleep.\n\n## Risks\n\nNone.\n\n## Ask us {clinic}\n\nAt noon.\n\n## Causes\n\nWork.\n"
    source(library / "articles", body, more=OWN)
    new = source(
        tmp_path,
        "Sleep.\n\n## Risks\n\nSome.\n\n## Beds\n\nSoft.\n",
        more="[review]\ndate = 2026-01-05",
    )
    ran = handouts("import", new, "--library", library, *options)
    assert ran.exit_code == 0
    return ran.stderr


def test_a_newer_edition_tells_what_changed_and_keeps_what_the_clinic_added(
    tmp_path: Path, library: Path
) -> None:
    told = again(tmp_path, library)
    for change in (
        "changed: review date: 2024-06-17 → 2026-01-05",
        "changed: section added: Beds",
        "changed: section removed: Causes",
        "changed: section changed: Risks (1 words came, 1 went)",
        "kept: number",
        "kept: the facts at a glance",
        "kept: the code ICD-10-CM Z73.3",
        "kept: the section 'Ask us'",
    ):
        assert change in told
    article = read_source(library / "articles" / "rest.md").article
    assert [part.title for part in article.sections] == ["Risks", "Ask us", "Beds"]
    assert (article.number, article.version, article.qr_url) == (
        "RB-1",
        "4",
        "https://ours.example/r",
    )
    assert article.glance == (Fact(label="Where", words="At home"),)
    assert article.codes == (Code(system="ICD-10-CM", code="Z73.3"),)
    assert list(texts(article.sections[0].blocks)) == ["Some."]


def test_an_approval_of_other_words_does_not_stay(tmp_path: Path, library: Path) -> None:
    told = again(tmp_path, library)
    assert "the approval by Nora Example was for the old words: approve the article anew" in told
    assert "changed: approval changed" in told
    article = read_source(library / "articles" / "rest.md").article
    assert (article.approval.by, article.approval.date) == ("", None)


def test_an_approval_stays_with_words_that_are_the_same(tmp_path: Path, library: Path) -> None:
    (library / "articles").mkdir()
    source(library / "articles", "Sleep.\n\n## Ask us {clinic}\n\nAt noon.\n", more=OWN)
    new = source(tmp_path, "Sleep.", more="[review]\ndate = 2026-01-05")
    told = handouts("import", new, "--library", library).stderr
    assert "kept: the approval" in told
    assert "anew" not in told
    assert read_source(library / "articles" / "rest.md").article.approval.by == "Nora Example"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Discharge_Knee.html", "discharge-knee.md"),
        ("Discharge Hip (new).html", "discharge-hip-new.md"),
        ("Knee Care.es.html", "knee-care.es.md"),
        ("膝.html", "going-home.md"),
    ],
)
def test_an_article_is_called_as_its_file(
    tmp_path: Path, library: Path, name: str, written: str
) -> None:
    path = tmp_path / name
    path.write_text("<html><h1>Going home</h1><p>Rest.</p></html>", encoding="utf-8")
    assert handouts("import", path, "--library", library).exit_code == 0
    assert names(library) == [written]


def test_a_pipe_that_nobody_writes_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("this system makes no pipes")
    ran = handouts("import", pipe, "--dry-run")
    assert ran.exit_code == 3
    assert "this is a pipe or a device" in ran.stderr


def test_with_replace_the_clinic_gives_up_what_it_added(tmp_path: Path, library: Path) -> None:
    told = again(tmp_path, library, "--replace")
    assert "kept:" not in told
    assert "changed: section removed: Ask us" in told
    article = read_source(library / "articles" / "rest.md").article
    assert (article.number, article.glance, article.codes) == ("", (), ())


def test_an_article_that_says_the_same_is_not_written_again(tmp_path: Path, library: Path) -> None:
    (library / "articles").mkdir()
    path = source(library / "articles", "*Sleep*\nwell.", more="# a remark of the clinic")
    before = path.read_bytes()
    ran = handouts("import", source(tmp_path, "_Sleep_ well."), "--library", library)
    assert (ran.exit_code, ran.stdout) == (0, f"{path}\n")
    assert f"unchanged: {path}" in ran.stderr
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_not_overwritten_unless_said(
    tmp_path: Path, library: Path
) -> None:
    (library / "articles").mkdir()
    path = library / "articles" / "rest.md"
    path.write_text('+++\nlanguage = "en"\ntilte = "Rest"\n+++\nOurs.\n', encoding="utf-8")
    ran = handouts("import", source(tmp_path), "--library", library)
    assert ran.exit_code == 3
    assert "Mend it, or give --replace." in ran.stderr
    assert "Ours." in path.read_text("utf-8")
    assert handouts("import", source(tmp_path), "--library", library, "--replace").exit_code == 0
    assert "Sleep" in path.read_text("utf-8")


# ---- rights ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rights", "verdict", "missing"),
    [
        ('status = "own"\nholder = "Hill"', "Hill's own text", ""),
        (
            'status = "ogl"\nholder = "NHS"',
            "free to hand out, when NHS is named",
            "names the source",
        ),
        ('status = "licensed"\nholder = "A.D.A.M."', "a clinic needs a licence", "copyright line"),
        ('status = "public-domain"', "free to hand out (public domain)", "name of the agency"),
        ("", "nobody says who holds the text", ""),
    ],
)
def test_the_report_says_who_may_hand_it_out_and_what_is_missing(
    tmp_path: Path, rights: str, verdict: str, missing: str
) -> None:
    ran = handouts("import", source(tmp_path, more=f"[rights]\n{rights}"), "--dry-run")
    assert "verdict: " in ran.stderr
    assert verdict in ran.stderr
    assert missing in ran.stderr
    assert ("missing: " in ran.stderr) is bool(missing)


def test_stdout_carries_nothing_but_paths(tmp_path: Path, library: Path) -> None:
    ran = handouts("import", source(tmp_path), tmp_path / "none.md", "--library", library)
    assert ran.stdout == f"{library / 'articles' / 'rest.md'}\n"
