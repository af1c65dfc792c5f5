"""The gate with weights wants a lift that was prescribed and logged, or seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from config import triggers
from curriculum.models import Criterion, Ladder
from patients.models import Plan, Practice, Tick
from patients.standing.gate import read_gate
from patients.standing.lift import lift_was_logged
from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def _tick(cast: Cast, criterion: Criterion, **said: Any) -> Tick:
    return gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin, **said)


def _up_to_the_weights(cast: Cast) -> Plan:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return cast.plan


def test_nobody_passes_the_weights_without_a_lift(cast: Cast) -> None:
    plan = _up_to_the_weights(cast)
    acts.tick_all(plan, 6, cast.elin)
    with refused("lift_missing"):
        acts.decide(plan, 6, cast.elin)
    _tick(cast, acts.criteria(plan, 6)[0], figure={"kg": 16})
    with refused("lift_missing"):
        acts.decide(plan, 6, cast.elin)
    _tick(cast, acts.criteria(plan, 6)[0], figure={"kg": 16, "reps": 8})
    review = acts.decide(plan, 6, cast.elin)
    assert {"kg": 16, "reps": 8} in [tick.figure for tick in review.ticks.all()]


def test_a_gate_is_that_of_the_open_rung_and_leads_to_the_next(cast: Cast) -> None:
    gate = read_gate(cast.plan)
    assert gate is not None
    assert gate.next_rung is not None
    assert (gate.rung.position, gate.next_rung.position, gate.lift_logged) == (1, 2, None)
    factories.plan(cast.tomas, passed=6)
    last = read_gate(Plan.objects.get(patient=cast.tomas))
    assert last is not None
    assert (last.rung.position, last.next_rung) == (7, None)


def test_a_lift_without_a_prescription_of_its_own_plan_is_none(cast: Cast) -> None:
    """However often it was prescribed on an earlier plan."""
    first = _up_to_the_weights(cast)
    acts.prescribe_weight(first, by=cast.elin)
    plan_verbs.end(plan=first, by=cast.elin)
    second = factories.plan(cast.maya, passed=5)
    Practice.objects.create(
        plan=second,
        level=acts.level(second, 6),
        by=cast.maya.user,
        client_id=acts.new_id(),
        done_on=cast.harbour.today(),
        sets=[{"reps": 8}],
    )
    assert not lift_was_logged(second, acts.rung(second, 6), earlier=True)
    acts.prescribe_weight(second, by=cast.elin)
    assert lift_was_logged(second, acts.rung(second, 6), earlier=True)


def test_a_lift_on_another_ladder_is_no_lift_of_this_one(cast: Cast) -> None:
    """Though both have a rung of the same slug, which is a rung's own in its ladder alone."""
    first = _up_to_the_weights(cast)
    acts.prescribe_weight(first, by=cast.elin)
    acts.log(first, level=acts.level(first, 6), sets=[{"reps": 8, "load": 8}])
    plan_verbs.end(plan=first, by=cast.elin)
    copied = ladders.next_edition(first.ladder)
    second = factories.plan(cast.maya, passed=5, ladder=copied)
    assert lift_was_logged(second, acts.rung(second, 6), earlier=True)
    triggers.remove(connection)
    Ladder.objects.filter(pk=copied.pk).update(slug="another")
    assert not lift_was_logged(second, acts.rung(second, 6), earlier=True)
    triggers.install(connection)


def test_a_prescribed_and_logged_lift_is_enough(cast: Cast) -> None:
    plan = _up_to_the_weights(cast)
    level = acts.level(plan, 6)
    plan_verbs.prescribe(plan=plan, level=level, by=cast.elin, sets=3, reps=8, load=8)
    acts.tick_all(plan, 6, cast.elin)
    with refused("lift_missing"):
        acts.decide(plan, 6, cast.elin)
    assert [gate.lift_logged for gate in [read_gate(plan)] if gate] == [False]
    acts.log(plan, level=level, sets=[{"reps": 8, "load": 8}])
    assert [gate.lift_logged for gate in [read_gate(plan)] if gate] == [True]
    assert acts.decide(plan, 6, cast.elin).outcome == "passed"


def test_rungs_without_weights_ask_for_no_lift(cast: Cast) -> None:
    for position in (1, 2, 3, 4, 5):
        acts.tick_all(cast.plan, position, cast.elin)
        assert acts.decide(cast.plan, position, cast.elin).outcome == "passed"
    factories.pass_open_rung(cast.plan, by=cast.elin)
    # One leg is a load, but no weight.
    acts.tick_all(cast.plan, 7, cast.elin)
    assert acts.decide(cast.plan, 7, cast.elin).outcome == "passed"


@pytest.mark.parametrize("seen", ["logged", "witnessed", "neither"])
def test_the_weights_are_carried_over_with_their_lift_and_asked_again_without(
    cast: Cast, seen: str
) -> None:
    plan = _up_to_the_weights(cast)
    level = acts.level(plan, 6)
    plan_verbs.prescribe(plan=plan, level=level, by=cast.elin, sets=3, reps=8, load=8)
    acts.tick_all(plan, 6, cast.elin)
    if seen == "witnessed":
        _tick(cast, acts.criteria(plan, 6)[0], figure=factories.LIFT)
        acts.decide(plan, 6, cast.elin)
    else:
        entry = acts.log(plan, level=level)
        acts.decide(plan, 6, cast.elin)
        if seen == "neither":
            # The entry that the pass stood on is corrected away.
            acts.log(plan, level=acts.level(plan, 1), corrects=entry)
    newest = plan
    for _ in range(2):
        newer = ladders.next_edition(newest.ladder)
        newest = edition_verbs.move(plan=newest, ladder=newer, by=cast.elin)
    assert acts.passed(newest) == [1, 2, 3, 4, 5] + [6] * (seen != "neither")
