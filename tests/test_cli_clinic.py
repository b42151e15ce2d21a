"""`handouts clinic`: the roles of a brand with their contrast, and the proof that people look at."""

import json
from pathlib import Path

import brands
import pytest
from command import files, fold, handouts, pages
from hypothesis import example, given
from hypothesis import strategies as st
from leaflets import write_clinic
from verapdf import check

from handouts.clinic import Brand
from handouts.pdf.readback import logical_text, outline_text, tree
from handouts.swatches import brand_roles, swatches
from handouts.verify import verify_bytes

HEX = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
STRESS = ("#FFD100", "#FFFFFF", "#00FF00", "#F7C6D9")
LONG = (
    "The Joint Regional Memorial Hospital and University Medical Center for Blood Disorders, Cancer"
    " and Allied Diseases of the North"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---- show --------------------------------------------------------------------------------------


@given(HEX, st.none() | HEX)
@example("#FFD100", None)
@example("#FFFFFF", None)
@example("#00FF00", None)
@example("#F7C6D9", None)
def test_every_role_that_is_shown_reaches_what_it_must(first: str, second: str | None) -> None:
    brand = Brand(colours=(first, second) if second else (first,))
    rows = tuple(swatches(brand_roles(brand, black=False)))
    assert {row.role for row in rows if row.least} == {
        *("text", "ink", "fill", "rule", "accent", "alarm")
    }
    for row in rows:
        assert row.worst >= row.least
        on_white = min(row.on_white, row.on_white_grey)
        assert not row.least or row.worst <= on_white


def test_the_roles_are_shown_in_aligned_columns() -> None:
    ran = handouts("clinic", "show", "riverbend")
    assert (ran.exit_code, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    rows = [line for line in lines if "#" in line][1:]
    assert len(rows) == 9
    assert len({line.index("#") for line in rows}) == 1
    ink = next(line.split() for line in rows if line.startswith("ink"))
    assert ink[:3] == ["ink", "#004A56", "#353535"]
    assert ink[3:8] == ["9.9", "12.3", "9.1", "11.1", "9.0"]
    assert "logo riverbend.png: 150 × 36 points (53 × 13 mm), 527 dpi" in ran.stdout
    assert "fonts: SourceSans3-Regular," in ran.stdout


def test_the_roles_are_shown_as_json(here: Path) -> None:
    brands.logo(here, 2000, 200)
    clinic = write_clinic(here, colours=("#FFD100",), brand='logo = "logo.png"\nletterhead = true')
    ran = handouts("clinic", "show", clinic, "--json")
    (line,) = ran.stdout.splitlines()
    spoken = json.loads(line)
    assert spoken["clinic"] == "hillside"
    assert spoken["colours"] == ["#FFD100"]
    assert [row["role"] for row in spoken["roles"]][:2] == ["text", "ink"]
    assert all(row["worst"] >= row["least"] for row in spoken["roles"])
    assert spoken["logos"] == [
        {"file": "logo.png", "width": 150.0, "height": 15.0, "dpi": 960, "clear": 3.8}
    ]
    assert spoken["fonts"]["serif"] == "SourceSerif4-SemiBold"
    assert spoken["letterhead"] is True
    assert len(spoken["warnings"]) == 1
    assert "lower than 24 points" in ran.stderr


def test_a_clinic_without_colours_is_said_to_have_none(here: Path) -> None:
    path = here / "bare.toml"
    path.write_text('id = "bare"\nname = "Bare"\nphone = "555 0100"\n', encoding="utf-8")
    ran = handouts("clinic", "show", "./bare.toml")
    assert ran.stdout.startswith("Bare: no colours of its own\n")


@pytest.mark.parametrize("verb", ["show", "proof"])
def test_an_unknown_clinic_is_told_with_the_nearest(verb: str, here: Path) -> None:
    ran = handouts("clinic", verb, "nortgate")
    assert ran.exit_code == 2
    assert "no clinic 'nortgate'. The nearest: northgate." in ran.stderr
    assert files(here) == set()


# ---- proof -------------------------------------------------------------------------------------


def proof(clinic: object, *arguments: object) -> bytes:
    ran = handouts("clinic", "proof", clinic, "--date", "2026-11-24", "-o", "-", *arguments)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout_bytes


def test_a_proof_is_one_page_with_every_role_its_colour_and_its_contrast(here: Path) -> None:
    pdf = proof("riverbend")
    (page,) = pages(pdf)
    for words in (
        "text 18.9 : 1 #000000",
        "ink 9.1 : 1 #004A56",
        "fill 5.5 : 1 #007385",
        "accent 3.2 : 1 #E2703A",
        "line no text #8BC2CE",
        "150 × 36 points (53 × 13 mm), 527 dpi.",
        "SourceSerif4-SemiBold",
        "(503) 555-0142",
        "Call 911",
    ):
        assert words in page.replace("\u00a0", " ")
    spoken = outline_text(tree(pdf))
    assert spoken.count("Figure") == 10
    assert "accent: #E2703A" in spoken
    assert fold(logical_text(pdf)).startswith("Riverbend Blood & Cancer Clinic")
    assert files(here) == set()


def test_a_proof_goes_to_a_file_named_after_the_clinic(here: Path) -> None:
    ran = handouts("clinic", "proof", "northgate", "--paper", "letter", "--ink", "black")
    assert (ran.exit_code, ran.stdout) == (0, "northgate.proof.pdf\n")
    assert "Letter, black" in pages((here / "northgate.proof.pdf").read_bytes())[0]


def test_proofs_of_hard_brands_are_one_page_and_conform(here: Path) -> None:
    brands.logo(here, 2000, 200, "wide.png")
    brands.logo(here, 200, 2000, "tall.png")
    more = 'hours = "Monday to Friday, 8 am to 5 pm"\nemergency = "Call 911 at once."'
    rows = [
        (colour, brand)
        for colour, brand in zip(
            STRESS,
            ('logo = "wide.png"', 'logo = "tall.png"', "", brands.fonts(here)),
            strict=True,
        )
    ]
    made = []
    for number, (colour, brand) in enumerate(rows):
        clinic = write_clinic(here, colours=(colour,), brand=brand, more=more, name=f"c{number}")
        text = clinic.read_text(encoding="utf-8").replace("Hillside Clinic", LONG)
        clinic.write_text(text, encoding="utf-8")
        for ink in ("colour", "black"):
            pdf = proof(clinic, "--ink", ink)
            assert len(pages(pdf)) == 1
            found = {one.check for one in verify_bytes(pdf, "proof.pdf", design=True).findings}
            assert not found & {"edge", "margins"}
            made.append(here / f"{number}.{ink}.pdf")
            made[-1].write_bytes(pdf)
    assert check(("ua1", "2a"), made) == []


def test_the_same_brand_and_date_give_the_same_proof() -> None:
    assert proof("riverbend") == proof("riverbend")


def test_a_wrong_logo_is_told_by_its_file(here: Path) -> None:
    (here / "logo.png").write_bytes(b"no picture")
    clinic = write_clinic(here, brand='logo = "logo.png"')
    ran = handouts("clinic", "proof", clinic)
    assert ran.exit_code == 6
    assert "logo.png: the picture is no PNG or JPEG" in ran.stderr
