"""What in a text leads to a person: e-mail addresses, telephone numbers, and national identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_GAP = "[ \u00a0\u202f]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    rf"""
      (?<![\w.,/+-]) (?<!\d{_GAP})
      (?: (?:\+|00)47{_GAP}? [2-9](?:{_GAP}?\d){{7}}         # +47 and any grouping
        | [2-9]\d (?:{_GAP}\d\d){{3}}                        # 22 33 44 55
        | [489]\d\d {_GAP} \d\d {_GAP} \d{{3}}               # 900 11 222
        | [49]\d{{7}}                                        # 90011222: other eight digits may be a date
      )
      (?! \w | [.,/-]\d | {_GAP}\d )
    """,
    re.VERBOSE,
)
_IDENTITY = re.compile(r"(?<!\d)(\d{6})[\s.:-]?(\d{5})(?!\d)")
_LABEL = r"(?:e-?post|mail|tlf|tel|telefon|mobil|mob)\b[.:]*"
_REACHED = re.compile(
    rf"[\s,;(–-]*(?:{_LABEL}\s*)*(?:{_EMAIL.pattern}|(?<!\d)(?:(?:\+|00)\d\d{_GAP}?)?\d(?:{_GAP}?\d){{7}}(?!\d))[\s,;)]*",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Lead:
    """What in a text leads to a person. Of an identity number `text` shows the date of birth only."""

    kind: Kind
    text: str


def leads(text: str) -> Iterator[Lead]:
    """Give what leads to a person, each once: an identity number (a D-number too) when its check digits are right."""
    numbers = [one for one in _IDENTITY.finditer(text) if _is_identity(one[1] + one[2])]
    found = [Lead(Kind.IDENTITY, f"{one[1]} *****") for one in numbers]
    found += [Lead(Kind.EMAIL, one[0]) for one in _EMAIL.finditer(text)]
    found += [Lead(Kind.PHONE, " ".join(one[0].split())) for one in _PHONE.finditer(text)]
    yield from dict.fromkeys(found)


def _is_identity(digits: str) -> bool:
    from stdnum.no import fodselsnummer  # only who looks for them pays for it

    return bool(fodselsnummer.is_valid(digits))


def without_leads(line: str) -> str:
    """Return a line about a person without addresses and numbers: `Jonas Eidem, tlf. 900 11 222` is then a name."""
    return _REACHED.sub(lambda one: ", " if one.start() and one.end() < len(line) else "", line).strip(" ,;–-")
