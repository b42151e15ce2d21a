"""Slots: the clinic's words in places of fixed size; and the page's header."""

import pickle
from pathlib import Path

import pytest
from command import words
from layouts import document, elements, laid_out, pdf_of, seen, setter
from leaflets import make, write_article, write_clinic

from handouts.document import (
    Block,
    BulletList,
    Figure,
    Heading,
    Link,
    Paragraph,
    Section,
    Slot,
    paragraph,
    text,
)
from handouts.errors import ClinicError, LayoutError, Place
from handouts.layout.pages import lay_out
from handouts.layout.slots import SlotError
from handouts.marks import Image, ImageMark, ShapeMark, own_marks
from handouts.pdf.readback import artifacts
from handouts.theme import editions

LOGO = Image(300, 80, 3, bytes(300 * 80 * 3))
PHONE = Paragraph((Link("tel:5035550100", text("(503) 555-0100")),), "phone", "phone")


def _y(words: str, *some: Block) -> float:
    return next(line.y for line in seen(laid_out(*some)) if line.words == words)


# ---- heights -----------------------------------------------------------------------------------------


def test_what_follows_a_slot_stands_at_the_same_place_whatever_the_clinic_says() -> None:
    places = {
        _y("After.", Slot("contact", (paragraph("Call us. " * count),)), paragraph("After."))
        for count in (1, 20, 40)
    }
    assert len(places) == 1


def test_more_words_take_the_next_height_of_the_slot() -> None:
    few, many = (
        _y("After.", Slot("contact", (paragraph("Call us. " * count),)), paragraph("After."))
        for count in (1, 80)
    )
    first, *rest = setter().theme.slots["contact"].heights
    assert round(few - many, 2) in [round(height - first, 2) for height in rest]


def test_the_phone_below_the_opening_stays_on_its_page() -> None:
    """A section behind it that had better be whole does not take it along."""
    opening = [paragraph("Opening.") for _ in range(20)]
    phone = Slot("phone", (paragraph("Call us."),))
    body = tuple(paragraph("Body. " * 66) for _ in range(4))
    sections = [Section(Heading(2, text(head)), body) for head in ("Head", "Next")]
    lines = seen(laid_out(*opening, phone, *sections))
    pages = {line.words: line.page for line in lines}
    assert (pages["Call us."], pages["Head"]) == (1, 2)


def test_an_empty_slot_takes_no_room() -> None:
    assert _y("After.", Slot("contact", ()), paragraph("After.")) == _y(
        "After.", paragraph("After.")
    )


@pytest.mark.parametrize("name", ["contact", "approval", "offer", "note"])
def test_words_that_no_height_holds_are_refused_with_the_slots_name(name: str) -> None:
    with pytest.raises(SlotError, match=rf"the {name} slot need \d+ points, it has \d+"):
        laid_out(Slot(name, (paragraph("Call us. " * 400),)))


def test_an_unknown_slot_is_told_with_those_that_there_are() -> None:
    with pytest.raises(LayoutError, match=r"no slot 'nope'.*contact"):
        laid_out(Slot("nope", (paragraph("x"),)))


def test_a_slot_error_comes_back_from_another_process() -> None:
    error = SlotError("contact", 200.0, 112.0)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 (our own bytes)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            f'hours = "{"Monday to Friday, " * 60}"',
            r"the boxes that say whom to call need \d+ points of height, there is room for .* Shorten hours \(1080 characters\)$",
        ),
        (
            f'emergency = "Call 911 now. {"Go to the nearest hospital. " * 40}"',
            r"Shorten emergency \(1134 characters\)$",
        ),
        (
            f'address = ["{"1200 River Road, " * 90}", "x"]\nwebsite = "{"x" * 400}"',
            r"name, address and website.* Shorten address \(1533 characters\) or website \(400 ",
        ),
        (f'phone = "{"555 0100 " * 40}"', r"name and phone at the top of page 1 .* phone \(360 ch"),
    ],
    ids=["contact", "emergency", "approval", "header"],
)
def test_a_clinics_words_that_do_not_fit_are_told_with_their_key_and_its_line(
    more: str, told: str, tmp_path: Path
) -> None:
    article = write_article(tmp_path, "Lead.\n\n## Risks\n\nFew.\n")
    clinic = write_clinic(tmp_path, more=more)
    if more.startswith("phone"):
        clinic.write_text(clinic.read_text().replace('phone = "(503) 555-0100"\n', ""))
    with pytest.raises(ClinicError, match=told) as caught:
        make(article, clinic)
    assert caught.value.exit_code == 5
    line = clinic.read_text().splitlines().index(more.partition("\n")[0]) + 1
    assert caught.value.place == Place(str(clinic), line)


