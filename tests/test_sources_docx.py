"""Word documents: what Word shows is read, all else is told, and no file can do harm."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_words import article_text, hrefs, letters, reported_text

from handouts.document import BulletList, Heading, Paragraph, Steps, Strong, Table, plain, texts
from handouts.errors import SourceError
from handouts.sources import Reading, read_source
from handouts.sources.outline import outline

FEATURE = Path(__file__).parent / "features" / "docx"
PARTS = FEATURE / "leaflet"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f'<w:styles xmlns:w="{W}"><w:style w:styleId="Normal"/></w:styles>'


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def document(body: str, **more: str) -> bytes:
    text = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": text, "word/styles.xml": STYLES} | dict(more))


def leaflet(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    files = sorted(path for path in PARTS.rglob("*") if path.is_file())
    return zipped({path.relative_to(PARTS).as_posix(): path.read_bytes() for path in files}, method)


def p(words: str, style: str = "", marks: str = "") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in words.split("\n"))
    return f"<w:p>{about}<w:r><w:rPr>{marks}</w:rPr>{lines}</w:r></w:p>"


def read(*paragraphs: str) -> Reading:
    return read_source(document("".join(paragraphs)))


TITLE = p("Sore throat", "Title")


def told(reading: Reading, reason: str) -> list[str]:
    return [one.text for one in reading.report.dropped if reason in one.reason]


# ---- a whole document --------------------------------------------------------------------------


def test_the_outline_of_the_feature_is_as_expected() -> None:
    got = outline(read_source(leaflet()))
    assert got == (FEATURE / "leaflet.outline.txt").read_text(encoding="utf-8")


def test_every_word_is_in_the_article_or_in_the_report() -> None:
    reading = read_source(leaflet())
    got = letters(article_text(reading.article) + reported_text(reading.report))
    words = []
    for path in (PARTS / "word").glob("*.xml"):
        root = ET.fromstring(path.read_bytes())
        for old in root.iter(
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
        ):
            old.clear()
        words += [
            one.text or "" for one in root.iter() if one.tag in (f"{{{W}}}t", f"{{{W}}}delText")
        ]
    words.remove("Hilltop Clinic")  # the same header twice is told once
    assert not letters("".join(words)) - got


def test_links_lead_where_a_leaflet_may_and_others_are_told() -> None:
    reading = read_source(leaflet())
    found = set(hrefs(reading.article.sections))
    assert found == {"https://clinic.example/ankle", "tel:+15550100"}
    assert told(reading, "target of a link") == ["javascript:alert(1)"]


def test_lists_count_on_and_nest_as_in_word() -> None:
    first = read_source(leaflet()).article.sections[0].blocks
    lists = [block for block in first if isinstance(block, Steps)]
    assert [(one.start, len(one.items)) for one in lists] == [(1, 2), (3, 1), (1, 1)]
    assert isinstance(lists[0].items[1][1], BulletList)


# ---- headings and titles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "sure"),
    [
        ((p("Throat", "Title"), p("Rest.")), "Throat", 1.0),
        ((p("Throat", "Heading1"), p("Rest.")), "Throat", 1.0),
        ((p("Throat", "Heading1"), p("Rest."), p("Care", "Heading1"), p("Go.")), "Throat", 0.7),
        ((p("Throat", marks="<w:b/>"), p("Rest.")), "Throat", 0.6),
        ((p("Dr Example"), p("Throat", marks='<w:u w:val="single"/>'), p("Rest.")), "Throat", 0.6),
    ],
)
def test_the_title_is_found(lines: tuple[str, ...], title: str, sure: float) -> None:
    reading = read(*lines)
    assert reading.article.title == title
    assert [one.confidence for one in reading.report.guessed if one.what == "title"] == [sure]


def test_the_properties_give_a_title_and_an_author_to_ask() -> None:
    core = "<c><title>Throat</title><creator>Dr Example</creator></c>"
    reading = read_source(document(p("Throat") + p("Rest."), **{"docProps/core.xml": core}))
    assert (reading.article.title, len(reading.article.summary)) == ("Throat", 1)
    assert reading.article.rights.status == "unknown"
    assert any("author is Dr Example" in one for one in reading.report.warnings)


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(SourceError, match=r"no title\. Give its first line the style Title"):
        read(p("You should rest as much as you can."), p("Drink."))


def test_bold_lines_are_sections_only_where_there_are_no_headings() -> None:
    bold = "<w:b/>"
    plain_one = read(TITLE, p("Care:", marks=bold), p("Rest."), p("Pain", marks=bold), p("Ice."))
    assert [one.title for one in plain_one.article.sections] == ["Care:", "Pain"]
    styled = read(TITLE, p("Care", "Heading1"), p("Pain", marks=bold), p("Ice."))
    (section,) = styled.article.sections
    assert isinstance(section.blocks[0], Heading)
    assert [one.what for one in styled.report.guessed if one.title == "Pain"] == ["sub-heading"]


def test_a_bold_line_without_a_body_or_of_a_sentence_is_none() -> None:
    reading = read(
        TITLE, p("Rest."), p("Do not smoke, ever.", marks="<w:b/>"), p("End", marks="<w:b/>")
    )
    assert not reading.article.sections
    assert isinstance(reading.article.summary[1], Paragraph)
    assert isinstance(reading.article.summary[1].content[0], Strong)


# ---- lists, tables, words ----------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["• ", "- ", "o ", "\uf0b7 ", "➢ ", "– "])
def test_typed_bullets_are_lists(mark: str) -> None:
    reading = read(TITLE, p(f"{mark}Rest"), p(f"{mark}Drink"))
    (block,) = reading.article.summary
    assert isinstance(block, BulletList)
    assert list(texts((block,))) == ["Rest", "Drink"]


def test_typed_bullets_behind_line_breaks_and_in_cells_are_lists() -> None:
    reading = read(TITLE, p("Take:\n- water\n- tea"))
    assert [type(block) for block in reading.article.summary] == [Paragraph, BulletList]
    cell = f"<w:tc>{p('• a')}{p('• b')}</w:tc><w:tc>{p('c')}</w:tc>"
    (table,) = read(TITLE, f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").article.summary
    assert isinstance(table, Table)
    assert isinstance(table.rows[0][0].blocks[0], BulletList)


def test_a_word_that_is_a_letter_is_no_bullet() -> None:
    (first, _) = read(TITLE, p("o sea, descanse."), p("Beba agua.")).article.summary
    assert isinstance(first, Paragraph)
    assert plain(first.content) == "o sea, descanse."


def test_a_cell_merged_with_the_one_above_keeps_its_words() -> None:
    merged = '<w:tcPr><w:vMerge w:val="{}"/></w:tcPr>'
    rows = [
        f"<w:tr><w:tc>{merged.format(kind)}{p(words)}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"
        for kind, words in (("restart", "above"), ("continue", "below"), ("continue", ""))
    ]
    reading = read(TITLE, f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert {"above", "below"} <= set(" ".join(texts(reading.article.summary)).split())


CHOSEN = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="Often"/>'
    "</w:ddList></w:ffData></w:fldChar><w:instrText>FORMDROPDOWN</w:instrText>"
    '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
TICK = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'


@pytest.mark.parametrize(("inside", "shown"), [(CHOSEN, "Often"), (TICK, "✓")])
def test_a_cell_merged_with_the_one_above_keeps_what_word_draws_in_it(
    inside: str, shown: str
) -> None:
    merged = '<w:tcPr><w:vMerge w:val="{}"/></w:tcPr>'
    rows = [
        f"<w:tr><w:tc>{merged.format(kind)}{own}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"
        for kind, own in (("restart", p("above")), ("continue", inside))
    ]
    (table,) = read(TITLE, f"<w:tbl>{''.join(rows)}</w:tbl>").article.summary
    assert list(texts((table,))) == ["above", "x", shown, "x"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    end = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    cut = f"<w:p>{end}<w:r><w:t xml:space='preserve'>Rest </w:t></w:r></w:p>"
    assert list(texts(read(TITLE, cut, p("well."), cut).article.summary)) == ["Rest well.", "Rest"]


def test_the_prompt_of_an_empty_field_and_the_contents_are_told() -> None:
    field = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = field.format("<w:showingPlcHdr/>", p("Click here"))
    reading = read(TITLE, p("Care 3", "TOC1"), empty, field.format("", p("Rest.")))
    assert list(texts(reading.article.summary)) == ["Rest."]
    assert told(reading, "prompt") == ["Click here"]
    assert told(reading, "contents") == ["Care 3"]


def test_blanks_are_named_and_the_language_is_the_documents() -> None:
    lang = '<w:lang w:val="es-MX"/>'
    reading = read(TITLE, p("Tome {{dose}} por la noche.", marks=lang))
    assert (reading.article.language, reading.article.blanks) == ("es-MX", ("dose",))


def test_a_broken_part_beside_the_text_is_told_and_the_text_read() -> None:
    reading = read_source(document(TITLE + p("Rest."), **{"word/comments.xml": "<w:comments"}))
    assert reading.article.title == "Sore throat"
    assert any("comments.xml" in one for one in reading.report.warnings)


@pytest.mark.parametrize("name", ["Heading1", "Title"])
def test_a_link_in_a_heading_keeps_its_words_and_its_target_is_told(name: str) -> None:
    link = '<w:fldSimple w:instr="HYPERLINK https://a.example"><w:r><w:t>Care</w:t></w:r></w:fldSimple>'
    heading = f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{link}</w:p>'
    reading = read(heading if name == "Title" else TITLE + heading, p("Rest."))
    assert "Care" in (reading.article.title, *(one.title for one in reading.article.sections))
    assert told(reading, "target") == ["https://a.example"]


_ELEMENTS = st.recursive(
    st.text("abc •-o1.\n", min_size=1, max_size=8).map(p),
    lambda inner: st.builds(
        lambda tag, parts: tag.format("".join(parts)),
        st.sampled_from(
            (
                "<w:ins>{}</w:ins>",
                "<w:del>{}</w:del>",
                "<w:foreign>{}</w:foreign>",
                "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
                "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            )
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_ELEMENTS, max_size=4))
def test_whatever_stands_round_words_they_are_kept_or_told(parts: list[str]) -> None:
    body = TITLE + p("zz") + "".join(parts)
    reading = read_source(document(body))
    root = ET.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>')
    words = "".join(one.text or "" for one in root.iter(f"{{{W}}}t"))
    lost = letters(words) - letters(article_text(reading.article) + reported_text(reading.report))
    assert set(lost) <= ({"o", "1"} if reading.report.joined else set())


# ---- bad input ---------------------------------------------------------------------------------


def bomb() -> bytes:
    return zipped({"word/document.xml": b"<a/>", "word/media/a.xml": b" " * 30_000_000})


def encrypted() -> bytes:
    data = bytearray(leaflet())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


BAD = {
    "bomb": (bomb, "packed closer than"),
    "large": (
        lambda: zipped({f"word/{n}.bin": bytes(9_000_000) for n in range(6)}, zipfile.ZIP_STORED),
        "larger than 50 MB",
    ),
    "many": (lambda: zipped({f"word/{n}": b"" for n in range(2001)}), "more than 2000 files"),
    "slip": (lambda: zipped({"word/../../x": b""}), "leads out of it"),
    "absolute": (lambda: zipped({"/word/x": b""}), "leads out of it"),
    "drive": (lambda: zipped({"C:word/x": b""}), "leads out of it"),
    "locked": (encrypted, "locked with a password"),
    "cut": (lambda: leaflet()[:-200], "damaged or cut off"),
    "start": (lambda: leaflet()[:300], "damaged or cut off"),
    "excel": (lambda: zipped({"xl/workbook.xml": b"<a/>"}), "an Excel workbook, not a Word"),
    "odt": (lambda: zipped({"content.xml": b"<a/>"}), "an OpenDocument file, not a Word"),
    "zip": (lambda: zipped({"a.txt": b"a"}), "a ZIP file, not a Word"),
    "nothing": (lambda: zipped({}), "a ZIP file, not a Word"),
    "textless": (lambda: zipped({"word/styles.xml": b"<a/>"}), "has no text part"),
    "malformed": (lambda: document("<w:p>"), "no well-formed XML"),
    "deep": (lambda: document("<w:p>" * 300 + "</w:p>" * 300), "more than 200 elements deep"),
    "tables": (
        lambda: document("<w:tbl><w:tr><w:tc>" * 40 + "</w:tc></w:tr></w:tbl>" * 40),
        "tables stand more than",
    ),
    "pieces": (lambda: document(TITLE + p("\n" * 50_000 + "x")), "more than 50000 paragraphs"),
    "entities": (
        lambda: zipped(
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'}
        ),
        "declarations of its own",
    ),
    "external": (
        lambda: zipped(
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>'}
        ),
        "declarations of its own",
    ),
    "empty": (lambda: document(TITLE), "no text"),
    "hidden": (lambda: document(TITLE + p("a\u202eb")), "must not be printed"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    make, told = BAD[name]
    path = tmp_path / "leaflet.docx"
    path.write_bytes(make())
    with pytest.raises(SourceError) as failure:
        read_source(path)
    assert told in str(failure.value)
    assert str(failure.value).startswith(str(path))
    assert "\n" not in str(failure.value)


def test_pictures_are_never_unpacked() -> None:
    parts = {"word/document.xml": document_part(), "word/media/image1.png": b"picture"}
    whole = bytearray(zipped(parts, zipfile.ZIP_STORED))
    at = whole.find(b"picture")
    whole[at] ^= 1  # its checksum is wrong now: reading it would fail
    assert read_source(bytes(whole)).article.title == "Sore throat"


def document_part() -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{TITLE}{p("Rest.")}</w:body></w:document>'.encode()


_WHOLE = leaflet(zipfile.ZIP_STORED)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_byte_does_no_harm(data: st.DataObject) -> None:
    whole = bytearray(_WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    try:
        read_source(bytes(whole), format="docx")
    except SourceError as failure:
        assert "\n" not in str(failure)  # noqa: PT017  (either outcome is right)
