"""The formats that can be read: a row each, recognised by content, its reader imported on use.

To add one, write a module with `read(content, origin)` and add its row.
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol

from handouts.errors import SourceError
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


# ---- recognising -------------------------------------------------------------------------------

_PAGE = re.compile(
    r"^\[[^\]\n]+\]\([^)\n]*\) *(?:→|>|»)|^(?:URL of this page|Direcci[oó]n de esta p[aá]gina):",
    re.MULTILINE,
)
_CLIPPED = re.compile(
    r"^(?:> ?)*#{1,6} +(?:Review Date|[UÚ]ltima revisi[oó]n) \d"
    r"|^(?:> ?)*#{4,6} +(?:References|Alternative Names|Referencias|Nombres alternativos) *$",
    re.MULTILINE,
)
_REVIEWED = re.compile(r"^(?:Review Date|[UÚ]ltima revisi[oó]n) \d", re.MULTILINE)
_QUOTED_HEADING = re.compile(r"^> ?(?:\[![\w-]+\][+-]? *)?#{1,6} \S", re.MULTILINE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PIECE = re.compile(
    r"\s*<(?:article|main|section|div|header|p|h[1-6]|ul|ol|table)(?:\s[^<>]*)?>", re.IGNORECASE
)
_MARKS = re.compile(r"^#{1,3} \S|^> ?\[!\w+\]", re.MULTILINE)


def _markdown(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if _MARKS.search(head) else 0.2


def _encyclopedia_text(head: str) -> float:
    if head.startswith(("+++\n", "---\n")):
        return 0.3
    if _PAGE.search(head) or _CLIPPED.search(head) or _is_quoted_page(head):
        return 0.9
    return 0.55 if _REVIEWED.search(head) else 0.3


def _is_quoted_page(head: str) -> bool:
    """Tell whether most of the text is quoted, and its headings are, too."""
    lines = [line for line in head.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return quoted > len(lines) / 2 and bool(_QUOTED_HEADING.search(head))


def _encyclopedia_html(head: str) -> float:
    if _HTML.match(head):
        return 0.9
    return 0.7 if _HTML_PIECE.match(head) else 0.0


_XML_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_CONNECT = re.compile(r"\s*\{\s*\"feed\"\s*:\s*\{")


def _xml_root(head: str) -> str:
    """Give the local name of an XML document's root, which its DOCTYPE says, too, or ""."""
    found = _XML_ROOT.match(head)
    return found[1] if found else ""


def _health_topics(head: str) -> float:
    return 1.0 if _xml_root(head) in ("health-topics", "health-topic") else 0.0


def _medline_web_service(head: str) -> float:
    return 1.0 if _xml_root(head) == "nlmSearchResult" else 0.0


def _medline_connect(head: str) -> float:
    feed = _CONNECT.match(head) or _xml_root(head) == "feed"
    is_of_nlm = "mainSearchCriteria" in head or "MedlinePlus" in head
    return 1.0 if feed and is_of_nlm else 0.0


_HEALTHFINDER = re.compile(
    r"\s*\{\s*\"Result\"\s*:\s*\{.*?\"(?:ApiVersion|Resources|MyHF\w+)\"", re.DOTALL
)
_NHS = re.compile(r"\s*\{(?=.*\"@type\"\s*:\s*\"\w*WebPage\").*\bnhs\.uk/", re.DOTALL)
_STATEMENT = re.compile(
    r"^(?:Vaccine Information Statement\b(?: *[●•|]| *$)|Many vaccine information statements are\b"
    r"|.{0,60}42 U\.?S\.?C\.? ?§? ?300aa-26|This translation is out of date\. .*\bVIS\b)",
    re.MULTILINE | re.IGNORECASE,
)


def _myhealthfinder(head: str) -> float:
    return 1.0 if _HEALTHFINDER.match(head) else 0.0


def _nhs(head: str) -> float:
    return 1.0 if _NHS.match(head) else 0.0


def _vaccine_statement(head: str) -> float:
    marked = head.startswith(("+++\n", "---\n", "<")) or _MARKS.search(head)
    return 0.95 if _STATEMENT.search(head) and not marked else 0.0


_YAML = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:")
_BLANK = re.compile(r"\{\{[#\s]*[A-Za-z_]")
_HEADING = re.compile(r"^(#{1,3}) \S", re.MULTILINE)
_FRONT = re.compile(r"(\+\+\+|---)[ \t]*\n(?:.*\n)*?\1[ \t]*\n(?P<body>(?:.*\n?)*)")
_BARE_TITLE = re.compile(r"(?:^|\n\n)[^\W\d_][^\n]{0,88}[\w?)]\n\n(?=[^\n]{30})")
_MARKED_WORDS = re.compile(r"^(?:#{1,6} |> |\|)|\*\*|\]\(|^ *[-*] \[[ x]\] |^: ", re.MULTILINE)


