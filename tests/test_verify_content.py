"""What a content stream draws, for the operators that our own pages do not use, too."""

import io
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from handouts.verify.drawn import Picture, Run, Shape
from handouts.verify.file import read_pdf
from handouts.verify.printed import Printed


def _dictionary(**entries: Any) -> DictionaryObject:  # noqa: ANN401  (objects of pypdf)
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _stream(content: bytes, **entries: Any) -> DecodedStreamObject:  # noqa: ANN401  (the same)
    made = DecodedStreamObject()
    made.set_data(content)
    made.update(_dictionary(**entries))
    return made


def _resources(writer: PdfWriter) -> DictionaryObject:
    """A simple font F1 that is half an em wide, colour spaces, a form Fm and a picture Im."""
    font = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/TrueType"),
        BaseFont=NameObject("/ABCDEF+Plain-Bold"),
        FirstChar=NumberObject(0),
        Widths=ArrayObject([NumberObject(500)] * 256),
    )
    table = ByteStringObject(bytes.fromhex("ff000000ff00"))
    indexed = ArrayObject(
        [NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(1), table]
    )
    spot = ArrayObject([NameObject("/Separation"), NameObject("/Gold")])
    form = _stream(
        b"0 0 10 10 re f",
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        Matrix=ArrayObject([FloatObject(value) for value in (1, 0, 0, 1, 100, 0)]),
    )
    image = _stream(b"\0", Type=NameObject("/XObject"), Subtype=NameObject("/Image"))
    return _dictionary(
        Font=_dictionary(F1=writer._add_object(font)),  # noqa: SLF001  (pypdf has no public name)
        ColorSpace=_dictionary(Two=indexed, Spot=spot),
        XObject=_dictionary(Fm=writer._add_object(form), Im=writer._add_object(image)),  # noqa: SLF001
        Properties=_dictionary(MC0=_dictionary(MCID=NumberObject(7))),
    )


def printed(content: bytes) -> Printed:
    """A page of 300 points square with this content."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    page[NameObject("/Resources")] = _resources(writer)
    page[NameObject("/Contents")] = writer._add_object(_stream(content))  # noqa: SLF001
    written = io.BytesIO()
    writer.write(written)
    return read_pdf(written.getvalue(), "page.pdf")


def runs(content: bytes) -> list[Run]:
    return [mark for mark in printed(content).marks if isinstance(mark, Run)]


def shape(content: bytes) -> Shape:
    (found,) = printed(content).marks
    assert isinstance(found, Shape)
    return found


def test_text_stands_where_its_matrices_put_it() -> None:
    first, second, third = runs(
        b"q 2 0 0 2 10 20 cm BT /F1 10 Tf 5 5 Td (ab) Tj 0 -12 TD (c) Tj T* (d) Tj ET Q"
    )
    assert (first.text, first.x, first.y, first.end, first.size) == ("ab", 20, 30, 40, 20)
    assert (second.text, second.x, second.y) == ("c", 20, 6)
    assert (third.text, third.x, third.y) == ("d", 20, -18)


def test_spaces_white_and_stretching_count_in_widths() -> None:
    (run,) = runs(b"BT /F1 10 Tf 1 Tc 2 Tw 50 Tz 1 0 0 1 10 10 Tm [(a b) -1000] TJ ET")
    assert run.end - run.x == pytest.approx((3 * (5 + 1) + 2 + 10) / 2)
    assert run.right - run.x == pytest.approx((2 * (5 + 1) + 2 + 5) / 2)


def test_quotation_marks_show_text_on_the_next_line() -> None:
    first, second = runs(b"BT /F1 10 Tf 12 TL 10 100 Td (a) ' 1 2 (b) \" ET")
    assert (first.text, first.y, second.text, second.y) == ("a", 88, "b", 76)


def test_invisible_text_is_no_ink() -> None:
    assert runs(b"BT /F1 10 Tf 3 Tr (a) Tj ET") == []


def test_raised_text_keeps_its_baseline_and_lifts_its_ink() -> None:
    (run,) = runs(b"BT /F1 10 Tf 10 50 Td 4 Ts (a) Tj ET")
    assert (run.y, run.rise, run.box[3]) == (50, 4, 61.5)


@pytest.mark.parametrize(
    ("operators", "colour"),
    [
        (b"0.5 g", "#808080"),
        (b"1 0 0 rg", "#FF0000"),
        (b"0 1 1 0 k", "#FF0000"),
        (b"/Two cs 1 sc", "#00FF00"),
        (b"/Two cs", "#FF0000"),
        (b"/Spot cs 1 scn", "#000000"),
        (b"/DeviceGray cs 1 sc", "#FFFFFF"),
        (b"/Pattern cs /P1 scn", "#808080"),
        (b"1 0 0 rg q 0 g Q", "#FF0000"),
    ],
)
def test_a_colour_is_that_of_its_space(operators: bytes, colour: str) -> None:
    found = shape(operators + b" 0 0 10 10 re f")
    assert found.fill == (colour, "")
    assert found.stroke is None


def test_a_stroke_has_its_own_colour_and_a_pen_that_grows_with_the_page() -> None:
    found = shape(b"0 0 1 RG 2 w 3 0 0 3 0 0 cm 1 1 m 11 1 l S")
    assert found.stroke == ("#0000FF", "")
    assert (found.box, found.pen, found.simple) == ((3, 3, 33, 3), 6, False)
    assert found.ink_box == (0, 0, 36, 6)


@pytest.mark.parametrize(
    ("path", "simple"),
    [
        (b"0 0 10 10 re f", True),
        (b"0 0 10 10 re S", True),
        (b"0 0 m 9 0 l 9 9 l s", True),
        (b"0 0 m 9 0 l 9 9 l S", False),
        (b"0 0 4 4 re 5 5 4 4 re f", False),
        (b"0 0 m 1 1 2 2 3 3 c h B", True),
    ],
)
def test_one_closed_outline_can_be_a_ground(path: bytes, *, simple: bool) -> None:
    assert shape(path).simple is simple


def test_a_path_that_is_not_painted_is_no_ink() -> None:
    assert printed(b"0 0 10 10 re n").marks == ()


def test_a_form_is_drawn_where_its_matrix_puts_it() -> None:
    assert shape(b"1 0 0 1 0 50 cm /Fm Do").box == (100, 50, 110, 60)


def test_a_picture_fills_its_matrix() -> None:
    (found,) = printed(b"q 30 0 0 20 5 6 cm /Im Do Q").marks
    assert isinstance(found, Picture)
    assert found.box == (5, 6, 35, 26)


def test_marked_content_names_its_owner_and_artifacts_have_none() -> None:
    tagged, decoration, neither = runs(
        b"BT /F1 9 Tf /P /MC0 BDC (a) Tj EMC /Artifact BMC (b) Tj EMC (c) Tj EMC ET"
    )
    assert tagged.content is not None
    assert (tagged.content.mcid, tagged.artifact) == (7, False)
    assert (decoration.content, decoration.artifact) == (None, True)
    assert (neither.content, neither.artifact) == (None, False)


def test_text_that_replaces_what_is_shown_is_said_once() -> None:
    said = [run.text for run in runs(b"BT /F1 9 Tf /Span <</ActualText (x)>> BDC (a) Tj (b) Tj ET")]
    assert said == ["x", ""]


def test_a_font_is_known_by_its_dictionary() -> None:
    (face,) = printed(b"").faces
    assert (face.name, face.subset, face.embedded, face.bold) == ("Plain-Bold", True, False, True)
