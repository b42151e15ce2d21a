"""A clinic's brand on paper: its logo, its own typefaces, its letterhead."""

import io
from pathlib import Path

import brands
import pytest
from command import pages
from drawn import shown
from leaflets import make, write_article, write_clinic
from pypdf import PdfReader
from verapdf import check

from handouts.errors import AssetError, ClinicError
from handouts.make import Made
from handouts.theme import editions, load_theme

BODY = "A short text.\n\n## When to Call Us\n\nCall us if it **hurts**.\n"
NAME = (
    "The Joint Regional Memorial Hospital and University Medical Center for Blood Disorders, Cancer"
    " and Allied Diseases of the North"
)


def made(folder: Path, brand: str = "", *, body: str = BODY, more: str = "", **wishes: str) -> Made:
    clinic = write_clinic(folder, brand=brand, more=more)
    return make(write_article(folder, body), clinic, **wishes)


def header_picture(pdf: bytes) -> tuple[float, float, float, float]:
    """Where the only picture of page 1 stands in its slot: left, bottom, width, height."""
    operators = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert operators is not None
    lines = operators.get_data().decode("latin-1").split()
    at = next(number for number, word in enumerate(lines) if word == "Do")
    matrix = lines[: at - 1][-7:-1]
    width, _, _, height, left, bottom = map(float, matrix)
    return left, bottom, width, height


# ---- the logo ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pixels", "size"),
    [
        ((2000, 200), (150, 15)),
        ((200, 2000), (4, 40)),
        ((900, 300), (120, 40)),
        ((640, 640), (40, 40)),
    ],
)
def test_a_logo_of_any_shape_is_as_large_as_its_box_allows_and_undistorted(
    tmp_path: Path, pixels: tuple[int, int], size: tuple[float, float]
) -> None:
    name = brands.logo(tmp_path, *pixels)
    left, _, width, height = header_picture(made(tmp_path, f'logo = "{name}"').rendering.content)
    assert (width, height) == pytest.approx(size, abs=0.02)
    assert left == pytest.approx(56.7, abs=0.01)


@pytest.mark.parametrize(
    ("pixels", "told"),
    [
        ((2000, 200), "150 × 15 points (53 × 5 mm), lower than 24 points"),
        ((200, 2000), "4 × 40 points (1 × 14 mm), narrower than 12 points"),
        ((300, 80), "prints at 144 dpi; 300 look sharp"),
    ],
)
def test_a_logo_that_prints_too_small_or_too_coarse_is_told(
    tmp_path: Path, pixels: tuple[int, int], told: str
) -> None:
    name = brands.logo(tmp_path, *pixels)
    warnings = made(tmp_path, f'logo = "{name}"').rendering.warnings
    assert [told in warning for warning in warnings] == [True]


def test_a_logo_of_a_good_shape_is_not_warned_of(tmp_path: Path) -> None:
    name = brands.logo(tmp_path, 940, 160)
    assert made(tmp_path, f'logo = "{name}"').rendering.warnings == ()


def test_black_ink_takes_the_logo_for_black(tmp_path: Path) -> None:
    brands.logo(tmp_path, 900, 300)
    brands.logo(tmp_path, 640, 640, "mono.png")
    both = 'logo = "logo.png"\nlogo_black = "mono.png"'
    sizes = [
        header_picture(made(tmp_path, both, ink=ink).rendering.content)[2:]
        for ink in ("colour", "black")
    ]
    assert sizes == [pytest.approx((120, 40)), pytest.approx((40, 40))]


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_the_bar_keeps_out_of_the_logos_white_in_every_edition(edition: str) -> None:
    header = load_theme(edition, "colour").header
    assert header.bar_top - header.logo_height >= header.logo_clear * header.logo_height


def long_name(folder: Path) -> Path:
    clinic = write_clinic(folder)
    text = clinic.read_text(encoding="utf-8").replace("Hillside Clinic", NAME)
    clinic.write_text(text, encoding="utf-8")
    return clinic


def test_a_long_name_takes_the_width_that_the_phone_leaves(tmp_path: Path) -> None:
    pdf = make(write_article(tmp_path, BODY), long_name(tmp_path)).rendering.content
    name = [one for one in shown(pdf) if one.page == 1 and one.y > 700 and one.x < 60]
    phone = [one for one in shown(pdf) if one.page == 1 and "555-0100" in one.text and one.y > 700]
    assert len({round(one.y) for one in name}) == 3
    assert max(one.right for one in name) < phone[0].x


