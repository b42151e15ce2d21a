"""What a Word document says outside of its text, and the words of what is left out of it."""

import re
from collections.abc import Iterator

from handouts.sources.docx_package import Package
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element, folded

IMAGE = "images have rights of their own"
TEXT_BOX = "a text box, which stands beside the text"

_WORDS = ("t", "delText", "v", "sym")
_GAPS = ("p", "tab", "br", "cr", "ptab", "tc", "pt")
_PAGE_PART = re.compile(r"word/(header|footer)\d*\.xml")
_DRAWN = re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml")
_NOTES = (
    ("word/footnotes.xml", "footnote", "a footnote"),
    ("word/endnotes.xml", "endnote", "an endnote"),
)
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_EMBEDDED = re.compile(r"word/(?:embeddings|activeX)/|.*\.bin$")
_PROPERTIES = ("title", "subject", "keywords", "description", "category", "creator")


def words_of(element: Element) -> str:
    """Give all words inside an element, deleted ones too; of two copies of a drawing one."""
    return folded("".join(_words(element)))


def _words(element: Element) -> Iterator[str]:
    if element.tag in _WORDS:
        yield element.characters()
        return
    gap = " " if element.tag in _GAPS else ""
    yield gap
    for part in chosen(element):
        yield from _words(part)
    yield gap


def chosen(element: Element) -> Iterator[Element]:
    """Yield what is in an element; of something written for old and new programs, the new."""
    if element.tag != "AlternateContent":
        yield from element.children()
        return
    ways = tuple(element.children("Choice", "Fallback"))
    best = max(ways, key=_size, default=None)
    if best is not None:
        yield from best.children()


def _size(element: Element) -> int:
    """Count the characters of all words, both copies of a drawing: it must stay linear."""
    if element.tag in _WORDS:
        return len(element.characters())
    return sum(_size(part) for part in element.children())


def drop_drawing(element: Element, notes: Notes) -> None:
    """Report a picture by what it shows, and text boxes by their words."""
    boxes = [folded(words_of(box)) for box in _boxes(element)]
    for shown in dict.fromkeys(box for box in boxes if box):
        notes.drop(0, shown, TEXT_BOX)
    seen = " ".join(boxes)
    rest = words_of(element)
    if rest and rest not in seen:
        notes.drop(0, rest, "words in a drawing")
    if not boxes:
        notes.drop(0, _label(element) or "a picture", IMAGE)


def _boxes(element: Element) -> Iterator[Element]:
    for part in chosen(element):
        if part.tag == "txbxContent":
            yield part
        else:
            yield from _boxes(part)


def _label(element: Element) -> str:
    """Give the words that describe a picture, else its name."""
    for part in element.children():
        if part.tag in ("docPr", "shape", "imagedata"):
            keys = ("descr", "alt", "title", "name")
            if label := next((part.get(key) for key in keys if part.get(key)), ""):
                return label
        if label := _label(part):
            return label
    return ""


# ---- parts beside the text ---------------------------------------------------------------------


def report_beside(package: Package, notes: Notes) -> None:
    """Report headers, footers, notes, comments, diagrams and whatever else is not the text."""
    seen: set[tuple[str, str]] = set()
    for name in package.names:
        if found := _PAGE_PART.fullmatch(name):
            _report(package.read_beside(name, notes), f"the pages' {found[1]}", notes, seen)
        elif _DRAWN.fullmatch(name):
            _report(package.read_beside(name, notes), "words of a diagram", notes, seen)
        elif _EMBEDDED.match(name):
            notes.warnings.append(f"something is embedded in the document, and not read: {name}")
    _report_notes(package, notes)


def _report_notes(package: Package, notes: Notes) -> None:
    """Report footnotes, endnotes and comments."""
    for name, tag, reason in _NOTES:
        for note in package.read_beside(name, notes).children(tag):
            if note.get("type") not in _SEPARATORS:
                _report(note, reason, notes)
    for comment in package.read_beside("word/comments.xml", notes).children("comment"):
        author = comment.get("author")
        _report(comment, f"a comment by {author}" if author else "a comment", notes)


def _report(
    root: Element, reason: str, notes: Notes, seen: set[tuple[str, str]] | None = None
) -> None:
    shown = words_of(root)
    if shown and (seen is None or (reason, shown) not in seen):
        notes.drop(0, shown, reason)
    if seen is not None:
        seen.add((reason, shown))


def properties(package: Package, notes: Notes) -> dict[str, str]:
    """Give what the document says of itself: its title, author and so on."""
    root = package.read_beside("docProps/core.xml", notes)
    return {one.tag: one.words() for one in root.children(*_PROPERTIES) if one.words()}
