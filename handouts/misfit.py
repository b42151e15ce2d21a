"""What does not fit, in words for a person: what it is, and what to shorten in which file.

Layout knows slots by their names only; here is what stands in them and who wrote it.
"""

from collections.abc import Iterator
from pathlib import Path

from handouts.article import Article
from handouts.clinic import Clinic
from handouts.errors import ClinicError, HandoutsError, LayoutError, Place
from handouts.files import line_of
from handouts.layout.slots import SlotError
from handouts.rights import needs_licence
from handouts.toml import KeyPath, read_toml
from handouts.values import frozen

_APPROVER = "approval.by"


@frozen(kw_only=False)
class _Words:
    """What the words of a slot are, and the keys of the clinic's file that they come from."""

    are: str
    keys: tuple[str, ...] = ()


_SLOTS = {
    "header": _Words("the clinic's name and phone at the top of page 1", ("name", "phone")),
    "contact": _Words(
        "the clinic's words in the boxes that say whom to call",
        ("hours", "after_hours", "emergency", "phone"),
    ),
    "approval": _Words(
        "the clinic's name, address and website, with who approved the leaflet,",
        ("name", "address", "website", "licences", _APPROVER),
    ),
    "phone": _Words("the words of the line with the clinic's phone", ("phone",)),
    "offer": _Words("the words that offer the leaflet in other forms", ("phone",)),
    "note": _Words("the words of the note beside the title"),
}
"""Slot -> what is in it; templates may have slots of their own."""


@frozen(kw_only=False)
class _Field:
    """What somebody wrote: where in a file, and the words themselves."""

    path: KeyPath
    words: str

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path))


def misfit(
    error: SlotError, article: Article, article_path: Path, clinic: Clinic, clinic_path: Path
) -> HandoutsError:
    """Say in words for a person which words do not fit, and whose they are: the longest ones'."""
    words = _SLOTS.get(error.slot) or _Words(f"the clinic's words in the place {error.slot!r}")
    what = (
        f"{words.are} need {error.needed:.0f} points of height, there is room for {error.room:.0f}"
    )
    written = [field for key in words.keys for field in _fields(key, error.slot, article, clinic)]
    written.sort(key=lambda field: -len(field.words))
    if not written:
        return ClinicError(what, place=Place(str(clinic_path)), hint=error.hint)
    longest, *others = written
    if longest.name == _APPROVER:
        place = Place(str(article_path), line_of(article_path, "[approval]", longest.words))
        return LayoutError(what, place=place, hint=_hint([longest]))
    place = read_toml(clinic_path, error=ClinicError).place(longest.path)
    own = [field for field in others if field.name != _APPROVER]
    return ClinicError(what, place=place, hint=_hint([longest, *own]))


def _fields(key: str, slot: str, article: Article, clinic: Clinic) -> Iterator[_Field]:
    """Yield what stands in a slot of one key, in the words that the leaflet has."""
    if key == _APPROVER:
        yield from _field(tuple(key.split(".")), article.approval.by)
    elif key == "licences":
        held = clinic.licences if needs_licence(article.rights) else ()
        yield from _field((key,), " ".join([f"{one.holder} {one.reference}" for one in held]))
    elif not (
        key == "name" and slot == "header" and clinic.brand.logo
    ):  # which stands in its place
        yield from _spoken(key, article.language, clinic)


def _spoken(key: str, language: str, clinic: Clinic) -> Iterator[_Field]:
    """Yield the clinic's words of a key, as it has them in a language."""
    tag = next((one for one in (language, language.partition("-")[0]) if one in clinic.words), "")
    own = getattr(clinic.words[tag], key, "") if tag else ""
    yield from _field(("words", tag, key), own) if own else _field((key,), getattr(clinic, key))


def _field(path: KeyPath, words: str | tuple[str, ...]) -> Iterator[_Field]:
    """Yield a field, unless it is empty."""
    if words:
        yield _Field(path, words if isinstance(words, str) else ", ".join(words))


_WORTH = 0.2
"""Words are worth shortening when they have at least this part of the longest ones' length."""


def _hint(written: list[_Field]) -> str:
    """Say what to shorten, the longest first."""
    least = _WORTH * len(written[0].words)
    worth = [field for field in written if len(field.words) >= least]
    return f"Shorten {' or '.join([f'{one.name} ({len(one.words)} characters)' for one in worth])}"
