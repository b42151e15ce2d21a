"""`handouts make`: one leaflet, or a few, now."""

import gc
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options as shared
from handouts.cli.dates import created_on
from handouts.cli.filling import blank_values
from handouts.cli.printing import print_bytes, print_line
from handouts.cli.seldom_used import put_off
from handouts.errors import OutputError, UsageError

if TYPE_CHECKING:
    import datetime

    from handouts.make import Made, Wish

_STDOUT = "-"
_SURE = 0.7
"""A guess that is less sure is told on stderr."""

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
@click.option(
    "--set",
    "values",
    metavar="NAME=WORDS",
    multiple=True,
    help="Fill a blank {{NAME}} of the article; again for one more line.",
)
@click.option(
    "--fill",
    metavar="FILE",
    help="A TOML file with the words for the blanks, or - for stdin: for words about a patient, "
    "which do not belong on a command line.",
)
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
    from handouts.make import make_leaflet  # noqa: PLC0415

    target, as_json = options["output"], options["as_json"]
    _check_output(target, len(articles), as_json=as_json)
    library = open_library(options["library"])
    created = created_on(options["date"])
    made = [make_leaflet(_wish(article, created, options), library) for article in articles]
    paths = _paths(made, target)
    for one in made:
        _tell(one)
    _write(made, paths, as_json=as_json)


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
        values=blank_values(options["values"], options["fill"]),
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
        return [Path(target)]
    folder = Path(target)
    paths = [folder / one.file_name for one in made]
    if len(set(paths)) < len(paths):
        raise UsageError("two of the articles would be written to the same file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {target} cannot be made", hint=error.strerror or ""
        ) from error
    return paths


def _write(made: "list[Made]", paths: list[Path], *, as_json: bool) -> None:
    from handouts.files import write_together  # noqa: PLC0415

    if str(paths[0]) == _STDOUT:
        print_bytes(made[0].rendering.content)
        return
    write_together((path, one.rendering.content) for one, path in zip(made, paths, strict=True))
    for one, path in zip(made, paths, strict=True):
        print_line(_object(one, path) if as_json else str(path))


# ---- what is told -------------------------------------------------------------------------------


def _tell(made: "Made") -> None:
    """Say on stderr what was made, and what a person should know of it."""
    pages = made.rendering.pages
    length = f"{pages} page{'s' if pages > 1 else ''}" if pages else "plain text"
    click.echo(
        f"{made.article.title} ({made.article.language}), {length}, for {made.clinic.name}",
        err=True,
    )
    for line in _notices(made):
        click.echo(line, err=True)


def _notices(made: "Made") -> Iterable[str]:
    for warning in made.warnings:
        yield f"warning: {warning}"
    yield from _unfaithful(made)
    for guess in made.reading.report.guessed:
        if guess.confidence < _SURE:
            sure = round(100 * guess.confidence)
            yield f"guessed ({sure} %), line {guess.line}: {guess.what} {_short(guess.title)!r}"
    for drop in made.reading.report.dropped:
        yield f"left out, line {drop.line} ({drop.reason}): {_short(drop.text)}"


def _unfaithful(made: "Made") -> Iterable[str]:
    fidelity = made.leaflet.fidelity
    parts = tuple(dict.fromkeys([one.where for one in fidelity.dropped]))
    if made.leaflet.abridged and parts:
        yield f"the {made.made_as} leaves out, and the full leaflet has: {', '.join(parts)}"
    for part in parts:
        if part in fidelity.elsewhere and not made.leaflet.abridged:
            yield f"{part} are left out; the leaflet says where they are"
    for sentence in () if made.leaflet.abridged else fidelity.lost:
        yield f"not on paper, from {sentence.where}: {sentence.text}"
    for sentence in fidelity.doubled:
        yield f"on paper more than once, from {sentence.where}: {sentence.text}"


def _short(text: str) -> str:
    limit = 60
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}…"


def _object(made: "Made", path: Path) -> str:
    """One leaflet as JSON; the keys are described in docs/reference.md."""
    import json  # noqa: PLC0415  (only for --json)

    from handouts.article_json import as_json  # noqa: PLC0415  (the same)

    fidelity, report = made.leaflet.fidelity, made.reading.report
    return json.dumps(
        {
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
            "placed": fidelity.placed,
            "dropped": [{"where": one.where, "text": one.text} for one in fidelity.dropped],
            "doubled": [{"where": one.where, "text": one.text} for one in fidelity.doubled],
            "left_out": [
                {"line": one.line, "text": one.text, "reason": one.reason} for one in report.dropped
            ],
            "guessed": as_json(report.guessed),
            "joined": as_json(report.joined),
            "dates": as_json(report.dates),
            "warnings": list(made.warnings),
        },
        ensure_ascii=False,
    )
