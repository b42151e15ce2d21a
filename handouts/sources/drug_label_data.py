"""What a drug label says about itself: product, labeler, codes, version and date."""

import datetime
import re
from collections.abc import Iterator

from handouts.article import Code
from handouts.sources.drug_label_words import shown
from handouts.sources.safe_xml import Element, folded
from handouts.values import frozen

_NDC, _RXNORM = "2.16.840.1.113883.6.69", "2.16.840.1.113883.6.88"
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{2,6}(?:\.\d+)?(?:[+-]\d{4})?)?")


@frozen
class Label:
    """A label's own data; `date_said` is its date as it is written, `others` are further companies."""

    title: str
    language: str
    names: tuple[str, ...]
    generics: tuple[str, ...]
    labeler: str
    others: tuple[str, ...]
    codes: tuple[Code, ...]
    set_id: str
    version: str
    date_said: str
    date: datetime.date | None

    def notice(self) -> str:
        """Give the line that says whose label this is, and of when."""
        parts = [f"Drug label of {self.labeler}" if self.labeler else "Drug label"]
        if self.version:
            parts.append(f"version {self.version}")
        if self.date:
            parts.append(f"effective {self.date.isoformat()}")
        return ", ".join(parts)


def read_label(root: Element) -> Label:
    """Read a label's data."""
    products = [*_products(root)]
    companies = [*_companies(root)]
    said = _attribute(root, "effectiveTime", "value")
    title = root.child("title")
    return Label(
        title=shown(title) if title else "",
        language=_attribute(root, "languageCode", "code"),
        names=_unique([_name(product) for product in products]),
        generics=_unique(
            [name.words() for one in products for name in _below(one, "genericMedicine", "name")]
        ),
        labeler=companies[0] if companies else "",
        others=_unique(companies)[1:],
        codes=tuple(dict.fromkeys(code for product in products for code in _codes(product))),
        set_id=_attribute(root, "setId", "root"),
        version=_attribute(root, "versionNumber", "value"),
        date_said=said,
        date=_date(said),
    )


def code_of(element: Element) -> str:
    """Give the code of a document or a section, or ""."""
    return _attribute(element, "code", "code")


def name_of_code(element: Element) -> str:
    """Give what the code of a section is called there, without the word section."""
    named = _attribute(element, "code", "displayName")
    return re.sub(r"\s*section$", "", named, flags=re.IGNORECASE)


def _attribute(element: Element, tag: str, name: str) -> str:
    part = element.child(tag)
    return part.get(name) if part else ""


def _date(said: str) -> datetime.date | None:
    found = _DAY.fullmatch(said)
    if not found:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _companies(root: Element) -> Iterator[str]:
    """Yield the companies of a label, the labeler first."""
    for author in root.children("author"):
        for tag in ("representedOrganization", "assignedOrganization"):
            for company in author.below(tag):
                yield from _company(company)


def _company(company: Element) -> Iterator[str]:
    name = company.child("name")
    if name and name.words():
        yield name.words()
    for inner in company.below("assignedOrganization"):
        yield from _company(inner)


# ---- products ----------------------------------------------------------------------------------


def _products(root: Element) -> Iterator[Element]:
    """Yield the products that a label's sections describe; older labels call them medicines."""
    for section in root.below("structuredBody"):
        for subject in section.below("subject"):
            for outer in subject.children("manufacturedProduct"):
                inner = outer.child("manufacturedProduct") or outer.child("manufacturedMedicine")
                yield inner or outer


def _name(product: Element) -> str:
    name = product.child("name")
    if name is None:
        return ""
    suffixes = [suffix.words() for suffix in name.children("suffix")]
    return folded(" ".join([name.own_words(), *suffixes]))


def _below(element: Element, outer: str, inner: str) -> Iterator[Element]:
    for one in element.below(outer):
        yield from one.children(inner)


def _codes(product: Element) -> Iterator[Code]:
    """Yield the product's own codes, and codes of RxNorm at any depth."""
    for code in product.children("code"):
        if code.get("codeSystem") == _NDC and code.get("code"):
            yield Code(system="NDC", code=code.get("code"))
    for code in _every(product):
        if code.get("codeSystem") == _RXNORM and code.get("code"):
            yield Code(system="RxNorm", code=code.get("code"))


def _every(element: Element) -> Iterator[Element]:
    for part in element.children():
        yield part
        yield from _every(part)


def _unique(names: list[str]) -> tuple[str, ...]:
    """Give names once each, whatever their capitals; none that is empty."""
    return tuple({name.casefold(): name for name in reversed(names) if name}.values())[::-1]
