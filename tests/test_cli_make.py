"""`handouts make`: what the words on the command line do, what is printed where, what is written."""

import datetime
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import command
import pytest
from command import DATE, files, make, pdf, process, told, words
from leaflets import write_article, write_clinic
from pypdf import PdfReader

import handouts.make
from handouts.errors import EXIT_CODES, INTERRUPTED, HandoutsError
from handouts.library import open_library

KEYS = {"path", "pages", "sha256", "claims", "placed", "dropped", "warnings"}
NAME = "headache.riverbend.standard.en.pdf"
HEADACHE = ("headache", "--clinic", "riverbend")
BIOPSY = ("bone-marrow-biopsy", "--clinic", "riverbend")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def size(data: bytes) -> tuple[int, int]:
    """The paper in whole points."""
    box = PdfReader(io.BytesIO(data)).pages[0].mediabox
    return round(box.width), round(box.height)


def pages(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def stands(text: str, *parts: str) -> bool:
    return command.in_order(text, *parts)


# ---- which article, which clinic ----------------------------------------------------------------


def test_an_id_makes_the_leaflet_under_its_own_name_and_says_so(here: Path) -> None:
    ran = make(*HEADACHE)
    assert (ran.exit_code, ran.stdout) == (0, f"{NAME}\n")
    assert ran.stderr.startswith("Headache (en), ")
    assert files(here) == {NAME}
    assert (here / NAME).read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("argument", ["./rest.md", "rest.md", "{folder}/rest.md"])
def test_a_separator_or_an_existing_file_is_a_path(here: Path, argument: str) -> None:
    write_article(here, "Sleep well.\n", name="rest", title="Rest and sleep")
    ran = make(argument.format(folder=here), "--clinic", "northgate")
    assert ran.exit_code == 0
    assert ran.stderr.startswith("Rest and sleep (en), ")
    assert ran.stdout == "rest.northgate.standard.en.pdf\n"


def test_a_clinic_may_be_a_file(here: Path) -> None:
    clinic = write_clinic(here)
    assert make("headache", "--clinic", clinic).stdout == "headache.hillside.standard.en.pdf\n"


@pytest.mark.parametrize(
    ("article", "clinic", "told"),
    [
        ("hedache", "riverbend", "no article 'hedache'. The nearest: headache"),
        ("headache", "nortgate", "no clinic 'nortgate'. The nearest: northgate"),
        ("a" * 300, "riverbend", "no article"),
        ("headache", "a" * 300, "no clinic"),
        ("", "riverbend", "no article ''"),
    ],
)
def test_an_unknown_id_lists_the_nearest(here: Path, article: str, clinic: str, told: str) -> None:
    ran = make(article, "--clinic", clinic)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr
    assert files(here) == set()


def test_an_unknown_edition_lists_those_there_are(here: Path) -> None:
    ran = make(*HEADACHE, "--edition", "standart")
    assert ran.exit_code == 2
    assert (
        "no edition 'standart'. There is: booklet, bw, comfort, large-print, one-sheet, standard, summary, text, trifold"
        in ran.stderr
    )
    assert files(here) == set()


def test_an_edition_that_only_the_clinics_file_names_is_the_clinics_mistake(here: Path) -> None:
    clinic = write_clinic(here, more='editions = ["standart"]')
    ran = make("headache", "--clinic", clinic)
    assert ran.exit_code == 5
    assert f"{clinic}: there is no edition 'standart'" in ran.stderr


def test_a_language_picks_the_translation_and_its_words(here: Path) -> None:
    ran = make(*BIOPSY, "--language", "es")
    assert ran.stdout == "bone-marrow-biopsy.riverbend.standard.es.pdf\n"
    text = words((here / ran.stdout.strip()).read_bytes())
    assert stands(text, "Biopsia de médula ósea", "Página 1 de", "Llámenos")
    assert "Lunes a viernes, de 8 a. m. a 5 p. m." in text
    assert stands(text, "Llame al 911", "o vaya a la sala de emergencias más cercana.")
    assert "Monday to Friday" not in text


def test_a_missing_translation_lists_the_languages_there_are(here: Path) -> None:
    ran = make(*BIOPSY, "--language", "ar")
    assert ran.exit_code == 2
    assert "There is: en, es" in ran.stderr
    assert files(here) == set()


def test_a_clinic_that_starts_in_spanish_gets_the_translation_unasked(here: Path) -> None:
    clinic = write_clinic(here, more='languages = ["es", "en"]')
    assert told("bone-marrow-biopsy", "--clinic", clinic)["language"] == "es"
    assert told("bone-marrow-biopsy", "--clinic", clinic, "--language", "en")["language"] == "en"


# ---- where to -----------------------------------------------------------------------------------


def test_a_file_is_written_under_the_name_that_is_given(here: Path) -> None:
    ran = make(*HEADACHE, "-o", "mine.pdf")
    assert ran.stdout == "mine.pdf\n"
    assert files(here) == {"mine.pdf"}


def test_a_file_that_is_there_is_replaced_whole(here: Path) -> None:
    (here / "mine.pdf").write_bytes(b"x" * 1_000_000)
    make(*HEADACHE, "-o", "mine.pdf")
    assert (here / "mine.pdf").read_bytes() == pdf(*HEADACHE)


def test_a_folder_is_made_when_its_name_ends_in_a_slash(here: Path) -> None:
    ran = make(*HEADACHE, "-o", "new/deep/")
    assert ran.stdout == f"new/deep/{NAME}\n"
    assert files(here) == {"new", "new/deep", f"new/deep/{NAME}"}


def test_a_folder_that_is_there_needs_no_slash(here: Path) -> None:
    (here / "out").mkdir()
    assert make(*HEADACHE, "-o", "out").stdout == f"out/{NAME}\n"


def test_a_dash_puts_the_pdf_and_nothing_else_on_stdout(here: Path) -> None:
    ran = make(*HEADACHE, "-o", "-")
    assert ran.stdout_bytes.startswith(b"%PDF-1.7")
    assert ran.stdout_bytes.rstrip().endswith(b"%%EOF")
    assert "Headache" in ran.stderr
    assert files(here) == set()
    make(*HEADACHE, "-o", "same.pdf")
    assert (here / "same.pdf").read_bytes() == ran.stdout_bytes


def test_several_articles_go_into_a_folder_in_the_order_given(here: Path) -> None:
    ran = make("headache", "amoxicillin", "--clinic", "northgate", "-o", "out/")
    assert ran.stdout.splitlines() == [
        "out/headache.northgate.standard.en.pdf",
        "out/amoxicillin.northgate.standard.en.pdf",
    ]
    assert {name.partition("/")[2] for name in files(here) if "/" in name} == {
        "headache.northgate.standard.en.pdf",
        "amoxicillin.northgate.standard.en.pdf",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("headache", "amoxicillin"), "several articles need a folder"),
        (("headache", "amoxicillin", "-o", "x.pdf"), "do not fit into one file"),
        (("headache", "amoxicillin", "-o", "-"), "do not fit into one file"),
        (("headache", "headache", "-o", "out/"), "written to the same file"),
        (("headache", "-o", "-", "--json"), "both want stdout"),
        (("headache", "nonesuch", "-o", "out/"), "no article 'nonesuch'"),
        (("headache", "--date", "2026-02-30", "-o", "x.pdf"), "'2026-02-30' is no date"),
        (("headache", "--paper", "a5"), "'a5' is not one of"),
        (("headache", "--template", "nowhere"), "'nowhere' does not exist"),
        (("headache", "--library", "nowhere"), "nowhere is no library"),
        ((), "Missing argument 'ARTICLE...'"),
    ],
)
def test_what_does_not_fit_together_is_told_and_writes_nothing(
    here: Path, arguments: tuple[str, ...], told: str
) -> None:
    ran = make(*arguments, "--clinic", "riverbend")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr
    assert files(here) == set()


