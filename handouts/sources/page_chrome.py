"""What stands round an encyclopedia article: breadcrumb, address, review, notices, footer."""

import re
from typing import NamedTuple


class Row(NamedTuple):
    """A kind of line round the article, and what is done with it.

    `opens` says that it ends the article's body wherever it stands; the other rows are recognised
    only behind one that does.
    """

    name: str
    pattern: re.Pattern[str]
    reason: str = ""
    opens: bool = True


def _row(name: str, pattern: str, reason: str = "", opens: str = "yes") -> Row:
    return Row(name, re.compile(pattern), reason, opens == "yes")


DATE = r"(\d{1,2}/\d{1,2}/\d{4})"
"""Month, day, year; on the Spanish pages, too."""

_UNKNOWN = r"(?:unknown|not (?:given|known|available)|pending|none|n/?a|desconocida|no disponible)"
_SAID = (
    r"(?:[: ]*| *:.{1,40}|(?=.*\d{4}|.*\d[/.-]\d) (?!(?:by|por)\b).{1,40}"
    rf"|[: ]*(?i:{_UNKNOWN})\.?)"
)
"""What may stand behind "Review Date": nothing, a date in any form, a word that there is none."""

FRONT = (
    _row(
        "breadcrumb",
        r"(?:\[[^\]]*\]\([^)]*\)|Home|Inicio|P[áa]gina [Pp]rincipal) *[→>»] *\S.*",
        "page chrome: breadcrumb",
    ),
    _row(
        "address",
        r"(?:URL of this page|Direcci[oó]n de esta p[aá]gina) *: *(.*)",
        "page chrome: the page's address, kept as the source's",
    ),
    _row(
        "banner",
        r"(?:An official website|Official websites use|Secure \.gov|Here[’']s how you know"
        r"|A \.gov website belongs|A lock \(|Share sensitive information only"
        r"|Skip (?:navigation|to main)|Omita y vaya|To use the sharing features"
        r"|Para usar las funciones|Para utilizar las funciones).*",
        "page chrome: banner",
    ),
)

MENU = (
    _row(
        "menu",
        r"(?:Menu|Search|Search MedlinePlus|MedlinePlus Trusted Health Information for You"
        r"|National Library of Medicine|MedlinePlus|Health Topics|Drugs (?:&|and) Supplements"
        r"|Genetics|Medical Tests|Medical Encyclopedia|About MedlinePlus|What[’']s New|Site Map"
        r"|Customer Support|Español|English|You Are Here:?|Usted está aquí:?|Temas de salud"
        r"|Medicinas y suplementos|Pruebas médicas|Enciclopedia médica)",
        "page chrome: menu",
    ),
)
"""Lines above the title that may be titles of sections elsewhere."""

INSIDE = (
    _row(
        "banner",
        r"(?:To use the sharing features|Para usar las funciones|Para utilizar las funciones)"
        r".{0,80}JavaScript\.?",
        "page chrome: banner",
    ),
    _row(
        "top",
        r"(?:Return|Back) to [Tt]op|Volver (?:al comienzo|al inicio|arriba)|Expand Section"
        r"|Expandir (?:la )?secci[oó]n|Expand All|Collapse All|Print|Imprimir",
        "page chrome: buttons",
    ),
)
"""Lines of the page's working that stand between the article's own."""

END = (
    _row(
        "review",
        r"(?:Review Date|Date of Review|Updated? Date|Last [Rr]eview(?:ed|(?: [Dd]ate)?)"
        rf"|[UÚ]ltima [Rr]evisi[oó]n|Fecha de (?:la )?(?:[UÚuú]ltima )?[Rr]evisi[oó]n){_SAID}",
    ),
    _row(
        "reviewers",
        r"(?:Updated by|(?:Reviewed|(?:Also|Last) reviewed) by|Review provided by"
        r"|Versi[oó]n en ingl[eé]s revisada por|Tambi[eé]n revisad[ao] por|Actualizad[ao] por"
        r"|Traducci[oó]n y localizaci[oó]n)\b.*",
    ),
    _row("cite", r"(?:Learn how to cite|Aprenda c[oó]mo citar).*", "page chrome: how to cite"),
    _row("seal", rf"Health Content Provider {DATE}", "page chrome: the accreditation seal"),
    _row("notice", r"A\.D\.A\.M\.,? Inc\.? is accredited.*"),
    _row("notice", r"(?:The information provided herein|La informaci[oó]n aqu[ií] contenida).*"),
    _row("notice", r"(?:©|\([Cc]\) \d|Copyright (?:©|\d)).*"),
    _row(
        "footer",
        r"(?:National Library of Medicine )?8600 Rockville Pike.*|Browse the Encyclopedia"
        r"|Explore la Enciclopedia",
        "page chrome: footer",
    ),
    _row(
        "seal",
        rf"Health Content(?: Provider)?|Provider(?: {DATE})?|{DATE}",
        "page chrome: the accreditation seal",
        opens="no",
    ),
    _row(
        "footer",
        r"(?:National Library of Medicine|National Institutes of Health|U\.S\. Department of Health"
        r"|Page last updated|Last updated|Get updates|Subscribe to RSS|Connect with NLM|Follow us"
        r"|Web Policies|NLM Web Policies|HHS Vulnerability|Guidelines for Links|Viewers & Players"
        r"|MedlinePlus Connect|For Developers|Social Media Toolkit|Accessibility|USA\.gov"
        r"|About MedlinePlus|What[’']s New|Site Map|Customer Support|(?:[A-Z] ){9,}[A-Z]).{0,80}"
        r"|Return to top|Copyright",
        "page chrome: footer",
        opens="no",
    ),
)


def match(rows: tuple[Row, ...], text: str) -> tuple[Row, re.Match[str]] | None:
    """Find the row that a whole line fits."""
    for row in rows:
        if found := row.pattern.fullmatch(text):
            return row, found
    return None


OPENING = tuple(row for row in END if row.opens)
"""The rows that end the body."""

_UPDATED_BY = re.compile(r"(?:Updated by|Actualizad[ao] por) *: *")


def own_label(text: str) -> str:
    """Give the label before the reviewers' names if the leaflet says the same itself, or ""."""
    label = _UPDATED_BY.match(text)
    return label[0] if label else ""
