"""CDC's Vaccine Information Statements, and their translations, as text pulled out of the PDFs.

Federal law (42 U.S.C. 300aa-26) asks for the current edition; the text must not be altered.
"""

import re
from collections.abc import Iterator, Sequence

from handouts.article import Article, Review, Rights, Section, Source
from handouts.document import Blocks
from handouts.errors import Place, SourceError
from handouts.sources.content import Content
from handouts.sources.formats import Outcome
from handouts.sources.identity import FILE_STEM, article_id
from handouts.sources.pieces import Piece
from handouts.sources.reading import Guess, Joined, Notes, Origin, Reading
from handouts.sources.vaccine_statement_body import Flow, Headings, Part, disorder
from handouts.sources.vaccine_statement_frame import Frame
from handouts.sources.vaccine_statement_words import ROLES, WORDS, heading_places, key
from handouts.values import replace

FORMAT = "vaccine-statement"

_HOLDER = "Centers for Disease Control and Prevention (CDC)"
_TRANSLATIONS = "Translation distributed by Immunize.org"
_BULLET = re.compile(r"[-–•●▪■◦‣∙·*]\s+(?=\S)")
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_DANGLING = 3
"""So many paragraphs that end in mid-sentence speak for mixed columns."""
_DOUBTFUL = 0.4


def read_all(content: Content, origin: Origin) -> Iterator[Outcome]:
    """Read the one statement of a source."""
    yield read(content.text(), origin)


def read(text: str, origin: Origin) -> Reading:
    """Read a statement.

    Raises:
        SourceError: It has no title, is in another language than the caller asks for, or no id can
            be made.
    """
    notes = Notes()
    frame = Frame(notes)
    lines = frame.take(_lines(text))
    language = _language(frame, lines, origin, notes)
    head, parts = Headings(language).parted(lines)
    title, lead = _title(head, language, origin, notes)
    flow = Flow(language, notes)
    summary = flow.blocks(lead)
    sections = tuple(_section(part, flow.blocks(part.lines), notes) for part in parts)
    _report_headings(parts, language, flow.dangling, notes)
    _warn(frame, notes)
    article = Article(
        id=article_id(_named(origin), _name(frame, title)),
        kind="vaccine",
        title=title,
        language=language,
        summary=summary,
        sections=sections,
        review=Review(date=frame.edition),
        source=Source(name="CDC Vaccine Information Statements", url=_url(language)),
        rights=Rights(
            holder=_HOLDER,
            status="public-domain",
            notices=(*frame.notices, *([] if language == "en" else [_TRANSLATIONS])),
            may_edit=False,
        ),
    )
    return Reading(article=article, report=notes.report(FORMAT))


def _lines(text: str) -> list[Piece]:
    """Give the lines that are not blank, without bullets."""
    found: list[Piece] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = " ".join(line.split())
        bullet = _BULLET.match(words)
        words = words[bullet.end() :] if bullet else words
        if words:
            found.append(Piece(number, "bullet" if bullet else "text", words))
    return found


# ---- language and title ------------------------------------------------------------------------


def _language(frame: Frame, lines: Sequence[Piece], origin: Origin, notes: Notes) -> str:
    """Tell the language by what the frame says, or by the headings."""
    language = frame.language
    if not language:
        keys = {key(line.text) for line in lines}
        counts = {tag: len(keys & set(heading_places(tag))) for tag in WORDS}
        language = max(counts, key=lambda tag: counts[tag])
        sure = 0.95 if counts[language] > 1 else 0.3
        if not counts[language]:
            language = origin.language or "en"
        notes.guessed.append(Guess(1, language, sure, "language"))
    asked = origin.language
    if asked and asked.partition("-")[0] != language.partition("-")[0]:
        what = f"the statement is in {language!r}, not in {asked!r}"
        raise SourceError(what, place=Place(origin.file), hint="Give its translation.")
    return language


def _title(
    head: list[Piece], language: str, origin: Origin, notes: Notes
) -> tuple[str, list[Piece]]:
    """Give the title, which may have several lines, and the lines between it and the first heading.

    Raises:
        SourceError: Nothing stands above the first heading.
    """
    if not head:
        hint = "Put the statement's title above the text."
        raise SourceError("the statement has no title", place=Place(origin.file), hint=hint)
    ending = WORDS[language].title_ends if language in WORDS else ""
    count, sure = _title_lines([line.text for line in head], ending)
    title = " ".join(line.text for line in head[:count])
    notes.guessed.append(Guess(head[0].line, title, sure, "title"))
    if count > 1:
        notes.joined.append(Joined(head[0].line, f"{count} lines of the title"))
    return title, head[count:]


def _title_lines(lines: list[str], ending: str) -> tuple[int, float]:
    for count in range(1, len(lines) + 1):
        if ending and key(" ".join(lines[:count])).endswith(key(ending)):
            return count, 1.0
    if lines[0].endswith((":", "：")) and len(lines) > 1:
        return 2, 0.6
    return 1, 0.5


def _named(origin: Origin) -> Origin:
    """Give the origin without a file's name that is no id, such as `spanish_hpv`.

    The vaccine's name is the same for all translations, which belong together.
    """
    return origin if FILE_STEM.fullmatch(origin.stem) else replace(origin, stem="")


def _name(frame: Frame, title: str) -> str:
    """Give the vaccine's name in Latin letters, to make the id of: the same in every language."""
    name = frame.name
    if not name:
        cut = title.partition(":")[0].partition("(")
        latin = " ".join(_LATIN.findall(cut[0])) or " ".join(_LATIN.findall(title))
        name = latin
    return name if "vaccine" in name.casefold() else f"{name} vaccine"


def _url(language: str) -> str:
    """Give the address that the translations' banner says; the English statement says no own one."""
    return "" if language == "en" else "https://www.immunize.org/vis"


# ---- sections and doubts -----------------------------------------------------------------------


def _section(part: Part, blocks: Blocks, notes: Notes) -> Section:
    if not blocks:
        notes.warnings.append(f"line {part.line}: the section {part.title!r} is empty")
    role = ROLES[part.place] if part.place >= 0 else ""
    return Section(title=part.title, role=role, blocks=blocks)


def _report_headings(parts: list[Part], language: str, dangling: int, notes: Notes) -> None:
    """Report the headings, and doubt them when the columns of the page seem mixed up."""
    doubt = disorder(parts, language)
    if not doubt and dangling >= _DANGLING:
        doubt = f"{dangling} paragraphs end in mid-sentence"
    if doubt:
        what = f"the columns of the page may be mixed up ({doubt}): compare the text with the PDF"
        notes.warnings.append(what)
    for part in parts:
        sure = min(part.sure, _DOUBTFUL) if doubt else part.sure
        notes.guessed.append(Guess(part.line, part.title, sure, "section"))


def _warn(frame: Frame, notes: Notes) -> None:
    if frame.outdated:
        notes.warnings.append("the translation is out of date: give the English statement with it")
    if frame.edition is None:
        notes.warnings.append("the statement does not say the date of its edition")
    elif len(set(frame.dates)) > 1:
        found = ", ".join(str(date) for date in sorted(set(frame.dates)))
        notes.warnings.append(f"the statement has several dates of its edition: {found}")
    notes.warnings.append("the law asks for the current edition: compare its date at CDC")
