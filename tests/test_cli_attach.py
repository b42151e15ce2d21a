"""`handouts attach` from the command line: files, codes, bundles, beside, sidecar, privacy."""

import errno
import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import Result
from command import files, handouts, process
from fhir.resources.R4B.documentreference import DocumentReference
from packets import images, leaflet, opened, plain_packet, signed_packet, tagged_packet, written
from pikepdf import Array, Dictionary, Name
from verapdf import check as verapdf

from handouts.errors import OutputError, PacketError, SourceError, UsageError
from handouts.pdf.readback import logical_text

DATE = "2026-11-24"
PATIENT = "Zebulon Quist"


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    """A tagged packet of three pages."""
    path = tmp_path / "packet.pdf"
    path.write_bytes(tagged_packet(3))
    return path


def attach(packet: Path, *arguments: object, **settings: Any) -> Result:  # noqa: ANN401 (as in command.py)
    """Run `handouts attach` for the sample clinic."""
    return handouts(
        "attach", packet, *arguments, "--clinic", "riverbend", "--date", DATE, **settings
    )


def done(packet: Path, *arguments: object, **settings: Any) -> pikepdf.Pdf:  # noqa: ANN401 (as above)
    """Attach to `out.pdf` beside the packet, and open it."""
    ran = attach(packet, *arguments, "-o", packet.parent / "out.pdf", **settings)
    assert ran.exit_code == 0, ran.stderr
    return opened((packet.parent / "out.pdf").read_bytes())


def sidecar(packet: Path) -> dict[str, Any]:
    """What stands beside `out.pdf`."""
    spoken: dict[str, Any] = json.loads((packet.parent / "out.json").read_text("utf-8"))
    return spoken


# ---- what is attached -----------------------------------------------------------------------------


def test_leaflets_follow_the_packet_in_the_order_of_the_command(packet: Path) -> None:
    pdf = done(packet, "headache", "amoxicillin")
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Headache", "Amoxicillin"]
    assert [page.label for page in pdf.pages][:4] == ["1", "2", "3", "L-1"]
    assert sidecar(packet)["tags"] == "joined"


def test_the_packet_itself_is_not_changed(packet: Path) -> None:
    before = packet.read_bytes()
    done(packet, "headache")
    assert packet.read_bytes() == before


def test_a_bundle_is_its_leaflets_in_order_with_its_words_on_the_cover(packet: Path) -> None:
    pdf = done(packet, "appendix-surgery", "--cover")
    titles = [part["title"] for part in sidecar(packet)["parts"]]
    assert titles == ["Cover", "Going home after appendix surgery", "Amoxicillin"]
    said = logical_text(written(pdf))
    assert said.index("Your medicine against infection") < said.index("Sheet 1")


def test_a_bundle_of_the_clinic_comes_before_the_librarys(tmp_path: Path, packet: Path) -> None:
    library = _library(tmp_path)
    _bundle(library / "bundles" / "home.toml", "headache")
    _bundle(library / "clinics" / "ours" / "bundles" / "home.toml", "amoxicillin")
    pdf = tmp_path / "out.pdf"
    ran = handouts("attach", packet, "home", "--clinic", "ours", "--library", library, "-o", pdf)
    assert ran.exit_code == 0, ran.stderr
    assert [part["article"] for part in sidecar(packet)["parts"]] == ["amoxicillin"]


def test_a_pdf_that_a_bundle_names_is_not_written_over(tmp_path: Path, packet: Path) -> None:
    library, own = _library(tmp_path), tmp_path / "parking.pdf"
    own.write_bytes(plain_packet(1))
    before = own.read_bytes()
    _bundle(library / "bundles" / "home.toml", str(own))
    (tmp_path / "link.pdf").symlink_to(own)
    for name in ("parking.pdf", "link.pdf"):
        to = ("--clinic", "ours", "--library", library, "-o", tmp_path / name)
        ran = handouts("attach", packet, "home", *to)
        assert ran.exit_code == UsageError.exit_code
        assert f"-o would be written over {own}" in ran.stderr
    assert own.read_bytes() == before
    assert not (tmp_path / "parking.json").exists()


