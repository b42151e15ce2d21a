"""Drug labels (SPL): leaflets for patients, Drug Facts, boxed warnings, and what is told of the rest."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_words import (
    FEATURES,
    SAMPLES,
    article_words,
    compare_outlines,
    lost,
    needs_samples,
    one,
    read,
    words,
)

from handouts.article import Code, Rights
from handouts.document import BulletList, Callout, NumberedList, Table, paragraph, plain, texts
from handouts.errors import SourceError
from handouts.sources import Content, Origin, Outcome, Reading, read_articles
from handouts.sources.formats import recognise
from handouts.values import replace

FEATURE = FEATURES / "drug-label"
REAL = SAMPLES / "spl-xml"
PRESCRIPTION, FACTS = FEATURE / "prescription.xml", FEATURE / "drug-facts.xml"

LEAFLETS = ("42230-3", "42231-1")
OF_FACTS = (
    *("55106-9", "55105-1", "34067-9", "34071-1", "50570-1", "50569-3"),
    *("50568-5", "50567-7", "50566-9", "50565-1", "34068-7", "53413-1"),
)
BOX = "34066-1"
BOMB = "<!DOCTYPE document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
INLINE = ("content", "sub", "sup", "linkHtml")


BOLD = "<content styleCode='bold'>is round </content>"
PARTS = (
    *("•", "moon", " ", "   ", "<br/>", "<sub>2</sub>", ":", BOLD),
    "<list><item>• tea</item></list>",
)


def label(*sections: str, code: str = "34391-3", name: str = "<name>Lunol</name>") -> str:
    """A label with sections, each with its component."""
    product = (
        "<component><section><code code='48780-1'/><subject><manufacturedProduct>"
        f"<manufacturedProduct>{name}</manufacturedProduct></manufacturedProduct></subject>"
        "</section></component>"
    )
    inner = "".join([f"<component>{section}</component>" for section in sections])
    return (
        f"<document xmlns='urn:hl7-org:v3'><code code='{code}'/><component><structuredBody>"
        f"{product}{inner}</structuredBody></component></document>"
    )


def section(code: str, text: str, title: str = "") -> str:
    """A section with a text."""
    named = f"<title>{title}</title>" if title else ""
    return f"<section><code code='{code}'/>{named}<text>{text}</text></section>"


def insert(text: str) -> Reading:
    """The article of a patient package insert."""
    return one(label(section("42230-3", text)))


def items(found: Reading) -> list[list[str]]:
    """The words of each item of every list in the summary."""
    lists = [b for b in found.article.summary if isinstance(b, BulletList | NumberedList)]
    return [[" / ".join(texts(item)) for item in block.items] for block in lists]


# ---- words, taken by another parser ------------------------------------------------------------


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _code(element: ElementTree.Element) -> str:
    code = element.find("{*}code")
    return "" if code is None else code.get("code", "")


def _sections(root: ElementTree.Element, codes: tuple[str, ...]) -> Iterator[ElementTree.Element]:
    for part in root:
        if _tag(part) == "section" and _code(part) in codes:
            yield part
        else:
            yield from _sections(part, codes)


def _text(element: ElementTree.Element) -> str:
    gap = "" if _tag(element) in INLINE else " "
    inner = "".join([_text(part) + (part.tail or "") for part in element])
    return f"{gap}{element.text or ''}{inner}{gap}"


def written(path: Path, codes: tuple[str, ...]) -> list[str]:
    """The words of a label's sections."""
    root = ElementTree.fromstring(path.read_bytes())
    return words("\n".join([_text(found) for found in _sections(root, codes)]))


# ---- the features ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PRESCRIPTION, FACTS], ids=lambda path: path.stem)
def test_the_outlines_of_the_features_are_as_expected(path: Path) -> None:
    compare_outlines(path, path.with_suffix(".outline.txt"))


def readings(path: Path) -> list[Reading]:
    found = read(path)
    assert all(isinstance(outcome, Reading) for outcome in found), found
    return [outcome for outcome in found if isinstance(outcome, Reading)]


def test_every_word_of_the_features_leaflets_is_in_them_or_reported() -> None:
    leaflet, guide = readings(PRESCRIPTION)
    assert not lost(written(PRESCRIPTION, ("42230-3",)), leaflet)
    assert not lost(written(PRESCRIPTION, ("42231-1",)), guide)
    assert not lost(written(PRESCRIPTION, (BOX,)), leaflet)


def test_every_word_of_the_features_drug_facts_is_in_them_or_reported() -> None:
    (facts,) = readings(FACTS)
    every = (*OF_FACTS, "42229-5", "51727-6")
    assert not lost(written(FACTS, every), facts)


