"""What a build leaves known for the next one: how an input stood, and how a document and its PDF lay in output/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docgen.run.scan import Stamp

Standing = Literal["right", "refused", "unread"]


@dataclass(slots=True)
class KnownInput:
    """An input as it was when its documents were last looked at. All of it is text, numbers and lists of them."""

    file: str
    stamp: Stamp | None
    """None when the file may have changed since without its stamp telling so."""
    digest: str
    standing: Standing = "right"
    kind: str = ""
    title: str = ""
    body: str = ""
    body_name: str = ""
    date: str = ""
    start: str = ""
    place: str = ""
    status: str = ""
    document: str = ""
    """What its document is called in the register, in small letters."""
    meeting: int = 0
    """The meeting of the register that it is."""
    families: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    numbers: tuple[list[Any], ...] = ()
    """Sequence, year, number and suffix of each case that has a number."""
    watched: tuple[list[Any], ...] = ()
    """Where each file that it names was looked for, and its stamp, or None where none was."""
    problems: tuple[list[Any], ...] = ()
    wanted: tuple[str, ...] = ()
    """The paths from output/ that its documents would have if there were no others, as same_name gives them."""
    due: bool = False
    """Whether it must be looked at again, whatever has changed."""


@dataclass(slots=True)
class KnownDocument:
    """A document as it was last made; `file` is its path from output/."""

    file: str
    stamp: Stamp | None
    input: str
    recipe: str
    """Empty when it is not known, or was not fetched."""
    kind: str = ""
    body: str = ""
    template: str = ""
    state: str = "made"
    numbers: tuple[str, ...] = ()
    provisional: bool = False
    place: int = 0
    """Where it stands among the documents of its input."""


@dataclass(frozen=True, slots=True)
class KnownPdf:
    """A PDF as it was last made; `file` is its path from output/.

    `stamp` is None for one that another program or a person kept from its place, and `document` is the stamp of the
    Word document that it is of, None where that had not come to its place.
    """

    file: str
    stamp: Stamp | None
    document: Stamp | None
    by: str
    """The converter that made it."""
