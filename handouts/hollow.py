"""Sections without text: a head alone helps no reader, so leaflets leave it out, which is told."""

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


def _hollow(article: Article) -> list[Section]:
    """Give the sections with nothing but heads, unless deeper ones that stay are below them."""
    found: list[Section] = []
    below = 0
    for section in reversed(article.sections):
        if below <= section.level and all(isinstance(one, Heading) for one in section.blocks):
            found.append(section)
        else:
            below = section.level
    return found[::-1]
