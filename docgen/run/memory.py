"""Giving memory back to the system after a build of thousands of inputs: a watcher lives for weeks."""

from __future__ import annotations

import gc
import sys

MANY = 1000
"""Inputs looked at in one build, from which it pays: it takes a tenth of a second."""


def give_back() -> None:
    """Let go of what is no longer used, where the system's library can do so (glibc)."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
