"""What the patient does at home, in a line, as it was at the end of a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from curriculum.models import Level
from patients.models import Finding, Outcome, Plan, Review, Stop, Withdrawal
from patients.record.screened import screening_until
from patients.standing.calendar import calendar_of
from patients.standing.chosen_levels import ChosenLevel, chosen_levels
from patients.standing.day_state import DrillLeft
from patients.standing.dose import dose_of_step, latest_doses
from patients.standing.easier import left_on
from patients.standing.position import (
    LadderPlace,
    LadderStep,
    ladder_steps,
    place_on,
)
from patients.wording.days import full_day, weekdays_in_words
from patients.wording.dosage import whole_dose
from patients.wording.stops import fault_in_words


def at_home_in_words(plan: Plan, day: date) -> str:
    """'At home: Butt taps, 15 cm, 3 × 8, Mon, Wed, Fri'."""
    ends = plan.clinic.day_span(day)[1]
    held_back = _held_back(plan, day, ends)
    if held_back:
        return held_back
    place = _place(plan, day, ends)
    if place.step is None:
        return _("At home: nothing")
    level = Level.objects.select_related("drill", "rung").get(pk=place.step.level_id)
    made = plan.prescriptions.filter(at__lt=ends).select_related("band").order_by("pk")
    calendar = calendar_of(plan)
    words = _("At home: {level}, {dose}, {days}").format(
        level=level,
        dose=whole_dose(dose_of_step(plan, place.step, latest_doses(made))),
        days=weekdays_in_words(calendar.weekdays_on(day)),
    )
    if place.borrowed is not None:
        words = f"{words} ({for_now_in_words(place.borrowed)})"
    if place.lower_until is not None:
        until = _("trains lower until {day}").format(day=full_day(place.lower_until))
        words = f"{words} ({until})"
    if calendar.is_away(day):
        words = _("{words}; paused").format(words=words)
    return words


def for_now_in_words(borrowed: ChosenLevel) -> str:
    """'from a locked rung until 5 December 2026, for: squats the hinge'."""
    finding = Finding.objects.select_related("fault").get(pk=borrowed.finding_id or 0)
    return _("from a locked rung until {day}, for: {fault}").format(
        day=full_day(borrowed.until or finding.seen_on), fault=fault_in_words(finding)
    )


def _place(plan: Plan, day: date, ends: datetime) -> LadderPlace:
    """Where the plan stood at the end of a day."""
    prescribed = plan.prescriptions.filter(at__lt=ends).values_list("level_id", flat=True)
    return place_on(
        _steps(plan, ends),
        [choice for choice in chosen_levels(plan) if choice.at < ends],
        set(prescribed),
        day,
        start=plan.assigned_at,
        goal=goal_then(plan, ends),
    )


def goal_then(plan: Plan, ends: datetime) -> int | None:
    """The position of the goal at a moment; None for the top."""
    later = plan.goal_changes.filter(at__gte=ends).select_related("before").first()
    goal = later.before if later else plan.goal_rung
    return goal.position if goal else None


def passed_then(plan: Plan, ends: datetime) -> dict[int, datetime]:
    """When each rung was passed whose pass stood at a moment, by its position."""
    stood = Q(withdrawal=None) | Q(withdrawal__at__gte=ends)
    rows = Review.objects.filter(stood, plan=plan, outcome=Outcome.PASSED, at__lt=ends)
    return dict(rows.order_by("pk").values_list("rung__position", "at"))


def _steps(plan: Plan, ends: datetime) -> list[LadderStep]:
    passed = passed_then(plan, ends)
    rows = Withdrawal.objects.lost().filter(review__plan=plan, at__lt=ends).order_by("pk")
    lost = dict(rows.values_list("review__rung__position", "at"))
    return [
        step._replace(passed_at=passed.get(step.rung), lost_at=lost.get(step.rung))
        for step in ladder_steps(plan)
    ]


def _held_back(plan: Plan, day: date, ends: datetime) -> str:
    """Why no drill, or an easier one, is done; empty while nothing holds the patient back."""
    screening = screening_until(plan.patient, ends)
    if screening is None or not screening.allows:
        return _("At home: no drill, not cleared")
    waiting = list(Stop.objects.filter(patient=plan.patient).waiting_at(ends).worst_first())
    left = left_on(plan, waiting, day).drill
    if left is DrillLeft.NONE:
        return _("At home: no drill until the stop is answered")
    if left is DrillLeft.EASIER:
        return _("At home: easier days until the stop is answered")
    return ""
