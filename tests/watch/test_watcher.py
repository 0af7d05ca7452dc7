"""What the watcher builds, and when. The files are real, the clock is the test's."""

from __future__ import annotations

import os
import shutil

from docgen.run.report import Made
from tests.watch.ground import Ground

MEETING = "inputs/møte.yaml"


def test_all_is_built_at_the_start_when_it_is_at_rest(ground: Ground):
    ground.turn()
    assert ground.builds == []

    ground.after(2.0)

    assert ground.builds == [{"mandates/SSU.yaml": "organ: SSU\n"}]


def test_nothing_is_built_when_nothing_changes(ground: Ground):
    ground.started()

    for _ in range(20):
        ground.after(3.0)

    assert len(ground.builds) == 1


def test_a_saved_file_is_built_when_it_has_been_quiet(ground: Ground):
    ground.started()
    ground.drop(MEETING, "v1")

    ground.after(0.1)
    ground.after(1.5)
    assert len(ground.builds) == 1
    ground.after(0.5)

    assert ground.builds[1][MEETING] == "v1"


def test_the_next_looks_are_to_make_ready_and_when_the_file_may_be_at_rest(ground: Ground):
    ground.started()
    ground.drop(MEETING)

    pauses = [ground.after(0.5), ground.after(1.0)]

    assert pauses == [1.0, 1.0]
    assert ground.builds[1:] == []


def test_a_file_that_is_always_being_written_is_passed_over(ground: Ground):
    ground.started()
    ground.drop(MEETING)

    for at in range(6):
        ground.drop("inputs/logg.yaml", f"{at}")
        ground.after(1.0)

    assert ground.builds[-1].keys() == {"mandates/SSU.yaml", MEETING}
    assert ground.scribe.held[-1] == {"inputs/logg.yaml"}


def test_what_was_passed_over_is_built_when_it_is_at_rest(ground: Ground):
    ground.started()
    ground.drop(MEETING)
    for at in range(6):
        ground.drop("inputs/logg.yaml", f"{at}")
        ground.after(1.0)

    ground.after(2.0)

    assert ground.builds[-1]["inputs/logg.yaml"] == "5"
    assert ground.scribe.held[-1] == set()


def test_files_dropped_together_are_built_together(ground: Ground):
    ground.started()
    ground.drop(MEETING)
    ground.after(0.1)
    ground.drop("mandates/FSU.yaml")
    ground.after(1.0)

    ground.after(1.5)
    assert len(ground.builds) == 1
    ground.after(0.5)

    assert len(ground.builds) == 2
    assert {MEETING, "mandates/FSU.yaml"} <= ground.builds[1].keys()


def test_a_picture_that_is_being_copied_holds_up_the_build(ground: Ground):
    ground.started()
    ground.drop(MEETING)
    for at in range(10):
        ground.drop("inputs/kart.png", "x" * at)
        ground.after(1.0)
    assert len(ground.builds) == 1

    ground.after(2.0)

    assert len(ground.builds) == 2


def test_a_template_that_is_always_being_written_holds_up_the_build_for_half_a_minute(ground: Ground):
    ground.started()
    for at in range(40):
        ground.drop("templates/protokoll.docx", f"mal {at}")
        if at == 1:
            ground.drop(MEETING)
        ground.after(1.0)
        assert len(ground.builds) == (1 if at < 30 else 2)


def test_one_new_picture_after_another_holds_up_the_build_for_half_a_minute(ground: Ground):
    ground.started()
    ground.drop(MEETING)

    for at in range(40):
        ground.drop(f"inputs/{at}.png")
        ground.after(1.0)

    assert len(ground.builds) == 2


def test_a_temporary_file_that_came_and_went_holds_up_nothing(ground: Ground):
    """Excel's have eight signs and no ending."""
    ground.started()
    ground.drop(MEETING)
    ground.after(0.1)
    for _round in range(3):
        ground.drop("inputs/5A1B2C00")
        ground.after(0.5)
        ground.remove("inputs/5A1B2C00")
        ground.after(0.3)

    assert MEETING in ground.builds[-1]


def test_a_touch_builds_nothing(ground: Ground):
    ground.drop(MEETING)
    ground.started()
    os.utime(ground.root / MEETING)

    ground.settled()

    assert len(ground.builds) == 1


def test_a_deleted_file_is_missed_after_the_quiet_time(ground: Ground):
    ground.drop(MEETING)
    ground.started()
    ground.remove(MEETING)

    ground.after(0.1)
    ground.after(1.0)
    assert len(ground.builds) == 1
    ground.after(1.0)

    assert MEETING not in ground.builds[1]


