"""A clinic's file is checked whole before anything is printed under its name."""

from pathlib import Path

import pytest

from handouts.clinic import Clinic, read_clinic, tel
from handouts.errors import ClinicError

WHOLE = """\
id = "hill"
name = "Hill Clinic"
phone = "(503) 555-0142"
after_hours = "Call NHS 111"
address = ["1 Hill Road"]
email = "desk@hill.example"
emergency = "Call 911 or go to the nearest emergency room."
languages = ["en", "es-MX"]
review_months = { warn = 24, fail = 36 }
[text]
order = "source"
[brand]
colours = ["#00788A"]
logo = "logos/hill.png"
[[licences]]
holder = "A.D.A.M."
reference = "contract 1"
expires = 2027-12-31
[fields]
parking = "behind the house"
"""
SHORT = 'id = "hill"\nname = "Hill Clinic"\nphone = "555 0142"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "hill.png").write_bytes(b"png")
    return tmp_path


def clinic(folder: Path, text: str) -> Clinic:
    (folder / "hill.toml").write_text(text, encoding="utf-8")
    return read_clinic(folder / "hill.toml")


def mistake(folder: Path, text: str) -> str:
    with pytest.raises(ClinicError) as failure:
        clinic(folder, text)
    return str(failure.value)


def test_a_whole_file_is_read(folder: Path) -> None:
    read = clinic(folder, WHOLE)
    assert read.text.order == "source"
    assert read.text.heads == ""
    assert read.review_months.fail == 36
    assert read.licences[0].holder == "A.D.A.M."
    assert Path(read.brand.logo) == folder / "logos" / "hill.png"
    assert read.brand.logo_alt == "Hill Clinic"
    assert read.fields == {"parking": "behind the house"}
    assert hash(read)


def test_three_keys_are_enough(folder: Path) -> None:
    read = clinic(folder, SHORT)
    assert (read.paper, read.languages, read.editions, read.rights) == (
        "letter",
        ("en",),
        ("standard",),
        "warn",
    )
    assert (read.review_months.warn, read.review_months.fail) == (24, None)
    assert read.brand.logo_alt == ""


@pytest.mark.parametrize(
    ("line", "place", "told"),
    [
        ("phnoe = 'x'", ":4", "unknown key 'phnoe'. Did you mean 'phone'?"),
        ("hours = 9", ":4", "hours must be a quoted string"),
        ('phone = "call us"', ":3", "is no phone number"),
        ("paper = 'A3'", ":4", 'paper must be "letter" or "a4"'),
        ("ink = 'blue'", ":4", 'ink must be "colour" or "black"'),
        ("rights = 'ask'", ":4", 'rights must be "warn" or "refuse"'),
        ("languages = []", ":4", "languages is empty"),
        ("languages = ['English']", ":4", "'English' in languages is wrong"),
        ("editions = ['Large Print']", ":4", "'Large Print' in editions is wrong"),
        ("email = 'desk'", ":4", "is no e-mail address"),
        ("review_months = { warn = 36, fail = 24 }", ":4", "review_months is wrong"),
        ("brand = { colours = ['teal'] }", ":4", "'teal' is no colour. Write # and six digits"),
        ("brand = { colours = ['#000000', '#111111', '#222222'] }", ":4", "more than two colours"),
        ("brand = { logo = 'none.png' }", ":4", "logo: there is no file 'none.png'"),
        ("brand = { logo = '../hill.png' }", ":4", "logo: '../hill.png' is not inside the folder"),
        ("brand = { logo_black = '/etc/passwd' }", ":4", "logo_black: '/etc/passwd' is not inside"),
        ('hours = "9\\u202e5"', ":4", "the value holds U+202E"),
        ('address = ["1 Hill\\u0007"]', ":4", "the value holds U+0007"),
        ("[[licences]]\nholder = 'A'", ":4", "licences[1].reference is missing"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Path, line: str, place: str, told: str) -> None:
    replaced = line.startswith("phone =")
    text = SHORT.replace('phone = "555 0142"', line) if replaced else f"{SHORT}{line}\n"
    words = mistake(folder, text)
    assert f"hill.toml{place}: " in words
    assert told in words


def test_the_id_is_the_name_of_the_file(folder: Path) -> None:
    assert "is not the file's name" in mistake(folder, SHORT.replace('"hill"', '"dale"'))
    assert "is no id" in mistake(folder, SHORT.replace('"hill"', '"Hill!"'))


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    words = mistake(
        folder, SHORT.replace("555 0142", "none") + "languages = []\neditions = ['É']\n"
    )
    assert "3 mistakes" in words


def test_a_missing_file_is_a_clinic_error(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="no such file"):
        read_clinic(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("phone", "href"),
    [
        ("(503) 555-0142", "tel:5035550142"),
        ("+44 (0)1632 960142", "tel:+441632960142"),
        ("(503) 555-0142 ext. 12", "tel:5035550142"),
        ("555-0101 extension 4420", "tel:5550101"),
        ("1-800-FLOWERS", ""),
        ("Call NHS 111", ""),
        ("", ""),
    ],
)
def test_a_phone_number_links_to_what_can_be_dialled(phone: str, href: str) -> None:
    assert tel(phone) == href


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Call 911 or go to the nearest ER.", ("Call 911", "or go to the nearest ER.")),
        ("Llame al 911 o vaya a urgencias.", ("Llame al 911", "o vaya a urgencias.")),
        ("Call 999.", ("Call 999", "")),
        ("Call 911, or go in.", ("Call 911", "or go in.")),
        ("Call 1-800-222-1222 at once.", ("", "Call 1-800-222-1222 at once.")),
        ("Call 503 555 0142.", ("", "Call 503 555 0142.")),
        ("Call (503) 555-0142.", ("", "Call (503) 555-0142.")),
        ("Go to the nearest ER, or call 911.", ("", "Go to the nearest ER, or call 911.")),
        ("", ("", "")),
    ],
)
def test_the_emergency_call_stands_out_only_when_it_is_short(
    words: str, parts: tuple[str, str]
) -> None:
    assert Clinic(id="a", name="A", phone="1", emergency=words).emergency_parts == parts


def test_words_in_another_language_than_the_leaflets_are_known_as_foreign(tmp_path: Path) -> None:
    text = 'id = "ours"\nname = "Ours"\nphone = "(503) 555-0100"\nlanguages = ["en"]\n'
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    assert read_clinic(path).foreign_language("es") == "en"
    assert read_clinic(path).foreign_language("en-GB") == ""
    path.write_text(text + '[words.es]\nhours = "Lunes"\n', encoding="utf-8")
    assert read_clinic(path).foreign_language("es") == ""
    assert read_clinic(path).foreign_language("es-MX") == ""
