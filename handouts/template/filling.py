"""Filling a template, and saying in which file and on which line it is wrong."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import jinja2

from handouts.document import Blocks, Document
from handouts.errors import Place, TemplateError
from handouts.markup import MarkupError, Vocabulary, parse
from handouts.template.cost import metered
from handouts.template.filled import Filled, Slots
from handouts.template.reads import Names, Reads, Watch
from handouts.template.sandbox import sandbox
from handouts.template.slots import dissolve, lifting
from handouts.template.tracing import Places
from handouts.template.wording import said
from handouts.values import frozen

_HINT = "docs/templates.md lists what there is"
_NAMED = re.compile(r"""["']([a-z0-9_.-]+\.xml)["']""")
_RUN_TIME = (
    jinja2.TemplateError,
    ArithmeticError,
    AssertionError,
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

    def state(self) -> tuple[tuple[str, int, int], ...]:
        """Give name, size and time of every template that is not ours: they may change."""
        found = []
        for folder in self.folders[:-1]:
            for file in sorted(folder.glob("*.xml")):
                status = file.stat()
                found.append((str(file), status.st_size, status.st_mtime_ns))
        return tuple(found)

    def fill(self, name: str, values: Mapping[str, object], vocabulary: Vocabulary) -> Document:
        """Fill a template and parse what it yields; `vocabulary` says what it may name.

        Raises:
            TemplateError: The template is wrong, or its markup is; file and line are named.
        """
        filled = self.filled(name, values, vocabulary)
        return filled.document(filled.lifted.said)

    def filled(
        self,
        name: str,
        values: Mapping[str, object],
        vocabulary: Vocabulary,
        *,
        varying: tuple[str, ...] = (),
        keep: bool = False,
    ) -> Filled:
        """Fill a template so that its slots can be filled again, with others in place of some values.

        Args:
            name: The template.
            values: What it may use.
            vocabulary: What its markup may name.
            varying: The names of values in whose place others may come.
            keep: Whether what slots say may be kept for other articles.

        Raises:
            TemplateError: The template is wrong, or its markup is; file and line are named.
        """
        moving = [one for one in values if one in (*varying, "article", "named")]
        moving += [one for one, value in values.items() if callable(value)]
        watch = Watch({one: values[one] for one in moving})
        fixed = tuple([value for one, value in values.items() if one not in moving])
        slots = Slots(self, watch, fixed, keep=keep)
        watched = {**values, **watch.watched()}
        markup, blocks, reads = self._lifted(name, watched, slots)
        filled = Filled(
            templates=self,
            name=name,
            values=watched,
            markup=markup,
            blocks=blocks,
            reads=Reads(
                values, {names: value for names, value in reads.items() if names[0] in varying}
            ),
            vocabulary=vocabulary,
            lifted=slots,
        )
        filled.document(slots.said)
        return filled

    def _lifted(
        self, name: str, values: Mapping[str, object], slots: Slots
    ) -> tuple[str, tuple[Blocks, ...], Mapping[Names, object]]:
        """Fill a template and then its slots: give markup and blocks, and what was read for the rest.

        Where a slot's place was lost, or what it may see was changed behind it, it is no slot.
        """
        with self.blamed(name), metered(), lifting() as lifted:
            markup = (
                sandbox(self.folders, lifts=True, state=self.state())
                .get_template(name)
                .render(values)
            )
            reads = dict(slots.watch.reads)
            slots.is_open = lifted.is_open
            said = lifted.filled(markup, slots.say)
        if said is None:
            dissolve(lifted.scopes)
            return self._markup(name, values, None), (), {**reads, **slots.watch.reads}
        slots.hold(lifted, said)
        return markup, tuple(lifted.blocks), reads

    def place(self, name: str, values: Mapping[str, object], vocabulary: Vocabulary) -> Place:
        """Fill it once more, marked with what was written where, and see where that fails."""
        places = _places(self.folders)
        markup = places.resolved(self._markup(name, values, places))
        try:
            parse(markup, name=self.file(name), vocabulary=vocabulary, heads="ordered")
        except MarkupError as error:
            if error.place:
                return error.place
        return Place(self.file(name))

    def file(self, name: str) -> str:
        """Give the path of the template of this name, for messages."""
        files = [folder / name for folder in self.folders]
        return next((str(file) for file in files if file.is_file()), name)

    def writer(self, name: str, words: str) -> Place:
        """Find the author's file that writes these words in a leaflet of this template.

        When none does, it is the one that stands in for a built-in file that does, or the first.
        """
        files = self._used(name)
        own = [file for file in files if file.parent != self.folders[-1]]
        for file in own:
            if line := _line(file, words):
                return Place(str(file), line)
        hiding = [file for file in own if _line(self.folders[-1] / file.name, words)]
        return Place(str(next(iter((*hiding, *own, *files)))))

    def _used(self, name: str) -> tuple[Path, ...]:
        """Give the files of a template and of those that it names."""
        found: dict[str, Path] = {}
        waiting = [name]
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = Path(self.file(name))
                waiting += _NAMED.findall(_text(found[name]))
        return tuple(found.values())

    def _markup(self, name: str, values: Mapping[str, object], places: Places | None) -> str:
        with self.blamed(name), metered():
            return (
                sandbox(self.folders, places, state=self.state()).get_template(name).render(values)
            )

    @contextmanager
    def blamed(self, name: str) -> Iterator[None]:
        """Tell what goes wrong while a template is filled in the words of people who write them.

        Raises:
            TemplateError: Something did; file and line are named.
        """
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            place = Place(error.filename or error.name or name, error.lineno)
            raise TemplateError(error.message or "syntax error", place=place) from error
        except jinja2.TemplateNotFound as error:
            self._fail(error, f"there is no template {error.name!r}", name)
        except TemplateError as error:
            if error.place:
                raise
            self._fail(error, error.what, name, error.hint)
        except _RUN_TIME as error:
            self._fail(error, said(error), name)

    def _fail(self, error: Exception, what: str, name: str, hint: str = _HINT) -> NoReturn:
        """Say in which template and on which line filling stopped."""
        place = Place(self.file(name))
        for file, line in _frames(error.__traceback__):
            if any(Path(file).is_relative_to(folder) for folder in self.folders):
                place = Place(file, line)
        raise TemplateError(what, place=place, hint=hint) from error


@lru_cache(maxsize=32)
def template_set(folders: tuple[Path, ...]) -> TemplateSet:
    """Give the templates of these folders: always the same set."""
    return TemplateSet(folders)


@lru_cache(maxsize=32)
def _places(folders: tuple[Path, ...]) -> Places:
    """Give the places of the marks in these folders, which belong to one sandbox."""
    del folders
    return Places()


def _line(file: Path, words: str) -> int:
    """Give the line of a file that has these words, or 0."""
    lines = _text(file).splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 0)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
