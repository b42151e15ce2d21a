"""`handouts make`: one leaflet, or a few, now."""

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options as shared
from handouts.cli.dates import created_on
from handouts.cli.filling import blank_values
from handouts.cli.outputs import check_leaflets, check_unread
from handouts.cli.printing import print_bytes, print_json, print_line
from handouts.cli.seldom_used import put_off
from handouts.errors import OutputError, UsageError

if TYPE_CHECKING:
    import datetime

    from handouts.make import Made, Wish

_STDOUT = "-"
_PRIVATE, _OPEN = 0o600, 0o666
"""Modes of files that hold a patient's words, and of others."""

_EXAMPLES = """\b
Print one now:   handouts make bone-marrow-biopsy --clinic riverbend -o - | lp
Your own text:   handouts make ./knee.md --clinic ./clinics/ours.toml
"""


@click.command(short_help="Make a leaflet from an article, for a clinic.", epilog=_EXAMPLES)
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--clinic", metavar="CLINIC", required=True, help="Id of a clinic, or its TOML file.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="A file, a folder (ends in /), or - for stdout.  Default: "
    "./ARTICLE.CLINIC.EDITION.LANGUAGE.pdf",
)
@click.option("--edition", metavar="E", default="", help="Default: the clinic's first edition.")
@click.option("--language", metavar="L", default="", help="Default: the clinic's first language.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="Default: the clinic's paper.")
@click.option("--ink", type=click.Choice(["colour", "black"]), help="Default: the clinic's ink.")
@click.option(
    "--order",
    type=click.Choice(["source", "reader"]),
    help="Sections as in the source, or as patients ask.",
)
@click.option(
    "--heads",
    type=click.Choice(["source", "reader"]),
    help="Heads as in the source, or as patients' questions.",
)
@click.option(
    "--claims",
    type=click.Choice(["ua1", "ua2"]),
    default="ua1",
    show_default=True,
    help="PDF/UA-1 + PDF/A-2a, or PDF/UA-2 + PDF/A-4.",
)
@click.option(
    "--notes",
    type=click.Choice(["odd", "always", "never"]),
    default="odd",
    show_default=True,
    help="When to add the notes page.",
)
@click.option(
    "--max-pages",
    metavar="N",
    type=click.IntRange(min=1),
    help="Pages that each leaflet may have.  References get short, then it is made as one-sheet; no"
    " text is cut, and none gets too small.",
)
@click.option(
    "--no-impose",
    is_flag=True,
    help="Folded editions: the pages one by one, not put together on sheets.",
)
@shared.template
@shared.library
@shared.values
@shared.fill
@shared.date
@click.option("--json", "as_json", is_flag=True, help="One JSON object a leaflet on stdout.")
@shared.debug
def make(articles: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Make a leaflet from each ARTICLE for a clinic.

    ARTICLE is an id of the library, or the path of a file.
    """
    gc.set_threshold(200_000, 50, 50)  # a few leaflets are made before collecting would pay
    put_off()
    from handouts.library import open_library  # noqa: PLC0415  (keeps --help fast)
    from handouts.make import make_leaflet, with_values  # noqa: PLC0415

    target, as_json = options["output"], options["as_json"]
    _check_output(target, len(articles), as_json=as_json)
    library = open_library(options["library"])
    created = created_on(options["date"])
    values = blank_values(options["values"], options["fill"])
    wishes = with_values([_wish(one, created, options) for one in articles], values, library)
    made = [make_leaflet(wish, library) for wish in wishes]
    paths = _paths(made, target)
    if target != _STDOUT:
        check_unread(paths, (*articles, options["clinic"], options["fill"] or ""))
        check_leaflets(paths)
    for one in made:
        _tell(one)
    _write(made, paths, as_json=as_json, mode=_PRIVATE if values else _OPEN)


def _wish(article: str, created: "datetime.datetime", options: dict[str, Any]) -> "Wish":
    from handouts.make import Wish  # noqa: PLC0415

    return Wish(
        article=article,
        clinic=options["clinic"],
        edition=options["edition"],
        language=options["language"],
        paper=options["paper"] or "",
        ink=options["ink"] or "",
        order=options["order"] or "",
        heads=options["heads"] or "",
        claims=options["claims"],
        notes=options["notes"],
        most_pages=options["max_pages"] or 0,
        imposed=not options["no_impose"],
        template=options["template"],
        created=created,
    )


# ---- where to --------------------------------------------------------------------------------


def _check_output(target: str | None, count: int, *, as_json: bool) -> None:
    if target == "":
        raise UsageError("-o names no file", hint="Give a file, or a folder such as -o out/")
    if target == _STDOUT and as_json:
        raise UsageError("-o - and --json both want stdout", hint="Give -o a file or a folder")
    if count > 1 and target is not None and not _is_folder(target):
        raise UsageError(
            f"{count} articles do not fit into one file", hint="Give -o a folder, such as -o out/"
        )
    if count > 1 and target is None:
        raise UsageError("several articles need a folder", hint="Give one, such as -o out/")


def _is_folder(target: str) -> bool:
    ends = (os.sep, os.altsep or os.sep)
    return target.endswith(ends) or os.path.isdir(target)  # noqa: PTH112  (Path raises for a name that is too long)


def _paths(made: "list[Made]", target: str | None) -> list[Path]:
    """Where each leaflet goes; a folder that is asked for is made."""
    if target == _STDOUT:
        return [Path(_STDOUT)]
    if target is None:
        return [Path(one.file_name) for one in made]
    if not _is_folder(target):
        _check_ending(target, made[0].file_name)
        return [Path(target)]
    folder = Path(target)
    paths = [folder / one.file_name for one in made]
    if len(set(paths)) < len(paths):
        what = "two of the articles would be written to the same file"
        raise UsageError(what, hint="Name each once")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {target} cannot be made", hint=error.strerror or ""
        ) from error
    return paths


def _check_ending(target: str, usual: str) -> None:
    """Refuse the other ending of leaflets: nobody could open text as a PDF, nor read a PDF as text."""
    ending = Path(usual).suffix
    if Path(target).suffix.lower() in {".pdf", ".txt"} - {ending}:
        what = f"-o {target} has the wrong ending for this edition"
        raise UsageError(what, hint=f"Let it end in {ending}")


def _write(made: "list[Made]", paths: list[Path], *, as_json: bool, mode: int) -> None:
    from handouts.files import sweep, write_together  # noqa: PLC0415

    if str(paths[0]) == _STDOUT:
        print_bytes(made[0].rendering.content)
        return
    for folder in {path.parent for path in paths}:
        sweep(folder)
    contents = [one.rendering.content for one in made]
    write_together(zip(paths, contents, strict=True), mode=mode)
    for one, path in zip(made, paths, strict=True):
        if as_json:
            print_json(_object(one, path))
        else:
            print_line(str(path))


# ---- what is told -------------------------------------------------------------------------------


def _tell(made: "Made") -> None:
    """Say on stderr what was made, and what a person should know of it."""
    from handouts.leaflet_report import lines  # noqa: PLC0415  (keeps --help fast)

    pages = made.rendering.pages
    length = f"{pages} page{'s' if pages > 1 else ''}" if pages else "plain text"
    click.echo(
        f"{made.article.title} ({made.article.language}), {length}, for {made.clinic.name}",
        err=True,
    )
    for line in lines(made):
        click.echo(line, err=True)


def _object(made: "Made", path: Path) -> dict[str, object]:
    """Give one leaflet as JSON; the keys are described in docs/reference.md."""
    from handouts.leaflet_report import as_object  # noqa: PLC0415  (only for --json)

    return {
        "path": str(path),
        "article": made.article.id,
        "clinic": made.clinic.id,
        "edition": made.edition,
        "made_as": made.made_as,
        "language": made.article.language,
        "title": made.article.title,
        "pages": made.rendering.pages,
        "sheets": made.rendering.sheets,
        "sha256": made.rendering.sha256,
        "claims": made.rendering.claims,
        "identifier": made.leaflet.identifier,
        **as_object(made),
        "warnings": list(made.warnings),
    }
