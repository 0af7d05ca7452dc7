"""The workspace's register in a build: numbers are fixed before anything is rendered, editions before publishing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from docgen.deliver.facts import facts
from docgen.messages import _, many
from docgen.model.agenda import Numbers, in_turn, numbers
from docgen.model.content import digest
from docgen.model.documents import SEALS
from docgen.model.editions import LogLine, Standing
from docgen.model.fixing import newly_fixed, to_fix
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.outlined import Outlined
from docgen.model.record import Approved, Edition, Facts, LogRow, Record
from docgen.model.row_facts import edition_facts
from docgen.problems import Problem, Where
from docgen.register import (
    Clock,
    Foreseen,
    Register,
    RegisterError,
    Writing,
    opened,
    opened_to_read,
    utc_now,
)
from docgen.register.place import check_place
from docgen.run.approved import related
from docgen.run.inputs import Inputs
from docgen.run.report import Fixed, Frozen
from docgen.run.seen import stamp_of
from docgen.run.workspace import Workspace, input_contents, word_files
from docgen.source import source_name

Write = Callable[[Entry, Meeting, bool], Facts | None]
"""Fixes the numbers of a meeting, drawn anew or as they were foreseen, and gives the facts that were written."""


class Ledger:
    """The register of a workspace and what it holds. It is made the first time that something is fixed."""

    def __init__(self, workspace: Workspace, clock: Clock = utc_now, verified: str = "") -> None:
        """Read the register whole, unless it ends as it did when it was: then `verified` is what `head` was."""
        self._workspace, self._clock = workspace, clock
        self._place = _place(workspace)
        self._open = opened_to_read(workspace.register, workspace.marker)
        self._is_writable = False
        self.record = self._recorded(self._open, verified) if self._open else Record()
        self.news: list[LogRow] = []
        """The rows that were taken in by this build."""
        self._told = ""

    def _recorded(self, register: Register, verified: str) -> Record:
        head = register.head
        if verified == f"{head.row} {head.hash}":
            try:
                return Outlined(head.row, register.outline(), self._rows, self._drawing)
            except RegisterError:
                pass  # to read it whole tells what is wrong, if anything is
        return Record.of(register.rows())

    def _rows(self, numbers: Sequence[int] | None) -> list[LogRow]:
        assert self._open
        return self._open.rows(0, self.record.last) if numbers is None else self._open.some_rows(numbers)

    def _drawing(self, sequence: str) -> Collection[int]:
        # Of the register that is open when it is asked: for writing it is opened anew.
        return self._open.drawing(sequence) if self._open else ()

    def look_again(self, workspace: Workspace) -> bool:
        """Take in what was written since, as a build begins; return False when this is not the register any more."""
        if self._open is None or self._place != _place(workspace):
            return False
        self._workspace, self.news = workspace, []
        try:
            if self._told and self._told != f"{self.record.last} {self.seal(self.record.last)}":
                return False
            self.record.add(self._open.rows(self.record.last))
        except RegisterError:
            return False
        return True

    @property
    def head(self) -> str:
        """The last row that is taken in, and its hash; empty when nothing was ever fixed."""
        self._told = f"{self.record.last} {self.seal(self.record.last)}" if self.record.last else ""
        return self._told

    @property
    def register(self) -> Register | None:
        """The register, or None when nothing was ever fixed."""
        return self._open

    def _take_in(self, rows: list[LogRow]) -> None:
        self.record.add(rows)
        self.news += rows

    def seal(self, row: int) -> str:
        """Return the hash of a row of the log."""
        return self._open.hash_of(row) if self._open else ""

    def close(self) -> None:
        if self._open:
            self._open.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def fix_numbers(self, library: Library, given: Numbers, files: Iterable[str]) -> tuple[Numbers, list[Fixed]]:
        """Fix the numbers of the called meetings among `files` that are right; return all numbers as they then are.

        One transaction a meeting. What another program has fixed meanwhile is looked at first.
        """
        before, now = self.record.last, given

        def written(entry: Entry, meeting: Meeting, anew: bool) -> Facts | None:
            nonlocal now
            with self._writing() as writing:
                if (news := writing.rows(self.record.last)) or anew:
                    self._take_in(news)
                    now = numbers(library, self.record, entry.file)
                told = to_fix(entry.file, meeting, now[entry.file], self.record) if entry.is_right else None
                row = writing.add("meeting", told) if told else None
            self._take_in([row] if row else [])
            return told

        fixed = _in_turn(library, given, set(files), self.record, written)
        return (numbers(library, self.record) if self.record.last != before else given), fixed

    def open_to_write(self) -> None:
        """Open the register for writing. Raises RegisterError where it can't be kept safely."""
        self._writable()

    def write(self, foreseen: Foreseen, then: Record) -> bool:
        """Fix what was foreseen, `then` being the record with it; return False when the register is not as it was."""
        if self._open is None or self._place != _place(self._workspace):
            return False
        if not foreseen.added:
            return self._open.head == foreseen.since
        if not foreseen.write(self._writable()):
            return False
        self.record, self.news = then, [*self.news, *foreseen.added]
        return True

    def _writing(self) -> AbstractContextManager[Writing | Foreseen]:
        return self._writable().writing()

    def freeze(
        self, one: Entry, how: Standing, made: Sequence[tuple[str, bytes]], inputs: Inputs, meeting: int
    ) -> list[Frozen]:
        """Register the new approved rows of a document, the last with its content, its inputs and what was made.

        Returns what to tell of them.

        Raises RegisterError when it can't be kept, or when the input has changed since it was read.
        """
        editions, files = self._editions(one, how, made, inputs, meeting)
        with self._writable().writing() as writing:
            news = writing.rows(self.record.last)
            if any(row.facts.get("document", "").casefold() == how.document.casefold() for row in news):
                raise RegisterError(_changed_meanwhile(one.file))
            event = "content" if how.is_unseen else "edition"
            rows = [writing.add(event, edition_facts(edition), files if edition.digest else ()) for edition in editions]
        self._take_in([*news, *rows])
        return told_frozen(one.file, editions[0].document, how)

    def _editions(
        self, one: Entry, how: Standing, made: Sequence[tuple[str, bytes]], inputs: Inputs, meeting: int
    ) -> tuple[list[Edition], list[bytes]]:
        data = dict(self._input(one, name, inputs) for name in related(one, inputs.library))
        pictures = {name: file.read_bytes() for name, file in inputs.shown[one.file].items()}
        parts = how.parts()
        name = how.document if how.editions else self._free_name(how.document, one, meeting)
        seen = Edition(
            document=name,
            position=0,
            version="",
            description="",
            approved=Approved(),
            digest=digest(parts),
            parts=parts,
            inputs=_digests(data.items()),
            pictures=_digests(pictures.items()),
            made=_digests(made),
            title=_title(one),
            source=source_name(one.file),
            meeting=meeting,
        )
        if how.is_unseen and how.in_force:
            row = how.in_force
            content = replace(
                seen, position=row.position, version=row.version, description=row.description, approved=row.approved
            )
            found = [content]
        else:
            found = [_edition(seen, how, at, line) for at, line in enumerate(how.new)]
        keeps = any(edition.digest for edition in found)
        return found, [*data.values(), *pictures.values(), *(content for _name, content in made)] if keeps else []

    def _free_name(self, name: str, one: Entry, meeting: int) -> str:
        """Return the name of a document that is new; two meetings of a body may be on one day."""
        taken = self.record.editions_of(name)
        if not meeting or not taken or taken[0].meeting == meeting:
            return name
        return f"{name} {self.record.meeting(meeting).start or meeting}"

    def _input(self, one: Entry, name: str, inputs: Inputs) -> tuple[str, bytes]:
        """Return an input as what is frozen was made of it: an organisation document prints no draft of a mandate."""
        if self._open and name != one.file and isinstance(one.value, Organisation):
            for body in inputs.library.in_force:
                if inputs.library.mandates[body][0].file == name:
                    seen = self.record.seen(f"mandat {body}")
                    assert seen is not None  # else it would not be in force
                    own, digest = seen.inputs[0]
                    return own, self._open.file(digest)
        return name, self._bytes(name, inputs)

    def _bytes(self, name: str, inputs: Inputs) -> bytes:
        data = input_contents(self._workspace, self._workspace.root / name)
        if sha256(data).hexdigest() != inputs.digests[name]:
            raise RegisterError(_changed_meanwhile(name))
        return data

    def _writable(self) -> Register:
        """Return the register for writing. Raises RegisterError where it can't be kept safely."""
        if self._open and self._is_writable:
            return self._open
        if problem := unfit_place(self._workspace):
            raise RegisterError(problem)
        if self._open is None:
            # Or the numbers would begin at 1 again.
            if problem := lost_register(self._workspace):
                raise RegisterError(problem)
        else:
            self._open.close()
        self._open, self._is_writable = opened(self._workspace.register, self._workspace.marker, self._clock), True
        self._place = _place(self._workspace)
        return self._open


