"""The outline of a reading: what was found and what was not kept, for people to check."""

from collections.abc import Iterator

from handouts.document import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Checklist,
    Heading,
    NumberedList,
    Steps,
    Table,
    Terms,
    plain,
)
from handouts.sources.reading import Reading, Report

_LENGTH = 60


def outline(reading: Reading) -> str:
    """Write titles, kinds and counts of blocks, and the report, one a line."""
    return "\n".join((*_article(reading), *_report(reading.report))) + "\n"


def _article(reading: Reading) -> Iterator[str]:
    article = reading.article
    yield f"{article.title} [{article.kind}, {article.language}]"
    yield from _blocks(article.summary)
    for section in article.sections:
        yield f"## {section.title}" + (f" [{section.role}]" if section.role else "")
        yield from _blocks(section.blocks)
    for label, values in (
        ("other names", article.alternative_names),
        ("references", tuple(plain(entry) for entry in article.references)),
        ("notices", article.rights.notices),
    ):
        if values:
            yield f"{label}: {len(values)}"
            yield from (f"  {_short(value)}" for value in values)
    yield f"review: {article.review.date or 'date not given'}"
    yield f"source: {article.source.name or 'not named'} {article.source.url}".rstrip()
    yield f"rights: {article.rights.status} {article.rights.holder}".rstrip()


def _blocks(blocks: Blocks) -> Iterator[str]:
    yield from (f"  {_block(block)}" for block in blocks)


def _block(block: Block) -> str:
    match block:
        case BulletList(items) | NumberedList(items) | Steps(items) | Checklist(items):
            return f"{type(block).__name__}: {len(items)} items"
        case Terms(rows):
            return f"Terms: {len(rows)}"
        case Table(head, rows):
            return f"Table: {len(head)} + {len(rows)} rows"
        case Heading(content=content):
            return f"### {plain(content)}"
        case Callout(kind=kind, title=title):
            return f"{kind}: {plain(title)}"
        case _:
            return type(block).__name__


def _report(report: Report) -> Iterator[str]:
    """Write the report; what is sure by marks or known titles is left out."""
    for dropped in report.dropped:
        yield f"line {dropped.line} left out ({dropped.reason}): {_short(dropped.text)}"
    for guess in report.guessed:
        if guess.confidence < 1:
            yield f"line {guess.line} guessed {guess.what}, {guess.confidence:.0%}: {guess.title}"
    for joined in report.joined:
        yield f"line {joined.line} joined: {joined.what}"
    for dated in report.dates:
        yield f"line {dated.line} date: {dated.date} ({dated.meaning})"
    yield from (f"warning: {warning}" for warning in report.warnings)


def _short(words: str) -> str:
    return words if len(words) <= _LENGTH else f"{words[: _LENGTH - 1].rstrip()}…"
