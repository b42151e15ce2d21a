"""Joining parts to a packet: the packet is the base, and everything of the whole file is its own."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import pikepdf

from handouts.packet.claims import UA, drop_claims, kept_claims
from handouts.packet.doubts import has_faults
from handouts.packet.labels import part_labels, read_labels, write_labels
from handouts.packet.opening import look, open_pdf
from handouts.packet.outline_join import add_entries, check_outline, copied_entries, entry_for
from handouts.packet.parts import BLANK, PACKET, Job, Joined, Part
from handouts.packet.places import PLACE
from handouts.packet.structure_graft import drop_tags, free_key, graft, has_tree
from handouts.packet.structure_places import Places
from handouts.packet.structure_walk import kids
from handouts.packet.writing import written

_Object: TypeAlias = Any
_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_SHARED = {"/AcroForm", "/OCProperties", "/Names", "/Dests"}
"""Entries of the catalog that pages cannot do without."""

_WITH_OUTLINE = ("cover", "contents", "leaflet")
"""Parts whose own outline is good enough to be taken over."""

_FOLDED = (
    "leaflets that are folded: {}; print them from files of their own, turned over the short edge"
)
_UNTAGGED = (
    "the packet has no tags, so those of the leaflets were left out: for somebody who listens, give"
    " the leaflets as files of their own"
)
_UNDIVIDED = (
    "the packet's tags cannot be divided at that page, so screen readers read the leaflets after"
    " the packet"
)
_REMAPPED = "the packet gives standard tags another meaning, which leaflets share now"


def join(job: Job) -> Joined:
    """Join the parts to the packet.

    Raises:
        PacketError: The packet or a part cannot be joined.
    """
    return _Joining(job).joined()


class _Joining:
    """A join under way: the packet as it grows, and what is to be told."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._base = open_pdf(job.packet, restricted=job.restricted)
        check_outline(self._base)
        self._before = look(self._base)
        self._doubtful = UA in self._before.claims and has_faults(self._base)
        self._linearised = self._base.is_linearized
        self._labels = read_labels(self._base)
        self._packet_pages = [page.obj for page in self._base.pages]
        self._sources: list[_Object] = []  # what was copied may still read from them
        self._pages: list[list[_Object]] = []
        self._entries: list[_Object] = []
        self._claims: list[tuple[str, ...]] = []
        self._version = "1.7"
        self._key = free_key(self._base) if self._before.tagged else 0
        self._renamed = 0
        self._tagged_parts = self._untagged_parts = self._folded_parts = 0
        self._remapped = False
        tree = self._base.Root.get("/StructTreeRoot", {})
        self._places = Places(tree, self._packet_pages)

    def joined(self) -> Joined:
        for number, part in enumerate(self._job.parts):
            self._add(number, part)
        self._place()
        self._lead()
        add_entries(self._base, self._entries)
        kinds = [*(part.kind for part in self._job.parts), self._job.base]
        labels = part_labels(self._job.leaves, kinds, self._labels)
        write_labels(self._base, labels)
        self._drop_usage_rights()
        claims = self._claim()
        content = written(self._base, version=self._version, linearised=self._linearised)
        return Joined(
            content=content,
            tags=self._tags(),
            claims=claims,
            encrypted=self._before.encrypted,
            renamed_fields=self._renamed,
            claims_dropped=bool(set(self._before.claims) - set(claims)),
            added=self._places.added,
            warnings=(*self._before.warnings, *self._told(claims)),
        )

    # ---- parts ---------------------------------------------------------------------------------

    def _add(self, number: int, part: Part) -> None:
        """Copy a part's pages to the end, with its fields, layers, tags and outline."""
        pdf = open_pdf(part.content)
        self._sources.append(pdf)
        start = len(self._base.pages)
        self._copy(pdf)
        pages = [self._base.pages[at].obj for at in range(start, len(self._base.pages))]
        self._claims.append(look(pdf).claims)
        viewing = pdf.Root.get("/ViewerPreferences", {})
        self._folded_parts += viewing.get("/Duplex") == "/DuplexFlipShortEdge"
        self._version = max(self._version, pdf.pdf_version)
        grafted = self._graft(pdf, pages, page=self._pages_before(number))
        self._note(part, pages[0])
        self._pages.append(pages)
        own = part.kind in _WITH_OUTLINE and copied_entries(self._base, pdf, tagged=grafted)
        self._entries += own or [entry_for(self._base, part.title, pages[0])]

    def _copy(self, pdf: _Object) -> None:
        """Copy a document's pages to the end, with its fields, layers and names if it has some.

        Otherwise qpdf need not look at the packet's own form: it would mend what is wrong there.
        """
        if not _SHARED & set(pdf.Root.keys()):
            for page in pdf.pages:
                self._base.pages.append(page)
            return
        layers = "preserve" if "/OCProperties" in pdf.Root else "ignore"
        added = self._base.add_pages_from(pdf, layers=layers, outlines="ignore")
        self._renamed += len(added.renamed_fields)

    def _graft(self, pdf: _Object, pages: Sequence[_Object], *, page: int) -> bool:
        """Bring the part's tags along when the packet has some, too; else take its keys off."""
        if not has_tree(pdf):
            self._untagged_parts += 1
            return False
        self._tagged_parts += 1
        if not self._before.tagged:
            drop_tags(pages)
            return False
        place = self._places.place(page, len(kids(pdf.Root.StructTreeRoot)))
        done = graft(self._base, pdf, pages, key=self._key, place=place)
        self._key, self._remapped = done.key, self._remapped or done.remapped
        return True

    def _pages_before(self, number: int) -> int:
        """Say how many pages of the packet stand before a part."""
        order = [leaf.part for leaf in self._job.leaves]
        return order[: order.index(number)].count(PACKET)

    def _note(self, part: Part, page: _Object) -> None:
        """Write a leaflet's UUID into its first page, so that it is not attached again."""
        if not part.identifier:
            return
        moment = pikepdf.String(self._job.created.strftime("D:%Y%m%d%H%M%S+00'00'"))
        private = pikepdf.Dictionary(Leaflet=pikepdf.String(part.identifier))
        data = pikepdf.Dictionary(LastModified=moment, Private=private)
        page.PieceInfo = pikepdf.Dictionary(Handouts=data)
        page.LastModified = moment

    def _lead(self) -> None:
        """Let the contents lead to pages; a part of ours in the packet's place is the first part."""
        parts = list(zip([part.kind for part in self._job.parts], self._pages, strict=True))
        own = (self._job.base, self._packet_pages)
        whole = [own, *parts] if self._job.base else [*parts, own]
        listing = [page for kind, pages in whole if kind == "contents" for page in pages]
        _lead_to_places(listing, [pages[0] for _, pages in whole])

    # ---- the whole file ------------------------------------------------------------------------

    def _place(self) -> None:
        """Bring the pages into their order; those of the packet are not touched."""
        leaves, pages = self._job.leaves, self._base.pages
        del pages[len(self._before.pages) :]
        for at, leaf in enumerate(leaves):
            if leaf.part == BLANK:
                pages.insert(at, self._blank(pages[at - 1].obj))
            elif leaf.part != PACKET:
                pages.insert(at, self._page(self._pages[leaf.part][leaf.page]))

    def _page(self, page: _Object) -> _Object:
        return pikepdf.Page(page)

    def _blank(self, model: _Object) -> _Object:
        """Make an empty page that looks like another: nothing on it is content."""
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary())
        for key in _BOXES:
            if key in model:
                page[key] = model[key]
        page.Contents = self._base.make_stream(b"")
        return pikepdf.Page(self._base.make_indirect(page))

    def _drop_usage_rights(self) -> None:
        if "/Perms" in self._base.Root:  # others than usage rights were refused
            del self._base.Root.Perms

    def _claim(self) -> tuple[str, ...]:
        sound = self._before.tagged and not self._remapped and not self._doubtful
        ours = ("cover", "contents", "leaflet")
        kinds = [self._job.base, *(part.kind for part in self._job.parts)]
        own = all(kind in ours for kind in kinds)
        kept = kept_claims(self._before.claims, self._claims, own=own, sound=sound)
        if set(self._before.claims) - set(kept):
            drop_claims(self._base, but=kept)
        return kept

    def _tags(self) -> Literal["joined", "dropped", "none"]:
        if not self._tagged_parts:
            return "none"
        return "joined" if self._before.tagged else "dropped"

    def _told(self, claims: Sequence[str]) -> list[str]:
        lost = ", ".join(sorted(set(self._before.claims) - set(claims)))
        tagged = self._before.tagged
        folded, renamed = self._folded_parts, self._renamed
        facts: tuple[tuple[object, str], ...] = (
            (lost, f"the packet claimed {lost}; of the joined file nobody proved it"),
            (self._doubtful, f"the packet claims {UA}, and is not"),
            (self._tagged_parts and not tagged, _UNTAGGED),
            (folded, _FOLDED.format(folded)),
            (
                tagged and self._untagged_parts,
                f"parts without tags: {self._untagged_parts}; screen readers skip them",
            ),
            (self._places.undivided, _UNDIVIDED),
            (self._remapped, _REMAPPED),
            (renamed, f"form fields renamed, since the packet has their names: {renamed}"),
        )
        return [words for holds, words in facts if holds]


def _lead_to_places(pages: Sequence[_Object], targets: Sequence[_Object]) -> None:
    """Turn the links of the contents into destinations: the first page of each part, and the packet."""
    for note in [note for page in pages for note in page.get("/Annots", ())]:
        address = str(note.get("/A", {}).get("/URI", ""))
        if match := PLACE.fullmatch(address):
            target = pikepdf.Array([targets[int(match[1])], pikepdf.Name.Fit])
            note.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=target)
