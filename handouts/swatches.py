"""What becomes of a clinic's colours: each role, what it is for, and how well it can be read."""

from collections.abc import Iterator, Mapping

from handouts.clinic import Brand
from handouts.colour import NEUTRAL, Roles, black_roles, contrast, grey, roles
from handouts.values import frozen

_USES: Mapping[str, tuple[str, float, tuple[str, ...]]] = {
    "text": ("all text below 15 points", 9.0, ("white", "tint")),
    "ink": ("section heads, icons", 9.0, ("white", "tint")),
    "fill": ("discs under white numerals", 5.5, ("white",)),
    "rule": ("borders, rules, the header's bar", 3.0, ("white",)),
    "accent": ("the short part of that bar", 3.0, ("white",)),
    "alarm": ("emergency boxes, never the brand's", 5.5, ("white",)),
    "line": ("hairlines that mean nothing", 0.0, ()),
    "tint": ("ground of strips and boxes' heads", 0.0, ()),
    "white": ("paper, numerals on discs", 0.0, ()),
}
"""Role -> what it is for, the contrast it must have, and on which grounds (docs/design.md)."""


@frozen
class Swatch:
    """A role's colour and its contrast (1 to 21) with white and with the tint, in colour and in grey.

    `least` is what it must reach on its grounds, 0 for decoration; `worst` is what it reaches.
    """

    role: str
    colour: str
    use: str
    grey: str
    on_white: float
    on_white_grey: float
    on_tint: float
    on_tint_grey: float
    least: float
    worst: float


def brand_roles(brand: Brand, *, black: bool) -> Roles:
    """Give a brand's colours by role; one without colours gets a quiet slate blue.

    Raises:
        ClinicError: A colour is wrong.
    """
    return black_roles() if black else roles(brand.colours or (NEUTRAL,))


def swatches(palette: Roles) -> Iterator[Swatch]:
    """Yield each role of a palette, the ones that carry text first."""
    colours = palette.palette()
    for role, (use, least, grounds) in _USES.items():
        colour = colours[role]

        def on(ground: str, colour: str = colour) -> tuple[float, float]:
            other = colours[ground]
            return contrast(colour, other), contrast(grey(colour), grey(other))

        worst = min([ratio for ground in grounds for ratio in on(ground)], default=0.0)
        yield Swatch(
            role=role,
            colour=colour,
            use=use,
            grey=grey(colour),
            on_white=on("white")[0],
            on_white_grey=on("white")[1],
            on_tint=on("tint")[0],
            on_tint_grey=on("tint")[1],
            least=least,
            worst=worst,
        )