def test_a_second_article_that_fails_leaves_the_first_unwritten(here: Path) -> None:
    write_article(here, "\n", name="empty")
    ran = make("headache", "./empty.md", "--clinic", "riverbend", "-o", "out/")
    assert (ran.exit_code, ran.stdout) == (3, "")
    assert files(here) == {"empty.md"}


# ---- JSON ---------------------------------------------------------------------------------------


def test_json_is_one_object_a_line_with_every_documented_key(here: Path) -> None:
    ran = make("headache", "amoxicillin", "--clinic", "riverbend", "--json", "-o", "out/")
    objects = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["article"] for one in objects] == ["headache", "amoxicillin"]
    for one in objects:
        data = (here / one["path"]).read_bytes()
        assert one.keys() >= KEYS
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
        assert one["pages"] == pages(data)
        assert (one["claims"], one["dropped"], one["doubled"]) == ("ua1", [], [])
        assert one["placed"] > 50
        assert f"urn:uuid:{one['identifier']}".encode() in data


def test_json_says_each_warning_that_stderr_says(here: Path) -> None:
    article = write_article(here, "Sleep well.\n", more='[glance]\nWhere = "At home"')
    ran = make(article, "--clinic", "riverbend", "--json")
    warnings = json.loads(ran.stdout)["warnings"]
    assert warnings
    assert [f"warning: {one}" for one in warnings] == [
        line for line in ran.stderr.splitlines() if line.startswith("warning: ")
    ]


