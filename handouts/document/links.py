"""Links on paper: nobody can press words, so the number or address behind them must stand there."""

import re
from functools import lru_cache

from handouts.document.inline import Inlines, Link, Text
from handouts.document.reading import plain

_NORTH_AMERICAN = re.compile(r"(?:\+?1)?([2-9]\d\d)(\d{3})(\d{4})")
_EXTENSION = re.compile(r"ext=(\d+)", re.IGNORECASE)
_SEPARATORS = re.compile(r"\W")

_COUNTRY = (1, 2, 3)
"""Digits that a country's code may have (ITU-T E.164)."""


def on_paper(link: Link) -> Inlines:
    """Give a link's words, and behind them its phone number or mail address if they lack it.

    The address of a web page stays behind its words: it is long, and seldom typed.
    """
    words = plain(link.content)
    missing = _missing(link.href, words)
    if not missing:
        return link.content
    return (*link.content, Text(f" ({missing})")) if words.strip() else (Text(missing),)


@lru_cache(maxsize=256)
def _missing(href: str, words: str) -> str:
    """What the words of a link lack of its address; every leaflet has the clinic's numbers."""
    scheme, _, rest = href.partition(":")
    match scheme:
        case "tel":
            return _number(rest, words)
        case "mailto":
            return _address(rest, words)
        case _:
            return ""


def _number(rest: str, words: str) -> str:
    """What words lack of a phone number, as people write it."""
    number, _, parameters = _decoded(rest).partition(";")
    missing = [] if _shows(words, number) else [_written(number)]
    shown = re.findall(r"\d+", words)
    missing += [f"ext. {own}" for own in _EXTENSION.findall(parameters) if own not in shown]
    return ", ".join(missing)


def _written(number: str) -> str:
    match = _NORTH_AMERICAN.fullmatch(re.sub(r"[^\w+]", "", number))
    return "-".join(match.groups()) if match else number


def _shows(words: str, number: str) -> bool:
    """Whether words hold a number, with the code of its country or without."""
    said, digits = (_SEPARATORS.sub("", own).casefold() for own in (words, number))
    known = _NORTH_AMERICAN.fullmatch(digits)
    if known:
        return "".join(known.groups()) in said
    abroad = number.startswith("+")
    home = [digits[code:] for code in _COUNTRY] if abroad else [digits.lstrip("0")]
    return not digits or any(own and own in said for own in (digits, *home))


def _address(rest: str, words: str) -> str:
    """A mail address, or "" when words show it."""
    address = _decoded(rest.partition("?")[0])
    return "" if address.casefold() in words.casefold() else address


def _decoded(words: str) -> str:
    if "%" not in words:
        return words
    from urllib.parse import unquote  # noqa: PLC0415  (seldom needed)

    return unquote(words)
