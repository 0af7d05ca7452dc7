"""The small typed values of inputs: lines, Markdown, yes and no, dates and times."""

from __future__ import annotations


class Markdown(str):
    """CommonMark text with tables and footnotes; the renderer turns it into Word structure."""

    __slots__ = ()
