"""The invented Helsefellesskapet Fjordlandet: people, texts and cases for samples.py, in nb and nn."""

from __future__ import annotations

from typing import Any

from docgen.model.values import Markdown
from docgen.words import words

Context = dict[str, Any]

LABELS = {
    "intern": {"navn": "Intern (gul)", "farge": "FFD54F", "skrift": "000000"},
    "åpen": {"navn": "Åpen (grønn)", "farge": "2E7D32", "skrift": "FFFFFF"},
    "fortrolig": {"navn": "Strengt fortrolig (svart)", "farge": "000000", "skrift": "FFFFFF"},
}

BODY = {"nb": "Strategisk samarbeidsutvalg (SSU)", "nn": "Områdeutval Ytre Fjordane (OYF)"}

TEXT = {
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

SHORT = {
    "nb": Markdown(
        "Utvalget samler ledere fra sykehuset og kommunene, og har ansvar for at samarbeidet virker i praksis."
    ),
    "nn": Markdown(
        "Utvalet samlar leiarar frå sjukehuset og kommunane, og har ansvar for at samarbeidet verkar i praksis."
    ),
}

DECISION = {
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

CHAPTERS = {
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

PEOPLE = [
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
    return [member(*person, language) for person in PEOPLE]


def facts(*rows: tuple[str, str]) -> list[Context]:
    return [{"navn": name, "verdi": value} for name, value in rows]


def chapters(language: str, times: int = 1) -> list[Context]:
    texts = [SHORT[language], TEXT[language], DECISION[language]]
    titles = CHAPTERS[language] * times
    return [{"tittel": title, "tekst": texts[at % 3]} for at, title in enumerate(titles)]


def log(language: str) -> list[Context]:
    changed = {
        "nb": "Kapittel 3 er skrevet om: oppgaver som følger av ny delavtale er tatt inn, og vedlegg 1.3 er nytt.",
        "nn": "Kapittel 3 er skrive om: oppgåver som følgjer av ny delavtale er tekne inn, og vedlegg 1.3 er nytt.",
    }
    return [
        {
            "versjon": "Første versjon",
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
        "organ": "SSU", "organnavn": BODY[language], "dato": "24. oktober 2022", "ukedag": day.split()[0],
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
    after: Context = {"behandling": SHORT[language], "vedtak": DECISION[language], "konsensus": word["konsensus_ja"]}
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
             vedlegg=["Handlingsplan 2022", "Statusrapport"], forslag=DECISION[language],
             **({**done, "oppfølging": follow} if held else {})),
        case("04/22", "Budsjett for sekretariatet", language, merknad=word["trukket"]),
        case("05/22", "Avtale om digital hjemmeoppfølging" if nb else "Avtale om digital heimeoppfølging", language,
             type=word["orienteringssak"], ansvarlig="Mari Bakken", merknad=word["utsatt_fra"].format(sak="07/21"),
             fremmet_fra="FSU 05/22", unntatt=word["unntatt_etter"].format(hjemmel="offentleglova § 23"),
             **({**done, "konsensus": word["konsensus_nei"], "videre_håndtering": SHORT[language],
                 "habilitet": "Gunnar Eide"} if held else {})),
        case("", "Eventuelt", language, tid="10 min", **({"behandling": SHORT[language]} if held else {})),
    ]  # fmt: skip


def attendance(language: str) -> list[Context]:
    return [
        {"navn": name, "stilling": position, "organisasjon": place,
         "merknad": words(language)[role] if role in ("leder", "nestleder", "observatør", "sekretær") else
         words(language)["fra_sak"].format(sak="03/22") if name.startswith("Jonas") else ""}
        for name, role, position, place, _ in PEOPLE
    ]  # fmt: skip
