"""Answers of MedlinePlus Connect: topics for a clinical code, as JSON or as Atom XML.

The JSON is the Atom turned over: each element an object, its text under `_value`.
"""

import re
from collections.abc import Iterator

from handouts.article import Code
from handouts.errors import Place, SourceError
from handouts.sources import safe_json
from handouts.sources.connect_feed import Entry, Feed, feed_element, feed_of
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.reading import Dated, Notes, Origin, Reading
from handouts.sources.safe_xml import parse_xml
from handouts.sources.topic_article import Found, topic_article
from handouts.sources.topic_choice import Topic, Topics

FORMAT = "medline-connect"

_SYSTEMS = {
    "2.16.840.1.113883.6.90": "ICD-10-CM",
    "2.16.840.1.113883.6.103": "ICD-9-CM",
    "2.16.840.1.113883.6.104": "ICD-9-CM",
    "2.16.840.1.113883.6.96": "SNOMED CT",
    "2.16.840.1.113883.6.88": "RxNorm",
    "2.16.840.1.113883.6.69": "NDC",
    "2.16.840.1.113883.6.1": "LOINC",
    "icd10cm": "ICD-10-CM",
    "icd9cm": "ICD-9-CM",
    "snomedct": "SNOMED CT",
    "snomed": "SNOMED CT",
    "rxcui": "RxNorm",
    "rxnorm": "RxNorm",
    "ndc": "NDC",
    "loinc": "LOINC",
}
"""Names of code systems, by OID and by folded name."""

_DRUG = re.compile(r"/(?:druginfo|medlineplus/druginfo)/")


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the topics of an answer that are asked for.

    Raises:
        SourceError: It is no answer of the service, or holds no entry.
    """
    feed = _feed(content)
    if not feed.entries:
        code = " ".join((_system(feed.system), feed.code)).strip()
        what = f"no hit: MedlinePlus Connect has no page for the code {code!r}"
        raise SourceError(what, place=Place(content.file))
    topics = Topics(origin)
    for topic, entry in topics.chosen(_met(feed, topics)):
        yield _outcome(topic, entry, feed, content.file)


def _feed(content: Content) -> Feed:
    if content.head.lstrip().startswith("{"):
        root = feed_element(safe_json.parse(content.text(), content.file))
    else:
        root = parse_xml(content.data(), content.file)
    return feed_of(root, content.file)


def _met(feed: Feed, topics: Topics) -> Iterator[tuple[Topic, Entry]]:
    for entry in feed.entries:
        language = entry.language or feed.language
        topic = topics.meet(title=entry.title, language=language, url=entry.url, line=entry.line)
        if topic is not None:
            yield topic, entry


def _outcome(topic: Topic, entry: Entry, feed: Feed, file: str) -> Outcome:
    notes = Notes()
    try:
        _refuse_link(entry, file)
        found = Found(
            topic=topic,
            html=entry.html,
            line=entry.line,
            url=entry.url,
            codes=_codes(feed, notes),
        )
        article = topic_article(found, file, notes)
    except SourceError as failure:
        return failure
    for shown, reason in (*feed.others, *entry.others):
        notes.drop(entry.line, shown, reason)
    if entry.updated is not None:
        said, date = entry.updated
        notes.dates.append(Dated(entry.line, said, date, "the answer was made"))
    return Reading(article=article, report=notes.report(FORMAT))


def _refuse_link(entry: Entry, file: str) -> None:
    """Refuse pages that Connect only leads to: drug pages, and those without a summary."""
    place = Place(file, entry.line or None)
    if _DRUG.search(entry.url):
        what = f"the entry {entry.title!r} is a drug page of ASHP: link only"
        hint = f"Its text may not be copied; give the link {entry.url}"
        raise SourceError(what, place=place, hint=hint)
    if not entry.html.strip():
        what = f"the entry {entry.title!r} has no summary: link only"
        raise SourceError(what, place=place, hint=f"Give the link {entry.url}" if entry.url else "")


def _codes(feed: Feed, notes: Notes) -> tuple[Code, ...]:
    """Give the code that was asked for."""
    if not feed.code:
        return ()
    system = _system(feed.system)
    if not system:
        notes.drop(0, feed.code, "a code without its system")
        return ()
    return (Code(system=system, code=feed.code),)


def _system(said: str) -> str:
    """Give a code system's name by its OID or by how the service calls it."""
    key = said.strip().casefold().removeprefix("urn:oid:")
    return _SYSTEMS.get(key) or _SYSTEMS.get(re.sub(r"[^a-z0-9]", "", key)) or said.strip()
