"""Pasted encyclopedia pages: every part finds its place, and no word is lost."""

import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from source_words import article_text, hrefs, letters, reported_text

from handouts.document import BulletList, Emphasis, Heading, Link, Paragraph, Steps, plain, texts
from handouts.document import text as inline
from handouts.errors import SourceError
from handouts.sources import Reading, read_source
from handouts.sources.outline import outline

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "seed-form"
SEED = ROOT.parent / "shared" / "seeds" / "bone-marrow-biopsy.txt"


def read(text: str, language: str = "") -> Reading:
    return read_source(text.encode(), format="encyclopedia-text", language=language or None)


def titles(reading: Reading) -> list[str]:
    return [section.title for section in reading.article.sections]


# ---- the whole form ----------------------------------------------------------------------------


def test_the_outline_of_the_feature_is_as_expected() -> None:
    reading = read_source(FEATURE / "article.txt", id="sweat-collection-test")
    assert outline(reading) == (FEATURE / "outline.txt").read_text(encoding="utf-8")


def test_each_part_of_the_feature_is_in_its_place() -> None:
    article = read_source(FEATURE / "article.txt").article
    lists = [
        len(block.items)
        for section in article.sections
        for block in section.blocks
        if isinstance(block, BulletList)
    ]
    assert lists == [4, 2, 2, 5]
    assert article.kind == "test"
    assert article.alternative_names == ("Salt test - sweat", "Chloride test (sweat; skin)")
    assert [type(part) for part in article.references[0]][1] is Emphasis
    assert plain(article.references[1]).startswith("Dunn E. Patches [a review]. In: ")
    assert article.review.date == datetime.date(2023, 3, 9)
    assert article.review.by.startswith("Nora Example")
    assert article.review.by.endswith("Peter Sample, MD.")
    assert article.source.url == "https://medlineplus.gov/ency/article/999901.htm"
    assert article.source.article == "999901"
    assert article.source.name == "MedlinePlus Medical Encyclopedia"
    assert (article.rights.holder, article.rights.status) == ("A.D.A.M.", "licensed")
    assert article.rights.may_edit is False
    accreditation, disclaimer = article.rights.notices
    assert "accredited by a seal, as" in accreditation
    assert "relative, or friend of anybody" in disclaimer
    assert disclaimer.endswith("Every sentence is our own.")


def test_page_chrome_is_nowhere_in_the_article() -> None:
    words = article_text(read_source(FEATURE / "article.txt").article)
    for chrome in (
        "→",
        "URL of this page",
        "cite this page",
        "Health Content",
        "2027",
        "Rockville",
    ):
        assert chrome not in words
    assert words.count("Sweat collection test") == 1


@pytest.mark.parametrize("path", [FEATURE / "article.txt", SEED], ids=["feature", "seed"])
def test_every_word_of_a_page_is_in_the_article_or_in_the_report(path: Path) -> None:
    if not path.exists():
        pytest.skip("the seed is no part of the repository")
    text = path.read_text(encoding="utf-8")
    reading = read_source(path)
    there = letters(article_text(reading.article) + reported_text(reading.report))
    assert letters(text) - there == letters("")
    assert letters(article_text(reading.article)) - letters(text) == letters("")


@pytest.mark.skipif(not SEED.exists(), reason="the seed is no part of the repository")
def test_the_seed_has_the_shape_that_its_issue_says() -> None:
    article = read_source(SEED).article
    lists = [
        len(block.items)
        for section in article.sections
        for block in section.blocks
        if isinstance(block, BulletList)
    ]
    assert len(article.summary) == 2
    assert [section.role for section in article.sections] == [
        "how_performed",
        "prepare",
        "feel",
        "why",
        "normal",
        "abnormal",
        "risks",
    ]
    assert lists == [5, 4, 4, 13]
    assert len(article.alternative_names) == 1
    assert len(article.references) == 4
    assert all(any(isinstance(part, Emphasis) for part in entry) for entry in article.references)
    assert article.review.date == datetime.date(2024, 6, 17)
    assert len(article.rights.notices) == 2
    assert article.source.article == "003934"
    assert article.id == "bone-marrow-biopsy"


