"""Logos and fonts that tests make for clinics of their own."""

import io
from pathlib import Path

import uharfbuzz
from leaflets import ROOT
from PIL import Image

FONTS = ROOT / "fonts"
FACES = (
    ("regular", "SourceSans3-Regular.ttf"),
    ("bold", "SourceSans3-Bold.ttf"),
    ("heading", "SourceSerif4-SemiBold.ttf"),
)


def logo(folder: Path, width: int, height: int, name: str = "logo.png") -> str:
    """Write a plain logo of so many pixels, and give its name."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(file, "PNG")
    (folder / name).write_bytes(file.getvalue())
    return name


def fonts(folder: Path, **others: bytes) -> str:
    """Write the fonts of a clinic, and give the table that names them; `others` replace a file."""
    lines = ["[brand.fonts]"]
    for key, name in FACES:
        (folder / f"{key}.ttf").write_bytes(others.get(key) or (FONTS / name).read_bytes())
        lines.append(f'{key} = "{key}.ttf"')
    return "\n".join(lines)


def without(name: str, characters: str) -> bytes:
    """Give one of our fonts without some characters."""
    face = uharfbuzz.Face(uharfbuzz.Blob((FONTS / name).read_bytes()))
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(set(face.unicodes) - set(map(ord, characters)))
    wanted.flags = uharfbuzz.SubsetFlags.NAME_LEGACY
    return bytes(uharfbuzz.subset(face, wanted).blob.data)
