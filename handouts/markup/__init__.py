"""The markup that templates yield: a small strict XML, and the document tree it stands for.

HTML's names are used where HTML has one; `docs/templates.md` describes each element.
`parse(dump(document))` gives the same document.
"""

from handouts.markup.blocks import ELEMENTS, SLOT_NUMBER
from handouts.markup.dump import dump, dump_blocks, dump_inlines
from handouts.markup.heads import FITTING
from handouts.markup.nodes import Filling, MarkupError, Vocabulary
from handouts.markup.parse import parse, parse_filling

__all__ = [
    "ELEMENTS",
    "FITTING",
    "SLOT_NUMBER",
    "Filling",
    "MarkupError",
    "Vocabulary",
    "dump",
    "dump_blocks",
    "dump_inlines",
    "parse",
    "parse_filling",
]
