"""Documents under version control as the secretary means them, and what was approved of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.rules.texts import Tree, text_of

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
Content = tuple[object, ...]
"""What a document says, in the secretary's own terms: equal exactly when nothing but the look differs."""


@dataclass(slots=True)
class Row:
    """A row of the version log. `at` counts the months from January 2024; `how` is the way its approval is written."""

    version: str
    description: str
    at: int = 0
    body: str = ""
    how: str = "iso"

    @property
    def meant(self) -> tuple[object, ...]:
        return self.version, self.description, self.at if self.body else 0, self.body, self.body and self.how == "month"

    def tree(self) -> dict[str, Tree]:
        found: dict[str, Tree] = {"versjon": self.version}
        if self.description:
            found["beskrivelse"] = self.description
        year, month = 2024 + self.at // 12, self.at % 12
        iso, long = f"{year}-{month + 1:02}-15", f"15. {MONTHS[month]} {year}"
        written: dict[str, Tree] = {
            "iso": {"organ": self.body, "dato": iso},
            "dotted": {"organ": self.body, "dato": f"15.{month + 1:02}.{year}"},
            "text": f"{self.body} {long}",
            "month": {"organ": self.body, "dato": f"{MONTHS[month]} {year}"},
        }
        if self.body:
            found["godkjent"] = written[self.how]
        return found


@dataclass(frozen=True, slots=True)
class Edition:
    """A row that was approved, and what the document said then. `content` is None when docgen has not seen it."""

    row: tuple[object, ...]
    version: str
    content: Content | None


@dataclass(slots=True)
class Look:
    """What may change without a new version."""

    language: str = "bokmål"
    label: str = ""
    remark: str = ""
    line_break: str = " "
    members: int = 1


