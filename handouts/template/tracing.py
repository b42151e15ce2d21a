"""Where markup was written: marks in what a template yields, and what becomes of them.

A template is filled without marks; only when its markup is wrong, it is filled again with them.
A mark `<?_7?>` holds no letters, so filters such as `upper` leave it alone.
"""

import re
from collections.abc import Iterator

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from handouts.errors import Place

_WRITTEN = re.compile(r"(?:^|(?<=>))\s*(?=[^\s<&])|(?=<[^?])|(?=&)")
"""Where a piece of a template begins an element, ends one, or begins loose text or an entity."""

_MARK = re.compile(r"<\?_([0-9]+)\?>")


class Places:
    """The places that the marks of templates stand for."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def mark(self, file: str, line: int) -> str:
        """Make the mark of a place."""
        self._places.append(Place(file, line))
        return f"<?_{len(self._places) - 1}?>"

    def resolved(self, markup: str) -> str:
        """Turn the marks into `<?at FILE:LINE?>`; those that stand inside a tag are left out."""
        return "".join(self._resolved(markup))

    def _resolved(self, markup: str) -> Iterator[str]:
        in_tag = False
        for number, piece in enumerate(_MARK.split(markup)):
            if number % 2 == 0:
                opening, closing = piece.rfind("<"), piece.rfind(">")
                in_tag = in_tag if opening == closing else opening > closing
                yield piece
            elif not in_tag and int(piece) < len(self._places):
                yield f"<?at {self._places[int(piece)]}?>"


class Marker(NodeTransformer):
    """Puts marks into a template: into its literal text, and before each value that it prints."""

    def __init__(self, places: Places, file: str) -> None:
        self.places, self.file = places, file

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.TemplateData:  # noqa: N802  (Jinja2's name)
        """Mark literal text."""
        text = node.data

        def mark(found: re.Match[str]) -> str:
            line = node.lineno + text.count("\n", 0, found.end())
            return found[0] + self.places.mark(self.file, line)

        return nodes.TemplateData(_WRITTEN.sub(mark, text), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802  (Jinja2's name)
        """Mark what is printed."""
        printed: list[nodes.Expr] = []
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                printed.append(self._mark(part.lineno))
            printed.append(self.visit(part))
        node.nodes = printed
        return node

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> list[nodes.Node]:  # noqa: N802  (Jinja2's name)
        """Mark a block that goes through a filter, whatever that does to the marks inside it."""
        self.generic_visit(node)
        return [nodes.Output([self._mark(node.lineno)], lineno=node.lineno), node]

    def _mark(self, line: int) -> nodes.TemplateData:
        return nodes.TemplateData(self.places.mark(self.file, line), lineno=line)
