"""Dose, level and days: sound, within reach, and their history kept."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine

from patients.models import Prescription
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.acts import refused

ONE_DAY = timedelta(days=1)

# ---- dose


def test_a_dose_counts_from_then_on_and_its_history_stays(cast: Cast) -> None:
    level = acts.level(cast.plan)
    first = plan_verbs.prescribe(
        plan=cast.plan, level=level, by=cast.elin, sets=2, reps=8, word="Slowly."
    )
    assert (
        plan_verbs.prescribe(
            plan=cast.plan, level=level, by=cast.elin, sets=2, reps=8, word="Slowly."
        )
        == first
    )
    second = plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.omar, sets=3, reps=8)
    assert list(cast.plan.prescriptions.all()) == [first, second]


def test_a_locked_level_cannot_be_prescribed_ahead(cast: Cast) -> None:
    for position in range(2, 8):
        with refused("locked"):
            plan_verbs.prescribe(
                plan=cast.plan, level=acts.level(cast.plan, position), by=cast.elin, sets=1, reps=5
            )
    with refused("other_ladder"):
        foreign = ladders.another().rungs.get(position=1).levels.all()[0]
        plan_verbs.prescribe(plan=cast.plan, level=foreign, by=cast.elin, sets=1, reps=5)


def test_nothing_else_is_prescribed_ahead_beside_a_borrowed_level(cast: Cast) -> None:
    lent = borrowed.lend(cast.plan, by=cast.elin).level
    levels = acts.rung(cast.plan, lent.rung.position).levels.exclude(pk=lent.pk)
    others = [levels.filter(pk__lt=lent.pk).last(), levels.filter(pk__gt=lent.pk).first()]
    for other in filter(None, [*others, acts.level(cast.plan, 7)]):
        with refused("locked"):
            plan_verbs.prescribe(plan=cast.plan, level=other, by=cast.elin, sets=1, reps=5)


def test_a_dose_that_nobody_can_mean_is_refused(cast: Cast) -> None:
    nonsense: list[dict[str, Any]] = [
        {"sets": 0},
        {"sets": 11},
        {"reps": -3},
        {"reps": 10**30},
        {"seconds": 0},
        {"seconds": 61},
    ]
    for said in nonsense:
        with refused("out_of_range"):
            plan_verbs.prescribe(
                plan=cast.plan,
                level=acts.level(cast.plan),
                by=cast.elin,
                **{"sets": 2, "reps": 5, **said},
            )
    largest: dict[str, Any] = {"sets": 10, "reps": 50, "seconds": 60}
    smallest: dict[str, Any] = {"sets": 1, "reps": 1, "seconds": 1}
    for said in (largest, smallest):
        plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, **said)
    for word in ("word", "max_depth"):
        with refused("too_long"):
            said = {word: "x" * 10_000}
            plan_verbs.prescribe(
                plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=2, reps=5, **said
            )


def test_a_drill_with_a_weight_needs_its_kilograms_and_no_other_takes_them(cast: Cast) -> None:
    gate_verbs.place(
        plan=cast.plan,
        criteria=acts.criteria(cast.plan, 1, 2, 3, 4, 5),
        by=cast.elin,
        **factories.same_days(cast.plan),
    )
    heavy = acts.rung(cast.plan, 6).levels.filter(drill__load="weight")[0]
    with refused("load_missing"):
        plan_verbs.prescribe(plan=cast.plan, level=heavy, by=cast.elin, sets=2, reps=5)
    wrong: list[Any] = [0, -5, 301, 0.4, 1e300, float("nan"), float("inf"), Decimal("-inf")]
    for load in wrong:
        with refused("out_of_range") as said:
            plan_verbs.prescribe(
                plan=cast.plan, level=heavy, by=cast.elin, sets=2, reps=5, load=load
            )
        assert "between 0.5 and 300" in str(said.value)
    with refused("load_not_here"):
        plan_verbs.prescribe(
            plan=cast.plan, level=acts.level(cast.plan, 5), by=cast.elin, sets=2, reps=5, load=8
        )
    assert plan_verbs.prescribe(
        plan=cast.plan, level=heavy, by=cast.elin, sets=2, reps=5, load=8.25
    ).load == Decimal("8.2")
    assert Prescription.objects.count() == 1


# ---- level


def test_a_patient_changes_level_within_the_open_rung_only(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    further = acts.rung(cast.plan, 2).levels.filter(helper=False)[1]
    first = plan_verbs.choose_level(
        plan=cast.plan, level=further, by=cast.maya.user, reason="Easy."
    )
    assert (
        plan_verbs.choose_level(plan=cast.plan, level=further, by=cast.maya.user, reason="Easy.")
        == first
    )
    with refused("goal_level"):
        plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan, 1), by=cast.maya.user)
    with refused("locked"):
        plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan, 3), by=cast.maya.user)


def test_a_patient_takes_up_a_loaded_level_only_once_it_is_prescribed(cast: Cast) -> None:
    gate_verbs.place(
        plan=cast.plan,
        criteria=acts.criteria(cast.plan, 1, 2, 3, 4),
        by=cast.elin,
        **factories.same_days(cast.plan),
    )
    band = acts.rung(cast.plan, 5).levels.filter(helper=False)[1]
    with refused("not_prescribed"):
        plan_verbs.choose_level(plan=cast.plan, level=band, by=cast.maya.user)
    plan_verbs.prescribe(plan=cast.plan, level=band, by=cast.elin, sets=2, reps=10)
    assert plan_verbs.choose_level(plan=cast.plan, level=band, by=cast.maya.user).level == band


def test_a_patient_cannot_order_themselves_to_train_lower_until_a_day(cast: Cast) -> None:
    until = cast.harbour.today() + ONE_DAY
    chosen = plan_verbs.choose_level(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user, until=until
    )
    assert chosen.until is None


def test_a_clinician_trains_lower_until_a_day_to_come(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    today = cast.harbour.today()
    with refused("until_in_past"):
        plan_verbs.choose_level(
            plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, until=today - ONE_DAY
        )
    plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, until=today)
    assert acts.passed(cast.plan) == [1]


# ---- days and pauses


def test_new_days_begin_today_at_the_earliest_so_that_past_days_stay_true(cast: Cast) -> None:
    today = cast.harbour.today()
    with refused("day_in_past"):
        plan_verbs.schedule(plan=cast.plan, weekdays=1, by=cast.elin, from_day=today - ONE_DAY)
    for weekdays in (0, 128, -1):
        with refused("no_weekday"):
            plan_verbs.schedule(plan=cast.plan, weekdays=weekdays, by=cast.elin)
    made = plan_verbs.schedule(plan=cast.plan, weekdays=1, by=cast.elin)
    assert plan_verbs.schedule(plan=cast.plan, weekdays=1, by=cast.elin) == made
    assert [row.weekdays for row in cast.plan.schedules.all()] == [127, 1]


def test_days_can_be_set_back_while_a_later_change_is_waiting(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = cast.harbour.today()
    plan_verbs.schedule(plan=cast.plan, weekdays=1, by=cast.elin, from_day=today + 7 * ONE_DAY)
    plan_verbs.schedule(plan=cast.plan, weekdays=2, by=cast.elin)
    assert [(row.weekdays, row.from_day) for row in cast.plan.schedules.all()][-2:] == [
        (2, today),
        (1, today + 7 * ONE_DAY),
    ]


def test_a_pause_pressed_twice_is_one_and_ends_by_resuming(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    until = cast.harbour.today() + 3 * ONE_DAY
    first = plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=until, reason="Away.")
    assert plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=until, reason="Away.") == first
    with refused("already_paused"):
        plan_verbs.pause(plan=cast.plan, by=cast.elin)
    plan_verbs.resume(plan=cast.plan, by=cast.maya.user)
    with refused("not_paused"):
        plan_verbs.resume(plan=cast.plan, by=cast.maya.user)


def test_a_pause_that_is_over_does_not_stand_in_the_way_of_the_next(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = cast.harbour.today()
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=today)
    clock.shift(5 * ONE_DAY)
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user)
    first, second = cast.plan.pauses.all()
    assert (first.resumed_on, second.from_day) == (today + ONE_DAY, today + 5 * ONE_DAY)
    with refused("until_in_past"):
        plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=today)
