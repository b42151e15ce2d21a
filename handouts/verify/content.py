"""Interprets a page's content streams: operators become runs, shapes and pictures.

Source: ISO 32000-1, 8 (graphics), 9 (text) and 14.6 (marked content).
Clipping, shadings and inline images are not followed: leaflets have none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar

from handouts.verify.drawn import Mark, Picture, Run
from handouts.verify.faces import Face
from handouts.verify.graphics import Graphics, Operands, bounds, matrix
from handouts.verify.outlines import Box
from handouts.verify.state import UNIT, at, scale, times

_Object = Any
Operation = tuple[Sequence[Any], bytes]
_INVISIBLE = 3
"""Text rendering mode of text without ink."""

_DEEPEST = 12
"""Forms inside of forms are followed so far."""


class Fonts:
    """The file's fonts, each read once."""

    def __init__(self, read: Callable[[_Object], Face]) -> None:
        self._read = read
        self._faces: dict[int, Face] = {}

    def face(self, font: _Object) -> Face:
        """Give a font by its reference."""
        key = getattr(font, "idnum", id(font))
        if key not in self._faces:
            self._faces[key] = self._read(font.get_object())
        return self._faces[key]


class Interpreter(Graphics):
    """Runs the operators of one page.

    Args:
        page: Number of the page, from 1.
        order: Counts what is drawn.
        fonts: The file's fonts.
        operations: Gives the operations of a form XObject.
    """

    def __init__(
        self,
        page: int,
        order: "count[int]",
        fonts: Fonts,
        operations: Callable[[_Object], Iterable[Operation]],
    ) -> None:
        super().__init__(page, order)
        self._fonts, self._operations = fonts, operations
        self._line = self._place = UNIT
        self._depth = 0

    def run(self, stream: int, resources: _Object, operations: Iterable[Operation]) -> list[Mark]:
        """Give what a content stream draws; `stream` is the number of the object that owns its MCIDs."""
        before = self.stream, self.resources
        self.stream, self.resources = stream, resources
        for operands, operator in operations:
            if operator in self._TEXT:
                self._TEXT[operator](self, operands)
            else:
                self.apply(operator, operands)
        self.stream, self.resources = before
        return self.marks

    # ---- pictures and forms --------------------------------------------------------------------

    def _object(self, operands: Operands) -> None:
        drawn = self.resources["/XObject"][operands[0]].get_object()
        if drawn["/Subtype"] == "/Form":
            self._form(drawn)
            return
        content, artifact, _ = self.open[-1]
        corners = [at(self.state.ctm, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        self.marks.append(
            Picture(
                page=self.page,
                order=next(self.order),
                box=bounds(corners),
                content=content,
                artifact=artifact,
            )
        )

    def _form(self, form: _Object) -> None:
        if self._depth == _DEEPEST:
            return
        self._depth += 1
        self.save(())
        self.transform(form.get("/Matrix", UNIT))
        number = form.indirect_reference.idnum if form.indirect_reference else 0
        resources = form.get("/Resources", self.resources)
        self.run(number, resources, self._operations(form))
        self.restore(())
        self._depth -= 1

    # ---- text ----------------------------------------------------------------------------------

    def _begin_text(self, _: Operands) -> None:
        self._line = self._place = UNIT

    def _font(self, operands: Operands) -> None:
        fonts = self.resources["/Font"]
        self.state.face = self._fonts.face(fonts.raw_get(operands[0]))
        self.state.size = float(operands[1])

    def _next(self, operands: Operands) -> None:
        x, y = (float(value) for value in operands)
        self._line = self._place = times((1, 0, 0, 1, x, y), self._line)

    def _next_leading(self, operands: Operands) -> None:
        self.state.leading = -float(operands[1])
        self._next(operands)

    def _next_line(self, _: Operands) -> None:
        self._next((0, -self.state.leading))

    def _text_matrix(self, operands: Operands) -> None:
        self._line = self._place = matrix(operands)

    def _widen(self, operands: Operands) -> None:
        self.state.stretch = float(operands[0]) / 100

    def _render(self, operands: Operands) -> None:
        self.state.visible = int(operands[0]) % 4 != _INVISIBLE

    def _show_next(self, operands: Operands) -> None:
        self._next_line(())
        self._show(operands[-1:])

    def _show_array(self, operands: Operands) -> None:
        self._show(operands[0])

    def _show(self, parts: Operands) -> None:
        """Add a run for a string, or for strings and the white between them."""
        state = self.state
        if state.face is None:
            return
        text, width, end, ink, missing = "", 0.0, 0.0, [0.0, 0.0], False
        for part in parts:
            if not isinstance(part, (str, bytes)):
                width -= float(part) / 1000 * state.size * state.stretch
                continue
            for glyph in state.face.glyphs(_raw(part)):
                text += glyph.text
                end = (
                    width + glyph.width * state.size * state.stretch if glyph.text.strip() else end
                )
                space = state.word if glyph.text == " " and state.face.codes.length == 1 else 0.0
                width += (glyph.width * state.size + state.tracking + space) * state.stretch
                ink = [min(ink[0], glyph.bottom), max(ink[1], glyph.top)]
                missing = missing or glyph.missing
        extent = (0.0, ink[0] * state.size, end, ink[1] * state.size)
        self._place_run(self._said(text), width, extent, missing=missing)

    def _said(self, text: str) -> str:
        """Give the text that replaces what is shown, once; else what is shown."""
        content, artifact, actual = self.open[-1]
        if actual is None:
            return text
        self.open[-1] = (content, artifact, "")
        return actual

    def _place_run(self, text: str, width: float, extent: Box, *, missing: bool) -> None:
        state = self.state
        content, artifact, _ = self.open[-1]
        matrix = times(self._place, state.ctm)
        left, bottom, right, top = extent
        x, y = at(matrix, 0, 0)
        corners = ((left, bottom), (right, bottom), (left, top), (right, top))
        box = bounds([at(matrix, one, other + state.rise) for one, other in corners])
        self._place = times((1, 0, 0, 1, width, 0), self._place)
        if state.visible and state.face is not None:
            self.marks.append(
                Run(
                    page=self.page,
                    order=next(self.order),
                    x=x,
                    y=y,
                    end=at(matrix, width, 0)[0],
                    box=box,
                    size=round(state.size * scale(matrix), 3),
                    rise=state.rise,
                    face=state.face,
                    paint=state.fill,
                    text=text,
                    content=content,
                    artifact=artifact,
                    missing=missing,
                )
            )

    _TEXT: ClassVar[Mapping[bytes, Callable[["Interpreter", Operands], None]]] = {
        b"BT": _begin_text,
        b"Tf": _font,
        b"Tz": _widen,
        b"Tr": _render,
        b"Td": _next,
        b"TD": _next_leading,
        b"T*": _next_line,
        b"Tm": _text_matrix,
        b"Tj": _show,
        b"TJ": _show_array,
        b"'": _show_next,
        b'"': _show_next,
        b"Do": _object,
    }
    """Operator -> what it does."""


def _raw(shown: str | bytes) -> bytes:
    """Give the bytes of a string; pypdf may have decoded them."""
    return shown if isinstance(shown, bytes) else shown.original_bytes  # type: ignore[attr-defined]  # pypdf's str
