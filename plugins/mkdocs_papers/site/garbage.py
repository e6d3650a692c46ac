"""Keeping Python's collector of garbage out of work that makes none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in the meantime.

    A library and its pages are a million values, made one after the other and kept. Python would go through all that
    are there again and again while more are made, which takes longer than the making.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
