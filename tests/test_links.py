"""On paper nobody can press a link: the number or mail address behind its words must be printed."""

from pathlib import Path

import command
import pytest
from leaflets import make, write_article, write_clinic

from handouts.document import Link, on_paper, plain, text
from handouts.pdf.readback import Node, logical_text, tree

ARTICLE = (
    "Use the drops. [Call the nurse line](tel:+15035550111) or [write](mailto:us@sample.example).\n"
)
PRINTED = "Call the nurse line (503-555-0111) or write (us@sample.example)."


@pytest.mark.parametrize(
    ("href", "words", "printed"),
    [
        ("tel:+15035550111", "the nurse", "the nurse (503-555-0111)"),
        ("tel:1-503-555-0111", "the nurse", "the nurse (503-555-0111)"),
        ("tel:+1%20503%20555%200111", "the nurse", "the nurse (503-555-0111)"),
        ("tel:+1-503-555-0111;ext=12", "the nurse", "the nurse (503-555-0111, ext. 12)"),
        ("tel:503-555-0111;ext=12", "503-555-0111", "503-555-0111 (ext. 12)"),
        ("tel:503-555-0111;ext=5", "503-555-0111", "503-555-0111 (ext. 5)"),
        ("tel:503-555-0111;ext=5", "503-555-0111, ext. 5", "503-555-0111, ext. 5"),
        ("tel:+44-20-7946-0000", "the desk", "the desk (+44-20-7946-0000)"),
        ("tel:988", "text us", "text us (988)"),
        ("tel:000", "for help", "for help (000)"),
        ("mailto:us@sample.example?subject=Drops", "write", "write (us@sample.example)"),
        ("tel:+15035550111", "", "503-555-0111"),
    ],
)
def test_the_number_or_mail_address_stands_behind_words_that_lack_it(
    href: str, words: str, printed: str
) -> None:
    assert plain(on_paper(Link(href, text(words)))) == printed


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("tel:+15035550111", "(503) 555-0111"),
        ("tel:+15035550111", "Call 1 503 555 0111 at night"),
        ("tel:5035550111", "+1 503.555.0111"),
        ("tel:+442079460000", "020 7946 0000"),
        ("tel:02079460000", "+44 20 7946 0000"),
        ("tel:911", "Call 911"),
        ("tel:000", "Call 000"),
        ("tel:1-800-QUIT-NOW", "1-800-QUIT-NOW"),
        ("mailto:us@sample.example", "Us@Sample.example"),
        ("https://sample.example/drops", "our page"),
    ],
)
def test_words_that_show_it_stand_alone_as_do_those_over_a_web_page(href: str, words: str) -> None:
    assert plain(on_paper(Link(href, text(words)))) == words


def _links(node: Node) -> list[str]:
    own = (
        [" ".join([kid for kid in node.kids if isinstance(kid, str)])] if node.tag == "Link" else []
    )
    return own + [said for kid in node.kids if isinstance(kid, Node) for said in _links(kid)]


def test_it_is_printed_as_a_part_of_the_link_and_nothing_counts_as_lost(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, ARTICLE), write_clinic(tmp_path))
    content = made.rendering.content
    assert PRINTED in command.fold(logical_text(content))
    assert any("503-555-0111" in said for said in _links(tree(content)))
    assert (made.leaflet.fidelity.dropped, made.leaflet.fidelity.doubled) == ((), ())


def test_plain_text_has_it_too(tmp_path: Path) -> None:
    made = make(write_article(tmp_path, ARTICLE), write_clinic(tmp_path), edition="text")
    assert PRINTED in made.rendering.content.decode()
