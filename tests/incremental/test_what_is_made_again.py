"""What a change makes docgen do: which documents are made again, and which inputs are read, by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from docgen.run import build as builds
from docgen.run.build import Builder
from docgen.run.workspace import find
from tests.incremental.secretariat import OTHER, TOML, USUAL, guideline, meeting, picture, secretariat, text
from tests.incremental.twin import Built, Twin, answers, output_of, read, with_paragraph

SSU, FSU, BU = "SSU/2026-01-15/2026-01-15 SSU", "FSU/2026-02-03/2026-02-03 FSU", "BU/2026-03-03/2026-03-03 BU"
EVERY = [
    f"{BU} innkalling (utkast)",
    f"{FSU} innkalling (utkast)",
    f"{FSU} saksframlegg Høring (utkast)",
    f"{SSU} innkalling",
    f"{SSU} protokoll (utkast)",
    f"{SSU} saksframlegg 01-26 Budsjett",
    "mandater/Mandat BU",
    "mandater/Mandat FSU",
    "mandater/Mandat OU",
    "mandater/Mandat SSU",
    "organisering/Organisering",
    "retningslinjer/Retningslinje 1 Innleggelse",
    "retningslinjer/Retningslinje 2 Utskriving",
    "retningslinjer/Vedlegg 1.1 Skjema",
]
HUBS = ["inputs/Organisering.yaml", "mandates/BU.json", "mandates/FSU.yaml", "mandates/OU.md", "mandates/SSU.yaml"]
"""What every other input may depend on."""


@pytest.fixture(autouse=True, params=[1000, 0], ids=["few inputs", "as if many"])
def _how_many(request: pytest.FixtureRequest) -> Iterator[None]:
    """Of a large workspace, what was just written is made before the rest is looked at."""
    with patch.object(builds, "MANY", request.param), patch.object(builds, "BATCH", request.param or 1):
        yield


class Desk(Twin):
    """The secretariat's workspace, built. `change` changes an input, and `made` builds and tells what was made."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.told: dict[str, Any] = secretariat()
        self.write("docgen.toml", TOML.format(**USUAL))
        self.write("inputs/kart.png", picture(0))
        self.write("inputs/notat.pdf", "%PDF")
        for name in self.told:
            self.change(name)
        assert self.made() == EVERY
        self.build()

    def change(self, name: str, **keys: Any) -> None:
        self.told[name] |= keys
        self.write(name, text(name, self.told[name]))

    def made(self) -> list[str]:
        """Build, and return the documents that were rendered."""
        return names(self.build())


def names(built: Built) -> list[str]:
    return sorted(name.removeprefix("output/").removesuffix(".docx") for name in built.rendered)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_a_new_member_makes_again_only_what_prints_the_members(desk):
    members = desk.told["mandates/SSU.yaml"]["medlemmer"]
    members[1]["navn"] = "Per Ny"
    desk.change("mandates/SSU.yaml")

    assert desk.made() == [f"{SSU} innkalling", f"{SSU} protokoll (utkast)", "mandater/Mandat SSU"]


def test_a_word_makes_again_only_what_prints_it(desk):
    desk.write("docgen.toml", TOML.format(**USUAL | {"word": OTHER["word"]}))

    assert desk.made() == [f"{FSU} saksframlegg Høring (utkast)", f"{SSU} saksframlegg 01-26 Budsjett"]


def test_a_word_of_one_body_makes_again_only_what_prints_it_for_that_body(desk):
    desk.change("mandates/FSU.yaml", ord={"saksframlegg": "Sakspapir"})

    assert desk.made() == [f"{FSU} saksframlegg Høring (utkast)"]


def test_a_template_makes_again_only_its_own_documents(desk):
    desk.write("templates/vedlegg.docx", with_paragraph((desk.root / "templates/vedlegg.docx").read_bytes(), "Ny mal"))

    assert desk.made() == ["retningslinjer/Vedlegg 1.1 Skjema"]


def test_the_own_template_of_a_body_makes_again_only_the_documents_of_that_body(desk):
    own = with_paragraph((desk.root / "templates/innkalling.docx").read_bytes(), "Mal for BU")
    desk.write("templates/BU/innkalling.docx", own)

    assert desk.made() == [f"{BU} innkalling (utkast)"]


def test_a_picture_makes_again_only_what_shows_it(desk):
    desk.write("inputs/kart.png", picture(1))

    assert desk.made() == [
        "mandater/Mandat SSU",
        "organisering/Organisering",
        "retningslinjer/Retningslinje 1 Innleggelse",
    ]


def test_what_names_a_file_that_goes_is_told_so_and_no_other(desk):
    desk.remove("inputs/kart.png")
    desk.remove("inputs/notat.pdf")

    built = desk.build()

    assert built.report.refused == ["inputs/M1.yaml", "inputs/M2.json", "inputs/R1.yaml", "mandates/SSU.yaml"]


