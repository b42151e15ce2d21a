"""Reads a PDF file with pypdf into a `Printed`; whatever is broken is one error."""

import io
import logging
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from handouts import strings
from handouts.errors import HandoutsError, Place, SourceError
from handouts.verify.content import Fonts, Interpreter, Operation
from handouts.verify.drawn import Mark, Shape
from handouts.verify.faces import Face, face_of
from handouts.verify.limits import Limits
from handouts.verify.printed import Facts, Printed, text_blocks, text_lines
from handouts.verify.tags import Tree, read_tree

_Object = Any
_NO_TREE = Tree(elements=(), items=())


def read_pdf(content: bytes, name: str) -> Printed:
    """Read a file; its limits are those of the standard edition until it is known.

    Raises:
        SourceError: It is no PDF, is encrypted, or is damaged.
    """
    place = Place(name)
    if b"%PDF-" not in content[:1024]:
        raise SourceError("this is no PDF", place=place, hint="Give the leaflet's PDF file.")
    try:
        return _File(content).printed()
    except HandoutsError as error:
        raise SourceError(error.what, place=place, hint=error.hint) from error
    except Exception as error:  # pypdf raises anything on a broken file
        hint = f"It is damaged ({type(error).__name__}). Make the leaflet again."
        raise SourceError("the PDF cannot be read", place=place, hint=hint) from error


class _File:
    """A file that is being read."""

    def __init__(self, content: bytes) -> None:
        from pypdf import PdfReader  # noqa: PLC0415  (150 ms that only reading needs)
        from pypdf.errors import DependencyError  # noqa: PLC0415  (the same)

        logging.getLogger("pypdf").addHandler(logging.NullHandler())  # we tell what is wrong
        encrypted = SourceError("the PDF is encrypted", hint="Save it without a password.")
        try:
            self._reader = PdfReader(io.BytesIO(content))
        except DependencyError as error:  # pypdf knows this cipher with another library only
            raise encrypted from error
        if self._reader.is_encrypted:
            raise encrypted
        self._root: _Object = self._reader.root_object
        self._fonts = Fonts(face_of)

    def printed(self) -> Printed:
        """Give all of it."""
        if not self._reader.pages:
            raise SourceError("the PDF has no pages", hint="Make the leaflet again.")
        marks = tuple(self._marks())
        structure = self._root.get("/StructTreeRoot")
        tree = read_tree(structure.get_object()) if structure is not None else _NO_TREE
        owners = dict(tree.items)
        lines = text_lines(marks, owners)
        facts = self._facts()
        return Printed(
            pages=tuple([_size(page) for page in self._reader.pages]),
            marks=marks,
            grounds=tuple(
                [mark for mark in marks if isinstance(mark, Shape) and mark.simple and mark.fill]
            ),
            lines=lines,
            blocks=text_blocks(lines, tree),
            tree=tree,
            owners=owners,
            links=tuple(self._links()),
            faces=tuple(self._faces()),
            facts=facts,
            limits=Limits(),
            words=_words(facts.language),
        )

    # ---- pages ---------------------------------------------------------------------------------

    def _marks(self) -> Iterator[Mark]:
        order = count()
        for number, page in enumerate(self._reader.pages, 1):
            interpreter = Interpreter(number, order, self._fonts, self._operations)
            stream = int(page.indirect_reference.idnum) if page.indirect_reference else 0
            contents = page.get_contents()
            operations = self._operations(contents) if contents is not None else ()
            yield from interpreter.run(stream, page.get("/Resources", {}).get_object(), operations)

    def _operations(self, stream: _Object) -> Iterable[Operation]:
        from pypdf.generic import ContentStream  # noqa: PLC0415  (as above)

        return ContentStream(stream, self._reader).operations

    def _faces(self) -> Iterator[Face]:
        seen: set[int] = set()
        for page in self._reader.pages:
            fonts = page.get("/Resources", {}).get_object().get("/Font", {}).get_object()
            for name in fonts:
                face = self._fonts.face(fonts.raw_get(name))
                if id(face) not in seen:
                    seen.add(id(face))
                    yield face

    def _links(self) -> Iterator[tuple[int, str]]:
        for number, page in enumerate(self._reader.pages, 1):
            for item in page.get("/Annots", ()):
                action = item.get_object().get("/A", {}).get_object()
                yield number, str(action.get("/URI", ""))

    # ---- what it says about itself -------------------------------------------------------------

    def _facts(self) -> Facts:
        about: _Object = self._reader.metadata or {}
        metadata = self._root.get("/Metadata")
        xmp = metadata.get_data().decode("utf-8", "replace") if metadata is not None else ""
        title = _first(xmp, "dc:title")
        return Facts(
            title=title or str(about.get("/Title", "")),
            shown_title=bool(self._root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")),
            about=_first(xmp, "dc:description") or str(about.get("/Subject", "")),
            language=str(self._root.get("/Lang", "")),
            edition=_first(xmp, "dc:type").removeprefix("edition "),
            marked=bool(self._root.get("/MarkInfo", {}).get("/Marked")),
            tree="/StructTreeRoot" in self._root,
            claims=tuple(_claims(xmp)),
            intent="/OutputIntents" in self._root,
            xmp_title=title,
        )


def _size(page: _Object) -> tuple[float, float]:
    return float(page.mediabox.width), float(page.mediabox.height)


def _first(xmp: str, name: str) -> str:
    """Give the first value of a property that is a list or has languages."""
    found = re.search(rf"<{name}>.*?<rdf:li[^>]*>(.*?)</rdf:li>", xmp, re.DOTALL)
    words = found[1] if found else ""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _claims(xmp: str) -> Iterator[str]:
    for prefix, label in (("pdfuaid", "PDF/UA"), ("pdfaid", "PDF/A")):
        part = re.search(rf"{prefix}:part[^\d<]*[>\"'](\d)", xmp)
        if part:
            level = re.search(rf"{prefix}:conformance[^\w<]*[>\"'](\w)", xmp)
            yield f"{label}-{part[1]}{level[1].lower() if level else ''}"


def _words(language: str) -> strings.Strings | None:
    try:
        return strings.load(language)
    except HandoutsError:
        return None
