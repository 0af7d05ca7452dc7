"""The inputs of a secretariat that is at work with everything: as trees, so that any part can be changed."""

from __future__ import annotations

import struct
import zlib
from copy import deepcopy

from tests.rules.texts import Tree, text_of

Input = dict[str, Tree]

BODIES = ("SSU", "FSU", "BU", "OU")

TOML = """
"målform" = "{language}"
[eier]
navn = "Helsefellesskapet Nordvik"
["følsomhet"]
"Åpen" = "{colour}"
"Intern" = "gul"
[ord]
saksframlegg = "{word}"
[godkjenning]
"retningslinje 1" = "{approver}"
"""

USUAL = {"language": "bokmål", "colour": "grønn", "word": "Saksframlegg", "approver": "SSU"}

OTHER = {"language": "nynorsk", "colour": "blå", "word": "Sakspapir", "approver": "FSU"}


def chapters(*texts: str) -> list[Tree]:
    return [
        {"tittel": title, "tekst": text} for title, text in zip(("Formål", "Oppgaver", "Roller"), texts, strict=False)
    ]


def mandate(body: str, **more: Tree) -> Input:
    members: list[Tree] = [
        {"navn": f"Kari {body}", "rolle": "leder", "representerer": "Sykehuset", "vara": f"Eva {body}"},
        {"navn": f"Ola {body}", "representerer": "Vik kommune"},
        {"navn": f"Liv {body}", "rolle": "sekretær"},
    ]
    told: Input = {"type": "mandat", "organ": body, "navn": f"Utvalget {body}", "medlemmer": members}
    return told | {"kapitler": chapters(f"{body} samarbeider.", "Se oppgavene.")} | more


def meeting(body: str, date: str, status: str, *titles: str) -> Input:
    cases: list[Tree] = [{"tittel": title} for title in titles]
    told: Input = {"type": "møte", "organ": body, "dato": date, "tid": "9-11", "sted": "Rådhuset", "status": status}
    return told | {"saker": cases}


def guideline(kind: str, number: str, title: str, **more: Tree) -> Input:
    told: Input = {"type": kind, "tittel": title} | ({"nummer": number} if number else {})
    return told | {"kapitler": chapters(f"Om {title.lower()}.", "Slik gjør vi.")} | more


FIRST_ROW: Tree = {"versjon": "1.0", "godkjent": {"organ": "SSU", "dato": "2026-01-15", "sak": "01/26"}}


def secretariat() -> dict[str, Input]:
    """Return the inputs to begin with, by file."""
    told: dict[str, Input] = {
        "mandates/SSU.yaml": mandate("SSU", saksnummer={"form": "01/22"}, godkjenner=["retningslinje 1-9"]),
        "mandates/FSU.yaml": mandate("FSU", saksnummer={"form": "1/2022", "serie": "felles"}, overordnet="SSU"),
        "mandates/BU.json": mandate("BU", saksnummer={"form": "2022/001", "serie": "felles"}),
        "mandates/OU.md": mandate("OU", saksnummer={"form": "OU 1/22", "start": "5"}, målform="nynorsk"),
        "inputs/Organisering.yaml": {
            "type": "organisering",
            "tittel": "Organisering",
            "organer": [{"organ": "SSU"}, {"organ": "FSU"}],
        },
        "inputs/R1.yaml": guideline("retningslinje", "1", "Innleggelse", vedlegg=["1.1 Skjema"]),
        "inputs/V11.yaml": guideline("vedlegg", "1.1", "Skjema"),
        "inputs/R2.md": guideline("retningslinje", "2", "Utskriving", organ="SSU", versjonslogg=[FIRST_ROW]),
        "inputs/M1.yaml": meeting("SSU", "2026-01-15", "innkalt", "Budsjett", "Plan"),
        "inputs/M2.json": meeting("FSU", "2026-02-03", "utkast", "Høring", "Budsjett"),
        "inputs/M3.yaml": meeting("BU", "2026-03-03", "utkast", "Barn", "Skole"),
    }
    for name in ("inputs/M1.yaml", "inputs/M2.json"):
        case = told[name]["saker"]
        assert isinstance(case, list)
        assert isinstance(case[0], dict)
        case[0]["bakgrunn"] = "Det mangler penger."
        case[0]["vedlegg"] = ["notat.pdf"]
    told["mandates/SSU.yaml"]["kapitler"] = chapters("Her: ![Kart](inputs/kart.png)", "Se oppgavene.")
    told["inputs/R1.yaml"]["kapitler"] = chapters("Her: ![Kart](kart.png)", "Slik gjør vi.")
    return deepcopy(told)


def text(name: str, told: Input) -> str:
    """Return the text of an input in the format of its name."""
    return text_of(told, name.rpartition(".")[2])


def picture(colour: int) -> bytes:
    """Return a PNG of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    point = zlib.compress(bytes((0, 60 * colour, 100, 100)))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", point) + chunk(b"IEND", b"")
