"""`handouts new`: a library or a clinic to begin with."""

from pathlib import Path

import click

from handouts.cli import options as shared
from handouts.cli.printing import print_line
from handouts.errors import UsageError


@click.group(short_help="Begin a library or a clinic with commented files.")
def new() -> None:
    """Begin a library or a clinic with commented files that work at once."""


@new.command(short_help="A folder with an example of each file.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@shared.debug
def library(folder: Path, *, debug: bool) -> None:
    """Write a small library into DIR: an article, a clinic, and what to do next.

    Files that are there are never overwritten.
    """
    from handouts.starter import new_library  # noqa: PLC0415  (keeps --help fast)

    del debug  # main looks for it
    for path in new_library(folder):
        print_line(str(path))
    example = f"handouts make washing-your-hands --clinic our-clinic --library {folder}"
    click.echo(f"try: {example}", err=True)


@new.command(short_help="A clinic's file with every key explained.")
@click.argument("name", metavar="NAME")
@click.option(
    "--library",
    "folder",
    metavar="DIR",
    envvar="HANDOUTS_LIBRARY",
    type=click.Path(path_type=Path),
    help="The library's folder.  Default: $HANDOUTS_LIBRARY.",
)
@shared.debug
def clinic(name: str, folder: Path | None, *, debug: bool) -> None:
    """Write the file of a clinic into a library; NAME is its name, or its id.

    A file that is there is never overwritten.
    """
    from handouts.starter import new_clinic  # noqa: PLC0415  (keeps --help fast)

    del debug  # main looks for it
    if folder is None:
        hint = "Give --library DIR, or set HANDOUTS_LIBRARY."
        raise UsageError("there is no library to write into", hint=hint)
    path = new_clinic(name, folder)
    print_line(str(path))
    click.echo(f"now change the words in it; then: handouts clinic proof {path}", err=True)
