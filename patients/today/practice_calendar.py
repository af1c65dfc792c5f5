"""When a patient practises, as a calendar. It holds no word about the body, the drill or the
clinic: a calendar shows its titles on a locked screen, and whoever keeps it can read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Event

from accounts.calendar_file import new_calendar, new_event
from patients.models import Patient, Plan, Practice, ReviewKind, Screening, Stop
from patients.standing.calendar import calendar_of
from patients.standing.position import steps_and_place

#: How far ahead a calendar knows. What the clinic changes arrives when it asks again.
AHEAD = timedelta(weeks=4)
#: How long an entry of a calendar lasts. Nobody says how long practice really does.
LASTS = timedelta(minutes=15)
#: For how long it says that something new is open.
NEWS = timedelta(days=14)


def practice_calendar(patient: Patient, reminds_at: time) -> bytes:
    """The days of practice of the next four weeks, each with a reminder at a time of the day.

    A day that is logged, away or without a drill has none. ``patient``: with the clinic
    """
    calendar = new_calendar("Practice", _("Exercise"))
    plan = patient.running_plan()
    if plan is not None and _shows_a_drill(plan):
        news = _opened_on(plan)
        if news is not None:
            calendar.add_component(_news(plan, news))
        for day in _days(plan):
            calendar.add_component(_practice(plan, day, reminds_at))
    written: bytes = calendar.to_ical()
    return written


def _shows_a_drill(plan: Plan) -> bool:
    """Whether the patient is cleared, no stop waits, and something on the ladder suits them."""
    screening = Screening.objects.newest_of(plan.patient).first()
    if screening is None or not screening.allows:
        return False
    if Stop.objects.unanswered().filter(patient=plan.patient).exists():
        return False
    _steps, place = steps_and_place(plan, plan.clinic.today())
    return place.step is not None


def _days(plan: Plan) -> Iterator[date]:
    """The planned days to come. Today is none once it is logged."""
    today = plan.clinic.today()
    logged = Practice.objects.standing().filter(plan=plan, done_on=today).exists()
    first = today + timedelta(days=1) if logged else today
    yield from calendar_of(plan).planned(first, today + AHEAD)


def _opened_on(plan: Plan) -> date | None:
    """The day on which a gate opened the open rung, if that is news still. What was passed
    elsewhere, or is carried over, opens nothing new."""
    at_the_gate = plan.passes.filter(review__kind=ReviewKind.GATE)
    newest = at_the_gate.select_related("review").order_by("-pk").first()
    if newest is None or plan.open_rung is None or timezone.now() - newest.review.at > NEWS:
        return None
    return plan.clinic.day_of(newest.review.at)


def _practice(plan: Plan, day: date, reminds_at: time) -> Event:
    starts = datetime.combine(day, reminds_at, plan.clinic.zone).astimezone(UTC)
    event = _event(f"practice-{plan.pk}-{day}", _("Exercise"))
    event.add("dtstart", starts)
    event.add("dtend", starts + LASTS)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Exercise"))
    alarm.add("trigger", timedelta())
    event.add_component(alarm)
    return event


def _news(plan: Plan, day: date) -> Event:
    event = _event(f"opened-{plan.pk}-{day}", _("Something new is open"))
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    return event


def _event(number: str, title: str) -> Event:
    return new_event(number, title, timezone.now(), reverse("today"))
