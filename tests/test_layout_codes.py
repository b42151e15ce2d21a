"""QR codes: those of another encoder, module for module, and read back as the address they hold."""

import string

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from qrcodegen import QrCode, QrSegment

from handouts.errors import LayoutError
from handouts.layout.figures import qr_path

QUIET = 4
PATH = string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%\\|^{}"


def _modules(url: str) -> list[list[bool]]:
    """The modules that a path paints dark, top row first, its quiet zone included."""
    size, path = qr_path(url, QUIET)
    dark = [[False] * size for _ in range(size)]
    words = path.split()
    for x, y, length, height, operator in zip(*[iter(words)] * 5, strict=True):
        assert (height, operator) == ("1", "re")
        for at in range(int(x), int(x) + int(length)):
            dark[size - 1 - int(y)][at] = True
    return dark


def _reference(url: str, mask: int) -> list[list[bool]]:
    segments = [QrSegment.make_bytes(url.encode())]
    code = QrCode.encode_segments(segments, QrCode.Ecc.MEDIUM, boostecl=False, mask=mask)
    sides = range(-QUIET, code.get_size() + QUIET)
    return [[code.get_module(x, y) for x in sides] for y in sides]


@pytest.mark.parametrize("length", [18, 19, 26, 27, 42, 43, 61, 62])
def test_a_code_is_that_of_another_encoder_but_for_its_mask(length: int) -> None:
    url = f"https://a.example/{'leaflet-' * 6}"[:length]
    assert any(_modules(url) == _reference(url, mask) for mask in range(8))


@given(st.text(PATH, min_size=1, max_size=44))
def test_a_code_is_read_as_its_address(path: str) -> None:
    url = f"https://a.example/{path}"
    pixels = bytes([0 if dark else 255 for row in _modules(url) for dark in row for _ in range(4)])
    side = len(_modules(url))
    rows = [pixels[at : at + 4 * side] for at in range(0, len(pixels), 4 * side)]
    picture = b"".join([row * 4 for row in rows])
    image = zxingcpp.ImageView(picture, 4 * side, 4 * side, zxingcpp.ImageFormat.Lum)
    (read,) = zxingcpp.read_barcodes(image)
    assert (read.text, read.ec_level) == (url, "M")


@pytest.mark.parametrize("letter", ["ñ", "я", "日", "ไ", "😀"])
def test_an_address_with_other_letters_has_a_code(letter: str) -> None:
    url = "https://a.example/" + letter * (44 // len(letter.encode()))
    assert len(_modules(url)) <= 37 + 2 * QUIET


def test_an_address_of_too_many_bytes_has_none() -> None:
    with pytest.raises(LayoutError, match="too long for a QR code"):
        qr_path("https://a.example/" + "ñ" * 23, QUIET)
