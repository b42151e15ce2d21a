"""What the codes of a PDF's font mean: its ToUnicode map (ISO 32000-1, 9.10.3)."""

import re
from collections.abc import Mapping
from typing import Any

from handouts.values import frozen


@frozen(kw_only=False)
class Codes:
    """What the codes of a font mean, each so many bytes long; without a map they are Latin-1."""

    texts: Mapping[int, str]
    length: int

    def codes(self, raw: bytes) -> list[int]:
        """Part a string into codes."""
        steps = range(0, len(raw), self.length)
        return [int.from_bytes(raw[start : start + self.length], "big") for start in steps]

    def text(self, raw: bytes) -> str:
        """Give the text of a string; a code that the map lacks is U+FFFD."""
        if not self.texts:
            return raw.decode("latin-1")
        return "".join([self.texts.get(code, "\ufffd") for code in self.codes(raw)])


def codes_of(font: Any) -> Codes:  # noqa: ANN401  (an object of pypdf)
    """Read the map of a font dictionary."""
    length = 2 if font["/Subtype"] == "/Type0" else 1
    if "/ToUnicode" not in font:
        return Codes({}, length)
    cmap = font["/ToUnicode"].get_data().decode("latin-1")
    texts: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            texts[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                texts[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return Codes(texts, length)
