"""A health topic of MedlinePlus made into an article, whichever way it came."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from handouts.article import Article, Code, Rights, Section, Source
from handouts.document import Blocks, Paragraph, plain
from handouts.errors import Place, SourceError
from handouts.sources.identity import checked_id
from handouts.sources.kinds import guess_kind
from handouts.sources.marked_text import href_of
from handouts.sources.reading import Guess, Notes
from handouts.sources.topic_choice import Topic, language_tag
from handouts.sources.topic_roles import roles
from handouts.sources.topic_summary import Part, read_summary
from handouts.strings import fold, load
from handouts.values import frozen

NOTICE = "Courtesy of MedlinePlus from the National Library of Medicine"
"""What NLM asks to be printed."""

HOLDER = "National Library of Medicine"
_SOURCE = "MedlinePlus Health Topics"
_ENCYCLOPEDIA = re.compile(r"/ency/")
_TRACKING = "utm_"


@frozen
class Found:
    """A topic's parts as its format gives them; `line` is that of the summary."""

    topic: Topic
    html: str
    line: int = 0
    url: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    institute: str = ""


def topic_article(found: Found, file: str, notes: Notes) -> Article:
    """Make the article.

    Raises:
        SourceError: The topic has no title or summary, is there twice, or its language is unknown.
    """
    topic = found.topic
    _check(topic, found, file)
    if topic.guessed:
        notes.guessed.append(Guess(topic.line, topic.language, 0.8, "language"))
    place = Place(file, found.line or None)
    summary = read_summary(found.html, place, notes, institute=found.institute, base=found.url)
    names = _names((*found.names, *summary.names), topic, notes)
    lead, sections = _sections(summary.parts, (topic.title, *names), found, notes)
    contents = [lead.blocks, *[section.blocks for section in sections]]
    if not any(contents):
        raise _no_summary(topic, file)
    _warn_if_cut(contents[-1], notes)
    # "What is it?" tells nothing of the kind, though procedures have a description, too.
    kind, sure = guess_kind(topic.title, [s.role for s in sections if s.role != "description"])
    notes.guessed.append(Guess(topic.line, kind, sure, "kind"))
    url = _address(found.url, topic.line, notes)
    return Article(
        id=checked_id(topic.id, Place(file, topic.line or None)),
        kind=kind,
        title=topic.title,
        language=topic.language,
        summary=lead.blocks,
        sections=sections,
        alternative_names=names,
        source=Source(name=_SOURCE, url=url, article=topic.number),
        rights=_rights(url, _institutes(summary.attribution, found, notes), notes),
        codes=found.codes,
    )


def _check(topic: Topic, found: Found, file: str) -> None:
    place = Place(file, topic.line or None)
    if not topic.title:
        raise SourceError("the topic has no title", place=place)
    if topic.twice:
        before = f", first in line {topic.first}" if topic.first else ""
        what = f"the topic {topic.number or repr(topic.title)} is there twice{before}"
        raise SourceError(what, place=place)
    if not language_tag(topic.language):
        what = f"the topic {topic.title!r} is in {topic.language!r}, not in English or Spanish"
        raise SourceError(what, place=place)
    if not found.html.strip():
        raise _no_summary(topic, file)


def _no_summary(topic: Topic, file: str) -> SourceError:
    what = f"the topic {topic.title!r} has no summary"
    hint = "MedlinePlus gives none; link to its page."
    return SourceError(what, place=Place(file, topic.line or None), hint=hint)


def _names(told: tuple[str, ...], topic: Topic, notes: Notes) -> tuple[str, ...]:
    """Give the other names once each."""
    names = tuple(dict.fromkeys(told))
    for name in names:
        for _ in range(told.count(name) - 1):
            notes.drop(topic.line, name, "a name that is told twice")
    return names


def _sections(
    parts: tuple[Part, ...], names: Iterable[str], found: Found, notes: Notes
) -> tuple[Part, tuple[Section, ...]]:
    """Give the lead and the sections, with roles."""
    if not parts:
        return Part("", ()), ()
    known = load(found.topic.language)
    lead, *rest = parts
    sections = []
    for part, role in zip(rest, roles([part.title for part in rest], names, known), strict=True):
        if role and not known.role_of(part.title):
            notes.guessed.append(Guess(found.line, f"{part.title} ({role})", 0.9, "role"))
        if not part.blocks:
            notes.warnings.append(f"the section {part.title!r} is empty")
        sections.append(Section(title=part.title, role=role, blocks=part.blocks))
    return lead, tuple(sections)


def _warn_if_cut(blocks: Blocks, notes: Notes) -> None:
    if blocks and isinstance(last := blocks[-1], Paragraph) and plain(last.content).endswith(":"):
        notes.warnings.append("the summary ends in a colon: it may have been cut off")


def _institutes(attribution: str, found: Found, notes: Notes) -> Iterator[str]:
    """Yield who the summary comes from: its own line, else the topic's primary institute."""
    if attribution:
        yield attribution
    if found.institute and fold(found.institute) not in fold(attribution):
        yield found.institute
    elif found.institute:
        notes.drop(found.line, found.institute, "the institute's line says it already")


def _rights(url: str, institutes: Iterable[str], notes: Notes) -> Rights:
    if _ENCYCLOPEDIA.search(url):
        notes.warnings.append(
            "the address is one of A.D.A.M.'s encyclopedia, which needs a licence"
        )
        notices = (*institutes, NOTICE)
        return Rights(holder="A.D.A.M.", status="unknown", notices=notices, may_edit=False)
    return Rights(holder=HOLDER, status="public-domain", notices=(*institutes, NOTICE))


def _address(url: str, line: int, notes: Notes) -> str:
    """Give a page's address without the parameters that only count visits, or "" for none."""
    if url and not href_of(url):
        notes.drop(line, url, "no address of a page")
    url = href_of(url)
    if _TRACKING not in url:
        return url
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in pairs if not name.startswith(_TRACKING)])
    notes.drop(line, parts.query, "parameters of the address that count visits")
    return urlunsplit((*parts[:3], kept, parts[4]))
