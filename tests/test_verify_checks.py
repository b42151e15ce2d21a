"""Each check finds the fault that it is there for, and none other: a good leaflet, changed once."""

import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from altered import (
    Change,
    altered,
    catalog,
    content,
    document_kids,
    drawn,
    elements,
    fonts,
    links,
    palette,
    xmp,
)
from leaflets import make, write_article, write_clinic
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject, TextStringObject

from handouts import make as making
from handouts.marks import COLOURS
from handouts.theme import Theme, load_theme
from handouts.values import replace
from handouts.verify import DESIGN_CHECKS, FILE_CHECKS, Finding, verify_bytes
from handouts.verify.cut_checks import cut_word
from handouts.verify.file import read_pdf
from handouts.verify.printed import Block

BAR = "/Artifact BMC /Pal cs 3 sc {box} re f EMC"
"""A rectangle in the colour of discs, drawn as decoration."""


@cache
def good() -> bytes:
    return make("bone-marrow-biopsy", "riverbend").rendering.content


def found(pdf: bytes, edition: str = "") -> tuple[Finding, ...]:
    return verify_bytes(pdf, "leaflet.pdf", design=True, edition=edition).findings


def without_boldness(font: Any, _: Any) -> None:  # noqa: ANN401  (objects of pypdf)
    """Call a bold font by a name that does not say so."""
    name = font["/BaseFont"].replace("Sans3-Bold", "Sans3-Regular")
    font[NameObject("/BaseFont")] = NameObject(name)


def _smaller_letters(_: Any, descriptor: Any) -> None:  # noqa: ANN401  (the same)
    """Give the em more units, so that outlines are smaller and widths are not."""
    stream = descriptor["/FontFile2"].get_object()
    program = bytearray(stream.get_data())
    (count,) = struct.unpack_from(">H", program, 4)
    for row in range(count):
        tag, _, start, _ = struct.unpack_from(">4sLLL", program, 12 + 16 * row)
        if tag == b"head":
            struct.pack_into(">H", program, start + 18, 1300)
    stream.set_data(bytes(program))


def _whole(font: Any, _: Any) -> None:  # noqa: ANN401  (the same)
    font[NameObject("/BaseFont")] = NameObject("/" + font["/BaseFont"].partition("+")[2])


def _not_embedded(_: Any, descriptor: Any) -> None:  # noqa: ANN401  (the same)
    del descriptor["/FontFile2"]


def _figure_without_words(writer: PdfWriter) -> None:
    del elements(writer, "Figure")[-1]["/Alt"]


def _swapped(writer: PdfWriter) -> None:
    """Read the kicker after "Also called"."""
    kids = document_kids(writer)
    kids[4], kids[6] = kids[6], kids[4]


def _row_on_two_pages(writer: PdfWriter) -> None:
    """Let the last row of a table on page 2 hold the head that opens page 3."""
    kids = document_kids(writer)
    at = next(at for at, kid in enumerate(kids) if kid.get_object()["/S"] == "/Table")
    elements(writer, "TD")[-1]["/K"].append(kids.pop(at + 1))


def _head_on_the_page_before(writer: PdfWriter) -> None:
    """Move the head that opens page 3 to the foot of page 2."""
    kids = document_kids(writer)
    at = next(at for at, kid in enumerate(kids) if kid.get_object()["/S"] == "/Table")
    head = kids[at + 1].get_object()
    (number,) = head["/K"]
    content(rf"/H2 <</MCID {number}>> BDC", "/Artifact BMC", 3)(writer)
    text = "BT /{font} 15.5 Tf 56.7 70 Td /H2 <</MCID 99>> BDC <0022> Tj EMC ET"
    font = next(iter(writer.pages[1]["/Resources"]["/Font"]))[1:]  # type: ignore[index]  # pypdf's
    drawn(text.format(font=font), 2)(writer)
    head[NameObject("/K")] = ArrayObject([NumberObject(99)])
    head[NameObject("/Pg")] = writer.pages[1].indirect_reference


