"""A meeting and its cases: the notice, the case papers and the minutes are all made from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from docgen.messages import _
from docgen.model.choices import one_of
from docgen.model.document import Document
from docgen.model.inputs import Input, aka
from docgen.model.values import (
    DateValue,
    Line,
    Markdown,
    MarkdownText,
    PartialDateValue,
    TimeRangeValue,
    YesNo,
)

Status = Annotated[
    str,
    *one_of(
        utkast="draft",
        innkalt="innkalla, kalt inn, called",
        avholdt="halde, avhalde, gjennomført, held",
        godkjent="godkjend, approved",
    ),
]
CaseType = Annotated[
    str,
    *one_of(
        orientering="o, orienteringssak, information",
        drøfting="d, drøftingssak, discussion",
        beslutning="b, v, beslutningssak, vedtak, vedtakssak, avgjerd, avgjerdssak, decision",
        referat="r, referatsak, record",
    ),
]
Outcome = Annotated[
    str,
    *one_of(
        behandlet="behandla, handsama, treated",
        utsatt="utsett, postponed",
        trukket="trekt, withdrawn",
    ),
]
FollowUpStatus = Annotated[
    str,
    *one_of(
        åpen="open, ny", pågår="i arbeid, in progress", ferdig="utført, fullført, done", utsatt="utsett, postponed"
    ),
]

NOT = ("ikke", "ikkje", "not")
"""The words before a number or date that says which case or meeting this one is not."""


class FollowUp(Input):
    """What is to be done after a case, by whom, and when."""

    shorthand = "what"

    what: Line = Field(validation_alias=aka("hva", "kva", "what"))
    responsible: Line | None = Field(None, validation_alias=aka("ansvarlig", "ansvarleg", "responsible"))
    due: PartialDateValue | None = Field(None, validation_alias=aka("frist", "due"))
    status: FollowUpStatus | None = Field(None, validation_alias=aka("status"))


class Exemption(Input):
    """Exemption of a case from public access: the legal ground, and the title that the public sees."""

    shorthand = "ground"

    ground: Line = Field(validation_alias=aka("hjemmel", "heimel", "legal basis", "ground"))
    public_title: Line | None = Field(
        None, validation_alias=aka("offentlig tittel", "offentleg tittel", "public title", "tittel")
    )


class Attachment(Input):
    """A file that belongs to a case. `file` is a path beside the input, or from the workspace's folder."""

    shorthand = "file"

    file: Line = Field(validation_alias=aka("fil", "file"))
    title: Line | None = Field(None, validation_alias=aka("tittel", "title"))


class Case(Input):
    """One item of an agenda, and after the meeting its outcome."""

    shorthand = "title"

    title: Line = Field(validation_alias=aka("tittel", "title"))
    id: Line | None = Field(None, validation_alias=aka("id"))
    number: Line | None = Field(None, validation_alias=aka("nr", "nummer", "saksnummer", "saksnr", "number"))
    kind: CaseType | None = Field(None, validation_alias=aka("type", "sakstype"))
    numbered: YesNo = Field(True, validation_alias=aka("nummerert", "numbered"))
    late: YesNo | None = Field(None, validation_alias=aka("tillegg", "tilleggssak", "late"))
    responsible: Line | None = Field(
        None,
        validation_alias=aka(
            "ansvarlig", "ansvarleg", "saksansvarlig", "saksbehandler", "sakshandsamar", "responsible"
        ),
    )
    time: Line | None = Field(None, validation_alias=aka("tid", "time"))
    points: tuple[MarkdownText, ...] = Field((), validation_alias=aka("punkter", "punkt", "points"))
    continues: Line | None = Field(None, validation_alias=aka("fra", "frå", "continues", "from"))
    postponed_from: Line | None = Field(None, validation_alias=aka("utsatt fra", "utsett frå", "postponed from"))
    background: MarkdownText = Field(Markdown(""), validation_alias=aka("bakgrunn", "background"))
    assessment: MarkdownText = Field(Markdown(""), validation_alias=aka("vurdering", "assessment"))
    recommendation: MarkdownText = Field(
        Markdown(""),
        validation_alias=aka(
            "forslag", "innstilling", "tilråding", "forslag til vedtak", "framlegg til vedtak", "recommendation"
        ),
    )
    attachments: tuple[Attachment, ...] = Field((), validation_alias=aka("vedlegg", "attachments"))
    exempt: Exemption | None = Field(
        None, validation_alias=aka("unntatt", "unnateke", "unntatt offentlighet", "exempt")
    )
    proceedings: MarkdownText = Field(Markdown(""), validation_alias=aka("behandling", "handsaming", "proceedings"))
    decision: MarkdownText = Field(Markdown(""), validation_alias=aka("vedtak", "beslutning", "avgjerd", "decision"))
    consensus: YesNo | None = Field(None, validation_alias=aka("konsensus", "semje", "consensus"))
    way_forward: MarkdownText = Field(
        Markdown(""),
        validation_alias=aka("videre håndtering", "vidare handtering", "plan for videre håndtering", "way forward"),
    )
    outcome: Outcome | None = Field(None, validation_alias=aka("utfall", "utfal", "outcome"))
    follow_ups: tuple[FollowUp, ...] = Field((), validation_alias=aka("oppfølging", "oppfølgning", "follow-up"))
    disqualified: Line | None = Field(None, validation_alias=aka("habilitet", "impartiality"))

    @property
    def own_number(self) -> str | None:
        """The number that is written as the case's own."""
        return None if self.not_number else self.number

    @property
    def not_number(self) -> str:
        """The number of the case that this one is said not to be, from `nr: ikke 02/26`; else the empty text."""
        word, _space, rest = (self.number or "").partition(" ")
        return rest if word.casefold() in NOT else ""

    @property
    def has_paper(self) -> bool:
        """Whether the case has a text, and so a case paper (saksframlegg)."""
        return bool(self.background or self.assessment or self.recommendation)

    @property
    def has_minutes(self) -> bool:
        """Whether anything is written of how the case went."""
        return bool(
            self.proceedings or self.decision or self.way_forward or self.follow_ups or self.consensus is not None
        )


