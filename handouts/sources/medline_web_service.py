"""Answers of the MedlinePlus web service: health topics that a search found.

An answer holds whole topics (`rettype=topic`), their main parts with the words of the search marked
(`brief`), or both (`all`).
"""

import re
from collections.abc import Iterator
from html import unescape

from handouts.errors import Place, SourceError
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.health_topics import meet, read_topic
from handouts.sources.reading import Notes, Origin, Reading
from handouts.sources.safe_xml import Element, folded, parse_xml
from handouts.sources.topic_article import Found, topic_article
from handouts.sources.topic_choice import Topic, Topics

FORMAT = "medline-web-service"

_HIT = re.compile(r"""<span\s+class\s*=\s*["']qt\d+["']\s*>(.*?)</span\s*>""", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LEFT_OUT = {
    "mesh": "the words of a MeSH heading, without its code",
    "groupName": "a group that the topic is in",
    "snippet": "the search's own piece of the summary",
}
_OWN = "National Library of Medicine"
_TOPIC = "healthTopic"


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the topics of an answer that are asked for.

    Raises:
        SourceError: It is no answer of the service, or the search found nothing.
    """
    root = parse_xml(content.data(), content.file)
    documents = tuple(root.below("document"))
    if not documents:
        raise _nothing(root, content.file)
    topics = Topics(origin)
    missing = _missing(root, documents)
    for topic, document in topics.chosen(_met(documents, topics)):
        notes = Notes()
        notes.warnings += missing
        yield _outcome(topic, document, origin, notes)


def _nothing(root: Element, file: str) -> SourceError:
    place = Place(file, root.line)
    if root.tag != "nlmSearchResult":
        return SourceError("this is no answer of the MedlinePlus web service", place=place)
    term, better = root.child("term"), root.child("spellingCorrection")
    what = f"no hit: the search for {term.words() if term else ''!r} found no topic"
    hint = f"The service suggests {better.words()}." if better else "Search for another word."
    return SourceError(what, place=place, hint=hint)


def _missing(root: Element, documents: tuple[Element, ...]) -> list[str]:
    """Tell that the search found more than this file holds."""
    count = root.child("count")
    said = count.words() if count else ""
    if said.isdecimal() and len(said) < 10 and int(said) > len(documents):  # noqa: PLR2004  (no count)
        return [f"the search found {said} topics, this answer holds {len(documents)}"]
    return []


def _met(documents: tuple[Element, ...], topics: Topics) -> Iterator[tuple[Topic, Element]]:
    for document in documents:
        if (whole := _whole(document)) is not None:
            topic = meet(topics, whole.attributes, whole.line)
        else:
            topic = topics.meet(
                title=" ".join(_values(document, "title")),
                url=document.get("url"),
                line=document.line,
            )
        if topic is not None:
            yield topic, document


def _whole(document: Element) -> Element | None:
    """Give the whole topic in a document, if it holds one."""
    return next(document.below("health-topic"), None)


# ---- one document ------------------------------------------------------------------------------


def _outcome(topic: Topic, document: Element, origin: Origin, notes: Notes) -> Outcome:
    if (whole := _whole(document)) is not None:
        _report_flat(document, notes)
        return read_topic(whole, topic, origin, FORMAT, notes)
    try:
        article = topic_article(_found(document, topic, notes), origin.file, notes)
    except SourceError as failure:
        return failure
    return Reading(article=article, report=notes.report(FORMAT))


def _report_flat(document: Element, notes: Notes) -> None:
    """Report the brief parts that stand beside a whole topic."""
    for part in document.children():
        if part.tag != "content" or part.get("name") != _TOPIC:
            if shown := _plain(part.characters()):
                notes.drop(part.line, shown, "the whole topic says it already")
        elif stray := part.own_words():
            notes.drop(part.line, stray, "words beside the topic")


def _found(document: Element, topic: Topic, notes: Notes) -> Found:
    """Gather the parts of a brief answer; everything else is reported."""
    institutes = [name for name in _values(document, "organizationName") if name != _OWN]
    summaries = [part for part in document.children("content") if _named(part, "FullSummary")]
    for part in document.children():
        if part.tag == "content" and part.get("name") in _READ:
            continue
        if shown := _plain(part.characters()):
            reason = _LEFT_OUT.get(part.get("name"), f"an unknown part, {part.get('name')!r}")
            notes.drop(part.line, shown, reason)
    for name in institutes[1:]:
        notes.drop(topic.line, name, "a further organization")
    return Found(
        topic=topic,
        html="\n".join([_without_hits(part.markup()) for part in summaries]),
        line=summaries[0].line if summaries else document.line,
        url=document.get("url"),
        names=tuple(_values(document, "altTitle")),
        institute=institutes[0] if institutes else "",
    )


_READ = ("title", "organizationName", "altTitle", "FullSummary")


def _named(part: Element, name: str) -> bool:
    return part.get("name") == name


def _values(document: Element, name: str) -> list[str]:
    """Give the values of a name as plain words."""
    found = [
        _plain(part.characters()) for part in document.children("content") if _named(part, name)
    ]
    return [words for words in found if words]


def _without_hits(html: str) -> str:
    """Take away the marks round the words that were searched for."""
    return _HIT.sub(r"\1", html)


def _plain(html: str) -> str:
    """Give the words of a value that may hold marks and names of characters."""
    return folded(unescape(_TAG.sub("", _without_hits(html))))
