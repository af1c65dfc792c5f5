"""The latest of several rows, by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def latest_of(rows: Iterable[tuple[int, T]]) -> dict[int, T]:
    """The last value of each key; the key that came last stands at the end."""
    found: dict[int, T] = {}
    for key, value in rows:
        found.pop(key, None)
        found[key] = value
    return found
