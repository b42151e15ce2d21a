"""Options that several commands have."""

from pathlib import Path
from typing import Any

import click


class Folder(click.Path):
    """A folder that need not be there; no name at all is a mistake, and not the current folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  (Click's values)
        """Make a path of what was typed."""
        if not value:
            self.fail("the folder has no name; . is the current one", param, ctx)
        return super().convert(value, param, ctx)


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
