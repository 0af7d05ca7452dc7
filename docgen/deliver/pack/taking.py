"""A part made ready to be joined with the others: opened, cleaned, and what it says of itself read."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from pikepdf import DataDecodingError, PasswordError, Pdf

from docgen.deliver.pack.bookmarks import Bookmark, bookmarks_of
from docgen.deliver.pack.claims import Claim, claim_of
from docgen.deliver.pack.cleaning import Jump, clean
from docgen.deliver.pack.gate import Source, UnusableError, opened
from docgen.deliver.pack.geometry import straighten
from docgen.deliver.pack.graph import AMISS
from docgen.deliver.pack.parts import Fault, Note, Part
from docgen.deliver.pack.untold import is_all_told


@dataclass(slots=True)
class Taken:
    """A part whose file is open and holds nothing but pages that can be read."""

    part: Part
    pdf: Pdf
    data: bytes
    """The file as it is now."""
    notes: set[Note]
    jumps: list[Jump]
    bookmarks: list[Bookmark]
    claim: Claim
    is_ours: bool = False
    """The pack made it itself: it claims nothing, and takes no claim away."""

    @property
    def pages(self) -> int:
        return len(self.pdf.pages)


def taken(part: Part, is_ours: bool = False) -> Taken:
    """Open and clean a part. Raises UnusableError."""
    try:
        return _taken(opened(part), is_ours)
    except PasswordError as error:
        raise UnusableError(Fault.ENCRYPTED) from error
    except DataDecodingError as error:
        raise UnusableError(Fault.TOO_LARGE if "limit" in str(error) else Fault.BROKEN) from error
    except AMISS as error:
        raise UnusableError(Fault.BROKEN) from error


def _taken(source: Source, is_ours: bool) -> Taken:
    pdf, part = source.pdf, source.part
    marks, claim = bookmarks_of(pdf), claim_of(pdf)
    # What comes as a file is somebody else's: LibreOffice and others say more of their PDF than they keep.
    if claim.is_universal and isinstance(part.data, Path) and not is_all_told(pdf):
        claim = replace(claim, level="u" if claim.level == "a" else claim.level, is_universal=False)
    jumps = clean(source)
    is_straightened = sum(straighten(page.obj) for page in pdf.pages) > 0
    if pdf.get_warnings():
        source.notes.add(Note.MENDED)
    if source.notes:
        claim = Claim("", False, claim.colours)
    if source.notes or is_straightened or pdf.is_encrypted:
        source.data = _written(pdf)
    return Taken(part, pdf, source.data, source.notes, jumps, marks, claim, is_ours)


def _written(pdf: Pdf) -> bytes:
    """Return the file anew: what looks at it must see what the pack will hold, and not what was mended or taken out."""
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, encryption=False)
    return target.getvalue()