class Absence(Input):
    """Someone who has sent apologies, and the deputy who meets instead."""

    shorthand = "name"

    name: Line = Field(validation_alias=aka("navn", "namn", "name"))
    deputy: Line | None = Field(None, validation_alias=aka("vara", "deputy"))


class Presence(Input):
    """Someone present who is no member, or a member there for a part; `since` and `until` are case numbers."""

    shorthand = "name"

    name: Line = Field(validation_alias=aka("navn", "namn", "name"))
    position: Line | None = Field(None, validation_alias=aka("stilling", "rolle", "position"))
    represents: Line | None = Field(
        None, validation_alias=aka("representerer", "representerar", "organisasjon", "represents")
    )
    note: Line | None = Field(None, validation_alias=aka("merknad", "note"))
    since: Line | None = Field(None, validation_alias=aka("fra", "frå", "fra sak", "since"))
    until: Line | None = Field(None, validation_alias=aka("til", "til sak", "until"))


class NextMeeting(Input):
    """When and where the body meets next; a plain text is printed as it is."""

    shorthand = "text"

    date: PartialDateValue | None = Field(None, validation_alias=aka("dato", "date"))
    time: TimeRangeValue | None = Field(None, validation_alias=aka("tid", "time"))
    place: Line | None = Field(None, validation_alias=aka("sted", "stad", "place"))
    text: Line | None = Field(None, validation_alias=aka("tekst", "text"))


class MinutesApproval(Input):
    """By which case and date the minutes were approved, how when not in a meeting, and what was changed."""

    shorthand = "case"

    case: Line | None = Field(None, validation_alias=aka("sak", "case"))
    date: PartialDateValue | None = Field(None, validation_alias=aka("dato", "date"))
    how: Line | None = Field(None, validation_alias=aka("måte", "hvordan", "korleis", "how"))
    changes: MarkdownText = Field(Markdown(""), validation_alias=aka("endringer", "endringar", "merknad", "changes"))


class Correction(Input):
    """What was corrected in approved minutes, and when. It is printed in them."""

    date: PartialDateValue = Field(validation_alias=aka("dato", "date"))
    text: Line = Field(validation_alias=aka("tekst", "text", "hva", "kva"))


class Meeting(Document):
    """A meeting of a body."""

    title: Line | None = Field(None, validation_alias=aka("tittel", "title"))
    body: Line = Field(validation_alias=aka("organ", "body"))
    date: DateValue = Field(validation_alias=aka("dato", "date", "møtedato"))
    time: TimeRangeValue | None = Field(None, validation_alias=aka("tid", "møtetid", "time"))
    place: Line | None = Field(None, validation_alias=aka("sted", "stad", "møtested", "møtestad", "place"))
    number: Line | None = Field(None, validation_alias=aka("møtenummer", "møtenr", "meeting number"))
    status: Status = Field("utkast", validation_alias=aka("status"))
    report_absence_to: Line | None = Field(
        None,
        validation_alias=aka(
            "forfall meldes til", "forfall skal meldast til", "forfall blir meldt til", "report absence to"
        ),
    )
    cases: tuple[Case, ...] = Field((), validation_alias=aka("saker", "saksliste", "sakliste", "cases"))
    absent: tuple[Absence, ...] = Field((), validation_alias=aka("forfall", "meldt forfall", "absent"))
    present: tuple[Presence, ...] = Field((), validation_alias=aka("til stede", "til stades", "møtte", "present"))
    secretary: Line | None = Field(None, validation_alias=aka("referent", "minute taker"))
    signers: tuple[Line, ...] = Field((), validation_alias=aka("underskrivere", "underskrivarar", "signers"))
    next_meeting: NextMeeting | None = Field(None, validation_alias=aka("neste møte", "next meeting"))
    approved: MinutesApproval | None = Field(None, validation_alias=aka("godkjent", "godkjend", "approved"))
    corrections: tuple[Correction, ...] = Field(
        (), validation_alias=aka("rettelser", "rettingar", "rettelse", "retting", "corrections")
    )
    moved_from: tuple[Line, ...] = Field((), validation_alias=aka("flyttet fra", "flytta frå", "moved from"))

    @classmethod
    def elsewhere(cls) -> dict[str, str]:
        under_case = _("In a meeting, text belongs to a case: write it as bakgrunn, vurdering or forslag under saker.")
        return {"kapitler": under_case, "innledning": under_case}
