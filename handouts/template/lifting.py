"""Slots are lifted out of a template, so that they can be filled anew without the rest of it.

The content of `<slot name="...">` becomes a function, which is called when all else is filled: for
the first clinic and, with another clinic's words, for the next ones.  Where that could show
(in a loop, with names that are set anew behind the slot) a slot stays where it is.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

_OPEN = re.compile(r'<slot name="([^"<>&{}]*)"\s*>')
_CLOSE = "</slot>"
_TAG = re.compile(r'(<slot name="[^"<>&{}]*"\s*>|</slot>)')
_LIFT = "_lifted"
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

Content = Callable[[], str]
"""Fills a slot."""


class Lifted:
    """The slots that were lifted while a template was filled.

    `is_late` says that something changed behind one of them, which it must not see.
    """

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.is_late = False

    def mark(self, name: str, content: Content) -> str:
        """Note a slot, and give what stands in its place."""
        self.contents.append(content)
        return f'<slot name="{name}" number="{len(self.contents) - 1}"/>'

    def filled(self, markup: str, contents: Sequence[str]) -> str | None:
        """Put contents into the places of the slots; None when a place is gone, or there twice."""
        pieces = _MARK.split(markup)
        if sorted(pieces[2::3]) != sorted(str(n) for n in range(len(contents))):
            return None
        return "".join(_put(pieces, contents))


_MARK = re.compile(r'<slot name="([^"]*)" number="(\d+)"/>')


def _put(pieces: Sequence[str], contents: Sequence[str]) -> Iterator[str]:
    yield pieces[0]
    for name, number, behind in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield slot_markup(name, int(number), contents[int(number)])
        yield behind


def slot_markup(name: str, number: int, content: str) -> str:
    """Write a slot with its content."""
    return f'<slot name="{name}" number="{number}">{content}</slot>'


_LIFTED: ContextVar[Lifted] = ContextVar("lifted")


@contextmanager
def lifting() -> Iterator[Lifted]:
    """Gather the slots of a template that is filled."""
    lifted = Lifted()
    token = _LIFTED.set(lifted)
    try:
        yield lifted
    finally:
        _LIFTED.reset(token)


def _lift(name: str, caller: Content) -> Markup:
    return Markup(_LIFTED.get().mark(name, caller))  # noqa: S704  (ours)


class Namespace(jinja2.utils.Namespace):
    """Jinja2's namespace; what is set in one behind a slot must not be seen in it."""

    def __setitem__(self, name: str, value: Any) -> None:  # noqa: ANN401  (Jinja2's signature)
        """Set an attribute."""
        lifted = _LIFTED.get(None)
        if lifted is not None and lifted.contents:
            lifted.is_late = True
        super().__setitem__(name, value)


GLOBALS = {_LIFT: _lift}
"""What lifted slots call; no template can: such names are not for templates."""


def lift(template: nodes.Template) -> None:
    """Lift the slots of a template that can be lifted."""
    often = [name for _, name in _stores(template)]
    changing = {name for name in often if often.count(name) > 1}
    for frame in (template, *template.find_all((nodes.Macro, nodes.Block))):
        behind = [*_stores(frame), *((sys.maxsize, name) for name in changing)]
        _lift_in(frame.body, behind)  # type: ignore[attr-defined]  # all three have a body


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


def _lift_in(body: list[nodes.Node], stores: Sequence[tuple[int, str]]) -> None:
    """Lift the slots of a list of statements, and of what stands under conditions in it."""
    for statement in body:
        if isinstance(statement, nodes.If):
            _lift_in(statement.body, stores)
            _lift_in(statement.else_, stores)
            for other in statement.elif_:
                _lift_in(other.body, stores)
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
        if not content or not _can_be_lifted(content, stores):
            lifted += [part, *content]
            del parts[:end]
            continue
        lifted.append(_call(name, content, part.lineno))
        del parts[: end + 1]
    body[:] = lifted


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
    found = _OPEN.fullmatch(_text(part))
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
    used = {name.name for name in inside.find_all(nodes.Name) if name.ctx == "load"}
    return not used & {*behind, *_BOUND}


def _call(name: str, content: list[nodes.Node], line: int) -> nodes.CallBlock:
    called = nodes.Call(
        nodes.Name(_LIFT, "load", lineno=line),
        [nodes.Const(name, lineno=line)],
        [],
        None,
        None,
        lineno=line,
    )
    return nodes.CallBlock(called, [], [], content, lineno=line)
