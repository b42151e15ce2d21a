"""Every way a run can fail, each with its stable exit code.

The table in `docs/reference.md` is checked against `EXIT_CODES`.
"""

from handouts.values import frozen


@frozen(kw_only=False)
class Place:
    """Where something is wrong: a file, and a line in it when one is known (counted from 1)."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class HandoutsError(Exception):
    """A failure that the person at the keyboard can do something about.

    Args:
        what: What is wrong, one sentence without its full stop.
        place: Where it is wrong, when it is in a file.
        hint: What to do next, one sentence.
    """

    exit_code = 1

    def __init__(self, what: str, *, place: Place | None = None, hint: str = "") -> None:
        self.what, self.place, self.hint = what, place, hint
        super().__init__(what, place, hint)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what}" + (f". {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.place, self.hint)


def _rebuild(kind: type[HandoutsError], what: str, place: Place | None, hint: str) -> HandoutsError:
    """Make an error anew in another process: keyword-only arguments do not pickle by themselves."""
    return kind(what, place=place, hint=hint)


class UsageError(HandoutsError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class SourceError(HandoutsError):
    """An article cannot be read, or holds what must not be printed."""

    exit_code = 3


class TemplateError(HandoutsError):
    """A template is wrong, or what it yields is."""

    exit_code = 4


class ClinicError(HandoutsError):
    """A clinic's file, brand or slot text is wrong."""

    exit_code = 5


class AssetError(HandoutsError):
    """A font, image or other asset is missing or unusable."""

    exit_code = 6


class LayoutError(HandoutsError):
    """The content cannot be set on the page."""

    exit_code = 7


class ConformanceError(HandoutsError):
    """The file would break a standard that it claims."""

    exit_code = 8


class PacketError(HandoutsError):
    """A discharge packet is refused."""

    exit_code = 9


class OutputError(HandoutsError):
    """The output cannot be written."""

    exit_code = 10


class BatchIncomplete(HandoutsError):  # noqa: N818  (named after its outcome, not its cause)
    """Some leaflets of a batch could not be made."""

    exit_code = 11


class RightsError(HandoutsError):
    """The clinic's policy refuses text that it holds no licence for."""

    exit_code = 12


class OwnershipError(HandoutsError):
    """A page might belong to another patient."""

    exit_code = 13


INTERRUPTED = 130

EXIT_CODES = {
    0: "ok",
    HandoutsError.exit_code: "a bug of ours",
    UsageError.exit_code: "usage",
    SourceError.exit_code: "source article",
    TemplateError.exit_code: "template",
    ClinicError.exit_code: "clinic or brand",
    AssetError.exit_code: "font, image or other asset",
    LayoutError.exit_code: "layout impossible",
    ConformanceError.exit_code: "conformance not reached",
    PacketError.exit_code: "packet refused",
    OutputError.exit_code: "output or lock",
    BatchIncomplete.exit_code: "batch incomplete",
    RightsError.exit_code: "rights",
    OwnershipError.exit_code: "ownership check failed",
    INTERRUPTED: "interrupted",
}
