"""LibreOffice crashes and hangs, docgen is killed, and still each document ends as a right PDF or a named problem.

DOCGEN_CONVERSIONS says how many conversions are made under fire: 24 here, 200 in `make soak`.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sized
from copy import deepcopy
from pathlib import Path

import docx
import psutil
import pytest

from docgen.deliver.pdf import Converter, Document
from docgen.deliver.pdf.finishing import conformance
from docgen.deliver.pdf.office import office
from docgen.deliver.pdf.office_process import FOLDER, EndedError, OfficeProcess
from docgen.messages import speak
from docgen.problems import Problem
from tests.pdf.offices import CLIENT, eventually, sockets, working_in
from tests.pdf.test_reaching_out import Canary

CONVERSIONS = int(os.environ.get("DOCGEN_CONVERSIONS", "24"))
SECONDS = 3.0
"""After which a document is taken to hang."""
SEED = int(os.environ.get("DOCGEN_SEED", "5"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Fire(threading.Thread):
    """Kills or stops at random a LibreOffice or its client that has its files in a folder, until told to end.

    Not twice before another document is done, however slow the machine is, unless that takes as long as a hang.
    """

    def __init__(self, folder: Path, chance: random.Random, done: Sized) -> None:
        super().__init__(daemon=True)
        self.hits = 0
        self.sockets: set[Path] = set()
        self._folder = folder
        self._chance = chance
        self._done = done
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(self._chance.uniform(0.1, 0.6)):
            self._wait_for_another()
            self.sockets |= sockets(self._folder)
            if not (alive := working_in(self._folder)):
                continue
            try:
                self._chance.choice(alive).send_signal(self._chance.choice([signal.SIGKILL, signal.SIGSTOP]))
                self.hits += 1
            except psutil.NoSuchProcess:
                pass

    def _wait_for_another(self) -> None:
        before = len(self._done)
        eventually(lambda: len(self._done) > before or self._end.is_set(), SECONDS + 1)

    def cease(self) -> None:
        self._end.set()
        self.join()


def test_documents_come_through_while_libreoffice_is_killed_and_stopped(documents, folder):
    some = list(documents.items())
    jobs = [(number, some[number % len(some)][1]) for number in range(CONVERSIONS)]
    made: dict[int, bytes | Problem] = {}
    fire = Fire(folder, random.Random(SEED), made)

    with Converter(2, seconds=SECONDS) as converter:
        fire.start()
        for number, pdf in converter.convert(jobs):
            made[number] = pdf
        fire.cease()

    assert fire.hits >= CONVERSIONS / 12
    assert made.keys() == {number for number, _document in jobs}
    for number, document in jobs:
        result = made[number]
        if isinstance(result, bytes):
            assert conformance(result).pdf_a == "2a"
        else:
            assert result.where.file == document.name
    assert sum(isinstance(one, bytes) for one in made.values()) > CONVERSIONS / 2
    assert eventually(lambda: not working_in(folder))
    assert list(folder.iterdir()) == []
    assert fire.sockets
    assert not any(map(Path.exists, fire.sockets))


@pytest.fixture
def process(folder):
    opened = OfficeProcess(office())
    yield opened
    opened.close()


def of(folder: Path, kind: str) -> psutil.Process:
    """Return the one LibreOffice (`soffice`) or client that has its files in a folder."""
    (found,) = (one for one in working_in(folder) if (CLIENT in " ".join(one.cmdline())) == (kind == "client"))
    return found


@pytest.fixture
def letter(documents) -> Document:
    return next(document for name, document in documents.items() if "innkalling" in name)


def test_libreoffice_goes_when_its_client_is_killed(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)

    of(folder, "client").kill()

    assert eventually(lambda: not working_in(folder))


def test_a_process_that_is_gone_says_so(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)
    of(folder, "soffice").kill()

    with pytest.raises(EndedError):
        process.convert(letter.content, ".docx", {}, 60)


def test_a_process_that_hangs_is_given_up(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)
    of(folder, "soffice").suspend()

    with pytest.raises(EndedError):
        process.convert(letter.content, ".docx", {}, 1)


def test_a_hanging_process_is_killed_with_all_it_started(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)
    of(folder, "soffice").suspend()
    of(folder, "client").suspend()

    process.close()

    assert eventually(lambda: not working_in(folder))
    assert list(folder.iterdir()) == []


def test_a_crash_costs_one_more_try(documents, folder):
    name, document = next(iter(documents.items()))
    with Converter(1) as converter:
        converter.warm()
        assert eventually(lambda: len(working_in(folder)) == 2)
        of(folder, "soffice").kill()

        ((key, made),) = converter.convert([(name, document)])

    assert key == name
    assert isinstance(made, bytes)


def test_a_document_that_takes_too_long_is_named_and_the_rest_goes_on(documents, folder):
    speak("nb")
    name, document = next(iter(documents.items()))
    jobs = [(name, document), ("lang", Document("Lang.docx", long_letter())), (f"{name} igjen", document)]

    with Converter(1, seconds=4) as converter:
        made = dict(converter.convert(jobs))

    assert isinstance(made[name], bytes)
    assert made[f"{name} igjen"] == made[name]
    assert str(made["lang"]).startswith(
        "Lang.docx: LibreOffice stoppet eller brukte for lang tid to ganger, så det ble ikke laget PDF av dokumentet."
    )


def long_letter() -> bytes:
    """Return a Word document that keeps LibreOffice busy for a minute."""
    document = docx.Document()
    paragraph = document.add_paragraph("Et avsnitt som fyller litt.")._p
    for _ in range(100_000):
        paragraph.addnext(deepcopy(paragraph))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_process_makes_room_for_a_new_one_after_so_many_documents(documents, folder):
    jobs = list(documents.items())[:5]
    seen = set()
    with Converter(1, documents=2) as converter:
        for _key, made in converter.convert(jobs):
            assert isinstance(made, bytes)
            seen |= {path.name for path in folder.iterdir()}

    assert len(seen) >= 2


def test_a_process_that_has_grown_makes_room_for_a_new_one(documents, folder):
    jobs = list(documents.items())[:2]
    with Converter(1, memory=1) as converter:
        made = dict(converter.convert(jobs))

        assert all(isinstance(one, bytes) for one in made.values())
        assert eventually(lambda: working_in(folder) == [])


def test_processes_are_kept_warm_until_they_may_rest(documents, folder):
    job = next(iter(documents.items()))
    with Converter(1) as converter:
        list(converter.convert([job]))
        first = {one.pid for one in working_in(folder)}
        list(converter.convert([job]))

        assert {one.pid for one in working_in(folder)} == first
        converter.rest()
        assert working_in(folder) == []
        ((_key, made),) = converter.convert([job])
        assert isinstance(made, bytes)


def test_closing_ends_what_is_under_way(documents, folder):
    with Converter(2) as converter:
        for _ in converter.convert(documents.items()):
            made = sockets(folder)
            break

    assert eventually(lambda: not working_in(folder))
    assert list(folder.iterdir()) == []
    assert made
    assert not any(map(Path.exists, made))


AT_WORK = """
import sys
from itertools import cycle
from pathlib import Path
from docgen.deliver.pdf import Converter, Document
with Converter(2) as converter:
    jobs = ((one, Document.at(Path(one))) for one in cycle(sys.argv[1:]))
    for key, pdf in converter.convert(jobs):
        print(key, flush=True)
