"""What Word draws or counts by itself: formulas, raised digits, fields, the labels of lists."""

import pytest
from test_sources_docx import TITLE, W, document, p, told

from handouts.document import BulletList, Inlines, Paragraph, Steps, Sub, Sup, plain, texts
from handouts.sources import Reading, read_source

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def read(body: str, **parts: str) -> Reading:
    text = document(TITLE + body, **parts)
    return read_source(text)


def shown(reading: Reading) -> list[str]:
    return [words for _, words in reading.article.body()]


def line(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(words: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


# ---- formulas ----------------------------------------------------------------------------------


def m(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def math(inside: str) -> str:
    return line(r("Take "), f'<m:oMath xmlns:m="{MATH}">{inside}</m:oMath>', r(" a day."))


HALF = f"<m:f><m:num>{m('1')}</m:num><m:den>{m('2')}</m:den></m:f>"
SIGNS = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (HALF, "1/2"),
        (m("1") + HALF, "1 1/2"),
        (f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('2')}</m:den></m:f>", "(a+b)/(2)"),
        (HALF.replace("<m:num>", '<m:fPr><m:type m:val="noBar"/></m:fPr><m:num>'), "(1) (2)"),
        (f"<m:rad><m:radPr/><m:deg/><m:e>{m('16')}</m:e></m:rad>", "√(16)"),
        (f"<m:d><m:e>{m('1')}</m:e><m:e>{m('2')}</m:e></m:d>", "(1|2)"),
        (f"<m:d>{SIGNS}<m:e>{m('1')}</m:e></m:d>", "[1]"),
        (f"<m:func><m:fName>{m('log')}</m:fName><m:e>{m('2')}</m:e></m:func>", "log(2)"),
        (f"<m:m><m:mr><m:e>{m('1')}</m:e><m:e>{m('2')}</m:e></m:mr></m:m>", "[1, 2]"),
        (f"<m:mystery><m:e>{m('1')}</m:e><m:e>{m('2')}</m:e></m:mystery>", "(1) (2)"),
    ],
)
def test_a_formula_is_one_line_that_says_the_same(formula: str, written: str) -> None:
    reading = read(math(formula))
    assert shown(reading) == [f"Take {written} a day."]
    assert f"a formula is written on one line: {written}" in reading.report.warnings


def test_a_fraction_does_not_touch_the_number_before_it() -> None:
    formula = f'<m:oMath xmlns:m="{MATH}">{HALF}</m:oMath>'
    assert shown(read(line(r("Take 1"), formula, r(".")))) == ["Take 1 1/2."]
    assert shown(read(line(r("Take"), formula, r("5 mg.")))) == ["Take 1/2 5 mg."]


def test_a_fraction_in_a_box_does_not_touch_the_number_behind_it() -> None:
    boxed = f"<m:box><m:e>{m('-')}{HALF}</m:e></m:box>{m('3')}"
    assert shown(read(math(boxed))) == ["Take -1/2 3 a day."]
    empty = '<m:d><m:dPr><m:begChr m:val=""/><m:endChr m:val=""/></m:dPr><m:e/></m:d>'
    assert shown(read(math(f"{HALF}{empty}"))) == ["Take 1/2 a day."]


def test_deleted_words_of_a_formula_are_told_and_not_printed() -> None:
    gone = "<w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
    reading = read(math(m("1") + gone))
    assert shown(reading) == ["Take 1 a day."]
    assert told(reading, "deleted") == ["7"]


def content(reading: Reading) -> Inlines:
    (block,) = reading.article.summary
    assert isinstance(block, Paragraph)
    return block.content


@pytest.mark.parametrize(
    ("small", "mark"),
    [
        (f"<m:sSup><m:e>{m('10')}</m:e><m:sup>{m('9')}</m:sup></m:sSup>", Sup),
        (f"<m:sSub><m:e>{m('10')}</m:e><m:sub>{m('9')}</m:sub></m:sSub>", Sub),
    ],
)
def test_small_digits_of_a_formula_are_raised_or_lowered(small: str, mark: type) -> None:
    found = content(read(math(small)))
    assert [type(part) for part in found][1] is mark
    assert plain(found) == "Take 109 a day."


RAISED = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="High"><w:name w:val="High"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("about", "marks"),
    [
        ('<w:position w:val="6"/>', [Sup]),
        ('<w:position w:val="-6"/><w:sz w:val="12"/>', [Sub]),
        ('<w:vertAlign w:val="superscript"/>', [Sup]),
        ('<w:rStyle w:val="High"/>', [Sup]),
        ('<w:rStyle w:val="High"/><w:vertAlign w:val="baseline"/>', []),
        ('<w:position w:val="0"/>', []),
    ],
)
def test_a_run_that_stands_higher_or_lower_is_raised_or_lowered(
    about: str, marks: list[type]
) -> None:
    found = content(read(line(r("10"), r("9", about)), **{"word/styles.xml": RAISED}))
    assert [type(part) for part in found[1:]] == marks


