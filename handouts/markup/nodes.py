"""XML -> nodes: what expat saw, with the place of each element, strict about what it does not know."""

import re
from collections.abc import Mapping
from xml.parsers import expat

from handouts.errors import Place, TemplateError
from handouts.language_tag import LANGUAGE
from handouts.markup.ready import NOTHING, Filling, Ready

BLANKS = " \t\r\n"
"""White space of XML, which is folded."""

SPACE = re.compile(f"[{BLANKS}]+")
HEADS = frozenset(("h1", "h2", "h3"))
"""Elements that are heads."""

_DEEPEST = 60
"""Levels of elements; an article's text nests less deep."""
_UNCLOSED = frozenset(
    (
        expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH],
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    )
)
_CLOSING = re.compile(rb"(?:</)?([^\s<>/]+)")
_PLACES = ("slot", "blocks")
_DIGITS = 6
_PLACE = re.compile(r".+:[0-9]{1,9}")


Vocabulary = Mapping[str, frozenset[str]]
"""What names in markup may name, by kind: text role, icon, slot, picture; a kind left out is free."""


class MarkupError(TemplateError):
    """The markup is not what `docs/templates.md` describes."""


At = tuple[str, int]
"""File and line; a place is made of them only when there is something to tell."""


class Node:
    """An element as the XML parser saw it; `at` is where it was written, `text_at` its first text."""

    __slots__ = ("at", "attributes", "kids", "tag", "text_at", "vocabulary")

    def __init__(
        self, tag: str, attributes: dict[str, str], at: At, vocabulary: Vocabulary
    ) -> None:
        self.tag, self.attributes, self.vocabulary = tag, attributes, vocabulary
        self.at = at
        self.text_at: At | None = None
        self.kids: list[Node | str] = []

    def wrong(self, what: str, hint: str = "") -> MarkupError:
        """Make the error that says what is wrong with this element."""
        return MarkupError(what, place=Place(*self.at), hint=hint)

    def take(self, name: str, default: str | None = None) -> str:
        """Give an attribute and strike it off; what is left at the end is unknown."""
        value = self.attributes.pop(name, default)
        if value is None:
            raise self.wrong(f"<{self.tag}> needs the attribute {name}")
        return value

    def known(self, kind: str, name: str, default: str | None = None) -> str:
        """Give an attribute that names something of a kind, which there must be."""
        value = self.take(name, default)
        there = self.vocabulary.get(kind)
        if value and there is not None and value not in there:
            raise self.wrong(
                f"there is no {kind} {value!r}", f"There is: {', '.join(sorted(there))}"
            )
        return value

    def language(self) -> str:
        """Give the attribute `lang`, which must be a language tag (BCP 47)."""
        value = self.take("lang")
        if not LANGUAGE.fullmatch(value):
            raise self.wrong(
                f"lang={value[:20]!r} of <{self.tag}> is no language tag", "Write en, es-MX"
            )
        return value

    def number(self, name: str, default: str) -> int:
        """Give an attribute that must be a whole number."""
        value = self.take(name, default)
        if not value.isascii() or not value.isdigit() or len(value) > _DIGITS:
            raise self.wrong(f"{name}={value[:20]!r} of <{self.tag}> is no whole number")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """Give an attribute that must be one of these."""
        value = self.take(name, default)
        if value not in choices:
            raise self.wrong(
                f"{name}={value!r} of <{self.tag}> is unknown", f"Use one of {', '.join(choices)}"
            )
        return value

    def elements(self) -> "list[Node]":
        """Give the child elements where no text may stand between them."""
        found: list[Node] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                found.append(kid)
            elif kid.strip(BLANKS):
                what = f"text {kid.strip()[:40]!r} stands directly in <{self.tag}>"
                raise MarkupError(what, place=Place(*(self.text_at or self.at)))
        return found

    def only(self, tag: str) -> "list[Node]":
        """Give the child elements, which must all have this tag."""
        nodes = self.elements()
        for node in nodes:
            if node.tag != tag:
                raise node.wrong(f"<{node.tag}> cannot stand in <{self.tag}>, only <{tag}>")
        return nodes

    def empty(self) -> None:
        """Refuse whatever stands in the element."""
        self.done()
        if self.elements():
            raise self.wrong(f"<{self.tag}> must be empty")

    def done(self) -> None:
        """Refuse attributes that nobody took."""
        if self.attributes:
            raise self.wrong(f"<{self.tag}> has no attribute {min(self.attributes)}")


