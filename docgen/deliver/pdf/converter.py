"""Documents to PDF: by LibreOffice processes that are kept warm, and what goes wrong in one stays with its document."""

from __future__ import annotations

import dataclasses
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from docgen.deliver.pdf.about import About
from docgen.deliver.pdf.document import (
    LANGUAGES,
    Document,
    UnprovenError,
    damaged,
    huge,
    needs_office,
    never_done,
    not_started,
    refused,
    too_long,
    unknown,
    unproven,
)
from docgen.deliver.pdf.office import Office, office
from docgen.deliver.pdf.office_process import EXPORT, EndedError, OfficeProcess, RefusedError, StartError
from docgen.deliver.pdf.prepared import TooLongError, prepared
from docgen.deliver.pdf.word_file import NotWordError, WordFile
from docgen.deliver.seal import made_of
from docgen.problems import Problem

log = logging.getLogger(__name__)

Key = TypeVar("Key")

MOST_PROCESSES = 8
"""Each holds some 200 MB."""

MANY = 12
"""After so many documents one process more than there are cores pays: while it starts, many more are made."""

SECONDS = 120.0
"""That one document may take. The longest of ours takes one."""

DOCUMENTS = 200
"""After so many a process makes room for a new one; what LibreOffice forgets to give back adds up."""

MEMORY = 700 << 20
"""Bytes that a process may hold when it is done with a document."""


