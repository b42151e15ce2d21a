from handouts.characters import control, name_of


def test_ordinary_text_holds_no_control() -> None:
    assert control("Take 5 mg\ttwice\nA daily – “ok” ñ é ☎ 😀\u00a0\u200b\u00ad") == ()


def test_each_refused_character_is_found_with_its_place_and_name() -> None:
    found = control("a\x00b\u202ec\ud800d\ufffee\x85f\U0001ffff\u2066")
    assert [(each.position, each.name) for each in found] == [
        (1, "U+0000 control character"),
        (3, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (5, "U+D800 lone surrogate"),
        (7, "U+FFFE unassigned or noncharacter"),
        (9, "U+0085 control character"),
        (11, "U+1FFFF unassigned or noncharacter"),
        (12, "U+2066 LEFT-TO-RIGHT ISOLATE"),
    ]


def test_above_the_first_plane_only_the_last_two_of_each_are_refused() -> None:
    above = "".join(map(chr, range(0x10000, 0x110000)))
    refused = [0x10000 + each.position for each in control(above)]
    assert refused == [
        plane | low for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
    ]


def test_a_carriage_return_is_refused_but_tab_and_newline_are_not() -> None:
    assert [each.position for each in control("a\tb\nc\r\x7f")] == [5, 6]


def test_a_character_is_named_with_its_code_point() -> None:
    assert name_of("😀") == "U+1F600 GRINNING FACE"
    assert name_of("\ue000") == "U+E000 private use character"
