"""What Today asks: at most one question a day beside the card before practice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from patients.models import BandCode
from patients.standing import before
from patients.standing.day_state import DayState
from patients.standing.usual_pain import is_due
from patients.today.day import Today

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


class Question(StrEnum):
    NONE = ""
    MORNING = "morning"
    USUAL = "usual"
    ACTIVITIES = "activities"


def question(now: Today) -> Question:
    """The question of the day: the morning after an entry that was not fine, then the usual pain
    when it is due, then another morning, then the patient's own activities."""
    if now.morning_said is not None:
        return Question.NONE
    morning = now.morning_of
    if morning is not None and morning.band != BandCode.FINE:
        return Question.MORNING
    if _asks_usual(now):
        return Question.USUAL
    if now.plan is None or now.plan.usual_told_on == now.day:
        return Question.NONE
    if morning is not None:
        return Question.MORNING
    return Question.ACTIVITIES if _asks_activities(now, now.plan) else Question.NONE


def _asks_activities(now: Today, plan: PlanOfDay) -> bool:
    return bool(plan.rating_due) and (now.shows_drill or now.state is DayState.REST)


def _asks_usual(now: Today) -> bool:
    """An unknown one is asked in the card before practice, which is no question of its own."""
    if now.plan is None or not is_due(now.plan.usual_told_on, now.day):
        return False
    if now.shows_drill:
        return now.plan.usual is not None
    return now.state is DayState.REST


def asks_before(now: Today) -> bool:
    """Whether the page asks for the pain before practice begins. An unknown usual pain is asked in
    the same card."""
    plan = now.plan
    if plan is None or not now.shows_drill or now.entry is not None:
        return False
    return plan.told_before is None and before.is_asked(plan.last_band, plan.usual)
