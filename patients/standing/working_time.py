"""The time in which somebody works at a clinic: Monday to Friday, the whole day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Clinic

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def one_working_day_after(moment: datetime, clinic: Clinic) -> datetime:
    """The same time on the clinic's next working day. A moment on a day off counts as the first
    minute of the next working day."""
    start = _working_time_from(moment, clinic).astimezone(clinic.zone)
    day = _working_day_from(start.date() + ONE_DAY)
    return timezone.make_aware(datetime.combine(day, start.time()), clinic.zone)


def after_working_time(moment: datetime, length: timedelta, clinic: Clinic) -> datetime:
    """The moment at which so much working time has passed since ``moment``."""
    now = _working_time_from(moment, clinic)
    while True:
        _begins, ends = clinic.day_span(clinic.day_of(now))
        if now + length < ends:
            return now + length
        length -= ends - now
        now = _working_time_from(ends, clinic)


def _working_time_from(moment: datetime, clinic: Clinic) -> datetime:
    """The moment itself, or the first moment of the next working day."""
    day = clinic.day_of(moment)
    works = _working_day_from(day)
    if works == day:
        return moment
    return timezone.make_aware(datetime.combine(works, time.min), clinic.zone)


def _working_day_from(day: date) -> date:
    return day + ONE_DAY * (7 - day.weekday()) if day.weekday() >= SATURDAY else day