def _place(workspace: Workspace) -> tuple[object, ...]:
    """Return what tells that the register and its marker are the very same files as before."""
    register, marker = (stamp_of(workspace.root, str(file)) for file in (workspace.register, workspace.marker))
    return workspace.register, register and register[3], marker


def _in_turn(library: Library, given: Numbers, wanted: Container[str], record: Record, write: Write) -> list[Fixed]:
    """Let `write` fix each meeting in its turn: drawn anew where one before it is passed over, to leave no gap."""
    fixed, anew = [], False
    for entry, meeting in sorted(library.meetings, key=in_turn):
        if not to_fix(entry.file, meeting, given[entry.file], record):
            continue
        if entry.file not in wanted or not entry.is_right:
            anew = True
        elif (facts := write(entry, meeting, anew)) and (news := as_fixed(entry, meeting, library, facts)):
            fixed.append(news)
    return fixed


def unfit_place(workspace: Workspace) -> Problem | None:
    """Return why the register can't be kept where it would lie, or None."""
    folder = workspace.register.parent
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return _unfit(folder, there.stat().st_dev)


@lru_cache
def _unfit(folder: Path, _device: int) -> Problem | None:
    """Return what check_place says; a watcher asks once for a disk, since it takes longer than the rest of a build."""
    return check_place(folder)


