"""Giving memory back to the system after a build of thousands of inputs: a watcher lives for weeks."""

from __future__ import annotations

import gc
import sys

MANY = 1000
"""Inputs from which a workspace is large: what was just written is made first, and memory is given back."""

BATCH = 800
"""How many new and changed inputs are looked at together in a large workspace, with those of their families."""


def give_back() -> None:
    """Let go of what is no longer used, where the system's library can do so (glibc)."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
