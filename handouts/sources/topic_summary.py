"""The summary of a health topic: HTML parted at its questions, with the institute's line.

MedlinePlus Connect puts other names, the institute's line and related links into it as paragraphs
with classes of their own.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from handouts.document import Blocks
from handouts.errors import Place
from handouts.sources.html import blocks, inlines, parse, words
from handouts.sources.html_inline import Context, heading_words
from handouts.sources.identity import other_names
from handouts.sources.reading import Guess, Notes
from handouts.strings import fold
from handouts.values import frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WRAPPERS = ("div", "section", "article", "main")
_ESCAPED_TWICE = re.compile(r"&lt;/?(?:p|ul|ol|li|h[1-6]|br|div)\b")
_INSTITUTE = re.compile(r"(?:NIH|CDC|FDA)\s*:\s*\S.*", re.DOTALL)
_MOST_WORDS = 25
"""Most words of an institute's line."""
_COMMA = re.compile(r",\s+(?![^()]*\))")


@frozen(kw_only=False)
class Part:
    """A question with its answer; the lead has no title."""

    title: str
    blocks: Blocks


@frozen
class Summary:
    """The parts of a summary, lead first; who it comes from; and the other names told in it."""

    parts: tuple[Part, ...]
    attribution: str
    names: tuple[str, ...]


def read_summary(
    html: str, place: Place, notes: Notes, *, institute: str = "", base: str = ""
) -> Summary:
    """Read a summary.

    Args:
        html: The summary.
        place: The file, and the line to report for everything in it.
        notes: What is left out is reported here.
        institute: The topic's primary institute, or "".
        base: The page's address, to complete links with.

    Raises:
        SourceError: The HTML is too long, nested too deeply, or declares entities.
    """
    line = place.line or 0
    if "<" not in html and _ESCAPED_TWICE.search(html):
        html = unescape(html)
        notes.warnings.append("the summary's markup was escaped twice")
    body = _body(parse(html, place.file))
    if body is None:
        return Summary(parts=(), attribution="", names=())
    _Related(notes, line).leave_out(body)
    names = tuple(_taken_names(body, line, notes))
    attribution = _taken_attribution(body, institute, line, notes)
    parts = tuple(_parts(body, line, notes, base))
    return Summary(parts=parts, attribution=attribution, names=names)


def _body(root: "HtmlElement") -> "HtmlElement | None":
    """Find the element whose children are the summary's blocks."""
    body = root.find("body")
    while body is not None and len(body) == 1 and body[0].tag in _WRAPPERS:
        if (body.text or "").strip() or (body[0].tail or "").strip():
            break
        body = body[0]
    return body


# ---- helper paragraphs -------------------------------------------------------------------------


def _has_class(element: "HtmlElement", name: str) -> bool:
    return name in element.get("class", "").split()


class _Related:
    """Leaves out the related links, which are other pages."""

    def __init__(self, notes: Notes, line: int) -> None:
        self.notes, self.line = notes, line

    def leave_out(self, body: "HtmlElement") -> None:
        """Take the paragraph out; its list stands behind it, since no paragraph can hold one."""
        for element in [child for child in body if _has_class(child, "NLMrelatedLinks")]:
            after = element.getnext()
            if not words(element) and after is not None and after.tag in ("ul", "ol"):
                self._drop(after)
            self._drop(element)

    def _drop(self, element: "HtmlElement") -> None:
        for item in element.findall("li") or [element]:
            links = [link.get("href", "") for link in item.iter("a")]
            if shown := " ".join((words(item), *links)).strip():
                self.notes.drop(self.line, shown, "related links are other pages")
        element.drop_tree()


def _taken_names(body: "HtmlElement", line: int, notes: Notes) -> Iterator[str]:
    """Take out "Also called: one, another", and give the names."""
    for element in [child for child in body if _has_class(child, "NLMalsoCalled")]:
        label, colon, names = words(element).rpartition(":")
        if colon:
            notes.drop(line, f"{label}:", "the leaflet has its own words for it")
        element.drop_tree()
        for part in other_names(names):
            yield from (name.strip() for name in _COMMA.split(part))


def _taken_attribution(body: "HtmlElement", institute: str, line: int, notes: Notes) -> str:
    """Take out the last paragraph if it says which institute the summary comes from."""
    last = next((child for child in reversed(body) if words(child)), None)
    if last is None:
        return ""
    said = words(last)
    sure = _sureness(last, said, institute)
    if not sure:
        return ""
    notes.guessed.append(Guess(line, said, sure, "the institute's line"))
    last.drop_tree()
    return said


def _sureness(element: "HtmlElement", said: str, institute: str) -> float:
    """Say how sure it is that a paragraph names an institute: by its class, its words, its looks."""
    if _has_class(element, "NLMattribution"):
        return 1.0
    if element.tag != "p" or len(said.split()) > _MOST_WORDS or (element.tail or "").strip():
        return 0.0
    if fold(said) == fold(institute):
        return 1.0
    if said.endswith((".", ":", "?", "!")):
        return 0.0
    if _INSTITUTE.fullmatch(said):
        return 0.9
    marked = element.get("style") is not None or element.get("class") is not None
    return 0.8 if marked else 0.0


# ---- parting at the questions ------------------------------------------------------------------


def _parts(body: "HtmlElement", line: int, notes: Notes, base: str) -> Iterator[Part]:
    """Yield the lead and each question; of several levels of headings, the upper one parts."""
    _wrap_words(body)
    heads = [child for child in body if child.tag in _HEADS and inlines(child, Notes())]
    upper = min((head.tag for head in heads), default="")
    title = ""
    run: list[HtmlElement] = []
    for child in body:
        if child.tag == upper and child in heads:
            yield Part(title, blocks(run, notes, line=line, base=base))
            title, run = heading_words(child, Context(notes, line)), []
        else:
            run.append(child)
    yield Part(title, blocks(run, notes, line=line, base=base))


def _wrap_words(body: "HtmlElement") -> None:
    """Put bare words before the first element and behind headings into elements of their own."""
    if (body.text or "").strip():
        lead = body.makeelement("span")
        lead.text, body.text = body.text, None
        body.insert(0, lead)
    for head in [child for child in body if child.tag in _HEADS and (child.tail or "").strip()]:
        behind = head.makeelement("span")
        behind.text, head.tail = head.tail, None
        head.addnext(behind)
