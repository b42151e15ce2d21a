"""Our QR codes against those of a library that does nothing else."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from qrcodegen import QrCode, QrSegment

from handouts.layout.qr_code import LONGEST, qr_code

LENGTHS = (0, 1, 14, 15, 26, 27, 42, 43, 61, 62)
"""The ends of what each version holds."""


def _of_the_library(content: bytes) -> tuple[tuple[str, ...], int]:
    segments = [QrSegment.make_bytes(content)]
    code = QrCode.encode_segments(segments, QrCode.Ecc.MEDIUM, maxversion=4, boostecl=False)
    sides = range(code.get_size())
    rows = ["".join([str(int(code.get_module(x, y))) for x in sides]) for y in sides]
    return tuple(rows), code.get_mask()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=LONGEST))
@example(b"https://medlineplus.gov/ency/article/003934.htm")
def test_a_code_is_module_for_module_the_librarys(content: bytes) -> None:
    assert qr_code(content) == _of_the_library(content)[0]


def test_every_version_and_every_mask_comes_out_the_same() -> None:
    seen = set()
    for length in LENGTHS:
        for number in range(24):
            content = bytes([(7 * at + 31 * number) % 251 for at in range(length)])
            rows, mask = _of_the_library(content)
            assert qr_code(content) == rows, (length, number)
            seen.add((len(rows), mask))
    assert {size for size, _ in seen} == {21, 25, 29, 33}
    assert {mask for _, mask in seen} == set(range(8))


def test_the_longest_content_fits_and_one_byte_more_does_not() -> None:
    assert len(qr_code(b"x" * LONGEST)) == 33
    with pytest.raises(ValueError, match=str(LONGEST + 1)):
        qr_code(b"x" * (LONGEST + 1))
