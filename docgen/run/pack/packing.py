"""The order in which a meeting pack is made: the meeting found, its parts gathered, made, joined, looked through, put.

It takes no lock and fixes nothing, so it can be made while docgen watch is at work: case numbers are those that the
register holds, and else what they would be.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docgen.deliver.facts import is_untouched
from docgen.deliver.pack.looking import stamp_text
from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Fault, Pack, PackInfo, Part, Placed, Words
from docgen.deliver.pdf import Converter, at_hand
from docgen.deliver.seal import sealed
from docgen.messages import _
from docgen.model.documents import Plan
from docgen.model.library import Entry
from docgen.model.meeting import Meeting
from docgen.model.public import exempt_titles
from docgen.model.view.pack import case_name, pack_view
from docgen.problems import DocgenError, InputError, Problem, Where, reason
from docgen.render.properties import MADE
from docgen.run.ledger import Ledger
from docgen.run.pack.asked import is_named, meeting_named
from docgen.run.pack.gathering import SUFFIX, Gathering, Leaf, gathered
from docgen.run.pack.making import Making
from docgen.run.pack.placing import put
from docgen.run.pack.privacy import found_in
from docgen.run.pack.report import LeftOut, Packed, PackReport
from docgen.run.planning import Todo, planned_all
from docgen.run.production import Progress
from docgen.run.report import Report
from docgen.run.templates import Templates
from docgen.run.workspace import Workspace, inside, real


class PlaceError(DocgenError):
    """A pack can't be put where it was asked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the meeting by body and date or by its input, what kind of pack of it, and where to put it."""

    meeting: str
    public: bool = False
    duplex: bool = False
    to: Path | None = None


@dataclass(frozen=True, slots=True)
class _Planned:
    """The meeting, what its pack is made of, and what is wrong or worth a look before it is made."""

    entry: Entry
    meeting: Meeting
    gathering: Gathering
    problems: list[Problem]


def pack(
    workspace: Workspace,
    wish: Wish,
    here: Path,
    progress: Progress | None = None,
    converter: Converter | None = None,
) -> PackReport:
    """Make the pack of a meeting and put it in its place; the pack that was there stays until then.

    With a `converter`, that one is used and left open; else one is opened for this pack.
    Raises UnknownError, PlaceError, InputError when the input is not right or a public pack would tell too much,
    TemplateError, RegisterError.
    """
    planned = _planned(workspace, wish, here)
    target = _target(workspace, planned.gathering, wish.to)
    templates = Templates(workspace)
    making = Making(planned.gathering, templates, progress)
    with nullcontext(converter) if converter else Converter() as opened:
        parts = making.parts(opened)
    if isinstance(parts[0].data, Fault):
        raise InputError(*making.problems)
    info = _info(workspace, planned.gathering, wish)
    made = merged(parts, info)
    contents = list(_contents(made, planned.gathering.leaves))
    problems = [*planned.problems, *(one for found in templates.problems.values() for one in found), *making.problems]
    if wish.public:
        problems += _checked(made, parts, contents, info, planned.meeting)
    try:
        file, state = put(target, sealed(made.pdf), None if wish.to else workspace.root)
    except OSError as error:
        what = _("The pack can't be written: {reason}.", reason=reason(error))
        fix = _("See that there is room on the disk and that you may write there, or name another place with -o.")
        raise PlaceError(Problem(what, fix, Where(_name(workspace, target)))) from None
    by = at_hand()
    return PackReport(
        planned.entry.file,
        _name(workspace, file),
        state,
        made.pages,
        wish.public,
        made.conformance,
        by.name,
        by.fix,
        contents,
        _unlinked(made, parts),
        _exempt(planned),
        _provisional(planned),
        problems,
    )


