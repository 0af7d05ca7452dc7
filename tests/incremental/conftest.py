"""File times that decide at once, and templates that are compiled once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incremental.twin import at_once


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    with at_once():
        yield
