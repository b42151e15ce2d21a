"""Nothing lost: every sentence of the article is on paper once, or the user is told.

Sentences are compared as a multiset with white space folded, so moving text is fine.
The leaflet's own words do not stand in for the article's: slots hold the clinic's, the furniture
that every leaflet has is taken off, and labels that are run in are cut off.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from handouts.article import Article
from handouts.document import Blocks, Columns, Document, Panel, Section, Slot, texts
from handouts.values import frozen

_EVERYWHERE = ("about_leaflet", "disclaimer")
"""The furniture that every leaflet has in its text."""

_SENTENCE_END = re.compile(r" (?<=[.!?:] )")


@frozen
class Sentence:
    """A sentence of the article, and the part of the article it stands in."""

    where: str
    text: str


@frozen
class Fidelity:
    """How many sentences were placed, which are missing, and which stand there too often.

    `elsewhere` are the parts of the article in whose place the leaflet says where they are.
    """

    placed: int
    dropped: tuple[Sentence, ...]
    doubled: tuple[Sentence, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def lost(self) -> tuple[Sentence, ...]:
        """The missing sentences of which the leaflet does not say where they are."""
        return tuple([one for one in self.dropped if one.where not in self.elsewhere])


def fold(text: str) -> str:
    """Fold white space, no-break spaces included."""
    if text.isprintable() and "  " not in text:  # so are most texts
        return text.strip(" ")
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    """Split a text into sentences; both sides of the comparison use this one rule."""
    return _split(fold(text))


def _split(folded: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(folded) if part]


def compare(
    article: Article,
    document: Document,
    heads: Mapping[int, str],
    furniture: Mapping[str, str] = MappingProxyType({}),
) -> Fidelity:
    """Compare the article's sentences with the document's.

    Args:
        article: What should be on paper: title, body, other names, references, notices.
        document: What is on paper.
        heads: The head of each section by its number; a title that is its own head must be there.
        furniture: The leaflet's own words by name, which may stand beside the article's same ones.
    """
    leaves = [fold(words) for words in _without_slots(document.blocks)]
    there = Counter([part for leaf in leaves for part in _split(leaf)])
    there.subtract(part for name in _EVERYWHERE for part in sentences(furniture.get(name, "")))
    said = frozenset(furniture.values())
    labels = tuple([f"{words} " for words in said if words])
    bare = ["" if leaf in said else _without_label(leaf, labels) for leaf in leaves]
    there.update(
        [_split(own)[0] for own, leaf in zip(bare, leaves, strict=True) if own not in ("", leaf)]
    )
    leaves = bare
    wanted = list(_wanted(article, heads))
    count = Counter([sentence.text for sentence in wanted])
    dropped = []
    for sentence in wanted:
        words = sentence.text
        have = there[words]
        if have < count[words] and not _within(words, count[words] - have, leaves, count):
            dropped.append(sentence)
            count[words] -= 1
    doubled = dict.fromkeys(
        [
            sentence
            for sentence in wanted
            if there[sentence.text] > count[sentence.text] > 0
            and _is_told(sentence)
            and sentence.text not in said
        ]
    )
    return Fidelity(
        placed=len(wanted) - len(dropped), dropped=tuple(dropped), doubled=tuple(doubled)
    )


def _without_slots(blocks: Blocks) -> Iterator[str]:
    """Yield the texts of what can be the article's; slots hold the clinic's words."""
    for block in blocks:
        match block:
            case Slot():
                continue
            case Section(heading, inner, side):
                yield from texts((heading, *side) if heading else side)
                yield from _without_slots(inner)
            case Panel(blocks=inner):
                yield from _without_slots(inner)
            case Columns(columns):
                for column in columns:
                    yield from _without_slots(column)
            case _:
                yield from texts((block,))


def _without_label(leaf: str, labels: tuple[str, ...]) -> str:
    """Cut off the longest label that a line opens with."""
    if not leaf.startswith(labels):
        return leaf
    return leaf.removeprefix(max([one for one in labels if leaf.startswith(one)], key=len)).lstrip()


def _wanted(article: Article, heads: Mapping[int, str]) -> Iterable[Sentence]:
    yield Sentence(where="title", text=fold(article.title))
    for number, section in enumerate(article.sections):
        if heads[number] == section.title:
            yield Sentence(where=section.title, text=fold(section.title))
    for fact in article.glance:
        yield Sentence(where="at a glance", text=fold(fact.label))
        yield from _sentences("at a glance", fact.words)
    for where, block in (*article.body(), *article.back_matter()):
        yield from _sentences(where or "summary", block)


def _sentences(where: str, block: str) -> Iterable[Sentence]:
    for words in sentences(block):
        yield Sentence(where=where, text=words)


def _is_told(sentence: Sentence) -> bool:
    """Whether it matters that a sentence stands there twice: titles and names come again."""
    return sentence.where not in ("title", "at a glance", "alternative names")


def _within(words: str, times: int, leaves: list[str], wanted: Mapping[str, int]) -> bool:
    """Whether the words stand so often in a longer line, as when a template runs a label in.

    Lines that are the article's own sentences do not count: they stand for themselves only.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    longer = [part for leaf in leaves for part in _split(leaf) if part not in wanted]
    whole = [leaf for leaf in leaves if any(part not in wanted for part in _split(leaf))]
    found = sum([len(pattern.findall(part)) for part in longer])
    return max(found, sum([bool(pattern.search(leaf)) for leaf in whole])) >= times
