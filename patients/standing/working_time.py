"""The time in which somebody works at a clinic: its opening hours, or Monday to Friday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts import opening_hours
from accounts.models import Clinic

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def one_working_day_after(moment: datetime, clinic: Clinic) -> datetime:
    """The same time on the clinic's next working day. A moment on a day off counts as the first
    minute of the next working day."""
    day = clinic.day_of(moment)
    works = _next_day(clinic, day)
    start = moment.astimezone(clinic.zone).time() if works == day else time.min
    return timezone.make_aware(
        datetime.combine(_next_day(clinic, works + ONE_DAY), start), clinic.zone
    )


def after_working_time(moment: datetime, length: timedelta, clinic: Clinic) -> datetime:
    """The moment at which so much working time has passed since ``moment``."""
    left = length
    for begins, ends in _spans_from(clinic, clinic.day_of(moment)):
        begins = max(begins, moment)
        if begins + left < ends:
            return begins + left
        left -= max(ends - begins, timedelta())
    return moment + length


def _next_day(clinic: Clinic, day: date) -> date:
    """The day itself, or the next on which somebody works."""
    begins, _ends = next(_spans_from(clinic, day))
    return clinic.day_of(begins)


def _spans_from(clinic: Clinic, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The times in which somebody works, from a day on, for a year and a day at least."""
    hours = opening_hours.read(clinic.hours)
    days = [day + ONE_DAY * ahead for ahead in range(opening_hours.DAYS_AHEAD + 1)]
    if hours is None or not any(hours.on(one) for one in days):
        yield from (clinic.day_span(one) for one in days if one.weekday() < SATURDAY)
        return
    for one in days:
        for span in hours.on(one):
            yield _moment(clinic, one, span.opens), _moment(clinic, one, span.closes)


def _moment(clinic: Clinic, day: date, minute: int) -> datetime:
    if minute == opening_hours.MINUTES:
        return clinic.day_span(day)[1]
    return timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60)), clinic.zone)