def test_nothing_is_invented() -> None:
    root = ElementTree.fromstring(PRESCRIPTION.read_bytes())
    for reading in readings(PRESCRIPTION):
        bare = replace(reading.article, rights=Rights())
        assert not {*article_words(replace(reading, article=bare))} - {*words(_text(root))}


# ---- real labels -------------------------------------------------------------------------------


@needs_samples
def test_every_word_of_the_real_insert_is_in_the_article_or_reported() -> None:
    path = REAL / "lipitor-orig.xml"
    reading = one(path)
    assert not lost(written(path, ("42230-3",)), reading)
    article = reading.article
    assert (article.id, article.kind, article.title) == ("lipitor", "medicine", "Lipitor")
    assert len(article.codes) == 4
    assert [code.system for code in article.codes] == ["NDC"] * 4
    assert article.review.date == datetime.date(2014, 1, 13)
    heads = [part.title for part in article.sections]
    assert len(heads) == 11
    assert heads[1].startswith("What is")
    assert sum("words)" in dropped.text for dropped in reading.report.dropped) > 30


@needs_samples
def test_every_word_of_the_real_drug_facts_is_in_the_article_or_reported() -> None:
    path = REAL / "cough.xml"
    reading = one(path)
    every = (*OF_FACTS, "42229-5", "51727-6", BOX, "51945-4")
    assert not lost(written(path, every), reading)
    article = reading.article
    assert article.title.split()[0] == "TRIAMINIC"
    assert article.codes == (Code(system="NDC", code="0067-6344"),)
    assert [part.title for part in article.sections][:4] == [
        *("Active ingredient", "Purpose", "Uses", "Warnings"),
    ]
    assert any("boxed warning" in dropped.reason for dropped in reading.report.dropped)


@needs_samples
@pytest.mark.parametrize("name", ["lipitor-orig", "cough"])
def test_the_words_of_real_sections_are_in_order(name: str) -> None:
    """Marks, lists and tables change no word and no order within a section."""
    path = REAL / f"{name}.xml"
    reading = one(path)
    source = " ".join(written(path, (*LEAFLETS[:1], *OF_FACTS) if name == "cough" else LEAFLETS))
    for part in reading.article.sections:
        body = " ".join(words("\n".join(texts(part.blocks))))
        assert body in source, part.title


@needs_samples
@pytest.mark.parametrize("name", ["lipitor-orig", "cough"])
def test_real_labels_are_known_by_their_content(name: str) -> None:
    assert recognise(Content((REAL / f"{name}.xml").read_bytes())).name == "drug-label"


# ---- what is taken -----------------------------------------------------------------------------


def test_leaflets_of_a_label_are_articles_of_their_own() -> None:
    leaflet, guide = readings(PRESCRIPTION)
    assert [leaflet.article.id, guide.article.id] == [
        "lunol-patient-information",
        "lunol-medication-guide",
    ]
    assert guide.article.title == "Lunol - Medication Guide"
    assert one(PRESCRIPTION, id="lunol-medication-guide").article == guide.article
    assert one(PRESCRIPTION, title="lunol - patient information").article == leaflet.article


def test_an_article_that_a_label_has_not_is_told() -> None:
    with pytest.raises(SourceError, match="no article 'sunol'"):
        read(PRESCRIPTION, id="sunol")


def test_two_guides_of_one_kind_have_ids_of_their_own() -> None:
    guide = section("42231-1", "Words.", "Guide")
    found = read(label(guide, guide))
    ids = [outcome.article.id for outcome in found if isinstance(outcome, Reading)]
    assert ids == ["lunol-medication-guide", "lunol-medication-guide-2"]


def test_what_patients_are_to_be_told_is_taken_last() -> None:
    told = section("34076-0", "Advise them.", "Counseling")
    reading = one(label(told))
    assert any("no leaflet for patients" in warning for warning in reading.report.warnings)
    reading = one(label(told, section("42230-3", "Read this.")))
    assert reading.article.body() == (("", "Read this."),)
    assert "Counseling (3 words)" in [dropped.text for dropped in reading.report.dropped]


def test_a_label_for_professionals_only_is_refused() -> None:
    with pytest.raises(SourceError, match="no part for patients"):
        read(label(section("34067-9", "For professionals.", "1 INDICATIONS")))


def test_a_leaflet_without_text_is_told_and_the_others_are_kept() -> None:
    empty, kept = read(label(section("42230-3", ""), section("42231-1", "Words.")))
    assert isinstance(empty, SourceError)
    assert isinstance(kept, Reading)