# ---- parts that are missing or differ ----------------------------------------------------------


def test_a_title_and_one_paragraph_are_enough() -> None:
    reading = read("Rest\n\nSleep well.")
    article = reading.article
    assert (article.title, article.id, article.language) == ("Rest", "rest", "en")
    assert article.sections == ()
    assert article.review.date is None
    assert (article.rights.holder, article.rights.status) == ("", "unknown")
    assert reading.report.warnings == ()  # the verdict of an import, or of a leaflet, says it


def test_an_article_may_have_no_lead() -> None:
    article = read(
        "[Home](#) → [Medical Encyclopedia](#) → Rest\n\nRest\n\nCauses\n\nWork."
    ).article
    assert article.summary == ()
    assert article.sections[0].role == "causes"


def test_the_breadcrumb_gives_the_title_when_no_line_does() -> None:
    article = read("[Home](#) → [Medical Encyclopedia](#) → Rest\n\nCauses\n\nWork.").article
    assert article.title == "Rest"
    assert [section.title for section in article.sections] == ["Causes"]


def test_an_article_without_a_title_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=":3: the article has no title"):
        read("\n\nThis sentence is long, and it is no title at all. Nor is this one.\n\nMore.")


def test_a_copyright_line_that_was_cut_off_does_not_free_the_text() -> None:
    url = "URL of this page: [x](https://medlineplus.gov/ency/article/000001.htm)"
    reading = read(f"Rest\n\n{url}\n\nSleep well.")
    rights = reading.article.rights
    assert (rights.holder, rights.status, rights.may_edit) == ("A.D.A.M.", "unknown", False)
    assert "no copyright line" in reading.report.warnings[0]


def test_a_page_of_another_collection_is_named_as_it_names_itself() -> None:
    crumbs = "[Home](#) > [Health Topics](#) > Rest"
    url = "URL of this page: https://medlineplus.gov/rest.html"
    source = read(f"{crumbs}\n{url}\n\nRest\n\nSleep well.").article.source
    assert (source.name, source.article) == ("MedlinePlus Health Topics", "")


def test_discharge_instructions_are_read_with_titles_never_seen() -> None:
    reading = read(
        "Ankle plaster - discharge\n\nYou have a plaster.\n\nWhen You’re in the Hospital\n\n"
        "A nurse put it on.\n\nGetting Around the House\n\nUse crutches.\n\nON THE STAIRS\n\n"
        "- Hold the rail\n- Go slowly\n\nIs It Safe to Drive?\n\nNo.\n\n"
        "When should I come back?\n\nIn a week.\n\nWhen to Call the Doctor\n\n- It hurts"
    )
    article = reading.article
    assert article.kind == "instructions"
    assert titles(reading) == [
        "When You’re in the Hospital",
        "Getting Around the House",
        "Is It Safe to Drive?",
        "When to Call the Doctor",
    ]
    assert article.sections[1].blocks[1] == Heading(3, inline("ON THE STAIRS"))
    assert "When should I come back?" in [text for _, text in article.body()]
    sure = {guess.title: guess.confidence for guess in reading.report.guessed}
    assert sure["When to Call the Doctor"] == 1.0
    assert sure["Getting Around the House"] == 0.9
    assert sure["ON THE STAIRS"] == 0.9


def test_a_disease_is_known_by_its_sections() -> None:
    reading = read(
        "Glass bones\n\nBones break.\n\nCauses\n\nGenes.\n\nSymptoms\n\nBreaks.\n\n"
        "Exams and Tests\n\nX-rays.\n\nOutlook (Prognosis)\n\nGood."
    )
    assert reading.article.kind == "condition"
    assert titles(reading)[-1] == "Outlook (Prognosis)"


