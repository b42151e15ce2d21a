"""The cover and the contents of a packet, set by the same engine as leaflets, and tagged like them."""

import datetime
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from handouts.clinic import Clinic
from handouts.compose import Leaflet
from handouts.document import Document, texts
from handouts.errors import UsageError
from handouts.fidelity import Fidelity
from handouts.files import package_folder
from handouts.icons import ICONS
from handouts.logos import logo_file
from handouts.markup import Vocabulary
from handouts.render import Output, render
from handouts.strings import Strings, load
from handouts.template import TemplateSet
from handouts.text.coverage import gaps
from handouts.theme import FOLDER, Theme, load_theme
from handouts.typefaces import typefaces
from handouts.units import PAPERS
from handouts.values import frozen

_THEMES = Path(__file__).parent / "themes"
_NAMESPACE = uuid.UUID("5b1f7b3e-52a8-5d0e-9d0e-6a3c6f0f4f5e")


@frozen
class Listed:
    """A part as the front names it.

    `language` is "" where it is the front's own; `first` is the page on which it begins, counted
    from the first page of the whole file; `link` leads there.
    """

    title: str
    language: str
    pages: int
    note: str = ""
    first: int = 0
    link: str = ""


@frozen
class Front:
    """What cover and contents have in common; "" for title and lead takes the usual words."""

    clinic: Clinic
    language: str
    paper: str
    ink: Literal["colour", "black"]
    created: datetime.datetime
    folders: tuple[Path, ...]
    claims: str = "ua1"
    title: str = ""
    lead: str = ""


def cover(front: Front, parts: Sequence[Listed]) -> bytes:
    """Make the cover.

    Raises:
        HandoutsError: Its words do not fit, or cannot be printed.
    """
    return _made("packet-cover.xml", front, parts)


def contents(front: Front, parts: Sequence[Listed]) -> bytes:
    """Make the contents.

    Raises:
        HandoutsError: Its words cannot be printed.
    """
    return _made("packet-contents.xml", front, parts)


def _made(template: str, front: Front, parts: Sequence[Listed]) -> bytes:
    words = load(front.language)
    clinic = front.clinic.in_language(front.language)
    name = "packet-a4" if front.paper == "a4" else "packet"
    theme = load_theme(name, front.ink, (_THEMES, FOLDER))
    logo = bool(logo_file(clinic.brand, black=front.ink == "black"))
    values = {
        "clinic": clinic,
        "words": words,
        "packet": _packet(front, parts, words),
        "run": {
            "language": front.language,
            "logo": logo,
            "foreign": clinic.foreign_language(front.language),
            "printed": words.packet["printed"].format(date=words.long_date(front.created.date())),
        },
    }
    templates = TemplateSet((*front.folders, package_folder("templates")))
    document = templates.fill(template, values, _vocabulary(theme, logo=logo))
    _check_characters(document, clinic)
    return render(
        _leaflet(document, template, clinic), clinic.brand, clinic.name, _output(front, theme)
    ).content


def _vocabulary(theme: Theme, *, logo: bool) -> Vocabulary:
    return {
        "text role": frozenset(theme.type),
        "icon": frozenset(ICONS),
        "slot": frozenset(theme.slots),
        "picture": frozenset(("logo",) if logo else ()),
    }


def _packet(front: Front, parts: Sequence[Listed], words: Strings) -> dict[str, object]:
    rows = [
        {
            "title": part.title,
            "language": "" if part.language == front.language else part.language,
            "note": part.note,
            "count": words.packet["page" if part.pages == 1 else "pages"].format(count=part.pages),
            "first": str(part.first),
            "link": part.link,
        }
        for part in parts
    ]
    return {
        "title": front.title or words.packet["title"],
        "lead": front.lead or words.packet["lead"],
        "parts": rows,
    }


def _leaflet(document: Document, template: str, clinic: Clinic) -> Leaflet:
    """A leaflet without an article: nothing to compare it with."""
    return Leaflet(
        flow=document,
        identifier=str(uuid.uuid5(_NAMESPACE, f"{clinic.id}/{template}")),
        fidelity=Fidelity(placed=0, dropped=(), doubled=()),
        warnings=(),
    )


def _output(front: Front, theme: Theme) -> Output:
    return Output(
        theme=theme,
        paper=PAPERS[front.paper],
        ink=front.ink,
        claims=front.claims,
        notes="never",
        created=front.created,
    )


def _check_characters(document: Document, clinic: Clinic) -> None:
    """Refuse titles and notes that the fonts cannot show."""
    said = "\n".join([document.title, *texts(document.blocks)])
    for gap in gaps(said, typefaces(clinic.brand)):
        hint = f"{gap.reason}. Write it in another way"
        raise UsageError(f"{gap.name} cannot be printed on the packet's cover", hint=hint)
