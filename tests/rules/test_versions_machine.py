"""Whatever a secretariat does with approved documents: nothing approved changes, and the log tells the truth."""

from __future__ import annotations

import os
import re
import shutil
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from docgen.model.record import Edition as Registered
from tests.rules.archive import Archive, Printed, Taken
from tests.rules.documents import Minutes, Paper
from tests.rules.texts import FORMATS

CI_EXAMPLES = 1_000
CI_PRINTED = 5

pick = st.integers(0, 999)
later = st.booleans()
"""Whether the secretary goes on writing before anything is built."""
ways = st.sampled_from(("iso", "dotted", "text", "month"))


def papers() -> list[Paper]:
    """Every kind of document under version control, without a log yet."""
    mandates = [
        Paper("mandat", "SSU", "mandates/SSU", "Partnerskapet", title="Strategisk utvalg"),
        Paper("mandat", "FSU", "mandates/FSU", "Partnerskapet", title="Faglig utvalg"),
    ]
    return [
        *mandates,
        Paper("retningslinje", "1", "inputs/en", "Partnerskapet", title="Om samarbeid"),
        Paper("retningslinje", "2", "inputs/to", "SSU", title="Om utskriving"),
        Paper("vedlegg", "2.1", "inputs/to-en", "SSU", title="Skjema"),
        Paper("organisering", "Organisering og oppgaver", "inputs/organisering", "Partnerskapet", bodies=mandates),
    ]


