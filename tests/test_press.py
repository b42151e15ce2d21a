"""The press: what is kept for the next clinic must show in no file, whatever templates do."""

import gc
import io
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import brands
import pytest
from leaflets import make_anew, write_article, write_clinic
from pypdf import PdfReader

from handouts import drafts, plates
from handouts.errors import LayoutError, TemplateError
from handouts.layout import slots
from handouts.make import Made
from handouts.pdf.impression import IMPRESSIONS
from handouts.pdf.readback import outline_text, tree
from handouts.template import filled
from handouts.theme import editions

CLINICS = {
    "short": 'hours = "8 to 5"',
    "long": f'hours = "Monday to Friday, 8 am to 5 pm"\nemergency = "Call 911 now. {"Stay calm. " * 9}"',
    "other": 'after_hours = "(503) 555-0999"\naddress = ["1 Elm Street", "Salem"]\nwebsite = "x.example"',
    "spaniard": 'address = ["Calle Muñoz 12"]\nemergency = "Go to the hospital."',
    "labelled": 'label = "avery-5163"',
    "rare": 'emergency = "Quick! Call Jo & Kay, or Xi (room Z)."',
    "twin": 'hours = "8 to 6"',
}
"""What tells these clinics apart, beyond their names and phones."""

BODY = """A short text about a test.

## Why It Is Done

To find out. {}

## When to Call Us

Call us if you have:

- a fever
- chills
""".format("It is a long story. " * 60)


@pytest.fixture(autouse=True)
def _empty() -> None:
    forget()


def forget() -> None:
    for one in (
        drafts.DRAFTS,
        plates.PLATES,
        plates.TOGETHER,
        filled.FILLINGS,
        slots.LATEST,
        IMPRESSIONS,
    ):
        one.forget()


def write_clinics(folder: Path) -> list[Path]:
    written = []
    for number, (name, more) in enumerate(CLINICS.items()):
        brand = f'logo = "{brands.logo(folder, 300 + number, 90)}"' if number % 2 else ""
        path = write_clinic(folder, name=name, more=more, brand=brand)
        text = path.read_text().replace("Hillside Clinic", f"Clinic of the {name}")
        path.write_text(text.replace("(503) 555-0100", f"(503) 555-01{number:02}"))
        written.append(path)
    return written


def templates(tmp_path: Path, leaflet: str) -> Path:
    """Write a template for leaflets; give its folder."""
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "leaflet.xml").write_text(leaflet)
    return folder


def words(pdf: bytes) -> str:
    return "\n".join([page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages])


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_a_leaflet_is_the_same_whichever_were_made_before(edition: str, tmp_path: Path) -> None:
    article = write_article(tmp_path, BODY, kind="test")
    clinics = write_clinics(tmp_path)
    fresh = []
    for clinic in clinics:
        forget()
        fresh.append(make_anew(article, clinic, edition=edition))
    for order in (1, -1):
        forget()
        for clinic, alone in list(zip(clinics, fresh, strict=True))[::order]:
            made = make_anew(article, clinic, edition=edition)
            assert made.rendering == alone.rendering
            assert made.warnings == alone.warnings


def test_clinics_whose_words_take_the_same_room_share_a_plate(tmp_path: Path) -> None:
    article = write_article(tmp_path, BODY, kind="test")
    short, *_, twin = write_clinics(tmp_path)
    for clinic in (short, twin, short):
        text = clinic.read_text().split("[brand]")[0] + '[brand]\ncolours = ["#00788A"]\n'
        clinic.write_text(text)
        make_anew(article, clinic)
    assert [len(made) for made in plates.PLATES.results()] == [1]
    assert [len(made) for made in drafts.DRAFTS.results()] == [1]


def test_a_clinics_words_are_the_same_objects_in_leaflets_of_two_articles(tmp_path: Path) -> None:
    """Of other kinds, too: what the header asks about is no word of the clinic."""
    clinic = write_clinic(tmp_path, brand=f'logo = "{brands.logo(tmp_path, 300, 80)}"')
    for name, kind in (("one", "test"), ("two", "condition")):
        body = BODY.replace("find out", f"see what the {kind} is")
        make_anew(write_article(tmp_path, body, name=name, kind=kind), clinic)
    assert len(plates.PLATES.results()) == 2
    assert len(IMPRESSIONS.results()) == 1


