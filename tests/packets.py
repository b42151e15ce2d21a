"""Packets for tests: other people's files where they are there, and many that are made here."""

import io
import random
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from leaflets import CREATED, ROOT, make
from pikepdf import Array, Dictionary, Name, String

from handouts.packet.check import check
from handouts.packet.joining import join
from handouts.packet.opening import look, open_pdf
from handouts.packet.parts import PACKET, Job, Joined, Kind, Leaf, PageSize, Part
from handouts.packet.sheets import arrange

SHARED = ROOT.parent / "shared" / "packets"


def shared(name: str) -> bytes:
    """Give one of the packets beside the repository, or skip the test."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the packet {name} is not beside the repository")
    return path.read_bytes()


@cache
def leaflet(article: str = "headache", clinic: str = "riverbend", language: str = "") -> Part:
    """Make a leaflet of the built-in library."""
    made = make(article, clinic, language=language, notes="never")
    return Part(
        kind="leaflet",
        title=made.article.title,
        content=made.rendering.content,
        identifier=made.leaflet.identifier,
        language=made.article.language,
    )


def job(packet: bytes, *parts: Part, before: int | None = None, **settings: Any) -> Job:  # noqa: ANN401 (values of a Job)
    """Plan a join; `before` is the number of the packet's pages before the parts."""
    sizes = pages_of(packet, restricted=settings.get("restricted", False))
    others = [pages_of(part.content) for part in parts]
    at = len(sizes) if before is None else before
    duplex = settings.pop("duplex", False)
    leaves = arrange(sizes, others, before=at, duplex=duplex)
    return Job(packet=packet, parts=parts, leaves=leaves, created=CREATED, **settings)


def pages_of(content: bytes, *, restricted: bool = False) -> tuple[PageSize, ...]:
    """Give the sizes of a PDF's pages."""
    return look(open_pdf(content, restricted=restricted)).pages


def joined(packet: bytes, *parts: Part, **settings: Any) -> Joined:  # noqa: ANN401 (as above)
    """Join parts to a packet, and let the product's own check look at it."""
    planned = job(packet, *parts, **settings)
    result = join(planned)
    check(planned, result)
    return result


def opened(content: bytes) -> Any:  # noqa: ANN401 (pikepdf's objects)
    """Open a PDF."""
    return pikepdf.open(io.BytesIO(content))


def document(content: bytes, kind: Kind = "document", title: str = "Ours") -> Part:
    """A PDF of the clinic's own as a part."""
    return Part(kind=kind, title=title, content=content)


def packet_places(leaves: Sequence[Leaf]) -> list[int]:
    """Say where the packet's pages stand in the result."""
    return [at for at, leaf in enumerate(leaves) if leaf.part == PACKET]


def images(content: bytes, pages: Sequence[int] | None = None, scale: float = 0.4) -> list[bytes]:
    """Draw pages, fields and notes included, and give their pixels."""
    pdf: Any = pypdfium2.PdfDocument(content)
    try:
        pdf.init_forms()
        numbers = range(len(pdf)) if pages is None else pages
        return [_pixels(pdf[number], scale) for number in numbers]
    finally:
        pdf.close()


def _pixels(page: Any, scale: float) -> bytes:  # noqa: ANN401 (pypdfium2's objects)
    bitmap = page.render(scale=scale, may_draw_forms=True, grayscale=True)
    return bytes(f"{bitmap.width}x{bitmap.height}:", "ascii") + bytes(bitmap.buffer)


