"""The progress bars, of documents and of PDF: on a terminal, for more than a handful."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from docgen.messages import _
from docgen.run.production import Progress

HANDFUL = 5


@contextmanager
def progress(stream: TextIO, *, hidden: bool = False) -> Iterator[Progress | None]:
    """Give a function that moves the bars, or None where none are shown."""
    if hidden or not stream.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars
    from rich.table import Column

    columns = (
        TextColumn("{task.fields[label]}", markup=False, table_column=Column(no_wrap=True)),
        BarColumn(30),
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, ratio=1)),
    )
    with Bars(*columns, console=Console(file=stream), transient=True, expand=True) as bars:
        documents = bars.add_task("", total=None, visible=False, label=_("Documents"))
        pdfs = bars.add_task("", total=None, visible=False, label="PDF")

        def move(done: int, total: int, name: str, *, is_pdf: bool = False) -> None:
            task = pdfs if is_pdf else documents
            bars.update(task, completed=done, total=total, description=name, visible=total > HANDFUL)

        yield move
