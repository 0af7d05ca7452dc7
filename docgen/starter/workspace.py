"""A new workspace: settings, templates, an example and a text on how to begin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.messages import _
from docgen.problems import Problem, Where, WorkspaceError, reason
from docgen.run.root import TOML
from docgen.starter.files import HERE, templates_folder, write_new

EXAMPLE = "inputs/eksempel"
READ_ME = "LES MEG.txt"


def make_workspace(folder: Path, language: str) -> list[Path]:
    """Make a workspace in `folder`, in the language "nb" or "nn", and return the files written.

    Files that are there already are left alone. Raises WorkspaceError when the folder is a workspace, or can't be
    written in.
    """
    if (folder / TOML).exists():
        raise WorkspaceError(
            Problem(
                _("The folder is a workspace already."),
                _("Choose another folder, or go on with this one: docgen build makes its documents."),
                Where(str(folder)),
            )
        )
    try:
        (folder / "mandates").mkdir(parents=True, exist_ok=True)
        # docgen.toml last: a folder that could only be half made is no workspace, and init can be run again.
        return [folder / name for name, data in _contents(language) if write_new(folder / name, data)]
    except OSError as error:
        what = _("The folder can't be written in: {reason}.", reason=reason(error))
        raise WorkspaceError(Problem(what, _("Choose another folder."), Where(str(folder)))) from None


def _contents(language: str) -> Iterator[tuple[str, bytes]]:
    own = HERE / language
    for template in sorted(templates_folder().iterdir()):
        yield f"templates/{template.name}", template.read_bytes()
    for example in sorted((own / "example").iterdir()):
        yield f"{EXAMPLE}/{example.name}", _for_windows(example.read_text("utf-8"))
    # With its mark of order, Notepad of any age shows æ, ø and å.
    yield READ_ME, b"\xef\xbb\xbf" + _for_windows((own / READ_ME).read_text("utf-8"))
    yield TOML, _for_windows((own / TOML).read_text("utf-8"))


def _for_windows(text: str) -> bytes:
    """Return the text with the line ends that every editor on Windows shows as such."""
    return text.replace("\n", "\r\n").encode()
