"""Pages made by hand, without layout: every mark and tag that the PDF layer knows."""

import datetime
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from handouts.marks import (
    COLOURS,
    Bookmark,
    FigurePathMark,
    FontUse,
    Image,
    ImageMark,
    Line,
    Page,
    Segment,
    Setting,
    ShapeMark,
    TextMark,
)
from handouts.pdf.write import Metadata, write
from handouts.structure import StructureElement
from handouts.text.faces import FontFace, open_face
from handouts.values import replace

FONTS = Path(__file__).parent.parent / "fonts"
PALETTE = dict(zip(COLOURS, ("#000000", "#ffffff", *("#00788a",) * 6, "#b00020"), strict=True))
METADATA = Metadata(
    title="Blood test",
    author="Riverbend Clinic",
    subject="What happens & why",
    language="en-US",
    identifier="5c1f7a52-9d1e-5b7e-8d0a-2f5f3a3f1a11",
    created=datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC),
    keywords="blood, test",
)
LETTER = (612.0, 792.0)
Piece = tuple[int, str]
"""A run's number and its words."""


def face(style: str = "Regular") -> FontFace:
    return open_face(FONTS / f"SourceSans3-{style}.ttf")


def setting(
    lines: Sequence[Sequence[Piece]],
    *,
    styles: Sequence[str] = (),
    size: float = 12.0,
    tracking: float = 0.0,
    placed: bool = False,
) -> Setting:
    """Set lines as they are given; run i is in style `styles[i]`."""
    faces = {
        run: face(styles[run] if run < len(styles) else "Regular")
        for line in lines
        for run, _ in line
    }
    glyphs: dict[FontFace, set[int]] = {}
    made = []
    for line in lines:
        segments, x = [], 0.0
        for run, words in line:
            ids = [faces[run].glyph(character) for character in words]
            glyphs.setdefault(faces[run], {0}).update(ids)
            width = sum([faces[run].advance(glyph) for glyph in ids]) * size / 1000
            shown = "".join([f"{glyph:04X}" for glyph in ids])
            segments.append(Segment(run, faces[run], x, width, f"<{shown}>Tj"))
            x += width
        made.append(Line(tuple(segments), x, placed))
    uses = tuple([FontUse(font, (tuple(used),), ()) for font, used in glyphs.items()])
    return Setting(tuple(made), uses, size, size * 1.3, tracking)


def text(
    y: float,
    lines: Sequence[Sequence[Piece]],
    elements: Sequence[StructureElement | None],
    *,
    hrefs: Sequence[str] = (),
    x: float = 72.0,
    colour: str = "text",
    styles: Sequence[str] = (),
    size: float = 12.0,
    tracking: float = 0.0,
    placed: bool = False,
) -> TextMark:
    """A paragraph at a height."""
    runs = range(len(elements))
    return TextMark(
        x=x,
        y=y,
        setting=setting(lines, styles=styles, size=size, tracking=tracking, placed=placed),
        first=0,
        last=len(lines),
        colour=colour,
        elements=tuple(elements),
        hrefs=tuple(hrefs) or ("",) * len(elements),
        texts=tuple(
            ["".join([words for line in lines for r, words in line if r == run]) for run in runs]
        ),
    )


def words(
    y: float,
    said: str,
    element: StructureElement | None,
    *,
    colour: str = "text",
    size: float = 12.0,
) -> TextMark:
    """One line of one run."""
    return text(y, [[(0, said)]], [element], colour=colour, size=size)


def page(*marks: object, bookmarks: Sequence[Bookmark] = ()) -> Page:
    return Page(*LETTER, tuple(marks), tuple(bookmarks))


def simple(count: int = 1) -> tuple[list[Page], StructureElement]:
    """As many pages as wanted: a title, then a paragraph on each."""
    root = StructureElement("Document")
    title = root.add("H1")
    pages = []
    for number in range(count):
        head = [words(720, "Blood test", title)] if not number else []
        pages.append(page(*head, words(690, "It is quick.", root.add("P"))))
    return pages, root


def leaflet() -> tuple[list[Page], StructureElement]:
    """Two pages with everything."""
    root = StructureElement("Document")
    first, bookmarks = _first_page(root)
    return [*_spread(root, first, bookmarks)], root


