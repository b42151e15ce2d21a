"""Nothing lost: what is moved is fine; what is missing or stands there twice is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leaflets import SEED, library, make

from handouts.article import Article, Fact, Rights, Section
from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Columns,
    Document,
    Footer,
    Heading,
    Paragraph,
    Slot,
    Strong,
    Text,
    paragraph,
    text,
)
from handouts.errors import TemplateError
from handouts.fidelity import Fidelity, compare, fold, sentences
from handouts.values import replace

FORM = Path(__file__).parent / "features" / "seed-form" / "article.txt"
CHOICES = ("source", "reader")
WORDS = ("It bleeds.", "Rest well. Then walk.", "Call us: any time.", "anemia", "Is it bad? No.")


def article(
    *blocks: Block, title: str = "Rest", section: str = "Risks", notices: tuple[str, ...] = ()
) -> Article:
    return Article(
        id="rest",
        kind="test",
        title=title,
        language="en",
        sections=(Section(title=section, role="risks", blocks=blocks),),
        rights=Rights(notices=notices),
    )


def document(*blocks: Block) -> Document:
    footer = Footer(title="", about="", page="")
    return Document(title="", language="en", blocks=blocks, notes=(), footer=footer)


def paper(*words: str) -> Blocks:
    """The title, and a paragraph a line."""
    return (Heading(1, text("Rest")), *(paragraph(line) for line in words))


def compared(one: Article, *blocks: Block, head: str = "What are the risks?") -> Fidelity:
    return compare(one, document(*blocks), {0: head})


def dropped(fidelity: Fidelity) -> list[str]:
    return [sentence.text for sentence in fidelity.dropped]


def doubled(fidelity: Fidelity) -> list[str]:
    return [sentence.text for sentence in fidelity.doubled]


# ---- what is fine -------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(WORDS)), st.randoms())
def test_text_may_be_moved_as_long_as_each_sentence_stands_as_often(
    words: list[str], chance: st.DataObject
) -> None:
    moved = list(words)
    chance.shuffle(moved)  # type: ignore[attr-defined]  # a random.Random
    fidelity = compared(article(*map(paragraph, words)), *paper(*moved))
    assert (fidelity.dropped, fidelity.doubled) == ((), ())
    assert fidelity.placed == 1 + sum(len(sentences(line)) for line in words)


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.data())
def test_a_line_left_out_or_printed_twice_is_told(words: list[str], data: st.DataObject) -> None:
    one = article(*map(paragraph, words))
    index = data.draw(st.integers(0, len(words) - 1))
    missing = compared(one, *paper(*words[:index], *words[index + 1 :]))
    assert sorted(dropped(missing)) == sorted(sentences(words[index]))
    assert {sentence.where for sentence in missing.dropped} == {"Risks"}
    twice = compared(one, *paper(*words, words[index]))
    assert (twice.dropped, set(doubled(twice))) == ((), set(sentences(words[index])))


def test_white_space_and_paragraph_ends_do_not_count() -> None:
    one = article(paragraph("Rest  well.\nThen\u00a0walk."))
    assert compared(one, *paper("Rest\u00a0well.", "Then walk.")).dropped == ()
    assert fold(" a\u00a0 \n b ") == "a b"


def test_a_list_may_become_a_table_or_a_sentence_run_on() -> None:
    one = article(BulletList(((paragraph("It bleeds."),), (paragraph("It hurts."),))))
    assert compared(one, *paper("It bleeds. It hurts.")).dropped == ()


def test_marks_inside_a_sentence_do_not_count() -> None:
    one = article(paragraph("It bleeds a little."))
    marked = Paragraph((Text("It "), Strong((Text("bleeds"),)), Text(" a little.")))
    assert compared(one, Heading(1, text("Rest")), marked).dropped == ()


def test_a_label_may_be_run_into_a_longer_line() -> None:
    one = article(paragraph("Numbing medicine"), paragraph("A sting."))
    assert compared(one, *paper("Numbing medicine: a needle", "A sting.")).dropped == ()


# ---- what is told -------------------------------------------------------------------------------


def test_a_piece_of_a_word_is_not_the_word() -> None:
    one = article(paragraph("pain"))
    assert dropped(compared(one, *paper("A painter came"))) == ["pain"]


def test_a_sentence_that_says_the_word_too_does_not_stand_for_a_list_item() -> None:
    one = article(paragraph("anemia"), paragraph("It finds anemia early."))
    assert dropped(compared(one, *paper("It finds anemia early."))) == ["anemia"]


def test_two_items_of_the_same_words_must_stand_there_twice() -> None:
    one = article(paragraph("fever"), paragraph("fever"))
    assert dropped(compared(one, *paper("fever"))) == ["fever"]
    assert compared(one, *paper("fever", "fever")).dropped == ()
    assert doubled(compared(one, *paper("fever", "fever", "fever"))) == ["fever"]


def test_words_in_a_slot_are_the_clinics_however_deep_it_stands() -> None:
    one = article(paragraph("Rest well."))
    slot = Slot("note", (paragraph("Rest well."),))
    for block in (slot, Callout("note", text("Note"), (slot,)), Columns(((slot,),))):
        assert dropped(compared(one, *paper(), block)) == ["Rest well."]


def test_the_title_counts() -> None:
    assert dropped(compared(article(paragraph("a")), paragraph("a"))) == ["Rest"]


def test_a_sections_title_counts_when_it_is_its_own_head() -> None:
    one = article(paragraph("a"))
    assert compared(one, *paper("a")).dropped == ()
    assert dropped(compared(one, *paper("a"), head="Risks")) == ["Risks"]
    assert compared(one, *paper("a", "Risks"), head="Risks").dropped == ()


def test_two_sections_of_one_title_may_have_two_heads() -> None:
    part = Section(title="Risks", role="risks", blocks=(paragraph("a"),))
    other = Section(title="Risks", role="risks", blocks=(paragraph("b"),))
    one = Article(id="rest", kind="test", title="Rest", language="en", sections=(part, other))
    blocks = paper("What are the risks?", "a", "Risks", "b")
    assert compare(one, document(*blocks), {0: "What are the risks?", 1: "Risks"}).dropped == ()
    fidelity = compare(one, document(*blocks), {0: "Risks", 1: "Risks"})
    assert dropped(fidelity) == ["Risks"]


def test_facts_names_references_and_notices_count() -> None:
    one = Article(
        id="rest",
        kind="test",
        title="Rest",
        language="en",
        summary=(paragraph("A lead."),),
        alternative_names=("Sleep",),
        references=(text("Book of rest. 2020."),),
        glance=(Fact(label="Where", words="At home"),),
        rights=Rights(notices=("All rights reserved.",)),
    )
    fidelity = compare(one, document(*paper()), {})
    assert [(sentence.where, sentence.text) for sentence in fidelity.dropped] == [
        ("at a glance", "Where"),
        ("at a glance", "At home"),
        ("summary", "A lead."),
        ("alternative names", "Sleep"),
        ("references", "Book of rest."),
        ("references", "2020."),
        ("notices", "All rights reserved."),
    ]
    assert fidelity.placed == 1


# ---- the articles there are ---------------------------------------------------------------------


def articles() -> list[tuple[str, str]]:
    """Each article of the library in each of its languages, and the made-up page."""
    own = library().articles
    found = [(name, tag or "en") for name in sorted(own) for tag in sorted(own[name])]
    return [*found, (str(FORM), "")]


def test_of_a_sentence_that_references_share_theirs_is_missing_when_they_are_elsewhere() -> None:
    one = replace(article(paragraph("Rest well.")), references=(text("A book. Rest well."),))
    shown = document(*paper("Rest well."))
    found = compare(one, shown, {0: "Head"}, elsewhere=("references",))
    assert [(lost.where, lost.text) for lost in found.dropped] == [
        ("references", "A book."),
        ("references", "Rest well."),
    ]
    assert found.lost == ()
    nothing = compare(one, document(*paper()), {0: "Head"}, elsewhere=("references",))
    assert [(lost.where, lost.text) for lost in nothing.lost] == [("Risks", "Rest well.")]


@pytest.mark.parametrize("order", CHOICES)
@pytest.mark.parametrize("heads", CHOICES)
@pytest.mark.parametrize(("name", "language"), articles())
def test_no_article_loses_or_doubles_a_sentence(
    name: str, language: str, order: str, heads: str
) -> None:
    fidelity = make(name, language=language, order=order, heads=heads).leaflet.fidelity
    assert (fidelity.dropped, fidelity.doubled) == ((), ())
    assert fidelity.placed > 50


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside this checkout")
@pytest.mark.parametrize("order", CHOICES)
@pytest.mark.parametrize("heads", CHOICES)
def test_the_seed_loses_and_doubles_nothing(order: str, heads: str) -> None:
    fidelity = make(SEED, order=order, heads=heads).leaflet.fidelity
    assert (fidelity.dropped, fidelity.doubled) == ((), ())
    assert fidelity.placed > 100


# ---- the leaflet's own words ---------------------------------------------------------------------

BORROWED = ("Source", "Call 911", "After hours", "emergency room", "Call us")
WITHOUT = """{% extends "leaflet.xml" %}
{% import "parts.xml" as parts with context %}
{% block sections %}
{% for s in article.sections if s.role != "risks" %}{{ parts.section(s, s.blocks) }}{% endfor %}
{% endblock %}
"""


@pytest.mark.parametrize("left_out", [True, False])
def test_the_clinics_and_the_leaflets_own_words_stand_in_for_none_of_the_articles(
    tmp_path: Path, *, left_out: bool
) -> None:
    source = tmp_path / "scan.md"
    items = "".join(f"- {words}\n" for words in BORROWED)
    front = 'kind = "test"\ntitle = "Scan"\nlanguage = "en"\n[rights]\nholder = "O"\nstatus = "own"'
    source.write_text(f"+++\n{front}\n+++\nA scan.\n\n## Risks\n\n{items}", encoding="utf-8")
    if left_out:
        (tmp_path / "leaflet.test.xml").write_text(WITHOUT, encoding="utf-8")
    made = make(source, template=tmp_path if left_out else None)
    assert dropped(made.leaflet.fidelity) == (list(BORROWED) if left_out else [])


def test_a_notice_that_is_also_in_the_body_is_still_required(tmp_path: Path) -> None:
    source = tmp_path / "scan.md"
    front = 'kind = "test"\ntitle = "Scan"\nlanguage = "en"\n[rights]\nholder = "O"\nstatus = "own"'
    source.write_text(f'+++\n{front}\nnotices = ["Ask us."]\n+++\nAsk us.\n', encoding="utf-8")
    parts = Path(__file__).parent.parent / "templates" / "parts.xml"
    text = parts.read_text(encoding="utf-8").replace("{{ notice }}", "x")
    (tmp_path / "parts.xml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match="notices"):
        make(source, template=tmp_path)
