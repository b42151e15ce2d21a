"""The words of JSON with HTML in it: what a law about lost words compares."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from source_words import reported_text

from handouts.article import Article
from handouts.document import texts
from handouts.sources import Reading

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    """How often each word stands in a text, tags taken out and names of characters decoded."""
    return Counter(_WORD.findall(html.unescape(_TAG.sub(" ", text.replace("\u200b", "")))))


def leaves(value: object, names: tuple[str, ...] = (), name: str = "") -> Iterator[str]:
    """Every text and number below a JSON value; with names, only those of such members."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, names, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, names, name)
    elif value is not None and not isinstance(value, bool) and (not names or name in names):
        yield str(value)


def kept(article: Article) -> str:
    """What an article says, but for the notices, which the reader writes."""
    sections = (words for one in article.sections for words in (one.title, *texts(one.blocks)))
    return "\n".join(
        (article.title, *article.alternative_names, *texts(article.summary), *sections)
    )


def told(reading: Reading) -> str:
    """What a reading has and reports; a source's fields are there, too."""
    article = reading.article
    fields = (article.source.url, article.source.name, article.source.article, article.id)
    notices = article.rights.notices
    report = (reported_text(reading.report), *reading.report.warnings)
    return "\n".join((kept(article), *report, *fields, *notices))
