"""An article becomes a document: whose order, whose heads, and the clinic's words around it."""

from pathlib import Path

import drawn
import pytest
from documents import callouts, heads, kinds, sections, walk
from leaflets import SEED, library, make, write_article, write_clinic

from handouts.compose import leaflet_id
from handouts.document import (
    Block,
    BulletList,
    Checklist,
    Document,
    Figure,
    Heading,
    Paragraph,
    Section,
    Slot,
    Steps,
    Table,
    plain,
    texts,
)
from handouts.make import Made
from handouts.strings import load

FORM = Path(__file__).parent / "features" / "seed-form" / "article.txt"
ARTICLES = [*sorted(library().articles), str(FORM)]
BODY = """
It takes a little blood.

## How the Test is Performed

The blood is taken in the following steps:

- The skin is washed.
- A needle goes in.

## How to Prepare for the Test

Tell your provider:

- your allergies
- your medicines

Eat nothing.

## Why the Test is Performed

It finds anemia.

## Normal Results

All is well.

## What Abnormal Results Mean

It may be anemia.

Conditions it is done for:

{conditions}

## Risks

You may bleed.

## Our own matter

Bring a book.
"""
LONG = "\n".join(f"- condition {number}" for number in range(12))


def usual_article(folder: Path, count: int = 12, kind: str = "test") -> Path:
    """An article of the form that most encyclopedias have."""
    items = "\n".join(f"- condition {number}" for number in range(count))
    return write_article(folder, BODY.format(conditions=items), kind=kind)


def document(made: Made) -> Document:
    return made.leaflet.document


def said(*blocks: Block) -> str:
    return " ".join(" ".join(texts(blocks)).split())


def slot(made: Made, name: str) -> Slot:
    (found,) = [
        block
        for block in walk(document(made).blocks)
        if isinstance(block, Slot) and block.name == name
    ]
    return found


@pytest.mark.parametrize("edition", ["standard", "booklet", "one-sheet", "comfort"])
def test_however_many_other_names_there_are_the_lead_stands_on_page_1(
    tmp_path: Path, edition: str
) -> None:
    names = ", ".join([f'"Alternative name number {n} of this test"' for n in range(30)])
    article = write_article(tmp_path, "It helps.\n", more=f"synonyms = [{names}]")
    made = make(article, edition=edition, imposed=False)
    (page,) = [line.page for line in drawn.lines(made.rendering.content) if "helps" in line.text]
    assert page == 1
    assert made.leaflet.fidelity.dropped == ()


def test_few_other_names_stand_at_the_side(tmp_path: Path) -> None:
    article = write_article(tmp_path, "It helps.\n", more='synonyms = ["Other", "Another"]')
    openings = [one for one in document(make(article)).blocks if isinstance(one, Section)]
    assert "Other Another" in said(*openings[0].side)


# ---- the source's order -------------------------------------------------------------------------


@pytest.mark.parametrize("article", ARTICLES)
def test_the_sources_order_keeps_every_section_and_block_as_it_is(article: str) -> None:
    made = make(article, order="source", heads="source")
    written = [(part.title, part.blocks) for part in made.article.sections]
    assert sections(document(made)) == written


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside this checkout")
@pytest.mark.parametrize("clinic", ["riverbend", "northgate"])
def test_the_seed_in_its_own_order_is_as_it_was_written(clinic: str) -> None:
    made = make(SEED, clinic, order="source", heads="source")
    written = [(part.title, part.blocks) for part in made.article.sections]
    assert sections(document(made)) == written
    assert len(written) == 7


@pytest.mark.parametrize("article", ARTICLES)
def test_the_sources_order_with_the_readers_heads_moves_nothing_either(article: str) -> None:
    made = make(article, order="source", heads="reader")
    assert [blocks for _, blocks in sections(document(made))] == [
        part.blocks for part in made.article.sections
    ]


