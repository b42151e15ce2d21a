"""Which of a source's health topics are wanted, and what their ids are."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from handouts.errors import Place, SourceError
from handouts.sources.identity import article_id
from handouts.sources.reading import Origin
from handouts.strings import fold
from handouts.values import frozen, replace

T = TypeVar("T")

_LANGUAGES = {"english": "en", "spanish": "es", "en": "en", "es": "es"}


@frozen
class Topic:
    """What is known of a topic before its text is read.

    `number` is NLM's own, or ""; `id` is "" when none can be made; `language` is a tag, or what is
    said when that is no language we know; `guessed` says that nothing tells it but the address.
    `twice` says that the number, or the title of one without number, was there before, `first` in
    which line; `unnamed` that it is wanted only as the only one, which then gets the id asked for.
    """

    id: str
    number: str
    title: str
    language: str
    line: int
    guessed: bool = False
    twice: bool = False
    first: int = 0
    unnamed: bool = False


class Topics:
    """Meets the topics of a source one after the other, and says which are asked for."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.count = 0
        self._ids: set[tuple[str, str]] = set()
        self._lines: dict[tuple[str, str], int] = {}

    def meet(
        self, *, title: str, line: int, number: str = "", language: str = "", url: str = ""
    ) -> Topic | None:
        """Give what is known of the next topic, if it is asked for."""
        self.count += 1
        tag = language_tag(language) or language or self._unsaid_language(url)
        same = (number, "") if number else (tag, fold(title))
        twice = same in self._lines
        topic = Topic(
            id=self._id(number, title, tag),
            number=number,
            title=title,
            language=tag,
            line=line,
            guessed=not language,
            twice=twice,
            first=self._lines.setdefault(same, line),
        )
        if not self._fits(title, tag):
            return None
        asked = self.origin.id
        if not asked or asked in (topic.id, number):
            return topic
        # A number is never a name: asked for 3061, nobody wants topic 3062.
        if self.count == 1 and not asked.isdecimal():
            return replace(topic, unnamed=True)
        return None

    def chosen(self, met: Iterable[tuple[Topic, T]]) -> Iterator[tuple[Topic, T]]:
        """Yield the topics that are asked for; a single one may get its id from the caller.

        Raises:
            SourceError: There is none.
        """
        spare: tuple[Topic, T] | None = None
        given = False
        for topic, content in met:
            if topic.unnamed:
                spare = (topic, content)
            else:
                given = True
                yield topic, content
        if spare is not None and self.count == 1:
            yield replace(spare[0], id=self.origin.id), spare[1]
        elif not given:
            raise self._none()

    def _unsaid_language(self, url: str) -> str:
        """Tell a language that the topic does not say."""
        if "/spanish/" in url:
            return "es"
        return language_tag(self.origin.language) or "en"

    def _fits(self, title: str, language: str) -> bool:
        """Compare a topic's language and title with those asked for."""
        asked = self.origin
        if asked.language and language and asked.language.partition("-")[0] != language:
            return False
        return not asked.title or fold(asked.title) == fold(title)

    def _id(self, number: str, title: str, language: str) -> str:
        """Make an id of a title; with the number when the title is there twice in a language."""
        try:
            made = article_id(Origin(file=self.origin.file), title)
        except SourceError:  # a title without letters
            made = f"topic-{number}" if number.isdecimal() else ""
        if (language, made) in self._ids and number.isdecimal():
            made = f"{made[: 79 - len(number)].rstrip('-')}-{number}"
        self._ids.add((language, made))
        return made

    def _none(self) -> SourceError:
        place = Place(self.origin.file)
        if not self.count:
            return SourceError("there is no health topic in it", place=place)
        origin = self.origin
        asked = [
            f"{name} {value!r}"
            for name, value in (
                ("id", origin.id),
                ("language", origin.language),
                ("title", origin.title),
            )
            if value
        ]
        what = f"none of its {self.count} topics has the {', '.join(asked)}"
        return SourceError(what, place=place, hint="Give a topic's number, id or whole title.")


def language_tag(said: str) -> str:
    """Give the BCP 47 tag of a language as NLM says it (`English`, `es`, `en-US`), or ""."""
    return _LANGUAGES.get(said.strip().casefold().partition("-")[0], "")
