"""Finds where a plan stands on its ladder: the open rung and the level to practise.

The place is worked out from passes, chosen levels and prescriptions each time; no column stores it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.prepared import Prepared
from curriculum.cautions import read_cautions
from curriculum.models import Level, Load, Rung
from patients.models import Pass, Plan, Prescription, Withdrawal
from patients.models.open_rung import open_position, opened_at
from patients.standing.cautions import Held, cautions, held_by, is_avoided, reasons_for_patient
from patients.standing.chosen_levels import ChosenLevel, borrowed_step, chosen_levels
from patients.standing.latest import latest_of


class LadderStep(NamedTuple):
    """One level of the ladder, with what the plan has done on its rung.

    ``position``: the level's position on its rung
    ``rung``: the rung's position on the ladder
    ``passed_at``: when the rung was passed; None = it has no pass
    ``lost_at``: when a pass of the rung was last withdrawn; None = never
    ``drill_cautions``, ``cautions``: the columns that ``curriculum.cautions`` reads
    ``avoid``: whether the patient's precautions say to avoid it, and nobody prescribed it all the
    same; ``for_patient`` marks that
    """

    level_id: int
    drill_id: int
    position: int
    slug: str
    helper: bool
    home: bool
    setting: str
    move_on: str
    sets: int
    reps: int
    reps_to: int | None
    seconds: int | None
    rest: int | None
    drill: str
    load: str
    one_sided: bool
    rung: int
    rung_name: str
    rung_loaded: bool
    drill_cautions: Any
    cautions: Any
    passed_at: datetime | None
    lost_at: datetime | None
    avoid: bool = False

    @property
    def loaded(self) -> bool:
        return self.load != Load.NONE

    @property
    def to_start_with(self) -> bool:
        """Whether a plan may start its rung with this level, without a clinician's choice."""
        return not self.helper and self.home and not self.avoid


class Taken(NamedTuple):
    """How a level was prescribed last. ``reason_for``: the precautions in spite of which;
    ``way``: the key of the variant, "" = as it is drawn."""

    reason_for: str = ""
    way: str = ""


AS_DRAWN = Taken()

STEP_COLUMNS = (
    "pk",
    "drill_id",
    "position",
    "slug",
    "helper",
    "home",
    "setting",
    "move_on",
    "sets",
    "reps",
    "reps_to",
    "seconds",
    "rest",
    "drill__plain_name",
    "drill__load",
    "drill__one_sided",
    "rung__position",
    "rung__plain_name",
    "rung__loaded",
    "drill__cautions",
    "cautions",
)


@dataclass(frozen=True)
class LadderPlace:
    """Where a plan stands on a day.

    ``rung``: position of the open rung, or of the highest rung once the plan is complete; None =
    the ladder has no levels
    ``step``: the level to practise; None = there is none
    ``opened_at``: since when the rung is open
    ``awaits_weight``, ``awaits_choice``, ``lower_until``, ``borrowed``: as in ``CurrentLevel``
    ``own``: the level in whose place ``step`` is borrowed; None also while nothing is borrowed
    """

    rung: int | None
    complete: bool
    step: LadderStep | None
    opened_at: datetime
    awaits_weight: bool = False
    awaits_choice: bool = False
    lower_until: date | None = None
    borrowed: ChosenLevel | None = None
    own: LadderStep | None = None

    @property
    def is_set_for_a_while(self) -> bool:
        """Whether a clinician chose the level until a day: a lower one, or a borrowed one."""
        return self.lower_until is not None or self.borrowed is not None

    @property
    def own_step(self) -> LadderStep | None:
        """The level of a rung in reach that is practised, or would be without a borrowed one."""
        return self.own if self.borrowed else self.step

    @property
    def awaits_clinician(self) -> bool:
        """Whether the plan stays below its open rung until a clinician sets something."""
        return self.awaits_weight or self.awaits_choice


