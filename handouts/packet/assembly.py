"""Putting a packet together: cover, contents, the order of pages, and the join."""

import hashlib
from collections.abc import Sequence

from handouts.errors import PacketError
from handouts.packet.drafts import Draft, check_new
from handouts.packet.front import Front, Listed, contents, cover
from handouts.packet.parts import PACKET, Job, Joined, Kind, Leaf, Look, PageSize, Part
from handouts.packet.places import place
from handouts.packet.sheets import arrange
from handouts.packet.wish import Attached, AttachWish, Placed
from handouts.packet.worker import Worker
from handouts.strings import load
from handouts.values import replace


class Assembly:
    """Everything that is to be one file, and the order of its pages.

    Args:
        wish: What the user asks for.
        front: How cover and contents are made.
        drafts: What is attached, in this order.
        worker: The process that opens PDFs.
    """

    def __init__(
        self, wish: AttachWish, front: Front, drafts: Sequence[Draft], worker: Worker
    ) -> None:
        self._wish, self._front, self._worker = wish, front, worker
        self._looks = [self._look(draft.part) for draft in drafts]
        self._drafts = list(map(_identified, drafts, self._looks))
        self._sizes = [look.pages for look in self._looks]

    def attached(self, packet: bytes, found: Look | None, before: int) -> Attached:
        """Make cover and contents, join, and say where everything is.

        Args:
            packet: The packet's bytes.
            found: What it is; None leaves it alone.
            before: The number of its pages that stand before the leaflets.

        Raises:
            PacketError: It cannot take them.
            UsageError: A leaflet is asked for twice.
        """
        check_new(self._drafts, self._looks, found)
        fronts, leaves = self._fronts(found, before)
        drafts = [*fronts, *self._drafts]
        parts = [draft.part for draft in drafts]
        joined = self._joined(packet, found, parts, leaves)
        warnings = [warning for draft in drafts if draft.made for warning in draft.made.warnings]
        return Attached(
            content=joined.content if joined else parts[0].content,
            joined=joined,
            placed=tuple(self._placed(drafts, leaves)),
            clinic=self._front.clinic,
            packet_sha256=hashlib.sha256(packet).hexdigest(),
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

    def _fronts(self, found: Look | None, before: int) -> tuple[list[Draft], tuple[Leaf, ...]]:
        """Make them; the contents' own length moves what they list, so they may be made twice."""
        fronts = [self._cover()] if self._wish.cover else []
        sizes = [self._look(draft.part).pages for draft in fronts]
        if not self._wish.contents:
            return fronts, self._leaves(found, before, sizes)
        last: tuple[PageSize, ...] = (PageSize(612.0, 792.0),)
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

    def _cover(self) -> Draft:
        rows = [
            self._listed(draft, len(size))
            for draft, size in zip(self._drafts, self._sizes, strict=True)
            if draft.part.kind != "notice"
        ]
        words = load(self._front.language).packet
        return Draft(part=self._front_part("cover", words["cover"], cover(self._front, rows)))

    def _contents(self, found: Look | None, leaves: tuple[Leaf, ...], fronts: int) -> Draft:
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
        return Draft(part=self._front_part("contents", words["contents"], made))

    def _front_part(self, kind: Kind, title: str, content: bytes) -> Part:
        language = self._front.language
        return Part(kind=kind, title=title, content=content, language=language)

    def _listed(self, draft: Draft, pages: int) -> Listed:
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

    def _placed(self, drafts: list[Draft], leaves: tuple[Leaf, ...]) -> list[Placed]:
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


def _identified(draft: Draft, look: Look) -> Draft:
    """A PDF of the clinic's own that is a leaflet is known by its UUID, as those made here."""
    if draft.part.identifier or len(look.leaflets) != 1:
        return draft
    return replace(draft, part=replace(draft.part, identifier=look.leaflets[0]))
