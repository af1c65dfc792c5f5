"""What the server loads before its processes part, so that it is in memory once."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from pathlib import Path

from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.urls import reverse

#: Settings of the C library's memory, by their numbers in its ``malloc.h``, and their values: what
#: is free goes back, large pieces at once, and threads take from one place. A thread that keeps a
#: place of its own saves no time here, since one thread of Python runs at a time.
_TRIM_THRESHOLD = (-1, 64 * 1024)
_MMAP_THRESHOLD = (-3, 64 * 1024)
_ARENA_MAX = (-8, 1)


def load() -> None:
    """Load every address with its views, and every template.

    What is loaded later, each process has for itself.
    """
    _give_memory_back()
    reverse("home")
    for engine in engines.all():
        for folder in engine.dirs:
            for path in sorted(Path(folder).rglob("*.html")):
                # Its page says what is wrong with it; the others need not wait for that.
                with suppress(TemplateDoesNotExist, TemplateSyntaxError):
                    engine.get_template(str(path.relative_to(folder)))
    # A connection belongs to one process.
    connections.close_all()
    # The collector of garbage writes into every object that it looks at, and a page of memory that
    # is written to is in memory once more.
    gc.collect()
    gc.freeze()


def _give_memory_back() -> None:
    """Only the C library of Linux (glibc) knows these settings."""
    with suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        for number, value in (_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX):
            mallopt(number, value)