@dataclass(slots=True)
class Paper:
    """A guideline, an attachment, a mandate or an organisation document."""

    kind: str
    name: str
    file: str
    approver: str
    suffix: str = "yaml"
    title: str = ""
    chapters: list[list[str]] = field(default_factory=lambda: [["Formål", "0"], ["Oppgaver", "0"]])
    log: list[Row] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    approved: list[Edition] = field(default_factory=list)
    bodies: list[Paper] = field(default_factory=list)
    next_edit: int = 1
    next_month: int = 0

    @property
    def path(self) -> str:
        return f"{self.file}.{self.suffix}"

    @property
    def document(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def is_draft(self) -> bool:
        return bool(self.log) and not self.log[-1].body

    def text(self) -> str:
        tree: dict[str, Tree] = {"type": self.kind}
        match self.kind:
            case "mandat":
                people: list[Tree] = [{"navn": f"Person {at}"} for at in range(self.look.members)]
                tree |= {"organ": self.name, "navn": self.title, "medlemmer": people}
            case "organisering":
                tree |= {"tittel": self.name, "organer": [{"organ": one.name} for one in self.bodies]}
            case _:
                tree |= {"nummer": self.name, "tittel": self.title}
        tree |= {"målform": self.look.language, "merknad": self.look.remark, "følsomhet": self.look.label}
        tree["versjonslogg"] = [row.tree() for row in self.log]
        tree["kapitler"] = [{"tittel": title, "tekst": self.words(title, edit)} for title, edit in self.chapters]
        return text_of({key: value for key, value in tree.items() if value}, self.suffix)

    def words(self, title: str, edit: str) -> str:
        return self.look.line_break.join((f"Om {title.lower()} sies det", f"«{self.name} utgave {edit}» her."))

    def content(self) -> Content:
        """Return what the document says now, with what it takes from the mandates that are in force."""
        return (self.title, tuple(map(tuple, self.chapters)), *(one.in_force() for one in self.bodies))

    def in_force(self) -> Content:
        """Return what holds: when the file is a draft or not right, what was approved last of what docgen has seen."""
        last = next((one.content for one in reversed(self.approved) if one.content is not None), None)
        return last if last is not None and (self.is_draft or self.judged() == "refuse") else self.content()

    def judged(self) -> str:
        """Return whether docgen must take the file or refuse it."""
        rows = [row.meant for row in self.log]
        if rows[: len(self.approved)] != [one.row for one in self.approved]:
            return "refuse"
        if any(row.body and row.body != self.approver for row in self.log):
            return "refuse"
        if self.is_draft or self.new() or not self.approved or self.approved[-1].content is None:
            return "take"
        return "take" if self.approved[-1].content == self.content() else "refuse"

    def new(self) -> list[Row]:
        """Return the approved rows that are not acknowledged yet."""
        return [row for row in self.log[len(self.approved) :] if row.body]

    def acknowledge(self) -> None:
        """Note what docgen has taken: every approved row, and the content of the last one."""
        for row in self.new():
            self.approved.append(Edition(row.meant, row.version, None))
        if self.approved and not self.is_draft and self.approved[-1].content is None:
            last = self.approved[-1]
            self.approved[-1] = Edition(last.row, last.version, self.content())

    def add_row(self) -> None:
        number = len(self.log) + 1
        self.log.append(Row(f"{number}.0", f"Endring nummer {self.next_edit}" if self.log else ""))

    def approve(self, body: str, how: str) -> None:
        self.next_month += 1
        row = self.log[-1]
        row.at, row.body, row.how = self.next_month, body, how


@dataclass(slots=True)
class Minutes:
    """A meeting of SSU from its notice to its approved and corrected minutes."""

    file: str
    date: str
    suffix: str = "yaml"
    status: str = "innkalt"
    cases: list[str] = field(default_factory=lambda: ["0", "0"])
    approving: str = "09/24"
    changes: str = ""
    corrections: list[str] = field(default_factory=list)
    remark: str = ""
    line_break: str = " "
    approved: list[Edition] = field(default_factory=list)
    next_edit: int = 1

    kind = "møte"

    @property
    def path(self) -> str:
        return f"{self.file}.{self.suffix}"

    @property
    def document(self) -> str:
        return f"protokoll SSU {self.date}"

    def words(self, at: int, edit: str) -> str:
        return self.line_break.join((f"Sak {at} den {self.date} ble", f"«behandlet {edit}» i møtet."))

    def text(self) -> str:
        held = self.status in ("avholdt", "godkjent")
        cases: list[Tree] = [
            {"tittel": f"Sak {at} om noe", **({"behandling": self.words(at, edit)} if held else {})}
            for at, edit in enumerate(self.cases)
        ]
        tree: dict[str, Tree] = {"type": "møte", "organ": "SSU", "dato": self.date, "tid": "9-11", "sted": "Rådhuset"}
        tree |= {"status": self.status, "merknad": self.remark, "saker": cases}
        if self.status == "godkjent":
            approval: dict[str, Tree] = {"sak": self.approving, "dato": "2025-01-10"}
            tree["godkjent"] = approval | ({"endringer": self.changes} if self.changes else {})
            tree["rettelser"] = [{"dato": "2025-02-01", "tekst": text} for text in self.corrections]
        return text_of({key: value for key, value in tree.items() if value}, self.suffix)

    def content(self) -> Content:
        return tuple(self.cases)

    def rows(self) -> list[tuple[object, ...]]:
        if self.status != "godkjent":
            return []
        return [("1", self.approving, self.changes), *(("rettelse", text) for text in self.corrections)]

    def judged(self) -> str:
        rows = self.rows()
        if rows[: len(self.approved)] != [one.row for one in self.approved]:
            return "refuse"
        if len(rows) > len(self.approved) or not self.approved:
            return "take"
        return "take" if self.approved[-1].content == self.content() else "refuse"

    def new(self) -> list[tuple[object, ...]]:
        return self.rows()[len(self.approved) :]

    def acknowledge(self) -> None:
        new = self.new()
        for at, row in enumerate(new, 1):
            self.approved.append(Edition(row, str(len(self.approved) + 1), self.content() if at == len(new) else None))
