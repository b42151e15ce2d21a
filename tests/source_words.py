"""The words of a reading: what a law about lost words compares."""

from collections import Counter
from collections.abc import Iterator

from handouts.article import Article
from handouts.document import Link, NumberedList, Steps
from handouts.sources import Report
from handouts.values import fields, is_value


def letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text; marks and spaces do not count."""
    return Counter(letter for letter in text if letter.isalnum())


def _strings(value: object) -> Iterator[str]:
    """Every string of a tree, and the numbers that lists print by themselves."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif is_value(type(value)):
        if isinstance(value, Steps | NumberedList):
            yield from (str(value.start + index) for index in range(len(value.items)))
        for field in fields(type(value)):
            if not (isinstance(value, Link) and field.name == "href"):
                yield from _strings(getattr(value, field.name))


def article_text(article: Article) -> str:
    """What of an article comes from its text: no names of roles, styles or kinds."""
    back = (article.alternative_names, article.references, article.rights.notices)
    parts = [article.title, article.review.by, *_strings(back)]
    for section in article.sections:
        parts.append(section.title)
        parts += _without_roles(section.blocks)
    return "\n".join((*parts, *_without_roles(article.summary)))


def _without_roles(blocks: object) -> list[str]:
    return [words for words in _strings(blocks) if words != "body"]


def hrefs(value: object) -> Iterator[str]:
    """The targets of all links of a tree."""
    if isinstance(value, Link):
        yield value.href
    if isinstance(value, tuple):
        for part in value:
            yield from hrefs(part)
    elif is_value(type(value)):
        for field in fields(type(value)):
            yield from hrefs(getattr(value, field.name))


def reported_text(report: Report) -> str:
    """What a report says of the text."""
    return "\n".join(
        (
            *(dropped.text for dropped in report.dropped),
            *(dated.text for dated in report.dates),
            *(guess.title for guess in report.guessed if guess.what == "section"),
        )
    )