def test_what_a_template_drops_or_doubles_is_told_on_stderr_and_in_json(here: Path) -> None:
    body = "It opens.\n\n## Risks\n\nIt bleeds.\n\n## Causes\n\nMany things.\n"
    article = write_article(here, body, kind="condition")
    (here / "own").mkdir()
    (here / "own" / "leaflet.condition.xml").write_text(
        '{% extends "leaflet.xml" %}{% block sections %}'
        '{{ named["causes"].blocks|markup }}{{ named["causes"].blocks|markup }}{% endblock %}'
    )
    ran = make(article, "--clinic", "riverbend", "--template", "own", "--json", "-o", "out/")
    assert ran.exit_code == 0
    one = json.loads(ran.stdout)
    assert one["dropped"] == [{"where": "Risks", "text": "It bleeds."}]
    assert one["doubled"] == [{"where": "Causes", "text": "Many things."}]
    assert "not on paper, from Risks: It bleeds.\n" in ran.stderr
    assert "on paper more than once, from Causes: Many things.\n" in ran.stderr


def test_references_that_large_print_leaves_out_are_told_in_one_line(here: Path) -> None:
    ran = make(
        "headache", "--clinic", "riverbend", "--edition", "large-print", "--json", "-o", "x/"
    )
    assert ran.stderr.count("references are left out; the leaflet says where they are\n") == 1
    assert "not on paper" not in ran.stderr
    dropped = json.loads(ran.stdout)["dropped"]
    assert len(dropped) > 1
    assert {one["where"] for one in dropped} == {"references"}
    assert here.is_dir()


def test_what_a_reader_leaves_out_of_a_page_is_told_with_its_line() -> None:
    page = Path(__file__).parent / "features" / "seed-form" / "article.txt"
    ran = make(page, "--clinic", "riverbend", "--json")
    left_out = json.loads(ran.stdout)["left_out"]
    reasons = " ".join(one["reason"] for one in left_out)
    assert all(word in reasons for word in ("breadcrumb", "how to cite", "seal", "footer"))
    lines = page.read_text(encoding="utf-8").splitlines()
    assert all(lines[one["line"] - 1].strip() for one in left_out)
    assert ran.stderr.count("left out, line ") == len(left_out)


def test_what_a_reader_guesses_joins_and_dates_is_in_json_and_what_is_unsure_on_stderr(
    here: Path,
) -> None:
    article = here / "rest.txt"
    article.write_text("Rest\n\nSleep\nwell.\n\nIf you cannot\n\nRead.\n\nReview Date 6/7/2024\n")
    ran = make(article, "--clinic", "riverbend", "--json")
    one = json.loads(ran.stdout)
    guess = {"line": 6, "title": "If you cannot", "confidence": 0.6, "what": "section"}
    assert guess in one["guessed"]
    assert "guessed (60 %), line 6: section 'If you cannot'\n" in ran.stderr
    assert [joined["line"] for joined in one["joined"]] == [3]
    assert [(dated["line"], dated["date"]) for dated in one["dates"]] == [(10, "2024-06-07")]
    assert "guessed (70 %)" not in ran.stderr


# ---- what the leaflet is like -------------------------------------------------------------------


def test_paper_is_the_clinics_unless_the_command_says_another() -> None:
    assert size(pdf("headache", "--clinic", "riverbend")) == (612, 792)
    assert size(pdf("headache", "--clinic", "northgate")) == (595, 842)
    assert size(pdf("headache", "--clinic", "riverbend", "--paper", "a4")) == (595, 842)


def test_black_ink_leaves_no_colour_in_the_palette() -> None:
    assert any(len(set(colour)) > 1 for colour in command.colours(pdf(*HEADACHE)))
    black = command.colours(pdf(*HEADACHE, "--ink", "black"))
    assert [colour for colour in black if len(set(colour)) > 1] == []


