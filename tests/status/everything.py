"""A status with every kind of content, and one that a person who means harm might have made."""

from datetime import datetime, timedelta, timezone

from docgen.model.status import Coming, Document, InputStatus, Status
from docgen.problems import Problem, Where

LOOKED = datetime(2026, 11, 22, 10, 52, 21, tzinfo=timezone(timedelta(hours=1)))

SSU = "inputs/SSU/2026-12-03 SSU.yaml"
REFUSED = "inputs/FSU Eldre/2026-12-09 FSU Eldre.toml"

ELDRE = "FSU Eldre/2026-12-09/2026-12-09 FSU Eldre innkalling"


def document(name, state="made", *, provisional=False, folder="output", pdf=""):
    return Document(f"{folder}/{name}", "innkalling", state, provisional, pdf and f"{folder}/{pdf}")


def everything(language="nb", *, looked=LOOKED, watching=True, folder="output"):
    """Return a status with something of every kind."""
    notice = "SSU/2026-12-03/2026-12-03 SSU innkalling.docx"
    paper = "SSU/2026-12-03/2026-12-03 SSU saksframlegg 12-26 Felles rekruttering.docx"
    inputs = (
        InputStatus(
            SSU,
            "møte",
            "Møte i Strategisk samarbeidsutvalg",
            "SSU",
            "2026-12-03",
            "right",
            (document(notice, provisional=True, folder=folder), document(paper, "held", folder=folder)),
            (
                Problem(
                    "Teksten etter # er ikke med.", "Sett hele teksten i hermetegn.", Where(SSU, (), 14), warning=True
                ),
            ),
        ),
        InputStatus(
            REFUSED,
            "møte",
            "Møte i FSU Eldre",
            "FSU Eldre",
            "2026-12-09",
            "refused",
            (document(f"{ELDRE}.docx", folder=folder, pdf=f"{ELDRE}.pdf"),),
            (
                Problem("Nøkkelen møtedato er ikke kjent.", "Mente du dato?", Where(REFUSED, ("møtedato",), 3)),
                Problem(
                    "Saken har ingen tittel.", "Skriv tittel: på saken.", Where(REFUSED, ("saker", 2, "tittel"), 21)
                ),
                Problem(
                    "Møtet er på en søndag.", "Se etter at det stemmer.", Where(REFUSED, ("dato",), 2), warning=True
                ),
            ),
        ),
        InputStatus("inputs/SSU/2027-02-11 SSU.yaml", "møte", "", "", "", "settling"),
        InputStatus(
            "inputs/SSU/2026-12-03 SSU (PC-014s konflikt).yaml",
            "",
            "",
            "",
            "",
            "asked",
            (),
            (
                Problem(
                    "Dette ser ut som en kopi som OneDrive har laget av 2026-12-03 SSU.yaml.",
                    "Behold den rette av de to, og slett den andre.",
                    Where("inputs/SSU/2026-12-03 SSU (PC-014s konflikt).yaml"),
                ),
            ),
        ),
        InputStatus(
            "inputs/retningslinjer/Retningslinje 2.md",
            "retningslinje",
            "Inn- og utskriving av pasienter",
            "",
            "",
            "right",
            (document("retningslinjer/Retningslinje 2 (ny).docx", "beside", folder=folder),),
        ),
        InputStatus(
            "mandates/SSU.md",
            "mandat",
            "Mandat for Strategisk samarbeidsutvalg",
            "SSU",
            "",
            "right",
            (document("mandater/Mandat SSU.docx", "failed", folder=folder),),
        ),
    )
    coming = (
        Coming("SSU", "Strategisk samarbeidsutvalg", "2026-12-03", "09:00", "Rådhuset i Storvåg", "innkalt", SSU),
        Coming("FSU Eldre", "FSU Eldre", "2026-12-09", "", "", "utkast", REFUSED),
    )
    problems = (
        Problem(
            "Malen bruker navnet «motedato», som docgen ikke kjenner.",
            "Skriv møtedato.",
            Where("templates/SSU/protokoll.docx"),
        ),
    )
    left = (f"{folder}/OU Nordfjella/2025-09-08/2025-09-08 OU Nordfjella protokoll.docx",)
    return Status("Helsefellesskapet Fjordlandet", language, looked, watching, inputs, coming, left, problems, folder)
