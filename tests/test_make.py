"""The main job: who decides, who may hand a text out, and that every sentence is in the file."""

import datetime
from pathlib import Path

import command
import pytest
from command import make as run
from command import words
from documents import heads, kinds, sections
from leaflets import SEED, make, write_article, write_clinic

from handouts.errors import ClinicError, RightsError, SourceError
from handouts.fidelity import fold, sentences
from handouts.make import Made
from handouts.strings import load
from handouts.template_values import digest

ADAM = """+++
title = "Sweat test"
language = "en"
kind = "test"
[review]
date = 2026-11-01
[rights]
holder = "A.D.A.M., Inc."
status = "licensed"
notices = ["Copyright A.D.A.M. All of this notice. It has three sentences."]
{edit}
+++

It takes a little sweat.

## How the Test is Performed

It is taken in the following steps:

- The skin is washed.
- A gel is put on.

## Why the Test is Performed

It finds much.
"""
LICENCE = '[[licences]]\nholder = "ADAM"\nreference = "contract 1"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    return tmp_path


def adam(folder: Path, edit: str = "") -> Path:
    """Text of somebody who wants a licence."""
    path = folder / "sweat.md"
    path.write_text(ADAM.format(edit=edit), encoding="utf-8")
    return path


def clinic(folder: Path, *, more: str = "", tables: str = "") -> Path:
    return write_clinic(folder, more=more, brand=tables)


def readers(made: Made) -> tuple[bool, bool]:
    """Whether the leaflet has the reader's order, and the reader's heads."""
    document = made.leaflet.document
    found = [head for head, _ in sections(document)]
    why = [number for number, head in enumerate(found) if head.casefold().startswith("why")]
    return why == [0], any(head.endswith("?") for head in found)


# ---- rights -------------------------------------------------------------------------------------


def test_text_without_a_licence_is_made_with_a_warning(here: Path) -> None:
    ran = run(adam(here), "--clinic", clinic(here), "-o", "out/", "--json")
    assert ran.exit_code == 0
    told = "the text of 'sweat' belongs to A.D.A.M., Inc., and Hillside Clinic has no licence"
    assert f"warning: {told}" in ran.stderr
    assert told in ran.stdout


def test_a_clinic_may_refuse_text_without_a_licence(here: Path) -> None:
    ran = run(adam(here), "--clinic", clinic(here, more='rights = "refuse"'), "-o", "out/")
    assert (ran.exit_code, ran.stdout) == (12, "")
    assert "has no licence for it on file. Ask A.D.A.M., Inc. for a licence" in ran.stderr
    assert command.files(here / "out") == set()


@pytest.mark.parametrize("rights", ["warn", "refuse"])
@pytest.mark.parametrize("expires", ["", "expires = 2026-11-22\n", "expires = 2027-12-31\n"])
def test_a_licence_is_all_that_is_needed(here: Path, rights: str, expires: str) -> None:
    made = make(adam(here), clinic(here, more=f'rights = "{rights}"', tables=LICENCE + expires))
    assert [warning for warning in made.warnings if "licence" in warning] == []
    line = load("en").furniture["licence_line"].format(holder="ADAM", reference="contract 1")
    assert line in command.words(made.rendering.content)


def test_a_licence_that_has_ended_is_none(here: Path) -> None:
    ended = f"{LICENCE}expires = 2026-11-21\n"
    warned = make(adam(here), clinic(here, tables=ended))
    assert any("ended on 2026-11-21" in warning for warning in warned.warnings)
    with pytest.raises(RightsError, match="ended on 2026-11-21"):
        make(adam(here), clinic(here, more='rights = "refuse"', tables=ended))


@pytest.mark.parametrize("order", ["source", "reader"])
def test_notices_are_printed_whole(here: Path, order: str) -> None:
    made = make(adam(here), clinic(here), order=order)
    assert made.article.rights.notices[0] in command.words(made.rendering.content)


def test_the_built_in_clinics_hold_no_licence() -> None:
    for name in ("riverbend", "northgate"):
        assert make("headache", name).clinic.licences == ()


