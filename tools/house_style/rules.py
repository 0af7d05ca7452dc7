"""The lasting documents: mandat, retningslinje, vedlegg, organisering."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.styles import CONTENTS
from tools.house_style.wordml import (
    NOTHING,
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

TITLE = Xml(
    when("dokument.undertittel", p("Overtittel", "{{ dokument.undertittel }}")) + p("Title", "{{ dokument.tittel }}")
)
VERSION = when("dokument.versjon", fact("{{ ord.versjon }}", "{{ dokument.versjon }}"))
FACTS = Xml(each("faktum", "fakta", fact("{{ faktum.navn }}", "{{ faktum.verdi }}")) + VERSION)


def mandat() -> Xml:
    return Xml(
        TITLE
        + FACTS
        + contents("kapitler")
        + markdown("innledning")
        + each("kapittel", "kapitler", _chapter())
        + when("medlemmer", heading(1, "{{ ord.medlemmer }}"), _members_and_deputies())
        + _log()
    )


def retningslinje() -> Xml:
    return _guideline()


def vedlegg() -> Xml:
    """Return the attachment to a guideline, which says first where it belongs."""
    return _guideline(when("hører_til", fact("{{ ord.hører_til }}", "{{ hører_til }}")))


def _guideline(first_facts: Xml = NOTHING) -> Xml:
    line = "{% if linje.nummer %}{{ ord.vedlegg }} {{ linje.nummer }} {% endif %}{{ linje.tittel }}"
    more = when("vedlegg", p("TOC1", "{{ ord.vedlegg }}", ppr=_COUNTED)) + when(
        "versjonslogg", p("TOC1", "{{ ord.versjonslogg }}", ppr=_COUNTED)
    )
    return Xml(
        TITLE
        + first_facts
        + FACTS
        + markdown("innledning")
        + contents("kapitler", Xml(more), counted=True)
        + each("kapittel", "kapitler", _chapter())
        + when("vedlegg", heading(1, "{{ ord.vedlegg }}"), each("linje", "vedlegg", p("ListBullet", line)))
        + _log()
    )


def organisering() -> Xml:
    body = Xml(
        heading(1, "{{ organ.navn }}")
        + each("faktum", "organ.fakta", fact("{{ faktum.navn }}", "{{ faktum.verdi }}"))
        + markdown("organ.innledning")
        + each("kapittel", "organ.kapitler", heading(2, "{{ kapittel.tittel }}"), markdown("kapittel.tekst"))
        + when("organ.medlemmer", heading(2, "{{ ord.medlemmer }}"), _members("organ.medlemmer"))
    )
    # The field begins in the first line there is, which is a body's when no chapter comes before the bodies.
    bodies = each("organ", "organer", p("TOC1", begins("loop.first and not kapitler_før"), "{{ organ.navn }}"))
    more = Xml(
        bodies
        + each("kapittel", "kapitler_etter", p("TOC1", "{{ kapittel.tittel }}"))
        + when("versjonslogg", p("TOC1", "{{ ord.versjonslogg }}"))
    )
    return Xml(
        TITLE
        + markdown("innledning", "Ingress")
        + contents("kapitler_før", more, needed="organer")
        + each("kapittel", "kapitler_før", _chapter())
        + each("organ", "organer", body)
        + each("kapittel", "kapitler_etter", _chapter())
        + _log()
    )


def _chapter() -> Xml:
    return Xml(heading(1, "{{ kapittel.tittel }}") + markdown("kapittel.tekst"))


# Table of contents

_COUNTED = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{CONTENTS}"/></w:numPr>'


def contents(chapters: str, more: Xml = NOTHING, counted: bool = False, needed: str = "") -> Xml:
    """Return the table of contents, filled with the chapters' titles until Word or LibreOffice has counted the pages.

    It shows no page number until then: none is better than a wrong one.
    """
    title = p("TOCHeading", "{{ ord.innhold }}")
    line = p("TOC1", begins("loop.first"), "{{ kapittel.tittel }}", ppr=_COUNTED if counted else "")
    lines = each("kapittel", chapters, line)
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    end = p("Header", Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    return when(
        f"dokument.innholdsfortegnelse and {needed or chapters}",
        Xml(f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{title}{lines}{more}{end}</w:sdtContent></w:sdt>"),
    )


def begins(condition: str) -> Xml:
    """Return the beginning of the field, in the line where `condition` holds."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    return Xml(run(f"{{%r if {condition} %}}") + begin + run("{%r endif %}"))


# Tables


def _member_cells() -> tuple[list[Xml], list[Xml]]:
    """Return the cells of a member's name and role; rights and term of office stand small under the role."""
    name = [p("Tabelltekst", run("{{ medlem.navn }}"))]
    rights = when("medlem.rett", p("Tabellnote", "{{ medlem.rett }}"))
    term = when("medlem.periode", p("Tabellnote", "{{ medlem.periode }}"))
    return name, [p("Tabelltekst", "{{ medlem.rolle }}"), rights, term]


def _members(members: str) -> Xml:
    name, role = _member_cells()
    return table(
        [2268, 1871, 2381, 2552],
        head_row("{{ ord.navn }}", "{{ ord.rolle }}", "{{ ord.stilling }}", "{{ ord.representerer }}"),
        each_row("medlem", members, 4, row(name, role, "{{ medlem.stilling }}", "{{ medlem.representerer }}")),
    )


def _members_and_deputies() -> Xml:
    name, role = _member_cells()
    with_deputies = table(
        [2041, 1361, 2126, 1984, 1560],
        head_row(
            "{{ ord.navn }}", "{{ ord.rolle }}", "{{ ord.stilling }}", "{{ ord.representerer }}", "{{ ord.vara }}"
        ),
        each_row(
            "medlem",
            "medlemmer",
            5,
            row(name, role, "{{ medlem.stilling }}", "{{ medlem.representerer }}", "{{ medlem.vara }}"),
        ),
    )
    return when("har_vara", with_deputies, otherwise=[_members("medlemmer")])


def _log() -> Xml:
    """Return the version log, in the columns of the documents that hospitals have (seed 003 § 6)."""
    widths = [1701, 4535, look.TEXT_WIDTH - 1701 - 4535]
    rows = each_row("rad", "versjonslogg", 3, row("{{ rad.versjon }}", "{{ rad.beskrivelse }}", "{{ rad.godkjent }}"))
    head = head_row("{{ ord.versjon }}", "{{ ord.beskrivelse_av_endringer }}", "{{ ord.godkjent }}")
    return when("versjonslogg", heading(1, "{{ ord.versjonslogg }}"), table(widths, head, rows))
