"""Image XObjects (ISO 32000-1, 8.9): encoded once per process, named by what they show."""

import hashlib
from functools import lru_cache

from handouts.marks import Image
from handouts.pdf.syntax import stream

_LEVEL = 9
"""Level of deflating: a sixth less than the usual one for 6 ms, once a process."""
_COLOUR_SPACES = {1: b"/DeviceGray", 3: b"/DeviceRGB"}


@lru_cache(maxsize=256)
def image_name(image: Image) -> str:
    """Give the image's resource name, the same in every file."""
    form = f"{image.width} {image.height} {image.components} {image.encoding} ".encode()
    digest = hashlib.md5(form + image.palette + image.pixels, usedforsecurity=False)
    return f"Im{digest.hexdigest()[:12]}"


@lru_cache(maxsize=256)
def image_stream(image: Image) -> bytes:
    """Encode an image, eight bits a component; data that is compressed already stays as it is."""
    dictionary = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b"
        % (
            image.width,
            image.height,
            _colour_space(image),
        )
    )
    if image.encoding == "raw":
        return stream(dictionary, image.pixels, level=_LEVEL)
    return stream(dictionary + _FILTERS[image.encoding] % _parameters(image), image.pixels, level=0)


def _colour_space(image: Image) -> bytes:
    """Name the colour space; a palette's colours are looked up (8.6.6.3)."""
    if not image.palette:
        return _COLOUR_SPACES[image.components]
    last = len(image.palette) // 3 - 1
    return b"[/Indexed/DeviceRGB %d<%b>]" % (last, image.palette.hex().encode())


_FILTERS = {
    "png": b"/Filter/FlateDecode/DecodeParms<</Predictor 15%b>>",
    "jpeg": b"/Filter/DCTDecode%b",
}


def _parameters(image: Image) -> bytes:
    """Say how a PNG's rows are predicted (ISO 32000-1, 7.4.4.4)."""
    return (
        b"/Colors %d/Columns %d" % (image.components, image.width)
        if image.encoding == "png"
        else b""
    )
