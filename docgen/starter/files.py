"""The files that docgen brings with it."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def templates_folder() -> Path:
    """Return the folder of the Word templates: packed beside this module, or the repository's in a source checkout."""
    packed = HERE / "templates"
    return packed if packed.is_dir() else HERE.parent.parent / "templates"


def write_new(file: Path, data: bytes) -> bool:
    """Write a file that is not there yet, with its folders; return False and leave it alone when it is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as opened:
            opened.write(data)
    except FileExistsError:
        return False
    return True
