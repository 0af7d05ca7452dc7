"""A workspace of any size for the benchmarks: invented bodies, meetings of many years, guidelines with attachments.

The same size gives the same files. Of 10,000 inputs 40 are mandates, 600 guidelines and attachments, and the rest
meetings back to 2007: all held but the last two of each body, one that is called and one that is a draft.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

LAST = date(2026, 12, 10)
"""When the last meetings are."""

THEMES = ("Barn", "Eldre", "Psykisk helse", "Rus", "Rehabilitering", "Digitale tjenester", "Akuttkjeden", "Fødsel")
REGIONS = ("Havneset", "Innbygda", "Tinddalen", "Øyrekka", "Fjellheim")
FIRST = ("Anne", "Bjarte", "Cecilie", "Dag", "Eli", "Frode", "Gunn", "Håkon", "Ida", "Jostein", "Kjersti", "Lars")
FAMILY = (
    "Aasland",
    "Brekke",
    "Dyrøy",
    "Eikeland",
    "Fossheim",
    "Grønli",
    "Hovde",
    "Indrebø",
    "Kleiva",
    "Lunde",
    "Myrås",
)
PLACES = ("Rådhuset, møterom 3", "Sykehuset, møterom Brygga", "Teams", "Helsehuset, kantina", "Kulturhuset, lillesalen")
TITLES = (
    "Pasienter som venter på plass i kommunen",
    "Felles kurs for nattevakter",
    "Meldinger som ikke når fram",
    "Ny rutine for hjelpemidler ved hjemreise",
    "Legevakt i høytiden",
    "Tall for reinnleggelser",
    "Tolk på kveld og i helg",
    "Hospitering mellom sengepost og hjemmetjeneste",
    "Smittevern på korttidsavdelinger",
    "Følgetjeneste for gravide",
    "Ernæring hos hjemmeboende",
)
SENTENCES = (
    "Kommunene og sykehuset har sett på dette sammen siden forrige møte.",
    "Tallene er hentet fra begge parters egne systemer og er ikke helt like.",
    "Brukerrådet har gitt innspill og ønsker at pasienten får svar samme dag.",
    "Tiltaket kan gjennomføres innenfor rammene som partene alt har.",
    "Det trengs en kontaktperson i hver kommune og en på hver sengepost.",
    "Erfaringene fra utprøvingen er gode, men få pasienter er med så langt.",
    "Arbeidet bør ses i sammenheng med handlingsplanen for neste år.",
)

Tree = dict[str, Any]


def make_workspace(root: Path, inputs: int) -> None:
    """Make a workspace with the templates of the repository and so many inputs, mandates included."""
    shutil.copytree(TEMPLATES, root / "templates")
    (root / "docgen.toml").write_text('[eier]\nnavn = "Helsefellesskapet Sundkysten"\n', "utf-8")
    for name, tree in islice(_inputs(inputs), inputs):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(tree, file.suffix), "utf-8")


def bodies(inputs: int) -> list[str]:
    """Return the bodies of a workspace of so many inputs."""
    named = [f"{theme} {region}" for region in REGIONS for theme in THEMES]
    return named[: max(1, inputs // 250)]


def day_of(turn: int) -> date:
    """Return the day of a body's last meeting (turn 0), the one before it, and so on."""
    return LAST - turn * timedelta(days=31)


def meeting_file(body: str, turn: int) -> str:
    """Return where the meeting lies in the workspace: most are YAML."""
    return f"inputs/{body}/{day_of(turn)} {body}.{'json' if turn % 10 == 9 else 'yaml'}"


def meeting(body: str, turn: int) -> Tree:
    """Return a meeting of four cases, with the text of one."""
    day = day_of(turn)
    seed = turn + len(body)
    cases = [
        {
            "tittel": f"{_one(TITLES, seed + number)}, del {number}",
            "type": "drøfting",
            "ansvarlig": _person(seed, number),
        }
        for number in range(1, 4)
    ]
    cases[1] |= {"bakgrunn": _text(seed, 6), "vurdering": _text(seed + 3, 5), "forslag": _one(SENTENCES, seed + 4)}
    cases.append({"tittel": "Eventuelt", "nummerert": "nei"})
    if turn > 1:
        for case in cases[:3]:
            case |= {"behandling": _text(seed, 2), "vedtak": "Saken ble tatt til orientering.", "konsensus": "ja"}
    return {
        "type": "møte",
        "organ": body,
        "dato": day.isoformat(),
        "tid": "09.00–11.30",
        "sted": _one(PLACES, seed),
        "møtenummer": f"{day.month}/{day.year}",
        "status": ("utkast", "innkalt")[turn] if turn < 2 else "avholdt",
        "forfall meldes til": "sekretariatet",
        "referent": _person(len(body), 0),
        "saker": cases,
    }


def text_of(tree: Tree, suffix: str) -> str:
    """Return an input as its file says it."""
    if suffix == ".json":
        return json.dumps(tree, ensure_ascii=False, indent=1)
    return yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def _inputs(inputs: int) -> Iterator[tuple[str, Tree]]:
    """Give the inputs without end; the meetings come last, and the newest of them first."""
    named = bodies(inputs)
    for body in named:
        yield f"mandates/{body}.yaml", _mandate(body)
    for number in range(1, inputs * 3 // 100 + 1):
        yield f"inputs/retningslinjer/Retningslinje {number}.yaml", _guideline(number)
        yield f"inputs/retningslinjer/Vedlegg {number}.1.yaml", _attachment(number)
    for turn in count():
        for body in named:
            yield meeting_file(body, turn), meeting(body, turn)


def _mandate(body: str) -> Tree:
    roles = ["leder", "nestleder", "sekretær", *["medlem"] * 7]
    members = [
        {"navn": _person(len(body), place), "rolle": role, "representerer": f"{_one(FAMILY, place)} kommune"}
        for place, role in enumerate(roles)
    ]
    return {
        "type": "mandat",
        "organ": body,
        "navn": f"Faglig samarbeidsutvalg, {body}",
        "saksnummer": "01/22",
        "medlemmer": members,
        "kapitler": _chapters(len(body), 4),
    }


def _guideline(number: int) -> Tree:
    return {
        "type": "retningslinje",
        "nummer": str(number),
        "tittel": f"{_one(TITLES, number)} {number}",
        "vedlegg": [{"nummer": f"{number}.1", "tittel": f"Sjekkliste {number}"}],
        "versjonslogg": [{"versjon": "1", "godkjent": {"organ": "Partnerskapet", "dato": "2025-10-02"}}],
        "kapitler": _chapters(number, 8),
    }


def _attachment(number: int) -> Tree:
    title = f"Sjekkliste {number}"
    return {"type": "vedlegg", "nummer": f"{number}.1", "tittel": title, "kapitler": _chapters(number + 5, 2)}


def _chapters(seed: int, number: int) -> list[Tree]:
    return [{"tittel": _one(TITLES, seed + place), "tekst": _text(seed + place, 9)} for place in range(number)]


def _text(seed: int, sentences: int) -> str:
    """Return paragraphs of three sentences, and after them a list."""
    told = [_one(SENTENCES, seed + place * 2) for place in range(sentences)]
    paragraphs = [" ".join(told[place : place + 3]) for place in range(0, sentences, 3)]
    return "\n\n".join([*paragraphs, f"- {_one(TITLES, seed)}\n- {_one(TITLES, seed + 1)}"])


def _person(seed: int, place: int) -> str:
    return f"{_one(FIRST, seed + place * 5)} {_one(FAMILY, seed * 3 + place)}"


def _one(of: tuple[str, ...], number: int) -> str:
    return of[number % len(of)]
