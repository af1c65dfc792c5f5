"""The verb that moves a plan to a newer edition of its ladder. It is never automatic."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import (
    LevelChoice,
    Outcome,
    Pause,
    Plan,
    Prescription,
    Review,
    ReviewKind,
    ReviewRequest,
    ReviewTick,
    Schedule,
    Stop,
    Tick,
)
from patients.models.gate import what_was_marked
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.calendar import calendar_of
from patients.standing.lift import lift_was_logged, rung_asks_for_a_lift
from patients.standing.position import is_reachable
from patients.standing.screening import may_train
from patients.summaries import refresh as summaries
from patients.verbs import decisions
from patients.verbs import gate_checks as checks


@transaction.atomic
def move(*, plan: Plan, ladder: Ladder, by: User) -> Plan:
    """End a plan and continue it as a new plan on a newer edition of its ladder.

    From rung 1 up, the new plan keeps each pass as long as what was marked under the same keys
    passes the new rung; from the first other rung on, no gate is passed. It also keeps days,
    pause, findings and the doses of reachable levels. The same move again returns the new plan.

    Raises ``Refused``: not_yours, plan_ended, other_ladder, not_newer, draft, stop_unanswered.
    """
    # Lock the patient first, as a discharge does, so that a discharge cannot miss the new plan.
    guards.lock_patient(plan.patient)
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    following = Plan.objects.filter(moved_from=plan, ladder=ladder).first()
    if following is not None:
        return following
    guards.running(plan)
    if ladder.slug != plan.ladder.slug:
        raise Refused("other_ladder")
    if ladder.edition <= plan.ladder.edition:
        raise Refused("not_newer")
    if ladder.is_draft:
        raise Refused("draft")
    guards.not_stopped(plan.patient)
    guards.screened(plan.patient)
    run = carried(plan, ladder)
    moved = _follow(plan, ladder, by)
    for rung, review in run:
        _carry(moved, rung, review, by)
    _keep_days(plan, moved, by)
    _keep_doses(plan, moved)
    _keep_findings(plan, moved)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=timezone.now())
    summaries.refresh(plan.patient)
    return moved


def take_up_again(plan: Plan, by: User) -> None:
    """Go on with a plan that a discharge ended, as a new plan on the same edition.

    Nothing happens while the patient may not train, or a stop waits: then the plan starts anew. The
    caller has locked the patient.
    """
    waits = Stop.objects.unanswered().filter(patient=plan.patient_id)
    if not may_train(plan.patient) or waits.exists():
        return
    run = carried(plan, plan.ladder)
    again = _follow(plan, plan.ladder, by)
    for rung, review in run:
        _carry(again, rung, review, by)
    _keep_ticks(plan, again)
    _keep_days(plan, again, by)
    _keep_doses(plan, again)
    _keep_findings(plan, again)


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
        goal_rung=_goal(plan, ladder),
        assigned_by=by,
        started_on=today,
        moved_from=plan,
    )


def _goal(plan: Plan, ladder: Ladder) -> Rung | None:
    """The goal rung in the other edition.

    If that edition has no such rung, the highest one that it shares with the plan's rungs.
    """
    if plan.goal_rung is None:
        return None
    same = ladder.rungs.filter(slug=plan.goal_rung.slug).first()
    return same or ladder.rungs.filter(slug__in=plan.rungs().values("slug")).last()


def carried(plan: Plan, ladder: Ladder) -> list[tuple[Rung, Review]]:
    """The rungs of another edition that a move would keep as passed, each with its old review."""
    reviews = {
        its_pass.rung.slug: its_pass.review
        for its_pass in plan.passes.select_related("rung", "review")
    }
    goal = _goal(plan, ladder)
    run: list[tuple[Rung, Review]] = []
    for rung in ladder.rungs.order_by("position").prefetch_related("criteria"):
        review = reviews.get(rung.slug)
        if review is None or (goal is not None and rung.position > goal.position):
            break
        if not _still_a_pass(plan, rung, review):
            break
        run.append((rung, review))
    return run


def _still_a_pass(plan: Plan, rung: Rung, review: Review) -> bool:
    """Whether what was marked in the old review passes the rung of the new edition."""
    marks = {criterion.pk: mark for criterion, mark in _matched(rung, review)}
    lift = not rung_asks_for_a_lift(rung) or lift_was_logged(plan, rung, earlier=True)
    return checks.against_a_pass(rung, rung.criteria.all(), marks, lift=lift) is None


def _matched(rung: Rung, review: Review) -> list[tuple[Criterion, ReviewTick]]:
    """The criteria of a rung that the review marked under the same key, each with its mark."""
    marked = {mark.criterion.slug: mark for mark in review.ticks.select_related("criterion")}
    return [
        (criterion, marked[criterion.slug])
        for criterion in rung.criteria.all()
        if criterion.slug in marked
    ]


def _carry(plan: Plan, rung: Rung, review: Review, by: User) -> None:
    ticks = [
        Tick(plan=plan, criterion=criterion, **what_was_marked(mark))
        for criterion, mark in _matched(rung, review)
    ]
    Tick.objects.bulk_create(ticks)
    decisions.record(plan, rung, ReviewKind.CARRIED, Outcome.PASSED, by, "", ticks)


def _keep_days(plan: Plan, moved: Plan, by: User) -> None:
    today = moved.started_on
    weekdays = calendar_of(plan).weekdays_on(today)
    Schedule.objects.create(plan=moved, weekdays=weekdays, from_day=today, by=by)
    for later in plan.schedules.filter(from_day__gt=today):
        Schedule.objects.create(
            plan=moved, weekdays=later.weekdays, from_day=later.from_day, by=later.by, at=later.at
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
    """Copy the latest dose of each level, and the latest choice of a level."""
    latest = {
        prescription.level_id: prescription
        for prescription in plan.prescriptions.select_related("level__rung")
    }
    kept: list[Prescription | LevelChoice] = sorted(latest.values(), key=lambda row: row.pk)
    kept += plan.level_choices.select_related("level__rung").order_by("-pk")[:1]
    for row in kept:
        level = _same_level(row.level, moved)
        if level is not None:
            row.pk = None
            row.plan = moved
            row.level = level
            row.save(force_insert=True)


def _keep_findings(plan: Plan, moved: Plan) -> None:
    for finding in plan.findings.filter(cleared_on__isnull=True):
        finding.pk = None
        finding.plan = moved
        finding.save(force_insert=True)
