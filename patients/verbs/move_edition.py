"""The verb that moves a plan to a newer edition of its ladder. It is never automatic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Ladder, Level
from patients.models import (
    LevelChoice,
    LevelKind,
    Outcome,
    Pause,
    Plan,
    Prescription,
    ReviewKind,
    ReviewRequest,
    Schedule,
    Stop,
    Tick,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.position import is_reachable
from patients.standing.screening import may_train
from patients.standing.training_days import days_in_force
from patients.summaries import refresh as summaries
from patients.verbs import begins, decisions
from patients.verbs.carrying import (
    NewMarks,
    PassedBefore,
    as_ticks,
    carried,
    carried_of,
    goal_in,
    passed_before,
)
from patients.verbs.placement import placed_marks


@transaction.atomic
def move(
    *,
    plan: Plan,
    ladder: Ladder,
    by: User,
    criteria: Iterable[Criterion] = (),
    not_applying: Mapping[Criterion, str] | None = None,
    figures: Mapping[Criterion, Mapping[str, Any]] | None = None,
) -> Plan:
    """End a plan and continue it as a new plan on a newer edition of its ladder.

    From rung 1 up, the new plan keeps each pass as long as what was marked under the same keys,
    with the new marks of this act, passes the new rung; from the first other rung on, no gate is
    passed. It also keeps days, pause, findings and the doses of reachable levels. The same move
    again returns the new plan.

    ``criteria``, ``not_applying``, ``figures``: what is seen, as in ``placement.place``, of those
    criteria of passed rungs that the newer edition asks for anew

    Raises ``Refused``: not_yours, plan_ended, other_ladder, not_newer, draft, not_screened,
    not_cleared, stop_unanswered, ladder_asks, those of ``placement.placed_marks``, and for marks of
    a rung that is not carried: those of ``gate_checks.against_a_pass``, or not_from_the_bottom.
    """
    # Lock the patient first, as a discharge does, so that a discharge cannot miss the new plan.
    guards.lock_patient(plan.patient)
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    following = Plan.objects.filter(moved_from=plan, ladder=ladder).first()
    if following is not None:
        return following
    guards.running(plan)
    _is_newer(ladder, plan)
    guards.not_stopped(plan.patient)
    begins.check(plan.patient, ladder, by)
    new = placed_marks(plan, by, criteria, not_applying or {}, figures or {})
    run = _carried_with(plan, ladder, new)
    moved = _go_on(plan, ladder, run, new, by)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=timezone.now())
    summaries.refresh(plan.patient)
    return moved


def _is_newer(ladder: Ladder, plan: Plan) -> None:
    """Raises ``Refused``: other_ladder, not_newer, draft."""
    if ladder.slug != plan.ladder.slug:
        raise Refused("other_ladder")
    if ladder.edition <= plan.ladder.edition:
        raise Refused("not_newer")
    if ladder.is_draft:
        raise Refused("draft")


def take_up_again(plan: Plan, by: User) -> None:
    """Go on with a plan that a discharge ended, as a new plan on the same edition.

    Nothing happens while the patient may not train, or a stop waits: then the plan starts anew. The
    caller has locked the patient.
    """
    waits = Stop.objects.unanswered().filter(patient=plan.patient_id)
    if not may_train(plan.patient) or waits.exists():
        return
    go_on_with(plan, by)


def go_on_with(plan: Plan, by: User) -> Plan:
    """A new plan on the same edition, with the passes and the ticks of the open rung."""
    again = _go_on(plan, plan.ladder, carried(plan, plan.ladder), {}, by)
    _keep_ticks(plan, again)
    return again


def _go_on(
    plan: Plan, ladder: Ladder, run: Iterable[PassedBefore], new: NewMarks, by: User
) -> Plan:
    """The plan that follows, with the run of passes and all else that goes along."""
    following = _follow(plan, ladder, by)
    for rung in run:
        _carry(following, rung, new, by)
    _keep_days(plan, following, by)
    _keep_doses(plan, following)
    _keep_findings(plan, following)
    return following


def _keep_ticks(plan: Plan, again: Plan) -> None:
    """Copy the ticks of the open rung."""
    for tick in plan.ticks.filter(criterion__rung=again.open_rung):
        tick.pk = None
        tick.plan = again
        tick.save(force_insert=True)


def _follow(plan: Plan, ladder: Ladder, by: User) -> Plan:
    today = plan.clinic.today()
    if plan.ended_on is None:
        Plan.objects.filter(pk=plan.pk).update(ended_on=today, ended_by=by)
    return Plan.objects.create(
        patient=plan.patient,
        clinic=plan.clinic,
        ladder=ladder,
        goal_rung=goal_in(plan, ladder),
        assigned_by=by,
        started_on=today,
        moved_from=plan,
    )


def _carried_with(plan: Plan, ladder: Ladder, new: NewMarks) -> list[PassedBefore]:
    """The run of passes with the new marks, each of which belongs to a rung of the run."""
    before = passed_before(plan, ladder)
    run = carried_of(before, new)
    left = set(new) - {criterion.pk for rung in run for criterion in rung.asked}
    if not left:
        return run
    if left - {criterion.pk for rung in before for criterion in rung.asked}:
        raise Refused("other_ladder")
    lowest = before[len(run)]
    if left.isdisjoint({criterion.pk for criterion in lowest.asked}):
        raise Refused("not_from_the_bottom", rung=lowest.rung.name)
    raise lowest.against(new) or Refused("criteria_left", left=[lowest.rung.name])


def _carry(plan: Plan, before: PassedBefore, new: NewMarks, by: User) -> None:
    ticks = as_ticks(plan, before, new)
    Tick.objects.bulk_create(ticks)
    decisions.record(plan, before.rung, ReviewKind.CARRIED, Outcome.PASSED, by, "", ticks)


def _keep_days(plan: Plan, moved: Plan, by: User) -> None:
    today = moved.started_on
    now = asdict(days_in_force(plan, today))
    Schedule.objects.create(plan=moved, from_day=today, by=by, **now)
    for later in plan.schedules.filter(from_day__gt=today):
        Schedule.objects.create(
            plan=moved,
            weekdays=later.weekdays,
            kept_running=later.kept_running,
            from_day=later.from_day,
            by=later.by,
            at=later.at,
        )
    for pause in plan.pauses.filter(resumed_on__isnull=True):
        if pause.until is None or pause.until >= today:
            Pause.objects.create(
                plan=moved,
                from_day=today,
                until=pause.until,
                reason=pause.reason,
                by=pause.by,
                at=pause.at,
            )


def _same_level(level: Level, moved: Plan) -> Level | None:
    """The level with the same keys, drill and setting in the new plan's edition.

    None when there is none, or when its rung is not reachable.
    """
    same_keys = Level.objects.filter(
        rung__ladder_id=moved.ladder_id,
        rung__slug=level.rung.slug,
        slug=level.slug,
        drill_id=level.drill_id,
        setting=level.setting,
    )
    same = same_keys.select_related("rung").first()
    return same if same is not None and is_reachable(moved, same.rung) else None


def _keep_doses(plan: Plan, moved: Plan) -> None:
    """Copy the latest dose of each level, and the latest choice of a level in reach."""
    latest = {
        prescription.level_id: prescription
        for prescription in plan.prescriptions.select_related("level__rung")
    }
    kept: list[Prescription | LevelChoice] = sorted(latest.values(), key=lambda row: row.pk)
    own = plan.level_choices.exclude(kind=LevelKind.BORROWED)
    kept += own.select_related("level__rung").order_by("-pk")[:1]
    for row in kept:
        level = _same_level(row.level, moved)
        if level is not None:
            row.pk = None
            row.plan = moved
            row.level = level
            if isinstance(row, LevelChoice) and row.until is None:
                # A choice counts from when its rung opened, which on the new plan is now.
                row.at = timezone.now()
                row.by = moved.assigned_by
            row.save(force_insert=True)


def _keep_findings(plan: Plan, moved: Plan) -> None:
    for finding in plan.findings.filter(cleared_on__isnull=True):
        finding.pk = None
        finding.plan = moved
        finding.save(force_insert=True)
