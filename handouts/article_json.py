"""An article as JSON, in the shape of its types, and back; docs/article-schema.md describes it.

A value is an object with its fields by their names; blocks and inline parts have their class's name
as `type`.  Tuples are lists, dates are strings such as "2024-06-17", what is not known is null.
"""

import datetime
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from handouts.article import Article
from handouts.document import Block, Inline
from handouts.errors import SourceError
from handouts.values import fields, is_value

TYPES: Mapping[str, type] = {kind.__name__: kind for kind in (*get_args(Block), *get_args(Inline))}
"""Value of `type` -> its class."""

_WRONG = (AttributeError, KeyError, TypeError, ValueError)


def as_json(value: object) -> Any:  # noqa: ANN401  (whatever json writes)
    """Give a value as what `json` writes."""
    kind = type(value)
    if is_value(kind):
        named = {"type": kind.__name__} if TYPES.get(kind.__name__) is kind else {}
        return named | {part.name: as_json(getattr(value, part.name)) for part in fields(kind)}
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def article_from(raw: object) -> Article:
    """Make an article of what `as_json` gave.

    Raises:
        SourceError: It is something else.
    """
    try:
        article = _read(Article, raw)
    except _WRONG as failure:
        what = f"this is no article in JSON: {failure}"
        raise SourceError(what, hint="docs/article-schema.md describes it.") from failure
    if not isinstance(article, Article):
        raise SourceError("this is no article in JSON", hint="Give an object.")
    return article


def _read(kind: Any, raw: object) -> object:  # noqa: ANN401  (any annotation)
    match raw:
        case dict():
            return _object(TYPES[raw["type"]] if "type" in raw else kind, raw)
        case list():
            inner = get_args(kind) if get_origin(kind) is tuple else (None, ...)
            if inner[-1] is Ellipsis:
                return tuple(_read(inner[0], part) for part in raw)
            return tuple(_read(one, part) for one, part in zip(inner, raw, strict=True))
        case str() if datetime.date in get_args(kind):
            return datetime.date.fromisoformat(raw)
    return raw


def _object(kind: type, raw: Mapping[str, object]) -> object:
    """Make a value; a field that is not there has its default."""
    shape = {part.name: part.annotation for part in fields(kind)}
    return kind(**{key: _read(shape[key], part) for key, part in raw.items() if key != "type"})
