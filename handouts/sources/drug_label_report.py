"""What a drug label holds beside an article, reported: nothing of it is lost without a word."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from handouts.sources.drug_label_body import BOXED_WARNING
from handouts.sources.drug_label_data import Label, code_of, name_of_code
from handouts.sources.drug_label_words import shown
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element

_PROFESSIONAL = "a section for professionals; only its title and its number of words are told"
_PRODUCT = "data about the product; only the number of words is told"


def report_data(root: Element, label: Label, title: str, notes: Notes) -> None:
    """Report the label's own data that are not in an article with a title."""
    if label.title and label.title != title:
        notes.drop(root.line, label.title, "the label's title; the article has the product's name")
    if label.others:
        notes.drop(root.line, "; ".join(label.others), "further companies of the product")


def report_sections(
    root: Element,
    own: Collection[Element],
    taken: Collection[Element],
    notes: Notes,
    *,
    whole: bool,
) -> None:
    """Report the sections that are not in an article.

    Args:
        root: The label.
        own: The article's sections.
        taken: The sections of all articles.
        notes: Where it is reported.
        whole: Whether every word of the other sections is reported, since they are no text for
            professionals.
    """
    known, ours = frozenset(taken), frozenset(own)
    for section in _sections_of_bodies(root):
        if section not in known:
            _report_section(section, known, notes, whole=whole)
    for section in taken:
        if section not in ours:
            notes.drop(section.line, _counted(section, shown(section)), "an article of its own")


def coded(element: Element, codes: Sequence[str]) -> Iterator[Element]:
    """Yield the sections with these codes at any depth, but those inside each other."""
    for section in _sections(element):
        if code_of(section) in codes:
            yield section
        else:
            yield from coded(section, codes)


def _sections(element: Element) -> Iterator[Element]:
    for component in element.children("component"):
        yield from component.children("section")


def _sections_of_bodies(root: Element) -> Iterator[Element]:
    for body in root.below("structuredBody"):
        yield from _sections(body)


def _report_section(
    section: Element, taken: AbstractSet[Element], notes: Notes, *, whole: bool
) -> None:
    """Report a section by its title and count, or whole; boxed warnings whole, always."""
    boxed = list(_boxed(section, taken))
    for box in boxed:
        notes.drop(box.line, shown(box), "a boxed warning outside of the text for patients, whole")
        what = "the label has a boxed warning that is not in the article"
        notes.warnings.append(f"line {box.line}: {what}")
    data = list(section.children("subject"))
    for part in data:
        notes.drop(part.line, _counted(section, shown(part)), _PRODUCT)
    if section in boxed:
        return
    rest = shown(section, (*taken, *boxed, *data))
    if rest and whole:
        notes.drop(section.line, rest, "a section that is not taken from Drug Facts")
    elif rest:
        notes.drop(section.line, _counted(section, rest), _PROFESSIONAL)


def _boxed(section: Element, taken: AbstractSet[Element]) -> Iterator[Element]:
    """Yield the boxed warnings of a section that are in no article."""
    if section in taken:
        return
    if code_of(section) == BOXED_WARNING:
        yield section
        return
    for inner in _sections(section):
        yield from _boxed(inner, taken)


def _counted(section: Element, words: str) -> str:
    title = section.child("title")
    named = (shown(title) if title else "") or name_of_code(section) or "a section without a title"
    return f"{named} ({len(words.split())} words)"
