"""What files claim, and what the joined file may: PDF/UA-1 when nothing speaks against it.

PDF/UA-1 is a property of single objects and of the joints.  The objects are the packet's and the
parts' own, and the check proves that they came through; the joints are ours.  So it is kept when
the packet and every part claim it, nothing in the packet is seen to be against it (`doubts`), and
the joints are sound.  PDF/A depends on the whole file (its
colours, its syntax): of leaflets alone the tests prove it, of a packet nobody can.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pikepdf

_Object: TypeAlias = Any
_CLAIMS = {
    "http://www.aiim.org/pdfa/ns/id/": "PDF/A",
    "http://www.aiim.org/pdfua/ns/id/": "PDF/UA",
    "http://pdfa.org/declarations/": "PDF declarations",
}
"""Name space of metadata -> what its properties claim."""

UA = "PDF/UA-1"


def kept_claims(
    packet: Sequence[str], parts: Sequence[Sequence[str]], *, own: bool, sound: bool
) -> tuple[str, ...]:
    """Give the claims that the joined file may keep.

    Args:
        packet: What the packet claims.
        parts: What each part claims.
        own: Whether all of it is ours, the packet too: then nothing speaks against PDF/A either.
        sound: Whether the structure trees are joined without a type that changed its meaning.
    """
    shared = [claim for claim in packet if all(claim in part for part in parts)]
    return tuple([claim for claim in shared if sound and (own or claim == UA)])


def metadata(pdf: _Object) -> bytes:
    """Give the XMP as bytes in which ASCII can be found, whatever its encoding; b"" without it."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return b""
    try:
        return bytes(stream.read_bytes()).replace(b"\0", b"")
    except pikepdf.PdfError:
        return b""


def claims(xmp: bytes) -> tuple[str, ...]:
    """Name the standards that metadata claims, such as `PDF/UA-1`."""
    return tuple(_found(xmp))


def _found(xmp: bytes) -> Iterator[str]:
    """Find claims by the prefixes that stand for their name spaces."""
    for space, name in _CLAIMS.items():
        bound = rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(space.encode())
        for prefix in dict.fromkeys(re.findall(bound, xmp)):
            used = prefix + rb":(?:part\b[^<>]*?(?:>|=\s*[\"'])\s*(\d)|declarations)"
            if match := re.search(used, xmp):
                yield f"{name}-{match[1].decode()}" if match[1] else name
                break


def drop_claims(pdf: _Object, *, but: Sequence[str]) -> None:
    """Take claims out of the metadata; everything else in there stays."""
    settings = {"set_pikepdf_as_editor": False, "update_docinfo": False, "strict": True}
    with pdf.open_metadata(**settings) as about:
        for key in list(about.keys()):
            kind = next((name for space, name in _CLAIMS.items() if space in str(key)), "")
            if kind and not any(one.startswith(kind) for one in but):
                del about[key]
