"""Encyclopedia articles as plain text, as they are copied from the page.

Bare heading lines, blank lines between all blocks, `- ` items, `*emphasis*`, `[text](#)`.
Everything in the file is in the article or in the report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.article import Article, Rights, Section
from handouts.sources.blocks import blocks
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.headings import Verdict, heading, looks_like_title
from handouts.sources.identity import article_id, file_language, other_names
from handouts.sources.kinds import guess_kind
from handouts.sources.marked_text import href_of, inlines, plain_text, targets
from handouts.sources.page_chrome import END, FRONT, OPENING, match
from handouts.sources.page_foot import PageFoot, read_page_foot
from handouts.sources.page_head import PageHead, read_page_head
from handouts.sources.pieces import Piece, pieces
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.strings import Strings, load
from handouts.values import replace

FORMAT = "encyclopedia-text"

_BACK = ("alternative_names", "references", "images", "related", "cite")
"""Roles of sections in which only known titles are headings."""
_LEFT_OUT = {
    "images": "images have rights of their own",
    "related": "related topics are links",
    "cite": "page chrome: how to cite",
}
_SPANISH = re.compile(
    r"^(?:Direcci[oó]n de esta p[aá]gina|Omita y vaya|[UÚ]ltima revisi[oó]n|Nombres alternativos)",
    re.MULTILINE,
)
_RULE = re.compile(r"[-_=*~]{3,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_HOLDER = "A.D.A.M."
_HOLDERS_NAME = re.compile(r"\bA\.?D\.?A\.?M\b")


@dataclass(slots=True)
class _Part:
    """A section while it is gathered; the summary has no verdict."""

    verdict: Verdict | None = None
    line: int = 1
    pieces: list[Piece] = field(default_factory=list)

    @property
    def role(self) -> str:
        return self.verdict.role if self.verdict else ""


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one article of a source."""
    yield read(content.text(), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read an article in this form.

    Raises:
        SourceError: There is no title, or no id can be made.
    """
    notes = Notes()
    text = _without_entities(text, notes)
    language = origin.language or file_language(origin) or _language(text, notes)
    origin = replace(origin, language=language)
    words = load(origin.language)
    found = _with_words(pieces(text, lambda line: _stands_alone(line, words)), notes)
    head = read_page_head(found, words, origin.file, notes)
    body, foot_pieces = _parted(found[head.length :], words)
    foot = read_page_foot(foot_pieces, notes)
    parts = _parts(body, words, notes)
    _report_targets([*head.own, *found[head.length :]], parts, notes)
    article = _article(head, foot, parts, origin, notes)
    return Reading(article=article, report=notes.report(FORMAT))


def _without_entities(text: str, notes: Notes) -> str:
    """Decode HTML's names of characters, which copies leave behind, twice over at times."""
    if not _ENTITY.search(text):
        return text
    from html import unescape  # noqa: PLC0415  (a large table, rarely needed)

    notes.warnings.append("names of characters such as &amp; were decoded")
    once = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return _ENTITY.sub(lambda entity: unescape(entity[0]), once)


def _language(text: str, notes: Notes) -> str:
    language = "es" if _SPANISH.search(text) else "en"
    notes.guessed.append(Guess(1, language, 0.9 if language == "es" else 0.7, "language"))
    return language


def _stands_alone(line: str, words: Strings) -> bool:
    """Tell of a line that it is no part of a paragraph, though no blank line parts it."""
    known = line[0].isupper() and words.role_of(line)
    return bool(known or match(FRONT, line) or match(OPENING, line))


def _with_words(found: tuple[Piece, ...], notes: Notes) -> tuple[Piece, ...]:
    """Leave out rules, and links without words."""
    kept = []
    for piece in found:
        if _RULE.fullmatch(piece.text) or not plain_text(piece.text).strip():
            notes.drop(piece.line, piece.text, "nothing to print")
            continue
        kept.append(piece)
    return tuple(kept)


def _parted(found: tuple[Piece, ...], words: Strings) -> tuple[list[Piece], list[Piece]]:
    """Part the article from what stands behind it; a known title leads back into the article."""
    body: list[Piece] = []
    foot: list[Piece] = []
    current = body
    for piece in found:
        if piece.kind != "bullet" and match(OPENING if current is body else END, piece.text):
            current = foot
        elif current is foot and piece.kind in ("text", "heading") and words.role_of(piece.text):
            current = body
        current.append(piece)
    return body, foot


def _parts(body: list[Piece], words: Strings, notes: Notes) -> list[_Part]:
    """Gather the body into the summary and the sections."""
    parts = [_Part()]
    for index, piece in enumerate(body):
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        role = parts[-1].role
        strict = role in _BACK and not (role in _LEFT_OUT and _has_sentence(after))
        verdict = heading(piece, before, after, words, strict=strict)
        if verdict is None:
            parts[-1].pieces.append(piece)
            continue
        what = "section" if verdict.level == 2 else "sub-heading"  # noqa: PLR2004  (H2)
        notes.guessed.append(Guess(piece.line, verdict.title, verdict.confidence, what))
        if verdict.level == 2:  # noqa: PLR2004  (H2)
            parts.append(_Part(verdict, piece.line))
        else:
            parts[-1].pieces.append(
                Piece(piece.line, "heading", verdict.title, level=3, parted=piece.parted)
            )
    return parts


def _has_sentence(piece: Piece | None) -> bool:
    return piece is not None and piece.kind == "text" and not looks_like_title(piece)


# ---- the article -------------------------------------------------------------------------------


def _article(
    head: PageHead, foot: PageFoot, parts: list[_Part], origin: Origin, notes: Notes
) -> Article:
    summary, *rest = parts
    lead = tuple(blocks(summary.pieces, notes))
    sections = tuple(_section(part, notes) for part in rest if part.role not in _BACK)
    for part in rest:
        if part.role in _LEFT_OUT:
            _leave_out(part, notes)
    kind, sure = guess_kind(head.title, [section.role for section in sections])
    notes.guessed.append(Guess(1, kind, sure, "kind"))
    return Article(
        id=article_id(origin, head.title),
        kind=kind,
        title=head.title,
        language=origin.language,
        summary=lead,
        sections=sections,
        alternative_names=tuple(
            alias
            for words in _entries(rest, "alternative_names", notes)
            for alias in other_names(plain_text(words))
        ),
        references=tuple(inlines(words) for words in _entries(rest, "references", notes)),
        review=foot.review,
        source=head.source,
        rights=_rights(head, foot, notes),
    )


def _section(part: _Part, notes: Notes) -> Section:
    title = part.verdict.title if part.verdict else ""
    content = tuple(blocks(part.pieces, notes))
    if not content:
        notes.warnings.append(f"line {part.line}: the section {title!r} is empty")
    return Section(title=plain_text(title), role=part.role, blocks=content)


def _entries(parts: list[_Part], role: str, notes: Notes) -> list[str]:
    """Give the pieces of a back section; their numbers are the leaflet's own business."""
    found = [piece for part in parts if part.role == role for piece in part.pieces]
    for piece in found:
        if piece.number:
            notes.drop(piece.line, str(piece.number), "the leaflet numbers its entries itself")
    return [piece.text for piece in found]


def _leave_out(part: _Part, notes: Notes) -> None:
    reason = _LEFT_OUT[part.role]
    notes.drop(part.line, part.verdict.title if part.verdict else "", reason)
    for piece in part.pieces:
        notes.drop(piece.line, piece.raw or piece.text, reason)


def _rights(head: PageHead, foot: PageFoot, notes: Notes) -> Rights:
    """Say who holds the text: the copyright line does, else the page's address."""
    if any(_HOLDERS_NAME.search(notice) for notice in foot.notices):
        return Rights(holder=_HOLDER, status="licensed", notices=foot.notices, may_edit=False)
    if "/ency/" in head.source.url:
        notes.warnings.append(
            f"the text has no copyright line, but its address is one of {_HOLDER}'s encyclopedia"
        )
        return Rights(holder=_HOLDER, status="unknown", notices=foot.notices, may_edit=False)
    notes.warnings.append("the text does not say who holds it")
    return Rights(notices=foot.notices)


def _report_targets(found: list[Piece], parts: list[_Part], notes: Notes) -> None:
    """Report the targets of links that the article has not: their words are kept."""
    linked = {
        piece.line
        for part in parts
        if part.role not in (*_LEFT_OUT, "alternative_names")
        for piece in part.pieces
    }
    for piece in found:
        for target in targets(piece.text):
            if target.strip("#") and not (piece.line in linked and href_of(target)):
                notes.drop(piece.line, target, "the target of a link; its words are kept")
