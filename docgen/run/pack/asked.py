"""Which meeting a person means by `SSU 2022-10-24`, or by the path of its input."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docgen.messages import _
from docgen.model.dates import short_date
from docgen.model.known_meetings import start_of
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.run.history import unknown
from docgen.run.lookup import day_and_start, readings
from docgen.run.workspace import Workspace, real

Held = tuple[Entry, Meeting]


def meeting_named(workspace: Workspace, library: Library, written: str, here: Path) -> Held:
    """Return the input of the meeting that a person named, right or not; paths are looked up from `here` too.

    Raises UnknownError.
    """
    if found := _by_path(workspace, library, written, here):
        return found
    words, bodies = written.split(), _bodies(library)
    for body, day, start in readings(bodies, words):
        return _on(library, body, day, start)
    for at in range(1, len(words)):
        before, after = " ".join(words[:at]), " ".join(words[at:])
        for named, when in ((before, after), (after, before)):
            if day_and_start(when):
                raise unknown(*library.no_body(named))
    what = _("docgen finds no meeting «{name}».", name=" ".join(words))
    raise unknown(what, _("Write the body and the date, such as {example}.", example=_example(library)))


def is_named(workspace: Workspace, file: str, written: str, here: Path) -> bool:
    """Return whether a person who wrote this named the file: by its path from `here` or the workspace."""
    return real(workspace.root / file) in {real(place / written) for place in (here, workspace.root)}


def _by_path(workspace: Workspace, library: Library, written: str, here: Path) -> Held | None:
    """Return the meeting of an input; its name alone will do."""
    found = [one for one in library.meetings if is_named(workspace, one[0].file, written, here)]
    found = found or [one for one in library.meetings if one[0].file.rpartition("/")[2] == written]
    return found[0] if len(found) == 1 else None


def _bodies(library: Library) -> dict[str, str]:
    """Return the short name of every body that has a mandate or meets, by what it may be called."""
    found = {meeting.body.casefold(): meeting.body for _entry, meeting in library.meetings}
    for _entry, mandate in library.mandates.values():
        found |= {mandate.name.casefold(): mandate.body, mandate.body.casefold(): mandate.body}
    return found


def _on(library: Library, body: str, day: str, start: str) -> Held:
    """Return the meeting of a body on a day. Raises UnknownError."""
    meetings = [one for one in library.meetings if library.same_body(one[1].body, body)]
    there = [one for one in meetings if one[1].date.isoformat() == day and start in ("", start_of(one[1]))]
    if len(there) == 1:
        return there[0]
    wanted = date.fromisoformat(day)
    if there:
        what = _("{body} has several meetings on {date}.", body=body, date=short_date(wanted))
        starts = ", ".join(sorted(start_of(meeting) for _entry, meeting in there if meeting.time))
        files = ", ".join(entry.file for entry, _meeting in there)
        fix = _("Write when it starts after the date: {starts}.", starts=starts)
        same_start = len({start_of(meeting) for _entry, meeting in there}) < len(there)
        raise unknown(what, _("Name the input instead: {files}.", files=files) if same_start else fix)
    what = _("There is no meeting of {body} on {date}.", body=body, date=short_date(wanted))
    near = min((meeting for _entry, meeting in meetings), key=lambda one: abs(one.date - wanted), default=None)
    if near:
        raise unknown(what, _("Did you mean {near}?", near=f"{body} {short_date(near.date)}"))
    if library.unreadable:
        files = ", ".join(library.unreadable)
        raise unknown(what, _("It may stand in {files}, which could not be read. Mend that first.", files=files))
    raise unknown(what, _("{body} has no meetings among the inputs.", body=body))


def _example(library: Library) -> str:
    """Return how the last meeting would be asked for."""
    last = max((meeting for _entry, meeting in library.meetings), key=lambda one: one.date, default=None)
    return f"{last.body} {last.date.isoformat()}" if last else "SSU 2022-10-24"
