"""What is to be attached: leaflets that are made, PDFs that are there, notices."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from handouts.bundles import Bundle, Item, find_bundle, read_bundle
from handouts.clinic import Clinic
from handouts.coded import article_of_code
from handouts.errors import PacketError, UsageError
from handouts.files import read_bytes
from handouts.library import Library
from handouts.make import Made, Wish, make_leaflet, with_values
from handouts.packet.parts import Look, Part
from handouts.packet.wish import LIMIT, AttachWish
from handouts.values import frozen


@frozen
class Draft:
    """A part before anybody knows its place."""

    part: Part
    made: Made | None = None
    note: str = ""


def items_of(
    wish: AttachWish, clinic: Clinic, clinic_path: Path, library: Library
) -> tuple[list[Item], Bundle | None]:
    """Open bundles and codes; give the first bundle, too, whose words stand on the cover.

    Raises:
        UsageError: There is nothing, or a name, bundle or code is wrong.
    """
    folders = (clinic_path.with_suffix("") / "bundles", library.folder / "bundles")
    items: list[Item] = []
    first: Bundle | None = None
    for argument in wish.articles:
        file = find_bundle(argument, folders)
        if file is None:
            items.append(Item(article=argument))
            continue
        if argument in library.articles:
            hint = f"Give the bundle as {file}, or rename one of the two"
            raise UsageError(f"{argument!r} is both an article and a bundle", hint=hint)
        bundle = read_bundle(file, clinic.id)
        items += bundle.leaflets
        first = first or bundle
    items += [Item(article=article_of_code(code, library)) for code in wish.codes]
    if not items:
        raise UsageError("there is nothing to attach", hint="Name an article, a bundle or a --code")
    return items, first


def leaflets_of(items: Sequence[Item], wish: AttachWish, library: Library) -> list[Draft]:
    """Make the leaflets, and read the PDFs of the clinic's own.

    Raises:
        HandoutsError: One of them cannot be made or read.
    """
    wishes = [_wish(item, wish) for item in items if not _is_pdf(item)]
    filled = iter(with_values(wishes, wish.values, library))
    return [
        _document(Path(item.article), "document")
        if _is_pdf(item)
        else _leaflet(make_leaflet(next(filled), library), item.note)
        for item in items
    ]


def _is_pdf(item: Item) -> bool:
    return item.article.lower().endswith(".pdf")


def _wish(item: Item, wish: AttachWish) -> Wish:
    return Wish(
        article=item.article,
        clinic=wish.clinic,
        edition=item.edition or wish.edition,
        language=wish.language,
        template=wish.template,
        created=wish.created,
    )


def _leaflet(made: Made, note: str) -> Draft:
    if made.rendering.medium != "pdf":
        hint = "Choose another edition"
        raise UsageError(f"the edition {made.edition} is no PDF; it cannot be attached", hint=hint)
    part = Part(
        kind="leaflet",
        title=made.article.title,
        content=made.rendering.content,
        identifier=made.leaflet.identifier,
        language=made.article.language,
    )
    return Draft(part=part, made=made, note=note)


def _document(path: Path, kind: Literal["document", "notice"]) -> Draft:
    """Read a PDF of the clinic's own; its name is its title."""
    content = read_bytes(path, limit=LIMIT, error=UsageError)
    words = path.stem.replace("-", " ").replace("_", " ").strip()
    part = Part(kind=kind, title=words[:1].upper() + words[1:], content=content)
    return Draft(part=part)


def notices_of(folder: Path | None) -> list[Draft]:
    """Read the notices of a folder in the order of their names; hidden files are none.

    Raises:
        UsageError: It is no folder of PDFs, or may not be read.
    """
    if folder is None:
        return []
    try:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", hint="--notices wants a folder of PDFs")
        files = sorted(path for path in folder.iterdir() if _is_notice(path))
    except OSError as failure:
        hint = f"The system says: {failure.strerror}."
        raise UsageError(f"the folder {folder} cannot be read", hint=hint) from failure
    if not files:
        raise UsageError(f"{folder} holds no PDF", hint="--notices wants a folder of PDFs")
    return [_document(path, "notice") for path in files]


def _is_notice(path: Path) -> bool:
    """Whether a file is one by its name; copying from other systems leaves `._notice.pdf` behind."""
    return path.suffix.lower() == ".pdf" and not path.name.startswith(".")


def check_new(drafts: Sequence[Draft], looks: Sequence[Look], packet: Look | None) -> None:
    """Refuse a leaflet that the packet has already, or that is asked for twice.

    PDFs of the clinic's own may be leaflets, or hold some; `looks` say so.

    Raises:
        PacketError: It has it already.
        UsageError: It is asked for twice.
    """
    there = set(packet.leaflets) if packet else set()
    met: set[str] = set()
    for draft, look in zip(drafts, looks, strict=True):
        name = draft.made.article.id if draft.made else draft.part.title
        if there.intersection(look.leaflets):
            hint = "Attach the others, or start from the packet without it"
            raise PacketError(f"the leaflet {name!r} is already attached", hint=hint)
        if met.intersection(look.leaflets):
            raise UsageError(f"the leaflet {name!r} is asked for twice", hint="Name it once")
        met.update(look.leaflets)