def test_numbered_titles_and_numbered_lists_are_told_apart() -> None:
    reading = read(
        "Myths\n\nFood is food.\n\n1. Replace Bad Fats\n\nUse oil.\n\n2. Eat More Beans\n\n"
        "They fill you:\n\n1. Wash them.\n2. Boil them.\n\n3. Eat them."
    )
    assert titles(reading) == ["1. Replace Bad Fats", "2. Eat More Beans"]
    steps = reading.article.sections[1].blocks[1]
    assert isinstance(steps, Steps)
    assert (steps.start, len(steps.items)) == (1, 3)
    assert len(reading.report.joined) == 1


def test_marks_of_the_user_win_over_every_rule() -> None:
    reading = read(
        "# Rest\n\nSleep.\n\n## this is a section, for sure.\n\nText.\n\n### And a part\n\nMore."
    )
    assert titles(reading) == ["this is a section, for sure."]
    assert isinstance(reading.article.sections[0].blocks[1], Heading)


def test_two_lines_without_body_are_no_two_sections() -> None:
    reading = read("Rest\n\nSleep.\n\nGood Beds\n\nSoft Pillows\n\nThey help.")
    assert titles(reading) == ["Soft Pillows"]
    assert "Good Beds" in list(texts(reading.article.summary))


def test_other_names_on_lines_of_their_own_are_no_headings() -> None:
    article = read(
        "Rest\n\nSleep.\n\nAlternative Names\n\nNap\n\nSiesta\n\nReferences\n\nAdler N. Beds.\n\n"
        "Birch O. More beds\n\nReview Date 1/2/2020"
    ).article
    assert article.alternative_names == ("Nap", "Siesta")
    assert len(article.references) == 2


def test_a_section_behind_the_review_date_is_still_a_section() -> None:
    reading = read(
        "Rest\n\nSleep.\n\nReview Date 1/2/2020\n\nReferences\n\nAdler N. Beds.\n\nImages\n\nA bed"
    )
    assert plain(reading.article.references[0]) == "Adler N. Beds."
    assert {dropped.text for dropped in reading.report.dropped} >= {"Images", "A bed"}
    assert reading.article.rights.notices == ()


def test_an_unknown_paragraph_behind_the_article_is_kept_and_told() -> None:
    reading = read(
        "Rest\n\nSleep.\n\nReview Date 1/2/2020\n\nThis page was paid for by a bed maker."
    )
    assert reading.article.rights.notices == ("This page was paid for by a bed maker.",)
    assert any("line 7" in warning for warning in reading.report.warnings)


def test_a_review_date_that_is_no_date_is_told() -> None:
    reading = read("Rest\n\nSleep.\n\nReview Date 13/45/2020\n\nUpdated by: Nora")
    assert reading.article.review.date is None
    assert "Review Date 13/45/2020" in {dropped.text for dropped in reading.report.dropped}


def test_a_spanish_page_is_read_with_its_months_before_its_days() -> None:
    reading = read(
        "[Home](#) → [Enciclopedia médica](#) → Descanso\n\nDirección de esta página: "
        "//medlineplus.gov/spanish/ency/article/000002.htm\n\nDescanso\n\nDormir.\n\nCausas\n\n"
        "Trabajo.\n\nUltima revisión 11/9/2021\n\nVersión en inglés revisada por: Nora Example. "
        "Traducción y localización realizada por: Otra.\n"
    )
    article = reading.article
    assert article.language == "es"
    assert article.sections[0].role == "causes"
    assert article.review.date == datetime.date(2021, 11, 9)
    assert article.review.by.startswith("Versión en inglés revisada por: Nora Example.")


def test_links_become_their_words_unless_a_leaflet_can_follow_them() -> None:
    reading = read(
        "Rest\n\nSee [beds](#), [pillows](./0001.htm), [a shop](https://shop.example/a_(b)) and"
        " [the line](tel:911), \\[really\\] 2*3*4."
    )
    (block,) = reading.article.summary
    assert isinstance(block, Paragraph)
    assert plain(block.content) == "See beds, pillows, a shop and the line, [really] 2*3*4."
    links = [part.href for part in block.content if isinstance(part, Link)]
    assert links == ["https://shop.example/a_(b)", "tel:911"]
    assert [dropped.text for dropped in reading.report.dropped] == ["./0001.htm"]