class Versions(RuleBasedStateMachine):
    """What the secretary knows was approved, beside the product."""

    desk: Archive

    def __init__(self) -> None:
        super().__init__()
        self.desk = self.made()
        self.papers = papers()
        self.minutes: list[Minutes] = []
        self.editions: dict[str, tuple[Registered, ...]] = {}
        self.files: dict[str, bytes] = {}
        self.turns = 0

    @staticmethod
    def made() -> Archive:
        return Archive()

    @initialize(approved=st.sets(st.integers(0, 5)), minutes=st.booleans())
    def first_build(self, approved: set[int], minutes: bool) -> None:
        for at in approved:
            self.papers[at].add_row()
            self.papers[at].approve(self.papers[at].approver, "iso")
        if minutes:
            self.minutes.append(Minutes("inputs/møte 1", "2024-01-10", status="godkjent"))
        self._turn()

    def teardown(self) -> None:
        try:
            self.desk.verify()
            for digest, data in self.files.items():
                assert self.desk.ledger.register
                assert self.desk.ledger.register.file(digest) == data
        finally:
            self.desk.close()

    # What docgen makes of it

    def _all(self) -> list[Paper | Minutes]:
        return [*self.papers, *self.minutes]

    def _turn(self, *, wait: bool = False) -> Taken | None:
        """Build what was written, and compare with what must be taken and what must be refused."""
        if wait:
            return None
        self.desk.write({one.path: one.text() for one in self._all()})
        judgements = {one.path: one.judged() for one in self._all()}
        due = {
            (one.document, str(version))
            for one in self._all()
            if judgements[one.path] == "take"
            for version in self._versions(one)
        }
        taken = self.desk.build()
        self.turns += 1
        for path, judgement in judgements.items():
            assert (path in taken.problems) == (judgement == "refuse"), (path, judgement, taken.problems.get(path))
        assert {(one.document, one.version) for one in taken.frozen} == due
        for one in self._all():
            if judgements[one.path] == "take":
                one.acknowledge()
        self._compare()
        if self.turns % 3 == 0:  # else a third of the time goes here
            rows, again = self.desk.rows(), self.desk.build()
            assert (self.desk.rows(), again.frozen, again.problems) == (rows, [], taken.problems)
        if self.turns % 20 == 0:
            self.desk.verify()
        return taken

    @staticmethod
    def _versions(one: Paper | Minutes) -> list[str]:
        if isinstance(one, Paper):
            return [row.version for row in one.new()]
        return [str(len(one.approved) + at) for at, _row in enumerate(one.new(), 1)]

    def _compare(self) -> None:
        """The editions of the register only grow, and are those that were acknowledged."""
        record = self.desk.ledger.record
        for one in self._all():
            now, before = record.editions_of(one.document), self.editions.get(one.document, ())
            assert [edition.version for edition in now] == [edition.version for edition in one.approved]
            for was, there in zip(before, now, strict=False):
                assert was == there or not was.digest
            for known, there in zip(one.approved, now, strict=True):
                assert bool(there.digest) == (known.content is not None)
            assert self.desk.ledger.register or not now
            for edition in now[len(before) :] if self.desk.ledger.register else ():
                for _name, digest in (*edition.inputs, *edition.made):
                    self.files[digest] = self.desk.ledger.register.file(digest)
            self.editions[one.document] = now

    # What the secretary writes

    def _paper(self, at: int, *, approved: bool = False, draft: bool | None = None) -> Paper | None:
        found = [
            one
            for one in self.papers
            if (one.approved or not approved) and (draft is None or one.is_draft == draft) and one.judged() == "take"
        ]
        return found[at % len(found)] if found else None

    def _edit(self, paper: Paper, what: str, place: int) -> None:
        paper.next_edit += 1
        chapters = paper.chapters
        place %= len(chapters)
        if what == "add" and len(chapters) < 5:
            chapters.insert(place, [f"Kapittel {paper.next_edit}", "0"])
        elif what == "remove" and len(chapters) > 1:
            del chapters[place]
        elif what == "turn" and len(chapters) > 1:
            chapters.append(chapters.pop(0))
        elif what == "title" and paper.kind != "organisering":
            paper.title = f"{paper.title.split(' (')[0]} ({paper.next_edit})"
        else:
            chapters[place][1] = str(paper.next_edit)

    edits = st.sampled_from(("text", "text", "add", "remove", "turn", "title"))

    @rule(at=pick, wait=later)
    def add_a_draft_row(self, at: int, wait: bool) -> None:
        if (paper := self._paper(at, draft=False)) and len(paper.log) < 8:
            paper.add_row()
            self._turn(wait=wait)

    @rule(at=pick, what=edits, place=pick, wait=later)
    def edit_a_draft(self, at: int, what: str, place: int, wait: bool) -> None:
        if paper := self._paper(at, draft=True):
            self._edit(paper, what, place)
            self._turn(wait=wait)

    @rule(at=pick, how=ways, wait=later)
    def approve(self, at: int, how: str, wait: bool) -> None:
        if paper := self._paper(at, draft=True):
            paper.approve(paper.approver, how)
            self._turn(wait=wait)

    @rule(at=pick, how=ways, what=edits, wait=later)
    def add_an_approved_row(self, at: int, how: str, what: str, wait: bool) -> None:
        if (paper := self._paper(at, draft=False)) and len(paper.log) < 8:
            self._edit(paper, what, at)
            paper.add_row()
            paper.approve(paper.approver, how)
            self._turn(wait=wait)

    @rule(at=pick)
    def approve_by_the_wrong_body(self, at: int) -> None:
        self._turn()
        if (paper := self._paper(at, draft=True)) and paper.kind in ("retningslinje", "vedlegg"):
            paper.approve("FSU", "iso")
            taken = self._turn()
            assert taken
            assert "FSU kan ikke godkjenne" in taken.problems[paper.path]
            paper.log[-1].body = ""
            self._turn()

    @rule(at=pick, what=edits, place=pick)
    def edit_what_is_approved(self, at: int, what: str, place: int) -> None:
        """It is refused; put back, it is right again; with a new row it is a draft."""
        self._turn()
        if not (paper := self._paper(at, approved=True, draft=False)):
            return
        title, chapters = paper.title, [list(one) for one in paper.chapters]
        self._edit(paper, what, place)
        taken = self._turn()
        if paper.judged() == "refuse":
            assert taken
            assert paper.approved[-1].version in taken.problems[paper.path]
            assert "er endret etter det" in taken.problems[paper.path]
        if place % 2 or len(paper.log) >= 8:
            paper.title, paper.chapters = title, chapters
        else:
            paper.add_row()
        self._turn()

    @rule(at=pick, how=st.sampled_from(("language", "label", "remark", "lines", "members")), wait=later)
    def change_the_look(self, at: int, how: str, wait: bool) -> None:
        if paper := self._paper(at, approved=at % 4 > 0):
            look = paper.look
            match how:
                case "language":
                    look.language = "nynorsk" if look.language == "bokmål" else "bokmål"
                case "label":
                    look.label = "" if look.label else "Intern"
                case "remark":
                    look.remark += "Husk. "
                case "lines":
                    look.line_break = "\n" if look.line_break == " " else " "
                case "members":
                    look.members = look.members % 4 + 1
            self._turn(wait=wait)

    @rule(at=pick, suffix=st.sampled_from(FORMATS), wait=later)
    def change_the_format(self, at: int, suffix: str, wait: bool) -> None:
        everything = self._all()
        everything[at % len(everything)].suffix = suffix
        self._turn(wait=wait)

    @rule(at=pick, folder=st.sampled_from(("", "arkiv/", "2024/")), wait=later)
    def move_the_file(self, at: int, folder: str, wait: bool) -> None:
        everything = self._all()
        one = everything[at % len(everything)]
        top, _slash, name = one.file.partition("/")
        one.file = f"{top}/{folder}{name.rpartition('/')[2]}"
        self._turn(wait=wait)

    @rule(at=pick, place=pick, how=ways, wait=later)
    def write_an_approval_otherwise(self, at: int, place: int, how: str, wait: bool) -> None:
        if paper := self._paper(at, approved=True):
            row = paper.log[place % len(paper.approved)]
            if "month" not in (row.how, how):
                row.how = how
            self._turn(wait=wait)

    @rule(at=pick, place=pick, how=st.sampled_from(("describe", "date", "remove", "move", "version", "undo", "month")))
    def tamper_with_an_approved_row(self, at: int, place: int, how: str) -> None:
        """It is refused, and both texts are shown; put back, it is right again."""
        self._turn()
        if not (paper := self._paper(at, approved=True)):
            return
        place %= len(paper.approved)
        before, row = paper.text(), paper.log[place]
        was = (row.version, row.description, row.at, row.body, row.how, list(paper.log))
        match how:
            case "describe":
                row.description = f"Noe annet {row.description}"
            case "date" if place == 0:
                row.at = 0
            case "version":
                row.version = f"{row.version}b"
            case "remove":
                del paper.log[place]
            case "move" if place:
                paper.log[place - 1 : place + 1] = [row, paper.log[place - 1]]
            case "undo" if place == len(paper.log) - 1:
                row.body = ""
            case "month" if row.how != "month":
                row.how = "month"
        if paper.text() == before or _is_wrong_in_form(paper):
            row.version, row.description, row.at, row.body, row.how, paper.log = was
            return
        taken = self._turn()
        assert taken
        assert was[0] in taken.problems[paper.path]
        row.version, row.description, row.at, row.body, row.how, paper.log = was
        self._turn()

    # Minutes

    def _held(self, at: int, *statuses: str) -> Minutes | None:
        found = [one for one in self.minutes if one.status in statuses and one.judged() == "take"]
        return found[at % len(found)] if found else None

    @precondition(lambda self: len(self.minutes) < 3)
    @rule(wait=later)
    def call_a_meeting(self, wait: bool) -> None:
        number = len(self.minutes) + 1
        self.minutes.append(Minutes(f"inputs/møte {number}", f"2024-0{number}-10"))
        self._turn(wait=wait)

    @rule(at=pick, place=pick, wait=later)
    def hold_the_meeting(self, at: int, place: int, wait: bool) -> None:
        if one := self._held(at, "innkalt", "avholdt"):
            one.next_edit += 1
            one.status, one.cases[place % 2] = "avholdt", str(one.next_edit)
            self._turn(wait=wait)

    @rule(at=pick, changes=st.sampled_from(("", "Skrivefeil i sak 1.")), wait=later)
    def approve_the_minutes(self, at: int, changes: str, wait: bool) -> None:
        if one := self._held(at, "avholdt"):
            one.status, one.changes = "godkjent", changes
            self._turn(wait=wait)

    @rule(at=pick, place=pick, correct=st.booleans())
    def change_approved_minutes(self, at: int, place: int, correct: bool) -> None:
        self._turn()
        if not (one := self._held(at, "godkjent")):
            return
        was = list(one.cases)
        one.next_edit += 1
        one.cases[place % 2] = str(one.next_edit)
        taken = self._turn()
        assert taken
        assert f"Sak {place % 2} om noe" in taken.problems[one.path]
        if correct:
            one.corrections.append(f"Rettet for {one.next_edit}. gang.")
        else:
            one.cases = was
        self._turn()

    @rule(at=pick, how=st.sampled_from(("case", "status", "correction", "gone", "changes")))
    def tamper_with_the_approval_of_minutes(self, at: int, how: str) -> None:
        self._turn()
        if not (one := self._held(at, "godkjent")):
            return
        was = (one.approving, one.status, list(one.corrections), one.changes)
        match how:
            case "case":
                one.approving = "10/24"
            case "status":
                one.status = "avholdt"
            case "changes":
                one.changes += "Mer."
            case "correction" if one.corrections:
                one.corrections[0] += " Og mer."
            case "gone" if one.corrections:
                del one.corrections[0]
            case _:
                return
        taken = self._turn()
        assert taken
        assert one.path in taken.problems
        one.approving, one.status, one.corrections, one.changes = was
        self._turn()

    @rule(at=pick, how=st.sampled_from(("remark", "lines")), wait=later)
    def change_the_look_of_minutes(self, at: int, how: str, wait: bool) -> None:
        if one := self._held(at, "godkjent", "avholdt", "innkalt"):
            if how == "remark":
                one.remark += "Husk. "
            else:
                one.line_break = "\n" if one.line_break == " " else " "
            self._turn(wait=wait)

    @rule()
    def reopen(self) -> None:
        self.desk.reopen()
        self._turn()

    @precondition(lambda self: self.turns % 7 == 0)
    @rule(days=st.integers(-400, 400))
    def set_the_clock(self, days: int) -> None:
        self.desk.clock.now += timedelta(days=days)


