"""What the rows are about, told without reading them, and rows read by themselves."""

from __future__ import annotations

import pytest

from docgen.register import RegisterError, create_or_open
from tests.register.filling import edition, filled, force, meeting, noon


@pytest.fixture
def file(tmp_path):
    return tmp_path / "register.db"


def test_the_outline_tells_what_each_row_is_about(file):
    with filled(file, 2, b"x") as register:
        found = register.outline()

    assert found == [
        (1, 0, "", "", ""),
        (2, 1, "SSU", "inputs/1", ""),
        (3, 2, "SSU", "inputs/2", ""),
        (4, 0, "", "", "retningslinje 1"),
    ]


def test_rows_are_read_by_their_numbers(file):
    with filled(file, 4) as register:
        assert register.some_rows([2, 4]) == [register.rows()[1], register.rows()[3]]
        assert register.some_rows([]) == []


def test_a_row_that_is_not_as_it_was_written_is_not_given(file):
    filled(file, 4).close()
    force(file, "UPDATE log SET facts = replace(facts, 'Godkjenning 2', 'Godkjenning 9')")

    with create_or_open(file, noon) as register:
        assert len(register.some_rows([2, 4])) == 2
        with pytest.raises(RegisterError, match="rad 3 i loggen er ikke slik den ble skrevet"):
            register.some_rows([2, 3])


def test_a_row_that_is_gone_is_told_of(file):
    filled(file, 2).close()
    force(file, "DELETE FROM case_number WHERE row = 3", "DELETE FROM log WHERE row = 3")

    with create_or_open(file, noon) as register, pytest.raises(RegisterError, match="rad 3 i loggen mangler"):
        register.some_rows([3])


@pytest.mark.parametrize("sequence", ["ssu", "øyrekka", 'det "lille" rådet', "a\\b", "ssu,"])
def test_the_meetings_of_a_sequence_are_found_by_its_whole_name(file, sequence):
    with create_or_open(file, noon) as register:
        with register.writing() as writing:
            writing.add("meeting", meeting(1, "ss"))
            writing.add("meeting", meeting(2, sequence, title=f'x","sequence":"{sequence}",'))
            writing.add("meeting", meeting(3, f"{sequence}x", title=f'"sequence":"{sequence}"'))
            writing.add("edition", edition(1, b"x", document=f'"sequence":"{sequence}",'), [b"x"])

        assert register.drawing(sequence) == {2}
        assert register.drawing("nobody") == set()