# ---- fields ------------------------------------------------------------------------------------


def field(instruction: str, result: str | None = None, form: str = "") -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    middle = "" if result is None else char.format("separate", "") + r(result)
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    data = f"<w:ffData>{form}</w:ffData>" if form else ""
    return char.format("begin", data) + code + middle + char.format("end", "")


LIST = (
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ward 1"/><w:listEntry w:val="ward 2"/>'
    "</w:ddList>"
)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (field("MACROBUTTON NoMacro the ward sister"), "the ward sister"),
        (field("SYMBOL 189"), "½"),
        (field("SYMBOL 0xFC \\f Wingdings \\s 12"), "✓"),
        (field('SYMBOL 176 \\f "Symbol"'), "°"),
        (field("SYMBOL 8804 \\u"), "≤"),
        (field("EQ \\f(1,2)"), "1/2"),
        (field("EQ \\f(1;2)"), "1/2"),
        (field("FORMDROPDOWN", form=LIST), "ward 2"),
        (field("FORMCHECKBOX", form='<w:checkBox><w:default w:val="0"/></w:checkBox>'), "☐"),
        (field("FORMCHECKBOX", form="<w:checkBox><w:checked/></w:checkBox>"), "☑"),
        (field("REF ward", "ward 3"), "ward 3"),
        (field(f'IF {field("MERGEFIELD x", "M")} = "M" "he" "she"', "he"), "he"),
        ('<w:fldSimple w:instr="MACROBUTTON NoMacro the sister"/>', "the sister"),
    ],
)
def test_a_field_shows_what_word_shows(found: str, words: str) -> None:
    assert shown(read(line(r("Ask "), found, r(" now.")))) == [f"Ask {words} now."]


def test_what_else_there_was_to_choose_is_told() -> None:
    reading = read(line(r("Ask "), field("FORMDROPDOWN", form=LIST)))
    assert told(reading, "what else there was to choose") == ["ward 1"]


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [
        ("EQ \\o(a,b)", "EQ"),
        ("REF ward", "REF"),
        ("SYMBOL none", "SYMBOL"),
        ("MACROBUTTON NoMacro", "MACROBUTTON"),
        ("FORMDROPDOWN", "FORMDROPDOWN"),
    ],
)
def test_a_field_that_shows_nothing_is_told_with_its_instruction(
    instruction: str, kind: str
) -> None:
    for found in (field(instruction), field(instruction, ""), field(instruction, " ")):
        reading = read(line(r("Ask "), found))
        assert told(reading, f"a field of Word that shows nothing ({kind})") == [instruction]


def test_a_field_without_an_end_takes_no_words_of_the_next_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    reading = read(line(r("Rest."), begin, r("half")) + p("Drink."))
    assert shown(reading) == ["Rest.", "Drink."]
    assert told(reading, "no end") == ["half"]


# ---- the labels of lists -----------------------------------------------------------------------


def listed(text: str, form: str = "bullet", font: str = "", more: str = "") -> dict[str, str]:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    level = (
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{fonts}</w:lvl>'
    )
    return {
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">'
        f'{level}{more}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>"
    }


def item(words: str, depth: int = 0, style: str = "") -> str:
    about = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{about}</w:pPr>{r(words)}</w:p>"


@pytest.mark.parametrize(
    ("text", "font", "label"),
    [
        ("•", "", ""),
        ("o", "Courier New", ""),
        ("–", "", ""),
        ("\uf0b7", "Symbol", ""),
        ("\uf0a7", "Wingdings", ""),
        ("\uf0d8", "Wingdings", ""),
        ("✓", "", "✓ "),
        ("✗", "", "✗ "),
        ("❌", "", "✗ "),
        ("☐", "", "☐ "),
        ("\uf0fc", "Wingdings", "✓ "),
        ("ü", "Wingdings", "✓ "),
        ("\uf0fb", "Wingdings", "✗ "),
        ("\uf06f", "Wingdings", "☐ "),
        ("\uf050", "Wingdings 2", "✓ "),
        ("Do not", "", "Do not "),
    ],
)
def test_a_bullet_that_says_something_is_the_first_word_of_its_item(
    text: str, font: str, label: str
) -> None:
    reading = read(item("swim.") + item("run."), **listed(text, font=font))
    (block,) = reading.article.summary
    assert isinstance(block, BulletList)
    assert texts((block,)) == [f"{label}swim.", f"{label}run."]
    assert not [one for one in reading.report.warnings if "sign" in one]


