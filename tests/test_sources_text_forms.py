"""Pages pasted, extracted or clipped as text: headings and lists are found, and no word is lost."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from source_words import article_text, hrefs, letters, reported_text

from handouts.document import BulletList, Heading, Link, Paragraph, Steps, Strong, plain
from handouts.errors import SourceError
from handouts.sources import Content, Reading, read_source
from handouts.sources.formats import recognise
from handouts.sources.outline import outline

ROOT = Path(__file__).parent.parent
FEATURE = ROOT / "tests" / "features" / "text-forms"
LABELS = ROOT / "tests" / "features" / "t2-labels"
FORMS = [FEATURE / name for name in ("pasted.txt", "extracted.txt", "clipped.md", "quoted.md")]
SAMPLES = ROOT.parent / "shared" / "samples"
PASTED = sorted((SAMPLES / "ency-plain-text").glob("*.txt"))
DUMP = sorted((SAMPLES / "ency-structured-dump").glob("*.xml"))
NO_SAMPLES = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the samples are no part of the repository"
)
LEAST = 0.98
LEAST_BELOW = 0.97
"""Of titles below a list without marks, where some cannot be told from a last item."""


def read(text: str, language: str = "") -> Reading:
    return read_source(text.encode(), format="encyclopedia-text", language=language or None)


def titles(reading: Reading) -> list[str]:
    return [section.title for section in reading.article.sections]


def lost(text: str, reading: Reading) -> object:
    article = reading.article
    linked = " ".join(hrefs((article.summary, article.sections, article.references)))
    found = article_text(article) + linked + reported_text(reading.report)
    return letters(unicodedata.normalize("NFC", text)) - letters(found)


def invented(text: str, reading: Reading) -> object:
    return letters(article_text(reading.article)) - letters(unicodedata.normalize("NFC", text))


# ---- each form ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_each_form_reaches_this_reader_and_has_its_outline(path: Path) -> None:
    reading = read_source(path)
    assert reading.report.format == "encyclopedia-text"
    expected = path.with_name(f"{path.stem}.outline.txt").read_text(encoding="utf-8")
    assert outline(reading) == expected


@pytest.mark.parametrize(
    "path",
    [*FORMS, *(pytest.param(path, marks=NO_SAMPLES) for path in PASTED)],
    ids=lambda path: path.stem,
)
def test_no_form_loses_or_invents_a_letter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    reading = read_source(path, format="encyclopedia-text")
    assert lost(text, reading) == letters("")
    assert invented(text, reading) == letters("")


def test_pasted_lists_are_found_and_nested_below_numbers() -> None:
    article = read_source(FEATURE / "pasted.txt").article
    expect, wearing, drive, call = article.sections
    assert isinstance(expect.blocks[-1], BulletList)
    (steps,) = [block for block in wearing.blocks if isinstance(block, Steps)]
    assert [len(item) for item in steps.items] == [2, 1, 1]
    assert any(isinstance(block, Heading) for block in drive.blocks)
    assert isinstance(call.blocks[-1], BulletList)
    assert article.alternative_names == ("Splint - thumb", "Ligament tear - thumb")


def test_pasted_items_behind_a_sentence_stay_paragraphs() -> None:
    reading = read("Rest\n\nCauses\nWork is one.\n\nNoise\nLight\nCold is the last.\n\nSleep.")
    assert titles(reading) == ["Causes"]
    assert [type(block) for block in reading.article.sections[0].blocks] == [Paragraph] * 5


def test_a_list_may_follow_its_lead_without_a_gap() -> None:
    reading = read("Rest\n\nGood Beds\nA bed is:\nsoft\nwarm.\n\nSleep well.")
    assert titles(reading) == []
    reading = read("Rest\n\nGood Beds\nA bed is:\nSoft\nWarm and not too high.\n\nSleep well.")
    assert titles(reading) == ["Good Beds"]
    assert isinstance(reading.article.sections[0].blocks[1], BulletList)


def test_wrapped_lines_are_still_one_paragraph() -> None:
    reading = read("Rest\n\nSleep in a bed that is soft and in a\nroom that is dark\nand cool.")
    assert len(reading.article.summary) == 1


def test_extracted_items_nest_by_their_indent() -> None:
    (causes, _) = read_source(FEATURE / "extracted.txt").article.sections
    listed = causes.blocks[1]
    assert isinstance(listed, BulletList)
    assert [len(item) for item in listed.items] == [1, 2, 1]


def test_extracted_headings_may_stand_right_above_their_text() -> None:
    reading = read(
        "Rest\n\nGood Beds\nA bed is soft.\n\n  • Wool\n  • Straw\n\nMore Beds\nOne more."
    )
    assert titles(reading) == ["Good Beds", "More Beds"]


def test_a_clip_and_the_same_clip_quoted_are_one_article() -> None:
    clipped, quoted = (read_source(path).article for path in FORMS[2:])
    assert clipped.sections == quoted.sections
    assert clipped.summary == quoted.summary
    assert (clipped.review, clipped.references) == (quoted.review, quoted.references)
    assert clipped.title == "Thumb bruise"
    (lead,) = clipped.summary
    assert isinstance(lead, Paragraph)
    assert [type(part) for part in lead.content][1:4:2] == [Strong, Link]
    assert plain(lead.content) == "A thumb bruise is a dark mark below the skin."
    assert clipped.rights.holder == "A.D.A.M."
    assert clipped.source.name == "MedlinePlus Medical Encyclopedia"


def test_marks_of_a_clip_are_read_or_reported() -> None:
    reading = read(
        "> [!quote]- ## Rest\n>\n> Sleep ==well== on [[Beds|good beds]] at <https://a.example>.\\\n"
        "> ![[bed.png]]\n>\n> #### Causes\n>\n> + Work\n> + __Noise__\n>\n> ##### In the city\n>\n"
        "> Cars.\n>\n> **Review Date 1/2/2020**\n\n[^1]: mine"
    )
    article = reading.article
    assert article.body()[0][1] == "Sleep well on good beds at https://a.example."
    assert titles(reading) == ["Causes"]
    assert isinstance(article.sections[0].blocks[1], Heading)
    told = {dropped.text for dropped in reading.report.dropped}
    assert told >= {"quote", "Beds", "![[bed.png]]", "[^1]: mine"}


# ---- which reader ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "suffix", "form"),
    [
        ("# Rest\n\nSleep.\n\n##### Review Date 5/6/2024\n", ".md", "encyclopedia-text"),
        ("> ## Rest\n>\n> Sleep.\n", ".md", "encyclopedia-text"),
        ("> [!cite]+ ## Rest\n> Sleep.\n", ".md", "encyclopedia-text"),
        ("Rest\n\nSleep.\n\nReview Date 5/6/2024\n", ".md", "encyclopedia-text"),
        ('+++\nid = "a"\n+++\n\n##### Review Date 5/6/2024\n', ".txt", "markdown"),
        ("---\nid: a\n---\n\n> ## Rest\n", ".txt", "clinician-markdown"),
        ("# Rest\n\n> [!NOTE]\n> Sleep.\n\nMore.\n\nText.\n", ".md", "markdown"),
        ("# Rest\n\n## References\n\nMine.\n", ".md", "markdown"),
        ("<!DOCTYPE html><html><h1>Rest</h1>", ".txt", "encyclopedia-html"),
        ("<?xml version='1.0'?>\n<!DOCTYPE html>\n<html>", ".xml", "encyclopedia-html"),
        ("\n<article><h1>Rest</h1>", ".html", "encyclopedia-html"),
        ("<p align=center>Rest</p>\n\n# Rest\n", ".md", "markdown"),
    ],
)
def test_the_content_decides_the_reader(tmp_path: Path, text: str, suffix: str, form: str) -> None:
    path = tmp_path / f"rest{suffix}"
    path.write_text(text, encoding="utf-8")
    assert recognise(Content(path)).name == form


# ---- headings, measured ------------------------------------------------------------------------

Article = tuple[str, list[tuple[str, str]]]
"""A title, and pairs of a kind (section, part, text, item) and words."""


def article_of(path: Path) -> Article:
    """Read an article of the structured dump."""
    root = ElementTree.parse(path).getroot()
    return _shown(root.findtext("title", "")), list(_parts_of(root))


def _parts_of(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for part in element:
        title = _shown(part.get("title", ""))
        if part.tag in ("h2", "h3"):
            if title != "summary":
                yield ("section" if part.tag == "h2" else "part"), title
            yield from _parts_of(part)
        elif part.tag in ("text", "detail") and (words := _shown("".join(part.itertext()))):
            yield ("text" if part.tag == "text" else "item"), words


def _shown(words: str) -> str:
    return " ".join(words.split())


def as_t1(article: Article) -> str:
    """Write an article in the seed's form: a blank line between all, `- ` before items."""
    title, parts = article
    lines = [title]
    before = ""
    for kind, words in parts:
        lines.append(("" if kind == before == "item" else "\n") + "- " * (kind == "item") + words)
        before = kind
    return "\n".join(lines) + "\n"


