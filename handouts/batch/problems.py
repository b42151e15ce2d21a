"""What is wrong with a plan: all of it is told at once, each thing once, where it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from handouts.errors import HandoutsError, Place, UsageError

_TOLD, _LINES = 50, 10
"""Problems, and lines with the same one, that are told; the rest is counted."""


class Problems:
    """What is wrong, with the lines of the manifest where it is.

    Args:
        manifest: Name of the manifest; the lines are in it.
    """

    def __init__(self, manifest: str = "") -> None:
        self._manifest = manifest
        self._found: dict[tuple[str, type[HandoutsError], bool], list[int]] = {}

    def add(self, words: object, kind: type[HandoutsError] = UsageError, *, line: int = 0) -> None:
        """Note a problem, of a line of the manifest if one is given."""
        lines = self._found.setdefault((str(words), kind, line > 0), [])
        if line and line not in lines[-1:]:
            lines.append(line)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Note what is raised inside."""
        try:
            yield
        except HandoutsError as error:
            self.add(error, type(error))

    def refuse(self) -> None:
        """Tell all of them.

        Raises:
            HandoutsError: There are some; of their kind if they are of one kind, else a UsageError.
        """
        if not self._found:
            return
        kinds = {kind for _, kind, _ in self._found}
        error = kinds.pop() if len(kinds) == 1 else UsageError
        theirs = all(lines for lines in self._found.values())
        place = Place(self._manifest) if theirs else None
        before = "" if theirs else f"{self._manifest}: "
        told = [
            f"{before}{_lines(lines)}: {words}" if lines else words
            for (words, _, _), lines in self._found.items()
        ]
        if len(told) == 1:
            raise error(told[0], place=place)
        more = len(told) - _TOLD
        rest = [f"and {more:,} more"] if more > 0 else []
        listed = "".join([f"\n  {words}" for words in (*told[:_TOLD], *rest)])
        raise error(f"{len(told):,} problems:{listed}", place=place)


def _lines(lines: list[int]) -> str:
    """Write the numbers of lines."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    more = len(lines) - _LINES
    rest = f" and {more:,} more" if more > 0 else ""
    return f"lines {', '.join(map(str, lines[:_LINES]))}{rest}"
