"""What the templates see: the names that a person may write in a Word template, and what they hold.

`docgen templates check` reads these types to find unknown names, so they are the one list of what there is.
Text is `str` (printed as it is) or `Markdown` (becomes Word paragraphs: `{{p kapittel.tekst }}`, or runs in a line:
`{{r punkt }}`). What an input does not have is the empty text, an empty list or False: `{%p if sak.forslag %}`.
"""

from __future__ import annotations

from typing import TypedDict

from docgen.model.values import Markdown


class Følsomhet(TypedDict):
    """The sensitivity label, as `Intern (gul)`. The colours are hex without `#`: of the label, and of letters on it."""

    navn: str
    farge: str
    skrift: str


class Dokument(TypedDict):
    """What every document has. `navn` stands in the header; `merke` is the draft mark (UTKAST) or empty."""

    tittel: str
    undertittel: str
    navn: str
    versjon: str
    merke: str
    utkast: bool
    eier: str
    følsomhet: Følsomhet | None
    innholdsfortegnelse: bool


class Faktum(TypedDict):
    """A row of the facts under a title: `Dato` and `24. oktober 2022`. Rows without a value are left out."""

    navn: str
    verdi: str


class Kapittel(TypedDict):
    tittel: str
    tekst: Markdown


class Loggrad(TypedDict):
    """A row of the version log."""

    versjon: str
    beskrivelse: str
    godkjent: str


class VedleggLinje(TypedDict):
    """An attachment as listed; `nummer` is `1.2` or empty."""

    nummer: str
    tittel: str


class Medlem(TypedDict):
    """A member of a body. `rolle` and `part` are words in the document's language."""

    navn: str
    rolle: str
    stilling: str
    representerer: str
    part: str
    vara: str
    rett: str
    periode: str


class Felles(TypedDict):
    """The names of every template. `ord` holds the printed words (words/nb.toml), with the body's own choices."""

    dokument: Dokument
    ord: dict[str, str]


class MandatKontekst(Felles):
    organ: str
    navn: str
    fakta: list[Faktum]
    innledning: Markdown
    kapitler: list[Kapittel]
    medlemmer: list[Medlem]
    har_vara: bool
    versjonslogg: list[Loggrad]


class RetningslinjeKontekst(Felles):
    """For retningslinje and vedlegg alike; a vedlegg has `hører_til`, as `Retningslinje 1 Ansvar og oppgaver`."""

    nummer: str
    tittel: str
    hører_til: str
    fakta: list[Faktum]
    innledning: Markdown
    kapitler: list[Kapittel]
    vedlegg: list[VedleggLinje]
    versjonslogg: list[Loggrad]


class Møte(TypedDict):
    """`dato` is `24. oktober 2022`, `ukedag` `mandag`, `kortdato` `24.10.2022`, `tid` `kl. 09.00–11.30`."""

    organ: str
    organnavn: str
    dato: str
    ukedag: str
    kortdato: str
    tid: str
    sted: str
    møtenummer: str
    fakta: list[Faktum]


class Oppfølging(TypedDict):
    hva: str
    ansvarlig: str
    frist: str
    status: str


class Sak(TypedDict):
    """A case. `nr` is `01/22` or empty for a line without a number; `merknad` is like `Trukket` or `Utsatt fra 03/22`.

    `fremmet_fra` names the case it continues; `unntatt` is the legal ground when it is exempt from public access.
    `konsensus` is a sentence, empty when nothing is said. `har_papir` tells whether there is a case paper.
    """

    nr: str
    tittel: str
    type: str
    typekode: str
    ansvarlig: str
    tid: str
    punkter: list[Markdown]
    merknad: str
    fremmet_fra: str
    unntatt: str
    bakgrunn: Markdown
    vurdering: Markdown
    forslag: Markdown
    vedlegg: list[str]
    har_papir: bool
    behandling: Markdown
    vedtak: Markdown
    konsensus: str
    videre_håndtering: Markdown
    habilitet: str
    oppfølging: list[Oppfølging]
    felt: dict[str, str]
    """In the pre-filled minutes, the tag of each field that is to be filled in: `felt.vedtak` is like
    `sak:03/22:vedtak`. Empty for what is not to be filled in, and in all other documents."""


class Fremmøtt(TypedDict):
    """One row of attendance. `merknad` is like `For Kari Nordmann`, `Observatør` or `Fra sak 03/22`."""

    navn: str
    stilling: str
    organisasjon: str
    merknad: str


class InnkallingKontekst(Felles):
    """For innkalling and tilleggssaksliste: in the latter `saker` are only the late ones."""

    møte: Møte
    ingress: str
    saker: list[Sak]
    foreløpig: str
    """A sentence telling that the case numbers are provisional, or empty."""
    har_type: bool
    har_ansvarlig: bool
    har_tid: bool
    mottakere: list[Medlem]
    forfall_meldes: str
    """Whom absence is told to, as a sentence, or empty."""
    avsender: list[Faktum]
    """Who signs: name, and role as the value."""


class SaksframleggKontekst(Felles):
    møte: Møte
    sak: Sak
    hode: list[Faktum]
    """Saksnr., Utvalg, Møtedato, Saksansvarlig, Sakstype, Tidligere behandlet: those that have a value."""
    foreløpig: str


class ProtokollKontekst(Felles):
    møte: Møte
    saker: list[Sak]
    fremmøte: list[Fremmøtt]
    forfall: list[Fremmøtt]
    forhåndsutfylt: bool
    """True for the draft that is filled in during the meeting: its fields are Word content controls."""
    godkjenning: str
    """How the minutes stand, in a sentence: to be approved, or approved in which case and when."""
    endringer: Markdown
    rettelser: list[Faktum]
    """What was corrected after the approval: the date, and what."""
    neste_møte: str
    referent: str
    underskrivere: list[str]


class SærutskriftKontekst(Felles):
    møte: Møte
    sak: Sak
    hode: list[Faktum]
    godkjenning: str
    rettelser: list[Faktum]
    bekreftelse: str
    """A sentence: the extract is right according to the minutes."""


class Organ(TypedDict):
    """A body in the organisation document. `navn` is the full name, with the short name in parentheses."""

    organ: str
    navn: str
    fakta: list[Faktum]
    innledning: Markdown
    kapitler: list[Kapittel]
    medlemmer: list[Medlem]


class OrganiseringKontekst(Felles):
    innledning: Markdown
    kapitler_før: list[Kapittel]
    organer: list[Organ]
    kapitler_etter: list[Kapittel]
    versjonslogg: list[Loggrad]


CONTEXTS: dict[str, type[Felles]] = {
    "mandat": MandatKontekst,
    "retningslinje": RetningslinjeKontekst,
    "vedlegg": RetningslinjeKontekst,
    "innkalling": InnkallingKontekst,
    "tilleggssaksliste": InnkallingKontekst,
    "saksframlegg": SaksframleggKontekst,
    "protokoll": ProtokollKontekst,
    "saerutskrift": SærutskriftKontekst,
    "organisering": OrganiseringKontekst,
}
"""Template kind (its file name without `.docx`) to what it sees."""

COMPARISON = "endringer"
"""The kind of a document that tracks the changes from an edition to a draft; it has the template of its edition."""