def test_the_sources_order_makes_no_steps_box_or_table(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path), order="source")
    flow = tuple(block for _, blocks in sections(document(made)) for block in blocks)
    assert kinds(flow) == {"Paragraph", "BulletList"}


# ---- the reader's order -------------------------------------------------------------------------


def test_a_tests_sections_come_as_patients_ask(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path))
    assert [head for head, _ in sections(document(made))] == [
        "Why do I need this test?",
        "How do I get ready?",
        "What will happen?",
        "What are the risks?",
        "What do the results mean?",
        "Our own matter",
        "What else can it help find?",
    ]


def test_what_to_tell_the_provider_becomes_a_box_to_tick_off(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path))
    blocks = dict(sections(document(made)))["How do I get ready?"]
    box, after = blocks
    assert box in callouts(document(made), "action")
    assert plain(box.title) == "Tell your provider:"
    assert kinds(blocks) == {"Callout", "Checklist", "Paragraph"}
    assert said(after) == "Eat nothing."


def test_steps_are_numbered_in_the_readers_order_only(tmp_path: Path) -> None:
    article = usual_article(tmp_path)
    for order, kind in (("reader", Steps), ("source", BulletList)):
        blocks = [
            block
            for _, blocks in sections(document(make(article, order=order)))
            for block in walk(blocks)
            if said(block).startswith("The skin is washed.")
        ]
        assert [type(block) for block in blocks if not isinstance(block, Paragraph)] == [kind]


def test_results_are_one_table_and_the_long_list_stands_last(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path))
    found = dict(sections(document(made)))
    (table,) = found["What do the results mean?"]
    assert isinstance(table, Table)
    assert [said(*cell.blocks) for row in table.rows for cell in row] == [
        *("Normal", "All is well."),
        *("Not normal", "It may be anemia."),
    ]
    lead, things = found["What else can it help find?"]
    assert said(lead) == "Conditions it is done for:"
    assert isinstance(things, BulletList)
    assert len(things.items) == 12


def test_a_short_list_stays_in_the_table(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path, count=4))
    assert "What else can it help find?" not in heads(document(made))
    (table,) = dict(sections(document(made)))["What do the results mean?"]
    assert "condition 3" in said(table)


def test_long_results_are_not_squeezed_into_a_table(tmp_path: Path) -> None:
    body = BODY.format(conditions=LONG).replace("All is well.", "All is well. " * 100)
    made = make(write_article(tmp_path, body, kind="test"))
    found = [head for head, _ in sections(document(made))]
    assert "What do the results mean?" not in found
    assert found[4:6] == ["What is a normal result?", "What if it is not normal?"]


def test_the_sources_heads_are_two_so_results_stay_two_sections(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path), heads="source")
    found = [head for head, _ in sections(document(made))]
    assert "Normal Results" in found
    assert found.count("What Abnormal Results Mean") == 1
    assert "Table" not in kinds(document(made).blocks)


def test_other_kinds_keep_the_order_of_their_sections(tmp_path: Path) -> None:
    made = make(usual_article(tmp_path, kind="procedure"))
    assert [blocks for _, blocks in sections(document(made))] == [
        part.blocks for part in made.article.sections
    ]


# ---- heads --------------------------------------------------------------------------------------


def headed(folder: Path, *titles: str, **wishes: str) -> list[str]:
    body = "It opens.\n\n" + "\n\n".join(f"## {title}\n\nText {title}." for title in titles)
    made = make(write_article(folder, body, kind="condition"), **wishes)
    assert made.leaflet.fidelity.dropped == ()
    return [head for head, _ in sections(document(made))]


def test_a_role_gets_the_readers_question_and_any_other_section_keeps_its_title(
    tmp_path: Path,
) -> None:
    assert headed(tmp_path, "Symptoms", "My Own Title", "Any title {causes}") == [
        "What are the symptoms?",
        "My Own Title",
        "What causes it?",
    ]


