"""Options that several commands have."""

from pathlib import Path

import click

library = click.option(
    "--library",
    metavar="DIR",
    envvar="HANDOUTS_LIBRARY",
    type=click.Path(path_type=Path),
    help="A library's folder.  Default: $HANDOUTS_LIBRARY, else the built-in one.",
)
template = click.option(
    "--template",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of templates that come before all others.",
)
values = click.option(
    "--set",
    "values",
    metavar="NAME=WORDS",
    multiple=True,
    help="Fill a blank {{NAME}} of the article; again for one more line.",
)
fill = click.option(
    "--fill",
    metavar="FILE",
    help="A TOML file with the words for the blanks, or - for stdin: for words about a patient, "
    "which do not belong on a command line.",
)
date = click.option("--date", metavar="D", help="The file's date (YYYY-MM-DD).  Default: today.")
debug = click.option("--debug", is_flag=True, help="Show where in our code an error came from.")
