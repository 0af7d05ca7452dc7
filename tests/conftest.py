"""For all tests: in CI the property tests try the same examples each time, so that a commit is green or it is not.

New examples are searched for wherever the tests are run by hand.
"""

import os
import tempfile

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Compiled templates are kept for the tests of this run, and not among those of whoever runs them.
if "DOCGEN_CACHE" not in os.environ:
    _cache = tempfile.TemporaryDirectory(prefix="docgen-cache-")
    os.environ["DOCGEN_CACHE"] = _cache.name

# PDF is made in the tests that are about it.
os.environ.setdefault("DOCGEN_NO_PDF", "1")

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
    # Hypothesis takes numbers and texts out of the modules that happen to be loaded, which are others in each process
    # of a run: the examples would not be the same.
    providers._get_local_constants = lambda: providers._local_constants


@pytest.fixture
def stamps_decide_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file be trusted to be as its stamp says, however new it is."""
    monkeypatch.setattr("docgen.run.seen._FRESH", 0)
