"""Practice: what a patient enters is kept once, on the right day, and never by itself moves the
ladder."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from patients.models import Message, Plan, Practice
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.conftest import SUMMER, WINTER

ONE_DAY = timedelta(days=1)


def _started_before(cast: Cast, clock: time_machine.Traveller, days: int) -> date:
    """Moves on by some days from the plan's start; today."""
    clock.shift(timedelta(days=days))
    return cast.harbour.today()


# ---- once


def test_the_same_form_sent_three_times_is_one_entry(cast: Cast) -> None:
    first = acts.log(cast.plan, client_id="a", pain=2, note="Good.")
    for _ in range(2):
        assert acts.log(cast.plan, client_id="a", pain=2, note="Good.") == first
    assert Practice.objects.count() == Message.objects.count() == 1


def test_the_same_form_with_other_content_is_refused(cast: Cast) -> None:
    acts.log(cast.plan, client_id="a", pain=0)
    others: list[dict[str, Any]] = [
        {"pain": 3},
        {"pain": None},
        {"note": "Bad."},
        {"effort": "easy"},
        {"effort": "stopped", "why_stopped": "time"},
        {"leg": "none"},
        {"sets": acts.TWO_SETS[:1]},
    ]
    for changed in others:
        with refused("other_content"):
            acts.log(cast.plan, client_id="a", **{"pain": 0, **changed})


def test_the_same_form_for_another_day_or_level_is_refused(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 2)
    acts.log(cast.plan, client_id="a")
    with refused("other_content"):
        acts.log(cast.plan, today - ONE_DAY, client_id="a")
    helper = acts.rung(cast.plan, 1).levels.filter(helper=True)[0]
    with refused("other_content"):
        acts.log(cast.plan, client_id="a", level=helper)


def test_two_patients_may_carry_the_same_number(cast: Cast) -> None:
    acts.log(cast.plan, client_id="a")
    acts.log(cast.noors_plan, client_id="a")
    assert Practice.objects.count() == 2


def test_a_form_without_a_sound_number_is_refused(cast: Cast) -> None:
    for client_id in ["", "  ", "x" * 65, "a\nb", "a\x00b"]:
        with refused("bad_client_id"):
            acts.log(cast.plan, client_id=client_id)


