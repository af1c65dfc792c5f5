"""Which level a plan is on, read from passes, choices and prescriptions; nothing stores it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.prepared import Prepared
from curriculum.models import Level, Load, Rung
from patients.models import LevelChoice, Pass, Plan, Prescription, Withdrawal
from patients.models.open_rung import open_position, opened_at


class LadderStep(NamedTuple):
    """One level of the ladder as a plan finds it.

    ``rung``: the rung's position; ``passed_at``: when its pass was made, None = it has none;
    ``lost_at``: when a pass of it was last withdrawn.
    """

    level_id: int
    position: int
    slug: str
    helper: bool
    setting: str
    move_on: str
    sets: int
    reps: int
    seconds: int | None
    drill: str
    load: str
    one_sided: bool
    rung: int
    rung_name: str
    passed_at: datetime | None
    lost_at: datetime | None

    @property
    def loaded(self) -> bool:
        return self.load != Load.NONE


_STEP_COLUMNS = (
    "pk",
    "position",
    "slug",
    "helper",
    "setting",
    "move_on",
    "sets",
    "reps",
    "seconds",
    "drill__plain_name",
    "drill__load",
    "drill__one_sided",
    "rung__position",
    "rung__plain_name",
)


class ChosenLevel(NamedTuple):
    level_id: int
    until: date | None
    at: datetime


@dataclass(frozen=True)
class LadderPlace:
    """Where a plan stands on a day. ``rung``: position of the open rung, or of the highest once
    complete."""

    rung: int | None
    complete: bool
    step: LadderStep | None
    opened_at: datetime
    awaits_weight: bool = False
    lower_until: date | None = None


@dataclass(frozen=True)
class CurrentLevel:
    """``level``: what is practised; None when the ladder has none. ``awaits_weight``: the open
    rung's first level takes a weight that no clinician has set yet, so practice stays below.
    ``lower_until``: last day of training lower, if that is why."""

    level: Level | None
    awaits_weight: bool = False
    lower_until: date | None = None


def current_level(plan: Plan, day: date) -> CurrentLevel:
    """The level of the plan on a day: training lower first, then the choice on the open rung, then
    its first."""
    prescribed = set(Prescription.objects.filter(plan=plan).values_list("level_id", flat=True))
    place = place_on(
        ladder_steps(plan),
        chosen_levels(plan),
        prescribed,
        day,
        start=plan.assigned_at,
        goal=plan.goal_position,
    )
    if place.step is None:
        return CurrentLevel(None)
    level = Level.objects.select_related("rung", "drill").get(pk=place.step.level_id)
    return CurrentLevel(level, place.awaits_weight, place.lower_until)


def ladder_steps(plan: Plan) -> list[LadderStep]:
    """Every level of the plan's ladder from the bottom up: one query, no row made into an
    object."""
    return [LadderStep._make(row) for row in _steps(plan=plan.pk, ladder=plan.ladder_id)]


def _build_steps(plan: int, ladder: int) -> QuerySet[Level, Any]:
    passed = Pass.objects.filter(plan_id=plan, rung=OuterRef("rung")).values("review__at")
    lost = Withdrawal.objects.filter(review__plan_id=plan, review__rung=OuterRef("rung"))
    rows = Level.objects.filter(rung__ladder_id=ladder).order_by("rung__position", "position")
    latest = lost.order_by("-pk").values("at")[:1]
    return rows.values_list(*_STEP_COLUMNS, Subquery(passed), Subquery(latest))


_steps = Prepared(_build_steps, plan=int, ladder=int)


def steps_by_ladder(ladders: Collection[int]) -> dict[int, list[LadderStep]]:
    """Every level of some ladders from the bottom up, as a plan finds them that has passed nothing:
    one query."""
    found: dict[int, list[LadderStep]] = defaultdict(list)
    rows = Level.objects.filter(rung__ladder__in=ladders).order_by("rung__position", "position")
    for ladder_id, *step in rows.values_list("rung__ladder", *_STEP_COLUMNS):
        found[ladder_id].append(LadderStep._make([*step, None, None]))
    return found


def chosen_levels(plan: Plan) -> list[ChosenLevel]:
    """Choices of levels, the newest first: one query."""
    rows = (
        LevelChoice.objects.filter(plan_id=plan.pk)
        .order_by("-pk")
        .values_list("level_id", "until", "at")
    )
    return [ChosenLevel._make(row) for row in rows]


def place_on(
    ladder: Iterable[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    day: date,
    *,
    start: datetime,
    goal: int | None = None,
) -> LadderPlace:
    """Where a plan stands, from rows already read. ``chosen``: newest first; ``prescribed``: ids of
    levels with a prescription; ``goal``: position of the goal rung; ``start``: when the plan was
    assigned."""
    within = _up_to(ladder, goal)
    if not within:
        return LadderPlace(None, True, None, start)
    here = _open(within, start)
    lower = _lower(within, chosen, day, here.rung or 0)
    if lower is not None:
        return replace(here, step=lower, lower_until=chosen[0].until)
    step = _chosen(within, chosen, here) or here.step
    if step is None or step.load != Load.WEIGHT or step.level_id in prescribed:
        return replace(here, step=step)
    return replace(
        here, step=_own(within, (here.rung or 0) - 1, last=True) or step, awaits_weight=True
    )


def _up_to(ladder: Iterable[LadderStep], goal: int | None) -> list[LadderStep]:
    return [step for step in ladder if goal is None or step.rung <= goal]


def _open(within: Sequence[LadderStep], start: datetime) -> LadderPlace:
    """The open rung, or the highest once all are passed, with the level that it begins or ends
    with."""
    rungs = {step.rung: step for step in within}
    passed = {position for position, step in rungs.items() if step.passed_at is not None}
    position = open_position(rungs, passed, None)
    rung = position or max(rungs)
    below = rungs.get(rung - 1)
    since = opened_at(start, below.passed_at if below else None, rungs[rung].lost_at)
    return LadderPlace(rung, position is None, _own(within, rung, last=position is None), since)


def _lower(
    within: Sequence[LadderStep], chosen: Sequence[ChosenLevel], day: date, rung: int
) -> LadderStep | None:
    # Only the newest choice counts: choosing anything after it ends the training lower.
    newest = chosen[0] if chosen else None
    if newest is None or newest.until is None or day > newest.until:
        return None
    return next(
        (step for step in within if step.level_id == newest.level_id and step.rung <= rung), None
    )


def _chosen(
    within: Sequence[LadderStep], chosen: Sequence[ChosenLevel], place: LadderPlace
) -> LadderStep | None:
    here = {step.level_id: step for step in within if step.rung == place.rung}
    since = place.opened_at
    return next(
        (
            here[c.level_id]
            for c in chosen
            if c.until is None and c.level_id in here and c.at >= since
        ),
        None,
    )


def _own(within: Sequence[LadderStep], rung: int, *, last: bool) -> LadderStep | None:
    own = [step for step in within if step.rung == rung and not step.helper]
    return own[-1 if last else 0] if own else None


def when_opened(plan: Plan, rung: Rung) -> datetime:
    """Since when a rung of the plan is open, read from the database: two queries."""
    below = Pass.objects.filter(plan=plan, rung__position=rung.position - 1)
    lost = Withdrawal.objects.filter(review__plan=plan, review__rung=rung).order_by("-pk")
    return opened_at(
        plan.assigned_at,
        below.values_list("review__at", flat=True).first(),
        lost.values_list("at", flat=True).first(),
    )


def is_reachable(plan: Plan, rung: Rung) -> bool:
    """Whether a rung of the plan is passed or open now."""
    if rung.ladder_id != plan.ladder_id:
        return False
    return Pass.objects.filter(plan=plan, rung=rung).exists() or plan.open_rung == rung


def levels_below(levels: Iterable[Level], current: tuple[int, int]) -> list[Level]:
    """What "train lower" may choose: the levels below the current one, nearest first.

    ``levels``: from the bottom up, with their rung; ``current``: positions of rung and level.
    """
    below = [
        level
        for level in levels
        if not level.helper and (level.rung.position, level.position) < current
    ]
    return below[::-1]


def train_lower_levels(plan: Plan, day: date) -> list[Level]:
    """The same of a plan, read from the database."""
    current = current_level(plan, day).level
    if current is None:
        return []
    ladder = Level.objects.filter(rung__ladder_id=plan.ladder_id).select_related("rung", "drill")
    here = (current.rung.position, current.position)
    return levels_below(ladder.order_by("rung__position", "position"), here)
