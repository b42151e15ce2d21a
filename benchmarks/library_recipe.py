"""Makes a library of any size for measuring: `python benchmarks/library_recipe.py DIR`.

Every article has other sentences, made of the words of the articles that come with the package, so
words are as long and as frequent as they are in real ones.  The same numbers give the same library.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from handouts.document import texts
from handouts.library import open_library
from handouts.sources import read_source

_SECTIONS = (
    "Why It Is Done",
    "How to Prepare",
    "What Happens",
    "How It Will Feel",
    "Risks",
    "What the Results Mean",
    "When to Call Us",
)
_KINDS = ("test", "condition", "procedure", "instructions")
_COLOURS = ("#00788A", "#8A3B00", "#2D5FA8", "#5B3A8C", "#1F7A3D", "#A8324A")

_FRONT = """+++
kind = "{kind}"
title = "{title}"
language = "en"
version = "1"
synonyms = ["{other}"]

[review]
date = 2026-09-01
by = "Sample Reviewer, MD"

[source]
name = "Sample library"

[rights]
status = "own"
+++

"""

_CLINIC = """id = "{id}"
name = "{name}"
phone = "(503) 555-{number:04}"
after_hours = "(503) 555-{after:04}"
hours = "Monday to Friday, 8 am to 5 pm"
address = ["{number} Main Street", "Salem, OR 97301"]
website = "https://www.example.org/{id}"
emergency = "Call 911 or go to the nearest emergency room."

[brand]
colours = ["{colour}"]
logo = "logo.png"
"""


def make_library(folder: Path, *, clinics: int, articles: int, seed: int = 1) -> None:
    """Write a library."""
    for name in ("articles", "clinics"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    logo = open_library().folder / "clinics" / "riverbend.png"
    (folder / "clinics" / "logo.png").write_bytes(logo.read_bytes())
    for number in range(clinics):
        id_ = f"clinic-{number:03}"
        text = _CLINIC.format(
            id=id_,
            name=f"Sample Clinic {number}",
            number=number,
            after=5000 + number,
            colour=_COLOURS[number % len(_COLOURS)],
        )
        (folder / "clinics" / f"{id_}.toml").write_text(text, encoding="utf-8")
    words = _words()
    for number in range(articles):
        chance = random.Random(f"{seed} {number}")  # noqa: S311  (text for measuring)
        path = folder / "articles" / f"subject-{number:05}.md"
        path.write_text("".join(_article(number, words, chance)), encoding="utf-8")


def _words() -> tuple[str, ...]:
    """Give all words of the built-in articles, as often as they are there."""
    library = open_library()
    found: list[str] = []
    for id_ in sorted(library.articles):
        article = read_source(library.article_path(id_)).article
        for section in article.sections:
            for text in texts(section.blocks):
                found += [word.strip(".,;:?!()") for word in text.lower().split()]
    return tuple([word for word in found if word.isalpha()])


def _article(number: int, words: tuple[str, ...], chance: random.Random) -> Iterator[str]:
    def sentence() -> str:
        text = " ".join(chance.choices(words, k=chance.randint(7, 16)))
        return f"{text[0].upper()}{text[1:]}."

    title = f"{' '.join(chance.choices(words, k=3)).capitalize()} {number}"
    other = " ".join(chance.choices(words, k=2)).capitalize()
    yield _FRONT.format(kind=_KINDS[number % len(_KINDS)], title=title, other=other)
    yield f"{sentence()} {sentence()}\n"
    for name in _SECTIONS:
        yield f"\n## {name}\n\n{' '.join([sentence() for _ in range(chance.randint(2, 4))])}\n\n"
        yield "".join([f"- {sentence()}\n" for _ in range(chance.randint(2, 5))])


def main() -> None:
    """Write a library where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clinics", type=int, default=20)
    parser.add_argument("--articles", type=int, default=500)
    given = parser.parse_args()
    make_library(given.folder, clinics=given.clinics, articles=given.articles)


if __name__ == "__main__":
    main()
