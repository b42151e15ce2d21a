"""XML is read with its lines and in its order, and what could harm is refused in one line."""

import io
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import SourceError
from handouts.sources.safe_xml import (
    DEEPEST,
    LARGEST,
    LONGEST,
    Element,
    parse_xml,
    stream_elements,
)

BOMB = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join([f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)])
    + "]><a>&a9;</a>"
)


def everything(_attributes: Mapping[str, str], _line: int) -> bool:
    return True


# ---- what is read ------------------------------------------------------------------------------


def test_an_element_keeps_its_content_in_order_and_its_line() -> None:
    root = parse_xml(b'<a>\n one <b n="1">two</b> three\n<c/><b n=" 2 "/></a>', "f.xml")
    assert [part if isinstance(part, str) else part.tag for part in root.content] == [
        "\n one ",
        "b",
        " three\n",
        "c",
        "b",
    ]
    assert root.words() == "one two three"
    assert root.own_words() == "one three"
    assert [(part.line, part.get("n")) for part in root.children("b")] == [(2, "1"), (3, "2")]
    assert root.child("c") is not None
    assert root.child("d") is None
    assert root.get("none") == ""


def test_names_are_local_and_an_attribute_without_prefix_wins() -> None:
    root = parse_xml(
        b'<x:a xmlns:x="urn:x" xmlns="urn:y" x:t="1" t="2" x:u="3"><b/></x:a>', "f.xml"
    )
    assert (root.tag, root.get("t"), root.get("u")) == ("a", "2", "3")
    assert [part.tag for part in root.children()] == ["b"]


def test_elements_below_are_found_at_any_depth() -> None:
    root = parse_xml(b"<a><b><c>1</c></b><c>2<c>3</c></c></a>", "f.xml")
    assert [part.words() for part in root.below("c")] == ["1", "23"]


def test_markup_is_the_text_of_an_element_or_its_elements_written_down() -> None:
    root = parse_xml(
        b"<a><b>&lt;p&gt;x&lt;/p&gt;</b><c><p k='&lt;'>x &amp; <i>y</i></p></c></a>", "f.xml"
    )
    assert [part.markup() for part in root.children()] == [
        "<p>x</p>",
        '<p k="&lt;">x &amp; <i>y</i></p>',
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_that_the_document_names_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>\n<a>Cafe\u0301 é</a>'
    data = text.replace("e\u0301", "é").encode(encoding)
    assert parse_xml(data, "f.xml").words() == "Café é"


def test_letters_are_composed() -> None:
    assert parse_xml("<a k='e\u0301'>e\u0301</a>".encode(), "f.xml").words() == "é"
    assert parse_xml("<a k='e\u0301'/>".encode(), "f.xml").get("k") == "é"


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE a SYSTEM "https://a.example/never.dtd">',
        "<?xml version='1.0'?>\n<!-- <!DOCTYPE a [ -->\n<!DOCTYPE a PUBLIC '-//x>' \"file:///etc/passwd\" >",
        "\ufeff<?xml version='1.0'?><!DOCTYPE a>",
    ],
)
def test_a_doctype_is_passed_over_and_lines_stay(start: str) -> None:
    root = parse_xml(f"{start}\n<a>x</a>".encode(), "f.xml")
    assert (root.words(), root.line) == ("x", start.count("\n") + 2)


# ---- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (BOMB, "f.xml:1: the XML has a DOCTYPE with declarations of its own"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE with decl"),
        ('<!DOCTYPE a SYSTEM "d" [<!ENTITY % x SYSTEM "b">%x;]><a/>', "DOCTYPE with declarations"),
        ('<!DOCTYPE a SYSTEM "a.dtd">\n<a>one &nbsp; two</a>', "f.xml:2: this is no well-formed"),
        ('<!DOCTYPE a SYSTEM "a.dtd">\n<a k="one &nbsp; two"/>', "undefined entity"),
        ("<a>&x;</a>", "undefined entity"),
        ("<a>\n<b>", "f.xml:2: this is no well-formed XML"),
        ("<a><b></a></b>", "mismatched tag"),
        ("<a>\x00</a>", "not well-formed"),
        ("<a>&#0;</a>", "reference to invalid character number"),
        ("<p:a/>", "unbound prefix"),
        ("<a/><b/>", "junk after document element"),
        ("", "no element found"),
        (" \n ", "no element found"),
        ("{}", "not well-formed"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "an encoding that cannot be read"),
        ('<?xml version="1.0" encoding="shift_jis"?><a/>', "an encoding that cannot be read"),
        ("<a>" * (DEEPEST + 1), f"nested more than {DEEPEST} elements deep"),
        (f"<a k='{'x' * (2 * LONGEST)}'/>", "a tag or comment is longer than 1 MB"),
        (f"<a><!--{'x' * (2 * LONGEST)}--></a>", "a tag or comment is longer than 1 MB"),
        (f"<{'a' * (2 * LONGEST)}", "a tag or comment is longer than 1 MB"),
    ],
)
def test_what_cannot_be_read_or_could_harm_is_one_error(document: str, told: str) -> None:
    with pytest.raises(SourceError) as failure:
        parse_xml(document.encode(), "f.xml")
    assert told in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_wrong_encoding_is_one_error() -> None:
    with pytest.raises(SourceError, match=r"f\.xml:1: this is no well-formed XML"):
        parse_xml("<a>é</a>".encode("latin-1"), "f.xml")


