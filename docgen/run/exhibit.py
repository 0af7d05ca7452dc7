"""A document as it was approved: its frozen files, its frozen inputs, or made of them again with today's templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from docgen.deliver.publish import Published, publish
from docgen.messages import _
from docgen.model.agenda import numbers
from docgen.model.documents import APPROVED, Plan, Registered, of_input
from docgen.model.file_names import LIMIT_BYTES, file_name_safe, unique
from docgen.model.inputs import nearest
from docgen.model.meeting import Meeting
from docgen.model.record import Edition, Record
from docgen.problems import DocgenError, Problem, Where, reason
from docgen.run.approved import frozen
from docgen.run.history import History, unknown
from docgen.run.lookup import Subject
from docgen.run.templates import Templates
from docgen.run.work import Job, work
from docgen.run.workspace import real

FOLDER = "utgaver"
_LONGEST_MARK = 40
"""Bytes of a file name that a version may take."""

Files = list[tuple[str, bytes]]
"""Each file's name, perhaps with folders, and its bytes."""


class ExhibitError(DocgenError):
    """An edition can't be shown as it was asked for."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An edition's files, and the folder in output/ that they are put in when no other is named."""

    edition: Edition
    folder: str
    files: Files


def edition_named(asked: Subject, version: str | None) -> Edition:
    """Return the edition of a version, or the one in force. Raises UnknownError."""
    if not asked.editions:
        what = _("«{document}» has no approved version yet.", document=asked.name)
        raise unknown(what, _("docgen build makes it as it is now."))
    if version is None:
        return asked.editions[-1]
    by_name = {_plain(one.version): one for one in asked.editions}
    if found := by_name.get(_plain(version)):
        return found
    what = _("«{document}» has no version «{version}».", document=asked.name, version=version)
    if near := nearest(_plain(version), by_name):
        raise unknown(what, _("Did you mean {near}?", near=by_name[near].version))
    listed = ", ".join(one.version for one in asked.editions)
    raise unknown(what, _("The versions are: {versions}.", versions=listed))


def as_frozen(known: History, edition: Edition) -> Exhibit:
    """Return the Word files of an edition, byte for byte as they were approved. Raises ExhibitError, RegisterError."""
    _require_content(edition, edition.made)
    names = _each_versioned([name for name, _digest in edition.made], edition)
    data = [_file(known, digest) for _name, digest in edition.made]
    return Exhibit(edition, FOLDER, list(zip(names, data, strict=True)))


def inputs_of(known: History, edition: Edition) -> Exhibit:
    """Return the inputs that an edition was made from, its own first, and its pictures; in a folder of their own."""
    _require_content(edition, edition.inputs)
    own = PurePosixPath(edition.inputs[0][0])
    named = [*edition.inputs, *((f"{own.parent}/{written}", digest) for written, digest in edition.pictures)]
    files = [(_inside(name), _file(known, digest)) for name, digest in named]
    return Exhibit(edition, f"{FOLDER}/{versioned(own.stem, edition, '')}", files)


def made_again(known: History, edition: Edition) -> Exhibit:
    """Return the documents of an edition, of its frozen inputs and today's templates.

    Raises ExhibitError when that can't be done with certainty, and TemplateError.
    """
    pictures = frozen_files(known, edition.pictures)
    templates = Templates(known.workspace)
    plans = plans_of(known, edition)
    names = _each_versioned([plan.name for plan in plans], edition, _("new look"))
    data = [work(Job(templates.of(plan), plan.view(), plan.facts, plan.language, pictures)) for plan in plans]
    return Exhibit(edition, FOLDER, list(zip(names, data, strict=True)))


def put(known: History, exhibit: Exhibit, to: Path | None) -> list[Published]:
    """Write the files to `to` (a file, or a folder), else into output/; return where. Raises ExhibitError.

    A file that a person has edited is never written over: the new one then stands beside it.
    """
    targets = _targets(known, exhibit, to)
    places = frozenset(targets)
    found = []
    for target, (_name, data) in zip(targets, exhibit.files, strict=True):
        try:
            found.append(publish(target, data, places - {target}))
        except OSError as error:
            what = _("The document can't be written: {reason}.", reason=reason(error))
            fix = _("Close it if it is open in another program, or name another place with -o.")
            raise ExhibitError(Problem(what, fix, Where(str(target)))) from None
    return found