def _planned(workspace: Workspace, wish: Wish, here: Path) -> _Planned:
    report = Report()
    with Ledger(workspace) as ledger:
        todo = planned_all(workspace, ledger, report)
        if wrong := [one for one in report.problems if is_named(workspace, one.where.file, wish.meeting, here)]:
            raise InputError(*wrong)
        entry, meeting = meeting_named(workspace, todo.inputs.library, wish.meeting, here)
        if not entry.is_right:
            raise InputError(*entry.problems)
        if wish.public:
            _see_that_it_can_be_public(workspace, entry, meeting)
        gathering = gathered(workspace, todo, entry, meeting, public=wish.public)
    told = [*_unfixed(todo, entry, report), *_edited(workspace, gathering)]
    told += _labelled(workspace, entry, meeting) if wish.public else []
    return _Planned(entry, meeting, gathering, [*workspace.warnings, *entry.problems, *told])


def _see_that_it_can_be_public(workspace: Workspace, entry: Entry, meeting: Meeting) -> None:
    """Raise InputError where an exempt case has no title for the public, or a file that another case has too."""
    exempt = [one.file for case in meeting.cases if case.exempt for one in case.attachments]
    secret = {inside(workspace, entry.file, file) for file in exempt}
    wrong = []
    for at, case in enumerate(meeting.cases):
        for number, one in enumerate(case.attachments):
            if not case.exempt and inside(workspace, entry.file, one.file) in secret:
                what = _("The attachment {file} belongs to an exempt case too, so it can't be public.", file=one.file)
                fix = _("Remove it from one of the cases.")
                wrong.append(Problem(what, fix, entry.where(("cases", at, "attachments", number))))
        if case.exempt and not case.exempt.public_title:
            what = _("The case «{title}» is exempt from public access, and has no public title.", title=case.title)
            fix = _("Write offentlig tittel: under unntatt:, if only as the title itself.")
            wrong.append(Problem(what, fix, entry.where(("cases", at, "exempt"))))
    if wrong:
        raise InputError(*wrong)


def _labelled(workspace: Workspace, entry: Entry, meeting: Meeting) -> list[Problem]:
    """Return what to say of a public pack whose pages are marked as something else than open."""
    known = workspace.settings.house.label(meeting.sensitivity or "")
    if not meeting.sensitivity or (known and known.colour_name == "grønn"):
        return []
    what = _("The pages of the public pack have the label {label}.", label=meeting.sensitivity)
    fix = _("See that they may be published, and that the label says so.")
    return [Problem(what, fix, entry.where(("sensitivity",)), warning=True)]


def _unfixed(todo: Todo, entry: Entry, report: Report) -> list[Problem]:
    """Return what to say of a meeting that is called, and whose numbers no build has fixed yet."""
    if not any(one.input == entry.file for one in report.fixed):
        return []
    what = _("The meeting is called, and its case numbers are not fixed yet, so they may still change.")
    fix = _("Run docgen build, or wait for docgen watch, and make the pack again.")
    return [Problem(what, fix, Where(entry.file), warning=True)]


def _edited(workspace: Workspace, gathering: Gathering) -> Iterator[Problem]:
    """Give what to say of documents that a person has edited in Word: the pack is made of the input."""
    for leaf in gathering.leaves:
        file = workspace.output / leaf.made_of.file if isinstance(leaf.made_of, Plan) else None
        if file and file.is_file() and not is_untouched(file):
            what = _("The document has been edited since docgen made it. The pack has it as the input says.")
            fix = _("Move your changes to {input}, and make the pack again.", input=leaf.source)
            yield Problem(what, fix, Where(workspace.name(file)), warning=True)


