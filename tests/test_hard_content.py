"""Every edition holds what is hard: long titles, lists and paragraphs, odd logos, odd brands."""

from collections.abc import Iterator
from pathlib import Path

import brands
import pytest
import verapdf
from leaflets import make, write_article

from handouts.make import Made
from handouts.theme import editions
from handouts.verify import verify_bytes

TITLE = (
    "Getting ready for your scan of the heart and of the large vessels with contrast medicine if you"
    " have kidney problems, too"
)
NAME = (
    "Riverbend Center for Disorders of the Blood, Cancer, Transplantation and Long-Term Follow-Up of"
    " Families in Clackamas County"
)
SENTENCE = "The nurse looks at your arm, asks how you feel, and writes down what you say. "
BODIES = {
    "a title of 120 characters": "A short lead.\n\n## Risks\n\nThere are few.\n",
    "a list of 400 items": "A lead.\n\n## Causes\n\n"
    + "".join(f"- Cause {n}\n" for n in range(400)),
    "a paragraph of three pages": "A lead.\n\n## Care\n\n" + SENTENCE * 150 + "\n",
    "nested lists": (
        "A lead.\n\n## Care\n\n- Wash\n  - with soap\n    1. Wet your hands.\n    2. Rub them.\n"
        "      - between the fingers, too\n  - with water\n- Dry\n"
    ),
    "one section only": "## Care\n\nRest.\n",
    "tables and boxes": (
        "A lead.\n\n## Results\n\n| Test | Low | High |\n|---|---|---|\n| Iron in your blood | 10 | 30 |"
        "\n| Sugar | 4 | 7 |\n\n> [!ACTION] Tell us\n> - [ ] You feel ill.\n\n> [!EMERGENCY] Call at once"
        "\n> You cannot breathe.\n\n> [!NOTE] Good to know\n> It passes.\n"
    ),
}
BRANDS = {
    "yellow, a wide logo": ("#FFD100", (1600, 160)),
    "white, a high logo": ("#FFFFFF", (120, 1200)),
    "green, no logo": ("#00FF00", None),
}
PDF_EDITIONS = tuple([one.name for one in editions() if one.name not in ("standard", "bw", "text")])


def clinic(folder: Path, brand: str) -> Path:
    colour, size = BRANDS[brand]
    logo = f'logo = "{brands.logo(folder, *size)}"\n' if size else ""
    path = folder / "hard.toml"
    path.write_text(
        f'id = "hard"\nname = "{NAME}"\nphone = "(503) 555-0100"\n'
        'hours = "Monday to Friday, 8 am to 5 pm"\nemergency = "Call 911."\n'
        f'[brand]\ncolours = ["{colour}"]\n{logo}',
        encoding="utf-8",
    )
    return path


def every_leaflet(folder: Path, edition: str) -> Iterator[Made]:
    """Each hard text once, with the brands and papers taking turns."""
    for number, (name, body) in enumerate(BODIES.items()):
        place = folder / f"{number}"
        place.mkdir()
        article = write_article(place, body, title=TITLE if "title" in name else "Hard content")
        brand = list(BRANDS)[number % len(BRANDS)]
        paper = ("letter", "a4")[number % 2]
        yield make(article, clinic(place, brand), edition=edition, paper=paper)


@pytest.mark.parametrize("edition", ["standard", *PDF_EDITIONS])
def test_hard_content_passes_the_design_checks_and_the_validator(
    tmp_path: Path, edition: str
) -> None:
    paths = []
    for number, made in enumerate(every_leaflet(tmp_path, edition)):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(made.rendering.content)
        verdict = verify_bytes(made.rendering.content, str(number), design=True)
        assert verdict.findings == (), made.article.title
        if not made.leaflet.abridged:
            assert made.leaflet.fidelity.lost == ()
    assert verapdf.check(("ua1", "2a"), paths) == []