# ---- heads -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bold", "is_head"),
    [
        ("What is it?", True),
        ("How to Store It", True),
        ("Call your doctor if you have:", False),
        ("It can harm you. Ask your doctor.", False),
        ("you should never take more than one of these in the same week", False),
        ("***", False),
    ],
)
def test_bold_paragraphs_are_heads_when_they_look_like_titles(bold: str, *, is_head: bool) -> None:
    reading = insert(
        f"<paragraph><content styleCode='Bold'>{bold}</content></paragraph><paragraph>Yes.</paragraph>"
    )
    assert [part.title for part in reading.article.sections] == ([bold] if is_head else [])
    assert bool([guess for guess in reading.report.guessed if guess.title == bold]) == is_head


def test_bold_words_with_nothing_below_are_no_head() -> None:
    reading = insert(
        "<paragraph>Words.</paragraph>"
        "<paragraph><content styleCode='bold'>Form 17</content></paragraph>"
    )
    assert reading.article.sections == ()


def test_a_title_of_the_whole_stands_above_a_first_head() -> None:
    bold = "<paragraph><content styleCode='bold'>What is it?</content></paragraph>"
    reading = one(label(section("42231-1", f"{bold}<paragraph>A tablet.</paragraph>", "Guide")))
    assert reading.article.body() == (("", "Guide"), ("What is it?", "A tablet."))


# ---- blocks ------------------------------------------------------------------------------------


def test_boxed_warnings_of_a_leaflet_are_boxes_whole() -> None:
    leaflet, _ = readings(PRESCRIPTION)
    boxes = [
        block
        for part in leaflet.article.sections
        for block in part.blocks
        if isinstance(block, Callout)
    ]
    assert [(box.kind, plain(box.title), [*texts(box.blocks)]) for box in boxes] == [
        ("emergency", "Warning: you may fly off", ["Hold on to something heavy."])
    ]


def test_boxed_warnings_elsewhere_are_reported_whole() -> None:
    for reading in readings(PRESCRIPTION):
        told = [note.text for note in reading.report.dropped if "boxed" in note.reason]
        assert told == ["WARNING: GRAVITY Prescribers weigh every patient."]
        assert any("boxed warning" in warning for warning in reading.report.warnings)


def test_typed_bullets_are_items() -> None:
    reading = insert(
        "<paragraph>• one    • <content styleCode='bold'>two</content> and</paragraph>"
        "<paragraph>• three</paragraph><list><item>four    • five</item><item>a • b</item></list>"
    )
    assert items(reading) == [["one", "two and", "three"], ["four", "five", "a • b"]]
    assert len(reading.report.joined) == 2


def test_an_item_that_leads_to_typed_bullets_keeps_them() -> None:
    reading = insert("<list><item>such as:<br/>• ham<br/>• eggs</item></list>")
    assert items(reading) == [["such as: / ham / eggs"]]


def test_line_breaks_part_words_and_empty_lines_paragraphs() -> None:
    reading = insert("<paragraph>one<br/>two<br/> <br/>three</paragraph>")
    assert reading.article.summary == (paragraph("one two"), paragraph("three"))


def test_cells_over_several_columns_and_rows_are_filled_up() -> None:
    leaflet, _ = readings(PRESCRIPTION)
    blocks = [block for part in leaflet.article.sections for block in part.blocks]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    cells = [[" ".join(texts(cell.blocks)) for cell in row] for row in table.rows]
    assert cells == [["under 9", "none"], ["older", "one"], ["", "or two"], ["Ask first.", ""]]
    assert [cell.header for row in table.head for cell in row] == [True, True]


def test_words_in_odd_places_are_kept() -> None:
    text = "a<list>b<item>c</item><caption>d</caption></list><table>e<tr>f<td>g</td><td>h</td></tr></table>i"
    reading = insert(
        f"{text}<odd>j<content>k</content></odd><paragraph>l<list><item>m</item></list>n</paragraph>"
    )
    assert sorted("".join(words("\n".join(texts(reading.article.summary))))) == [*"abcdefghijklmn"]


# ---- the label's data --------------------------------------------------------------------------


def test_the_label_says_whose_text_it_is_and_of_when() -> None:
    leaflet, _ = readings(PRESCRIPTION)
    article = leaflet.article
    assert article.rights == Rights(
        holder="Moon Works",
        status="unknown",
        notices=("Drug label of Moon Works, version 7, effective 2024-02-29",),
        may_edit=False,
    )
    assert article.review.date == datetime.date(2024, 2, 29)
    assert article.source.article == "set-of-the-moon"
    assert article.codes == (
        Code(system="NDC", code="9999-0001"),
        Code(system="RxNorm", code="4711"),
    )
    assert article.alternative_names == ("moonstone",)