def test_a_code_finds_its_article(packet: Path) -> None:
    done(packet, "--code", "RxNorm:723")
    assert [part["article"] for part in sidecar(packet)["parts"]] == ["amoxicillin"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("RxNorm:999", "no article has"), ("ICPC:A1", "SYSTEM is"), ("723", "SYSTEM is")],
)
def test_a_code_that_leads_nowhere_is_told(packet: Path, code: str, words: str) -> None:
    ran = attach(packet, "--code", code, "-o", packet.parent / "out.pdf")
    assert (ran.exit_code, words in ran.stderr) == (UsageError.exit_code, True), ran.stderr


def test_a_code_of_several_articles_lists_them(tmp_path: Path, packet: Path) -> None:
    library = _library(tmp_path)
    text = (library / "articles" / "amoxicillin.md").read_text("utf-8")
    (library / "articles" / "amoxicillin-liquid.md").write_text(text, "utf-8")
    out = tmp_path / "out.pdf"
    code = ("--code", "rxnorm:723", "--clinic", "ours", "--library", library, "-o", out)
    ran = handouts("attach", packet, *code)
    assert ran.exit_code == UsageError.exit_code
    assert "amoxicillin, amoxicillin-liquid" in ran.stderr


def test_a_pdf_of_the_clinics_own_goes_in_as_it_is(packet: Path) -> None:
    own = packet.parent / "parking-map.pdf"
    own.write_bytes(plain_packet(2))
    pdf = done(packet, own)
    assert images(written(pdf), [3, 4]) == images(plain_packet(2))
    (part,) = sidecar(packet)["parts"]
    assert (part["kind"], part["title"]) == ("document", "Parking map")


def test_notices_come_last_by_name(packet: Path) -> None:
    folder = packet.parent / "notices"
    folder.mkdir()
    for name in ("b-rights.pdf", "a-languages.PDF"):
        (folder / name).write_bytes(plain_packet(1))
    done(packet, "headache", "--notices", folder)
    kinds = [(part["kind"], part["title"]) for part in sidecar(packet)["parts"]]
    assert kinds[1:] == [("notice", "A languages"), ("notice", "B rights")]


def test_hidden_files_are_no_notices(packet: Path) -> None:
    folder = packet.parent / "notices"
    folder.mkdir()
    (folder / "rights.pdf").write_bytes(plain_packet(1))
    (folder / "._rights.pdf").write_bytes(b"what another system notes of the file")
    done(packet, "headache", "--notices", folder)
    assert [part["title"] for part in sidecar(packet)["parts"][1:]] == ["Rights"]


