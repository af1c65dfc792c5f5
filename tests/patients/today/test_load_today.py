"""What the day says of a load: today's repetitions of the range, a lighter start after days away,
and less weight on an easier day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from patients.models import Prescription
from patients.standing.day_state import DayState
from patients.today.day import Today
from patients.today.state import read_today
from patients.verbs import home_weights
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of
from tests.patients.rules.load_attacks import band
from tests.queries import BeforeTheAnswer

DAY = timedelta(days=1)


@pytest.fixture
def lifting(clock: time_machine.Traveller, cast: Cast) -> Cast:
    """Three sets of 8 to 12 at 16 kg; 4, 8 and 16 kg are at home."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    home_weights.tell(patient=cast.maya, by=cast.elin, kind="kettlebell", kilograms=[4, 8, 16])
    prescribed(cast, 6, load=16)
    clock.shift(timedelta(hours=1))
    return cast


def prescribed(cast: Cast, position: int, **said: Any) -> Prescription:
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "reps_to": 12} | said
    level = acts.level(cast.plan, position)
    return plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)


def now(cast: Cast) -> Today:
    return read_today(cast.maya.user)


def trained(clock: time_machine.Traveller, cast: Cast, **said: Any) -> None:
    """What the day asks for, and a fine morning after it."""
    day = now(cast)
    assert day.dose_now is not None
    assert day.level is not None
    kg = day.dose_now.load
    row = {"side": None, "reps": day.dose_now.reps, "seconds": None, "load": kg and float(kg)}
    whole: dict[str, Any] = {"pain": 1, "reserve": 3} | said
    entry = acts.log(cast.plan, level=day.level, sets=[row] * day.dose_now.sets, **whole)
    clock.shift(DAY)
    if whole["pain"] < 6:
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=1, worse=False)
        clock.shift(DAY)


def amount(day: Today) -> tuple[int, int, float]:
    assert day.dose_now is not None
    return day.dose_now.sets, day.dose_now.reps, float(day.dose_now.load or 0)


def test_repetitions_move_inside_the_range_that_is_signed(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    reps = []
    for _ in range(6):
        reps.append(now(lifting).reps_now)
        trained(clock, lifting)
    assert reps == [8, 9, 10, 11, 12, 12]
    assert Prescription.objects.count() == 1
    dose = now(lifting).dose
    assert dose is not None
    assert (dose.reps, dose.reps_to) == (8, 12)


def test_the_page_names_the_repetitions_of_today_and_its_sheet_begins_with_them(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    trained(clock, lifting)
    page = phone_of(lifting.maya).get(reverse("today") + "?drill").content.decode()
    assert "Today 9 in each set." in page
    assert 'name="reps-1"' in page
    assert 'value="9"' in page
    assert "lighter start" not in page


def test_after_days_away_the_day_begins_lighter_until_a_clinician_has_signed(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    trained(clock, lifting)
    clock.shift(10 * DAY)
    day = now(lifting)
    assert (day.state, day.begins_lighter, amount(day)) == (DayState.PRACTISE, True, (2, 8, 8))
    page = phone_of(lifting.maya).get(reverse("today") + "?drill").content.decode()
    assert "A lighter start" in page
    trained(clock, lifting)
    assert now(lifting).begins_lighter
    prescribed(lifting, 6, load=8)
    assert not now(lifting).begins_lighter


def test_an_easier_day_with_a_weight_is_half_of_it_by_what_is_at_home(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    trained(clock, lifting, pain=7)
    day = now(lifting)
    assert day.state is DayState.EASIER
    assert day.dose is not None
    assert (day.dose.sets, day.dose.reps, day.dose.load) == (2, 4, Decimal(8))


def test_an_easier_day_with_a_band_is_the_lightest_one_at_its_nearest_mark(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    light = band(cast.harbour, name="Yellow")
    prescribed(cast, 5, band=band(cast.harbour, 2), mark=2)
    clock.shift(timedelta(hours=1))
    trained(clock, cast, pain=7)
    day = now(cast)
    assert day.dose is not None
    assert (day.dose.band, day.dose.mark, day.dose.sets, day.dose.reps) == (light, 0, 2, 4)


def test_a_day_with_load_costs_no_query_more(clock: time_machine.Traveller, lifting: Cast) -> None:
    trained(clock, lifting)
    phone = phone_of(lifting.maya)
    with BeforeTheAnswer(connection) as asked:
        assert phone.get(reverse("today") + "?drill").status_code == 200
    assert len(asked) <= 8, [query["sql"][:90] for query in asked.captured_queries]
