"""Approved versions: what was approved stays as it was, and the version log tells the truth."""

from __future__ import annotations

import shutil

import pytest

from tests.run.office import SSU, TOML

APPROVED = """
---
type: retningslinje
nummer: 2
tittel: Utskrivning
versjonslogg:
  - {versjon: Første versjon, godkjent: SSU 26. september 2024}
---
Ingress.

# Formål
Samarbeid
om pasienter.

# Oppgaver
- en
- to
"""
CHANGED = APPROVED.replace("om pasienter", "om alle pasienter")
DRAFT = CHANGED.replace("2024}\n", "2024}\n  - {versjon: 2, beskrivelse: Alle pasienter}\n")
SECOND = DRAFT.replace("Alle pasienter}", "Alle pasienter, godkjent: {organ: SSU, dato: 2026-03-12, sak: 02/26}}")

IN_FORCE = "retningslinjer/Retningslinje 2 Utskrivning"
MANDATE = SSU + "versjonslogg:\n  - {versjon: '1', godkjent: Partnerskapet mai 2024}\n"


@pytest.fixture
def approved(office):
    """An office with a guideline whose first version is approved and frozen."""
    office.write("docgen.toml", TOML + '[godkjenning]\n"retningslinje 2-12" = "SSU"\n')
    office.built("r.md", APPROVED)
    return office


def only_problem(office, text: str) -> str:
    (problem,) = problems(office, text)
    return problem


def problems(office, text: str) -> list[str]:
    office.drop("r.md", text)
    return office.problems(office.build())


def test_an_approved_version_is_frozen_once(approved):
    report = approved.build()

    assert (report.frozen, report.count("made")) == ([], 0)


def test_a_dry_run_tells_what_would_be_frozen(approved):
    approved.drop("r.md", SECOND)

    report = approved.build(dry_run=True)

    assert [(one.document, one.version) for one in report.frozen] == [("retningslinje 2", "2")]
    assert [(one.document, one.version) for one in approved.build().frozen] == [("retningslinje 2", "2")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Samarbeid\nom", "Samarbeid om"),
        ("- en\n- to", "* en\n* to"),
        ("tittel:", "merknad: Husk høringen.\ntittel:"),
        ("tittel:", "følsomhet: Intern\ntittel:"),
        ("tittel:", "målform: nynorsk\ntittel:"),
    ],
)
def test_the_look_may_change_without_a_new_version(approved, old, new):
    report = approved.built("r.md", APPROVED.replace(old, new))

    assert report.frozen == []
    assert "om pasienter" in approved.text(IN_FORCE)


def test_another_format_is_the_same_content(approved):
    (approved.root / "inputs/r.md").unlink()

    report = approved.built(
        "r.json",
        '{"type": "retningslinje", "nummer": "2", "tittel": "Utskrivning", "innledning": "Ingress.",'
        '"versjonslogg": [{"versjon": "Første versjon", "godkjent": {"organ": "SSU", "dato": "2024-09-26"}}],'
        '"kapitler": [{"tittel": "Formål", "tekst": "Samarbeid om pasienter."},'
        '{"tittel": "Oppgaver", "tekst": "- en\\n- to"}]}',
    )

    assert (report.frozen, report.refused) == ([], [])


def test_changed_content_is_refused_with_its_chapters_and_the_row_to_add(approved):
    before = approved.content()

    problem = only_problem(approved, CHANGED.replace("- to", "- tre") + "\n# Nytt\nMer.\n")

    assert problem == (
        "inputs/r.md, linje 5, versjonslogg: Versjon Første versjon ble godkjent (SSU 26.09.2024), og dokumentet er "
        "endret etter det: «Formål», «Oppgaver», «Nytt» (ny). Skriv det slik det var, eller legg til en rad i "
        'versjonslogg: {versjon: 2, beskrivelse: "Endret «Formål», «Oppgaver», «Nytt» (ny)."}. Uten godkjent: blir '
        "dokumentet et utkast."
    )
    assert approved.content() == before


def test_the_proposed_row_can_be_pasted(approved):
    problem = only_problem(approved, CHANGED)
    row = problem[problem.index("{") : problem.index("}") + 1]

    report = approved.built("r.md", CHANGED.replace("2024}\n", f"2024}}\n  - {row}\n"))

    assert report.refused == []
    assert "Endret «Formål»." in approved.text(f"{IN_FORCE} (utkast)")


def test_other_documents_are_made_while_one_is_refused(approved):
    approved.drop("r.md", CHANGED)
    approved.drop("v.md", APPROVED.replace("nummer: 2", "nummer: 3"))

    report = approved.build()

    assert report.refused == ["inputs/r.md"]
    assert "retningslinjer/Retningslinje 3 Utskrivning.docx" in approved.names()


def test_a_draft_stands_beside_the_edition_in_force(approved):
    in_force = approved.content()[f"{IN_FORCE}.docx"]

    approved.built("r.md", DRAFT)

    assert approved.content()[f"{IN_FORCE}.docx"] == in_force
    assert "om alle pasienter" in approved.text(f"{IN_FORCE} (utkast)")


def test_the_edition_in_force_comes_back_when_output_is_deleted(approved):
    in_force = approved.content()[f"{IN_FORCE}.docx"]
    approved.built("r.md", DRAFT)
    shutil.rmtree(approved.output)

    approved.build()

    assert approved.content()[f"{IN_FORCE}.docx"] == in_force


def test_the_edition_in_force_comes_back_while_its_input_is_refused(approved):
    in_force = approved.content()[f"{IN_FORCE}.docx"]
    approved.drop("r.md", CHANGED)
    shutil.rmtree(approved.output)

    approved.build()

    assert approved.content()[f"{IN_FORCE}.docx"] == in_force


