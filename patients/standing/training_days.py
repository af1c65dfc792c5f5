"""Which days of practice are proposed where load comes in, and which of them follow each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import OuterRef, QuerySet, Subquery

from curriculum.models import Level, Rung
from patients.models import EVERY_DAY, Plan, Schedule
from patients.rules.periods import MAINTENANCE_DAYS

WEEK = 7
#: Monday, Wednesday and Friday: a clinic default.
WITH_LOAD = 0b0010101


def days_of(weekdays: int) -> list[int]:
    """The days of a bit mask, 0 = Monday."""
    return [bit for bit in range(WEEK) if weekdays >> bit & 1]


def mask_of(days: Iterable[int]) -> int:
    """The bit mask of days, 0 = Monday; the same day twice counts once."""
    return sum(1 << bit for bit in set(days))


@dataclass(frozen=True)
class DaysAsked:
    """What an act asks about the days of practice.

    ``proposed``: bit mask of weekdays; bit 0 is Monday
    ``keeps``: whether nothing is left to reach, so that the days keep up what was reached
    """

    proposed: int
    keeps: bool = False


@dataclass(frozen=True)
class DaysInForce:
    """The weekdays of a plan, and whether a clinician keeps days running with load."""

    weekdays: int = EVERY_DAY
    kept_running: bool = False

    @property
    def to_ask_about(self) -> bool:
        """Whether load on these days is still to be asked about."""
        return bool(running_days(self.weekdays)) and not self.kept_running


def running_days(weekdays: int) -> list[int]:
    """The weekdays of a bit mask that come right before or after another one; 0 is Monday."""
    days = days_of(weekdays)
    return [day for day in days if {(day - 1) % WEEK, (day + 1) % WEEK} & set(days)]


def with_load(weekdays: int, usual: int = WITH_LOAD) -> int:
    """The days that are proposed for a load: those of now, or else the usual ones of the level.

    None of them follows another.
    """
    fit = (mask for mask in (weekdays, usual) if not running_days(mask))
    return next(fit, WITH_LOAD)


def keeping_up(weekdays: int) -> int:
    """The days that are proposed to keep up what was reached: few of those of now, far apart."""
    days = days_of(weekdays)
    if len(days) <= MAINTENANCE_DAYS:
        return weekdays
    # The gap after each day, and from the last one over the end of the week to the first.
    chosen = max(combinations(days, MAINTENANCE_DAYS), key=_least_gap)
    return sum(1 << day for day in chosen)


def _least_gap(days: tuple[int, ...]) -> int:
    return min((after - day) % WEEK for day, after in zip(days, days[1:] + days[:1], strict=True))


def days_in_force(plan: Plan, day: date, among: QuerySet[Schedule] | None = None) -> DaysInForce:
    """The days of practice on a day. One query. ``among``: which rows count; None = all."""
    rows = plan.schedules.all() if among is None else among
    row = rows.filter(from_day__lte=day).order_by("from_day", "pk").last()
    return DaysInForce(row.weekdays, row.kept_running) if row is not None else DaysInForce()


def kept_now(day: date) -> Subquery:
    """``DaysInForce.kept_running`` of a plan as a column; None without a schedule."""
    rows = Schedule.objects.filter(plan=OuterRef("pk"), from_day__lte=day)
    return Subquery(rows.order_by("-from_day", "-pk").values("kept_running")[:1])


def first_to_start_with(levels: Iterable[Level]) -> Level | None:
    """The first level of a rung that is no helper and is for home; None = there is none."""
    return next((level for level in levels if not level.helper and level.home), None)


def asked_on_the_way(
    now: DaysInForce, before: Rung | None, after: Rung | None, levels: Iterable[Level]
) -> DaysAsked | None:
    """What is asked when the open rung changes; None = nothing.

    Where load begins, the days are asked for. Where it goes on, they are asked for while days
    follow each other and nobody was asked about it. Once no rung is left, fewer days are proposed.

    ``before``, ``after``: the rung that is open, and the one that opens; None = there is none
    ``levels``: those of ``after`` in order
    """
    if after is None:
        return DaysAsked(keeping_up(now.weekdays), keeps=True) if before is not None else None
    if not after.loaded:
        return None
    goes_on = before is not None and before.loaded
    if goes_on and not now.to_ask_about:
        return None
    first = first_to_start_with(levels)
    return DaysAsked(with_load(now.weekdays, first.weekdays if first else WITH_LOAD))


def asked_at(plan: Plan, before: Rung | None, after: Rung | None) -> DaysAsked | None:
    """Do the same as ``asked_on_the_way``, read from the database. At most two queries."""
    if before == after or (after is not None and not after.loaded):
        return None
    now = days_in_force(plan, plan.clinic.today())
    levels = after.levels.order_by("position") if after is not None else ()
    return asked_on_the_way(now, before, after, levels)


def asked_for(plan: Plan, level: Level) -> DaysAsked | None:
    """What is asked when a clinician chooses a level; None = nothing. One query."""
    if not level.drill.loaded:
        return None
    now = days_in_force(plan, plan.clinic.today())
    return DaysAsked(with_load(now.weekdays, level.weekdays)) if now.to_ask_about else None