def test_what_all_clinics_have_alike_is_set_once(tmp_path: Path) -> None:
    article = write_article(tmp_path, BODY, kind="test")
    for clinic in write_clinics(tmp_path):
        make_anew(article, clinic, notes="always")
    common = [
        imprint for words in slots.LATEST.results() for imprint in words.imprints if imprint.common
    ]
    assert len(common) == 3  # with a logo, without, and one with room for a larger label
    together = [words.imprints for words in plates.TOGETHER.results()]
    assert together
    assert all(set(common) & set(printed) for printed in together)


def test_heads_of_an_article_in_a_slot_fit_in_for_every_clinic(tmp_path: Path) -> None:
    folder = templates(
        tmp_path,
        '<leaflet title="t" lang="en"><h1>t</h1><slot name="contact">'
        "{{ article.sections[0].blocks|markup }}<p>{{ clinic.name }}</p></slot>"
        '<footer title="t" about="a" page="p"/></leaflet>',
    )
    article = write_article(tmp_path, "A test.\n\n## Why\n\nWhy.\n\n### More\n\nMore.\n")
    for clinic in write_clinics(tmp_path)[:2]:
        content = make_anew(article, clinic, template=folder).rendering.content
        assert re.findall(r"\bH\d", outline_text(tree(content))) == ["H1", "H2"]


def test_a_template_cannot_write_into_the_place_of_a_slot_of_ours(tmp_path: Path) -> None:
    folder = templates(
        tmp_path,
        '<leaflet title="t" lang="en"><h1>t</h1>'
        '<slot name="note" number="0"><p>forged</p></slot>\n'
        '<slot name="contact"><p>{{ clinic.name }}</p></slot>'
        '<footer title="t" about="a" page="p"/></leaflet>',
    )
    article = write_article(tmp_path, BODY)
    with pytest.raises(TemplateError, match="no attribute number"):
        make_anew(article, write_clinic(tmp_path), template=folder)


