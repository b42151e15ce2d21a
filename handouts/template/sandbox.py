"""The sandbox that templates are filled in: what they may use, and a loader that stays inside its folders."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from handouts.document import Inlines
from handouts.errors import Place, TemplateError
from handouts.files import decode, package_folder, read_bytes
from handouts.markup import dump_inlines
from handouts.template.compiled import CompiledTemplates, cache_folder
from handouts.template.cost import count_range, weigh
from handouts.template.counting import COUNTS, JOIN, TOO_DEEP, Counter
from handouts.template.lifting import lift
from handouts.template.operations import (
    FORBIDDEN,
    OPERATORS,
    UNWANTED,
    bounded,
    check_operator,
    checked_arguments,
    contains,
    join,
    joined,
)
from handouts.template.reads import Watched
from handouts.template.slots import GLOBALS, Namespace, Scope, placed, written
from handouts.template.tracing import Marker, Places
from handouts.template.wording import Missing, kind, printable
from handouts.values import is_value

_LIMIT = 1_000_000
"""Largest template, in bytes."""

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.xml")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


_NOTHING = object()

_READABLE = frozenset((TemplateModule, LoopContext))
"""Kinds of Jinja's own whose plain names are all for templates."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which counts what a template does; templates of ours alone need neither.

    `places` are of the marks, if it marks; with `lifts`, slots are lifted.
    """

    context_class = Scope

    intercepted_binops = OPERATORS

    def __init__(self, folders: tuple[Path, ...], places: Places | None, *, lifts: bool) -> None:
        super().__init__(
            loader=_Loader(folders),
            autoescape=True,
            undefined=Missing,
            finalize=printable,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=CompiledTemplates(cache_folder()) if lifts else None,
        )
        self.places, self.lifts = places, lifts
        # Jinja2's own switch: without it, calls in compiled templates ask nobody
        self.sandboxed = folders != (package_folder("templates"),)
        self.globals.clear()
        self.globals.update(range=count_range, namespace=Namespace, **GLOBALS)
        self.filters.update(
            markup=placed if lifts and not self.sandboxed else written,
            inline=_inline,
            rich=rich,
            unbroken=_unbroken,
            join=join,
        )
        if self.sandboxed:
            named = {name: one for name, one in self.filters.items() if name not in UNWANTED}
            self.filters = {name: bounded(name, one) for name, one in named.items()}
            self.filters |= {**COUNTS, JOIN: joined}
            self.tests = {**self.tests, "in": contains}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  (Jinja2's signature)
        """Do what an operator asks, if its result is not too large."""
        check_operator(operator, left, right)
        result = super().call_binop(context, operator, left, right)
        weigh(result)
        return result

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (as above)
        """Call what a template calls, if its result is not too large."""
        arguments = checked_arguments(function, arguments, named)
        result = super().call(context, function, *arguments, **named)
        weigh(result)
        return result

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  (Jinja2's signature)
        """Read an attribute; of our own values and tables all that has a plain name is safe."""
        kind_of = type(obj)
        if not attribute.startswith("_"):
            if kind_of is Watched:
                try:
                    return obj.__getattr__(attribute)  # there is no other way to its attributes
                except AttributeError:
                    pass
            elif kind_of is dict and attribute in obj and not hasattr(dict, attribute):
                return obj[attribute]
            elif kind_of in _READABLE or is_value(kind_of):
                found = getattr(obj, attribute, _NOTHING)
                if found is not _NOTHING:
                    return found
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Keep from templates what is internal, what changes a value, and what pads a text."""
        padding = attr in FORBIDDEN and isinstance(obj, str | bytes | int)
        return not padding and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: object, attribute: str) -> jinja2.Undefined:
        """Say that a template may not use an attribute."""
        what = f"a template may not use {attribute!r} of {kind(obj)}"
        return self.undefined(what, name=attribute, obj=obj, exc=jinja2.exceptions.SecurityError)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parser = Parser(self, source, name, filename)
        try:
            return parser.parse()
        except (RecursionError, ValueError) as error:  # brackets in brackets; a very long number
            what = "a number that is too large" if isinstance(error, ValueError) else TOO_DEEP
            line = parser.stream.current.lineno
            raise jinja2.TemplateSyntaxError(what, line, name, filename) from error

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002  (Jinja2's signature)
    ) -> str:
        if self.lifts:
            lift(source, name or "")
        if self.sandboxed:
            Counter(name, filename).visit(source)
        if self.places:
            Marker(self.places, filename or name or "").visit(source)
        return super()._generate(source, name, filename, defer_init)


@lru_cache(maxsize=32)
def sandbox(
    folders: tuple[Path, ...],
    places: Places | None = None,
    *,
    lifts: bool = False,
    state: object = None,
) -> Sandbox:
    """Give the sandbox for these folders, whose templates are in some state."""
    del state  # a part of the key only
    return Sandbox(folders, places, lifts=lifts)


# ---- the loader ----------------------------------------------------------------------------------


class _Loader(jinja2.BaseLoader):
    """Reads templates from folders; plain names only, and no links."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give a template's text and path."""
        del environment
        if not _NAME.fullmatch(template):
            raise TemplateError(
                f"{template!r} is no template's name",
                hint="Names are a-z, 0-9, -, _ and . and end in .xml; there are no folders",
            )
        for folder in self.folders:
            path = folder / template
            if path.is_symlink():
                hint = "Put a copy of the file there"
                place = Place(str(path))
                raise TemplateError("a template may not be a link", place=place, hint=hint)
            if path.is_file():
                text = decode(
                    read_bytes(path, limit=_LIMIT, error=TemplateError),
                    str(path),
                    error=TemplateError,
                )
                return text, str(path), lambda: True
        raise jinja2.TemplateNotFound(template)


# ---- filters of ours -----------------------------------------------------------------------------


def _inline(content: Inlines) -> Markup:
    """Write inline content as markup."""
    return Markup(dump_inlines(content))  # noqa: S704  (dump_inlines escapes)


def _unbroken(text: str) -> str:
    """Let no line break in a text, such as a phone number."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def rich(text: str) -> Markup:
    """Turn `**words**` of our own strings into bold; everything else is escaped."""
    return Markup(_STRONG.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704  (escaped first)
