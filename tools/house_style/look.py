"""Colours and measures of the house style. Lengths are in twentieths of a point, as Word counts them (567 a cm)."""

from __future__ import annotations

FONT = "Calibri"  # Carlito has the same metrics, so lines and pages break alike in Word and LibreOffice

INK = "0B3C5D"  # headings: 11.3:1 on white
GREY = "52616B"  # what is said in passing: 6.4:1 on white, 5.6:1 on TINT
DRAFT = "8A2C0D"  # the draft mark: 7.2:1 on DRAFT_TINT
LINK = "0B5CAD"  # 6.5:1 on white
TAG = "7A3E9D"  # the tags of the template, gone in the finished document

TINT = "E8F0F4"  # head rows of tables
PALE = "F4F8FA"  # the box round a decision
DRAFT_TINT = "FCE9DC"
RULE = "B4C4CE"  # thin lines between rows

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4
MARGIN = 1417  # 2.5 cm
MARGIN_TOP = 1701
HEADER, FOOTER = 624, 624
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN  # 9072

LIST_STEP = 397  # 0.7 cm a list level
HEADING_STEP = 709  # room for `2.10.3` before a numbered heading
FACT_STEP = 2552  # where the values of the facts begin, 4.5 cm
LABEL_WIDTH = 3119  # the sensitivity label in the header, 5.5 cm