def written(pdf: Any, **settings: Any) -> bytes:  # noqa: ANN401 (pikepdf's objects)
    """Write a PDF."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf warns of fields that are in no form
        pdf.save(out, **settings)
    return out.getvalue()


# ---- packets that are made -----------------------------------------------------------------------

PAPERS = ((612, 792), (595.28, 841.89), (792, 612), (612, 1008), (420, 595), (300, 300))


def plain_packet(pages: int = 2, size: tuple[float, float] = (612, 792)) -> bytes:
    """A packet with nothing but pages, and a line of text on each."""
    return written(_with_pages(pages, size))


def tagged_packet(pages: int = 2, **root: Any) -> bytes:  # noqa: ANN401 (entries of the tree's root)
    """A packet with a paragraph and a heading on each page, both tagged."""
    pdf = _with_pages(pages, (612, 792))
    add_tags(pdf, **root)
    return written(pdf)


def signed_packet() -> bytes:
    """A packet that somebody certified."""
    pdf = _with_pages(3, (612, 792))
    pdf.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))
    return written(pdf)


def _with_pages(pages: int, size: tuple[float, float]) -> Any:  # noqa: ANN401 (as above)
    pdf = pikepdf.new()
    for number in range(pages):
        add_page(pdf, size, f"Sheet {number + 1}")
    return pdf


def add_page(pdf: Any, size: tuple[float, float], words: str) -> Any:  # noqa: ANN401 (as above)
    """Add a page with a line of text, a box, and a second line."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.add_blank_page(page_size=size).obj
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    width, height = size
    content = (
        f"/H1 <</MCID 0>> BDC BT /F1 18 Tf 40 {height - 60:.0f} Td ({words}) Tj ET EMC\n"
        f"/Artifact BMC 0.8 g 40 40 {width / 2:.0f} 30 re f 0 g EMC\n"
        f"/P <</MCID 1>> BDC BT /F1 11 Tf 40 {height - 90:.0f} Td (Words of {words}) Tj ET EMC\n"
    )
    page.Contents = pdf.make_stream(content.encode())
    return page


def add_tags(pdf: Any, **more: Any) -> None:  # noqa: ANN401 (as above)
    """Tag the two lines of each page, as H1 and P below one Document."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, **more))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    numbers = Array()
    for key, page in enumerate(pdf.pages):
        row = Array()
        for mark, kind in enumerate((Name.H1, Name.P)):
            made = Dictionary(Type=Name.StructElem, S=kind, P=top, Pg=page.obj, K=mark)
            element = pdf.make_indirect(made)
            top.K.append(element)
            row.append(element)
        page.obj.StructParents = key
        numbers.append(key)
        numbers.append(pdf.make_indirect(row))
    root.K, root.ParentTree = top, pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    pdf.Root.Lang = String("en")


def add_form(pdf: Any, names: Sequence[str], page: int = 0) -> None:  # noqa: ANN401 (as above)
    """Add text fields with values, one below the other."""
    fields = Array()
    target = pdf.pages[page].obj
    for number, name in enumerate(names):
        box = Array([60, 200 + 30 * number, 200, 220 + 30 * number])
        look_ = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 140, 20]),
            Resources=Dictionary(),
        )
        appearance = pdf.make_stream(b"0.9 0.9 1 rg 0 0 140 20 re f", look_)
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(name), V=String(f"v{number}"),
            Rect=box, F=4, P=target, AP=Dictionary(N=appearance),
        )  # fmt: skip
        fields.append(pdf.make_indirect(made))
    target.Annots = Array([*target.get("/Annots", ()), *fields])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(list(fields))))


def add_layer(pdf: Any, name: str, *, off: bool) -> None:  # noqa: ANN401 (as above)
    """Put words on the first page into a layer."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
    layers = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    if off:
        layers.D.OFF = Array([layer])
    pdf.Root.OCProperties = layers
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(L1=layer)
    words = b"/OC /L1 BDC BT /F1 30 Tf 60 300 Td (LAYER) Tj ET EMC\n"
    streams = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    page.Contents = Array([*streams, pdf.make_stream(words)])


def add_labels(pdf: Any, rows: Sequence[tuple[int, Any]]) -> None:  # noqa: ANN401 (as above)
    """Label pages."""
    numbers = Array([one for row in rows for one in row])
    pdf.Root.PageLabels = Dictionary(Nums=numbers)


def add_outline(pdf: Any, pages: Sequence[int]) -> None:  # noqa: ANN401 (as above)
    """Add an outline with an entry for each of these pages, every second one below the first."""
    with pdf.open_outline() as outline:
        for number, page in enumerate(pages):
            entry = pikepdf.OutlineItem(f"Part {number}", page)
            into = outline.root[0].children if number % 2 else outline.root
            into.append(entry)


# ---- many packets, each of a number ---------------------------------------------------------------


