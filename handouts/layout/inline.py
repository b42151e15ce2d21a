"""Inline content -> runs for the text engine, with the structure element and link of each run."""

from typing import NamedTuple, assert_never

from handouts.document import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Span,
    Strong,
    Sub,
    Sup,
    Text,
    on_paper,
)
from handouts.structure import StructureElement
from handouts.text.binding import bind
from handouts.text.style import Run
from handouts.theme import TypeRole

_SCRIPT_SCALE = 0.62
"""Size of sub- and superscripts in the size of their text, unless that is below the floor."""

_SUB_RISE, _SUP_RISE = -0.14, 0.36


class Marked(NamedTuple):
    """Runs with, for each, what it belongs to; the three tuples are equally long."""

    runs: tuple[Run, ...]
    elements: tuple[StructureElement | None, ...]
    hrefs: tuple[str, ...]


class _State(NamedTuple):
    """What the marks round a text have decided so far."""

    role: TypeRole
    face: str
    language: str
    element: StructureElement | None
    script: float
    href: str = ""
    scale: float = 1.0
    rise: float = 0.0

    def under(self, tag: str, language: str = "") -> StructureElement | None:
        """Make a child element of this tag, if there is one that it can be in."""
        return self.element and self.element.add(tag, language=language)


def marked_runs(
    content: Inlines,
    role: TypeRole,
    language: str,
    element: StructureElement | None,
    *,
    floor: float = 0.0,
) -> Marked:
    """Flatten inline content; child elements are made under `element` in reading order.

    With `element` None everything is an artifact.  No sub- or superscript is smaller than `floor`.
    """
    lone = content[0] if len(content) == 1 else None
    if isinstance(lone, Text):  # most paragraphs are plain words
        return Marked((Run(bind(lone.text, language), role.face, language),), (element,), ("",))
    rows: list[tuple[Run, StructureElement | None, str]] = []
    script = min(1.0, max(_SCRIPT_SCALE, floor / role.size))
    for part in content:
        _walk(part, _State(role, role.face, language, element, script), rows, lone=lone is not None)
    return Marked(
        tuple([row[0] for row in rows]),
        tuple([row[1] for row in rows]),
        tuple([row[2] for row in rows]),
    )


def _walk(  # noqa: C901  (one branch a kind of inline)
    part: Inline,
    state: _State,
    rows: list[tuple[Run, StructureElement | None, str]],
    *,
    lone: bool,
) -> None:
    match part:
        case Text(text):
            element = state.element if lone or state.element is None else state.element.place()
            words = bind(text, state.language)
            run = Run(words, state.face, state.language, state.scale, state.rise)
            rows.append((run, element, state.href))
            return
        case Strong(content):
            face, scale = state.role.strong, state.scale * state.role.strong_scale
            inner = state._replace(element=state.under("Strong"), face=face, scale=scale)
        case Emphasis(content):
            inner = state._replace(element=state.under("Em"), face=state.role.emphasis)
        case Sub(content):
            inner = state._replace(scale=state.script, rise=_SUB_RISE)
        case Sup(content):
            inner = state._replace(scale=state.script, rise=_SUP_RISE)
        case Link(href):
            content = on_paper(part)
            inner = state._replace(element=state.under("Link"), href=href)
        case Span(language, content):
            inner = state._replace(element=state.under("Span", language), language=language)
        case _:
            assert_never(part)
    for kid in content:
        _walk(kid, inner, rows, lone=False)
