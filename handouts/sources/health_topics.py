"""Health topics XML of MedlinePlus: a whole daily file as a stream, or some topics of it.

Only the topics that are asked for are kept; the text of a summary is HTML.
"""

import datetime
import re
from collections.abc import Iterator, Mapping

from handouts.article import Code
from handouts.errors import SourceError
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.reading import Dated, Notes, Origin, Reading
from handouts.sources.safe_xml import Element, folded, stream_elements
from handouts.sources.topic_article import Found, topic_article
from handouts.sources.topic_choice import Topic, Topics, language_tag

FORMAT = "health-topics"

_TOPIC = "health-topic"
_SITE = "site"
_LEFT_OUT = {
    "group": "a group that the topic is in",
    "related-topic": "related topics are links",
    "see-reference": "an entry of the index that leads here",
    "other-language": "pages in other languages are links",
}
_READ = ("full-summary", "also-called", "mesh-heading", "primary-institute", _SITE)
_MAPPED = "language-mapped-topic"
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the topics that are asked for: all, or by number, id, language or title."""
    topics = Topics(origin)
    given = False
    try:
        for topic, element in topics.chosen(_met(content, topics)):
            given = True
            yield read_topic(element, topic, origin, FORMAT)
    except SourceError as failure:
        if not given:
            raise
        yield failure


def _met(content: Content, topics: Topics) -> Iterator[tuple[Topic, Element]]:
    """Yield the topics that may be asked for; the others are passed over as they are parsed."""
    waiting: list[Topic] = []

    def picks(attributes: Mapping[str, str], line: int) -> bool:
        topic = meet(topics, attributes, line)
        if topic is not None:
            waiting.append(topic)
        return topic is not None

    for element in stream_elements(content.stream(), content.file, _TOPIC, picks, (_SITE,)):
        yield waiting.pop(0), element


def meet(topics: Topics, attributes: Mapping[str, str], line: int) -> Topic | None:
    """Give what a topic's attributes say, if it is asked for."""
    return topics.meet(
        number=folded(attributes.get("id", "")),
        title=folded(attributes.get("title", "")),
        language=folded(attributes.get("language", "")),
        url=attributes.get("url", ""),
        line=line,
    )


# ---- one topic ---------------------------------------------------------------------------------


def read_topic(
    element: Element, topic: Topic, origin: Origin, form: str, notes: Notes | None = None
) -> Outcome:
    """Read one topic, or say why it cannot be read.

    Args:
        element: The topic.
        topic: What its attributes say.
        origin: Where it comes from.
        form: The name of the format for the report.
        notes: What is known before.
    """
    notes = notes or Notes()
    try:
        article = topic_article(_found(element, topic, notes), origin.file, notes)
    except SourceError as failure:
        return failure
    return Reading(article=article, report=notes.report(form))


def _found(element: Element, topic: Topic, notes: Notes) -> Found:
    """Gather a topic's parts; everything else is reported."""
    _report_attributes(element, notes)
    if stray := element.own_words():
        notes.drop(element.line, stray, "words between the elements of the topic")
    parts: dict[str, list[Element]] = {tag: [] for tag in _READ}
    for part in element.children():
        if part.tag in parts:
            parts[part.tag].append(part)
        else:
            _report(part, notes)
    _report_sites(parts[_SITE], notes)
    summaries = parts["full-summary"]
    institute = next(iter(parts["primary-institute"]), None)
    if institute is not None and (url := institute.get("url")):
        notes.drop(institute.line, url, "the address of the institute")
    return Found(
        topic=topic,
        html="\n".join([summary.markup() for summary in summaries]),
        line=summaries[0].line if summaries else topic.line,
        url=element.get("url"),
        names=tuple([name for part in parts["also-called"] if (name := part.words())]),
        codes=tuple(_codes(parts["mesh-heading"], notes)),
        institute=institute.words() if institute is not None else "",
    )


def _report_attributes(element: Element, notes: Notes) -> None:
    if said := element.get("meta-desc"):
        notes.drop(element.line, said, "a summary for search engines")
    if said := element.get("date-created"):
        if date := _date(said):
            notes.dates.append(Dated(element.line, said, date, "the topic was created"))
        else:
            notes.drop(element.line, said, "no date: month, day and year are expected")


def _date(said: str) -> datetime.date | None:
    """Read month, day, year."""
    found = _DATE.fullmatch(said)
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _report_sites(sites: list[Element], notes: Notes) -> None:
    if sites:
        what = "1 page" if len(sites) == 1 else f"{len(sites)} pages"
        notes.drop(sites[0].line, what, "links to other people's pages")


def _report(part: Element, notes: Notes) -> None:
    """Report what is no part of the article: groups, the index, translations."""
    said = [folded(said) for name, said in part.attributes.items() if name != "id"]
    shown = " ".join((part.words(), *said)).strip()
    if part.tag == _MAPPED:
        language = language_tag(part.get("language")) or part.get("language")
        there = f"{part.words()} {part.get('url')}"
        notes.warnings.append(f"translation: {language} {there}".strip())
    elif shown:
        reason = _LEFT_OUT.get(part.tag, f"an unknown element, {part.tag}")
        notes.drop(part.line, shown, reason)


def _codes(headings: list[Element], notes: Notes) -> Iterator[Code]:
    """Yield the codes of MeSH headings; their words are the index's, not the article's."""
    for heading in headings:
        for part in heading.children():
            code = part.get("id")
            if part.tag == "descriptor" and code:
                yield Code(system="MeSH", code=code)
                notes.drop(part.line, part.words(), f"the words of the MeSH heading {code}")
            else:
                shown = f"{code} {part.words()}".strip()
                notes.drop(part.line, shown, "a part of a MeSH heading")
        if stray := heading.own_words():
            notes.drop(heading.line, stray, "a MeSH heading without a code")
