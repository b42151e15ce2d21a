"""An element of XML: by its local name, with its line, content in order."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Union
from xml.sax.saxutils import escape, quoteattr

from handouts.values import frozen


@frozen(kw_only=False, eq=False)
class Element:
    """An element: its local name, attributes, what is in it in order, and the line it begins in."""

    tag: str
    attributes: Mapping[str, str]
    content: tuple[Union["Element", str], ...]
    line: int

    def get(self, name: str) -> str:
        """Give an attribute, white space folded, or ""."""
        return folded(self.attributes.get(name, ""))

    def children(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements in it, in order; those of some names only, if there are any."""
        for part in self.content:
            if isinstance(part, Element) and (not tags or part.tag in tags):
                yield part

    def child(self, tag: str) -> "Element | None":
        """Give the first element in it that has a name."""
        return next(self.children(tag), None)

    def below(self, tag: str) -> Iterator["Element"]:
        """Yield all elements of a name at any depth, but those inside each other."""
        for part in self.children():
            if part.tag == tag:
                yield part
            else:
                yield from part.below(tag)

    def characters(self) -> str:
        """Give all text in it as it is written, in order."""
        return "".join(
            [part if isinstance(part, str) else part.characters() for part in self.content]
        )

    def words(self) -> str:
        """Give all text in it, white space folded."""
        return folded(self.characters())

    def own_words(self) -> str:
        """Give the text that is in it and in none of its elements, white space folded."""
        return folded(" ".join([part for part in self.content if isinstance(part, str)]))

    def markup(self) -> str:
        """Give what is in it as markup: its text, which may be escaped HTML, or its elements."""
        if all(isinstance(part, str) for part in self.content):
            return self.characters()
        return _written(self.content)


def folded(text: str) -> str:
    """Fold runs of white space to single spaces, and compose letters (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _written(content: tuple[Element | str, ...]) -> str:
    """Write elements and text down again."""
    parts = []
    for part in content:
        if isinstance(part, str):
            parts.append(escape(part))
        else:
            named = "".join([f" {key}={quoteattr(said)}" for key, said in part.attributes.items()])
            parts.append(f"<{part.tag}{named}>{_written(part.content)}</{part.tag}>")
    return "".join(parts)
