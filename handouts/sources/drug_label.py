"""Drug labels as the FDA publishes them: Structured Product Labeling, an XML of HL7.

Of a prescription label the parts for patients are read: package inserts and Medication Guides, each
an article, else what patients are to be told; of a label for sale without prescription the Drug Facts.
Sections are found by their LOINC codes.
Of sections for professionals the report names the title and the number of words; that is all that
is told of them, since they are no text for patients, but boxed warnings are reported whole.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from handouts.article import Article, Review, Rights, Source
from handouts.errors import Place, SourceError
from handouts.sources.content import Content
from handouts.sources.drug_label_body import Body
from handouts.sources.drug_label_data import Label, code_of, read_label
from handouts.sources.drug_label_report import coded, report_data, report_sections
from handouts.sources.drug_label_words import Context, shown
from handouts.sources.formats import Outcome
from handouts.sources.identity import article_id
from handouts.sources.json_text import checked_language, dated
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.safe_xml import Element, parse_xml
from handouts.strings import load
from handouts.values import frozen, replace

FORMAT = "drug-label"

_OVER_THE_COUNTER = "34390-5"
_LEAFLETS = {"42230-3": "patient-information", "42231-1": "medication-guide"}
_TOLD = "34076-0"
_FACTS = (
    *("55106-9", "55105-1", "34067-9", "34071-1", "50570-1", "50569-3"),
    *("50568-5", "50567-7", "50566-9", "50565-1", "34068-7", "53413-1"),
)
"""Active ingredient, purpose, uses, warnings and what may stand in them, directions, questions."""

_OF_OTC_ONLY = ("55106-9", "55105-1", "50570-1", "50569-3", "50568-5", "50567-7", "50566-9")
_DRUG_FACTS, _TO_BE_TOLD = "drug-facts", "information-for-patients"
_SOURCE = "FDA drug label"
_MOST = 50
"""Articles in one label: a label has one or two, and each reports all the others."""

_LENGTH = 50
"""Of the product's name in an id."""


@frozen(kw_only=False, eq=False)
class _Choice:
    """The sections that make an article, and what its id ends in when there are several."""

    sections: tuple[Element, ...]
    name: str


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the patients' parts of a label.

    Raises:
        SourceError: It is no drug label, has nothing for patients, or not what is asked for.
    """
    root = parse_xml(content.data(), content.file)
    if root.tag != "document" or root.child("component") is None:
        raise SourceError("this is no drug label (SPL)", place=Place(content.file, root.line))
    choices = tuple(_choices(root))
    if len(choices) > _MOST:
        what = f"the label has {len(choices)} parts for patients, more than {_MOST}"
        raise SourceError(what, place=Place(content.file, root.line))
    if not choices:
        what = "the label has no part for patients, and no Drug Facts"
        raise SourceError(what, place=Place(content.file, root.line))
    label = read_label(root)
    found = False
    for choice, origin_of_one in _asked_for(choices, label, origin):
        found = True
        try:
            yield _reading(root, label, choice, choices, origin_of_one)
        except SourceError as failure:
            yield failure
    if not found:
        what = f"the label has no article {origin.id or origin.title!r}"
        hint = f"It has: {', '.join([own for _, own in _names(label, choices, content.file)])}."
        raise SourceError(what, place=Place(content.file), hint=hint)


def _asked_for(
    choices: Sequence[_Choice], label: Label, origin: Origin
) -> Iterator[tuple[_Choice, Origin]]:
    """Yield the articles that the caller wants, each with its title and id."""
    names = _names(label, choices, origin.file)
    if len(choices) == 1:  # the caller may name it
        yield choices[0], replace(origin, stem="", title=names[0][0])
        return
    for choice, (title, own) in zip(choices, names, strict=True):
        is_it = not origin.title or origin.title.casefold() == title.casefold()
        if is_it and origin.id in ("", own):
            yield choice, replace(origin, stem="", title=title, id=own)


# ---- what is taken -----------------------------------------------------------------------------


def _choices(root: Element) -> Iterator[_Choice]:
    """Yield what makes an article: leaflets, Drug Facts, else what patients are to be told."""
    leaflets = [
        one for body in root.below("structuredBody") for one in coded(body, tuple(_LEAFLETS))
    ]
    for section in leaflets:
        yield _Choice((section,), _LEAFLETS[code_of(section)])
    facts = [
        one for body in root.below("structuredBody") for one in coded(body, (*_FACTS, *_LEAFLETS))
    ]
    facts = [section for section in facts if code_of(section) in _FACTS]
    is_otc = code_of(root) == _OVER_THE_COUNTER
    if facts and (is_otc or any(code_of(section) in _OF_OTC_ONLY for section in facts)):
        yield _Choice(tuple(facts), _DRUG_FACTS)
    elif not leaflets:
        for section in (
            one for body in root.below("structuredBody") for one in coded(body, (_TOLD,))
        ):
            yield _Choice((section,), _TO_BE_TOLD)


def _base(label: Label, choices: Sequence[_Choice], file: str) -> str:
    """Give the product's name; else the generic one, or a title."""
    titles = [shown(title) for one in choices if (title := one.sections[0].child("title"))]
    for name in (*label.names, *label.generics, label.title, *titles):
        if name:
            return name
    raise SourceError("neither the label nor its product has a name", place=Place(file))


