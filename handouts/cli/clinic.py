"""`handouts clinic`: what a clinic's brand becomes on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options as shared
from handouts.cli.aligned import aligned
from handouts.cli.printing import print_bytes, print_json, print_line

if TYPE_CHECKING:
    from handouts.brand import BrandReport

_STDOUT = "-"


@click.group(short_help="Show what a clinic's brand becomes on paper.")
def clinic() -> None:
    """Show what a clinic's brand becomes on paper."""


# ---- show --------------------------------------------------------------------------------------


@clinic.command(short_help="Print the colours by role, with their contrast.")
@click.argument("clinic_", metavar="CLINIC")
@shared.library
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@shared.debug
def show(clinic_: str, library: Path | None, **options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Print the colours of CLINIC by role, with their contrast in colour and in grey.

    CLINIC is an id of the library, or the path of a TOML file.
    """
    from handouts.brand import brand_report  # noqa: PLC0415  (keeps --help fast)
    from handouts.library import find_clinic  # noqa: PLC0415

    report = brand_report(find_clinic(clinic_, library))
    if options["as_json"]:
        print_json(_object(report))
    else:
        for line in _lines(report):
            print_line(line)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)


_HEADS = ("role", "colour", "grey", "on white", "in grey", "on tint", "in grey", "least", "for")
_NUMBERS = (3, 4, 5, 6, 7)


def _lines(report: "BrandReport") -> Iterator[str]:
    brand = report.clinic.brand
    yield f"{report.clinic.name}: {' and '.join(brand.colours) or 'no colours of its own'}"
    yield ""
    rows = [
        (
            one.role,
            one.colour,
            one.grey,
            f"{one.on_white:.1f}",
            f"{one.on_white_grey:.1f}",
            f"{one.on_tint:.1f}",
            f"{one.on_tint_grey:.1f}",
            f"{one.least:.1f}" if one.least else "-",
            one.use,
        )
        for one in report.swatches
    ]
    yield from aligned([_HEADS, *rows], right=_NUMBERS)
    yield ""
    for logo in report.logos:
        yield f"logo {logo.file}: {logo.size}, {logo.dots} dpi, keeps {logo.clear:.0f} points white"
    yield f"fonts: {', '.join(dict.fromkeys(name for _, name in report.faces))}"
    if brand.letterhead:
        yield "letterhead: the head of page 1 stays white"


def _object(report: "BrandReport") -> dict[str, object]:
    """Give the clinic as JSON; the keys are described in docs/reference.md."""
    from handouts.article_json import as_json  # noqa: PLC0415  (only for --json)

    clinic, brand = report.clinic, report.clinic.brand
    return {
        "clinic": clinic.id,
        "name": clinic.name,
        "colours": list(brand.colours),
        "roles": [_rounded(as_json(one)) for one in report.swatches],
        "logos": [
            {
                "file": logo.file,
                "width": round(logo.width, 1),
                "height": round(logo.height, 1),
                "dpi": logo.dots,
                "clear": round(logo.clear, 1),
            }
            for logo in report.logos
        ],
        "fonts": dict(report.faces),
        "letterhead": brand.letterhead,
        "warnings": list(report.warnings),
    }


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {
        key: round(value, 2) if isinstance(value, float) else value for key, value in row.items()
    }


# ---- proof -------------------------------------------------------------------------------------


@clinic.command(short_help="Make a one-page brand proof.")
@click.argument("clinic_", metavar="CLINIC")
@click.option(
    "-o", "--output", metavar="PATH", help="A file, or - for stdout.  Default: ./CLINIC.proof.pdf"
)
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="Default: the clinic's paper.")
@click.option("--ink", type=click.Choice(["colour", "black"]), help="Default: the clinic's ink.")
@shared.date
@shared.library
@shared.debug
def proof(clinic_: str, output: str | None, library: Path | None, **options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Make a page that shows the logo, colours, type and boxes of CLINIC.

    CLINIC is an id of the library, or the path of a TOML file.
    """
    from handouts.cli.dates import created_on  # noqa: PLC0415  (keeps --help fast)
    from handouts.cli.outputs import check_leaflets, check_unread  # noqa: PLC0415
    from handouts.files import write_atomically  # noqa: PLC0415
    from handouts.library import find_clinic  # noqa: PLC0415
    from handouts.proof import ProofWish, make_proof  # noqa: PLC0415

    path = find_clinic(clinic_, library)
    target = Path(output or f"{path.stem}.proof.pdf")
    if output != _STDOUT:
        check_unread([target], [path])
        check_leaflets([target])
    wish = ProofWish(
        clinic=path,
        paper=options["paper"] or "",
        ink=options["ink"] or "",
        created=created_on(options["date"]),
    )
    made = make_proof(wish)
    for warning in made.warnings:
        click.echo(f"warning: {warning}", err=True)
    if output == _STDOUT:
        print_bytes(made.content)
        return
    write_atomically(target, made.content)
    print_line(str(target))
