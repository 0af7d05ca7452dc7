"""The facts that a document carries in its custom properties: written when it is made, and read back.

Together they hold what the register would need to be made again, each in words that a person can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docgen.model.bad_value import BadValue
from docgen.model.case_number import DEFAULT_FORM, CaseNumber, NumberForm
from docgen.model.document import Document
from docgen.model.editions import LogLine, log_lines
from docgen.model.file_names import file_name_safe
from docgen.model.fingerprint import SOURCE
from docgen.model.known_meetings import start_of
from docgen.model.record import Approved
from docgen.model.view.meeting import Sitting, printed_title

SEAL, CONTENT = "register", "innhold"
"""Custom properties that tie a document to the register: the log's row and hash, and the digest of what is approved."""

MINUTES = ("protokoll", "saerutskrift")
"""The kinds of document that the approval of a meeting's minutes freezes."""

MEETING_KINDS = ("innkalling", "tilleggssaksliste", "saksframlegg", *MINUTES)
LOGGED_KINDS = ("mandat", "retningslinje", "vedlegg", "organisering")

Facts = Iterator[tuple[str, str]]

KIND = "dokumenttype"
_ID, _EXEMPT, _LATE, _OUTCOME, _FOLLOWS = " id", " unntatt", " tillegg", " utfall", " fra"
_ABOUT = (_ID, _EXEMPT, _LATE, _OUTCOME, _FOLLOWS)
_APPROVED_MINUTES, _CORRECTED = "protokoll godkjent", "protokoll rettet "
_EXAMPLE = CaseNumber(2022, 1)
_SEAL = re.compile(r"([0-9]{1,12}) ([0-9a-f]{64})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"(?<!\\) *\| *")


def source_facts(kind: str, source: str) -> Facts:
    """Give the kind and the input without its suffix: one meeting in two formats makes the same bytes."""
    yield KIND, kind
    yield SOURCE, source


def meeting_facts(of: Sitting, sequence: str) -> Facts:
    """Give the facts of a meeting; how its cases are numbered where that is not the usual way."""
    meeting = of.meeting
    yield "organ", meeting.body
    yield "møtedato", meeting.date.isoformat()
    if meeting.time:
        yield "møtestart", start_of(meeting)
    if meeting.number:
        yield "møtenummer", meeting.number
    if sequence != meeting.body.casefold():
        yield "saksserie", sequence
    if of.form != DEFAULT_FORM:
        yield "saksnummer", of.form.text(_EXAMPLE)
    yield "status", meeting.status
    for at, line in enumerate(log_lines(meeting)):
        yield f"{_CORRECTED}{at}" if at else _APPROVED_MINUTES, row_text(line)


def case_facts(of: Sitting, places: Iterable[int]) -> Facts:
    """Give a property for each case, `sak 01/22` and its title, and more for what is special with it.

    Of an exempt case neither own title nor id is told.
    """
    for at in places:
        case, name = of.meeting.cases[at], f"sak {of.printed[at]}"
        if not of.printed[at] or of.is_draft:
            continue
        yield name, printed_title(case)
        if case.id and not case.exempt:
            yield name + _ID, case.id
        if case.exempt:
            yield name + _EXEMPT, case.exempt.ground
        if of.late[at]:
            yield name + _LATE, "ja"
        if case.outcome:
            yield name + _OUTCOME, case.outcome
        if follows := case.postponed_from or case.continues:
            yield name + _FOLLOWS, follows


def log_facts(document: Document) -> Facts:
    """Give a property for each row of the version log: `versjon 2`, and what the log says of it."""
    for line in log_lines(document):
        yield f"versjon {line.version}", row_text(line)


def row_text(line: LogLine) -> str:
    """Return `Nytt kapittel | SSU | 2025-06-01 | 05/25`, in the order of the printed log; of a draft the first only."""
    by = line.approved
    told = [line.description, *((by.body, by.date, by.case, by.text) if by else ())]
    while len(told) > 1 and not told[-1]:
        told.pop()
    return " | ".join(re.sub(r"([\\|])", r"\\\1", one) for one in told).strip()


def read_row(version: str, text: str) -> LogLine:
    """Return the row of the version log whose text that is."""
    description, *by = (re.sub(r"\\(.)", r"\1", one.strip()) for one in _BETWEEN.split(text.strip()))
    return LogLine(version, description, Approved(*[*by, "", "", ""][:4]) if by else None)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case as a document tells of it; of an exempt case `title` is what the public may see."""

    number: CaseNumber
    title: str
    id: str = ""
    exempt: str = ""
    late: bool = False
    outcome: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document found on disk, by the facts that it carries.

    `name` is what messages call it, `file` its file name, and `digest` that of its bytes where it is of interest.
    """

    name: str
    file: str
    facts: Mapping[str, str]
    is_untouched: bool
    digest: str = ""

    @property
    def kind(self) -> str:
        return self.facts.get(KIND, "")

    @property
    def source(self) -> str:
        return self.facts.get(SOURCE, "")

    @property
    def body(self) -> str:
        return self.facts.get("organ", "")

    @property
    def date(self) -> str:
        """The meeting's date as `2022-10-24`, or the empty text."""
        written = self.facts.get("møtedato", "")
        return written if _DATE.fullmatch(written) else ""

    @property
    def start(self) -> str:
        return self.facts.get("møtestart", "")

    @property
    def meeting_number(self) -> str:
        return self.facts.get("møtenummer", "")

    @property
    def status(self) -> str:
        return self.facts.get("status", "")

    @property
    def sequence(self) -> str:
        """The name of the sequence that its cases are numbered in."""
        return self.facts.get("saksserie", self.body.casefold())

    @property
    def form(self) -> NumberForm:
        """How the numbers in it are written."""
        try:
            return NumberForm.by_example(self.facts.get("saksnummer", ""))
        except BadValue:
            return DEFAULT_FORM

    @property
    def seal(self) -> tuple[int, str] | None:
        """The row of the log that it was made from, and its hash."""
        found = _SEAL.fullmatch(self.facts.get(SEAL, ""))
        return (int(found[1]), found[2]) if found else None

    @property
    def content(self) -> str:
        """The digest of the approved content that it was made of, or the empty text."""
        written = self.facts.get(CONTENT, "")
        return written if _DIGEST.fullmatch(written) else ""

    @property
    def document(self) -> str:
        """What the register calls a document with a version log: `retningslinje 1`. Empty for a meeting's."""
        match self.kind:
            case "mandat":
                return f"mandat {self.body}"
            case "retningslinje" | "vedlegg":
                return f"{self.kind} {self.facts.get('nummer') or self.facts.get('tittel', '')}"
            case "organisering":
                return f"organisering {self.facts.get('tittel', '')}"
        return ""

    @property
    def place(self) -> str:
        """Its path from output/, where a build would put it."""
        match self.kind:
            case "mandat":
                folder = "mandater"
            case "retningslinje" | "vedlegg":
                folder = "retningslinjer"
            case "organisering":
                folder = "organisering"
            case _:
                folder = f"{file_name_safe(self.body)}/{self.date}"
        return f"{folder}/{self.file}"

    def cases(self) -> list[ToldCase]:
        """Return the cases whose fixed numbers it tells. Raises BadValue for a number that can't be read."""
        found = []
        for name, title in self.facts.items():
            if name.startswith("sak ") and not (name.endswith(_ABOUT) and name.rpartition(" ")[0] in self.facts):
                more = {about: self.facts.get(name + about, "") for about in _ABOUT}
                number = self.form.read(name.removeprefix("sak "), body=self.body)
                found.append(
                    ToldCase(number, title, more[_ID], more[_EXEMPT], bool(more[_LATE]), more[_OUTCOME], more[_FOLLOWS])
                )
        return found

    def log(self) -> list[LogLine]:
        """Return the rows of its version log; of minutes the approval, then the corrections."""
        if self.kind in LOGGED_KINDS:
            versions = [name for name in self.facts if name.startswith("versjon ")]
            return [read_row(name.removeprefix("versjon "), self.facts[name]) for name in versions]
        names = [name for name in self.facts if name == _APPROVED_MINUTES or name.startswith(_CORRECTED)]
        return [read_row(str(at), self.facts[name]) for at, name in enumerate(names, 1)]
