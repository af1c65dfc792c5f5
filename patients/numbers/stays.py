"""How long each patient stayed on each rung, worked out from plans, passes and withdrawals.

The functions are pure. Days are the clinic's calendar days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from patients.models import ReviewKind
from patients.models.open_rung import open_position
from patients.standing.calendar import ONE_DAY, Calendar


class PlanRow(NamedTuple):
    """A plan. ``goal``: position of its goal rung, None = the top. ``follows``: the id of the plan
    that it goes on with; None = it began anew."""

    pk: int
    patient: int
    ladder: int
    assigned_at: datetime
    started_on: date
    ended_on: date | None
    goal: int | None
    follows: int | None

    def ran_since(self, since: date) -> bool:
        """Whether it ran on some day since."""
        return self.ended_on is None or self.ended_on >= since


class Decided(NamedTuple):
    """A pass of a rung. ``lost_at``: when it was taken back, because the skill was lost."""

    rung: str
    kind: str
    at: datetime
    lost_at: datetime | None


class Days(NamedTuple):
    """``of``: the calendar day of a moment"""

    of: Callable[[datetime], date]
    today: date


class Stay(NamedTuple):
    """A time in which a rung was open: its first day, and the day on which it was not any more.

    ``how``: the kind of the pass that closed it; "" = something else did
    """

    rung: str
    opened: date
    closed: date
    how: str


@dataclass
class Way:
    """What one patient did on a ladder.

    ``stays``: every time in which a rung was open
    ``passed``: for each rung that was passed at its gate and stands: on which day, and on how many
    days the rung had been open until then, without days away
    ``plans``: oldest first; ``rung``: the open rung of the newest, "" = it is complete
    """

    stays: list[Stay] = field(default_factory=list)
    passed: dict[str, tuple[date, int]] = field(default_factory=dict)
    plans: list[PlanRow] = field(default_factory=list)
    rung: str = ""

    def was_on(self, since: date) -> set[str]:
        """The rungs that were open on some day since. One that was passed in the first assessment,
        or carried over, was not trained on."""
        beside = {ReviewKind.PLACEMENT, ReviewKind.CARRIED}
        return {stay.rung for stay in self.stays if stay.closed >= since and stay.how not in beside}


def ways_of(
    plans: Iterable[PlanRow],
    decided: Mapping[int, Sequence[Decided]],
    rungs: Mapping[int, Sequence[str]],
    away: Mapping[int, Calendar],
    days: Days,
) -> dict[int, Way]:
    """The way of each patient, by the patient's id.

    ``plans``: oldest first
    ``decided``: the passes of each plan, without those that were slips
    ``rungs``: the slugs of each ladder's rungs, lowest first
    ``away``: of each plan with days away a calendar of them
    """
    walks: dict[int, _Walk] = defaultdict(_Walk)
    for plan in plans:
        ladder = _OnPlan(plan, rungs[plan.ladder], away.get(plan.pk), days)
        walks[plan.patient].follow(ladder, decided.get(plan.pk, ()))
    return {patient: walk.way for patient, walk in walks.items()}


@dataclass(frozen=True)
class _OnPlan:
    row: PlanRow
    rungs: Sequence[str]
    away: Calendar | None
    days: Days

    def trained_for(self, opened: date, closed: date) -> int:
        """The days from one to the other without those away."""
        if self.away is None:
            return (closed - opened).days
        return self.away.count_planned(opened, closed - ONE_DAY)

    def open_rung(self, passed: Collection[str]) -> str:
        """The open rung; "" = complete."""
        positions = {self.rungs.index(slug) + 1 for slug in passed}
        position = open_position(range(1, len(self.rungs) + 1), positions, self.row.goal)
        return self.rungs[position - 1] if position else ""

    def happened(self, decided: Sequence[Decided]) -> list[_Happened]:
        """Passes and losses in their order; of one moment the lowest rung first."""
        rows = [
            _Happened(row.at, self.rungs.index(row.rung), row.rung, row.kind) for row in decided
        ]
        rows += [
            _Happened(row.lost_at, self.rungs.index(row.rung), row.rung, "")
            for row in decided
            if row.lost_at is not None
        ]
        return sorted(rows)


class _Happened(NamedTuple):
    """``kind``: of the pass; "" = a pass was taken back."""

    at: datetime
    nth: int
    rung: str
    kind: str


class _Walk:
    """Goes along the plans of one patient. ``open_for``: on how many days each rung was open so
    far, over the plans that go on with one another."""

    def __init__(self) -> None:
        self.way = Way()
        self.open_for: dict[str, int] = defaultdict(int)

    def follow(self, plan: _OnPlan, decided: Sequence[Decided]) -> None:
        if plan.row.follows not in {before.pk for before in self.way.plans[-1:]}:
            self.open_for.clear()
        passed: set[str] = set()
        rung = plan.open_rung(passed)
        since = plan.days.of(plan.row.assigned_at)
        for row in plan.happened(decided):
            day = plan.days.of(row.at)
            now = plan.open_rung(passed | {row.rung} if row.kind else passed - {row.rung})
            passed ^= {row.rung}
            if now != rung:
                self._stayed(plan, Stay(rung, since, day, row.kind if row.rung == rung else ""))
                since = day
            if not row.kind:
                self.way.passed.pop(row.rung, None)
            rung = now
        self._stayed(plan, Stay(rung, since, plan.row.ended_on or plan.days.today, ""))
        self.way.plans.append(plan.row)
        self.way.rung = rung

    def _stayed(self, plan: _OnPlan, stay: Stay) -> None:
        rung, opened, closed, how = stay
        if not rung:
            return
        self.way.stays.append(stay)
        self.open_for[rung] += plan.trained_for(opened, closed)
        if how == ReviewKind.GATE:
            self.way.passed[rung] = (closed, self.open_for[rung])