def test_names_of_characters_are_decoded_however_often_they_were_encoded() -> None:
    article = read("Rest\n\nLess &amp;lt; more &amp; 5 &deg;F & so on.").article
    assert article.body()[0][1] == "Less < more & 5 °F & so on."


def test_nested_items_stay_below_their_item() -> None:
    (block,) = read("Rest\n\n- Beds\n  - soft\n  - hard\n- Chairs").article.summary
    assert isinstance(block, BulletList)
    assert [len(item) for item in block.items] == [2, 1]


def test_lines_under_each_other_are_one_paragraph_and_told() -> None:
    reading = read("Rest\n\nSleep\nwell.")
    assert reading.article.body()[0][1] == "Sleep well."
    assert "2 lines" in reading.report.joined[0].what


# ---- the review and what stands behind it ------------------------------------------------------

SEAL = "Health Content\nProvider\n06/01/2028"


def behind(foot: str) -> Reading:
    return read(f"Rest\n\nSleep.\n\nCauses\n\nWork.\n\n{foot}\n")


@pytest.mark.parametrize(
    "line",
    [
        "Review Date 6/7/2024",
        "Review Date: 06/07/2024",
        "Review Date 6/7/24",
        "Review Date June 7, 2024",
        "Review Date: 7 June 2024",
        "**Review Date 2024-06-07**",
        "Last reviewed: Jun. 7th, 2024",
        "Última revisión 7 de junio de 2024",
        "Fecha de revisión: 6/7/2024",
        "Review Date\n\n6/7/2024",
        "Review Date:\n6/7/2024",
    ],
)
def test_a_review_line_is_read_in_any_shape(line: str) -> None:
    reading = behind(f"{line}\n\nUpdated by: Nora\n\n{SEAL}")
    assert reading.article.review.date == datetime.date(2024, 6, 7)
    assert [text for _, text in reading.article.body()] == ["Sleep.", "Work."]
    assert not any("review" in warning for warning in reading.report.warnings)


@pytest.mark.parametrize(
    "foot",
    [
        f"Review Date 2/30/2024\n\nUpdated by: Nora\n\n{SEAL}",
        f"Review Date\n\nUpdated by: Nora\n\n{SEAL}",
        f"Review Date\n\n{SEAL}",
        "Review Date\n\nHealth Content\n\nProvider\n\n06/01/2028",
        "Review Date\n\n2/30/2024\n\nHealth Content Provider 06/01/2028",
        f"Review Date unknown\n\n{SEAL}",
        f"Review Date: in summer\n\n{SEAL}",
        "Review Date",
    ],
)
def test_a_seal_is_never_the_review_and_a_missing_date_is_told(foot: str) -> None:
    reading = behind(foot)
    assert reading.article.review.date is None
    assert [text for _, text in reading.article.body()] == ["Sleep.", "Work."]
    told = [one for one in reading.report.warnings if "date of the review" in one]
    assert len(told) == 1
    assert told[0].startswith("line 9: ") or "2/30/2024" in told[0]
    assert {one.meaning.split()[0] for one in reading.report.dates} <= {"end"}


def test_a_sentence_about_reviews_is_text() -> None:
    sentence = "Last review 2 weeks before the surgery."
    assert sentence in [text for _, text in behind(sentence).article.body()]


def test_every_reviewer_is_one_and_their_label_stays_unless_the_leaflet_says_it() -> None:
    reading = behind("Review Date 6/7/2024\n\nUpdated by: Nora, MD.\n\nAlso reviewed by Otto, MD.")
    assert reading.article.review.by == "Nora, MD. Also reviewed by Otto, MD."
    assert reading.article.rights.notices == ()
    spanish = behind("Versión en inglés revisada por: Nora, MD.\n\nTambién revisada por Otto, MD.")
    by = "Versión en inglés revisada por: Nora, MD. También revisada por Otto, MD."
    assert spanish.article.review.by == by