def test_a_question_stands_once_and_the_next_section_of_the_role_keeps_its_title(
    tmp_path: Path,
) -> None:
    assert headed(tmp_path, "Causes", "Common Causes", "Causes") == [
        "What causes it?",
        "Common Causes",
        "Causes",
    ]


def test_a_title_that_is_some_roles_question_is_not_said_twice(tmp_path: Path) -> None:
    assert headed(tmp_path, "What causes it?", "Causes") == ["What causes it?", "Causes"]


def test_the_sources_heads_are_its_titles(tmp_path: Path) -> None:
    titles = ["Symptoms", "Causes", "Common Causes"]
    assert headed(tmp_path, *titles, heads="source") == titles


def test_a_kind_of_article_has_its_own_questions(tmp_path: Path) -> None:
    body = "It opens.\n\n## Causes\n\nMany.\n"
    symptom = make(write_article(tmp_path, body, kind="symptom", name="one"))
    other = make(write_article(tmp_path, body, kind="condition", name="two"))
    assert sections(document(symptom))[0][0] == load("en").head("causes", "symptom")
    assert sections(document(other))[0][0] == load("en").head("causes", "condition")
    assert sections(document(symptom))[0][0] != sections(document(other))[0][0]


# ---- the lead -----------------------------------------------------------------------------------


def roles(made: Made) -> list[str]:
    return [block.role for block in walk(document(made).blocks) if isinstance(block, Paragraph)]


def test_the_first_paragraph_is_a_lead_unless_it_is_long(tmp_path: Path) -> None:
    short = make(write_article(tmp_path, "It opens.\n\nIt goes on.\n", name="short"))
    assert roles(short).count("lead") == 1
    long = make(write_article(tmp_path, "It opens and goes on. " * 30, name="long"))
    assert roles(long).count("lead") == 0


