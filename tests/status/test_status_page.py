"""What stands on the status page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docgen.deliver.status_page import looked_again, status_page
from docgen.model.status import Coming, Document, InputStatus, Status
from docgen.problems import Problem, Where
from tests.status.everything import LOOKED, REFUSED, SSU, everything
from tests.status.page import Page


def empty(**changes):
    return replace(Status("Helsefellesskapet Fjordlandet", "nb", LOOKED, True, ()), **changes)


def test_what_must_be_mended_stands_first_then_what_is_asked_and_every_file_last():
    page = Page(everything())

    headings = page.headings()

    assert headings == [
        "Status for dokumentene Helsefellesskapet Fjordlandet",
        "Må rettes først",
        "Venter på svar fra deg",
        "Blir lagret nå",
        "De neste møtene",
        "Nye dokumenter ved siden av de gamle",
        "Dokumenter uten filene sine",
        "Verdt å se på",
        "Filer og dokumenter",
    ]


def test_a_problem_says_file_place_what_is_wrong_and_what_to_write():
    page = Page(everything())

    part = page.part("Må rettes først")

    assert (
        f"{REFUSED} linje 3, møtedato Nøkkelen møtedato er ikke kjent. Mente du dato? linje 21, saker[3].tittel" in part
    )
    assert "linje 2, dato Merk: Møtet er på en søndag." in part
    assert "templates/SSU/protokoll.docx Malen bruker navnet «motedato», som docgen ikke kjenner." in part


def test_a_file_with_notes_alone_is_not_among_those_to_mend():
    page = Page(everything())

    parts = page.part("Må rettes først"), page.part("Verdt å se på")

    assert [SSU in part for part in parts] == [False, True]


def test_the_counts_are_those_of_the_lists():
    page = Page(everything())

    counts = page.text("//nav")

    assert counts == (
        "6 filer i arbeidsområdet 4 ferdige dokumenter 2 filer må rettes 1 fil venter på svar fra deg "
        "1 fil blir lagret nå 2 nye dokumenter ved siden av de gamle 1 dokument uten filen sin 1 fil med merknad"
    )


def test_a_document_that_has_a_pdf_of_it_leads_there_too():
    page = Page(everything())

    (link,) = page.root.xpath("//a[text()='PDF']")
    assert link.get("href") == "FSU%20Eldre/2026-12-09/2026-12-09%20FSU%20Eldre%20innkalling.pdf"
    assert link.get("aria-label") == "2026-12-09 FSU Eldre innkalling.pdf"


def test_a_document_that_could_not_be_made_leads_to_no_pdf():
    one = Document("output/innkalling.docx", "innkalling", "failed", pdf="output/innkalling.pdf")
    told = InputStatus("inputs/a.yaml", "møte", "Møte", "SSU", "2026-12-03", "right", (one,))

    assert Page(empty(inputs=(told,))).root.xpath("//a[text()='PDF']") == []


def test_every_count_leads_to_its_list():
    page = Page(everything())

    anchors = [link.get("href")[1:] for link in page.root.xpath("//nav//a")]

    assert [anchor for anchor in anchors if page.root.get_element_by_id(anchor, None) is None] == []


def test_when_docgen_last_looked_is_said_the_norwegian_way_and_to_machines():
    page = Page(everything())

    (looked,) = page.root.xpath("//time")

    assert (looked.text, looked.get("datetime")) == (
        "søndag 22. november 2026 kl.\u00a010.52",
        "2026-11-22T10:52:21+01:00",
    )


@pytest.mark.parametrize(("watching", "said"), [(True, "Overvåking I gang."), (False, "Overvåking Ikke i gang.")])
def test_the_page_says_whether_the_folder_is_watched(watching, said):
    page = Page(everything(watching=watching))

    head = page.text("//header")

    assert said in head


def test_the_next_meetings_have_long_dates_place_and_stage():
    page = Page(everything())

    meetings = page.part("De neste møtene")

    assert "torsdag 3. desember 2026 kl. 09.00 SSU – Strategisk samarbeidsutvalg Rådhuset i Storvåg innkalt" in meetings
    assert "onsdag 9. desember 2026 FSU Eldre utkast" in meetings


def test_a_meeting_of_which_only_the_month_is_known_is_shown_so():
    page = Page(empty(coming=(Coming("SSU", "SSU", "2027-02", "", "", "utkast", SSU),)))

    meetings = page.part("De neste møtene")

    assert meetings == "De neste møtene februar 2027 SSU utkast"


def test_a_document_beside_another_says_why_and_what_to_do():
    page = Page(everything())

    part = page.part("Nye dokumenter ved siden av de gamle")

    assert "Det gamle er endret Noen har endret det gamle, så det er beholdt." in part
    assert "slett det endrede. Retningslinje 2 (ny).docx Det gamle er åpent Lukk det gamle i Word" in part
    assert part.endswith(
        "Da tar det nye plassen av seg selv. 2026-12-03 SSU saksframlegg 12-26 Felles rekruttering.docx"
    )


def test_documents_whose_input_is_gone_are_left_to_docgen_clean():
    page = Page(everything())

    part = page.part("Dokumenter uten filene sine")

    assert "docgen clean lister dem opp, og spør før noe fjernes. 2025-09-08 OU Nordfjella protokoll.docx" in part


def test_an_input_is_told_by_title_kind_body_date_file_and_documents():
    page = Page(everything())

    files = page.part("Filer og dokumenter")

    assert (
        "Møte i Strategisk samarbeidsutvalg Møte · SSU · 3. desember 2026 · 2026-12-03 SSU.yaml "
        "2026-12-03 SSU innkalling.docx foreløpige saksnumre"
    ) in files
    assert "Møte i FSU Eldre må rettes Møte · FSU Eldre · 9. desember 2026" in files
    assert "2027-02-11 SSU.yaml blir lagret nå" in files


def test_a_document_that_was_not_made_is_no_link():
    page = Page(everything())

    links = page.links()

    assert "Mandat SSU.docx" not in links
    assert "Mandat SSU.docx ikke laget" in page.part("Filer og dokumenter")


@pytest.mark.parametrize("folder", ["output", "ut data/dokumenter"])
def test_links_lead_from_the_folder_of_the_page(folder):
    page = Page(everything(folder=folder))

    links = page.links()

    assert links["2026-12-03 SSU innkalling.docx"] == "SSU/2026-12-03/2026-12-03%20SSU%20innkalling.docx"


def test_a_link_to_a_document_outside_the_folder_goes_up_first():
    one = InputStatus(
        SSU, "møte", "Møte", "SSU", "", "right", (Document("gammelt/SSU #1 100%.docx", "protokoll", "made"),)
    )

    page = Page(empty(inputs=(one,), folder="ut/dokumenter"))

    assert page.links() == {"SSU #1 100%.docx": "../../gammelt/SSU%20%231%20100%25.docx"}


def test_a_workspace_where_all_is_right_says_so():
    page = Page(empty(inputs=(InputStatus(SSU, "møte", "Møte i SSU", "SSU", "2026-12-03", "right"),)))

    text = page.text("//main")

    assert "Ingenting må rettes." in text
    assert page.headings()[1:] == ["Filer og dokumenter"]


def test_an_empty_workspace_says_how_to_begin():
    page = Page(empty())

    text = page.part("Filer og dokumenter")

    assert "docgen new møte lager den første." in text


def test_a_nynorsk_workspace_has_a_nynorsk_page(nynorsk):
    page = Page(everything("nn"))

    told = page.root.get("lang"), page.headings()[1], page.text("//nav//li[2]"), page.text("//time")

    assert told == ("nn", "Må rettast først", "4 ferdige dokument", "søndag 22. november 2026 kl. 10.52")


def test_the_same_status_gives_the_same_bytes():
    first, second = status_page(everything()), status_page(everything())

    assert first == second


def test_a_page_on_which_only_the_time_has_changed_is_the_page_of_that_time():
    later = LOOKED + timedelta(minutes=2)

    page = looked_again(status_page(everything()), later, "nb", watching=False)

    assert page == status_page(everything(looked=later, watching=False))


def test_a_file_that_is_no_status_page_gets_no_time():
    assert looked_again(b"<html></html>", LOOKED, "nb", watching=True) is None


def test_of_many_faulty_files_the_first_twenty_are_shown_and_the_rest_folded():
    faulty = tuple(
        InputStatus(name, "møte", "", "", "", "refused", (), (Problem("Feil.", "Rett.", Where(name)),))
        for name in (f"inputs/{at:02}.yaml" for at in range(25))
    )

    page = Page(empty(inputs=faulty))

    assert page.text("//section[1]/details/summary") == "Vis 5 filer til"
    assert len(page.root.xpath("//section[1]/div")) == 20


def test_few_files_are_shown_at_once_and_many_folder_by_folder():
    few = Page(everything())
    many = Page(
        empty(
            inputs=tuple(InputStatus(f"inputs/SSU/{at}.yaml", "møte", "", "SSU", "", "right") for at in range(12_345))
        )
    )

    opened = [page.root.xpath("//details/@open") for page in (few, many)]

    assert [len(found) for found in opened] == [4, 0]
    assert many.text("//summary") == "inputs/SSU – 12 345 filer"


def test_ten_thousand_inputs_with_three_documents_each_are_a_page_of_under_ten_megabytes():
    inputs = []
    for at in range(10_000):
        folder = f"FSU Barn og unge/2026-{at % 12 + 1:02}-14"
        papers = (f"saksframlegg {at}-26 Overgang fra barne- til voksentjenester", "innkalling", "protokoll")
        documents = (Document(f"output/{folder}/2026 FSU Barn og unge {paper}.docx", "", "made") for paper in papers)
        name = f"inputs/{at % 40} FSU Barn og unge/{at} FSU Barn og unge.yaml"
        inputs.append(
            InputStatus(name, "møte", "Møte i FSU Barn og unge", "FSU", "2026-10-14", "right", tuple(documents))
        )

    page = status_page(empty(inputs=tuple(inputs)))

    assert page.count(b"<a href=") == 30_001
    assert len(page) < 10_000_000
