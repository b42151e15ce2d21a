"""`handouts verify`: is a finished leaflet as it should be?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli import options as shared
from handouts.cli.printing import print_json, print_line
from handouts.errors import ConformanceError, SourceError

if TYPE_CHECKING:
    from handouts.verify import Verdict

_EXAMPLES = """\b
Tags and fonts:  handouts verify leaflet.pdf
The page, too:   handouts verify --design out/*.pdf
"""


@click.command(short_help="Check finished leaflets.", epilog=_EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--design", is_flag=True, help="Check type, colours, places, breaks and words, too.")
@click.option(
    "--edition",
    metavar="E",
    default="",
    help="The edition whose limits count.  Default: the one that the file names.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file on stdout.")
@shared.debug
def verify(
    files: tuple[str, ...],
    *,
    design: bool,
    edition: str,
    as_json: bool,
    debug: bool,
) -> int:
    """Check each FILE, a PDF: its tags, fonts, glyphs and claims, with --design its page as well.

    What is wrong is told on stdout, a line each; the exit code is 8 when something is, and 3 when a
    file cannot be read.
    """
    from handouts.verify import verify as check  # noqa: PLC0415  (keeps --help fast)

    del debug  # the program's entry looks for it
    codes = {0}
    for name in files:
        try:
            verdict = check(Path(name), design=design, edition=edition)
        except SourceError as error:
            click.echo(f"error: {error}", err=True)
            codes.add(SourceError.exit_code)
            continue
        _tell(verdict, as_json=as_json)
        if verdict.findings:
            codes.add(ConformanceError.exit_code)
    return SourceError.exit_code if SourceError.exit_code in codes else max(codes)


def _tell(verdict: "Verdict", *, as_json: bool) -> None:
    """Print what was found, or the file's object; say on stderr how it went."""
    if as_json:
        print_json(_object(verdict))
    else:
        for found in verdict.findings:
            print_line(f"{verdict.file}: {found.where}: {found.what} ({found.check}). {found.todo}")
    if not verdict.named:
        click.echo(
            f"{verdict.file}: no edition is named that we know, so the limits are those of"
            f" {verdict.edition}; --edition chooses others",
            err=True,
        )
    count, checks = len(verdict.findings), len(verdict.checks)
    outcome = f"{count} finding{'s' if count > 1 else ''}" if count else "all well"
    click.echo(f"{verdict.file}: {checks} checks, {verdict.edition}, {outcome}", err=True)


def _object(verdict: "Verdict") -> dict[str, object]:
    """Give one file as JSON; the keys are described in docs/reference.md."""
    return {
        "path": verdict.file,
        "title": verdict.title,
        "language": verdict.language,
        "pages": verdict.pages,
        "claims": list(verdict.claims),
        "edition": verdict.edition,
        "edition_named": verdict.named,
        "checks": list(verdict.checks),
        "findings": [
            {
                "check": found.check,
                "page": found.page,
                "x": round(found.x, 1),
                "y": round(found.y, 1),
                "what": found.what,
                "todo": found.todo,
            }
            for found in verdict.findings
        ],
    }
