"""The engines that `peers.py` compares: each draws the same leaflets in a process of its own.

    python engines.py ENGINE FOLDER              work for peers.py, line by line
    python engines.py ENGINE WORDS.json OUT.pdf  draw one leaflet and end

A leaflet is what `plain_reportlab.py` draws: {"fonts": folder, "logo": file, "title": ...,
"language": ..., "blocks": [[role, text], ...], "footer": ...}.
Peers get logo, words, styles and page numbers only; `handouts` gets ids, and makes its whole leaflet.
An engine is a function that prepares what all leaflets have in common, and gives two functions: one
for what is not timed, and the one that draws leaflets.
"""

import io
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from html import escape
from itertools import count, groupby
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

HERE = Path(__file__).parent
LIBRARY, LEAFLETS = "library", "leaflets.jsonl"
"""What `peers.py` writes into the folder: a library, and its leaflets' ids and words, one a line."""

Leaflets = Sequence[dict]
Draw = Callable[[Leaflets], list[bytes]]
Ready = Callable[[Leaflets], object]

_FONTS = (("Regular", 400), ("Medium", 500), ("SemiBold", 600), ("Bold", 700))


# ---- handouts ----------------------------------------------------------------------------------


def handouts(folder: Path) -> tuple[Ready, Draw]:
    """What a worker of `handouts batch` does to make leaflets; files and sidecars count in its rate.

    Not timed: reading the articles, since peers get theirs as words, too.
    """
    import datetime  # noqa: PLC0415  (each engine's cold start is its own)

    from handouts.batch.work import prepare_worker  # noqa: PLC0415
    from handouts.kept import kept_reading  # noqa: PLC0415
    from handouts.library import open_library  # noqa: PLC0415
    from handouts.make import Wish, make_leaflet  # noqa: PLC0415

    prepare_worker([0])
    library = open_library(folder / LIBRARY)
    created = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)

    articles = {one: library.article_path(one, "en") for one in library.articles}
    clinics = {one: str(library.clinic_path(one)) for one in library.clinics}

    def wish(leaflet: dict) -> Wish:
        article, clinic = articles[leaflet["article"]], clinics[leaflet["clinic"]]
        return Wish(article=str(article), clinic=clinic, created=created)

    def ready(leaflets: Leaflets) -> None:
        for leaflet in leaflets:
            kept_reading(articles[leaflet["article"]], id=leaflet["article"])

    def draw(leaflets: Leaflets) -> list[bytes]:
        made = [make_leaflet(wish(leaflet), library) for leaflet in leaflets]
        return [one.rendering.content for one in made]

    return ready, draw


# ---- peers -------------------------------------------------------------------------------------


def reportlab(first: dict) -> Draw:
    """Plain ReportLab: the yardstick."""
    import plain_reportlab  # noqa: PLC0415

    plain_reportlab.register(first["fonts"])
    styles = plain_reportlab.styles()

    def draw(leaflet: dict) -> bytes:
        out = io.BytesIO()
        plain_reportlab.draw(leaflet, out, styles)
        return out.getvalue()

    return _each(draw)


def typst(first: dict) -> Draw:
    """Typst, tagged: its Python package with one compiler for all, or else its command."""
    source = HERE / "leaflet.typ"
    try:
        import typst as package  # noqa: PLC0415
    except ModuleNotFoundError:
        return _typst_command(first, source)
    fonts = package.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[first["fonts"]]
    )
    compiler = package.Compiler(str(source), root="/", font_paths=fonts, ignore_system_fonts=True)

    def draw(leaflet: dict) -> bytes:
        inputs = {"leaflet": json.dumps(leaflet)}
        return compiler.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs)

    return _each(draw)


def _typst_command(first: dict, source: Path) -> Draw:
    program = shutil.which("typst")
    if program is None:
        raise ModuleNotFoundError("neither its Python package nor its command is there")
    fonts = ("--ignore-system-fonts", "--ignore-embedded-fonts", "--font-path", first["fonts"])
    command = [program, "compile", "--root", "/", *fonts, "--pdf-standard", "ua-1"]

    def draw(leaflet: dict) -> bytes:
        words = ["--input", f"leaflet={json.dumps(leaflet)}", str(source), "-"]
        return subprocess.run([*command, *words], check=True, capture_output=True).stdout

    return _each(draw)


def weasyprint(first: dict) -> Draw:
    """WeasyPrint, tagged: fonts, style sheet and pictures kept for all leaflets."""
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts, pictures = FontConfiguration(), {}
    sheet = CSS(string=_css(Path(first["fonts"])), font_config=fonts)

    def draw(leaflet: dict) -> bytes:
        page = HTML(string=_html(leaflet), base_url="/")
        kept = {"stylesheets": [sheet], "font_config": fonts, "cache": pictures}
        return page.write_pdf(pdf_variant="pdf/ua-1", **kept)

    return _each(draw)


def _css(fonts: Path) -> str:
    faces = [("Sans", f"SourceSans3-{name}", weight) for name, weight in _FONTS]
    declared = [
        f'@font-face {{ font-family: {family}; src: url("{(fonts / file).as_uri()}.ttf");'
        f" font-weight: {weight} }}\n"
        for family, file, weight in (*faces, ("Serif", "SourceSerif4-SemiBold", 600))
    ]
    styles = (HERE / "leaflet.css").read_text(encoding="utf-8")
    return "".join([*declared, styles])


