"""What was practised and how it felt: the same numbers in picture and table, and unknown never
shown as 0."""

from __future__ import annotations

import re
from datetime import date, timedelta

import time_machine
from django.urls import reverse

from patients.history import days as history_days
from patients.pictures.marks import AWAY, DID, MISS, PART, REST, TODAY, Mark
from patients.pictures.pain_chart import Point, Zones, pain_chart
from patients.pictures.sparkline import sparkline
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import tight
from tests.patients.conftest import MONDAY
from tests.patients.phone import level_of, phone_of

ZONES = Zones(4, 6)


def page(cast: Cast, asked: str = "") -> str:
    return " ".join(phone_of(cast.maya).get(reverse("history") + asked).content.decode().split())


def a_week(clock: time_machine.Traveller, cast: Cast) -> None:
    """Monday 2, Tuesday unknown, Wednesday nothing, Thursday 0 and one set of two, Friday 3; then
    Saturday."""
    for nth, pain in ((0, 2), (1, None), (3, 0), (4, 3)):
        clock.move_to(MONDAY + timedelta(days=nth))
        sets = acts.TWO_SETS[:1] if nth == 3 else acts.TWO_SETS
        entry = acts.log(cast.plan, pain=pain, sets=sets)
        clock.move_to(MONDAY + timedelta(days=nth + 1))
        if nth == 0:
            practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=0)
        if nth == 3:
            practice_verbs.answer_morning(practice=entry, by=cast.maya.user, worse=True)


def test_unknown_pain_is_nowhere_a_zero_and_zero_is_nowhere_unknown(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    a_week(clock, cast)
    read = history_days.history_of(cast.maya, cast.harbour.today())
    assert [(point.during, point.morning) for point in read.points] == [
        (2, 0),
        (None, None),
        (0, None),
        (3, None),
    ]
    shown = page(cast)
    table = re.findall(r'<td class="num">([^<]*)</td><td class="num">([^<]*)</td>', tight(shown))
    assert table == [
        ("3", "not reported"),
        ("0", "worse than usual"),
        ("not reported", "not reported"),
        ("2", "0"),
    ]
    assert shown.count('<circle class="during"') == 3 + 1  # and the one of the key
    assert shown.count('<rect class="morning"') == 1 + 1
    assert "Not reported: 1 of 4 days." in shown
    assert "Pain: not reported." in shown


def test_the_line_of_pain_is_broken_where_nothing_was_reported() -> None:
    days = [date(2026, 3, 2) + timedelta(days=nth) for nth in range(5)]
    points = [Point(day, pain, None) for day, pain in zip(days, (2, 2, None, 1, 1), strict=True)]
    drawn = pain_chart(points, ZONES, "words")
    assert drawn.count("<polyline") == 2
    assert drawn.count('class="during"') == 4


def test_a_chart_of_one_day_can_be_drawn() -> None:
    assert 'class="during"' in pain_chart([Point(date(2026, 3, 2), 0, None)], ZONES, "words")
    assert 'class="during"' not in pain_chart([Point(date(2026, 3, 2), None, None)], ZONES, "words")


def test_the_calendar_tells_practised_part_rest_away_and_not_logged_apart(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.schedule(plan=cast.plan, weekdays=0b0111111, by=cast.elin)
    a_week(clock, cast)
    clock.move_to(MONDAY + timedelta(days=9))
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=date(2026, 3, 12))
    read = history_days.history_of(cast.maya, cast.harbour.today())
    kinds = [mark.kind for mark in read.marks(date(2026, 3, 1), date(2026, 3, 14))]
    by_hand = "before did did miss part did miss rest miss miss away away later later"
    assert kinds == by_hand.split()
    shown = page(cast)
    assert '<span class="part">5<span class="vh">, practised in part</span>' in shown
    assert '<span class="miss">4<span class="vh">, not logged</span>' in shown


def test_a_month_is_turned_no_further_than_the_plan_reaches(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan)
    clock.move_to(MONDAY + timedelta(days=40))
    assert "April 2026" in page(cast)
    assert "?month=2026-03" in page(cast)
    march = page(cast, "?month=2026-03")
    assert "?month=2026-04" in march
    assert "?month=2026-02" not in march
    for nonsense in ("2020-01", "9999-12", "x", "2026-13"):
        assert page(cast, f"?month={nonsense}")


def test_thirteen_weeks_are_shown_and_all_of_it_on_request(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, note="the very first day")
    clock.move_to(MONDAY + timedelta(weeks=14))
    acts.log(cast.plan, note="today")
    assert "the very first day" not in page(cast)
    assert "the very first day" in page(cast, "?all")


def test_one_rung_can_be_looked_at_alone(clock: time_machine.Traveller, cast: Cast) -> None:
    acts.log(cast.plan, note="with the stick")
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.move_to(MONDAY + timedelta(days=1))
    acts.log(cast.plan, level=level_of(2), note="at the wall")
    assert "with the stick" in page(cast)
    second = page(cast, "?rung=2")
    assert "at the wall" in second
    assert "with the stick" not in second


def test_a_dose_changed_later_does_not_make_an_old_day_partial(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan)
    clock.move_to(MONDAY + timedelta(days=1))
    plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=5, reps=10)
    acts.log(cast.plan)
    read = history_days.history_of(cast.maya, cast.harbour.today())
    assert [(row.done, row.planned) for row in read.rows] == [(2, 5), (2, 2)]


def test_a_corrected_day_counts_once_as_corrected(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=5)
    acts.log(cast.plan, pain=1, corrects=first)
    read = history_days.history_of(cast.maya, cast.harbour.today())
    assert [point.during for point in read.points] == [1]
    assert "Changed" in page(cast)


def test_practice_of_an_ended_plan_is_not_forgotten(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, note="before the break")
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    shown = page(cast)
    assert "before the break" in shown
    assert reverse("log_day", args=[MONDAY.date()]) not in shown


def test_without_practice_the_page_says_what_will_be_here(cast: Cast) -> None:
    assert "Nothing logged yet" in page(cast)
    assert "Nothing logged yet" in phone_of(cast.tomas).get(reverse("history")).content.decode()


def test_pain_is_said_to_have_come_down_only_when_it_has() -> None:
    def points(*pains: int | None) -> list[Point]:
        return [
            Point(date(2026, 3, 2) + timedelta(days=nth), pain, None)
            for nth, pain in enumerate(pains)
        ]

    assert history_days.came_down(points(4, 3, 3, None, 2, 1, 1)) == (4, 2)
    assert history_days.came_down(points(1, 1, 1, 2, 3, 4)) is None
    assert history_days.came_down(points(4, None, None, None, None, None, 0)) is None


def test_a_sparkline_says_its_counts_in_words() -> None:
    monday = date(2026, 3, 2)
    kinds = [DID, PART, REST, AWAY, MISS, TODAY]
    drawn = sparkline(
        [Mark(monday + timedelta(days=nth), kind, 0.5) for nth, kind in enumerate(kinds)]
    )
    assert 'aria-label="Last 6 days: practised 2, rest 2, not logged 1"' in drawn
    assert drawn.count("v9h-3z") == 2  # bars of half the height, without the line around them
