"""Slots are lifted out of a template, so that they can be filled anew without the rest of it.

The content of `<slot name="...">` becomes a function, which is called when all else is filled: for
the first clinic and, with another clinic's words, for the next ones.  Where that could show
(in a loop, with names that are set anew behind the slot) a slot stays where it is.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from jinja2 import nodes

from handouts.template.slots import LIFT, OPEN

_OPENS = re.compile(r'<slot name="([^"<>&{}]*)"\s*>')
_CLOSE = "</slot>"
_TAG = re.compile(r'(<slot name="[^"<>&{}]*"\s*>|</slot>)')
_BOUND = ("super", "self", "caller", "varargs", "kwargs", "loop")
"""Names that mean something else in a function."""

_CHANGING = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Import,
    nodes.FromImport,
    nodes.Include,
    nodes.Macro,
    nodes.Block,
    nodes.CallBlock,
)
"""What a slot that is lifted does not hold."""


def _is_open(template: nodes.Template) -> bool:
    """Whether slots may see names of a template without saying so: what is not a macro's own."""
    whole = (nodes.Include, nodes.Macro, nodes.Import, nodes.FromImport)
    nested = [one for child in template.body for one in child.find_all(whole)]
    included = [one for one in template.body if isinstance(one, nodes.Include)]
    scoped = [one for one in template.find_all(nodes.Block) if one.scoped]
    return bool(nested or included or scoped or list(_assigned(template)))


def _assigned(frame: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what sets names outside of macros and blocks."""
    for child in frame.iter_child_nodes():
        if isinstance(child, nodes.Assign | nodes.AssignBlock | nodes.With):
            yield child
        elif not isinstance(child, nodes.Macro | nodes.Block):
            yield from _assigned(child)


def lift(template: nodes.Template, name: str) -> None:
    """Lift the slots of a template that can be lifted."""
    often = [one for _, one in _stores(template)]
    changing = {one for one in often if often.count(one) > 1}
    places = count()
    is_open = _is_open(template)
    for frame in (template, *template.find_all((nodes.Macro, nodes.Block))):
        behind = [*_stores(frame), *((sys.maxsize, one) for one in changing)]
        lifting = _Lifting(name, places, behind, _own_names(frame))
        lifting.lift(frame.body)  # type: ignore[attr-defined]  # all three have a body
    if is_open:
        called = nodes.Call(nodes.Name(OPEN, "load", lineno=1), [], [], None, None, lineno=1)
        template.body.insert(0, nodes.ExprStmt(called, lineno=1))


def _own_names(frame: nodes.Node) -> set[str]:
    """Give the names of a frame that stand for values: arguments, and what is set."""
    arguments = [one.name for one in frame.args] if isinstance(frame, nodes.Macro) else []
    code = [name for one in frame.find_all(nodes.Import) for name in _imported(one)]
    code += [name for one in frame.find_all(nodes.FromImport) for name in _imported(one)]
    code += [one.name for one in frame.find_all(nodes.Macro)]
    return {*arguments, *(name for _, name in _stores(frame))} - set(code)


def _stores(frame: nodes.Node) -> Iterator[tuple[int, str]]:
    """Yield the names that are set in a frame, each with its line; those of loops end with these."""
    own = ("target", "targets") if isinstance(frame, nodes.For | nodes.With) else ()
    for child in frame.iter_child_nodes(exclude=own):
        match child:
            case nodes.Name(ctx="store"):
                yield child.lineno, child.name
            case nodes.Import() | nodes.FromImport():
                yield from ((child.lineno, name) for name in _imported(child))
            case nodes.Macro():
                yield child.lineno, child.name
            case nodes.Block():
                continue
            case _:
                yield from _stores(child)


def _imported(node: nodes.Import | nodes.FromImport) -> list[str]:
    if isinstance(node, nodes.Import):
        return [node.target]
    return [one if isinstance(one, str) else one[1] for one in node.names]


class _Lifting:
    """Lifts the slots of one frame: a template's, a macro's or a block's.

    `stores` are the names that are set in it, each with its line; `own` are its own names.
    """

    def __init__(
        self,
        template: str,
        places: Iterator[int],
        stores: Sequence[tuple[int, str]],
        own: AbstractSet[str],
    ) -> None:
        self._template, self._places = template, places
        self._stores, self._own = stores, own

    def lift(self, body: list[nodes.Node]) -> None:
        """Lift the slots of a list of statements, and of what stands under conditions in it."""
        for statement in body:
            if isinstance(statement, nodes.If):
                self.lift(statement.body)
                self.lift(statement.else_)
                for other in statement.elif_:
                    self.lift(other.body)
        parts = [part for statement in body for part in _parts(statement)]
        lifted: list[nodes.Node] = []
        while parts:
            part = parts.pop(0)
            name = _opens(part)
            end = next((n for n, one in enumerate(parts) if _is_tag(one)), None)
            if name is None or end is None or not _closes(parts[end]):
                lifted.append(part)
                continue
            content = parts[:end]
            if not content or not _can_be_lifted(content, self._stores):
                lifted += [part, *content]
                del parts[:end]
                continue
            lifted.append(self._call(name, content, part.lineno))
            del parts[: end + 1]
        body[:] = lifted

    def _call(self, name: str, content: list[nodes.Node], line: int) -> nodes.CallBlock:
        place = nodes.Const((self._template, next(self._places)), lineno=line)
        seen = sorted(_used(content) & self._own)
        called = nodes.Call(
            nodes.Name(LIFT, "load", lineno=line),
            [
                nodes.Const(name, lineno=line),
                place,
                *(nodes.Name(one, "load", lineno=line) for one in seen),
            ],
            [],
            None,
            None,
            lineno=line,
        )
        return nodes.CallBlock(called, [], [], content, lineno=line)


def _used(content: Sequence[nodes.Node]) -> set[str]:
    names = nodes.Scope(list(content)).find_all(nodes.Name)
    return {name.name for name in names if name.ctx == "load"}


def _parts(statement: nodes.Node) -> Iterator[nodes.Node]:
    """Part what is printed, so that each tag of a slot stands alone."""
    if not isinstance(statement, nodes.Output):
        yield statement
        return
    for node in statement.nodes:
        if not isinstance(node, nodes.TemplateData):
            yield nodes.Output([node], lineno=node.lineno)
            continue
        line = node.lineno
        for text in filter(None, _TAG.split(node.data)):
            yield nodes.Output([nodes.TemplateData(text, lineno=line)], lineno=line)
            line += text.count("\n")


def _text(part: nodes.Node) -> str:
    if isinstance(part, nodes.Output) and isinstance(part.nodes[0], nodes.TemplateData):
        return part.nodes[0].data
    return ""


def _opens(part: nodes.Node) -> str | None:
    found = _OPENS.fullmatch(_text(part))
    return found[1] if found else None


def _closes(part: nodes.Node) -> bool:
    return _text(part) == _CLOSE


def _is_tag(part: nodes.Node) -> bool:
    return _TAG.fullmatch(_text(part)) is not None


def _can_be_lifted(content: Sequence[nodes.Node], stores: Sequence[tuple[int, str]]) -> bool:
    """Whether content says the same when it is filled later."""
    inside = nodes.Scope(list(content))
    if next(inside.find_all(_CHANGING), None) or any(
        "<slot" in data.data for data in inside.find_all(nodes.TemplateData)
    ):
        return False
    line = content[0].lineno
    behind = {name for at, name in stores if at >= line}
    return not _used(content) & {*behind, *_BOUND}
