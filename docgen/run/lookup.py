"""What a person means by `retningslinje 1`, `SSU 24.10.2022` or the path of an input: a document or a meeting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.dates import read_date, short_date
from docgen.model.editions import document_name
from docgen.model.inputs import nearest
from docgen.model.known_meetings import known_meetings
from docgen.model.library import TYPE_NAMES, Entry
from docgen.model.meeting import Meeting
from docgen.model.record import Edition, KnownMeeting
from docgen.run.history import History, unknown
from docgen.run.workspace import real
from docgen.source import source_name

MINUTES = "protokoll"
_MEETING_WORDS = (MINUTES, "møte", "møtet")
_KINDS = TYPE_NAMES | {"referat": MINUTES, "møtebok": MINUTES, "minutes": MINUTES}
_START = re.compile(r"(.+?) (?:kl\.? ?)?([0-9]{1,2})[.:]([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with its approved editions, oldest first; and the meeting, when it is the minutes of one.

    `is_meeting` says that the meeting was named, and not its minutes.
    """

    name: str
    editions: tuple[Edition, ...]
    meeting: KnownMeeting | None = None
    is_meeting: bool = False


def subject(known: History, written: str, here: Path) -> Subject:
    """Return the document or the meeting that a person named; paths are looked up from `here` too.

    Raises UnknownError, with the nearest name that there is.
    """
    plain = " ".join(written.split())
    found = _by_path(known, written, here) or _by_name(known, plain) or _by_date(known, plain)
    if found is None:
        raise unknown(_("docgen knows no document «{name}».", name=plain), _nearest(known, plain))
    return found


def _by_path(known: History, written: str, here: Path) -> Subject | None:
    """Return the document of an input, also of one that is gone by now; its name alone will do."""
    alone = [one for one in known.library.entries if one.file.rpartition("/")[2] == written]
    if len(alone) == 1 and (found := _of_entry(known, alone[0])):
        return found
    root = real(known.workspace.root)
    for place in (here, known.workspace.root):
        path = real(place / written)
        if path.is_relative_to(root) and path != root:
            name = path.relative_to(root).as_posix()
            entry = next((one for one in known.library.entries if one.file == name), None)
            found = _of_entry(known, entry) if entry else None
            if found and (found.editions or found.meeting):
                return found
            if gone := _of_source(known, source_name(name)):
                return gone
            if found:
                return found
    return None


def _of_entry(known: History, entry: Entry) -> Subject | None:
    if entry.seen is None:
        return None
    name = document_name(entry, entry.seen)
    if isinstance(entry.seen, Meeting):
        meeting = known_meetings(known.library, known.record).get(entry.file)
        return _of_meeting(known, meeting) if meeting else Subject(name, (), is_meeting=True)
    return Subject(name, known.record.editions_of(name))


def _of_source(known: History, source: str) -> Subject | None:
    """Return the document or meeting that was last made from an input of this name."""
    if not source:
        return None
    for meeting in known.record.meetings.values():
        if meeting.source == source:
            return _of_meeting(known, meeting)
    of_it = [editions for editions in known.documents() if editions[-1].source == source]
    return Subject(of_it[0][-1].document, of_it[0]) if of_it else None


def _by_name(known: History, plain: str) -> Subject | None:
    return _names(known).get(_key(plain))


def _names(known: History) -> dict[str, Subject]:
    """Return every document by what it may be called: kind and number, and title where no other has the same."""
    documents = {one.name.casefold(): one for one in _documents(known)}
    titles = {name: one.editions[-1].title for name, one in documents.items() if one.editions}
    for entry in known.library.entries:
        if entry.value is not None and not isinstance(entry.value, Meeting):
            name = document_name(entry, entry.value).casefold()
            titles[name] = str(getattr(entry.value, "title", None) or getattr(entry.value, "name", None) or "")
    called: dict[str, dict[str, None]] = defaultdict(dict)
    for name, title in titles.items():
        kind = name.partition(" ")[0]
        for other in (f"{name} {title}", f"{kind} {title}", title) if title else ():
            called[_key(other)][name] = None
    found = {key: documents[next(iter(names))] for key, names in called.items() if len(names) == 1}
    return found | {_key(name): one for name, one in documents.items()}