def _first_page(root: StructureElement) -> tuple[list[object], list[Bookmark]]:
    logo = root.add("Figure", alt="Riverbend Clinic")
    title = root.add("H1")
    section = root.add("Sect")
    head = section.add("H2")
    body = section.add("P")
    before = body.place()
    link = body.add("Link")
    link_words = link.place()
    strong = link.add("Strong")
    after = body.place()
    foreign = body.add("Span", language="es")
    marks = [
        ShapeMark(x=0, y=770, path="0 0 612 22 re", fill="fill"),
        ShapeMark(x=72, y=760, path="0 0 m 468 0 l", stroke="rule", width=0.5, dash=(2, 1)),
        ImageMark(x=72, y=740, width=20, height=10, image=_picture(3), element=logo),
        text(710, [[(0, "Blood test")]], [title], styles=["Bold"], size=22, colour="ink"),
        ShapeMark(
            x=50, y=690, path="12 2 m 12 22 l", stroke="ink", width=2, scale=0.5833, round=True
        ),
        text(680, [[(0, "WHY IT IS DONE")]], [head], tracking=0.5, colour="ink"),
        text(
            650,
            [
                [(0, "Please "), (1, "call the ")],
                [(2, "clinic "), (3, "if you (or yours) feel ill, "), (4, "gracias.")],
            ],
            [before, link_words, strong, after, foreign],
            hrefs=["", "tel:+15035550142", "tel:+15035550142", "", ""],
            styles=["Regular", "Regular", "Bold", "Regular", "Italic"],
        ),
        *_list(section),
        *_table(section),
        words(40, "Page 1 of 2", None, size=9),
    ]
    return marks, [Bookmark(1, "Blood test", title, 740), Bookmark(2, "Why it is done", head, 700)]


def _list(section: StructureElement) -> list[object]:
    made: list[object] = []
    for kind, y in (("Decimal", 600), ("Disc", 560)):
        block = section.add("L", attributes=(("List", "ListNumbering", f"/{kind}"),))
        for number, said in enumerate(("Eat nothing.", "Drink water."), 1):
            item = block.add("LI")
            if kind == "Decimal":
                made.append(words(y - 16 * number, f"{number}. ", item.add("Lbl")))
            else:
                label = item.add("Lbl", actual_text="•")
                dot = "-1 -1 2 2 re"
                made.append(
                    ShapeMark(x=76, y=y - 16 * number, path=dot, fill="text", element=label)
                )
            body = item.add("LBody").add("P")
            made.append(text(y - 16 * number, [[(0, said)]], [body], x=90))
    return made


def _table(section: StructureElement) -> list[object]:
    table = section.add("Table")
    made: list[object] = []
    for y, cells in ((480, ("Day", "Dose")), (460, ("Monday", "5 mg")), (440, ("Sunday", ""))):
        row = table.add("TR")
        for column, said in enumerate(cells):
            scope = "Column" if y == 480 else "Row" if column == 0 else ""
            attributes = (("Table", "Scope", f"/{scope}"),) if scope else ()
            cell = row.add("TH" if scope else "TD", attributes=attributes)
            if said:
                made.append(text(y, [[(0, said)]], [cell.add("P")], x=72 + 100 * column))
    return made


def _spread(
    root: StructureElement, first: list[object], bookmarks: list[Bookmark]
) -> tuple[Page, Page]:
    """Add a paragraph that goes on overleaf, and the second page."""
    section = root.add("Sect")
    head = section.add("H2")
    body = section.add("P")
    lines = [[(0, f"Line {number} of four. ")] for number in range(1, 5)]
    whole = text(100, lines, [body])
    start = replace(whole, last=2)
    rest = replace(whole, first=2, y=720)
    aside = section.add("Aside")
    box, note = aside.add("H3"), aside.add("P")
    said = note.place()
    emphasis = note.add("Em")
    code = root.add("Figure", alt="QR code that leads to riverbend.example")
    photo = root.add("Figure", alt="A hand")
    empty = root.add("P")
    empty.place()
    second = page(
        rest,
        ShapeMark(x=60, y=600, path="0 0 300 60 re", fill="tint", stroke="accent"),
        words(640, "Call at once", box, colour="alarm"),
        text(
            620,
            [[(0, "Naïve café — "), (1, "≥ 38 °C")]],
            [said, emphasis],
            placed=True,
        ),
        FigurePathMark(
            x=72, y=500, width=9, height=9, path="0 0 3 3 re 6 6 3 3 re", fill="text", element=code
        ),
        ImageMark(x=200, y=500, width=40, height=40, image=_picture(1), element=photo),
        ImageMark(x=300, y=500, width=20, height=10, image=_picture(3), element=None),
        words(40, "Page 2 of 2", None, size=9),
        bookmarks=[Bookmark(3, "Call at once", box, 650)],
    )
    marks = (*first, words(120, "How", head), start)
    return page(*marks, bookmarks=[*bookmarks, Bookmark(2, "How", head, 140)]), second


def _picture(components: int) -> Image:
    width, height = 8, 4
    pixels = bytes([17 * i % 256 for i in range(width * height * components)])
    return Image(width, height, components, pixels)


def written(claims: str = "ua1") -> bytes:
    pages, root = leaflet()
    return write(pages, root, palette=PALETTE, metadata=METADATA, claims=claims)


if __name__ == "__main__":
    sys.stdout.write(hashlib.sha256(written(sys.argv[1])).hexdigest())
