"""The mistakes that the loader reports to the author of the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake in the content.

    file: its name
    place: where in the file, such as "rung butt-taps, level 5-cm"
    key: the key whose value is wrong
    expected: what was expected, in words
    """

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