@pytest.mark.parametrize("look", ["is_dir", "iterdir"])
def test_notices_that_may_not_be_read_are_told(
    packet: Path, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packet.parent / "notices"
    kept = getattr(Path, look)

    def refused(path: Path) -> object:
        if path == folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return kept(path)

    folder.mkdir()
    monkeypatch.setattr(Path, look, refused)
    ran = attach(packet, "headache", "--notices", folder, "-o", packet.parent / "out.pdf")
    assert ran.exit_code == UsageError.exit_code
    assert "notices cannot be read. The system says: Permission denied." in ran.stderr


def test_a_leaflet_that_is_there_is_not_attached_again(packet: Path) -> None:
    done(packet, "headache")
    out = packet.parent / "again.pdf"
    ran = attach(packet.parent / "out.pdf", "amoxicillin", "headache", "-o", out)
    assert ran.exit_code == PacketError.exit_code
    assert "'headache' is already attached" in ran.stderr
    assert not out.exists()


def _printed(packet: Path, article: str) -> Path:
    """A leaflet as the desk made it, under a name of its own."""
    file = packet.parent / "from-the-desk.pdf"
    ran = handouts("make", article, "--clinic", "riverbend", "-o", file)
    assert ran.exit_code == 0, ran.stderr
    return file


@pytest.mark.parametrize("swapped", [False, True])
def test_a_leaflet_is_not_attached_as_a_file_and_by_its_name(packet: Path, swapped: bool) -> None:  # noqa: FBT001  (a parameter)
    asked = ["headache", _printed(packet, "headache")]
    out = packet.parent / "twice.pdf"
    ran = attach(packet, *(asked[::-1] if swapped else asked), "-o", out)
    assert ran.exit_code == UsageError.exit_code
    assert "is asked for twice" in ran.stderr
    assert not out.exists()


def test_a_leaflet_that_was_attached_as_a_file_is_not_attached_again(packet: Path) -> None:
    done(packet, _printed(packet, "headache"))
    out = packet.parent / "again.pdf"
    ran = attach(packet.parent / "out.pdf", "headache", "-o", out)
    assert ran.exit_code == PacketError.exit_code
    assert "'headache' is already attached" in ran.stderr


def test_a_second_run_adds_what_is_new(packet: Path) -> None:
    done(packet, "headache")
    first = packet.parent / "first.pdf"
    (packet.parent / "out.pdf").rename(first)
    pdf = done(first, "amoxicillin")
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Headache", "Amoxicillin"]


def test_a_leaflet_that_is_folded_is_told_of(packet: Path) -> None:
    done(packet, "headache", "--edition", "trifold")
    assert any("folded: 1" in warning for warning in sidecar(packet)["warnings"])


def test_an_edition_that_is_no_pdf_is_refused(packet: Path) -> None:
    ran = attach(packet, "headache", "--edition", "text", "-o", packet.parent / "out.pdf")
    assert (ran.exit_code, "is no PDF" in ran.stderr) == (UsageError.exit_code, True)


# ---- order, cover, contents ------------------------------------------------------------------------


def test_cover_and_contents_open_the_file_and_the_contents_lead_to_each_part(packet: Path) -> None:
    pdf = done(packet, "headache", "amoxicillin", "--cover", "--contents", "--duplex")
    labels = [page.label for page in pdf.pages]
    assert labels[:7] == ["Cover", "Contents", "1", "2", "3", "", "L-1"]
    targets = [note.A.D[0] for note in pdf.pages[1].obj.Annots if Name.GoTo == note.A.S]
    numbers = [
        [page.objgen for page in (one.obj for one in pdf.pages)].index(one.objgen)
        for one in targets
    ]
    assert numbers == [2, 2, 6, 6, 10, 10]
    said = logical_text(written(pdf))
    assert "Your papers 3" in " ".join(said.split())


def test_links_of_the_contents_say_where_they_lead(packet: Path) -> None:
    pdf = done(packet, "headache", "--contents")
    (first, *_) = pdf.pages[0].obj.Annots
    assert str(first.Contents)
    assert "/URI" not in first.A


def test_contents_of_many_parts_count_their_own_pages(tmp_path: Path, packet: Path) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    for number in range(45):
        (folder / f"notice-{number:02}.pdf").write_bytes(plain_packet(1))
    pdf = done(packet, "headache", "--contents", "--notices", folder)
    front = sidecar(packet)["parts"][0]
    assert front["pages"] > 1
    assert sidecar(packet)["parts"][1]["first_page"] == front["pages"] + 3 + 1
    assert len(pdf.pages) == sidecar(packet)["pages"]


@pytest.mark.parametrize(("position", "first"), [("start", 1), ("after:2", 3), ("end", 4)])
def test_the_position_is_the_packets(packet: Path, position: str, first: int) -> None:
    done(packet, "headache", "--position", position)
    assert sidecar(packet)["parts"][0]["first_page"] == first


@pytest.mark.parametrize("position", ["middle", "after:", "after:x", "after:0", "after:4", "end:1"])
def test_a_position_that_is_none_is_refused(packet: Path, position: str) -> None:
    ran = attach(packet, "headache", "--position", position, "-o", packet.parent / "out.pdf")
    assert (ran.exit_code, "--position" in ran.stderr) == (UsageError.exit_code, True)


# ---- beside ----------------------------------------------------------------------------------------


def test_a_signed_packet_is_refused_and_gets_its_leaflets_beside_it(tmp_path: Path) -> None:
    packet = tmp_path / "packet.pdf"
    packet.write_bytes(signed_packet())
    ran = attach(packet, "headache", "-o", tmp_path / "out.pdf")
    assert ran.exit_code == PacketError.exit_code
    assert files(tmp_path) == {"packet.pdf"}
    beside = done(
        packet, "headache", "amoxicillin", "--beside", "--cover", "--contents", "--duplex"
    )
    assert [page.label for page in beside.pages][:3] == ["Cover", "Contents", "L-1"]
    about = sidecar(packet)
    assert about["kind"] == "beside"
    assert about["packet"]["sha256"] == hashlib.sha256(packet.read_bytes()).hexdigest()


def test_one_leaflet_beside_is_the_leaflet(packet: Path) -> None:
    done(packet, "headache", "--beside")
    made = handouts("make", "headache", "--clinic", "riverbend", "--date", DATE, "-o", "-")
    assert (packet.parent / "out.pdf").read_bytes() == made.stdout_bytes


# ---- what is not on paper ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", [("bone-marrow-biopsy",), ("--code", "ICD-10-CM:D46.9"), ("papers.toml",)]
)
def test_what_an_edition_leaves_out_is_told_in_lines_and_sidecar(
    packet: Path, asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(packet.parent)
    Path("papers.toml").write_text('[[leaflets]]\narticle = "bone-marrow-biopsy"\n', "utf-8")
    ran = attach(packet, *asked, "--edition", "summary", "-o", "out.pdf")
    made = handouts(
        "make", "bone-marrow-biopsy", "--clinic", "riverbend", "--edition", "summary", "--json"
    )
    said = [line for line in made.stderr.splitlines() if "the full leaflet has: " in line]
    assert len(said) == 1
    assert said[0] in ran.stderr.splitlines()
    (part,) = sidecar(packet)["parts"]
    told = json.loads(made.stdout)
    assert part["dropped"]
    for key in ("made_as", "placed", "dropped", "doubled", "left_out", "guessed"):
        assert part[key] == told[key]


def test_what_a_template_drops_is_told_below_its_leaflet(packet: Path) -> None:
    folder = packet.parent / "own"
    folder.mkdir()
    markup = '{% extends "leaflet.xml" %}{% block sections %}{% endblock %}'
    (folder / "leaflet.symptom.xml").write_text(markup, "utf-8")
    options = ("--template", folder, "-o", packet.parent / "out.pdf")
    ran = attach(packet, "headache", "amoxicillin", *options)
    lines = ran.stderr.splitlines()
    assert lines[0].startswith("Headache, ")
    second = next(at for at, line in enumerate(lines) if line.startswith("Amoxicillin, "))
    assert any(line.startswith("not on paper, from ") for line in lines[1:second])
    assert not any(line.startswith("not on paper, from ") for line in lines[second:])
    headache, amoxicillin = sidecar(packet)["parts"]
    assert headache["dropped"]
    assert not amoxicillin["dropped"]


def test_what_a_reader_leaves_out_is_told(packet: Path) -> None:
    page = packet.parent / "rest.txt"
    page.write_text("[Home](#) → Rest\n\nRest\n\nSleep.\n\nLearn how to cite this page\n", "utf-8")
    ran = attach(packet, page, "-o", packet.parent / "out.pdf")
    assert "left out, line " in ran.stderr
    assert sidecar(packet)["parts"][0]["left_out"]


# ---- blanks -----------------------------------------------------------------------------------------


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """An article with a blank, and words for it in words.toml."""
    path = tmp_path / "rest.md"
    front = 'title = "Rest"\nlanguage = "en"\nblanks = ["who"]'
    path.write_text(f"+++\n{front}\n+++\n\nHello {{{{who}}}}, rest.\n", "utf-8")
    (tmp_path / "words.toml").write_text(f'who = "{PATIENT}"\n', "utf-8")
    return path


def test_blanks_are_filled_from_a_file_and_the_words_stand_on_pages_only(
    packet: Path, blank: Path
) -> None:
    options = ("--fill", packet.parent / "words.toml", "--contents", "--cover", "--fhir")
    ran = attach(packet, "headache", blank, *options, "-o", packet.parent / "out.pdf", "--debug")
    assert ran.exit_code == 0, ran.stderr
    assert f"Hello {PATIENT}, rest." in logical_text((packet.parent / "out.pdf").read_bytes())
    words = [(packet.parent / name).read_text("utf-8") for name in ("out.json", "out.fhir.json")]
    for text in (ran.output, *words):
        assert not any(name in text for name in PATIENT.split())


def test_each_leaflet_takes_the_words_of_its_own_blanks(packet: Path, blank: Path) -> None:
    other = packet.parent / "sleep.md"
    other.write_text(blank.read_text("utf-8").replace("who", "days").replace("Rest", "Sleep"))
    done(packet, blank, other, "--set", "who=you", "--set", "days=all")
    said = logical_text((packet.parent / "out.pdf").read_bytes())
    assert "Hello you, rest." in said
    assert "Hello all, rest." in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "Give --set who=WORDS, or --fill FILE."),
        (("--set", "who=you", "--set", "days=2"), "no article here has a blank 'days'"),
        (("--fill", "-", "--fhir", "--patient-reference", "-"), "both want stdin"),
    ],
)
def test_blanks_that_cannot_be_filled_are_told(
    packet: Path, blank: Path, options: tuple[str, ...], told: str
) -> None:
    ran = attach(packet, blank, *options, "-o", packet.parent / "out.pdf")
    assert ran.exit_code in (UsageError.exit_code, SourceError.exit_code)
    assert told in ran.stderr
    assert not (packet.parent / "out.pdf").exists()