def test_the_clinics_line_has_no_loose_sign_at_a_lines_end() -> None:
    said = " ".join(pages(make("headache").rendering.content))
    assert "Portland, OR 97201, riverbend.example" in said.replace("\u00a0", " ")


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_a_name_of_three_lines_fits_the_header_of_every_edition(
    tmp_path: Path, edition: str, paper: str
) -> None:
    made = make(write_article(tmp_path, BODY), long_name(tmp_path), edition=edition, paper=paper)
    if made.rendering.medium == "pdf":
        assert NAME in " ".join(pages(made.rendering.content))


# ---- letterhead --------------------------------------------------------------------------------


def test_a_letterhead_leaves_the_headers_place_white_and_moves_nothing(tmp_path: Path) -> None:
    name = brands.logo(tmp_path, 900, 300)
    plain = made(tmp_path, f'logo = "{name}"').rendering.content
    headed = made(tmp_path, f'logo = "{name}"\nletterhead = true').rendering.content
    title = [
        next(one.y for one in shown(pdf) if one.text.startswith("Sample"))
        for pdf in (plain, headed)
    ]
    assert title[0] == title[1]
    assert max(one.y for one in shown(headed) if one.page == 1) < title[1] + 80
    assert "/XObject" not in PdfReader(io.BytesIO(headed)).pages[0]["/Resources"]


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_with_a_letterhead_the_phone_is_still_on_page_1(tmp_path: Path, edition: str) -> None:
    headed = made(tmp_path, "letterhead = true", edition=edition).rendering
    if headed.medium == "pdf":
        assert "Questions? Call (503) 555-0100" in pages(headed.content)[0].replace("\u00a0", " ")


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_a_name_of_three_lines_with_address_and_hours_fits_every_edition(
    tmp_path: Path, edition: str
) -> None:
    more = """after_hours = "Call the night nurse of the ward on (503) 555-0188, and ask for the doctor"
hours = "Monday to Friday 8 am to 5 pm, Saturday 9 am to 1 pm; closed on public holidays"
emergency = "Call 911 or go to the nearest emergency room if you have trouble breathing, chest pain, heavy bleeding that does not stop, or if you faint. Do not drive yourself."
address = ["Building 4, Level 3, East Wing", "1234 Northwest Long Boulevard", "Portland, OR 97201"]
website = "https://www.a-long-name-with-hyphens.example.org/departments/haematology/leaflets"
"""
    clinic = write_clinic(tmp_path, more=more)
    name = "The Royal Saint Bartholomew and Queen Charlotte Memorial Hospital Blood Department"
    written = clinic.read_text(encoding="utf-8").replace("Hillside Clinic", name)
    clinic.write_text(written, encoding="utf-8")
    for paper in ("letter", "a4"):
        made = make(write_article(tmp_path, "Short.\n"), clinic, edition=edition, paper=paper)
        assert made.made_as == edition


# ---- fonts of the clinic's own -----------------------------------------------------------------


def names(pdf: bytes) -> set[str]:
    return {one.font for one in shown(pdf)}


def test_a_clinic_may_have_typefaces_of_its_own(tmp_path: Path) -> None:
    swapped = brands.fonts(tmp_path, heading=(brands.FONTS / "SourceSans3-Italic.ttf").read_bytes())
    found = names(made(tmp_path, swapped).rendering.content)
    assert found == {"SourceSans3-Regular", "SourceSans3-Bold", "SourceSans3-Italic"}


def test_leaflets_in_a_clinics_own_fonts_conform(tmp_path: Path) -> None:
    cut = brands.without("SourceSans3-Regular.ttf", "żœ")
    path = tmp_path / "own.pdf"
    path.write_bytes(made(tmp_path, brands.fonts(tmp_path, regular=cut)).rendering.content)
    assert check(("ua1", "2a"), [path]) == []


