"""Filling a template, and saying in which file and on which line it is wrong."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import NoReturn

import jinja2

from handouts.document import Blocks, Document
from handouts.errors import Place, TemplateError
from handouts.markup import SLOT_NUMBER, MarkupError, Vocabulary, parse, parse_blocks
from handouts.remembered import Remembered
from handouts.template.cost import metered
from handouts.template.reads import Names, Watch, read_alike
from handouts.template.sandbox import sandbox
from handouts.template.slots import Content, lifting
from handouts.template.tracing import Places
from handouts.template.wording import said
from handouts.values import frozen, is_value

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
        return self.filled(name, values, vocabulary).document

    def filled(
        self,
        name: str,
        values: Mapping[str, object],
        vocabulary: Vocabulary,
        *,
        varying: tuple[str, ...] = (),
    ) -> "Filled":
        """Fill a template so that its slots can be filled again, with others in place of some values.

        Raises:
            TemplateError: The template is wrong, or its markup is; file and line are named.
        """
        moving = [one for one in values if one in (*varying, "article", "named")]
        moving += [one for one, value in values.items() if callable(value)]
        watch = Watch({one: values[one] for one in moving})
        given = {**values, **watch.watched()}
        markup, reads, lifted = self._lifted(name, given, watch)
        reads = {names: value for names, value in reads.items() if names[0] in varying}
        numbers = frozenset([str(number) for number in range(len(lifted))])
        there = {**vocabulary, SLOT_NUMBER: numbers}
        try:
            document = parse(markup, name=name, vocabulary=there, heads="ordered")
        except MarkupError as error:
            place = self.place(name, values, vocabulary)
            raise TemplateError(error.what, place=place, hint=error.hint) from error
        return Filled(self, name, given, document, reads, lifted, watch, vocabulary)

    def _lifted(
        self, name: str, values: Mapping[str, object], watch: Watch
    ) -> tuple[str, Mapping[Names, object], tuple[Content, ...]]:
        """Fill a template and then its slots: give the markup, what the rest read, and the slots.

        Where a slot's place was lost, or what it may see was changed behind it, it is no slot.
        """
        with self.blamed(name), metered(), lifting() as lifted:
            markup = (
                sandbox(self.folders, lifts=True, state=self.state())
                .get_template(name)
                .render(values)
            )
            reads = dict(watch.reads)
            whole = lifted.filled(markup)
        if whole is not None:
            keyless = lifted.is_open
            contents = [Content(one.fill, None) if keyless else one for one in lifted.contents]
            return whole, reads, tuple(contents)
        return self._markup(name, values, None), dict(watch.reads), ()

    def place(self, name: str, values: Mapping[str, object], vocabulary: Vocabulary) -> Place:
        """Fill it once more, marked with what was written where, and see where that fails."""
        places = _places(self.folders)
        markup = places.resolved(self._markup(name, values, places))
        try:
            there = {**vocabulary, SLOT_NUMBER: frozenset[str]()}
            parse(markup, name=self.file(name), vocabulary=there, heads="ordered")
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


_ONE_AT_A_TIME = Lock()
"""Slots are filled for one clinic at a time: what they read is turned to it."""


_Known = tuple[Mapping[Names, object], str]

_CONTENTS: Remembered[list[_Known]] = Remembered(1024)
"""What slots say: for each of a clinic, the latest, with what was read for it."""

_MOST_KNOWN = 4


@frozen(kw_only=False, eq=False)
class Filled:
    """A template that was filled: the document, and what its text outside of the slots reads.

    `reads` is of the values in whose place others may come; the slots that were lifted can be
    filled with others.  Those are numbered in the document.
    """

    templates: TemplateSet
    name: str
    values: Mapping[str, object]
    document: Document
    reads: Mapping[Names, object]
    lifted: tuple[Content, ...]
    watch: Watch
    vocabulary: Vocabulary

    def fits(self, values: Mapping[str, object]) -> bool:
        """Whether all but the lifted slots is the same with other values."""
        return read_alike(values, self.reads)

    def slots(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """Fill the lifted slots with other values: give the markup of their contents.

        Raises:
            TemplateError: They cannot be filled with these.
            LateError: They can only be filled together with all else.
        """
        with _ONE_AT_A_TIME, self.templates.blamed(self.name), metered():
            self.watch.values = {**self.watch.values, **values}
            return tuple([self._content(content, values) for content in self.lifted])

    def _content(self, content: Content, values: Mapping[str, object]) -> str:
        """Fill a slot, or take what another article's slot says of which the same was read."""
        if content.key is None:
            return content()
        own = [value for value in values.values() if is_value(type(value))]
        fixed = [one for name, one in self.values.items() if name not in self.watch.values]
        key = (self.templates, self.templates.state(), *content.key)
        known = _CONTENTS.result((*own, *fixed), key, list[_Known])
        for reads, filled in known:
            if read_alike(self.watch.values, reads):
                return filled
        self.watch.reads = {}
        known.append((self.watch.reads, content()))
        del known[:-_MOST_KNOWN]
        return known[-1][1]

    def parsed(self, content: str) -> Blocks:
        """Parse the content of a slot.

        Raises:
            TemplateError: It is wrong; file and line are named.
        """
        try:
            return parse_blocks(content, name=self.name, vocabulary=self.vocabulary)
        except MarkupError as error:
            with _ONE_AT_A_TIME:
                place = self.templates.place(self.name, self.values, self.vocabulary)
            raise TemplateError(error.what, place=place, hint=error.hint) from error


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
