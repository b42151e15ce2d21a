"""Words of a patient, which fill blanks, stay on the pages: out of titles, messages and JSON."""

from collections.abc import Mapping
from pathlib import Path

from handouts.article import Article
from handouts.blanks import value_names
from handouts.errors import Place, SourceError, UsageError
from handouts.fidelity import Fidelity, Sentence, fold, sentences
from handouts.text.coverage import gaps
from handouts.text.faces import FaceSet
from handouts.values import replace


def check_values(unfilled: Article, values: Mapping[str, str], path: Path, faces: FaceSet) -> None:
    """Refuse values that cannot be printed, and titles that would hold one; none is quoted.

    Raises:
        UsageError: The fonts have no such character.
        SourceError: A title, which becomes a property or a bookmark of the file, has a blank.
    """
    titles = (unfilled.title, *[section.title for section in unfilled.sections])
    if any(name in unfilled.blanks for title in titles for name in value_names(title)):
        raise SourceError(
            "a blank in a title would write a patient's words into the file's properties or bookmarks",
            place=Place(str(path)),
            hint="Move it into the text",
        )
    for name, value in values.items():
        for gap in gaps(value, faces):
            what = f"the value of {name!r} holds a character that cannot be printed, {gap.name}"
            raise UsageError(what, hint=f"{gap.reason}. Write it in another way")


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


def _told(article: Article) -> list[str]:
    """The article's lines and sentences as they are written, with their blanks."""
    titles = [article.title, *[section.title for section in article.sections]]
    facts = [words for fact in article.glance for words in (fact.label, fact.words)]
    blocks = [words for _, words in (*article.body(), *article.back_matter())]
    lines = (*titles, *facts, *blocks)
    return [part for words in lines for part in (fold(words), *sentences(words))]
