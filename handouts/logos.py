"""A clinic's logos: which one goes on paper, how large, and what is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

from handouts.clinic import Brand
from handouts.images import fitted, load_image, resolution
from handouts.marks import Image
from handouts.remembered import Remembered
from handouts.theme import Theme
from handouts.units import MM
from handouts.values import frozen

_DOTS = 300
"""Dots per inch below which a logo looks coarse in print."""

_LOWEST, _NARROWEST = 24.0, 12.0
"""Points below which a logo's words and signs are lost."""


@frozen
class Logo:
    """A logo as it is printed: its file's name, its picture, its size in points, dots per inch.

    `clear` is the white that it keeps on each side, in points.
    """

    file: str
    image: Image
    width: float
    height: float
    dots: int
    clear: float

    @property
    def size(self) -> str:
        """Its size in words."""
        return f"{self.width:.0f} × {self.height:.0f} points ({self.width / MM:.0f} × {self.height / MM:.0f} mm)"


def open_logo(path: str, theme: Theme) -> Logo:
    """Read a logo and fit it into the box of an edition's header.

    Raises:
        AssetError: It cannot be used.
    """
    image = load_image(path, (theme.header.logo_width, theme.header.logo_height))
    return _LOGOS.result((image, theme), (path,), lambda: _logo(path, image, theme))


_LOGOS: Remembered[Logo] = Remembered(128)


def _logo(path: str, image: Image, theme: Theme) -> Logo:
    shape = theme.header
    box = (shape.logo_width, shape.logo_height)
    width, height = fitted(image, box)
    return Logo(
        file=Path(path).name,
        image=image,
        width=width,
        height=height,
        dots=resolution(image, box),
        clear=height * shape.logo_clear,
    )


def logo_file(brand: Brand, *, black: bool) -> str:
    """Give the logo that goes with an ink, or "": the one for black, where there is one."""
    return (brand.logo_black if black else "") or brand.logo


def warnings(logo: Logo) -> Iterator[str]:
    """Say what a person will see on paper."""
    if logo.dots < _DOTS:
        yield f"the logo {logo.file} prints at {logo.dots} dpi; {_DOTS} look sharp"
    if logo.height < _LOWEST:
        yield (
            f"the logo {logo.file} is so wide that it prints {logo.size}, lower than {_LOWEST:.0f} points:"
            " take a version that is at most 6 times as wide as high"
        )
    if logo.width < _NARROWEST:
        yield (
            f"the logo {logo.file} is so high that it prints {logo.size}, narrower than"
            f" {_NARROWEST:.0f} points: take a version that is at most 3 times as high as wide"
        )
