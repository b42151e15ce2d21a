"""MyHealthfinder (ODPHP), its answers in JSON, versions 2 and later: one article a resource.

Version 2 sorts resources into categories and writes dates as month/day/year; version 3 has them in
one array and counts seconds.  Names differ in the case of their letters.
"""

import datetime
import re
from collections.abc import Iterator

from handouts.article import Article, Review, Rights, Source
from handouts.errors import Place, SourceError
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.identity import article_id
from handouts.sources.json_text import checked_language, dated, report_rest, words_of
from handouts.sources.myhealthfinder_body import Body
from handouts.sources.myhealthfinder_html import unwrap
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.safe_json import Json
from handouts.sources.safe_json import parse as parse_json
from handouts.strings import fold, load
from handouts.values import frozen, replace

FORMAT = "myhealthfinder"

_HOLDER = "Office of Disease Prevention and Health Promotion (ODPHP)"
_CREDIT = f"MyHealthfinder, {_HOLDER}, U.S. Department of Health and Human Services"
_SOURCE_WORD = {"en": "Source", "es": "Fuente"}
_FRESH = "MyHealthfinder asks that its text be fetched anew twice a month"
_LANGUAGES = {"english": "en", "en": "en", "spanish": "es", "español": "es", "es": "es"}

_READ = ("Id", "Title", "LastUpdate", "AccessibleVersion", "Sections")
_SORTING = "the service's own sorting and advertising of its articles"
_REASONS = {
    **dict.fromkeys(("relateditems", "moreinfoitems", "healthfinderurl"), "links to other pages"),
    **dict.fromkeys(("type", "categories", "populations", "myhftitle"), _SORTING),
    **dict.fromkeys(("myhfdescription", "myhfcategory", "myhfcategoryheading"), _SORTING),
    **dict.fromkeys(
        ("imageurl", "imagealt", "healthfinderlogo"), "images have rights of their own"
    ),
    **dict.fromkeys(("translationid", "translationtitle"), "the translation's, see the warnings"),
}
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_SECONDS = re.compile(r"[0-9]{1,10}")


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read every resource of an answer; those without text are told, the others kept.

    Raises:
        SourceError: It is no answer of the service, or one without resources.
    """
    result = parse_json(content.text(), origin.file).get("Result")
    found = _chosen(_resources(result), origin)
    answer = Notes()
    language = checked_language(_language(result, answer), origin, "the text")
    origin = replace(origin, language=language)
    report_rest(result, ("Resources",), {}, answer, "the service's words round its answer")
    taken: set[str] = set()
    for resource in found:
        notes = Notes()
        notes.dropped += answer.dropped
        notes.guessed += answer.guessed
        try:
            article = _article(resource, origin, notes)
        except SourceError as failure:
            yield failure
            continue
        if article.id in taken:
            what = f"{article.title!r}: an earlier article has the id {article.id!r}, too"
            yield SourceError(what, place=Place(origin.file))
            continue
        taken.add(article.id)
        answer.dropped.clear()
        yield Reading(article=article, report=notes.report(FORMAT))


# ---- the answer --------------------------------------------------------------------------------


@frozen(kw_only=False)
class _Resource:
    """A resource, and whether it gives its article's id or the caller and the file's name do."""

    json: Json
    alone: bool
    times: int


def _resources(result: Json) -> list[Json]:
    """Give the resources of every category.

    Raises:
        SourceError: There are none.
    """
    resources = result.get("Resources")
    found: list[Json] = []
    if resources.is_list or not resources.get("Resource").is_null:
        found += (resources if resources.is_list else resources.get("Resource")).items()
    else:
        for _, category in resources.members():
            found += (category if category.is_list else category.get("Resource")).items()
    if not found:
        hint = "Ask the service for a topic that it has."
        raise SourceError("the answer holds no article", place=Place(result.file), hint=hint)
    return found


def _chosen(found: list[Json], origin: Origin) -> list[_Resource]:
    """Leave out repetitions, and all but the one that the caller asks for."""
    counted: dict[tuple[str, ...], list[Json]] = {}
    for one in found:
        counted.setdefault(_key(one), []).append(one)
    kept = [_Resource(same[0], len(counted) == 1, len(same)) for same in counted.values()]
    asked = origin.id or origin.title
    if not asked or len(kept) == 1:
        return kept
    plain = replace(origin, id="", stem="")
    for resource in kept:
        if _is_asked_for(resource.json, origin, plain):
            return [resource]
    hint = "Give the number, the id or the title of one that is there."
    raise SourceError(f"there is no article {asked!r}", place=Place(origin.file), hint=hint)


def _is_asked_for(resource: Json, origin: Origin, plain: Origin) -> bool:
    if not resource.is_object or not isinstance(resource.get("Title").value, str):
        return False
    title = words_of(resource.get("Title"))
    if origin.title and fold(origin.title) != fold(title):
        return False
    return not origin.id or origin.id in (resource.get("Id").value, _title_id(title, plain))


def _key(resource: Json) -> tuple[str, ...]:
    """Give what makes two resources the same: all but the category they are sorted into."""
    if not resource.is_object:
        return (resource.path,)  # it is told when it is read
    told = (resource.get("Type"), resource.get("Id"), resource.get("Sections"))
    return tuple(str(leaf.value) for one in told for leaf in one.leaves())


def _title_id(title: str, plain: Origin) -> str:
    try:
        return article_id(plain, title)
    except SourceError:  # it is told when it is read
        return ""


def _language(result: Json, notes: Notes) -> str:
    for said in (result.get("Language"), result.at("Query", "Lang")):
        if found := _LANGUAGES.get(said.text().strip().casefold()):
            return found
    notes.guessed.append(Guess(0, "en", 0.5, "language"))
    return "en"


# ---- one resource ------------------------------------------------------------------------------


def _article(found: _Resource, origin: Origin, notes: Notes) -> Article:
    resource = found.json
    title = words_of(resource.get("Title"))
    number = resource.get("Id").text().strip()
    if not title:
        resource.get("Title").fail("the article has no title")
    if not any(section.get("Content").text().strip() for section in _sections(resource)):
        resource.get("Sections").fail(f"the article {title!r} has no text")
    url = unwrap(resource.get("AccessibleVersion").text().strip())
    base = url or resource.get("HealthfinderUrl").text()
    body = Body(load(origin.language), base, notes)
    for section in _sections(resource):
        body.read(section)
    for made in body.sections:
        if not made.blocks:
            notes.warnings.append(f"the section {made.title!r} is empty")
    report_rest(resource, _READ, _REASONS, notes)
    if found.times > 1:
        notes.warnings.append(f"the article stands {found.times} times in the answer")
    if translation := words_of(resource.get("TranslationTitle")):
        other = "en" if origin.language == "es" else "es"
        what = (
            f"translation: {other}, {translation!r}, number {resource.get('TranslationId').text()}"
        )
        notes.warnings.append(what)
    notes.warnings.append(_FRESH)
    return Article(
        id=article_id(origin if found.alone else replace(origin, id="", stem=""), title),
        kind="topic",
        title=title,
        language=origin.language,
        summary=body.summary,
        sections=tuple(body.sections),
        review=Review(date=_updated(resource.get("LastUpdate").text().strip(), notes)),
        source=Source(name="MyHealthfinder", url=url, article=number),
        rights=Rights(
            holder=_HOLDER,
            status="public-domain",
            notices=(f"{_SOURCE_WORD[origin.language]}: {_CREDIT}",),
        ),
    )


def _sections(resource: Json) -> tuple[Json, ...]:
    sections = resource.get("Sections")
    return (sections if sections.is_list else sections.get("Section")).items()


def _updated(said: str, notes: Notes) -> datetime.date | None:
    """Read a date of version 2 (month/day/year) or 3 (seconds since 1970)."""
    date = None
    if _SECONDS.fullmatch(said):
        date = datetime.datetime.fromtimestamp(int(said), tz=datetime.UTC).date()
    elif day := _DAY.fullmatch(said):
        try:
            date = datetime.date(int(day[3]), int(day[1]), int(day[2]))
        except ValueError:
            date = None
    dated(said, date, "the source's last update", notes)
    return date
