"""Plates are kept: pages are laid out once for all clinics whose words take the same room.

A plate fits a clinic when the words of every slot that was met have the form of those that it was
made for.  Whether it is there or made anew, the file is the same.
"""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from handouts.compose import Draft, Leaflet
from handouts.document import Blocks, Document, texts
from handouts.layout.boxes import Box
from handouts.layout.flow import lay_out_blocks
from handouts.layout.pages import Layout, NotesPolicy, lay_out
from handouts.layout.paginate import NoRoom
from handouts.layout.setter import Column, FilledSlot, SetSlot, Setter, Site
from handouts.layout.slots import kept, set_slot
from handouts.marks import Image, ImageMark, Imprint, imprints
from handouts.remembered import Remembered
from handouts.structure import StructureElement
from handouts.values import frozen

if TYPE_CHECKING:
    from handouts.pdf.claims import Claims
    from handouts.pdf.plate import Plate
    from handouts.pdf.write import Metadata

Value = TypeVar("Value", bound=Hashable)

Check = Callable[[str], None]
"""Refuses characters that cannot be printed."""


@frozen
class Room:
    """The pages that a leaflet may have: its notes, the most of them, whether imposed; its claims."""

    notes: NotesPolicy
    most: int
    imposed: bool
    claims: "Claims"


@frozen
class Pressed:
    """A plate and the imprints for it, ready to be printed; `pages` is their number."""

    plate: "Plate"
    imprints: tuple[Imprint, ...]
    pages: int
    warnings: tuple[str, ...]


class _Need(NamedTuple):
    """A slot that was met: its number and site, and its words where these are fixed."""

    number: int
    site: Site
    words: SetSlot | None


@frozen(eq=False)
class _Words:
    """The words of all slots that were met, set, their imprints, and all that a plate depends on in them."""

    slots: tuple[SetSlot, ...]
    imprints: tuple[Imprint, ...]
    form: tuple[object, ...]


@frozen(eq=False)
class _Made:
    """What was made of a draft: a plate, or why there is none.

    `form` is that of the words that it is for; `no_room` was never raised, so that it holds no layout
    by its traceback; `order` says for each imprint of the plate which of the words' it is; `images`
    are those that stand on the pages themselves.
    """

    needs: tuple[_Need, ...]
    form: tuple[object, ...]
    plate: "Plate | None" = None
    no_room: NoRoom | None = None
    order: tuple[int, ...] = ()
    images: tuple[Image, ...] = ()
    pages: int = 0
    warnings: tuple[str, ...] = ()


_FORMS = 24
"""Plates that are kept of a draft."""

PLATES: Remembered[list[_Made]] = Remembered(64)
"""The plates of drafts."""

TOGETHER: Remembered[_Words] = Remembered(128)
"""The words of all slots of a leaflet: those of a clinic's next article are mostly the same."""


def pressed(
    leaflet: Leaflet,
    setter: Setter,
    room: Room,
    metadata: "Metadata",
    check: Check,
) -> Pressed:
    """Lay out a leaflet, or take the plate of one that looks the same but for its slots.

    Raises:
        LayoutError: Something does not fit; `SlotError` when it is the clinic's words.
        NoRoom: It needs more pages than it may have, or higher ones.
        ConformanceError: The file would break a standard that it claims.
    """
    if leaflet.draft is None or not leaflet.shared:
        return _pressed(*_make(leaflet, setter, room, metadata, check))
    made = PLATES.result(
        (leaflet.draft, setter.faces),
        (setter.sheet.name, setter.label, room.notes, room.most, room.imposed, room.claims.name),
        list[_Made],
    )
    for one in made:
        words = _words(one.needs, leaflet, leaflet.draft, setter, check)
        if words.form == one.form and _has_images(one, setter):
            _check_words(one, words, metadata, room.claims)
            return _pressed(one, words)
    one, words = _make(leaflet, setter, room, metadata, check)
    made.append(one)
    del made[:-_FORMS]
    return _pressed(one, words)


def _pressed(made: _Made, words: _Words) -> Pressed:
    if made.plate is None:
        raise copy(made.no_room) or NoRoom("")
    said = dict.fromkeys([warning for one in words.slots for warning in one.warnings])
    return Pressed(
        plate=made.plate,
        imprints=tuple([words.imprints[number] for number in made.order]),
        pages=made.pages,
        warnings=(*made.warnings, *said),
    )


# ---- making ------------------------------------------------------------------------------------


