"""Bad input: a clear error that names the file and the line, the right code, nothing written."""

import pickle
import struct
import zlib
from pathlib import Path

import pytest
from command import files, make, pdf, words
from leaflets import write_article, write_clinic

from handouts import errors
from handouts.errors import EXIT_CODES, HandoutsError, Place, SourceError
from handouts.layout.slots import SlotError
from handouts.markup import MarkupError

HEAD = """+++
id = "rest"
title = "Rest"
language = "en"
kind = "test"
[review]
date = 2026-11-01
[rights]
status = "own"
+++
"""
CLINIC = 'id = "hill"\nname = "Hill"\nphone = "(503) 555-0142"\n'
BRAND = CLINIC + '[brand]\ncolours = ["#00788A"]\n'
LOGO = BRAND + 'logo = "logo.png"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the input; leaflets go into the empty folder `out` in it."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(article: object = "headache", clinic: object = "riverbend", *more: object) -> str:
    """Make a leaflet that cannot be made; give the code and the words, after a look into `out`."""
    Path("out/old.pdf").write_bytes(b"old")
    ran = make(article, "--clinic", clinic, "-o", "out/old.pdf", *more)
    assert (ran.stdout, files(Path("out"))) == ("", {"old.pdf"})
    assert Path("out/old.pdf").read_bytes() == b"old"
    assert ran.stderr.startswith("error: ")
    return f"{ran.exit_code} {ran.stderr.removeprefix('error: ')}"


def article(text: str | bytes, name: str = "rest.md") -> str:
    """Try an article."""
    content = text.encode() if isinstance(text, str) else text
    Path(name).write_bytes(content)
    return refused(f"./{name}")


def clinic(text: str | bytes, logo: bytes | None = None, name: str = "hill.toml") -> str:
    """Try a clinic."""
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    if logo is not None:
        Path("logo.png").write_bytes(logo)
    return refused(clinic=f"./{name}")


# ---- articles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('titel = "Rest"', "3 rest.md:2: unknown key 'titel'. Did you mean 'title'?"),
        ("version = 3", "3 rest.md:2: version must be a quoted string"),
        ("title = Rest", "3 rest.md:2: this is not TOML"),
        ('id = "../rest"', "3 rest.md:2: '../rest' is no id"),
        ('id = "/etc/rest"', "3 rest.md:2: '/etc/rest' is no id"),
        ('id = "a/b"', "3 rest.md:2: 'a/b' is no id"),
        (f'id = "{"a" * 81}"', "3 rest.md:2: 'aaa"),
        ('language = "../en"', "3 rest.md:2: '../en' is no language"),
        ('language = "xx"', "3 rest.md: there are no leaflet words in the language 'xx'"),
        ("[rights]\nstaus = 'own'", "3 rest.md:3: unknown key 'staus'. Did you mean 'status'?"),
        ('[review]\ndate = "2026"', "3 rest.md:3: review.date must be a date"),
    ],
)
def test_a_mistake_in_the_front_matter_is_told_with_its_line(line: str, told: str) -> None:
    assert article(f"+++\n{line}\n+++\n# Rest\n\nSleep.\n").startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Be happy 😀 now.", "3 rest.md:14: U+1F600 GRINNING FACE cannot be printed, in “"),
        ("Unit: ㏄ of it", "3 rest.md:14: U+33C4 SQUARE CC cannot be printed"),
        ("قسط من النوم", "Arabic is written from right to left, which is not supported yet"),
        ("שינה טובה", "Hebrew is written from right to left, which is not supported yet"),
        ("多休息", "the fonts have no Chinese, Japanese or Korean characters"),
        ("พักผ่อน", "the fonts have no Thai characters"),
        (
            "bad \x07 bell",
            "3 rest.md:14: the text holds a character that must not be printed, U+0007",
        ),
        (
            "bad \x00 zero",
            "3 rest.md:14: the text holds a character that must not be printed, U+0000",
        ),
        (
            "a \u202ecixot\u202c b",
            "3 rest.md:14: the text holds a character that must not be printed",
        ),
        ("a \u2066b\u2069", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("an escape &#8238; hides it", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("&#x1F600;", "3 rest.md: U+1F600 GRINNING FACE cannot be printed"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named_with_its_place(text: str, told: str) -> None:
    said = article(f"{HEAD}\nSleep well.\n\n{text}\n")
    assert said.startswith("3 rest.md")
    assert told in said


@pytest.mark.parametrize("key", ["number", "version", "synonyms", "title"])
def test_no_word_of_the_front_matter_is_printed_as_a_black_box(key: str) -> None:
    words = {"title": '"Rest"', key: '["😀"]' if key == "synonyms" else '"😀"'}
    front = "\n".join(f"{name} = {value}" for name, value in words.items())
    line = list(words).index(key) + 2
    said = article(f"+++\n{front}\n+++\n\nSleep.\n")
    assert said.startswith(f"3 rest.md:{line}: U+1F600 GRINNING FACE cannot be printed")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b" \n\xc2\xa0\n", "the file is empty"),
        (HEAD.encode(), "the article has no text"),
        (HEAD.encode() + b"## Risks\n\n## Causes\n", "the article has no text"),
        (b"%PDF-1.7\n1 0 obj\n", "this is a PDF, which cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a JPEG image"),
        (b"PK\x03\x04\x14\0word/document.xml", "this is a Word document"),
        (b'{"title": "Rest"}', "this is a JSON file"),
        ("Rest\n\nSleep.\n".encode("utf-16"), "UTF-16"),
        (HEAD.encode() + b"\nA ni\xf1o sleeps.\n", "rest.md:12: byte 121 is not UTF-8"),
        (b"Sleep well.\n", "the article has no title"),
        (HEAD.encode() + b">" * 300 + b" deep\n", "nested too deeply"),
    ],
)
def test_what_is_no_article_is_told_for_what_it_is(content: bytes, told: str) -> None:
    said = article(content)
    assert said.startswith("3 rest.md")
    assert told in said


