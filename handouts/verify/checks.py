"""All checks as rows of one table: what each is called, what it holds, and where that is written."""

from collections.abc import Callable, Iterator

from handouts.values import frozen
from handouts.verify import (
    break_checks,
    colour_checks,
    cut_checks,
    file_checks,
    place_checks,
    tag_checks,
    type_checks,
    word_checks,
)
from handouts.verify.finding import Finding
from handouts.verify.printed import Printed


@frozen(kw_only=False)
class Check:
    """A check: its name, what must hold, the source of that, and the function that looks for faults."""

    name: str
    holds: str
    source: str
    find: Callable[[Printed], Iterator[Finding]]


FILE_CHECKS = (
    Check("tags", "tags, language and title are there", "PDF/UA-1, 7", tag_checks.tagged),
    Check(
        "claims",
        "the metadata claims PDF/UA and PDF/A, as one of our sets",
        "PDF/UA-1, 5",
        file_checks.claims,
    ),
    Check("fonts", "all fonts are embedded subsets", "11.8", file_checks.fonts),
    Check("glyphs", "no glyph is missing", "11.8", file_checks.glyphs),
    Check("marked", "all that is drawn is tagged or an artifact", "11.9", tag_checks.unmarked),
    Check(
        "alternatives",
        "figures (logo, QR code) have alternative text",
        "11.9",
        tag_checks.alternatives,
    ),
)
"""Made of every file."""

DESIGN_CHECKS = (
    Check(
        "text-size",
        "no type is smaller than 9.5 pt (large print 16)",
        "11.1",
        type_checks.text_size,
    ),
    Check("x-height", "small letters are 1.5 mm high or more", "11.1", type_checks.x_height),
    Check(
        "body-size",
        "running text is 12 pt or more (large print 18, comfort 14)",
        "11.1",
        type_checks.body_size,
    ),
    Check(
        "coloured-text",
        "coloured text is 15 pt or more; white is bold, 11.5 pt or more",
        "11.2",
        colour_checks.coloured_text,
    ),
    Check(
        "text-contrast",
        "text stands out by 9:1, white by 5.5:1, in colour and in grey",
        "11.2",
        colour_checks.text_contrast,
    ),
    Check(
        "shape-contrast",
        "what is not text stands out by 3:1 in colour and in grey, but for hairlines and tints",
        "11.2",
        colour_checks.shape_contrast,
    ),
    Check(
        "line-length",
        "running text has 70 characters a line at most, nine of ten lines 68; in columns 50",
        "11.3",
        type_checks.line_length,
    ),
    Check("edge", "no ink within 18 pt of an edge", "11.4", place_checks.edge),
    Check(
        "margins",
        "no text within 20 mm of the left and right (trifold 26 pt, booklet 40 pt)",
        "11.4",
        place_checks.margins,
    ),
    Check(
        "solid-header", "only an emergency has a solid header", "11.5", colour_checks.solid_header
    ),
    Check("phone", "a phone number to tap is on page 1", "11.6", word_checks.phone),
    Check(
        "footer",
        "every page says title, number, version, language and “page n of N”",
        "11.6",
        word_checks.footer,
    ),
    Check(
        "closing",
        "source and review date are on the last page of text",
        "11.6",
        word_checks.closing,
    ),
    Check(
        "head-last", "no head stands last on a page or in a column", "11.7", break_checks.head_last
    ),
    Check(
        "last-word",
        "title, lead and heads do not end with a lone word",
        "11.7",
        break_checks.last_word,
    ),
    Check("split", "no box, step or table row is parted", "11.7", break_checks.split),
    Check(
        "cut-word",
        "no word or number is cut in two at the end of a line, but web addresses",
        "3",
        cut_checks.cut_word,
    ),
    Check(
        "decoration",
        "icons, rules and bars are artifacts",
        "11.9",
        tag_checks.decoration,
    ),
    Check(
        "reading-order",
        "the order of the tags is that of the page",
        "11.9",
        tag_checks.reading_order,
    ),
)
"""Made with `--design`; numbers are sections of the design standard."""
