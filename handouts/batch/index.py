"""The lists of a clinic's leaflets: `index.csv`, and a page that a front desk opens in a browser."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import NamedTuple
from urllib.parse import quote

from handouts.batch.journal import Entry
from handouts.batch.report import FAILED, FAILED_COLUMNS, table
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

_Texts = Mapping[str, object]


def index(clinic: Clinic, entries: Iterable[Entry]) -> Mapping[str, bytes]:
    """Give both lists by their names; leaflets that have expired are in none."""
    good = sorted([entry for entry in entries if not entry.expired], key=_order(clinic))
    return {"index.csv": _table(good), "index.html": _page(clinic, good)}


def is_list(name: str, content: bytes) -> bool:
    """Tell whether a file is a list that a batch wrote, or what a power cut left of one."""
    known = {NAMES[0]: table([_COLUMNS]), NAMES[1]: MARK, FAILED: table([FAILED_COLUMNS])}
    mark = known[name.rpartition("/")[2]]
    return not content.strip(b"\0") or mark.rstrip() in content[:_HEAD]


_HEAD = 1000
"""So many bytes of a list say whose it is."""


def _order(clinic: Clinic) -> Callable[[Entry], tuple[str | int, ...]]:
    def key(entry: Entry) -> tuple[str | int, ...]:
        facts, names = entry.facts, clinic.editions
        edition = str(facts["edition"])
        rank = names.index(edition) if edition in names else len(names)
        title, language = _folded(str(facts["title"])), str(facts["language"])
        return title, str(facts["article"]), language, rank, edition

    return key


def _file(entry: Entry) -> str:
    """Give a leaflet's name from the clinic's folder on."""
    return entry.path.partition("/")[2]


# ---- CSV ---------------------------------------------------------------------------------------


def _table(entries: Iterable[Entry]) -> bytes:
    return table([_COLUMNS, *[_cells(entry) for entry in entries]])


def _cells(entry: Entry) -> Iterator[object]:
    facts = entry.facts
    values = {
        "file": _file(entry),
        "reviewed": _part(facts, "review", "date"),
        "review due": _part(facts, "review", "next_due"),
        "codes": "; ".join(_codes(facts)),
    }
    for column in _COLUMNS:
        yield values[column] if column in values else facts[column]


def _part(facts: _Texts, table_: str, key: str) -> str:
    inner = facts[table_]
    return str((inner.get(key) if isinstance(inner, dict) else "") or "")


def _codes(facts: _Texts) -> Iterator[str]:
    codes = facts["codes"]
    for one in codes if isinstance(codes, list) else ():
        if isinstance(one, dict):
            yield f"{one.get('system')} {one.get('code')}"


# ---- HTML --------------------------------------------------------------------------------------


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("index.html").read_text(encoding="utf-8"))


def _page(clinic: Clinic, entries: list[Entry]) -> bytes:
    groups = [
        list(group)
        for _, group in groupby(entries, key=lambda one: (one.leaflet[1], one.leaflet[3]))
    ]
    roles = brand_roles(clinic.brand, black=False).palette()
    text = _template().substitute(
        roles,
        name=escape(clinic.name),
        languages=_choices(dict.fromkeys(entry.leaflet[3] for entry in entries), _language),
        editions=_choices(dict.fromkeys(entry.leaflet[2] for entry in entries), _edition),
        count="1 leaflet" if len(groups) == 1 else f"{len(groups)} leaflets",
        rows="\n".join(_row(group) for group in groups),
    )
    return text.encode()


def _choices(values: Iterable[str], label: Callable[[str], str]) -> str:
    rows = sorted((label(value), value) for value in values)
    return "".join(
        [f'<option value="{escape(value)}">{escape(words)}</option>' for words, value in rows]
    )


def _row(entries: list[Entry]) -> str:
    """One text in one language, with a link for each of its editions."""
    facts = entries[0].facts
    names = facts["other_names"]
    text = _text(
        str(facts["title"]),
        str(facts["language"]),
        ", ".join([str(name) for name in names]) if isinstance(names, list) else "",
        " ".join([str(facts["article"]), str(facts["kind"]), *_codes(facts)]),
        _part(facts, "review", "date"),
    )
    editions = [str(entry.facts["edition"]) for entry in entries]
    links = [
        _link(
            _file(entry),
            text.title,
            edition,
            str(entry.facts["made_as"]),
            entry.facts["pages"],
        )
        for entry, edition in zip(entries, editions, strict=True)
    ]
    return (
        f'<tr {text.marks} data-editions="{escape(" ".join(editions))}">'
        f'<th scope="row"><a href="{_href(_file(entries[0]))}" {text.name}</th>'
        f'<td>{text.language}</td><td><ul class="editions">{"".join(links)}</ul></td>'
        f"<td>{text.reviewed}</td></tr>"
    )


class _Text(NamedTuple):
    """A text in the list, the same for every clinic, as HTML."""

    title: str
    marks: str
    name: str
    language: str
    reviewed: str


@lru_cache(maxsize=4096)
def _text(title: str, language: str, other: str, words: str, reviewed: str) -> _Text:
    head, tag = escape(title), escape(language)
    also = f'<span class="also" lang="{tag}">{escape(other)}</span>' if other else ""
    found = escape(_folded(f"{title} {other} {words}"))
    return _Text(
        title=head,
        marks=f'data-words="{found}" data-language="{tag}"',
        name=f'lang="{tag}">{head}</a>{also}',
        language=escape(_language(language)),
        reviewed=f"<time>{escape(reviewed)}</time>" if reviewed else "not known",
    )


@lru_cache(maxsize=4096)
def _link(file: str, title: str, edition: str, made_as: str, pages: object) -> str:
    count = f"{pages} page{'s' if pages != 1 else ''}" if pages else "for a portal"
    if made_as != edition:
        count = f"too long, so {_edition(made_as).lower()}, {count}"
    return (
        f'<li><a href="{_href(file)}">{escape(_edition(edition))}'
        f'<span class="hidden"> of {title}</span>, {escape(count)}</a></li>'
    )


@lru_cache(maxsize=4096)
def _href(file: str) -> str:
    return escape(quote(file))


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
