"""What the joined file claims: PDF/UA-1 when nothing speaks against it, and rarely more.

PDF/UA-1 is a property of single objects and of the joints.  The objects are the packet's and the
parts' own, and the check proves that they came through; the joints are ours.  So it is kept when
the packet and every part claim it and the joints are sound.  PDF/A depends on the whole file (its
colours, its syntax): of leaflets alone the tests prove it, of a packet nobody can.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

_Object: TypeAlias = Any
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


def drop_claims(pdf: _Object, *, but: Sequence[str]) -> None:
    """Take claims out of the metadata; everything else in there stays."""
    settings = {"set_pikepdf_as_editor": False, "update_docinfo": False, "strict": True}
    with pdf.open_metadata(**settings) as about:
        for key in list(about.keys()):
            kind = _KINDS.get(next((name for name in _KINDS if name in str(key)), ""))
            if kind and not any(one.startswith(kind) for one in but):
                del about[key]


_KINDS = {
    "http://www.aiim.org/pdfa/ns/id/": "PDF/A",
    "http://www.aiim.org/pdfua/ns/id/": "PDF/UA",
    "http://pdfa.org/declarations/": "PDF declarations",
}
"""Namespace of metadata -> what its properties claim."""
