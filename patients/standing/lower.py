"""Training lower after a stop: which levels are offered, with what dose, and which is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from curriculum.models import Level, Load
from patients.models import BandCode, Plan, Prescription
from patients.rules.periods import LAST_ENTRIES
from patients.standing.dose import dose_of_level
from patients.standing.position import LadderStep, steps_and_place

if TYPE_CHECKING:
    from patients.standing.readiness import PracticeWithMorning


@dataclass(frozen=True)
class LowerLevel:
    """A level below. ``proposed``: the nearest at which the last entries were fine."""

    level: Level
    dose: Prescription
    proposed: bool

    @property
    def lacks_weight(self) -> bool:
        """Whether nobody has set the weight of its drill yet."""
        return self.level.drill.load == Load.WEIGHT and self.dose.load is None


def lower_offers(
    plan: Plan,
    levels: Sequence[Level],
    prescribed: Mapping[int, Prescription],
    practices: Iterable[PracticeWithMorning],
) -> list[LowerLevel]:
    """What "train lower" offers. Where no level went well often enough, none is proposed.

    ``levels``: nearest first
    ``prescribed``: the result of ``latest_doses``
    ``practices``: newest first, as ``newest_practice`` reads them
    """
    fine = levels_that_went_well(practices)
    best = next((level for level in levels if level.pk in fine), None)
    return [
        LowerLevel(level, dose_of_level(plan, level, prescribed), level is best) for level in levels
    ]


def levels_that_went_well(practices: Iterable[PracticeWithMorning]) -> set[int]:
    """The levels whose last three entries were fine, morning included. Easier days say nothing.

    ``practices``: newest first, corrected entries among them
    """
    rows = list(practices)
    corrected = {row.corrects_id for row in rows}
    bands: dict[int, list[str | None]] = {}
    for row in rows:
        if row.pk not in corrected and not row.easier:
            bands.setdefault(row.level_id, []).append(row.morning_band or row.band)
    return {
        level
        for level, newest in bands.items()
        if len(newest) >= LAST_ENTRIES and set(newest[:LAST_ENTRIES]) == {BandCode.FINE.value}
    }


def levels_below(steps: Iterable[LadderStep], current: tuple[int, int]) -> list[int]:
    """The ids of the levels that "train lower" may choose: those below the current level, nearest
    first.

    ``steps``: from the bottom up, as ``for_patient`` marks them
    ``current``: (position of the rung, position of the level) of the current level
    """
    below = [
        step.level_id
        for step in steps
        if step.to_start_with and (step.rung, step.position) < current
    ]
    return below[::-1]


def train_lower_levels(plan: Plan, day: date) -> list[Level]:
    """The levels that "train lower" may choose for a plan on a day, read from the database."""
    steps, place = steps_and_place(plan, day)
    own = place.own_step
    below = levels_below(steps, (own.rung, own.position)) if own else []
    levels = Level.objects.select_related("rung", "drill").in_bulk(below)
    return [levels[pk] for pk in below]
