"""The days of practice: set on their own, or as part of an act that opens a rung."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from curriculum.models import Rung
from patients.models import LevelChoice, Outcome, Plan, Review, Schedule
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing import training_days
from patients.standing.training_days import DaysInForce
from patients.summaries import refresh as summaries
from patients.verbs import decisions, maintenance
from patients.wording.days import weekdays_in_words


@transaction.atomic
def schedule(
    *,
    plan: Plan,
    weekdays: int,
    by: User,
    from_day: date | None = None,
    keep_running: bool = False,
) -> Schedule:
    """Set the days of practice from a day on. ``weekdays``: bit mask, bit 0 is Monday.

    ``from_day``: today at the earliest; None = today. ``keep_running``: the answer to the question
    about load on days that follow each other. The same days again change nothing.

    Raises ``Refused``: not_yours, plan_ended, no_weekday, day_in_past, days_running.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    today = plan.clinic.today()
    day = from_day or today
    rung = plan.open_rung or plan.rungs().last()
    loaded = rung is not None and rung.loaded
    days = chosen(plan, weekdays, keep_running=keep_running, loaded=loaded)
    if day < today:
        raise Refused("day_in_past")
    row = decisions.set_days(plan, days, from_day=day, by=by)
    summaries.refresh(plan.patient)
    return row


def chosen(plan: Plan, weekdays: int, *, keep_running: bool, loaded: bool) -> DaysInForce:
    """The days as they are set. Load on days that follow each other is asked about once.

    ``loaded``: whether the open rung, as it is then, is one with load

    Raises ``Refused``: no_weekday, days_running.
    """
    guards.some_weekday(weekdays)
    running = training_days.running_days(weekdays) if loaded else []
    if not running:
        return DaysInForce(weekdays)
    now = training_days.days_in_force(plan, plan.clinic.today())
    if not keep_running and not (now.kept_running and now.weekdays == weekdays):
        raise Refused("days_running", days=_in_words(running))
    return DaysInForce(weekdays, kept_running=True)


def _in_words(days: list[int]) -> str:
    named = weekdays_in_words(sum(1 << day for day in days))
    return named[:1].upper() + named[1:]


def as_part_of(
    review: Review, before: Rung | None, weekdays: int | None, *, keep_running: bool
) -> None:
    """Set the days with the pass of a review; None = as they are, where the act does not ask. With
    the last pass the dose is set as well that keeps up what was reached.

    ``before``: the rung that was open before the act

    Raises ``Refused``: no_weekday, days_missing, days_running.
    """
    plan = review.plan
    if review.outcome != Outcome.PASSED:
        return
    after = plan.open_rung
    if weekdays is None:
        if training_days.asked_at(plan, before, after) is not None:
            raise Refused("days_missing")
        return
    rung = after or review.rung
    days = chosen(plan, weekdays, keep_running=keep_running, loaded=rung.loaded)
    day = plan.clinic.day_of(review.at)
    decisions.set_days(plan, days, from_day=day, by=review.by, review=review)
    maintenance.keep_up(review)


def if_asked(
    review: Review, before: Rung | None, weekdays: int | None, *, keep_running: bool
) -> None:
    """Do the same as ``as_part_of`` for an act that asks only where load begins."""
    if training_days.asked_at(review.plan, before, review.plan.open_rung) is not None:
        as_part_of(review, before, weekdays, keep_running=keep_running)


def with_level(choice: LevelChoice, weekdays: int | None, *, keep_running: bool) -> None:
    """Set the days where a clinician chooses a level with load; None = it does not ask.

    Raises ``Refused``: days_missing, and those of ``schedule``.
    """
    plan = choice.plan
    if choice.by.is_patient or training_days.asked_for(plan, choice.level) is None:
        return
    if weekdays is None:
        raise Refused("days_missing")
    schedule(plan=plan, weekdays=weekdays, by=choice.by, keep_running=keep_running)
