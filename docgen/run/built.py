"""`output/.docgen/built.db`: what was built of what. A cache, which may be deleted at any time.

Only the docgen that holds the workspace's lock writes in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from docgen.disk import make_folder
from docgen.problems import Problem, Where
from docgen.run.known import KnownDocument, KnownInput, KnownPdf
from docgen.run.scan import Stamp

SHAPE = 5
"""Raised with each change of the tables: a cache of another shape is thrown away."""

_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE input (file TEXT PRIMARY KEY, size INTEGER, changed INTEGER, entered INTEGER, node INTEGER, "
    "digest TEXT NOT NULL, facts TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE document (file TEXT PRIMARY KEY, size INTEGER, changed INTEGER, entered INTEGER, node INTEGER, "
    "input TEXT NOT NULL, recipe TEXT NOT NULL, facts TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX document_input ON document (input)",
    "CREATE TABLE pdf (file TEXT PRIMARY KEY, size INTEGER, changed INTEGER, entered INTEGER, node INTEGER, "
    "of_size INTEGER, of_changed INTEGER, of_entered INTEGER, of_node INTEGER, by TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_INPUT_FACTS = tuple(name for name in KnownInput.__slots__ if name not in ("file", "stamp", "digest"))
"""The fields that the cache keeps as one text, in their order."""
_DOCUMENT_FACTS = tuple(name for name in KnownDocument.__slots__ if name not in ("file", "stamp", "input", "recipe"))


@dataclass(slots=True)
class Built:
    """What was built of what, in memory; `save` writes it. What can't be kept is told by nothing but a slower build."""

    path: Path
    root: Path
    meta: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, KnownInput] = field(default_factory=dict)
    documents: dict[str, KnownDocument] = field(default_factory=dict)
    is_partial: bool = False
    """Whether only those documents are here that were fetched."""
    _pdfs: dict[str, KnownPdf] | None = None
    _is_whole: bool = True
    """Whether the file holds all that is here, but for what is told since."""

    @property
    def is_empty(self) -> bool:
        return not self.meta

    @property
    def gone(self) -> tuple[int, ...]:
        """The meetings of the register whose inputs were gone."""
        return tuple(json.loads(self.meta.get("gone", "[]")))

    @property
    def templates(self) -> dict[str, list[int] | None]:
        """The stamps of the templates."""
        return dict(json.loads(self.meta.get("stamps", "{}")))

    def documents_of(self) -> dict[str, list[KnownDocument]]:
        """Return the documents by their input."""
        found: dict[str, list[KnownDocument]] = {}
        for one in self.documents.values():
            found.setdefault(one.input, []).append(one)
        return found

    def fetch(self, inputs: Iterable[str]) -> None:
        """Take in the documents of some inputs with their recipes, which `load` leaves out: few are ever asked for."""
        names = set(inputs)
        if not self.is_partial:
            names &= {one.input for one in self.documents.values() if not one.recipe}
        if not names:
            return
        try:
            with _connected(self.path, "ro") as database:
                listed = (json.dumps(sorted(names)),)
                self._take_in(database.execute(f"{_DOCUMENTS} WHERE input IN (SELECT value FROM json_each(?))", listed))
        except (sqlite3.Error, ValueError, TypeError):
            return

    def complete(self) -> bool:
        """Take in the documents that were left out; return False when they can't be had."""
        if not self.is_partial:
            return True
        known, self.documents = self.documents, {}
        try:
            with _connected(self.path, "ro") as database:
                self._take_in(database.execute(_WITHOUT_RECIPE))
        except (sqlite3.Error, ValueError, TypeError):
            return False
        self.documents |= known
        self.is_partial = False
        return True

    def _take_in(self, found: sqlite3.Cursor) -> None:
        for (file, *stamp, name, recipe, _facts), known in _rows(found):
            one = self.inputs.get(name)
            owner = one.file if one else name  # the name is kept once
            self.documents[file] = KnownDocument(file, _stamp(stamp), owner, recipe, *known)

    @property
    def pdfs(self) -> dict[str, KnownPdf]:
        """The PDF files, read when they are first asked for: many builds do without."""
        if self._pdfs is None:
            self._pdfs = {}
            try:
                with _connected(self.path, "ro") as database:
                    rows = database.execute("SELECT * FROM pdf") if _is_ours(database) else ()
                    for file, *told, by in rows:
                        self._pdfs[file] = KnownPdf(file, _stamp(told[:4]), _stamp(told[4:]), by)
            except (sqlite3.Error, ValueError, TypeError):
                self._pdfs = {}
        return self._pdfs

    def note_pdfs(self, told: Iterable[KnownPdf], gone: Iterable[str] = ()) -> None:
        """Take in PDF files as they are made, and write them; forget those that are gone."""
        made, left = list(told), list(gone)
        for name in left:
            self.pdfs.pop(name, None)
        self.pdfs.update({one.file: one for one in made})
        if made or left:
            self._write(partial(_put_pdfs, pdfs=made, gone=left))

    def note(self, documents: Iterable[KnownDocument]) -> None:
        """Take in documents as they are made, and write them, so that what is made need not be made again."""
        told = list(documents)
        self.documents |= {one.file: one for one in told}
        self._write(lambda database: _put_documents(database, told))

    def save(self, inputs: Iterable[str], gone: Iterable[str], documents: Iterable[str], left: Iterable[str]) -> None:
        """Write what is now told of some inputs and documents, and forget others, all of it or nothing."""
        if not self._is_whole or not self.path.exists():
            if self.is_partial:
                return  # the next build looks at everything
            inputs, documents = list(self.inputs), list(self.documents)
            pdfs = list(self.pdfs.values())
        else:
            pdfs = []

        def put(database: sqlite3.Connection) -> None:
            database.executemany("DELETE FROM input WHERE file = ?", ((name,) for name in gone))
            database.executemany("DELETE FROM document WHERE file = ?", ((name,) for name in left))
            _put_inputs(database, (self.inputs[name] for name in inputs))
            _put_documents(database, (self.documents[name] for name in documents))
            _put_pdfs(database, pdfs)
            database.execute("DELETE FROM meta")
            database.executemany("INSERT INTO meta VALUES (?, ?)", self.meta.items())

        self._is_whole = self._write(put)

    def _write(self, put: Callable[[sqlite3.Connection], None]) -> bool:
        """Write in one transaction, in a new cache where there is none; return whether that could be done."""
        try:
            make_folder(self.path.parent, self.root)
            with _connected(self.path, "rwc") as database:
                database.execute("PRAGMA synchronous = NORMAL")
                database.execute("BEGIN IMMEDIATE")
                _make_tables(database)
                put(database)
                database.execute("COMMIT")
        except (sqlite3.Error, OSError):
            # A full disk, a share without locks, a damaged file: what it tells is not to be trusted any more.
            _drop(self.path)
            self._is_whole = False
            return False
        return True


