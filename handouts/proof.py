"""The brand proof: one page on which a clinic sees its logo, colours, type and boxes."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from handouts import strings
from handouts.article import Article
from handouts.clinic import Clinic, read_clinic
from handouts.compose import Leaflet, leaflet_id
from handouts.errors import ClinicError, LayoutError, Place
from handouts.fidelity import Fidelity
from handouts.files import package_folder
from handouts.icons import ICONS
from handouts.logos import Logo, logo_file, open_logo
from handouts.render import Output, Rendering, render
from handouts.swatches import Swatch, brand_roles, swatches
from handouts.template import TemplateSet
from handouts.text.faces import FaceSet
from handouts.theme import Theme, load_theme
from handouts.typefaces import typefaces
from handouts.units import PAPERS
from handouts.values import frozen

_EDITION, _LANGUAGE, _TEMPLATE = "standard", "en", "proof.xml"
_FACES = (("Heads", "serif"), ("Text", "regular"), ("Bold", "bold"))
"""What the proof calls a face, and its name in themes."""


@frozen
class ProofWish:
    """What the user asks for; "" leaves the choice to the clinic."""

    clinic: Path
    paper: Literal["", "letter", "a4"] = ""
    ink: Literal["", "colour", "black"] = ""
    created: datetime.datetime


def make_proof(wish: ProofWish) -> Rendering:
    """Make the brand proof of a clinic, in English, as it is for staff.

    Raises:
        HandoutsError: Of the kind that says whose mistake it is.
    """
    clinic = read_clinic(wish.clinic)
    ink = wish.ink or clinic.ink
    theme = load_theme(_EDITION, ink)
    paper = PAPERS[wish.paper or clinic.paper]
    values = _values(clinic, theme, black=ink == "black")
    document = TemplateSet((package_folder("templates"),)).fill(
        _TEMPLATE, {**values, "paper": paper.name, "ink": ink}, _vocabulary(theme, clinic)
    )
    leaflet = Leaflet(
        flow=document,
        identifier=leaflet_id(clinic, _article(clinic), _EDITION),
        fidelity=Fidelity(placed=0, dropped=(), doubled=()),
        warnings=(),
    )
    output = Output(
        theme=theme, paper=paper, ink=ink, claims="ua1", notes="never", created=wish.created
    )
    try:
        return render(leaflet, clinic.brand, clinic.name, output)
    except (LayoutError, ClinicError) as error:  # nothing on the page is anybody's but the clinic's
        raise ClinicError(error.what, place=Place(str(wish.clinic)), hint=error.hint) from error


def _article(clinic: Clinic) -> Article:
    return Article(
        id="brand-proof", kind="proof", title=f"Brand proof: {clinic.name}", language="en"
    )


def _vocabulary(theme: Theme, clinic: Clinic) -> Mapping[str, frozenset[str]]:
    brand = clinic.brand
    return {
        "text role": frozenset(theme.type),
        "icon": frozenset(ICONS),
        "slot": frozenset(theme.slots),
        "picture": frozenset(("logo",) if brand.logo or brand.logo_black else ()),
    }


# ---- values of the template --------------------------------------------------------------------


def _values(clinic: Clinic, theme: Theme, *, black: bool) -> Mapping[str, object]:
    """Everything that `proof.xml` shows."""
    file = logo_file(clinic.brand, black=black)
    logo = open_logo(file, theme) if file else None
    return {
        "article": _article(clinic),
        "clinic": clinic.in_language(_LANGUAGE),
        "words": strings.load(_LANGUAGE),
        "run": {
            "logo": bool(file),
            "own_emergency": False,
            "foreign": clinic.foreign_language(_LANGUAGE),
        },
        "shows": theme.parts,
        "logo": _logo(logo) if logo else None,
        "swatches": tuple(map(_swatch, swatches(brand_roles(clinic.brand, black=black)))),
        "faces": tuple(_faces(typefaces(clinic.brand))),
    }


def _logo(logo: Logo) -> Mapping[str, object]:
    return {"size": logo.size, "white": f"{logo.clear:.0f}", "dots": logo.dots}


def _swatch(one: Swatch) -> Mapping[str, str]:
    ratio = f"{one.worst:.1f} : 1" if one.least else "no text"
    return {"role": one.role, "colour": one.colour, "ratio": ratio, "use": one.use}


def _faces(faces: FaceSet) -> Iterator[str]:
    """Yield what each face is for, and its own name."""
    for use, name in _FACES:
        yield f"{use}: {next(faces.chain(name)).postscript_name}"
