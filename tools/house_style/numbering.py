"""word/numbering.xml: bullets, numbered lists and numbered headings, all counted by Word."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.styles import BULLETS, CELL_BULLETS, CONTENTS, HEADINGS, NUMBERS
from tools.house_style.wordml import W

_BULLETS = "•–▪"  # in the text font: Symbol's own bullets have no Unicode, and break PDF/A
_NUMBERS = [("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")]


def numbering(numbered_headings: bool) -> str:
    """Return numbering.xml; what is not used in a template is not in it."""
    lists = [(BULLETS, _bullets()), (NUMBERS, _numbers()), (CELL_BULLETS, _cell_bullets())]
    if numbered_headings:
        lists += [(HEADINGS, _headings()), (CONTENTS, _contents())]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for number, levels in lists
    )
    instances = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _ in lists)
    return f'<w:numbering xmlns:w="{W}">{abstract}{instances}</w:numbering>'


def _level(level: int, form: str, text: str, style: str, left: int, hanging: int, rpr: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:lvl>"
    )


def _named(style: str, level: int) -> str:
    return style + (str(level + 1) if level else "") if level < 3 else ""


_FONT = "".join(f' w:{script}="{look.FONT}"' for script in ("ascii", "hAnsi", "cs"))
_PLAIN = f'<w:rFonts{_FONT}/><w:b w:val="0"/><w:i w:val="0"/>'


def _cell_bullets() -> str:
    return _level(0, "bullet", _BULLETS[0], "Tabellpunkt", 284, 284, _PLAIN)


def _bullets() -> str:
    return "".join(
        _level(
            level,
            "bullet",
            _BULLETS[level % 3],
            _named("ListBullet", level),
            look.LIST_STEP * (level + 1),
            look.LIST_STEP,
            _PLAIN,
        )
        for level in range(9)
    )


def _numbers() -> str:
    return "".join(
        _level(
            level,
            _NUMBERS[level % 3][0],
            f"%{level + 1}{_NUMBERS[level % 3][1][-1]}",
            _named("ListNumber", level),
            look.LIST_STEP * (level + 1),
            look.LIST_STEP,
        )
        for level in range(9)
    )


def _headings() -> str:
    step = look.HEADING_STEP
    return "".join(
        _level(
            level,
            "decimal",
            ".".join(f"%{above + 1}" for above in range(level + 1)),
            f"Heading{level + 1}" if level < 3 else "",
            step if level < 3 else 0,
            step if level < 3 else 0,
        )
        for level in range(9)
    )


def _contents() -> str:
    """Numbers of the chapters in the table of contents as it stands before Word has filled it in."""
    return _level(0, "decimal", "%1", "", 454, 454)
