"""Words of a patient, which fill blanks, stay on the pages: out of titles, messages and JSON."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from handouts.article import Article
from handouts.blanks import first_tag, value_names
from handouts.document import Document, asides, hrefs
from handouts.errors import Place, SourceError, UsageError
from handouts.fidelity import Fidelity, Sentence, fold, sentences
from handouts.fill import place_of
from handouts.records import strings
from handouts.text.coverage import gaps
from handouts.text.faces import FaceSet
from handouts.values import replace

_BESIDE = "would write a patient's words into the file's properties, bookmarks or links"
_INTO_TEXT = "Move it into the text"


def check_blanks(unfilled: Article, path: Path) -> None:
    """Refuse blanks where a value would stand beside the pages, too, or where none is filled in.

    Raises:
        SourceError: There is one in a title, a head or a link, or in the front matter.
    """
    titles = (unfilled.title, *[section.title for section in unfilled.sections])
    for words in (*titles, *asides(unfilled)):
        if value_names(words):
            what = f"the blank {first_tag(words)} in a title, a head or a link {_BESIDE}"
            raise SourceError(what, place=_place(words, path), hint=_INTO_TEXT)
    for words in _never_filled(unfilled):
        if tag := first_tag(words):
            what = f"the blank {tag} in the front matter or an address is never filled"
            hint = "Write the words themselves, or move it into the text"
            raise SourceError(what, place=_place(words, path), hint=hint)


def check_values(values: Mapping[str, str], faces: FaceSet) -> None:
    """Refuse values that cannot be printed; none is quoted.

    Raises:
        UsageError: The fonts have no such character.
    """
    for name, value in values.items():
        for gap in gaps(value, faces):
            what = f"the value of {name!r} holds a character that cannot be printed, {gap.name}"
            raise UsageError(what, hint=f"{gap.reason}. Write it in another way")


def check_document(
    document: Document,
    filled: Article,
    unfilled: Article,
    values: Mapping[str, str],
    path: Path,
) -> None:
    """Refuse a leaflet in which a value came to stand beside the pages: templates make heads of text.

    Raises:
        SourceError: A head or a link is a part of a text with a value, and has it; it is not quoted.
    """
    lines = set(_told(filled)) - set(_told(unfilled))
    for words in map(fold, (document.title, *asides(document))):
        names = [name for name, value in values.items() if _holds(words, value)]
        if names and any(words in line for line in lines):
            what = f"the blank {names[0]!r} stands in text that becomes a head, and {_BESIDE}"
            raise SourceError(what, place=Place(str(path)), hint=_INTO_TEXT)


def without_values(fidelity: Fidelity, unfilled: Article) -> Fidelity:
    """Take sentences that may hold a patient's words out of what is told about the leaflet."""
    known = set(_told(unfilled))

    def told(sentence: Sentence) -> Sentence:
        if sentence.text in known:
            return sentence
        return replace(sentence, text="words around a blank")

    return replace(
        fidelity,
        dropped=tuple(map(told, fidelity.dropped)),
        doubled=tuple(map(told, fidelity.doubled)),
    )


def _place(words: str, path: Path) -> Place:
    """Find words in an article's file, or at least their blank: marks may stand between them."""
    found = place_of(words, path)
    return found if found.line else place_of(first_tag(words), path)


def _never_filled(article: Article) -> Iterator[str]:
    """Yield the words that stay as they are when the article is filled."""
    filled = {"title": "", "summary": (), "sections": (), "alternative_names": (), "references": ()}
    yield from strings(replace(article, glance=(), **filled))
    yield from [fact.label for fact in article.glance]
    yield from map(unquote, hrefs(article))


def _holds(words: str, value: str) -> bool:
    """Whether a line of a value stands among these words, as words of its own."""
    lines = [re.escape(fold(line)) for line in value.splitlines() if line.strip()]
    return any(re.search(rf"(?<!\w){line}(?!\w)", words) for line in lines)


def _told(article: Article) -> list[str]:
    """The article's lines and sentences as they are written, with their blanks."""
    titles = [article.title, *[section.title for section in article.sections]]
    facts = [words for fact in article.glance for words in (fact.label, fact.words)]
    blocks = [words for _, words in (*article.body(), *article.back_matter())]
    lines = (*titles, *facts, *blocks)
    return [part for words in lines for part in (fold(words), *sentences(words))]