def load(path: Path, root: Path, *, with_documents: bool = True) -> Built:
    """Return what is known of earlier builds of the workspace at `root`; of the documents only if asked for.

    Nothing is known when the file is not there, is of another shape, or is damaged.
    """
    built = Built(path, root, is_partial=not with_documents)
    try:
        with _connected(path, "ro") as database:
            if not _is_ours(database):
                return Built(path, root)
            built.meta = dict(database.execute("SELECT key, value FROM meta"))
            for (file, *stamp, digest, _facts), known in _rows(database.execute("SELECT * FROM input")):
                built.inputs[file] = KnownInput(file, _stamp(stamp), digest, *known)
            if with_documents:
                built._take_in(database.execute(_WITHOUT_RECIPE))
    except (sqlite3.Error, ValueError, TypeError):
        return Built(path, root)
    return built


def meta(path: Path) -> dict[str, str]:
    """Return only what stands at the top of the cache."""
    try:
        with _connected(path, "ro") as database:
            if not _is_ours(database):
                return {}
            return dict(database.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return {}


def as_told(problem: Problem) -> list[Any]:
    """Return a problem as the cache keeps it."""
    where = problem.where
    return [problem.what, problem.fix, problem.warning, where.file, list(where.path), where.line, where.cell]


def as_problem(told: list[Any]) -> Problem:
    """Return a problem that the cache kept."""
    what, fix, warning, file, path, line, cell = told
    return Problem(what, fix, Where(file, tuple(path), line, cell), warning)


def _rows(found: sqlite3.Cursor) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    """Give each row and the facts that stand last in it, those of many read at once, which is faster.

    Of the words that stand in thousands of rows each is kept once.
    """
    words: dict[str, str] = {}
    share = words.setdefault
    while rows := found.fetchmany(_AT_ONCE):
        for row, known in zip(rows, json.loads(f"[{','.join(row[-1] for row in rows)}]"), strict=True):
            kept = [share(x, x) if type(x) is str else tuple(x) if type(x) is list else x for x in known]
            yield row, kept


def _stamp(told: list[int | None]) -> Stamp | None:
    size, changed, entered, node = told
    return None if size is None else (size, changed, entered, node)  # type: ignore[return-value]


def _put_inputs(database: sqlite3.Connection, inputs: Iterable[KnownInput]) -> None:
    database.executemany(
        "INSERT OR REPLACE INTO input VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((one.file, *(one.stamp or _NO_STAMP), one.digest, _facts(one, _INPUT_FACTS)) for one in inputs),
    )


def _put_documents(database: sqlite3.Connection, documents: Iterable[KnownDocument]) -> None:
    database.executemany(
        "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (one.file, *(one.stamp or _NO_STAMP), one.input, one.recipe, _facts(one, _DOCUMENT_FACTS))
            for one in documents
        ),
    )


def _put_pdfs(database: sqlite3.Connection, pdfs: Iterable[KnownPdf], gone: Iterable[str] = ()) -> None:
    database.executemany("DELETE FROM pdf WHERE file = ?", ((name,) for name in gone))
    database.executemany(
        "INSERT OR REPLACE INTO pdf VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((one.file, *(one.stamp or _NO_STAMP), *(one.document or _NO_STAMP), one.by) for one in pdfs),
    )


_DOCUMENTS = "SELECT file, size, changed, entered, node, input, recipe, facts FROM document"
_WITHOUT_RECIPE = _DOCUMENTS.replace("recipe", "''")

_AT_ONCE = 500

_NO_STAMP = (None, None, None, None)


def _facts(one: KnownInput | KnownDocument, names: Iterable[str]) -> str:
    return json.dumps([getattr(one, name) for name in names], ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    if mode == "ro" and not path.exists():
        raise sqlite3.OperationalError("not there")
    address = f"{path.absolute().as_uri()}?mode={mode}"
    database = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
    try:
        yield database
    finally:
        database.close()


def _is_ours(database: sqlite3.Connection) -> bool:
    """Return whether the cache is of the shape that this docgen writes."""
    return bool(database.execute("PRAGMA user_version").fetchone() == (SHAPE,))


def _make_tables(database: sqlite3.Connection) -> None:
    if _is_ours(database):
        return
    for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        database.execute(f'DROP TABLE "{name}"')
    for statement in _TABLES:
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {SHAPE}")


def _drop(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}-journal")):
        try:
            one.unlink(missing_ok=True)
        except OSError:
            continue
