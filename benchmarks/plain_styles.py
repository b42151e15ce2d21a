"""Faces and sizes of the plain leaflets: role -> face, size and leading in points."""

FACES = {
    "regular": "SourceSans3-Regular",
    "medium": "SourceSans3-Medium",
    "semibold": "SourceSans3-SemiBold",
    "bold": "SourceSans3-Bold",
    "italic": "SourceSans3-Italic",
    "serif": "SourceSerif4-SemiBold",
}
ROLES = {
    "title": ("serif", 35, 38),
    "head": ("serif", 15.5, 18),
    "lead": ("regular", 15.5, 21.5),
    "body": ("regular", 13, 18),
    "item": ("regular", 13, 18),
    "fine": ("regular", 9.5, 12.4),
    "label": ("bold", 12, 15.5),
}
