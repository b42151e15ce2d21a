"""A clinic's one or two brand colours become the nine colour roles of a leaflet.

Roles are derived in OKLCH: the hue is held, lightness is lowered until the contrast is enough, and
chroma is clipped to sRGB.
Contrast is WCAG 2.x, measured in colour and again in the grey that a mono printer makes of it; the
worse result counts, so a leaflet stays legible on a black-and-white laser and a photocopier.

Source: WCAG 2.2, contrast ratio and relative luminance; B. Ottosson, "A perceptual color space for
image processing" (OKLab).
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from handouts.errors import ClinicError
from handouts.values import fields, frozen

Rgb = tuple[int, int, int]
"""Coded sRGB values, 0 to 255."""

Lch = tuple[float, float, float]
"""OKLCH: lightness 0 to 1, chroma, hue in radians."""

Channels = tuple[float, float, float]
"""Linear-light sRGB, 0 to 1 inside the gamut."""

WHITE, BLACK = "#FFFFFF", "#000000"
ALARM = "#A3121A"
"""Fixed: red stands for emergencies only, whatever the brand."""

NEUTRAL = "#3D5A73"
"""The colour of a clinic without one: a quiet slate blue."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 24


@frozen
class Roles:
    """The colours of a leaflet by what they are for, each as `#RRGGBB`."""

    text: str
    white: str
    ink: str
    fill: str
    rule: str
    line: str
    tint: str
    accent: str
    alarm: str

    def palette(self) -> Mapping[str, str]:
        """Give role -> colour, in the order of the palette's entries (`marks.COLOURS`).

        The same colours give the very same mapping, by which impressions are kept.
        """
        return _palette(self)


@cache
def _palette(roles: Roles) -> Mapping[str, str]:
    return MappingProxyType({part.name: getattr(roles, part.name) for part in fields(Roles)})


# ---- public functions --------------------------------------------------------------------------


def parse_colour(words: str) -> str:
    """Check a colour as people write it, and give it as `#RRGGBB`.

    Raises:
        ClinicError: The text is anything but `#` and six hexadecimal digits.
    """
    if not _HEX.fullmatch(words):
        raise ClinicError(
            f"{words[:20]!r} is no colour",
            hint="Write # and six hexadecimal digits in quotes, for example '#00788A'.",
        )
    return words.upper()


def grey(colour: str) -> str:
    """Give the grey that a mono printer driver makes of a colour: weights on the coded values."""
    return _hex(_grey(_rgb(colour)))


def contrast(one: str, other: str) -> float:
    """Give the WCAG contrast ratio of two colours, 1 to 21."""
    return _ratio(_luminance(_rgb(one)), _luminance(_rgb(other)))


def oklch(colour: str) -> Lch:
    """Give a colour's lightness (0 to 1), chroma and hue (radians) in OKLCH."""
    return _oklch(_rgb(colour))


@cache
def roles(colours: tuple[str, ...]) -> Roles:
    """Derive the roles from one or two brand colours; the second only serves as the accent.

    Raises:
        ClinicError: There are no colours, more than two, or one is not `#rrggbb`.
    """
    if not 1 <= len(colours) <= 2:  # noqa: PLR2004  (the sentence below says it)
        raise ClinicError(
            f"a brand has one or two colours, not {len(colours)}",
            hint="Write for example colours = ['#00788A', '#E2703A'].",
        )
    first, *second = [oklch(parse_colour(words)) for words in colours]
    white = (255, 255, 255)
    tint = _rgb_of(_capped(first, lightness=0.967, chroma=0.016))
    return Roles(
        text=BLACK,
        white=WHITE,
        ink=_hex(_darken(_at_most(first, 0.40), (white, tint), 9.0)),
        fill=_hex(_darken(_at_most(first, 0.52), (white,), 5.5)),
        rule=_hex(_darken(first, (white,), 3.0)),
        line=_hex(_rgb_of(_capped(first, lightness=0.78, chroma=0.06))),
        tint=_hex(tint),
        accent=_hex(_darken(second[0] if second else first, (white,), 3.0)),
        alarm=ALARM,
    )


