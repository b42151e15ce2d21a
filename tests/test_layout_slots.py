"""Slots: the clinic's words in places of fixed size."""

import pickle
from pathlib import Path

import pytest
from command import words
from layouts import document, laid_out, seen, setter
from leaflets import make, write_article, write_clinic

from handouts.document import (
    Block,
    Heading,
    Section,
    Slot,
    paragraph,
    text,
)
from handouts.errors import ClinicError, LayoutError, Place
from handouts.layout.pages import lay_out
from handouts.layout.slots import SlotError
from handouts.theme import editions
from handouts.theme.shapes import SlotShape
from handouts.values import replace


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


def test_words_that_all_clinics_have_alike_are_as_high_as_they_are() -> None:
    def after(*notes: Block) -> float:
        return _y("After.", Slot("notes", notes), paragraph("After."))

    line = paragraph("Write here.")
    nothing, one, two, three = (after(*[line] * count) for count in range(4))
    assert nothing > one > two > three
    assert round(one - two, 2) == round(two - three, 2)


def test_a_slot_without_heights_has_the_white_that_the_theme_gives() -> None:
    said = document(Slot("notes", (paragraph("Write here."),)), paragraph("After."))
    wide = setter()
    wide.theme = replace(wide.theme, slots={**wide.theme.slots, "notes": SlotShape(after=50.0)})
    close, far = (lay_out(said, one, "never") for one in (setter(), wide))
    heights = [line.y for one in (close, far) for line in seen(one) if line.words == "After."]
    assert heights[0] - heights[1] > 20


def test_they_break_over_pages_where_none_holds_them() -> None:
    notes = Slot("notes", tuple(paragraph(f"Line {number}.") for number in range(60)))
    pages = {line.words: line.page for line in seen(laid_out(notes))}
    assert pages["Line 0."] == 1
    assert pages["Line 59."] > 1


def test_heads_in_a_slot_have_bookmarks_where_they_stand() -> None:
    sections = tuple(Section(Heading(2, text(head)), (paragraph("x"),)) for head in ("One", "Two"))
    page = laid_out(Slot("notes", sections)).pages[0]
    assert [mark.title for mark in page.bookmarks] == ["Sample", "One", "Two"]
    _, one, two = (mark.y for mark in page.bookmarks)
    assert one - two > 20


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