def test_order_and_heads_are_two_choices() -> None:
    reader, source = "Why do I need this test?", "Why the Test Is Done"
    text = words(pdf(*BIOPSY, "--order", "reader", "--heads", "reader"))
    assert stands(text, reader, "What do the results mean?", "What else can it help find?")
    text = words(pdf(*BIOPSY, "--order", "source", "--heads", "reader"))
    assert stands(text, reader, "What is a normal result?")
    assert "What do the results mean?" not in text
    text = words(pdf(*BIOPSY, "--order", "source", "--heads", "source"))
    assert stands(text, source, "How It Feels", "Normal Results")
    assert reader not in text


def test_claims_ua2_gives_pdf_2_and_its_marks() -> None:
    data = pdf(*HEADACHE, "--claims", "ua2")
    assert data.startswith(b"%PDF-2.0")
    assert b'pdfuaid:part="2"' in data
    assert told(*HEADACHE, "--claims", "ua2")["claims"] == "ua2"
    assert b'pdfuaid:part="1"' in pdf(*HEADACHE)


def test_the_notes_page_fills_an_odd_sheet_or_comes_always_or_never(here: Path) -> None:
    article = write_article(here, "Sleep well.\n")
    counts = {
        notes: pages(pdf(article, "--clinic", "riverbend", "--notes", notes))
        for notes in ("odd", "always", "never")
    }
    assert counts == {"odd": 2, "always": 2, "never": 1}
    two = write_article(here, "Sleep well, and long.\n\n" * 25, name="two")
    counts = {
        notes: pages(pdf(two, "--clinic", "riverbend", "--notes", notes))
        for notes in ("odd", "always", "never")
    }
    assert counts == {"odd": 2, "always": 3, "never": 2}


def test_a_template_folder_comes_before_all_others(here: Path) -> None:
    (here / "parts").mkdir()
    (here / "parts" / "leaflet.xml").write_text(
        '{% extends "base.xml" %}{% block sections %}<p>Ours alone.</p>{% endblock %}'
    )
    base = Path(__file__).parent.parent / "templates" / "leaflet.xml"
    shutil.copy(base, here / "parts" / "base.xml")
    assert "Ours alone." in words(pdf(*HEADACHE, "--template", "parts"))
    assert "Ours alone." not in words(pdf(*HEADACHE))


def library(folder: Path, title: str) -> Path:
    """A small library of one's own."""
    for name in ("articles", "clinics", "templates"):
        (folder / name).mkdir(parents=True)
    write_article(folder / "articles", "Sleep well.\n", name="rest", title=title)
    write_clinic(folder / "clinics")
    return folder


def test_a_library_of_ones_own_takes_the_place_of_the_built_in_one(here: Path) -> None:
    first, second = library(here / "first", "Rest one"), library(here / "second", "Rest two")
    (first / "templates" / "parts.xml").write_text(
        (Path(__file__).parent.parent / "templates" / "parts.xml")
        .read_text(encoding="utf-8")
        .replace("{{ clinic.name }}", "{{ clinic.name }} (own parts)", 1),
        encoding="utf-8",
    )
    asked = ("rest", "--clinic", "hillside", "-o", "-")
    environment = {"HANDOUTS_LIBRARY": str(second)}
    by_option = make(*asked, "--library", first)
    assert stands(words(by_option.stdout_bytes), "Hillside Clinic (own parts)", "Rest one")
    by_variable = make(*asked, environment=environment)
    assert "Rest two" in words(by_variable.stdout_bytes)
    both = make(*asked, "--library", first, environment=environment)
    assert "Rest one" in words(both.stdout_bytes)
    assert make("headache", "--clinic", "riverbend", "--library", first).exit_code == 2


# ---- dates --------------------------------------------------------------------------------------


def test_the_same_date_gives_the_same_bytes_however_it_is_said() -> None:
    noon = datetime.datetime.fromisoformat(f"{DATE}T00:00:00+00:00").timestamp()
    said = command.handouts("make", *HEADACHE, "-o", "-", "--date", DATE)
    epoch = command.handouts(
        "make", *HEADACHE, "-o", "-", environment={"SOURCE_DATE_EPOCH": f"{noon:.0f}"}
    )
    assert said.stdout_bytes == epoch.stdout_bytes
    assert said.stdout_bytes == pdf(*HEADACHE)


def test_the_command_lines_date_comes_before_the_environments() -> None:
    ran = make(*HEADACHE, "-o", "-", environment={"SOURCE_DATE_EPOCH": "1"})
    assert ran.stdout_bytes == pdf(*HEADACHE)


