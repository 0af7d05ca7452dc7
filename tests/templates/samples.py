"""Contexts to look at and test the templates with, of every kind: rich, long, and bare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.model.context import CONTEXTS
from docgen.model.values import Markdown
from docgen.words import words
from tests.templates.fjordlandet import (
    BODY,
    LABELS,
    SHORT,
    TEXT,
    Context,
    attendance,
    cases,
    chapters,
    document,
    facts,
    log,
    meeting,
    members,
)

KINDS = tuple(CONTEXTS)
LANGUAGES = ("nb", "nn")


def sample(kind: str, language: str = "nb", *, draft: bool = False, label: str = "intern") -> Context:
    """Return a rich context for the template of `kind`."""
    word = words(language)
    held = kind == "protokoll" and not draft
    made = {
        "mandat": _mandat, "retningslinje": _retningslinje, "vedlegg": _vedlegg, "organisering": _organisering,
        "innkalling": _innkalling, "tilleggssaksliste": _tilleggssaksliste, "saksframlegg": _saksframlegg,
        "saerutskrift": _saerutskrift, "protokoll": _protokoll,
    }[kind](language, held)  # fmt: skip
    made["dokument"] |= {"merke": word["utkast_merke"] if draft else "", "utkast": draft}
    made["dokument"]["følsomhet"] = LABELS[label] if label else None
    if draft and kind in ("mandat", "retningslinje", "vedlegg"):
        made["dokument"]["versjon"] = "3"
    return {"ord": dict(word), **made}


def _mandat(language: str, _: bool) -> Context:
    word, title = words(language), words(language)["mandat_for"].format(organ=BODY[language])
    return {
        "dokument": document(title, "", title, version="2"), "organ": "SSU", "navn": BODY[language],
        "fakta": facts(
            (word["overordnet_organ"], "Partnerskapsmøtet"), (word["leder"], "Ingrid Solvang"),
            (word["nestleder"], "Torbjørn Aasheim-Kristoffersen"), (word["møter_per_år"], "4"),
            (word["beslutningsform"], word["konsensus"]),
            (word["godkjenner"], "retningslinje 2–12, mandat for faglige samarbeidsutvalg"),
        ),
        "innledning": SHORT[language], "kapitler": chapters(language), "medlemmer": members(language),
        "har_vara": True, "versjonslogg": log(language),
    }  # fmt: skip


def _guideline(language: str, kind: str, number: str, title: str) -> Context:
    word = words(language)
    return {
        "dokument": document(title, f"{word[kind]} {number}", f"{word[kind]} {number} {title}", version="2")
        | {"innholdsfortegnelse": kind == "retningslinje"},
        "nummer": number, "tittel": title, "hører_til": "",
        "fakta": facts(
            (word["avtale"], "Samarbeidsavtalen mellom Sykehuset Fjordlandet HF og kommunene Storvik og Ytterøy"),
            (word["hjemmel"], "helse- og omsorgstjenesteloven § 6-1"), (word["gyldig_fra"], "1. oktober 2024"),
            (word["dokumentansvarlig"], "Sekretariatet"),
        ),
        "innledning": SHORT[language], "kapitler": chapters(language, 2 if kind == "retningslinje" else 1),
        "vedlegg": [], "versjonslogg": log(language),
    }  # fmt: skip


def _retningslinje(language: str, _: bool) -> Context:
    title = {"nb": "Samarbeid om utskrivning og overføring av pasienter", "nn": "Samarbeid om utskriving av pasientar"}
    made = _guideline(language, "retningslinje", "1", title[language])
    made["vedlegg"] = [
        {"nummer": "1.1", "tittel": "Sjekkliste ved utskrivning"}, {"nummer": "1.2", "tittel": "Mal for melding"},
        {"nummer": "", "tittel": "Kontaktliste"},
    ]  # fmt: skip
    return made


def _vedlegg(language: str, _: bool) -> Context:
    made = _guideline(language, "vedlegg", "1.2", "Mal for melding mellom sykehus og kommune")
    made["hører_til"] = f"{words(language)['retningslinje']} 1 Samarbeid om utskrivning og overføring av pasienter"
    return made


def _organisering(language: str, _: bool) -> Context:
    body = {
        "organ": "SSU", "navn": BODY[language], "fakta": _mandat(language, False)["fakta"][:4],
        "innledning": SHORT[language], "kapitler": chapters(language)[:3], "medlemmer": members(language)[:6],
    }  # fmt: skip
    other = {"organ": "PM", "navn": "Partnerskapsmøtet", "fakta": [], "innledning": Markdown(""),
             "kapitler": chapters(language)[:1], "medlemmer": []}  # fmt: skip
    return {
        "dokument": document("Organisering og oppgaver", "", "Organisering") | {"innholdsfortegnelse": True},
        "innledning": SHORT[language], "kapitler_før": chapters(language)[:1], "organer": [other, body, body],
        "kapitler_etter": chapters(language)[1:2], "versjonslogg": log(language),
    }  # fmt: skip


def _notice(language: str, key: str, word_key: str) -> Context:
    word = words(language)
    title = word[key].format(organ=BODY[language])
    return {
        "dokument": document(title, "mandag 24. oktober 2022", f"{word[word_key]} SSU 24.10.2022"),
        "møte": meeting(language), "ingress": "", "saker": cases(language, held=False), "foreløpig": "",
        "har_type": True, "har_ansvarlig": True, "har_tid": True, "mottakere": members(language),
        "forfall_meldes": word["forfall_meldes_til"].format(hvem="sekretariat@fjordlandet.example"),
        "avsender": facts(("Ingrid Solvang", word["leder"]), ("Kristin Myhre", word["sekretær"])),
    }  # fmt: skip


def _innkalling(language: str, _: bool) -> Context:
    made, word = _notice(language, "innkalling_til", "innkalling"), words(language)
    day = made["møte"]["ukedag"]
    made["ingress"] = word["det_innkalles_til"].format(organ=BODY[language], ukedag=day, dato="24. oktober 2022")
    made["foreløpig"] = word["foreløpige_saksnumre"]
    return made


def _tilleggssaksliste(language: str, _: bool) -> Context:
    made = _notice(language, "tilleggssaksliste_til", "tilleggssaksliste")
    made["ingress"] = words(language)["tilleggssaker_setning"]
    made["saker"] = cases(language, held=False)[2:3]
    return made


def _saksframlegg(language: str, _: bool) -> Context:
    word = words(language)
    one = cases(language, held=False)[2] | {
        "bakgrunn": TEXT[language],
        "vurdering": SHORT[language],
        "har_papir": True,
    }
    return {
        "dokument": document(one["tittel"], word["saksframlegg"], f"{word['saksframlegg']} 03/22 {one['tittel']}"),
        "møte": meeting(language), "sak": one, "foreløpig": word["foreløpige_saksnumre"],
        "hode": facts(
            (word["saksnr"], "03/22"), (word["utvalg"], BODY[language]), (word["møtedato"], "24. oktober 2022"),
            (word["sakstype"], one["type"]), (word["saksansvarlig"], one["ansvarlig"]),
        ),
    }  # fmt: skip


def _saerutskrift(language: str, _: bool) -> Context:
    word, one = words(language), cases(language, held=True)[2]
    return {
        "dokument": document(one["tittel"], word["særutskrift"], f"{word['særutskrift']} SSU 03/22"),
        "møte": meeting(language), "sak": one,
        "hode": facts(
            (word["saksnr"], "03/22"), (word["utvalg"], BODY[language]), (word["møtedato"], "24. oktober 2022"),
            (word["saksansvarlig"], one["ansvarlig"]),
        ),
        "godkjenning": word["godkjent_i_sak_dato"].format(sak="02/23", dato="12. januar 2023"),
        "rettelser": [{"navn": "9. mars 2027", "verdi": str(SHORT[language])}],
        "bekreftelse": word["rett_utskrift"].format(organ=BODY[language], dato="24. oktober 2022"),
    }  # fmt: skip


def _written(case: Context) -> Context:
    """Return a case of minutes that are written: nothing is to be filled in."""
    return case | {"felt": dict.fromkeys(case["felt"], "")}


def _protokoll(language: str, held: bool) -> Context:
    word, title = words(language), words(language)["protokoll_fra"].format(organ=BODY[language])
    made = meeting(language)
    made["fakta"] += facts((word["saker"], "01/22–05/22"))
    return {
        "dokument": document(title, "mandag 24. oktober 2022", f"{word['protokoll']} SSU 24.10.2022"), "møte": made,
        "saker": [_written(one) if held else one for one in cases(language, held=held)],
        "fremmøte": attendance(language), "forhåndsutfylt": not held,
        "forfall": [{"navn": "Ola Dahl", "stilling": "Avdelingsleder", "organisasjon": "Sykehuset Fjordlandet HF",
                     "merknad": "Vara: Fatima Hassan"}],
        "godkjenning": word["til_godkjenning"] if held else "", "endringer": SHORT[language] if held else Markdown(""),
        "rettelser": [{"navn": "9. mars 2027", "verdi": str(SHORT[language])}] if held else [],
        "neste_møte": "12. januar 2023, kl. 09.00–11.30, Storvik rådhus", "referent": "Kristin Myhre",
        "underskrivere": ["Ingrid Solvang", "Torbjørn Aasheim-Kristoffersen"],
    }  # fmt: skip


def long(kind: str, language: str = "nb", times: int = 4) -> Context:
    """Return a context with long tables and lists, and a name that no column is wide enough for."""
    made = _repeated(sample(kind, language), times)
    made["dokument"]["navn"] += " med en tittel som er så lang at den ikke får plass på én linje i hodet"
    return made | {"ord": dict(words(language))}


def _repeated(value: Any, times: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _repeated(one, times if name not in ("organer", "vedlegg") else 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_repeated(one, 1) for _ in range(times) for one in value]
    return f"{value} til Spesialisthelsetjenestesamhandlingen" if value == "Ingrid Solvang" else value


def bare(kind: str, language: str = "nb") -> Context:
    """Return a context where all that may be empty is empty."""
    return _emptied(sample(kind, language)) | {"ord": dict(words(language))}


_KEPT = ("dokument", "tittel", "eier", "navn", "organ", "organnavn", "dato", "kortdato", "verdi", "felt", "bekreftelse")


def _emptied(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping) and (key in ("", "dokument", "møte", "sak") or key == "saker"):
        return {name: _emptied(one, name) for name, one in value.items()} if key != "felt" else dict(value)
    if isinstance(value, Mapping):
        return None if key == "følsomhet" else dict(value)
    if isinstance(value, list):
        return [_emptied(one, key) for one in value[:1]] if key == "saker" else []
    if isinstance(value, bool):
        return False
    return value if key in _KEPT else type(value)("")
