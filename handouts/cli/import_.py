"""`handouts import`: articles of any format into a library."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options as shared
from handouts.cli.printing import print_json, print_line
from handouts.cli.stdin import NAME as STDIN
from handouts.cli.stdin import read_stdin
from handouts.errors import SourceError

if TYPE_CHECKING:
    from handouts.importing import Imported, ImportWish, Source

_EXAMPLES = """\b
Your own text:   handouts import ./knee.docx --library ./ours
One health topic: handouts import mplus_topics.xml --title Asthma --library ./ours
Only look:       handouts import page.html --dry-run
"""


@click.command("import", short_help="Take articles of any format into a library.", epilog=_EXAMPLES)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--library",
    metavar="DIR",
    envvar="HANDOUTS_LIBRARY",
    type=click.Path(path_type=Path),
    help="The library's folder.  Default: $HANDOUTS_LIBRARY.",
)
@click.option("--id", "id_", metavar="ID", default="", help="The article's id; of several, which.")
@click.option(
    "--language", metavar="L", default="", help="The article's language; of several, which."
)
@click.option("--title", metavar="T", default="", help="The article's title; of several, which.")
@click.option(
    "--format", "format_", metavar="F", default="", help="The format.  Default: as the content is."
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--replace", is_flag=True, help="Give up what the clinic added to an article.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article on stdout.")
@shared.debug
def import_(sources: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401  (Click's values)
    """Read articles, and write them into a library as Markdown.

    SOURCE is a file, or - for stdin.  The format is found from its content.
    The report is on stderr, the paths of the articles on stdout.
    """
    from handouts.importing import import_articles  # noqa: PLC0415  (keeps --help fast)

    code = 0
    for outcome in import_articles([_source(name) for name in sources], _wish(options)):
        if isinstance(outcome, SourceError):
            click.echo(f"error: {outcome}", err=True)
            code = SourceError.exit_code
        else:
            _tell(outcome, as_json=options["as_json"])
    if options["dry_run"]:
        click.echo("nothing was written", err=True)
    return code


def _source(name: str) -> "Source":
    return read_stdin() if name == STDIN else Path(name)


def _wish(options: dict[str, Any]) -> "ImportWish":
    from handouts.importing import ImportWish  # noqa: PLC0415

    return ImportWish(
        library=options["library"],
        id=options["id_"],
        language=options["language"],
        title=options["title"],
        format=options["format_"],
        dry_run=options["dry_run"],
        replace=options["replace"],
    )


def _tell(imported: "Imported", *, as_json: bool) -> None:
    """Print an article's path or object, and say on stderr what a person should know."""
    from handouts.import_report import as_object, lines  # noqa: PLC0415

    for line in lines(imported):
        click.echo(line, err=True)
    click.echo("", err=True)
    if as_json:
        print_json(as_object(imported))
    else:
        print_line(str(imported.path))
