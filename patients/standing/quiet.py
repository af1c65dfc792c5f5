"""The day from which on a patient has gone quiet."""

from __future__ import annotations

from datetime import date
from itertools import islice

from patients.rules.periods import QUIET_DAYS, QUIET_PLANNED_DAYS
from patients.standing.calendar import HORIZON, ONE_DAY, Calendar


def quiet_from(calendar: Calendar, last_practice: date | None) -> date | None:
    """The first day on which the patient has gone quiet.

    By then 3 planned days and 5 calendar days have passed without practice; days away do not count.
    ``last_practice``: None = never. The result is None while the patient is away without an end.
    """
    start = last_practice or calendar.started_on - ONE_DAY
    planned = calendar.planned(start + ONE_DAY, start + ONE_DAY * HORIZON)
    third = next((day for nth, day in enumerate(planned, 1) if nth == QUIET_PLANNED_DAYS), None)
    if third is None:
        return None
    fifth = _nth_day_present(calendar, start, QUIET_DAYS)
    return max(third, fifth) + ONE_DAY if fifth is not None else None


def _nth_day_present(calendar: Calendar, after: date, nth: int) -> date | None:
    present = (after + ONE_DAY * count for count in range(1, HORIZON))
    return next(islice((day for day in present if not calendar.is_away(day)), nth - 1, None), None)
