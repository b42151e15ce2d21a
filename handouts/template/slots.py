"""Slots that were lifted out of a template: functions that fill them, for one clinic after the other."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from handouts.document import Blocks
from handouts.markup import FITTING, dump_blocks, is_settled
from handouts.values import frozen

LIFT, OPEN = "_lifted", "_open"
"""Names by which lifted templates call what is here."""


class LateError(Exception):
    """A slot cannot be filled apart from what stands outside of it."""


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
            LateError: What it does would be seen outside of it, or what is outside counts in it.
        """
        token = _NOW.set(object())
        try:
            filled = self.fill()
        finally:
            _NOW.reset(token)
        if FITTING in filled:  # heads of an article, which fit in where they stand
            raise LateError
        return filled


_FLOW = object()
_NOW: ContextVar[object] = ContextVar("now", default=_FLOW)
"""What is filled: all that is no lifted slot, or one of these."""


class Lifted:
    """The slots that were lifted while a template was filled, and blocks that were put in as they are.

    `is_late` says that something changed behind one of them, which it must not see; `is_open` that
    templates have names that a slot may see without saying so.
    """

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.blocks: list[Blocks] = []
        self.scopes: list[Scope] = []
        self.is_late = self.is_open = False

    def mark(self, name: str, content: Content) -> str:
        """Note a slot, and give what stands in its place."""
        self.contents.append(content)
        return f'<slot name="{name}" number="{len(self.contents) - 1}"/>'

    def place(self, blocks: Blocks) -> str:
        """Note blocks, and give what stands in their place."""
        self.blocks.append(blocks)
        return f'<blocks number="{len(self.blocks) - 1}"/>'

    def filled(self, markup: str, fill: Callable[[Content], str]) -> tuple[str, ...] | None:
        """Fill the slots, whose places are in the markup; None where one has none, or two.

        None is told, too, of slots that do not keep to themselves.
        """
        if sorted(_MARK.findall(markup)) != sorted(map(str, range(len(self.contents)))):
            return None
        try:
            contents = tuple([fill(content) for content in self.contents])
        except LateError:
            return None
        return None if self.is_late else contents


_MARK = re.compile(r'<slot name="[^"]*" number="(\d+)"/>')


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


_HEAD = re.compile(r"<h[23](?=>)")


def written(blocks: Blocks) -> Markup:
    """Write blocks as markup; their heads fit under those that the template writes."""
    return Markup(_HEAD.sub(rf"\g<0>{FITTING}", dump_blocks(blocks)))  # noqa: S704  (dump_blocks escapes)


def placed(blocks: Blocks) -> Markup:
    """Write blocks as markup, but keep places for those that parsing would only give again.

    What fills a slot is all written: it is kept for other leaflets.
    """
    lifted = _LIFTED.get(None)
    if lifted is None or _NOW.get() is not _FLOW:
        return written(blocks)
    groups = [(ready, tuple(group)) for ready, group in groupby(blocks, is_settled)]
    parts = [lifted.place(group) if ready else written(group) for ready, group in groups]
    return Markup("".join(parts))  # noqa: S704  (ours)


_PLAIN = (str, int, float, type(None))


def _open(*_nothing: object) -> str:
    _LIFTED.get().is_open = True
    return ""


class Scope(Context):
    """The names of a template that is filled; those of one whose slots are lifted are noted.

    They hold its macros, which hold them.
    """

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401  (Jinja2's signature)
        super().__init__(*values, **named)
        lifted = _LIFTED.get(None)
        if lifted is not None:
            lifted.scopes.append(self)


def dissolve(scopes: Sequence[Scope]) -> None:
    """Forget the names of templates whose slots nobody will fill again.

    Else their macros, and so the article, would stay until garbage is collected, which costs a worker
    a tenth of its time.
    """
    for scope in scopes:
        scope.vars.clear()
        scope.parent = {}


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


GLOBALS = {LIFT: _lift, OPEN: _open}
"""What lifted slots call; no template can: such names are not for templates."""