@dataclass(frozen=True)
class CurrentLevel:
    """The level that a plan practises, and why.

    ``level``: the level; None = the ladder has none
    ``awaits_weight``: the open rung's level takes a weight that no clinician has set yet, so the
    plan practises on the rung below
    ``awaits_choice``: the open rung has no level for this patient to start with at home, so the
    plan practises on the rung below until a clinician chooses one
    ``lower_until``: the last day of training lower; None = the plan does not train lower
    ``borrowed``: the choice of a level of a locked rung, which stands in for a while
    """

    level: Level | None
    awaits_weight: bool = False
    awaits_choice: bool = False
    lower_until: date | None = None
    borrowed: ChosenLevel | None = None


def current_level(plan: Plan, day: date) -> CurrentLevel:
    """The level that the plan practises on a day.

    The first of these that exists: a borrowed level, the level of training lower, the level chosen
    on the open rung, the open rung's first level for home.
    """
    _, place = steps_and_place(plan, day)
    if place.step is None:
        return CurrentLevel(None)
    level = Level.objects.select_related("rung", "drill").get(pk=place.step.level_id)
    waits = (place.awaits_weight, place.awaits_choice)
    return CurrentLevel(level, *waits, place.lower_until, place.borrowed)


def steps_and_place(plan: Plan, day: date) -> tuple[list[LadderStep], LadderPlace]:
    """The ladder as ``for_patient`` marks it, and where the plan stands on it on a day."""
    taken = taken_of(plan)
    steps = for_patient(ladder_steps(plan), held_by(plan.patient), taken)
    chosen = chosen_levels(plan)
    goal = plan.goal_position
    return steps, place_on(steps, chosen, taken, day, start=plan.assigned_at, goal=goal)


def ladder_steps(plan: Plan) -> list[LadderStep]:
    """Every level of the plan's ladder from the bottom up. One query, without model instances."""
    rows = _steps.rows(len(STEP_COLUMNS), plan=plan.pk, ladder=plan.ladder_id)
    return [LadderStep._make((*row, False)) for row in rows]


def taken_of(plan: Plan) -> dict[int, Taken]:
    """How each prescribed level was prescribed last, by its id."""
    rows = Prescription.objects.filter(plan=plan).order_by("pk")
    columns = rows.values_list("level_id", "reason_for", "variant")
    return latest_of((level, Taken(*how)) for level, *how in columns)


def for_patient(
    steps: list[LadderStep], held: Sequence[Held], taken: Mapping[int, Taken]
) -> list[LadderStep]:
    """The steps with those marked that the patient's precautions say to avoid, each in the way in
    which it was prescribed.

    ``taken``: the result of ``taken_of``
    """
    if not held:
        return steps
    return [
        step._replace(avoid=_is_avoided(step, held, taken.get(step.level_id, AS_DRAWN)))
        for step in steps
    ]


def _is_avoided(step: LadderStep, held: Sequence[Held], taken: Taken) -> bool:
    found = read_cautions(step.drill_cautions, step.cautions).in_way(taken.way)
    return is_avoided(cautions(held, found), taken.reason_for)


def why_not(step: LadderStep, held: Sequence[Held], taken: Mapping[int, Taken]) -> list[str]:
    """What the patient reads beside a step that ``for_patient`` marked as one to avoid."""
    if not step.avoid:
        return []
    found = read_cautions(step.drill_cautions, step.cautions)
    way = taken.get(step.level_id, AS_DRAWN).way
    return reasons_for_patient(cautions(held, found.in_way(way)))


def _build_steps(plan: int, ladder: int) -> QuerySet[Level, Any]:
    passed = Pass.objects.filter(plan_id=plan, rung=OuterRef("rung")).values("review__at")
    lost = Withdrawal.objects.lost().filter(review__plan_id=plan, review__rung=OuterRef("rung"))
    rows = Level.objects.filter(rung__ladder_id=ladder).order_by("rung__position", "position")
    latest = lost.order_by("-pk").values("at")[:1]
    return rows.values_list(*STEP_COLUMNS, Subquery(passed), Subquery(latest))


_steps = Prepared(_build_steps, plan=int, ladder=int)


