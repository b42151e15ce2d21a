"""A part of a drug label made into an article's summary and sections."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handouts.article import Section
from handouts.document import Block, Blocks, Callout, Heading, Paragraph, Strong, text, title_words
from handouts.sources.drug_label_data import code_of, name_of_code
from handouts.sources.drug_label_text import Lined, heading_sure, heading_words, text_blocks
from handouts.sources.drug_label_words import PICTURE, Context, content, shown
from handouts.sources.reading import Guess, Joined
from handouts.sources.safe_xml import Element
from handouts.strings import Strings

BOXED_WARNING = "34066-1"

_ROLES = {"34067-9": "why", "34068-7": "how_to_take"}
"""Roles of sections by their codes; a known title comes first."""

_READ = ("id", "code", "title", "text", "effectiveTime", "component", "languageCode")
_REASONS = {
    "excerpt": "the highlights for professionals",
    "subject": "data about the product",
}


@dataclass(slots=True)
class _Part:
    """A section while it is gathered."""

    title: str
    line: int
    code: str = ""
    blocks: list[Block] = field(default_factory=list)


class Body:
    """The summary and the sections while sections of the label are read into them."""

    def __init__(self, context: Context, titles: Strings) -> None:
        self._context, self._titles = context, titles
        self._summary: list[Block] = []
        self._parts: list[_Part] = []
        self._name = ""  # the title of the whole, until something stands under it
        self._name_line = 0

    def read_leaflet(self, section: Element) -> None:
        """Read a section that is a leaflet by itself: bold paragraphs are the heads of its sections."""
        self._name, self._name_line = self._title(section), section.line
        self._inside(section, level=2)
        self._put_name_above()

    def read_facts(self, section: Element) -> None:
        """Read a section of Drug Facts, which is one section of the article."""
        title = self._title(section)
        if title:
            self._open(title, section)
        elif self._parts:
            what = f"a section without a title, added to {self._parts[-1].title!r}"
            self._context.notes.joined.append(Joined(section.line, what))
        self._inside(section, level=3)

    def finished(self) -> tuple[Blocks, tuple[Section, ...]]:
        """Give the summary and the sections."""
        for part in self._parts:
            if not part.blocks:
                self._context.notes.warnings.append(f"the section {part.title!r} is empty")
        made = [
            Section(
                title=part.title,
                role=self._titles.role_of(part.title) or _ROLES.get(part.code, ""),
                blocks=tuple(part.blocks),
            )
            for part in self._parts
        ]
        return tuple(self._summary), tuple(made)

    # ---- sections of the label -----------------------------------------------------------------

    def _title(self, section: Element) -> str:
        title = section.child("title")
        return title_words(content(title.content, self._context)) if title else ""

    def _inside(self, section: Element, level: int) -> None:
        """Read what a section holds but its title; heads in it have the given level."""
        for part in section.children("text", "component"):
            if part.tag == "text":
                self._add_text(text_blocks(part, self._context), level)
                continue
            for inner in part.children("section"):
                self._nested(inner, level)
        self._report(section)

    def _nested(self, section: Element, level: int) -> None:
        title = self._title(section)
        if code_of(section) == BOXED_WARNING:
            self._add(self._boxed(section, title))
        elif not title:
            self._inside(section, level)
        else:
            self._head(title, section.line, level)
            self._inside(section, level=3)

    def _boxed(self, section: Element, title: str) -> Callout:
        """Make a box of a boxed warning, whole."""
        inner = Body(self._context, self._titles)
        inner._inside(section, level=3)
        blocks, _ = inner.finished()
        if not title and len(blocks) > 1:
            match blocks[0]:
                case Heading(content=words) | Paragraph(content=(Strong(words),)):
                    return Callout("emergency", words, blocks[1:])
        return Callout("emergency", text(title or name_of_code(section)), blocks)

    def _report(self, section: Element) -> None:
        """Report what is in a section that has no place in an article."""
        for part in section.children():
            if part.tag not in _READ and (words := shown(part)):
                reason = _REASONS.get(part.tag, f"an unknown part of a section, {part.tag!r}")
                self._context.notes.drop(part.line, words, reason)
        for component in section.children("component"):
            for part in component.children():
                is_told = part.tag == "section" or part.get("ID") in self._context.told
                if not is_told and (words := shown(part)):
                    self._context.notes.drop(part.line, words, PICTURE)

    # ---- blocks --------------------------------------------------------------------------------

    def _add_text(self, found: list[Lined], level: int) -> None:
        """Add blocks; bold titles with something below them are heads."""
        for index, (line, block) in enumerate(found):
            words = heading_words(block)
            if not words or not _has_body(words, [below for _, below in found[index + 1 :][:1]]):
                self._add(block)
                continue
            empty = bool(self._parts) and not self._parts[-1].blocks and not words.endswith("?")
            what = "section" if level == 2 and not empty else "sub-heading"  # noqa: PLR2004  (H2)
            self._context.notes.guessed.append(Guess(line, words, heading_sure(words), what))
            self._head(words, line, 3 if empty else level)

    def _head(self, title: str, line: int, level: int) -> None:
        if level == 2:  # noqa: PLR2004  (H2)
            self._put_name_above()
            self._parts.append(_Part(title, line))
        else:
            self._add(Heading(3, text(title)))

    def _open(self, title: str, section: Element) -> None:
        self._parts.append(_Part(title, section.line, code_of(section)))

    def _add(self, block: Block) -> None:
        if self._name:
            self._parts.append(_Part(self._name, self._name_line))
            self._name = ""
        (self._parts[-1].blocks if self._parts else self._summary).append(block)

    def _put_name_above(self) -> None:
        """Put the title of the whole above everything, when nothing stands right under it."""
        if self._name:
            self._summary.append(Paragraph((Strong(text(self._name)),)))
            self._name = ""


def _has_body(words: str, below: Iterable[Block]) -> bool:
    """Tell whether something stands below a head: anything below a question, else no further head."""
    return any(words.endswith("?") or not heading_words(block) for block in below)
