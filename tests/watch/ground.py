"""A workspace that is watched with a clock of the test's own, by a watcher whose builds are only written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docgen.messages import speak
from docgen.problems import Problem
from docgen.run.production import Progress
from docgen.run.report import Made, Printed, Report
from docgen.run.scan import Stamp
from docgen.run.workspace import Workspace, find
from docgen.watch.bell import Bell
from docgen.watch.pace import Pace
from docgen.watch.watcher import Listener, Watcher

TOML = 'målform = "bokmål"\n[eier]\nnavn = "Helsefellesskapet Nordvik"\n'.replace("målform", '"målform"')


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Scribe:
    """In the builder's place: writes down what there was to read at each build, and which inputs were held."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.builds: list[dict[str, str]] = []
        self.held: list[set[str]] = []
        self.looks = 0
        self.prepared: list[dict[str, Stamp]] = []
        self.documents: list[Made] = []
        self.made: list[str] = []
        self.pdfs: list[list[Printed]] = []
        """What comes of PDF files, time after time."""
        self.during: Callable[[], None] = lambda: None

    def build(
        self,
        held: Mapping[str, Problem | None],
        *,
        at_rest: Mapping[str, Stamp] | None = None,
        progress: Progress,
    ) -> Report:
        self.during()
        self.held.append(set(held))
        self.builds.append(
            {
                self.workspace.name(file): file.read_text("utf-8")
                for folder in self.workspace.input_folders
                for file in sorted(folder.rglob("*.yaml"))
                if self.workspace.name(file) not in held
            }
        )
        self.made.clear()
        for made in self.documents:
            self.made.append(made.file)
            progress(len(self.made), len(self.documents), made.file)
        return Report(documents=list(self.documents), held=dict.fromkeys(held, "settling"))

    def printed(self) -> list[Printed]:
        return self.pdfs.pop(0) if self.pdfs else []

    @property
    def pdfs_left(self) -> int:
        return len(self.pdfs)

    def look(self) -> None:
        self.looks += 1

    def prepare(self, at_rest: Mapping[str, Stamp]) -> None:
        self.prepared.append(dict(at_rest))


class Ground:
    """`drop` and `remove` change files, `turn` is a turn of the watcher now, `after` one some seconds later."""

    def __init__(self, root: Path, pace: Pace = Pace(by_events=False)) -> None:  # noqa: B008
        self.root = root
        for folder in ("mandates", "inputs", "templates"):
            (root / folder).mkdir(parents=True)
        (root / "docgen.toml").write_text(TOML, "utf-8")
        (root / "mandates" / "SSU.yaml").write_text("organ: SSU\n", "utf-8")
        (root / "templates" / "protokoll.docx").write_bytes(b"mal")
        self.clock = Clock()
        self.scribe = Scribe(find(root))
        speak("nb")
        self.said: list[str] = []
        self.reports: list[Report] = []
        self.pace = pace
        self.watcher = self.new_watcher()

    def new_watcher(self) -> Watcher:
        """A watcher as after a start anew."""
        listener = Listener(self.reports.append, self.said.append)
        return Watcher(self.scribe, listener, Bell(), self.pace, self.clock)  # type: ignore[arg-type]

    def drop(self, name: str, text: str = "a") -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def remove(self, name: str) -> None:
        (self.root / name).unlink()

    def turn(self) -> float:
        return self.watcher.turn()

    def after(self, seconds: float) -> float:
        self.clock.now += seconds
        return self.turn()

    def started(self) -> Ground:
        """The watcher has made its first build."""
        self.turn()
        self.after(2.0)
        assert len(self.builds) == 1
        return self

    def settled(self) -> None:
        """Look until what was changed is at rest."""
        self.after(0.1)
        self.after(2.0)

    @property
    def builds(self) -> list[dict[str, str]]:
        return self.scribe.builds