# ---- what is written --------------------------------------------------------------------------------


def test_files_are_private_whatever_the_mask_says(packet: Path) -> None:
    before = os.umask(0)
    try:
        done(packet, "headache", "--fhir")
    finally:
        os.umask(before)
    for name in ("out.pdf", "out.json", "out.fhir.json"):
        assert stat.S_IMODE((packet.parent / name).stat().st_mode) == 0o600
    assert files(packet.parent) == {"packet.pdf", "out.pdf", "out.json", "out.fhir.json"}


def test_the_pdf_can_go_to_stdout_and_nothing_else_is_written(packet: Path) -> None:
    ran = attach(packet, "headache", "-o", "-")
    assert ran.stdout_bytes.startswith(b"%PDF-")
    assert files(packet.parent) == {"packet.pdf"}


def test_json_is_the_sidecar_with_the_path(packet: Path) -> None:
    ran = attach(packet, "headache", "-o", packet.parent / "out.pdf", "--json")
    spoken = json.loads(ran.stdout)
    assert spoken.pop("path") == str(packet.parent / "out.pdf")
    assert spoken == sidecar(packet)
    content = (packet.parent / "out.pdf").read_bytes()
    assert spoken["sha256"] == hashlib.sha256(content).hexdigest()
    assert spoken["bytes"] == len(content)


