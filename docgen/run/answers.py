"""The answer beside a file: what is wrong with `møte.yaml` stands in `møte.yaml.FEIL.txt` until it is right."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import lexists
from pathlib import Path

from docgen.disk import write_whole
from docgen.messages import _, many
from docgen.problems import Problem, Where, reason

SUFFIX = ".FEIL.txt"

_BOM = b"\xef\xbb\xbf"
_FIRST = "docgen: FEIL i "
"""How the first line begins, in bokmål and nynorsk alike: by it docgen knows an answer of its own again."""

_WIDTH = 78
"""Columns of a line: Notepad does not always fold long ones."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers that were written and removed now, from the workspace with `/`, and what stood in the way."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def answer(
    root: Path, problems: Mapping[str, Sequence[Problem]], answered: Collection[str], found: Iterable[str] = ()
) -> Answered:
    """Write an answer beside each file of `problems` that must be mended, and remove those of files right or gone.

    `answered` are the files that were looked at now, `found` the names of the answers that are there; all are from
    `root`. Warnings alone give no answer. A file of such a name that docgen did not write is left as it is. What
    could not be done comes back as problems, never raised.
    """
    wrong = {file: told for file, told in problems.items() if _must_be_mended(told) and lexists(root / file)}
    written, removed, hindered = [], [], []
    for file, told in wrong.items():
        try:
            if _write(root, file, text(file, told)):
                written.append(file + SUFFIX)
        except OSError as error:
            hindered.append(_not_written(file, error))
        except _NotOurs:
            hindered.append(_in_the_way(file))
    for name in found:
        file = name.removesuffix(SUFFIX)
        try:
            if file not in wrong and (file in answered or not lexists(root / file)) and _remove(root / name):
                removed.append(name)
        except OSError as error:
            hindered.append(_not_removed(name, error))
    return Answered(tuple(written), tuple(removed), tuple(hindered))


def _must_be_mended(problems: Sequence[Problem]) -> bool:
    return not all(problem.warning for problem in problems)


class _NotOurs(Exception):
    """A person has a file of the name that an answer should have."""


def _write(root: Path, file: str, data: bytes) -> bool:
    """Return whether the answer was written; it is not when it stands there already.

    Raises OSError, and _NotOurs when a person has a file of that name.
    """
    place = root / (file + SUFFIX)
    old = _content(place)
    if old is not None and not _is_ours(old):
        raise _NotOurs
    if old == data:
        return False
    write_whole(place, data, root)
    return True


def _remove(place: Path) -> bool:
    """Return whether the answer was removed; what docgen did not write stays. Raises OSError."""
    old = _content(place)
    if old is None or not _is_ours(old):
        return False
    place.unlink(missing_ok=True)
    return True


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _is_ours(data: bytes) -> bool:
    return data.startswith(_BOM + _FIRST.encode())


def text(file: str, problems: Sequence[Problem]) -> bytes:
    """Return the answer as Notepad shows it well: UTF-8 with a byte order mark, and CRLF."""
    name = file.rpartition("/")[2]
    errors = [problem for problem in problems if not problem.warning]
    notes = [problem for problem in problems if problem.warning]
    lines = [
        _FIRST + name,
        "",
        *_folded(_("docgen wrote this file. It goes away by itself when {name} is right.", name=name)),
        *_folded(_("Until then, the documents that were made before stay as they were.")),
        "",
        many("{count} fault to mend:", "{count} faults to mend:", len(errors)),
        *_numbered(errors, 1, file),
    ]
    if notes:
        lines += ["", _("Worth a look:"), *_numbered(notes, len(errors) + 1, file)]
    # A name that is no text at all (Linux only) is shown with question marks.
    return _BOM + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _numbered(problems: Sequence[Problem], first: int, file: str) -> list[str]:
    """Return each problem with its number: the place, what is wrong, and what to write instead."""
    lines = []
    for at, problem in enumerate(problems, first):
        label = f"{at}. "
        told = [_place(problem.where, file), problem.what, problem.fix]
        folded = [line for part in told if part for line in _folded(part, _WIDTH - len(label))]
        lines += ["", label + folded[0], *(" " * len(label) + line for line in folded[1:])]
    return lines


def _place(where: Where, file: str) -> str:
    """Return the place, without the name of the file that the answer stands beside."""
    place = str(replace(where, file="") if where.file == file else where)
    return place[:1].upper() + place[1:] if where.file == file and where.line else place


def _folded(sentences: str, width: int = _WIDTH) -> list[str]:
    return textwrap.wrap(sentences, width, break_long_words=False, break_on_hyphens=False)


def _not_written(file: str, error: OSError) -> Problem:
    what = _("The answer beside the file could not be written: {reason}.", reason=reason(error))
    fix = _("The problems of the file stand on the status page. See that you may write in its folder.")
    return Problem(what, fix, Where(file + SUFFIX), warning=True)


def _not_removed(name: str, error: OSError) -> Problem:
    what = _("The file is right, but the old answer beside it could not be removed: {reason}.", reason=reason(error))
    fix = _("Close the answer in other programs, or delete it.")
    return Problem(what, fix, Where(name), warning=True)


def _in_the_way(file: str) -> Problem:
    what = _("docgen would write here what is wrong with {file}, but there is another file of that name.", file=file)
    fix = _("Give your file another name. The problems stand on the status page meanwhile.")
    return Problem(what, fix, Where(file + SUFFIX), warning=True)
