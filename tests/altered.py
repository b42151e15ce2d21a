"""Changes to a finished leaflet, as another program or a bug of ours would make them."""

import io
import re
from collections.abc import Callable
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

Change = Callable[[PdfWriter], None]


def altered(pdf: bytes, *changes: Change) -> bytes:
    """Give the file with changes made."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for change in changes:
        change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def content(pattern: str, replacement: str, page: int = 1, count: int = 0) -> Change:
    """Replace a pattern in a page's operators; it must be there."""

    def change(writer: PdfWriter) -> None:
        found = 0
        for stream in _streams(writer, page):
            before = stream.get_data().decode("latin-1")
            after, times = re.subn(pattern, replacement, before, count=count, flags=re.DOTALL)
            stream.set_data(after.encode("latin-1"))
            found += times
            if count and found >= count:
                break
        assert found, pattern

    return change


def _streams(writer: PdfWriter, page: int) -> list[Any]:
    """Give the content streams of a page, in order."""
    streams: Any = writer.pages[page - 1]["/Contents"].get_object()
    return [one.get_object() for one in streams]


def drawn(operators: str, page: int = 1) -> Change:
    """Draw more on a page, after all else."""

    def change(writer: PdfWriter) -> None:
        stream = _streams(writer, page)[-1]
        stream.set_data(stream.get_data() + f"\n{operators}".encode("ascii"))

    return change


def palette(role: int, colour: str) -> Change:
    """Give a role of the palette another colour, as six hexadecimal digits."""

    def change(writer: PdfWriter) -> None:
        spaces: Any = writer.pages[0]["/Resources"]["/ColorSpace"]
        entry = spaces["/Pal"][3]
        raw = bytearray(entry.original_bytes)
        raw[3 * role : 3 * role + 3] = bytes.fromhex(colour)
        spaces["/Pal"][3] = type(entry)(bytes(raw))

    return change


def xmp(old: str, new: str) -> Change:
    """Replace words in the metadata; they must be there."""

    def change(writer: PdfWriter) -> None:
        stream: Any = writer.root_object["/Metadata"]
        before = stream.get_data().decode()
        assert old in before
        stream.set_data(before.replace(old, new).encode())

    return change


def catalog(key: str, value: Any) -> Change:  # noqa: ANN401  (an object of pypdf, or None)
    """Set an entry of the catalog, or take it away with None."""

    def change(writer: PdfWriter) -> None:
        if value is None:
            del writer.root_object[key]
        else:
            writer.root_object[NameObject(key)] = value

    return change


def links(change_of: Callable[[str], str], page: int = 1) -> Change:
    """Change the targets of a page's links."""

    def change(writer: PdfWriter) -> None:
        annotations: Any = writer.pages[page - 1]["/Annots"]
        for annotation in annotations:
            action = annotation.get_object()["/A"]
            action[NameObject("/URI")] = TextStringObject(change_of(str(action["/URI"])))

    return change


def fonts(change_of: Callable[[Any, Any], None]) -> Change:
    """Call a function with each font's Type0 dictionary and descriptor."""

    def change(writer: PdfWriter) -> None:
        resources: Any = writer.pages[0]["/Resources"]
        for font in resources["/Font"].values():
            whole = font.get_object()
            change_of(whole, whole["/DescendantFonts"][0].get_object()["/FontDescriptor"])

    return change


def document_kids(writer: PdfWriter) -> Any:  # noqa: ANN401  (an array of pypdf)
    """Give the kids of the structure tree's top element."""
    root: Any = writer.root_object["/StructTreeRoot"]
    return root["/K"][0].get_object()["/K"]


def elements(writer: PdfWriter, tag: str) -> list[DictionaryObject]:
    """Give all structure elements of a type, in reading order."""

    def below(node: Any) -> list[DictionaryObject]:  # noqa: ANN401  (any entry of /K)
        found = node.get_object()
        if not isinstance(found, DictionaryObject) or "/S" not in found:
            return []
        kids = [one for kid in found.get("/K", []) for one in below(kid)]
        return [found, *kids] if found["/S"] == f"/{tag}" else kids

    root: Any = writer.root_object["/StructTreeRoot"]
    return below(root["/K"][0])
