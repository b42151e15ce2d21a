"""What a file says about itself: XMP (ISO 16684-1), the output intent, and dates."""

import datetime
from functools import cache, lru_cache

from handouts import __version__
from handouts.pdf.claims import Claims
from handouts.pdf.holes import Pieces, filled, hole, pieces
from handouts.pdf.icc import srgb
from handouts.pdf.syntax import stream, text_string
from handouts.values import frozen

TOOL = f"handouts {__version__} on ReportLab"
"""Creator tool and producer."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
%s>
%s
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_PDFUA_SCHEMA = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li pdfaProperty:name="part" pdfaProperty:valueType="Integer"
 pdfaProperty:category="internal" pdfaProperty:description="Part of ISO 14289"/></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""


@frozen
class Metadata:
    """What a leaflet is: its title, the clinic as author, a UUID, a BCP 47 tag, an aware date.

    `edition` names the form that it has, so that a check knows its limits.
    """

    title: str
    author: str
    subject: str
    language: str
    identifier: str
    created: datetime.datetime
    keywords: str = ""
    edition: str = ""


@lru_cache(maxsize=16)
def pdf_date(moment: datetime.datetime) -> str:
    """Write a moment as a PDF date in UTC (ISO 32000-1, 7.9.4)."""
    return moment.astimezone(datetime.UTC).strftime("D:%Y%m%d%H%M%S+00'00'")


def information(metadata: Metadata) -> bytes:
    """Write the information dictionary (14.3.3), which says the same as the XMP."""
    return filled(_information(_shared(metadata)), {b"author": text_string(metadata.author)})


def xmp(metadata: Metadata, claims: Claims) -> bytes:
    """Write the metadata stream, not compressed, so that any program finds it.

    It is short for that: what we say ourselves stands in attributes, and a name space where it is used.
    """
    own = {
        b"author": _escape(metadata.author).encode(),
        b"identifier": _escape(metadata.identifier).encode(),
    }
    packet = filled(_packet(_shared(metadata), claims), own)
    return stream(b"/Type/Metadata/Subtype/XML", packet, level=0)


_Shared = tuple[str, str, str, datetime.datetime, str, str]


def _shared(metadata: Metadata) -> _Shared:
    """Give what leaflets of an article for other clinics say as well."""
    return (
        metadata.title,
        metadata.subject,
        metadata.language,
        metadata.created,
        metadata.keywords,
        metadata.edition,
    )


@lru_cache(maxsize=64)
def _information(shared: _Shared) -> Pieces:
    title, subject, _, created, keywords, _ = shared
    moment = text_string(pdf_date(created))
    body = b"<</Title%b/Author%b/Subject%b%b/Creator%b/Producer%b/CreationDate%b/ModDate%b>>" % (
        text_string(title),
        hole("author"),
        text_string(subject),
        b"/Keywords" + text_string(keywords) if keywords else b"",
        text_string(TOOL),
        text_string(TOOL),
        moment,
        moment,
    )
    return pieces(body)


@lru_cache(maxsize=64)
def _packet(shared: _Shared, claims: Claims) -> Pieces:
    title, subject, language, created, keywords, edition = shared
    moment = created.astimezone(datetime.UTC).isoformat(timespec="seconds")
    single = [
        *_identification(claims),
        ("pdf:Producer", TOOL),
        ("xmp:CreatorTool", TOOL),
        ("xmp:CreateDate", moment),
        ("xmp:ModifyDate", moment),
    ]
    attributes = "".join([f' {name}="{value}"' for name, value in single])
    properties = [
        ("dc:title", _alternatives(title)),
        ("dc:creator", _array("Seq", hole("author").decode())),
        ("dc:description", _alternatives(subject)),
        ("dc:language", _array("Bag", language)),
        ("dc:identifier", f"urn:uuid:{hole('identifier').decode()}"),
    ]
    if edition:  # Dublin Core has the document's type, with open words
        properties.append(("dc:type", _array("Bag", f"edition {edition}")))
    if keywords:
        properties.append(("pdf:Keywords", _escape(keywords)))
    lines = [f"<{name}>{value}</{name}>" for name, value in properties]
    if claims.declarations:
        lines.append(_declarations(claims.declarations))
    if claims.extension_schema:
        lines.append(_PDFUA_SCHEMA)
    return pieces((_XMP % (attributes, "\n".join(lines))).encode())


@cache
def profile_stream() -> bytes:
    """Give the output intent's profile as a stream of three components."""
    return stream(b"/N 3", srgb())


def output_intents(profile: int) -> bytes:
    """Say that colours are meant for sRGB; `profile` is the profile's object number."""
    return (
        b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]" % profile
    )


def _identification(claims: Claims) -> list[tuple[str, str]]:
    """Name the standards that the file claims, leaving out what a part does not have."""
    rows = (
        ("pdfaid:part", claims.pdfa_part),
        ("pdfaid:conformance", claims.pdfa_conformance),
        ("pdfaid:rev", claims.pdfa_revision),
        ("pdfuaid:part", claims.pdfua_part),
        ("pdfuaid:rev", claims.pdfua_revision),
    )
    return [(name, value) for name, value in rows if value]


def _declarations(identifiers: tuple[str, ...]) -> str:
    """Write PDF Declarations (PDF Association, 2019)."""
    items = [
        f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{identifier}</pdfd:conformsTo></rdf:li>'
        for identifier in identifiers
    ]
    return (
        '<pdfd:declarations xmlns:pdfd="http://pdfa.org/declarations/"><rdf:Bag>'
        f"{''.join(items)}</rdf:Bag></pdfd:declarations>"
    )


def _alternatives(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_escape(words)}</rdf:li></rdf:Alt>'


def _array(kind: str, words: str) -> str:
    return f"<rdf:{kind}><rdf:li>{_escape(words)}</rdf:li></rdf:{kind}>"


def _escape(words: str) -> str:
    """Escape XML; the standard library's function would import a URL opener on the way."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
