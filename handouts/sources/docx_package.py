"""The ZIP file of a Word document: checked before anything in it is read.

Only parts in XML are ever read, each into memory and with limits; pictures, macros and what is
embedded never are.  Nothing is written, and no other file is opened.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from handouts.errors import Place, SourceError
from handouts.sources.content import Content
from handouts.sources.reading import Notes
from handouts.sources.safe_xml import Element, parse_xml
from handouts.values import frozen

MOST_PARTS = 2000
"""Files in the ZIP file."""

LARGEST = 50_000_000
"""All files together, unpacked, in bytes."""

LARGEST_PART = 8_000_000
"""A part that is read, unpacked, in bytes."""

_RATIO, _RATIO_FROM = 250, 1_000_000
"""A file of at least so many bytes may not be packed closer than 1 to `_RATIO`."""

_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,  # a way of packing that Python has not
    RuntimeError,  # a password
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = "this is a Word document or another ZIP file, but it is damaged or cut off"
_AGAIN = "Open it in Word and save it again as .docx."
_OTHERS = (
    ("an Excel workbook", re.compile(r"xl/")),
    ("a PowerPoint presentation", re.compile(r"ppt/")),
    ("an OpenDocument file", re.compile(r"content\.xml$")),
    ("an e-book (EPUB)", re.compile(r"META-INF/container\.xml$")),
)
_UNSAFE = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)|.*[\\\0]", re.DOTALL)


@frozen(kw_only=False)
class Relation:
    """What a part of the document points to: another part, or an address outside of it."""

    kind: str
    target: str
    outside: bool


@frozen(kw_only=False, eq=False)
class Package:
    """The parts of a document by their names; `main` is the text's own."""

    file: str
    main: str
    names: tuple[str, ...]
    parts: dict[str, bytes]

    def read(self, name: str) -> Element:
        """Parse a part; a part that is missing is empty.

        Raises:
            SourceError: It is no well-formed XML, or declares entities.
        """
        if name not in self.parts:
            return Element("none", {}, (), 0)
        return parse_xml(self.parts[name], f"{self.file} ({name})")

    def read_beside(self, name: str, notes: Notes) -> Element:
        """Parse a part that the text can be read without: one that is broken is reported."""
        try:
            return self.read(name)
        except SourceError as failure:
            notes.warnings.append(f"a part of the document was not read: {failure}")
            return Element("none", {}, (), 0)

    def relations(self, notes: Notes) -> dict[str, Relation]:
        """Give what the text points to, by the names that it uses."""
        return dict(_relations(self.read_beside(_relations_of(self.main), notes), self.main))


def open_package(content: Content) -> Package:
    """Check a ZIP file, and unpack its parts in XML.

    Raises:
        SourceError: It is damaged, no Word document, locked with a password, or made to harm.
    """
    place = Place(content.file)
    try:
        with content.stream() as stream:
            return _unpacked(stream, content.file)
    except _FAILURES as failure:
        hint = _AGAIN if "password" not in str(failure) else "Save it without its password."
        raise SourceError(_DAMAGED, place=place, hint=hint) from None


def _unpacked(stream: BinaryIO, file: str) -> Package:
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        if problem := next(_problems(infos), ""):
            raise SourceError(problem, place=Place(file))
        names = tuple(info.filename for info in infos)
        if not any(name.startswith("word/") for name in names):
            _refuse_other(names, file)
        parts: dict[str, bytes] = {}
        for info in infos:
            if info.filename.endswith((".xml", ".rels")):
                with archive.open(info) as part:
                    parts[info.filename] = part.read(LARGEST_PART + 1)
        for name, data in parts.items():
            if len(data) > LARGEST_PART:
                what = f"its part {name} is larger than {LARGEST_PART // 1_000_000} MB"
                raise SourceError(what, place=Place(file))
    return Package(file, _main(parts, file), names, parts)


def _problems(infos: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield what is wrong with the ZIP file as a whole."""
    if len(infos) > MOST_PARTS:
        yield f"the ZIP file holds more than {MOST_PARTS} files"
    if sum(info.file_size for info in infos) > LARGEST:
        yield f"unpacked, the document is larger than {LARGEST // 1_000_000} MB"
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        yield "the ZIP file holds two files of the same name"
    for info in infos:
        yield from _problems_of(info)


def _problems_of(info: zipfile.ZipInfo) -> Iterator[str]:
    if _UNSAFE.match(info.filename):
        yield f"the ZIP file holds a name that leads out of it, {info.filename[:60]!r}"
    if info.flag_bits & 1:
        yield "the document is locked with a password"
    if info.compress_type not in _METHODS:
        yield "the ZIP file is packed in a way that Word does not use"
    if info.file_size > max(_RATIO_FROM, _RATIO * info.compress_size):
        yield f"the ZIP file is packed closer than 1 to {_RATIO}, as no document is"


def _refuse_other(names: tuple[str, ...], file: str) -> None:
    known = (name for name, sign in _OTHERS if any(sign.match(one) for one in names))
    name = next(known, "a ZIP file")
    hint = "Give the Word document itself, or the text as Markdown."
    raise SourceError(f"this is {name}, not a Word document", place=Place(file), hint=hint)


# ---- relations ---------------------------------------------------------------------------------


def _main(parts: dict[str, bytes], file: str) -> str:
    """Find the part that is the text."""
    root = parse_xml(parts["_rels/.rels"], file) if "_rels/.rels" in parts else None
    found = [one.target for _, one in _relations(root, "") if one.kind == "officeDocument"]
    for name in (*found, "word/document.xml"):
        if name in parts:
            return name
    raise SourceError("the Word document has no text part", place=Place(file), hint=_AGAIN)


def _relations_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relations(root: Element | None, name: str) -> Iterator[tuple[str, Relation]]:
    """Yield the relations of a part, names of parts completed."""
    folder = posixpath.dirname(name)
    for element in root.children("Relationship") if root is not None else ():
        target, outside = element.get("Target"), element.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type").rpartition("/")[2]
        yield element.get("Id"), Relation(kind, target, outside)