def test_the_resource_for_record_systems_is_valid_and_has_no_subject(packet: Path) -> None:
    done(packet, "headache", "--fhir")
    resource = json.loads((packet.parent / "out.fhir.json").read_text("utf-8"))
    read = DocumentReference.model_validate(resource)
    assert read.type.coding[0].code == "34895-3"
    assert read.content[0].attachment.size == len((packet.parent / "out.pdf").read_bytes())
    assert read.language == "en"
    assert read.subject is None


@pytest.mark.parametrize("reference", ["Patient/123", "https://ehr.example/fhir/Patient/a-1"])
def test_a_patients_reference_comes_from_stdin_or_a_file(packet: Path, reference: str) -> None:
    path = packet.parent / "reference.txt"
    path.write_text(f"{reference}\n", "utf-8")
    done(packet, "headache", "--fhir", "--patient-reference", path)
    resource = json.loads((packet.parent / "out.fhir.json").read_text("utf-8"))
    assert DocumentReference.model_validate(resource).subject.reference == reference
    assert reference not in (packet.parent / "out.json").read_text("utf-8")


def test_a_wrong_reference_is_refused_and_not_repeated(packet: Path) -> None:
    path = packet.parent / "reference.txt"
    path.write_text(PATIENT, "utf-8")
    out = packet.parent / "out.pdf"
    ran = attach(packet, "headache", "--fhir", "--patient-reference", path, "-o", out)
    assert ran.exit_code == UsageError.exit_code
    assert PATIENT not in ran.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("headache", "-o", "packet.pdf"), UsageError.exit_code),
        (("headache", "-o", "out.txt"), UsageError.exit_code),
        (("headache", "-o", "none/out.pdf"), OutputError.exit_code),
        (("headache", "-o", "-", "--json"), UsageError.exit_code),
        (("headache", "-o", "out.pdf", "--patient-reference", "-"), UsageError.exit_code),
        (("-o", "out.pdf"), UsageError.exit_code),
        (("headach", "-o", "out.pdf"), UsageError.exit_code),
        (("headache", "headache", "-o", "out.pdf"), UsageError.exit_code),
        (("none.md", "-o", "out.pdf"), UsageError.exit_code),
        (("./none.md", "-o", "out.pdf"), SourceError.exit_code),
        (("none.pdf", "-o", "out.pdf"), UsageError.exit_code),
        (("headache", "--notices", "none", "-o", "out.pdf"), UsageError.exit_code),
    ],
)
def test_what_cannot_be_done_ends_in_its_code_with_nothing_written(
    packet: Path, arguments: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(packet.parent)
    before = files(packet.parent)
    ran = attach(Path("packet.pdf"), *arguments)
    assert ran.exit_code == code, ran.stderr
    assert files(packet.parent) == before


@pytest.mark.parametrize("content", [b"", b"<html>login</html>", b"\xff\xd8\xff\xe0 JPEG"])
def test_what_is_no_pdf_is_refused_as_a_packet(tmp_path: Path, content: bytes) -> None:
    packet = tmp_path / "packet.pdf"
    packet.write_bytes(content)
    ran = attach(packet, "headache", "-o", tmp_path / "out.pdf")
    assert (ran.exit_code, "not a PDF" in ran.stderr) == (PacketError.exit_code, True)
    assert files(tmp_path) == {"packet.pdf"}


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs pipes that have names")
def test_a_pipe_for_a_packet_is_refused_with_what_can_be_done(tmp_path: Path) -> None:
    out, into = os.pipe()
    os.write(into, plain_packet(1))
    os.close(into)
    ran = attach(Path(f"/dev/fd/{out}"), "headache", "-o", tmp_path / "out.pdf")
    os.close(out)
    assert ran.exit_code == PacketError.exit_code
    assert f"/dev/fd/{out}: this is a pipe or a device, not a file. Save it as a file" in ran.stderr
    assert files(tmp_path) == set()


def test_what_a_pdf_of_the_clinics_own_forbids_is_told_of_it(packet: Path) -> None:
    with pikepdf.open(packet) as pdf:
        lock = pikepdf.Encryption(owner="keeper", allow=pikepdf.Permissions(modify_assembly=False))
        pdf.save(packet.parent / "map.pdf", encryption=lock)
    ran = attach(packet, packet.parent / "map.pdf", "-o", packet.parent / "out.pdf")
    assert ran.exit_code == PacketError.exit_code
    assert "error: permissions forbid adding pages to the PDF 'Map'. Attach the" in ran.stderr


def test_a_reference_may_have_a_byte_order_mark(packet: Path) -> None:
    path = packet.parent / "reference.txt"
    path.write_text("Patient/123\r\n", "utf-8-sig")
    done(packet, "headache", "--fhir", "--patient-reference", path)
    resource = json.loads((packet.parent / "out.fhir.json").read_text("utf-8"))
    assert resource["subject"]["reference"] == "Patient/123"


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_a_notice_is_not_written_over_through_a_link(
    packet: Path, link: Callable[[Path, Path], None]
) -> None:
    notice = packet.parent / "notices" / "rights.pdf"
    notice.parent.mkdir()
    before = plain_packet(1)  # each one has an ID of its own
    notice.write_bytes(before)
    link(packet.parent / "out.pdf", notice)
    options = ("--notices", notice.parent, "-o", packet.parent / "out.pdf")
    ran = attach(packet, "headache", *options)
    assert (ran.exit_code, "written over" in ran.stderr) == (UsageError.exit_code, True)
    assert notice.read_bytes() == before


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
@pytest.mark.parametrize("ending", [".pdf", ".json"])
def test_nothing_that_is_read_is_written_over_through_a_link(
    packet: Path, link: Callable[[Path, Path], None], ending: str
) -> None:
    read = packet if ending == ".pdf" else packet.parent / "words.json"
    (packet.parent / "words.json").write_text('who = "you"\n', "utf-8")
    link(packet.parent / f"out{ending}", read)
    before = {name: (packet.parent / name).read_bytes() for name in files(packet.parent)}
    options = ("--fill", packet.parent / "words.json", "-o", packet.parent / "out.pdf")
    ran = attach(packet, "headache", *options)
    assert (ran.exit_code, "written over" in ran.stderr) == (UsageError.exit_code, True)
    assert {name: (packet.parent / name).read_bytes() for name in files(packet.parent)} == before


@pytest.mark.parametrize("name", ["ours.pdf", "article.json", "patient.fhir.json", "notices/a.pdf"])
def test_nothing_that_is_read_is_written_over(packet: Path, name: str) -> None:
    folder = packet.parent
    (folder / "notices").mkdir()
    read = folder / name
    before = plain_packet(1)  # each one has an ID of its own
    read.write_bytes(before)
    output = read.parent / f"{read.name.partition('.')[0]}.pdf"
    options = {
        "ours.pdf": (read,),
        "article.json": (read,),
        "patient.fhir.json": ("headache", "--fhir", "--patient-reference", read),
        "notices/a.pdf": ("headache", "--notices", read.parent),
    }[name]
    ran = attach(packet, *options, "-o", output)
    assert ran.exit_code == UsageError.exit_code
    assert read.read_bytes() == before


@pytest.mark.parametrize("name", ["out.json", "out.fhir.json"])
def test_a_file_of_others_that_has_a_sidecars_name_is_not_written_over(
    packet: Path, name: str
) -> None:
    (packet.parent / name).write_text('{"mine": 1}', "utf-8")
    ran = attach(packet, "headache", "--fhir", "-o", packet.parent / "out.pdf")
    assert (ran.exit_code, ran.stdout) == (UsageError.exit_code, "")
    assert f"{name} would be written over" in ran.stderr
    assert files(packet.parent) == {"packet.pdf", name}
    assert (packet.parent / name).read_text("utf-8") == '{"mine": 1}'


def test_what_stands_beside_a_packet_is_written_anew(packet: Path) -> None:
    for article in ("headache", "amoxicillin"):
        assert attach(packet, article, "--fhir", "-o", packet.parent / "out.pdf").exit_code == 0
    assert sidecar(packet)["parts"][0]["article"] == "amoxicillin"


def test_what_a_run_that_was_killed_left_is_removed_later(packet: Path) -> None:
    old, new = (packet.parent / f".handouts-{name}.tmp" for name in ("0a" * 6, "0b" * 6))
    for path in (old, new):
        path.write_bytes(b"half a packet")
    os.utime(old, (0, 0))
    done(packet, "headache")
    assert (old.exists(), new.exists()) == (False, True)


# ---- privacy ----------------------------------------------------------------------------------------


def test_no_word_of_the_packet_is_in_messages_sidecars_or_names(tmp_path: Path) -> None:
    pdf = opened(plain_packet(1))
    pdf.docinfo["/Title"] = PATIENT
    with pdf.open_metadata() as about:
        about["dc:title"] = PATIENT
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(PATIENT, 0))
    pdf.attachments[f"{PATIENT}.txt"] = PATIENT.encode()
    field = Dictionary(FT=Name.Tx, T=pikepdf.String(PATIENT), V=pikepdf.String(PATIENT))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))
    packet = tmp_path / "packet.pdf"
    packet.write_bytes(written(pdf))
    options = ("--cover", "--contents", "--fhir", "--json", "--debug", "-o", tmp_path / "out.pdf")
    ran = attach(packet, "headache", *options)
    assert ran.exit_code == 0, ran.stderr
    written_words = [(tmp_path / name).read_text("utf-8") for name in ("out.json", "out.fhir.json")]
    for words in (ran.output, *written_words, *files(tmp_path)):
        assert not any(name in words for name in PATIENT.split())


