"""What a watcher knows of thousands of inputs lies in memory for weeks, and is as small as it can be."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from docgen.deliver.status_page import status_page
from docgen.model.status import Document, InputStatus, Status
from docgen.run.built import Built, load
from docgen.run.known import KnownDocument, KnownInput

COUNT = 2000
RECIPE = "{" + ",".join(f'"del {at}":"{at:032x}"' for at in range(12)) + "}"

Told = TypeVar("Told")


def known(root: Path) -> Path:
    """Write what is known of many guidelines, and return the cache."""
    built = Built(root / "built.db", root, {"program": "docgen"})
    for at in range(COUNT):
        name, title, stamp = f"inputs/{at:05}.yaml", f"Rutine {at}", (300, 10**18 + at, 10**18 + at, 2_000_000 + at)
        built.inputs[name] = KnownInput(
            name, stamp, f"{at:064x}", kind="retningslinje", title=title, families=(f"retningslinje {at}",)
        )
        file = f"retningslinjer/Retningslinje {at} {title}.docx"
        built.documents[file] = KnownDocument(file, stamp, name, f"{RECIPE}{at}", "retningslinje", template="mal.docx")
    built.save(built.inputs, (), built.documents, ())
    return built.path


def taken(work: Callable[[], Told]) -> tuple[Told, float, float]:
    """Return what the work gives, the kilobytes that this takes, and those that it took at the most."""
    tracemalloc.start()
    try:
        found = work()
        now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return found, now / 1000, most / 1000


def test_an_input_and_its_document_are_known_in_a_kilobyte_and_a_half(tmp_path):
    cache = known(tmp_path)

    built, now, most = taken(lambda: load(cache, tmp_path))

    assert len(built.inputs) == len(built.documents) == COUNT
    assert now < 1.5 * COUNT
    assert most < 1.6 * COUNT


def test_what_a_document_was_made_of_is_there_when_it_is_asked_for(tmp_path):
    cache = known(tmp_path)
    names = [f"inputs/{at:05}.yaml" for at in (3, 5)]
    for_haste, whole = load(cache, tmp_path, with_documents=False), load(cache, tmp_path)

    for_haste.fetch(names)
    whole.fetch(names)
    fetched = dict(for_haste.documents)

    assert sorted(one.recipe for one in fetched.values()) == [f"{RECIPE}3", f"{RECIPE}5"]
    assert for_haste.complete()
    assert for_haste == whole
    assert fetched.items() <= for_haste.documents.items()


def test_a_cache_that_is_gone_does_not_complete_what_was_loaded_for_haste(tmp_path):
    cache = known(tmp_path)
    built = load(cache, tmp_path, with_documents=False)
    cache.unlink()

    assert not built.complete()


def test_the_status_page_is_made_in_little_more_than_its_size():
    inputs = tuple(
        InputStatus(f"inputs/{at % 20}/{at}.yaml", "retningslinje", f"Rutine – {at}", "", "", "right", (document(at),))
        for at in range(COUNT)
    )
    status = Status("Sykehuset", "nb", datetime(2026, 11, 22, tzinfo=UTC), True, inputs)
    status_page(status)

    page, _now, most = taken(lambda: status_page(status))

    assert most < 3 * len(page) / 1000


def document(at: int) -> Document:
    return Document(f"output/retningslinjer/Retningslinje {at} Rutine {at}.docx", "retningslinje", "made")