def generated(number: int) -> bytes:
    """A packet with some of everything that a PDF may have; the same number gives the same."""
    pick = random.Random(number)  # noqa: S311  (no secret)
    pdf = pikepdf.new()
    for page in range(pick.randint(1, 6)):
        made = add_page(pdf, pick.choice(PAPERS), f"Sheet {number}-{page}")
        _dress(pdf, made, pick)
    if pick.random() < 0.4:
        add_tags(pdf)
    for add in _extras(pdf, pick):
        add(pdf, pick)
    return written(pdf, **_settings(pick))


def _dress(pdf: Any, page: Any, pick: random.Random) -> None:  # noqa: ANN401 (as above)
    """Turn a page, crop it, scale its unit, give it a link, a note or several streams."""
    if pick.random() < 0.4:
        page.Rotate = pick.choice((90, 180, 270, -90, 450))
    if pick.random() < 0.3:
        left, bottom, right, top = (float(edge) for edge in page.MediaBox)
        page.CropBox = Array([left + 10, bottom + 15, right - 20, top - 5])
    if pick.random() < 0.1:
        page.UserUnit = 2
    if pick.random() < 0.2:
        page.Contents = Array([page.Contents, pdf.make_stream(b"1 0 0 rg 20 20 9 9 re f")])
    if pick.random() < 0.3:
        action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
        page.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot, Subtype=Name.Link, Rect=Array([40, 40, 90, 70]), A=action
                    )
                )
            ]
        )


def _extras(pdf: Any, pick: random.Random) -> Iterator[Any]:  # noqa: ANN401 (as above)
    total = len(pdf.pages)
    if pick.random() < 0.35:
        names = pick.sample(["name", "record", "ward", "date", "sign.here"], pick.randint(1, 4))
        yield lambda _pdf, _pick: add_form(pdf, names, pick.randrange(total))
    if pick.random() < 0.35:
        yield lambda _pdf, _pick: add_layer(pdf, "Hidden", off=pick.random() < 0.6)
    if pick.random() < 0.4:
        rows = [
            (0, Dictionary(S=Name.r)),
            (total // 2 + 1, Dictionary(S=Name.D, P=String("A-"), St=5)),
        ]
        yield lambda _pdf, _pick: add_labels(pdf, rows[: pick.randint(1, 2)])
    if pick.random() < 0.5:
        yield lambda _pdf, _pick: add_outline(
            pdf, [pick.randrange(total) for _ in range(pick.randint(1, 5))]
        )
    if pick.random() < 0.25:
        yield lambda _pdf, _pick: pdf.attachments.__setitem__("a.txt", b"attached")
    if pick.random() < 0.3:
        yield lambda _pdf, _pick: pdf.docinfo.__setitem__("/Title", "Made for a test")
    yield from [add for add in (_name_places, _inherit) if pick.random() < 0.3]


def _name_places(pdf: Any, pick: random.Random) -> None:  # noqa: ANN401 (as above)
    """Give pages names of both kinds, and a link to one of them."""
    places = [pdf.pages[pick.randrange(len(pdf.pages))].obj for _ in range(3)]
    tree = pikepdf.NameTree.new(pdf)
    for number, page in enumerate(places):
        tree[f"place{number}"] = Array([page, Name.Fit])
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.Dests = tree.obj
    pdf.Root.Dests = Dictionary(Old=Array([places[0], Name.Fit]))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 50, 50]), Dest=String("place1")
    )
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", ()), pdf.make_indirect(link)])


def _inherit(pdf: Any, _pick: random.Random) -> None:  # noqa: ANN401 (as above)
    """Let all pages take their rotation from their parent."""
    for page in pdf.pages:
        if "/Rotate" in page.obj:
            del page.obj.Rotate
    pdf.Root.Pages.Rotate = 90


def _settings(pick: random.Random) -> dict[str, Any]:
    """How a packet is written: encrypted, linearised, with object streams."""
    settings: dict[str, Any] = {}
    if pick.random() < 0.3:
        strength = pick.choice((2, 3, 4, 6))
        settings["encryption"] = pikepdf.Encryption(
            owner="owner", user="", R=strength, aes=strength >= 4, metadata=strength >= 4
        )
    settings["linearize"] = pick.random() < 0.2
    mode = (
        pikepdf.ObjectStreamMode.generate
        if pick.random() < 0.5
        else pikepdf.ObjectStreamMode.disable
    )
    settings["object_stream_mode"] = mode
    return settings
