"""Writing the joined file: encryption and layout stay, and streams are not touched without need."""

from typing import Any, TypeAlias

import pikepdf

from handouts.packet.memory import saved

_Object: TypeAlias = Any


def written(pdf: _Object, *, version: str, linearised: bool) -> bytes:
    """Give a document's bytes; without encryption the same document gives the same bytes.

    Args:
        pdf: The document.
        version: The version of PDF that it must have at least.
        linearised: Whether it is laid out for fast web view.
    """
    common: dict[str, object] = {
        "min_version": version,
        "object_stream_mode": pikepdf.ObjectStreamMode.preserve,
        "linearize": linearised,
        "fix_metadata_version": False,
    }
    if linearised:  # plain streams make qpdf miscount then (12.4, seen on files of pdf.js)
        common["compress_streams"] = True
    if pdf.is_encrypted:  # qpdf makes a new identifier then, and may code streams anew
        return saved(pdf, encryption=True, **common)
    level = pikepdf.StreamDecodeLevel.none
    as_it_is = {"compress_streams": False, "stream_decode_level": level}
    return saved(pdf, deterministic_id=True, **(as_it_is | common))
