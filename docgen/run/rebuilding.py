"""A workspace's register made again from documents, when it is gone or damaged and there is no backup."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.deliver.facts import carried
from docgen.messages import _
from docgen.model.agenda import numbers
from docgen.model.carried import CONTENT, Paper
from docgen.model.comparing import REBUILT
from docgen.model.fixing import newly_fixed, to_fix
from docgen.model.rebuilding import Rebuilt, rebuilt
from docgen.model.record import Edition, LogRow, Record
from docgen.model.row_facts import edition_facts
from docgen.problems import Problem, Where
from docgen.register import Clock, Head, RegisterError, check_place, create_or_open, restore, utc_now, verify
from docgen.register.marker import read
from docgen.run.inputs import read_inputs
from docgen.run.lock import builder_lock
from docgen.run.report import Report
from docgen.run.workspace import Workspace, word_files


@dataclass(slots=True)
class Rebuilding:
    """What came of it. `aside` is where the damaged register is kept; `head` is None when nothing was written."""

    found: Rebuilt
    papers: list[Paper]
    without_facts: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    uncovered: list[Problem] = field(default_factory=list)
    """Called meetings whose cases no document tells of, as notes."""
    head: Head | None = None
    aside: Path | None = None


def rebuild_register(
    workspace: Workspace, named: Sequence[Path], *, dry_run: bool = False, force: bool = False, clock: Clock = utc_now
) -> Rebuilding:
    """Make the register again from the documents `named`, files or folders of them, and return what came of it.

    Written in one piece or not at all. Raises RegisterError when there is a register that can be used, or nothing to
    make one of; without `force` also when it was made on another machine, where it may still be. Raises BusyError when
    another docgen is at work.
    """
    if dry_run:
        return _recovered(workspace, named, force=force)[0]
    with builder_lock(workspace.root, "docgen rebuild-register", clock):
        done, files = _recovered(workspace, named, force=force)
        _write(workspace, done, files, clock)
    return done


def _recovered(workspace: Workspace, named: Sequence[Path], *, force: bool) -> tuple[Rebuilding, dict[str, Path]]:
    """Return what would come of it, and by digest the files of the documents that are approved."""
    _refuse_a_sound_one(workspace)
    if not force:
        _refuse_a_second_one(workspace)
    done, files = _looked_through(workspace, named)
    if not done.found.meetings and not done.found.editions:
        raise RegisterError(_nothing_found(named))
    done.uncovered = _uncovered(workspace, done.found)
    return done, files


def _looked_through(workspace: Workspace, named: Sequence[Path]) -> tuple[Rebuilding, dict[str, Path]]:
    """Return what the documents tell, and by digest the files of those that are approved."""
    papers: list[Paper] = []
    files: dict[str, Path] = {}
    without_facts, unreadable = [], []
    for name, file in _documents(workspace, named).items():
        there = carried(file)
        if there is None:
            unreadable.append(name)
        elif not there.facts.get("dokumenttype"):
            without_facts.append(name)
        else:
            digest = sha256(file.read_bytes()).hexdigest() if CONTENT in there.facts else ""
            files[digest] = file
            papers.append(Paper(name, file.name, there.facts, there.is_untouched, digest))
    return Rebuilding(rebuilt(papers), papers, without_facts, unreadable), files


def _documents(workspace: Workspace, named: Sequence[Path]) -> dict[str, Path]:
    """Return the Word documents among the files and folders, by what messages call them. Raises RegisterError."""
    found: dict[str, Path] = {}
    for one in named:
        place = next((place for place in (Path.cwd() / one, workspace.root / one) if place.exists()), None)
        if place is None:
            what = _("There is no such file or folder.")
            fix = _("Name the documents to make the register of, usually the folder output.")
            raise RegisterError(Problem(what, fix, Where(str(one))))
        for file in word_files(place) if place.is_dir() else (place,):
            inside = file.is_relative_to(workspace.root)
            found.setdefault(workspace.name(file) if inside else str(file), file)
    return found


def _refuse_a_sound_one(workspace: Workspace) -> None:
    """Raise RegisterError when there is a register that can be used, or that another program holds now."""
    file = workspace.register
    if problem := check_place(file.parent):
        raise RegisterError(problem)
    if not file.exists():
        return
    there = verify(file)
    if there.is_sound and there.rows > 1:
        what = _("There is a register, it is sound, and has {count} rows.", count=there.rows)
        fix = _("It is never replaced by what documents tell. docgen verify compares it with them.")
        raise RegisterError(Problem(what, fix, Where(str(file))))
    if not there.is_sound and not there.is_damaged:
        raise RegisterError(*there.problems)


def _refuse_a_second_one(workspace: Workspace) -> None:
    """Raise RegisterError when the register was made on another machine: two would give the same numbers twice."""
    mark = read(workspace.marker)
    if mark and mark.machine and mark.machine != platform.node() and not workspace.register.exists():
        what = _(
            "The register of this workspace was made on the machine {machine}, not on this one.", machine=mark.machine
        )
        fix = _(
            "If it is still there, work there: two registers would give the same numbers twice. "
            "If you are sure that it is lost, add --force."
        )
        raise RegisterError(Problem(what, fix, Where(workspace.name(workspace.marker))))


def _nothing_found(named: Sequence[Path]) -> Problem:
    return Problem(
        _("No document there tells of fixed case numbers or approved versions."),
        _("Name the folder of the documents that docgen made, usually output. A backup is taken in by docgen restore."),
        Where(", ".join(map(str, named))),
    )


def _write(workspace: Workspace, done: Rebuilding, files: dict[str, Path], clock: Clock) -> None:
    """Write the register in a folder of its own, and put it in place when it is whole."""
    found = done.found
    told = {
        "documents": len(done.papers),
        "from": sorted({one.name.rpartition("/")[0] for one in done.papers}),
        "seals": found.seals,
    }
    with TemporaryDirectory(prefix="docgen-") as folder:
        made = Path(folder, "register.db")
        with create_or_open(made, clock) as register:
            with register.writing() as writing:
                writing.add(REBUILT, told)
                for facts in found.meetings:
                    writing.add("meeting", facts)
                for one in found.editions:
                    writing.add("edition", edition_facts(one), _contents(one, files))
            done.head = register.head
        done.aside = restore(made, workspace.register, workspace.marker, force=True, clock=clock)


def _contents(edition: Edition, files: dict[str, Path]) -> list[bytes]:
    return [files[digest].read_bytes() for digest in dict.fromkeys(digest for _name, digest in edition.made)]


def _uncovered(workspace: Workspace, found: Rebuilt) -> list[Problem]:
    """Return a note of each called meeting in which the next build would fix numbers that may stand on paper."""
    library = read_inputs(workspace, Report()).library
    record = Record.of(LogRow(at, "", "meeting", facts) for at, facts in enumerate(found.meetings, 2))
    given = numbers(library, record)
    return [
        _may_be_on_paper(entry.file, [library.form(meeting.body).text(number) for number in new])
        for entry, meeting in library.meetings
        if entry.is_right  # else the build asks
        and (facts := to_fix(entry.file, meeting, given[entry.file], record))
        and (new := newly_fixed(facts))
    ]


def _may_be_on_paper(file: str, new: Iterable[str]) -> Problem:
    return Problem(
        _("The meeting is called, and no document was found that tells the numbers of all its cases."),
        _(
            "The next build gives the rest {numbers}. If others stand on paper, write nr: on the cases before that.",
            numbers=", ".join(new),
        ),
        Where(file),
        warning=True,
    )
