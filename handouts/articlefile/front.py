"""An article's front matter as TOML."""

import datetime
import re
import unicodedata
from collections.abc import Iterator

from handouts.article import Article

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f]')
_SHORT = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t"}

_Value = str | bool | datetime.date | tuple[str, ...] | None


def front_lines(article: Article) -> Iterator[str]:
    """Yield the lines between the fences; what has its default is left out."""
    yield from _keys(
        id=article.id,
        kind=article.kind,
        title=article.title,
        language=article.language,
        version=article.version,
        number=article.number,
        synonyms=article.alternative_names,
        blanks=article.blanks,
        qr_url=article.qr_url,
    )
    for code in article.codes:
        yield from ("", "[[codes]]", f"system = {_string(code.system)}")
        yield f"code = {_string(code.code)}"
    review, approval, source, rights = (
        article.review,
        article.approval,
        article.source,
        article.rights,
    )
    glance = {fact.label: fact.words for fact in article.glance}
    yield from _table("glance", *(f"{_key(label)} = {_string(glance[label])}" for label in glance))
    yield from _table("review", *_keys(date=review.date, by=review.by, next_due=review.next_due))
    yield from _table(
        "approval", *_keys(by=approval.by, date=approval.date, next_review=approval.next_review)
    )
    yield from _table("source", *_keys(name=source.name, url=source.url, article=source.article))
    yield from _table(
        "rights",
        *_keys(holder=rights.holder, status=rights.status, notices=rights.notices),
        *_keys(may_edit=rights.may_edit),
    )


def _table(name: str, *lines: str) -> Iterator[str]:
    if lines:
        yield from ("", f"[{name}]", *lines)


def _keys(**values: _Value) -> Iterator[str]:
    for key, value in values.items():
        if value is not None and value not in ("", ()):
            yield f"{key} = {_written(value)}"


def _written(value: _Value) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _string(value)
        case datetime.date():
            return value.isoformat()
        case tuple() if len(value) == 1:
            return f"[{_string(value[0])}]"
        case tuple():
            return "".join(["[\n", *(f"  {_string(words)},\n" for words in value), "]"])
    return '""'


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _string(words: str) -> str:
    """Write a basic string; what cannot be seen, or would be composed, as an escape."""
    source = _ESCAPED.sub(lambda one: _SHORT.get(one[0]) or _code(one[0]), words)
    if not unicodedata.is_normalized("NFC", words):
        source = "".join([one if one.isascii() else _code(one) for one in source])
    return f'"{source}"'


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004  (planes)
