"""Makes the README's pictures from the gallery: `python docs/pictures.py`."""  # noqa: INP001  (a program, not a package)

import io
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from handouts.cli import handouts

FOLDER = Path(__file__).parent / "pictures"
ARTICLE, CLINIC = "bone-marrow-biopsy", "riverbend"
PICTURES = {
    f"{ARTICLE}.png": ("standard", 1, 94),
    "large-print.png": ("large-print", 1, 48),
    "one-sheet.png": ("one-sheet", 1, 48),
    "trifold.png": ("trifold", 1, 48),
    "booklet.png": ("booklet", 1, 48),
}
"""File -> edition, page, dots per inch."""


def main() -> None:
    """Write each picture, with few colours, so that the repository stays small."""
    for name, (edition, page, dots) in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            chosen = ["--article", ARTICLE, "--clinic", CLINIC, "--edition", edition]
            size = ["--paper", "letter", "--dots", str(dots), "--date", "2026-11-01"]
            handouts.main(["gallery", folder, *chosen, *size], standalone_mode=False)
            picture = Path(folder) / CLINIC / f"{ARTICLE}.{edition}.letter.en-{page}.png"
            (FOLDER / name).write_bytes(_small(picture))


def _small(picture: Path) -> bytes:
    out = io.BytesIO()
    with Image.open(picture) as full:
        framed = ImageOps.expand(full.convert("RGB"), border=1, fill="#b8bcc0")
        framed.quantize(192).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