def test_a_date_that_is_none_is_told() -> None:
    (facts,) = readings(FACTS)
    assert facts.article.review.date is None
    assert any("20231399" in warning for warning in facts.report.warnings)
    assert facts.article.rights.holder == "Sneeze Sisters"


def test_a_single_article_may_be_named_and_its_language_must_agree() -> None:
    assert one(FACTS).article.id == "achoo-for-cats"
    assert one(FACTS, id="cats").article.id == "cats"
    with pytest.raises(SourceError, match="'en', not in 'es'"):
        one_or_raise(FACTS, language="es")


def one_or_raise(path: Path, **known: str) -> Outcome:
    (outcome,) = read(path, **known)
    if isinstance(outcome, SourceError):
        raise outcome
    return outcome


@pytest.mark.parametrize(
    ("name", "title"),
    [("", "Leaflet"), ("<name> </name>", "Leaflet"), ("<name>A<suffix>B</suffix></name>", "A B")],
)
def test_a_product_without_a_name_is_called_by_a_title(name: str, title: str) -> None:
    assert one(label(section("42230-3", "Words.", "Leaflet"), name=name)).article.title == title


def test_nothing_with_a_name_is_an_error() -> None:
    with pytest.raises(SourceError, match="has a name"):
        read(label(section("42230-3", "Words."), name=""))


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "<document xmlns='urn:hl7-org:v3'/>",
        "<document xmlns='urn:hl7-org:v3'><component>",
        f"{BOMB}<document xmlns='urn:hl7-org:v3'>&a;</document>",
        "<document xmlns='urn:hl7-org:v3'><component/></document>",
        label(section("42230-3", "<list><item>" * 150)),
        label(section("42230-3", "<paragraph>" * 250 + "</paragraph>" * 250)),
        label(*[section("42230-3", "Words.")] * 51),
    ],
)
def test_what_is_no_label_is_one_clear_error(source: str) -> None:
    with pytest.raises(SourceError) as told:
        force(source)
    assert "the text" in str(told.value)


def force(source: str | bytes) -> list[Outcome]:
    content = Content(source.encode() if isinstance(source, str) else source)
    return list(read_articles(content, origin=Origin(file=content.file), format="drug-label"))


@pytest.mark.parametrize(
    ("opens", "closes", "times"),
    [
        ("<list><item>", "</item></list>", 90),
        ("<paragraph>", "</paragraph>", 180),
        ("<content styleCode='bold'>", "</content>", 180),
        ("<table><tr><td>", "</td></tr></table>", 60),
        ("<caption>", "</caption>", 180),
    ],
)
def test_deep_nesting_is_read(opens: str, closes: str, times: int) -> None:
    reading = insert(f"{opens * times}moon{closes * times}")
    assert "moon" in " ".join(texts(reading.article.summary))


@pytest.mark.parametrize(
    "text",
    [" " * 2_000_000 + "x", "• x " * 300_000, "<br/>" * 200_000 + "x", "x<br/> " * 200_000],
    ids=["spaces", "bullets", "breaks", "lines"],
)
def test_very_long_lines_are_read_whole(text: str) -> None:
    reading = insert(f"<paragraph>{text}</paragraph>")
    assert sum(map(len, texts(reading.article.summary))) >= text.count("x")


@given(st.data())
def test_any_damage_is_an_article_or_an_error(data: st.DataObject) -> None:
    source = bytearray(PRESCRIPTION.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(60, len(source) - 1))
        piece = data.draw(
            st.sampled_from([b"<", b">", b"&", b"\xff", b"", b'"', b"<br/>", b"\x00"])
        )
        source[at : at + data.draw(st.integers(0, 6))] = piece
    try:
        outcomes = force(bytes(source))
    except SourceError:
        return
    assert all(isinstance(outcome, Reading | SourceError) for outcome in outcomes)


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_no_word_of_a_paragraph_is_lost_or_moved(parts: list[str]) -> None:
    written_so = f"<paragraph>{''.join(parts)}</paragraph>"
    reading = insert(f"<paragraph>First.</paragraph>{written_so}")
    there = ElementTree.fromstring(written_so)
    found = "".join(words("\n".join([said for _, said in reading.article.body()])))
    found = "".join([part.title for part in reading.article.sections]) + found
    source = "First" + "".join(words(_text(there)))
    letters = [[letter for letter in text if letter.isalnum()] for text in (found, source)]
    assert sorted(letters[0]) == sorted(letters[1])
    if not reading.article.sections:
        assert found == source
