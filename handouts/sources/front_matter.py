"""The front matter of a Markdown article: TOML between two lines of `+++`."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handouts.article import ID, Approval, Article, Code, Fact, Review, Rights, Section, Source
from handouts.document import Blocks, Inlines
from handouts.errors import Place, SourceError
from handouts.language_tag import LANGUAGE
from handouts.records import record
from handouts.rights import needs_licence
from handouts.sources.identity import FILE_STEM, file_language
from handouts.sources.kinds import warn_of_kind
from handouts.sources.reading import Notes, Origin
from handouts.strings import fold
from handouts.toml import Problem, Toml, parse_toml, refuse
from handouts.values import field, frozen, replace

_FENCE = "+++"
_YAML = re.compile(r"---[ \t]*\n(?:.*\n)*?[\w-]+:.*\n(?:.*\n)*?---[ \t]*(?:\n|$)")
_HEAD = 4000
"""How many characters are searched for YAML."""
_WEB = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_KIND = re.compile(r"[a-z][a-z-]*")


@frozen
class FrontMatter:
    """What an author writes above the text; every key may be left out."""

    id: str = ""
    kind: str = ""
    title: str = ""
    language: str = ""
    version: str = ""
    number: str = ""
    synonyms: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    qr_url: str = ""
    codes: tuple[Code, ...] = ()
    glance: Mapping[str, str] = field(default_factory=dict, hash=False)
    review: Review = field(default_factory=Review)
    approval: Approval = field(default_factory=Approval)
    source: Source = field(default_factory=Source)
    rights: Rights = field(default_factory=Rights)

    def article(
        self,
        *,
        id: str,  # noqa: A002  (the article's attribute)
        kind: str,
        title: str,
        summary: Blocks,
        sections: tuple[Section, ...],
        names: tuple[str, ...],
        references: tuple[Inlines, ...],
    ) -> Article:
        """Make the article of it, and of what the text says; `names` come after the synonyms."""
        return Article(
            id=id,
            kind=kind,
            title=title,
            language=self.language,
            summary=summary,
            sections=sections,
            alternative_names=(*self.synonyms, *names),
            references=references,
            glance=tuple(Fact(label=label, words=words) for label, words in self.glance.items()),
            review=self.review,
            approval=self.approval,
            source=self.source,
            rights=self.rights,
            codes=self.codes,
            version=self.version,
            number=self.number,
            qr_url=self.qr_url,
            blanks=self.blanks,
        )


class Split(NamedTuple):
    """The two parts of an article's file; `line` is the number of lines above the body."""

    front: FrontMatter
    body: str
    line: int


def split(text: str, origin: Origin, notes: Notes) -> Split:
    """Read the front matter, if there is one, and check it against what is known beforehand.

    Text that somebody else holds may not be edited, unless `may_edit` says otherwise.

    Raises:
        SourceError: The front matter is not closed, is no TOML, has mistakes, or disagrees with the
            file's name or with the caller.
    """
    toml, body, line = _fenced(text, origin.file)
    front = record(FrontMatter, toml.table, context=toml)
    problems = (*_mistakes(front), *_disagreements(front, origin))
    if problems:
        refuse(problems, toml)
    named = FILE_STEM.fullmatch(origin.stem)
    if front.id and named and named[1] != front.id:
        notes.warnings.append(f"the id {front.id!r} is not the file's name, {named[1]!r}")
    warn_of_kind(front.kind, notes)
    front = replace(front, language=_language(front, origin, notes), rights=_rights(front, toml))
    return Split(front, body, line)


def _fenced(text: str, file: str) -> tuple[Toml, str, int]:
    """Part the file at the closing fence."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        if _YAML.match(text[:_HEAD]):
            hint = 'Write +++ for ---, and key = "words" for key: words.'
            raise SourceError("the front matter is YAML", place=Place(file, 1), hint=hint)
        return Toml(table={}, text="", file=file), text, 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            toml = parse_toml("\n".join(lines[1:number]), file, line=1)
            return toml, "\n".join(lines[number + 1 :]), number + 1
    hint = "Write a second line of +++ below it."
    raise SourceError("the front matter has no end", place=Place(file, 1), hint=hint)


def _mistakes(front: FrontMatter) -> Iterator[Problem]:
    if front.language and not LANGUAGE.fullmatch(front.language):
        yield Problem(("language",), f"{front.language!r} is no language", 'Write "en" or "es-MX".')
    if front.id and not ID.fullmatch(front.id):
        hint = "Use a-z, 0-9 and -, 80 at most."
        yield Problem(("id",), f"{front.id!r} is no id of an article", hint)
    if front.kind and not _KIND.fullmatch(front.kind):
        yield Problem(("kind",), f"{front.kind!r} is no kind", 'Write a name such as "test".')
    urls: tuple[tuple[tuple[str, ...], str], ...] = (
        (("qr_url",), front.qr_url),
        (("source", "url"), front.source.url),
    )
    for path, url in urls:
        if url and not _WEB.fullmatch(url):
            yield Problem(path, f"{url!r} is no web address", "Begin it with https://.")


def _disagreements(front: FrontMatter, origin: Origin) -> Iterator[Problem]:
    """Compare with the name `<id>.<language>.md`, and with the caller."""
    named = FILE_STEM.fullmatch(origin.stem)
    translation = named if named and named[2] else None
    rows = (
        ("id", front.id, translation[1] if translation else "", "the file's name"),
        ("language", front.language, translation[2] if translation else "", "the file's name"),
        ("id", front.id, origin.id, "what was asked for"),
        ("title", front.title, origin.title, "what was asked for"),
    )
    for key, here, there, where in rows:
        if here and there and fold(here) != fold(there):
            hint = "Change one of them."
            yield Problem((key,), f"{key} is {here!r}, but {there!r} in {where}", hint)
    asked, here = origin.language.partition("-")[0], front.language.partition("-")[0]
    if asked and here and asked != here:
        what = f"the article is in {front.language!r}, not in {origin.language!r}"
        yield Problem(("language",), what, "Give its translation.")


def _language(front: FrontMatter, origin: Origin, notes: Notes) -> str:
    """Give the article's language: its own, the file's name's, the caller's, or English."""
    found = front.language or file_language(origin) or origin.language
    if not found:
        notes.warnings.append("the article does not say its language; it is taken for English")
    return found or "en"


def _rights(front: FrontMatter, toml: Toml) -> Rights:
    table = toml.table.get("rights", {})
    if isinstance(table, Mapping) and "may_edit" in table:
        return front.rights
    return replace(front.rights, may_edit=not needs_licence(front.rights))
