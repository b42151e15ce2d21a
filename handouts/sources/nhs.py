"""Pages of the NHS website content API, version 2: schema.org in JSON, with HTML in its texts.

The text stands there three times: in `mainEntityOfPage`, again inside each of its sections, and in
`hasPart` (where parts have no names).  One copy is read; what only another one says is reported.
"""

import datetime
import re
from collections.abc import Iterator

from handouts.article import Article, Review, Rights, Section, Source
from handouts.document import Blocks, texts
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.identity import article_id
from handouts.sources.json_text import checked_language, dated, head_of, report_rest, words_of
from handouts.sources.kinds import guess_kind
from handouts.sources.nhs_copies import Copy, chosen, report_other_copies
from handouts.sources.nhs_parts import part_blocks, without_rank
from handouts.sources.reading import Guess, Joined, Notes, Origin, Reading
from handouts.sources.safe_json import Json, parse
from handouts.strings import Strings, load
from handouts.values import replace

FORMAT = "nhs"

_API = "https://api.service.nhs.uk/nhs-website-content/"
_PAGES = "https://www.nhs.uk/"
_ROLES = {
    "Allergies": "allergies",
    "Benefits": "why",
    "Causes": "causes",
    "Prevention": "prevention",
    "Prognosis": "outlook",
    "RisksOrComplications": "complications",
    "Screening": "exams",
    "SeeDoctor": "when_to_call",
    "SelfCare": "self_care",
    "SideEffects": "side_effects",
    "Symptoms": "symptoms",
    "Treatments": "treatment",
}
"""Roles by schema.org's health aspects; a known title comes first."""

