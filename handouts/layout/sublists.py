"""Lists in lists: nearer to the words that they belong to than to what follows."""

from handouts.document import BulletList, Checklist, Item, NumberedList, Paragraph, Steps
from handouts.layout.boxes import Box
from handouts.layout.setter import Column, Lay, Setter
from handouts.structure import StructureElement


def role_of(items: tuple[Item, ...]) -> str:
    """The role of its text: a list in a list is in that of the list round it."""
    return next((one.role for item in items for one in item if isinstance(one, Paragraph)), "body")


def laid_small(
    item: Item, setter: Setter, column: Column, element: StructureElement, lay: Lay
) -> list[Box]:
    """Lay out an item of small print: a list is as near to the words above it as its items are."""
    match item:
        case (Paragraph() as above, BulletList() | NumberedList(), *_):
            head, below = lay((above,), column, element), lay(item[1:], column, element)
            if head and below:
                head[-1].keep = head[-1].hugs = True
                head[-1].after = setter.theme.space.fine_item
            return [*head, *below]
        case _:
            return lay(item, column, element)


def set_apart(made: list[list[Box]], items: tuple[Item, ...], setter: Setter) -> None:
    """Leave more white below an item that ends with a list, unless it is the last: it stands apart."""
    for boxes, item in zip(made[:-1], items[:-1], strict=True):
        if len(item) > 1 and isinstance(item[-1], BulletList | NumberedList | Steps | Checklist):
            boxes[-1].after = max(boxes[-1].after, setter.theme.space.list)
