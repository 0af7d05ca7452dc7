"""What the meeting pack prints besides its documents: titles, stamps, and the words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.model.dates import short_date
from docgen.model.view.meeting import Sitting, printed_title
from docgen.words import Words


@dataclass(frozen=True, slots=True)
class PackView:
    """The pack's title and its words. `page` has the places {page} and {pages}, others {title} and {page}.

    `faults` are by what may be wrong with a file, as docgen.deliver.pack.parts.Fault says it.
    """

    title: str
    page: str
    go_to: str
    picture: str
    missing: str
    missing_lead: str
    faults: Mapping[str, str]


def pack_view(of: Sitting, *, public: bool) -> PackView:
    """Return what the pack of a meeting prints."""
    words = of.words
    title = words.sentence("sakspakke_for", organ=of.meeting.body, dato=short_date(of.meeting.date))
    return PackView(
        f"{title}, {words['offentlig_utgave']}" if public else title,
        _open_sentence("side_av", words, side="page", sider="pages"),
        _open_sentence("gå_til", words, tittel="title"),
        _open_sentence("side_uten_tekst", words, tittel="title", side="page"),
        words["ikke_tatt_med"],
        words["ikke_tatt_med_setning"],
        {
            "encrypted": words["fil_passord"],
            "broken": words["fil_skadet"],
            "too large": words["fil_stor"],
            "too many pages": words["fil_mange_sider"],
            "unshowable": words["fil_vises_ikke"],
            "gone": words["fil_borte"],
            "unmade": words["fil_ikke_pdf"],
        },
    )


def _open_sentence(key: str, words: Words, **places: str) -> str:
    """Return a word for str.format, its places renamed; braces of a house's own wording stand for themselves."""
    marks = {place: chr(0xE000 + number) for number, place in enumerate(places)}
    text = words.sentence(key, **marks).replace("{", "{{").replace("}", "}}")
    for place, mark in marks.items():
        text = text.replace(mark, f"{{{places[place]}}}")
    return text


def agenda_stamp(of: Sitting) -> str:
    """Return what is stamped on the agenda: `SSU 24.10.2022`."""
    return f"{of.meeting.body} {short_date(of.meeting.date)}"


def case_stamp(of: Sitting, at: int) -> str:
    """Return what is stamped on the papers of a case: `SSU 24.10.2022 · Sak 03/22`."""
    return " · ".join(text for text in (agenda_stamp(of), _case_number(of, at)) if text)


def case_name(of: Sitting, at: int) -> str:
    """Return what the bookmark of a case says: `Sak 03/22 Budsjett`."""
    return " ".join(text for text in (_case_number(of, at), printed_title(of.meeting.cases[at])) if text)


def _case_number(of: Sitting, at: int) -> str:
    return of.words.sentence("sak_nr", nr=of.printed[at]) if of.printed[at] else ""
