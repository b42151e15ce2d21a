"""The feed of a MedlinePlus Connect answer, from its JSON and from its Atom form."""

import datetime
import re
from collections.abc import Iterator
from html import escape

from handouts.errors import Place, SourceError
from handouts.sources.safe_json import Json
from handouts.sources.safe_xml import Element, folded
from handouts.values import frozen

_CRITERION = "mainsearchcriteria.v."
_ABOUT = "about the answer, not the topic"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_GAP = re.compile(r"\n\s*\n")

Other = tuple[str, str]
"""Words that are in no part of the article, and why."""

Updated = tuple[str, datetime.date]
"""A date as it is written, and as it is read."""


@frozen
class Entry:
    """One topic of a feed: its summary as HTML, and what else the entry says."""

    title: str
    html: str
    url: str
    language: str
    line: int
    updated: Updated | None = None
    others: tuple[Other, ...] = ()


@frozen
class Feed:
    """An answer: the code that was asked for, its system as it is echoed, and the entries."""

    system: str
    code: str
    language: str
    entries: tuple[Entry, ...]
    others: tuple[Other, ...] = ()


def feed_of(root: Element, file: str) -> Feed:
    """Read an answer.

    Raises:
        SourceError: The root is no feed.
    """
    if root.tag != "feed":
        what = "this is no answer of MedlinePlus Connect: it has no feed"
        raise SourceError(what, place=Place(file, root.line or None))
    criteria: dict[str, str] = {}
    others: list[Other] = []
    for part in root.children():
        scheme = part.get("scheme").casefold()
        if part.tag == "category" and scheme in (f"{_CRITERION}c", f"{_CRITERION}cs"):
            criteria[scheme.removeprefix(_CRITERION)] = part.get("term")
        elif part.tag != "entry":
            others += ((said, _ABOUT) for said in (_spaced(part), part.get("term")) if said)
    return Feed(
        system=criteria.get("cs", ""),
        code=criteria.get("c", ""),
        language=root.get("lang"),
        entries=tuple(_entry(part) for part in root.children("entry")),
        others=tuple(others),
    )


def _entry(element: Element) -> Entry:
    title = " ".join([part.words() for part in element.children("title")])
    url, *more = [*_addresses(element), ""]
    others = [(address, "a further address") for address in more if address]
    dates = [part.words() for part in element.children("updated")]
    updated = next((read for said in dates if (read := _updated(said))), None)
    others += [(said, "no date") for said in dates if said and not _updated(said)]
    for part in element.children():
        if part.tag == "link" and (said := part.get("title")):
            others.append((said, "the title of a link"))
        if part.tag not in ("title", "link", "updated", "summary", "content") and _spaced(part):
            others.append((_spaced(part), f"the entry's {part.tag}"))
    return Entry(
        title=title,
        html="\n".join(_summaries(element)),
        url=url,
        language=element.get("lang"),
        line=element.line,
        updated=updated,
        others=tuple(others),
    )


def _spaced(element: Element) -> str:
    """Give the words of an element, those of the elements in it parted by spaces."""
    return folded(" ".join([element.own_words(), *[_spaced(part) for part in element.children()]]))


def _addresses(element: Element) -> list[str]:
    """Give the addresses of an entry's links, that of its own page first."""
    links = sorted(element.children("link"), key=lambda link: link.get("rel") != "alternate")
    return [href for link in links if (href := link.get("href"))]


def _summaries(element: Element) -> Iterator[str]:
    for part in element.children("summary", "content"):
        if part.get("type") == "text":
            yield "".join([f"<p>{escape(one)}</p>" for one in _GAP.split(part.characters())])
        else:
            yield part.markup()


def _updated(said: str) -> Updated | None:
    found = _DATE.match(said)
    try:
        return (said, datetime.date.fromisoformat(found[0])) if found else None
    except ValueError:
        return None


# ---- JSON --------------------------------------------------------------------------------------


_HOLDERS = ("feed", "entry")
_TEXTS = ("title", "subtitle", "summary", "content", "updated", "id")
"""Elements of these that some programs write as plain strings."""


def feed_element(json: Json) -> Element:
    """Turn the JSON form back into the element it was made of.

    Raises:
        SourceError: It has no feed, or a name stands twice in one object.
    """
    feed = json.get("feed")
    if not feed.is_object:
        feed.fail("this is no answer of MedlinePlus Connect: it has no feed")
    return _element("feed", feed)


def _element(tag: str, json: Json) -> Element:
    attributes: dict[str, str] = {}
    content: list[Element | str] = []
    for name, member in json.members():
        if member.is_object or member.is_list:
            content += [_element(name, item) for item in member.items()]
        elif not member.is_null:
            is_truth = isinstance(member.value, bool)
            words = str(member.value).lower() if is_truth else member.text()
            if name == "_value":
                content.append(words)
            elif tag in _HOLDERS and name in _TEXTS:
                content.append(Element(name, {}, (words,), 0))
            else:
                attributes[name] = words
    if isinstance(json.value, str):
        content.append(json.text())
    return Element(tag, attributes, tuple(content), 0)