def test_without_a_date_it_is_the_day_of_the_run() -> None:
    before = datetime.datetime.now().astimezone().date()
    ran = command.handouts("make", *HEADACHE, "-o", "-")
    after = datetime.datetime.now().astimezone().date()
    created = PdfReader(io.BytesIO(ran.stdout_bytes)).metadata.creation_date  # type: ignore[union-attr]
    assert created is not None
    assert before <= created.date() <= after


def objects(data: bytes) -> list[str]:
    """Write every object of a file, streams unpacked, dates of 2027 as those of 2026."""
    reader = PdfReader(io.BytesIO(data))
    found = []
    size: Any = reader.trailer["/Size"]
    for number in range(1, size):
        one: Any = reader.get_object(number)
        if isinstance(one, dict) and one.get("/Type") == "/XRef":
            continue  # where objects start: packed dates may be a byte longer
        said = repr(one.get_data() if hasattr(one, "get_data") else one)
        said = said.replace("20271215", "20261124").replace("2027-12-15", "2026-11-24")
        found.append(re.sub(r"(IndirectObject\(\d+, \d+), \d+", r"\1", said))
    return found


def test_another_date_changes_the_dates_only() -> None:
    one, other = (
        command.handouts("make", *HEADACHE, "-o", "-", "--date", day).stdout_bytes
        for day in ("2026-11-24", "2027-12-15")
    )
    assert one != other
    assert objects(one) == objects(other)


@pytest.mark.parametrize("seconds", ["soon", "²", "9" * 30, "1.5"])
def test_a_source_date_epoch_that_is_no_time_is_told(here: Path, seconds: str) -> None:
    ran = make(*HEADACHE, environment={"SOURCE_DATE_EPOCH": seconds})
    assert ran.exit_code == 2
    assert f"SOURCE_DATE_EPOCH={seconds!r} is no time" in ran.stderr
    assert files(here) == set()


# ---- what goes wrong ----------------------------------------------------------------------------


def kinds(cls: type[HandoutsError]) -> list[type[HandoutsError]]:
    """The kinds of errors that `handouts.errors` defines."""
    return [kind for kind in cls.__subclasses__() if kind.__module__ == "handouts.errors"]


