"""Templates: Jinja2 fills them, sandboxed; a loader of its own that stays inside its folders.

The only module, beside its cache in `compiled`, that imports Jinja2.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from markupsafe import Markup, escape

from handouts.compiled import CompiledTemplates, cache_folder
from handouts.document import Blocks, Document, Inlines
from handouts.errors import Place, TemplateError
from handouts.files import decode, read_bytes
from handouts.markup import MarkupError, Vocabulary, dump_blocks, dump_inlines, parse
from handouts.values import frozen

_HINT = "docs/templates.md lists what there is"
_LIMIT = 1_000_000
"""Largest template, in bytes."""

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.xml")
_OPENING = re.compile(r"<(?=[a-z!])")
_LOOSE = re.compile(r"\s*(?=[^\s<])")
"""Space before text that a piece of a template begins with."""
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_RUN_TIME = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template's own expressions can raise while it is filled."""


@frozen(kw_only=False)
class TemplateSet:
    """Folders of templates; the first that has a template of a name wins."""

    folders: tuple[Path, ...]

    def choose(self, names: tuple[str, ...]) -> str:
        """Give the first of these names that there is.

        Raises:
            TemplateError: There is none of them.
        """
        for name in names:
            if any((folder / name).is_file() for folder in self.folders):
                return name
        where = ", ".join(str(folder) for folder in self.folders)
        raise TemplateError(f"there is no template {names[-1]}", hint=f"It must be in {where}")

    def fill(self, name: str, values: Mapping[str, object], vocabulary: Vocabulary) -> Document:
        """Fill a template and parse what it yields; `vocabulary` says what it may name.

        Raises:
            TemplateError: The template is wrong, or its markup is; file and line are named.
        """
        try:
            markup = self._filled(name, values, traced=False)
            return parse(markup, name=name, vocabulary=vocabulary)
        except MarkupError:
            # Once more, every element marked with the line it was written on: it fails there.
            markup = self._filled(name, values, traced=True)
            parse(markup, name=self.file(name), vocabulary=vocabulary)
            raise

    def file(self, name: str) -> str:
        """Give the path of the template of this name, for messages."""
        files = [folder / name for folder in self.folders]
        return next((str(file) for file in files if file.is_file()), name)

    def _filled(self, name: str, values: Mapping[str, object], *, traced: bool) -> str:
        try:
            return _environment(self.folders, traced).get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            place = Place(error.filename or error.name or name, error.lineno)
            raise TemplateError(error.message or "syntax error", place=place) from error
        except jinja2.TemplateNotFound as error:
            _fail(error, f"there is no template {error.name!r}", self.folders, name)
        except TemplateError as error:
            if error.place:
                raise
            _fail(error, error.what, self.folders, name, error.hint)
        except AssertionError as error:  # a filter was given something else
            _fail(error, "this is no part of a document", self.folders, name)
        except _RUN_TIME as error:
            _fail(error, str(error).rstrip(".") or type(error).__name__, self.folders, name)


def _fail(
    error: Exception, what: str, folders: tuple[Path, ...], name: str, hint: str = _HINT
) -> NoReturn:
    """Say in which template and on which line filling stopped."""
    place = Place(name)
    for file, line in _frames(error.__traceback__):
        if any(Path(file).is_relative_to(folder) for folder in folders):
            place = Place(file, line)
    raise TemplateError(what, place=place, hint=hint) from error


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


# ---- the environment ---------------------------------------------------------------------------


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
                raise TemplateError("a template may not be a link", place=Place(str(path)))
            if path.is_file():
                text = decode(
                    read_bytes(path, limit=_LIMIT, error=TemplateError),
                    str(path),
                    error=TemplateError,
                )
                return text, str(path), lambda: True
        raise jinja2.TemplateNotFound(template)


class _Tracing(Extension):
    """Puts `<?at FILE:LINE?>` before each element and loose text that the template itself writes."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Mark the elements in the template's literal text."""
        in_tag = False
        for token in stream:
            if token.type == "data":
                text, file = token.value, stream.filename or stream.name or ""
                text = _marked(text, file, token.lineno, opens=not in_tag)
                in_tag = _ends_in_tag(token.value, in_tag=in_tag)
                yield Token(token.lineno, token.type, text)
            else:
                yield token


def _marked(text: str, file: str, line: int, *, opens: bool) -> str:
    def mark(match: re.Match[str]) -> str:
        return f"<?at {file}:{line + text.count(chr(10), 0, match.start())}?><"

    marked = _OPENING.sub(mark, text)
    loose = _LOOSE.match(text) if opens else None
    if loose is None:
        return marked
    at = loose.end()
    return f"{text[:at]}<?at {file}:{line + text.count(chr(10), 0, at)}?>{marked[at:]}"


def _ends_in_tag(text: str, *, in_tag: bool) -> bool:
    """Whether the template stands between `<` and `>` behind this text."""
    opening, closing = text.rfind("<"), text.rfind(">")
    return in_tag if opening == closing else opening > closing


@lru_cache(maxsize=32)
def _environment(folders: tuple[Path, ...], traced: bool) -> jinja2.Environment:  # noqa: FBT001  (a cache key)
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_Tracing] if traced else [],
        bytecode_cache=None if traced else CompiledTemplates(cache_folder()),
    )
    environment.globals.clear()
    environment.globals.update(range=safe_range, namespace=jinja2.utils.Namespace)
    environment.filters.update(markup=_markup, inline=_inline, rich=rich, unbroken=_unbroken)
    return environment


def _printable(value: object) -> object:
    """Refuse what is no text: how Python writes a list or a function has no place on paper."""
    if isinstance(value, str | int | float | datetime.date | jinja2.Undefined):
        return value
    raise TypeError(f"this is a {type(value).__name__}, no text; blocks are written |markup")


def _markup(blocks: Blocks) -> Markup:
    """Write blocks as markup."""
    return Markup(dump_blocks(blocks))  # noqa: S704  (dump_blocks escapes)


def _inline(content: Inlines) -> Markup:
    """Write inline content as markup."""
    return Markup(dump_inlines(content))  # noqa: S704  (dump_inlines escapes)


def _unbroken(text: str) -> str:
    """Let no line break in a text, such as a phone number."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def rich(text: str) -> Markup:
    """Turn `**words**` of our own strings into bold; everything else is escaped."""
    return Markup(_STRONG.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704  (escaped first)
