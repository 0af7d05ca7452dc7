"""The log of what docgen did by itself: a file in the workspace that never grows large, one line an event."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG = ".docgen/log/docgen.log"

_LARGEST = 1_000_000
_OLDER = 5
_DOCGEN = __package__.partition(".")[0]
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def log_to_file(root: Path) -> None:
    """Write all that docgen logs from now on to the log of the workspace at `root`, and to no other workspace's.

    A log that can't be written stops nothing.
    """
    docgen = logging.getLogger(_DOCGEN)
    for handler in [one for one in docgen.handlers if isinstance(one, _LogFile)]:
        docgen.removeHandler(handler)
        handler.close()
    docgen.addHandler(_LogFile(root / LOG))
    docgen.setLevel(logging.INFO)


class _LogFile(RotatingFileHandler):
    def __init__(self, file: Path) -> None:
        # delay: a folder that is away now may be there when something happens.
        super().__init__(
            file, maxBytes=_LARGEST, backupCount=_OLDER, encoding="utf-8", delay=True, errors="backslashreplace"
        )
        self.setFormatter(_Line("%(asctime)s %(levelname)s %(part)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        folder = Path(self.baseFilename).parent
        if folder.parents[1].is_dir():  # else the workspace is away, and its place must not be taken
            folder.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def doRollover(self) -> None:  # noqa: N802 - the name is logging's
        # Windows refuses while somebody reads the file: it grows on, rather than losing what happens meanwhile.
        try:
            super().doRollover()
        except OSError:
            # What could not be written before it was closed is lost; the next event opens the file anew.
            self.stream = None

    def close(self) -> None:
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Pass over a disk that is full or away; what is wrong in docgen itself is told."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class _Line(logging.Formatter):
    """One line an event, as a program and a person can read it: `2026-11-22T09:12:03+01:00 INFO watch stopped`."""

    def format(self, record: logging.LogRecord) -> str:
        record.part = record.name.removeprefix(f"{_DOCGEN}.").partition(".")[0]
        return _NOT_IN_A_LINE.sub(lambda found: found[0].encode("unicode_escape").decode(), super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return where it went wrong and how, but not with what: the words of an error may be those of an input."""
        error, told = ei[1], []
        while error is not None:
            frames = traceback.walk_tb(error.__traceback__)
            places = (f"{frame.f_globals.get('__name__')}:{line}" for frame, line in frames)
            told.append(" ".join((type(error).__name__, "at", *places)))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return " after ".join(told)
