"""Recognising a format by the beginning of a text: one function a format, a confidence each.

Patterns are compiled when they are first used: one text needs few of them.
"""

import re

_PAGE = (
    r"(?m)^\[[^\]\n]+\]\([^)\n]*\) *(?:→|>|»)|^(?:URL of this page|Direcci[oó]n de esta p[aá]gina):"
)
_CLIPPED = (
    r"(?m)^(?:> ?)*#{1,6} +(?:Review Date|[UÚ]ltima revisi[oó]n) \d"
    r"|^(?:> ?)*#{4,6} +(?:References|Alternative Names|Referencias|Nombres alternativos) *$"
)
_REVIEWED = r"(?m)^(?:Review Date|[UÚ]ltima revisi[oó]n):? (?:\w{3,10}\.? )?\d"
_TITLED_BARE = r"(?s)\s*[^\s#>|+=-][^\n]{0,89}\n[ \t]*\n(?=(?:.*\n)??##+ \S)"
_OWN_MARKS = r"(?m)^# \S|^> ?\[!|^\||^:  ?\S|^```|^\{\."
_QUOTED_HEADING = r"(?m)^> ?(?:\[![\w-]+\][+-]? *)?#{1,6} \S"
_HTML = (
    r"(?si)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])"
)
_HTML_PIECE = r"(?i)\s*<(?:article|main|section|div|header|p|h[1-6]|ul|ol|table)(?:\s[^<>]*)?>"
_MARKS = r"(?m)^#{1,3} \S|^> ?\[!\w+\]"


def markdown(head: str) -> float:
    """Say how likely it is Markdown with front matter, from 0 to 1."""
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if re.search(_MARKS, head) else 0.2


def encyclopedia_text(head: str) -> float:
    """Say how likely it is an encyclopedia page as text, from 0 to 1."""
    if head.startswith(("+++\n", "---\n")):
        return 0.3
    if re.search(_PAGE, head) or re.search(_CLIPPED, head) or _is_quoted_page(head):
        return 0.9
    if re.match(_TITLED_BARE, head) and not re.search(_OWN_MARKS, head):
        return 0.65
    return 0.55 if re.search(_REVIEWED, head) else 0.3


def _is_quoted_page(head: str) -> bool:
    """Tell whether most of the text is quoted, and its headings are, too."""
    lines = [line for line in head.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return quoted > len(lines) / 2 and bool(re.search(_QUOTED_HEADING, head))


def encyclopedia_html(head: str) -> float:
    """Say how likely it is an HTML page, from 0 to 1."""
    if re.match(_HTML, head):
        return 0.9
    return 0.7 if re.match(_HTML_PIECE, head) else 0.0


_XML_ROOT = r"(?s)(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([\w.-]+)"
_CONNECT = r"\s*\{\s*\"feed\"\s*:\s*\{"


def _xml_root(head: str) -> str:
    """Give the local name of an XML document's root, which its DOCTYPE says, too, or ""."""
    found = re.match(_XML_ROOT, head)
    return found[1] if found else ""


def health_topics(head: str) -> float:
    """Say how likely it is a file of MedlinePlus health topics, from 0 to 1."""
    return 1.0 if _xml_root(head) in ("health-topics", "health-topic") else 0.0


def drug_label(head: str) -> float:
    """Say how likely it is a drug label (SPL), from 0 to 1."""
    return 1.0 if _xml_root(head) == "document" and "urn:hl7-org:v3" in head else 0.0


def medline_web_service(head: str) -> float:
    """Say how likely it is an answer of the MedlinePlus web service, from 0 to 1."""
    return 1.0 if _xml_root(head) == "nlmSearchResult" else 0.0


def medline_connect(head: str) -> float:
    """Say how likely it is an answer of MedlinePlus Connect, from 0 to 1."""
    feed = re.match(_CONNECT, head) or _xml_root(head) == "feed"
    is_of_nlm = "mainSearchCriteria" in head or "MedlinePlus" in head
    return 1.0 if feed and is_of_nlm else 0.0


_HEALTHFINDER = r"(?s)\s*\{\s*\"Result\"\s*:\s*\{.*?\"(?:ApiVersion|Error|Resources|MyHF\w+)\""
_NHS = r"(?s)\s*\{(?=.*\"@type\"\s*:\s*\"\w*WebPage\").*\bnhs\.uk/"
_STATEMENT = (
    r"(?im)^(?:Vaccine Information Statement\b(?: *[●•|]| *$)"
    r"|Many vaccine information statements are\b"
    r"|.{0,60}42 U\.?S\.?C\.? ?§? ?300aa-26|This translation is out of date\. .*\bVIS\b)"
)


def myhealthfinder(head: str) -> float:
    """Say how likely it is myhealthfinder, from 0 to 1."""
    return 1.0 if re.match(_HEALTHFINDER, head) else 0.0


def nhs(head: str) -> float:
    """Say how likely it is nhs, from 0 to 1."""
    return 1.0 if re.match(_NHS, head) else 0.0


def vaccine_statement(head: str) -> float:
    """Say how likely it is vaccine statement, from 0 to 1."""
    marked = head.startswith(("+++\n", "---\n", "<")) or re.search(_MARKS, head)
    return 0.95 if not marked and re.search(_STATEMENT, head) else 0.0


_YAML = r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:"
_BLANK = r"\{\{[#\s]*[A-Za-z_]"
_HEADING = r"(?m)^(#{1,3}) \S"
_FRONT = r"(\+\+\+|---)[ \t]*\n(?:.*\n)*?\1[ \t]*\n"
_BARE_TITLE = r"(?:^|\n\n)[^\W\d_][^\n]{0,88}[\w?)]\n\n(?=[^\n]{30})"
_MARKED_WORDS = r"(?m)^(?:#{1,6} |> |\|)|\*\*|\]\(|^ *[-*] \[[ x]\] |^: "


def clinician_markdown(head: str) -> float:
    """Say how likely it is clinician markdown, from 0 to 1."""
    if re.match(_YAML, head):
        return 1.1
    if head.startswith("+++\n") or not (re.search(_BLANK, head) or re.search(_MARKS, head)):
        return 0.0
    levels = re.findall(_HEADING, head)
    if re.search(_BLANK, head):
        return 0.7 if levels else 0.5
    return 0.65 if levels.count("#") > 1 or ("###" in levels and "##" not in levels) else 0.0


def plain_text(head: str) -> float:
    """Say how likely it is plain text, from 0 to 1."""
    front = re.match(_FRONT, head)
    body = head[front.end() :] if front else ""
    if not front or re.search(_MARKED_WORDS, body):
        return 0.0
    return 0.95 if re.search(_BARE_TITLE, "\n\n" + body.lstrip("\n")) else 0.0


def docx(head: str) -> float:
    """Take every ZIP file: its reader says what the others are."""
    return 1.0 if head.startswith(("PK\x03\x04", "PK\x05\x06")) else 0.0
