"""The whole job: a packet and articles in, one checked file out."""

import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path

from handouts.bundles import Bundle, Item, find_bundle, read_bundle
from handouts.clinic import Clinic, read_clinic
from handouts.coded import article_of_code
from handouts.errors import PacketError, UsageError
from handouts.files import read_bytes
from handouts.library import Library
from handouts.make import Made, Wish, make_leaflet
from handouts.packet.front import Front, Listed, contents, cover
from handouts.packet.parts import PACKET, Job, Joined, Leaf, Look, PageSize, Part
from handouts.packet.places import place
from handouts.packet.sheets import arrange
from handouts.packet.worker import Worker
from handouts.strings import load
from handouts.values import frozen, replace

LIMIT = 500_000_000
"""Largest packet, in bytes."""


@frozen
class AttachWish:
    """What the user asks for.

    `articles` are ids, files of articles, PDFs, and bundles; `codes` are written `SYSTEM:CODE`.
    `position` is `end`, `start` or `after:N`; `notices` is a folder of PDFs that come last.
    """

    packet: Path
    articles: tuple[str, ...]
    codes: tuple[str, ...] = ()
    clinic: str
    edition: str = ""
    language: str = ""
    cover: bool = False
    contents: bool = False
    duplex: bool = False
    notices: Path | None = None
    position: str = "end"
    beside: bool = False
    restricted: bool = False
    template: Path | None = None
    created: datetime.datetime


@frozen
class Placed:
    """A part of the result: what was made for it (no leaflet: None), and its pages from 1."""

    part: Part
    made: Made | None
    note: str
    first: int
    pages: int


@frozen
class Attached:
    """A finished packet, or leaflets beside one.

    `packet_sha256` and `packet_pages` (0 beside a packet) are of the packet as it was given.
    """

    content: bytes
    joined: Joined | None
    placed: tuple[Placed, ...]
    clinic: Clinic
    packet_sha256: str
    packet_pages: int
    pages: int
    beside: bool
    created: datetime.datetime
    warnings: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The digest of the file (hex)."""
        return hashlib.sha256(self.content).hexdigest()


def attach(wish: AttachWish, library: Library, worker: Worker) -> Attached:
    """Join leaflets to a packet, or to each other beside one; nothing is written.

    Raises:
        PacketError: The packet cannot take them; the message has nothing of its content.
        HandoutsError: A leaflet cannot be made.
    """
    packet = read_bytes(wish.packet, limit=LIMIT, error=PacketError)
    digest = hashlib.sha256(packet).hexdigest()
    clinic_path = library.resolve_clinic(wish.clinic)
    clinic = read_clinic(clinic_path)
    found = None if wish.beside else worker.look(packet, restricted=wish.restricted)
    before = _before(wish.position, len(found.pages) if found else 0)
    items, bundle = _items(wish, clinic, clinic_path, library)
    drafts = [*_leaflets(items, wish, library), *_notices(wish.notices)]
    _check_new(drafts, found)
    assembly = _Assembly(wish, clinic, library, worker, drafts, bundle)
    attached = assembly.attached(packet, digest, found, before)
    if hashlib.sha256(read_bytes(wish.packet, limit=LIMIT, error=PacketError)).hexdigest() != digest:
        hint = "Run the command again when nobody writes to it"
        raise PacketError("the packet changed while leaflets were attached", hint=hint)
    return attached


def _before(position: str, pages: int) -> int:
    """Say how many of the packet's pages stand before the leaflets."""
    word, colon, number = position.partition(":")
    if word in ("end", "start") and not colon:
        return pages if word == "end" else 0
    if word != "after" or not number.isdecimal():
        hint = "Write end, start, or after:N with the number of a page"
        raise UsageError(f"--position {position!r} is no position", hint=hint)
    if pages and not 1 <= int(number) <= pages:
        hint = f"The packet has {pages} pages"
        raise UsageError(f"--position {position}: there is no such page", hint=hint)
    return int(number)


# ---- what is attached --------------------------------------------------------------------------


@frozen
class _Draft:
    """A part before anybody knows its place."""

    part: Part
    made: Made | None = None
    note: str = ""


