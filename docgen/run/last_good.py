"""The workspace as docgen.toml says, through one build or many: while the file has a fault the last good one holds."""

from __future__ import annotations

import time

from docgen.problems import Problem, WorkspaceError
from docgen.run.root import TOML
from docgen.run.scan import Stamp
from docgen.run.seen import is_fresh, stamp_of
from docgen.run.workspace import Workspace, again


class LastGood:
    """The last workspace whose docgen.toml was right, and in `faults` what is wrong with the file now."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.faults: tuple[Problem, ...] = ()
        self._stamp: Stamp | None = None
        """The stamp of docgen.toml, when it vouches for what was read."""

    def look_again(self) -> Workspace:
        """Take the file as it is now, and return the workspace."""
        now = stamp_of(self.workspace.root, TOML)
        if now is None or now != self._stamp:
            self._stamp = None
            try:
                self.workspace, self.faults = again(self.workspace), ()
            except WorkspaceError as error:
                self.faults = error.problems
            else:
                self._stamp = now if now and not is_fresh(now, time.time_ns()) else None
        return self.workspace
