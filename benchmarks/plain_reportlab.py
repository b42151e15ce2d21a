"""The yardstick: plain ReportLab with the same faces, words and logo, no tags.

    python plain_reportlab.py WORDS.json OUT.pdf

WORDS.json holds what a leaflet says: {"fonts": folder, "logo": file, "title": ..., "blocks":
[[role, text], ...], "footer": ...}; `measure.py` writes it.
"""

import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from plain_styles import FACES, ROLES
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate


def register(folder: str) -> None:
    """Register the faces."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(Path(folder) / f"{file}.ttf")))


def styles() -> dict[str, ParagraphStyle]:
    """One style a role."""
    made = {}
    for role, (face, size, leading) in ROLES.items():
        indent = 12 if role == "item" else 0
        made[role] = ParagraphStyle(
            role,
            fontName=face,
            fontSize=size,
            leading=leading,
            spaceAfter=5,
            leftIndent=indent,
            bulletFontName="regular",
        )
    return made


def draw(words: dict, out: object, made: dict[str, ParagraphStyle]) -> None:
    """Draw a leaflet."""

    def footer(canvas: object, document: object) -> None:
        canvas.setFont("regular", 10)
        canvas.drawString(57, 30, words["footer"])
        canvas.drawRightString(555, 30, f"Page {document.page}")

    story = [Image(words["logo"], 150, 36, hAlign="LEFT")]
    for role, text in words["blocks"]:
        bullet = "\u2022" if role == "item" else None
        story.append(Paragraph(escape(text), made[role], bulletText=bullet))
    SimpleDocTemplate(
        out,
        pagesize=LETTER,
        title=words["title"],
        leftMargin=57,
        rightMargin=57,
        topMargin=40,
        bottomMargin=56,
    ).build(story, onFirstPage=footer, onLaterPages=footer)


if __name__ == "__main__":
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    register(content["fonts"])
    draw(content, sys.argv[2], styles())
