"""End tags of HTML that the parser reads in another way than browsers do, written as it needs them.

The parser stops at `</html>`, where browsers read on.  It passes over the end of what is not open,
where browsers part the words: `</br>` is a line break, `</p>` an empty paragraph, and `</h2>` ends
an `h3`.
"""

import re

_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)"
    r"(?:[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, a declaration, or a tag; one that is not closed goes to the end."""

_RAW = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext")
)
"""Elements in which nothing is a tag but their own end."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"),
        *("hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol"),
        *("optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "ul", "xmp"),
    )
)
"""Elements that are blocks; either end of one closes a paragraph."""

_SCANNED = re.compile(rf"<(?:!-|(?:{'|'.join(sorted(_RAW))}|/br|/body|/html)\b)")
"""What makes it necessary to look at each tag."""

_NAME = re.compile(r"<(/?[a-z][a-z0-9]*)")
_BOUNDS = BLOCK_TAGS.union(f"/{name}" for name in BLOCK_TAGS)
_ENDS = frozenset(f"/{name}" for name in ("p", *_HEADINGS))


def settled(html: str) -> str:
    """Give HTML in which no end tag is misread; its lines stay where they are."""
    lowered = html.lower()
    if _SCANNED.search(lowered) or _has_stray_ends(lowered):
        return _scanned(html)
    return html  # most pieces of HTML are well made, and known to be so in a fraction of the time


def _has_stray_ends(lowered: str) -> bool:
    """Tell whether a paragraph or heading ends that did not begin with the tag before."""
    names = [name for name in _NAME.findall(lowered) if name in _BOUNDS]
    pairs = set(zip(("", *names), names, strict=False))
    return any(name in _ENDS and before != name[1:] for before, name in pairs)


def _scanned(html: str) -> str:
    """Look at each tag."""
    tags, at = _EndTags(), 0
    out: list[str] = []
    while found := _TAG.search(html, at):
        out += (html[at : found.start()], tags.settle(found))
        at = found.end()
        name = (found["name"] or "").lower()
        if name in _RAW and not found["end"] and not found[0].endswith("/>"):
            end = re.compile(rf"</{name}(?=[\s/>])|\Z", re.IGNORECASE).search(html, at)
            closed = end.start() if end else len(html)
            out.append(html[at:closed])
            at = closed
    out.append(html[at:])
    return "".join(out)


class _EndTags:
    """What is open where the next tag stands: a paragraph, a heading."""

    def __init__(self) -> None:
        self.paragraph, self.heading = False, ""

    def settle(self, tag: re.Match[str]) -> str:
        """Give a tag as the parser needs it, and note what it opens or closes."""
        name = (tag["name"] or "").lower()
        if name and tag["end"]:
            return self._end(tag[0], name)
        if name in _HEADINGS:
            self.heading = name
        if name in BLOCK_TAGS:
            self.paragraph = name == "p"
        return tag[0]

    def _end(self, tag: str, name: str) -> str:
        if name in ("html", "body"):
            return re.sub(r"[^\n]", " ", tag)
        if name == "br":
            return f"<br>{_lines(tag)}"
        if name in _HEADINGS:
            opened, self.heading, self.paragraph = self.heading or name, "", False
            return f"</{opened}>{_lines(tag)}"
        if name == "p":
            was_open, self.paragraph = self.paragraph, False
            return tag if was_open else f"{tag}<br><br>"
        if name in BLOCK_TAGS:
            self.paragraph = False
        return tag


def _lines(tag: str) -> str:
    """Give the line ends in a tag, so that all lines below keep their numbers."""
    return "\n" * tag.count("\n")
