"""Every edition of every built-in article, on both papers: it conforms, and prints as designed."""

import io
from functools import cache
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
import verapdf
import zxingcpp
from leaflets import library, make
from PIL import Image, ImageStat

from handouts.make import Made
from handouts.pdf.claims import CLAIMS
from handouts.theme import editions, load_theme

ARTICLES = tuple(
    [(name, language or "en") for name, files in library().articles.items() for language in files]
)
EDITIONS = tuple([one.name for one in editions() if one.name != "text"])
PaperName = Literal["letter", "a4"]
every_edition = pytest.mark.parametrize("edition", EDITIONS)
every_paper = pytest.mark.parametrize("paper", ["letter", "a4"])


@cache
def leaflets(edition: str, paper: PaperName) -> tuple[Made, ...]:
    """All articles in an edition, for the clinics in turn."""
    clinics = ("riverbend", "northgate") if paper == "letter" else ("northgate", "riverbend")
    return tuple(
        [
            make(article, clinics[number % 2], language=language, edition=edition, paper=paper)
            for number, (article, language) in enumerate(ARTICLES)
        ]
    )


def pictures(made: Made, dots: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(io.BytesIO(made.rendering.content))
    return [page.render(scale=dots / 72, grayscale=True).to_pil() for page in document]


@every_edition
@every_paper
def test_every_article_conforms(tmp_path: Path, edition: str, paper: PaperName) -> None:
    paths = []
    for number, made in enumerate(leaflets(edition, paper)):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(made.rendering.content)
    assert len(paths) == len(ARTICLES)
    assert verapdf.check(CLAIMS["ua1"].flavours, paths) == []


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