@pytest.mark.parametrize("name", ["rest.pdf", "rest.docx", "rest.html", "rest.txt"])
def test_the_suffix_does_not_hide_another_kind_of_file(name: str) -> None:
    assert article(b"%PDF-1.7\n", name).startswith(f"3 {name}: this is a PDF")


def test_a_missing_article_file_and_a_folder_are_told(here: Path) -> None:
    assert refused("./none.md").startswith("3 none.md: there is no such file")
    assert refused(f"{here}/out/").startswith("3 ")


# ---- clinics ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CLINIC + 'phon = "1"', "5 hill.toml:4: unknown key 'phon'. Did you mean 'phone'?"),
        (BRAND + 'colors = ["#000000"]', "5 hill.toml:6: unknown key 'colors'. Did you mean 'colo"),
        (CLINIC + '[text]\norder = "sorce"', "5 hill.toml:5: text.order must be"),
        (CLINIC + "hours 9 to 5", "5 hill.toml:4: this is not TOML"),
        (CLINIC.replace('"(503) 555-0142"', "5550142"), "5 hill.toml:3: phone must be a quoted"),
        (CLINIC + '[brand]\ncolours = ["teal"]', "5 hill.toml:5: 'teal' is no colour"),
        (CLINIC + '[brand]\ncolours = ["#00788"]', "5 hill.toml:5: '#00788' is no colour"),
        (CLINIC.replace('"hill"', '"../hill"'), "5 hill.toml:1: '../hill' is no id"),
        (CLINIC.replace('"hill"', '"other"'), "5 hill.toml:1: the id 'other' is not the file's"),
        (BRAND.replace('"Hill"', '"Hill 😀"'), "5 hill.toml:2: U+1F600 GRINNING FACE cannot be"),
        (BRAND.replace('"Hill"', '"Hill \u202e"'), "5 hill.toml:2: the value holds U+202E"),
        (BRAND.replace('"Hill"', '"Hill \\u0007"'), "5 hill.toml:2: the value holds U+0007"),
        (
            BRAND.replace('"Hill"', f'"{"Hill " * 90}"'),
            "5 hill.toml:2: the clinic's name and phone",
        ),
        ("", "5 hill.toml: 3 mistakes: id is missing; name is missing; phone is missing"),
    ],
)
def test_a_mistake_in_a_clinics_file_is_told_with_its_line(text: str, told: str) -> None:
    assert clinic(text).startswith(told)


def test_a_clinic_that_is_no_utf8_or_is_not_there_is_told() -> None:
    assert clinic(CLINIC.encode() + b'hours = "\xff"').startswith("5 hill.toml:4: byte 60 is not")
    assert refused(clinic="./none.toml").startswith("5 none.toml: there is no such file")


