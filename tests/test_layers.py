"""The layers of DESIGN.md § 10 hold: import-linter's contracts are kept."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_imports_go_only_downwards_and_each_library_has_one_room():
    lint_imports = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_no_file_holds_more_than_one_idea():
    long = {file.name: lines for file in (ROOT / "docgen").rglob("*.py") if (lines := _lines(file)) > 350}

    assert long == {}


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())