def as_t2(article: Article) -> str:
    """Write an article as pasted: a blank line behind paragraphs, and no marks."""
    title, parts = article
    ends = {"text": "\n\n"}
    return title + "\n\n" + "".join(words + ends.get(kind, "\n") for kind, words in parts)


def found_headings(reading: Reading) -> list[tuple[int, str]]:
    return [
        (guess.line, guess.title)
        for guess in reading.report.guessed
        if guess.what in ("section", "sub-heading")
    ]


def found_items(reading: Reading) -> set[int]:
    return {
        guess.line + more
        for guess in reading.report.guessed
        if guess.what == "list"
        for more in range(int(guess.title.split()[0]))
    }


def labels(path: Path) -> dict[str, set[int]]:
    """Read the line numbers that were counted by hand."""
    found: dict[str, set[int]] = {"heading": set(), "item": set(), "loose": set()}
    for line in (LABELS / path.name).read_text(encoding="utf-8").splitlines():
        kind, *ranges = line.split()
        for part in ranges if kind in found else ():
            first, _, last = part.partition("-")
            found[kind].update(range(int(first), int(last or first) + 1))
    return found


def score(pairs: list[tuple[set[object], set[object]]]) -> tuple[float, float]:
    """Give precision and recall of pairs of (found, true)."""
    hits = sum(len(found & true) for found, true in pairs)
    return hits / sum(len(found) for found, _ in pairs), hits / sum(len(true) for _, true in pairs)