def _targets(known: History, exhibit: Exhibit, to: Path | None) -> list[Path]:
    workspace = known.workspace
    if to is None:
        folder = workspace.output / exhibit.folder
        if not real(folder).is_relative_to(real(workspace.output)):
            what = _("The folder is a link that leads out of {output}.", output=workspace.name(workspace.output))
            raise ExhibitError(Problem(what, _("Name another place with -o."), Where(workspace.name(folder))))
        return [folder / name for name, _data in exhibit.files]
    if any(real(to).is_relative_to(real(folder)) for folder in workspace.input_folders):
        what = _("docgen would take the files for inputs there.")
        raise ExhibitError(Problem(what, _("Put them in another folder."), Where(str(to))))
    suffix = PurePosixPath(exhibit.files[0][0]).suffix
    if to.is_dir() or to.suffix.lower() != suffix.lower():
        return [to / name for name, _data in exhibit.files]
    if len(exhibit.files) > 1:
        what = _("The version has {count} files, and they can't all be called so.", count=len(exhibit.files))
        raise ExhibitError(Problem(what, _("Name a folder after -o."), Where(str(to))))
    return [to]


def plans_of(known: History, edition: Edition) -> list[Plan]:
    """Return the documents to make of an edition's own input, with the numbers that its cases had.

    Raises ExhibitError when that can't be done with certainty.
    """
    _require_content(edition, edition.inputs)
    then = Record.of(row for row in known.rows if row.number < edition.row)
    assert known.register is not None  # where there is an edition there is a register
    found = frozen(edition, known.register, known.library)
    if found is None:
        raise _not_again(edition)
    document, library = found
    entry = next(one for one in library.entries if one.file == edition.inputs[0][0])
    seals = {}
    given = numbers(library, then)
    if isinstance(document, Meeting):
        meeting = given[entry.file].meeting
        if meeting is None or not given[entry.file].is_fixed:
            raise _not_again(edition)
        seals = {entry.file: f"{meeting.row} {known.register.hash_of(meeting.row)}"}
    registered = Registered(digests={entry.file: edition.digest}, seals=seals)
    return [plan for plan in of_input(entry, document, library, given, registered) if plan.kind in APPROVED]


def _require_content(edition: Edition, files: Sequence[tuple[str, str]]) -> None:
    if edition.digest and files:
        return
    what = _(
        "docgen has no files of version «{version}» of «{document}»: only its row of the version log is registered.",
        version=edition.version,
        document=edition.document,
    )
    fix = _("Look for it where the documents lay before. docgen log shows of which versions there are files.")
    raise ExhibitError(Problem(what, fix, Where("docgen")))


def _not_again(edition: Edition) -> ExhibitError:
    what = _(
        "Version «{version}» of «{document}» can't be made again from its inputs.",
        version=edition.version,
        document=edition.document,
    )
    fix = _("Leave out --new-look, and you get the Word file as it was approved.")
    return ExhibitError(Problem(what, fix, Where("docgen")))


def frozen_files(known: History, named: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Return frozen files by their names. Raises RegisterError."""
    return {name: _file(known, digest) for name, digest in named}


def _file(known: History, digest: str) -> bytes:
    assert known.register is not None
    return known.register.file(digest)


def versioned(stem: str, edition: Edition, suffix: str, *more: str) -> str:
    """Return a file name that tells the version, however long the rest of it is."""
    version = edition.version
    named = _("version {version}", version=version) if version[:1].isdigit() else version
    tail = "".join(f" ({file_name_safe(mark, _LONGEST_MARK)})" for mark in (named, *more))
    return file_name_safe(stem, LIMIT_BYTES - len(f"{tail}{suffix}".encode())) + tail + suffix


def _each_versioned(files: Sequence[str], edition: Edition, *more: str) -> list[str]:
    """Return the names of files with the version in each; those that were cut to the same are told apart."""
    paths = [PurePosixPath(file) for file in files]
    return unique(versioned(path.stem, edition, path.suffix, *more) for path in paths)


def _inside(name: str) -> str:
    """Return a path of the workspace as one that leads nowhere else."""
    plain = normpath(name.replace("\\", "/"))
    return PurePosixPath(plain).name if plain.startswith(("..", "/")) or ":" in plain else plain


def _plain(version: str) -> str:
    """Return what is alike in two ways to write a version: `versjon 2`, `2`."""
    return " ".join(version.casefold().split()).removeprefix("versjon ").removeprefix("version ")
