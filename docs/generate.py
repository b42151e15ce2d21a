"""Writes `docs/reference.md` from the code: `python docs/generate.py`.

What a program can know stands there, so that it cannot be wrong; `tests/test_docs.py` fails when
the file is stale.
"""  # noqa: INP001  (a program, not a package)

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from theme_keys import theme_keys
from word_tables import furniture, kinds, roles, table

from handouts import errors, listing, swatches
from handouts.batch import Failure, Report, Row, Warned
from handouts.batch.sidecar import KEYS
from handouts.cli import handouts as group
from handouts.pdf.claims import CLAIMS
from handouts.sources import FORMATS
from handouts.theme import Edition
from handouts.values import fields
from handouts.verify import DESIGN_CHECKS, FILE_CHECKS

TARGET = Path(__file__).parent / "reference.md"

_WIDTH = 80

_HEAD = """\
# Reference

This page is made from the code by `python docs/generate.py`.
Change the code and run it; do not edit this page.
"""

_JSON = {
    "path": "the file that was written",
    "article": "id of the article",
    "clinic": "id of the clinic",
    "edition": "name of the edition that was asked for",
    "made_as": "name of the edition that it became: another one where that would be too long",
    "language": "language of the text (BCP 47)",
    "title": "title of the article",
    "pages": "number of pages, the notes page included; of folded editions, of sides of sheets; 0 for plain text",
    "sheets": "sheets of paper, printed on both sides",
    "sha256": "digest of the file",
    "claims": "name of the set of standards that the file claims (see the table below)",
    "identifier": "UUID of the leaflet: the same clinic, article, language and edition give the same",
    "placed": "number of the article's sentences that are on paper",
    "dropped": "sentences that the template left out, each with `where` and `text`",
    "doubled": "sentences that stand on paper too often, each with `where` and `text`",
    "left_out": "what the reader did not take from the file, each with `line`, `text` and `reason`",
    "guessed": "what the file does not say by marks, each with `line`, `title`, `confidence` and `what`",
    "joined": "pieces of the file that were put together, each with `line` and `what`",
    "dates": "dates that were read, each with `line`, `text`, `date` and `meaning`",
    "warnings": "what a person should know, as words",
}
"""Key of `--json` -> what it is."""

_KINDS = {str: "string", int: "number", list: "list"}


def reference() -> str:
    """Give the whole page."""
    parts = (
        _HEAD,
        *_commands(),
        *_environment(),
        *_exit_codes(),
        *_json_object(),
        *_other_objects(),
        *_sidecars(),
        *_claims(),
        *_checks(),
        *_formats(),
        *kinds(),
        *roles(),
        *furniture(),
        *theme_keys(),
    )
    return "\n".join(parts)


# ---- the command line --------------------------------------------------------------------------


def commands() -> Iterator[tuple[click.Context, click.Command]]:
    """Yield the group and each of its commands, with the context in which it shows its help."""
    width: dict[str, Any] = {"terminal_width": _WIDTH, "max_content_width": _WIDTH}
    top = click.Context(group, info_name="handouts", **width, **group.context_settings)
    yield top, group
    yield from _below(top, group, width)


def _below(
    above: click.Context, commands: click.Group, width: Mapping[str, Any]
) -> Iterator[tuple[click.Context, click.Command]]:
    for name in commands.list_commands(above):
        command = commands.get_command(above, name)
        if command is None:
            continue
        context = click.Context(command, info_name=name, parent=above, **width)
        yield context, command
        if isinstance(command, click.Group):
            yield from _below(context, command, width)


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    for context, command in commands():
        words = command.get_help(context)
        yield f"### `{context.command_path}`\n\n```text\n{words}\n```\n"


def _environment() -> Iterator[str]:
    yield "## Environment\n"
    rows = (
        ("`HANDOUTS_LIBRARY`", "the library's folder, when `--library` is not given"),
        (
            "`SOURCE_DATE_EPOCH`",
            "the file's date in seconds since 1970, when `--date` is not given",
        ),
        ("`XDG_CACHE_HOME`", "where compiled templates are kept (else `~/.cache`), in `handouts/`"),
    )
    yield table(("Variable", "What it says"), iter(rows))