def _is_wrong_in_form(paper: Paper) -> bool:
    """Return whether the log has a fault of its own, which is told instead."""
    return any(not row.body for row in paper.log[:-1])


EXAMPLES = int(os.environ.get("DOCGEN_SOAK_EXAMPLES", CI_EXAMPLES))
STEPS = settings(max_examples=EXAMPLES, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))

Versions.TestCase.settings = STEPS


class TestVersions(Versions.TestCase):
    """No approved content is changed, and no row of a log."""


class PrintedVersions(Versions):
    """The same with documents: what is published as the edition in force says what was approved."""

    desk: Printed

    @staticmethod
    def made() -> Archive:
        return Printed()

    def _compare(self) -> None:
        super()._compare()
        for one in self._all():
            editions = self.editions[one.document]
            if editions and editions[-1].made and one.approved[-1].content is not None:
                name = next(name for name, _digest in editions[-1].made if "særutskrift" not in name)
                self._reads(one, self.desk.text(name))

    @staticmethod
    def _reads(one: Paper | Minutes, text: str) -> None:
        content = one.approved[-1].content
        assert content is not None
        if isinstance(one, Minutes):
            assert re.findall(r"«behandlet (\d+)»", text) == list(content)
            assert all(edition.row[-1] in text for edition in one.approved[1:])
            return
        said = {one.name: content, **{body.name: there for body, there in zip(one.bodies, content[2:], strict=True)}}
        for name, there in said.items():
            assert isinstance(there, tuple)
            edits = [edit for _title, edit in there[1]]
            assert re.findall(rf"«{re.escape(name)} utgave (\d+)»", text) == edits

    @rule()
    def delete_the_output(self) -> None:
        """The editions in force are made again, those that the input can't make byte for byte as they were frozen."""
        self._turn()
        shutil.rmtree(self.desk.workspace.output, ignore_errors=True)
        self._turn()
        for one in self.papers:
            editions = self.editions[one.document]
            if editions and (one.is_draft or one.judged() == "refuse"):
                for name, digest in editions[-1].made:
                    assert (self.desk.workspace.output / name).read_bytes() == self.files[digest]


PrintedVersions.TestCase.settings = settings(
    STEPS, max_examples=max(CI_PRINTED, EXAMPLES // 100), stateful_step_count=30
)


class TestPrintedVersions(PrintedVersions.TestCase):
    """No approved document says anything but what was approved."""
