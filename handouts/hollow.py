"""Sections without text: a head alone helps no reader, so leaflets leave it out, which is told."""

from collections.abc import Iterator
from itertools import zip_longest

from handouts.article import Article, Section
from handouts.document import Heading
from handouts.template_values import digest
from handouts.values import replace


def without_hollow(article: Article) -> tuple[Article, tuple[str, ...]]:
    """Leave out the sections that have no text, and say which; without any, it is the same article.

    The version stays that of all that the article says.
    """
    hollow = tuple(_hollow(article))
    if not hollow:
        return article, ()
    kept = tuple([one for one in article.sections if not any(one is other for other in hollow)])
    version = article.version or digest(article)[:8]
    told = [
        f"the section {one.title!r} has no text, so the leaflet leaves it out" for one in hollow
    ]
    return replace(article, sections=kept, version=version), tuple(told)


def _hollow(article: Article) -> Iterator[Section]:
    """Yield the sections with nothing but heads, unless they are the heads of deeper sections."""
    sections = article.sections
    for section, below in zip_longest(sections, sections[1:]):
        is_head = below is not None and below.level > section.level
        if not is_head and all(isinstance(block, Heading) for block in section.blocks):
            yield section
