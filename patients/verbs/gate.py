"""The verbs of the gate: assign, tick, decide, place, withdraw, undo. Nothing else opens a rung.

Each verb is keyword-only and atomic. It locks the plan, reads it again, and refuses with
``Refused`` or does the whole job. A repeated click returns what the first click made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Ladder, Rung
from patients.models import (
    EVERY_DAY,
    Outcome,
    Patient,
    Plan,
    Review,
    ReviewKind,
    Schedule,
    Tick,
)
from patients.rules import guards
from patients.rules.marks import Figure, clean_figure
from patients.rules.refusals import Refused
from patients.standing.dose import dose_in_force
from patients.summaries import refresh as summaries
from patients.verbs import begins, decisions, practice_days
from patients.verbs import gate_checks as checks
from patients.verbs.placement import place as place
from patients.verbs.withdrawals import undo as undo
from patients.verbs.withdrawals import withdraw as withdraw


@transaction.atomic
def assign(
    *,
    patient: Patient,
    ladder: Ladder,
    by: User,
    weekdays: int | None = None,
    goal_rung: Rung | None = None,
) -> Plan:
    """Put a patient on an edition of a ladder. The same assignment again returns the first plan.

    ``weekdays``: bit mask, bit 0 is Monday; None = every day. ``goal_rung``: None = the top.

    Raises ``Refused``: not_yours, archived, draft, not_a_goal, no_weekday, already_running,
    not_offered, ladder_asks.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is not None:
        raise Refused("archived")
    if ladder.is_draft:
        raise Refused("draft")
    if goal_rung is not None and goal_rung.ladder_id != ladder.pk:
        raise Refused("not_a_goal")
    days = EVERY_DAY if weekdays is None else weekdays
    guards.some_weekday(days)
    existing = patient.running_plan()
    if existing is not None:
        if _same_assignment(existing, ladder, by, days, goal_rung):
            return existing
        raise Refused("already_running", patient=patient.short_name)
    begins.check_offered(patient, ladder)
    begins.check_asked(patient, ladder)
    begins.ask_usual_anew(patient, ladder, by)
    plan = _begin(patient, ladder, by, days, goal_rung)
    summaries.refresh(patient)
    return plan


def _begin(
    patient: Patient, ladder: Ladder, by: User, weekdays: int, goal_rung: Rung | None
) -> Plan:
    today = patient.clinic.today()
    plan = Plan.objects.create(
        patient=patient,
        clinic=patient.clinic,
        ladder=ladder,
        goal_rung=goal_rung,
        assigned_by=by,
        started_on=today,
    )
    Schedule.objects.create(plan=plan, weekdays=weekdays, from_day=today, by=by)
    return plan


def _same_assignment(
    plan: Plan, ladder: Ladder, by: User, days: int, goal_rung: Rung | None
) -> bool:
    first = plan.schedules.first()
    wanted = (ladder.pk, by.pk, days, goal_rung.pk if goal_rung else None)
    return wanted == (
        plan.ladder_id,
        plan.assigned_by_id,
        first.weekdays if first else None,
        plan.goal_rung_id,
    )


@transaction.atomic
def tick(
    *,
    plan: Plan,
    criterion: Criterion,
    by: User,
    applies: bool = True,
    why: str = "",
    figure: Mapping[str, Any] | None = None,
) -> Tick:
    """Mark a criterion of the open rung as met, or as not applying to this patient.

    The same mark again returns the existing tick; another one takes its place.

    ``why``: why it does not apply, as ``Tick.why``
    ``figure``: what was seen, as ``Tick.figure``; None = as it was, {} = nothing

    Raises ``Refused``: not_yours, why_missing, too_long, bad_figure, out_of_range, plan_ended,
    not_screened, not_cleared, stop_unanswered (an urgent one), other_ladder, locked,
    already_passed, always_met.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    why = "" if applies else checks.clean_why(why)
    seen = clean_figure(figure)
    existing = Tick.objects.filter(plan=plan, criterion=criterion).first()
    same = existing is not None and (existing.applies, existing.why) == (applies, why)
    if existing is not None and same and (figure is None or existing.figure == seen):
        return existing
    guards.running(plan)
    guards.screened(plan.patient)
    guards.not_stopped(plan.patient, urgent=True)
    checks.must_be_open(plan, criterion.rung)
    if criterion.always and not applies:
        raise Refused("always_met", left=[criterion.text])
    marked = existing or Tick(plan=plan, criterion=criterion)
    return _mark(marked, by, applies, why, seen)


def _mark(tick: Tick, by: User, applies: bool, why: str, figure: Figure | None) -> Tick:
    tick.by = by
    tick.at = timezone.now()
    tick.applies = applies
    tick.why = why
    tick.figure = figure
    tick.judged = ""
    tick.level = checks.level_judged(tick.plan, tick.criterion.rung)
    tick.variant = dose_in_force(tick.plan, tick.level).variant if tick.level else ""
    tick.save()
    return tick


@transaction.atomic
def untick(*, plan: Plan, criterion: Criterion, by: User) -> None:
    """Take a tick back while its rung is open. Without a tick this changes nothing.

    Raises ``Refused``: not_yours, plan_ended, other_ladder, locked, already_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    checks.must_be_open(plan, criterion.rung)
    Tick.objects.filter(plan=plan, criterion=criterion).delete()


@transaction.atomic
def decide(
    *,
    plan: Plan,
    rung: Rung,
    outcome: str,
    by: User,
    note: str = "",
    seen: str | None = None,
    weekdays: int | None = None,
    keep_running: bool = False,
) -> Review:
    """Decide at the gate of the open rung: ``outcome`` "passed" or "not_yet".

    ``seen`` is ``Plan.seen`` as the page showed it; None is for tools only and checks no page. If
    the same clinician presses twice, the second press returns the first review. ``weekdays``: days
    of practice that a pass sets from today on; None = as they are. A pass that opens the first rung
    with load asks for them. ``keep_running``: as in ``practice_days.schedule``.

    Raises ``Refused``: not_yours, unknown_outcome, no_weekday, too_long, stale, plan_ended,
    other_ladder, locked, already_passed, not_screened, not_cleared, stop_unanswered, those of
    ``practice_days.as_part_of`` and those of ``gate_checks.against_a_pass``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    if outcome not in Outcome.values:
        raise Refused("unknown_outcome")
    if (replayed := checks.replayed(plan, rung, outcome, by, seen)) is not None:
        return replayed
    note = guards.words(note)
    guards.some_weekday(weekdays)
    checks.not_stale(plan, seen)
    guards.running(plan)
    checks.must_be_open(plan, rung)
    ticks = list(Tick.objects.filter(plan=plan, criterion__rung=rung))
    if outcome == Outcome.PASSED:
        checks.may_pass_now(plan, rung, ticks)
    review = decisions.record(plan, rung, ReviewKind.GATE, outcome, by, note, ticks)
    practice_days.as_part_of(review, rung, weekdays, keep_running=keep_running)
    summaries.refresh(plan.patient)
    return review
