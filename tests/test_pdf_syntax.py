import io
import re
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from pypdf.generic import TextStringObject, read_object

from handouts.pdf.icc import srgb
from handouts.pdf.syntax import number, numbers, stream, text_string, uri_string


def _read(written: bytes) -> object:
    return read_object(io.BytesIO(written + b" "), None)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.001, "0"), (12.0, "12"), (12.5, "12.5"), (1e6, "1000000"), (0.005001, "0.01")],
)
def test_a_number_has_no_more_digits_than_it_needs(value: float, written: str) -> None:
    assert number(value) == written


@given(st.floats(-20000, 20000))
def test_a_number_is_right_to_a_hundredth_point(value: float) -> None:
    written = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,2})?", written)
    assert abs(float(written) - value) <= 0.00501


def test_numbers_stand_apart() -> None:
    assert numbers(1, 2.5, -3) == "1 2.5 -3"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_text_string_reads_back(words: str) -> None:
    read = _read(text_string(words))
    assert isinstance(read, TextStringObject)
    assert read == words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_uri_is_ascii(words: str) -> None:
    assert uri_string(words).isascii()


def test_an_end_of_line_stands_before_endstream_whatever_the_content() -> None:
    for content in (b"", b"a", b"a\n"):
        assert stream(b"", content, level=0).endswith(content + b"\nendstream\n")
    packed = re.search(rb"stream\n(.*)\nendstream", stream(b"", b"a" * 999), re.DOTALL)
    assert zlib.decompress(packed[1]) == b"a" * 999


def test_a_stream_that_deflating_makes_no_smaller_stays_as_it_is() -> None:
    few, many = (stream(b"/Type/X", b"0 0 m 1 1 l S\n" * count) for count in (1, 99))
    assert few == b"<</Type/X/Length 14>>\nstream\n0 0 m 1 1 l S\n\nendstream\n"
    assert b"/Filter/FlateDecode" in many


def test_the_profile_is_srgb() -> None:
    content = srgb()
    assert struct.unpack(">I", content[:4]) == (len(content),)
    assert content[36:40] == b"acsp"
    ours, theirs = ImageCms.ImageCmsProfile(io.BytesIO(content)), ImageCms.createProfile("sRGB")
    colours = Image.new("RGB", (3, 1))
    colours.putdata([(0, 120, 138), (226, 112, 58), (255, 255, 255)])
    converted = ImageCms.profileToProfile(colours, ours, theirs)
    differences = zip(colours.tobytes(), converted.tobytes(), strict=True)
    assert max(abs(one - two) for one, two in differences) <= 1