def black_roles() -> Roles:
    """Give the roles of black ink (`ink = "black"`): black on white, no tint, no screens."""
    return Roles(
        text=BLACK,
        white=WHITE,
        ink=BLACK,
        fill=BLACK,
        rule=BLACK,
        line=BLACK,
        tint=WHITE,
        accent=BLACK,
        alarm=BLACK,
    )


# ---- derivation --------------------------------------------------------------------------------


def _at_most(colour: Lch, lightness: float) -> Lch:
    own, chroma, hue = colour
    return min(own, lightness), chroma, hue


def _capped(colour: Lch, *, lightness: float, chroma: float) -> Lch:
    _, own, hue = colour
    return lightness, min(own, chroma), hue


def _darken(colour: Lch, grounds: tuple[Rgb, ...], target: float) -> Rgb:
    """Give the lightest colour, not above this one, that reaches the target on every ground."""
    if _worst(_rgb_of(colour), grounds) >= target:
        return _rgb_of(colour)
    _, chroma, hue = colour
    found = _largest(
        colour[0], lambda light: _worst(_rgb_of((light, chroma, hue)), grounds) >= target
    )
    return _rgb_of((found, chroma, hue))


def _largest(limit: float, passes: Callable[[float], bool]) -> float:
    """Bisect [0, limit] for the largest value that passes, given that 0 does."""
    low, high = 0.0, limit
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if passes(middle) else (low, middle)
    return low


# ---- contrast ----------------------------------------------------------------------------------


def _decoded(value: int) -> float:
    coded = value / 255
    return coded / 12.92 if coded <= 0.04045 else ((coded + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  (sRGB, IEC 61966-2-1)


_LINEAR = tuple(_decoded(value) for value in range(256))


def _luminance(rgb: Rgb) -> float:
    red, green, blue = rgb
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _grey(rgb: Rgb) -> Rgb:
    red, green, blue = rgb
    value = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return value, value, value


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _worst(rgb: Rgb, grounds: tuple[Rgb, ...]) -> float:
    """Give the lowest contrast on these grounds, in colour and in grey."""
    own, own_grey = _luminance(rgb), _luminance(_grey(rgb))
    return min(
        min(_ratio(own, _luminance(ground)), _ratio(own_grey, _luminance(_grey(ground))))
        for ground in grounds
    )


# ---- colour spaces -----------------------------------------------------------------------------


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*rgb)


def _oklch(rgb: Rgb) -> Lch:
    red, green, blue = (_LINEAR[value] for value in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _linear(colour: Lch) -> Channels:
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


_OUTSIDE = -1e-6
"""A channel below this is outside sRGB; above it is rounding of the matrices, far below 1 of 255."""


@cache
def _most_chroma(hue: float) -> float:
    """Give the largest chroma per unit of lightness at which no channel is negative.

    Linear light is homogeneous in lightness and chroma, so this depends on the hue alone.
    """
    return _largest(1.0, lambda chroma: min(_linear((1.0, chroma, hue))) >= _OUTSIDE)


def _rgb_of(colour: Lch) -> Rgb:
    """Give the coded colour, its chroma clipped to sRGB.

    Only the lower end of a channel needs clipping: colours here are no lighter than the brand's,
    or pale enough that no channel exceeds 1 by more than rounding.
    """
    lightness, chroma, hue = colour
    channels = _linear(colour)
    if min(channels) < _OUTSIDE:
        channels = _linear((lightness, min(chroma, lightness * _most_chroma(hue)), hue))
    red, green, blue = (_coded(value) for value in channels)
    return red, green, blue


def _coded(value: float) -> int:
    light = min(max(value, 0.0), 1.0)
    coded = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004  (sRGB)
    return round(255 * coded)
