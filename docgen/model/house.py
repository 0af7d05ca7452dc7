"""What holds for the whole workspace: who owns it, its language, labels, words and rules. Made from docgen.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.model.case_number import NumberForm
from docgen.model.dates import Language


@dataclass(frozen=True, slots=True)
class Label:
    """A sensitivity label; the colours are hex without `#`: of the label, and of letters that read on it."""

    name: str
    colour_name: str
    colour: str
    ink: str

    @property
    def printed(self) -> str:
        """`Intern (gul)`, as documents print it."""
        return f"{self.name} ({self.colour_name})"


COLOURS = {
    "grønn": ("2E7D32", "FFFFFF"),
    "gul": ("FFD54F", "000000"),
    "oransje": ("F9A825", "000000"),
    "rød": ("C62828", "FFFFFF"),
    "svart": ("000000", "FFFFFF"),
    "blå": ("1565C0", "FFFFFF"),
    "grå": ("616161", "FFFFFF"),
}
"""Colours of labels, with letters that have a contrast of at least 4.5 to 1 on them."""

_OTHER_NAMES = {"grøn": "grønn", "raud": "rød", "green": "grønn", "yellow": "gul", "red": "rød", "black": "svart"}


def label(name: str, colour: str) -> Label | None:
    """Return the label of a name and a colour's name, or None for a colour that we do not have."""
    colour = colour.strip().casefold()
    known = COLOURS.get(_OTHER_NAMES.get(colour, colour))
    return Label(name, colour, *known) if known else None


# The four labels that Microsoft 365 is usually set up with in Norwegian health trusts (domain.md, Access).
LABELS = tuple(
    Label(name, colour, *COLOURS[colour])
    for name, colour in (
        ("Åpen", "grønn"),
        ("Intern", "gul"),
        ("Fortrolig", "rød"),
        ("Strengt fortrolig", "svart"),
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which body may approve which documents: `retningslinje 2-12` is kind `retningslinje`, 2 to 12.

    A kind without numbers (`samarbeidsavtalen`) has 0 to 0.
    """

    kind: str
    first: int
    last: int
    body: str

    def holds(self, kind: str, number: int) -> bool:
        return self.kind == kind.casefold() and self.first <= number <= self.last


KINDS_WITH_NUMBERS = ("retningslinje", "retningsline", "vedlegg")
"""What a rule may number. What it names without a number (an agreement) may be anything."""

_RULE = re.compile(r"(?P<kind>.*?)\s*(?P<first>[0-9]{1,4})?(?:\s*[-–]\s*(?P<last>[0-9]{1,4}))?$")


def rule(text: str, body: str) -> Rule:
    """Return the rule that `body` approves what `text` names: `retningslinje 1`, `retningslinje 2-12`."""
    found = _RULE.match(text.strip().casefold())
    assert found is not None  # every part of the pattern may be empty
    first = int(found["first"] or 0)
    kind = "retningslinje" if found["kind"] == "retningsline" else found["kind"]
    return Rule(kind, first, int(found["last"] or first), body)


@dataclass(frozen=True, slots=True)
class House:
    """The settings that documents depend on. `words` are the workspace's own choices among words/*.toml."""

    owner: str = ""
    trust: str = ""
    municipalities: tuple[str, ...] = ()
    language: Language = "nb"
    labels: tuple[Label, ...] = LABELS
    words: Mapping[str, str] = field(default_factory=dict)
    number_form: NumberForm = field(default_factory=lambda: NumberForm.by_example("01/22"))
    rules: tuple[Rule, ...] = ()

    def label(self, written: str) -> Label | None:
        """Return the label written as `Intern`, `Intern gul` or `Intern (gul)`."""
        wanted = _plain(written)
        for known in self.labels:
            if wanted in (_plain(known.name), _plain(f"{known.name} {known.colour_name}")):
                return known
        return None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[()]", " ", text).casefold().split())