def dump_pairs(form: str) -> list[tuple[set[object], set[object]]]:
    pairs: list[tuple[set[object], set[object]]] = []
    for path in DUMP:
        article = article_of(path)
        reading = read(as_t1(article) if form == "T1" else as_t2(article))
        true = {words for kind, words in article[1] if kind in ("section", "part")}
        true = {words for words in true if not re.match(r"Review Date|Images", words)}
        shown = {title for _, title in found_headings(reading)}
        pairs.append((shown - {"Images"}, true))  # type: ignore[arg-type]
    return pairs


def pasted_pairs(kind: str) -> list[tuple[set[object], set[object]]]:
    pairs: list[tuple[set[object], set[object]]] = []
    for path in PASTED:
        reading = read_source(path, format="encyclopedia-text")
        if kind == "heading":
            found = {line for line, _ in found_headings(reading)}
        else:
            found = found_items(reading)
        pairs.append((set(found), set(labels(path)[kind])))
    return pairs


@NO_SAMPLES
@pytest.mark.parametrize("form", ["T1", "T2"])
def test_headings_of_the_dump_are_found_in_each_form(form: str) -> None:
    precision, recall = score(dump_pairs(form))
    assert precision >= LEAST, dump_pairs(form)
    assert recall >= LEAST, dump_pairs(form)


@NO_SAMPLES
def test_headings_of_pasted_pages_are_found() -> None:
    precision, recall = score(pasted_pairs("heading"))
    assert precision >= LEAST
    assert recall >= LEAST


@NO_SAMPLES
def test_items_of_pasted_pages_are_found() -> None:
    precision, recall = score(pasted_pairs("item"))
    assert precision >= LEAST
    assert recall >= LEAST


@NO_SAMPLES
@pytest.mark.parametrize("pasted", [False, True], ids=["T1", "T2"])
def test_titles_of_real_sections_are_found_above_any_text(pasted: bool) -> None:  # noqa: FBT001
    (table,) = (SAMPLES / "section-titles").glob("*.tsv")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    every = hits = 0
    for count, title in rows:
        article = ("Rest", [("text", "Sleep."), ("section", title.strip()), ("text", "Do it.")])
        reading = read(as_t2(article) if pasted else as_t1(article))
        every += int(count)
        hits += int(count) * any(shown == title.strip() for _, shown in found_headings(reading))
    assert hits / every >= LEAST


UNMARKED = (
    ("Lie down on your back.", "Close your eyes and breathe slowly.", "Count to ten."),
    ("Loud noise in the street", "Light that comes through the curtain", "A bed that is too soft"),
    ("Reading a dull book", "Wool socks", "Warm milk (not too much)"),
)
"""Items of unmarked lists: sentences, phrases, and short ones."""