def test_a_doctype_in_another_encoding_is_refused() -> None:
    document = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a SYSTEM "b"><a/>'
    with pytest.raises(SourceError, match="DOCTYPE"):
        parse_xml(document.encode("utf-16"), "f.xml")


def test_a_line_of_ten_megabytes_is_text_like_any_other() -> None:
    assert len(parse_xml(b"<a>" + b"x" * 10_000_000 + b"</a>", "f.xml").characters()) == 10_000_000


def test_comments_without_end_cost_no_time() -> None:
    document = b"<!-- --> " * 7000 + b"<!DOCTYPE [ x"
    with pytest.raises(SourceError):
        parse_xml(document, "f.xml")


@given(st.binary(max_size=80) | st.text("<a>&;/!-[]'\"x= \n?D", max_size=80).map(str.encode))
def test_any_bytes_are_an_element_or_one_error(data: bytes) -> None:
    try:
        root = parse_xml(data, "f.xml")
    except SourceError:
        return
    assert root.tag


# ---- streams -----------------------------------------------------------------------------------


def streamed(document: str, picks: str = "") -> list[str]:
    """The numbers of the elements; those before a mistake, then the mistake."""
    found: list[str] = []

    def wanted(attributes: Mapping[str, str], _line: int) -> bool:
        return not picks or attributes.get("n", "") in picks

    stream = io.BytesIO(document.encode())
    try:
        found.extend(
            element.get("n") + element.words()
            for element in stream_elements(stream, "f.xml", "b", wanted)
        )
    except SourceError as failure:
        found.append(str(failure))
    assert stream.closed
    return found


def test_a_stream_gives_the_elements_of_a_name_that_are_wanted() -> None:
    document = "<a><b n='1'>x<b n='2'>y</b></b>words<c><b n='3'/></c><b n='4'>z</b></a>"
    assert streamed(document) == ["1xy", "3", "4z"]
    assert streamed(document, "24") == ["2y", "4z"]


def test_of_elements_that_are_passed_over_only_the_place_is_kept() -> None:
    source = b'<r><t>a<s n="1">b\n<s>c</s><x/></s>d<y>e</y></t><s/><t><s/>f</t></r>'
    first, second = stream_elements(io.BytesIO(source), "f.xml", "t", everything, ("s",))
    place, kept = first.children()
    assert (place.tag, place.line, dict(place.attributes), place.content) == ("s", 1, {}, ())
    assert (kept.tag, kept.line, kept.words()) == ("y", 2, "e")
    assert first.own_words() == "a d"
    assert second.words() == "f"


def test_elements_that_are_passed_over_have_the_same_limits() -> None:
    deep = b"<t><s>" + b"<a>" * DEEPEST + b"</a>" * DEEPEST + b"</s></t>"
    with pytest.raises(SourceError, match="elements deep"):
        list(stream_elements(io.BytesIO(deep), "f.xml", "t", everything, ("s",)))


def test_a_stream_that_is_cut_off_gives_what_is_whole_first() -> None:
    *whole, mistake = streamed("<a>\n<b n='1'>x</b>\n<b n='2'>y")
    assert whole == ["1x"]
    assert mistake.startswith("f.xml:3: this is no well-formed XML")


def test_a_stream_is_read_across_its_pieces() -> None:
    filler = "é" * 50_001
    document = f"<a><!--{filler}--><b n='1'>{filler}</b>{filler}<b n='2'>&lt;</b></a>"
    assert streamed(document) == [f"1{filler}", "2<"]


def test_an_element_of_a_stream_has_a_limit() -> None:
    words = "word " * (LARGEST // 5 + 1)
    (mistake,) = streamed(f"<a><b n='1'>{words}</b></a>")
    assert "an element is larger than 5 MB" in mistake
    assert streamed(f"<a>{words}<b n='1'/></a>") == ["1"]


def test_a_stream_that_fails_is_one_error() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError

    with pytest.raises(SourceError, match="cannot be read"):
        list(stream_elements(Broken(), "f.xml", "b", everything))


def test_elements_are_values_of_their_own() -> None:
    assert Element("a", {}, (), 1) != Element("a", {}, (), 1)
