"""Small pieces of WordprocessingML: text, runs and run properties."""

from __future__ import annotations

import re
from functools import lru_cache

BOLD, ITALIC, STRIKE, CODE, LINK, NOTE = 1, 2, 4, 8, 16, 32
"""What a run can be, added together."""

# The order that the schema asks for (ECMA-376 17.3.2.28); Word refuses some files that break it.
_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_RANK = {name: rank for rank, name in enumerate(_ORDER.split())}

_TAG = re.compile(r'<(?P<end>/?)[\w:.-]+(?:\s+[\w:.-]+="[^"]*")*\s*(?P<empty>/?)>')
_AROUND = re.compile(r'\A<w:rPr(?:\s[^>]*)?>|</w:rPr>\Z| xmlns:w="[^"]*"')
_NAME = re.compile(r"<(?:\w+:)?([\w.-]+)")

_MONOSPACED = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'

# A space after § or kl. or nr., or between the digits of 10 000, must not break the line (domain.md, Language).
# The pattern starts with the space itself, so that the scan jumps from space to space.
_HARD_SPACE = re.compile(r" (?:(?<=[§.] )(?:(?<=§ )|(?<=\b(?:[Kk]l|[Nn]r)\. ))|(?=\d{3}(?!\d))(?<=\d )(?<!\d{4} ))")


def escape(text: str) -> str:
    """Return `text` for an element: only `& < >` mean anything there."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return `text` for an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", " ")


def with_hard_spaces(text: str) -> str:
    """Return `text` with no-break spaces where a line may not end: `§ 3`, `kl. 9`, `nr. 4`, `10 000`."""
    return _HARD_SPACE.sub("\u00a0", text)


def run(text: str, rpr: str = "") -> str:
    """Return a run of `text`, which is escaped here. `rpr` is a whole `<w:rPr>` or empty."""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


@lru_cache(maxsize=4096)
def run_properties(base: str, flags: int, styles: tuple[tuple[int, str], ...]) -> str:
    """Return the `<w:rPr>` of a run that is `flags` upon `base` (a `<w:rPr>` or empty).

    `styles` gives the character styles that the template has for LINK, CODE and NOTE; without, the look is direct.
    """
    found = _children(base)
    found.update(_direct(flags, dict(styles)))
    if not found:
        return ""
    ordered = sorted(found, key=lambda name: _RANK.get(name, len(_RANK)))
    return f"<w:rPr>{''.join(found[name] for name in ordered)}</w:rPr>"


def _direct(flags: int, styles: dict[int, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if flags & BOLD:
        found |= {"b": "<w:b/>", "bCs": "<w:bCs/>"}
    if flags & ITALIC:
        found |= {"i": "<w:i/>", "iCs": "<w:iCs/>"}
    if flags & STRIKE:
        found["strike"] = "<w:strike/>"
    style = next((styles[kind] for kind in (NOTE, LINK, CODE) if flags & kind and kind in styles), None)
    if style:
        found["rStyle"] = f'<w:rStyle w:val="{attribute(style)}"/>'
    if flags & CODE:
        found["noProof"] = "<w:noProof/>"
        if style != styles.get(CODE, ""):
            found["rFonts"] = _MONOSPACED
    if flags & LINK and LINK not in styles:
        found |= {"color": '<w:color w:val="0563C1"/>', "u": '<w:u w:val="single"/>'}
    if flags & NOTE and NOTE not in styles:
        found["vertAlign"] = '<w:vertAlign w:val="superscript"/>'
    return found


def _children(rpr: str) -> dict[str, str]:
    """Return the elements in a `<w:rPr>`, as lxml writes it, by name.

    lxml is not asked for it: to load it takes longer than to make a document.
    """
    found: dict[str, str] = {}
    depth, start = 0, 0
    inside = _AROUND.sub("", rpr)
    for tag in _TAG.finditer(inside):
        if not tag["end"]:
            start = start if depth else tag.start()
        depth += 0 if tag["empty"] else -1 if tag["end"] else 1
        if depth == 0:
            element = inside[start : tag.end()]
            name = _NAME.match(element)
            found[name[1] if name else ""] = element
    return found