def place_on(
    ladder: Iterable[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    day: date,
    *,
    start: datetime,
    goal: int | None = None,
) -> LadderPlace:
    """Where a plan stands on a day, worked out from rows that the caller has read.

    ``ladder``: every level of the ladder from the bottom up
    ``chosen``: chosen levels, newest first
    ``prescribed``: ids of the levels that have a prescription, the one prescribed last at the end
    ``start``: when the plan was assigned
    ``goal``: position of the goal rung; None = the top
    """
    steps = list(ladder)
    within = _up_to(steps, goal)
    if not within:
        return LadderPlace(None, True, None, start)
    own = [choice for choice in chosen if not choice.is_borrowed]
    place = _own_place(within, own, prescribed, day, start)
    step = borrowed_step(steps, chosen, day, None if place.complete else place.rung)
    if step is None or step.avoid:
        return place
    here = _open(within, start)
    return replace(here, step=step, borrowed=chosen[0], own=place.step)


def _own_place(
    within: Sequence[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    day: date,
    start: datetime,
) -> LadderPlace:
    """The place without a borrowed level. ``within``: the ladder up to the goal."""
    here = _open(within, start)
    lower = _lower(within, chosen, day, here.rung or 0)
    if lower is not None:
        return replace(here, step=lower, lower_until=chosen[0].until)
    step = _chosen(within, chosen, here) or _kept(within, prescribed, here)
    below = _below(within, here.rung or 0)
    if step is None:
        return replace(here, step=below, awaits_choice=not here.complete)
    if step.load != Load.WEIGHT or step.level_id in prescribed:
        return replace(here, step=step)
    return replace(here, step=below or step, awaits_weight=True)


def _kept(
    within: Sequence[LadderStep], prescribed: Collection[int], here: LadderPlace
) -> LadderStep | None:
    """The rung's own level; once complete the level that was prescribed last, if there is one."""
    fit = {step.level_id: step for step in within if step.to_start_with}
    kept = [fit[level] for level in prescribed if level in fit] if here.complete else []
    return kept[-1] if kept else here.step


def _below(within: Sequence[LadderStep], rung: int) -> LadderStep | None:
    """The last level for home of the highest rung below ``rung`` that has one."""
    lower = [step for step in within if step.rung < rung and step.to_start_with]
    return lower[-1] if lower else None


def _up_to(ladder: Iterable[LadderStep], goal: int | None) -> list[LadderStep]:
    return [step for step in ladder if goal is None or step.rung <= goal]


def _open(within: Sequence[LadderStep], start: datetime) -> LadderPlace:
    """The open rung, or once complete the highest one, with its first level for home."""
    rungs = {step.rung: step for step in within}
    passed = {position for position, step in rungs.items() if step.passed_at is not None}
    position = open_position(rungs, passed, None)
    rung = position or max(rungs)
    below = rungs.get(rung - 1)
    since = opened_at(start, below.passed_at if below else None, rungs[rung].lost_at)
    return LadderPlace(rung, position is None, _own(within, rung), since)


def _lower(
    within: Sequence[LadderStep], chosen: Sequence[ChosenLevel], day: date, rung: int
) -> LadderStep | None:
    # Only the newest choice counts: choosing anything after it ends the training lower.
    newest = chosen[0] if chosen else None
    if newest is None or newest.until is None or day > newest.until:
        return None
    of_choice = (step for step in within if step.level_id == newest.level_id)
    return next((step for step in of_choice if step.rung <= rung and not step.avoid), None)


def _chosen(
    within: Sequence[LadderStep], chosen: Sequence[ChosenLevel], place: LadderPlace
) -> LadderStep | None:
    here = {step.level_id: step for step in within if step.rung == place.rung and not step.avoid}
    since = place.opened_at
    return next(
        (
            here[choice.level_id]
            for choice in chosen
            if choice.until is None and choice.level_id in here and choice.at >= since
        ),
        None,
    )


def _own(within: Sequence[LadderStep], rung: int) -> LadderStep | None:
    return next((step for step in within if step.rung == rung and step.to_start_with), None)


def when_opened(plan: Plan, rung: Rung) -> datetime:
    """The moment since which a rung of the plan is open, read from the database. Two queries."""
    below = Pass.objects.filter(plan=plan, rung__position=rung.position - 1)
    lost = Withdrawal.objects.lost().filter(review__plan=plan, review__rung=rung).order_by("-pk")
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
