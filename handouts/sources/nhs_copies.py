"""Which of the copies of a page's text is read, and what only the others say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from handouts.document import texts
from handouts.sources.html import blocks, parse
from handouts.sources.json_text import raw_words
from handouts.sources.nhs_parts import BOXES, is_picture
from handouts.sources.reading import Notes
from handouts.sources.safe_json import Json
from handouts.values import frozen

_WORDS = re.compile(r"\w+")
_TAGS = re.compile(r"<[^<>]*>")
_TEXTS = ("text", "headline", "mainEntity", "subjectOf", "description")
_WORKING = ("@type", "hashealthaspect", "url", "position", "identifier", "name")
"""Members that say how the page is made, and no words of it."""

_OVERVIEW = "OverviewHealthAspect"
_LEAD = "lead paragraph"

_BOX, _GIST = "the name of a box", "the page's gist of its sections"
_COPY = "only in another copy of the text"
_REST = "an article has no place for it"


@frozen(kw_only=False)
class Entry:
    """A section in a copy: its headline, schema.org's health aspect, and its parts in order."""

    headline: Json
    aspect: str
    parts: tuple[Json, ...]


@frozen(kw_only=False)
class Copy:
    """A copy of a page's text."""

    lead: tuple[Json, ...]
    sections: tuple[Entry, ...]


def chosen(page: Json) -> Copy:
    """Choose the copy to read: the named one, unless the nameless one has more that it lacks."""
    named, nameless = _named(page), _nameless(page)
    ours, theirs = Counter(_words(named.sections)), Counter(_words(nameless.sections))
    if (theirs - ours).total() > (ours - theirs).total():
        return Copy(named.lead, nameless.sections)
    return named


def _named(page: Json) -> Copy:
    lead, sections = [], []
    for entry in _in_order(page.get("mainEntityOfPage")):
        if entry.get("name").text().strip().casefold() == _LEAD:
            lead.append(entry)
        elif entry.get("text").text().strip() or not entry.get("mainEntity").is_null:
            sections.append(Entry(Json(None, page.file), "", (entry,)))
        else:
            parts = _in_order(entry.get("mainEntityOfPage")) or _in_order(entry.get("hasPart"))
            sections.append(Entry(entry.get("headline"), _aspect(entry), parts))
    return Copy(tuple(lead), tuple(sections))


def _nameless(page: Json) -> Copy:
    """Give the copy in `hasPart`, without the overview, which says the sections' gist again."""
    return Copy(
        (),
        tuple(
            Entry(entry.get("headline"), _aspect(entry), _in_order(entry.get("hasPart")))
            for entry in _in_order(page.get("hasPart"))
            if not _aspect(entry).endswith(_OVERVIEW)
        ),
    )


def _in_order(entries: Json) -> tuple[Json, ...]:
    """Give entries by their position; where some have none, as they stand."""
    found = entries.items()
    places = [entry.get("position").number() for entry in found]
    if None in places:
        return found
    return tuple(entry for _, entry in sorted(zip(places, found, strict=True), key=_place))


def _place(row: tuple[int | None, Json]) -> int:
    return row[0] or 0


def _aspect(entry: Json) -> str:
    return " ".join(entry.get("hasHealthAspect").texts())


def _words(sections: Iterable[Entry]) -> Iterator[str]:
    for section in sections:
        for leaf in (leaf for part in section.parts for leaf in part.leaves()):
            if _name(leaf) in _TEXTS:
                yield from _WORDS.findall(_TAGS.sub(" ", str(leaf.value)))


def _name(leaf: Json) -> str:
    return leaf.path.rpartition(".")[2].partition("[")[0]


# ---- what the other copies say -----------------------------------------------------------------


def report_other_copies(page: Json, read: Iterable[str], notes: Notes) -> None:
    """Report each line of any copy that is neither in the article nor reported yet.

    In the nameless copy, the name of a box stands where its headline should.
    """
    known = {_folded(line) for line in (*read, *(dropped.text for dropped in notes.dropped))}
    known.add("")
    differing = 0
    for place, line, reason in _lines(page):
        if _folded(line) in known:
            continue
        known.add(_folded(line))
        said = _BOX if _folded(line) in BOXES else reason
        notes.drop(0, line, f"{said}: {place}")
        differing += said == _COPY
    if differing:
        what = f"the copies of the text differ in {differing} passages: see what was left out"
        notes.warnings.append(what)


def _lines(page: Json) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of all copies with their places, and why they may be left out."""
    for name in ("hasPart", "mainEntityOfPage"):
        for entry in page.get(name).items():
            for leaf in _said(entry):
                if _name(leaf) not in _TEXTS:
                    yield leaf.path, raw_words(leaf), _REST
                    continue
                gist = _name(leaf) == "description" or _aspect(entry).endswith(_OVERVIEW)
                for line in _lines_of(leaf):
                    yield leaf.path, line, _GIST if gist else _COPY


def _said(part: Json) -> Iterator[Json]:
    """Yield the texts of a part and of those in it, whatever they are called; of pictures, words."""
    if is_picture(part):
        yield from (leaf for leaf in part.leaves() if _name(leaf) in _TEXTS)
    elif part.is_object:
        for name, member in part.members():
            if name.casefold() not in _WORKING:
                yield from _said(member)
    elif part.is_list:
        for item in part.items():
            yield from _said(item)
    else:
        yield from part.leaves()


def _lines_of(leaf: Json) -> Iterator[str]:
    said = leaf.text()
    if "<" in said or "&" in said:
        yield from texts(blocks(parse(said, leaf.file), Notes(), line=0))
    else:
        yield said


def _folded(line: str) -> str:
    """Reduce a line to its letters and digits: copies differ in white space and dashes."""
    return "".join(_WORDS.findall(line)).casefold()
