"""The formats that can be read: a row each, recognised by content, its reader imported on use.

To add one, write a module with `read_all(content, origin)` and add its row.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol

from handouts.errors import SourceError
from handouts.sources import detection
from handouts.sources.content import Content
from handouts.sources.reading import Origin, Reading
from handouts.values import frozen

Outcome = Reading | SourceError
"""An article that was read, or why one of several could not be."""


class Reader(Protocol):
    """A module's function that reads the articles of a source, one after the other."""

    def __call__(self, content: Content, origin: Origin) -> Iterator[Outcome]:
        """Yield each article; raise `SourceError` when the whole source is unusable."""


@frozen
class Format:
    """A row: how a format is called and recognised, and what docs/sources.md says of it.

    `detect` gives a confidence from 0 to 1 for the beginning of a file; the suffix of the file's
    name adds a little to it.
    """

    name: str
    label: str
    module: str
    suffix: str
    detect: Callable[[str], float]
    kept: str
    left_out: str

    def read(self, content: Content, origin: Origin) -> Iterator[Outcome]:
        """Read the articles with this format's reader."""
        reader: Reader = import_module(f"handouts.sources.{self.module}").read_all
        return reader(content, origin)


FORMATS = (
    Format(
        name="markdown",
        label="Markdown with front matter",
        module="markdown",
        suffix=".md",
        detect=detection.markdown,
        kept="everything that CommonMark, tables, definition lists and alerts say",
        left_out="images, thematic breaks, links with other schemes",
    ),
    Format(
        name="encyclopedia-text",
        label="MedlinePlus encyclopedia page as text",
        module="encyclopedia_text",
        suffix=".txt",
        detect=detection.encyclopedia_text,
        kept="title, sections, lists (also without marks), references, review, notices",
        left_out="page chrome, images, related topics, targets of relative links",
    ),
    Format(
        name="encyclopedia-html",
        label="MedlinePlus encyclopedia page, or a clinic's own page, as HTML",
        module="encyclopedia_html",
        suffix=".html",
        detect=detection.encyclopedia_html,
        kept="title, sections, nested lists, tables, emphasis, links, references, review, notices",
        left_out="page chrome, images, related topics, scripts and forms",
    ),
    Format(
        name="health-topics",
        label="MedlinePlus health topics XML, whole or in part",
        module="health_topics",
        suffix=".xml",
        detect=detection.health_topics,
        kept="summary, questions as sections, other names, MeSH codes, the institute's line, address",
        left_out="links to other pages, groups, related topics, the index, search engines' summary",
    ),
    Format(
        name="medline-web-service",
        label="MedlinePlus web service answer (topic, brief, all)",
        module="medline_web_service",
        suffix=".xml",
        detect=detection.medline_web_service,
        kept="what health-topics keeps; of a brief answer summary, other names, organization",
        left_out="what health-topics leaves out; marks of the search, snippets",
    ),
    Format(
        name="medline-connect",
        label="MedlinePlus Connect answer, JSON or Atom",
        module="medline_connect",
        suffix=".json",
        detect=detection.medline_connect,
        kept="summary, questions as sections, other names, the code asked for, the institute's line",
        left_out="related links, data about the answer; drug pages are links only",
    ),
    Format(
        name="myhealthfinder",
        label="MyHealthfinder answer (version 2 or later, JSON)",
        module="myhealthfinder",
        suffix=".json",
        detect=detection.myhealthfinder,
        kept="each resource an article: title, sections, bold headings, lists, links, last update",
        left_out="related items, images, the service's sorting and teasers",
    ),
    Format(
        name="nhs",
        label="NHS website content API page (version 2, JSON)",
        module="nhs",
        suffix=".json",
        detect=detection.nhs,
        kept="sections, boxes, care cards with their rank, expanders, tables, reviews, copyright",
        left_out="further copies of the text, images, films, breadcrumbs, search engines' words",
    ),
    Format(
        name="vaccine-statement",
        label="CDC Vaccine Information Statement, text from the PDF",
        module="vaccine_statement",
        suffix=".txt",
        detect=detection.vaccine_statement,
        kept="title, sections, lists that lost their bullets, edition, banner and foot as notices",
        left_out="running feet, the field for the office",
    ),
    Format(
        name="clinician-markdown",
        label="Markdown from elsewhere: front matter in YAML or none, blanks",
        module="clinician_markdown",
        suffix=".md",
        detect=detection.clinician_markdown,
        kept="what markdown keeps; blanks `{{name}}`, YAML keys for title, language, source, review",
        left_out="what markdown leaves out; other YAML keys",
    ),
    Format(
        name="plain-text",
        label="Plain text with front matter in TOML or YAML",
        module="plain_text",
        suffix=".txt",
        detect=detection.plain_text,
        kept="title line, paragraphs, bullets, numbers, bare headings as guesses, emphasis, links",
        left_out="rules between paragraphs, other YAML keys",
    ),
    Format(
        name="drug-label",
        label="drug label of the FDA (SPL XML)",
        module="drug_label",
        suffix=".xml",
        detect=detection.drug_label,
        kept="patient inserts, Medication Guides, Drug Facts, boxed warnings in them, NDC, version",
        left_out="sections for professionals, package labels, pictures, data of the product",
    ),
    Format(
        name="docx",
        label="Word document (DOCX)",
        module="docx",
        suffix=".docx",
        detect=detection.docx,
        kept="title, headings or bold lines, lists (also typed) and their labels, tables, links,"
        " formulas, fields, inserted words",
        left_out="deleted and hidden words, text boxes, images, comments, notes, headers, footers",
    ),
)

_SUFFIX_WEIGHT = 0.2


def recognise(content: Content) -> Format:
    """Find the format that a source is most likely in."""
    return max(
        FORMATS,
        key=lambda row: row.detect(content.head) + _SUFFIX_WEIGHT * (row.suffix == content.suffix),
    )
