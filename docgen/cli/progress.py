"""The progress bar: on a terminal, for more than a handful of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

HANDFUL = 5


@contextmanager
def progress(stream: TextIO, *, hidden: bool = False) -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a function that moves the bar (how many are done, of how many, and which), or None where none is shown."""
    if hidden or not stream.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.table import Column

    name_column = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, ratio=1))
    columns = (BarColumn(30), MofNCompleteColumn(table_column=Column(no_wrap=True)), name_column)
    with Progress(*columns, console=Console(file=stream), transient=True, expand=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def move(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name, visible=total > HANDFUL)

        yield move
