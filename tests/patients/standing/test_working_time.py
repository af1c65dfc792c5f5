"""Mails wait for people: a working day and an hour of work follow the clinic's opening hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Clinic
from accounts.opening_hours import Different, Hours, Span
from patients.standing.working_time import after_working_time, one_working_day_after
from tests.hours import STOCKHOLM

OPEN = (Span(8 * 60, 12 * 60), Span(13 * 60, 17 * 60))
#: Tuesday to Saturday; closed for Easter week, open on the Monday before.
HOURS = Hours(
    ((), OPEN, OPEN, OPEN, OPEN, (Span(9 * 60, 12 * 60),), ()),
    (
        Different(date(2026, 3, 30), date(2026, 3, 30), (Span(20 * 60, 24 * 60),)),
        Different(date(2026, 3, 31), date(2026, 4, 6), ()),
    ),
)


def clinic(hours: Hours | None = HOURS) -> Clinic:
    return Clinic(time_zone="Europe/Stockholm", hours=hours and hours.kept())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-03-03 09:00", "2026-03-04 09:00"),  # Tuesday, Wednesday
        ("2026-03-07 23:00", "2026-03-10 23:00"),  # Saturday, Tuesday
        ("2026-03-08 12:00", "2026-03-11 00:00"),  # a Sunday counts from Tuesday
        ("2026-03-28 10:00", "2026-03-30 10:00"),  # the Monday that differs
        ("2026-03-30 10:00", "2026-04-07 10:00"),  # over the days on which it is closed
    ],
)
def test_a_working_day_is_one_on_which_the_clinic_opens(moment: str, then: str) -> None:
    assert one_working_day_after(at(moment), clinic()) == at(then)


@pytest.mark.parametrize(
    ("moment", "minutes", "then"),
    [
        ("2026-03-03 09:00", 60, "2026-03-03 10:00"),
        ("2026-03-03 11:30", 60, "2026-03-03 13:30"),  # over lunch
        ("2026-03-03 16:30", 60, "2026-03-04 08:30"),  # over night
        ("2026-03-07 03:00", 60, "2026-03-07 10:00"),  # before it opens
        ("2026-03-07 11:30", 60, "2026-03-10 08:30"),  # over Sunday and Monday
        ("2026-03-30 23:30", 60, "2026-04-07 08:30"),  # until midnight, and after the closed days
    ],
)
def test_an_hour_of_work_passes_while_the_clinic_is_open(
    moment: str, minutes: int, then: str
) -> None:
    assert after_working_time(at(moment), timedelta(minutes=minutes), clinic()) == at(then)


@pytest.mark.parametrize("hours", [None, Hours()])
def test_without_hours_somebody_works_from_monday_to_friday(hours: Hours | None) -> None:
    friday = at("2026-03-06 23:30")
    assert after_working_time(friday, timedelta(hours=1), clinic(hours)) == at("2026-03-09 00:30")
    assert one_working_day_after(friday, clinic(hours)) == at("2026-03-09 23:30")