def test_a_notice_cut_behind_an_abbreviation_is_joined() -> None:
    reading = behind("© 2001 A.D.A.M., Inc.\n\nand others. All of it.\n\nAnother notice.")
    whole, other = reading.article.rights.notices
    assert whole == "© 2001 A.D.A.M., Inc. and others. All of it."
    assert other == "Another notice."
    assert [joined.line for joined in reading.report.joined] == [11]


def test_the_banner_about_sharing_is_chrome_at_the_foot_too() -> None:
    banner = "To use the sharing features on this page, please enable JavaScript."
    reading = behind(f"Review Date 6/7/2024\n\n{banner}")
    assert reading.article.rights.notices == ()
    assert banner in {dropped.text for dropped in reading.report.dropped}


# ---- titles, leads, lists ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["What is a long rest?", "Rest in St. Example", "Does Dr. Example rest?"]
)
def test_the_first_line_may_ask_or_hold_a_short_form(title: str) -> None:
    assert read(f"{title}\n\nSleep well.\n").article.title == title


@pytest.mark.parametrize("title", ["Sleep. Do you?", "Rest is good. Sleep", f"{'Rest ' * 18}now?"])
def test_a_first_line_of_two_sentences_or_too_long_is_no_title(title: str) -> None:
    with pytest.raises(SourceError, match="no title"):
        read(f"{title}\n\nSleep well.\n")


def test_a_bare_title_may_stand_above_marked_sections(tmp_path: Path) -> None:
    path = tmp_path / "rest.txt"
    path.write_text("Rest\n\nSleep.\n\n## why it helps\n\nSo.\n", encoding="utf-8")
    reading = read_source(path)
    assert reading.article.title == "Rest"
    assert titles(reading) == ["why it helps"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_lead_without_a_colon_is_no_section(gap: str) -> None:
    reading = read(
        f"Rest\n\nSleep.\n\nSymptoms\n\nSigns of it may be{gap}- Yawns\n- Naps\n\n"
        f"If you are tired{gap}- Sleep\n\nGood Beds{gap}- Wool\n"
    )
    symptoms, beds = reading.article.sections
    assert (symptoms.title, beds.title) == ("Symptoms", "Good Beds")
    assert [type(block) for block in symptoms.blocks] == [Paragraph, BulletList] * 2


def test_a_line_in_small_letters_right_below_a_known_title_is_its_text() -> None:
    reading = read("Rest\n\nSleep.\n\nTreatment\n\nRest and fluids\n\nSleep long.\n")
    assert titles(reading) == ["Treatment"]
    assert len(reading.article.sections[0].blocks) == 2


def test_dashes_in_a_row_are_a_list_and_one_is_none() -> None:
    article = read(
        "Rest\n\nBring:\n\n– a bed that is long and\n  soft\n– a chair\n\nSo it is.\n\n– Nora\n"
    ).article
    _, bring, _, name = article.summary
    assert isinstance(bring, BulletList)
    assert list(texts((bring,))) == ["a bed that is long and soft", "a chair"]
    assert list(texts((name,))) == ["– Nora"]


# ---- sections behind the article's own ---------------------------------------------------------

LINKS = "- [Beds - discharge](https://medlineplus.gov/ency/patientinstructions/000001.htm)\n"


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ("Alternative Names", "Patient Instructions"),
        ("Nombres alternativos", "Instrucciones para el paciente"),
    ],
)
def test_links_to_other_instructions_are_left_out(names: str, title: str) -> None:
    reading = read(f"Rest\n\nSleep.\n\n{names}\n\nNap; Siesta\n\n{title}\n\n{LINKS}")
    assert reading.article.alternative_names == ("Nap", "Siesta")
    assert reading.article.sections == ()
    assert {one.text for one in reading.report.dropped} >= {title, LINKS.strip()}