class PlaceNode(Node):
    """The place of something that need not be parsed, which is its `filling`."""

    __slots__ = ("filling",)

    filling: Filling | None


class _TreeBuilder:
    """Expat's handlers: it makes nodes, follows `<?at FILE:LINE?>`, and refuses declarations."""

    def __init__(self, name: str, vocabulary: Vocabulary, ready: Ready) -> None:
        self.vocabulary = vocabulary
        self.fillings = {str(number): one for number, one in enumerate(ready.fillings)}
        self.blocks = {str(number): one for number, one in enumerate(ready.blocks)}
        self.name = name
        self.origin: At | None = None
        self.root: Node | None = None
        self.heads: list[Node] = []
        self.heads_of_notes: list[Node] = []
        self.open: list[Node] = []
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartDoctypeDeclHandler = self.doctype

    def at(self) -> At:
        return self.origin or (self.name, self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self.origin or (self.name, self.parser.CurrentLineNumber)
        kind = PlaceNode if tag in _PLACES else Node
        node = kind(tag, attributes, at, self.vocabulary)
        if len(self.open) >= _DEEPEST:
            raise node.wrong(f"elements stand more than {_DEEPEST} deep in each other")
        if self.open:
            self.open[-1].kids.append(node)
        else:
            self.root = node
        if tag in HEADS:
            self.note_heads([node])
        elif isinstance(node, PlaceNode):
            node.filling = filling = self.filling(tag, attributes.get("number", ""))
            heads = filling.heads if filling else ()
            self.note_heads([Node(head, {}, at, self.vocabulary) for head in heads])
        self.open.append(node)

    def filling(self, tag: str, number: str) -> Filling | None:
        if tag == "slot":
            return self.fillings.pop(number, None)
        return Filling(self.blocks[number]) if number in self.blocks else None

    def note_heads(self, heads: list[Node]) -> None:
        in_notes = len(self.open) > 1 and self.open[1].tag == "notes"
        (self.heads_of_notes if in_notes else self.heads).extend(heads)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        node = self.open[-1]
        if self.origin and node.text_at is None and not SPACE.fullmatch(text):
            node.text_at = self.at()
        node.kids.append(text)

    def unclosed(self, markup: str) -> Place | None:
        """Where the element was opened that is not closed; None if the closing tag closes nothing."""
        closing = _CLOSING.match(markup.encode(), self.parser.ErrorByteIndex)
        names = [node.tag.encode() for node in self.open]
        if closing and closing[1] not in names:
            return None
        return Place(*self.open[-1].at) if self.open else None

    def instruction(self, target: str, text: str) -> None:
        if target == "at" and _PLACE.fullmatch(text):
            name, _, line = text.rpartition(":")
            self.origin = name, int(line)

    def doctype(self, *_declaration: object) -> None:
        raise MarkupError("a document type is not allowed in markup", place=Place(*self.at()))


def nodes(
    markup: str, name: str, vocabulary: Vocabulary, ready: Ready = NOTHING
) -> tuple[Node, tuple[Node, ...]]:
    """Parse markup into nodes: the outermost one, and the heads in the order they are read.

    Raises:
        MarkupError: It is not well formed, empty, or declares a document type.
    """
    builder = _TreeBuilder(name, vocabulary, ready)
    try:
        builder.parser.Parse(markup, True)  # noqa: FBT003  (expat's own signature)
    except expat.ExpatError as error:
        place = Place(*(builder.origin or (name, error.lineno)))
        if error.code in _UNCLOSED:
            place = builder.unclosed(markup) or place
        what = expat.ErrorString(error.code)
        raise MarkupError(
            f"the markup is not well formed ({what})",
            place=place,
            hint="Close every element and write & as &amp;",
        ) from error
    finally:
        del builder.parser  # it holds the builder's methods: only the garbage collector would see
    if builder.root is None:
        raise MarkupError("the markup is empty", place=Place(name))
    return builder.root, (*builder.heads, *builder.heads_of_notes)
