import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.text.binding import bind


def bound(text: str, language: str) -> str:
    return bind(text, language).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Call_911 if you bleed."),
        ("en", "Call_(503)_555-0142 today or text_988."),
        ("en", "From abroad: +1_503_555_0142."),
        ("en", "Take 15_mg every 8_hours, at most 2.5_mL in 24_hours."),
        ("en", "Above 100.4_°F (38_°C), 140/90_mmHg or 95_%."),
        ("en", "Add 1½_cups at 9_am, not 5_p.m."),
        ("en", "Reviewed June_17,_2024 and 17_June_2024, again in May_2024."),
        ("en", "Page_1 of 4, see step_2."),
        ("en", "In 5 men of 10 the U.S. agency may 5 call us."),
        ("en", "Vitamin B12 matters more than 3 moments of gain."),
        ("en", "Call_+15035550142"),
        ("en", "text_(503)555-0142"),
        ("en-US", "Call_911"),
        ("en", "Call (if you can) or dial_+1_503_555_0142, text_(503)_555-0142."),
        ("es", "Llame_al_(503)_555-0142 (si puede)."),
        ("en", "15_mg"),
        ("en", "½_cup [1], COVID-19."),
        ("en", "Keep it ≥_5.5_mmol/L, sugar ≤_11, <_7 or >_9, ±_½."),
        ("en", "Take 3_× a day; a plaster of 10_×_10_cm; ~_6, ≈_7."),
        ("vi", "≤_11, 10_×_10_cm"),
        ("en", "A < B and > the others × two."),
        ("en", "Take ≥_½ of it."),
        ("es", "Llame_al_911 o al (503)_555-0142."),
        ("es", "Revisado el 17_de_junio_de_2024; otra vez en junio_de_2024."),
        ("es", "Tome 15_mg cada 8_horas por 2_semanas. Página_2."),
        ("es-MX", "Llame_al_911"),
        ("vi", "Gọi (503)_555-0142, uống 5_mg."),
        ("vi", "Call 911"),
    ],
)
def test_what_belongs_together_is_bound_and_nothing_else(language: str, expected: str) -> None:
    assert bound(expected.replace("_", " "), language) == expected


_TEXTS = st.lists(
    st.sampled_from(
        ["Call", "911", "June", "17,", "2024", "mg", "5", "(503)", "555-0142", "de", "%", "\n"]
    )
    | st.sampled_from("≥≤<±×~½")
    | st.text(max_size=8)
).map(" ".join)
_LANGUAGES = st.sampled_from(["en", "es", "vi", ""])


@given(_TEXTS, _LANGUAGES)
@settings(deadline=None, max_examples=200)
def test_binding_changes_nothing_but_spaces_and_is_done_once(text: str, language: str) -> None:
    result = bind(text, language)
    assert len(result) == len(text)
    changed = {(a, b) for a, b in zip(text, result, strict=True) if a != b}
    assert changed <= {(" ", "\u00a0")}
    assert bind(result.replace("\u00a0", " "), language) == bind(
        text.replace("\u00a0", " "), language
    )


@given(_TEXTS, _LANGUAGES)
@settings(deadline=None, max_examples=200)
def test_a_text_is_bound_alone_as_it_is_beside_others(text: str, language: str) -> None:
    assert bind(f"{text} | (503) 555-0142", language).startswith(f"{bind(text, language)} | ")
