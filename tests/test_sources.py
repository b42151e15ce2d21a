"""Any file is read as what it is, or refused with what it is; nothing that harms comes in."""

from pathlib import Path

import pytest

from handouts.errors import SourceError, UsageError
from handouts.sources import read_source

MARKDOWN = '+++\ntitle = "Rest"\nlanguage = "en"\n+++\n\nSleep well.\n'
PAGE = "[Home](#) → [Medical Encyclopedia](#) → Rest\n\nRest\n\nSleep well.\n"


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (MARKDOWN, "rest.md", "markdown"),
        (MARKDOWN, "rest.txt", "markdown"),
        (PAGE, "rest.txt", "encyclopedia-text"),
        (PAGE, "rest.md", "encyclopedia-text"),
        ("Rest\n\nSleep well.\n", "rest.txt", "encyclopedia-text"),
        ("# Rest\n\nSleep well.\n", "rest.md", "markdown"),
        ("# Rest\n\nSleep well.\n", "rest.txt", "markdown"),
    ],
)
def test_the_content_decides_the_format(tmp_path: Path, text: str, name: str, form: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    reading = read_source(path)
    assert reading.report.format == form
    assert reading.article.title == "Rest"
    assert reading.article.id == "rest"


def test_bytes_are_read_with_what_the_caller_knows() -> None:
    reading = read_source(PAGE.encode(), language="es", id="descanso")
    assert (reading.article.id, reading.article.language) == ("descanso", "es")


def test_a_format_can_be_asked_for_and_an_unknown_one_is_told() -> None:
    assert read_source(MARKDOWN.encode(), format="markdown").article.title == "Rest"
    with pytest.raises(UsageError, match="There is: markdown, encyclopedia-text"):
        read_source(MARKDOWN.encode(), format="odt")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"PK\x03\x04word/document.xml", "a Word document"),
        (b"{\\rtf1 x}", "an RTF document"),
        (b'<?xml version="1.0"?><a/>', "an XML file"),
        (b'{"a": 1}', "a JSON file"),
        ("Rest\n\nSleep.".encode("utf-16"), "UTF-16"),
        (b"Rest\n\nSleep \xff.", ":3: byte 12 is not UTF-8"),
        (b"", "the file is empty"),
        (b"\n \n\xc2\xa0\n", "the file is empty"),
        (b"Rest\n\n", "the article has no text"),
        (b"# Rest\n\n## Risks\n", "the article has no text"),
        (
            b"Rest\n\nSleep\x00 well.",
            ":3: the text holds a character that must not be printed, U+0000",
        ),
        ("Rest\n\nSleep \u202ewell.".encode(), ":3: the text holds a character"),
        (b"# Rest\n\nSleep &#8238;well.\n", "the article holds a character"),
        (b"Rest\n\nSleep &#8238;well.\n", "the article holds a character"),
        (b'+++\ntitle = "Re\\u0007st"\n+++\nSleep.\n', "the article holds a character"),
    ],
)
def test_what_is_no_article_is_refused_by_its_name(content: bytes, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_source(content)
    assert told in str(failure.value)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(SourceError, match="larger than 20 MB"):
        read_source(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / "none.md")


@pytest.mark.parametrize("form", ["markdown", "encyclopedia-text"])
def test_line_ends_and_composed_letters_make_no_difference(form: str) -> None:
    text = "# Rest\n\nCafe\u0301 time\nagain.\n"
    unix = read_source(text.encode(), format=form).article
    windows = read_source(
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), format=form
    ).article
    assert unix == windows
    assert unix.body()[0][1] == "Café time again."