def test_a_head_above_all_sections_is_of_level_2(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It opens.\n\n### Early\n\nText.\n"))
    levels = [block.level for block in walk(document(made).blocks) if isinstance(block, Heading)]
    assert levels[:2] == [1, 2]


# ---- the emergency box --------------------------------------------------------------------------

EMERGENCY = "> [!EMERGENCY] Call 911 if you bleed\n> Do not wait.\n"


def contact(made: Made) -> str:
    return said(slot(made, "contact"))


@pytest.mark.parametrize(
    "body",
    [
        f"It opens.\n\n## Risks\n\n{EMERGENCY}",
        f"It opens.\n\n{EMERGENCY}",
        "It opens.\n\n## Risks\n\n- one\n\n  > [!EMERGENCY] Call 911\n  > Do not wait.\n",
    ],
)
def test_an_articles_own_emergency_box_is_the_only_one(tmp_path: Path, body: str) -> None:
    made = make(write_article(tmp_path, body))
    (box,) = callouts(document(made), "emergency")
    assert plain(box.title).startswith("Call 911")
    assert "Call 911 or go to the nearest emergency room." in contact(made)


def test_without_one_the_clinics_words_are_the_emergency_box(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It opens.\n"))
    (box,) = callouts(document(made), "emergency")
    assert said(box) == "Emergency Call 911 or go to the nearest emergency room."
    assert box in tuple(walk((slot(made, "contact"),)))


def test_a_clinic_without_emergency_words_has_no_emergency_box(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It opens.\n"), write_clinic(tmp_path))
    assert callouts(document(made), "emergency") == []
    assert contact(made) == "Call us (503) 555-0100"


def test_a_box_without_a_title_gets_the_leaflets_own_word(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It opens.\n\n> [!ACTION]\n> Do it.\n"))
    boxes = [box for box in callouts(document(made), "action") if "Do it." in said(box)]
    assert [bool(plain(box.title)) for box in boxes] == [True]


# ---- the clinic's words -------------------------------------------------------------------------


def test_the_contact_box_says_what_the_clinic_says(tmp_path: Path) -> None:
    clinic = write_clinic(
        tmp_path, more='hours = "Monday, 8 to 5."\nafter_hours = "(503) 555-0199"'
    )
    text = contact(make(write_article(tmp_path, "It opens.\n"), clinic)).replace("\u00a0", " ")
    assert text == "Call us (503) 555-0100 Monday, 8 to 5. After hours: (503) 555-0199"


def test_the_clinics_words_come_in_the_articles_language() -> None:
    spanish, english = make("bone-marrow-biopsy", language="es"), make("bone-marrow-biopsy")
    assert "Lunes a viernes, de 8 a. m. a 5 p. m." in contact(spanish)
    assert "Llame al 911 o vaya a la sala de emergencias más cercana." in contact(spanish)
    assert "Monday to Friday" not in contact(spanish)
    assert "Monday to Friday, 8 am to 5 pm." in contact(english)
    assert document(spanish).language == "es"


def test_a_translation_says_the_title_that_the_staff_knows() -> None:
    staff = "Título en inglés: Bone marrow biopsy"
    assert staff in said(*document(make("bone-marrow-biopsy", language="es")).blocks)
    assert "Bone marrow biopsy" not in [
        *texts(document(make("headache")).blocks),
    ]


def test_a_clinic_of_a_region_has_its_regions_words() -> None:
    assert "Out of hours: Call NHS 111" in contact(make("headache", "northgate"))
    assert "After hours:" in contact(make("headache", "riverbend"))


def test_the_logo_has_the_clinics_words_and_its_place_takes_the_name(tmp_path: Path) -> None:
    def pictures(made: Made) -> list[tuple[str, str]]:
        found = [block for block in walk(document(made).blocks) if isinstance(block, Figure)]
        return [(one.source, one.alt) for one in found if one.source == "logo"]

    article = write_article(tmp_path, "It opens.\n")
    assert pictures(make(article)) == [("logo", "Riverbend Blood & Cancer Clinic")]
    plain_one = make(article, write_clinic(tmp_path))
    assert pictures(plain_one) == []
    assert said(slot(plain_one, "header")).startswith("Hillside Clinic")


# ---- about the leaflet --------------------------------------------------------------------------


def about(made: Made) -> str:
    foot = [block for block in document(made).blocks if getattr(block, "place", "") == "foot"]
    return said(*foot).replace("\u00a0", " ")


ABOUT = """+++
title = "Rest"
language = "en"
kind = "condition"
{more}
[review]
date = 2024-06-17
by = "{by}"
[source]
name = "The Book of Rest"
article = "0042"
[approval]
by = "{approved}"
{approval}
[rights]
status = "own"
notices = ["Notice one.", "Notice two."]
+++

Sleep well.

## References

1. Dozer A. *On Sleep*. 2020.
"""


def about_article(folder: Path, by: str = "", more: str = "", approval: str = "") -> Made:
    approved = "Dr Rest" if approval else ""
    path = folder / "rest.md"
    path.write_text(ABOUT.format(by=by, more=more, approval=approval, approved=approved))
    return make(path)


def test_the_foot_says_source_review_references_and_notices_whole(tmp_path: Path) -> None:
    text = about(about_article(tmp_path, by="Nora Example, MD"))
    for words in (
        "“Rest”, The Book of Rest, article 0042, reviewed June 17, 2024.",
        "Updated and reviewed by Nora Example, MD",
        "Dozer A. On Sleep. 2020.",
        "Notice one.",
        "Notice two.",
        "Not yet approved for Riverbend Blood & Cancer Clinic.",
    ):
        assert words in text


@pytest.mark.parametrize("label", ["Review provided by", "Versión en inglés revisada por"])
def test_a_reviewer_who_brings_a_label_keeps_it(tmp_path: Path, label: str) -> None:
    text = about(about_article(tmp_path, by=f"{label}: Nora Example, MD"))
    assert f"{label}: Nora Example, MD" in text
    assert "Updated and reviewed by" not in text


def test_an_approval_is_dated_and_says_when_the_next_is_due(tmp_path: Path) -> None:
    approval = "date = 2026-11-01\nnext_review = 2027-06-01"
    text = about(about_article(tmp_path, approval=approval))
    assert "Approved for Riverbend Blood & Cancer Clinic by Dr Rest, November 1, 2026." in text
    assert "Next review June 2027." in text
    assert "Not yet approved" not in text


def codes(made: Made) -> list[str]:
    found = [block for block in walk(document(made).blocks) if isinstance(block, Figure)]
    return [one.source for one in found if one.source.startswith("qr:")]


def test_a_short_address_gets_a_code_and_a_long_one_is_told(tmp_path: Path) -> None:
    short = about_article(tmp_path, more='qr_url = "https://hill.example/rest"')
    assert codes(short) == ["qr:https://hill.example/rest"]
    assert "hill.example/rest" in about(short)
    address = f"https://hill.example/{'a' * 60}"
    long = about_article(tmp_path, more=f'qr_url = "{address}"')
    assert codes(long) == []
    assert address.removeprefix("https://") in about(long)
    assert any("no QR code" in warning for warning in long.warnings)
    none = about_article(tmp_path)
    assert codes(none) == []


def test_the_footer_says_number_version_and_language(tmp_path: Path) -> None:
    numbered = about_article(tmp_path, more='number = "RB-1"\nversion = "7"')
    assert document(numbered).footer.about == "Leaflet RB-1, version 7, English"
    first = document(about_article(tmp_path)).footer.about
    assert first.startswith("Leaflet rest, version ")
    assert document(about_article(tmp_path)).footer.about == first
    other = document(about_article(tmp_path, by="Somebody else")).footer.about
    assert other != first


# ---- identity -----------------------------------------------------------------------------------


def test_a_leaflets_id_is_the_same_for_ever() -> None:
    made = make("bone-marrow-biopsy")
    assert made.leaflet.identifier == "209d81fc-307a-5003-882f-dec6d8ebe1c2"
    assert leaflet_id(made.clinic, made.article, "standard") == made.leaflet.identifier


def test_another_clinic_article_language_or_edition_has_another_id() -> None:
    made = make("bone-marrow-biopsy")
    others = {
        make("bone-marrow-biopsy", "northgate").leaflet.identifier,
        make("bone-marrow-biopsy", language="es").leaflet.identifier,
        make("headache").leaflet.identifier,
        leaflet_id(made.clinic, made.article, "large-print"),
    }
    assert len(others) == 4
    assert made.leaflet.identifier not in others


def test_order_heads_paper_and_date_do_not_change_the_id() -> None:
    plain_one = make("bone-marrow-biopsy").leaflet.identifier
    other = make("bone-marrow-biopsy", order="source", heads="source", paper="a4")
    assert other.leaflet.identifier == plain_one


# ---- the strip ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "kind"), [(0, ""), (2, "Terms"), (3, "Strip"), (4, "Strip")])
def test_three_facts_make_a_strip_and_fewer_are_terms(
    tmp_path: Path, count: int, kind: str
) -> None:
    facts = "\n".join(f'Fact{number} = "short words"' for number in range(count))
    glance = f"[glance]\n{facts}" if count else ""
    made = make(write_article(tmp_path, "It opens.\n", more=glance))
    found = kinds(document(made).blocks) & {"Terms", "Strip"}
    assert found == ({kind} if kind else set())
    assert any("fewer than 3 facts" in warning for warning in made.warnings) == (count == 2)


def test_a_checklist_of_the_author_stays_one(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, "It opens.\n\n- [ ] one\n- [ ] two\n"))
    (things,) = [block for block in walk(document(made).blocks) if isinstance(block, Checklist)]
    assert list(texts((things,))) == ["one", "two"]