def _items(
    wish: AttachWish, clinic: Clinic, clinic_path: Path, library: Library
) -> tuple[list[Item], Bundle | None]:
    """Open bundles and codes; the first bundle's words stand on the cover."""
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


def _leaflets(items: Sequence[Item], wish: AttachWish, library: Library) -> list[_Draft]:
    return [
        _document(Path(item.article), "document")
        if item.article.lower().endswith(".pdf")
        else _leaflet(item, wish, library)
        for item in items
    ]


def _leaflet(item: Item, wish: AttachWish, library: Library) -> _Draft:
    made = make_leaflet(
        Wish(
            article=item.article,
            clinic=wish.clinic,
            edition=item.edition or wish.edition,
            language=wish.language,
            template=wish.template,
            created=wish.created,
        ),
        library,
    )
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
    return _Draft(part=part, made=made, note=item.note)


def _document(path: Path, kind: str) -> _Draft:
    """Read a PDF of the clinic's own; its name is its title."""
    content = read_bytes(path, limit=LIMIT, error=UsageError)
    words = path.stem.replace("-", " ").replace("_", " ").strip()
    part = Part(kind=kind, title=words[:1].upper() + words[1:], content=content)  # type: ignore[arg-type]  # two of the kinds
    return _Draft(part=part)


def _notices(folder: Path | None) -> list[_Draft]:
    """Read the notices in the order of their names."""
    if folder is None:
        return []
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="--notices wants a folder of PDFs")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".pdf")
    if not files:
        raise UsageError(f"{folder} holds no PDF", hint="--notices wants a folder of PDFs")
    return [_document(path, "notice") for path in files]


def _check_new(drafts: Sequence[_Draft], packet: Look | None) -> None:
    """Refuse a leaflet that the packet has already, or that is asked for twice."""
    met = set(packet.leaflets) if packet else set()
    for draft in drafts:
        if not draft.made:
            continue
        identifier, name = draft.part.identifier, draft.made.article.id
        if packet and identifier in packet.leaflets:
            hint = "Attach the others, or start from the packet without it"
            raise PacketError(f"the leaflet {name!r} is already attached", hint=hint)
        if identifier in met:
            raise UsageError(f"the leaflet {name!r} is asked for twice", hint="Name it once")
        met.add(identifier)


# ---- putting it together -----------------------------------------------------------------------


