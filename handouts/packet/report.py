"""What is said of a finished packet: the sidecar beside it, which is also the object of `--json`.

It names leaflets, digests and numbers; of the packet itself it has no word.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterator

from handouts import __version__
from handouts.article_json import as_json
from handouts.leaflet_report import as_object
from handouts.packet.wish import Attached, Placed

SCHEMA = "handouts-packet/1"
_NAMESPACE = uuid.UUID("8c0a4a52-6f6e-5b7e-8f1e-1d0f5f6c1f3a")
"""Namespace of the ids of files (RFC 4122, version 5); it never changes."""


def file_id(attached: Attached) -> str:
    """Give the UUID of a finished file: the same content has the same."""
    return str(uuid.uuid5(_NAMESPACE, attached.sha256))


def language(attached: Attached) -> str:
    """Give the language of the leaflets when they have one in common, or ""."""
    spoken = {one.part.language for one in attached.placed if one.made}
    return spoken.pop() if len(spoken) == 1 else ""


def sha1(attached: Attached) -> str:
    """Give the SHA-1 in base64, as FHIR wants it."""
    digest = hashlib.sha1(attached.content, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode("ascii")


def sidecar(attached: Attached) -> dict[str, object]:
    """Give the sidecar's object; the keys are described in docs/packets.md."""
    joined = attached.joined
    return {
        "schema": SCHEMA,
        "kind": "beside" if attached.beside else "packet",
        "id": file_id(attached),
        "clinic": attached.clinic.id,
        "language": language(attached),
        "created": attached.created.isoformat(),
        "media_type": "application/pdf",
        "bytes": len(attached.content),
        "pages": attached.pages,
        "sha256": attached.sha256,
        "sha1_base64": sha1(attached),
        "packet": {"sha256": attached.packet_sha256, "pages": attached.packet_pages},
        "tags": joined.tags if joined else "joined",
        "claims": list(joined.claims) if joined else list(_own_claims(attached)),
        "encrypted": joined.encrypted if joined else False,
        "renamed_fields": joined.renamed_fields if joined else 0,
        "parts": [_part(one) for one in attached.placed],
        "tool": f"handouts {__version__}",
        "warnings": list(attached.warnings),
    }


def _own_claims(attached: Attached) -> Iterator[str]:
    """A leaflet that stands alone claims what it claimed."""
    for one in attached.placed:
        if one.made:
            yield one.made.rendering.claims


def _part(placed: Placed) -> dict[str, object]:
    part = placed.part
    about: dict[str, object] = {
        "kind": part.kind,
        "title": part.title,
        "first_page": placed.first,
        "pages": placed.pages,
    }
    if not placed.made:
        return about
    article = placed.made.article
    return about | {
        "id": part.identifier,
        "article": article.id,
        "version": article.version,
        "language": article.language,
        "edition": placed.made.edition,
        "made_as": placed.made.made_as,
        "sha256": placed.made.rendering.sha256,
        "source": as_json(article.source),
        "review_date": article.review.date.isoformat() if article.review.date else None,
        "rights": {"holder": article.rights.holder, "status": article.rights.status},
        "codes": as_json(article.codes),
        **as_object(placed.made),
    }
