"""What the patient does at home now, in a line."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from patients.models import Plan, Stop
from patients.standing.calendar import calendar_of
from patients.standing.day_state import DrillLeft
from patients.standing.dose import dose_in_force
from patients.standing.easier import left_on
from patients.standing.position import current_level
from patients.standing.screening import may_train
from patients.wording.days import full_day, weekdays_in_words
from patients.wording.dosage import dosage_in_words


def at_home_in_words(plan: Plan, day: date) -> str:
    """'At home now: Butt taps, 15 cm, 3 × 8, Mon, Wed, Fri'."""
    held_back = _held_back(plan, day)
    if held_back:
        return held_back
    place = current_level(plan, day)
    if place.level is None:
        return _("At home now: nothing")
    calendar = calendar_of(plan)
    words = _("At home now: {level}, {dose}, {days}").format(
        level=place.level,
        dose=dosage_in_words(dose_in_force(plan, place.level)),
        days=weekdays_in_words(calendar.weekdays_on(day)),
    )
    if place.lower_until is not None:
        until = _("trains lower until {day}").format(day=full_day(place.lower_until))
        words = f"{words} ({until})"
    if calendar.is_away(day):
        words = _("{words}; paused now").format(words=words)
    return words


def _held_back(plan: Plan, day: date) -> str:
    """Why no drill, or an easier one, is done now; empty while nothing holds the patient back."""
    if not may_train(plan.patient):
        return _("At home now: no drill, not cleared")
    waiting = list(Stop.objects.unanswered().filter(patient=plan.patient).worst_first())
    left = left_on(plan, waiting, day).drill
    if left is DrillLeft.NONE:
        return _("At home now: no drill until the stop is answered")
    if left is DrillLeft.EASIER:
        return _("At home now: easier days until the stop is answered")
    return ""