def test_an_entry_sent_again_after_its_rung_was_withdrawn_is_still_the_same_entry(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    said: dict[str, Any] = {"level": acts.level(cast.plan, 2), "client_id": "a", "pain": 1}
    day = cast.harbour.today()
    first = acts.log(cast.plan, **said)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    clock.shift(timedelta(days=20))
    assert acts.log(cast.plan, day, **said) == first


def test_an_entry_sent_again_after_the_plan_ended_is_still_the_same_entry(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    day = cast.harbour.today()
    first = acts.log(cast.plan, client_id="a")
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(timedelta(days=3))
    assert acts.log(cast.plan, day, client_id="a") == first


def test_an_entry_sent_again_after_it_was_corrected_is_still_the_same_entry(cast: Cast) -> None:
    first = acts.log(cast.plan, client_id="a", pain=7)
    second = acts.log(cast.plan, client_id="b", pain=2, corrects=first)
    assert acts.log(cast.plan, client_id="a", pain=7) == first
    assert acts.log(cast.plan, client_id="b", pain=2, corrects=first) == second
    assert Practice.objects.standing().get() == second


# ---- on its day


def test_today_and_the_past_seven_days_can_be_logged(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 10)
    for back in range(8):
        acts.log(cast.plan, today - back * ONE_DAY)
    with refused("too_long_ago"):
        acts.log(cast.plan, today - 8 * ONE_DAY)


def test_tomorrow_cannot_be_logged(cast: Cast) -> None:
    for ahead in (ONE_DAY, timedelta(days=400)):
        with refused("not_yet_that_day"):
            acts.log(cast.plan, cast.harbour.today() + ahead)
    with refused("not_yet_that_day"):
        acts.log(cast.plan, date.max, by=cast.elin, paper=True)


def test_nothing_is_logged_before_the_plan_began(cast: Cast) -> None:
    with refused("before_the_plan"):
        acts.log(cast.plan, cast.harbour.today() - ONE_DAY)
    with refused("before_the_plan"):
        acts.log(cast.plan, date.min, by=cast.elin, paper=True)


def test_a_paper_log_reaches_back_to_the_plans_start_and_no_further(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 60)
    entry = acts.log(cast.plan, cast.plan.started_on, by=cast.elin, paper=True)
    assert (entry.paper, entry.by) == (True, cast.elin)
    with refused("before_the_plan"):
        acts.log(cast.plan, cast.plan.started_on - ONE_DAY, by=cast.elin, paper=True)
    with refused("not_yet_that_day"):
        acts.log(cast.plan, today + ONE_DAY, by=cast.elin, paper=True)


def test_paper_is_the_clinics_and_the_phone_the_patients(cast: Cast) -> None:
    with refused("paper_by_clinic"):
        acts.log(cast.plan, paper=True)
    with refused("clinic_by_paper"):
        acts.log(cast.plan, by=cast.elin)


def test_an_ended_plan_takes_the_days_before_its_end_and_none_after(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 3)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(ONE_DAY)
    with refused("after_the_plan"):
        acts.log(cast.plan, today + ONE_DAY)
    assert acts.log(cast.plan, today - ONE_DAY).done_on == today - ONE_DAY
    late = acts.log(cast.plan, today - 2 * ONE_DAY, by=cast.elin, paper=True, pain=9)
    assert (late.band, late.stops.count()) == ("stop", 0)


def test_one_entry_a_day_and_the_second_is_sent_to_the_correction(cast: Cast) -> None:
    acts.log(cast.plan)
    with refused("day_taken"):
        acts.log(cast.plan)


@pytest.mark.parametrize("day", [SUMMER - ONE_DAY, SUMMER, WINTER - ONE_DAY, WINTER])
def test_the_day_ends_at_the_clinics_midnight_also_when_the_clocks_change(
    cast: Cast, day: date
) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=day - 30 * ONE_DAY)
    with time_machine.travel(
        datetime(day.year, day.month, day.day, 23, 59, tzinfo=STOCKHOLM), tick=False
    ):
        assert acts.log(cast.plan).done_on == day
        with refused("not_yet_that_day"):
            acts.log(cast.plan, day + ONE_DAY)
    after = day + ONE_DAY
    with time_machine.travel(
        datetime(after.year, after.month, after.day, 0, 1, tzinfo=STOCKHOLM), tick=False
    ):
        assert acts.log(cast.plan, after).done_on == after
        with refused("too_long_ago"):
            acts.log(cast.plan, after - 8 * ONE_DAY)
        assert acts.log(cast.plan, after - 7 * ONE_DAY).done_on == after - 7 * ONE_DAY


def test_each_clinic_has_its_own_midnight(cast: Cast) -> None:
    type(cast.hilltop).objects.filter(pk=cast.hilltop.pk).update(time_zone="Pacific/Auckland")
    Plan.objects.update(started_on=date(2026, 1, 1))
    with time_machine.travel(datetime(2026, 3, 2, 22, 0, tzinfo=STOCKHOLM), tick=False):
        theirs = Plan.objects.get(pk=cast.noors_plan.pk)
        assert acts.log(theirs, date(2026, 3, 3)).done_on == date(2026, 3, 3)
        with refused("not_yet_that_day"):
            acts.log(cast.plan, date(2026, 3, 3))


# ---- nothing automatic


def test_logging_however_well_opens_nothing(clock: time_machine.Traveller, cast: Cast) -> None:
    for _ in range(21):
        acts.log(cast.plan, pain=0, effort="easy", leg="none")
        clock.shift(ONE_DAY)
    assert acts.passed(cast.plan) == []
    assert acts.open_position(cast.plan) == 1


# ---- the draft


def test_a_draft_is_of_the_plans_own_ladder(cast: Cast) -> None:
    foreign = ladders.another().rungs.get(position=1).levels.all()[0]
    with refused("other_ladder"):
        practice_verbs.save_draft(
            plan=cast.plan, level=foreign, by=cast.maya.user, sets=acts.TWO_SETS
        )
