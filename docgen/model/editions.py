"""How a document stands against its approved editions: the log only grows, and approved content does not change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from docgen.messages import _
from docgen.model.content import Parts, differing, digest
from docgen.model.dates import day_text
from docgen.model.document import Document
from docgen.model.guideline import Guideline
from docgen.model.library import Entry
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.record import Approved, Edition
from docgen.model.version_log import Versioned, VersionRow, approval


@dataclass(frozen=True, slots=True)
class LogLine:
    """A row of the version log as the register compares it. `approved` is None for a draft."""

    version: str
    description: str
    approved: Approved | None

    def is_same(self, edition: Edition) -> bool:
        """Return whether this is the row that the register has."""
        return (self.version, self.description, self.approved) == (
            edition.version,
            edition.description,
            edition.approved,
        )

    def __str__(self) -> str:
        who = approved_text(self.approved) if self.approved else ""
        return " | ".join(part for part in (self.version, self.description, who) if part)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document with its editions in the register, and the approved rows of its log that are not there yet."""

    document: str
    editions: tuple[Edition, ...]
    new: tuple[LogLine, ...]
    is_draft: bool
    parts: Callable[[], Parts]
    is_right: bool = True
    """Whether nothing is wrong: then the new rows may be registered."""
    is_unseen: bool = False
    """Whether the edition in force is known by its row only, and this is its content."""

    def is_seen(self, at: int) -> bool:
        """Return whether the document at hand is the content of a new row: of the last one, and when it is no draft."""
        return at == len(self.new) - 1 and not self.is_draft

    @property
    def in_force(self) -> Edition | None:
        """The edition that holds now, before anything new is registered."""
        return self.editions[-1] if self.editions else None


def document_name(entry: Entry, document: Document) -> str:
    """Return what a document is known by in the register: `retningslinje 1`, `mandat SSU`; empty for what has no log.

    A meeting's is that of its minutes, `protokoll SSU 2022-10-24`, with the time when there may be two that day.
    """
    match document:
        case Mandate(body=body):
            return f"mandat {body}"
        case Guideline() as one:
            return f"{entry.kind} {one.number or one.title}"
        case Organisation(title=title):
            return f"organisering {title}"
        case Meeting() as meeting:
            return f"protokoll {meeting.body} {meeting.date.isoformat()}"
    return ""


def log_lines(document: Document) -> tuple[LogLine, ...]:
    """Return the rows of the version log; of a meeting, the approval of its minutes and each correction."""
    if isinstance(document, Versioned):
        return tuple(LogLine(row.version, _one_line(row.description), _approved(row)) for row in document.version_log)
    if not isinstance(document, Meeting) or document.status != "godkjent" or document.approved is None:
        return ()
    given = document.approved
    first = Approved(document.body, given.date.iso if given.date else "", given.case or "", given.how or "")
    corrections = (
        LogLine(str(count), _one_line(one.text), Approved(document.body, one.date.iso))
        for count, one in enumerate(document.corrections, 2)
    )
    return (LogLine("1", _one_line(given.changes), first), *corrections)