def behind_a_list(items: tuple[str, ...], *more: tuple[str, str]) -> Reading:
    """Read a pasted page with a list and what stands right below it."""
    listed = [("text", "These may help:"), *[("item", words) for words in items]]
    sections = [("section", "Good Beds"), ("text", "A bed is soft."), *listed, *more]
    return read(as_t2(("Rest", [("text", "Sleep."), *sections])))


@NO_SAMPLES
def test_titles_of_real_sections_are_found_right_below_an_unmarked_list() -> None:
    (table,) = (SAMPLES / "section-titles").glob("*.tsv")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    every = hits = 0
    for count, title in rows:
        for items in UNMARKED:
            below = (("section", title.strip()), ("text", "Do it well and do it often."))
            reading = behind_a_list(items, *below)
            every += int(count)
            hits += int(count) * any(shown == title.strip() for _, shown in found_headings(reading))
    assert hits / every >= LEAST_BELOW


@pytest.mark.parametrize(
    ("items", "last"),
    [
        (UNMARKED[0], "Sleep without an end."),
        (UNMARKED[1], "Going to bed early"),
        (UNMARKED[1], "Advil (a medicine)"),
        (UNMARKED[2], "Sleep"),
        (UNMARKED[2], "Chamomile Tea (with honey)"),
    ],
)
def test_the_last_item_above_a_paragraph_is_no_title(items: tuple[str, ...], last: str) -> None:
    reading = behind_a_list((*items, last), ("text", "Do it well and do it often."))
    assert titles(reading) == ["Good Beds"]


def test_a_question_below_items_that_ask_nothing_is_a_title() -> None:
    below = ("text", "Ask somebody.")
    reading = behind_a_list(UNMARKED[1], ("section", "What is right for me?"), below)
    assert titles(reading) == ["Good Beds", "What is right for me?"]
    reading = behind_a_list(("How it works", "When to stop"), ("item", "What it costs"), below)
    assert titles(reading) == ["Good Beds"]


def test_long_items_without_full_stops_are_no_wrapped_lines() -> None:
    long = "Reading a book that is so dull that nobody has ever come to its end"
    reading = read(f"Rest\n\nThese may help:\n\n{long}\n{long} yet\n\nSleep well.\n")
    assert [type(block) for block in reading.article.summary] == [Paragraph, BulletList, Paragraph]


@NO_SAMPLES
@pytest.mark.parametrize("path", DUMP, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["T1", "T2"])
def test_no_article_of_the_dump_loses_a_letter(path: Path, form: str) -> None:
    text = as_t1(article_of(path)) if form == "T1" else as_t2(article_of(path))
    reading = read(text)
    assert lost(text, reading) == letters("")
    assert invented(text, reading) == letters("")


# ---- laws --------------------------------------------------------------------------------------

LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "# Rest",
            "## Causes",
            "##### References",
            "##### Review Date 6/17/2024",
            "Causes",
            "Good Beds",
            "DO NOT",
            "A bed is:",
            "Soft",
            "Warm and dry.",
            "  • a bed",
            "    ◦ a soft bed",
            "* a",
            "+ b",
            "1. Wash.",
            '![a](b.png "c") [a](d.htm)',
            "[![a](b.png)](c.htm) e",
            '[a](https://a.example "b c") **d *e* f** __g__ _h_',
            "![[a]] [[b|c]] [[d]] ==e== <https://f.example>",
            "[!cite]+ ## Rest",
            "Return to top",
            "Menu",
            "Updated by: Nora Example, MD, and",
        ]
    ),
    st.text('ab1 -*_[]()!#>.\\|=<"', max_size=24),
)
QUOTED = st.lists(LINES, max_size=14).map(lambda lines: "\n".join(f"> {line}" for line in lines))
PLAIN = st.lists(LINES, max_size=14).map("\n".join)


@given(PLAIN | QUOTED)
@example("> a\n\nb\n> c")
@example("![a](b.png)![a](c.png) [a](d)")
@example("A bed is:\n\nSoft\nGood Beds\nWarm.\n\nDO NOT\nGo.")
def test_no_form_loses_or_invents_a_letter_of_any_text(text: str) -> None:
    page = f"Rest\n\nSleep well.\n\n{text}" if not text.startswith(">") else f"> Rest\n>\n{text}"
    try:
        reading = read(page, "en")
    except SourceError:
        return
    assert lost(page, reading) == letters("")
    assert invented(page, reading) == letters("")
