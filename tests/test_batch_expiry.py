"""A leaflet is judged again on every day on which the judgement may change, and on no other."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from handouts.article import Approval, Article, Review, Rights
from handouts.batch.expiry import has_expired, judge_again
from handouts.clinic import Clinic, Licence, ReviewMonths
from handouts.errors import HandoutsError
from handouts.review import freshness
from handouts.rights import verdict

DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2019, 1, 1), datetime.date(2031, 12, 31))
maybe = st.none() | days


@st.composite
def cases(draw: st.DrawFn) -> tuple[Article, Clinic, datetime.date]:
    article = Article(
        id="a",
        kind="test",
        title="A",
        language="en",
        review=Review(date=draw(maybe), next_due=draw(maybe)),
        approval=Approval(next_review=draw(maybe)),
        rights=Rights(holder="H", status=draw(st.sampled_from(["own", "licensed", "unknown"]))),
    )
    warn = draw(st.integers(1, 30))
    fail = draw(st.none() | st.integers(warn, 60))
    holders = st.sampled_from(["H", "Another"])
    licences = st.builds(Licence, holder=holders, reference=st.just("1"), expires=maybe)
    clinic = Clinic(
        id="c",
        name="C",
        phone="12",
        rights=draw(st.sampled_from(["warn", "refuse"])),
        review_months=ReviewMonths(warn=warn, fail=fail),
        licences=tuple(draw(st.lists(licences, max_size=3))),
    )
    return article, clinic, draw(days)


def judgement(article: Article, clinic: Clinic, today: datetime.date) -> object:
    try:
        return verdict(article, clinic, today), freshness(article, clinic, today)
    except HandoutsError as error:
        return type(error)


@given(cases(), st.data())
def test_until_the_day_that_is_told_the_judgement_is_the_same(
    case: tuple[Article, Clinic, datetime.date], data: st.DataObject
) -> None:
    article, clinic, today = case
    words = judge_again(article, clinic, today)
    end = datetime.date.fromisoformat(words) if words else datetime.date(2050, 1, 1)
    assert end > today
    inside = data.draw(st.dates(today, end - DAY))
    now = judgement(article, clinic, today)
    assert judgement(article, clinic, inside) == now
    assert judgement(article, clinic, end - DAY) == now


@given(cases())
def test_what_expired_could_be_handed_out_before(
    case: tuple[Article, Clinic, datetime.date],
) -> None:
    article, clinic, today = case
    if has_expired(article, clinic, today):
        assert isinstance(judgement(article, clinic, today), type)
    elif clinic.rights == "warn" and clinic.review_months.fail is None:
        assert not isinstance(judgement(article, clinic, today), type)
