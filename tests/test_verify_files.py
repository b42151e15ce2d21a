"""Files of others, and broken ones: a clear error or findings, never a crash."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from altered import altered
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from handouts.errors import SourceError, UsageError
from handouts.verify import verify, verify_bytes


def _written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _canvas() -> bytes:
    """A page as any program might draw it: no tags, a font that is not embedded."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(612, 792))
    canvas.drawString(72, 700, "Take two tablets.")
    canvas.save()
    return made.getvalue()


def test_a_foreign_file_has_findings_of_the_file() -> None:
    verdict = verify_bytes(_canvas(), "foreign.pdf")
    assert {found.check for found in verdict.findings} == {"tags", "claims", "fonts", "marked"}
    assert (verdict.edition, verdict.named) == ("standard", False)


def test_a_foreign_file_can_be_held_against_the_design() -> None:
    verdict = verify_bytes(_canvas(), "foreign.pdf", design=True)
    assert {"phone", "footer"} < {found.check for found in verdict.findings}


def test_each_finding_says_where_it_is() -> None:
    findings = verify_bytes(_canvas(), "foreign.pdf").findings
    places = {found.check: found.where for found in findings}
    assert places["marked"] == "page 1, 72 pt from the left, 697 pt up"
    assert places["tags"] == "file"


def test_findings_without_design_are_those_of_the_file_alone(
    written: Callable[[str], bytes],
) -> None:
    assert verify_bytes(written("ua1"), "made.pdf").findings == ()
    assert verify_bytes(written("ua2"), "made.pdf").findings == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is no PDF"),
        (b"Dear patient", "this is no PDF"),
        (b"%PDF-1.7\n", "the PDF cannot be read"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF", "the PDF cannot be read"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as refused:
        verify_bytes(content, "letter.pdf", design=True)
    assert str(refused.value).startswith("letter.pdf: ")


def test_a_file_that_is_cut_off_is_refused(written: Callable[[str], bytes]) -> None:
    whole = written("ua1")
    with pytest.raises(SourceError, match=r"cannot be read\. It is damaged"):
        verify_bytes(whole[: len(whole) // 2], "half.pdf")


def test_a_file_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(_canvas()))
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(SourceError, match=r"is encrypted\. Save it without a password"):
        verify_bytes(_written(writer), "secret.pdf")


@pytest.mark.parametrize("strength", [4, 6])
def test_a_file_whose_cipher_is_not_known_is_called_encrypted(strength: int) -> None:
    packet, out = pikepdf.open(io.BytesIO(_canvas())), io.BytesIO()
    packet.save(out, encryption=pikepdf.Encryption(owner="secret", R=strength))
    with pytest.raises(SourceError, match=r"is encrypted\. Save it without a password"):
        verify_bytes(out.getvalue(), "secret.pdf")


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(SourceError, match="the PDF has no pages"):
        verify_bytes(_written(PdfWriter()), "empty.pdf")


def test_a_tree_that_leads_back_into_itself_is_refused(written: Callable[[str], bytes]) -> None:
    def loop(writer: PdfWriter) -> None:
        top = writer.root_object["/StructTreeRoot"]["/K"][0]  # type: ignore[index]  # pypdf's
        top.get_object()["/K"].append(top)

    with pytest.raises(SourceError, match=r"cannot be read\. It is damaged \(RecursionError\)"):
        verify_bytes(altered(written("ua1"), loop), "loop.pdf")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        verify(tmp_path / "gone.pdf")


def test_an_edition_without_limits_is_refused() -> None:
    with pytest.raises(UsageError, match="no limits for the edition 'huge'"):
        verify_bytes(_canvas(), "foreign.pdf", edition="huge")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1),
    uncompressed=st.booleans(),
)
def test_a_damaged_file_is_refused_or_checked(
    damage: list[tuple[float, bytes]], *, uncompressed: bool
) -> None:
    content = bytearray(_PLAIN if uncompressed else _canvas())
    for place, bytes_ in damage:
        at = int(place * (len(content) - len(bytes_)))
        content[at : at + len(bytes_)] = bytes_
    outcome = _outcome(bytes(content))
    assert outcome.startswith(("damaged.pdf: ", "checked"))


def _outcome(content: bytes) -> str:
    """Say how a check of a file ends; only the error for files that cannot be read is expected."""
    try:
        verify_bytes(content, "damaged.pdf", design=True)
    except SourceError as error:
        return str(error)
    return "checked"


_PLAIN = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/Lang(en)>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>> endobj
4 0 obj <</Length 99>> stream
/P <</MCID 0>> BDC BT /F1 12 Tf 20 20 Td [(two) -300 (tablets)] TJ ET EMC 0 0 1 rg 9 9 9 9 re f
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
6 0 obj <</Type/StructTreeRoot/K[<</S/P/Pg 3 0 R/K 0>>]>> endobj
trailer <</Root 1 0 R/Size 7>>
startxref
0
%%EOF
"""
"""A file that breaks in many ways; programs read it although its table of references is missing."""