FAULTS: dict[str, tuple[str, tuple[Change, ...], str]] = {
    "no language": ("tags", (catalog("/Lang", None),), "does not say its language"),
    "no tree": ("tags", (catalog("/MarkInfo", None),), "has no tags"),
    "a claim of its own": ("claims", (xmp('pdfaid:part="2', 'pdfaid:part="3'),), "PDF/A-3a"),
    "no intent": ("claims", (catalog("/OutputIntents", None),), "no output intent"),
    "a font left out": ("fonts", (fonts(_not_embedded),), "Source"),
    "a font as a whole": ("fonts", (fonts(_whole),), "embedded whole"),
    "glyph 0": ("glyphs", (content(r"\(\x00\x18", "(\x00\x00", count=1),), "lacks a glyph"),
    "untagged ink": ("marked", (drawn("300 750 10 10 re f"),), "neither tagged"),
    "a figure without words": ("alternatives", (_figure_without_words,), "no alternative text"),
    "small notes": ("text-size", (content(" 10 Tf", " 9.4 Tf"),), "is set in 9.4 pt"),
    "low letters": ("x-height", (fonts(_smaller_letters),), "are 1.38 mm high"),
    "small text": (
        "body-size",
        tuple([content(r" 1[23] Tf", " 11.5 Tf", page) for page in (1, 2, 3)]),
        "most of the text is set in 11.5 pt",
    ),
    "small coloured words": (
        "coloured-text",
        (content(r"0 g\nBT\n(\S+ \S+ Td)\n/P", r"/Pal cs 2 sc BT \1 /P", count=1),),
        "only 10.5 pt",
    ),
    "white words that are not bold": (
        "coloured-text",
        (fonts(without_boldness),),
        "is not bold",
    ),
    "pale heads": ("text-contrast", (palette(2, "00788A"),), "contrast of 5.2:1"),
    "pale discs": ("text-contrast", (palette(3, "0090A0"),), "“1” has a contrast of 3.8:1"),
    "red that is no contrast in grey": (
        "text-contrast",
        (palette(2, "9A2800"),),
        "“Why do I need” has",
    ),
    "pale borders": ("shape-contrast", (palette(4, "8BC2CE"),), "2.0:1"),
    "long lines": (
        "line-length",
        (content(r"(/P <</MCID 17>> BDC)(.*?)T\*", r"\1 50 Tz \2", count=1),),
        "characters",
    ),
    "ink at the edge": ("edge", (drawn(BAR.format(box="300 15 100 6")),), "18 pt"),
    "words in the holes": (
        "margins",
        (content(r"56.7 (\S+ Td\n/P <</MCID 6>>)", r"54 \1"),),
        "“Biopsy of the bone marrow” stands in the 20.0 mm",
    ),
    "a solid band": ("solid-header", (drawn(BAR.format(box="300 750 100 20")),), "#007385"),
    "no phone": ("phone", (links(lambda _: "https://clinic.example"),), "no phone number"),
    "another leaflet's number": ("footer", (xmp("RB-0421", "RB-0999"),), "number, version"),
    "another title": ("footer", (xmp(">Bone marrow biopsy<", ">Other<"),), "leaflet's title"),
    "no source": ("closing", (catalog("/Lang", TextStringObject("es")),), "are missing"),
    "a head below its text": (
        "head-last",
        (content(r"56.7 \S+ (Td\n/H2 <</MCID 27>>)", r"56.7 80 \1"),),
        "“How do I get ready?” is the last thing",
    ),
    "a head on the page before": ("head-last", (_head_on_the_page_before,), "is the last thing"),
    "a box that is parted": (
        "split",
        (content(r"234.7 \S+ (Td\n/P <</MCID 36>>)", r"234.7 66 \1"),),
        "“if you are pregnant” stands outside",
    ),
    "a row that is parted": ("split", (_row_on_two_pages,), "a step or row is parted"),
    "a rule that is read": (
        "decoration",
        (drawn("/P <</MCID 3>> BDC 300 750 10 6 re f EMC"),),
        "belongs to the P",
    ),
    "parts in another order": ("reading-order", (_swapped,), "is read after"),
}
"""Fault -> the check that must find it, the changes that make it, and what is said of it."""


