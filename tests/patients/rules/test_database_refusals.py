"""Each rule that the database keeps by itself, attacked by rows that walk past the verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Rung
from patients.models import (
    GoalChange,
    Morning,
    Pass,
    Plan,
    Practice,
    Prescription,
    Review,
    ReviewTick,
    Stop,
    StopAnswer,
    StopCause,
    Tick,
    Withdrawal,
)
from patients.rules.triggers import TRIGGERS
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import database_refuses


def _review(plan: Plan, rung: Rung, by: User, outcome: str = "passed") -> Review:
    return Review.objects.create(plan=plan, rung=rung, kind="gate", outcome=outcome, by=by)


def _ticked(review: Review, criteria: Iterable[Criterion], by: User) -> Review:
    now = timezone.now()
    ReviewTick.objects.bulk_create(
        ReviewTick(review=review, criterion=one, by=by, at=now) for one in criteria
    )
    return review


def _sound_review(cast: Cast, position: int, by: User | None = None) -> Review:
    """A review with every tick of its rung: all that a pass needs, short of the rung being open."""
    review = _review(cast.plan, acts.rung(cast.plan, position), cast.elin)
    return _ticked(review, acts.criteria(cast.plan, position), by or cast.elin)


def _pass(review: Review, **other: Any) -> None:
    Pass.objects.create(**{"plan": review.plan, "rung": review.rung, "review": review, **other})


def _out_of_order(cast: Cast) -> Callable[[], Any]:
    review = _sound_review(cast, 5)
    return lambda: _pass(review)


def _with_a_not_yet(cast: Cast) -> Callable[[], Any]:
    rung = acts.rung(cast.plan, 1)
    review = _ticked(
        _review(cast.plan, rung, cast.elin, "not_yet"), acts.criteria(cast.plan, 1), cast.elin
    )
    return lambda: _pass(review)


def _with_a_withdrawn_review(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.elin, reason="Lost.")
    return lambda: _pass(review)


def _with_another_plans_review(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.noors_plan, by=cast.ines)
    return lambda: _pass(review, plan=cast.plan)


def _without_a_tick(cast: Cast) -> Callable[[], Any]:
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin)
    _ticked(review, acts.criteria(cast.plan, 1)[1:], cast.elin)
    return lambda: _pass(review)


def _above_the_goal(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    review = _sound_review(cast, 2)
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 1))
    return lambda: _pass(review)


def _moved_to_another_rung(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Pass.objects.update(rung=acts.rung(cast.plan, 2))


def _taken_from_the_middle(cast: Cast) -> Callable[[], Any]:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Pass.objects.filter(rung__position=2).delete()


def _reviewed_on_another_ladder(cast: Cast) -> Callable[[], Any]:
    rung = ladders.another().rungs.get(position=1)
    return lambda: _review(cast.plan, rung, cast.elin)


def _tick(cast: Cast, criterion: Criterion, by: User) -> Callable[[], Any]:
    return lambda: Tick.objects.create(plan=cast.plan, criterion=criterion, by=by)


def _tick_of_another_ladder(cast: Cast) -> Callable[[], Any]:
    return _tick(cast, ladders.another().rungs.get(position=1).criteria.all()[0], cast.elin)


def _tick_handed_to_another_clinic(cast: Cast) -> Callable[[], Any]:
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)
    return lambda: Tick.objects.update(by=cast.ines)


def _review_ticks(cast: Cast, position: int, by: User) -> Callable[[], Any]:
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin)
    return lambda: _ticked(review, acts.criteria(cast.plan, position), by)


def _withdrawal_of_a_not_yet(cast: Cast) -> Callable[[], Any]:
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin, "not_yet")
    return lambda: Withdrawal.objects.create(review=review, by=cast.elin, reason="Lost.")


def _withdrawal_while_the_pass_stands(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Withdrawal.objects.create(review=review, by=cast.elin, reason="Lost.")


def _withdrawal_by_another_clinic(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    Pass.objects.all().delete()
    return lambda: Withdrawal.objects.create(review=review, by=cast.ines, reason="Lost.")


def _plan_change(cast: Cast, **change: Any) -> Callable[[], Any]:
    return lambda: Plan.objects.filter(pk=cast.plan.pk).update(**change)


def _end_change(cast: Cast, **change: Any) -> Callable[[], Any]:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return _plan_change(cast, **change)


def _ended_while_stopped(cast: Cast) -> Callable[[], Any]:
    acts.log(cast.plan, pain=8)
    return _plan_change(cast, ended_on=cast.harbour.today())


def _stopped_after_the_end(cast: Cast) -> Callable[[], Any]:
    entry = acts.log(cast.plan, pain=0)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    return lambda: Stop.objects.create(plan=cast.plan, practice=entry, cause=StopCause.PAIN)


def _stopped_by_the_morning_of_another_entry(cast: Cast) -> Callable[[], Any]:
    ours, theirs = acts.log(cast.plan), acts.log(cast.noors_plan)
    morning = Morning.objects.create(practice=theirs, by=cast.noor.user, pain=9, band="stop")
    said = {"plan": cast.plan, "practice": ours, "cause": StopCause.MORNING}
    return lambda: Stop.objects.create(**said, morning=morning)


def _plan_in_another_clinic(cast: Cast) -> Callable[[], Any]:
    said = {
        "ladder": cast.plan.ladder,
        "assigned_by": cast.ines,
        "started_on": cast.plan.started_on,
    }
    return lambda: Plan.objects.create(patient=cast.tomas, clinic=cast.hilltop, **said)


def _goal(cast: Cast, rung: Rung, by: User) -> Callable[[], Any]:
    return lambda: GoalChange.objects.create(plan=cast.plan, rung=rung, by=by)


def _dose(cast: Cast, **other: Any) -> Callable[[], Any]:
    said = {
        "plan": cast.plan,
        "level": acts.level(cast.plan),
        "by": cast.elin,
        "sets": 2,
        "reps": 5,
        **other,
    }
    return lambda: Prescription.objects.create(**said)


def _foreign_level() -> Any:
    return ladders.another().rungs.get(position=1).levels.all()[0]


def _entry(cast: Cast, **other: Any) -> Callable[[], Any]:
    said = {
        "plan": cast.plan,
        "level": acts.level(cast.plan),
        "by": cast.maya.user,
        "client_id": "raw",
        **other,
    }
    return lambda: Practice.objects.create(**{"done_on": cast.harbour.today(), **said})


def _correction_of_another_day(cast: Cast) -> Callable[[], Any]:
    entry = acts.log(cast.plan)
    return _entry(cast, corrects=entry, done_on=entry.done_on + timedelta(days=1))


def _answer_by(cast: Cast, by: User) -> Callable[[], Any]:
    stop = acts.log(cast.plan, pain=9).stops.get()
    return lambda: StopAnswer.objects.create(stop=stop, by=by, action="carry_on")


#: By the name of the trigger: ways to break its rule. Each makes what is allowed first and returns
#: the attack.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "pass_in_order": [_out_of_order],
    "pass_has_review": [_with_a_not_yet, _with_a_withdrawn_review, _with_another_plans_review],
    "pass_has_every_tick": [_without_a_tick],
    "pass_up_to_the_goal": [_above_the_goal],
    "pass_never_changes": [_moved_to_another_rung],
    "pass_from_the_top": [_taken_from_the_middle],
    "review_of_this_ladder": [_reviewed_on_another_ladder],
    "review_by_our_clinician": [
        lambda cast: lambda: _review(cast.plan, acts.rung(cast.plan, 1), cast.ines),
        lambda cast: lambda: _review(cast.plan, acts.rung(cast.plan, 1), cast.maya.user),
    ],
    "goal_by_our_clinician": [
        lambda cast: _goal(cast, acts.rung(cast.plan, 5), cast.ines),
        lambda cast: _goal(cast, acts.rung(cast.plan, 5), cast.maya.user),
    ],
    "goal_of_this_ladder": [
        lambda cast: _goal(cast, ladders.another().rungs.get(position=1), cast.elin)
    ],
    "tick_by_our_clinician": [
        lambda cast: _tick(cast, acts.criteria(cast.plan, 1)[0], cast.ines),
        lambda cast: _tick(cast, acts.criteria(cast.plan, 1)[0], cast.maya.user),
        _tick_handed_to_another_clinic,
    ],
    "tick_of_this_ladder": [_tick_of_another_ladder],
    "review_tick_of_its_rung": [lambda cast: _review_ticks(cast, 2, cast.elin)],
    "review_tick_by_our_clinician": [
        lambda cast: _review_ticks(cast, 1, cast.ines),
        lambda cast: _review_ticks(cast, 1, cast.maya.user),
    ],
    "withdrawal_of_a_pass": [_withdrawal_of_a_not_yet, _withdrawal_while_the_pass_stands],
    "withdrawal_by_our_clinician": [_withdrawal_by_another_clinic],
    "plan_keeps_its_edition": [
        lambda cast: _plan_change(cast, ladder=ladders.next_edition(cast.plan.ladder)),
        lambda cast: _plan_change(cast, clinic=cast.hilltop),
        lambda cast: _plan_change(cast, patient=cast.tomas),
    ],
    "plan_ends_with_every_stop_answered": [_ended_while_stopped],
    "plan_end_stays": [
        lambda cast: _end_change(cast, discharged=False),
        lambda cast: _end_change(cast, ended_by=cast.omar),
        lambda cast: _end_change(cast, ended_on=None, discharged=False),
    ],
    "stop_of_a_running_plan": [_stopped_after_the_end],
    "stop_of_its_own_morning": [_stopped_by_the_morning_of_another_entry],
    "plan_in_the_patients_clinic": [_plan_in_another_clinic],
    "prescription_by_our_clinician": [
        lambda cast: _dose(cast, by=cast.ines),
        lambda cast: _dose(cast, by=cast.maya.user),
    ],
    "prescription_of_this_ladder": [lambda cast: _dose(cast, level=_foreign_level())],
    "prescription_weight_has_load": [
        lambda cast: _dose(
            cast, level=acts.rung(cast.plan, 6).levels.filter(drill__load="weight")[0]
        )
    ],
    "practice_of_this_ladder": [lambda cast: _entry(cast, level=_foreign_level())],
    "practice_correction_keeps_its_day": [
        _correction_of_another_day,
        lambda cast: _entry(cast, corrects=acts.log(cast.noors_plan)),
    ],
    "stop_answered_by_our_clinician": [
        lambda cast: _answer_by(cast, cast.ines),
        lambda cast: _answer_by(cast, cast.maya.user),
    ],
}


def test_every_rule_of_the_database_is_attacked() -> None:
    assert ATTACKS.keys() == TRIGGERS.keys()


@pytest.mark.parametrize("rule", ATTACKS)
def test_the_database_keeps_the_rule(cast: Cast, rule: str) -> None:
    for attack in ATTACKS[rule]:
        start = transaction.savepoint()
        strike = attack(cast)
        with database_refuses(TRIGGERS[rule]["message"]):
            strike()
        transaction.savepoint_rollback(start)


def test_a_second_pass_a_second_running_plan_and_a_second_entry_are_refused(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    again = _sound_review(cast, 1)
    with database_refuses("(?i)unique"):
        _pass(again)
    with database_refuses("(?i)unique"):
        Plan.objects.create(
            patient=cast.maya,
            clinic=cast.harbour,
            ladder=cast.plan.ladder,
            assigned_by=cast.elin,
            started_on=cast.plan.started_on,
        )
    acts.log(cast.plan, client_id="a")
    with database_refuses("(?i)unique"):
        _entry(cast)()


def test_numbers_and_codes_that_cannot_be_are_refused(cast: Cast) -> None:
    with database_refuses("(?i)check"):
        _plan_change(cast, discharged=True)()
    nonsense: list[dict[str, Any]] = [
        {"pain": 11},
        {"effort": "great"},
        {"leg": "left"},
        {"band": "red"},
    ]
    for said in nonsense:
        with database_refuses("(?i)check"):
            _entry(cast, **said)()
    for dose in ({"sets": 0}, {"reps": 51}, {"load": 301}, {"seconds": 61}):
        with database_refuses("(?i)check"):
            _dose(cast, **dose)()


def test_a_morning_stops_once_and_only_as_a_morning(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    first, second = (
        Morning.objects.create(practice=entry, by=cast.maya.user, pain=9, band="stop")
        for _ in range(2)
    )
    said = {"plan": cast.plan, "practice": entry, "cause": StopCause.MORNING}
    with database_refuses("(?i)check"):
        Stop.objects.create(**said | {"cause": StopCause.PAIN}, morning=first)
    # The first as it was made before a stop named its morning.
    for morning in (None, first, second):
        Stop.objects.create(**said, morning=morning)
        with database_refuses("(?i)unique"):
            Stop.objects.create(**said, morning=morning)
    assert Stop.objects.count() == 3
