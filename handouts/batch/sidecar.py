"""The sidecar: what other programs may want to know of a leaflet, as JSON beside it."""

import datetime
import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from operator import itemgetter

from handouts import __version__
from handouts.article import Article
from handouts.batch.rows import Row, Task
from handouts.batch.sink import is_blank
from handouts.make import Made
from handouts.remembered import Remembered

SCHEMA = "handouts.sidecar/1"
"""Name and version of the schema; a key that goes or means something else gets another number."""

KEYS: Mapping[str, str] = {
    "schema": f'`"{SCHEMA}"`',
    "identifier": "UUID of the leaflet: the same clinic, article, language and edition give the same",
    "clinic": "id of the clinic",
    "article": "id of the article: the name of its file in the library",
    "edition": "the edition asked for",
    "made_as": "the edition that was made: another one where the text is too long for it",
    "language": "language of the text (BCP 47), as the library finds it",
    "title": "title of the article",
    "other_names": "other names of its subject",
    "kind": "kind of the article, such as `test`",
    "file": "name of the leaflet, in the same folder",
    "media_type": "what the file is",
    "pages": "number of pages, the notes page included",
    "sheets": "sheets of paper, printed on both sides",
    "bytes": "size of the file",
    "sha256": "digest of the file",
    "claims": "name of the set of standards that the file claims",
    "created": "the time that the file says it was made",
    "source": "`name`, `url` and `article` (the source's own number) of the text",
    "rights": "`holder` and `status` of the text",
    "review": "`date` of the source's review, and `next_due`",
    "approval": "`date` of the clinic's approval, and `next_review`",
    "judge_again": "the first day on which licence and reviews can be judged otherwise, or null",
    "version": "version of the text",
    "number": "the clinic's number of the leaflet",
    "codes": "clinical codes, each with `system` and `code`",
    "options": "what the manifest asked for beyond clinic, article, edition and language",
    "input": "digest of all that the leaflet was made from, the program included",
    "tool": "the program and its version",
    "warnings": "what a person should know, as words",
}
"""Key of a sidecar -> what it is."""

_MEDIA = {"pdf": "application/pdf", "text": "text/plain"}


_KEPT = 64
"""Articles of which is kept what their sidecars say."""


def sidecar(
    made: Made, task: Task, *, created: str, judge_again: str, warnings: tuple[str, ...]
) -> tuple[Mapping[str, object], bytes]:
    """Describe a leaflet, and give the file that says so, as `dumped` would.

    Everything in it comes from the library, nothing from a patient.
    """
    article, rendering = made.article, made.rendering
    row = task.row
    text, text_lines = _TEXTS.result(
        (article,), (row.article, row.language), lambda: _told(article, row)
    )
    facts = {
        "schema": SCHEMA,
        "identifier": made.leaflet.identifier,
        "clinic": row.clinic,
        "edition": row.edition,
        "made_as": made.made_as,
        "file": task.path.rpartition("/")[2],
        "media_type": _MEDIA[rendering.medium],
        "pages": rendering.pages,
        "sheets": rendering.sheets,
        "bytes": len(rendering.content),
        "sha256": rendering.sha256,
        "claims": rendering.claims,
        "created": created,
        "judge_again": judge_again or None,
        "options": dict(row.options),
        "input": task.key,
        "tool": f"handouts {__version__}",
        "warnings": list(warnings),
    }
    return {**facts, **text}, _file({**_lines(facts), **text_lines})


_Told = tuple[Mapping[str, object], Mapping[str, str]]

_TEXTS: Remembered[_Told] = Remembered(_KEPT)
"""What sidecars say of articles: the same for every clinic."""


def _told(article: Article, row: Row) -> _Told:
    facts = _of_the_text(article, row)
    return facts, _lines(facts)


def _of_the_text(article: Article, row: Row) -> dict[str, object]:
    """Describe the text, under the names that the plan has for it: they lead to the file."""
    review, approval = article.review, article.approval
    return {
        "article": row.article,
        "language": row.language,
        "title": article.title,
        "other_names": list(article.alternative_names),
        "kind": article.kind,
        "source": {
            "name": article.source.name,
            "url": article.source.url,
            "article": article.source.article,
        },
        "rights": {"holder": article.rights.holder, "status": article.rights.status},
        "review": {"date": _day(review.date), "next_due": _day(review.next_due)},
        "approval": {"date": _day(approval.date), "next_review": _day(approval.next_review)},
        "version": article.version,
        "number": article.number,
        "codes": [{"system": one.system, "code": one.code} for one in article.codes],
    }


def _day(date: object) -> str | None:
    return str(date) if date else None


def dumped(facts: Mapping[str, object]) -> bytes:
    """Write a sidecar, a key a line: the same facts give the same bytes.

    With `indent`, Python's own encoder would be ten times slower.
    """
    return _file(_lines(facts))


def _lines(facts: Mapping[str, object]) -> Mapping[str, str]:
    return {key: f' "{key}": {_encode(value)}' for key, value in facts.items()}


def _file(lines: Mapping[str, str]) -> bytes:
    return ("{\n" + ",\n".join([lines[key] for key in sorted(lines)]) + "\n}\n").encode()


def _encode(value: object) -> str:
    """Write a value as JSON; most are words, numbers or empty, for which no encoder need be set up."""
    if isinstance(value, str):
        return encode_basestring(value)
    return str(value) if type(value) is int or value in ([], {}) else _encode_any(value)


_encode_any = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def may_be_ours(content: bytes | None) -> bool:
    """Tell whether a file is a sidecar, or what a power cut left of one; None is one we may not read."""
    return is_blank(content) or (content or b"").strip(b"\0").startswith(b'{\n "approval": ')


def is_ours(facts: object) -> bool:
    """Tell whether JSON is a sidecar of this schema, with all its keys."""
    if not (isinstance(facts, dict) and facts.get("schema") == SCHEMA):
        return False
    return facts.keys() >= KEYS.keys() and _is_time(facts["created"])


def _is_time(words: object) -> bool:
    try:
        datetime.datetime.fromisoformat(str(words))
    except ValueError:
        return False
    return True


_NAMES = itemgetter("clinic", "article", "edition", "language")


def leaflet_of(facts: Mapping[str, object]) -> tuple[str, str, str, str]:
    """Give clinic, article, edition and language."""
    names: tuple[str, str, str, str] = _NAMES(facts)
    return names
