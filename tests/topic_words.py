"""The words of health topics, taken from their sources by other means than the readers'."""

import os
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from source_words import reported_text

from handouts.errors import SourceError
from handouts.sources import Content, Origin, Outcome, Reading, read_articles
from handouts.sources.outline import outline
from handouts.sources.topic_article import NOTICE

ROOT = Path(__file__).parent.parent
FEATURES = ROOT / "tests" / "features"
SAMPLES = ROOT.parent / "shared" / "samples"

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the real samples are no part of the repository"
)

_INLINE = ("a", "b", "i", "em", "strong", "sub", "sup", "span")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.parts.append("" if tag in _INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("" if tag in _INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def html_words(html: str) -> list[str]:
    """The words that a browser shows, in order."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return words("".join(parser.parts))


def body_words(reading: Reading) -> list[str]:
    """The words of an article's body and of its sections' titles, in order."""
    article = reading.article
    parts = [said for title, said in article.body() if not title]
    for section in article.sections:
        parts.append(section.title)
        parts += [said for title, said in article.body() if title == section.title]
    return words("\n".join(parts))


def article_words(reading: Reading) -> list[str]:
    """All words of an article."""
    article = reading.article
    back = [said for _, said in article.back_matter()]
    return [*words("\n".join([article.title, article.review.by, *back])), *body_words(reading)]


def lost(written: list[str], reading: Reading) -> Counter[str]:
    """The words that are neither in the article nor in the report."""
    report = reading.report
    codes = [code.code for code in reading.article.codes]
    there = "\n".join([reported_text(report), *report.warnings, *codes])
    return Counter(written) - Counter([*article_words(reading), *words(there)])


def invented(written: list[str], reading: Reading) -> Counter[str]:
    """The words of the article that its source does not have."""
    return Counter(article_words(reading)) - Counter([*written, *words(NOTICE)])


def read(source: str | bytes | Path, **known: str) -> list[Outcome]:
    """Everything that comes of a source; its format is told by its content."""
    content = Content(source.encode() if isinstance(source, str) else source)
    return list(read_articles(content, origin=Origin(file=content.file, **known)))


def one(source: str | bytes | Path, **known: str) -> Reading:
    """The only article of a source."""
    (reading,) = read(source, **known)
    assert isinstance(reading, Reading), reading
    return reading


def compare_outlines(source: Path, golden: Path) -> None:
    """Fail if the outlines of a source are not those of the golden file.

    With UPDATE_GOLDENS=1 the golden is written, and the test fails this once.
    """
    parts = [
        f"{outcome}\n".replace(str(source), source.name)
        if isinstance(outcome, SourceError)
        else f"id: {outcome.article.id}\n{outline(outcome)}"
        for outcome in read(source)
    ]
    made = "\n".join(parts)
    if golden.is_file() and golden.read_text(encoding="utf-8") == made:
        return
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(made, encoding="utf-8")
    pytest.fail(f"{golden} is not what was made (to update, set UPDATE_GOLDENS=1):\n{made}")
