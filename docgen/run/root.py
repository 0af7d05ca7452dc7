"""Which folder is the workspace. Light, for builds with nothing to do."""

from __future__ import annotations

import os
from pathlib import Path

TOML = "docgen.toml"


def root(given: Path | None = None, start: Path | None = None) -> tuple[Path, bool]:
    """Return the workspace `given` or in DOCGEN_WORKSPACE, else the nearest from the current folder upwards.

    With it, whether there is a docgen.toml; where there is none, the folder is the one that was looked in.
    """
    chosen = given or (Path(named) if (named := os.environ.get("DOCGEN_WORKSPACE")) else None)
    if chosen is not None:
        return chosen.absolute(), (chosen / TOML).is_file()
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if (folder / TOML).is_file():
            return folder, True
    return here, False
