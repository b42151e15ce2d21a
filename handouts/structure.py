"""Structure elements (ISO 32000-1, 14.7), made in reading order before anything is drawn.

Layout hangs a `StructureElement` on everything it places; the PDF layer notes beside the tree what it
draws for each (`pdf/tagging.py`), and writes it.
Nothing here knows a document or a page.
"""

from weakref import ref

CELLS = ("TH", "TD")
"""Types that stay in the tree without content: a table's rows must have equally many cells."""


class StructureElement:
    """One element of the structure tree.

    Args:
        tag: Structure type (`P`, `H1`, `L`, ...); "" is a placeholder that keeps the place of text
            among its parent's kids and vanishes when the tree is written.
        attributes: Rows of the /A entry, `(owner, key, value)`; a value is a name or a number array.
        alt: Alternative description (/Alt).
        actual_text: The characters that drawn content stands for (/ActualText).
        language: Natural language (/Lang), BCP 47.
        parent: The element above.

    `kids` holds the elements below it in reading order.
    An element keeps its kids and not its parent: a tree is gone as soon as nobody holds its root,
    and is no work for the garbage collector.
    """

    __slots__ = (
        *("__weakref__", "_above"),
        *("actual_text", "alt", "attributes", "kids", "language", "tag"),
    )

    def __init__(
        self,
        tag: str,
        *,
        attributes: tuple[tuple[str, str, str], ...] = (),
        alt: str = "",
        actual_text: str = "",
        language: str = "",
        parent: "StructureElement | None" = None,
    ) -> None:
        self.tag, self.attributes, self.alt, self.language = tag, attributes, alt, language
        self.actual_text = actual_text
        self._above = None if parent is None else ref(parent)
        self.kids: list[StructureElement] = []

    def add(
        self,
        tag: str,
        *,
        attributes: tuple[tuple[str, str, str], ...] = (),
        alt: str = "",
        actual_text: str = "",
        language: str = "",
    ) -> "StructureElement":
        """Append a child element and return it."""
        child = StructureElement(
            tag,
            attributes=attributes,
            alt=alt,
            actual_text=actual_text,
            language=language,
            parent=self,
        )
        self.kids.append(child)
        return child

    def place(self) -> "StructureElement":
        """Keep a place, among the kids, for text that is drawn later."""
        return self.add("")

    @property
    def parent(self) -> "StructureElement | None":
        """The element above, as long as somebody holds it."""
        return None if self._above is None else self._above()

    @property
    def real(self) -> "StructureElement":
        """The element that content belongs to: itself, or its parent when it only keeps a place."""
        if self.tag or self._above is None:
            return self
        return self._above() or self
