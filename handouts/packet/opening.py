"""Opening a PDF that others made, and refusing what cannot take pages without harm."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf

from handouts.errors import PacketError
from handouts.packet.claims import claims, metadata
from handouts.packet.memory import opened
from handouts.packet.parts import Look, PageSize
from handouts.packet.tables import is_table

_Object: TypeAlias = Any
"""An object of pikepdf: its types do not say what kind a key leads to."""

_BESIDE = "Use --beside to put the leaflets into a second file"
_AGAIN = "Ask for it anew, or use --beside to put the leaflets into a second file"
_HEADER = 1024
"""Bytes among which a PDF's header must stand."""

_LEAFLET = re.compile(rb"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def open_pdf(content: bytes, *, restricted: bool = False) -> _Object:
    """Open a PDF that can take more pages, or be added to another.

    Args:
        content: The file's bytes.
        restricted: Whether it may be opened though its permissions forbid assembly.

    Raises:
        PacketError: It cannot; the message has the reason, and never a word of the file.
    """
    pdf = _opened(content)
    if pdf.get_warnings():
        raise PacketError("the file is damaged", hint=_AGAIN)
    root = pdf.Root
    if not len(pdf.pages):
        raise PacketError("the file has no pages", hint=_BESIDE)
    if "/Collection" in root:
        raise PacketError("the file is a portfolio of files", hint=_BESIDE)
    if root.get("/NeedsRendering", False):
        hint = "Print it to PDF where it can be filled in, or use --beside"
        raise PacketError("the file is a form that changes its pages (dynamic XFA)", hint=hint)
    if _is_signed(pdf, content):
        raise PacketError("the file is signed; pages would break its signature", hint=_BESIDE)
    if not (restricted or pdf.allow.modify_assembly):
        hint = "With the owner's consent use --allow-restricted; else use --beside"
        raise PacketError("permissions forbid adding pages to the file", hint=hint)
    return pdf


def _opened(content: bytes) -> _Object:
    if b"%PDF-" not in content[:_HEADER]:
        raise PacketError("the file is not a PDF", hint=_AGAIN)
    try:
        pdf = opened(content)
        len(pdf.pages)
    except pikepdf.PasswordError:
        hint = "Ask for it without one, or use --beside"
        raise PacketError("the file needs a password to open", hint=hint) from None
    except pikepdf.PdfError as failure:
        if "encrypt" in str(failure):
            what = "the file is encrypted for named persons, or in an unknown way"
            raise PacketError(what, hint=_BESIDE) from None
        raise PacketError("the file is damaged", hint=_AGAIN) from None
    return pdf


def look(pdf: _Object) -> Look:
    """Say what an open PDF is."""
    about = metadata(pdf)
    return Look(
        pages=tuple([_size(page) for page in pdf.pages]),
        tagged="/StructTreeRoot" in pdf.Root,
        encrypted=pdf.is_encrypted,
        claims=claims(about),
        leaflets=(*_own_identifier(about), *_attached(pdf)),
        warnings=tuple(_warnings(pdf)),
    )


def _size(page: _Object) -> PageSize:
    """The size of a page on paper: what is shown of it, in its own unit."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    return PageSize(abs(right - left) * unit, abs(top - bottom) * unit)


def _own_identifier(xmp: bytes) -> Iterator[str]:
    """The UUID of a leaflet that is itself the packet."""
    if b"handouts" in xmp and (match := _LEAFLET.search(xmp)):
        yield match[1].decode()


def _attached(pdf: _Object) -> Iterator[str]:
    """The UUIDs that pages carry since they were attached."""
    for page in pdf.pages:
        private = page.obj.get("/PieceInfo", {}).get("/Handouts", {}).get("/Private", {})
        if "/Leaflet" in private:
            yield str(private["/Leaflet"])


def _warnings(pdf: _Object) -> Iterator[str]:
    root = pdf.Root
    form = root.get("/AcroForm", {})
    if "/XFA" in form:
        yield "the packet is a form with a static XFA part; it is kept as it is"
    if {"/UR", "/UR3"} & set(root.get("/Perms", {}).keys()):
        yield "the packet's usage rights for Adobe Reader end with the change, and are removed"
    if _has_scripts(pdf):
        yield "the packet holds scripts; they are kept as they are"
    viewing = root.get("/ViewerPreferences")
    if is_table(viewing) and "/PrintPageRange" in viewing:
        yield "the packet lets viewers print some of its pages only; say all pages when you print"


def _has_scripts(pdf: _Object) -> bool:
    """Whether something runs when the file, a page or a field is opened, left or clicked (12.6)."""
    root = pdf.Root
    if "/JavaScript" in root.get("/Names", {}) or _acts(root, "/OpenAction"):
        return True
    pages = [page.obj for page in pdf.pages]
    notes = [note for page in pages for note in page.get("/Annots", ()) if is_table(note)]
    return any(_acts(one, "/A") for one in (*pages, *notes))


def _acts(owner: _Object, key: str) -> bool:
    """Whether an object has additional actions, or under a key an action that is a script."""
    action = owner.get(key)
    script = is_table(action) and str(action.get("/S", "")) == "/JavaScript"
    return script or "/AA" in owner


# ---- signatures --------------------------------------------------------------------------------


def _is_signed(pdf: _Object, content: bytes) -> bool:
    """Whether anybody signed or certified it; usage rights (UR, UR3) are nobody's signature."""
    rights = set(pdf.Root.get("/Perms", {}).keys())
    if rights - {"/UR", "/UR3"}:
        return True
    fields = list(pdf.Root.get("/AcroForm", {}).get("/Fields", ()))
    widgets = [note for page in pdf.pages for note in page.obj.get("/Annots", ())]
    parents = [note.get("/Parent") for note in widgets if is_table(note)]
    if _has_signature([*fields, *parents, *widgets]):
        return True
    return not rights and b"/ByteRange" in content


def _has_signature(fields: list[_Object]) -> bool:
    """Whether a field, or one below it, is a signature that has a value."""
    met: set[tuple[tuple[int, int], str]] = set()
    waiting = [(field, "") for field in fields]
    while waiting:
        field, kind = waiting.pop()
        if not is_table(field) or (field.is_indirect and (field.objgen, kind) in met):
            continue
        met.add((field.objgen, kind))
        kind = str(field.get("/FT", kind))
        if kind == "/Sig" and "/V" in field:
            return True
        waiting += [(kid, kind) for kid in field.get("/Kids", ())]
    return False