@pytest.mark.parametrize(
    ("key", "font", "body"),
    [
        ("regular", "SourceSans3-Regular.ttf", "A cœur.\n"),
        ("bold", "SourceSans3-Bold.ttf", "A **cœur**.\n"),
        ("heading", "SourceSerif4-SemiBold.ttf", "A text.\n\n## The cœur\n\nHops.\n"),
    ],
)
def test_a_font_that_lacks_a_character_set_in_it_is_refused_by_file_and_character(
    tmp_path: Path, key: str, font: str, body: str
) -> None:
    table = brands.fonts(tmp_path, **{key: brands.without(font, "œ")})
    with pytest.raises(AssetError, match=r"lacks U\+0153 LATIN SMALL LIGATURE OE") as error:
        made(tmp_path, table, body=body)
    assert str(error.value).startswith(f"{tmp_path / key}.ttf: the font {key}.ttf")
    assert error.value.exit_code == 6
    assert made(tmp_path, table).rendering.pages


def test_a_font_that_lacks_a_letter_of_a_patients_word_does_not_quote_it(tmp_path: Path) -> None:
    table = brands.fonts(tmp_path, bold=brands.without("SourceSans3-Bold.ttf", "œ"))
    clinic = write_clinic(tmp_path, brand=table)
    article = write_article(tmp_path, "Dear **{{name}}**.\n", more='blanks = ["name"]')
    with pytest.raises(AssetError) as error:
        make(article, clinic, values={"name": "Cœline"})
    assert "line" not in str(error.value)


@pytest.mark.parametrize(
    ("damage", "why"),
    [(b"OTTO", "CFF"), (b"wOF2", "compressed web font"), (b"abcd", "no TrueType file")],
)
def test_a_font_of_another_format_is_refused_by_file_and_reason(
    tmp_path: Path, damage: bytes, why: str
) -> None:
    bad = damage + (brands.FONTS / "SourceSans3-Bold.ttf").read_bytes()[4:]
    with pytest.raises(AssetError, match=f"bold.ttf.*{why}"):
        made(tmp_path, brands.fonts(tmp_path, bold=bad))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('bold = "nonesuch.ttf"', "bold: there is no file 'nonesuch.ttf'"),
        ('bold = "../bold.ttf"', "is not inside the folder"),
        ('bold = ""', "brand.fonts.bold names no file"),
        ('blod = "bold.ttf"', "unknown key 'blod' (Did you mean 'bold'?)"),
    ],
)
def test_a_wrong_line_of_the_fonts_is_told(tmp_path: Path, line: str, told: str) -> None:
    table = brands.fonts(tmp_path).replace('bold = "bold.ttf"', line)
    with pytest.raises(ClinicError) as error:
        made(tmp_path, table)
    assert told in str(error.value)


def test_a_font_that_is_replaced_is_opened_anew(tmp_path: Path) -> None:
    table = brands.fonts(tmp_path)
    before = made(tmp_path, table).rendering
    assert made(tmp_path, table).rendering.sha256 == before.sha256
    medium = (brands.FONTS / "SourceSans3-Medium.ttf").read_bytes()
    (tmp_path / "regular.ttf").write_bytes(medium)
    after = made(tmp_path, table).rendering
    assert "SourceSans3-Medium" in names(after.content)
    assert "SourceSans3-Medium" not in names(before.content)


def test_two_clinics_with_fonts_of_one_name_do_not_share_them(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    medium = (brands.FONTS / "SourceSans3-Medium.ttf").read_bytes()
    first = made(one, brands.fonts(one)).rendering.content
    second = made(other, brands.fonts(other, regular=medium)).rendering.content
    assert "SourceSans3-Regular" in names(first)
    assert "SourceSans3-Regular" not in names(second)
    assert "SourceSans3-Regular" in names(made(one, brands.fonts(one)).rendering.content)


def test_letters_that_would_be_too_low_are_told(tmp_path: Path) -> None:
    small = bytearray((brands.FONTS / "SourceSans3-Regular.ttf").read_bytes())
    at = small.index(b"OS/2") + 8
    start = int.from_bytes(small[at : at + 4], "big")
    small[start + 86 : start + 88] = (380).to_bytes(2, "big")
    warnings = made(tmp_path, brands.fonts(tmp_path, regular=bytes(small))).rendering.warnings
    assert ["the letters of regular.ttf are small" in one for one in warnings] == [True]
    assert made(tmp_path, brands.fonts(tmp_path)).rendering.warnings == ()