def test_the_unchanged_leaflet_has_no_fault() -> None:
    assert found(altered(good())) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_check_and_no_other(fault: str) -> None:
    check, changes, said = FAULTS[fault]
    findings = found(altered(good(), *changes))
    assert {one.check for one in findings} == {check}
    assert said in findings[0].what
    assert findings[0].todo.endswith(".")


def test_every_check_has_a_fault_that_it_finds() -> None:
    tested = {check for check, _, _ in FAULTS.values()} | {"last-word", "cut-word"}
    assert {check.name for check in (*FILE_CHECKS, *DESIGN_CHECKS)} == tested


def _with_theme(monkeypatch: pytest.MonkeyPatch, change: Callable[[Theme], Theme]) -> None:
    monkeypatch.setattr(making, "load_theme", lambda *given: change(load_theme(*given)))


def test_a_lone_last_word_of_a_head_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def loose(theme: Theme) -> Theme:
        head = replace(theme.type["head"], last_words=False)
        return replace(theme, type={**theme.type, "head": head})

    article = write_article(tmp_path, "A lead.\n\n## How do I get ready?\n\nRest.\n")
    clinic = write_clinic(tmp_path)
    assert found(make(article, clinic).rendering.content) == ()
    _with_theme(monkeypatch, loose)
    findings = found(make(article, clinic).rendering.content)
    assert {one.check for one in findings} == {"last-word"}
    assert "“ready?” stands alone on the last line of “How do I get ready?”" in findings[0].what


def _with_words(folder: Path, words: str) -> bytes:
    article = write_article(
        folder, f"A lead.\n\n## Risks\n\n{words} {'Wash your hands and call a nurse. ' * 6}\n"
    )
    return make(article, write_clinic(folder)).rendering.content


@pytest.mark.parametrize(
    ("words", "last"),
    [("electro" * 12, "electro"), ("1,000,000" * 12, "000")],
    ids=["word", "number"],
)
def test_a_word_that_is_cut_at_the_end_of_a_line_is_found(
    words: str, last: str, tmp_path: Path
) -> None:
    findings = found(_with_words(tmp_path, words))
    assert {one.check for one in findings} == {"cut-word"}
    assert "is cut in two, after" in findings[0].what
    assert last in findings[0].what


@pytest.mark.parametrize(
    "words",
    [
        f"www.{'hospital' * 12}.example",
        f"https://clinic.example/{'path/' * 20}",
        "drowsiness/dizziness/" * 6,
        "non-Hodgkin-" * 10,
    ],
)
def test_addresses_and_words_that_may_be_parted_are_not_cut(words: str, tmp_path: Path) -> None:
    assert found(_with_words(tmp_path, words)) == ()


def test_a_file_without_spaces_at_line_ends_cannot_tell_what_is_cut(tmp_path: Path) -> None:
    printed = read_pdf(_with_words(tmp_path, "electro" * 12), "leaflet.pdf")
    assert tuple(cut_word(printed))
    assert not tuple(cut_word(replace(printed, blocks=tuple(map(_bare, printed.blocks)))))


def _bare(block: Block) -> Block:
    """The block with no space at the end of a line, as many programs write it."""
    lines = [
        replace(
            line, runs=(*line.runs[:-1], replace(line.runs[-1], text=line.runs[-1].text.rstrip()))
        )
        for line in block.lines
    ]
    return replace(block, lines=tuple(lines))


def test_the_limits_are_those_of_the_edition() -> None:
    checks = {one.check for one in found(good(), "large-print")}
    assert checks == {"text-size", "body-size"}
    assert {one.check for one in found(good(), "one-sheet")} == {"line-length"}
    assert {one.check for one in found(good(), "comfort")} == {"body-size"}
    assert found(good(), "bw") == ()


def test_a_role_is_known_by_its_place_in_the_palette() -> None:
    assert COLOURS[2:5] == ("ink", "fill", "rule")