def test_the_command_works_as_a_process_of_its_own(packet: Path) -> None:
    ran = process(
        "attach", "packet.pdf", "headache", "--clinic", "riverbend", "-o", "out.pdf", cwd=packet.parent
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, b"out.pdf\n"), ran.stderr


# ---- conformance --------------------------------------------------------------------------------------


def test_what_is_claimed_is_true(tmp_path: Path) -> None:
    """A PDF/UA packet with two leaflets, cover and contents; and leaflets beside a packet."""
    packet = tmp_path / "packet.pdf"
    packet.write_bytes(leaflet("type-2-diabetes").content)
    options = ("--cover", "--contents", "--duplex", "--position", "after:1")
    done(packet, "headache", "bone-marrow-biopsy", *options)
    assert sidecar(packet)["claims"] == ["PDF/UA-1"]
    joined = tmp_path / "joined.pdf"
    (tmp_path / "out.pdf").rename(joined)
    done(packet, "headache", "amoxicillin", "--beside", "--cover", "--contents")
    assert sidecar(packet)["claims"] == ["PDF/A-2", "PDF/UA-1"]
    assert verapdf("ua1", [joined, tmp_path / "out.pdf"]) == []
    assert verapdf("2a", [tmp_path / "out.pdf"]) == []


# ---- what the tests share -------------------------------------------------------------------------------


def _library(folder: Path) -> Path:
    """A library with two articles of the built-in one, and a clinic."""
    library = folder / "library"
    for name in ("articles", "clinics"):
        (library / name).mkdir(parents=True)
    built_in = Path(__file__).parent.parent / "handouts" / "library"
    for name in ("headache.md", "amoxicillin.md"):
        text = (built_in / "articles" / name).read_text("utf-8")
        (library / "articles" / name).write_text(text, "utf-8")
    clinic = 'id = "ours"\nname = "Ours"\nphone = "(503) 555-0100"\n'
    (library / "clinics" / "ours.toml").write_text(clinic, "utf-8")
    return library


def _bundle(path: Path, article: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[[leaflets]]\narticle = "{article}"\n', "utf-8")
