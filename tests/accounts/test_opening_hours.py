"""Opening hours: patients read whether somebody answers now, by the clinic's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import hours_in_words, opening_hours
from accounts.opening_hours import MINUTES, Different, Hours, Span, at

BREAK = (Span(8 * 60, 12 * 60), Span(13 * 60, 17 * 60))
CHRISTMAS = Different(date(2026, 12, 24), date(2027, 1, 6), ())
EVE = Different(date(2027, 4, 1), date(2027, 4, 1), (Span(8 * 60, 11 * 60 + 30),))
HOURS = Hours((BREAK,) * 5 + ((), ()), (CHRISTMAS, EVE))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-27 07:59", "Closed now, opens today 8"),
        ("2026-11-27 08:00", "Open now, until 12"),
        ("2026-11-27 12:00", "Closed now, opens today 13"),
        ("2026-11-27 16:59", "Open now, until 17"),
        ("2026-11-27 17:00", "Closed now, opens Monday 8"),
        ("2026-11-29 23:59", "Closed now, opens Monday 8"),
        ("2026-11-30 20:00", "Closed now, opens Tuesday 8"),
        ("2026-12-23 18:00", "Closed now, opens on Thursday 7 January at 8"),
        ("2027-01-06 12:00", "Closed now, opens Thursday 8"),
        ("2027-04-01 11:00", "Open now, until 11:30"),
        ("2027-04-01 14:00", "Closed now, opens Friday 8"),
    ],
)
def test_a_patient_reads_whether_somebody_answers_and_when_next(now: str, words: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    assert hours_in_words.of_opening(at(HOURS, moment), moment.date()) == words


def test_the_clinics_own_clock_counts_when_the_clocks_change() -> None:
    """At 7 in UTC it is 8 in Stockholm before the last Sunday of March, and 9 after it."""
    zone = ZoneInfo("Europe/Stockholm")
    for day, opened in ((26, 12 * 60), (29, 12 * 60)):
        moment = datetime(2027, 3, day, 7, 30, tzinfo=UTC).astimezone(zone)
        assert at(HOURS, moment).until == opened
    assert not at(HOURS, datetime(2027, 3, 26, 6, 30, tzinfo=UTC).astimezone(zone)).is_open
    assert at(HOURS, datetime(2027, 3, 29, 6, 30, tzinfo=UTC).astimezone(zone)).is_open


def test_a_clinic_that_never_opens_promises_no_day() -> None:
    opening = at(Hours(), datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert hours_in_words.of_opening(opening, date(2026, 11, 27)) == "Closed now"


def test_a_clinic_that_never_closes_says_no_time() -> None:
    opening = at(Hours(((Span(0, MINUTES),),) * 7), datetime(2026, 11, 27, 23, 59, tzinfo=UTC))
    assert hours_in_words.of_opening(opening, date(2026, 11, 27)) == "Open now"


spans = st.lists(st.integers(0, MINUTES), unique=True, min_size=0, max_size=6).map(
    lambda found: _paired(sorted(found))
)


def _paired(minutes: list[int]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in zip(minutes[::2], minutes[1::2], strict=False))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spans, min_size=7, max_size=7))
def test_hours_are_kept_and_typed_and_read_again_the_same(week: list[tuple[Span, ...]]) -> None:
    hours = Hours(tuple(week), (CHRISTMAS,))
    assert opening_hours.read(hours.kept()) == hours
    for day in week:
        assert hours_in_words.spans(hours_in_words.typed(day)) == day


def _open_minutes(week: list[tuple[Span, ...]]) -> set[int]:
    return {
        weekday * MINUTES + each
        for weekday, spans_of_day in enumerate(week)
        for span in spans_of_day
        for each in range(span.opens, span.closes)
    }


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spans, min_size=7, max_size=7), st.integers(0, 7 * MINUTES - 1))
def test_open_and_next_opening_are_what_a_walk_through_the_minutes_finds(
    week: list[tuple[Span, ...]], minute: int
) -> None:
    day, of_day = divmod(minute, MINUTES)
    monday = datetime(2026, 11, 2, tzinfo=UTC)
    moment = monday.replace(day=2 + day, hour=of_day // 60, minute=of_day % 60)
    found = at(Hours(tuple(week)), moment)
    open_minutes = _open_minutes(week)
    assert found.is_open == (minute in open_minutes)
    if not found.is_open and open_minutes:
        wait = min((each - minute) % (7 * MINUTES) for each in open_minutes)
        day_of_opening = datetime.combine(found.day or moment, time.min, UTC)
        opening = day_of_opening + timedelta(minutes=found.opens or 0)
        assert opening - moment == timedelta(minutes=wait)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Monday to Friday 8 to 17", "Monday to Friday 8 to 17"),
        (
            "Mon-Fri 8-12, 13-17; Sat 9-12",
            "Monday to Friday 8 to 12 and 13 to 17, Saturday 9 to 12",
        ),
        ("Mo-Fr 8-17 Uhr", "Monday to Friday 8 to 17"),
        ("Mån-fre 8.30-16", "Monday to Friday 8:30 to 16"),
        ("Mon to Fri 8am to 5pm", "Monday to Friday 8 to 17"),
    ],
)
def test_words_from_before_are_read_where_they_are_plain(words: str, read: str) -> None:
    hours = hours_in_words.week(words)
    assert hours is not None
    assert hours_in_words.of_week(hours) == read


@pytest.mark.parametrize(
    "words", ["", "9-17", "weekdays 8 to 5", "Mon-Fri 8-17 (lunch closed)", "Mon to Fri 8 to 5"]
)
def test_words_that_could_mean_something_else_are_not_read(words: str) -> None:
    assert hours_in_words.week(words) is None
