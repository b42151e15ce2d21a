"""The lists of a clinic's leaflets: `index.csv`, and a page that a front desk opens in a browser."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from string import Template
from typing import NamedTuple
from urllib.parse import quote

from handouts.batch.journal import Entry
from handouts.batch.report import FAILED, FAILED_COLUMNS, guarded, lines, table
from handouts.batch.sink import is_blank
from handouts.clinic import Clinic
from handouts.errors import SourceError
from handouts.strings import load
from handouts.swatches import brand_roles

NAMES = ("index.csv", "index.html")
MARK = b'<meta name="generator" content="handouts">'
"""What tells our page from others."""

_COLUMNS = (
    "title",
    "language",
    "edition",
    "file",
    "pages",
    "sheets",
    "article",
    "kind",
    "reviewed",
    "review due",
    "version",
    "number",
    "codes",
    "sha256",
)

_KEPT = 20_000
"""Texts whose rows are kept from one clinic's lists to the next: these are the same in most of them."""


class _Leaflet(NamedTuple):
    """What the lists say of a leaflet beside its digest: mostly the same for every clinic."""

    title: str
    language: str
    edition: str
    made_as: str
    article: str
    kind: str
    pages: str
    sheets: str
    version: str
    number: str
    other_names: str
    file: str
    reviewed: str
    review_due: str
    codes: tuple[str, ...]


_words = itemgetter(*_Leaflet._fields[:10])
"""Gives the facts that are words or numbers."""


def index(clinic: Clinic, entries: Iterable[Entry]) -> Mapping[str, bytes]:
    """Give both lists by their names; leaflets that have expired are in none."""
    good = [(_leaflet(entry), entry.sha256) for entry in entries if not entry.expired]
    good.sort(key=_order(clinic))
    return {"index.csv": _table(good), "index.html": _page(clinic, [one for one, _ in good])}


def is_list(name: str, content: bytes | None) -> bool:
    """Tell whether a file is a list that a batch wrote, or what a power cut left of one.

    None is what cannot be read: it is somebody else's.
    """
    mark = _MARKS[name.rpartition("/")[2]]
    return is_blank(content) or mark in (content or b"")[:_HEAD]


_HEAD = 1000
"""So many bytes of a list say whose it is."""

_MARKS = {
    NAMES[0]: table([_COLUMNS]).rstrip(),
    NAMES[1]: MARK,
    FAILED: table([FAILED_COLUMNS]).rstrip(),
}


def _leaflet(entry: Entry) -> _Leaflet:
    facts = entry.facts
    names, review = facts["other_names"], facts["review"]
    names = ", ".join(map(str, names)) if isinstance(names, list) else ""
    file = entry.path.partition("/")[2]  # from the clinic's folder on
    days, codes = (_part(review, "date"), _part(review, "next_due")), _codes(facts["codes"])
    return _Leaflet._make((*map(str, _words(facts)), names, file, *days, codes))


def _part(table_: object, key: str) -> str:
    return str((table_.get(key) if isinstance(table_, dict) else "") or "")


def _codes(codes: object) -> tuple[str, ...]:
    if not (codes and isinstance(codes, list)):
        return ()
    found = [one for one in codes if isinstance(one, dict)]
    return tuple([f"{one.get('system')} {one.get('code')}" for one in found])


def _order(clinic: Clinic) -> Callable[[tuple[_Leaflet, str]], tuple[str | int, ...]]:
    names = clinic.editions

    def key(pair: tuple[_Leaflet, str]) -> tuple[str | int, ...]:
        one, _ = pair
        rank = names.index(one.edition) if one.edition in names else len(names)
        return _folded(one.title), one.article, one.language, rank, one.edition

    return key


# ---- CSV ---------------------------------------------------------------------------------------


def _table(leaflets: Iterable[tuple[_Leaflet, str]]) -> bytes:
    rows = [f"{_line(one)},{digest}\r\n" for one, digest in leaflets]
    return table([_COLUMNS]) + "".join(rows).encode()


@lru_cache(maxsize=_KEPT)
def _line(one: _Leaflet) -> str:
    """Give what is in the columns before the digest: people's words are guarded, names are exact."""
    row = (
        *(guarded(one.title), one.language, one.edition, one.file, one.pages, one.sheets),
        *(one.article, guarded(one.kind), one.reviewed, one.review_due),
        *(guarded(words) for words in (one.version, one.number, "; ".join(one.codes))),
    )
    return lines([row]).rstrip("\r\n")


# ---- HTML --------------------------------------------------------------------------------------


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("index.html").read_text(encoding="utf-8"))


def _page(clinic: Clinic, leaflets: list[_Leaflet]) -> bytes:
    groups = [
        tuple(group) for _, group in groupby(leaflets, key=lambda one: (one.article, one.language))
    ]
    roles = brand_roles(clinic.brand, black=False).palette()
    text = _template().substitute(
        roles,
        name=escape(clinic.name),
        languages=_choices({one.language for one in leaflets}, _language),
        editions=_choices({one.edition for one in leaflets}, _edition),
        count="1 leaflet" if len(groups) == 1 else f"{len(groups)} leaflets",
        rows="\n".join([_row(group) for group in groups]),
    )
    return text.encode()


def _choices(values: Iterable[str], label: Callable[[str], str]) -> str:
    rows = sorted((label(value), value) for value in values)
    return "".join(
        [f'<option value="{escape(value)}">{escape(words)}</option>' for words, value in rows]
    )


@lru_cache(maxsize=_KEPT)
def _row(leaflets: tuple[_Leaflet, ...]) -> str:
    """One text in one language, with a link for each of its editions."""
    first = leaflets[0]
    title, other, tag = escape(first.title), escape(first.other_names), escape(first.language)
    words = " ".join([first.article, first.kind, *first.codes])
    found = escape(_folded(f"{first.title} {first.other_names} {words}"))
    editions = escape(" ".join([one.edition for one in leaflets]))
    also = f'<span class="also" lang="{tag}">{other}</span>' if other else ""
    reviewed = f"<time>{escape(first.reviewed)}</time>" if first.reviewed else "not known"
    links = "".join([_link(one, title) for one in leaflets])
    return (
        f'<tr data-words="{found}" data-language="{tag}" data-editions="{editions}">'
        f'<th scope="row"><a href="{_href(first)}" lang="{tag}">{title}</a>{also}</th>'
        f'<td>{escape(_language(first.language))}</td><td><ul class="editions">{links}</ul></td>'
        f"<td>{reviewed}</td></tr>"
    )


def _link(one: _Leaflet, title: str) -> str:
    pages = f"{one.pages} page{'s' if one.pages != '1' else ''}"
    count = pages if one.pages != "0" else "for a portal"
    if one.made_as != one.edition:
        count = f"too long, so {_edition(one.made_as).lower()}, {count}"
    return (
        f'<li><a href="{_href(one)}">{escape(_edition(one.edition))}'
        f'<span class="hidden"> of <span lang="{escape(one.language)}">{title}</span></span>'
        f", {escape(count)}</a></li>"
    )


def _href(one: _Leaflet) -> str:
    return escape(quote(one.file))


def _edition(name: str) -> str:
    """Write an edition's name as words."""
    return name.replace("-", " ").capitalize()


@cache
def _language(tag: str) -> str:
    """Give a language its own name, with its region where it has one."""
    try:
        name = load(tag).name
    except SourceError:
        return tag
    _, _, region = tag.partition("-")
    return f"{name} ({region})" if region and region not in name else name


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Take accents and capitals away, as the page's own search does."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join([one for one in letters if not unicodedata.combining(one)]).lower()