def test_titles_of_other_instructions_are_left_out_of_a_page_only() -> None:
    text = "Rest\n\nSleep.\n\nPatient Instructions\n\n- Take one tablet a day\n"
    own = read(text)
    assert titles(own) == ["Patient Instructions"]
    assert any("kept as a section" in warning for warning in own.report.warnings)
    page = read(f"[Home](#) → [Medical Encyclopedia](#) → Rest\n\n{text}")
    assert titles(page) == []


def test_a_section_of_instructions_with_sentences_is_kept() -> None:
    reading = read(
        "[Home](#) → [Medical Encyclopedia](#) → Rest\n\nRest\n\nSleep.\n\n"
        "Patient Instructions\n\nTake one tablet a day. Call us.\n"
    )
    assert titles(reading) == ["Patient Instructions"]


@pytest.mark.parametrize(
    ("section", "odd"),
    [
        ("Alternative Names\n\nNap; Siesta\n\n- Wash", "'Wash'"),
        ("Alternative Names\n\nNap; Siesta\n\nGood Beds", "'Good Beds'"),
        ("References\n\nAdler N. *Beds*. 2020.\n\nGood Beds", "'Good Beds'"),
    ],
)
def test_a_line_that_may_not_belong_to_the_back_matter_is_told(section: str, odd: str) -> None:
    warnings = read(f"Rest\n\nSleep.\n\n{section}\n").report.warnings
    assert any(odd in warning and "may not belong" in warning for warning in warnings)


# ---- laws --------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from(
        [
            "",
            "Causes",
            "References",
            "Alternative Names",
            "Images",
            "BEFORE SLEEP",
            "Good Beds",
            "- a bed",
            "  - a soft bed",
            "1. Wash.",
            "2. Sleep.",
            "Sleep well.",
            "Sleep [well](#) on *Good Beds* or",
            "[shop](https://shop.example) [x](y.htm)",
            "Review Date 6/17/2024",
            "Updated by: Nora Example, MD, and",
            "Learn how to cite this page",
            "Health Content\nProvider\n06/01/2028",
            "Review Date\n\n2/30/2024",
            "Review Date",
            "**Review Date June 17, 2024**",
            "06/01/2028",
            "Also reviewed by Otto.",
            "– a bed\n– a chair",
            "Patient Instructions",
            "and more.",
            "The information provided herein is whole, or",
            "© 2001 A.D.A.M., all of it.",
            "[Home](#) → [Medical Encyclopedia](#) → Rest",
            "URL of this page: [x](//medlineplus.gov/ency/article/000001.htm)",
            "8600 Rockville Pike",
            "## Marked",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40),
    st.text("ab1 -*[]()#.\\!?;:|\n", max_size=30),
)
PAGES = st.lists(PIECES, max_size=14).map("\n\n".join)
LINES = st.lists(PIECES, max_size=14).map("\n".join)


@given(PAGES | LINES)
@example("[a](b)[c](d)")
@example("Work\nReview Date 6/17/2024\n- a bed\nBEFORE SLEEP")
@example("Sleep\n\nReferences\n\n1. Wash.")
@example("Sleep\n\nReview Date 6/17/2024\n\nURL of this page: [x](//a.example)")
def test_no_page_loses_or_invents_a_letter(text: str) -> None:
    page = f"Rest\n\n{text}"
    try:
        reading = read(page, "en")
    except SourceError:
        return
    written = letters(unicodedata.normalize("NFC", page))
    article = reading.article
    linked = " ".join(hrefs((article.summary, article.sections, article.references)))
    found = article_text(article) + linked
    assert written - letters(found + reported_text(reading.report)) == letters("")
    assert letters(article_text(article)) - written == letters("")


@given(st.text(max_size=60) | PAGES)
@example("?")
def test_any_text_is_an_article_or_one_error(text: str) -> None:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return
    try:
        reading = read_source(content)
    except SourceError:
        return
    assert reading.article.title
    assert any(words.strip() for _, words in reading.article.body())
