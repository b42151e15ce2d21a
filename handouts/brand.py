"""What a clinic's brand becomes on paper: colours by role, logos, fonts, and what to warn of."""

from pathlib import Path

from handouts.clinic import Clinic, read_clinic
from handouts.logos import Logo, open_logo, warnings
from handouts.swatches import Swatch, brand_roles, swatches
from handouts.theme import load_theme
from handouts.typefaces import typefaces
from handouts.values import frozen

_EDITION = "standard"
"""The edition whose header says how large a logo is."""

_FACES = ("regular", "medium", "semibold", "bold", "italic", "serif")


@frozen
class BrandReport:
    """A clinic's colours, its logos (the one for black ink last), and its faces with their names."""

    clinic: Clinic
    swatches: tuple[Swatch, ...]
    logos: tuple[Logo, ...]
    faces: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def brand_report(path: Path) -> BrandReport:
    """Read a clinic's file and everything that its brand names.

    Raises:
        ClinicError: The file is wrong.
        AssetError: A logo or a font cannot be used.
    """
    clinic = read_clinic(path)
    brand, theme = clinic.brand, load_theme(_EDITION, "colour")
    files = dict.fromkeys([file for file in (brand.logo, brand.logo_black) if file])
    logos = tuple([open_logo(file, theme) for file in files])
    faces = typefaces(brand)
    return BrandReport(
        clinic=clinic,
        swatches=tuple(swatches(brand_roles(brand, black=False))),
        logos=logos,
        faces=tuple([(name, next(faces.chain(name)).postscript_name) for name in _FACES]),
        warnings=tuple([said for logo in logos for said in warnings(logo)]),
    )