class Converter:
    """Makes PDF of documents, several at once. LibreOffice starts with the first, and is kept until `rest` or the end.

        with Converter() as converter:
            for key, pdf in converter.convert(documents):
                ...

    Where LibreOffice is missing, the second converter does what it can. May be used by one thread at a time.
    """

    def __init__(
        self,
        processes: int | None = None,
        *,
        seconds: float = SECONDS,
        documents: int = DOCUMENTS,
        memory: int = MEMORY,
        by: Office | None = None,
    ) -> None:
        self._processes = processes or min(cores(), MOST_PROCESSES)
        self._until_extra = MANY if processes is None else None
        self._seconds, self._documents, self._memory = seconds, documents, memory
        self._office = by or office()
        # Twice as many as processes: LibreOffice takes the next document while the former is finished and proven.
        self._threads = ThreadPoolExecutor(2 * self._processes + 2, "pdf")
        self._turns = threading.Semaphore(self._processes)
        self._lock = threading.Lock()
        self._idle: list[OfficeProcess] = []
        self._busy: set[OfficeProcess] = set()
        self._is_open = True

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def convert(self, documents: Iterable[tuple[Key, Document]]) -> Iterator[tuple[Key, bytes | Problem]]:
        """Give the PDF of each document under its key, or what is wrong with it, as they are done.

        The documents are asked for as they can be taken, so they may be made on the way. Closing the iterator leaves
        out those not begun.
        """
        waiting: dict[Future[bytes | Problem], Key] = {}
        try:
            for key, document in documents:
                waiting[self.submit(document)] = key
                yield from _done(waiting, most=self.at_once)
            yield from _done(waiting, most=0)
        finally:
            for future in waiting:
                future.cancel()

    def submit(self, document: Document) -> Future[bytes | Problem]:
        """Have a PDF made, and return what will hold it, or what is wrong with the document.

        No more than `at_once` are needed at once to keep all processes at work.
        """
        return self._threads.submit(self._made, document)

    @property
    def at_once(self) -> int:
        """How many documents are best under way at the same time, so that none waits for the one who asks."""
        return 4 * self._processes

    def warm(self, count: int | None = None) -> None:
        """Start processes for so many documents (or all there may be), so that they are ready when documents are."""
        if self._office is None:
            return
        wanted = min(self._processes, self._processes if count is None else count)
        for _ in range(wanted - len(self._idle) - len(self._busy)):
            with suppress(StartError):  # the first document will tell
                self._idle.append(OfficeProcess(self._office))

    def rest(self) -> None:
        """End the processes that have nothing to do. The next document starts one anew."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.close()

    def close(self) -> None:
        """End all processes and what they are at."""
        with self._lock:
            self._is_open = False
            busy = list(self._busy)
        for process in busy:
            process.kill()  # its thread cleans up after it
        self._threads.shutdown(cancel_futures=True)
        self.rest()

    def _made(self, document: Document) -> bytes | Problem:
        """Return the PDF of a document, or what is wrong with it."""
        if not document.is_known:
            return unknown(document)
        if not document.content:
            return damaged(document)
        if document.is_picture:
            return _made_of_picture(document)
        try:
            document, word = prepared(document)
        except NotWordError as error:
            log.info("%s: %s", document.name, error)
            return damaged(document)
        except TooLongError as error:
            log.info("%s: %s", document.name, error)
            return too_long(document)
        about = _about(document, word)
        if self._office is None:
            return _made_without_office(document, word, about)
        wrong = never_done(document)
        for is_again in (False, True):
            try:
                return self._converted(self._office, document, word, about, is_again)
            except RefusedError as error:
                log.info("%s: %s", document.name, error)
                return refused(document)
            except StartError as error:
                wrong = not_started(document)
                log.info("LibreOffice does not start: %s", error)
            except EndedError as error:
                wrong = never_done(document)
                log.info("%s: LibreOffice: %s", document.name, error)
            except UnprovenError as error:
                wrong = unproven(document)
                log.info("%s: %s", document.name, error)
            if not self._is_open:
                break
        return wrong

    def _converted(
        self, installed: Office, document: Document, word: WordFile | None, about: About, is_again: bool
    ) -> bytes:
        """Return a proven PDF, made by a process that stands ready, or when it is tried again by a new one."""
        with self._turns:
            process = self._taken(installed, is_again)
            is_fit = False
            try:
                # Only here: it is slow to load, and LibreOffice starts meanwhile.
                from docgen.deliver.pdf.finishing import finished
                from docgen.deliver.pdf.proof import prove

                has_indexes = word is None or word.has_indexes
                exported = process.convert(
                    document.content, document.suffix, EXPORT, self._seconds, has_indexes=has_indexes
                )
                is_fit = process.made < self._documents and process.memory < self._memory
            except RefusedError:
                is_fit = True
                raise
            finally:
                self._give_back(process, is_fit)
        self._take_one_more()
        try:
            pdf = finished(exported, about, is_text=document.is_text)
            prove(pdf, *((word.first, word.last) if word else ()))
        except UnprovenError:
            process.is_trusted = False
            raise
        return pdf

    def _taken(self, installed: Office, is_new: bool) -> OfficeProcess:
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        if idle and (is_new or not idle.is_trusted):
            idle.close()  # before another starts
            idle = None
        with self._lock:
            if not self._is_open:
                self._idle += filter(None, [idle])
                raise EndedError("the converter is closed")
            process = idle or OfficeProcess(installed)
            self._busy.add(process)
        return process

    def _take_one_more(self) -> None:
        """Where there is much to do, let one process more than there are cores work, so that no core waits."""
        with self._lock:
            if self._until_extra:
                self._until_extra -= 1
                if not self._until_extra:
                    self._turns.release()

    def _give_back(self, process: OfficeProcess, is_fit: bool) -> None:
        with self._lock:
            self._busy.discard(process)
            is_kept = is_fit and self._is_open
            if is_kept:
                self._idle.append(process)
        if not is_kept:
            process.close()


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _done(waiting: dict[Future[bytes | Problem], Key], most: int) -> Iterator[tuple[Key, bytes | Problem]]:
    """Give what is done, and wait until no more than `most` are left."""
    while waiting:
        ready, _ = wait(waiting, None if len(waiting) > most else 0, FIRST_COMPLETED)
        if not ready:
            return
        for future in ready:
            yield waiting.pop(future), future.result()


def _about(document: Document, word: WordFile | None) -> About:
    about = word.about if word else About()
    return dataclasses.replace(
        about,
        title=document.title or about.title,
        language=LANGUAGES.get(document.language, document.language) or about.language,
        source=document.source,
        made_of=made_of(document.content),
    )


def _made_of_picture(document: Document) -> bytes | Problem:
    """Return the PDF of a picture, or of all pages of a scan: that needs no other program."""
    from docgen.deliver.pdf.finishing import finished
    from docgen.deliver.pdf.picture_pages import on_pages
    from docgen.deliver.pdf.pictures import BrokenPictureError, HugePictureError, pictures
    from docgen.deliver.pdf.proof import prove

    try:
        found = pictures(document.content)
        pdf = finished(on_pages(found, document.title), _about(document, None))
        if prove(pdf) < len(found):
            raise UnprovenError("pages are missing")
    except BrokenPictureError as error:
        log.info("%s: %s", document.name, error)
        return damaged(document)
    except HugePictureError as error:
        log.info("%s: %s", document.name, error)
        return huge(document)
    except UnprovenError as error:
        log.warning("%s: %s", document.name, error)
        return unproven(document)
    return pdf


def _made_without_office(document: Document, word: WordFile | None, about: About) -> bytes | Problem:
    if word is None or not document.is_word or document.name.lower().endswith(".svg"):
        return needs_office(document)
    from docgen.deliver.pdf.proof import prove
    from docgen.deliver.pdf.without_office import converted

    try:
        pdf = converted(document.content, about)
        prove(pdf, word.first, word.last)
    except UnprovenError as error:
        log.info("%s: %s", document.name, error)
        return unproven(document)
    return pdf
