"""The sections behind an article's own, by role: what is lifted out of the text, and what is left out.

Their titles are in `handouts/strings`, as those of all sections are.
"""

LIFTED = ("alternative_names", "references")
"""Roles that have a place of their own in an article, whoever wrote it."""

LEFT_OUT = {
    "patient_instructions": "links to other pages",
    "images": "images have rights of their own",
    "related": "related topics are links",
    "cite": "page chrome: how to cite",
}
"""Roles of an encyclopedia page's own sections, and why they are left out.

In a clinic's own text they are sections like any other.
"""

LINKS = "patient_instructions"
"""A role whose section is left out only if it holds nothing but links or titles of other pages."""

BACK = (*LIFTED, *LEFT_OUT)
"""Roles of sections in which only known titles are headings."""
