"""Remembers what this process has written within the hour, so it asks the database only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import datetime

#: The most refusals of one person that a process writes in an hour. Who tries a million addresses
#: is known by the first ones, and does not fill the disk.
MOST_REFUSALS = 200


class Memory:
    def __init__(self) -> None:
        self.hour: datetime | None = None
        self.keys: set[Hashable] = set()
        self.refusals: Counter[int | None] = Counter()

    def begin(self, hour: datetime) -> None:
        """Forget the hours before."""
        if hour != self.hour:
            self.hour = hour
            self.keys.clear()
            self.refusals.clear()

    def has(self, key: Hashable) -> bool:
        return key in self.keys

    def add(self, key: Hashable) -> None:
        self.keys.add(key)

    def may_refuse(self, actor: int | None) -> bool:
        """Count one more refusal of a person, and whether it is still to be written."""
        self.refusals[actor] += 1
        return self.refusals[actor] <= MOST_REFUSALS