def _target(workspace: Workspace, gathering: Gathering, to: Path | None) -> Path:
    """Return where to put the pack. Raises PlaceError."""
    if to is None:
        target = workspace.output / gathering.file
        if real(target.parent).is_relative_to(real(workspace.output)):
            return target
        what = _("The folder is a link that leads out of {output}.", output=workspace.name(workspace.output))
        raise PlaceError(Problem(what, _("Name another place with -o."), Where(_name(workspace, target.parent))))
    if any(real(to).is_relative_to(real(folder)) for folder in workspace.input_folders):
        what = _("What docgen makes is not put among the inputs.")
        raise PlaceError(Problem(what, _("Put it in another folder."), Where(str(to))))
    if to.is_dir():
        return to / Path(gathering.file).name
    if to.suffix.lower() != SUFFIX:
        what = _("A pack is a PDF file, and its name ends in .pdf.")
        raise PlaceError(Problem(what, _("Write {name}.", name=f"{to.name}{SUFFIX}"), Where(str(to))))
    return to


def _info(workspace: Workspace, gathering: Gathering, wish: Wish) -> PackInfo:
    view = pack_view(gathering.of, public=wish.public)
    words = Words(
        view.page,
        view.go_to,
        view.picture,
        view.missing,
        view.missing_lead,
        {fault: view.faults[fault.value] for fault in Fault},
    )
    language, made = f"{gathering.of.language}-NO", datetime.fromisoformat(MADE)
    return PackInfo(view.title, workspace.settings.house.owner, language, made, words, wish.duplex)


def _checked(
    made: Pack, parts: Sequence[Part], contents: Sequence[Packed | LeftOut], info: PackInfo, meeting: Meeting
) -> list[Problem]:
    """Return what a person should look at in a public pack. Raises InputError when it tells what it must not."""
    known = {(part.under, part.title): part.stamp for part in parts}
    stamps = {one.page: known.get((one.under, one.title), parts[0].stamp) for one in made.placed}
    packed = [one for one in contents if isinstance(one, Packed)]
    found = found_in(made.pdf, packed, _stamped(stamps, made.pages, info), exempt_titles(meeting))
    if any(not one.warning for one in found):
        raise InputError(*found)
    return found


def _stamped(stamps: Mapping[int, str], pages: int, info: PackInfo) -> Iterator[str]:
    """Give what is stamped on each page; `stamps` are by the first page that has them."""
    now = ""
    for page in range(1, pages + 1):
        now = stamps.get(page, now)
        yield stamp_text(now, page, pages, info.words)


def _contents(made: Pack, leaves: Sequence[Leaf]) -> Iterator[Packed | LeftOut]:
    """Give what is in the pack and what is left out, in the order of the agenda; what is listed so comes after it."""
    known = {(leaf.part.under, leaf.part.title) for leaf in leaves}
    placed = deque(one for one in made.placed if (one.under, one.title) in known)
    missing = deque(made.missing)
    for leaf in leaves:
        part = leaf.part
        if placed and (placed[0].under, placed[0].title) == (part.under, part.title):
            yield _packed(placed.popleft(), leaf.source)
        else:
            yield LeftOut(" ".join(part.under), part.title, leaf.source, missing.popleft().fault)
        if part.is_agenda:
            yield from (_packed(one, "") for one in made.placed if (one.under, one.title) not in known)


def _packed(one: Placed, source: str) -> Packed:
    return Packed(" ".join(one.under), one.title, source, one.page, one.pages, sorted(one.notes), one.conformance)


def _unlinked(made: Pack, parts: Sequence[Part]) -> list[str]:
    """Return the cases whose first paper the agenda has no link to."""
    first: dict[tuple[str, ...], str] = {}
    for part in parts:
        first.setdefault(part.under, part.whole_title)
    return [" ".join(case) for case, title in first.items() if case and title in made.unlinked]


def _exempt(planned: _Planned) -> list[str]:
    of = planned.gathering.of
    return [case_name(of, at) for at, case in enumerate(of.meeting.cases) if case.exempt]


def _provisional(planned: _Planned) -> list[str]:
    of = planned.gathering.of
    return [number for number in of.printed if number] if of.is_draft and not of.is_fixed else []


def _name(workspace: Workspace, file: Path) -> str:
    """Return a file by its path from the workspace, or the whole path when it lies elsewhere."""
    root, path = real(workspace.root), real(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)
