"""The reader's arrangement moves, boxes and numbers blocks; it never changes or loses a word."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.arrange import (
    LONG_LIST,
    Boxed,
    Opened,
    Parted,
    boxed,
    characters,
    opened,
    parted,
    sequence,
)
from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Heading,
    NumberedList,
    Paragraph,
    Steps,
    Strong,
    paragraph,
    plain,
    text,
    texts,
)
from handouts.strings import languages, load

STEP_WORDS = ("step", "steps")


def bullets(*words: str) -> BulletList:
    return BulletList(tuple((paragraph(one),) for one in words))


def long_list(count: int = LONG_LIST) -> BulletList:
    return bullets(*(f"item {number}" for number in range(count)))


LEADS = ("It is done in the following steps:", "Tell your provider:", "The steps:", "A plain line.")
BLOCKS: st.SearchStrategy[Blocks] = st.lists(
    st.sampled_from(LEADS).map(paragraph)
    | st.integers(1, 12).map(long_list)
    | st.just(NumberedList(long_list().items))
    | st.just(Checklist(bullets("a").items))
    | st.just(Heading(3, text("Sub"))),
    max_size=6,
).map(tuple)


def said(blocks: Blocks) -> list[str]:
    return list(texts(blocks))


# ---- a box from "Tell ...:" ---------------------------------------------------------------------


def test_an_opening_line_and_its_list_become_a_box_to_tick_off() -> None:
    things, after = bullets("your allergies", "your medicines"), paragraph("Eat nothing.")
    box = boxed((paragraph("Tell your provider:"), things, after))
    assert box == Boxed(text("Tell your provider:"), (Checklist(things.items),), (after,))


def test_a_checklist_is_boxed_as_it_is() -> None:
    things = Checklist(bullets("your allergies").items)
    box = boxed((paragraph("Before the test, tell us:"), things))
    assert box == Boxed(text("Before the test, tell us:"), (things,), ())


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (paragraph("Tell your provider:"),),
        (bullets("a"), paragraph("Tell your provider:")),
        (paragraph("Tell your provider."), bullets("a")),
        (paragraph("First."), paragraph("Tell your provider:"), bullets("a")),
        (paragraph("In this order:"), Steps(bullets("a").items)),
    ],
)
def test_nothing_else_is_boxed(blocks: Blocks) -> None:
    assert boxed(blocks) is None


@given(BLOCKS)
def test_a_box_and_its_rest_have_every_word_once(blocks: Blocks) -> None:
    box = boxed(blocks)
    if box:
        assert [plain(box.title), *said(box.blocks), *said(box.rest)] == said(blocks)


# ---- steps --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [
        "The marrow is taken in the following steps:",
        "These are the STEPS :",
        "The first step:",
    ],
)
def test_a_list_whose_line_speaks_of_steps_is_numbered(lead: str) -> None:
    things = bullets("Wash.", "Dry.")
    line = paragraph(lead)
    assert sequence((line, things), STEP_WORDS) == (line, Steps(things.items))


@pytest.mark.parametrize(
    ("before", "things"),
    [
        (paragraph("Follow these steps."), bullets("a")),
        (paragraph("The footsteps:"), bullets("a")),
        (paragraph("You may have:"), bullets("a")),
        (Heading(3, text("Steps:")), bullets("a")),
        (paragraph("The steps:"), Checklist(bullets("a").items)),
        (paragraph("The steps:"), NumberedList(bullets("a").items)),
    ],
)
def test_no_other_list_becomes_steps(before: Block, things: Block) -> None:
    assert sequence((before, things), STEP_WORDS) == (before, things)


def test_only_the_list_right_below_the_line_becomes_steps() -> None:
    line, things, others = paragraph("The steps:"), bullets("a"), bullets("b")
    assert sequence((line, things, others), STEP_WORDS) == (line, Steps(things.items), others)


@given(BLOCKS)
def test_steps_keep_every_word_in_its_place(blocks: Blocks) -> None:
    assert said(sequence(blocks, STEP_WORDS)) == said(blocks)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_for_steps(language: str) -> None:
    assert load(language).furniture["step_words"].split()


# ---- the long list ------------------------------------------------------------------------------


def test_a_long_list_at_the_end_is_parted_with_its_line() -> None:
    first, line, things = paragraph("A."), paragraph("Such as:"), long_list()
    assert parted((first, line, things)) == Parted((first,), (line, things))


def test_a_long_list_without_a_line_is_parted_alone() -> None:
    first, things = paragraph("A."), long_list()
    assert parted((first, things)) == Parted((first,), (things,))


def test_a_long_list_may_be_all_there_is() -> None:
    assert parted((long_list(),)) == Parted((), (long_list(),))
    assert parted(()) == Parted((), ())


@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph("Such as:"), long_list(LONG_LIST - 1)),
        (paragraph("Such as:"), long_list(), paragraph("And so on.")),
        (bullets("a", "b"), paragraph("Such as:"), long_list()),
        (paragraph("Such as:"), Steps(long_list().items)),
    ],
)
def test_a_short_list_or_one_that_belongs_to_its_neighbours_stays(blocks: Blocks) -> None:
    assert parted(blocks) == Parted(blocks, ())


@given(BLOCKS)
def test_a_parted_section_has_every_word_once(blocks: Blocks) -> None:
    parts = parted(blocks)
    assert Counter([*said(parts.kept), *said(parts.long)]) == Counter(said(blocks))
    assert (*parts.kept, *parts.long) == blocks


def test_characters_are_counted_through_lists() -> None:
    assert characters((paragraph("abc"), bullets("de", "f"))) == 6
    assert characters((Paragraph(()),)) == 0


# ---- a cover's lead ----------------------------------------------------------------------------

TWO = "This is asthma. It is common, and it can be treated well."


def test_a_short_summary_is_a_covers_lead_as_a_whole() -> None:
    assert opened((paragraph(TWO),), 100) == Opened((paragraph(TWO),), (), ())


def test_of_a_longer_one_the_cover_has_the_sentences_that_fit() -> None:
    parts = opened((paragraph(TWO), paragraph("More.")), 30)
    assert parts.lead == (paragraph("This is asthma."),)
    assert parts.rest == (
        paragraph("It is common, and it can be treated well."),
        paragraph("More."),
    )


@pytest.mark.parametrize(
    "summary",
    [
        (
            paragraph(
                "One sentence that goes on and on and on and on and on and on, and then ends."
            ),
        ),
        (paragraph("It can help to find:"), bullets("anemia", "leukemia")),
        (paragraph("See Dr. No at 4 p.m. in room 12 and tell her all that you know of it."),),
        (bullets("a list"),),
        (Paragraph((Strong(text("This is bold. It goes on like this for much too long.")),)),),
    ],
    ids=["a long sentence", "what leads into a list", "short words", "no paragraph", "a mark"],
)
def test_what_cannot_be_parted_stays_whole(summary: Blocks) -> None:
    assert opened(summary, 30) == Opened((), (), summary)


def test_boxes_after_the_lead_stand_by_themselves() -> None:
    box = Callout("emergency", text("Call 911"), (paragraph("Now."),))
    parts = opened((paragraph("Short."), box, paragraph("More.")), 30)
    assert (parts.boxes, parts.rest) == ((box,), (paragraph("More."),))


@given(
    st.lists(st.sampled_from(("It hurts.", "Rest now.", "Call us: 911.")), min_size=1),
    st.integers(1, 99),
)
def test_parting_a_summary_keeps_every_word_in_its_place(said: list[str], most: int) -> None:
    parts = opened((paragraph(" ".join(said)),), most)
    assert " ".join(texts((*parts.lead, *parts.boxes, *parts.rest))) == " ".join(said)