def test_a_rule_of_docgen_toml_that_no_document_prints_makes_nothing_again(desk):
    desk.write("docgen.toml", TOML.format(**USUAL).replace('"retningslinje 1"', '"retningslinje 7"'))

    assert desk.made() == []


def test_files_that_are_touched_make_nothing_again(desk):
    for name in [*desk.told, "docgen.toml", "templates/protokoll.docx"]:
        desk.touch(name)

    built = desk.build()

    assert names(built) == []
    assert [one.state for one in built.report.documents] == ["unchanged"] * len(EVERY)


def test_a_document_that_is_touched_is_found_to_be_as_it_was(desk):
    desk.touch(f"output/{EVERY[0]}.docx")

    built = desk.build()

    assert names(built) == [EVERY[0]]  # a person may have edited it
    assert [one.state for one in built.report.documents] == ["unchanged"] * len(EVERY)
    assert desk.made() == []


def test_a_document_that_is_deleted_is_made_again_and_no_other(desk):
    desk.remove(f"output/{EVERY[3]}.docx")

    assert desk.made() == [EVERY[3]]


@pytest.mark.parametrize("what", ["output/.docgen/built.db", "output"])
def test_what_is_deleted_is_made_again_to_the_same_bytes(desk, what):
    before = output_of(desk)
    desk.remove(what)

    assert desk.made() == EVERY
    assert output_of(desk) == before


def test_a_change_in_a_meeting_reads_only_what_bears_on_it(desk):
    desk.change("inputs/M1.yaml", sted="Kulturhuset")

    built = desk.build()

    assert names(built) == [f"{SSU} innkalling", f"{SSU} protokoll (utkast)"]
    assert sorted(built.read) == sorted([*HUBS, "inputs/M1.yaml"])


def test_a_meeting_that_shares_its_numbers_is_read_with_those_it_shares_them_with(desk):
    """FSU and BU have one sequence: a case more in February moves those of March."""
    desk.told["inputs/M2.json"]["saker"].append({"tittel": "En til"})
    desk.change("inputs/M2.json")

    built = desk.build()

    assert names(built) == EVERY[:2]
    assert sorted(built.read) == sorted([*HUBS, "inputs/M2.json", "inputs/M3.yaml"])


def test_inputs_that_come_together_are_not_read_for_each_other(desk):
    new = [f"inputs/R{at}.yaml" for at in range(5, 13)]
    for at, name in enumerate(new, 5):
        desk.write(name, text(name, guideline("retningslinje", str(at), f"Rutine {at}")))

    built = desk.build()

    assert names(built) == sorted(f"retningslinjer/Retningslinje {at} Rutine {at}" for at in range(5, 13))
    assert all(built.read.count(name) <= 2 for name in new)


def test_meetings_that_come_together_are_numbered_by_date_and_made_once(desk):
    for at in range(1, 6):
        name = f"inputs/ny {at}.yaml"
        desk.write(name, text(name, meeting("OU", f"2026-0{9 - at}-01", "innkalt", f"Sak {at}")))

    built = desk.build()

    assert [one.date for one in sorted(built.report.fixed, key=lambda one: one.cases)] == [
        f"2026-0{month}-01" for month in range(4, 9)
    ]
    assert len(names(built)) == len(set(names(built)))


def test_a_builder_that_lives_on_parses_only_what_changed(desk, monkeypatch):
    parsed: list[str] = []
    parse = inputs_module().read
    monkeypatch.setattr(inputs_module(), "read", lambda name, data: parsed.append(name) or parse(name, data))
    builder = Builder(find(desk.root), desk.clock)
    builder.build()
    desk.change("inputs/M1.yaml", sted="Kulturhuset")
    builder.build()
    parsed.clear()

    desk.change("inputs/M1.yaml", sted="Rådhuset")
    builder.build()

    assert parsed == ["inputs/M1.yaml"]


def inputs_module() -> Any:
    import docgen.run.inputs

    return docgen.run.inputs


def test_a_document_that_came_of_another_format_is_still_looked_after(desk):
    desk.move("inputs/M2.json", "inputs/M2.yaml")
    desk.write("inputs/M2.yaml", text("inputs/M2.yaml", desk.told["inputs/M2.json"]))
    assert desk.made() == []
    desk.remove(f"output/{FSU} innkalling (utkast).docx")

    built = desk.build()

    assert names(built) == [f"{FSU} innkalling (utkast)"]
    assert {one.input for one in built.report.documents if "FSU/" in one.file} == {"inputs/M2.yaml"}


def test_an_edition_in_force_that_is_deleted_is_put_back_while_its_input_is_refused(desk):
    file = desk.output / "retningslinjer/Retningslinje 2 Utskriving.docx"
    before = file.read_bytes()
    desk.told["inputs/R2.md"]["kapitler"][0]["tekst"] = "Noe annet."
    desk.change("inputs/R2.md")
    assert desk.build().report.refused == ["inputs/R2.md"]
    file.unlink()

    desk.build()

    assert file.read_bytes() == before


