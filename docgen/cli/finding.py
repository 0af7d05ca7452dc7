"""What `docgen doctor` has to say of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something looked for: what was found, or (when `fix` is not empty) how to get it, and whether all hangs on it."""

    name: str
    found: str
    fix: str = ""
    needed: bool = False

    @property
    def is_right(self) -> bool:
        return not self.fix


def apt(packages: str) -> str:
    """Return how Debian and Ubuntu install packages."""
    return f"sudo apt install {packages}"
