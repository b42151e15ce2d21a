"""`handouts gallery`: all editions, papers and clinics as pictures, to be looked at."""

from pathlib import Path
from typing import Any

import click

from handouts.cli import options as shared
from handouts.errors import BatchIncomplete

_EXAMPLES = """\b
All of the library:  handouts gallery out
One leaflet only:    handouts gallery out --article headache --clinic northgate
"""


@click.command(short_help="Make pictures of leaflets in every edition.", epilog=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--article", "articles", metavar="ID", multiple=True, help="Default: all; again for more."
)
@click.option("--clinic", "clinics", metavar="ID", multiple=True, help="Default: all.")
@click.option("--edition", "editions", metavar="E", multiple=True, help="Default: all.")
@click.option(
    "--paper", "papers", type=click.Choice(["letter", "a4"]), multiple=True, help="Default: both."
)
@click.option(
    "--dots",
    type=click.IntRange(36, 600),
    default=72,
    show_default=True,
    help="Dots per inch of the pictures.",
)
@shared.date
@shared.library
@shared.debug
def gallery(folder: Path, **options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Make leaflets in every edition, on every paper, for every clinic, into DIR.

    Beside each PDF stand pictures of its pages; index.html shows them all.
    Pictures need the extra: pip install 'handouts[gallery]'.
    """
    from handouts.cli.dates import created_on  # noqa: PLC0415  (keeps --help fast)
    from handouts.cli.outputs import check_begins  # noqa: PLC0415
    from handouts.cli.printing import print_line  # noqa: PLC0415
    from handouts.gallery import BEGINNING, Choice, make_gallery  # noqa: PLC0415
    from handouts.library import open_library  # noqa: PLC0415

    names = ("articles", "clinics", "editions", "papers", "dots")
    choice = Choice(created=created_on(options["date"]), **{name: options[name] for name in names})
    check_begins(folder / "index.html", BEGINNING.encode(), "index of a gallery")
    failed = 0
    for one in make_gallery(folder, open_library(options["library"]), choice):
        what = f"{one.article}, {one.edition}, {one.clinic}, {one.paper}"
        click.echo(f"{what}: {one.failure or f'{len(one.pictures)} pages'}", err=True)
        failed += bool(one.failure)
    print_line(str(folder / "index.html"))
    if failed:
        raise BatchIncomplete(f"{failed} leaflets could not be made", hint="The index says why")
