"""A guideline with all that Markdown can be in a document, long enough for a table of contents, in both languages."""

from __future__ import annotations

NAME = "retningslinjer/Retningslinje 9"
PICTURE = "inputs/SSU/vedlegg/utskrivningsklare-2026.png"
"""Of the example workspace."""

HEAD = {
    "nb": "type: retningslinje\nnummer: 9\ntittel: Samarbeid om følgetjeneste\nmålform: bokmål",
    "nn": "type: retningsline\nnummer: 9\ntittel: Samarbeid om følgjeteneste\nmålform: nynorsk",
}
SENTENCE = {
    "nb": "Pasienten, kommunen og sykehuset avtaler hvem som følger, og avtalen skrives ned samme dag. ",
    "nn": "Pasienten, kommunen og sjukehuset avtalar kven som følgjer, og avtalen blir skriven ned same dag. ",
}
ALT = {"nb": "Søyler som blir lavere gjennom året.", "nn": "Søyler som blir lågare gjennom året."}
LAST = {"nb": "Dette er det siste avsnittet.", "nn": "Dette er det siste avsnittet her."}


def guideline(language: str) -> str:
    text = SENTENCE[language]
    return f"""---
{HEAD[language]}
---

{text}

# A Avtale

{text * 8}[^1]

[^1]: {text} [lenke](https://example.no/a)

## Under

{text * 8}

### Lenger under

{text * 10} Se [nettsiden](https://example.no/side) og [en til](https://example.no/to).

# B Bilde

{text * 10}

![{ALT[language]}](bilde.png)

> {text}

# C Lister

- {text}
  - {text}
    - {text}
- {text}

1. {text}
2. {text}

{text * 10}

# D Tabell

| Hvem | Hva | Når |
|---|---|---|
{"".join(f"| Part {number} | {text} | uke {number} |{chr(10)}" for number in range(1, 40))}

{text * 20}[^2]

[^2]: {text}

{LAST[language]}
"""