"""


@pytest.mark.parametrize("done", [0, 3], ids=["while it starts", "in the middle of its work"])
def test_nothing_is_left_when_docgen_is_killed(tmp_path: Path, letter, folder, done):
    (tmp_path / letter.name).write_bytes(letter.content)
    docgen = subprocess.Popen(
        [sys.executable, "-c", AT_WORK, tmp_path / letter.name],
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(folder)},
    )
    for _ in range(done):
        docgen.stdout.readline()
    assert eventually(lambda: sockets(folder))
    made = sockets(folder)

    docgen.kill()
    docgen.wait()
    docgen.stdout.close()

    assert eventually(lambda: not working_in(folder))
    assert eventually(lambda: list(folder.iterdir()) == [])
    assert not any(map(Path.exists, made))


def test_no_socket_is_open_to_others_on_the_machine(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)

    assert [one for each in working_in(folder) for one in each.net_connections("inet")] == []
    for name in process._sockets[:2]:
        assert os.stat(name).st_mode & 0o077 == 0


def test_the_canary_is_heard(folder):
    """Canary is what test_reaching_out.py trusts."""
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        subprocess.run(
            [sys.executable, "-c", f"import urllib.request as r; r.urlopen('{server.url}').read()"], check=True
        )
        server.shutdown()

    assert server.asked == ["GET /bilde.png"]


@pytest.mark.parametrize(("room", "chosen"), [(1 << 30, True), (1 << 20, False)], ids=["with room", "nearly full"])
def test_a_process_has_its_folder_in_memory_where_there_is_room(tmp_path: Path, monkeypatch, room, chosen):
    usage = shutil.disk_usage(tmp_path)._replace(free=room)
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    monkeypatch.setattr("docgen.deliver.pdf.office_process._MEMORY", tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)

    opened = OfficeProcess(office())
    opened._wait_until_ready()
    found = list(tmp_path.iterdir())
    opened.close()

    assert [path.name.startswith(FOLDER) for path in found] == ([True] if chosen else [])
    assert list(tmp_path.iterdir()) == []


def test_a_place_for_temporary_files_that_was_chosen_stays_chosen(process, letter, folder):
    process.convert(letter.content, ".docx", {}, 60)

    assert [path.name.startswith(FOLDER) for path in folder.iterdir()] == [True]
