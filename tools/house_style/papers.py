"""The papers before a meeting: innkalling, tilleggssaksliste, saksframlegg."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.rules import TITLE
from tools.house_style.wordml import (
    BREAK,
    TAB,
    Xml,
    each,
    each_row,
    fact,
    head_row,
    heading,
    markdown,
    p,
    row,
    run,
    table,
    when,
)

MEETING_FACTS = each("faktum", "møte.fakta", fact("{{ faktum.navn }}", "{{ faktum.verdi }}"))
HEAD = each("faktum", "hode", fact("{{ faktum.navn }}", "{{ faktum.verdi }}"))
WHEN = p("Overtittel", "{{ ord.møte }} {{ møte.kortdato }}")
CASE = "{% if sak.nr %}{{ sak.nr }} {% endif %}{{ sak.tittel }}"
CONTINUES = "{{ ord.tidligere_behandlet }}: {{ sak.fremmet_fra }}"
NUMBER_WIDTH = 1361
PROVISIONAL = when("foreløpig", p("Merknad", "{{ foreløpig }}"))


def innkalling() -> Xml:
    names = (
        "{% for medlem in mottakere %}{{ medlem.navn }}{% if medlem.representerer %} ({{ medlem.representerer }})"
        "{% endif %}{% if not loop.last %}, {% endif %}{% endfor %}"
    )
    return Xml(
        WHEN
        + p("Title", "{{ dokument.tittel }}")
        + MEETING_FACTS
        + when("ingress", p("BodyText", "{{ ingress }}"))
        + heading(1, "{{ ord.saksliste }}")
        + PROVISIONAL
        + agenda()
        + when("forfall_meldes", p("EtterTabell", "{{ forfall_meldes }}", ppr="<w:keepNext/>"))
        + _regards()
        + when("mottakere", p("Mottakere", run("{{ ord.mottakere }}: ", "Faktanavn"), names))
    )


def tilleggssaksliste() -> Xml:
    return Xml(
        WHEN
        + p("Title", "{{ dokument.tittel }}")
        + MEETING_FACTS
        + when("ingress", p("BodyText", "{{ ingress }}"))
        + heading(1, "{{ ord.saker }}")
        + PROVISIONAL
        + agenda()
        + _regards()
    )


def agenda() -> Xml:
    """Return the table of the cases: number and title, with bullets, remarks and who answers for it underneath."""
    about = (
        "{% if sak.type %}{{ sak.type }}\u2003{% endif %}"
        "{% if sak.ansvarlig %}{{ ord.ansvarlig }}: {{ sak.ansvarlig }}\u2003{% endif %}"
        "{% if sak.tid %}{{ ord.tid }}: {{ sak.tid }}{% endif %}"
    )
    case = [
        p("Tabelltekst", run("{{ sak.tittel }}", "Strong"), "{% if sak.merknad %} ({{ sak.merknad }}){% endif %}"),
        each("punkt", "sak.punkter", p("Tabellpunkt", "{{r punkt }}")),
        when("sak.type or sak.ansvarlig or sak.tid", p("Tabellnote", about)),
        when("sak.fremmet_fra", p("Tabellnote", CONTINUES)),
        when("sak.unntatt", p("Tabellnote", "{{ sak.unntatt }}")),
        when("sak.vedlegg", p("Tabellnote", f"{{{{ ord.vedlegg }}}}: {listed('sak.vedlegg')}")),
    ]
    return table(
        [NUMBER_WIDTH, look.TEXT_WIDTH - NUMBER_WIDTH],
        head_row("{{ ord.saksnr }}", "{{ ord.sak }}"),
        each_row("sak", "saker", 2, row("{{ sak.nr }}", case)),
    )


def listed(names: str) -> str:
    return f"{{% for navn in {names} %}}{{{{ navn }}}}{{% if not loop.last %}}, {{% endif %}}{{% endfor %}}"


def _regards() -> Xml:
    return when(
        "avsender",
        p("EtterTabell", "{{ ord.hilsen }}", ppr="<w:keepNext/>"),
        each(
            "faktum",
            "avsender",
            p("Fakta", run("{{ faktum.navn }}", "Strong"), TAB, "{{ faktum.verdi }}", ppr="<w:keepNext/>"),
        ),
    )


def saksframlegg() -> Xml:
    return Xml(
        TITLE
        + HEAD
        + when("sak.unntatt", p("Merknad", "{{ sak.unntatt }}"))
        + PROVISIONAL
        + section("{{ ord.bakgrunn }}", "sak.bakgrunn")
        + section("{{ ord.vurdering }}", "sak.vurdering")
        + when("sak.forslag", p("Heading1", "{{ ord.forslag_til_vedtak }}"), box([markdown("sak.forslag", "Vedtak")]))
        + when(
            "sak.vedlegg",
            heading(1, "{{ ord.vedlegg }}"),
            each("navn", "sak.vedlegg", p("ListBullet", "{{ navn }}")),
        )
    )


def section(title: str, name: str, level: int = 1) -> Xml:
    """Return a Markdown text under its heading; both are left out when it is empty."""
    return when(name, heading(level, title), markdown(name))


def box(blocks: list[Xml]) -> Xml:
    """Return a bar and a pale ground round a decision. A table, since a paragraph's own border breaks PDF/UA."""
    return table([look.TEXT_WIDTH], row(blocks, split=True), style="DocgenBoks", head=False)


def signature(name: str, role: str = "") -> Xml:
    """Return a line to sign on, with the name under it."""
    return p("Underskrift", TAB, BREAK, name, *([BREAK, run(role)] if role else []))
