"""Encyclopedia articles as plain text, as they are copied from the page.

Bare heading lines, blank lines between all blocks, `- ` items, `*emphasis*`, `[text](#)`.
Everything in the file is in the article or in the report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.article import Article
from handouts.document import Inlines
from handouts.sources.back_matter import BACK, LEFT_OUT, LINKS
from handouts.sources.blocks import blocks
from handouts.sources.clipping import is_clipping, without_markdown
from handouts.sources.content import Content
from handouts.sources.encyclopedia import Part, check_language, guess_language, make_article
from handouts.sources.formats import Outcome
from handouts.sources.headings import Verdict, heading, looks_like_title
from handouts.sources.identity import file_language
from handouts.sources.marked_text import href_of, inlines, plain_text, targets
from handouts.sources.page_chrome import END, FRONT, INSIDE, MENU, OPENING, match
from handouts.sources.page_foot import PageFoot, read_page_foot
from handouts.sources.page_head import PageHead, read_page_head
from handouts.sources.pieces import Piece, pieces, without_dashes
from handouts.sources.reading import Guess, Notes, Origin, Reading
from handouts.sources.unmarked import is_by_line, with_marks
from handouts.strings import Strings, load
from handouts.values import replace

FORMAT = "encyclopedia-text"

_ALONE = (*FRONT, *INSIDE, *MENU)
_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)[ ,;]*")
_SHORT = 60
_RULE = re.compile(r"[-_=*~]{3,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


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
    if told := origin.language or file_language(origin):
        check_language(text, told, notes)
    origin = replace(origin, language=told or guess_language(text, notes))
    words = load(origin.language)
    if is_clipping(text):
        text = without_markdown(text, words, notes)
    by_line = is_by_line(without_dashes(text))
    cut = pieces(text, lambda line: _stands_alone(line, words), by_line=by_line)
    found = _with_words(cut, notes)
    head = read_page_head(found, words, origin.file, notes)
    rest = found[head.length :]
    if by_line:
        rest = with_marks(rest, words, notes)
    body, foot_pieces = _parted(rest, words)
    foot = read_page_foot(foot_pieces, notes)
    parts = _parts(body, words, notes, marked=by_line and not _has_bullets(found))
    _report_targets([*head.own, *rest], parts, notes)
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


def _stands_alone(line: str, words: Strings) -> bool:
    """Tell of a line that it is no part of a paragraph, though no blank line parts it."""
    known = line[0].isupper() and words.role_of(line)
    return bool(known or match(_ALONE, line) or match(OPENING, _bare(line)))


def _bare(text: str) -> str:
    """Give a line without the marks round it, such as those of `**Review Date 6/17/2024**`."""
    return plain_text(text) if text[0] in "*[" else text


def _with_words(found: tuple[Piece, ...], notes: Notes) -> tuple[Piece, ...]:
    """Leave out rules, links without words, and the page's buttons."""
    kept = []
    for piece in found:
        if piece.kind == "text" and (chrome := match(INSIDE, piece.text)):
            notes.drop(piece.line, piece.text, chrome[0].reason)
            continue
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
        shown = _bare(piece.text)
        if piece.kind != "bullet" and match(OPENING if current is body else END, shown):
            current = foot
        elif current is foot and piece.kind in ("text", "heading") and words.role_of(piece.text):
            current = body
        current.append(piece)
    return body, foot


def _has_bullets(found: tuple[Piece, ...]) -> bool:
    return any(piece.kind == "bullet" for piece in found)


def _parts(body: list[Piece], words: Strings, notes: Notes, *, marked: bool) -> list[_Part]:
    """Gather the body into the summary and the sections; in a marked one nothing is guessed."""
    parts = [_Part()]
    for index, piece in enumerate(body):
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        role = parts[-1].role
        strict = marked or (role in BACK and not (role in LEFT_OUT and _has_sentence(after)))
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
    of_page = head.of_page or bool(foot.notices)
    for part in rest:
        if part.role == LINKS and part.verdict and _has_own_text(part, of_page=of_page):
            what = f"line {part.line}: {part.verdict.title!r} holds text, and is kept as a section"
            notes.warnings.append(what)
            part.verdict = replace(part.verdict, role="")
    made = tuple(_made(part, notes) for part in rest)
    return make_article(head, foot, made, summary=lead, origin=origin, notes=notes)


def _made(part: _Part, notes: Notes) -> Part:
    title = plain_text(part.verdict.title) if part.verdict else ""
    if part.role in LEFT_OUT:
        _leave_out(part, notes)
        return Part(title=title, role=part.role, line=part.line)
    if part.role in BACK:
        entries = tuple(_entries(part, notes))
        _tell_unexpected(part, notes)
        return Part(title=title, role=part.role, line=part.line, entries=entries)
    made = tuple(blocks(part.pieces, notes))
    return Part(title=title, role=part.role, line=part.line, blocks=made)


def _entries(part: _Part, notes: Notes) -> Iterator[Inlines]:
    """Yield the pieces of a back section; their numbers are the leaflet's own business."""
    for piece in part.pieces:
        if piece.number:
            notes.drop(piece.line, str(piece.number), "the leaflet numbers its entries itself")
        yield inlines(piece.text)


def _has_own_text(part: _Part, *, of_page: bool) -> bool:
    """Tell whether there is more than links; on a page of the encyclopedia, than titles."""
    for piece in part.pieces:
        rest = _LINK.sub("", piece.text).strip()
        if rest and not (of_page and looks_like_title(replace(piece, text=rest, lines=1))):
            return True
    return False


def _tell_unexpected(part: _Part, notes: Notes) -> None:
    """Warn of what may be a section of its own: unlike the entries above it, or like a title."""
    title = part.verdict.title if part.verdict else ""
    for piece in part.pieces[1:]:
        first = part.pieces[0]
        if part.role == "references":
            odd = piece.kind == "text" and looks_like_title(piece)
        else:
            odd = ";" in first.text and ";" not in piece.text
        if odd or piece.kind != first.kind:
            what = f"line {piece.line}: {piece.text[:_SHORT]!r} may not belong to {title!r}"
            notes.warnings.append(what)


def _leave_out(part: _Part, notes: Notes) -> None:
    reason = LEFT_OUT[part.role]
    notes.drop(part.line, part.verdict.title if part.verdict else "", reason)
    for piece in part.pieces:
        notes.drop(piece.line, piece.raw or piece.text, reason)


def _report_targets(found: list[Piece], parts: list[_Part], notes: Notes) -> None:
    """Report the targets of links that the article has not: their words are kept."""
    linked = {
        piece.line
        for part in parts
        if part.role not in (*LEFT_OUT, "alternative_names")
        for piece in part.pieces
    }
    for piece in found:
        for target in targets(piece.text):
            if target.strip("#") and not (piece.line in linked and href_of(target)):
                notes.drop(piece.line, target, "the target of a link; its words are kept")
