"""The papers of and after a meeting: protokoll and særutskrift."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.papers import CASE, CONTINUES, HEAD, MEETING_FACTS, WHEN, box, signature
from tools.house_style.rules import TITLE
from tools.house_style.wordml import (
    Xml,
    control,
    each,
    each_row,
    fact,
    head_row,
    heading,
    markdown,
    p,
    prompt,
    row,
    run,
    table,
    when,
)


def protokoll() -> Xml:
    return Xml(
        WHEN
        + p("Title", "{{ dokument.tittel }}")
        + MEETING_FACTS
        + when("referent", fact("{{ ord.referent }}", "{{ referent }}"))
        + when("forhåndsutfylt", p("Merknad", "{{ ord.forhåndsutfylt_setning }}"))
        + when("godkjenning", p("Merknad", "{{ godkjenning }}"))
        + when("endringer", heading(1, "{{ ord.endringer_i_protokollen }}"), markdown("endringer"))
        + _corrections()
        + when("fremmøte", heading(1, "{{ ord.til_stede }}"), _attendance("fremmøte"))
        + when("forfall", heading(1, "{{ ord.forfall }}"), _attendance("forfall"))
        + heading(1, "{{ ord.saker }}")
        + each("sak", "saker", _case())
        + when("neste_møte", heading(1, "{{ ord.neste_møte }}"), p("BodyText", "{{ neste_møte }}"))
        + when(
            "underskrivere",
            heading(1, "{{ ord.underskrift }}"),
            each("navn", "underskrivere", signature("{{ navn }}")),
        )
    )


def _corrections() -> Xml:
    """Return what was corrected after the approval, each with its date."""
    one = p("ListBullet", run("{{ rettelse.navn }}: ", "Faktanavn"), run("{{ rettelse.verdi }}"))
    return when("rettelser", heading(1, "{{ ord.rettelser }}"), each("rettelse", "rettelser", one))


def _attendance(people: str) -> Xml:
    """Return the table of those who were there, or were not; a content control while the minutes are being written."""
    rows = table(
        [2350, 2250, 2650, 1822],
        head_row("{{ ord.navn }}", "{{ ord.stilling }}", "{{ ord.organisasjon }}", "{{ ord.merknad }}"),
        each_row(
            "person",
            people,
            4,
            row("{{ person.navn }}", "{{ person.stilling }}", "{{ person.organisasjon }}", "{{ person.merknad }}"),
        ),
    )
    return when("forhåndsutfylt", control(people, f"{{{{ ord.{_word(people)} }}}}", rows), otherwise=[rows])


def _word(people: str) -> str:
    return "til_stede" if people == "fremmøte" else people


def _case() -> Xml:
    earlier = when("sak.fremmet_fra", p("Merknad", CONTINUES))
    exempt = when("sak.unntatt", p("Merknad", "{{ sak.unntatt }}"))
    disqualified = when("sak.habilitet", fact("{{ ord.habilitet }}", "{{ sak.habilitet }}"))
    return Xml(
        heading(2, CASE, "{% if sak.merknad %} ({{ sak.merknad }}){% endif %}")
        + earlier
        + exempt
        + disqualified
        + each("punkt", "sak.punkter", p("ListBullet", "{{r punkt }}"))
        + when("forhåndsutfylt and sak.forslag", heading(3, "{{ ord.forslag_til_vedtak }}"), markdown("sak.forslag"))
        + _typed_in("behandling")
        + _decision()
        + _follow_up()
    )


def _typed_in(name: str) -> Xml:
    """Return a text under its heading; in the pre-filled minutes always there, as a content control."""
    title, text = heading(3, f"{{{{ ord.{name} }}}}"), f"sak.{name}"
    return when(f"sak.felt.{name} or {text}", title, _field(name, "BodyText"))


def _field(name: str, style: str) -> Xml:
    """Return the text of a case; in the pre-filled minutes within a content control that says what to write."""
    place, shown = f"{{{{ sak.felt.{name} }}}}", f"{{{{ ord.{name} }}}}"
    written = markdown(f"sak.{name}", style)
    empty = p(style, prompt("{{ ord.fylles_ut }}"))
    return when(
        f"sak.felt.{name} and not sak.{name}",
        control(place, shown, empty, placeholder=True),
        otherwise=[when(f"sak.felt.{name}", control(place, shown, written), otherwise=[written])],
    )


def _decision() -> Xml:
    return Xml(
        when("sak.felt.vedtak or sak.vedtak", heading(3, "{{ ord.vedtak }}"), box([_field("vedtak", "Vedtak")]))
        + when("sak.felt.konsensus and not sak.konsensus", _choose_consensus())
        + when("sak.konsensus", p("EtterTabell", "{{ sak.konsensus }}"))
        + when("sak.videre_håndtering", heading(3, "{{ ord.videre_håndtering }}"), markdown("sak.videre_håndtering"))
    )


def _choose_consensus() -> Xml:
    """Return a line with a choice of yes or no."""
    choices = "".join(f'<w:listItem w:displayText="{{{{ ord.{word} }}}}" w:value="{word}"/>' for word in ("ja", "nei"))
    choice = control(
        "{{ sak.felt.konsensus }}",
        "{{ ord.konsensus }}",
        prompt("{{ ord.fylles_ut }}"),
        placeholder=True,
        kind=f"<w:dropDownList>{choices}</w:dropDownList>",
    )
    return p("EtterTabell", run("{{ ord.konsensus }}: ", "Faktanavn"), choice)


def _follow_up(level: int = 3) -> Xml:
    title = heading(level, "{{ ord.oppfølging }}")
    tag = "{{ sak.felt.oppfølging }}"
    filled = _actions(
        each_row(
            "tiltak",
            "sak.oppfølging",
            4,
            row("{{ tiltak.hva }}", "{{ tiltak.ansvarlig }}", "{{ tiltak.frist }}", "{{ tiltak.status }}"),
        )
    )
    if level == 1:
        return when("sak.oppfølging", title, filled)
    blank = _actions(row("", "", "", ""))
    return Xml(
        when("sak.felt.oppfølging and not sak.oppfølging", title, control(tag, "{{ ord.oppfølging }}", blank))
        + when(
            "sak.oppfølging",
            title,
            when("sak.felt.oppfølging", control(tag, "{{ ord.oppfølging }}", filled), otherwise=[filled]),
        )
    )


def _actions(rows: Xml) -> Xml:
    """Return the table of what is to be done, by whom and when."""
    head = head_row("{{ ord.hva }}", "{{ ord.ansvarlig }}", "{{ ord.frist }}", "{{ ord.status }}")
    return table([look.TEXT_WIDTH - 2098 - 1985 - 1304, 2098, 1985, 1304], head, rows)


def saerutskrift() -> Xml:
    return Xml(
        TITLE
        + HEAD
        + when("sak.unntatt", p("Merknad", "{{ sak.unntatt }}"))
        + when("sak.habilitet", fact("{{ ord.habilitet }}", "{{ sak.habilitet }}"))
        + _part("behandling")
        + when("sak.vedtak", heading(1, "{{ ord.vedtak }}"), box([markdown("sak.vedtak", "Vedtak")]))
        + when("sak.konsensus", p("EtterTabell", "{{ sak.konsensus }}"))
        + _part("videre_håndtering")
        + _follow_up(level=1)
        + when("godkjenning", p("EtterTabell", "{{ godkjenning }}"))
        + _corrections()
        + p("EtterTabell", "{{ bekreftelse }}", ppr="<w:keepNext/>")
        + signature("{{ ord.underskrift }}")
    )


def _part(name: str) -> Xml:
    return when(f"sak.{name}", heading(1, f"{{{{ ord.{name} }}}}"), markdown(f"sak.{name}"))