def _exit_codes() -> Iterator[str]:
    kinds = {
        kind.exit_code: (kind.__name__, (kind.__doc__ or "").splitlines()[0])
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.HandoutsError)
    }
    kinds[errors.HandoutsError.exit_code] = ("", "Please tell us; `--debug` says where.")
    yield "## Exit codes\n"
    yield "They are stable.  stdout carries the paths or the PDF; everything for people is on stderr.\n"
    yield table(
        ("Code", "Means", "Error", "When"),
        (
            (str(code), words, f"`{name}`" if name else "", when)
            for code, words in errors.EXIT_CODES.items()
            for name, when in [kinds.get(code, ("", ""))]
        ),
    )
    yield "Code 13 is kept for commands that are not there yet.\n"


def made_object() -> Mapping[str, Any]:
    """Make a leaflet of the built-in library and give its `--json` object."""
    command = [
        sys.executable,
        "-m",
        "handouts",
        "make",
        "bone-marrow-biopsy",
        "--clinic",
        "riverbend",
    ]
    with tempfile.TemporaryDirectory() as folder:
        finished = subprocess.run(  # noqa: S603  (our own command)
            [*command, "--json", "-o", f"{folder}/"], capture_output=True, check=False
        )
    if finished.returncode:
        raise RuntimeError(finished.stderr.decode())
    made: Mapping[str, Any] = json.loads(finished.stdout)
    return made


def _json_object() -> Iterator[str]:
    yield "## The object of `--json`\n"
    yield "One object a leaflet, each on a line of its own.\n"
    yield table(
        ("Key", "Type", "What it is"),
        (
            (f"`{key}`", _KINDS[type(value)], _JSON.get(key, "**not described**"))
            for key, value in made_object().items()
        ),
    )


def _sidecars() -> Iterator[str]:
    yield "## Sidecars of `batch`\n"
    yield (
        "The JSON file beside each leaflet that `handouts batch` makes; dates are ISO 8601, what is"
        " not known is `null` or empty.\n"
    )
    yield table(("Key", "What it is"), ((f"`{key}`", words) for key, words in KEYS.items()))


def _other_objects() -> Iterator[str]:
    rows = (
        ("`list articles`", listing.ArticleRow),
        ("`list clinics`", listing.ClinicRow),
        ("`list editions`", Edition),
        ("`clinic show`, each of `roles`", swatches.Swatch),
        ("`batch`", Report),
        ("`batch`, each of `failed` and `expired`", Failure),
        ("`batch`, the `row` of these", Row),
        ("`batch`, each of `warnings`", Warned),
    )
    yield "Other commands with `--json` have these keys:\n"
    yield table(
        ("Command", "Keys"),
        ((words, ", ".join(f"`{part.name}`" for part in fields(kind))) for words, kind in rows),
    )
    yield " ".join((swatches.Swatch.__doc__ or "").split()) + "\n"
    yield (
        "`clinic show` has `clinic`, `name`, `colours`, `roles`, `logos` (each with `file`, `width`,"
        " `height`, `clear` in points, and `dpi`), `fonts` (face to its own name), `letterhead`,"
        " `warnings`.\n"
    )


def _claims() -> Iterator[str]:
    yield "## Claims\n"
    yield "What `--claims` makes a file claim; one file meets all standards of its row.\n"
    yield table(
        ("`--claims`", "Standards", "PDF version", "veraPDF's names"),
        (
            (
                f"`{row.name}`",
                row.label,
                ".".join(map(str, row.version)),
                ", ".join(f"`{flavour}`" for flavour in row.flavours),
            )
            for row in CLAIMS.values()
        ),
    )


def _checks() -> Iterator[str]:
    yield "## Checks of `handouts verify`\n"
    yield (
        "Numbers are those of the design standard's list of checks."
        "  `--json` prints an object a file: `path`, `title`, `language`, `pages`, `claims`,"
        " `edition` (whose limits counted), `edition_named` (whether the file, or `--edition`, named"
        " one that we know), `checks` (names), and `findings`, each with `check`, `page` (0: the"
        " file), `x` and `y` (points from the lower left), `what` and `todo`.\n"
    )
    rows = [
        (f"`{check.name}`", check.holds, check.source, when)
        for checks, when in ((FILE_CHECKS, "always"), (DESIGN_CHECKS, "`--design`"))
        for check in checks
    ]
    yield table(("Check", "What must hold", "Source", "When"), iter(rows))


def _formats() -> Iterator[str]:
    yield "## Formats of articles\n"
    yield "A format is recognised by what is in the file; the suffix only helps.\n"
    yield table(
        ("Format", "Suffix", "Taken over", "Left out, and told"),
        ((row.label, f"`{row.suffix}`", row.kept, row.left_out) for row in FORMATS),
    )


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
