from collections.abc import Callable
from pathlib import Path

import pytest
import synthetic
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from handouts.errors import ConformanceError
from handouts.marks import FontUse
from handouts.pdf.readback import Node, artifacts, logical_text, outline_text, tree, unmarked
from handouts.pdf.write import write
from handouts.structure import StructureElement

CMAP = b"""1 beginbfchar
<01> <00660069>
endbfchar
1 beginbfrange
<41> <43> <0061>
endbfrange"""


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _stream(content: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(content)
    return made


def _foreign(content: bytes, tmp_path: Path, **font: object) -> Path:
    """A page that another program made: a simple font, one element P of MCID 0."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    simple = _dictionary(Type=NameObject("/Font"), Subtype=NameObject("/TrueType"), **font)
    page[NameObject("/Resources")] = _dictionary(
        Font=_dictionary(F1=writer._add_object(simple)),  # noqa: SLF001 (pypdf has no public name for it)
        Properties=_dictionary(MC0=_dictionary(MCID=NumberObject(0))),
    )
    page[NameObject("/Contents")] = writer._add_object(_stream(content))  # noqa: SLF001 (the same)
    element = _dictionary(S=NameObject("/P"), Pg=page.indirect_reference, K=NumberObject(0))
    writer.root_object[NameObject("/StructTreeRoot")] = _dictionary(K=ArrayObject([element]))
    path = tmp_path / "foreign.pdf"
    writer.write(path)
    return path


def test_a_file_on_disk_reads_like_its_bytes(
    written: Callable[[str], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(written("ua1"))
    assert tree(path) == tree(written("ua1"))


def test_ranges_and_several_characters_of_a_foreign_map_are_read(tmp_path: Path) -> None:
    content = b"/P <</MCID 0>> BDC BT /F1 9 Tf (\001A) Tj [(B) -90 (C)] TJ ET EMC"
    path = _foreign(content, tmp_path, ToUnicode=_stream(CMAP))
    assert tree(path) == Node("P", {}, ("fiabc",))


def test_a_font_without_a_map_reads_as_latin1_and_named_properties_are_found(
    tmp_path: Path,
) -> None:
    content = b"/P /MC0 BDC BT /F1 9 Tf (caf\351) ' ET EMC"
    assert tree(_foreign(content, tmp_path)).kids == ("café",)


def test_what_is_neither_content_nor_artifact_is_found(tmp_path: Path) -> None:
    content = b"BT /F1 9 Tf (lost) Tj /Artifact BMC (page) Tj EMC ET"
    path = _foreign(content, tmp_path)
    assert (unmarked(path), artifacts(path)) == (("lost",), ("page",))


def test_replacement_text_stands_for_what_it_encloses(tmp_path: Path) -> None:
    content = (
        b"/P <</MCID 0>> BDC BT /F1 9 Tf (a) Tj "
        b"/Span <</ActualText (b)>> BDC /Span <</ActualText (c)>> BDC (d) Tj EMC EMC (e) Tj ET EMC"
    )
    assert tree(_foreign(content, tmp_path)).kids == ("abe",)


def test_an_outline_shows_properties_in_the_order_of_their_names() -> None:
    node = Node("L", {"b": "2", "a": "1"}, (Node("LI", {}, (" x ", "")),))
    assert outline_text(node) == "L a='1' b='2'\n  LI\n    \"x\""


# ---- fonts ---------------------------------------------------------------------------------------


def _nameless() -> int:
    """A glyph that its face maps from no character."""
    return next(glyph for glyph in range(1, 9999) if synthetic.face().text_of(glyph) is None)


def _alphabet(texts: tuple[tuple[int, str], ...]) -> bytes:
    """A title of 200 glyphs, and one glyph that its face cannot name."""
    root = StructureElement("Document")
    letters = [chr(code) for code in range(0xC0, 0x180) if synthetic.face().has(chr(code))]
    mark = synthetic.words(600, "".join(letters), root.add("H1"), size=3)
    nameless = _nameless()
    (use,) = mark.setting.fonts
    fonts = (use, FontUse(use.face, ((nameless,),), texts))
    object.__setattr__(mark.setting, "fonts", fonts)
    return write(
        [synthetic.page(mark)],
        root,
        palette=synthetic.PALETTE,
        metadata=synthetic.METADATA,
        claims="ua1",
    )


def test_more_glyphs_than_a_block_of_the_map_holds_read_back() -> None:
    said = logical_text(_alphabet(((_nameless(), "ffl"),)))
    assert len(said) > 150
    assert said.startswith("ÀÁÂ")


def test_a_glyph_without_text_is_refused() -> None:
    with pytest.raises(ConformanceError, match="has no text, so it cannot be read aloud"):
        _alphabet(())
