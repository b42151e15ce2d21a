"""Other people's text is handed out under a licence, or with a warning, or not at all."""

import datetime

import pytest

from handouts.article import Article, Rights, RightsStatus
from handouts.clinic import Clinic, Licence, TextPolicy
from handouts.errors import RightsError
from handouts.rights import order_and_heads, verdict

TODAY = datetime.date(2026, 11, 24)
YESTERDAY = datetime.date(2026, 11, 23)


def article(status: RightsStatus, holder: str = "A.D.A.M.", *, may_edit: bool = False) -> Article:
    rights = Rights(holder=holder, status=status, may_edit=may_edit)
    return Article(id="bmb", kind="test", title="T", language="en", rights=rights)


def clinic(*licences: Licence, refuses: bool = False, text: TextPolicy | None = None) -> Clinic:
    return Clinic(
        id="hill",
        name="Hill Clinic",
        phone="1",
        rights="refuse" if refuses else "warn",
        licences=licences,
        text=text or TextPolicy(),
    )


@pytest.mark.parametrize("status", ["own", "public-domain", "ogl", "cc-by"])
def test_free_text_needs_no_licence(status: RightsStatus) -> None:
    found = verdict(article(status), clinic(refuses=True), TODAY)
    assert found.licence is None
    assert found.warnings == ()


@pytest.mark.parametrize("status", ["licensed", "unknown"])
def test_held_text_without_a_licence_is_warned_of_or_refused(status: RightsStatus) -> None:
    (warning,) = verdict(article(status), clinic(), TODAY).warnings
    assert "belongs to A.D.A.M." in warning
    assert "hill.toml" in warning
    with pytest.raises(RightsError, match="has no licence") as failure:
        verdict(article(status), clinic(refuses=True), TODAY)
    assert 'holder = "A.D.A.M."' in failure.value.hint


@pytest.mark.parametrize("name", ["A.D.A.M.", "ADAM", "a.d.a.m., Inc.", "Adam Inc", "A. D. A. M."])
def test_a_holder_is_the_same_whatever_the_dots(name: str) -> None:
    licence = Licence(holder=name, reference="1")
    assert verdict(article("licensed"), clinic(licence, refuses=True), TODAY).licence == licence


def test_a_licence_of_another_holder_does_not_count() -> None:
    with pytest.raises(RightsError):
        verdict(
            article("licensed"), clinic(Licence(holder="EVE", reference="1"), refuses=True), TODAY
        )


def test_a_licence_is_valid_on_its_last_day_and_not_after() -> None:
    last_day = Licence(holder="ADAM", reference="1", expires=TODAY)
    assert verdict(article("licensed"), clinic(last_day, refuses=True), TODAY).licence == last_day
    over = Licence(holder="ADAM", reference="1", expires=YESTERDAY)
    with pytest.raises(RightsError, match="ended on 2026-11-23"):
        verdict(article("licensed"), clinic(over, refuses=True), TODAY)


def test_of_two_licences_the_longer_one_counts() -> None:
    short = Licence(holder="ADAM", reference="1", expires=TODAY)
    open_end = Licence(holder="ADAM", reference="2")
    assert verdict(article("licensed"), clinic(short, open_end), TODAY).licence == open_end


def test_text_that_nobody_is_known_to_hold_is_warned_of() -> None:
    found = verdict(article("unknown", ""), clinic(refuses=True), TODAY)
    assert "nobody says who holds" in found.warnings[0]


def test_licensed_text_must_name_its_holder() -> None:
    empty = clinic(Licence(holder="", reference="1"), refuses=True)
    with pytest.raises(RightsError, match="belongs to somebody else") as failure:
        verdict(article("licensed", ""), empty, TODAY)
    assert "[rights]" in failure.value.hint


@pytest.mark.parametrize(
    ("command", "text", "may_edit", "theme", "order"),
    [
        ("", "", True, "", "reader"),
        ("", "", True, "source", "source"),
        ("", "", False, "reader", "source"),
        ("", "reader", False, "source", "reader"),
        ("", "source", True, "reader", "source"),
        ("reader", "source", False, "source", "reader"),
        ("source", "reader", True, "reader", "source"),
    ],
)
def test_order_goes_by_command_then_clinic_then_rights_then_theme(
    command: str,
    text: str,
    may_edit: bool,  # noqa: FBT001  (a column)
    theme: str,
    order: str,
) -> None:
    found = order_and_heads(
        article("own", may_edit=may_edit),
        clinic(text=TextPolicy(order=text, heads=text)),
        command=TextPolicy(order=command, heads=command),
        theme=TextPolicy(order=theme, heads=theme),
    )
    assert (found.order, found.heads) == (order, order)
    assert bool(found.warnings) == (not may_edit and order == "reader")


def test_order_and_heads_are_chosen_apart() -> None:
    found = order_and_heads(article("licensed"), clinic(text=TextPolicy(heads="reader")))
    assert (found.order, found.heads) == ("source", "reader")
    assert "may not be edited" in found.warnings[0]
