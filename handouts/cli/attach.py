"""`handouts attach`: leaflets joined to a discharge packet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from handouts.cli import options as shared
from handouts.cli.dates import created_on
from handouts.cli.filling import blank_values
from handouts.cli.outputs import check_begins, check_unread
from handouts.cli.printing import print_bytes, print_json, print_line
from handouts.cli.stdin import NAME as STDIN
from handouts.cli.stdin import read_stdin
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.packet.attach import Attached, AttachWish

_STDOUT = "-"
_PRIVATE = 0o600
_SIDECAR, _FHIR = ".json", ".fhir.json"
"""Endings of what stands beside the result."""

_BEGINNINGS = {
    _SIDECAR: (b'{\n "schema": "handouts-packet/', "sidecar of a packet"),
    _FHIR: (b'{\n "resourceType": "DocumentReference"', "DocumentReference"),
}
"""How each of them begins, and what it is: a file of the same name may be somebody else's."""

_REFERENCE_LIMIT = 1_000
_EXAMPLES = """\b
To a packet:     handouts attach packet.pdf amoxicillin --clinic riverbend -o out.pdf
For the printer: handouts attach packet.pdf appendix-surgery --clinic riverbend --duplex --cover -o out.pdf
A signed packet: handouts attach packet.pdf amoxicillin --clinic riverbend --beside -o leaflets.pdf
"""