def _names(label: Label, choices: Sequence[_Choice], file: str) -> list[tuple[str, str]]:
    """Give each article's title, and its id when there are several."""
    base = _base(label, choices, file)
    if len(choices) == 1:
        return [(base, "")]
    made: list[tuple[str, str]] = []
    for choice in choices:
        heading = choice.sections[0].child("title")
        kind = shown(heading) if heading and choice.name != _DRUG_FACTS else ""
        stem = f"{_letters(base)[:_LENGTH].strip('-')}-{choice.name}".strip("-")
        before = sum(other.name == choice.name for other in choices[: len(made)])
        own = f"{stem}-{before + 1}" if before else stem
        made.append((f"{base} - {kind}" if kind else base, own))
    return made


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())


# ---- the article -------------------------------------------------------------------------------


def _reading(
    root: Element, label: Label, choice: _Choice, choices: Sequence[_Choice], origin: Origin
) -> Reading:
    notes, title = Notes(), origin.title
    taken = [section for one in choices for section in one.sections]
    language = checked_language(_language(label, origin, notes), origin, "the label")
    context = Context(notes, _pictures(root))
    body = Body(context, load(language))
    for section in choice.sections:
        if choice.name == _DRUG_FACTS:
            body.read_facts(section)
        else:
            body.read_leaflet(section)
    summary, sections = body.finished()
    report_data(root, label, title, notes)
    report_sections(root, choice.sections, taken, notes, whole=choice.name == _DRUG_FACTS)
    _warn(label, choice, context)
    said = f"{title.casefold()} - "
    dated(label.date_said, label.date, "the label's version", notes)
    names = [
        name
        for name in (*label.names, *label.generics)
        if not said.startswith(f"{name.casefold()} - ")
    ]
    article = Article(
        id=article_id(origin, title),
        kind="medicine",
        title=title,
        language=language,
        summary=summary,
        sections=sections,
        alternative_names=tuple(dict.fromkeys(names)),
        review=Review(date=label.date),
        source=Source(name=_SOURCE, article=label.set_id),
        rights=Rights(
            holder=label.labeler, status="unknown", notices=(label.notice(),), may_edit=False
        ),
        codes=label.codes,
    )
    return Reading(article=article, report=notes.report(FORMAT))


def _language(label: Label, origin: Origin, notes: Notes) -> str:
    """Give the label's language; labels of the FDA that say none are in English."""
    if label.language:
        return label.language.lower() if "-" not in label.language else label.language
    if not origin.language:
        notes.guessed.append(Guess(0, "en", 0.9, "language"))
    return origin.language or "en"


def _pictures(root: Element) -> dict[str, str]:
    """Give what the label's pictures show, by their names."""
    return {
        picture.get("ID"): shown(picture)
        for body in root.below("structuredBody")
        for picture in body.below("observationMedia")
    }


def _warn(label: Label, choice: _Choice, context: Context) -> None:
    warnings = context.notes.warnings
    if "xmChange" in context.styles:
        warnings.append("marks of changed text (xmChange) are left out; their words are kept")
    if others := sorted(context.styles - {"xmChange"}):
        warnings.append(f"styles that an article does not have are left out: {', '.join(others)}")
    if not label.labeler:
        warnings.append("the label does not name its labeler, who holds the text")
    if not label.date_said:
        warnings.append("the label does not say its date")
    if choice.name == _TO_BE_TOLD:
        warnings.append("the label has no leaflet for patients: this is what they are to be told")
