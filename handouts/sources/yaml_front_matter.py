"""Front matter as others write it: YAML between two lines of `---`; every value is a string.

Keys that are known under several names are taken over; the others are reported.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from handouts.article import ID, Review, Rights, RightsStatus, Source
from handouts.errors import Place, SourceError
from handouts.language_tag import LANGUAGE
from handouts.sources.front_matter import FrontMatter, Split
from handouts.sources.identity import file_language, other_names
from handouts.sources.kinds import warn_of_kind
from handouts.sources.reading import Dated, Notes, Origin
from handouts.sources.topic_article import HOLDER, NOTICE
from handouts.strings import fold, languages, load
from handouts.values import frozen

if TYPE_CHECKING:
    import yaml

FENCE = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_KEY = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_LIMIT = 50_000
"""Characters of front matter."""
_DEEPEST = 10
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_SLUG = re.compile(r"[a-z][a-z-]*")

_KEYS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "slug"),
    "kind": ("kind",),
    "title": ("title",),
    "language": ("language", "lang", "locale"),
    "version": ("version",),
    "number": ("number",),
    "url": ("source_url", "url", "link", "canonical", "canonical_url"),
    "name": ("source_name", "source", "publisher"),
    "article": ("topic_id", "article", "article_id", "article_number"),
    "names": ("also_called", "synonyms", "aliases", "alternative_names", "other_names"),
    "date": ("review_date", "last_reviewed", "lastreviewed", "reviewed", "date_reviewed", "date"),
    "by": ("reviewed_by", "reviewer", "reviewers", "updated_by"),
    "next": ("next_review", "next_due", "review_due"),
    "holder": ("rights_holder", "copyright_holder", "holder"),
    "institute": ("primary_institute",),
    "notice": ("copyright", "rights", "license", "licence", "attribution"),
}
"""What a value becomes -> the keys under which people write it; the first one there is counts."""

_STATUS: Mapping[str, RightsStatus] = {
    "public domain": "public-domain",
    "public-domain": "public-domain",
    "cc-by": "cc-by",
    "cc by 4.0": "cc-by",
    "cc-by-4.0": "cc-by",
    "own": "own",
}
_TOPIC = re.compile(r"https?://medlineplus\.gov/(?:spanish/)?\w+\.html$", re.IGNORECASE)
_HOLDERS = (("medlineplus.gov/ency/", "A.D.A.M."), ("medlineplus.gov/spanish/ency/", "A.D.A.M."))
"""A part of an address -> who holds what stands there."""


@frozen(kw_only=False)
class _Value:
    """A key's strings, and the line of the file that it stands on."""

    key: str
    words: tuple[str, ...]
    line: int


def has_yaml(text: str) -> bool:
    """Tell whether a text begins with front matter in YAML."""
    found = FENCE.match(text[:_LIMIT])
    return bool(found and _KEY.search(found["yaml"]))


def split_yaml(text: str, origin: Origin, notes: Notes) -> Split:
    """Part front matter in YAML from the body, and read it; text without it has none.

    Raises:
        SourceError: It is too large or too deep, is no YAML, or has aliases; an id or a language in
            it is none.
    """
    found = FENCE.match(text[: _LIMIT + 1])
    if not found or not _KEY.search(found["yaml"]):
        if text.startswith("---\n") and len(text) > _LIMIT and _KEY.match(text[4:]):
            raise SourceError("the front matter has no end", place=Place(origin.file, 1))
        return Split(_front({}, origin, notes), text, 0)
    values = _parsed(found["yaml"], origin.file)
    taken: dict[str, _Value] = {}
    for name, keys in _KEYS.items():
        first = next((key for key in keys if key in values), None)
        if first:
            taken[name] = values.pop(first)
    for value in values.values():
        words = f"{value.key}: {', '.join(value.words)}"
        notes.drop(value.line, words, "front matter that an article has no place for")
    above = text.count("\n", 0, found.end())
    return Split(_front(taken, origin, notes), text[found.end() :], above)


# ---- reading YAML ------------------------------------------------------------------------------


