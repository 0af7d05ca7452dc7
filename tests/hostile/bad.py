"""A bad input of a table, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from .ground import BAD, Ground, Outcome, assert_kept_inside, assert_right, assert_sound

REMADE = "SSU/2026-04-16/2026-04-16 SSU protokoll.docx"
"""A document of another input, taken away before the build to see that it is made all the same."""


@dataclass(frozen=True)
class Bad:
    """`content` takes the place of a good meeting, as `name`. `told` must stand in what docgen says, of line `line`.

    `code` 1 is refused, 0 made with the warning `told`.
    """

    id: str
    content: bytes | str
    told: str | tuple[str, ...]
    line: int | None = None
    name: str = BAD
    code: int = 1

    @property
    def fragments(self) -> tuple[str, ...]:
        return (self.told,) if isinstance(self.told, str) else self.told


def table(cases: Iterable[Bad]) -> pytest.MarkDecorator:
    """Return the mark that runs a test once for each case, under its id."""
    found = list(cases)
    assert len({case.id for case in found}) == len(found)
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in found])


def assert_outcome(ground: Ground, case: Bad) -> Outcome:
    """Drop the bad input, build, and hold docgen to everything it promises about bad inputs."""
    good = ground.documents()
    (ground.root / BAD).unlink()
    ground.drop(case.name, case.content)
    (ground.output / REMADE).unlink()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == case.code, outcome.told
    for fragment in case.fragments:
        assert fragment in outcome.err, outcome.err
    place = f"{case.name}, linje {case.line}" if case.line else case.name
    if case.fragments:
        assert any(line.startswith(place) and case.fragments[0] in line for line in outcome.err.splitlines()), (
            outcome.err
        )
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    after = ground.documents()
    kept = {name: data for name, data in good.items() if case.code or "2026-05-28" not in name}
    assert {name: after.get(name) for name in kept} == kept
    if case.code:
        assert after.keys() == good.keys()
    else:
        assert_right(after)
        assert [name for name in after if " (ny" in name] == []
    return outcome