@click.command(short_help="Attach leaflets to a discharge packet.", epilog=_EXAMPLES)
@click.argument("packet", metavar="PACKET.pdf", type=click.Path(path_type=Path))
@click.argument("articles", metavar="ARTICLE...", nargs=-1)
@click.option("--clinic", metavar="CLINIC", required=True, help="Id of a clinic, or its TOML file.")
@click.option("-o", "--output", metavar="PATH", required=True, help="A file, or - for stdout.")
@click.option(
    "--code",
    "codes",
    metavar="SYSTEM:CODE",
    multiple=True,
    help="The article with this code, such as LOINC:57698-3 (ICD-10-CM, SNOMED CT, LOINC, RxNorm).",
)
@click.option("--edition", metavar="E", default="", help="Default: the clinic's first edition.")
@click.option("--language", metavar="L", default="", help="Default: the clinic's first language.")
@click.option("--cover", is_flag=True, help="Put a cover before everything.")
@click.option("--contents", is_flag=True, help="List the parts with their pages, after the cover.")
@click.option("--duplex", is_flag=True, help="Begin each part on a fresh sheet.")
@click.option(
    "--notices",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder of PDFs that the clinic must hand out; they come last, by name.",
)
@click.option(
    "--position",
    metavar="end|start|after:N",
    default="end",
    show_default=True,
    help="Where the leaflets go, seen from the packet's pages.",
)
@click.option(
    "--beside", is_flag=True, help="Leave the packet alone: the leaflets in a file of their own."
)
@click.option(
    "--allow-restricted",
    "restricted",
    is_flag=True,
    help="Attach though the packet's permissions forbid it; for those whom its owner allows it.",
)
@click.option("--fhir", is_flag=True, help="Write a FHIR R4 DocumentReference beside the file.")
@click.option(
    "--patient-reference",
    "patient",
    metavar="FILE",
    help="A file with the patient's reference for --fhir, or - for stdin: it does not belong on a "
    "command line.",
)
@shared.template
@shared.library
@shared.values
@shared.fill
@shared.date
@click.option("--json", "as_json", is_flag=True, help="The sidecar's object on stdout.")
@shared.debug
def attach(packet: Path, articles: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401  (Click's values)
    """Attach leaflets to PACKET.pdf, and lose nothing of it.

    ARTICLE is an id of the library, the path of an article, a bundle, or a PDF of your own.
    The packet itself is not changed.  Beside the result stands a sidecar, `NAME.json`.
    """
    from handouts.library import open_library  # noqa: PLC0415  (keeps --help fast)
    from handouts.packet.attach import attach as attached_to  # noqa: PLC0415  (the same)
    from handouts.packet.worker import Worker  # noqa: PLC0415  (the same)

    _check_output(packet, articles, options)
    reference = _reference(options["patient"]) if options["patient"] else ""
    with Worker() as worker:
        library = open_library(options["library"])
        attached = attached_to(_wish(packet, articles, options), library, worker)
    check_unread(_outputs(options["output"]), attached.named)
    _tell(attached)
    _write(attached, options["output"], options, reference)


def _wish(packet: Path, articles: tuple[str, ...], options: dict[str, Any]) -> "AttachWish":
    from handouts.packet.attach import AttachWish  # noqa: PLC0415  (keeps --help fast)

    same = ("clinic", "edition", "language", "cover", "contents", "duplex", "notices", "position")
    more = ("beside", "restricted", "template", "codes")
    return AttachWish(
        packet=packet,
        articles=articles,
        created=created_on(options["date"]),
        values=blank_values(options["values"], options["fill"]),
        **{name: options[name] for name in (*same, *more)},
    )


def _check_output(packet: Path, articles: tuple[str, ...], options: dict[str, Any]) -> None:
    target = options["output"]
    if target == _STDOUT and (options["as_json"] or options["fhir"]):
        raise UsageError("-o - leaves no place for --json or --fhir", hint="Give -o a file")
    if options["patient"] and not options["fhir"]:
        raise UsageError("--patient-reference goes with --fhir", hint="Give both, or none")
    if options["patient"] == STDIN == options["fill"]:
        raise UsageError("--patient-reference and --fill both want stdin", hint="Give one a file")
    if target == _STDOUT:
        return
    path = Path(target)
    if path.suffix.lower() != ".pdf":
        raise UsageError(
            "-o must end in .pdf", hint="Beside it stands a sidecar that ends in .json"
        )
    files = [options[name] or "" for name in ("clinic", "patient", "fill")]
    read = (packet, *articles, *files, *_notices(options["notices"]))
    check_unread(_outputs(target), read)
    for ending in (_SIDECAR, _FHIR) if options["fhir"] else (_SIDECAR,):
        check_begins(path.with_suffix(ending), *_BEGINNINGS[ending])
    notices = options["notices"]
    if notices and path.parent.resolve() == notices.resolve():
        raise UsageError("-o would be one of the notices", hint="Give another folder")


def _outputs(target: str) -> list[Path]:
    """Name the files that may be written."""
    path = Path(target)
    return [] if target == _STDOUT else [path, *map(path.with_suffix, _BEGINNINGS)]


def _notices(folder: Path | None) -> list[Path]:
    """Name what is in the folder of notices; what is wrong with it is told when it is read."""
    try:
        return list(folder.iterdir()) if folder else []
    except OSError:
        return []


def _reference(file: str) -> str:
    from handouts.files import decode, read_bytes  # noqa: PLC0415  (keeps --help fast)
    from handouts.packet.fhir import checked_reference  # noqa: PLC0415  (the same)

    if file == STDIN:
        words = read_stdin(_REFERENCE_LIMIT)
    else:
        words = read_bytes(Path(file), limit=_REFERENCE_LIMIT, error=UsageError)
    return checked_reference(decode(words, file, error=UsageError))


def _tell(attached: "Attached") -> None:
    """Say on stderr what was attached, and what a person should know of it."""
    from handouts.leaflet_report import lines  # noqa: PLC0415  (keeps --help fast)

    for one in attached.placed:
        count = f"{one.pages} page{'s' if one.pages > 1 else ''}"
        click.echo(f"{one.part.title}, {count}, from page {one.first}", err=True)
        for line in lines(one.made) if one.made else ():
            click.echo(line, err=True)
    for warning in attached.joined.warnings if attached.joined else ():
        click.echo(f"warning: {warning}", err=True)


def _write(attached: "Attached", target: str, options: dict[str, Any], reference: str) -> None:
    """Write the file and what stands beside it, together or not at all."""
    from handouts.files import sweep, write_together  # noqa: PLC0415  (keeps --help fast)
    from handouts.packet.fhir import document_reference  # noqa: PLC0415  (the same)
    from handouts.packet.report import sidecar  # noqa: PLC0415  (the same)

    if target == _STDOUT:
        print_bytes(attached.content)
        return
    path, about = Path(target), sidecar(attached)
    files = [(path.with_suffix(_SIDECAR), _json(about))]
    if options["fhir"]:
        resource = document_reference(attached, quote(path.name), reference)
        files.append((path.with_suffix(_FHIR), _json(resource)))
    sweep(path.parent)
    write_together([*files, (path, attached.content)], mode=_PRIVATE)
    if options["as_json"]:
        print_json({"path": target, **about})
    else:
        print_line(target)


def _json(value: dict[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
