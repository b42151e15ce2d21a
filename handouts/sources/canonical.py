"""An article in the one form that says the same: no empty parts, no two texts side by side."""

from itertools import chain
from typing import TypeVar, cast

from handouts.article import Article
from handouts.document import (
    BulletList,
    Checklist,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NumberedList,
    Paragraph,
    Span,
    Steps,
    Strong,
    Sub,
    Sup,
    Text,
    plain,
)
from handouts.sources.marked_text import merged
from handouts.values import fields, is_value, replace

T = TypeVar("T")


def canonical(article: Article) -> Article:
    """Merge neighbouring texts, and leave out marks, paragraphs and items without words."""
    return _value(article)


def _value(one: T) -> T:
    """Give a value with its tuples in the one form."""
    if isinstance(one, tuple):
        return cast("T", _parts(tuple(_value(part) for part in one)))
    if not is_value(type(one)):
        return one
    found = {part.name: getattr(one, part.name) for part in fields(type(one))}
    made = {name: _value(value) for name, value in found.items()}
    if isinstance(one, BulletList | NumberedList | Steps | Checklist):
        made["items"] = tuple(item for item in made["items"] if item)
    return one if made == found else replace(one, **made)


def _parts(parts: tuple[object, ...]) -> tuple[object, ...]:
    inline = [part for part in parts if isinstance(part, Text) or _is_mark(part)]
    if len(inline) == len(parts) and parts:
        return merged(part for part in chain.from_iterable(map(_seen, inline)) if plain((part,)))  # type: ignore[arg-type]  # inline parts
    return tuple(part for part in parts if not _is_empty(part))


def _seen(part: Inline) -> Inlines:
    """Give a link or an emphasis round blanks as these: nothing of it would be seen."""
    if isinstance(part, Emphasis | Link | Strong) and not plain(part.content).strip():
        return part.content
    return (part,)


def _is_mark(part: object) -> bool:
    return isinstance(part, Emphasis | Link | Span | Strong | Sub | Sup)


def _is_empty(part: object) -> bool:
    match part:
        case Paragraph(content):
            return not plain(content).strip()
        case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
            return not items
    return False