def _clinician_markdown(head: str) -> float:
    if _YAML.match(head):
        return 1.1
    if head.startswith("+++\n") or not (_BLANK.search(head) or _MARKS.search(head)):
        return 0.0
    levels = _HEADING.findall(head)
    if _BLANK.search(head):
        return 0.7 if levels else 0.5
    return 0.65 if levels.count("#") > 1 or ("###" in levels and "##" not in levels) else 0.0


def _plain_text(head: str) -> float:
    front = _FRONT.match(head)
    if not front or _MARKED_WORDS.search(front["body"]):
        return 0.0
    return 0.95 if _BARE_TITLE.search("\n\n" + front["body"].lstrip("\n")) else 0.0


FORMATS = (
    Format(
        name="markdown",
        label="Markdown with front matter",
        module="markdown",
        suffix=".md",
        detect=_markdown,
        kept="everything that CommonMark, tables, definition lists and alerts say",
        left_out="images, thematic breaks, links with other schemes",
    ),
    Format(
        name="encyclopedia-text",
        label="MedlinePlus encyclopedia page as text",
        module="encyclopedia_text",
        suffix=".txt",
        detect=_encyclopedia_text,
        kept="title, sections, lists (also without marks), references, review, notices",
        left_out="page chrome, images, related topics, targets of relative links",
    ),
    Format(
        name="encyclopedia-html",
        label="MedlinePlus encyclopedia page, or a clinic's own page, as HTML",
        module="encyclopedia_html",
        suffix=".html",
        detect=_encyclopedia_html,
        kept="title, sections, nested lists, tables, emphasis, links, references, review, notices",
        left_out="page chrome, images, related topics, scripts and forms",
    ),
    Format(
        name="health-topics",
        label="MedlinePlus health topics XML, whole or in part",
        module="health_topics",
        suffix=".xml",
        detect=_health_topics,
        kept="summary, questions as sections, other names, MeSH codes, the institute's line, address",
        left_out="links to other pages, groups, related topics, the index, search engines' summary",
    ),
    Format(
        name="medline-web-service",
        label="MedlinePlus web service answer (topic, brief, all)",
        module="medline_web_service",
        suffix=".xml",
        detect=_medline_web_service,
        kept="what health-topics keeps; of a brief answer summary, other names, organization",
        left_out="what health-topics leaves out; marks of the search, snippets",
    ),
    Format(
        name="medline-connect",
        label="MedlinePlus Connect answer, JSON or Atom",
        module="medline_connect",
        suffix=".json",
        detect=_medline_connect,
        kept="summary, questions as sections, other names, the code asked for, the institute's line",
        left_out="related links, data about the answer; drug pages are links only",
    ),
    Format(
        name="myhealthfinder",
        label="MyHealthfinder answer (version 2 or later, JSON)",
        module="myhealthfinder",
        suffix=".json",
        detect=_myhealthfinder,
        kept="each resource an article: title, sections, bold headings, lists, links, last update",
        left_out="related items, images, the service's sorting and teasers",
    ),
    Format(
        name="nhs",
        label="NHS website content API page (version 2, JSON)",
        module="nhs",
        suffix=".json",
        detect=_nhs,
        kept="sections, boxes, care cards with their rank, expanders, tables, reviews, copyright",
        left_out="further copies of the text, images, films, breadcrumbs, search engines' words",
    ),
    Format(
        name="vaccine-statement",
        label="CDC Vaccine Information Statement, text from the PDF",
        module="vaccine_statement",
        suffix=".txt",
        detect=_vaccine_statement,
        kept="title, sections, lists that lost their bullets, edition, banner and foot as notices",
        left_out="running feet, the field for the office",
    ),
    Format(
        name="clinician-markdown",
        label="Markdown from elsewhere: front matter in YAML or none, blanks",
        module="clinician_markdown",
        suffix=".md",
        detect=_clinician_markdown,
        kept="what markdown keeps; blanks `{{name}}`, YAML keys for title, language, source, review",
        left_out="what markdown leaves out; other YAML keys",
    ),
    Format(
        name="plain-text",
        label="Plain text with front matter in TOML or YAML",
        module="plain_text",
        suffix=".txt",
        detect=_plain_text,
        kept="title line, paragraphs, bullets, numbers, bare headings as guesses, emphasis, links",
        left_out="rules between paragraphs, other YAML keys",
    ),
)

_SUFFIX_WEIGHT = 0.2


def recognise(content: Content) -> Format:
    """Find the format that a source is most likely in."""
    return max(
        FORMATS,
        key=lambda row: row.detect(content.head) + _SUFFIX_WEIGHT * (row.suffix == content.suffix),
    )
