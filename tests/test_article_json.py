"""Articles as JSON: in the shape of their types, and loss-free."""

import json

import generated
import pytest
from hypothesis import HealthCheck, given, settings

from handouts.article import Article, Section
from handouts.article_json import article_from, as_json
from handouts.document import BulletList, paragraph
from handouts.errors import SourceError


@settings(deadline=None, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large))
@given(generated.articles)
def test_articles_read_back(article: Article) -> None:
    assert article_from(json.loads(json.dumps(as_json(article)))) == article


def test_the_shape_is_that_of_the_types() -> None:
    items = ((paragraph("soft"),), (paragraph("low"),))
    section = Section(title="Beds", role="about", blocks=(BulletList(items),))
    article = Article(id="rest", kind="topic", title="Rest", language="en", sections=(section,))
    found = as_json(article)
    assert found["title"] == "Rest"
    assert found["review"] == {"date": None, "by": "", "next_due": None}
    (part,) = found["sections"]
    assert (part["title"], part["role"], part["level"]) == ("Beds", "about", 2)
    (block,) = part["blocks"]
    assert block["type"] == "BulletList"
    first = block["items"][0][0]
    assert first["type"] == "Paragraph"
    assert first["content"] == [{"type": "Text", "text": "soft"}]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"id": "a"},
        {"id": "a", "kind": "b", "title": "c", "language": "en", "colour": 1},
        {"id": "a", "kind": "b", "title": "c", "language": "en", "summary": [{"type": "Poem"}]},
        {"id": "a", "kind": "b", "title": "c", "language": "en", "review": {"date": "May"}},
    ],
)
def test_what_is_no_article_is_refused(raw: object) -> None:
    with pytest.raises(SourceError, match="no article in JSON"):
        article_from(raw)
