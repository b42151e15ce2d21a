"""What the command line speaks of: the leaflets that a run may look at, remove, or call failed."""

from pathlib import Path

from handouts.batch.rows import BatchWish
from handouts.errors import UsageError
from handouts.library import Library, language_of


class Languages:
    """The languages of a library's files, each asked for once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, str], str] = {}

    def of(self, article: str, wanted: str) -> str:
        """Give the language of the file that an article has for a wanted one, or ""."""
        key = article, wanted
        if article not in self._library.articles:
            return ""
        if key not in self._known:
            try:
                path = self._library.article_path(article, wanted)
                self._known[key] = _tag(path, article)
            except UsageError:
                self._known[key] = ""
        return self._known[key]


def _tag(path: Path, article: str) -> str:
    """Give the language in an article's file name, or the one that the text names."""
    return path.stem.removeprefix(article).removeprefix(".") or language_of(path)


class Scope:
    """The leaflets among which a wish chooses, whether they are in its plan or not."""

    def __init__(self, wish: BatchWish, languages: Languages) -> None:
        self._wish, self._languages = wish, languages
        self.has_rest = wish.prune or not wish.manifest
        """Whether it speaks of more than its rows: a list of one's own leaves the rest alone."""

    def has(self, leaflet: tuple[str, str, str, str]) -> bool:
        """Tell whether the command line speaks of a leaflet: clinic, article, edition, language."""
        clinic, article, edition, language = leaflet
        wish = self._wish
        return (
            (not wish.clinics or clinic in wish.clinics)
            and (not wish.articles or article in wish.articles)
            and (not wish.editions or edition in wish.editions)
            and (not wish.languages or self._may_mean(article, language))
        )

    def _may_mean(self, article: str, language: str) -> bool:
        """Tell whether a wanted language means this one, or meant it before that file was deleted.

        `es-MX` means `es` where an article has no file of its own for Mexico.
        """
        is_there = self._languages.of(article, language) == language
        return any(
            self._languages.of(article, wanted) == language
            or (not is_there and _base(wanted) == _base(language))
            for wanted in self._wish.languages
        )


def _base(language: str) -> str:
    return language.partition("-")[0]
