"""The clinic: who gives the leaflet out, how to reach them, and their rules for other people's text."""

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from handouts.article import ID
from handouts.errors import ClinicError
from handouts.files import contained
from handouts.language_tag import LANGUAGE
from handouts.records import record
from handouts.toml import KeyPath, Problem, Toml, read_toml, refuse
from handouts.values import field, fields, frozen, replace

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_EDITION = re.compile(r"[a-z0-9-]{1,80}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_EXTENSION = re.compile(r"[\s,;]*(?:ext|extension|x|#)\.?\s*\d+\s*$", re.IGNORECASE)
_CALL = re.compile(
    r"(?!.{0,20}\d[\s-]\d)([^\d]{1,17}\d{2,4})(?=[\s.,;:]|$)[\s.,;:]*(.*)", re.DOTALL
)
_CALL_LENGTH = 20


@frozen
class TextPolicy:
    """Order of sections and wording of heads: the reader's, the source's, or "" for no wish."""

    order: Literal["", "reader", "source"] = ""
    heads: Literal["", "reader", "source"] = ""


@frozen
class Fonts:
    """A clinic's own typefaces: font files, which have full paths once read.

    `heading` is for the title and heads, the others for text; "" takes the nearest that is there.
    """

    regular: str
    bold: str
    heading: str
    medium: str = ""
    semibold: str = ""
    italic: str = ""


@frozen
class Brand:
    """One or two colours (`#rrggbb`), the logo's files and the fonts, with full paths once read.

    With `letterhead` the leaflets are printed on paper that has the clinic's head already.
    """

    colours: tuple[str, ...] = ()
    logo: str = ""
    logo_black: str = ""
    logo_alt: str = ""
    letterhead: bool = False
    fonts: Fonts | None = None


@frozen
class Licence:
    """A licence that the clinic holds for a rights holder's text; valid on its last day, too.

    `abridge` says that it allows leaflets with parts of the text only.
    """

    holder: str
    reference: str
    expires: datetime.date | None = None
    abridge: bool = False


@frozen
class ReviewMonths:
    """The age of a review, in months, above which to warn and to refuse (None: never)."""

    warn: int = 24
    fail: int | None = None


@frozen
class Spoken:
    """The clinic's words in another language than its first; "" keeps the words as they are."""

    hours: str = ""
    after_hours: str = ""
    emergency: str = ""
    address: tuple[str, ...] = ()


@frozen
class Clinic:
    """A clinic as its file says; `languages` and `editions` have the default one first.

    `emergency` is "" when the leaflet shall have no emergency box; `words` are the clinic's words
    in other languages; `fields` are its own words for its templates.
    """

    id: str
    name: str
    phone: str
    after_hours: str = ""
    hours: str = ""
    address: tuple[str, ...] = ()
    website: str = ""
    email: str = ""
    emergency: str = ""
    paper: Literal["letter", "a4"] = "letter"
    languages: tuple[str, ...] = ("en",)
    editions: tuple[str, ...] = ("standard",)
    ink: Literal["colour", "black"] = "colour"
    label: Literal["90x50", "avery-5163", "avery-5160"] = "90x50"
    rights: Literal["warn", "refuse"] = "warn"
    review_months: ReviewMonths = field(default_factory=ReviewMonths)
    text: TextPolicy = field(default_factory=TextPolicy)
    brand: Brand = field(default_factory=Brand)
    licences: tuple[Licence, ...] = ()
    words: Mapping[str, Spoken] = field(default_factory=dict, hash=False)
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)

    def in_language(self, language: str) -> "Clinic":
        """The clinic with its words in a language, as far as it has them."""
        spoken = self.words.get(language) or self.words.get(language.partition("-")[0])
        if spoken is None:
            return self
        said = {part.name: getattr(spoken, part.name) for part in fields(Spoken)}
        return replace(self, **{name: words for name, words in said.items() if words})

    def foreign_language(self, language: str) -> str:
        """Give the language of the clinic's own words where it has none in a leaflet's, or ""."""
        base, own = language.partition("-")[0], self.languages[0]
        if own.partition("-")[0] == base:
            return ""
        known = {*self.words, *(tag.partition("-")[0] for tag in self.words)}
        return "" if base in known or language in known else own

    @property
    def phone_href(self) -> str:
        """The phone number as a link."""
        return tel(self.phone)

    @property
    def after_hours_href(self) -> str:
        """The number for after hours as a link."""
        return tel(self.after_hours)

    @property
    def emergency_parts(self) -> tuple[str, str]:
        """The emergency words as what to call ("Call 911") and the rest, or "" and the whole."""
        match = _CALL.fullmatch(self.emergency)
        if not match or len(match[1]) > _CALL_LENGTH:
            return "", self.emergency
        return match[1], match[2]


@lru_cache(maxsize=1024)
def tel(phone: str) -> str:
    """Turn a phone number as people write it into a `tel:` link.

    "" when it cannot be dialled as it stands (no digits, or letters for digits); an extension and
    the "(0)" of an international number are left out.
    """
    number = _EXTENSION.sub("", phone)
    plus = "+" if number.lstrip().startswith("+") else ""
    if plus:
        number = number.replace("(0)", "")
    if re.search(r"[^\W\d_]", number):
        return ""
    digits = "".join(re.findall(r"[0-9]", number))
    return f"tel:{plus}{digits}" if digits else ""


def read_clinic(path: Path) -> Clinic:
    """Read a clinic's TOML file and check all that can be checked without drawing.

    Raises:
        ClinicError: The file is wrong; all its mistakes are told at once.
    """
    toml = read_toml(path, error=ClinicError)
    clinic = record(Clinic, toml.table, context=toml)
    problems = tuple(_problems(clinic, path, toml))
    if problems:
        refuse(problems, toml)
    return replace(clinic, brand=_brand(clinic, path))


def _brand(clinic: Clinic, path: Path) -> Brand:
    """Give logos and fonts their full paths, and the logo a description."""
    brand, fonts = clinic.brand, clinic.brand.fonts

    def whole(name: str) -> str:
        return str(path.parent / name) if name else ""

    return replace(
        brand,
        logo=whole(brand.logo),
        logo_black=whole(brand.logo_black),
        logo_alt=brand.logo_alt or (clinic.name if brand.logo or brand.logo_black else ""),
        fonts=fonts
        and Fonts(**{part.name: whole(getattr(fonts, part.name)) for part in fields(Fonts)}),
    )


def _problems(clinic: Clinic, path: Path, toml: Toml) -> Iterator[Problem]:
    yield from _identity(clinic, path)
    yield from _contact(clinic)
    yield from _choices(clinic)
    yield from _looks(clinic, path)
    yield from _characters(toml.table, ())


def _identity(clinic: Clinic, path: Path) -> Iterator[Problem]:
    if not ID.fullmatch(clinic.id):
        yield Problem(("id",), f"{clinic.id!r} is no id", "Use a-z, 0-9 and -, 80 at most.")
    elif clinic.id != path.stem:
        hint = f"Name the file {clinic.id}.toml, or change the id."
        yield Problem(("id",), f"the id {clinic.id!r} is not the file's name", hint)
    if not clinic.name.strip():
        yield Problem(("name",), "name is empty", "Write the clinic's name.")


def _contact(clinic: Clinic) -> Iterator[Problem]:
    for key in ("phone", "after_hours"):
        number = getattr(clinic, key)
        if (key == "phone" or number) and not re.search(r"\d{2}", number):
            yield Problem(
                (key,), f"{key} {number!r} is no phone number", "Write it as it is printed."
            )
    if clinic.email and not _EMAIL.fullmatch(clinic.email):
        yield Problem(("email",), f"{clinic.email!r} is no e-mail address")


def _choices(clinic: Clinic) -> Iterator[Problem]:
    for key, pattern, wanted in (
        ("languages", LANGUAGE, 'tags such as "en" or "es-MX"'),
        ("editions", _EDITION, 'names such as "standard" or "large-print"'),
    ):
        names = getattr(clinic, key)
        if not names:
            yield Problem((key,), f"{key} is empty", f"Write {wanted}; the first is the default.")
        for index, name in enumerate(names):
            if not pattern.fullmatch(name):
                yield Problem((key, index), f"{name!r} in {key} is wrong", f"Write {wanted}.")
    months = clinic.review_months
    if months.warn < 1 or (months.fail is not None and months.fail < months.warn):
        hint = "Write months above 0, with fail no smaller than warn."
        yield Problem(("review_months",), "review_months is wrong", hint)


def _looks(clinic: Clinic, path: Path) -> Iterator[Problem]:
    brand = clinic.brand
    if len(brand.colours) > 2:  # noqa: PLR2004  (a brand has one or two)
        yield Problem(("brand", "colours"), "colours has more than two colours", "Keep two.")
    for index, colour in enumerate(brand.colours):
        if not _COLOUR.fullmatch(colour):
            hint = 'Write # and six digits of 0-9 and a-f, such as "#00788a".'
            yield Problem(("brand", "colours", index), f"{colour!r} is no colour", hint)
    for keys, name in _files(brand):
        if not name and keys[-1] in ("regular", "bold", "heading"):
            yield Problem(keys, f"{'.'.join(keys)} names no file", "Name a .ttf file.")
        if name and (what := _file_problem(path.parent, name)):
            yield Problem(keys, f"{keys[-1]}: {what}", f"Put the file into {path.parent}.")


def _files(brand: Brand) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the files that a brand names, each with its key."""
    for key in ("logo", "logo_black"):
        yield ("brand", key), getattr(brand, key)
    for part in fields(Fonts) if brand.fonts else ():
        yield ("brand", "fonts", part.name), getattr(brand.fonts, part.name)


def _file_problem(folder: Path, name: str) -> str:
    try:
        file = contained(folder, name, error=ClinicError)
    except ClinicError as failure:
        return failure.what
    return "" if file.is_file() else f"there is no file {name!r}"


def _characters(value: object, path: KeyPath) -> Iterator[Problem]:
    """Find control characters, which no line of a leaflet can show."""
    from handouts.characters import control  # noqa: PLC0415  (keeps the import of clinic light)

    match value:
        case str():
            if found := control(value):
                yield Problem(path, f"the value holds {found[0].name}", "Delete it.")
        case list():
            for index, item in enumerate(value):
                yield from _characters(item, (*path, index))
        case dict():
            for key, item in value.items():
                yield from _characters(item, (*path, key))
