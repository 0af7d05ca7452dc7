"""The register as it will be once what is foreseen is fixed; nothing of it is written."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import NoReturn

from docgen.register import FIRST, Foreseen, Head, Writing
from docgen.run.ledger import Ledger


class ForeseenLedger(Ledger):
    """A ledger in which what is fixed is known in here only. It reads the register of the one that it is made of."""

    def __init__(self, ledger: Ledger) -> None:
        self._workspace, self._clock, self._place = ledger._workspace, ledger._clock, ledger._place
        self._open, self._is_writable = ledger._open, False
        self.record, self.news, self._told = ledger.record.copy(), [], ""
        self.coming = Foreseen(self._open.head if self._open else Head(0, FIRST), self._clock)

    def seal(self, row: int) -> str:
        """Return the hash of a row of the log, of those too that are foreseen."""
        return self.coming.hash_of(row) or super().seal(row)

    def close(self) -> None:
        """Leave the register to whom it belongs."""

    def _writing(self) -> AbstractContextManager[Writing | Foreseen]:
        return nullcontext(self.coming)

    def _writable(self) -> NoReturn:
        raise ValueError("what is foreseen is not written")