def _parsed(text: str, file: str) -> dict[str, _Value]:
    """Read the strings of each key; nothing is made of them but strings."""
    import yaml  # noqa: PLC0415  (for this form of front matter only)

    try:
        _check_events(yaml.parse(text, Loader=yaml.BaseLoader), file)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        place = Place(file, (mark.line if mark else 0) + 2)
        what = f"this is not YAML: {getattr(failure, 'problem', None) or 'syntax error'}"
        raise SourceError(what, place=place, hint="Write: key: words, one a line.") from None
    if not isinstance(node, yaml.MappingNode):
        raise SourceError("the front matter has no keys", place=Place(file, 1))
    values: dict[str, _Value] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        folded = name.casefold().replace("-", "_").replace(" ", "_")
        if folded in values:
            raise SourceError(f"{name!r} stands there twice", place=Place(file, line))
        values[folded] = _Value(name, tuple(_strings(value)), line)
    return values


def _check_events(events: Any, file: str) -> None:  # noqa: ANN401  (the parser's generator)
    """Refuse what could make much of little: aliases, and values in values in values."""
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if name == "AliasEvent" or depth > _DEEPEST:
            what = "has aliases" if name == "AliasEvent" else "is nested too deeply"
            place = Place(file, event.start_mark.line + 2)
            raise SourceError(f"the front matter {what}", place=place, hint="Write it out.")


def _strings(node: "yaml.Node") -> Iterator[str]:
    if isinstance(node.value, str):
        if node.value.strip():
            yield node.value.strip()
        return
    for part in node.value:
        for one in part if isinstance(part, tuple) else (part,):
            yield from _strings(one)


# ---- what it means -----------------------------------------------------------------------------


def _front(values: Mapping[str, _Value], origin: Origin, notes: Notes) -> FrontMatter:
    def one(name: str) -> str:
        return " ".join(values[name].words) if name in values else ""

    def checked(name: str, fits: Callable[[str], object], what: str) -> str:
        words = one(name)
        if words and not fits(words):
            value = values[name]
            notes.drop(value.line, f"{value.key}: {words}", f"this is no {what}")
            return ""
        return words

    warn_of_kind(one("kind"), notes)
    names = values["names"].words if "names" in values else ()
    return FrontMatter(
        id=origin.id or checked("id", ID.fullmatch, "id of an article"),
        kind=checked("kind", _SLUG.fullmatch, "kind of an article"),
        title=one("title"),
        language=_language(one("language"), origin, notes),
        version=one("version"),
        number=one("number"),
        synonyms=tuple(name for words in names for name in other_names(words)),
        review=Review(
            date=_date(values.get("date"), "the source's review", notes),
            by=one("by"),
            next_due=_date(values.get("next"), "the source's next review", notes),
        ),
        source=Source(
            name=one("name"),
            url=checked("url", _WEB.fullmatch, "web address"),
            article=one("article"),
        ),
        rights=_rights(one("holder"), one("notice"), one("url"), one("institute")),
    )


def _language(said: str, origin: Origin, notes: Notes) -> str:
    """Give the language: said as a tag or by its name, the caller's, the file's name's, or English."""
    tag = said.replace("_", "-")
    if said and not LANGUAGE.fullmatch(tag):
        named = {fold(load(one).name): one for one in languages()}
        tag = named.get(fold(said), "es" if fold(said) == "spanish" else "")
        if not tag:
            notes.warnings.append(f"{said!r} is no language that is known here")
    asked = origin.language
    if tag and asked and tag.partition("-")[0] != asked.partition("-")[0]:
        what = f"the article is in {tag!r}, not in {asked!r}"
        raise SourceError(what, place=Place(origin.file), hint="Give its translation.")
    found = tag or asked or file_language(origin)
    if not found:
        notes.warnings.append("the article does not say its language; it is taken for English")
    return found or "en"


def _date(value: _Value | None, meaning: str, notes: Notes) -> datetime.date | None:
    if value is None:
        return None
    words = " ".join(value.words)
    try:
        date = datetime.date.fromisoformat(words[:10])
    except ValueError:
        notes.drop(value.line, f"{value.key}: {words}", "a date must be written as 2026-11-30")
        return None
    notes.dates.append(Dated(value.line, words, date, meaning))
    return date


def _rights(holder: str, notice: str, url: str, institute: str) -> Rights:
    """Say whose text it is: the front matter does, else the address; what it says is printed."""
    said = tuple(words for words in (institute, notice) if words)
    if not holder and not notice and _TOPIC.match(url):
        return Rights(holder=HOLDER, status="public-domain", notices=(*said, NOTICE))
    holder = holder or next((name for part, name in _HOLDERS if part in url), "")
    if notice.casefold() in _STATUS:
        return Rights(holder=holder, status=_STATUS[notice.casefold()], notices=said)
    return Rights(holder=holder, notices=said, may_edit=not holder)