def _html(leaflet: dict) -> str:
    tags = {"title": "h1", "head": "h2", "item": "li"}
    body = []
    for listed, rows in groupby(leaflet["blocks"], lambda row: row[0] == "item"):
        parts = [(tags.get(role, "p"), role, escape(text)) for role, text in rows]
        lines = [f'<{tag} class="{role}">{text}</{tag}>' for tag, role, text in parts]
        body += ["<ul>", *lines, "</ul>"] if listed else lines
    return (
        f'<!DOCTYPE html><html lang="{leaflet["language"]}"><head><meta charset="utf-8">'
        f"<title>{escape(leaflet['title'])}</title></head>"
        f'<body data-footer="{escape(leaflet["footer"])}">'
        f'<img src="{escape(leaflet["logo"])}" alt="Logo">{"".join(body)}</body></html>'
    )


def fpdf2(first: dict) -> Draw:
    """The package fpdf2: it has no tags for paragraphs and headings."""
    import logging  # noqa: PLC0415

    import plain_styles  # noqa: PLC0415
    from fpdf import FPDF  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fonts = Path(first["fonts"])

    class Leaflet(FPDF):
        about = ""

        def footer(self) -> None:
            self.set_y(-40)
            self.set_font("regular", "", 10)
            self.cell(0, 10, self.about)
            self.set_x(57)
            self.cell(0, 10, f"Page {self.page_no()} of {{nb}}", align="R")

    def draw(leaflet: dict) -> bytes:
        page = Leaflet(unit="pt", format="letter")
        page.about = leaflet["footer"]
        page.set_title(leaflet["title"])
        page.set_lang(leaflet["language"])
        for face, file in plain_styles.FACES.items():
            page.add_font(face, "", fonts / f"{file}.ttf")
        page.set_margins(57, 40, 57)
        page.set_auto_page_break(auto=True, margin=56)
        page.add_page()
        page.image(leaflet["logo"], h=36, alt_text="Logo")
        for role, text in leaflet["blocks"]:
            face, size, leading = plain_styles.ROLES[role]
            page.set_font(face, "", size)
            words = f"\u2022 {text}" if role == "item" else text
            page.multi_cell(0, leading, words, align="L", new_x="LMARGIN", new_y="NEXT")
            page.ln(5)
        return bytes(page.output())

    return _each(draw)


def _each(draw: Callable[[dict], bytes]) -> Draw:
    return lambda leaflets: [draw(leaflet) for leaflet in leaflets]


PEERS = {"reportlab": reportlab, "typst": typst, "weasyprint": weasyprint, "fpdf2": fpdf2}


# ---- a process ---------------------------------------------------------------------------------


def _serve(name: str, folder: Path) -> None:
    """Answer lines of `peers.py`, each with a line of JSON.

    `cpu FROM TO` draws these leaflets once, and tells CPU ms and bytes a leaflet; `rate FROM TO
    SECONDS` draws them again and again for so long, and tells leaflets and seconds.
    """
    lines = (folder / LEAFLETS).read_text(encoding="utf-8").splitlines()
    leaflets = [json.loads(line) for line in lines]
    try:
        if name == "handouts":
            ready, draw = handouts(folder)
        else:
            ready, draw = len, PEERS[name](leaflets[0])
    except ImportError as missing:
        print(json.dumps({"missing": str(missing)}), flush=True)
        return
    print(json.dumps({"ready": name}), flush=True)
    for line in sys.stdin:
        what, start, end, *seconds = line.split()
        wanted = leaflets[int(start) : int(end)]
        ready(wanted)
        told = _rate(draw, wanted, float(seconds[0])) if what == "rate" else _cost(draw, wanted)
        print(json.dumps(told), flush=True)


def _cost(draw: Draw, leaflets: Leaflets) -> dict:
    start = _cpu()
    made = draw(leaflets)
    used = _cpu() - start
    sizes = [len(content) for content in made]
    return {"ms": 1000 * used / len(made), "bytes": sum(sizes) / len(sizes)}


def _rate(draw: Draw, leaflets: Leaflets, seconds: float) -> dict:
    """Draw for so many seconds, by the clock; every leaflet has other words, so none is kept."""
    start = time.perf_counter()
    for number in count(1):
        leaflet = leaflets[number % len(leaflets)]
        *rows, (role, text) = leaflet["blocks"]
        draw([leaflet | {"blocks": [*rows, (role, f"{text} [{number}]")]}])
        if time.perf_counter() - start > seconds:
            return {"leaflets": number, "seconds": time.perf_counter() - start}
    raise AssertionError


def _cpu() -> float:
    """CPU seconds of this process, and of those that it ran and waited for."""
    parts = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum([part.ru_utime + part.ru_stime for part in parts])


if __name__ == "__main__":
    if len(sys.argv) == 3:  # noqa: PLR2004  (the two forms of the command)
        _serve(sys.argv[1], Path(sys.argv[2]))
    else:
        words = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
        Path(sys.argv[3]).write_bytes(PEERS[sys.argv[1]](words)([words])[0])
