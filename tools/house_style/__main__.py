"""Makes the nine templates. See the package's docstring."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools.house_style import minutes, papers, rules
from tools.house_style.package import package
from tools.house_style.wordml import Xml

KINDS: dict[str, tuple[str, Callable[[], Xml]]] = {
    "mandat": ("Mandat", rules.mandat),
    "retningslinje": ("Retningslinje", rules.retningslinje),
    "vedlegg": ("Vedlegg", rules.vedlegg),
    "organisering": ("Organisering og oppgaver", rules.organisering),
    "innkalling": ("Innkalling", papers.innkalling),
    "tilleggssaksliste": ("Tilleggssaksliste", papers.tilleggssaksliste),
    "saksframlegg": ("Saksframlegg", papers.saksframlegg),
    "protokoll": ("Protokoll", minutes.protokoll),
    "saerutskrift": ("Særutskrift", minutes.saerutskrift),
}
"""Each kind's title and the function that gives what it holds."""

_NUMBERED = {"retningslinje", "vedlegg"}


def template(kind: str) -> bytes:
    """Return the template of `kind` as the bytes of a .docx."""
    title, body = KINDS[kind]
    return package(title, body(), numbered_headings=kind in _NUMBERED)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.docx").write_bytes(template(kind))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "templates")
