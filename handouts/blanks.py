"""Blanks `{{name}}` in an article's words: their names, and what stands in their place.

Beside `{{name}}` there are `{{#if name}}...{{/if}}`, with `{{else}}`, for text that depends on a
blank, `{{#unless name}}...{{/unless}}` for the contrary, and `{{#bullets name}}` for a list, an item
for each line of the value; `{{#bullets name indent=2}}` puts it below the item it stands in.
A condition may begin in one block and end in another: it works on the words in their order.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from handouts.article import Article
from handouts.document import Item, paragraph
from handouts.errors import Place, SourceError
from handouts.records import strings
from handouts.values import frozen

_NAME = r"[A-Za-z_][\w.-]*"
_TAG = re.compile(
    r"\{\{\{?\s*(?:"
    rf"(?P<value>{_NAME})"
    rf"|#(?P<open>if|unless)\s+(?P<condition>{_NAME})"
    rf"|#bullets\s+(?P<bullets>{_NAME})(?P<indent>\s+indent=\d+)?"
    r"|/(?P<close>if|unless)"
    r"|(?P<other>[^{}]*?)"
    r")\s*\}?\}\}"
)
_SPACES = re.compile(r" {2,}")
_MARK = re.compile(r"\s*(?:[-*•]\s+)?")
_ELSE = "else"

Locate = Callable[[str], Place]
"""Gives the place of a stretch of text, for errors."""


def names(article: Article) -> tuple[str, ...]:
    """Give the names of all blanks in an article's text, each once, in their order."""
    found: dict[str, None] = {}
    for words in strings(article):
        for tag in _TAG.finditer(words) if "{{" in words else ():
            name = tag["value"] or tag["condition"] or tag["bullets"]
            if name and name != _ELSE:
                found[name] = None
    return tuple(found)


def value_names(words: str) -> tuple[str, ...]:
    """Give the names of the blanks whose values would stand in these words."""
    tags = list(_TAG.finditer(words))
    found = [tag["value"] or tag["bullets"] for tag in tags]
    return tuple([name for name in found if name and name != _ELSE])


def first_tag(words: str) -> str:
    """Give the first tag of a blank that stands in these words, or ""."""
    found = _TAG.search(words)
    return found[0] if found else ""


@frozen(kw_only=False)
class BlankList:
    """The items of `{{#bullets}}`, and whether they stand below the item before them."""

    items: tuple[Item, ...]
    nested: bool


class Filling:
    """Goes through the words of an article in their order; text in an unmet condition vanishes."""

    def __init__(self, known: tuple[str, ...], values: Mapping[str, str], locate: Locate) -> None:
        self.known, self.values, self.locate = known, values, locate
        self.conditions: list[tuple[str, bool]] = []
        self.lists: list[BlankList] = []
        self.missing: dict[str, None] = {}

    @property
    def shown(self) -> bool:
        """Whether the text here is printed."""
        return all(met for _, met in self.conditions)

    def finish(self) -> None:
        """Refuse an article that is not whole.

        Raises:
            SourceError: Blanks without values, or a condition without an end.
        """
        for name, _ in self.conditions:
            raise self.wrong(name, f"{{{{{name}}}}} has no end", "Write {{/if}} behind it.")
        if not self.missing:
            return
        first = next(iter(self.missing))
        several = ", ".join(repr(name) for name in self.missing)
        what = f"the blank{'s' if len(self.missing) > 1 else ''} {several} must be filled"
        raise self.wrong(first, what, f"Give --set {first}=WORDS, or --fill FILE.")

    def wrong(self, tag: str, what: str, hint: str) -> SourceError:
        """Make the error for a tag."""
        return SourceError(what, place=self.locate(tag), hint=hint)

    def words(self, text: str) -> str:
        """Give what is left of text; lists are put aside."""
        if "{{" not in text:
            return text if self.shown else ""
        kept, at = [], 0
        for tag in _TAG.finditer(text):
            kept += [text[at : tag.start()]] if self.shown else []
            kept += self._tag(tag)
            at = tag.end()
        kept += [text[at:]] if self.shown else []
        return _SPACES.sub(" ", "".join(kept))

    def _tag(self, tag: re.Match[str]) -> Iterator[str]:
        """Take one tag, and yield the words that stand in its place."""
        if tag["open"]:
            met = bool(self._value(tag["condition"])) == (tag["open"] == "if")
            self.conditions.append((f"#{tag['open']} {tag['condition']}", met))
        elif tag["close"] or tag["value"] == _ELSE:
            self._close(tag)
        elif tag["bullets"]:
            self._bullets(self._value(tag["bullets"]), nested=bool(tag["indent"]))
        elif tag["value"]:
            yield self._printed(tag["value"])
        else:
            hint = "There is {{name}}, {{#if name}}, {{#unless name}} and {{#bullets name}}."
            raise self.wrong(tag["other"], f"{tag[0]} is no blank that can be filled", hint)

    def _close(self, tag: re.Match[str]) -> None:
        """End a condition, or begin its other part."""
        if not self.conditions:
            raise self.wrong(tag[0].strip("{} "), f"{tag[0]} has no beginning", "Delete it.")
        name, met = self.conditions.pop()
        if tag["value"]:
            self.conditions.append((name, not met))

    def _value(self, name: str) -> str:
        """Give a value that may be empty, but must be given; in hidden text it need not be."""
        if name not in self.known:
            hint = f"Add {name!r} to blanks in the front matter."
            raise self.wrong(name, f"the front matter does not name the blank {name!r}", hint)
        if name not in self.values and self.shown:
            self.missing[name] = None
        return self.values.get(name, "").strip()

    def _printed(self, name: str) -> str:
        """Give a value that must not be empty."""
        value = " ".join(self._value(name).split())
        if not value and self.shown:
            self.missing[name] = None
        return value if self.shown else ""

    def _bullets(self, value: str, *, nested: bool) -> None:
        """Put a list aside, for whoever writes blocks."""
        lines = [_MARK.sub("", line, count=1).strip() for line in value.split("\n")]
        items = tuple((paragraph(line),) for line in lines if line)
        if items and self.shown:
            self.lists.append(BlankList(items, nested))

    def taken(self) -> list[BlankList]:
        """Give the lists that were put aside since the last time."""
        lists, self.lists = self.lists, []
        return lists
