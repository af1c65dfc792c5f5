"""What is said to the person who wrote the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake: the file, the place in it ("rung butt-taps, level 5-cm"), the key, and what was
    expected."""

    file: str
    place: str
    key: str
    expected: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        return f"{where}: {self.key}: {self.expected}" if self.key else f"{where}: {self.expected}"


class ContentError(Exception):
    """The content cannot be loaded; nothing was written. ``problems`` holds at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
