"""The edition `text`: every word in order, one paragraph a line, and nothing of PDF."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from blocks import leaflet
from command import ROOT, make, told
from hypothesis import given
from hypothesis import strategies as st
from leaflets import features, library, make_feature, write_article, write_clinic
from leaflets import make as make_leaflet

from handouts.document import (
    Blank,
    Block,
    BulletList,
    Callout,
    Cell,
    Columns,
    Document,
    Figure,
    Footer,
    Heading,
    Link,
    Paragraph,
    RuledLines,
    Section,
    Slot,
    Steps,
    Sup,
    Table,
    Terms,
    Text,
    paragraph,
    text,
    texts,
)
from handouts.plain_text import line, plain_text

FOOTER = Footer(title="Sample", about="Leaflet S-1", page="Page {page} of {pages}")


def document(*blocks: Block, notes: tuple[Block, ...] = ()) -> Document:
    return Document(title="Sample", language="en", blocks=blocks, notes=notes, footer=FOOTER)


def said(*blocks: Block) -> str:
    """The text of blocks, without the footer's line."""
    return plain_text(document(*blocks)).removesuffix("\n\nLeaflet S-1\n")


def words(content: str) -> list[str]:
    """Words and numbers; a raised digit is the digit."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", content).replace("_", " "))


def in_order(wanted: list[str], there: list[str]) -> bool:
    rest: Iterator[str] = iter(there)
    return all(word in rest for word in wanted)


def everything(whole: Document) -> list[str]:
    slots = tuple([one for one in whole.notes if isinstance(one, Slot) and one.name != "notes"])
    return words(" ".join(texts((*whole.blocks, *slots))))


# ---- nothing is lost ----------------------------------------------------------------------------


@given(st.integers(min_value=0, max_value=2**32))
def test_every_word_of_a_document_is_in_its_text_in_order(number: int) -> None:
    whole = document(*leaflet(number))
    assert in_order(everything(whole), words(plain_text(whole)))


@pytest.mark.parametrize("article", library().articles)
@pytest.mark.parametrize("clinic", ["northgate", "riverbend"])
def test_every_word_of_a_built_in_leaflet_and_of_its_clinic_is_in_its_text(
    article: str, clinic: str
) -> None:
    made = make_leaflet(article, clinic, edition="text")
    content = made.rendering.content.decode()
    assert in_order(everything(made.leaflet.document), words(content))
    assert made.leaflet.fidelity.dropped == ()
    assert made.clinic.phone in content
    assert made.clinic.name in content


@pytest.mark.parametrize("name", features())
def test_every_word_of_a_golden_leaflet_is_in_its_text(name: str) -> None:
    made = make_feature(name, edition="text")
    content = made.rendering.content.decode()
    assert in_order(everything(made.leaflet.document), words(content))


# ---- its form -----------------------------------------------------------------------------------


def test_heads_are_underlined_by_their_level() -> None:
    heads = said(Heading(1, text("Knee")), Heading(2, text("Why")), Heading(3, text("Food")))
    assert heads == "Knee\n====\n\nWhy\n---\n\nFood\n~~~~"


def test_a_paragraph_is_one_line_however_long_and_without_special_spaces() -> None:
    long = "20\N{NO-BREAK SPACE}mg of it. " * 200
    assert said(paragraph(long)) == ("20 mg of it. " * 200).strip()


def test_items_have_marks_and_what_is_in_them_is_indented() -> None:
    inner = BulletList(((paragraph("ice"),),))
    steps = Steps(((paragraph("Rest."), inner), (paragraph("Wait."), paragraph("Then walk."))), 9)
    assert said(steps) == "9. Rest.\n   - ice\n10. Wait.\n    Then walk."


def test_terms_and_rows_of_a_table_are_lines() -> None:
    terms = Terms(((text("Fever"), (paragraph("Call us."),)), (text("Why?"), ())))
    head = tuple([Cell((paragraph(name),), header=True) for name in ("When", "mg/dL", "mmol/L")])
    row = tuple([Cell((paragraph(cell),)) for cell in ("Before a meal", "80", "4.4")])
    assert said(terms) == "Fever: Call us.\nWhy?"
    assert said(Table((head,), (row,))) == "When: mg/dL; mmol/L\nBefore a meal: 80; 4.4"


def test_the_cells_of_a_wide_table_have_their_heads_before_them() -> None:
    head = tuple([Cell((paragraph(name),), header=True) for name in "abcd"])
    row = tuple([Cell((paragraph(cell),)) for cell in ("one", "2", "3", "4")])
    assert said(Table((head,), (row,))).splitlines()[1] == "one: b: 2; c: 3; d: 4"


def test_a_box_is_a_head_with_its_paragraphs() -> None:
    box = Callout("emergency", text("Call 911"), (paragraph("if you cannot breathe."),))
    assert said(box) == "Call 911\n~~~~~~~~\n\nif you cannot breathe."


def test_slots_columns_and_sides_are_read_in_order() -> None:
    columns = Columns(((paragraph("one"),), (paragraph("two"),)))
    section = Section(Heading(2, text("Head")), (paragraph("body"),), side=(paragraph("side"),))
    assert said(Slot("contact", (columns,)), section) == "one\n\ntwo\n\nHead\n----\n\nside\n\nbody"


def test_a_link_shows_its_address_once_and_a_phone_only_its_number() -> None:
    shown = Link("https://sample.example/a", text("sample.example/a"))
    hidden = Link("https://sample.example/a", text("our page"))
    mail = Link("mailto:us@sample.example", text("us@sample.example"))
    phone = Link("tel:+15035550100", text("(503) 555-0100"))
    assert line((shown,)) == "https://sample.example/a"
    assert line((hidden,)) == "our page (https://sample.example/a)"
    assert line((mail, Text(" "), phone)) == "us@sample.example (503) 555-0100"


def test_a_raised_number_does_not_join_the_one_before_it() -> None:
    assert line((Text("10"), Sup(text("9")), Text("/L"))) == "10⁹/L"
    assert line((Text("x"), Sup(text("a/b")))) == "x^a/b"


def test_a_picture_is_its_description_and_a_code_the_address_beside_it() -> None:
    assert said(Figure("logo", "Hillside Clinic"), Figure("qr:https://a.example", "QR code")) == (
        "Hillside Clinic"
    )


def test_places_to_write_on_are_shown_but_the_notes_page_is_left_out() -> None:
    offer = Slot("offer", (Paragraph(text("Ask us.")),))
    whole = document(Blank(text("Date")), notes=(Blank(text("Time")), RuledLines(6), offer))
    assert plain_text(whole) == "Date: ____\n\nAsk us.\n\nLeaflet S-1\n"


# ---- the command --------------------------------------------------------------------------------


def test_text_has_its_own_ending_no_pages_and_no_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = told("headache", "--clinic", "riverbend", "--edition", "text")
    assert report["path"] == "headache.riverbend.text.en.txt"
    assert (report["pages"], report["sheets"], report["claims"]) == (0, 0, "")
    assert report["made_as"] == "text"
    assert Path(report["path"]).read_text(encoding="utf-8").endswith("\n")


def test_text_goes_to_stdout_as_utf_8() -> None:
    ran = make("bone-marrow-biopsy", "--clinic", "riverbend", "--edition", "text", "-o", "-")
    assert "Waldenström" in ran.stdout_bytes.decode("utf-8")
    assert ran.stderr.startswith("Bone marrow biopsy (en), plain text, for Riverbend")


def test_text_may_have_characters_that_the_fonts_have_not(tmp_path: Path) -> None:
    article = write_article(tmp_path, "## Why\n\nHeart 心 first.\n")
    made = make_leaflet(article, write_clinic(tmp_path), edition="text")
    assert "Heart 心 first." in made.rendering.content.decode()


def test_text_is_made_without_the_modules_of_pdf(tmp_path: Path) -> None:
    program = (
        "import sys; from handouts.cli import main\n"
        "try: main(['make', 'headache', '--clinic', 'riverbend', '--edition', 'text', '-o', 'x'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('handouts.pdf', 'reportlab'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert ran.stdout.splitlines() == ["x", "[]"]
