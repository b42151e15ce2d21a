"""A FHIR R4 DocumentReference (https://hl7.org/fhir/R4/documentreference.html) of a finished file."""

import re

from handouts.errors import UsageError
from handouts.packet.report import file_id, language, sha1
from handouts.packet.wish import Attached

_REFERENCE = re.compile(
    r"(?:https?://\S+/)?[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}|urn:uuid:[0-9a-f-]{36}"
)
_EDUCATION = {"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}


def document_reference(attached: Attached, name: str, patient: str = "") -> dict[str, object]:
    """Describe a file for a record system.

    Args:
        attached: The finished file.
        name: The file's name, which becomes its relative URL.
        patient: The reference of the patient, such as `Patient/123`; without it there is no subject.
    """
    moment = attached.created.isoformat(timespec="seconds")
    spoken = {"language": tag} if (tag := language(attached)) else {}
    titles = [one.part.title for one in attached.placed if one.part.kind in ("leaflet", "document")]
    resource: dict[str, object] = {
        "resourceType": "DocumentReference",
        **spoken,
        "identifier": [
            {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{file_id(attached)}"},
        ],
        "status": "current",
        "type": {"coding": [_EDUCATION]},
        "date": moment,
        "custodian": {"display": attached.clinic.name},
        "description": "; ".join(titles),
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    **spoken,
                    "url": name,
                    "size": len(attached.content),
                    "hash": sha1(attached),
                    "title": "; ".join(titles),
                    "creation": moment,
                }
            }
        ],
    }
    if patient:
        resource["subject"] = {"reference": patient}
    return resource


def checked_reference(words: str) -> str:
    """Check a reference to a patient; the error does not repeat it.

    Raises:
        UsageError: It is none.
    """
    reference = words.strip()
    if not _REFERENCE.fullmatch(reference):
        hint = "Write it as Patient/ID, as a URL that ends so, or as urn:uuid:..."
        raise UsageError("the patient reference is none", hint=hint)
    return reference
