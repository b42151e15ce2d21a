from pathlib import Path

import pytest
from click.testing import Result
from command import handouts
from PIL import Image


def gallery(folder: Path, *chosen: str) -> Result:
    return handouts("gallery", folder / "out", "--article", "headache", *chosen)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    chosen = ("--clinic", "northgate", "--edition", "bw", "--edition", "comfort", "--dots", "40")
    assert gallery(folder, *chosen).stdout == f"{folder}/out/index.html\n"
    return folder / "out"


def test_each_leaflet_stands_there_with_a_picture_of_each_page(made: Path) -> None:
    names = sorted(path.name for path in (made / "northgate").glob("*.pdf"))
    assert names == [
        f"headache.{edition}.{paper}.en.pdf"
        for edition in ("bw", "comfort")
        for paper in ("a4", "letter")
    ]
    with Image.open(made / "northgate" / "headache.bw.a4.en-1.png") as picture:
        assert picture.size == (331, 468)


def test_the_index_shows_every_picture_with_words_for_it(made: Path) -> None:
    page = (made / "index.html").read_text(encoding="utf-8")
    for picture in made.rglob("*.png"):
        assert f'src="{picture.relative_to(made)}"' in page
    assert 'alt="Page 1 of Headache, northgate, a4"' in page
    assert '<html lang="en">' in page


def test_an_index_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    index = tmp_path / "out" / "index.html"
    index.parent.mkdir()
    index.write_text("<!DOCTYPE html><title>Our clinic</title>", "utf-8")
    ran = gallery(tmp_path, "--clinic", "northgate", "--edition", "bw", "--paper", "a4")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "index.html would be written over, and is no index of a gallery" in ran.stderr
    assert [path.name for path in index.parent.iterdir()] == ["index.html"]
    assert "Our clinic" in index.read_text("utf-8")


def test_a_gallery_is_made_again(tmp_path: Path) -> None:
    chosen = ("--clinic", "northgate", "--edition", "bw", "--paper", "a4", "--dots", "36")
    assert [gallery(tmp_path, *chosen).exit_code for _ in range(2)] == [0, 0]


def test_what_cannot_be_made_is_shown_and_the_code_says_so(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library / "articles").mkdir(parents=True)
    (library / "clinics").mkdir()
    (library / "articles" / "headache.md").write_text(
        '+++\ntitle = "Headache & <more>"\n[rights]\nholder = "A.D.A.M."\nstatus = "licensed"\n+++\nIt hurts.\n'
    )
    clinic = 'id = "strict"\nname = "Strict"\nphone = "(503) 555-0100"\nrights = "refuse"\n'
    (library / "clinics" / "strict.toml").write_text(clinic)
    ran = gallery(tmp_path, "--library", str(library), "--edition", "bw", "--paper", "a4")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Not made: the text of &#x27;headache&#x27; belongs to A.D.A.M." in page
    assert ran.exit_code == 11
    assert "error: 1 leaflets could not be made. The index says why" in ran.stderr


def test_an_edition_of_one_clinic_is_shown_for_it_alone(tmp_path: Path) -> None:
    library = tmp_path / "library"
    for folder in ("articles", "clinics/second/themes"):
        (library / folder).mkdir(parents=True)
    (library / "articles" / "headache.md").write_text('+++\ntitle = "Headache"\n+++\nIt hurts.\n')
    for name in ("first", "second"):
        clinic = f'id = "{name}"\nname = "A"\nphone = "(503) 555-0100"\n'
        (library / "clinics" / f"{name}.toml").write_text(clinic)
    (library / "clinics/second/themes/counter.toml").write_text('extends = "text"\n')
    ran = gallery(tmp_path, "--library", str(library), "--paper", "a4", "--dots", "36")
    assert ran.exit_code == 0, ran.stderr
    found = {str(path.relative_to(tmp_path / "out")) for path in tmp_path.rglob("*.counter.*")}
    assert found == {"second/headache.counter.a4.en.txt"}


def test_an_edition_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "there is no edition 'bigger'" in gallery(tmp_path, "--edition", "bigger").stderr