# ---- logos --------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: bytes | None = None) -> bytes:
    """A grey PNG; its rows are blank when none are given."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    if rows is None:
        rows = zlib.compress(bytes(height * (width + 1)))
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize(
    ("logo", "told"),
    [
        (None, "5 hill.toml:6: logo: there is no file 'logo.png'"),
        (b"GIF89a", "6 logo.png: the picture is no PNG or JPEG"),
        (b"<svg/>", "6 logo.png: the picture is no PNG or JPEG"),
        (b"", "6 logo.png: the picture is no PNG or JPEG"),
        (png(5001, 4000, b""), "6 logo.png: the picture has 20 megapixels"),
        (png(100_000, 100_000, b""), "6 logo.png: the picture has 10000 megapixels"),
        (png(0, 10), "6 logo.png: the picture is empty"),
        (png(40, 10)[:-30], "6 logo.png: the picture is damaged"),
        (png(40, 10, b""), "6 logo.png: the picture is damaged"),
        (png(40, 10).replace(b"IDAT", b"IDAX"), "6 logo.png: the picture is damaged"),
        (b"\xff\xd8\xff\xe0", "6 logo.png: the picture is damaged"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_told(logo: bytes | None, told: str) -> None:
    assert clinic(LOGO, logo).startswith(told)


def test_a_clinic_needs_no_brand() -> None:
    Path("hill.toml").write_text(CLINIC)
    assert make("headache", "--clinic", "./hill.toml", "-o", "out/").exit_code == 0


def test_a_good_logo_is_printed() -> None:
    Path("hill.toml").write_text(LOGO)
    Path("logo.png").write_bytes(png(1000, 200))
    assert make("headache", "--clinic", "./hill.toml", "-o", "out/").exit_code == 0


@pytest.mark.parametrize("name", ["../logo.png", "/etc/hostname", "sub/../../logo.png"])
def test_a_logo_outside_the_clinics_folder_is_refused(here: Path, name: str) -> None:
    (here.parent / "logo.png").write_bytes(png(40, 10))
    said = clinic(BRAND + f'logo = "{name}"\n')
    assert said.startswith(f"5 hill.toml:6: logo: '{name}' is not inside the folder")


# ---- text is never markup -----------------------------------------------------------------------

TYPED = "a <b>bold</b> & <img src=x> {{ x }} {% x %} {# y #} <?at z:1?> ]]> end"


def test_what_looks_like_markup_in_markdown_is_printed_as_typed(here: Path) -> None:
    body = f"{TYPED}\n\n## {{{{ head }}}} <i>\n\n<script>1</script>\n"
    path = write_article(here, body, title="<b>Rest</b> & {{ y }}")
    text = words(pdf(path, "--clinic", "riverbend"))
    for typed in (TYPED, "{{ head }} <i>", "<script>1</script>", "<b>Rest</b> & {{ y }}"):
        assert typed in text


def test_what_looks_like_markup_in_the_seed_form_is_printed_as_typed(here: Path) -> None:
    title = "Rest & {{ x }} {% x %}"
    page = f"[Home](#) → [Encyclopedia](#) → {title}\n\n{title}\n\n{TYPED}\n\nRisks\n\n- {TYPED}\n"
    path = here / "rest.txt"
    path.write_text(page, encoding="utf-8")
    text = words(pdf(path, "--clinic", "riverbend"))
    assert text.count(TYPED) == 2
    assert title in text


def test_what_looks_like_markup_in_a_clinics_file_is_printed_as_typed(here: Path) -> None:
    typed = "<b>&{{ x }}{% x %}"
    path = write_clinic(here, more=f'hours = "{typed}{{phone}}"\nemergency = "{{y}} <x>"')
    text = words(pdf("headache", "--clinic", path))
    assert f"{typed}{{phone}}." in text
    assert "{y} <x>" in text


# ---- the errors themselves ----------------------------------------------------------------------


def test_an_error_says_where_what_and_what_to_do() -> None:
    place = Place("rest.md", 3)
    error = SourceError("it is wrong", place=place, hint="Change it")
    assert str(error) == "rest.md:3: it is wrong. Change it"
    assert str(SourceError("it is wrong", place=Place("rest.md"))) == "rest.md: it is wrong"
    assert str(SourceError("it is wrong")) == "it is wrong"


@pytest.mark.parametrize(
    "error",
    [
        SourceError("wrong", place=Place("rest.md", 3), hint="Change it"),
        MarkupError("wrong", place=Place("leaflet.xml")),
        SlotError("header", 60.0, 50.0),
    ],
)
def test_an_error_comes_back_whole_from_another_process(error: HandoutsError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes)
    assert (type(copy), str(copy), copy.place) == (type(error), str(error), error.place)


def test_every_code_of_the_table_is_some_errors() -> None:
    known = {
        one.exit_code
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, HandoutsError)
    }
    assert set(EXIT_CODES) == known | {0, errors.INTERRUPTED}
