"""Make the font that a meeting pack is stamped with: Carlito's letters for Latin script, under a name of its own.

Run with the font's file after it has changed; what it writes is committed. Carlito's name is reserved by its licence
(SIL Open Font License 1.1, in the font's folder), so the part of it that is kept is called something else.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from fontTools import subset, ttLib

FOLDER = Path(__file__).resolve().parent.parent / "docgen/deliver/pack/font"
NAME = "DocgenStamp"
MORE = "–—‘’‚“”„†•…‰‹›€™−≤≥←→ČčŊŋŠšŦŧŽžǤǥǦǧǨǩǮǯƷʒ"
LETTERS = {*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, MORE)}


def main(source: Path) -> None:
    font = ttLib.TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, glyph_names=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "kern"]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=LETTERS)
    maker.subset(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 6):
            record.string = NAME
        elif record.nameID not in (0, 2, 13, 14):
            font["name"].names.remove(record)
    data = io.BytesIO()
    font.save(data)
    (FOLDER / f"{NAME}.ttf").write_bytes(data.getvalue())
    (FOLDER / f"{NAME}.json").write_text(json.dumps(measures(font), ensure_ascii=False) + "\n", "utf-8")


def measures(font: ttLib.TTFont) -> dict[str, object]:
    """Return what a PDF says of the font, in thousandths of its size, and each letter's number and width."""
    head, unit, letters = font["head"], 1000 / font["head"].unitsPerEm, sorted(font.getBestCmap().items())
    widths, number = font["hmtx"], font.getGlyphID
    return {
        "ascent": round(font["hhea"].ascent * unit),
        "descent": round(font["hhea"].descent * unit),
        "capitals": round(font["OS/2"].sCapHeight * unit),
        "box": [round(side * unit) for side in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "unknown": round(widths[font.getGlyphName(0)][0] * unit),
        "letters": {chr(code): [number(glyph), round(widths[glyph][0] * unit)] for code, glyph in letters},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
