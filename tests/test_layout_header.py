"""The header of page 1: the clinic's logo, or its name, the leaflet's own words, the phone, the bar."""

from io import BytesIO

import pytest
from layouts import document, elements, laid_out, pdf_of, seen, setter
from pypdf import PdfReader

from handouts.document import (
    Block,
    BulletList,
    Figure,
    Header,
    Link,
    Paragraph,
    Slot,
    paragraph,
    text,
    texts,
)
from handouts.errors import LayoutError
from handouts.layout.pages import lay_out
from handouts.layout.setter import Site
from handouts.layout.slots import SlotError, set_slot
from handouts.marks import Image, ImageMark, ShapeMark, own_marks
from handouts.pdf.readback import artifacts, logical_text
from handouts.plain_text import plain_text

LOGO = Image(300, 80, 3, bytes(300 * 80 * 3))
PHONE = Paragraph((Link("tel:5035550100", text("(503) 555-0100")),), "phone", "phone")
NAME = Paragraph(text("Hillside Clinic"), "clinic")
PROMPT = Paragraph(text("Questions about this test?"), "prompt")


def _header(*blocks: Block) -> Slot:
    return Slot("header", blocks)


def test_the_logo_keeps_its_shape_in_its_box() -> None:
    for width, height in ((300, 80), (1000, 100), (100, 1000), (1, 1)):
        image = Image(width, height, 1, bytes(width * height))
        header = _header(Figure("logo", "Hillside"), PHONE)
        layout = lay_out(document(header), setter(images={"logo": image}), "never")
        (mark,) = [mark for mark in own_marks(layout.pages[0]) if isinstance(mark, ImageMark)]
        assert mark.width / mark.height == pytest.approx(width / height)
        box = setter().theme.header
        assert mark.width <= box.logo_width + 0.01
        assert mark.height <= box.logo_height + 0.01
        assert mark.width == pytest.approx(box.logo_width) or mark.height == pytest.approx(
            box.logo_height
        )


def test_the_header_is_content_and_its_logo_has_alternative_text() -> None:
    header = _header(Figure("logo", "Hillside"), PHONE)
    layout = lay_out(document(header), setter(images={"logo": LOGO}), "never")
    (figure,) = elements(layout.root, "Figure")
    assert figure.alt == "Hillside"
    assert next(elements(layout.root, "Link"))
    assert "555" not in artifacts(pdf_of(layout))[0]


def test_the_phone_is_flush_right() -> None:
    line = next(line for line in seen(laid_out(_header(PHONE))) if "555" in line.words)
    assert line.x + line.width == pytest.approx(setter().full.left + setter().full.width)


@pytest.mark.parametrize("block", [Figure("logo", "x"), Figure("qr:https://a.example", "x")])
def test_a_picture_that_is_not_there_is_refused_by_name(block: Figure) -> None:
    with pytest.raises(LayoutError, match=f"no picture '{block.source}'"):
        laid_out(_header(block, PHONE))


def test_other_blocks_are_refused_in_the_header() -> None:
    with pytest.raises(LayoutError, match="pictures and paragraphs only"):
        laid_out(_header(BulletList(((paragraph("x"),),))))


def _is_bar(mark: object) -> bool:
    return isinstance(mark, ShapeMark) and mark.fill == "accent"


def test_a_longer_name_takes_a_higher_header_and_moves_all_below_its_bar() -> None:
    shape = setter().theme.slots["header"]
    short, long = (
        laid_out(
            _header(Paragraph(text("A long name of a clinic " * count), "clinic"), PHONE),
            paragraph("Below."),
        )
        for count in (1, 15)
    )
    bars = [next(filter(_is_bar, own_marks(one.pages[0]))).y for one in (short, long)]
    below = [next(line.y for line in seen(one) if line.words == "Below.") for one in (short, long)]
    more = shape.heights[1] - shape.heights[0]
    assert below[0] - below[1] == pytest.approx(more)
    assert bars[0] - bars[1] == pytest.approx(more)


def test_a_long_name_and_a_long_phone_do_not_run_into_each_other() -> None:
    name = Paragraph(text("The Massachusetts Commonwealth University Hospital, Oncology"), "clinic")
    phone = Paragraph(text("+1\u00a0(617)\u00a0555-0100\u00a0ext.\u00a012345"), "phone", "phone")
    layout = lay_out(document(_header(name, phone)), setter(edition="large-print"), "never")
    lines = [line for line in seen(layout) if line.words != "Sample" and line.elements]
    right = next(line for line in lines if "617" in line.words)
    assert all(line.x + line.width < right.x - right.size for line in lines if line is not right)


