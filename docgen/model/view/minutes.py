"""The views of the minutes (protokoll), of their pre-filled draft, and of the extract of one case (særutskrift)."""

from __future__ import annotations

from docgen.model.attendance import Attendee, absentees, attendees
from docgen.model.context import Faktum, Fremmøtt, ProtokollKontekst, SærutskriftKontekst
from docgen.model.times import time_range_text
from docgen.model.values import Markdown
from docgen.model.view.common import date_text, document, facts
from docgen.model.view.meeting import Sitting, case_view, head, reference_text


def minutes_view(of: Sitting, *, prefilled: bool = False) -> ProtokollKontekst:
    """Return what the template of protokoll sees; `prefilled` is the draft that is filled in during the meeting."""
    meeting, words = of.meeting, of.words
    møte = head(of, (words["saker"], _case_range(of)))
    title = words.sentence("protokoll_fra", organ=of.body_name)
    return {
        "dokument": document(
            of.house,
            meeting,
            title=meeting.title or title,
            subtitle=f"{møte['ukedag']} {møte['dato']}",
            name=f"{words['protokoll']} {meeting.body} {møte['kortdato']}",
            words=words,
            draft=prefilled,
        ),
        "ord": words.printed(),
        "møte": møte,
        "saker": [case_view(of, at, prefilled=prefilled) for at in range(len(meeting.cases))],
        "fremmøte": [_present(of, one) for one in attendees(meeting, of.mandate)],
        "forfall": _absent(of),
        "forhåndsutfylt": prefilled,
        "godkjenning": approval_text(of) if not prefilled else "",
        "endringer": meeting.approved.changes if meeting.approved else Markdown(""),
        "rettelser": _corrections(of),
        "neste_møte": _next_meeting(of),
        "referent": meeting.secretary or "",
        "underskrivere": list(meeting.signers),
    }


def _case_range(of: Sitting) -> str:
    """Return the first and last number of the meeting: `01/22–07/22`."""
    given = sorted(number for number in of.numbers if number)
    if not given:
        return ""
    first, last = of.form.text(given[0]), of.form.text(given[-1])
    return first if first == last else f"{first}–{last}"


def _present(of: Sitting, one: Attendee) -> Fremmøtt:
    words, notes = of.words, []
    if one.role in ("leder", "nestleder", "observatør", "sekretær"):
        notes.append(words[one.role])
    if one.instead_of:
        notes.append(words.sentence("for_person", navn=one.instead_of))
    since, until = reference_text(of, one.since), reference_text(of, one.until)
    if since and since == until:
        notes.append(words.sentence("sak_nr", nr=since))
    elif since and until:
        notes.append(words.sentence("fra_sak_til_sak", fra=since, til=until))
    elif since:
        notes.append(words.sentence("fra_sak", sak=since))
    elif until:
        notes.append(words.sentence("til_sak", sak=until))
    if one.note:
        notes.append(one.note)
    return {"navn": one.name, "stilling": one.position, "organisasjon": one.represents, "merknad": ". ".join(notes)}


def _absent(of: Sitting) -> list[Fremmøtt]:
    return [
        {
            "navn": absence.name,
            "stilling": (member and member.position) or "",
            "organisasjon": (member and member.represents) or "",
            "merknad": of.words.sentence("vara_møter", navn=absence.deputy) if absence.deputy else "",
        }
        for absence, member in absentees(of.meeting, of.mandate)
    ]


def approval_text(of: Sitting) -> str:
    """Return how the minutes stand: to be approved, or approved in which case and when."""
    approved, words = of.meeting.approved, of.words
    if of.meeting.status != "godkjent" or approved is None:
        return words["til_godkjenning"]
    case = reference_text(of, approved.case)
    date = date_text(approved.date, of.language)
    if case and date:
        told = words.sentence("godkjent_i_sak_dato", sak=case, dato=date)
    elif case:
        told = words.sentence("godkjent_i_sak", sak=case)
    else:
        told = words.sentence("godkjent_dato", dato=date)
    return f"{told} {approved.how}" if approved.how else told


def _corrections(of: Sitting) -> list[Faktum]:
    """Return what was corrected in approved minutes, and when."""
    return [{"navn": date_text(one.date, of.language), "verdi": one.text} for one in of.meeting.corrections]


def _next_meeting(of: Sitting) -> str:
    coming = of.meeting.next_meeting
    if coming is None:
        return ""
    time = time_range_text(coming.time) if coming.time else ""
    return ", ".join(part for part in (date_text(coming.date, of.language), time, coming.place, coming.text) if part)


def extract_view(of: Sitting, at: int) -> SærutskriftKontekst:
    """Return what the template of særutskrift sees of the case at this place in the file."""
    sak, møte, words = case_view(of, at), head(of), of.words
    number = of.printed[at]
    return {
        "dokument": document(
            of.house,
            of.meeting,
            title=sak["tittel"],
            subtitle=words["særutskrift"],
            name=" ".join(part for part in (words["særutskrift"], of.meeting.body, number) if part),
            words=words,
        ),
        "ord": words.printed(),
        "møte": møte,
        "sak": sak,
        "hode": facts(
            (
                (words["saksnr"], number),
                (words["utvalg"], of.body_name),
                (words["møtedato"], møte["dato"]),
                (words["sted"], møte["sted"]),
                (words["saksansvarlig"], sak["ansvarlig"]),
            )
        ),
        "godkjenning": approval_text(of),
        "rettelser": _corrections(of),
        "bekreftelse": words.sentence("rett_utskrift", organ=of.body_name, dato=møte["dato"]),
    }
