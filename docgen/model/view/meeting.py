"""What the documents of a meeting share: the meeting's head, and its cases as they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.agenda import Numbered
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm, read_reference
from docgen.model.context import Møte, Oppfølging, Sak
from docgen.model.dates import Language, long_date, short_date, weekday
from docgen.model.house import House
from docgen.model.library import Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Case, FollowUp, Meeting
from docgen.model.times import time_range_text
from docgen.model.view.common import date_text, facts, printed_words
from docgen.model.view.mandate import full_name
from docgen.words import Words

_TYPE_WORDS = {
    "orientering": "orienteringssak",
    "drøfting": "drøftingssak",
    "beslutning": "beslutningssak",
    "referat": "referatsak",
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting with all that its documents are made from besides itself."""

    meeting: Meeting
    mandate: Mandate | None
    house: House
    language: Language
    words: Words
    form: NumberForm
    numbers: tuple[CaseNumber | None, ...]
    late: tuple[bool, ...]
    is_fixed: bool
    """Whether the numbers can't change any more."""
    printed: tuple[str, ...]
    """The number of each case as it is printed, empty for a line without one."""
    forms: dict[str, NumberForm]

    @property
    def body_name(self) -> str:
        return full_name(self.mandate) if self.mandate else self.meeting.body

    @property
    def is_draft(self) -> bool:
        return self.meeting.status == "utkast"

    @property
    def provisional(self) -> str:
        """A sentence that the numbers are provisional, or empty."""
        return self.words["foreløpige_saksnumre"] if self.is_draft and not self.is_fixed else ""


def sitting(meeting: Meeting, given: Numbered, library: Library) -> Sitting:
    """Return the meeting with its body, words and numbers."""
    language = library.language(meeting, meeting.body)
    form = library.form(meeting.body)
    return Sitting(
        meeting,
        library.mandate(meeting.body),
        library.house,
        language,
        printed_words(library, language, meeting.body),
        form,
        given.numbers,
        given.late,
        given.is_fixed,
        tuple(form.text(number) if number else "" for number in given.numbers),
        library.forms(),
    )


def head(of: Sitting, *more: tuple[str, str]) -> Møte:
    """Return the head of a meeting, its facts followed by `more` of them."""
    meeting, words = of.meeting, of.words
    day = weekday(meeting.date, of.language)
    date = long_date(meeting.date, of.language)
    time = time_range_text(meeting.time) if meeting.time else ""
    return {
        "organ": meeting.body,
        "organnavn": of.body_name,
        "dato": date,
        "ukedag": day,
        "kortdato": short_date(meeting.date),
        "tid": time,
        "sted": meeting.place or "",
        "møtenummer": meeting.number or "",
        "fakta": facts(
            (
                # A meeting's own title may leave the body out.
                (words["utvalg"], of.body_name if meeting.title else None),
                (words["møtedato"], f"{day} {date}"),
                (words["tid"], time),
                (words["sted"], meeting.place),
                (words["møtenummer"], meeting.number),
                *more,
            )
        ),
    }


def case_view(of: Sitting, at: int, *, prefilled: bool = False, as_called: bool = False) -> Sak:
    """Return the case at this place in the file, as templates see it.

    `prefilled` is with fields to be filled in, `as_called` as it stood before the meeting.
    """
    case = of.meeting.cases[at]
    number = of.printed[at]
    words = of.words
    fields = _fields(of, case) if prefilled else ()
    return {
        "nr": number,
        "tittel": printed_title(case),
        "type": words[_TYPE_WORDS[case.kind]] if case.kind else "",
        "typekode": words[f"{case.kind}_kode"] if case.kind else "",
        "ansvarlig": case.responsible or "",
        "tid": case.time or "",
        "punkter": list(case.points),
        "merknad": remark(of, case, is_late=of.late[at], as_called=as_called),
        "fremmet_fra": reference_text(of, case.continues),
        "unntatt": words.sentence("unntatt_etter", hjemmel=case.exempt.ground) if case.exempt else "",
        "bakgrunn": case.background,
        "vurdering": case.assessment,
        "forslag": case.recommendation,
        "vedlegg": [attachment.title or file_title(attachment.file) for attachment in case.attachments],
        "har_papir": case.has_paper,
        "behandling": case.proceedings,
        "vedtak": case.decision,
        "konsensus": _consensus(of, case),
        "videre_håndtering": case.way_forward,
        "habilitet": case.disqualified or "",
        "oppfølging": [_follow_up(of, one) for one in case.follow_ups],
        "felt": {field: f"sak:{number or at + 1}:{field}" if field in fields else "" for field in FIELDS},
    }


def printed_title(case: Case) -> str:
    """Return the title that documents print: of an exempt case the public one, when there is one."""
    return (case.exempt.public_title if case.exempt else None) or case.title


def file_title(file: str) -> str:
    """Return what to call an attachment without a title: its file name, without folder and suffix."""
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] or name


def remark(of: Sitting, case: Case, *, is_late: bool, as_called: bool = False) -> str:
    """Return what is special with the case: withdrawn, postponed, late, or come back.

    `as_called` leaves out what became of it in a meeting that has been held: the notice did not know.
    """
    words, found = of.words, []
    if is_late:
        found.append(words["tilleggssak"])
    if case.postponed_from:
        found.append(words.sentence("utsatt_fra", sak=reference_text(of, case.postponed_from)))
    unknown = as_called and of.meeting.status in ("avholdt", "godkjent")
    if case.outcome in ("utsatt", "trukket") and not unknown:
        found.append(words[case.outcome])
    return ". ".join(found)


def reference_text(of: Sitting, written: str | None) -> str:
    """Return a case number of this or another body as it is printed: `05/24`, `FSU 05/24`."""
    if not written:
        return ""
    try:
        reference = read_reference(written, of.forms, own=of.meeting.body)
    except BadValue:
        return written  # told beside the input, by check
    if not reference.body:
        return of.form.text(reference.number)
    form = of.forms.get(reference.body)
    return f"{reference.body} {form.text(reference.number)}" if form else written


def _consensus(of: Sitting, case: Case) -> str:
    if case.consensus is None:
        return ""
    return of.words["konsensus_ja" if case.consensus else "konsensus_nei"]


def _follow_up(of: Sitting, one: FollowUp) -> Oppfølging:
    return {
        "hva": one.what,
        "ansvarlig": one.responsible or "",
        "frist": date_text(one.due, of.language),
        "status": of.words[f"status_{one.status}"] if one.status else "",
    }


FIELDS = ("behandling", "vedtak", "konsensus", "oppfølging")
"""What is filled in during the meeting, each in a content control of the pre-filled minutes."""


def _fields(of: Sitting, case: Case) -> tuple[str, ...]:
    """Return what is filled in for a case: of one that is withdrawn or postponed nothing, of a plain line the talk."""
    if case.outcome in ("utsatt", "trukket"):
        return ()
    if not case.numbered:
        return ("behandling",)
    votes = of.mandate is not None and of.mandate.decision == "flertall"
    return tuple(field for field in FIELDS if not (votes and field == "konsensus"))