def _make(
    leaflet: Leaflet,
    setter: Setter,
    room: Room,
    metadata: "Metadata",
    check: Check,
) -> tuple[_Made, _Words]:
    """Lay out a leaflet and make its plate."""
    from handouts.pdf.write import checked_plate  # noqa: PLC0415  (plain text needs no ReportLab)

    document = leaflet.document
    check(_said(document))
    try:
        layout = lay_out(document, setter, room.notes, most=room.most, imposed=room.imposed)
    except NoRoom as error:
        needs, words = _met(setter.slots)
        return _Made(needs=needs, form=words.form, no_room=copy(error)), words
    plate = checked_plate(
        layout.pages, layout.root, metadata=metadata, claims=room.claims, folded=layout.folded
    )
    needs, words = _met(setter.slots)
    places = {imprint: number for number, imprint in enumerate(words.imprints)}
    made = _Made(
        needs=needs,
        form=words.form,
        plate=plate,
        order=tuple([places[one] for one in imprints(layout.pages) if not one.common]),
        images=tuple(_own_images(layout, setter.slots)),
        pages=len(layout.pages),
        warnings=tuple(setter.warnings),
    )
    return made, words


def _said(document: Document) -> str:
    """All that a leaflet says, with what stands on every page."""
    footer = document.footer
    blocks = (*document.blocks, *document.notes)
    return "\n".join([document.title, *texts(blocks), footer.title, footer.about, footer.page])


def _met(slots: Sequence[FilledSlot]) -> tuple[tuple[_Need, ...], _Words]:
    """Say which slots were met, and what is in them."""
    needs = [
        _Need(one.slot.number, _same(one.site), one.words if one.slot.number < 0 else None)
        for one in slots
    ]
    return _same(tuple(needs)), _together([one.words for one in slots])


def _together(slots: Sequence[SetSlot]) -> _Words:
    from handouts.pdf.casting import shape_of  # noqa: PLC0415  (as above)

    form = tuple([(one.form, *[shape_of(imprint) for imprint in one.imprints]) for one in slots])
    imprints = tuple([imprint for one in slots for imprint in one.imprints])
    return _Words(slots=tuple(slots), imprints=imprints, form=_same(form))


@lru_cache(maxsize=512)
def _same(value: Value) -> Value:
    """Give the same object for the same value: it is a part of keys, and compared often."""
    return value


def _own_images(layout: Layout, slots: Sequence[FilledSlot]) -> list[Image]:
    """The pictures on pages, and in slots that are not filled anew."""
    found = [(one.slot.number, imprint) for one in slots for imprint in one.words.imprints]
    fixed = [imprint for number, imprint in found if number < 0 or imprint.common]
    marks = [mark for page in layout.pages for mark in page.marks]
    marks += [mark for one in fixed for part in one.parts for mark in part]
    return [mark.image for mark in marks if isinstance(mark, ImageMark)]


# ---- fitting -----------------------------------------------------------------------------------


def _words(
    needs: tuple[_Need, ...], leaflet: Leaflet, draft: Draft, setter: Setter, check: Check
) -> _Words:
    """Set a leaflet's words for the slots that were met when a plate was made."""

    def make() -> _Words:
        return _together(
            [
                need.words or _set(leaflet.slots[need.number], need.site, draft, setter, check)
                for need in needs
            ]
        )

    return TOGETHER.result(
        (setter.theme, setter.faces, setter.label, needs, *setter.images.values()),
        (leaflet.slots, setter.sheet.name, setter.language),
        make,
    )


def _has_images(made: _Made, setter: Setter) -> bool:
    """Whether the pictures on a plate's pages are those of this clinic."""
    there = [id(image) for image in setter.images.values()] if made.images else []
    return all(id(image) in there for image in made.images)


def _set(content: str, site: Site, draft: Draft, setter: Setter, check: Check) -> SetSlot:
    """Set the words of a slot, or take them from another leaflet that has the same in it."""

    def lay(inner: Blocks, place: Column, element: StructureElement) -> list[Box]:
        return lay_out_blocks(inner, setter, place, element)

    blocks = draft.filled.filling(content).blocks

    def make() -> SetSlot:
        check("\n".join(texts(blocks)))
        return set_slot(blocks, site, setter, lay)

    return kept(blocks, site, setter, make)


def _check_words(made: _Made, words: _Words, metadata: "Metadata", claims: "Claims") -> None:
    """Check what is new on a plate that is there."""
    from handouts.pdf.conformance import check_imprints  # noqa: PLC0415  (as above)

    if made.plate is not None:
        check_imprints([words.imprints[number] for number in made.order], metadata, claims)
