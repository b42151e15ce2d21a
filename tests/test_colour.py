import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.colour import black_roles, contrast, grey, oklch, parse_colour, roles
from handouts.errors import ClinicError
from handouts.marks import COLOURS

HEX = st.integers(0, 0xFFFFFF).map("#{:06X}".format)

TARGETS = (  # role, ground, least contrast
    ("ink", "white", 9.0),
    ("ink", "tint", 9.0),
    ("white", "fill", 5.5),
    ("rule", "white", 3.0),
    ("accent", "white", 3.0),
    ("white", "alarm", 5.5),
    ("text", "tint", 18.0),
)


def channels(hexadecimal: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(hexadecimal[1:]))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("ink", "#004A57"),
        ("fill", "#007385"),
        ("rule", "#00788A"),
        ("accent", "#E2703A"),
        ("tint", "#E9F7FB"),
        ("line", "#8BC2CE"),
    ],
)
def test_the_worked_example_of_the_design_comes_out(role: str, expected: str) -> None:
    derived = roles(("#00788A", "#E2703A")).palette()[role]
    steps = zip(channels(derived), channels(expected), strict=True)
    assert max(abs(one - other) for one, other in steps) <= 1, derived


@given(HEX, st.none() | HEX)
@example("#FFD100", None)
@example("#7A1FA2", "#F7C6D9")
@example("#F7C6D9", None)
@example("#00FF00", None)
@example("#0000FF", None)
@example("#FFFFFF", "#FFFFFF")
@example("#000000", "#000000")
def test_every_role_reaches_its_contrast_in_colour_and_in_grey(
    first: str, second: str | None
) -> None:
    palette = roles((first, second) if second else (first,)).palette()
    for role, ground, target in TARGETS:
        one, other = palette[role], palette[ground]
        assert contrast(one, other) >= target, (role, ground)
        assert contrast(grey(one), grey(other)) >= target, (role, ground, "grey")


@given(HEX)
@example("#0000FF")
@example("#000EA9")  # on the edge of sRGB, where clipping chroma could change it
def test_a_brand_colour_that_can_be_seen_on_white_is_kept_exactly(brand: str) -> None:
    seen = min(contrast(brand, "#FFFFFF"), contrast(grey(brand), "#FFFFFF")) >= 3.0
    kept = roles((brand, brand))
    assert (kept.rule == brand, kept.accent == brand) == (seen, seen)


@given(HEX)
@example("#FFD100")
def test_the_hue_of_the_brand_is_held(brand: str) -> None:
    _, chroma, angle = oklch(brand)
    for derived in (roles((brand,)).rule, roles((brand,)).fill):
        _, strength, turned = oklch(derived)
        if min(chroma, strength) > 0.05:  # paler colours have no hue that an eye would see
            turn = abs(angle - turned) % 6.2832
            assert min(turn, 6.2832 - turn) < 0.1


def test_a_grey_brand_gives_neutral_roles() -> None:
    for derived in roles(("#808080",)).palette().values():
        assert derived == "#A3121A" or max(channels(derived)) - min(channels(derived)) <= 1


def test_the_first_colour_is_the_accent_when_there_is_no_second() -> None:
    assert roles(("#00788A",)).accent == "#00788A"


def test_alarm_and_text_do_not_follow_the_brand() -> None:
    assert {roles((brand,)).alarm for brand in ("#00FF00", "#123456")} == {"#A3121A"}
    assert roles(("#00FF00",)).text == "#000000"


def test_a_palette_has_the_roles_of_the_display_list_in_order() -> None:
    assert tuple(roles(("#00788A",)).palette()) == COLOURS
    assert tuple(black_roles().palette()) == COLOURS


def test_black_ink_knows_only_black_and_white() -> None:
    palette = dict(black_roles().palette())
    assert palette.pop("white") == palette.pop("tint") == "#FFFFFF"
    assert set(palette.values()) == {"#000000"}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#777777", "#FFFFFF") == contrast("#FFFFFF", "#777777")


def test_grey_weighs_the_coded_values() -> None:
    assert grey("#00FF00") == "#969696"
    assert grey("#123456") == "#2E2E2E"  # 0.299 * 18 + 0.587 * 52 + 0.114 * 86 = 45.7


def test_a_colour_is_read_in_either_case() -> None:
    assert parse_colour("#00788a") == "#00788A"


@pytest.mark.parametrize(
    "words",
    ["", "teal", "00788A", "#078", "#00788A ", "#00788AFF", "#00788G", "#٠٠٠٠٠٠", "#00788A\n"],
)
def test_anything_else_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(ClinicError, match="#00788A"):
        parse_colour(words)


@pytest.mark.parametrize("brand", [(), ("#000000",) * 3, ("#000000", "red")])
def test_a_brand_without_one_or_two_colours_is_refused(brand: tuple[str, ...]) -> None:
    with pytest.raises(ClinicError):
        roles(brand)