def test_a_header_that_is_too_high_is_the_clinics_error() -> None:
    with pytest.raises(SlotError, match="header slot need"):
        laid_out(_header(Paragraph(text("A very long name of a clinic " * 19), "clinic"), PHONE))


# ---- words of the leaflet's own ----------------------------------------------------------------------


def _drawn(*blocks: Block) -> list[object]:
    """What is drawn, without whose content it is."""
    layout = lay_out(document(*blocks), setter(images={"logo": LOGO}), "never")
    return [
        (type(mark), round(mark.x, 3), round(mark.y, 3), getattr(mark, "texts", ""))
        for mark in own_marks(layout.pages[0])
    ]


@pytest.mark.parametrize("left", [NAME, Figure("logo", "Hillside")])
def test_the_leaflets_own_words_stand_where_the_slot_would_have_them(left: Block) -> None:
    own = Header(_header(left, PHONE), (PROMPT,))
    assert _drawn(own) == _drawn(_header(left, PROMPT, PHONE))


def test_the_leaflets_own_words_are_read_between_the_logo_and_the_phone() -> None:
    header = Header(_header(Figure("logo", "Hillside"), PHONE), (PROMPT,))
    layout = lay_out(document(header), setter(images={"logo": LOGO}), "never")
    figure, prompt, phone = list(elements(layout.root, "Figure", "P"))[:3]
    assert figure.alt == "Hillside"
    assert (list(elements(prompt, "Link")), len(list(elements(phone, "Link")))) == ([], 1)


def test_the_leaflets_own_words_are_read_behind_the_clinics_name_in_pdf_and_text() -> None:
    header = Header(_header(NAME, PHONE), (PROMPT,))
    content = pdf_of(laid_out(header))
    drawn = PdfReader(BytesIO(content)).pages[0].extract_text()
    for whole in (logical_text(content), drawn, plain_text(document(header))):
        words = ["Hillside Clinic", "Questions about this test?", "(503) 555-0100"]
        places = [whole.replace("\u00a0", " ").index(one) for one in words]
        assert places == sorted(places)


def test_the_leaflets_own_words_are_no_words_of_the_slot() -> None:
    header = Header(_header(NAME, PHONE), (PROMPT,))
    asked = "Questions about this test?"
    assert texts((header,)) == ["Hillside Clinic", asked, "(503) 555-0100"]
    assert texts((header,), slots=False) == [asked]


def test_a_long_name_gives_way_to_the_leaflets_own_words() -> None:
    """It takes more than half of the width where it must, and then no more than they leave."""
    name = Paragraph(text("Hillside Clinic of the Valley " * 5), "clinic")
    for asked in ("A question about this test that is long?", "A question?"):
        own = Paragraph(text(asked), "prompt")
        lines = seen(laid_out(Header(_header(name), (own,))))
        start = next(line.x for line in lines if line.words == asked)
        widest = max(line.x + line.width for line in lines if "Hillside" in line.words)
        assert setter().full.left + setter().full.width / 2 < widest < start


def test_own_words_that_push_the_phone_too_low_are_refused() -> None:
    with pytest.raises(SlotError, match="header slot need"):
        laid_out(Header(_header(NAME, PHONE), (PROMPT,) * 4))


def test_without_words_of_the_clinic_the_place_stays_white() -> None:
    drawn = lay_out(document(Header(_header(), ()), paragraph("Text.")), setter(), "never")
    marks = list(own_marks(drawn.pages[0]))
    assert not [mark for mark in marks if isinstance(mark, ShapeMark) and mark.y > 600]
    with_words = seen(laid_out(_header(NAME), paragraph("Text.")))
    (line,) = [line for line in seen(drawn) if line.words == "Text."]
    assert line.y == next(one.y for one in with_words if one.words == "Text.")


def test_a_slot_with_a_name_has_another_form_than_one_without() -> None:
    """The leaflet's own words take room of a name only, so pages for one do not serve the other."""
    site = Site("header", setter().full)
    forms = [
        set_slot(blocks, site, setter(), lambda *_: []).form
        for blocks in ((NAME, PHONE), (PROMPT, PHONE))
    ]
    assert forms[0] != forms[1]