HOSTILE = {
    "a value set in a slot and used behind it": (
        '<slot name="note">{% set own = clinic.name %}<p>x</p></slot><p>{{ own }}</p>'
    ),
    "a value set anew behind the slot": (
        '{% set own = clinic.name %}\n<slot name="note"><p>{{ own }}</p></slot>\n'
        '{% set own = "later" %}\n<p>{{ own }}</p>'
    ),
    "a slot in a loop": (
        '{% for n in [1, 2] %}<slot name="note"><p>{{ n }} {{ clinic.name }}</p></slot>{% endfor %}'
    ),
    "a macro with a slot, twice": (
        '{% macro m(n) %}<slot name="note"><p>{{ n }} {{ clinic.name }}</p></slot>{% endmacro %}'
        "{{ m(1) }}{{ m(2) }}"
    ),
    "a namespace changed behind a slot": (
        '{% set ns = namespace(n=1) %}\n<slot name="note"><p>{{ ns.n }} {{ clinic.name }}</p></slot>\n'
        "{% set ns.n = 2 %}<p>{{ ns.n }}</p>"
    ),
    "a namespace changed in a slot": (
        '{% set ns = namespace(n="") %}{% macro m() %}{% set ns.n = clinic.name %}{% endmacro %}\n'
        '<slot name="note"><p>x{{ m() }}</p></slot>\n<p>{{ ns.n }}y</p>'
    ),
    "a namespace changed in a slot for some": (
        '{% set ns = namespace(n="none") %}{% macro m() %}{% set ns.n = clinic.name %}{% endmacro %}\n'
        '<slot name="contact">{% if clinic.hours %}{{ m() }}{% endif %}<p>{{ ns.n }}</p></slot>'
    ),
    "a name of a macro round a macro": (
        '{% macro outer(own) %}{% macro inner() %}<slot name="note"><p>{{ own }}</p></slot>'
        "{% endmacro %}{{ inner() }}{% endmacro %}{{ outer(clinic.name) }}"
    ),
    "a scoped block": (
        '{% for n in [1, 2] %}{% block b scoped %}<slot name="note"><p>{{ n }} {{ clinic.name }}</p>'
        "</slot>{% endblock %}{% endfor %}"
    ),
    "a table of the run": '<p>{% for name in run %}{{ name }} {% endfor %}{{ run.get("logo") }}</p>',
    "a function in a slot": (
        '<slot name="contact">{% for s in article.sections %}<p>{{ head(s) }}</p>{% endfor %}'
        "<p>{{ clinic.name }}</p></slot>"
    ),
    "a slot through a filter": (
        '{% macro m() %}<slot name="note"><p>{{ clinic.name }}</p></slot>{% endmacro %}'
        "<p>{{ m()|striptags }}</p>"
    ),
    "a slot that is kept and printed twice": (
        '{% set kept %}<slot name="note"><p>{{ clinic.name }}</p></slot>{% endset %}'
        "{{ kept }}{{ kept }}"
    ),
    "a slot whose text decides": (
        '{% set kept %}<slot name="note"><p>{{ clinic.hours }}</p></slot>{% endset %}'
        "{% if kept|length > 60 %}<p>long</p>{% endif %}{{ kept }}"
    ),
    "the clinic in the text": "<p>{{ clinic.name }}</p>",
    "the clinic decides": '{% if clinic.hours|length > 9 %}<p>{{ "long " * 400 }}</p>{% endif %}',
    "the brand decides": "{% set b = clinic.brand %}{% if b.logo_alt %}<p>logo</p>{% endif %}",
    "the brand kept for a slot": (
        '{% set b = clinic.brand %}\n<slot name="note"><p>{{ b.logo_alt or "none" }}</p></slot>'
    ),
    "the logo in the text": (
        '{% if run.logo %}<img src="logo" alt="{{ clinic.brand.logo_alt }}"/>{% endif %}'
    ),
    "the logo in a slot in a loop": (
        '{% for n in [1] %}<slot name="contact">{% if run.logo %}<img src="logo" alt="a"/>{% endif %}'
        "<p>{{ n }}</p></slot>{% endfor %}"
    ),
    "heads in a slot": (
        '<slot name="contact"><h2>Ask</h2>{% if clinic.hours %}<h3>{{ clinic.hours }}</h3>{% endif %}'
        "<p>{{ clinic.name }}</p></slot><h2>Next</h2><p>x</p>"
    ),
    "words of a clinic in the place of what all have alike": (
        '<slot name="notes"><h2>Ask</h2><p>{{ clinic.name }}, '
        '<a href="{{ clinic.phone_href }}">{{ clinic.phone }}</a></p></slot>'
    ),
    "a logo in the place of what all have alike": (
        '<slot name="notes">{% if run.logo %}<img src="logo" alt="Logo"/>{% endif %}<p>x</p></slot>'
        '<slot name="contact"><p>{{ clinic.name }}</p></slot>'
    ),
    "an empty slot": '<slot name="note">{% if clinic.hours %}<p>{{ clinic.hours }}</p>{% endif %}</slot>',
}
"""Templates whose result for one clinic could end up on paper for another one."""

HEADER = (
    '<header><slot name="header"><p class="clinic">{{ clinic.name }}</p><p class="phone">'
    '{% if clinic.website %}<a href="https://x.example">x</a>{% else %}x{% endif %}</p></slot>'
    '<p class="prompt">Questions?</p></header>'
)
"""A header with a link at its right for some clinics."""


@pytest.mark.parametrize("name", HOSTILE)
def test_no_template_brings_one_clinics_words_to_another(name: str, tmp_path: Path) -> None:
    folder = templates(
        tmp_path,
        f'<leaflet title="t" lang="en">{HEADER}<h1>t</h1>{HOSTILE[name]}'
        '<section><h2>Text</h2>{{ article.summary|markup }}</section><footer title="t" about="a" page="p"/></leaflet>',
    )
    article = write_article(tmp_path, BODY, kind="other")
    clinics = write_clinics(tmp_path)
    for order in (1, -1):
        forget()
        kept = [make_anew(article, clinic, template=folder) for clinic in clinics[::order]]
        for clinic, made in zip(clinics[::order], kept, strict=True):
            forget()
            assert made.rendering == make_anew(article, clinic, template=folder).rendering
            assert f"Clinic of the {clinic.stem}" in words(made.rendering.content)
            for other in clinics:
                if other != clinic:
                    assert f"of the {other.stem}" not in words(made.rendering.content)


