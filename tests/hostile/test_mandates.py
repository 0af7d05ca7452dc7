"""Mandates that are missing, double or wrong: only what depends on them is refused."""

from __future__ import annotations

from .bad import REMADE
from .ground import REPOSITORY, Ground, Outcome, assert_kept_inside, assert_sound

SSU = "mandates/SSU.md"
MANDATE = (REPOSITORY / SSU).read_text("utf-8")


def _refused(ground: Ground, *told: str) -> Outcome:
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1, outcome.told
    for fragment in told:
        assert fragment in outcome.err, outcome.err
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good
    return outcome


def test_without_a_mandate_the_meetings_of_the_body_are_refused(ground: Ground) -> None:
    (ground.root / SSU).unlink()

    _refused(
        ground,
        "inputs/godt møte.yaml, linje 2, organ: Det finnes ikke noe mandat for et organ SSU.",
        "inputs/offer.yaml, linje 2, organ: Det finnes ikke noe mandat for et organ SSU.",
    )


def test_with_two_mandates_of_one_body_both_are_refused_and_the_meetings_made(ground: Ground) -> None:
    ground.drop("mandates/to.md", MANDATE.replace("organ: SSU", "organ: ssu"))
    (ground.output / REMADE).unlink()

    outcome = ground.build()

    assert outcome.code == 1
    assert "mandates/SSU.md" in outcome.err
    assert "mandates/to.md" in outcome.err
    assert "mandates/SSU.md, linje 3, organ: Mandatet for ssu står i mandates/to.md også." in outcome.err
    assert (ground.output / REMADE).is_file()


def test_a_mandate_that_can_not_be_read_is_named_where_it_is_missed(ground: Ground) -> None:
    ground.drop(SSU, MANDATE.replace("organ: SSU", "organ: [SSU"))

    _refused(ground, "mandates/SSU.md, linje 3", "Det kan stå i mandates/SSU.md, som ikke lot seg lese.")


def test_a_mandate_with_a_wrong_number_form_is_refused(ground: Ground) -> None:
    ground.drop(SSU, MANDATE.replace("saksnummer: 01/22", "saksnummer: aa/bb"))
    (ground.output / REMADE).unlink()

    outcome = ground.build()

    assert outcome.code == 1
    assert "«aa/bb» viser ikke hvordan sak 1 i 2022 skrives." in outcome.err
    assert_sound(outcome)


def test_numbers_that_begin_beyond_all_reason_are_no_trouble(ground: Ground) -> None:
    for start in ("9" * 900, "-1", "0", "1e9", "¹", "٣"):
        ground.drop(SSU, MANDATE.replace("saksnummer: 01/22", f"saksnummer: {{form: 01/22, start: '{start}'}}"))

        outcome = ground.build("--dry-run")

        assert outcome.code == 1, start
        assert "Skriv et helt tall fra 1" in outcome.err
        assert_sound(outcome)


def test_a_mandate_without_front_matter_and_one_without_an_end_of_it_are_refused(ground: Ground) -> None:
    ground.drop("mandates/a.md", MANDATE.partition("---\n\n")[2])
    ground.drop("mandates/b.md", MANDATE.replace("\n---\n", "\n", 1))
    ground.drop("mandates/c.md", "---\n---\n# Formål\n")

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert "mandates/a.md, linje 1: Filen begynner ikke med nøklene sine" in outcome.err
    assert "mandates/b.md, linje 1: Nøklene øverst i filen blir ikke avsluttet." in outcome.err
    assert "mandates/c.md: Filen er tom." in outcome.err