def test_nothing_is_built_while_a_file_is_away_in_a_rename_dance(ground: Ground):
    ground.drop(MEETING, "before")
    ground.started()
    ground.drop("inputs/annet.yaml")
    ground.after(0.1)
    ground.after(1.5)
    (ground.root / MEETING).rename(ground.root / "inputs/~WRL0001.tmp")
    ground.after(0.6)
    assert len(ground.builds) == 1
    ground.drop("inputs/~WRD0000.tmp", "after")
    (ground.root / "inputs/~WRD0000.tmp").rename(ground.root / MEETING)

    ground.settled()

    assert ground.builds[1][MEETING] == "after"
    assert all(MEETING in build for build in ground.builds)


def test_a_file_that_comes_and_goes_is_passed_over_only_while_it_is_there(ground: Ground):
    ground.drop(MEETING, "before")
    ground.started()
    ground.drop("inputs/annet.yaml")
    ground.after(0.1)
    away = ground.root / "inputs/~WRL0001.tmp"
    (ground.root / MEETING).rename(away)
    ground.after(2.0)
    away.rename(ground.root / MEETING)
    ground.after(1.5)
    (ground.root / MEETING).rename(away)
    ground.after(0.6)
    assert len(ground.builds) == 1
    away.rename(ground.root / MEETING)

    ground.after(0.1)

    assert ground.builds[1].keys() == {"mandates/SSU.yaml", "inputs/annet.yaml"}
    assert ground.scribe.held[1] == {MEETING}


def test_an_input_that_was_passed_over_and_is_as_it_was_is_told_to_be_at_rest(ground: Ground):
    ground.drop("inputs/logg.yaml", "som den var")
    ground.started()
    ground.drop(MEETING)
    for at in range(6):
        ground.drop("inputs/logg.yaml", f"{at}")
        ground.after(1.0)
    assert ground.scribe.held[-1] == {"inputs/logg.yaml"}
    ground.drop("inputs/logg.yaml", "som den var")

    ground.settled()

    assert ground.scribe.held[-1] == set()


def test_a_changed_template_and_a_changed_setting_are_built(ground: Ground):
    ground.started()

    for name in ("templates/protokoll.docx", "docgen.toml"):
        ground.drop(name, (ground.root / name).read_text("utf-8") + "\n# endret")
        ground.settled()

    assert len(ground.builds) == 3


def test_an_answer_beside_an_input_is_no_change(ground: Ground):
    ground.started()
    ground.drop("inputs/møte.yaml.FEIL.txt", "docgen: FEIL i møte.yaml")

    ground.settled()

    assert len(ground.builds) == 1


def test_deleted_documents_are_made_again(ground: Ground):
    ground.drop("output/Status.html", "side")
    ground.started()
    ground.after(30.0)
    shutil.rmtree(ground.root / "output")

    ground.settled()

    assert len(ground.builds) == 2


def test_the_status_page_that_docgen_itself_writes_is_no_change(ground: Ground):
    ground.started()
    ground.drop("output/Status.html", "side")
    ground.settled()

    ground.drop("output/Status.html", "en annen side")
    ground.settled()

    assert len(ground.builds) == 1


def test_the_status_page_tells_once_a_minute_that_docgen_looked(ground: Ground):
    ground.started()

    for _ in range(150):
        ground.after(1.0)

    assert ground.scribe.looks == 2


def test_all_is_gone_through_every_five_minutes_though_nothing_changed(ground: Ground):
    ground.started()

    for _ in range(305):
        ground.after(1.0)

    assert len(ground.builds) == 2


def test_a_document_that_word_has_open_is_tried_again_more_and_more_seldom(ground: Ground):
    ground.scribe.documents = [Made("output/a.docx", "protokoll", MEETING, "held")]
    ground.started()
    times = []
    ground.scribe.during = lambda: times.append(ground.clock.now)

    start = ground.clock.now
    for _ in range(100):
        ground.after(1.0)

    assert [time - start for time in times] == [5.0, 15.0, 35.0, 65.0, 95.0]


def test_a_document_that_got_in_its_place_is_not_tried_again(ground: Ground):
    ground.scribe.documents = [Made("output/a.docx", "protokoll", MEETING, "held")]
    ground.started()
    ground.scribe.documents = [Made("output/a.docx", "protokoll", MEETING, "made")]

    for _ in range(100):
        ground.after(1.0)

    assert len(ground.builds) == 2


def test_a_change_during_a_build_is_built_afterwards(ground: Ground):
    ground.drop(MEETING, "før")
    ground.started()
    ground.drop(MEETING, "nå")
    ground.after(0.1)
    ground.scribe.during = lambda: ground.drop("inputs/under.yaml", "ny")
    ground.after(2.0)
    ground.scribe.during = lambda: None

    ground.settled()

    assert ground.builds[-1]["inputs/under.yaml"] == "ny"


def test_a_folder_that_can_not_be_listed_for_a_while_loses_nothing(ground: Ground, monkeypatch):
    ground.drop("inputs/lukket/møte.yaml")
    ground.started()
    real = os.scandir

    def denied(path):
        if str(path).endswith("lukket"):
            raise PermissionError(13, "nei")
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", denied)
        for _ in range(5):
            ground.after(5.0)
    ground.settled()

    assert len(ground.builds) == 1
