"""Slots are lifted out of a template, so that they can be filled anew without the rest of it.

The content of `<slot name="...">` becomes a function, which is called when all else is filled: for
the first clinic and, with another clinic's words, for the next ones.  Where that could show
(in a loop, with names that are set anew behind the slot) a slot stays where it is.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from handouts.values import frozen

_OPEN = re.compile(r'<slot name="([^"<>&{}]*)"\s*>')
_CLOSE = "</slot>"
_TAG = re.compile(r'(<slot name="[^"<>&{}]*"\s*>|</slot>)')
_LIFT, _OPEN_NAME = "_lifted", "_open"
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


class LateError(Exception):
    """Filling a slot changes something that stands outside of it."""


@frozen(kw_only=False, eq=False)
class Content:
    """What fills a slot; `key` is all that it depends on beyond what it reads of a template's values.

    None means that this cannot be told.
    """

    fill: Callable[[], str]
    key: tuple[object, ...] | None

    def __call__(self) -> str:
        """Fill the slot.

        Raises:
            LateError: What it does would be seen outside of it.
        """
        token = _NOW.set(object())
        try:
            return self.fill()
        finally:
            _NOW.reset(token)


_FLOW = object()
_NOW: ContextVar[object] = ContextVar("now", default=_FLOW)
"""What is filled: all that is no lifted slot, or one of these."""


class Lifted:
    """The slots that were lifted while a template was filled.

    `is_late` says that something changed behind one of them, which it must not see; `is_open` that
    templates have names that a slot may see without saying so.
    """

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.is_late = self.is_open = False

    def mark(self, name: str, content: Content) -> str:
        """Note a slot, and give what stands in its place."""
        self.contents.append(content)
        return f'<slot name="{name}" number="{len(self.contents) - 1}"/>'

    def filled(self, markup: str) -> str | None:
        """Fill the slots; None where one has no place, or two, or does not keep to itself."""
        pieces = _MARK.split(markup)
        if sorted(pieces[2::3]) != sorted(str(n) for n in range(len(self.contents))):
            return None
        try:
            contents = [content() for content in self.contents]
        except LateError:
            return None
        return None if self.is_late else "".join(_put(pieces, contents))


_MARK = re.compile(r'<slot name="([^"]*)" number="(\d+)"/>')


def _put(pieces: Sequence[str], contents: Sequence[str]) -> Iterator[str]:
    yield pieces[0]
    for name, number, behind in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield f'<slot name="{name}" number="{number}">{contents[int(number)]}</slot>'
        yield behind


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


def _lift(name: str, place: tuple[str, int], *seen: object, caller: Callable[[], str]) -> Markup:
    """Lift a slot, by its place in the templates and the values of its frame that it sees."""
    plain = all(isinstance(one, _PLAIN) for one in seen)
    content = Content(caller, (*place, *seen) if plain else None)
    return Markup(_LIFTED.get().mark(name, content))  # noqa: S704  (ours)


_PLAIN = (str, int, float, type(None))


def _open(*_nothing: object) -> str:
    _LIFTED.get().is_open = True
    return ""


class Namespace(jinja2.utils.Namespace):
    """Jinja2's namespace; a slot must see nothing that is set behind it, and set nothing outside."""

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401  (Jinja2's signature)
        super().__init__(*values, **named)
        object.__setattr__(self, "_born", _NOW.get())

    def __setitem__(self, name: str, value: Any) -> None:  # noqa: ANN401  (the same)
        """Set an attribute.

        Raises:
            LateError: It is a slot that sets it, and the namespace is from outside.
        """
        if object.__getattribute__(self, "_born") is not _NOW.get():
            raise LateError
        lifted = _LIFTED.get(None)
        if lifted is not None and lifted.contents and _NOW.get() is _FLOW:
            lifted.is_late = True
        super().__setitem__(name, value)


GLOBALS = {_LIFT: _lift, _OPEN_NAME: _open}
"""What lifted slots call; no template can: such names are not for templates."""


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
        called = nodes.Call(nodes.Name(_OPEN_NAME, "load", lineno=1), [], [], None, None, lineno=1)
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
            nodes.Name(_LIFT, "load", lineno=line),
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
    return not _used(content) & {*behind, *_BOUND}
