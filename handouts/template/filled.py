"""Templates that were filled, and their slots, which can be filled for another clinic."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

from handouts.document import Blocks, Document
from handouts.errors import TemplateError
from handouts.markup import (
    Filling,
    MarkupError,
    Ready,
    Vocabulary,
    parse,
    parse_filling,
)
from handouts.remembered import Remembered
from handouts.template.cost import metered
from handouts.template.reads import Reads, Watch, joined
from handouts.template.slots import Content, Lifted, dissolve
from handouts.values import frozen, is_value

if TYPE_CHECKING:
    from handouts.template.filling import TemplateSet

Parsed = TypeVar("Parsed")

_ONE_AT_A_TIME = Lock()
"""Slots are filled for one clinic at a time: what they read is turned to it."""


_CONTENTS: Remembered[list[tuple[Reads, str]]] = Remembered(256)
"""What slots say: for each of a clinic, or of all where nothing is read of it, the latest, with what
was read of the article for it."""

_TOGETHER: Remembered[list[tuple[Reads, tuple[str, ...]]]] = Remembered(256)
"""What all slots of a template say, in the same way."""

_MOST_KNOWN = 4


class Slots:
    """The slots of a template that was filled; they can be filled for other values.

    `fixed` are the values of the template that are never others; `said` is what they said at first;
    `keeps` says whether what they say may be kept.
    """

    def __init__(
        self, templates: "TemplateSet", watch: Watch, fixed: tuple[object, ...], *, keep: bool
    ) -> None:
        self.watch, self.is_open = watch, False
        self._contents: tuple[Content, ...] = ()
        self._keys: tuple[object, ...] = ()
        self.said: tuple[str, ...] = ()
        self._templates, self._fixed, self.keeps = templates, fixed, keep
        ours = [name for name, one in watch.values.items() if is_value(type(one))]
        self._own = tuple([name for name in ours if name != "article"])
        self.turn({})

    def turn(self, values: Mapping[str, object]) -> None:
        """Turn to other values, of a clinic, of the same kinds.

        Of those of our own classes their identity tells all that is read.
        """
        self.watch.values = {**self.watch.values, **values}
        own = [self.watch.values[name] for name in self._own]
        self._shared = (self._templates, *self._fixed)
        self._objects = (*self._shared, *own)
        self._state = self._templates.state()

    def hold(self, lifted: Lifted, said: tuple[str, ...]) -> None:
        """Take the slots, and what they said."""
        self._contents, self.said = tuple(lifted.contents), said
        self._keys = tuple([content.key for content in self._contents])
        finalize(self, dissolve, lifted.scopes).atexit = False

    def say(self, content: Content) -> str:
        """Fill a slot, or take what another article's slot says of which the same was read."""
        return self._say(content)[1]

    def _say(self, content: Content) -> tuple[Reads | None, str]:
        """Fill a slot, and tell what was read for it beyond the clinic; None is all."""
        if content.key is None or self.is_open or not self.keeps:
            return None, content()
        key = (*self._state, *content.key)
        shared, own = (_CONTENTS.result(of, key, list) for of in (self._shared, self._objects))
        for one in (*shared, *own):
            if one[0].alike(self.watch.values):
                return one
        self.watch.reads = {}
        filled = content()
        rest = {path: one for path, one in self.watch.reads.items() if path[0] not in self._own}
        known = shared if len(rest) == len(self.watch.reads) else own
        known.append((Reads(self.watch.values, rest), filled))
        del known[:-_MOST_KNOWN]
        return known[-1]

    def known(self) -> tuple[str, ...] | None:
        """Give what all slots say, if they said it for another article of which the same was read."""
        for reads, said in self._together():
            if reads.alike(self.watch.values):
                return said
        return None

    def told(self) -> tuple[str, ...]:
        """Fill all slots."""
        filled = [self._say(content) for content in self._contents]
        said = tuple([one for _, one in filled])
        reads = [found for found, _ in filled if found is not None]
        if len(reads) == len(filled):
            together = self._together()
            together.append((joined(reads, self.watch.values), said))
            del together[:-_MOST_KNOWN]
        return said

    def _together(self) -> list[tuple[Reads, tuple[str, ...]]]:
        return _TOGETHER.result(self._objects, (*self._state, self._keys), list)


@frozen(eq=False)
class Filled:
    """A template that was filled: its markup, and what its text outside of the slots reads.

    `reads` is of the values in whose place others may come; the slots that were lifted can be
    filled with others: the markup has their places, and they are numbered in a document.
    It is kept as markup, which takes a tenth of a document's room; `blocks` are those of the article
    that stand in it by number.
    """

    templates: "TemplateSet"
    name: str
    values: Mapping[str, object]
    markup: str
    blocks: tuple[Blocks, ...]
    reads: Reads
    vocabulary: Vocabulary
    lifted: Slots

    def fits(self, values: Mapping[str, object]) -> bool:
        """Whether all but the lifted slots is the same with other values."""
        return self.reads.alike(values)

    def slots(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """Fill the lifted slots with other values: give the markup of their contents.

        Raises:
            TemplateError: They cannot be filled with these.
            LateError: They can only be filled together with all else.
        """
        slots = self.lifted
        with _ONE_AT_A_TIME:
            slots.turn(values)
            known = slots.known()
            if known is not None:
                return known
            with self.templates.blamed(self.name), metered():
                return slots.told()

    def document(self, contents: tuple[str, ...]) -> Document:
        """Parse the markup, with contents in its slots.

        Raises:
            TemplateError: It is wrong; file and line are named.
        """
        return _DOCUMENTS.result((self,), contents, lambda: self._document(contents))

    def _document(self, contents: tuple[str, ...]) -> Document:
        ready = Ready(tuple([self.filling(content) for content in contents]), self.blocks)
        return self._blamed(
            lambda: parse(
                self.markup,
                name=self.name,
                vocabulary=self.vocabulary,
                heads="ordered",
                ready=ready,
            )
        )

    def filling(self, content: str) -> Filling:
        """Parse the content of a slot, which many leaflets have.

        Raises:
            TemplateError: It is wrong; file and line are named.
        """
        if not self.lifted.keeps:
            return self._filling(content)
        return FILLINGS.result((self.vocabulary,), (content,), lambda: self._filling(content))

    def _filling(self, content: str) -> Filling:
        return self._blamed(
            lambda: parse_filling(content, name=self.name, vocabulary=self.vocabulary)
        )

    def _blamed(self, parsed: Callable[[], Parsed]) -> Parsed:
        try:
            return parsed()
        except MarkupError as error:
            with _ONE_AT_A_TIME:
                place = self.templates.place(self.name, self.values, self.vocabulary)
            raise TemplateError(error.what, place=place, hint=error.hint) from error


FILLINGS: Remembered[Filling] = Remembered(256)
"""What slots say, parsed, by the vocabulary that they may use."""

_DOCUMENTS: Remembered[Document] = Remembered(2)
"""The latest documents: one is compared with its article, and then laid out."""
