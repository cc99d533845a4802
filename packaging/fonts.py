"""Makes resources/fonts/*.ttf from Inter's release: its four weights, cut to the signs netviz shows.

    python -m pip install fonttools brotli
    python packaging/fonts.py FOLDER

FOLDER holds Inter-Regular.woff2 and its siblings, from the folder `web` of Inter 4.1 (rsms/inter on GitHub).
The family is renamed, so that an Inter installed on the machine, of another version, never mixes with it.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.misc.transform import Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
FAMILY = "Inter netviz"
FEATURES = ["calt", "case", "ccmp", "frac", "kern", "locl", "mark", "mkmk", "subs", "sups", "tnum", "zero"]
# First and last: Latin and accents, Greek, Cyrillic, more Latin, punctuation to fractions, arrows and
# operators, keys, shapes, dingbats.
RANGES = (
    (0x0020, 0x017F),
    (0x02B0, 0x03FF),
    (0x0400, 0x045F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x218F),
    (0x2190, 0x23FF),
    (0x25A0, 0x25FF),
    (0x2600, 0x27BF),
)
# Inter has large triangles only: (small triangle, drawn from).
SMALL_TRIANGLES = (("▸", "▶"), ("▾", "▼"), ("◂", "◀"), ("▴", "▲"))
SMALL = 0.66


def main(folder: Path, to: Path) -> None:
    for weight in WEIGHTS:
        font = TTFont(folder / f"Inter-{weight}.woff2")
        for small, large in SMALL_TRIANGLES:
            add_scaled(font, small, large)
        cut(font)
        rename(font, weight)
        font.flavor = None
        font.save(to / f"Inter-{weight}.ttf")


def add_scaled(font: TTFont, new: str, old: str) -> None:
    """Add sign `new`: `old` made smaller about the middle of its height."""
    name, source = f"uni{ord(new):04X}", font.getBestCmap()[ord(old)]
    glyph = font["glyf"][source]
    middle = (glyph.yMin + glyph.yMax) / 2
    pen = TTGlyphPen(None)
    shape = Transform().translate(0, middle * (1 - SMALL)).scale(SMALL)
    font.getGlyphSet()[source].draw(TransformPen(pen, shape))
    font["glyf"][name] = pen.glyph()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(font["hmtx"][source][0] * SMALL), font["glyf"][name].xMin)
    for table in font["cmap"].tables:
        table.cmap[ord(new)] = name


def cut(font: TTFont) -> None:
    """Keep the signs of RANGES and the features of FEATURES."""
    options = subset.Options(layout_features=FEATURES, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)


def rename(font: TTFont, weight: str) -> None:
    """Call the font FAMILY; 1, 4 and 6 are its names for old programs, 16 and 17 its family and weight."""
    full = f"{FAMILY} {weight}"
    old = FAMILY if weight in ("Regular", "Bold") else full
    for number in (21, 22):  # the same again for programs that know only width, weight and slant
        font["name"].removeNames(nameID=number)
    for number, text in (
        (1, old),
        (3, full),
        (4, full),
        (6, full.replace(" ", "-")),
        (16, FAMILY),
        (17, weight),
    ):
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent.parent / "resources" / "fonts")