# ---- who decides on order and heads -------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "text", "wish", "expected"),
    [
        ("may_edit = true", "", {}, (True, True)),
        ("", "", {}, (False, False)),
        ("may_edit = false", "", {}, (False, False)),
        ("may_edit = false", 'order = "reader"', {}, (True, False)),
        ("may_edit = false", 'heads = "reader"', {}, (False, True)),
        ("may_edit = true", 'order = "source"\nheads = "source"', {}, (False, False)),
        ("may_edit = true", 'order = "source"', {"order": "reader"}, (True, True)),
        ("may_edit = true", 'heads = "reader"', {"heads": "source"}, (True, False)),
        ("may_edit = false", "", {"order": "reader", "heads": "reader"}, (True, True)),
        ("may_edit = false", 'order = "reader"', {"order": "source"}, (False, False)),
    ],
)
def test_the_command_comes_before_the_clinic_before_the_rights_before_the_theme(
    here: Path, edit: str, text: str, wish: dict[str, str], expected: tuple[bool, bool]
) -> None:
    made = make(adam(here, edit), clinic(here, tables=f"[text]\n{text}\n"), **wish)
    assert readers(made) == expected


def test_text_that_may_not_be_edited_keeps_its_lists_unless_somebody_decides(here: Path) -> None:
    as_it_is = make(adam(here), clinic(here))
    assert "Steps" not in kinds(as_it_is.leaflet.document.blocks)
    assert not any("may not be edited" in warning for warning in as_it_is.warnings)
    edited = make(adam(here), clinic(here), order="reader")
    assert "Steps" in kinds(edited.leaflet.document.blocks)
    assert any("may not be edited" in warning for warning in edited.warnings)


# ---- dates and reviews --------------------------------------------------------------------------


def test_text_that_is_too_old_is_warned_of_or_refused(here: Path) -> None:
    old = "\n[review]\ndate = 2024-01-15\n"
    article = here / "rest.md"
    article.write_text(
        f'+++\ntitle = "Rest"\nlanguage = "en"\n{old}[rights]\nstatus = "own"\n+++\nSleep.'
    )
    made = make(article, clinic(here))
    assert any("more than 24 months ago" in warning for warning in made.warnings)
    strict = clinic(here, more="review_months = { warn = 12, fail = 30 }")
    with pytest.raises(SourceError, match="more than 30 months ago"):
        make(article, strict)


def test_an_article_without_a_review_says_so_on_paper(here: Path) -> None:
    article = here / "rest.md"
    article.write_text(
        '+++\ntitle = "Rest"\nlanguage = "en"\n[rights]\nstatus = "own"\n+++\nSleep.'
    )
    made = make(article, clinic(here))
    assert any("has no review date" in warning for warning in made.warnings)
    unknown = load("en").furniture["source_review_unknown"]
    assert unknown[1:] in command.words(made.rendering.content)


# ---- the clinic's place -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        'hours = "{}"',
        'emergency = "{}"',
        'address = ["{}"]',
    ],
)
def test_words_that_do_not_fit_their_place_are_the_clinics_mistake(here: Path, more: str) -> None:
    article = write_article(here, "Sleep.\n")
    path = clinic(here, more=more.format("Monday and Tuesday " * 90))
    with pytest.raises(ClinicError, match=r"hillside\.toml:4: the clinic's \w+"):
        make(article, path)


HOLLOW = """Lead.

## Risks

## Outlook

### Later

## Outer

## Inner {level=3}

## Treatment

Rest.

## Causes
"""


@pytest.mark.parametrize("edition", ["standard", "trifold", "summary", "text"])
def test_a_section_without_text_is_left_out_and_told(here: Path, edition: str) -> None:
    made = make(write_article(here, HOLLOW), clinic(here), edition=edition, heads="source")
    for title in ("Risks", "Outlook", "Outer", "Inner", "Causes"):
        told = f"the section {title!r} has no text, so the leaflet leaves it out"
        assert told in made.warnings
    said = made.rendering.content.decode() if edition == "text" else words(made.rendering.content)
    assert "Treatment" in said
    assert not any(
        title in said for title in ("Risks", "Outlook", "Later", "Outer", "Inner", "Causes")
    )
    assert made.leaflet.fidelity.lost == ()


