"""Bundles: ordered lists of articles that are handed out together, `bundles/<id>.toml`."""

from collections.abc import Sequence
from pathlib import Path

from handouts.article import ID
from handouts.errors import UsageError
from handouts.files import contained
from handouts.records import record
from handouts.toml import Problem, read_toml, refuse
from handouts.values import frozen


@frozen
class Item:
    """One article of a bundle: its id, an edition ("" for the usual one), and a line on the cover."""

    article: str
    edition: str = ""
    note: str = ""


@frozen
class Bundle:
    """A bundle as its file says.

    `title` and `lead` stand on the cover; `clinics` are the ids of those that use it (none: all).
    """

    leaflets: tuple[Item, ...]
    title: str = ""
    lead: str = ""
    clinics: tuple[str, ...] = ()


def find_bundle(argument: str, folders: Sequence[Path]) -> Path | None:
    """Give a bundle's file by its path (which ends in `.toml`) or its id, if there is one.

    The first folder that has it wins: a clinic's own bundles come before the library's.
    """
    if argument.endswith(".toml"):
        return Path(argument)
    if not ID.fullmatch(argument):
        return None
    files = [contained(folder, f"{argument}.toml") for folder in folders]
    return next((file for file in files if file.is_file()), None)


def read_bundle(path: Path, clinic: str) -> Bundle:
    """Read a bundle for a clinic.

    Raises:
        UsageError: The file is wrong, or the bundle is another clinic's.
    """
    toml = read_toml(path, error=UsageError)
    bundle = record(Bundle, toml.table, context=toml)
    if not bundle.leaflets:
        refuse((Problem(("leaflets",), "the bundle is empty", "Write [[leaflets]]."),), toml)
    if bundle.clinics and clinic not in bundle.clinics:
        there = ", ".join(bundle.clinics)
        what = f"the bundle is not for the clinic {clinic!r}"
        refuse((Problem(("clinics",), what, f"It is for: {there}."),), toml)
    return bundle