def test_the_clinics_words_in_the_leaflets_language_are_the_ones_to_shorten(tmp_path: Path) -> None:
    article = write_article(tmp_path, "Texto.\n", language="es")
    brand = f'\n[words.es]\nhours = "{"lunes a viernes, " * 60}"'
    clinic = write_clinic(tmp_path, more='hours = "Monday"\nlanguages = ["en", "es"]', brand=brand)
    with pytest.raises(ClinicError, match=r"toml:11: .* Shorten words\.es\.hours \("):
        make(article, clinic)


def test_a_long_approver_is_told_with_the_articles_file(tmp_path: Path) -> None:
    approver = "Ana Ruiz, MD, Chair of the Committee for Patient Education, " * 40
    article = write_article(
        tmp_path, "Lead.\n", more=f'\n[approval]\ndate = 2026-09-20\nby = "{approver}"'
    )
    clinic = write_clinic(tmp_path, more='address = ["1200 River Road"]')
    with pytest.raises(LayoutError, match=r"who approved .* Shorten approval\.by \(") as caught:
        make(article, clinic)
    lines = article.read_text().splitlines()
    assert caught.value.place == Place(str(article), lines.index(f'by = "{approver}"') + 1)


LONG = """
name = "The Massachusetts Commonwealth University Hospital and Regional Comprehensive Cancer Center, \
Department of Oncology East"
website = "www.commonwealth-university-hospital-cancer-center.example/x"
address = [
  "Yawkey Pavilion, Building C, Suite 1422-B, Third Floor",
  "90001 Southwest Terwilliger Boulevard and Fruit Street",
  "Boston, Massachusetts 02114-3098, United States",
]
"""
APPROVER = (
    "Maria de los Santos-Whitfield, MD, PhD, Professor of Medicine and Chair, Patient Education"
)


@pytest.mark.parametrize("edition", [one.name for one in editions() if one.name != "text"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("kind", ["instructions", "medicine"])
def test_long_real_names_and_addresses_have_room(
    edition: str, paper: str, kind: str, tmp_path: Path
) -> None:
    approval = f'\n[approval]\ndate = 2026-09-20\nby = "{APPROVER}"'
    article = write_article(tmp_path, "Lead.\n", kind=kind, more=approval)
    clinic = write_clinic(tmp_path, more=LONG)
    clinic.write_text(clinic.read_text().replace('name = "Hillside Clinic"\n', ""))
    made = make(article, clinic, edition=edition, paper=paper)
    said = words(made.rendering.content)
    assert edition == "summary" or "Boston, Massachusetts 02114-3098" in said
    assert "Patient Education" in said


def test_a_slot_at_the_foot_stands_at_the_foot() -> None:
    line = next(
        line
        for line in seen(laid_out(paragraph("Text."), Slot("offer", (paragraph("At the foot."),))))
        if line.words == "At the foot."
    )
    page = setter().theme.page
    assert page.bottom <= line.y < page.bottom + setter().theme.slots["offer"].heights[0]


def test_a_section_at_the_foot_stands_there_whole() -> None:
    about = Section(Heading(2, text("About")), (paragraph("Words. " * 150),), place="foot")
    layout = laid_out(paragraph("Text."), about)
    lines = [line for line in seen(layout) if line.elements]
    assert lines[-1].y - 5 < setter().theme.page.bottom + 5
    assert {line.page for line in lines} == {1}


# ---- the header --------------------------------------------------------------------------------------


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
