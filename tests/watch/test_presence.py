"""A folder that is suddenly gone or empty is a share that is away: nothing is built of it."""

from __future__ import annotations

import shutil

from tests.watch.ground import Ground

AWAY = (
    "inputs er borte eller tom, som når nettverket er nede. docgen rører ingenting, og fortsetter når mappen er "
    "tilbake. Er det meningen at den skal være tom, så legg en fil i den."
)


def started(ground: Ground) -> Ground:
    ground.drop("inputs/møte.yaml", "v1")
    return ground.started()


def test_nothing_is_built_while_the_inputs_are_away_and_it_is_told_once(ground: Ground):
    started(ground)
    (ground.root / "inputs").rename(ground.root / "borte")

    for _ in range(100):
        ground.after(5.0)

    assert len(ground.builds) == 1
    assert ground.scribe.looks == 0
    assert ground.said == [AWAY]


def test_the_watch_goes_on_when_the_folder_is_back(ground: Ground):
    started(ground)
    (ground.root / "inputs").rename(ground.root / "borte")
    ground.after(5.0)
    (ground.root / "borte").rename(ground.root / "inputs")
    ground.after(5.0)
    ground.drop("inputs/møte.yaml", "v2")

    ground.settled()

    assert ground.said == [AWAY, "inputs er tilbake."]
    assert [build["inputs/møte.yaml"] for build in ground.builds] == ["v1", "v2"]


def test_the_whole_workspace_may_be_away(ground: Ground):
    started(ground)
    ground.root.rename(ground.root.with_name("borte"))
    ground.after(5.0)
    ground.root.with_name("borte").rename(ground.root)

    ground.settled()

    assert ground.said[0].startswith("mandates, inputs, templates er borte eller tom")
    assert len(ground.builds) == 1


def test_an_empty_folder_in_the_place_of_the_inputs_is_no_deletion(ground: Ground):
    started(ground)
    shutil.rmtree(ground.root / "inputs")
    (ground.root / "inputs").mkdir()

    for _ in range(5):
        ground.after(5.0)

    assert len(ground.builds) == 1
    assert ground.said == [AWAY]


def test_a_folder_that_a_person_emptied_still_has_its_marker_and_is_built(ground: Ground):
    started(ground)
    ground.remove("inputs/møte.yaml")

    ground.settled()

    assert ground.builds[1] == {"mandates/SSU.yaml": "organ: SSU\n"}
    assert ground.said == []


def test_a_folder_that_is_away_when_the_watcher_starts_is_missed(ground: Ground):
    started(ground)
    shutil.rmtree(ground.root / "inputs")
    (ground.root / "inputs").mkdir()

    ground.watcher = ground.new_watcher()
    for _ in range(5):
        ground.after(2.0)

    assert len(ground.builds) == 1
    assert ground.said == [AWAY]


def test_a_workspace_that_never_had_inputs_is_built(ground: Ground):
    (ground.root / "inputs").rmdir()

    ground.started()

    assert ground.said == []


def test_the_marker_tells_a_person_what_it_is(ground: Ground):
    ground.started()

    text = (ground.root / "inputs" / ".docgen-mappe").read_text("utf-8")

    assert text == "Denne filen viser docgen at mappen er på plass. La den ligge.\n"