def test_a_draft_that_is_approved_takes_the_place_of_the_edition_before(approved):
    approved.built("r.md", DRAFT)

    approved.built("r.md", SECOND)

    assert "om alle pasienter" in approved.text(IN_FORCE)
    assert "| 2 | Alle pasienter | SSU 12. mars 2026, sak 02/26 |" in approved.text(IN_FORCE)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("26. september", "25. september", "er endret: Den var «Første versjon | SSU 26.09.2024», og er nå «Første"),
        ("Første versjon", "1", "er endret: Den var «Første versjon | SSU 26.09.2024», og er nå «1 | SSU 26.09.2024»"),
        ("  - {versjon: Første versjon, godkjent: SSU 26. september 2024}\n", "", "er endret: Den var «Første versjon"),
        (", godkjent: SSU 26. september 2024", "", "er endret: Den var «Første versjon | SSU 26.09.2024», og er nå"),
    ],
)
def test_an_approved_row_can_not_be_changed(approved, old, new, what):
    told = problems(approved, SECOND.replace(old, new, 1))

    assert f"En godkjent rad i versjonsloggen {what}" in " ".join(told)


def test_approved_rows_can_not_change_places(approved):
    approved.built("r.md", SECOND.replace("2026-03-12, sak: 02/26", "2024-09-26"))
    first = "  - {versjon: Første versjon, godkjent: SSU 26. september 2024}\n"
    text = SECOND.replace("2026-03-12, sak: 02/26", "2024-09-26").replace(first, "")

    told = " ".join(problems(approved, text.replace("---\nIngress", f"{first}---\nIngress")))

    assert "En godkjent rad i versjonsloggen er flyttet: «Første versjon | SSU 26.09.2024» sto der «2 |" in told


def test_the_whole_log_can_not_be_taken_out(approved):
    text = APPROVED[: APPROVED.index("versjonslogg")] + APPROVED[APPROVED.index("---\nIngress") :]

    problem = only_problem(approved, text)

    assert "En godkjent rad i versjonsloggen er borte: «Første versjon | SSU 26.09.2024»." in problem


def test_an_approved_document_can_not_get_another_number(approved):
    problem = only_problem(approved, APPROVED.replace("nummer: 2", "nummer: 3"))

    assert "Denne filen var «retningslinje 2», med den godkjente versjonen Første versjon, og er nå" in problem


def test_only_the_body_that_may_approves_a_version(approved):
    problem = only_problem(approved, SECOND.replace("organ: SSU", "organ: FSU"))

    assert "FSU kan ikke godkjenne retningslinje 2. Etter docgen.toml og mandatene godkjennes det av SSU." in problem


def test_a_month_is_date_enough_for_an_approval(approved):
    report = approved.built("v.md", APPROVED.replace("nummer: 2", "nummer: 3").replace("26. september", "september"))

    assert [(one.document, one.approved.date) for one in report.frozen] == [("retningslinje 3", "2024-09")]


def test_versions_from_before_docgen_are_taken_in_by_their_rows(approved):
    report = approved.built("r.md", SECOND)
    approved.drop("v.md", SECOND.replace("nummer: 2", "nummer: 4"))

    report = approved.build()

    assert [(one.document, one.version) for one in report.frozen] == [
        ("retningslinje 4", "Første versjon"),
        ("retningslinje 4", "2"),
    ]


def test_the_members_of_a_body_change_without_a_new_mandate(office):
    office.built("mandates/SSU.yaml", MANDATE)

    report = office.built("mandates/SSU.yaml", MANDATE.replace("Per Dal", "Siv Berg"))

    assert report.frozen == []
    assert "Siv Berg" in office.text("Mandat SSU")


def test_the_tasks_of_a_body_do_not(office):
    office.built("mandates/SSU.yaml", MANDATE)
    office.drop("mandates/SSU.yaml", MANDATE.replace("Samarbeid.", "Samarbeid og samordning."))

    problem = office.problems(office.build())[0]

    assert "Versjon 1 ble godkjent (Partnerskapet 05.2024), og dokumentet er endret etter det: «Formål»." in problem


def test_a_guideline_that_is_approved_keeps_what_it_took_from_others(office):
    attachment = "type: vedlegg\nnummer: 2.1\ntittel: Sjekkliste\nkapitler: [{tittel: A, tekst: B.}]\n"
    office.drop("v.yaml", attachment)
    office.built("r.md", APPROVED.replace("tittel: Uts", "vedlegg: [{nummer: 2.1, tittel: Sjekkliste}]\ntittel: Uts"))
    made = office.content()[f"{IN_FORCE}.docx"]

    office.drop("v.yaml", attachment.replace("Sjekkliste", "Ny sjekkliste"))
    office.build()

    assert office.content()[f"{IN_FORCE}.docx"] == made


def test_another_document_prints_a_mandate_as_it_was_approved(office):
    office.drop("o.yaml", "type: organisering\ntittel: Organisering\norganer: [SSU]\n")
    office.built("mandates/SSU.yaml", MANDATE)

    draft = MANDATE.replace("Samarbeid.", "Noe annet.") + "  - {versjon: '2', beskrivelse: Ny}\n"
    office.built("mandates/SSU.yaml", draft)

    assert "Noe annet." in office.text("Mandat SSU (utkast)")
    assert "Samarbeid." in office.text("Organisering")


def test_the_edition_in_force_comes_back_while_its_input_has_another_fault(approved):
    in_force = approved.content()[f"{IN_FORCE}.docx"]
    approved.drop("r.md", APPROVED.replace("tittel:", "følsomhet: Ukjent\ntittel:"))
    shutil.rmtree(approved.output)

    report = approved.build()

    assert report.refused == ["inputs/r.md"]
    assert approved.content()[f"{IN_FORCE}.docx"] == in_force
