"""What is said of an imported article: lines for people, and an object for programs."""

from collections.abc import Iterator
from typing import Any

from handouts.article import Article
from handouts.article_json import as_json
from handouts.importing import Imported
from handouts.rights import needs_licence
from handouts.sources import Reading
from handouts.sources.outline import outline

_CREDITS = {
    "licensed": "the holder's copyright line and disclaimer",
    "ogl": "the line that names the source, as its licence asks",
    "cc-by": "the line that names the author and the licence",
}
"""Status of rights -> the notice that must be printed."""


def lines(imported: Imported) -> Iterator[str]:
    """Yield the outline of an article, the report of its reading, its rights, and what changed."""
    article = imported.article
    yield from outline(Reading(article=article, report=imported.report)).rstrip("\n").split("\n")
    if article.blanks:
        yield f"blanks to fill with --set: {', '.join(article.blanks)}"
    yield f"verdict: {rights_verdict(article)}"
    yield from (f"missing: {notice}" for notice in missing_notices(article))
    yield from (f"changed: {change}" for change in imported.changes)
    yield from (f"kept: {kept}" for kept in imported.kept)
    yield f"{imported.state}: {imported.path}"


def as_object(imported: Imported) -> dict[str, Any]:
    """Give what `--json` prints: the article, and the report."""
    report = as_json(imported.report) | {
        "source": imported.source,
        "path": str(imported.path),
        "state": imported.state,
        "changes": list(imported.changes),
        "kept": list(imported.kept),
        "rights": rights_verdict(imported.article),
        "missing": list(missing_notices(imported.article)),
    }
    return {"article": as_json(imported.article), "report": report}


def rights_verdict(article: Article) -> str:
    """Say who may hand out an article."""
    rights = article.rights
    holder = rights.holder or "somebody"
    if needs_licence(rights):
        return f"the text belongs to {holder}; a clinic needs a licence for it"
    match rights.status:
        case "own":
            return f"{rights.holder or 'the clinic'}'s own text"
        case "public-domain":
            return "free to hand out (public domain)"
        case "ogl" | "cc-by":
            return f"free to hand out, when {holder} is named"
        case _:
            return "nobody says who holds the text; find out before you hand it out"


def missing_notices(article: Article) -> Iterator[str]:
    """Yield what should be printed with an article, and is not in it."""
    rights = article.rights
    wanted = _CREDITS.get("licensed" if needs_licence(rights) else rights.status)
    if wanted and not rights.notices:
        yield wanted
    if rights.status == "public-domain" and not (article.source.name or rights.notices):
        yield "the name of the agency that the text comes from"
    if needs_licence(rights) and article.review.date is None:
        yield "the date of the source's review"
