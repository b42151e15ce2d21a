"""Signs of symbol fonts and bullets: which say something to a reader, and which only adorn."""

_MEANT = {
    "wingdings": {
        **dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), "☐"),
        0x78: "☒",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0xA3: "☐",
    },
    "webdings": {0x61: "✓", 0x63: "☐", 0x72: "✗"},
}
"""A symbol font -> its signs that say something, by their codes."""

_ADORNS = {
    "symbol": frozenset((0x2A, 0x2D, 0xA7, 0xA8, 0xAE, 0xB7, 0xD7, 0xDE, 0xE0)),
    "wingdings": frozenset(
        (0x46, *range(0x6C, 0x6F), *range(0x73, 0x78), *range(0x9E, 0xA8), *range(0xA9, 0xB0))
    )
    | frozenset((0xB7, *range(0xD5, 0xF1))),
    "wingdings 2": frozenset(range(0x95, 0xA3)),
    "wingdings 3": frozenset(range(0x20, 0x100)),
    "webdings": frozenset((0x34, 0x3D, 0x67, 0x6E)),
}
"""A symbol font -> its dots, squares and arrows."""

_BULLETS = "•●○◦▪■▫∙·‣⁃➢➤►▶▸▹→⇒➔★☆❖◆◇♦–—‒―-*»›>~o"
_LIKE = {"✔": "✓", "✅": "✓", "✕": "✗", "✖": "✗", "✘": "✗", "❌": "✗", "□": "☐"}
_OWN, _LAST = "\uf000", "\uf0ff"


def is_private(sign: str) -> bool:
    """Tell whether a character is one that only a symbol font knows."""
    return _OWN <= sign <= _LAST


def meaning(font: str, code: int) -> str:
    """Give the sign that a character of a symbol font is, if it says something, or ""."""
    return _MEANT.get(font.lower(), {}).get(code & 0xFF, "")


def readable(font: str, words: str) -> str:
    """Give words with the signs of a symbol font that say something as common characters."""
    if words.isascii() or not any(map(is_private, words)):
        return words
    return "".join([(is_private(one) and meaning(font, ord(one))) or one for one in words])


def bullet(font: str, sign: str) -> str | None:
    """Give what a bullet says: a sign or words, "" for one that adorns; None is not known."""
    sign, font = sign.strip(), font.lower()
    if len(sign) == 1 and (is_private(sign) or (font in _ADORNS and sign <= "\xff")):
        known = font if font in _ADORNS else "wingdings"
        code = ord(sign) & 0xFF
        return meaning(known, code) or ("" if code in _ADORNS[known] else None)
    return "" if sign in tuple(_BULLETS) else _LIKE.get(sign, sign)