def test_leaving_out_a_section_keeps_the_version_of_the_whole_text(here: Path) -> None:
    path = write_article(here, HOLLOW)
    path.write_text(path.read_text().replace('version = "1"\n', ""))
    made = make(path, clinic(here))
    assert made.article.sections != made.reading.article.sections
    assert made.article.version == digest(made.reading.article)[:8]


def test_an_article_of_full_sections_is_not_copied(here: Path) -> None:
    """What is made of it is found again by its identity."""
    path = write_article(here, "Lead.\n\n## Risks\n\nFew.\n")
    made = make(path, clinic(here))
    assert made.article is made.reading.article


def test_the_file_is_named_after_article_clinic_edition_and_language() -> None:
    assert make("bone-marrow-biopsy", language="es").file_name == (
        "bone-marrow-biopsy.riverbend.standard.es.pdf"
    )


def test_the_same_wish_gives_the_same_bytes(here: Path) -> None:
    article = write_article(here, "Sleep.\n")
    one, other = make(article).rendering, make(article).rendering
    assert one.content == other.content
    assert len(one.sha256) == 64


# ---- the seed -----------------------------------------------------------------------------------

needs_seed = pytest.mark.skipif(
    not SEED.is_file(), reason="the seed article is not beside this checkout"
)
FORM = Path(__file__).parent / "features" / "seed-form" / "article.txt"


def without_footers(made: Made) -> str:
    """The text of all pages one after the other, running footers left out."""
    footer = made.leaflet.document.footer
    pages = command.pages(made.rendering.content)
    running = [
        f"{footer.title} {footer.about} "
        + footer.page.replace("{page}", str(number)).replace("{pages}", str(len(pages)))
        for number in range(1, len(pages) + 1)
    ]
    assert all(page.endswith(foot) for page, foot in zip(pages, running, strict=True))
    return fold(
        " ".join(page.removesuffix(foot) for page, foot in zip(pages, running, strict=True))
    )


def check_in_order(made: Made) -> None:
    """Every sentence of the body stands in the file, one after the other."""
    text, at = without_footers(made), 0
    wanted = [part for _, block in made.article.body() for part in sentences(block)]
    assert len(wanted) > 20
    for sentence in wanted:
        found = text.find(sentence, at)
        assert found >= 0, sentence
        at = found + len(sentence)


@needs_seed
@pytest.mark.parametrize("clinic", ["riverbend", "northgate"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("claims", ["ua1", "ua2"])
def test_every_sentence_of_the_seed_is_read_back_in_order(
    clinic: str, paper: str, claims: str
) -> None:
    made = make(SEED, clinic, paper=paper, claims=claims, order="source")
    check_in_order(made)
    assert (made.leaflet.fidelity.dropped, made.leaflet.fidelity.doubled) == ((), ())


@needs_seed
@pytest.mark.parametrize("order", ["source", "reader"])
def test_every_sentence_of_the_seed_is_in_the_file_in_both_orders(order: str) -> None:
    made = make(SEED, order=order, heads=order)
    text = without_footers(made)
    lost = [
        part for _, block in made.article.body() for part in sentences(block) if part not in text
    ]
    assert lost == []
    notices = [notice for notice in made.article.rights.notices if fold(notice) not in text]
    assert notices == []


@needs_seed
def test_the_seed_gets_the_readers_arrangement_when_it_is_asked_for() -> None:
    made = make(SEED, order="reader", heads="reader")
    document = made.leaflet.document
    assert kinds(document.blocks) >= {"Steps", "Checklist", "Table", "Callout"}
    assert heads(document)[:2] == ["Why do I need this test?", "How do I get ready?"]
    assert made.article.review.date == datetime.date(2024, 6, 17)


@pytest.mark.parametrize("clinic", ["riverbend", "northgate"])
@pytest.mark.parametrize("claims", ["ua1", "ua2"])
def test_every_sentence_of_a_page_of_the_same_form_is_read_back_in_order(
    clinic: str, claims: str
) -> None:
    check_in_order(make(FORM, clinic, claims=claims, order="source"))
