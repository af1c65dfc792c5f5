"""Days are the clinic's calendar days: which are for practice, which are away, and when silence is
a matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from patients.standing.calendar import Calendar, calendar_of, make_calendar
from patients.standing.quiet import quiet_from
from patients.verbs import plan as plan_verbs
from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import acts
from tests.patients.conftest import MONDAY, SUMMER, WINTER

ONE_DAY = timedelta(days=1)
MONDAYS_AND_THURSDAYS = 0b0001001
EVERY_DAY = 0b1111111
SUNDAYS = 0b1000000
START = date(2026, 3, 2)  # a Monday


def _calendar(
    *schedules: tuple[date, int], away: tuple[tuple[date, date | None, date | None], ...] = ()
) -> Calendar:
    rows: list[Any] = [
        SimpleNamespace(from_day=first, weekdays=weekdays) for first, weekdays in schedules
    ]
    pauses: list[Any] = [SimpleNamespace(from_day=a, until=b, resumed_on=c) for a, b, c in away]
    return make_calendar(START, rows, pauses)


def _march(calendar: Calendar) -> list[int]:
    return [day.day for day in calendar.planned(date(2026, 3, 1), date(2026, 3, 31))]


def test_nothing_is_planned_before_the_plan_began() -> None:
    assert _march(_calendar((START, EVERY_DAY)))[:2] == [2, 3]


def test_weekdays_are_the_clinics_choice() -> None:
    assert _march(_calendar((START, MONDAYS_AND_THURSDAYS))) == [2, 5, 9, 12, 16, 19, 23, 26, 30]


def test_a_change_of_days_leaves_the_past_as_it_was_planned() -> None:
    calendar = _calendar((START, MONDAYS_AND_THURSDAYS), (date(2026, 3, 16), SUNDAYS))
    assert _march(calendar) == [2, 5, 9, 12, 22, 29]


def test_of_two_changes_on_one_day_the_later_counts() -> None:
    assert _march(_calendar((START, EVERY_DAY), (START, SUNDAYS))) == [8, 15, 22, 29]


@pytest.mark.parametrize(
    ("until", "resumed", "back_on"),
    [
        (date(2026, 3, 12), None, 16),
        (None, date(2026, 3, 19), 19),
        (date(2026, 3, 25), date(2026, 3, 12), 12),
        (date(2026, 3, 12), date(2026, 3, 20), 16),
        (None, date(2026, 3, 5), 5),
    ],
)
def test_days_away_are_not_planned(until: date | None, resumed: date | None, back_on: int) -> None:
    calendar = _calendar((START, MONDAYS_AND_THURSDAYS), away=((date(2026, 3, 5), until, resumed),))
    assert _march(calendar)[:2] == [2, back_on]


def test_away_without_an_end_has_no_next_day() -> None:
    calendar = _calendar((START, EVERY_DAY), away=((date(2026, 3, 5), None, None),))
    assert calendar.next_planned(date(2026, 3, 3)) == date(2026, 3, 4)
    assert calendar.next_planned(date(2026, 3, 4)) is None


def test_the_next_day_is_found_across_the_change_of_clocks() -> None:
    calendar = _calendar((START, SUNDAYS))
    assert calendar.next_planned(SUMMER - ONE_DAY) == SUMMER
    assert calendar.next_planned(WINTER - ONE_DAY) == WINTER
    assert calendar.next_planned(WINTER) == WINTER + 7 * ONE_DAY


@pytest.mark.parametrize("day", [SUMMER, WINTER, date(2026, 12, 31)])
def test_today_changes_at_the_clinics_midnight(cast: Cast, day: date) -> None:
    with time_machine.travel(
        datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=STOCKHOLM), tick=False
    ) as clock:
        assert cast.harbour.today() == day
        clock.shift(1)
        assert cast.harbour.today() == day + ONE_DAY


@pytest.mark.parametrize(("day", "hours"), [(SUMMER, 23), (WINTER, 25), (START, 24)])
def test_a_day_of_the_clinic_has_as_many_hours_as_the_clock_says(
    cast: Cast, day: date, hours: int
) -> None:
    begins, ends = (moment.astimezone(STOCKHOLM) for moment in cast.plan.clinic.day_span(day))
    assert (begins.date(), begins.hour, ends.date(), ends.hour) == (day, 0, day + ONE_DAY, 0)
    assert ends.timestamp() - begins.timestamp() == hours * 3600


# ---- gone quiet: 3 planned days and 5 calendar days without practice, by hand


@pytest.mark.parametrize(
    ("weekdays", "last", "away", "from_day"),
    [
        (EVERY_DAY, None, (), date(2026, 3, 7)),  # 2 to 6 March went by
        (EVERY_DAY, date(2026, 3, 4), (), date(2026, 3, 10)),  # 5 to 9
        (MONDAYS_AND_THURSDAYS, date(2026, 3, 2), (), date(2026, 3, 13)),  # 5, 9, 12
        (SUNDAYS, None, (), date(2026, 3, 23)),  # 8, 15, 22
        (SUNDAYS, date(2026, 3, 22), (), date(2026, 4, 13)),  # 29 (summer time), 5, 12
        (
            EVERY_DAY,
            date(2026, 3, 4),
            ((date(2026, 3, 6), date(2026, 3, 15), None),),
            date(2026, 3, 20),
        ),
        (EVERY_DAY, date(2026, 3, 4), ((date(2026, 3, 6), None, None),), None),
        (
            EVERY_DAY,
            date(2026, 3, 4),
            ((date(2026, 3, 6), None, date(2026, 3, 8)),),
            date(2026, 3, 12),
        ),
    ],
)
def test_silence_is_a_matter_from_the_day_that_a_table_by_hand_says(
    weekdays: int,
    last: date | None,
    away: tuple[tuple[date, date | None, date | None], ...],
    from_day: date | None,
) -> None:
    assert quiet_from(_calendar((START, weekdays), away=away), last) == from_day


def test_twelve_weeks_with_a_holiday_and_a_change_of_days_are_planned_as_by_hand(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.schedule(plan=cast.plan, weekdays=MONDAYS_AND_THURSDAYS, by=cast.elin)
    clock.move_to(MONDAY + timedelta(weeks=3))  # 23 March
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=date(2026, 4, 5), reason="Easter.")
    clock.move_to(MONDAY + timedelta(weeks=8))  # 27 April
    plan_verbs.schedule(plan=cast.plan, weekdays=SUNDAYS, by=cast.elin)
    planned = calendar_of(cast.plan).planned(START, START + timedelta(weeks=12) - ONE_DAY)
    assert [f"{day.day}.{day.month}" for day in planned] == (
        [
            "2.3",
            "5.3",
            "9.3",
            "12.3",
            "16.3",
            "19.3",
            "6.4",
            "9.4",
            "13.4",
            "16.4",
            "20.4",
            "23.4",
            "3.5",
            "10.5",
            "17.5",
            "24.5",
        ]
    )


def test_a_day_logged_ends_the_silence_and_a_later_paper_entry_does_not_shorten_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(8 * ONE_DAY)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.quiet_from == date(2026, 3, 7)
    acts.log(cast.plan)
    acts.log(cast.plan, START, by=cast.elin, paper=True)
    cast.maya.summary.refresh_from_db()
    assert (cast.maya.summary.quiet_from, cast.maya.summary.last_practice) == (
        date(2026, 3, 16),
        date(2026, 3, 10),
    )


@pytest.mark.parametrize("last", [START - ONE_DAY, START, date(2026, 3, 9), date(2026, 5, 4)])
@pytest.mark.parametrize("first", [date(2026, 2, 1), START, date(2026, 3, 8), date(2026, 3, 27)])
def test_planned_days_are_counted_as_they_are_listed(first: date, last: date) -> None:
    back = date(2026, 3, 26)
    away = ((date(2026, 3, 20), None, back), (date(2026, 4, 20), date(2026, 4, 23), None))
    changes = ((START, MONDAYS_AND_THURSDAYS), (date(2026, 3, 11), SUNDAYS), (back, EVERY_DAY))
    calendar = _calendar(*changes, away=away)
    assert calendar.count_planned(first, last) == len(list(calendar.planned(first, last)))
