"""Boxes of an article, and the design's advice on how much is good for a reader.

Limits are told, never enforced by cutting.
"""

from collections.abc import Iterator, Mapping

from handouts.article import Article, Section
from handouts.document import (
    Blocks,
    BulletList,
    Callout,
    Checklist,
    NumberedList,
    Paragraph,
    Steps,
    Strong,
    Terms,
    text,
)
from handouts.values import replace

CODE_BYTES = 62
"""The longest URL that a QR code of version 4, level M, holds."""

_FACT_WORDS = 9
_FEWEST_FACTS = 3
_LIST_ITEMS = 7


def limits(article: Article) -> tuple[str, ...]:
    """Give the advice that the article goes beyond; of text that may be edited only its words."""
    return (*_glance(article), *_boxes(article), *_lists(article), *_address(article))


def _glance(article: Article) -> Iterator[str]:
    for fact in article.glance:
        count = len(fact.words.split())
        if count > _FACT_WORDS:
            yield (
                f"at a glance, {fact.label!r} has {count} words; up to {_FACT_WORDS} are read at a"
                " glance"
            )
    if 0 < len(article.glance) < _FEWEST_FACTS:
        yield "fewer than 3 facts at a glance: they are set as terms, not as a strip"


def _boxes(article: Article) -> Iterator[str]:
    count = sum([box.kind == "emergency" for box in callouts(article)])
    if count > 1:
        yield f"the article has {count} emergency boxes; one is noticed, more are not"


def _lists(article: Article) -> Iterator[str]:
    if not article.rights.may_edit:
        return
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, BulletList) and _is_long(block):
                yield (
                    f"a list in {section.title!r} has {len(block.items)} items; group them, or"
                    " open each with its bold term"
                )


def _is_long(block: BulletList) -> bool:
    return len(block.items) > _LIST_ITEMS and not all(_opens_bold(item) for item in block.items)


def _opens_bold(item: Blocks) -> bool:
    match item:
        case (Paragraph(content=(Strong(), *_)), *_):
            return True
        case _:
            return False


def _address(article: Article) -> Iterator[str]:
    online = article.qr_url or article.source.url
    if len(online.encode()) > CODE_BYTES:
        yield f"no QR code: the address has more than {CODE_BYTES} bytes"


# ---- boxes -------------------------------------------------------------------------------------


def callouts(article: Article) -> tuple[Callout, ...]:
    """Give every callout of the article, at any depth."""
    blocks = (*article.summary, *(block for part in article.sections for block in part.blocks))
    return callouts_in(blocks)


def callouts_in(blocks: Blocks) -> tuple[Callout, ...]:
    """Give every callout of some blocks, at any depth."""
    found: list[Callout] = []
    _find(blocks, found)
    return tuple(found)


def _find(blocks: Blocks, found: list[Callout]) -> None:
    for block in blocks:
        match block:
            case Paragraph():  # most are
                pass
            case Callout():
                found.append(block)
                _find(block.blocks, found)
            case BulletList() | NumberedList() | Steps() | Checklist():
                for item in block.items:
                    _find(item, found)
            case Terms():
                for _, item in block.rows:
                    _find(item, found)
            case _:
                pass


def with_box_titles(article: Article, furniture: Mapping[str, str]) -> Article:
    """Give framed boxes without a title the leaflet's own word: an icon never stands alone."""
    if all(box.title for box in callouts(article) if box.kind in _TITLES):
        return article
    return replace(
        article,
        summary=_titled(article.summary, furniture),
        sections=tuple([_titled_section(part, furniture) for part in article.sections]),
    )


_TITLES = {"action": "action", "emergency": "emergency"}
"""Kind of box -> key of the furniture's word for it."""


def _titled_section(section: Section, furniture: Mapping[str, str]) -> Section:
    return replace(section, blocks=_titled(section.blocks, furniture))


def _titled(blocks: Blocks, furniture: Mapping[str, str]) -> Blocks:
    return tuple(
        [
            replace(block, title=text(furniture[_TITLES[block.kind]]))
            if isinstance(block, Callout) and not block.title and block.kind in _TITLES
            else block
            for block in blocks
        ]
    )
