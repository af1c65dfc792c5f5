"""The easier day: what a stop leaves of the drill until a clinician answers, and how much it is.

Moving helps a flare settle (NICE NG59: keep active). Two sets of figures here are clinic defaults:
five days at most, and half the work.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from curriculum.models import EXTERNAL_LOADS, Load
from patients.models import BandCode, Plan, Practice, Prescription, Stop, StopCause, StopDrill
from patients.models.stops import PAIN_CAUSES
from patients.rules.periods import EASIER_DAYS
from patients.standing.calendar import ONE_DAY, Calendar, calendar_of
from patients.standing.day_state import DrillLeft
from patients.standing.dose import dose_of_step, unsaved
from patients.standing.load.easier import NOTHING_LIGHTER, Lighter, with_less
from patients.standing.position import LadderPlace, LadderStep
from patients.standing.readiness import with_mornings

#: No dose is halved below so many repetitions.
FEWEST_REPS = 4


class WaitingStop(NamedTuple):
    """A stop that waits. ``told_on``: the day on which it was told."""

    cause: str
    drill: StopDrill
    told_on: date

    @property
    def of_pain(self) -> bool:
        return self.cause in {*PAIN_CAUSES, StopCause.FLARE}

    @property
    def first_day(self) -> date:
        """The first day on which an easier day may be offered. A flare is told before practice, so
        that the day itself is one."""
        return self.told_on if self.cause == StopCause.FLARE else self.told_on + ONE_DAY


@dataclass(frozen=True)
class Left:
    """What is left of a day's drill.

    ``ended_today``: a stop that was no flare ends the day on which it was told
    ``nth``: which of the easier days it is; 0 = none is offered
    ``used_up``: no drill, since all easier days were offered
    """

    drill: DrillLeft = DrillLeft.WHOLE
    ended_today: bool = False
    nth: int = 0
    used_up: bool = False


NO_STOP = Left()
NO_DRILL = Left(DrillLeft.NONE)


def left_of(
    waiting: Collection[WaitingStop], calendar: Calendar, day: date, *, offered: bool = True
) -> Left:
    """What the stops that wait leave of the drill of a day.

    ``offered``: whether the clinic offers easier days
    """
    if not waiting:
        return NO_STOP
    if not offered or _allow_none(waiting):
        return NO_DRILL
    ended = any(stop.first_day > day for stop in waiting)
    nth = sum(1 for _ in calendar.planned(min(stop.first_day for stop in waiting), day))
    if nth > EASIER_DAYS:
        return Left(DrillLeft.NONE, used_up=True)
    return Left(DrillLeft.EASIER, ended, 0 if ended else nth)


def _allow_none(waiting: Collection[WaitingStop]) -> bool:
    """Whether one of the stops allows no drill, or a second stop for pain came while one waits."""
    of_pain = [stop for stop in waiting if stop.of_pain]
    return len(of_pain) > 1 or StopDrill.NONE in {stop.drill for stop in waiting}


def waiting_of(plan: Plan, stops: Collection[Stop]) -> list[WaitingStop]:
    day_of = plan.clinic.day_of
    return [WaitingStop(stop.cause, stop.drill, day_of(stop.at)) for stop in stops]


def left_on(plan: Plan, stops: Collection[Stop], day: date) -> Left:
    """What ``stops`` leave of a day's drill. Without any it needs no query."""
    if not stops:
        return NO_STOP
    offered = plan.clinic.easier_days
    return left_of(waiting_of(plan, stops), calendar_of(plan), day, offered=offered)


def was_easier(plan: Plan, day: date) -> bool:
    """Whether an easier day was offered on a day: now, or as that day ended."""
    _begins, ends = plan.clinic.day_span(day)
    moment = min(ends, timezone.now())
    told = Stop.objects.filter(patient=plan.patient_id, at__lt=moment)
    waited = told.filter(
        Q(answer__isnull=True) | Q(answer__at__gt=moment),
        Q(reopened_at__isnull=True) | Q(reopened_at__lte=moment),
    )
    left = left_on(plan, waited, day)
    return left.drill is DrillLeft.EASIER and not left.ended_today


class EasierDrill(NamedTuple):
    """The drill of an easier day. ``how``: "lower", "half", "rehearsal" or "counter"."""

    step: LadderStep
    dose: Prescription
    how: str


def easier_drill(
    plan: Plan,
    place: LadderPlace,
    steps: Sequence[LadderStep],
    doses: Mapping[int, Prescription],
    went: Mapping[int, str],
    lighter: Lighter = NOTHING_LIGHTER,
) -> EasierDrill | None:
    """The drill of an easier day on a ladder; None = there is nothing to practise.

    ``went``: from ``how_levels_went``; ``lighter``: from ``lighter_for``
    """
    step = place.step
    if step is None:
        return None
    # What lies below a borrowed level is locked as well, or shows the fault that it helps with.
    below = [] if place.borrowed else _below(step, steps)
    if step.load == Load.ONE_LEG and below:
        nearest = below[-1]
        return EasierDrill(nearest, half(dose_of_step(plan, nearest, doses)), "counter")
    if step.load in EXTERNAL_LOADS:
        less = with_less(step, half(dose_of_step(plan, step, doses)), steps, lighter)
        if less is not None:
            return EasierDrill(*less)
    for lower in reversed(below):
        if went.get(lower.level_id) == BandCode.FINE:
            return EasierDrill(lower, dose_of_step(plan, lower, doses), "lower")
    dose = half(dose_of_step(plan, step, doses))
    dose.sets = max(1, dose.sets - 1)
    return EasierDrill(step, dose, "half")


def _below(step: LadderStep, steps: Sequence[LadderStep]) -> list[LadderStep]:
    """The levels below, lowest first, that somebody may do alone at home."""
    here = (step.rung, step.position)
    return [lower for lower in steps if (lower.rung, lower.position) < here and lower.to_start_with]


def half(dose: Prescription) -> Prescription:
    """A copy of a dose, not to be saved, with half the repetitions and no range; not below four."""
    fewer = min(dose.reps, max(FEWEST_REPS, dose.reps // 2))
    return unsaved(dose, reps=fewer, reps_to=None)


def how_levels_went(plan: Plan) -> dict[int, str]:
    """The band of the latest entry of each level, morning included, by the level's id. One query.

    Easier days say nothing here, so that after one that eased off the same is offered again.
    """
    rows = with_mornings(Practice.objects.standing().filter(plan=plan, easier=False))
    columns = ("level", "band", "morning_band")
    latest = rows.order_by("done_on").values_list(*columns)
    return {level: morning or band or "" for level, band, morning in latest}