def _approved(row: VersionRow) -> Approved | None:
    if row.approved is None:
        return None
    body, date = approval(row.approved)
    return Approved(body, date.iso if date else "", row.approved.case or "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def approved_text(approved: Approved) -> str:
    """Return who approved, when and in which case, in one line."""
    case = _("case {number}", number=approved.case) if approved.case else ""
    return " ".join(part for part in (approved.body, day_text(approved.date), case, approved.text) if part)


def standing(
    entry: Entry, document: Document, editions: tuple[Edition, ...], content: Callable[[], Parts], *, is_same: bool
) -> Standing:
    """Return how the document stands, and tell beside it what may not be.

    `content` gives its parts; it is asked for only where it must be compared. `is_same` tells that the input is byte
    for byte the one that was approved.
    """
    lines = log_lines(document)
    name = editions[0].document if editions else document_name(entry, document)
    kept = _is_kept(entry, document, lines, editions)
    new = tuple(line for line in lines[len(editions) :] if line.approved)
    is_draft = bool(lines) and lines[-1].approved is None
    in_force = editions[-1] if editions else None
    if not kept or in_force is None or is_draft or new:
        return Standing(name, editions, new, is_draft, content, is_right=kept)
    if not in_force.digest:
        return Standing(name, editions, (), is_draft, content, is_unseen=True)
    if is_same or digest(now := content()) == in_force.digest:
        # A register made from documents knows the digest, and takes in the input that has it.
        return Standing(name, editions, (), is_draft, content, is_unseen=not in_force.inputs)
    _tell_changed(entry, document, in_force, now)
    return Standing(name, editions, (), is_draft, content, is_right=False)


def _is_kept(entry: Entry, document: Document, lines: tuple[LogLine, ...], editions: tuple[Edition, ...]) -> bool:
    """Return whether the log begins with the rows that are registered, and tell of the first that does not."""
    for at, edition in enumerate(editions):
        if at < len(lines) and lines[at].is_same(edition):
            continue
        was = LogLine(edition.version, edition.description, edition.approved)
        if at < len(lines) and all(not line.is_same(edition) for line in lines):
            what = _(
                "An approved row of the version log is changed: it was «{was}», and is «{now}».", was=was, now=lines[at]
            )
        elif at < len(lines):
            what = _(
                "An approved row of the version log has been moved: «{was}» stood before «{now}».",
                was=was,
                now=lines[at],
            )
        else:
            what = _("An approved row of the version log is gone: «{was}».", was=was)
        fix = _("Write it as it was. What was approved stays in the log; what is new gets a row of its own below.")
        if isinstance(document, Meeting):
            what, fix = _minutes_changed(was, lines[at] if at < len(lines) else None)
        entry.tell(_row_loc(document, at, len(lines)), what, fix)
        return False
    return True


def _minutes_changed(was: LogLine, now: LogLine | None) -> tuple[str, str]:
    if now is None:
        what = _("The minutes were approved («{was}»), and that does not stand in the file any more.", was=was)
    else:
        what = _("What the minutes say of their approval is changed: it was «{was}», and is «{now}».", was=was, now=now)
    return what, _("Write it as it was. What is to be corrected afterwards gets a line under rettelser.")


def _row_loc(document: Document, at: int, rows: int) -> tuple[int | str, ...]:
    if isinstance(document, Meeting):
        if rows == 0:
            return ("status",)
        return ("approved",) if at == 0 else ("corrections", min(at, rows - 1) - 1) if rows > 1 else ("corrections",)
    return ("version_log", at) if at < rows else ("version_log",)


def _tell_changed(entry: Entry, document: Document, in_force: Edition, now: Parts) -> None:
    """Tell which parts of an approved document are changed, and propose what to write."""
    # A register that was made again from documents knows the whole content only, not its parts.
    changed = differing(in_force.parts, now) if in_force.parts else [_("the text")]
    listed = ", ".join(changed)
    if isinstance(document, Meeting):
        corrected = _("Corrected {parts}.", parts=listed)
        what = _(
            "The minutes were approved ({approved}), and are changed after that: {parts}.",
            approved=approved_text(in_force.approved),
            parts=listed,
        )
        row = f'{{dato: …, tekst: "{corrected}"}}'
        fix = _("Write it as it was, or add this under rettelser, which is printed in the minutes: {row}", row=row)
        entry.tell(("corrections",), what, fix)
        return
    what = _(
        "Version {version} was approved ({approved}), and the document is changed after that: {parts}.",
        version=in_force.version,
        approved=approved_text(in_force.approved),
        parts=listed,
    )
    described = _("Changed {parts}.", parts=listed)
    row = f'{{versjon: {next_version(in_force)}, beskrivelse: "{described}"}}'
    fix = _(
        "Write it as it was, or add a row to versjonslogg: {row}. Without godkjent: the document is then a draft.",
        row=row,
    )
    entry.tell(("version_log",), what, fix)


def next_version(edition: Edition) -> str:
    """Return the version that comes after: `3` after `2`, `3.0` after `2.0`, `1.3` after `1.2`."""
    found = re.fullmatch(r"(.*?)([0-9]{1,6})(\.0)?", edition.version)
    if found is None:
        return str(edition.position + 1)
    return f"{found[1]}{int(found[2]) + 1}{found[3] or ''}"
