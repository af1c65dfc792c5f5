"""A pain stop below 8 leaves an easier day until somebody answers: at most five, never halved
again, and it counts for no gate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Plan, Practice, Stop
from patients.standing.day_state import DayState
from patients.standing.readiness import evidence_entries, readiness_of
from patients.summaries import verify
from patients.today.day import Today
from patients.today.state import read_today
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of, save

DAY = timedelta(days=1)
Clock = time_machine.Traveller


def now(plan: Plan) -> Today:
    return read_today(plan.patient.user)


def page(plan: Plan) -> str:
    phone = phone_of(plan.patient)
    return " ".join(phone.get(reverse("today") + "?drill").content.decode().split())


def answer(cast: Cast) -> None:
    stop = Stop.objects.unanswered().worst_first()[0]
    stop_verbs.answer(
        stop=stop, by=cast.elin, action="carry_on", covers=Stop.objects.all(), **acts.SEEN
    )


DONE = (
    "Stop here for today",
    "Flare-ups are common and usually settle.",
    "there is an easier day here, until Elin has answered",
)
EASIER = (
    "An easier day.",
    "You noted pain of 7 of 10.",
    "This is the last level that went well.",
    "Elin has not answered yet. Easier day 1 of 5.",
    "Stop if pain reaches 6 of 10.",
)


def _says(plan: Plan, sentences: Iterable[str]) -> str:
    shown = page(plan)
    assert [sentence for sentence in sentences if sentence not in shown] == []
    return shown


def _dose(day: Today) -> tuple[int, int]:
    assert day.dose is not None
    return day.dose.sets, day.dose.reps


def log_easier(plan: Plan, **said: Any) -> Practice:
    level = now(plan).level
    assert level is not None
    return acts.log(plan, level=level, **said)


def second_level(plan: Plan) -> Any:
    """Rung 2 has several levels for home, the first of which went well yesterday."""
    first, second = plan.ladder.rungs.get(position=2).levels.filter(helper=False, home=True)[:2]
    acts.log(plan, pain=1, level=first)
    plan_verbs.choose_level(plan=plan, level=second, by=plan.patient.user)
    return first, second


def test_pain_below_8_ends_the_day_and_the_next_one_is_the_last_level_that_went_well(
    clock: Clock, cast: Cast
) -> None:
    plan = factories.plan(cast.tomas, passed=1)
    first, second = second_level(plan)
    clock.shift(DAY)
    acts.log(plan, pain=7, level=second)
    assert now(plan).state is DayState.DONE
    assert 'id="sets"' not in _says(plan, DONE)
    clock.shift(DAY)
    easier = now(plan)
    assert (easier.state, easier.level) == (DayState.EASIER, first)
    assert _dose(easier) == (first.sets, first.reps)
    _says(plan, EASIER)
    answer(cast)
    assert (now(plan).state, now(plan).level) == (DayState.PRACTISE, second)


def test_without_a_lower_level_that_went_well_it_is_half_the_work(clock: Clock, cast: Cast) -> None:
    before = now(cast.plan).dose
    acts.log(cast.plan, pain=6)
    clock.shift(DAY)
    easier = now(cast.plan)
    assert before is not None
    assert easier.dose is not None
    assert easier.dose.sets == before.sets - 1
    assert easier.dose.reps == max(4, before.reps // 2)
    assert "The same movement, half the work." in page(cast.plan)


def test_half_the_work_is_one_set_less_of_as_many_as_there_are(clock: Clock, cast: Cast) -> None:
    plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=4, reps=12)
    acts.log(cast.plan, pain=6)
    clock.shift(DAY)
    easier = now(cast.plan).dose
    assert easier is not None
    assert (easier.sets, easier.reps) == (3, 6)


def test_half_of_one_set_is_still_a_set(clock: Clock, cast: Cast) -> None:
    plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=1, reps=12)
    acts.log(cast.plan, pain=6)
    clock.shift(DAY)
    easier = now(cast.plan).dose
    assert easier is not None
    assert (easier.sets, easier.reps) == (1, 6)


def test_five_easier_days_then_rest_and_call_the_clinic(clock: Clock, cast: Cast) -> None:
    acts.log(cast.plan, pain=6)
    doses = []
    for nth in range(1, 6):
        clock.shift(DAY)
        easier = now(cast.plan)
        assert (easier.state, easier.left.nth) == (DayState.EASIER, nth)
        doses.append(_dose(easier))
        log_easier(cast.plan, pain=5 if nth == 2 else 1)
    assert len(set(doses)) == 1, "after one that eased off the same is offered again"
    clock.shift(DAY)
    assert now(cast.plan).state is DayState.STOPPED
    _says(cast.plan, ["Rest now, and call the clinic.", 'href="tel:'])
    assert list(verify.differences()) == []


def test_an_easier_day_that_ends_in_a_stop_leaves_no_drill(clock: Clock, cast: Cast) -> None:
    acts.log(cast.plan, pain=6)
    clock.shift(DAY)
    log_easier(cast.plan, pain=6)
    assert now(cast.plan).state is DayState.STOPPED
    clock.shift(DAY)
    assert now(cast.plan).state is DayState.STOPPED
    answer(cast)
    assert now(cast.plan).state is DayState.PRACTISE


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"pain": 8}, "stopped"),
        ({"pain": 3, "leg": "numb"}, "stopped"),
        ({"leg": "weak"}, "urgent"),
    ],
    ids=["high", "numb", "weak"],
)
def test_high_pain_and_signs_in_a_leg_leave_no_drill(
    clock: Clock, cast: Cast, told: dict[str, Any], state: str
) -> None:
    acts.log(cast.plan, **told)
    for _ in range(2):
        assert now(cast.plan).state == state
        clock.shift(DAY)


def test_pain_below_the_knee_leaves_an_easier_day_and_no_drill_is_shown_on_its_own_day(
    clock: Clock, cast: Cast
) -> None:
    report_verbs.report(
        patient=cast.maya,
        by=cast.maya.user,
        client_id="a",
        kinds=["below_knee"],
        sides={"below_knee": "left"},
    )
    assert now(cast.plan).state is DayState.DONE
    clock.shift(DAY)
    assert now(cast.plan).state is DayState.EASIER
    assert "You noted pain below your left knee." in page(cast.plan)


def test_a_flare_before_practice_offers_the_easier_day_at_once(cast: Cast) -> None:
    said: dict[str, Any] = {"patient": cast.maya, "by": cast.maya.user, "client_id": "a", "pain": 6}
    report_verbs.report(**said, asked="before")
    easier = now(cast.plan)
    assert (easier.state, easier.left.nth) == (DayState.EASIER, 1)
    assert "Pain 6 of 10 before practice is more than usual." in page(cast.plan)


def test_a_clinic_that_switched_it_off_leaves_no_drill(clock: Clock, cast: Cast) -> None:
    cast.harbour.easier_days = False
    cast.harbour.save()
    acts.log(cast.plan, pain=6)
    assert now(cast.plan).state is DayState.STOPPED
    clock.shift(DAY)
    assert now(cast.plan).state is DayState.STOPPED


def test_easier_days_are_kept_as_such_and_count_for_no_gate(clock: Clock, cast: Cast) -> None:
    acts.log(cast.plan, pain=6)
    for _ in range(3):
        clock.shift(DAY)
        entry = log_easier(cast.plan, pain=0, effort="easy")
    answer(cast)
    corrected = acts.log(cast.plan, pain=1, effort="easy", corrects=entry)
    assert (entry.easier, corrected.easier) == (True, True)
    assert [row.easier for row in evidence_entries(cast.plan)] == [False, True, True, True]
    assert readiness_of(cast.plan).since is None
    for _ in range(3):
        clock.shift(DAY)
        acts.log(cast.plan, pain=0, effort="easy")
    assert readiness_of(cast.plan).since == cast.harbour.today()
    assert list(verify.differences()) == []


def test_a_late_entry_for_an_easier_day_is_one_too_and_one_for_the_day_before_is_not(
    clock: Clock, cast: Cast
) -> None:
    clock.shift(DAY)
    acts.log(cast.plan, pain=6)
    clock.shift(2 * DAY)
    answer(cast)
    clock.shift(DAY)
    day = cast.harbour.today()
    assert acts.log(cast.plan, day - 2 * DAY).easier
    assert not acts.log(cast.plan, day - DAY).easier
    assert not acts.log(cast.plan, day - 4 * DAY).easier


def test_on_one_leg_it_is_the_level_below_with_a_hand_on_the_counter(
    clock: Clock, cast: Cast
) -> None:
    plan = factories.plan(cast.tomas, passed=6)
    level = plan.ladder.rungs.get(position=7).levels.filter(drill__load="one-leg").last()
    assert level is not None
    plan_verbs.prescribe(plan=plan, level=level, by=cast.elin, sets=3, reps=10)
    plan_verbs.choose_level(plan=plan, level=level, by=cast.elin)
    acts.log(plan, pain=6, level=level)
    clock.shift(DAY)
    easier = now(plan)
    assert easier.level is not None
    assert (easier.level.rung.position, easier.level.position) < (7, level.position)
    assert easier.easier is not None
    assert easier.easier.how == "counter"
    assert "with one hand on a counter" in page(plan)


def test_the_phone_logs_the_easier_drill_and_the_history_says_so(
    clock: Clock, cast: Cast, client: Client
) -> None:
    acts.log(cast.plan, pain=6)
    clock.shift(DAY)
    phone = phone_of(cast.maya)
    assert save(phone, cast.harbour.today(), pain="2").status_code == 303
    assert cast.plan.practices.get(done_on=cast.harbour.today()).easier
    assert "Easier day" in phone.get(reverse("history")).content.decode()
    client.force_login(cast.elin)
    chart = " ".join(client.get(reverse("chart", args=[cast.maya.pk])).content.decode().split())
    assert "Maya has easier days until you answer, five at most." in chart