def test_a_bullet_that_nobody_knows_is_told_once() -> None:
    reading = read(item("swim.") + item("run."), **listed("\uf04e", font="Wingdings"))
    assert shown(reading) == ["swim.", "run."]
    told_of = [one for one in reading.report.warnings if "is not known" in one]
    assert told_of == [
        "the sign before the items of a list is not known: U+F04E of the font Wingdings"
    ]


@pytest.mark.parametrize(
    ("text", "form", "labels"),
    [
        ("Day %1:", "decimal", ["Day 1:", "Day 2:"]),
        ("Step %1", "upperLetter", ["Step A", "Step B"]),
        ("Part %1", "lowerRoman", ["Part i", "Part ii"]),
        ("Note:", "none", ["Note:", "Note:"]),
    ],
)
def test_words_round_a_number_are_the_first_words_of_its_item(
    text: str, form: str, labels: list[str]
) -> None:
    reading = read(item("Walk.") + item("Run."), **listed(text, form))
    assert shown(reading) == [f"{labels[0]} Walk.", f"{labels[1]} Run."]


@pytest.mark.parametrize("text", ["%1.", "(%1)", "%1"])
def test_a_bare_number_is_a_number(text: str) -> None:
    (block,) = read(item("Walk.") + item("Run."), **listed(text, "decimal")).article.summary
    assert isinstance(block, Steps)


def test_a_number_of_two_levels_is_told() -> None:
    below = '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    reading = read(item("Walk.") + item("Slowly.", 1), **listed("%1.", "decimal", more=below))
    assert any("in another way" in one and "Slowly" in one for one in reading.report.warnings)


def test_words_in_the_number_of_a_heading_stand_before_it() -> None:
    body = item("Rest", style="Heading1") + p("Sleep.") + item("Move", style="Heading1") + p("Go.")
    reading = read(body, **listed("Week %1", "decimal"))
    assert [section.title for section in reading.article.sections] == ["Week 1 Rest", "Week 2 Move"]


@pytest.mark.parametrize(
    ("text", "title", "head", "left_out"),
    [("Week %1", "Week 1 Rest", "Week 2 Move", 0), ("%1.", "Rest", "Move", 1)],
)
def test_the_number_of_a_title_is_one_of_the_headings(
    text: str, title: str, head: str, left_out: int
) -> None:
    body = item("Rest", style="Title") + item("Move", style="Heading1") + p("Go.")
    reading = read_source(document(body, **listed(text, "decimal")))
    assert reading.article.title == title
    assert [section.title for section in reading.article.sections] == [head]
    assert reading.report.warnings == ("the numbers of headings are left out: Rest",) * left_out


def test_a_raised_number_of_a_heading_stays_raised() -> None:
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' + r("10")
    high = r("9", '<w:vertAlign w:val="superscript"/>')
    (section,) = read(f"<w:p>{heading}{high}</w:p>{p('Sleep.')}").article.sections
    assert section.title == "10⁹"


def test_bare_numbers_of_headings_are_told_once() -> None:
    body = item("Rest", style="Heading1") + p("Sleep.") + item("Move", style="Heading1") + p("Go.")
    reading = read(body, **listed("%1.", "decimal"))
    assert [section.title for section in reading.article.sections] == ["Rest", "Move"]
    told_of = [one for one in reading.report.warnings if "numbers of headings" in one]
    assert told_of == ["the numbers of headings are left out: Rest"]


@pytest.mark.parametrize("sign", ["✓", "✗", "☐"])
def test_a_typed_sign_that_says_something_stays(sign: str) -> None:
    (block,) = read(p(f"{sign} Walk.") + p(f"{sign} Rest.")).article.summary
    assert isinstance(block, BulletList)
    assert texts((block,)) == [f"{sign} Walk.", f"{sign} Rest."]


def test_a_typed_box_by_itself_is_no_list() -> None:
    assert shown(read(p("☐ I have read this."))) == ["☐ I have read this."]


def test_a_typed_sign_of_a_symbol_font_is_read_with_its_font() -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    body = "".join(line(r("\uf0fb", font), r(f" {word}")) for word in ("Lift.", "Run."))
    assert shown(read(body)) == ["✗ Lift.", "✗ Run."]
    sym = '<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>'
    assert shown(read(line(sym, r(" Lift.")) + line(sym, r(" Run.")))) == ["✗ Lift.", "✗ Run."]


# ---- words above words -------------------------------------------------------------------------


def test_words_with_others_above_them_are_kept_with_these() -> None:
    ruby = f"<w:ruby><w:rt>{r('how to say it')}</w:rt><w:rubyBase>{r('word')}</w:rubyBase></w:ruby>"
    (said,) = shown(read(line(r("Say the "), f"<w:r>{ruby}</w:r>", r(" now."))))
    assert "how to say it" in said
    assert "word" in said
