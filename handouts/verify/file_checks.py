"""Is the file whole in itself: its fonts, its glyphs, its claims?  Section 11, 8."""

from collections.abc import Iterator

from handouts.pdf.claims import CLAIMS
from handouts.verify.finding import Finding
from handouts.verify.printed import Printed


def fonts(printed: Printed) -> Iterator[Finding]:
    """Find fonts that a printer would have to replace, and those that are embedded whole."""
    for face in printed.faces:
        if not face.embedded:
            yield Finding(
                what=f"the font {face.name} is not embedded",
                todo="Embed it: a printer would put another one in its place.",
            )
        elif not face.subset:
            yield Finding(
                what=f"the font {face.name} is embedded whole", todo="Embed the glyphs in use."
            )


def glyphs(printed: Printed) -> Iterator[Finding]:
    """Find characters that their font cannot show, or that have no meaning."""
    for run in printed.runs:
        if run.missing:
            yield Finding(
                page=run.page,
                x=run.x,
                y=run.y,
                what=f"{run.face.name} lacks a glyph in “{run.text.strip()}”",
                todo="Use a font that has it.",
            )


def claims(printed: Printed) -> Iterator[Finding]:
    """Compare the standards that the file names with the sets that we keep."""
    facts = printed.facts
    known = {
        _claimed(row.pdfua_part, row.pdfa_part, row.pdfa_conformance) for row in CLAIMS.values()
    }
    if facts.claims not in known:
        said = " and ".join(facts.claims) or "no standard"
        yield Finding(
            what=f"the file claims {said}", todo="Make it with handouts: PDF/UA-1 and PDF/A-2a."
        )
    if facts.claims and not facts.intent:
        yield Finding(
            what="the file has no output intent", todo="Make it with handouts: PDF/A needs one."
        )
    if facts.xmp_title != facts.title:
        yield Finding(
            what="the metadata has no title", todo="Make it with handouts: PDF/UA needs it."
        )


def _claimed(ua: str, archive: str, level: str) -> tuple[str, ...]:
    return f"PDF/UA-{ua}", f"PDF/A-{archive}{level.lower()}"
