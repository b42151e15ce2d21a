"""XML from strangers, read with limits: no DTD, no entities, no network, no other files.

Elements are named by their local names, since prefixes and namespaces change from one release of a
format to the next, and know their line.
`parse_xml` reads a whole document, `stream_elements` one element after the other.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, BinaryIO
from xml.parsers import expat

from handouts.errors import Place, SourceError
from handouts.sources.xml_element import Element, folded

__all__ = ["Element", "folded", "parse_xml", "stream_elements"]

DEEPEST = 200
"""Elements inside each other that are read."""

LONGEST = 1_000_000
"""Longest tag, comment or instruction, in bytes."""

LARGEST = 5_000_000
"""Most characters of text in one element of a stream."""

_CHUNK = 1 << 16
_DOCTYPE = re.compile(
    rb"((?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+)"
    rb"(<!DOCTYPE(?:[^\[<>\"']|\"[^\"]*\"|'[^']*')*+>)",
    re.DOTALL,
)
_AGAIN = "Fetch it again: it may have been cut off."


def parse_xml(data: bytes, file: str) -> Element:
    """Read a whole document, and give its root.

    Args:
        data: The document.
        file: Its name for messages.

    Raises:
        SourceError: It is no well-formed XML, declares entities or anything else of its own, uses
            unknown ones, or is nested deeper than `DEEPEST`.
    """
    chunks = (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))
    parser = _Parser(file, None, lambda *_: True, len(data))
    (root,) = parser.read(chunks)
    return root


def stream_elements(
    stream: BinaryIO,
    file: str,
    tag: str,
    picks: Callable[[Mapping[str, str], int], bool],
    passed: Container[str] = (),
) -> Iterator[Element]:
    """Read a document of any size in constant memory, and yield the elements of a name.

    What stands outside of them is not kept.

    Args:
        stream: The document; it is closed at the end.
        file: Its name for messages.
        tag: Local name of the elements.
        picks: Tells by an element's attributes and line whether it is wanted.
        passed: Names of elements in it that are passed over: nothing but their place is kept.

    Raises:
        SourceError: As for `parse_xml`, once all elements before the mistake were given; or an
            element is larger than `LARGEST`.
    """
    with stream:
        chunks = iter(partial(_read, stream, file), b"")
        yield from _Parser(file, tag, picks, LARGEST, passed).read(chunks)


def _read(stream: BinaryIO, file: str) -> bytes:
    try:
        return stream.read(_CHUNK)
    except OSError as failure:
        raise SourceError("the file cannot be read", place=Place(file)) from failure


# ---- the parser --------------------------------------------------------------------------------

_Content = list[Element | str]


class _Parser:
    """Makes elements of what expat sees; without a name to look for, of the root."""

    def __init__(
        self,
        file: str,
        tag: str | None,
        picks: Callable[[Mapping[str, str], int], bool],
        largest: int,
        passed: Container[str] = (),
    ) -> None:
        self.file, self.tag, self.picks, self.largest = file, tag, picks, largest
        self.passed, self.passing = passed, 0
        self.depth = self.size = self.fed = 0
        self.open: list[tuple[str, Mapping[str, str], int, _Content]] = []
        self.done: list[Element] = []
        self.expat: Any = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.StartDoctypeDeclHandler = self.doctype

    def read(self, chunks: Iterable[bytes]) -> Iterator[Element]:
        """Yield the elements as they are complete, those before a mistake, too."""
        for chunk in chain(chunks, (b"",)):
            try:
                self.feed(chunk)
            except SourceError:
                yield from self.done
                raise
            yield from self.done
            self.done.clear()

    def feed(self, chunk: bytes) -> None:
        """Parse the next bytes; none are the end."""
        if not self.fed:
            chunk = _without_doctype(chunk)
        try:
            self.expat.Parse(chunk, not chunk)
        except expat.ExpatError as failure:
            what = f"this is no well-formed XML: {expat.ErrorString(failure.code)}"
            place = Place(self.file, failure.lineno)
            raise SourceError(what, place=place, hint=_AGAIN) from None
        except (LookupError, ValueError):  # an encoding that is none, or has no table
            what = "the XML is in an encoding that cannot be read"
            raise SourceError(what, place=self.place(), hint="Save it as UTF-8.") from None
        self.fed += len(chunk)
        if self.fed - self.expat.CurrentByteIndex > LONGEST + _CHUNK:
            what = f"a tag or comment is longer than {LONGEST // 1_000_000} MB"
            raise SourceError(what, place=self.place())

    def place(self) -> Place:
        """Give the place where the parser is."""
        return Place(self.file, self.expat.CurrentLineNumber)

    # ---- what expat calls ----------------------------------------------------------------------

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element, if it is wanted or inside one that is."""
        self.depth += 1
        if self.depth > DEEPEST:
            what = f"the XML is nested more than {DEEPEST} elements deep"
            raise SourceError(what, place=self.place())
        if self.passing:
            return
        if " " in name:
            name = _local(name)
        if not self.open:
            if self.tag is not None and name != self.tag:
                return
            if not self.picks(attributes, self.expat.CurrentLineNumber):
                return
            self.size = 0
            self.expat.CharacterDataHandler = self.text
        elif name in self.passed:
            self.open[-1][3].append(Element(name, {}, (), self.expat.CurrentLineNumber))
            self.passing, self.expat.CharacterDataHandler = self.depth, None
            return
        self.open.append((name, _named(attributes), self.expat.CurrentLineNumber, []))

    def text(self, words: str) -> None:
        """Keep text."""
        self.size += len(words)
        if self.size > self.largest:
            what = f"an element is larger than {self.largest // 1_000_000} MB"
            raise SourceError(what, place=self.place())
        self.open[-1][3].append(words)

    def end(self, _name: str) -> None:
        """Close an element."""
        self.depth -= 1
        if self.passing:
            if self.depth < self.passing:
                self.passing, self.expat.CharacterDataHandler = 0, self.text
            return
        if not self.open:
            return
        tag, attributes, line, content = self.open.pop()
        element = Element(tag, attributes, tuple(content), line)
        if self.open:
            self.open[-1][3].append(element)
        else:
            self.done.append(element)
            self.expat.CharacterDataHandler = None

    def doctype(self, *_about: object) -> None:
        """Refuse a DOCTYPE that was not taken out: it has declarations of its own."""
        what = "the XML has a DOCTYPE with declarations of its own, which are not read"
        raise SourceError(what, place=self.place(), hint="Delete the DOCTYPE.")


def _named(attributes: dict[str, str]) -> dict[str, str]:
    """Give attributes their local names; one that has no namespace wins."""
    for key in [key for key in attributes if " " in key]:
        attributes.setdefault(_local(key), attributes.pop(key))
    return attributes


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _without_doctype(chunk: bytes) -> bytes:
    """Take the DOCTYPE out of a document's beginning, lines kept.

    With it, expat would pass over unknown entities in silence, and words would be lost.
    """
    found = _DOCTYPE.match(chunk)
    if found is None:
        return chunk
    return found[1] + re.sub(rb"[^\n]", b" ", found[2]) + chunk[found.end() :]
