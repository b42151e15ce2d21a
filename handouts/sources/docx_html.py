"""Plain Word markup made into HTML by the library mammoth.

It gets a small document of our own, without pictures, styles or anything to look up; this is the
only module that knows it.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from handouts.sources.reading import Notes

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NUMBERING = (
    f'<w:numbering xmlns:w="{_W}">'
    + "".join(
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/></w:lvl>' for depth in range(9)
        )
        + f'</w:abstractNum><w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
        for key, form in ((1, "bullet"), (2, "decimal"))
    )
    + "</w:numbering>"
)


def to_html(text: str, links: Mapping[str, str], notes: Notes) -> str:
    """Convert paragraphs and tables; signs that the library does not know are reported.

    Args:
        text: The markup; list 1 has bullets, list 2 numbers.
        links: The names of links in it, by their targets.
        notes: The report.
    """
    import mammoth  # noqa: PLC0415  (a slow import, for Word only)

    made = mammoth.convert_to_html(
        io.BytesIO(_package(text, links)),
        style_map="u => u",
        include_embedded_style_map=False,
        external_file_access=False,
    )
    signs = [one.message for one in made.messages if "w:sym" in one.message]
    notes.warnings += dict.fromkeys(signs)
    return str(made.value)


def _package(text: str, links: Mapping[str, str]) -> bytes:
    spaces = f'xmlns:w="{_W}" xmlns:r="{_OFFICE}"'
    related = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" TargetMode="External"'
        f" Target={quoteattr(target)}/>"
        for target, key in links.items()
    )
    parts = {
        "word/document.xml": f"<w:document {spaces}><w:body>{text}</w:body></w:document>",
        "word/numbering.xml": _NUMBERING,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}'
        "</Relationships>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
