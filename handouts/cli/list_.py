"""`handouts list`: what there is."""

from pathlib import Path

import click

from handouts.cli import options as shared
from handouts.cli.aligned import aligned
from handouts.cli.printing import print_json, print_line
from handouts.errors import HandoutsError

_HEADS = {
    "articles": ("article", "language", "kind", "reviewed", "title"),
    "clinics": ("clinic", "paper", "ink", "languages", "editions", "name"),
    "editions": ("edition", "what it is"),
}
"""What is listed -> heads of its columns, in the order of the row's fields."""


@click.command("list", short_help="List articles, clinics or editions.")
@click.argument("what", type=click.Choice(list(_HEADS)))
@shared.library
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@shared.debug
def list_(what: str, library: Path | None, *, as_json: bool, debug: bool) -> int:
    """List the articles or clinics of a library, or the editions.

    A file that cannot be read is told on stderr; the others are listed.
    """
    from handouts import article_json, listing  # noqa: PLC0415  (keeps --help fast)
    from handouts.library import open_library  # noqa: PLC0415

    del debug  # main looks for it
    code, rows = 0, []
    for one in getattr(listing, what)(open_library(library)):
        if isinstance(one, HandoutsError):
            click.echo(f"error: {one}", err=True)
            code = one.exit_code
        else:
            rows.append(article_json.as_json(one))
    if as_json:
        for row in rows:
            print_json(row)
    else:
        for line in aligned([_HEADS[what], *[_cells(row) for row in rows]]):
            print_line(line)
    return code


def _cells(row: dict[str, object]) -> list[str]:
    return [", ".join(cell) if isinstance(cell, list) else str(cell) for cell in row.values()]
