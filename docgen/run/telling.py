"""What a build tells people beside its report: an answer beside each file that is wrong, and a page of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from docgen.deliver.facts import carried
from docgen.deliver.status_page import PAGE, looked_again, status_page
from docgen.disk import write_whole
from docgen.messages import _
from docgen.model.fingerprint import SOURCE
from docgen.model.status import Coming, Document, DocumentState, InputState, InputStatus, Status
from docgen.problems import Problem, Where, reason
from docgen.run.answers import SUFFIX, answer
from docgen.run.built import Built, as_problem
from docgen.run.known import KnownDocument, KnownInput, KnownPdf
from docgen.run.report import Report
from docgen.run.root import TOML
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, stamp_of
from docgen.run.workspace import Workspace

_STATES: dict[str, DocumentState] = {"made": "made", "kept": "made", "beside": "beside", "held": "held"}


@dataclass(slots=True)
class Teller:
    """Tells people how the workspace stands; it remembers which files in output/ nobody knows."""

    watching: bool = False
    _foreign: dict[str, tuple[Stamp, bool]] | None = None

    def answered(self, workspace: Workspace, there: Seen, report: Report, *, is_all: bool) -> None:
        """Write the answers beside files that are wrong, and take away those of files that are right.

        Of a build that does not look at all inputs, only those that it does are told of. What stands in the way is
        added to the report.
        """
        told = _by_file(report.problems)
        own = {*there.inputs, *there.templates, TOML}
        wrong = {file: problems for file, problems in told.items() if file in own or file in report.held}
        found = [name for name in there.found.files if name.endswith(SUFFIX)]
        if (workspace.root / f"{TOML}{SUFFIX}").exists():
            found.append(f"{TOML}{SUFFIX}")
        looked = own.difference(report.held) if is_all else set(report.inputs)
        report.add(answer(workspace.root, wrong, looked, found).problems)

    def shown(
        self,
        workspace: Workspace,
        there: Seen,
        built: Built,
        report: Report,
        looked: datetime,
        pdfs: Mapping[str, KnownPdf] | None = None,
    ) -> None:
        """Write the page of how everything stands. What stands in the way is added to the report.

        `pdfs` are the PDF files, by their path from output/.
        """
        status = self._status(workspace, there, built, report, looked, pdfs or {})
        self._write(workspace, status_page(status), report)

    def looked(self, workspace: Workspace, looked: datetime, report: Report) -> bool:
        """Tell on the page that docgen has looked now; return whether that could be told on the page that is there."""
        try:
            page = (workspace.output / PAGE).read_bytes()
        except OSError:
            return False
        again = looked_again(page, looked, workspace.settings.house.language, watching=self.watching)
        if again is None:
            return False
        self._write(workspace, again, report)
        return True

    def _write(self, workspace: Workspace, page: bytes, report: Report) -> None:
        file = workspace.output / PAGE
        try:
            write_whole(file, page, workspace.root)
        except OSError as error:
            what = _("The page can't be written: {reason}.", reason=reason(error))
            fix = _("See that there is room on the disk, and that you may write in the folder.")
            report.add([Problem(what, fix, Where(workspace.name(file)), warning=True)])

    def _status(
        self,
        workspace: Workspace,
        there: Seen,
        built: Built,
        report: Report,
        looked: datetime,
        pdfs: Mapping[str, KnownPdf],
    ) -> Status:
        told, documents = _by_file(report.problems), built.documents_of()
        states = {made.file: made.state for made in report.documents}
        output = workspace.name(workspace.output)
        inputs = [
            _input(
                name, built.inputs.get(name), documents.get(name, ()), told.get(name, ()), report, states, output, pdfs
            )
            for name in sorted({*report.inputs, *report.held, *built.inputs})
        ]
        files = {one.file for one in inputs}
        return Status(
            owner=workspace.settings.house.owner,
            language=workspace.settings.house.language,
            looked=looked,
            watching=self.watching,
            inputs=tuple(inputs),
            coming=_coming(built.inputs.values(), looked.date()),
            left=self._left(workspace, there, built),
            problems=tuple(problem for problem in report.problems if problem.where.file not in files),
            folder=output,
        )

    def _left(self, workspace: Workspace, there: Seen, built: Built) -> tuple[str, ...]:
        """Return the documents in output/ that docgen made, and that are no input's now."""
        known, found = self._foreign or {}, {}
        output = f"{workspace.name(workspace.output)}/"
        inner = {name.removeprefix(output): stamp for name, stamp in there.made.files.items()}
        for name, stamp in inner.items():
            if name in built.documents or not name.endswith(".docx") or "/." in f"/{name}" or "/~$" in f"/{name}":
                continue
            if stamp_of(workspace.output, name) is None or _is_beside(name, built):
                continue
            was = known.get(name)
            ours = was[1] if was and was[0] == stamp else _is_ours(workspace.output / name)
            found[name] = stamp, ours
        self._foreign = found
        return tuple(sorted(f"{output}{name}" for name, (_stamp, ours) in found.items() if ours))


def _is_ours(file: Path) -> bool:
    there = carried(file)
    return there is not None and SOURCE in there.facts


def _is_beside(name: str, built: Built) -> bool:
    """Return whether it is the new document beside one that is kept, as long as that one is made."""
    stem, mark, _rest = name.rpartition(" (ny")
    return bool(mark) and f"{stem}.docx" in built.documents


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.where.file, []).append(problem)
    return found


def _input(
    name: str,
    known: KnownInput | None,
    documents: Iterable[KnownDocument],
    problems: Iterable[Problem],
    report: Report,
    states: Mapping[str, str],
    output: str,
    pdfs: Mapping[str, KnownPdf],
) -> InputStatus:
    state: InputState = "right"
    if name in report.held:
        state = report.held[name]
    elif known is None or known.standing != "right":
        state = "refused"
    if known is None:
        return InputStatus(name, "", "", "", "", state, (), tuple(problems))
    made = []
    for one in sorted(documents, key=lambda one: one.place):
        file = f"{output}/{one.file}"
        now: DocumentState = "failed" if states.get(file) == "failed" else _STATES.get(one.state, "made")
        made.append(Document(file, one.kind, now, one.provisional, _pdf(one, pdfs, output)))
    told = tuple(problems) or tuple(map(as_problem, known.problems))
    return InputStatus(name, known.kind, known.title, known.body, known.date, state, tuple(made), told)


def _pdf(one: KnownDocument, pdfs: Mapping[str, KnownPdf], output: str) -> str:
    """Return the PDF of a document, or the empty text when there is none of it as it is now."""
    there = pdfs.get(f"{one.file.removesuffix('.docx')}.pdf")
    is_of_it = there is not None and there.stamp is not None and there.document == one.stamp
    return f"{output}/{there.file}" if there and is_of_it else ""


def _coming(inputs: Iterable[KnownInput], today: date) -> tuple[Coming, ...]:
    """Return the meetings that are to be held, the next one first."""
    found = [
        Coming(one.body, one.body_name, one.date, one.start, one.place, one.status, one.file)
        for one in inputs
        if one.kind == "møte" and one.date >= today.isoformat() and one.status in ("utkast", "innkalt")
    ]
    return tuple(sorted(found, key=lambda one: (one.date, one.start, one.body, one.input)))