def _documents(known: History) -> Iterator[Subject]:
    """Give the documents with approved versions, and then those of the inputs that have none."""
    names = set()
    for editions in known.documents():
        names.add(editions[0].document.casefold())
        yield Subject(editions[0].document, editions, known.record.meetings.get(editions[0].meeting))
    for entry in known.library.entries:
        if entry.value is not None and not isinstance(entry.value, Meeting):
            name = document_name(entry, entry.value)
            if name.casefold() not in names:
                names.add(name.casefold())
                yield Subject(name, ())


def _key(text: str) -> str:
    """Return what is alike in two ways to write a name: case, and the other words for a kind of document."""
    kind, _space, rest = " ".join(text.split()).casefold().partition(" ")
    return f"{_KINDS.get(kind, kind)} {rest}".strip()


def _by_date(known: History, plain: str) -> Subject | None:
    """Return the meeting of `SSU 24.10.2022`, or its minutes when they were named. Raises UnknownError."""
    kinds = {word: _KINDS.get(word.casefold(), word.casefold()) for word in plain.split()}
    bare = [word for word in plain.split() if kinds[word] not in _MEETING_WORDS]
    for body, day, start in readings(known.bodies(), bare):
        return replace(_on(known, body, day, start), is_meeting=MINUTES not in kinds.values())
    return None


def readings(bodies: Mapping[str, str], words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Give the ways to read words as a body and a date (`2022-10-24`), in either order, and perhaps a start.

    `bodies` are the short names by all that they may be called, in small letters.
    """
    for at in range(1, len(words)):
        before, after = " ".join(words[:at]), " ".join(words[at:])
        for named, when in ((before, after), (after, before)):
            if (body := bodies.get(named.casefold())) and (day := day_and_start(when)):
                yield body, *day


def day_and_start(text: str) -> tuple[str, str] | None:
    """Return a day and the start behind it, if there is one."""
    timed = _START.fullmatch(text)
    for when, start in ((text, ""), *([(timed[1], f"{int(timed[2]):02}:{timed[3]}")] if timed else [])):
        try:
            return read_date(when).iso, start
        except BadValue:
            continue
    return None


def _on(known: History, body: str, day: str, start: str) -> Subject:
    """Return the meeting of a body on a day. Raises UnknownError."""
    meetings = known.record.of_body(body)
    there = [one for one in meetings if one.date == day and start in ("", one.start)]
    if len(there) == 1:
        return _of_meeting(known, there[0])
    shown = _shown(day)
    if there:
        starts = ", ".join(one.start for one in there)
        what = _("{body} has several meetings on {date}.", body=body, date=shown)
        raise unknown(what, _("Write when it starts after the date: {starts}.", starts=starts))
    drafts = [meeting for _entry, meeting in known.library.meetings if meeting.body.casefold() == body.casefold()]
    if any(meeting.date.isoformat() == day for meeting in drafts):
        return Subject(f"{MINUTES} {body} {day}", (), is_meeting=True)
    what = _("There is no meeting of {body} on {date} in the register.", body=body, date=shown)
    wanted = date.fromisoformat(day)
    near = min(meetings, key=lambda one: abs(date.fromisoformat(one.date) - wanted), default=None)
    if near is None:
        raise unknown(what, _("{body} has no fixed case numbers yet.", body=body))
    raise unknown(what, _("Did you mean {near}?", near=f"{body} {_shown(near.date)}"))


def _of_meeting(known: History, meeting: KnownMeeting) -> Subject:
    editions = known.record.minutes(meeting.number)
    name = editions[0].document if editions else f"{MINUTES} {meeting.body} {meeting.date}"
    return Subject(name, editions, meeting, is_meeting=True)


def _nearest(known: History, plain: str) -> str:
    """Return what to write instead: the nearest name, else the first names that there are."""
    names = _names(known)
    meetings = [f"{one.body} {_shown(one.date)}" for one in known.record.meetings.values()]
    every = {key: one.name for key, one in names.items()} | {name.casefold(): name for name in meetings}
    body = known.bodies().get(plain.casefold())
    if body is None and (near := nearest(_key(plain), every)):
        return _("Did you mean {near}?", near=every[near])
    few = _few(name for name in dict.fromkeys(every.values()) if body is None or body in name.split())
    return _("Write one of these: {choices}.", choices=few) if few else _("Nothing is approved or fixed yet.")


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:8]) + (" …" if len(listed) > 8 else "")


def _shown(iso: str) -> str:
    return short_date(date.fromisoformat(iso))
