"""Recognising a format by the beginning of a text: one function a format, a confidence each."""

import re

_PAGE = re.compile(
    r"^\[[^\]\n]+\]\([^)\n]*\) *(?:→|>|»)|^(?:URL of this page|Direcci[oó]n de esta p[aá]gina):",
    re.MULTILINE,
)
_CLIPPED = re.compile(
    r"^(?:> ?)*#{1,6} +(?:Review Date|[UÚ]ltima revisi[oó]n) \d"
    r"|^(?:> ?)*#{4,6} +(?:References|Alternative Names|Referencias|Nombres alternativos) *$",
    re.MULTILINE,
)
_REVIEWED = re.compile(
    r"^(?:Review Date|[UÚ]ltima revisi[oó]n):? (?:\w{3,10}\.? )?\d", re.MULTILINE
)
_TITLED_BARE = re.compile(r"\s*[^\s#>|+=-][^\n]{0,89}\n[ \t]*\n(?=(?:.*\n)??##+ \S)", re.DOTALL)
_OWN_MARKS = re.compile(r"^# \S|^> ?\[!|^\||^:  ?\S|^```|^\{\.", re.MULTILINE)
_QUOTED_HEADING = re.compile(r"^> ?(?:\[![\w-]+\][+-]? *)?#{1,6} \S", re.MULTILINE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PIECE = re.compile(
    r"\s*<(?:article|main|section|div|header|p|h[1-6]|ul|ol|table)(?:\s[^<>]*)?>", re.IGNORECASE
)
_MARKS = re.compile(r"^#{1,3} \S|^> ?\[!\w+\]", re.MULTILINE)


def markdown(head: str) -> float:
    """Say how likely it is Markdown with front matter, from 0 to 1."""
    if head.startswith(("+++\n", "---\n")):
        return 1.0
    return 0.6 if _MARKS.search(head) else 0.2


def encyclopedia_text(head: str) -> float:
    """Say how likely it is an encyclopedia page as text, from 0 to 1."""
    if head.startswith(("+++\n", "---\n")):
        return 0.3
    if _PAGE.search(head) or _CLIPPED.search(head) or _is_quoted_page(head):
        return 0.9
    if _TITLED_BARE.match(head) and not _OWN_MARKS.search(head):
        return 0.65
    return 0.55 if _REVIEWED.search(head) else 0.3


def _is_quoted_page(head: str) -> bool:
    """Tell whether most of the text is quoted, and its headings are, too."""
    lines = [line for line in head.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return quoted > len(lines) / 2 and bool(_QUOTED_HEADING.search(head))


def encyclopedia_html(head: str) -> float:
    """Say how likely it is an HTML page, from 0 to 1."""
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
    feed = _CONNECT.match(head) or _xml_root(head) == "feed"
    is_of_nlm = "mainSearchCriteria" in head or "MedlinePlus" in head
    return 1.0 if feed and is_of_nlm else 0.0


_HEALTHFINDER = re.compile(
    r"\s*\{\s*\"Result\"\s*:\s*\{.*?\"(?:ApiVersion|Error|Resources|MyHF\w+)\"", re.DOTALL
)
_NHS = re.compile(r"\s*\{(?=.*\"@type\"\s*:\s*\"\w*WebPage\").*\bnhs\.uk/", re.DOTALL)
_STATEMENT = re.compile(
    r"^(?:Vaccine Information Statement\b(?: *[●•|]| *$)|Many vaccine information statements are\b"
    r"|.{0,60}42 U\.?S\.?C\.? ?§? ?300aa-26|This translation is out of date\. .*\bVIS\b)",
    re.MULTILINE | re.IGNORECASE,
)


def myhealthfinder(head: str) -> float:
    """Say how likely it is myhealthfinder, from 0 to 1."""
    return 1.0 if _HEALTHFINDER.match(head) else 0.0


def nhs(head: str) -> float:
    """Say how likely it is nhs, from 0 to 1."""
    return 1.0 if _NHS.match(head) else 0.0


def vaccine_statement(head: str) -> float:
    """Say how likely it is vaccine statement, from 0 to 1."""
    marked = head.startswith(("+++\n", "---\n", "<")) or _MARKS.search(head)
    return 0.95 if _STATEMENT.search(head) and not marked else 0.0


_YAML = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:")
_BLANK = re.compile(r"\{\{[#\s]*[A-Za-z_]")
_HEADING = re.compile(r"^(#{1,3}) \S", re.MULTILINE)
_FRONT = re.compile(r"(\+\+\+|---)[ \t]*\n(?:.*\n)*?\1[ \t]*\n(?P<body>(?:.*\n?)*)")
_BARE_TITLE = re.compile(r"(?:^|\n\n)[^\W\d_][^\n]{0,88}[\w?)]\n\n(?=[^\n]{30})")
_MARKED_WORDS = re.compile(r"^(?:#{1,6} |> |\|)|\*\*|\]\(|^ *[-*] \[[ x]\] |^: ", re.MULTILINE)


def clinician_markdown(head: str) -> float:
    """Say how likely it is clinician markdown, from 0 to 1."""
    if _YAML.match(head):
        return 1.1
    if head.startswith("+++\n") or not (_BLANK.search(head) or _MARKS.search(head)):
        return 0.0
    levels = _HEADING.findall(head)
    if _BLANK.search(head):
        return 0.7 if levels else 0.5
    return 0.65 if levels.count("#") > 1 or ("###" in levels and "##" not in levels) else 0.0


def plain_text(head: str) -> float:
    """Say how likely it is plain text, from 0 to 1."""
    front = _FRONT.match(head)
    if not front or _MARKED_WORDS.search(front["body"]):
        return 0.0
    return 0.95 if _BARE_TITLE.search("\n\n" + front["body"].lstrip("\n")) else 0.0


def docx(head: str) -> float:
    """Take every ZIP file: its reader says what the others are."""
    return 1.0 if head.startswith(("PK\x03\x04", "PK\x05\x06")) else 0.0
