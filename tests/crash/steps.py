"""Every write, flush, change of a name and statement of a build as a step that can fail, or be the last.

For a process that is forked for it: what is put in the place of Python's own is not taken back.
"""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from tests.crash.disk import Disk

STATEMENTS = ("BEGIN", "INSERT", "COMMIT", "ROLLBACK", "CREATE", "PRAGMA user_version =", "PRAGMA application_id =")
"""What is written in the database, by how it begins. The pragmas of a connection write nothing."""

FOLDERS = ("output", ".docgen")


@dataclass(frozen=True, slots=True)
class Step:
    """What is about to be done, and to which file of the workspace. `number` counts from 0."""

    number: int
    what: str
    file: str

    def __str__(self) -> str:
        return f"{self.number} {self.what} {self.file}".rstrip()


def before_the_page(steps: list[Step]) -> list[Step]:
    """Return the steps on which register and documents depend.

    Not the one that says who is at work; nor the status page and the cache, which come last: that they can't be
    written is at most noted.
    """
    page = next(at for at, step in enumerate(steps) if step.file.startswith("output/.Status.html"))
    return [step for step in steps[:page] if step.file != ".docgen/builder.txt"]


class Steps:
    """Stands between a build and the disk. `before` and `after` are told each step; what they raise, the step raises.

    `disk` knows what a power cut would leave of the files, but not of the database, which SQLite writes by itself.
    The write with the number `lie` is done with one wrong byte, as a worn disk may do it.
    """

    def __init__(
        self, root: Path, before: Callable[[Step], None], after: Callable[[Step], None] = lambda _: None
    ) -> None:
        self.root = root
        self.disk = Disk(root, ("inputs", "mandates", "templates"))
        self._before, self._after = before, after
        self.lie = -1
        self._count = 0
        self._paths: dict[int, PurePath] = {}
        self._install()

    @property
    def is_next_a_lie(self) -> bool:
        return self._count == self.lie

    def do(
        self, what: str, file: PurePath | None, do: Callable[[], Any], torn: Callable[[], Any] = lambda: None
    ) -> Any:
        """Do one step. A write that fails or is the last leaves a half."""
        step = Step(self._count, what, file.as_posix() if file else "")
        self._count += 1
        try:
            self._before(step)
        except BaseException:
            torn()
            raise
        done = do()
        self._after(step)
        return done

    def _inside(self, path: Any) -> PurePath | None:
        """Return the path from the workspace of what docgen writes, or None for what is none of it."""
        if not isinstance(path, str | os.PathLike):
            return None
        try:
            inside = Path(path).relative_to(self.root)
        except ValueError:
            return None
        return inside if (inside.parts and inside.parts[0] in FOLDERS) or inside == PurePath() else None

    def _install(self) -> None:
        opened, low_opened, fsync, replace = io.open, os.open, os.fsync, os.replace
        mkdir, unlink, connected = os.mkdir, os.unlink, sqlite3.connect
        disk, step, inside = self.disk, self.do, self._inside

        def open_file(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            if (path := inside(file)) is None or not set(mode) & set("wxa+"):
                return opened(file, mode, *rest, **named)
            real = step("open", path, lambda: opened(file, mode, *rest, **named))
            disk.created(path, emptied="w" in mode)
            self._paths[real.fileno()] = path
            return _Watched(real, path, self)

        def open_low(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            handle = low_opened(path, flags, *rest, **named)
            if found := inside(path):
                self._paths[handle] = found
            else:
                self._paths.pop(handle, None)
                if found == PurePath():
                    self._paths[handle] = found
            return handle

        def flush(handle: int) -> None:
            path = self._paths.get(handle)
            if path is None:
                fsync(handle)
                return
            step("fsync", path, lambda: fsync(handle))
            disk.flushed(path)

        def rename(source: Any, target: Any, **named: Any) -> None:
            path, to = inside(source), inside(target)
            if path is None or to is None:
                replace(source, target, **named)
                return
            step("replace", to, lambda: (replace(source, target, **named), disk.renamed(path, to)))

        def make(path: Any, *rest: Any, **named: Any) -> None:
            found = inside(path)
            if found is None or Path(path).exists():
                mkdir(path, *rest, **named)
                return
            step("mkdir", found, lambda: (mkdir(path, *rest, **named), disk.made_folder(found)))

        def remove(path: Any, **named: Any) -> None:
            found = inside(path)
            if found is None or not Path(path).exists():
                unlink(path, **named)
                return
            step("unlink", found, lambda: (unlink(path, **named), disk.removed(found)))

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                real = super().execute
                if not sql.startswith(STATEMENTS):
                    return real(sql, *values)
                return step(" ".join(sql.split()[:3]), None, lambda: real(sql, *values))

            def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
                for row in rows:  # each is a step
                    self.execute(sql, row)
                return self.cursor()

        io.open, os.open, os.fsync, os.replace = open_file, open_low, flush, rename
        os.mkdir, os.unlink = make, remove
        sqlite3.connect = lambda *rest, **named: connected(*rest, **named, factory=Connection)


class _Watched:
    """A file that is open for writing."""

    def __init__(self, real: Any, path: PurePath, steps: Steps) -> None:
        self._real, self._path, self._steps = real, path, steps

    def write(self, data: bytes) -> int:
        if self._steps.is_next_a_lie:
            data = bytes((data[0] ^ 1,)) + data[1:]
        half = data[: len(data) // 2]
        return int(self._steps.do("write", self._path, lambda: self._write(data), lambda: self._write(half)))

    def _write(self, data: bytes) -> int:
        at = self._real.tell()
        written = self._real.write(data)
        self._real.flush()
        self._steps.disk.wrote(self._path, at, bytes(data))
        return int(written)

    def __enter__(self) -> _Watched:
        return self

    def __exit__(self, *_error: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
