"""Reading a tagged PDF back: its structure tree with the text of every content item.

What a test, or a packet's check, wants to know of a file is what a screen reader would say.
The text comes from marked content and ToUnicode alone, so whatever breaks those shows here.
pypdf is imported when a file is read.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from handouts.pdf.codes import Codes, codes_of
from handouts.values import field, frozen

_Object: TypeAlias = Any
"""An object of pypdf: its types do not say what kind a key leads to."""

ARTIFACT = -1
"""Stands for the identifier of content that is an artifact."""

UNMARKED = -2
"""Stands for the identifier of content that is neither tagged nor an artifact."""

_PROPERTIES = {"/Alt": "alt", "/ActualText": "actual", "/Lang": "lang", "/T": "title"}
_INLINE = frozenset(("Span", "Strong", "Em", "Link", "OBJR"))
_JOIN = "\x1f"


@frozen(kw_only=False)
class Node:
    """A structure element, or an annotation (`OBJR`): properties by name, kids in reading order.

    Attributes (/A) are properties too, under their own keys; a text kid is one content item.
    """

    tag: str
    properties: dict[str, str] = field(default_factory=dict)
    kids: tuple["Node | str", ...] = ()


@frozen(kw_only=False)
class LinkTarget:
    """A link annotation: its page (from 1), target, words, and box in points."""

    page: int
    uri: str
    words: str
    box: tuple[float, float, float, float]


def tree(source: Path | bytes) -> Node:
    """Read the structure tree; its root is the Document element."""
    document = _Reading(source)
    root: _Object = document.reader.root_object["/StructTreeRoot"]
    tops = root["/K"]
    kids = tops if isinstance(tops, list) else [tops]
    nodes = [document.node(kid.get_object(), 0) for kid in kids]
    return nodes[0] if len(nodes) == 1 else Node("StructTreeRoot", kids=tuple(nodes))


def outline_text(node: Node, depth: int = 0) -> str:
    """Show a tree as indented lines: types, properties, and texts in quotation marks."""
    properties = [f" {key}={value!r}" for key, value in sorted(node.properties.items())]
    lines = ["  " * depth + node.tag + "".join(properties)]
    for kid in node.kids:
        if not isinstance(kid, str):
            lines.append(outline_text(kid, depth + 1))
        elif kid.strip():
            lines.append("  " * (depth + 1) + f'"{kid.strip()}"')
    return "\n".join(lines)


def logical_text(source: Path | bytes) -> str:
    """Give the text in reading order, a line for each block; figures give their description."""
    said = re.sub(rf"{_JOIN}\s*", " ", _spoken(tree(source)))
    return "\n".join([" ".join(line.split()) for line in said.splitlines() if line.strip()])


def artifacts(source: Path | bytes) -> tuple[str, ...]:
    """Give the text of each page that is no content: running footers and the like."""
    return tuple([texts.get(ARTIFACT, "") for texts in _Reading(source).page_texts()])


def unmarked(source: Path | bytes) -> tuple[str, ...]:
    """Give the text of each page that is neither content nor artifact; there should be none."""
    return tuple([texts.get(UNMARKED, "") for texts in _Reading(source).page_texts()])


def links(source: Path | bytes) -> tuple[LinkTarget, ...]:
    """Give the link annotations, page by page."""
    return tuple(
        [
            LinkTarget(
                number,
                str(annotation["/A"]["/URI"]),
                str(annotation.get("/Contents", "")),
                _box(annotation["/Rect"]),
            )
            for number, page in enumerate(_Reading(source).reader.pages, 1)
            for annotation in [item.get_object() for item in page.get("/Annots", ())]
            if annotation["/Subtype"] == "/Link"
        ]
    )


def _box(rectangle: _Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in rectangle)
    return left, bottom, right, top


def _spoken(node: Node) -> str:
    """Give the words of an element, line breaks around blocks; a label joins what it labels."""
    said = node.properties.get("actual") or node.properties.get("alt")
    if said is None:
        said = "".join([kid if isinstance(kid, str) else _spoken(kid) for kid in node.kids])
    if node.tag == "Lbl":
        return said + _JOIN
    return said if node.tag in _INLINE else f"\n{said}\n"


class _Reading:
    """A file that is being read: its pages' texts by marked-content identifier, found once."""

    def __init__(self, source: Path | bytes) -> None:
        from pypdf import PdfReader  # noqa: PLC0415 (150 ms that only reading needs)

        self.reader = PdfReader(io.BytesIO(source) if isinstance(source, bytes) else source)
        self._pages: dict[int, _Object] = {_id(page): page for page in self.reader.pages}
        self._texts: dict[int, dict[int, str]] = {}
        self._codes: dict[int, Codes] = {}

    def page_texts(self) -> Iterator[dict[int, str]]:
        """Yield the text of each marked-content identifier, page by page."""
        for page in self._pages:
            yield self._text(page)

    def _text(self, page: int) -> dict[int, str]:
        if page not in self._texts:
            self._texts[page] = _PageText(self, self._pages[page]).read()
        return self._texts[page]

    def codes(self, font: _Object) -> Codes:
        """Give what a font's codes mean; `font` is a reference."""
        key = font.idnum
        if key not in self._codes:
            self._codes[key] = codes_of(font.get_object())
        return self._codes[key]

    def node(self, element: _Object, page: int) -> Node:
        """Read an element; `page` is the object number of its page, unless it names one itself."""
        page = _page(element, page)
        kids = element.get("/K", [])
        items = kids if isinstance(kids, list) else [kids]
        read = [self._kid(item.get_object(), page) for item in items]
        return Node(str(element["/S"])[1:], _properties(element), tuple(read))

    def _kid(self, kid: _Object, page: int) -> Node | str:
        if isinstance(kid, int):
            return self._text(page).get(kid, "")
        match kid.get("/Type"):
            case "/MCR":
                return self._text(_page(kid, page)).get(kid["/MCID"], "")
            case "/OBJR":
                target = kid["/Obj"].get_object().get("/A", {}).get("/URI", "")
                return Node("OBJR", {"uri": str(target)})
            case _:
                return self.node(kid, page)


