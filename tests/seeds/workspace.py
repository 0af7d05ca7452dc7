"""A workspace in a temporary folder, built as a user builds it: with the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from .word import Word

_REPOSITORY = Path(__file__).parents[2]


class Workspace:
    """Files to build from, and the documents that came of them."""

    def __init__(self, root: Path, settings: str) -> None:
        self.root = root
        (root / "docgen.toml").write_text(settings, encoding="utf-8")
        shutil.copytree(_REPOSITORY / "templates", root / "templates")
        (root / "inputs").mkdir()
        (root / "mandates").mkdir()

    def drop(self, name: str, keys: dict[str, Any], body: str | None = None) -> None:
        """Write an input: YAML, or Markdown under front matter when the name ends with .md."""
        written = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=10_000)
        text = written if body is None else f"---\n{written}---\n\n{body}"
        (self.root / name).write_text(text, encoding="utf-8")

    def build(self) -> None:
        """Build everything; fails the test with what docgen says when anything was refused."""
        command = [sys.executable, "-m", "docgen", "build", "--workspace", str(self.root)]
        environment = {key: value for key, value in os.environ.items() if key != "DOCGEN_WORKSPACE"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
        assert done.returncode == 0, f"docgen build gave {done.returncode}:\n{done.stdout}\n{done.stderr}"

    def documents(self, pattern: str) -> list[Word]:
        """Return the documents in output/ whose paths match, in the order of their names."""
        return [Word(path) for path in sorted((self.root / "output").glob(pattern))]

    def document(self, pattern: str) -> Word:
        """Return the one document in output/ whose path matches."""
        made = sorted(str(path.relative_to(self.root)) for path in (self.root / "output").rglob("*.docx"))
        found = self.documents(pattern)
        assert len(found) == 1, f"{len(found)} documents match {pattern}; made were {made}"
        return found[0]