def as_fixed(entry: Entry, meeting: Meeting, library: Library, facts: Facts) -> Fixed | None:
    """Return what to tell of the numbers that a meeting's facts fix, or None when there are none."""
    form, new = library.form(meeting.body), newly_fixed(facts)
    titles = [case["public_title"] or case["title"] for case in facts["cases"] if case["given"]]
    cases = tuple((form.text(number), title) for number, title in zip(new, titles, strict=True))
    return Fixed(entry.file, meeting.body, meeting.date.isoformat(), cases) if cases else None


def told_frozen(file: str, document: str, how: Standing) -> list[Frozen]:
    """Return what to tell of the versions that are, or would be, frozen."""
    return [
        Frozen(file, document, line.version, line.approved or Approved(), how.is_seen(at))
        for at, line in enumerate(how.new)
    ]


def _edition(seen: Edition, how: Standing, at: int, line: LogLine) -> Edition:
    """Return the edition of a new row. Only the last row's content is here, and a draft's is not approved."""
    row = replace(
        seen,
        position=len(how.editions) + at + 1,
        version=line.version,
        description=line.description,
        approved=line.approved or Approved(),
    )
    if how.is_seen(at):
        return row
    return replace(row, digest="", parts=(), inputs=(), pictures=(), made=())


def _digests(named: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, sha256(data).hexdigest()) for name, data in named)


def _title(one: Entry) -> str:
    return str(getattr(one.value, "title", None) or getattr(one.value, "name", None) or "")


def _changed_meanwhile(file: str) -> Problem:
    return Problem(
        _("The file was changed while docgen was at work, so its version was not registered."),
        _("Build again."),
        Where(file),
    )


def lost_register(workspace: Workspace) -> Problem | None:
    """Return what to tell when there is no register, but documents whose numbers or versions were fixed in one."""
    fixed = [file for file in word_files(workspace.output) if not SEALS.isdisjoint(facts(file))]
    if not fixed:
        return None
    what = _(
        "There is no register, and {documents} in {output} have fixed case numbers or approved versions.",
        documents=many("{count} document", "{count} documents", len(fixed)),
        output=workspace.name(workspace.output),
    )
    fix = _(
        "Take in a backup with docgen restore, or make the register again with docgen rebuild-register {output}.",
        output=workspace.name(workspace.output),
    )
    return Problem(what, fix, Where(workspace.name(fixed[0])))
