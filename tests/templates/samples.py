"""Contexts to look at and test the templates with: the invented Helsefellesskapet Fjordlandet, in nb and nn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.model.context import CONTEXTS
from docgen.model.values import Markdown
from docgen.words import words

Context = dict[str, Any]

LABELS = {
    "intern": {"navn": "Intern (gul)", "farge": "FFD54F", "skrift": "000000"},
    "åpen": {"navn": "Åpen (grønn)", "farge": "2E7D32", "skrift": "FFFFFF"},
    "fortrolig": {"navn": "Strengt fortrolig (svart)", "farge": "000000", "skrift": "FFFFFF"},
}

_BODY = {"nb": "Strategisk samarbeidsutvalg (SSU)", "nn": "Områdeutval Ytre Fjordane (OYF)"}

_TEXT = {
    "nb": Markdown(
        "Pasienter som skrives ut til kommunen skal møte en tjeneste som er forberedt. **Tidlig varsel** gir kommunen"
        " tid til å planlegge, og sykehuset tid til å svare på spørsmål.[^1]\n\n"
        "Partene følger dette opp slik:\n\n"
        "- Sykehuset sender innleggelsesmelding innen et døgn\n"
        "- Kommunen svarer med\n"
        "  - hvilken tjeneste pasienten har fra før\n"
        "  - hvem som kan kontaktes\n"
        "    - på dagtid\n"
        "    - om kvelden og i helgen\n"
        "- Avvik meldes til [samhandlingsteamet](https://fjordlandet.example/samhandling)\n\n"
        "## Ved uenighet\n\n"
        "1. Saken tas opp med nærmeste leder.\n"
        "2. Den løftes til samhandlingsteamet:\n"
        "   1. skriftlig, med tidslinje\n"
        "   2. senest etter fem virkedager\n"
        "3. Utvalget får saken til orientering.\n\n"
        "> Uenighet om ansvar skal aldri gå ut over pasienten.\n\n"
        "| Frist | Hvem | Hva |\n|---|---|---|\n| 24 timer | Sykehuset | Innleggelsesmelding |\n"
        "| 72 timer | Kommunen | Svar om tilbud |\n\n"
        "[^1]: Varsel gis elektronisk.\n"
    ),
    "nn": Markdown(
        "Pasientar som blir skrivne ut til kommunen skal møte ei teneste som er førebudd. **Tidleg varsel** gir"
        " kommunen tid til å planleggje, og sjukehuset tid til å svare på spørsmål.[^1]\n\n"
        "Partane følgjer dette opp slik:\n\n"
        "- Sjukehuset sender innleggingsmelding innan eit døgn\n"
        "- Kommunen svarer med\n"
        "  - kva teneste pasienten har frå før\n"
        "  - kven som kan kontaktast\n"
        "    - på dagtid\n"
        "    - om kvelden og i helga\n"
        "- Avvik blir melde til [samhandlingsteamet](https://fjordlandet.example/samhandling)\n\n"
        "## Ved usemje\n\n"
        "1. Saka blir teken opp med næraste leiar.\n"
        "2. Ho blir løfta til samhandlingsteamet:\n"
        "   1. skriftleg, med tidslinje\n"
        "   2. seinast etter fem yrkedagar\n"
        "3. Utvalet får saka til orientering.\n\n"
        "> Usemje om ansvar skal aldri gå ut over pasienten.\n\n"
        "| Frist | Kven | Kva |\n|---|---|---|\n| 24 timar | Sjukehuset | Innleggingsmelding |\n"
        "| 72 timar | Kommunen | Svar om tilbod |\n\n"
        "[^1]: Varsel blir gitt elektronisk.\n"
    ),
}

_SHORT = {
    "nb": Markdown(
        "Utvalget samler ledere fra sykehuset og kommunene, og har ansvar for at samarbeidet virker i praksis."
    ),
    "nn": Markdown(
        "Utvalet samlar leiarar frå sjukehuset og kommunane, og har ansvar for at samarbeidet verkar i praksis."
    ),
}

_DECISION = {
    "nb": Markdown(
        "1. Utvalget tar statusen for handlingsplanen til orientering.\n"
        "2. Sekretariatet legger fram en revidert plan i neste møte, med:\n"
        "   - ansvarlig for hvert tiltak\n"
        "   - frist\n"
    ),
    "nn": Markdown(
        "1. Utvalet tek statusen for handlingsplanen til orientering.\n"
        "2. Sekretariatet legg fram ein revidert plan i neste møte, med:\n"
        "   - ansvarleg for kvart tiltak\n"
        "   - frist\n"
    ),
}

_CHAPTERS = {
    "nb": [
        "Formål",
        "Organisering",
        "Oppgaver og myndighet",
        "Møtehyppighet og ressursbruk",
        "Funksjonstid",
        "Økonomi",
    ],
    "nn": ["Føremål", "Organisering", "Oppgåver og mynde", "Møtefrekvens og ressursbruk", "Funksjonstid", "Økonomi"],
}

_PEOPLE = [
    ("Ingrid Solvang", "leder", "Viseadministrerende direktør", "Sykehuset Fjordlandet HF", "Per Anders Nygård"),
    ("Torbjørn Aasheim-Kristoffersen", "nestleder", "Kommunedirektør", "Storvik kommune", "Anne Lise Tveit"),
    ("Mari Bakken", "medlem", "Kommunalsjef helse og omsorg", "Nedre Lundedal kommune", ""),
    ("Jonas Øverland", "medlem", "Kommuneoverlege", "Havnes og Ytterøy kommuner (vertskommunesamarbeid)", "Siri Moe"),
    ("Fatima Hassan", "medlem", "Klinikksjef psykisk helsevern", "Sykehuset Fjordlandet HF", "Ola Dahl"),
    ("Gunnar Eide", "medlem", "Fastlege", "Fastlegene", ""),
    ("Berit Haugen", "medlem", "Brukerrepresentant", "Brukerutvalget", "Arne Lie"),
    ("Tone Fjeld", "observatør", "Seniorrådgiver", "Statsforvalteren", ""),
    ("Kristin Myhre", "sekretær", "Samhandlingssjef", "Sekretariatet", ""),
]


def document(
    title: str, above: str, name: str, *, label: str = "intern", draft: bool = False, version: str = ""
) -> Context:
    return {
        "tittel": title, "undertittel": above, "navn": name, "versjon": version, "merke": "UTKAST" if draft else "",
        "utkast": draft, "eier": "Helsefellesskapet Fjordlandet", "følsomhet": LABELS[label] if label else None,
        "innholdsfortegnelse": False,
    }  # fmt: skip


def member(name: str, role: str, position: str, represents: str, deputy: str, language: str) -> Context:
    word = words(language)
    return {
        "navn": name, "rolle": word[role], "stilling": position, "representerer": represents, "part": word["kommune"],
        "vara": deputy, "rett": "Møte- og talerett" if role == "observatør" else "", "periode": "",
    }  # fmt: skip


def members(language: str) -> list[Context]:
    return [member(*person, language) for person in _PEOPLE]


def facts(*rows: tuple[str, str]) -> list[Context]:
    return [{"navn": name, "verdi": value} for name, value in rows]


def chapters(language: str, times: int = 1) -> list[Context]:
    texts = [_SHORT[language], _TEXT[language], _DECISION[language]]
    titles = _CHAPTERS[language] * times
    return [{"tittel": title, "tekst": texts[at % 3]} for at, title in enumerate(titles)]


def log(language: str) -> list[Context]:
    changed = {
        "nb": "Kapittel 3 er skrevet om: oppgaver som følger av ny delavtale er tatt inn, og vedlegg 1.3 er nytt.",
        "nn": "Kapittel 3 er skrive om: oppgåver som følgjer av ny delavtale er tekne inn, og vedlegg 1.3 er nytt.",
    }
    return [
        {
            "versjon": words(language)["første_versjon"],
            "beskrivelse": "",
            "godkjent": "Partnerskapet 26. september 2024",
        },
        {"versjon": "2", "beskrivelse": changed[language], "godkjent": "SSU 12. mars 2025, sak 04/25"},
        {"versjon": "3", "beskrivelse": changed[language], "godkjent": ""},
    ]


def meeting(language: str) -> Context:
    word = words(language)
    day = "mandag 24. oktober 2022" if language == "nb" else "måndag 24. oktober 2022"
    return {
        "organ": "SSU", "organnavn": _BODY[language], "dato": "24. oktober 2022", "ukedag": day.split()[0],
        "kortdato": "24.10.2022", "tid": "kl. 09.00–11.30", "sted": "Fjordlandet sjukehus, møterom Utsikten",
        "møtenummer": "4/2022",
        "fakta": facts(
            (word["møtedato"], day), (word["tid"], "kl. 09.00–11.30"),
            (word["sted"], "Fjordlandet sjukehus, møterom Utsikten, inngang C"), (word["møtenummer"], "4/2022"),
        ),
    }  # fmt: skip


def case(number: str, title: str, language: str, **given: Any) -> Context:
    place = number or "9"
    return {
        "nr": number, "tittel": title, "type": "", "typekode": "", "ansvarlig": "", "tid": "", "punkter": [],
        "merknad": "", "fremmet_fra": "", "unntatt": "", "bakgrunn": Markdown(""), "vurdering": Markdown(""),
        "forslag": Markdown(""), "vedlegg": [], "har_papir": False, "behandling": Markdown(""), "vedtak": Markdown(""),
        "konsensus": "", "videre_håndtering": Markdown(""), "habilitet": "", "oppfølging": [],
        "felt": {name: f"sak:{place}:{name}" for name in ("behandling", "vedtak", "konsensus", "oppfølging")},
        **given,
    }  # fmt: skip


def cases(language: str, *, held: bool) -> list[Context]:
    word, nb = words(language), language == "nb"
    after: Context = {"behandling": _SHORT[language], "vedtak": _DECISION[language], "konsensus": word["konsensus_ja"]}
    done = after if held else {}
    follow = [
        {"hva": "Revidere handlingsplanen og sende den på innspill til kommunene", "ansvarlig": "Kristin Myhre",
         "frist": "1. desember 2022", "status": word["status_pågår"]},
        {"hva": "Innkalle til arbeidsmøte", "ansvarlig": "Sekretariatet", "frist": "15. november 2022", "status": ""},
    ]  # fmt: skip
    return [
        case("01/22", f"Godkjenning av innkalling og {word['saksliste'].lower()}", language,
             type=word["beslutningssak"], **done),
        case("02/22", "Godkjenning av protokoll fra forrige møte" if nb else "Godkjenning av protokoll frå førre møte",
             language, **done),
        case("03/22", "Felles handlingsplan 2022–2023: status og videre arbeid med utskrivningsklare pasienter" if nb
             else "Felles handlingsplan 2022–2023: status og vidare arbeid med utskrivingsklare pasientar", language,
             type=word["drøftingssak"], ansvarlig="Ingrid Solvang", tid="30 min",
             punkter=[Markdown("Gjennomgang av **status** for " + ("tiltakene" if nb else "tiltaka")),
                      Markdown("Gruppearbeid og diskusjon i plenum")],
             vedlegg=["Handlingsplan 2022", "Statusrapport"], forslag=_DECISION[language],
             **({**done, "oppfølging": follow} if held else {})),
        case("04/22", "Budsjett for sekretariatet", language, merknad=word["trukket"]),
        case("05/22", "Avtale om digital hjemmeoppfølging" if nb else "Avtale om digital heimeoppfølging", language,
             type=word["orienteringssak"], ansvarlig="Mari Bakken", merknad=word["utsatt_fra"].format(sak="07/21"),
             fremmet_fra="FSU 05/22", unntatt=word["unntatt_etter"].format(hjemmel="offentleglova § 23"),
             **({**done, "konsensus": word["konsensus_nei"], "videre_håndtering": _SHORT[language],
                 "habilitet": "Gunnar Eide"} if held else {})),
        case("", word["eventuelt"], language, tid="10 min", **({"behandling": _SHORT[language]} if held else {})),
    ]  # fmt: skip


def attendance(language: str) -> list[Context]:
    return [
        {"navn": name, "stilling": position, "organisasjon": place,
         "merknad": words(language)[role] if role in ("leder", "nestleder", "observatør", "sekretær") else
         words(language)["fra_sak"].format(sak="03/22") if name.startswith("Jonas") else ""}
        for name, role, position, place, _ in _PEOPLE
    ]  # fmt: skip


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
    word, title = words(language), words(language)["mandat_for"].format(organ=_BODY[language])
    return {
        "dokument": document(title, "", title, version="2"), "organ": "SSU", "navn": _BODY[language],
        "fakta": facts(
            (word["overordnet_organ"], "Partnerskapsmøtet"), (word["leder"], "Ingrid Solvang"),
            (word["nestleder"], "Torbjørn Aasheim-Kristoffersen"), (word["møter_per_år"], "4"),
            (word["beslutningsform"], word["konsensus"]),
            (word["godkjenner"], "retningslinje 2–12, mandat for faglige samarbeidsutvalg"),
        ),
        "innledning": _SHORT[language], "kapitler": chapters(language), "medlemmer": members(language),
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
        "innledning": _SHORT[language], "kapitler": chapters(language, 2 if kind == "retningslinje" else 1),
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
    word = words(language)
    body = {
        "organ": "SSU", "navn": _BODY[language], "fakta": _mandat(language, False)["fakta"][:4],
        "innledning": _SHORT[language], "kapitler": chapters(language)[:3], "medlemmer": members(language)[:6],
    }  # fmt: skip
    other = {"organ": "PM", "navn": "Partnerskapsmøtet", "fakta": [], "innledning": Markdown(""),
             "kapitler": chapters(language)[:1], "medlemmer": []}  # fmt: skip
    return {
        "dokument": document(word["organisering"], "", word["organisering"]) | {"innholdsfortegnelse": True},
        "innledning": _SHORT[language], "kapitler_før": chapters(language)[:1], "organer": [other, body, body],
        "kapitler_etter": chapters(language)[1:2],
    }  # fmt: skip


def _notice(language: str, key: str, word_key: str) -> Context:
    word = words(language)
    title = word[key].format(organ=_BODY[language])
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
    made["ingress"] = word["det_innkalles_til"].format(organ=_BODY[language], ukedag=day, dato="24. oktober 2022")
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
        "bakgrunn": _TEXT[language],
        "vurdering": _SHORT[language],
        "har_papir": True,
    }
    return {
        "dokument": document(one["tittel"], word["saksframlegg"], f"{word['saksframlegg']} 03/22 {one['tittel']}"),
        "møte": meeting(language), "sak": one, "foreløpig": word["foreløpige_saksnumre"],
        "hode": facts(
            (word["saksnr"], "03/22"), (word["utvalg"], _BODY[language]), (word["møtedato"], "24. oktober 2022"),
            (word["sakstype"], one["type"]), (word["saksansvarlig"], one["ansvarlig"]),
        ),
    }  # fmt: skip


def _saerutskrift(language: str, _: bool) -> Context:
    word, one = words(language), cases(language, held=True)[2]
    return {
        "dokument": document(one["tittel"], word["særutskrift"], f"{word['særutskrift']} SSU 03/22"),
        "møte": meeting(language), "sak": one,
        "hode": facts(
            (word["saksnr"], "03/22"), (word["utvalg"], _BODY[language]), (word["møtedato"], "24. oktober 2022"),
            (word["saksansvarlig"], one["ansvarlig"]),
        ),
        "godkjenning": word["godkjent_i_sak_dato"].format(sak="02/23", dato="12. januar 2023"),
        "bekreftelse": word["rett_utskrift"].format(organ=_BODY[language], dato="24. oktober 2022"),
    }  # fmt: skip


def _protokoll(language: str, held: bool) -> Context:
    word, title = words(language), words(language)["protokoll_fra"].format(organ=_BODY[language])
    made = meeting(language)
    made["fakta"] += facts((word["saker"], "01/22–05/22"))
    return {
        "dokument": document(title, "mandag 24. oktober 2022", f"{word['protokoll']} SSU 24.10.2022"), "møte": made,
        "saker": cases(language, held=held), "fremmøte": attendance(language), "forhåndsutfylt": not held,
        "forfall": [{"navn": "Ola Dahl", "stilling": "Avdelingsleder", "organisasjon": "Sykehuset Fjordlandet HF",
                     "merknad": "Vara: Fatima Hassan"}],
        "godkjenning": word["til_godkjenning"] if held else "", "endringer": _SHORT[language] if held else Markdown(""),
        "neste_møte": "12. januar 2023, kl. 09.00–11.30, Storvik rådhus", "referent": "Kristin Myhre",
        "underskrivere": ["Ingrid Solvang", "Torbjørn Aasheim-Kristoffersen"],
    }  # fmt: skip


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


KINDS = tuple(CONTEXTS)
