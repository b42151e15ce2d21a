import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import synthetic
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from handouts.errors import AssetError
from handouts.images import load_image, resolution
from handouts.marks import Image, ImageMark
from handouts.pdf.write import write
from handouts.structure import StructureElement

BOX = (150.0, 40.0)
SIZE = (600, 160)
RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)
DARK, LIGHT = (60, 60, 60), (200, 200, 200)
Colour = tuple[int, ...]
Draw = Callable[[], bytes]


# ---- pictures --------------------------------------------------------------------------------------


def _halves(mode: str, left: object, right: object, size: tuple[int, int] = SIZE) -> Pillow.Image:
    picture = Pillow.new(mode, size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


def _saved(picture: Pillow.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(
    rows: bytes, *, depth: int = 8, colour: int = 2, interlace: int = 0, size: Colour = SIZE
) -> bytes:
    """A PNG of ready rows: Pillow writes neither interlaced nor 16-bit colour pictures."""
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, interlace)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join([_chunk(*part) for part in parts])


def _sixteen_bits(left: Colour, right: Colour, colour: int) -> bytes:
    half = [b"".join([struct.pack(">H", 257 * part) for part in side]) for side in (left, right)]
    row = b"\0" + half[0] * (SIZE[0] // 2) + half[1] * (SIZE[0] // 2)
    return _png(row * SIZE[1], depth=16, colour=colour)


def _interlaced() -> bytes:
    pixels = _halves("RGB", RED, BLUE).load()
    width, height = SIZE
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4))
    passes += ((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = [
        b"\0" + b"".join([bytes(pixels[x, y]) for x in range(x0, width, dx)])
        for x0, y0, dx, dy in passes
        for y in range(y0, height, dy)
    ]
    return _png(b"".join(rows), interlace=1)


def _rgb() -> Pillow.Image:
    return _halves("RGB", RED, BLUE)


PICTURES: dict[str, tuple[Draw, Colour, Colour]] = {
    "RGB": (lambda: _saved(_rgb()), RED, BLUE),
    "grey": (lambda: _saved(_halves("L", 60, 200)), DARK, LIGHT),
    "two levels": (lambda: _saved(_halves("L", 0, 255).convert("1")), (0, 0, 0), WHITE),
    "palette": (lambda: _saved(_rgb().quantize(4)), RED, BLUE),
    "alpha": (lambda: _saved(_halves("RGBA", (*RED, 255), (0, 0, 0, 0))), RED, WHITE),
    "grey with alpha": (lambda: _saved(_halves("LA", (60, 255), (0, 0))), DARK, WHITE),
    "half transparent": (lambda: _saved(_halves("RGBA", (0, 0, 0, 51), BLUE)), (204,) * 3, BLUE),
    "transparent grey": (lambda: _saved(_halves("L", 60, 0), transparency=0), DARK, WHITE),
    "transparent colour": (lambda: _saved(_rgb(), transparency=BLUE), RED, WHITE),
    "16 bits": (lambda: _sixteen_bits(RED, BLUE, 2), RED, BLUE),
    "16 bits of grey": (lambda: _sixteen_bits((60,), (200,), 0), DARK, LIGHT),
    "16 bits with alpha": (lambda: _sixteen_bits((*RED, 255), (*BLUE, 0), 6), RED, WHITE),
    "interlaced": (_interlaced, RED, BLUE),
    "JPEG": (lambda: _saved(_rgb(), "JPEG"), RED, BLUE),
    "progressive JPEG": (lambda: _saved(_rgb(), "JPEG", progressive=True), RED, BLUE),
    "grey JPEG": (lambda: _saved(_halves("L", 60, 200), "JPEG"), DARK, LIGHT),
    "CMYK JPEG": (lambda: _saved(_rgb().convert("CMYK"), "JPEG"), RED, BLUE),
}


def _loaded(content: bytes, folder: Path, box: tuple[float, float] = BOX) -> Image:
    path = folder / "logo.png"
    path.write_bytes(content)
    return load_image(str(path), box)


def _printed(image: Image) -> Pillow.Image:
    """What a viewer shows of the picture on a page, one pixel a point."""
    root = StructureElement("Document")
    title = synthetic.words(700, "Logo", root.add("H1"))
    figure = root.add("Figure", alt="Logo")
    mark = ImageMark(x=0, y=0, width=150, height=40, image=image, element=figure)
    page = synthetic.page(title, mark)
    pdf = write([page], root, palette=synthetic.PALETTE, metadata=synthetic.METADATA, claims="ua1")
    shown = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    return shown.crop((0, shown.height - 40, 150, shown.height))


def _is_near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 3


@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_looks_on_paper_as_it_is(name: str, tmp_path: Path) -> None:
    draw, left, right = PICTURES[name]
    shown = _printed(_loaded(draw(), tmp_path))
    for x in (2, 40, 70):
        assert _is_near(shown.getpixel((x, 20)), left)
        assert _is_near(shown.getpixel((149 - x, 20)), right)


def _colourful(colours: int) -> Pillow.Image:
    """A picture that must be decoded, of so many colours, close to each other."""
    picture = Pillow.new("RGBA", (64, 32), (255, 255, 255, 255))
    picture.putdata([(n % colours, 3 + n % colours, 90, 255) for n in range(64 * 32)])
    return picture


@pytest.mark.parametrize("colours", [1, 2, 40, 256])
def test_a_decoded_picture_of_few_colours_has_a_palette_and_the_same_pixels(
    colours: int, tmp_path: Path
) -> None:
    picture = _colourful(colours)
    image = _loaded(_saved(picture), tmp_path)
    assert (image.components, len(image.palette)) == (1, 3 * colours)
    triples = [image.palette[3 * index : 3 * index + 3] for index in image.pixels]
    assert b"".join(triples) == picture.convert("RGB").tobytes()


def test_a_decoded_picture_of_many_colours_keeps_its_pixels(tmp_path: Path) -> None:
    picture = _colourful(64 * 32)
    picture.putdata([(n % 256, n // 8, 90, 255) for n in range(64 * 32)])
    image = _loaded(_saved(picture), tmp_path)
    assert (image.components, image.palette) == (3, b"")
    assert image.pixels == picture.convert("RGB").tobytes()


# ---- turned pictures -------------------------------------------------------------------------------

TURN = Pillow.Transpose
STORED = {
    1: None,
    2: TURN.FLIP_LEFT_RIGHT,
    3: TURN.ROTATE_180,
    4: TURN.FLIP_TOP_BOTTOM,
    5: TURN.TRANSPOSE,
    6: TURN.ROTATE_90,
    7: TURN.TRANSVERSE,
    8: TURN.ROTATE_270,
}
"""Exif's orientation -> how a camera stores an upright picture that it marks so."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("byte_order", ["<", ">"])
@pytest.mark.parametrize("orientation", STORED)
def test_a_picture_that_a_camera_turned_stands_upright(
    orientation: int, byte_order: str, kind: str, tmp_path: Path
) -> None:
    upright = _rgb()
    upright.paste((0, 160, 0), (0, 0, SIZE[0] // 2, SIZE[1] // 2))
    turn = STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Pillow.Exif()
    exif.endian = byte_order
    exif[0x112] = orientation
    image = _loaded(_saved(stored, kind, exif=exif), tmp_path)
    assert (image.width, image.height) == SIZE
    shown = _printed(image)
    corners = [shown.getpixel(at) for at in ((10, 10), (10, 30), (140, 10), (140, 30))]
    assert all(map(_is_near, corners, ((0, 160, 0), RED, BLUE, BLUE)))


# ---- as it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (_saved(_rgb()), "png"),
        (_saved(_halves("L", 60, 200)), "png"),
        (_saved(_rgb(), "JPEG"), "jpeg"),
        (_saved(_halves("L", 60, 200), "JPEG"), "jpeg"),
    ],
)
def test_an_opaque_picture_goes_into_the_file_as_it_is(
    content: bytes, encoding: str, tmp_path: Path
) -> None:
    image = _loaded(content, tmp_path)
    assert image.encoding == encoding
    assert image.pixels in content


def test_more_pixels_than_print_can_show_are_not_kept(tmp_path: Path) -> None:
    image = _loaded(_saved(_halves("RGB", RED, BLUE, (5000, 1000))), tmp_path)
    assert (image.width, image.height) == (2500, 500)
    assert resolution(image, BOX) == 1200


@pytest.mark.parametrize(("size", "dots"), [((600, 100), 288), ((625, 10), 300), ((10, 160), 288)])
def test_resolution_counts_the_dots_of_the_side_that_fills_the_box(
    size: tuple[int, int], dots: int
) -> None:
    assert resolution(Image(*size, 1, b""), BOX) == dots


def test_a_picture_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    first = _loaded(_saved(_rgb()), tmp_path)
    assert _loaded(_saved(_halves("L", 60, 200)), tmp_path) != first


# ---- refused ---------------------------------------------------------------------------------------

GOOD, JPEG = _saved(_rgb()), _saved(_rgb(), "JPEG")
HUGE = struct.pack(">IIBBBBB", 5000, 4001, 8, 2, 0, 0, 0)


def _with_size(content: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its frame header."""
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


REFUSED = {
    "words": (b"Riverbend Clinic", "is no PNG or JPEG"),
    "nothing": (b"", "is no PNG or JPEG"),
    "a GIF": (_saved(_rgb(), "GIF"), "is no PNG or JPEG"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG or JPEG"),
    "a PNG's first bytes": (GOOD[:8], "is damaged"),
    "half a PNG": (GOOD[: len(GOOD) // 2], "is damaged"),
    "a changed PNG": (GOOD[:60] + b"?" + GOOD[61:], "is damaged"),
    "a PNG with too few rows": (_png(b"\0" * 99), "is damaged"),
    "a PNG without width": (_png(b"", size=(0, 5)), "is empty"),
    "a JPEG's first bytes": (JPEG[:3], "is damaged"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "is damaged"),
    "a JPEG without height": (_with_size(JPEG, 9, 0), "is empty"),
    "a PNG of 20.005 megapixels": (
        GOOD[:8] + _chunk(b"IHDR", HUGE) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b""),
        "has 20 megapixels",
    ),
    "a JPEG of 400 megapixels": (_with_size(JPEG, 20_000, 20_000), "has 400 megapixels"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_usable_picture_is_refused_with_its_file(name: str, tmp_path: Path) -> None:
    content, words = REFUSED[name]
    with pytest.raises(AssetError, match=words) as caught:
        _loaded(content, tmp_path)
    assert caught.value.place is not None
    assert caught.value.place.file == str(tmp_path / "logo.png")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["nowhere.png", "."])
def test_a_missing_picture_or_a_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(AssetError):
        load_image(str(tmp_path / name), BOX)


SEEDS = tuple([draw() for draw, *_ in PICTURES.values()])


def _repaired(content: bytes) -> bytes:
    """A PNG with right checksums, so that damage reaches what reads the chunks."""
    made, at = content[:8], 8
    while content.startswith(b"\x89PNG") and at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        made += _chunk(content[at + 4 : at + 8], content[at + 8 : at + 8 + length])
        at += 12 + length
    return made if at > 8 else content


@settings(max_examples=200)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 255)), min_size=1, max_size=4),
    st.just(0) | st.integers(1, 200),
)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_no_damage_leads_to_anything_but_a_picture_or_an_asset_error(
    tmp_path_factory: pytest.TempPathFactory,
    content: bytes,
    changes: list[tuple[int, int]],
    missing: int,
) -> None:
    damaged = bytearray(content)
    for at, byte in changes:
        damaged[at] = byte
    try:
        image = _loaded(
            _repaired(bytes(damaged))[: len(damaged) - missing], tmp_path_factory.getbasetemp()
        )
    except AssetError:
        return
    assert 0 < image.width * image.height <= 20_000_000


@pytest.mark.parametrize("palette", [b"", b"12", b"123" * 257], ids=["none", "cut", "too long"])
def test_a_png_without_a_whole_palette_is_damaged(palette: bytes, tmp_path: Path) -> None:
    whole = _png(b"\0\0\0" * 2, colour=3, size=(2, 2))
    end = whole.index(b"IDAT") - 4
    part = _chunk(b"PLTE", palette) if palette else b""
    with pytest.raises(AssetError, match="damaged"):
        _loaded(whole[:end] + part + whole[end:], tmp_path)
    good = _chunk(b"PLTE", b"123" * 2)
    assert _loaded(whole[:end] + good + whole[end:], tmp_path).palette == b"123" * 2
