"""What the chart shows of a rung and of a dose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from curriculum.models import Level, Rung
from curriculum.variants import Variant
from patients.models import Finding, Plan, Prescription
from patients.standing.cautions import Caution, Held, LevelCautions, of_level
from patients.standing.dose import dose_of_level
from patients.standing.ways import way_of


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


def state_of_rung(position: int, *, passed: bool, goal: int, now: int | None) -> str:
    """The ``state`` of a row. ``now``: the position of the open rung; None = the plan is over."""
    if passed:
        return "passed"
    if position > goal:
        return "beyond"
    return "now" if position == now else "locked"


@dataclass(frozen=True)
class FaultRow:
    """A fault that was seen.

    ``helps``: the levels of locked rungs that may be set for it for now, most helpful first.
    ``borrowed``: the level that is set for it now, and ends once the fault is gone.
    """

    finding: Finding
    helps: Sequence[Level] = ()
    borrowed: Level | None = None


@dataclass(frozen=True)
class Dose:
    """The dose of a level.

    ``latest``: the latest prescription, or the level's own dose.
    ``is_default``: whether ``latest`` is the level's own dose.
    ``cautions``: what the patient's precautions change in it, strictest first.
    """

    level: Level
    latest: Prescription
    is_default: bool
    cautions: Sequence[Caution] = ()

    @property
    def way(self) -> Variant | None:
        """The way in which the patient does the drill; None = as it is drawn."""
        return way_of(self.level.drill, self.latest)


@dataclass(frozen=True)
class NextAtHome:
    """What is practised at home once the open gate is passed.

    ``waits``: whether it is what was practised before, until a clinician chooses
    """

    level: Level
    dose: Prescription
    waits: bool


def dose_row(
    plan: Plan, level: Level, prescribed: Mapping[int, Prescription], held: Sequence[Held]
) -> Dose:
    """``prescribed``: the result of ``latest_doses``; ``held``: what is true of the patient."""
    dose = dose_of_level(plan, level, prescribed)
    found = of_level(held, level, way_of(level.drill, dose))
    return Dose(level, dose, level.pk not in prescribed, found)


def avoided_on(
    levels: Sequence[Level],
    rung: int | None,
    held: Sequence[Held],
    prescribed: Mapping[int, Prescription],
) -> list[LevelCautions]:
    """The levels of a rung that the precautions say to avoid, each in the way in which it is
    prescribed. ``rung``: its position."""
    here = [level for level in levels if level.rung.position == rung and not level.helper]
    found = [
        LevelCautions(level, of_level(held, level, way_of(level.drill, prescribed.get(level.pk))))
        for level in here
    ]
    return [one for one in found if one.avoid]
