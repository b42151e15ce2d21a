"""Plain text with front matter: a title line, paragraphs parted by blank lines, `- ` items.

Headings have no marks: short lines with a body below them are sections, lines in capitals
sub-headings; the report says how sure each is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.article import Article, Section
from handouts.errors import Place, SourceError
from handouts.sources.back_matter import LIFTED
from handouts.sources.blocks import blocks
from handouts.sources.clinician_markdown import with_blanks
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.front_matter import FrontMatter, split
from handouts.sources.headings import heading
from handouts.sources.identity import article_id, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.marked_text import href_of, inlines, plain_text, targets
from handouts.sources.pieces import Piece, pieces
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.yaml_front_matter import has_yaml, split_yaml
from handouts.strings import Strings, fold, load
from handouts.values import replace

FORMAT = "plain-text"

_RULE = re.compile(r"[-_=*~]{3,}")


@dataclass(slots=True)
class _Part:
    """A section while it is gathered; the summary has no title."""

    title: str = ""
    role: str = ""
    line: int = 1
    pieces: list[Piece] = field(default_factory=list)


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a source."""
    yield read(content.text(), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read an article in plain text.

    Raises:
        SourceError: The front matter is wrong, or there is no title.
    """
    notes = Notes()
    yaml = has_yaml(text)
    file = split_yaml(text, origin, notes) if yaml else split(text, origin, notes)
    found = [
        replace(piece, line=piece.line + file.line)
        for piece in pieces(file.body, lambda _: False)
        if not _is_rule(piece, file.line, notes)
    ]
    title, body = _title(origin.title or file.front.title, found, origin.file)
    parts = _parts(body, _words(file.front.language), notes)
    _report_targets(body, notes)
    article = _article(file.front, title, parts, origin, notes)
    is_ours = not yaml and text.startswith("+++")
    article = article if is_ours else with_blanks(article, notes)
    return Reading(article=article, report=notes.report(FORMAT))


def _words(language: str) -> Strings:
    """Give the known titles of a language, or of English, when nobody has written them down."""
    try:
        return load(language)
    except SourceError:
        return load("en")


def _is_rule(piece: Piece, above: int, notes: Notes) -> bool:
    if _RULE.fullmatch(piece.text):
        notes.drop(piece.line + above, piece.text, "a rule between paragraphs")
        return True
    return False


def _title(known: str, found: list[Piece], file: str) -> tuple[str, list[Piece]]:
    """Give the title: said by front matter or caller, else the first line, which must be short."""
    first = found[0] if found else None
    if first and known and fold(plain_text(first.text)) == fold(known):
        return known, found[1:]
    if known:
        return known, found
    if first and first.kind in ("text", "heading") and first.lines == 1 and len(found) > 1:
        return plain_text(first.text), found[1:]
    hint = "Write it as the first line, with a blank line below it."
    raise SourceError("the article has no title", place=Place(file, 1), hint=hint)


def _parts(body: list[Piece], words: Strings, notes: Notes) -> list[_Part]:
    parts = [_Part()]
    for index, piece in enumerate(body):
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        verdict = heading(piece, before, after, words, strict=parts[-1].role in LIFTED)
        if verdict is None:
            parts[-1].pieces.append(piece)
            continue
        section = verdict.level == 2  # noqa: PLR2004  (H2)
        what = "section" if section else "sub-heading"
        notes.guessed.append(Guess(piece.line, verdict.title, verdict.confidence, what))
        if section:
            parts.append(_Part(plain_text(verdict.title), verdict.role, piece.line))
        else:
            parts[-1].pieces.append(Piece(piece.line, "heading", verdict.title, level=3))
    return parts


def _article(
    front: FrontMatter, title: str, parts: list[_Part], origin: Origin, notes: Notes
) -> Article:
    lead, *rest = parts
    sections = tuple(
        Section(title=part.title, role=part.role, blocks=tuple(blocks(part.pieces, notes)))
        for part in rest
        if part.role not in LIFTED
    )
    kind, sure = guess_kind(title, [section.role for section in sections])
    if not front.kind:
        notes.guessed.append(Guess(1, kind, sure, "kind"))
    names = [piece for part in rest if part.role == "alternative_names" for piece in part.pieces]
    cited = [piece for part in rest if part.role == "references" for piece in part.pieces]
    return front.article(
        id=front.id or article_id(origin, title),
        kind=front.kind or kind,
        title=title,
        summary=tuple(blocks(lead.pieces, notes)),
        sections=sections,
        names=tuple(name for piece in names for name in other_names(plain_text(piece.text))),
        references=tuple(inlines(piece.text) for piece in cited),
    )


def _report_targets(body: list[Piece], notes: Notes) -> None:
    for piece in body:
        for target in targets(piece.text):
            if target.strip("#") and not href_of(target):
                notes.drop(piece.line, target, "a link's target that no leaflet can follow")
