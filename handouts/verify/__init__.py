"""Checks a finished leaflet: it reads the PDF, and nothing that we know of how it was made."""

from pathlib import Path

from handouts.errors import SourceError, UsageError
from handouts.files import read_bytes
from handouts.values import frozen, replace
from handouts.verify.checks import DESIGN_CHECKS, FILE_CHECKS
from handouts.verify.file import read_pdf
from handouts.verify.finding import Finding
from handouts.verify.limits import EDITIONS, limits_of

__all__ = [
    "DESIGN_CHECKS",
    "EDITIONS",
    "FILE_CHECKS",
    "Finding",
    "Verdict",
    "verify",
    "verify_bytes",
]

_LARGEST = 200_000_000


@frozen
class Verdict:
    """What was found in a file.

    `edition` is the one whose limits counted; `named` says whether they are its own, or those of the
    standard edition, since the file names another one or none.
    """

    file: str
    pages: int
    title: str
    language: str
    claims: tuple[str, ...]
    edition: str
    named: bool
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]


def verify(path: Path, *, design: bool = False, edition: str = "") -> Verdict:
    """Check a file.

    Args:
        path: The PDF file.
        design: Whether it is held against the design standard, too.
        edition: Whose limits count, instead of those of the edition that the file names.

    Raises:
        SourceError: It cannot be read.
        UsageError: There are no limits for the edition.
    """
    content = read_bytes(path, limit=_LARGEST, error=SourceError)
    return verify_bytes(content, str(path), design=design, edition=edition)


def verify_bytes(content: bytes, name: str, *, design: bool = False, edition: str = "") -> Verdict:
    """Check a file that is at hand as bytes; see `verify`."""
    if edition and edition not in EDITIONS:
        raise UsageError(
            f"there are no limits for the edition {edition!r}",
            hint=f"Use one of: {', '.join(EDITIONS)}.",
        )
    printed = read_pdf(content, name)
    chosen = edition or printed.facts.edition
    width, height = printed.pages[0]
    printed = replace(printed, limits=limits_of(chosen, landscape=width > height))
    checks = (*FILE_CHECKS, *DESIGN_CHECKS) if design else FILE_CHECKS
    return Verdict(
        file=name,
        pages=len(printed.pages),
        title=printed.facts.title,
        language=printed.facts.language,
        claims=printed.facts.claims,
        edition=chosen if chosen in EDITIONS else "standard",
        named=chosen in EDITIONS,
        checks=tuple([check.name for check in checks]),
        findings=tuple(
            [replace(found, check=check.name) for check in checks for found in check.find(printed)]
        ),
    )
