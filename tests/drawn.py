"""What a page shows, read from its content stream: each piece of text with its place and look.

`handouts.pdf.readback` says what a screen reader would say; this says what an eye would see.
"""

import io
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from handouts.pdf.codes import codes_of
from handouts.values import frozen, replace

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@frozen
class Shown:
    """A piece of text: its page (from 1), where its baseline starts, its width, its look.

    `trailing` is the part of its width that a space at its end takes.
    `font` is the name without its subset's prefix, `colour` is `#rrggbb`, `tag` is the structure type
    or `Artifact`.
    """

    page: int
    x: float
    y: float
    width: float
    trailing: float
    size: float
    font: str
    colour: str
    text: str
    tag: str

    @property
    def artifact(self) -> bool:
        return self.tag == "Artifact"

    @property
    def end(self) -> float:
        """Where the next piece would go on."""
        return self.x + self.width

    @property
    def right(self) -> float:
        """Where the last letter ends."""
        return self.end - self.trailing


def shown(pdf: bytes) -> tuple[Shown, ...]:
    """Give every piece of text of a file, page by page, in drawing order."""
    reader = PdfReader(io.BytesIO(pdf))
    return tuple(
        [
            piece
            for number, page in enumerate(reader.pages, 1)
            for piece in _Page(reader, page, number).pieces()
        ]
    )


def lines(pdf: bytes) -> tuple[Shown, ...]:
    """Give every line of text of a file."""
    return joined_lines(shown(pdf))


def joined_lines(pieces: Iterable[Shown]) -> tuple[Shown, ...]:
    """Join pieces: one that goes on where the one before ended is on its line."""
    joined: list[Shown] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and _goes_on(last, piece):
            width = piece.end - last.x
            text = last.text + piece.text
            joined[-1] = replace(last, text=text, width=width, trailing=piece.trailing)
        else:
            joined.append(piece)
    return tuple(joined)


def _goes_on(last: Shown, piece: Shown) -> bool:
    return (last.page, last.y) == (piece.page, piece.y) and abs(last.end - piece.x) < 0.1


def positions(pdf: bytes) -> str:
    """Show every line of text as `page x baseline "text"`, rounded to a tenth of a point."""
    return "\n".join(
        [f'{line.page} {line.x:.1f} {line.y:.1f} "{line.text.rstrip()}"' for line in lines(pdf)]
    )


class _Font:
    """What a Type0 font's codes look like and mean."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 (an object of pypdf)
        self.name = str(font["/BaseFont"]).partition("+")[2]
        self._font = font

    @cached_property
    def texts(self) -> dict[int, str]:
        return dict(codes_of(self._font).texts)

    @cached_property
    def widths(self) -> dict[int, float]:
        entries = self._font["/DescendantFonts"][0].get_object()["/W"]
        runs = zip(entries[::2], entries[1::2], strict=True)
        return {first + step: float(w) for first, run in runs for step, w in enumerate(run)}


class _Page:
    """Interprets one page's operators, as far as text depends on them."""

    def __init__(self, reader: PdfReader, page: Any, number: int) -> None:  # noqa: ANN401 (the same)
        self.operations = ContentStream(page.get_contents(), reader).operations
        resources = page["/Resources"]
        self.fonts = {name: _Font(font.get_object()) for name, font in resources["/Font"].items()}
        palette = bytes(resources["/ColorSpace"]["/Pal"][3].original_bytes)
        self.palette = [palette[at : at + 3].hex() for at in range(0, len(palette), 3)]
        self.number = number
        self.place = self.line = _UNIT
        self.leading = self.tracking = self.size = 0.0
        self.colour, self.font = "#000000", ""
        self.moved = (0.0, 0.0)
        self.saved: list[Any] = []
        self.tags: list[str] = [""]
        self.actual: list[str | None] = [None]

    def pieces(self) -> Iterator[Shown]:
        for operands, operator in self.operations:
            if operator in (b"Tj", b"TJ"):
                parts = operands[0] if operator == b"TJ" else operands
                yield self._show(parts)
            else:
                self._state(operator, operands)

    def _state(self, operator: bytes, operands: Any) -> None:  # noqa: ANN401, C901, PLR0912 (one branch an operator)
        match operator:
            case b"q":
                look = (self.moved, self.leading, self.tracking, self.size, self.colour, self.font)
                self.saved.append(look)
            case b"Q":
                look = self.saved.pop()
                self.moved, self.leading, self.tracking, self.size, self.colour, self.font = look
            case b"cm":  # text stands in no other space than one that is moved
                self.moved = self.moved[0] + float(operands[4]), self.moved[1] + float(operands[5])
            case b"BT":
                self.place = self.line = _UNIT
            case b"Td":
                self._move(float(operands[0]), float(operands[1]))
            case b"T*":
                self._move(0.0, -self.leading)
            case b"Tm":
                self.place = self.line = tuple(float(one) for one in operands)
            case b"TL":
                self.leading = float(operands[0])
            case b"Tc":
                self.tracking = float(operands[0])
            case b"Tf":
                self.font, self.size = operands[0], float(operands[1])
            case b"g":
                self.colour = "#" + 3 * f"{round(255 * float(operands[0])):02x}"
            case b"sc":
                self.colour = f"#{self.palette[int(operands[0])]}"
            case b"BDC" | b"BMC":
                self._begin(*operands)
            case b"EMC":
                self.tags.pop()
                self.actual.pop()

    def _move(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self.line
        self.place = self.line = (a, b, c, d, e + x, f + y)

    def _begin(self, tag: str, properties: Any = None) -> None:  # noqa: ANN401 (the same)
        entries = properties or {}
        inside = tag == "/Span" and "/MCID" not in entries
        self.tags.append(self.tags[-1] if inside else tag[1:])
        actual = entries.get("/ActualText")
        self.actual.append(self.actual[-1] if actual is None else str(actual))

    def _show(self, parts: Any) -> Shown:  # noqa: ANN401 (the same)
        font, width, said, advance = self.fonts[self.font], 0.0, "", 0.0
        for part in parts:
            if not isinstance(part, (str, bytes)):
                width -= float(part) / 1000 * self.size
                continue
            raw = part if isinstance(part, bytes) else part.original_bytes
            for high, low in zip(raw[::2], raw[1::2], strict=True):
                code = high << 8 | low
                said += font.texts.get(code, "\ufffd")
                advance = font.widths[code] / 1000 * self.size + self.tracking
                width += advance
        if self.actual[-1] is not None:
            said, self.actual[-1] = self.actual[-1], ""
        a, b, c, d, x, y = self.place
        self.place = (a, b, c, d, x + width * a, y)
        return Shown(
            page=self.number,
            x=round(x + self.moved[0], 3),
            y=round(y + self.moved[1], 3),
            width=width * a,
            trailing=advance * a if said.endswith(" ") else 0.0,
            size=self.size * a,
            font=font.name,
            colour=self.colour,
            text=said,
            tag=self.tags[-1],
        )
