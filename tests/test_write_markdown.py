"""An article's file reads back as the same article, whatever stands in it."""

import generated
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.article import Article
from handouts.articlefile import write
from handouts.document import Block, Inlines, Paragraph
from handouts.sources.markdown import read
from handouts.sources.reading import Origin

ORIGIN = Origin(file="the file")
LAW = settings(
    max_examples=300, deadline=None, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large)
)


def again(article: Article) -> Article:
    return read(write(article), ORIGIN).article


def article_of(*blocks: Block) -> Article:
    return Article(id="a", kind="topic", title="A", language="en", summary=blocks)


@LAW
@given(generated.inlines)
def test_inline_content_reads_back(content: Inlines) -> None:
    article = article_of(Paragraph(content))
    assert again(article) == article


@LAW
@given(st.lists(generated.blocks, min_size=1, max_size=4))
def test_blocks_read_back(blocks: list[Block]) -> None:
    article = article_of(*blocks)
    assert again(article) == article


@LAW
@given(generated.articles)
def test_articles_read_back(article: Article) -> None:
    assert again(article) == article
