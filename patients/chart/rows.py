"""What the chart shows of a rung and of a dose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from curriculum.models import Level, Rung
from patients.models import Prescription


@dataclass(frozen=True)
class RungRow:
    """A rung of the plan's ladder.

    ``state``: passed, now, locked or beyond (above the goal).
    ``passed_at``: when the rung was passed.
    ``is_goal``: whether the plan goes up to this rung.
    """

    rung: Rung
    state: str
    passed_at: datetime | None
    is_goal: bool


@dataclass(frozen=True)
class Dose:
    """The dose of a level.

    ``latest``: the latest prescription, or the level's own dose.
    ``is_default``: whether ``latest`` is the level's own dose.
    """

    level: Level
    latest: Prescription
    is_default: bool
