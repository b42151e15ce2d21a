"""An article as a file of the library: TOML front matter above Markdown.

What `write` gives, the reader of Markdown reads as the same article.
"""

import re
from collections.abc import Iterator

from handouts import strings
from handouts.article import Article, Section
from handouts.articlefile.blocks import block_lines, heading_source
from handouts.articlefile.front import front_lines
from handouts.document import NumberedList, Paragraph, Text
from handouts.errors import SourceError
from handouts.sources.markdown_sections import role_finder

__all__ = ["write"]

_BRACES = re.compile(r"\{(?!\.)(?=[^{}]*\}$)")
_REFERENCES = "references"


def write(article: Article) -> str:
    """Write an article as the text of its file.

    Raises:
        SourceError: It holds a block that only pages have.
    """
    parts = ["\n".join(("+++", *front_lines(article), "+++"))]
    if article.summary:
        parts.append("\n".join(block_lines(article.summary)))
    for section in article.sections:
        parts += _section(section, article.language)
    if article.references:
        parts += _references(article)
    return "\n\n".join(parts) + "\n"


def _section(section: Section, language: str) -> Iterator[str]:
    title = _BRACES.sub(r"\\{", heading_source((Text(section.title),)))
    known = role_finder(language)(section.title)
    level = "" if section.level == 2 else f"level={section.level}"  # noqa: PLR2004  (H2)
    said = f" {{{' '.join(filter(None, (section.role, level)))}}}"
    yield f"## {title}{said if level or section.role != known else ''}"
    if section.blocks:
        yield "\n".join(block_lines(section.blocks))


def _reference_title(language: str) -> str:
    try:
        return strings.load(language).furniture[_REFERENCES]
    except SourceError:  # nobody has given the leaflet's words in this language yet
        return "References"


def _references(article: Article) -> Iterator[str]:
    title = _reference_title(article.language)
    known = role_finder(article.language)(title)
    yield f"## {title}" + ("" if known == _REFERENCES else f" {{{_REFERENCES}}}")
    entries = tuple((Paragraph(entry),) for entry in article.references)
    yield "\n".join(block_lines((NumberedList(entries),))[2:])
