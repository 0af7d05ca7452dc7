"""The one error of everything that reads a small value from text, and how a text is told of in it."""

from __future__ import annotations


class BadValue(ValueError):
    """A text that can't be read as what it should be. `what` and `fix` are whole sentences for whoever wrote it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)

    @property
    def what(self) -> str:
        return str(self.args[0])

    @property
    def fix(self) -> str:
        return str(self.args[1])

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"


def shown(text: str) -> str:
    """Return the text as a message tells of it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