class _Assembly:
    """Everything that is to be one file, and the order of its pages."""

    def __init__(
        self,
        wish: AttachWish,
        clinic: Clinic,
        library: Library,
        worker: Worker,
        drafts: list[_Draft],
        bundle: Bundle | None,
    ) -> None:
        self._wish, self._clinic, self._worker = wish, clinic, worker
        self._drafts = drafts
        self._sizes = [self._look(draft.part).pages for draft in drafts]
        folders = (wish.template, library.templates)
        self._front = Front(
            clinic=clinic,
            language=wish.language or clinic.languages[0],
            paper=clinic.paper,
            ink=clinic.ink,
            created=wish.created,
            folders=tuple([folder for folder in folders if folder is not None]),
            title=bundle.title if bundle else "",
            lead=bundle.lead if bundle else "",
        )

    def attached(self, packet: bytes, digest: str, found: Look | None, before: int) -> Attached:
        """Make cover and contents, join, and say where everything is."""
        fronts, leaves = self._fronts(found, before)
        drafts = [*fronts, *self._drafts]
        parts = [draft.part for draft in drafts]
        joined = self._joined(packet, found, parts, leaves)
        warnings = [warning for draft in drafts if draft.made for warning in draft.made.warnings]
        return Attached(
            content=joined.content if joined else parts[0].content,
            joined=joined,
            placed=tuple(self._placed(drafts, leaves)),
            clinic=self._clinic,
            packet_sha256=digest,
            packet_pages=len(found.pages) if found else 0,
            pages=len(leaves),
            beside=self._wish.beside,
            created=self._wish.created,
            warnings=(*warnings, *(joined.warnings if joined else ())),
        )

    def _look(self, part: Part) -> Look:
        try:
            return self._worker.look(part.content)
        except PacketError as error:
            what = error.what.replace("the file", f"the PDF {part.title!r}", 1)
            raise PacketError(what, hint="Attach the others without it") from error

    # ---- cover and contents --------------------------------------------------------------------

    def _fronts(self, found: Look | None, before: int) -> tuple[list[_Draft], tuple[Leaf, ...]]:
        """Make them; the contents' own length moves what they list, so they may be made twice."""
        fronts = [self._cover()] if self._wish.cover else []
        sizes = [self._look(draft.part).pages for draft in fronts]
        if not self._wish.contents:
            return fronts, self._leaves(found, before, sizes)
        last = (PageSize(612.0, 792.0),)
        while True:
            leaves = self._leaves(found, before, [*sizes, last])
            draft = self._contents(found, leaves, len(fronts) + 1)
            own = self._look(draft.part).pages
            if len(own) == len(last) and own[0].paper == last[0].paper:
                return [*fronts, draft], leaves
            last = own

    def _leaves(
        self, found: Look | None, before: int, fronts: list[tuple[PageSize, ...]]
    ) -> tuple[Leaf, ...]:
        sizes = [*fronts, *self._sizes]
        return arrange(
            found.pages if found else (),
            sizes,
            before=before if found else 0,
            fronts=len(fronts),
            duplex=self._wish.duplex,
        )

    def _cover(self) -> _Draft:
        rows = [
            self._listed(draft, len(size))
            for draft, size in zip(self._drafts, self._sizes, strict=True)
            if draft.part.kind != "notice"
        ]
        words = load(self._front.language).packet
        return _Draft(part=self._front_part("cover", words["cover"], cover(self._front, rows)))

    def _contents(self, found: Look | None, leaves: tuple[Leaf, ...], fronts: int) -> _Draft:
        words = load(self._front.language).packet
        rows = [
            replace(
                self._listed(draft, 0),
                first=leaves.index(Leaf(fronts + number, 0)) + 1,
                link=place(fronts + number),
            )
            for number, draft in enumerate(self._drafts)
        ]
        if found:
            first = leaves.index(Leaf(PACKET, 0)) + 1
            link = place(fronts + len(self._drafts))
            rows.append(Listed(title=words["papers"], language="", pages=0, first=first, link=link))
        rows.sort(key=lambda row: row.first)
        made = contents(self._front, rows)
        return _Draft(part=self._front_part("contents", words["contents"], made))

    def _front_part(self, kind: str, title: str, content: bytes) -> Part:
        language = self._front.language
        return Part(kind=kind, title=title, content=content, language=language)  # type: ignore[arg-type]  # as above

    def _listed(self, draft: _Draft, pages: int) -> Listed:
        language = "" if draft.part.language == self._front.language else draft.part.language
        return Listed(title=draft.part.title, language=language, pages=pages, note=draft.note)

    # ---- joining -------------------------------------------------------------------------------

    def _joined(
        self, packet: bytes, found: Look | None, parts: list[Part], leaves: tuple[Leaf, ...]
    ) -> Joined | None:
        """Join to the packet; beside one, to the first part, which needs nothing if it is alone."""
        job = Job(
            packet=packet,
            parts=tuple(parts),
            leaves=leaves,
            created=self._wish.created,
            restricted=self._wish.restricted,
        )
        if found:
            return self._worker.join(job)
        if len(parts) == 1:
            return None
        moved = [leaf if leaf.part < 0 else Leaf(leaf.part - 1, leaf.page) for leaf in leaves]
        return self._worker.join(
            replace(
                job,
                packet=parts[0].content,
                base=parts[0].kind,
                parts=tuple(parts[1:]),
                leaves=tuple(moved),
                restricted=False,
            )
        )

    def _placed(self, drafts: list[_Draft], leaves: tuple[Leaf, ...]) -> list[Placed]:
        return [
            Placed(
                part=draft.part,
                made=draft.made,
                note=draft.note,
                first=leaves.index(Leaf(number, 0)) + 1,
                pages=sum([leaf.part == number for leaf in leaves]),
            )
            for number, draft in enumerate(drafts)
        ]
