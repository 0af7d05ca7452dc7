"""The views of the notice with its agenda, of the supplementary agenda and of a case paper."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.model.context import Faktum, InnkallingKontekst, Medlem, Sak, SaksframleggKontekst
from docgen.model.view.common import document, facts, member
from docgen.model.view.meeting import Sitting, case_view, head, reference_text

_CALLED = ("leder", "nestleder", "medlem", "observatør", "sekretær")


def notice_view(of: Sitting) -> InnkallingKontekst:
    """Return what the template of innkalling sees."""
    title = of.words.sentence("innkalling_til", organ=of.body_name)
    places = range(len(of.meeting.cases))
    møte = head(of)
    ingress = of.words.sentence("det_innkalles_til", organ=of.body_name, ukedag=møte["ukedag"], dato=møte["dato"])
    return _agenda(of, places, title, of.words["innkalling"], ingress)


def late_agenda_view(of: Sitting) -> InnkallingKontekst:
    """Return what the template of tilleggssaksliste sees: only the cases that came late."""
    title = of.words.sentence("tilleggssaksliste_til", organ=of.body_name)
    late = [at for at, is_late in enumerate(of.late) if is_late]
    return _agenda(of, late, title, of.words["tilleggssaksliste"], of.words["tilleggssaker_setning"])


def _agenda(of: Sitting, places: Sequence[int], title: str, word: str, ingress: str) -> InnkallingKontekst:
    møte = head(of)
    cases = [_agenda_line(of, at) for at in places]
    return {
        "dokument": document(
            of.house,
            of.meeting,
            title=of.meeting.title or title,
            subtitle=f"{møte['ukedag']} {møte['dato']}",
            name=f"{word} {of.meeting.body} {møte['kortdato']}",
            words=of.words,
            draft=of.is_draft,
        ),
        "ord": of.words.printed(),
        "møte": møte,
        "ingress": ingress,
        "saker": cases,
        "foreløpig": of.provisional,
        "har_type": any(case["type"] for case in cases),
        "har_ansvarlig": any(case["ansvarlig"] for case in cases),
        "har_tid": any(case["tid"] for case in cases),
        "mottakere": recipients(of),
        "forfall_meldes": _absence(of),
        "avsender": senders(of),
    }


def _agenda_line(of: Sitting, at: int) -> Sak:
    """Return the case as the agenda prints it, which anybody may read: an exempt one without its attachments."""
    sak = case_view(of, at, as_called=True)
    if of.meeting.cases[at].exempt:
        sak["vedlegg"] = []
    return sak


def _absence(of: Sitting) -> str:
    """Return how absence is told, and that deputies come only when they are called; empty when nothing is said."""
    who = of.meeting.report_absence_to
    if not who:
        return ""
    told = of.words.sentence("forfall_meldes_til", hvem=who)
    members = of.mandate.members if of.mandate else ()
    has_deputies = any(person.deputy or person.role == "vara" for person in members)
    return f"{told} {of.words['vara_etter_beskjed']}" if has_deputies else told


def recipients(of: Sitting) -> list[Medlem]:
    """Return who is called: all of the body but the deputies, who come only when they are called by name."""
    members = of.mandate.members if of.mandate else ()
    return [member(person, of.words) for person in members if person.role in _CALLED]


def senders(of: Sitting) -> list[Faktum]:
    """Return who signs the notice: the leader, then the secretary."""
    members = of.mandate.members if of.mandate else ()
    signing = [person for role in ("leder", "sekretær") for person in members if person.role == role]
    return [{"navn": person.name, "verdi": of.words[person.role]} for person in signing]


def case_paper_view(of: Sitting, at: int) -> SaksframleggKontekst:
    """Return what the template of saksframlegg sees of the case at this place in the file."""
    case, sak, møte, words = of.meeting.cases[at], case_view(of, at, as_called=True), head(of), of.words
    earlier = [reference_text(of, ref) for ref in (case.continues, case.postponed_from) if ref]
    return {
        "dokument": document(
            of.house,
            of.meeting,
            title=sak["tittel"],
            subtitle=words["saksframlegg"],
            name=" ".join(part for part in (words["saksframlegg"], sak["nr"], sak["tittel"]) if part),
            words=words,
            draft=of.is_draft,
        ),
        "ord": words.printed(),
        "møte": møte,
        "sak": sak,
        "hode": facts(
            (
                (words["saksnr"], sak["nr"]),
                (words["utvalg"], of.body_name),
                (words["møtedato"], møte["dato"]),
                (words["sakstype"], sak["type"]),
                (words["saksansvarlig"], sak["ansvarlig"]),
                (words["tidligere_behandlet"], ", ".join(earlier)),
            )
        ),
        "foreløpig": words["foreløpig_saksnummer"] if of.is_draft and not of.is_fixed and sak["nr"] else "",
    }