def test_slots_of_other_articles_do_not_come_back(tmp_path: Path) -> None:
    """What a slot says is kept over articles, as far as it reads the same of them."""
    slots = {
        "header": '<p class="clinic">{{ clinic.name }} {{ article.title }}</p>',
        "note": "<p>{{ article.title }} {{ head(article.sections[0]) }}</p>",
        "contact": "<p>{{ m(article.title) }} {{ named.get('risks') is none }}</p>",
        "approval": "<p>{{ own }} {{ clinic.phone }}</p>",
    }
    written = "".join(f'<slot name="{name}">{said}</slot>\n' for name, said in slots.items())
    folder = templates(
        tmp_path,
        "{% macro m(own) %}{{ own }}{% endmacro %}{% set own = article.title %}\n"
        f'<leaflet title="t" lang="en">{written}<h1>t</h1><section><h2>Text</h2>'
        '{{ article.summary|markup }}</section><footer title="t" about="a" page="p"/></leaflet>',
    )
    clinic = write_clinic(tmp_path)
    names = ("first", "second", "third")
    articles = [
        write_article(tmp_path, BODY.replace("Why", f"Why {name}"), title=f"The {name}", name=name)
        for name in names
    ]
    for name, article in zip(names * 2, articles * 2, strict=True):
        said = words(make_anew(article, clinic, template=folder).rendering.content)
        assert said.count(f"The {name}") == 4
        assert f"Why {name}" in said
        assert not [one for one in names if one != name and f"The {one}" in said]


def test_words_that_stand_in_two_slots_are_printed_twice_in_every_article(tmp_path: Path) -> None:
    slot = '<slot name="note"><p>{{ clinic.name }}</p></slot>'
    folder = templates(
        tmp_path,
        f'<leaflet title="t" lang="en"><h1>t</h1>{slot}{slot}<p>{{{{ article.title }}}}</p>'
        '<footer title="t" about="a" page="p"/></leaflet>',
    )
    clinic = write_clinic(tmp_path)
    for name in ("first", "second"):
        article = write_article(tmp_path, BODY, title=f"The {name}", name=name)
        said = words(make_anew(article, clinic, template=folder).rendering.content)
        assert said.count("Hillside Clinic") == 2
        assert f"The {name}" in said


PLACED = {
    "a picture on the page of one": (
        '{% if article.title == "first" %}<img src="logo" alt="Logo"/>{% endif %}<p>x</p>'
    ),
    "a picture in a slot that stands lower in one": (
        '{% if article.title == "first" %}<p>lower</p>{% endif %}'
        '<slot name="note"><img src="logo" alt="Logo"/></slot><p>x</p>'
    ),
    "a link in a slot that stands lower in one": (
        '{% if article.title == "first" %}<p>lower</p>{% endif %}'
        '<slot name="note"><p><a href="tel:+15035550142">Call</a></p></slot><p>x</p>'
    ),
}
"""Templates by which the words of a clinic stand elsewhere in another article, or with other things."""


def _press_two(name: str, folder: Path) -> tuple[list[Path], Path, Path]:
    """Write a template, its two articles and a clinic with a logo."""
    templates = folder / "templates"
    templates.mkdir()
    (templates / "leaflet.xml").write_text(
        '<leaflet title="t" lang="en"><slot name="header"><p class="clinic">{{ clinic.name }}</p>'
        f'</slot><h1>t</h1>{PLACED[name]}<footer title="t" about="a" page="p"/></leaflet>'
    )
    names = ("first", "second")
    articles = [write_article(folder, BODY, title=one, name=one, kind="other") for one in names]
    clinic = write_clinic(folder, brand=f'logo = "{brands.logo(folder, 300, 90)}"')
    return articles, clinic, templates


