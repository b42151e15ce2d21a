"""The parts of `docs/reference.md` about words: kinds, roles, furniture (see `generate.py`)."""  # noqa: INP001  (a program's part, not a package)

from collections.abc import Iterator
from typing import Any

from handouts import strings
from handouts.sources.kinds import known_kinds
from handouts.toml import read_toml

_OTHERS = "any other"


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Write a Markdown table."""
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def kinds() -> Iterator[str]:
    """Give the part about kinds of article."""
    words = strings.load("en")
    yield "## Kinds of article\n"
    yield (
        "`kind` may be any name; these are known."
        "  A name that looks like one of them with a slip is warned of.\n"
    )
    names = dict.fromkeys((*words.kicker_by_kind, *words.question_by_kind, *known_kinds()))
    yield table(
        ("Kind", "Above the title", "Before the phone number"),
        (
            (
                _OTHERS if name == "default" else f"`{name}`",
                words.kicker(name),
                words.questions(name),
            )
            for name in names
        ),
    )


def roles() -> Iterator[str]:
    """Give the part about roles of sections."""
    words = strings.load("en")
    titles: Any = read_toml(strings.FOLDER / "en.toml").table["titles"]
    yield "## Roles of sections\n"
    yield (
        "A section gets its role from its title (small and capital letters count the same), or from"
        " braces: `## My title {role}`.\n"
        "With `--heads reader` its head is the question.\n"
        "Sections without a role keep their title.\n"
    )
    yield table(
        ("Role", "The reader's question", "Known titles (English)"),
        (
            (f"`{role}`", words.heads.get(role, "(no head: back matter)"), "; ".join(known))
            for role, known in titles.items()
        ),
    )
    yield "Some kinds of article ask in other words:\n"
    rows = [
        (f"`{role}`", f"`{kind}`", head)
        for kind, heads in words.kind_heads.items()
        for role, head in heads.items()
    ]
    yield table(("Role", "In articles of kind", "The reader's question"), iter(rows))


def furniture() -> Iterator[str]:
    """Give the part about the words that the leaflet says itself."""
    words = strings.load("en")
    yield "## Words of the leaflet\n"
    yield (
        f"There is: {', '.join(f'`{tag}`' for tag in strings.languages())}.  Templates write"
        " `words.furniture.call_us` and `words.notes.title`.\n"
    )
    rows = [
        (f"`words.{part}.{key}`", said)
        for part, entries in (("furniture", words.furniture), ("notes", words.notes))
        for key, said in entries.items()
    ]
    yield table(("Value", "English"), iter(rows))
