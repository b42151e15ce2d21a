"""The markup that templates yield: a small strict XML, and the document tree it stands for.

HTML's names are used where HTML has one; `docs/templates.md` describes each element.
`parse(dump(document))` gives the same document.
"""

from handouts.markup.blocks import ELEMENTS
from handouts.markup.dump import dump, dump_blocks, dump_inlines
from handouts.markup.heads import FITTING
from handouts.markup.nodes import MarkupError, Vocabulary
from handouts.markup.parse import parse, parse_filling
from handouts.markup.ready import Filling, Ready, is_settled

__all__ = [
    "ELEMENTS",
    "FITTING",
    "Filling",
    "MarkupError",
    "Ready",
    "Vocabulary",
    "dump",
    "dump_blocks",
    "dump_inlines",
    "is_settled",
    "parse",
    "parse_filling",
]