@pytest.mark.parametrize("name", PLACED)
def test_words_of_a_clinic_stand_where_each_article_has_them(name: str, tmp_path: Path) -> None:
    articles, clinic, folder = _press_two(name, tmp_path)
    for order in (1, -1):
        forget()
        kept = [make_anew(article, clinic, template=folder) for article in articles[::order]]
        for article, made in zip(articles[::order], kept, strict=True):
            forget()
            assert made.rendering == make_anew(article, clinic, template=folder).rendering


def test_the_box_of_a_link_lies_on_its_words_in_each_article(tmp_path: Path) -> None:
    articles, clinic, folder = _press_two("a link in a slot that stands lower in one", tmp_path)
    lower, higher = [
        box_and_baseline(make_anew(article, clinic, template=folder).rendering.content)
        for article in articles
    ]
    assert lower[1] < higher[1] - 10  # points
    for (low, high), baseline in (lower, higher):
        assert low < baseline < high


def box_and_baseline(pdf: bytes) -> tuple[tuple[float, float], float]:
    """Give low and high of the first link, and the baseline of the word in it."""
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    _, low, _, high = map(float, page["/Annots"][0].get_object()["/Rect"])
    found: list[float] = []

    def visit(text: str, cm: list[float], tm: list[float], *_font: object) -> None:
        if "Call" in text:
            found.append(cm[5] + tm[5])

    page.extract_text(visitor_text=visit)
    return (low, high), found[0]


def test_a_template_that_changes_makes_another_leaflet(tmp_path: Path) -> None:
    article, clinic = write_article(tmp_path, BODY, kind="other"), write_clinic(tmp_path)
    for said in ("first", "second words"):
        folder = templates(
            tmp_path,
            f'<leaflet title="t" lang="en"><h1>t</h1><p>{said}</p>'
            '<footer title="t" about="a" page="p"/></leaflet>',
        )
        drafts_made = make_anew(article, clinic, template=folder)
        assert said in words(drafts_made.rendering.content)


def test_threads_do_not_mix_clinics(tmp_path: Path) -> None:
    article = write_article(tmp_path, BODY, kind="test")
    clinics = write_clinics(tmp_path)
    make_anew(article, clinics[0])

    def made(clinic: Path) -> tuple[Path, Made]:
        return clinic, make_anew(article, clinic)

    with ThreadPoolExecutor(4) as threads:
        for clinic, leaflet in threads.map(made, clinics * 3):
            assert f"Clinic of the {clinic.stem}" in words(leaflet.rendering.content)


def test_what_a_patients_values_fill_is_not_kept(tmp_path: Path) -> None:
    more = 'blanks = ["when"]'
    article = write_article(tmp_path, "Come on {{when}}.\n\n## Risks\n\nFew.\n", more=more)
    made = make_anew(article, write_clinic(tmp_path), values={"when": "the ninth of May"})
    assert "ninth of May" in words(made.rendering.content)
    assert not drafts.DRAFTS.results()
    assert not plates.PLATES.results()
    assert not slots.LATEST.results()
    assert not filled.FILLINGS.results()


# ---- memory ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_what_was_made_waits_for_no_garbage_collector(edition: str, tmp_path: Path) -> None:
    """Neither pages, nor templates with their articles, nor leaflets that were too long."""
    articles = [
        write_article(tmp_path, BODY, name="short", kind="test"),
        write_article(tmp_path, f"{BODY}\n{'And on it goes. ' * 900}\n", name="long", kind="test"),
    ]
    clinic = write_clinic(tmp_path)

    def make() -> None:
        for article in articles:
            with suppress(LayoutError):
                make_anew(article, clinic, edition=edition)

    make()
    forget()
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        make()
        forget()
        gc.collect()
        left = {type(one).__name__ for one in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    ours = {"StructureElement", "Node", "TextMark", "Page", "Plate", "Tree", "Article", "TooLong"}
    assert left.isdisjoint((*ours, "Macro", "Scope"))