@pytest.mark.parametrize("kind", kinds(HandoutsError))
def test_every_kind_of_error_exits_with_its_code_and_without_a_traceback(
    kind: type[HandoutsError], monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    def fail(*_arguments: object) -> None:
        raise kind("it went wrong", hint="Do it again")

    monkeypatch.setattr(handouts.make, "make_leaflet", fail)
    ran = make(*HEADACHE)
    assert ran.exit_code == kind.exit_code
    assert ran.exit_code in EXIT_CODES
    assert (ran.stdout, ran.stderr) == ("", "error: it went wrong. Do it again\n")
    assert files(here) == set()


def test_no_two_kinds_of_error_share_a_code() -> None:
    codes = [kind.exit_code for kind in kinds(HandoutsError)]
    assert len(set(codes)) == len(codes)
    assert {0, HandoutsError.exit_code, INTERRUPTED, *codes} == set(EXIT_CODES)


@pytest.mark.parametrize("failure", [RuntimeError("a secret"), KeyError("a secret"), OSError()])
def test_a_bug_of_ours_exits_with_1_and_shows_nothing_of_the_text(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise failure

    monkeypatch.setattr(handouts.make, "make_leaflet", fail)
    ran = make(*HEADACHE)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert f"a bug of ours ({type(failure).__name__})" in ran.stderr
    assert "secret" not in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("failure", [RuntimeError("a bug"), HandoutsError("no bug")])
def test_debug_shows_where_an_error_came_from(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise failure

    monkeypatch.setattr(handouts.make, "make_leaflet", fail)
    assert "Traceback" not in make(*HEADACHE).stderr
    assert "Traceback" in make(*HEADACHE, "--debug").stderr


def test_an_interrupt_exits_with_130_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)  # while the file is being written
    ran = make(*HEADACHE)
    assert ran.exit_code == INTERRUPTED
    assert "interrupted" in ran.stderr
    assert files(here) == set()


# ---- an output that cannot be written -----------------------------------------------------------


def test_a_missing_folder_is_told_and_not_made(here: Path) -> None:
    ran = make(*HEADACHE, "-o", "nowhere/x.pdf")
    assert (ran.exit_code, ran.stdout) == (10, "")
    assert "nowhere/x.pdf: there is no folder nowhere" in ran.stderr
    assert files(here) == set()


def test_a_file_where_a_folder_should_be_is_told_and_kept(here: Path) -> None:
    (here / "out").write_bytes(b"mine")
    ran = make(*HEADACHE, "-o", "out/")
    assert (ran.exit_code, ran.stdout) == (10, "")
    assert "the folder out/ cannot be made" in ran.stderr
    assert (here / "out").read_bytes() == b"mine"


def test_a_folder_under_the_leaflets_name_is_told_and_kept(here: Path) -> None:
    (here / NAME).mkdir()
    ran = make(*HEADACHE)
    assert (ran.exit_code, ran.stdout) == (10, "")
    assert f"{NAME}: this is a folder" in ran.stderr
    assert files(here) == {NAME}


def test_a_pipe_or_device_is_not_replaced(here: Path) -> None:
    os.mkfifo(here / "pipe")
    ran = make(*HEADACHE, "-o", "pipe")
    assert ran.exit_code == 10
    assert "a device or a pipe" in ran.stderr
    assert stat.S_ISFIFO((here / "pipe").stat().st_mode)


def test_a_pipe_for_an_article_is_refused_with_what_can_be_done(here: Path) -> None:
    os.mkfifo(here / "pipe.md")
    ran = make("./pipe.md", "--clinic", "riverbend")
    assert ran.exit_code == 3
    assert "pipe.md: this is a pipe or a device, not a file. Save it as a file." in ran.stderr


def test_a_name_that_the_system_refuses_is_told(here: Path) -> None:
    ran = make(*HEADACHE, "-o", "a" * 300 + ".pdf")
    assert ran.exit_code == 10
    assert "File name too long" in ran.stderr
    assert files(here) == set()


def test_what_may_not_be_written_stays_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "mine.pdf").write_bytes(b"mine")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    ran = make(*HEADACHE, "-o", "mine.pdf")
    assert ran.exit_code == 10
    assert "mine.pdf: the file may not be written" in ran.stderr
    assert files(here) == {"mine.pdf"}
    assert (here / "mine.pdf").read_bytes() == b"mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told(here: Path) -> None:
    (here / "locked").mkdir(mode=0o500)
    ran = make(*HEADACHE, "-o", "locked/")
    assert ran.exit_code == 10
    assert files(here) == {"locked"}


# ---- as processes -------------------------------------------------------------------------------


def test_the_main_job_runs_as_a_process_in_an_empty_folder(here: Path, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}
    ran = process("make", *HEADACHE, "--date", DATE, "-o", "-", cwd=here, environment=home)
    assert (ran.returncode, files(here)) == (0, set())
    assert ran.stderr.decode().startswith("Headache (en), ")
    assert ran.stdout == pdf(*HEADACHE)


def test_an_error_of_a_process_is_words_on_stderr_and_a_code(here: Path) -> None:
    ran = process("make", "nonesuch", "--clinic", "riverbend", cwd=here)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"error: there is no article 'nonesuch'")
    assert ran.stderr.count(b"\n") == 1


def test_stdout_that_nobody_takes_is_an_error_of_the_output(here: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    code = _make_into(write, here)
    assert code == (10, b"error: stdout cannot be written. The system says: Broken pipe.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_stdout_is_an_error_of_the_output(here: Path) -> None:
    code, said = _make_into(os.open("/dev/full", os.O_WRONLY), here)
    assert (code, b"No space left" in said) == (10, True)


def _make_into(stdout: int, folder: Path) -> tuple[int, bytes]:
    """Make a leaflet into an open file; give the exit code and the last line of stderr."""
    arguments = [sys.executable, "-m", "handouts", "make", *HEADACHE, "-o", "-"]
    environment = {"PYTHONPATH": str(command.ROOT)}
    try:
        ran = subprocess.run(
            arguments,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            check=False,
        )
    finally:
        os.close(stdout)
    return ran.returncode, ran.stderr.splitlines(keepends=True)[-1]


def test_every_article_of_the_library_has_a_title_that_is_echoed(here: Path) -> None:
    articles = sorted(open_library().articles)
    ran = make(*articles, "--clinic", "riverbend", "-o", "all/")
    assert ran.exit_code == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == len(articles)
    assert ran.stderr.count(" for Riverbend Blood & Cancer Clinic\n") == len(articles)
    assert len(files(here)) == len(articles) + 1