def test_a_name_that_is_free_again_goes_to_the_one_that_had_to_be_called_2(desk):
    for name, title in (("inputs/a.yaml", "Plan/mål"), ("inputs/b.yaml", "Plan|mål")):
        desk.told[name] = {"type": "retningslinje", "tittel": title, "kapitler": [{"tittel": "A", "tekst": title}]}
        desk.change(name)
    assert desk.made() == ["retningslinjer/Retningslinje Plan-mål", "retningslinjer/Retningslinje Plan-mål (2)"]
    desk.remove("inputs/a.yaml")

    assert desk.made() == ["retningslinjer/Retningslinje Plan-mål"]


def test_a_name_that_a_refused_input_will_have_is_not_given_to_a_new_one(desk):
    for name, title, body in (("inputs/a.yaml", "Plan/mål", "XXX"), ("inputs/b.yaml", "Plan|mål", "SSU")):
        desk.told[name] = {"type": "retningslinje", "organ": body, "tittel": title}
        desk.change(name)
        made = desk.made()

    assert made == ["retningslinjer/Retningslinje Plan-mål (2)"]


def test_a_meeting_that_is_moved_is_told_beside_what_it_approved(desk):
    desk.change("inputs/M1.yaml", dato="2026-02-02")
    desk.build()

    built = desk.build()

    assert any("Sak 01/26 står i møtet 02.02.2026" in text for text in built.problems())


def test_what_is_still_being_written_is_not_taken_for_what_it_was(desk):
    builder = Builder(find(desk.root), desk.clock)
    desk.change("inputs/R1.yaml", avtale="Ny avtale")
    desk.change("inputs/M3.yaml", sted="Kulturhuset")
    builder.build({"inputs/R1.yaml": None})
    read.clear()

    report = builder.build()

    assert "inputs/R1.yaml" in read
    assert [one.file for one in report.documents if one.state == "made"] == [f"output/{EVERY[11]}.docx"]


def test_a_build_of_one_file_leaves_the_others_as_they_stand(desk):
    desk.change("inputs/R1.yaml", organ="XXX")
    desk.build()
    desk.build()

    desk.build(["inputs/M3.yaml"])
    desk.build(["inputs/M3.yaml"])

    assert [*answers(desk)] == ["inputs/R1.yaml.FEIL.txt"]
    assert desk.build().report.refused == ["inputs/R1.yaml"]


def test_docgen_never_says_that_all_is_well_after_a_look_at_one_file(desk):
    desk.change("inputs/R1.yaml", organ="XXX")
    for _time in range(3):
        desk.build()

    for _time in range(3):
        desk.build(["inputs/M3.yaml"])
        found = desk.at_rest()

        assert found is None or (found.inputs, found.refused) == (len(desk.told), 1)


def test_old_documents_are_let_go_of_though_a_person_edited_one(desk):
    desk.edit(f"output/{SSU} innkalling.docx")
    desk.change("inputs/M1.yaml", status="avholdt")

    desk.build()

    page = (desk.output / "Status.html").read_text(encoding="utf-8")
    assert "SSU protokoll (utkast).docx" in page.partition('id="igjen"')[2]


def test_what_may_stand_in_a_file_that_cannot_be_read_is_told_beside_the_organisation_document_too(desk):
    desk.change("inputs/Organisering.yaml", organer=[{"organ": "Tverrdal"}])
    desk.write("mandates/OU.md", "---\n{[\n---\n")
    desk.build()
    desk.write("inputs/R2.md", "---\n{[\n---\n")

    told = [text for text in desk.build().problems() if text.startswith("inputs/Organisering.yaml")]

    assert len(told) == 1
    assert "inputs/R2.md, mandates/OU.md, som ikke lot seg lese" in told[0]


def test_minutes_whose_approval_waits_for_their_template_do_not_take_the_other_documents_with_them(desk):
    desk.change("inputs/M1.yaml", status="godkjent", godkjent={"sak": "02/27", "dato": "2027-02-02"})
    desk.write("templates/protokoll.docx", b"ingen mal")
    desk.build()

    again = desk.build()

    assert [name for name in again.rendered if "innkalling" in name or "saksframlegg" in name] == []
    assert {one.state for one in again.report.documents if one.input == "inputs/M1.yaml"} == {"failed", "unchanged"}


def test_a_guideline_that_was_another_is_looked_at_when_a_file_takes_its_old_number(desk):
    desk.change("inputs/R2.md", nummer="7")
    assert any("er nå «retningslinje 7»" in problem for problem in desk.build().problems())

    desk.write("inputs/G2.yaml", text("inputs/G2.yaml", desk.told["inputs/R1.yaml"] | {"nummer": "2", "vedlegg": []}))

    assert "inputs/R2.md" not in desk.build().report.refused
