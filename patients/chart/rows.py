"""What the chart shows of a rung and of a dose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from curriculum.models import Level, Rung
from curriculum.variants import Variant
from patients.models import Finding, Plan, Prescription
from patients.standing.cautions import Caution, Held, LevelCautions, of_level, of_levels
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


def dose_row(
    plan: Plan, level: Level, prescribed: Mapping[int, Prescription], held: Sequence[Held]
) -> Dose:
    """``prescribed``: the result of ``latest_doses``; ``held``: what is true of the patient."""
    dose = dose_of_level(plan, level, prescribed)
    return Dose(level, dose, level.pk not in prescribed, of_level(held, level))


def avoided_on(
    levels: Sequence[Level], rung: int | None, held: Sequence[Held]
) -> list[LevelCautions]:
    """The levels of a rung that the precautions say to avoid. ``rung``: its position."""
    here = [level for level in levels if level.rung.position == rung and not level.helper]
    return [one for one in of_levels(held, here) if one.avoid]