_READ = ("name", "url", "webpage", "lastReviewed", "hasPart", "mainEntityOfPage", "about")
_REASONS = {
    "@context": "a name of the format",
    "@type": "a name of the format",
    "description": "the page's words for search engines",
    "keywords": "the page's words for search engines",
    "genre": "the service's own sorting",
    "contentsubtypes": "the service's own sorting",
    "datemodified": "when the page was last touched, which is no review",
    "breadcrumb": "links to other pages",
    "relatedlink": "links to other pages",
    "author": "kept as the source",
    "copyrightholder": "kept with the rights",
    "license": "kept with the rights",
    "inlanguage": "kept as the language",
}
_BRITISH = re.compile(r"\b(?:999|111|A&E)\b")


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one page of a source.

    Raises:
        SourceError: It is no page of the API, or has no title or no text.
    """
    yield read(parse(content.text(), origin.file), origin)


def read(page: Json, origin: Origin) -> Reading:
    """Read a page.

    Raises:
        SourceError: It has no title or no text, or is in another language than the caller asks for.
    """
    notes = Notes()
    title = words_of(page.get("name"))
    if not title:
        page.get("name").fail("the page has no title")
    language = page.get("inLanguage").text().strip() or "en-GB"
    origin = replace(origin, language=checked_language(language, origin, "the page"))
    copy = chosen(page)
    summary, sections = _body(copy, load(origin.language), notes)
    if not summary and not sections:
        page.get("mainEntityOfPage").fail("the page has no text")
    report_rest(page, _READ, _REASONS, notes)
    report_rest(page.get("about"), ("name", "alternateName"), _REASONS, notes)
    said = (title, *(without_rank(line) for line in _all_texts(summary, sections)))
    report_other_copies(page, said, notes)
    _warn_of_numbers(summary, sections, notes)
    article = Article(
        id=article_id(origin, title),
        kind=_kind(page, title, sections, notes),
        title=title,
        language=origin.language,
        summary=summary,
        sections=sections,
        alternative_names=_other_names(page, title),
        review=_review(page, notes),
        source=Source(name=_author(page), url=_url(page)),
        rights=_rights(page),
    )
    return Reading(article=article, report=notes.report(FORMAT))


# ---- the text ----------------------------------------------------------------------------------


def _body(copy: Copy, titles: Strings, notes: Notes) -> tuple[Blocks, tuple[Section, ...]]:
    """Read the lead and the sections; parts without a heading belong to what stands above them."""
    summary: Blocks = ()
    for lead in copy.lead:
        summary += part_blocks(lead, notes)
    made: list[Section] = []
    for entry in copy.sections:
        headline = head_of(entry.headline, notes)
        read = tuple(block for part in entry.parts for block in part_blocks(part, notes))
        if headline:
            aspect = entry.aspect.rpartition("/")[2].removesuffix("HealthAspect")
            role = titles.role_of(headline) or _ROLES.get(aspect, "")
            made.append(Section(title=headline, role=role, blocks=read))
            if not read:
                notes.warnings.append(f"the section {headline!r} is empty")
        elif made and read:
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *read))
            what = f"a part without a heading, added to {made[-1].title!r}"
            notes.joined.append(Joined(0, what))
        else:
            summary += read
    return summary, tuple(made)


def _all_texts(summary: Blocks, sections: tuple[Section, ...]) -> Iterator[str]:
    yield from texts(summary)
    for section in sections:
        yield section.title
        yield from texts(section.blocks)


def _warn_of_numbers(summary: Blocks, sections: tuple[Section, ...], notes: Notes) -> None:
    """Warn that a page names numbers of the United Kingdom."""
    said = " ".join(_all_texts(summary, sections))
    if found := sorted(set(_BRITISH.findall(said))):
        what = f"the text names services of the United Kingdom ({', '.join(found)})"
        notes.warnings.append(what)


# ---- what stands round it ----------------------------------------------------------------------


def _kind(page: Json, title: str, sections: tuple[Section, ...], notes: Notes) -> str:
    genres = {genre.casefold() for genre in page.get("genre").texts()}
    for genre, kind in (
        ("vaccine", "vaccine"),
        ("medicine", "medicine"),
        ("condition", "condition"),
    ):
        if genre in genres:
            return kind
    kind, sure = guess_kind(title, [section.role for section in sections])
    notes.guessed.append(Guess(0, kind, sure, "kind"))
    return kind


def _other_names(page: Json, title: str) -> tuple[str, ...]:
    about = page.get("about")
    names = (words_of(about.get("name")), *about.get("alternateName").texts())
    return tuple(dict.fromkeys(name for name in names if name and name != title))


def _author(page: Json) -> str:
    return words_of(page.at("author", "name")) or "NHS website"


def _url(page: Json) -> str:
    """Give the page's address on the website; the API's own is no page to read."""
    url = page.get("webpage").text().strip() or page.get("url").text().strip()
    return url.replace(_API, _PAGES, 1)


def _rights(page: Json) -> Rights:
    holder = words_of(page.at("copyrightHolder", "name")) or "Crown copyright"
    terms = page.get("license").text().strip()
    where = f", {url}" if (url := _url(page)) else ""
    licence = "Open Government Licence v3.0" + (f" and the terms at {terms}" if terms else "")
    return Rights(
        holder=holder,
        status="ogl",
        notices=(
            f"Content supplied by the NHS website. From www.nhs.uk{where}",
            f"{holder}. Licensed under the {licence}.",
        ),
    )


def _review(page: Json, notes: Notes) -> Review:
    """Read when the page was reviewed, and when the next review is due."""
    said = [*page.get("lastReviewed").texts(), "", ""][:2]
    done, due = (_date(words) for words in said)
    if done and due and due < done:
        notes.drop(0, " ".join(said), "the next review stands before the last one")
        notes.warnings.append(f"the dates of the review are in the wrong order: {done}, {due}")
        return Review()
    dated(said[0], done, "the source's review", notes)
    dated(said[1], due, "the source's next review", notes)
    if due and due < _today():
        notes.warnings.append(f"the source's next review was due on {due}: look for a newer page")
    return Review(date=done, next_due=due)


def _date(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said[:10])
    except ValueError:
        return None


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()
