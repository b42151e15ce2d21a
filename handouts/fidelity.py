"""Nothing lost: every sentence of the article is on paper once, or the user is told.

Sentences are compared as a multiset with white space folded, so moving text is fine.
The leaflet's own words do not stand in for the article's: slots hold the clinic's, the furniture
that every leaflet has is taken off, and labels that are run in are cut off.
"""

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from handouts.article import Article
from handouts.document import Document, texts
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
    elsewhere: tuple[str, ...] = (),
) -> Fidelity:
    """Compare the article's sentences with the document's.

    Args:
        article: What should be on paper: title, body, other names, references, notices.
        document: What is on paper.
        heads: The head of each section by its number; a title that is its own head must be there.
        furniture: The leaflet's own words by name, which may stand beside the article's same ones.
        elsewhere: The parts in whose place the leaflet says where they are: of a sentence that
            another part has, too, it is theirs that is missing.
    """
    shown = texts(document.blocks, slots=False)
    leaves = [fold(words) for words in shown]
    parts = dict(zip(shown, map(_split, leaves), strict=True))
    there = Counter([part for words in shown for part in parts[words]])
    there.subtract(part for name in _EVERYWHERE for part in sentences(furniture.get(name, "")))
    said = frozenset(furniture.values())
    labels = tuple([f"{words} " for words in said if words])
    bare = ["" if leaf in said else _without_label(leaf, labels) for leaf in leaves]
    there.update(
        [_split(own)[0] for own, leaf in zip(bare, leaves, strict=True) if own not in ("", leaf)]
    )
    wanted = _wanted(article, heads, parts)
    count = Counter([words for _, words in wanted])
    dropped = []
    first = sorted(wanted, key=lambda one: one[0] not in elsewhere) if elsewhere else wanted
    for where, words in first:
        have = there[words]
        if have < count[words] and not _within(words, count[words] - have, bare, count):
            dropped.append(Sentence(where=where, text=words))
            count[words] -= 1
    often = {words for words, times in there.items() if times > count[words] > 0} - said
    doubled = dict.fromkeys([one for one in wanted if one[1] in often and _is_told(one[0])])
    return Fidelity(
        placed=len(wanted) - len(dropped),
        dropped=tuple(dropped),
        doubled=tuple([Sentence(where=where, text=words) for where, words in doubled]),
        elsewhere=elsewhere,
    )


def _without_label(leaf: str, labels: tuple[str, ...]) -> str:
    """Cut off the longest label that a line opens with."""
    if not leaf.startswith(labels):
        return leaf
    return leaf.removeprefix(max([one for one in labels if leaf.startswith(one)], key=len)).lstrip()


def _wanted(
    article: Article, heads: Mapping[int, str], parts: Mapping[str, list[str]]
) -> list[tuple[str, str]]:
    """List the article's sentences, each with its place; `parts` are the sentences of texts on paper."""
    wanted = [("title", fold(article.title))]
    for number, section in enumerate(article.sections):
        if heads[number] == section.title:
            wanted.append((section.title, fold(section.title)))
    for fact in article.glance:
        wanted.append(("at a glance", fold(fact.label)))
        wanted += [("at a glance", words) for words in sentences(fact.words)]
    for where, block in (*article.body(), *article.back_matter()):
        found = parts[block] if block in parts else sentences(block)
        wanted += [(where or "summary", words) for words in found]
    return wanted


def _is_told(where: str) -> bool:
    """Whether it matters that a sentence stands there twice: titles and names come again."""
    return where not in ("title", "at a glance", "alternative names")


def _within(words: str, times: int, leaves: list[str], wanted: Mapping[str, int]) -> bool:
    """Whether the words stand so often in a longer line, as when a template runs a label in.

    Lines that are the article's own sentences do not count: they stand for themselves only.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    longer = [part for leaf in leaves for part in _split(leaf) if part not in wanted]
    whole = [leaf for leaf in leaves if any(part not in wanted for part in _split(leaf))]
    found = sum([len(pattern.findall(part)) for part in longer])
    return max(found, sum([bool(pattern.search(leaf)) for leaf in whole])) >= times
