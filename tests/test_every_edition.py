"""Every edition of every built-in article, on both papers: it conforms, and prints as designed."""

import io
from itertools import cycle, product
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
import verapdf
import zxingcpp
from leaflets import articles, make
from PIL import Image, ImageStat

from handouts.make import Made
from handouts.pdf.claims import CLAIMS
from handouts.theme import editions, load_theme
from handouts.verify import verify_bytes

EDITIONS = tuple([one.name for one in editions() if one.name != "text"])
CLINICS = ("riverbend", "northgate")
PaperName = Literal["letter", "a4"]
every_edition = pytest.mark.parametrize("edition", EDITIONS)
every_paper = pytest.mark.parametrize("paper", ["letter", "a4"])


def leaflet(article: tuple[str, str], clinic: str, edition: str, paper: PaperName) -> Made:
    name, language = article
    return make(name, clinic, language=language, edition=edition, paper=paper)


def leaflets(edition: str, paper: PaperName) -> tuple[Made, ...]:
    """All articles in an edition, for the clinics in turn."""
    turns = cycle(CLINICS if paper == "letter" else CLINICS[::-1])
    return tuple([leaflet(article, next(turns), edition, paper) for article in articles()])


def pictures(made: Made, dots: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(io.BytesIO(made.rendering.content))
    return [page.render(scale=dots / 72, grayscale=True).to_pil() for page in document]


@every_edition
@every_paper
def test_every_article_conforms_for_every_clinic(
    tmp_path: Path, edition: str, paper: PaperName
) -> None:
    paths = []
    for article, clinic in product(articles(), CLINICS):
        paths.append(tmp_path / f"{'.'.join(article)}.{clinic}.pdf")
        paths[-1].write_bytes(leaflet(article, clinic, edition, paper).rendering.content)
    assert verapdf.check(CLAIMS["ua1"].flavours, paths) == []


@every_edition
@every_paper
def test_every_article_passes_its_own_check(edition: str, paper: PaperName) -> None:
    for made in leaflets(edition, paper):
        verdict = verify_bytes(made.rendering.content, made.article.id, design=True)
        assert verdict.named
        assert verdict.findings == (), made.article.id


@every_edition
@every_paper
def test_a_page_takes_eight_hundredths_of_its_toner_at_most(edition: str, paper: PaperName) -> None:
    for made in leaflets(edition, paper):
        cover = [1 - ImageStat.Stat(page).mean[0] / 255 for page in pictures(made, 48)]
        assert sum(cover) / len(cover) <= 0.08, made.article.id


@every_edition
@every_paper
def test_the_code_is_read_from_a_grey_copy(edition: str, paper: PaperName) -> None:
    for made in leaflets(edition, paper):
        codes = [one.text for page in pictures(made, 150) for one in zxingcpp.read_barcodes(page)]
        shown = load_theme(made.made_as, "colour").parts.code
        assert codes == ([made.article.qr_url] if shown else []), made.article.id