def _id(item: _Object) -> int:
    return int(item.indirect_reference.idnum)


def _page(item: _Object, page: int) -> int:
    return int(item.raw_get("/Pg").idnum) if "/Pg" in item else page


def _properties(element: _Object) -> dict[str, str]:
    found = {name: str(element[key]) for key, name in _PROPERTIES.items() if key in element}
    attributes = element.get("/A", [])
    for item in attributes if isinstance(attributes, list) else [attributes]:
        for key, value in item.get_object().items():
            if key != "/O":
                found[key[1:]] = _shown(value)
    return found


def _shown(value: _Object) -> str:
    if isinstance(value, list):
        return " ".join([_shown(part) for part in value])
    return str(value).removeprefix("/")


# ---- content streams -----------------------------------------------------------------------------


class _PageText:
    """Reads a page's content stream; the stack holds the open marked-content sequences."""

    def __init__(self, reading: _Reading, page: _Object) -> None:
        self._reading, self._page = reading, page
        self._resources = page.get("/Resources", {}).get_object()
        self._codes = Codes({}, 1)
        self._stack: list[tuple[int, bool]] = [(UNMARKED, False)]
        self._found: dict[int, list[str]] = {}

    def read(self) -> dict[int, str]:
        from pypdf.generic import ContentStream  # noqa: PLC0415 (as above)

        content = ContentStream(self._page.get_contents(), self._reading.reader)
        for operands, operator in content.operations:
            match operator:
                case b"BDC" | b"BMC":
                    self._begin(*operands)
                case b"EMC":
                    self._stack.pop()
                case b"Tf":
                    font = self._resources["/Font"].raw_get(operands[0])
                    self._codes = self._reading.codes(font)
                case b"Tj" | b"'" | b'"':
                    self._show(operands[-1])
                case b"TJ":
                    for part in operands[0]:
                        self._show(part)
        return {key: "".join(parts) for key, parts in self._found.items()}

    def _begin(self, tag: str, properties: _Object = None) -> None:
        """Open a sequence; what replaces its text stands for all that is inside."""
        if isinstance(properties, str):
            properties = self._resources["/Properties"][properties]
        entries = properties or {}
        identifier, hidden = self._stack[-1]
        identifier = ARTIFACT if tag == "/Artifact" else entries.get("/MCID", identifier)
        if "/ActualText" in entries and not hidden:
            self._found.setdefault(identifier, []).append(str(entries["/ActualText"]))
            hidden = True
        self._stack.append((identifier, hidden))

    def _show(self, shown: _Object) -> None:
        identifier, hidden = self._stack[-1]
        if isinstance(shown, (str, bytes)) and not hidden:
            raw = shown if isinstance(shown, bytes) else shown.original_bytes  # type: ignore[attr-defined]  # pypdf's str
            self._found.setdefault(identifier, []).append(self._codes.text(raw))
