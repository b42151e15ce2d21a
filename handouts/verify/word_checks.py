"""Are the words there that every leaflet must have?  Section 11, 6."""

import re
from collections.abc import Iterator

from handouts.verify.finding import Finding
from handouts.verify.printed import Printed, TextLine

_CUT = "…"


def phone(printed: Printed) -> Iterator[Finding]:
    """Look for a telephone link on page 1."""
    if not any(page == 1 and target.startswith("tel:") for page, target in printed.links):
        yield Finding(
            page=1,
            what="there is no phone number to tap",
            todo="Put the clinic's phone on page 1, as a tel: link.",
        )


def footer(printed: Printed) -> Iterator[Finding]:
    """Look for the leaflet's title, what is said of it, and `page n of N` on each page."""
    form, count = printed.limits.footer, len(printed.pages)
    for page in range(1, count + 1):
        lines = [line for line in printed.lines if line.page == page]
        foot = [line for line in lines if line.first.artifact]
        if form != "none":
            if not _has_title(foot, printed.facts.title):
                yield _missing(page, "the leaflet's title")
            if not _has_count(foot, page, count):
                yield _missing(page, f"“page {page} of {count}”")
        if form == "whole" and not _says(foot, printed.facts.about):
            yield _missing(page, "number, version and language")
    ends = (*_closing_pages(printed), count)
    said = [line for line in printed.lines if form == "none" or line.page in ends]
    if form != "whole" and not _says(said, printed.facts.about):
        yield _missing(0, "number, version and language")


def closing(printed: Printed) -> Iterator[Finding]:
    """Look for the source and its review on the last page of text."""
    if printed.words is None:
        return
    pages = _closing_pages(printed)
    if any(block.lines[-1].page in pages and printed.cites(block) for block in printed.blocks):
        return
    yield Finding(
        page=pages[-1],
        what="source and review date are missing",
        todo="End the last page of text with “About this leaflet”.",
    )


def _closing_pages(printed: Printed) -> list[int]:
    """Number the pages on which the source may stand: those of the last section of text, or any."""
    pages = range(1, len(printed.pages) + 1)
    if printed.limits.closing == "any":
        return list(pages)
    last = 1
    for block in printed.blocks:
        if block.element.tag == "H2":
            page = block.lines[0].page
            if block.text in printed.notes:
                return list(range(last, max(page, last + 1)))
            last = page
    return list(pages[last - 1 :])


def _has_title(lines: list[TextLine], title: str) -> bool:
    """Whether lines say the title, or as much of it as there is room for."""
    return _says(lines, title) or any(
        line.text.endswith(_CUT) and title.startswith(_fold(line.text).rstrip(f" {_CUT}"))
        for line in lines
    )


def _has_count(lines: list[TextLine], page: int, count: int) -> bool:
    said = " ".join([line.text for line in lines])
    return bool(re.search(rf"(?<!\d){page}\D+{count}(?!\d)", said))


def _says(lines: list[TextLine], words: str) -> bool:
    return _fold(words) in _fold(" ".join([line.text for line in lines]))


def _fold(words: str) -> str:
    return " ".join(words.split())


def _missing(page: int, what: str) -> Finding:
    return Finding(
        page=page,
        what=f"the foot does not say {what}"
        if page
        else f"{what} are missing at the end of the leaflet",
        todo="Keep the footer of the edition; whoever finds a loose page needs it.",
    )
