"""A workspace of any size for the benchmarks: invented bodies, meetings of many years, guidelines with attachments.

The same size gives the same files. Of 10,000 inputs 40 are mandates, 600 guidelines and attachments, and the rest
meetings back to 2007: all held but the last two of each body, one that is called and one that is a draft.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

LAST = date(2026, 12, 10)
"""When the last meetings are."""

_MONTH = timedelta(days=31)

THEMES = ("Barn", "Eldre", "Psykisk helse", "Rus", "Rehabilitering", "Digitale tjenester", "Akuttkjeden", "Fødsel")
REGIONS = ("Havneset", "Innbygda", "Tinddalen", "Øyrekka", "Fjellheim")
FIRST = ("Anne", "Bjarte", "Cecilie", "Dag", "Eli", "Frode", "Gunn", "Håkon", "Ida", "Jostein", "Kjersti", "Lars")
FAMILY = ("Aasland", "Brekke", "Dyrøy", "Eikeland", "Fossheim", "Grønli", "Hovde", "Indrebø", "Kleiva", "Lunde", "Myrås")
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


def make_workspace(root: Path, inputs: int) -> None:
    """Make a workspace with the templates of the repository and so many inputs, mandates included."""
    named = bodies(inputs)
    guidelines = inputs * 3 // 100
    _write(root, "docgen.toml", _toml(guidelines))
    shutil.copytree(TEMPLATES, root / "templates")
    for name, text in islice(_inputs(named, guidelines), inputs):
        _write(root, name, text)


def bodies(inputs: int) -> list[str]:
    """Return the bodies of a workspace of so many inputs."""
    named = [f"{theme} {region}" for region in REGIONS for theme in THEMES]
    return named[: max(2, inputs // 250)]


def called(body: str) -> str:
    """Return the file of the body's last meeting that is called."""
    return _file(body, LAST - _MONTH)


def meeting(body: str, day: date, status: str) -> str:
    """Return a meeting of four cases, one of them with a text. Those of other days are about other things."""
    return json.dumps(_meeting(body, day, status), ensure_ascii=False) if _is_json(day) else _yaml(body, day, status)
